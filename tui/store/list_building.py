"""Rows on their way into a campaign's list, as slowly as they come and however many: all of them or none.

A few are kept until they are all there, and appended. Many become a list of their own that nobody points to yet, bit by
bit: no writer waits long for another, and at the end the campaign points to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import count as count_from
from time import monotonic
from typing import Any, Final

from tui.store.columns import reason_columns
from tui.store.errors import StoreError
from tui.store.list_changes import FROM_FIRST, ListChanges
from tui.store.list_values import ListStepKind, NumberRow
from tui.store.lists import (
    BY_ENDING,
    COLUMNS,
    COUNT_ALIKE,
    STRETCH,
    Leftovers,
    find_duplicates,
    mark_duplicates,
    mark_new,
    new_list,
    stretches,
)
from tui.store.lists import count as count_rows
from tui.store.repository import EDITABLE, Context
from tui.store.sql import names, sql

# What most rows of a list are has no more columns: mobile, valid, without a language of its own, and typed so that 90
# and the last ten signs are its phone.
PLAIN: Final = ("position", "typed", "phrase")
# Such rows with a reference: those of a list have one or none of them has.
REFERRED: Final = (*PLAIN, "reference")
ODD: Final = ("position", "typed", "phone", "phrase", "lang", "problem", "problem_params", "kind", "valid", "line",
              "reference")
_FEW: Final = 10_000
# Rows of one transaction at most, in which others wait. In smaller ones the pages of an index are written over and
# over; where one takes longer than that, the next has fewer.
_AT_ONCE: Final = 30_000
_AT_LEAST: Final = 15_000
_MAX_SECONDS: Final = 0.2
_COPY: Final = sql("""
INSERT INTO numbers (list_id, by_ending, {columns}) SELECT :new, {by_ending}, {columns} FROM numbers
WHERE list_id = :old {stretch} ORDER BY position
""", by_ending=BY_ENDING, columns=names(*COLUMNS), stretch=STRETCH)
_COPY_COUNTS: Final = """
INSERT INTO number_counts SELECT ?, problem, kind, valid, phrased, duplicate, many FROM number_counts WHERE list_id = ?
"""
_POSITIONS: Final = sql("SELECT position FROM numbers WHERE list_id = :list AND position > :after")
_NEXT: Final = "SELECT list, next_position FROM campaigns WHERE id = ?"
# Beside the database, so that it is held only while rows are moved into it. Most rows have few columns, and are moved
# the sooner for it; the others follow.
_INCOMING: Final = (
    "CREATE TEMP TABLE {table} (position INTEGER PRIMARY KEY, typed TEXT, phrase TEXT, reference TEXT)",
    """
    CREATE TEMP TABLE {table}_odd (position INTEGER PRIMARY KEY, typed TEXT, phone TEXT, phrase TEXT, lang TEXT,
        problem TEXT, problem_params TEXT, kind TEXT, valid INTEGER, line INTEGER, reference TEXT)
    """,
)
_MOVE_PLAIN: Final = """
INSERT INTO numbers (list_id, by_ending, phone, position, {others})
SELECT :new, {by_ending}, '90' || substr(typed, length(typed) - 9), position + :by, {others}
FROM {table} ORDER BY position
"""
_MOVE_ODD: Final = """
INSERT INTO numbers (list_id, by_ending, position, {others})
SELECT :new, {by_ending}, position + :by, {others} FROM {table}_odd ORDER BY position
"""
_PLAIN_OTHERS: Final = names(*PLAIN[1:])
_REFERRED_OTHERS: Final = names(*REFERRED[1:])
_OTHERS: Final = names(*ODD[1:])
_TABLES: Final = count_from(1)

RowValues = Sequence[Any]


def odd_rows(rows: Iterable[NumberRow], position: int) -> list[RowValues]:
    """Rows from a position on by the columns ODD, which any row can have."""
    return [(place, row.typed, row.phone, row.phrase, row.lang, *reason_columns(row.problem), row.kind or "",
             int(row.valid), row.line, row.reference) for place, row in enumerate(rows, start=position)]


class Builder(ListChanges):
    """One list on its way: `put` its rows, `finish`, and `close` whatever happens. Used by one thread.

    `on_move` is called when rows are about to be moved into it, which needs no Python.

    Raises WrongState, NoSuchCampaign at once and at the end; Changed at the end, where the list was changed meanwhile.
    """

    def __init__(self, context: Context, campaign: int, on_move: Callable[[], None]) -> None:
        super().__init__(context)
        self._campaign = campaign
        self._on_move = on_move
        self._require(campaign, EDITABLE)
        row = self._database.one(_NEXT, (campaign,))
        self._base = int(row["list"] or 0) if row is not None else 0
        self._base_next = int(row["next_position"]) if row is not None else 1
        self._step_before = self._last_step(campaign)
        self._list = 0  # the one that is being built; none as long as there are few rows
        self._alike: Counter[tuple[str, str, int, int]] = Counter()
        self._incoming = f"incoming_{next(_TABLES)}"
        self._waiting = 0  # rows there
        self._at_once = _AT_ONCE
        self._referred = False  # whether plain ones have references
        self.rows = 0
        for statement in _INCOMING:
            self._database.run(sql(statement, table=names(self._incoming)))

    @property
    def _tables(self) -> tuple[str, str]:
        return self._incoming, f"{self._incoming}_odd"

    @property
    def next_position(self) -> int:
        """Where the row stands that is put next."""
        return self._base_next + self.rows

    def put(self, plain: Sequence[RowValues], odd: Sequence[RowValues]) -> None:
        """Rows that follow by their positions, with values by the columns PLAIN, or all by REFERRED; and by ODD."""
        count = len(plain) + len(odd)
        self.rows += count
        self._waiting += count
        if plain:
            self._referred = len(plain[0]) == len(REFERRED)
            self._database.load(self._incoming, REFERRED if self._referred else PLAIN, plain, analyze=False)
        if odd:
            self._database.load(f"{self._incoming}_odd", ODD, odd, analyze=False)
        phrased = sum(1 for row in plain if row[2])
        self._alike.update((row[5] or "", row[7], row[8], int(row[3] != "")) for row in odd)
        self._alike["", "mobile", 1, 1] += phrased
        self._alike["", "mobile", 1, 0] += len(plain) - phrased
        if self._waiting >= (self._at_once if self._list else _FEW):
            self._store()

    def finish(self, look: Callable[[], None] = lambda: None) -> int:
        """Have the campaign point to it; the step that this is, 0 where there was no row.

        `look` sees the list as it is then, in the same transaction: what it can't read isn't kept.
        """
        if not self._list:
            return self._append(look)
        self._store()
        find_duplicates(self._database, self._list)
        mark_duplicates(self._database, self._list, self._base_next)
        self._database.make_lasting()
        with self._database.write():
            self._must_be_as(self._campaign, self._step_before)
            step = self._step(self._campaign, ListStepKind.IMPORT, self.rows, exchanged=True)
            self._database.run("UPDATE lists SET holder = NULL WHERE id = ?", (self._list,))
            self._set(self._campaign, EDITABLE, {"list": self._list, "next_position": self.next_position})
            self._edited(self._campaign)
            look()
        self._list = 0
        return step

    def close(self) -> None:
        """Take away what was not finished."""
        with suppress(StoreError):  # what went wrong before is what is raised; `clear_away` finds the rest
            for table in self._tables:
                self._database.run(sql("DROP TABLE IF EXISTS {table}", table=names(table)))
            if self._list:
                Leftovers(self._context).remove_list(self._list)
        self._list = 0

    def clear_away(self) -> None:
        """Take away what was left behind; a bit at a time."""
        Leftovers(self._context).clear_away()

    def _append(self, look: Callable[[], None]) -> int:
        if not self.rows:
            look()
            return 0
        with self._database.write():
            list_ = self._editable_list(self._campaign)
            first = self._database.number("SELECT next_position FROM campaigns WHERE id = ?", (self._campaign,))
            step = self._step(self._campaign, ListStepKind.ADD, self.rows)
            self._move(list_, first - self._base_next)  # another may have appended meanwhile
            mark_new(self._database, list_, first)
            count_rows(self._database, list_, 1, FROM_FIRST, first=first)
            self._set(self._campaign, EDITABLE, {"next_position": first + self.rows})
            self._edited(self._campaign)
            look()
        return step

    def _store(self) -> None:
        """Move what waits into the list that is being built."""
        self._on_move()
        if not self._list:
            with self._database.write():
                self._list = new_list(self._database, self._context.lease.name(), long=True)
            self._copy_base()
        begun = monotonic()
        with self._database.write():
            self._move(self._list, 0)
            self._database.run_many(COUNT_ALIKE, [(self._list, *key, count) for key, count in self._alike.items()])
        self._adapt(monotonic() - begun)
        for table in self._tables:
            self._database.run(sql("DELETE FROM {table}", table=names(table)))
        self._waiting = 0
        self._alike.clear()

    def _adapt(self, seconds: float) -> None:
        """What waits has been moved in so many seconds."""
        fitting = int(self._waiting * _MAX_SECONDS / seconds) if seconds else _AT_ONCE
        self._at_once = max(min(fitting, _AT_ONCE), min(_AT_LEAST, _AT_ONCE))

    def _move(self, list_: int, by: int) -> None:
        table, values = names(self._incoming), {"new": list_, "by": by}
        others = _REFERRED_OTHERS if self._referred else _PLAIN_OTHERS
        self._database.run(sql(_MOVE_PLAIN, table=table, by_ending=BY_ENDING, others=others), values)
        self._database.run(sql(_MOVE_ODD, table=table, by_ending=BY_ENDING, others=_OTHERS), values)

    def _copy_base(self) -> None:
        for after, to in stretches(self._database, _POSITIONS, {"list": self._base}) if self._base else ():
            with self._database.write():
                self._database.run(_COPY, {"new": self._list, "old": self._base, "after": after, "to": to})
        with self._database.write():
            self._database.run(_COPY_COUNTS, (self._list, self._base))
