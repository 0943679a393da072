"""How what is known of a campaign's numbers changes its figures: counted first, then written all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct, field

from tui.campaign.results import Attempt, NumberResult, result_of
from tui.store.arrivals import next_arrival
from tui.store.columns import stamp
from tui.store.database import Database
from tui.store.figures import RULE
from tui.store.life_figures import count_in_lives
from tui.store.result_columns import INDEXED, OTHERS, indexed_columns, other_columns
from tui.store.result_values import FIRST_UNLISTED
from tui.store.sql import Sql, added, assignments, marks, names, sql

_MINUTE: Final = len("2026-11-25T09:00")
_NEW_RESULT: Final = sql("INSERT INTO results (campaign_id, position, phone, {columns}) VALUES (?, ?, ?, {marks})",
                         columns=names(*INDEXED, *OTHERS), marks=marks(len(INDEXED + OTHERS)))
_CHANGE_RESULT: Final = "UPDATE results SET {columns} WHERE campaign_id = ? AND position = ?"
_NOTE_ANSWERED: Final = "UPDATE results SET answered_in = ? WHERE campaign_id = ? AND position = ?"
_NOTE_LAST_ANSWERED: Final = "UPDATE result_totals SET answered_in = ? WHERE campaign_id = ?"
_ADD_COUNT: Final = """
INSERT INTO result_counts (campaign_id, kind, value, many) VALUES (?, ?, ?, ?)
ON CONFLICT (campaign_id, kind, value) DO UPDATE SET many = result_counts.many + excluded.many
"""
_ADD_MINUTE: Final = """
INSERT INTO result_minutes (campaign_id, minute, calls, answered) VALUES (?, ?, ?, ?)
ON CONFLICT (campaign_id, minute) DO UPDATE SET calls = result_minutes.calls + excluded.calls,
    answered = result_minutes.answered + excluded.answered
"""
_SUMS: Final = ("called", "answered", "final", "strangers", "final_strangers", "notifications", "records", "calls")
_ADD_TOTALS: Final = sql("""
INSERT INTO result_totals (campaign_id, {sums}, rule) VALUES (?, {marks}, {rule})
ON CONFLICT (campaign_id) DO UPDATE SET {added}
""", sums=names(*_SUMS), marks=marks(len(_SUMS)), rule=RULE, added=added("result_totals", _SUMS))


class FigureChange(Struct):
    """How the figures of a campaign change, and which numbers' rows are to be written: all of it in one go."""

    campaign: int
    retries: int | None  # None: not known, as the provider's own number holds
    sums: Counter[str] = field(default_factory=Counter)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)  # by minute
    answered: Counter[str] = field(default_factory=Counter)
    rows: dict[int, tuple[str, NumberResult | None, NumberResult]] = field(default_factory=dict)  # phone, was, is

    def call(self, attempt: Attempt, count: int) -> None:
        """Count a call (1), or no longer (-1)."""
        minute = stamp(attempt.at)[:_MINUTE]
        self.sums["calls"] += count
        self.calls[minute] += count
        self.answered[minute] += count * attempt.answered

    def number(self, position: int, result: NumberResult, count: int) -> None:
        """Count a number as what it is (1), or no longer as what it was (-1)."""
        final, unlisted = result.final(self.retries), position >= FIRST_UNLISTED
        sums, counts = self.sums, self.counts  # one by one: Counter.update takes several times as long
        sums["called"] += count
        sums["answered"] += count * result.answered
        sums["final"] += count * final
        if unlisted:
            sums["strangers"] += count
            sums["final_strangers"] += count * final
        counts["status", result.status] += count
        counts["digit", result.digit] += count
        counts["attempts", str(result.attempts)] += count

    def recount(self, phones: Mapping[int, str], before: Mapping[int, list[Attempt]],
                after: Mapping[int, list[Attempt]]) -> None:
        """Count numbers by their attempts after a change instead of those before it."""
        for position, phone in phones.items():
            was, result = (result_of(attempts.get(position, ())) for attempts in (before, after))
            for attempts, known, count in ((before, was, -1), (after, result, 1)):
                if known is not None:
                    for attempt in attempts[position]:
                        self.call(attempt, count)
                    self.number(position, known, count)
            if result is not None:
                self.rows[position] = phone, was, result

    def write(self, database: Database) -> None:
        """Add the change to what is there. Called within a write transaction."""
        campaign = self.campaign
        count_in_lives(database, campaign, self.retries, self.rows)
        self._write_results(database)
        database.run(_ADD_TOTALS, (campaign, *(self.sums[name] for name in _SUMS)))
        self._note_answered(database)
        database.run_many(_ADD_COUNT, [(campaign, *what, count) for what, count in self.counts.items() if count])
        database.run_many(_ADD_MINUTE, [
            (campaign, minute, count, self.answered[minute]) for minute, count in self.calls.items()
            if count or self.answered[minute]])
        if any(count < 0 for count in self.counts.values()):
            database.run("DELETE FROM result_counts WHERE campaign_id = ? AND many = 0", (campaign,))
        if any(count < 0 for count in self.calls.values()):
            database.run("DELETE FROM result_minutes WHERE campaign_id = ? AND calls = 0", (campaign,))

    def _note_answered(self, database: Database) -> None:
        """Who was not known to have answered before."""
        answered = [position for position, (_, was, result) in self.rows.items()
                    if result.answered and (was is None or not was.answered)]
        if answered:
            arrival = next_arrival(database)
            database.run_many(_NOTE_ANSWERED, [(arrival, self.campaign, position) for position in answered])
            database.run(_NOTE_LAST_ANSWERED, (arrival, self.campaign))

    def _write_results(self, database: Database) -> None:
        new: list[tuple[Any, ...]] = []
        changed: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}  # indexed columns that change → rows
        for position, (phone, was, result) in self.rows.items():
            indexed, others = indexed_columns(result, self.retries), other_columns(result)
            if was is None:
                new.append((self.campaign, position, phone, *indexed, *others))
                continue
            before = indexed_columns(was, self.retries)
            differ = [place for place, value in enumerate(indexed) if value != before[place]]
            changed.setdefault(tuple(INDEXED[place] for place in differ), []).append(
                (*(indexed[place] for place in differ), *others, self.campaign, position))
        database.run_many(_NEW_RESULT, new)
        for columns, values in changed.items():
            database.run_many(_change_result(columns), values)


def _change_result(indexed: Sequence[str]) -> Sql:
    """A statement that changes a row; of the indexed columns those alone that are named.

    An index is written anew for each of its columns that a statement names, though the value is the one it has.
    """
    return sql(_CHANGE_RESULT, columns=assignments((*indexed, *OTHERS)))
