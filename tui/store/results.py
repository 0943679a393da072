"""What is known of a campaign's numbers: in figures, over time, and number by number; its filters as SQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from tui.campaign.results import Attempt, ResultSource
from tui.store.aggregates import Aggregates
from tui.store.columns import moment, when
from tui.store.database import Row
from tui.store.errors import NoSuchCampaign, NoSuchNumber
from tui.store.figures import Figures
from tui.store.repository import Context
from tui.store.result_values import FIRST_UNLISTED, Bucket, Counts, ResultRow
from tui.store.searching import found_by
from tui.store.sql import Sql, all_of, names, one_after_another, sql
from tui.store.values import Health, ResultFilter, Totals

_BATCH: Final = 2_000
_MINUTE: Final = 60
_TURKEY: Final = 3 * 3600  # ahead of UTC, the whole year round: buckets of hours and days are Turkey's
EVERYBODY: Final = ResultFilter()
# Where numbers are called more than once, a result doesn't say that its number isn't called any more.
_FINAL: Final = sql("CASE WHEN campaigns.called_again > 0 THEN 0 ELSE coalesce(results.final, 0) END AS final")
ANY_COLUMNS: Final = sql("""
numbers.position AS position, numbers.phone AS phone, numbers.typed AS typed, numbers.phrase AS phrase,
numbers.lang AS lang, coalesce(results.attempts, 0) AS attempts, coalesce(results.status, '') AS status,
coalesce(results.digit, '') AS digit, coalesce(results.answered, 0) AS answered, {final},
results.last_at AS last_at, results.talk_seconds AS talk_seconds, results.source AS source,
numbers.kind AS kind, numbers.valid AS valid, numbers.reference AS reference
""", final=_FINAL)
CALLED_COLUMNS: Final = sql("""
results.position AS position, results.phone AS phone, coalesce(numbers.typed, results.phone) AS typed,
coalesce(numbers.phrase, '') AS phrase, coalesce(numbers.lang, '') AS lang, results.attempts AS attempts,
results.status AS status, results.digit AS digit, results.answered AS answered, {final},
results.last_at AS last_at, results.talk_seconds AS talk_seconds, results.source AS source,
coalesce(numbers.kind, '') AS kind, coalesce(numbers.valid, 1) AS valid,
coalesce(numbers.reference, '') AS reference
""", final=_FINAL)
NUMBERS: Final = sql("""
campaigns CROSS JOIN numbers LEFT JOIN results
    ON results.campaign_id = campaigns.id AND results.position = numbers.position
""")
RESULTS: Final = sql("""
campaigns CROSS JOIN results LEFT JOIN numbers
    ON numbers.list_id = campaigns.list AND numbers.position = results.position
""")
# The rows at some positions: those of the list, and those past it.
_LISTED_AT: Final = sql("""
SELECT {columns} FROM asked CROSS JOIN {numbers}
WHERE campaigns.id = ? AND numbers.list_id = campaigns.list AND numbers.position = asked.value
    AND numbers.problem IS NULL AND numbers.duplicate_of IS NULL
""", columns=ANY_COLUMNS, numbers=NUMBERS)
_UNLISTED_AT: Final = sql("""
SELECT {columns} FROM asked CROSS JOIN {results}
WHERE campaigns.id = ? AND results.campaign_id = campaigns.id AND results.position = asked.value
""", columns=CALLED_COLUMNS, results=RESULTS)
_SELECT: Final = "SELECT {columns} FROM {rows} WHERE {conditions}"
_POSITION: Final = (sql("numbers.position AS position"), sql("results.position AS position"))
_OF_NUMBERS: Final = (
    sql("campaigns.id = :campaign"), sql("numbers.list_id = campaigns.list"), sql("numbers.problem IS NULL"),
    sql("numbers.duplicate_of IS NULL"))
_OF_RESULTS: Final = (sql("campaigns.id = :campaign"), sql("results.campaign_id = campaigns.id"))
_IS_UNLISTED: Final = sql("results.position >= {first}", first=FIRST_UNLISTED)
_NEVER: Final = sql("1 = 0")
_PHONE: Final = sql("coalesce(numbers.phone, results.phone)")
_TEXTS: Final = (sql("numbers.typed"), sql("numbers.phrase"))
_REFERENCE: Final = sql("numbers.{column}", column=names("reference"))
_IN_ORDER: Final = "{rows} ORDER BY position LIMIT :limit"
_PAGE: Final = "{rows} ORDER BY position LIMIT :limit OFFSET :offset"
_COUNT: Final = "SELECT count(*) FROM ({positions}) AS chosen"
_KEPT_COUNT: Final = "SELECT many FROM result_counts WHERE campaign_id = ? AND kind = ? AND value = ?"
_CALLED_AGAIN: Final = "SELECT coalesce(max(called_again), 0) FROM campaigns WHERE id = ?"
_MINUTES: Final = "SELECT minute, calls, answered FROM result_minutes WHERE campaign_id = ? ORDER BY minute"
_LAST_RECEIVED: Final = """
SELECT max(last_received_at) AS last FROM result_totals JOIN campaigns ON campaigns.id = result_totals.campaign_id
WHERE campaigns.profile = ?
"""
_COUNT_UNREADABLE: Final = "SELECT count(*) FROM unreadable WHERE profile = ?"
_COUNTS: Final = """
SELECT value, many FROM result_counts WHERE campaign_id = ? AND kind = ? ORDER BY many DESC, value
"""
# Filters whose count follows from the totals, which are kept up.
OF_TOTALS: Final[Mapping[ResultFilter, Callable[[Totals], int]]] = {
    EVERYBODY: lambda totals: totals.numbers + totals.unlisted,
    ResultFilter(called=True): lambda totals: totals.called,
    ResultFilter(called=False): lambda totals: totals.to_call,
    ResultFilter(answered=True): lambda totals: totals.answered,
    ResultFilter(answered=False): lambda totals: totals.numbers + totals.unlisted - totals.answered,
    ResultFilter(called=True, answered=False): lambda totals: totals.called - totals.answered,
    ResultFilter(final=True): lambda totals: totals.final,
    ResultFilter(final=False): lambda totals: totals.numbers + totals.unlisted - totals.final,
    ResultFilter(called=True, final=False): lambda totals: totals.called - totals.final,
}
_OF_UUID: Final = """
SELECT calls.campaign_id AS campaign_id, calls.position AS position
FROM {table} AS calls JOIN campaigns ON campaigns.id = calls.campaign_id
WHERE calls.call_uuid = ? AND campaigns.profile = ? ORDER BY calls.campaign_id LIMIT 1
"""
_CALLING: Final = sql("""
SELECT DISTINCT numbers.phone AS phone, campaigns.id AS campaign
FROM asked CROSS JOIN campaigns CROSS JOIN numbers
WHERE campaigns.profile = ? AND campaigns.provider_id IS NOT NULL AND numbers.list_id = campaigns.list
    AND numbers.phone = asked.value AND numbers.problem IS NULL
""")


class Selection:
    """The numbers of a campaign after a position that a filter names. `values`: those of its statements, by name.

    Where the filter is for numbers that were called, only those are looked at, by the indexes of `results`; else the
    list is, and after it the unlisted numbers.
    """

    def __init__(self, campaign: int, chosen: ResultFilter, *, after: int = 0, ends: bool = True) -> None:
        """`ends`: whether a number can be final, as it is called by one row alone."""
        self._chosen = chosen
        self._ends = ends
        # Without a position to begin at none is named: SQLite would take it for a reason to go by it.
        self.values: dict[str, Any] = {"campaign": campaign} | ({"after": after} if after else {})
        self._called = bool(chosen.called or chosen.answered or chosen.final or chosen.status or chosen.attempts
                            or chosen.digit is not None)
        self._words = self._searched()

    def rows(self) -> Sql:
        """A statement whose columns are those of a ResultRow; without an order."""
        return one_after_another(self.rows_in_turn())

    def rows_in_turn(self) -> list[Sql]:
        """Statements whose columns are those of a ResultRow; each one's rows come after those of the one before.

        To be asked in turn where only the first rows are wanted: PostgreSQL would put all of a union in order.
        """
        return self._statements(ANY_COLUMNS, CALLED_COLUMNS)

    def positions(self) -> Sql:
        """A statement that finds their positions alone; without an order."""
        return one_after_another(self._statements(*_POSITION))

    def _statements(self, of_numbers: Sql, of_results: Sql) -> list[Sql]:
        if self._called:
            return [self._called_only(of_results)]
        return [self._any(of_numbers), self._called_only(of_results, _IS_UNLISTED)]

    def _any(self, columns: Sql) -> Sql:
        chosen = self._chosen
        where = [*_OF_NUMBERS, *self._from("numbers"), *self._words]
        if chosen.called is False or chosen.attempts == 0:
            where.append(sql("results.position IS NULL"))
        # Each of these is left to find those that were never called: what finds none but called ones isn't here.
        where += [sql("coalesce(results.{name}, 0) = 0", name=names(name)) for name in ("answered", "final")
                  if getattr(chosen, name) is False and (self._ends or name != "final")]
        if chosen.status is not None:
            where.append(sql("coalesce(results.status, '') = ''"))
        return sql(_SELECT, columns=columns, rows=NUMBERS, conditions=all_of(where))

    def _called_only(self, columns: Sql, *more: Sql) -> Sql:
        chosen = self._chosen
        where = [*_OF_RESULTS, *self._from("results"), *more, *self._words]
        if chosen.called is False or (chosen.final and not self._ends):
            where.append(_NEVER)
        for name, value in (("answered", chosen.answered), ("final", chosen.final if self._ends else None)):
            if value is not None:
                where.append(sql("results.{name} = {value}", name=names(name), value=int(value)))
        if chosen.answered and (chosen.final is None or not self._ends):
            # Which each has that was answered: so that the index gives them in order.
            where.append(sql("results.final = 1"))
        for name, given in (("status", chosen.status), ("digit", chosen.digit), ("attempts", chosen.attempts)):
            if given is not None:
                where.append(sql("results.{name} = :{name}", name=names(name)))
                self.values[name] = given
        return sql(_SELECT, columns=columns, rows=RESULTS, conditions=all_of(where))

    def _from(self, table: str) -> list[Sql]:
        return [sql("{table}.position > :after", table=names(table))] if "after" in self.values else []

    def _searched(self) -> list[Sql]:
        """Each word is in the phone, as sent or as typed, in the reference or in the phrase."""
        if not self._chosen.words.split():
            return []
        condition, sought = found_by(self._chosen.words, _PHONE, _TEXTS, (_REFERENCE,))
        self.values |= sought
        return [condition]


class Results(Figures):
    """Numbers are those of the list that are called, then unlisted ones; `position` is the key that pages go by."""

    def __init__(self, context: Context, aggregates: Aggregates) -> None:
        super().__init__(context)
        self._aggregates = aggregates

    def totals(self, campaign: int) -> Totals:
        """A campaign's figures, as they are kept up; nothing is counted. NoSuchCampaign."""
        found = self.totals_of([campaign])
        if not found:
            raise NoSuchCampaign(campaign)
        return found[campaign]

    def counts(self, campaign: int) -> Counts:
        """Numbers called, by last status, digit and attempts."""
        with self._database.read():
            status, digit, attempts = ({row["value"]: int(row["many"]) for row in
                                        self._database.all(_COUNTS, (campaign, kind))}
                                       for kind in ("status", "digit", "attempts"))
        with self._database.legible():
            return Counts(status, digit, {count: attempts[str(count)] for count in sorted(map(int, attempts))})

    def timeline(self, campaign: int, seconds: int) -> list[Bucket]:
        """The calls of each stretch of `seconds`, a multiple of 60; those without any are left out. ValueError.

        By when the calls happened. Stretches begin where they would in Turkey's day: those of a day at its midnight.
        """
        if seconds <= 0 or seconds % _MINUTE:
            raise ValueError(seconds)
        rows = self._database.all(_MINUTES, (campaign,))
        buckets: dict[int, list[int]] = {}
        with self._database.legible():
            for row in rows:
                local = int(moment(f"{row['minute']}:00+00:00").timestamp()) + _TURKEY
                bucket = buckets.setdefault(local - local % seconds - _TURKEY, [0, 0])
                bucket[0] += row["calls"]
                bucket[1] += row["answered"]
        return [Bucket(dt.datetime.fromtimestamp(at, dt.UTC), *both) for at, both in buckets.items()]

    def count(self, campaign: int, filter: ResultFilter = EVERYBODY) -> int:  # noqa: A002 - what it is called on the screen
        """How many numbers of a campaign, unlisted ones too, a filter names."""
        if filter in OF_TOTALS:
            return OF_TOTALS[filter](self.totals_of([campaign]).get(campaign, Totals()))
        if (counted := kept_count(filter)) is not None:
            return self._database.number(_KEPT_COUNT, (campaign, *counted))
        selection = self._selection(campaign, filter)
        return self._database.number(sql(_COUNT, positions=selection.positions()), selection.values)

    def page(self, campaign: int, offset: int, limit: int,
             filter: ResultFilter = EVERYBODY) -> list[ResultRow]:  # noqa: A002 - as in `count`
        """`limit` numbers from the `offset`-th on, in the order of the list, then unlisted ones."""
        # What is passed over is not read, only counted, by an index that has all that the filter asks for.
        selection = self._selection(campaign, filter)
        found = [row["position"] for row in self._database.all(
            sql(_PAGE, rows=selection.positions()), {**selection.values, "limit": limit, "offset": offset})]
        return self._at(campaign, found)

    def after(self, campaign: int, position: int, limit: int,
              filter: ResultFilter = EVERYBODY) -> list[ResultRow]:  # noqa: A002 - as in `count`
        """`limit` numbers that come after a position; 0: from the start."""
        selection = self._selection(campaign, filter, after=position)
        rows: list[Row] = []
        for statement in selection.rows_in_turn():
            if len(rows) < limit:
                rows += self._database.all(sql(_IN_ORDER, rows=statement),
                                           {**selection.values, "limit": limit - len(rows)})
        with self._database.legible():
            return [result_row(row) for row in rows]

    def each(self, campaign: int, filter: ResultFilter = EVERYBODY) -> Iterator[ResultRow]:  # noqa: A002 - as in `count`
        """All of them with their calls, a batch at a time; no transaction is held meanwhile."""
        position = 0
        while rows := self.with_calls_after(campaign, position, _BATCH, filter):
            yield from rows
            position = rows[-1].position

    def with_calls_after(self, campaign: int, position: int, limit: int,
                         filter: ResultFilter = EVERYBODY) -> list[ResultRow]:  # noqa: A002 - as in `count`
        """`limit` numbers that come after a position, each with its calls."""
        with self._database.read():
            rows = self.after(campaign, position, limit, filter)
            calls = self._aggregates.attempts(campaign, [row.position for row in rows if row.attempts])
        return [replace(row, calls=tuple(sorted(calls[row.position], key=lambda call: call.order)))
                if row.position in calls else row for row in rows]

    def row(self, campaign: int, position: int) -> ResultRow:
        """NoSuchNumber."""
        found = self._at(campaign, [position])
        if not found:
            raise NoSuchNumber(position)
        return found[0]

    def attempts(self, campaign: int, position: int) -> list[Attempt]:
        """The calls of a number, the newest first."""
        found = self._aggregates.attempts(campaign, [position]).get(position, [])
        return sorted(found, key=lambda attempt: attempt.order, reverse=True)

    def call(self, profile: str, call_uuid: str) -> tuple[ResultRow, int, Attempt] | None:
        """The call of a profile's campaigns that has this `call_uuid`: its number, its campaign, itself.

        All calls are looked through: nothing else is ever asked by it.
        """
        for table in ("notifications", "records"):
            found = self._database.one(sql(_OF_UUID, table=names(table)), (call_uuid, profile))
            if found is None:
                continue
            campaign, position = int(found["campaign_id"]), int(found["position"])
            call = next((each for each in self.attempts(campaign, position) if each.call_uuid == call_uuid), None)
            if call is not None:
                return self.row(campaign, position), campaign, call
        return None

    def listed(self, campaign: int, reported: Iterable[str]) -> dict[str, str]:
        """Numbers as the provider reported them → their phones in a campaign's list; without those not in it."""
        return self._aggregates.listed(campaign, reported)

    def campaigns_calling(self, profile: str, phones: Collection[str]) -> dict[str, list[int]]:
        """For each of these numbers the campaigns that the provider has or had and that call it, by ID."""
        calling: dict[str, list[int]] = {}
        for row in self._among(_CALLING, phones, profile):
            calling.setdefault(row["phone"], []).append(int(row["campaign"]))
        return {phone: sorted(campaigns) for phone, campaigns in calling.items()}

    def health(self, profile: str) -> Health:
        """When a result of any campaign of the profile came last, and how much came that could not be read."""
        with self._database.read():
            row = self._database.one(_LAST_RECEIVED, (profile,))
            unreadable = self._database.number(_COUNT_UNREADABLE, (profile,))
        with self._database.legible():
            return Health(when(None if row is None else row["last"]), unreadable)

    def _selection(self, campaign: int, chosen: ResultFilter, *, after: int = 0) -> Selection:
        ends = chosen.final is None or not self._database.number(_CALLED_AGAIN, (campaign,))
        return Selection(campaign, chosen, after=after, ends=ends)

    def _at(self, campaign: int, positions: Collection[int]) -> list[ResultRow]:
        """The numbers at some positions, in order; those that there are."""
        rows = [*self._among(_LISTED_AT, [position for position in positions if position < FIRST_UNLISTED], campaign),
                *self._among(_UNLISTED_AT, [place for place in positions if place >= FIRST_UNLISTED], campaign)]
        with self._database.legible():
            return sorted((result_row(row) for row in rows), key=lambda row: row.position)


def kept_count(chosen: ResultFilter) -> tuple[str, str] | None:
    """The kind and value by which a filter's numbers are counted as results come in; None where they aren't."""
    called, status, digit, attempts = chosen.called, chosen.status, chosen.digit, chosen.attempts
    if called is False:
        return None
    # Those without a status or an attempt are such, too, that were never called: they are not counted there.
    if status and chosen == ResultFilter(called=called, status=status):
        return "status", status
    if attempts and chosen == ResultFilter(called=called, attempts=attempts):
        return "attempts", str(attempts)
    if digit is not None and chosen == ResultFilter(called=called, digit=digit):
        return "digit", digit
    return None


def result_row(row: Row) -> ResultRow:
    source = row["source"]
    return ResultRow(
        position=row["position"], unlisted=row["position"] >= FIRST_UNLISTED, phone=row["phone"], typed=row["typed"],
        phrase=row["phrase"], lang=row["lang"], attempts=row["attempts"], status=row["status"], digit=row["digit"],
        answered=bool(row["answered"]), final=bool(row["final"]), last_at=when(row["last_at"]),
        talk_seconds=row["talk_seconds"], source=None if source is None else ResultSource(source),
        reference=row["reference"])
