"""The results of a campaign over all its lives: every number once, in figures and one by one.

A number that one life alone has called stands in the results of that; one that several have called, in `life_results`;
one that none has called, in the lists.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from tui.campaign.results import ResultSource
from tui.store.aggregates import Aggregates
from tui.store.columns import when
from tui.store.database import Row
from tui.store.life_parts import Part, Parts
from tui.store.repository import ASKED_CAMPAIGNS, Context, Repository, campaign_of
from tui.store.result_values import FIRST_UNLISTED, Bucket, Counts, LifeOfNumber, ResultRow, Together
from tui.store.results import (
    ANY_COLUMNS,
    CALLED_COLUMNS,
    EVERYBODY,
    OF_TOTALS,
    RESULTS,
    Results,
    kept_count,
    result_row,
)
from tui.store.sql import sql
from tui.store.values import NO_TOTALS, Campaign, ResultFilter, Totals

_BATCH: Final = 2_000
_PLACES: Final = 44  # bits of a key that hold the position: above them is whose
_OF_ONE: Final = """
SELECT theirs.campaign_id AS id FROM lives JOIN lives AS theirs ON theirs.first_id = lives.first_id
WHERE lives.campaign_id = ? ORDER BY theirs.number
"""
_OF_LAST: Final = sql("""
SELECT life_totals.*, lives.campaign_id AS life FROM asked CROSS JOIN life_totals CROSS JOIN lives
WHERE life_totals.last_id = asked.value AND lives.first_id = life_totals.first_id
""")
_DIGITS: Final = sql("""
SELECT first_id, life_counts.value AS value, many FROM asked CROSS JOIN life_counts
WHERE first_id = asked.value AND kind = ?
""")
_TOTALS: Final = "SELECT * FROM life_totals WHERE first_id = ?"
_COUNTS: Final = """
SELECT value, many FROM life_counts WHERE first_id = ? AND kind = ? ORDER BY many DESC, value
"""
_KEPT_COUNT: Final = "SELECT many FROM life_counts WHERE first_id = ? AND kind = ? AND value = ?"
_PAGE: Final = "SELECT {key} {part} ORDER BY {order} LIMIT :limit OFFSET :offset"
_AFTER: Final = "SELECT {key} {part} AND {past} ORDER BY {order} LIMIT :limit"
_COUNT: Final = "SELECT count(*) {part}"
_WITHOUT_OWN: Final = sql("""
SELECT successor_id AS life FROM asked CROSS JOIN successions WHERE successor_id = asked.value AND added = 0
""")
# The rows of some phones with one life.
_LISTED_ROWS: Final = sql("""
SELECT {columns} FROM asked CROSS JOIN campaigns CROSS JOIN numbers INDEXED BY numbers_by_phone LEFT JOIN results
    ON results.campaign_id = campaigns.id AND results.position = numbers.position
WHERE campaigns.id = ? AND numbers.list_id = campaigns.list AND numbers.phone = asked.value
    AND numbers.problem IS NULL AND numbers.duplicate_of IS NULL
""", columns=ANY_COLUMNS)
_UNLISTED_ROWS: Final = sql("""
SELECT {columns} FROM asked CROSS JOIN {results}
WHERE campaigns.id = ? AND results.campaign_id = campaigns.id AND results.phone = asked.value
    AND results.position >= {first_unlisted}
""", columns=CALLED_COLUMNS, results=RESULTS, first_unlisted=FIRST_UNLISTED)
_SEVERAL_ROWS: Final = sql("""
SELECT life_results.* FROM asked CROSS JOIN life_results WHERE first_id = ? AND phone = asked.value
""")


class Lives(Repository):
    """`campaign` is any of the lives; what is asked of one that is alone is asked of `Results`."""

    def __init__(self, context: Context, results: Results, aggregates: Aggregates) -> None:
        super().__init__(context)
        self._results = results
        self._aggregates = aggregates

    def of(self, campaign: int) -> list[int]:
        """The lives of a campaign, the first one first; none where it is alone."""
        return [row["id"] for row in self._database.all(_OF_ONE, (campaign,))]

    def campaigns(self, campaign: int) -> list[Campaign]:
        """The same, as campaigns."""
        lives = self.of(campaign)
        with self._database.legible():
            found = {row["id"]: campaign_of(row) for row in self._among(ASKED_CAMPAIGNS, lives)}
        return [found[life] for life in lives]

    def totals_of_last(self, campaigns: Collection[int]) -> dict[int, Totals]:
        """The figures over all lives of those among several campaigns that are the last life of one."""
        with self._database.read():
            rows: dict[int, list[Row]] = {}
            for row in self._among(_OF_LAST, campaigns):
                rows.setdefault(row["last_id"], []).append(row)
            if not rows:
                return {}
            each = self._results.totals_within([row["life"] for of in rows.values() for row in of])
            digits: dict[int, dict[str, int]] = {}
            for row in self._among(_DIGITS, [of[0]["first_id"] for of in rows.values()], "digit"):
                digits.setdefault(row["first_id"], {})[row["value"]] = row["many"]
        return {last: _together(of[0], [each[row["life"]] for row in of], digits.get(of[0]["first_id"], {}))
                for last, of in rows.items()}

    def together(self, campaign: int) -> Together | None:
        """The lives of a campaign, each with its own figures; None where it is alone."""
        lives = self.campaigns(campaign)
        if not lives:
            return None
        each = self._results.totals_of([life.id for life in lives])
        return Together([(life, each.get(life.id, NO_TOTALS)) for life in lives], self.totals(campaign))

    def totals(self, campaign: int) -> Totals:
        """The figures over all lives."""
        lives = self.of(campaign)
        return self.totals_of_last(lives[-1:]).get(lives[-1], NO_TOTALS)

    def counts(self, campaign: int) -> Counts:
        """Numbers called, by last status, digit and attempts."""
        first = self.of(campaign)[0]
        with self._database.read():
            status, digit, attempts = ({row["value"]: int(row["many"]) for row in
                                        self._database.all(_COUNTS, (first, kind))}
                                       for kind in ("status", "digit", "attempts"))
        with self._database.legible():
            return Counts(status, digit, {count: attempts[str(count)] for count in sorted(map(int, attempts))})

    def timeline(self, campaign: int, seconds: int) -> list[Bucket]:
        """The calls of all lives. As `Results.timeline`."""
        found: dict[dt.datetime, Bucket] = {}
        for life in self.of(campaign):
            for bucket in self._results.timeline(life, seconds):
                known = found.get(bucket.at, Bucket(bucket.at, 0, 0))
                found[bucket.at] = Bucket(bucket.at, known.calls + bucket.calls, known.answered + bucket.answered)
        return [found[at] for at in sorted(found)]

    def count(self, campaign: int, filter: ResultFilter = EVERYBODY) -> int:  # noqa: A002 - as in `Results.count`
        """How many numbers, unlisted ones too, a filter names."""
        kept = self._kept(campaign, filter)
        return sum(map(self._size, self._parts(campaign, filter))) if kept is None else kept

    def page(self, campaign: int, offset: int, limit: int,
             filter: ResultFilter = EVERYBODY) -> list[ResultRow]:  # noqa: A002 - as in `Results.count`
        """`limit` numbers from the `offset`-th on, in the order of the lists, the first life's first.

        Of those that were called, whom one life alone has called comes before whom several have.
        """
        parts, kept = self._parts(campaign, filter), self._kept(campaign, filter)
        behind = offset if kept is None else kept - offset - limit
        if behind >= offset:
            return self._rows(campaign, self._keys(parts, offset, limit))
        # Nearer to the end, from which nothing before it is read.
        keys = self._keys(parts[::-1], max(behind, 0), max(limit + min(behind, 0), 0), backwards=True)
        return self._rows(campaign, keys[::-1])

    def _keys(self, parts: Sequence[Part], offset: int, limit: int, *, backwards: bool = False) -> list[Row]:
        """Where `limit` numbers stand from the `offset`-th on, in the order of the parts."""
        keys: list[Row] = []
        for part in parts:
            if len(keys) == limit:
                break
            order = sql("{order} DESC", order=part.order) if backwards else part.order
            found = self._database.all(sql(_PAGE, key=part.key, part=part.rows, order=order),
                                       {**part.values, "limit": limit - len(keys), "offset": offset})
            offset = max(0, offset - self._size(part)) if offset and not found else 0
            keys += found
        return keys

    def _kept(self, campaign: int, chosen: ResultFilter) -> int | None:
        """How many numbers a filter names, as it is kept up; None where they are to be counted."""
        if chosen in OF_TOTALS:
            return OF_TOTALS[chosen](self.totals(campaign))
        counted = kept_count(chosen)
        return None if counted is None else self._database.number(_KEPT_COUNT, (self.of(campaign)[0], *counted))

    def each(self, campaign: int, filter: ResultFilter = EVERYBODY,  # noqa: A002 - as in `Results.count`
             batch: int = _BATCH) -> Iterator[list[ResultRow]]:
        """All of them with their calls, a batch at a time; no transaction is held meanwhile."""
        for part in self._parts(campaign, filter):
            position, phone = -1, ""
            while keys := self._database.all(
                    sql(_AFTER, key=part.key, part=part.rows, past=part.past, order=part.order),
                    _named_in(part, position, phone) | {"limit": batch}):
                position, phone = int(keys[-1]["position"]), keys[-1]["phone"]
                yield self._rows(campaign, keys, with_calls=True)

    def row(self, campaign: int, phone: str) -> ResultRow | None:
        """What all lives know of a number, with its calls; None where none has it."""
        lives = self.of(campaign)
        found = self._found(lives, [phone]).get(phone)
        if not found:
            return None
        life, row = found[-1]
        return self._whole(lives, [(life, row.position, phone)], with_calls=True)[0]

    def _parts(self, campaign: int, chosen: ResultFilter) -> list[Part]:
        lives = self.of(campaign)
        again = {row["id"]: row["called_again"] for row in self._among(ASKED_CAMPAIGNS, lives)}
        without_own = {row["life"] for row in self._among(_WITHOUT_OWN, lives)}
        return Parts([(life, not again[life]) for life in lives], chosen, without_own).all()

    def _size(self, part: Part) -> int:
        return self._database.number(sql(_COUNT, part=part.rows), part.values)

    def _rows(self, campaign: int, keys: Sequence[Row], *, with_calls: bool = False) -> list[ResultRow]:
        return self._whole(self.of(campaign), [(row["life"], int(row["position"]), row["phone"]) for row in keys],
                           with_calls=with_calls)

    def _whole(self, lives: Sequence[int], keys: Sequence[tuple[int, int, str]], *,
               with_calls: bool) -> list[ResultRow]:
        """What all lives know of the numbers that stand at some places."""
        phones = [phone for _, _, phone in keys]
        found = self._found(lives, phones)
        several = {row["phone"]: row for row in self._among(_SEVERAL_ROWS, phones, lives[0])}
        rows = []
        for life, position, phone in keys:
            known = found[phone]
            listed = [row for _, row in known if not row.unlisted] or [known[-1][1]]
            called = [(place, row) for place, row in known if row.attempts]
            base = called[-1][1] if called else listed[-1]
            whole = replace(
                base, position=(lives.index(life) << _PLACES) + position,
                unlisted=all(row.unlisted for _, row in known),
                typed=listed[-1].typed, phrase=listed[-1].phrase, lang=listed[-1].lang, reference=listed[-1].reference,
                final=any(row.final for _, row in known),
                lives=tuple(LifeOfNumber(place, lives.index(place) + 1, row.position, row.attempts, row.status,
                                         answered=row.answered) for place, row in called))
            rows.append(_as_kept(whole, several[phone]) if len(called) > 1 else whole)
        return self._with_calls(rows) if with_calls else rows

    def _found(self, lives: Iterable[int], phones: Sequence[str]) -> dict[str, list[tuple[int, ResultRow]]]:
        """The rows of phones, in the order of the lives."""
        found: dict[str, list[tuple[int, ResultRow]]] = {}
        for life in lives:
            with self._database.legible():
                for row in (*self._among(_LISTED_ROWS, phones, life), *self._among(_UNLISTED_ROWS, phones, life)):
                    found.setdefault(row["phone"], []).append((life, result_row(row)))
        return found

    def _with_calls(self, rows: Sequence[ResultRow]) -> list[ResultRow]:
        places: dict[int, list[int]] = {}
        for row in rows:
            for life in row.lives:
                places.setdefault(life.campaign, []).append(life.position)
        calls = {(campaign, position): made for campaign, at in places.items()
                 for position, made in self._aggregates.attempts(campaign, at).items()}
        whole = []
        for row in rows:
            lives = tuple(replace(life, calls=tuple(sorted(calls.get((life.campaign, life.position), ()),
                                                           key=lambda call: call.order))) for life in row.lives)
            every = sorted((call for life in lives for call in life.calls), key=lambda call: call.order)
            whole.append(replace(row, lives=lives, calls=tuple(every)))
        return whole


def _named_in(part: Part, position: int, phone: str) -> dict[str, Any]:
    return {**part.values, **({"phone": phone} if ":phone" in part.past else {"position": position})}


def _as_kept(row: ResultRow, kept: Row) -> ResultRow:
    """With what is kept of a number that several lives have called."""
    return replace(row, attempts=kept["attempts"], status=kept["status"], digit=kept["digit"],
                   answered=bool(kept["answered"]), final=bool(kept["final"]), last_at=when(kept["last_at"]),
                   talk_seconds=kept["talk_seconds"], source=ResultSource(kept["source"]))


def _together(row: Row, lives: Sequence[Totals], digits: Mapping[str, int]) -> Totals:
    """What no number can be in twice is added up; the rest is kept."""
    return Totals(
        numbers=row["numbers"], called=row["called"], answered=row["answered"], final=row["final"],
        unlisted=row["strangers"], final_unlisted=row["final_strangers"], called_again=lives[-1].called_again,
        notifications=sum(life.notifications for life in lives), records=sum(life.records for life in lives),
        calls=sum(life.calls for life in lives), digits=digits,
        first_received_at=min((life.first_received_at for life in lives if life.first_received_at), default=None),
        last_received_at=max((life.last_received_at for life in lives if life.last_received_at), default=None),
        last_happened_at=max((life.last_happened_at for life in lives if life.last_happened_at), default=None))
