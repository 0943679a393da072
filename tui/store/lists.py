"""The lists that campaigns point to: made, counted, marked for duplicates, filled and cleared away.

The functions here are called within a write transaction, but where they say otherwise.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from tui.campaign.numbering import NumberKind
from tui.store.columns import reason_of
from tui.store.database import Database, Row
from tui.store.errors import StoreError
from tui.store.list_values import StoredNumber
from tui.store.repository import Context, Repository
from tui.store.sql import NOTHING, Sql, names, sql

log = logging.getLogger("santral.store")

AT_ONCE: Final = 10_000  # rows of one transaction: others wait that long
STRETCH: Final = sql("AND position > :after AND position <= :to")
LIST: Final = sql("(SELECT list FROM campaigns WHERE id = :campaign)")
LONG: Final = 10_000  # rows, of which a list that is filled bit by bit has more
COLUMNS: Final = ("position", "typed", "phone", "phrase", "lang", "problem", "problem_params", "duplicate_of", "kind",
                  "valid", "line", "reference")
REFERENCE: Final = names("reference")
# Whether the rows of the list `:new` stand in the index `numbers_by_ending`.
BY_ENDING: Final = sql("(SELECT 1 - long FROM lists WHERE id = :new)")
_ADD_UP: Final = sql("""
ON CONFLICT (list_id, problem, kind, valid, phrased, duplicate) DO UPDATE SET many = number_counts.many + excluded.many
""")
_COUNT: Final = """
INSERT INTO number_counts (list_id, problem, kind, valid, phrased, duplicate, many)
SELECT list_id, coalesce(problem, ''), kind, valid, CASE WHEN phrase <> '' THEN 1 ELSE 0 END,
    CASE WHEN duplicate_of IS NOT NULL THEN 1 ELSE 0 END, :sign * count(*)
FROM numbers {index} WHERE list_id = :list {condition} GROUP BY 1, 2, 3, 4, 5, 6
{add_up}
"""
COUNT_ALIKE: Final = sql("""
INSERT INTO number_counts (list_id, problem, kind, valid, phrased, duplicate, many) VALUES (?, ?, ?, ?, ?, 0, ?)
{add_up}
""", add_up=_ADD_UP)
# Of rows that were counted as if none were a duplicate.
_UNCOUNT_DUPLICATES: Final = sql("""
INSERT INTO number_counts (list_id, problem, kind, valid, phrased, duplicate, many)
SELECT list_id, '', kind, valid, CASE WHEN phrase <> '' THEN 1 ELSE 0 END, 0, -count(*)
FROM numbers INDEXED BY numbers_duplicate
WHERE list_id = :list AND position > :after AND position <= :to AND duplicate_of IS NOT NULL
GROUP BY 1, 2, 3, 4, 5, 6
{add_up}
""", add_up=_ADD_UP)
_IS_DUPLICATE: Final = sql("{stretch} AND duplicate_of IS NOT NULL", stretch=STRETCH)
_BY_DUPLICATE: Final = sql("INDEXED BY numbers_duplicate")
_FORGET_EMPTY: Final = """
DELETE FROM number_counts WHERE many = 0 AND list_id = (SELECT list FROM campaigns WHERE id = ?)
"""
_SUM_UP: Final = """
UPDATE campaigns SET (numbers, bad_numbers, duplicate_numbers, callable_with_phrase) = (
    SELECT coalesce(sum(many), 0), coalesce(sum(CASE WHEN problem <> '' THEN many END), 0),
        coalesce(sum(duplicate * many), 0),
        coalesce(sum(CASE WHEN problem = '' AND duplicate = 0 THEN phrased * many END), 0)
    FROM number_counts WHERE list_id = campaigns.list)
WHERE id = ?
"""
_FIRST: Final = sql("""
SELECT min(first.position) FROM numbers AS first
WHERE first.list_id = numbers.list_id AND first.phone = numbers.phone AND first.problem IS NULL
""")
_MARK_NEW: Final = sql("""
UPDATE numbers SET duplicate_of = ({first})
WHERE list_id = ? AND position >= ? AND problem IS NULL AND ({first}) < position
""", first=_FIRST)
_MARK_PHONE: Final = sql("""
UPDATE numbers SET duplicate_of = nullif(({first}), position) WHERE list_id = ? AND phone = ? AND problem IS NULL
""", first=_FIRST)
_MARK_TOUCHED: Final = sql("""
UPDATE numbers SET duplicate_of = nullif(({first}), position)
WHERE list_id = ? AND phone IN (SELECT phone FROM touched) AND problem IS NULL
""", first=_FIRST)
# By itself it goes through the index once, whatever the list's length, and holds nobody up.
_FIND_DUPLICATES: Final = """
INSERT INTO duplicates (place, first) SELECT numbers.position, several.first
FROM (SELECT phone, min(position) AS first FROM numbers WHERE list_id = :list AND problem IS NULL
    GROUP BY phone HAVING count(*) > 1) AS several
CROSS JOIN numbers
WHERE list_id = :list AND numbers.phone = several.phone AND problem IS NULL AND position > several.first
"""
_MARK_DUPLICATES: Final = """
UPDATE numbers SET duplicate_of = (SELECT first FROM duplicates WHERE place = position)
WHERE list_id = :list AND position IN (SELECT place FROM duplicates WHERE place > :after AND place <= :to)
"""
_DUPLICATES: Final = sql("place INTEGER PRIMARY KEY, first INTEGER NOT NULL")
_DUPLICATE_PLACES: Final = sql("SELECT place AS position FROM duplicates WHERE place > :after")
_STRETCH_END: Final = """
SELECT coalesce(max(position), 0) FROM ({rows} ORDER BY position LIMIT :limit) AS next_ones
"""
_OPEN_STEPS: Final = "SELECT id, holder FROM list_steps WHERE holder IS NOT NULL OR gone IS NOT NULL ORDER BY id"
_LISTS_OF_NOBODY: Final = """
SELECT id, holder FROM lists WHERE NOT EXISTS (SELECT 1 FROM campaigns WHERE list = lists.id)
    AND NOT EXISTS (SELECT 1 FROM list_steps WHERE list = lists.id) ORDER BY id
"""
_REMOVE_ROWS: Final = """
DELETE FROM numbers WHERE list_id = ? AND position <= (SELECT max(position) FROM
    (SELECT position FROM numbers WHERE list_id = ? ORDER BY position LIMIT ?) AS next_ones)
"""
_UNDO_STEP: Final = "UPDATE list_steps SET gone = 'undone', holder = NULL, list = NULL WHERE id = ?"
# Of a step that doesn't count any more, some rows at a time: of one that was undone, and of one that can't be any more.
_UNDONE: Final = (
    "DELETE FROM dropped_numbers WHERE id IN (SELECT id FROM dropped_numbers WHERE step_id = ? LIMIT ?)",
    "UPDATE dropped_numbers SET back_step_id = NULL "
    "WHERE id IN (SELECT id FROM dropped_numbers WHERE back_step_id = ? LIMIT ?)",
)
_FORGOTTEN: Final = (
    "DELETE FROM dropped_numbers "
    "WHERE id IN (SELECT id FROM dropped_numbers WHERE step_id = ? AND why IS NULL LIMIT ?)",
    "DELETE FROM dropped_numbers WHERE id IN (SELECT id FROM dropped_numbers WHERE back_step_id = ? LIMIT ?)",
    "UPDATE dropped_numbers SET step_id = NULL WHERE id IN (SELECT id FROM dropped_numbers WHERE step_id = ? LIMIT ?)",
)


def new_list(database: Database, holder: str | None = None, *, long: bool = False) -> int:
    """An empty list's ID. `holder`: the lease of whoever fills it before anybody points to it.

    `long`: its rows don't stand in `numbers_by_ending` (BY_ENDING); a number is looked up in each such list by itself.
    """
    return database.number("INSERT INTO lists (holder, long) VALUES (?, ?) RETURNING id", (holder, int(long)))


def own_list(database: Database, campaign: int) -> int:
    """The list of a campaign; made where it has none."""
    found = database.number("SELECT coalesce(list, 0) FROM campaigns WHERE id = ?", (campaign,))
    if not found:
        found = new_list(database)
        database.run("UPDATE campaigns SET list = ? WHERE id = ?", (found, campaign))
    return found


def count(database: Database, list_: int, sign: int, condition: Sql = NOTHING, index: Sql = NOTHING,
          **values: Any) -> None:  # noqa: ANN401 - of SQL
    """Count rows in (1) or out (-1): those that a condition (`AND …`) names, as they are now.

    `index`: what finds them (`INDEXED BY …`), where it isn't the list's order.
    """
    database.run(sql(_COUNT, condition=condition, index=index, add_up=_ADD_UP), {"list": list_, "sign": sign, **values})


def sum_up(database: Database, campaign: int) -> None:
    """Work out the campaign's own figures from those of its list."""
    database.run(_FORGET_EMPTY, (campaign,))
    database.run(_SUM_UP, (campaign,))


def count_all(database: Database, campaign: int) -> None:
    """Count the rows of a list that is new."""
    count(database, own_list(database, campaign), 1)
    sum_up(database, campaign)


def mark_new(database: Database, list_: int, first: int) -> None:
    """Mark which rows from a position on are duplicates; for some of a list."""
    database.run(_MARK_NEW, (list_, first))


def mark_phones(database: Database, list_: int, phones: set[str]) -> None:
    """Find anew which rows of these phones are duplicates."""
    for phone in phones:
        database.run(_MARK_PHONE, (list_, phone))


def mark_touched(database: Database, list_: int) -> None:
    """Find anew which rows of the phones in the table `touched` are duplicates."""
    database.run(_MARK_TOUCHED, (list_,))


def make_table(database: Database, name: str, columns: Sql) -> None:
    """An empty table of this connection's own, beside the database: nobody is held up by it."""
    database.run(sql("DROP TABLE IF EXISTS {name}", name=names(name)))
    database.run(sql("CREATE TEMP TABLE {name} ({columns})", name=names(name), columns=columns))


def find_duplicates(database: Database, list_: int) -> None:
    """Look for all duplicates of a list; for `mark_duplicates`. Needs no transaction."""
    make_table(database, "duplicates", _DUPLICATES)
    database.run(_FIND_DUPLICATES, {"list": list_})


def mark_duplicates(database: Database, list_: int, first: int) -> None:
    """Mark the duplicates from a position on of a list that nobody points to yet, bit by bit; and count them as such.

    None of them was before. Needs no transaction.
    """
    for after, to in stretches(database, _DUPLICATE_PLACES, {}, first - 1):
        values = {"list": list_, "after": after, "to": to}
        with database.write():
            database.run(_MARK_DUPLICATES, values)
            database.run(_UNCOUNT_DUPLICATES, values)
            count(database, list_, 1, _IS_DUPLICATE, _BY_DUPLICATE, after=after, to=to)
    database.run("DROP TABLE duplicates")


def stretches(database: Database, rows: Sql, values: Mapping[str, Any], after: int = 0) -> Iterator[tuple[int, int]]:
    """Positions that a statement finds (`… > :after`), so many rows at a time: after which, and to which.

    Whoever waits for the right to write has it between two of them.
    """
    begun, end_of_next = after, sql(_STRETCH_END, rows=rows)
    while True:
        to = database.number(end_of_next, {**values, "after": after, "limit": AT_ONCE})
        if to <= after:
            return
        if after != begun:
            database.give_way()
        yield after, to
        after = to


def places_up_to(database: Database, end: int) -> Iterator[tuple[int, int]]:
    """Positions before `end`, so many at a time, as `stretches`; without asking which of them have a row."""
    for after in range(0, end - 1, AT_ONCE):
        if after:
            database.give_way()
        yield after, min(after + AT_ONCE, end - 1)


def number_of(row: Row) -> StoredNumber:
    """ValueError or TypeError where a column holds what was never written."""
    return StoredNumber(
        position=row["position"], typed=row["typed"], phone=row["phone"], phrase=row["phrase"], lang=row["lang"],
        problem=reason_of(row["problem"], row["problem_params"]), duplicate_of=row["duplicate_of"],
        kind=NumberKind(row["kind"]) if row["kind"] else None, valid=bool(row["valid"]), line=row["line"],
        reference=row["reference"],
    )


class Leftovers(Repository):
    """What long changes leave behind, and what somebody died of: taken away a bit at a time, as no writer is to wait.

    Needs no transaction: each bit is one, and being killed between two leaves the rest for the next time."""

    def clear_away(self) -> None:
        """Take away lists that nobody points to any more, steps that don't count, and what the dead were at.

        Where that fails it is left for the next time: what is done before it is done.
        """
        try:
            self._clear_away()
        except StoreError:
            log.warning("what a long change has left behind is cleared away by the next one", exc_info=True)

    def _clear_away(self) -> None:
        for row in self._database.all(_OPEN_STEPS):
            if row["holder"] is None:
                self._clear_step(row["id"])
                continue
            with self._context.lease.claimed(row["holder"]) as dead:
                if dead:
                    self.remove_step(row["id"])
        for row in self._database.all(_LISTS_OF_NOBODY):
            if row["holder"] is None:
                self.remove_list(row["id"])
                continue
            with self._context.lease.claimed(row["holder"]) as dead:
                if dead:
                    self.remove_list(row["id"])

    def remove_list(self, list_: int) -> None:
        """Take away a list that nobody points to."""
        self._bit_by_bit(_REMOVE_ROWS, (list_, list_))
        with self._database.write():
            self._database.run("DELETE FROM number_counts WHERE list_id = ?", (list_,))
            self._database.run("DELETE FROM lists WHERE id = ?", (list_,))

    def remove_step(self, step: int) -> None:
        """Have a step that doesn't count be as if it had never been."""
        with self._database.write():
            self._database.run(_UNDO_STEP, (step,))
        self._clear_step(step)

    def _clear_step(self, step: int) -> None:
        row = self._database.one("SELECT gone FROM list_steps WHERE id = ?", (step,))
        if row is None or row["gone"] is None:
            return
        for statement in _UNDONE if row["gone"] == "undone" else _FORGOTTEN:
            self._bit_by_bit(statement, (step,))
        with self._database.write():
            self._database.run("DELETE FROM list_steps WHERE id = ?", (step,))

    def _bit_by_bit(self, statement: str, values: Sequence[int]) -> None:
        """Run a statement until it changes nothing; its last value is how many rows it may change."""
        while True:
            with self._database.write():
                if self._database.run(statement, (*values, AT_ONCE)).rowcount < AT_ONCE:
                    return
            self._database.give_way()


class GrowingList(Repository):
    """A list that is filled bit by bit: nobody points to it until it is handed over; `close` whatever happens.

    `rows`: how many there will be, roughly.
    """

    def __init__(self, context: Context, rows: int) -> None:
        super().__init__(context)
        holder = context.lease.name()
        with self._database.write():
            self.list = new_list(self._database, holder, long=rows > LONG)

    def hand_over(self, campaign: int) -> None:
        """Have a campaign point to it. Called within a write transaction, which is the last thing that may fail."""
        self._database.run("UPDATE lists SET holder = NULL WHERE id = ?", (self.list,))
        self._database.run("UPDATE campaigns SET list = ? WHERE id = ?", (self.list, campaign))

    def close(self) -> None:
        """Take it away where nobody points to it."""
        with suppress(StoreError):  # what went wrong before is what is raised; `clear_away` finds the rest
            if not self._database.number("SELECT count(*) FROM campaigns WHERE list = ?", (self.list,)):
                Leftovers(self._context).remove_list(self.list)
