"""What is known of a campaign's numbers: in figures, over time, and number by number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from tui.campaign.results import Attempt, Source
from tui.store.aggregates import Tallies
from tui.store.database import Row
from tui.store.errors import NoSuchCampaign, NoSuchNumber
from tui.store.figures import Figures, when
from tui.store.repository import Context
from tui.store.result_values import FIRST_STRANGER, Bucket, Counts, ResultRow
from tui.store.rows import legible, moment
from tui.store.selection import EVERYBODY, LISTED_AT, STRANGERS_AT, Selection
from tui.store.totals import Health, ResultFilter, Totals

_BATCH: Final = 2_000
_MINUTE: Final = 60
_TURKEY: Final = 3 * 3600  # ahead of UTC, the whole year round: buckets of hours and days are Turkey's
_COUNTS: Final = """
SELECT value, many FROM result_counts WHERE campaign_id = ? AND kind = ? ORDER BY many DESC, value
"""
# What is kept up of a campaign tells how many some filters name.
_OF_TOTALS: Final[Mapping[ResultFilter, Callable[[Totals], int]]] = {
    EVERYBODY: lambda totals: totals.numbers + totals.strangers,
    ResultFilter(called=True): lambda totals: totals.called,
    ResultFilter(called=False): lambda totals: totals.to_call,
    ResultFilter(answered=True): lambda totals: totals.answered,
    ResultFilter(answered=False): lambda totals: totals.numbers + totals.strangers - totals.answered,
    ResultFilter(called=True, answered=False): lambda totals: totals.called - totals.answered,
    ResultFilter(final=True): lambda totals: totals.final,
    ResultFilter(final=False): lambda totals: totals.numbers + totals.strangers - totals.final,
    ResultFilter(called=True, final=False): lambda totals: totals.called - totals.final,
}
_CALLING: Final = """
SELECT DISTINCT numbers.phone AS phone, campaigns.id AS campaign
FROM asked CROSS JOIN campaigns CROSS JOIN numbers
WHERE campaigns.profile = ? AND campaigns.provider_id IS NOT NULL AND numbers.list_id = campaigns.list
    AND numbers.phone = asked.value AND numbers.problem IS NULL
"""


class Results(Figures):
    def __init__(self, context: Context, tallies: Tallies) -> None:
        super().__init__(context)
        self._tallies = tallies

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
        with legible(self._database):
            return Counts(status, digit, {many: attempts[str(many)] for many in sorted(map(int, attempts))})

    def timeline(self, campaign: int, seconds: int, *, since: dt.datetime | None = None,
                 until: dt.datetime | None = None) -> list[Bucket]:
        """The calls of each stretch of `seconds`, a multiple of 60; those without any are left out. ValueError.

        By when the calls happened. Stretches begin where they would in Turkey's day: those of a day at its midnight.
        `since` and `until` (not included) are taken to the minute.
        """
        if seconds <= 0 or seconds % _MINUTE:
            raise ValueError(seconds)
        where, values = ["campaign_id = ?"], [campaign]
        bounds: list[Any] = []
        for sign, bound in ((">=", since), ("<", until)):
            if bound is not None:
                where.append(f"minute {sign} ?")
                bounds.append(bound.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M"))
        rows = self._database.all(
            f"SELECT minute, calls, answered FROM result_minutes WHERE {' AND '.join(where)} ORDER BY minute",  # noqa: S608 - our texts
            (*values, *bounds))
        buckets: dict[int, list[int]] = {}
        with legible(self._database):
            for row in rows:
                local = int(moment(f"{row['minute']}:00+00:00").timestamp()) + _TURKEY
                bucket = buckets.setdefault(local - local % seconds - _TURKEY, [0, 0])
                bucket[0] += row["calls"]
                bucket[1] += row["answered"]
        return [Bucket(dt.datetime.fromtimestamp(at, dt.UTC), *both) for at, both in buckets.items()]

    def count(self, campaign: int, filter: ResultFilter = EVERYBODY) -> int:  # noqa: A002 - what it is called on the screen
        """How many numbers of a campaign, strangers too, a filter names."""
        if filter in _OF_TOTALS:
            return _OF_TOTALS[filter](self.totals_of([campaign]).get(campaign, Totals()))
        if (counted := _kept_count(filter)) is not None:
            return self._database.number("SELECT many FROM result_counts WHERE campaign_id = ? AND kind = ? "
                                         "AND value = ?", (campaign, *counted))
        selection = self._selection(campaign, filter)
        return self._database.number(f"SELECT count(*) FROM ({selection.positions()}) AS chosen", selection.values)  # noqa: S608 - our texts

    def page(self, campaign: int, offset: int, limit: int,
             filter: ResultFilter = EVERYBODY) -> list[ResultRow]:  # noqa: A002 - as in `count`
        """`limit` numbers from the `offset`-th on, in the order of the list, then strangers."""
        # What is passed over is not read, only counted, by an index that has all that the filter asks for.
        selection = self._selection(campaign, filter)
        found = [row["position"] for row in self._database.all(
            f"{selection.positions()} ORDER BY position LIMIT :limit OFFSET :offset",
            {**selection.values, "limit": limit, "offset": offset})]
        return self._at(campaign, found)

    def after(self, campaign: int, position: int, limit: int,
              filter: ResultFilter = EVERYBODY) -> list[ResultRow]:  # noqa: A002 - as in `count`
        """`limit` numbers that come after a position; 0: from the start."""
        selection = self._selection(campaign, filter, after=position)
        rows: list[Row] = []
        for sql in selection.rows_in_turn():
            if len(rows) < limit:
                rows += self._database.all(f"{sql} ORDER BY position LIMIT :limit",
                                           {**selection.values, "limit": limit - len(rows)})
        with legible(self._database):
            return [_row(row) for row in rows]

    def each(self, campaign: int, filter: ResultFilter = EVERYBODY) -> Iterator[ResultRow]:  # noqa: A002 - as in `count`
        """All of them with their calls, a batch at a time; no transaction is held meanwhile."""
        position = 0
        while rows := self.with_calls_after(campaign, position, _BATCH, filter):
            yield from rows
            position = rows[-1].position

    def with_calls_after(self, campaign: int, position: int, limit: int,
                         filter: ResultFilter = EVERYBODY) -> list[ResultRow]:  # noqa: A002 - as in `count`
        """The same as `after`, each with its calls."""
        with self._database.read():
            rows = self.after(campaign, position, limit, filter)
            calls = self._tallies.attempts(campaign, [row.position for row in rows if row.attempts])
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
        found = self._tallies.attempts(campaign, [position]).get(position, [])
        return sorted(found, key=lambda attempt: attempt.order, reverse=True)

    def listed(self, campaign: int, told: Iterable[str]) -> dict[str, str]:
        """Which phones of a campaign's list numbers are that the provider told; without those that aren't in it."""
        return self._tallies.listed(campaign, told)

    def campaigns_calling(self, profile: str, phones: Collection[str]) -> dict[str, list[int]]:
        """For each of these numbers the campaigns that the provider has or had and that call it, by ID."""
        calling: dict[str, list[int]] = {}
        for row in self._among(_CALLING, phones, profile):
            calling.setdefault(row["phone"], []).append(int(row["campaign"]))
        return {phone: sorted(campaigns) for phone, campaigns in calling.items()}

    def health(self, profile: str) -> Health:
        """When a result of any campaign of the profile came last, and how much came that could not be read."""
        with self._database.read():
            row = self._database.one(
                "SELECT max(last_received_at) AS last FROM result_totals JOIN campaigns "
                "ON campaigns.id = result_totals.campaign_id WHERE campaigns.profile = ?", (profile,))
            unreadable = self._database.number("SELECT count(*) FROM unreadable WHERE profile = ?", (profile,))
        with legible(self._database):
            return Health(when(None if row is None else row["last"]), unreadable)

    def _selection(self, campaign: int, chosen: ResultFilter, *, after: int = 0) -> Selection:
        ends = chosen.final is None or not self._database.number(
            "SELECT coalesce(max(called_again), 0) FROM campaigns WHERE id = ?", (campaign,))
        return Selection(campaign, chosen, after=after, ends=ends)

    def _at(self, campaign: int, positions: Collection[int]) -> list[ResultRow]:
        """The numbers at some positions, in order; those that there are."""
        rows = [*self._among(LISTED_AT, [position for position in positions if position < FIRST_STRANGER], campaign),
                *self._among(STRANGERS_AT, [place for place in positions if place >= FIRST_STRANGER], campaign)]
        with legible(self._database):
            return sorted((_row(row) for row in rows), key=lambda row: row.position)


def _kept_count(chosen: ResultFilter) -> tuple[str, str] | None:
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


def _row(row: Row) -> ResultRow:
    source = row["source"]
    return ResultRow(
        position=row["position"], stranger=row["position"] >= FIRST_STRANGER, phone=row["phone"], typed=row["typed"],
        phrase=row["phrase"], lang=row["lang"], attempts=row["attempts"], status=row["status"], digit=row["digit"],
        answered=bool(row["answered"]), final=bool(row["final"]), last_at=when(row["last_at"]),
        talk_seconds=row["talk_seconds"], source=None if source is None else Source(source))
