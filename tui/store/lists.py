"""The lists that campaigns point to: made, counted, marked for duplicates, exchanged and cleared away.

The functions here are called within a write transaction, but where they say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tui.campaign.numbering import Kind
from tui.store.database import Database, Row
from tui.store.list_values import StoredNumber
from tui.store.rows import reason_of

AT_ONCE: Final = 10_000  # rows of one transaction: others wait that long
STRETCH: Final = "AND position > :after AND position <= :to"
LIST: Final = "(SELECT list FROM campaigns WHERE id = :campaign)"
COLUMNS: Final = ("position", "typed", "phone", "phrase", "lang", "problem", "problem_params", "duplicate_of", "kind",
                  "valid", "line")
_FACETS: Final = """
coalesce(problem, ''), kind, valid, CASE WHEN phrase <> '' THEN 1 ELSE 0 END,
CASE WHEN duplicate_of IS NOT NULL THEN 1 ELSE 0 END
"""
_ADD_UP: Final = """
ON CONFLICT (list_id, problem, kind, valid, phrased, duplicate) DO UPDATE SET many = number_counts.many + excluded.many
"""
_COUNT: Final = f"""
INSERT INTO number_counts (list_id, problem, kind, valid, phrased, duplicate, many)
SELECT list_id, {_FACETS}, :sign * count(*) FROM numbers {{index}}
WHERE list_id = :list {{condition}} GROUP BY 1, 2, 3, 4, 5, 6
{_ADD_UP}
"""  # noqa: S608 - our own texts
COUNT_ALIKE: Final = f"""
INSERT INTO number_counts (list_id, problem, kind, valid, phrased, duplicate, many) VALUES (?, ?, ?, ?, ?, 0, ?)
{_ADD_UP}
"""  # noqa: S608 - our own texts
# Of rows that were counted as if none were a duplicate.
_UNCOUNT_DUPLICATES: Final = f"""
INSERT INTO number_counts (list_id, problem, kind, valid, phrased, duplicate, many)
SELECT list_id, '', kind, valid, CASE WHEN phrase <> '' THEN 1 ELSE 0 END, 0, -count(*)
FROM numbers INDEXED BY numbers_duplicate
WHERE list_id = :list AND position > :after AND position <= :to AND duplicate_of IS NOT NULL
GROUP BY 1, 2, 3, 4, 5, 6
{_ADD_UP}
"""  # noqa: S608 - our own texts
_TELL: Final = """
UPDATE campaigns SET (numbers, bad_numbers, duplicate_numbers, callable_with_phrase) = (
    SELECT coalesce(sum(many), 0), coalesce(sum(CASE WHEN problem <> '' THEN many END), 0),
        coalesce(sum(duplicate * many), 0),
        coalesce(sum(CASE WHEN problem = '' AND duplicate = 0 THEN phrased * many END), 0)
    FROM number_counts WHERE list_id = campaigns.list)
WHERE id = ?
"""
_FIRST: Final = """
SELECT min(first.position) FROM numbers AS first
WHERE first.list_id = numbers.list_id AND first.phone = numbers.phone AND first.problem IS NULL
"""
_MARK_NEW: Final = f"""
UPDATE numbers SET duplicate_of = ({_FIRST})
WHERE list_id = ? AND position >= ? AND problem IS NULL AND ({_FIRST}) < position
"""  # noqa: S608 - our own texts
_MARK_PHONE: Final = f"""
UPDATE numbers SET duplicate_of = nullif(({_FIRST}), position) WHERE list_id = ? AND phone = ? AND problem IS NULL
"""  # noqa: S608 - our own texts
_MARK_TOUCHED: Final = f"""
UPDATE numbers SET duplicate_of = nullif(({_FIRST}), position)
WHERE list_id = ? AND phone IN (SELECT phone FROM touched) AND problem IS NULL
"""  # noqa: S608 - our own texts
# By itself it goes through the index once, whatever the list's length, and holds nobody up.
_FIND_TWICE: Final = """
INSERT INTO twice (place, first) SELECT numbers.position, several.first
FROM (SELECT phone, min(position) AS first FROM numbers WHERE list_id = :list AND problem IS NULL
    GROUP BY phone HAVING count(*) > 1) AS several
CROSS JOIN numbers
WHERE list_id = :list AND numbers.phone = several.phone AND problem IS NULL AND position > several.first
"""
_MARK_TWICE: Final = """
UPDATE numbers SET duplicate_of = (SELECT first FROM twice WHERE place = position)
WHERE list_id = :list AND position IN (SELECT place FROM twice WHERE place > :after AND place <= :to)
"""


def new_list(database: Database, holder: str | None = None) -> int:
    return database.number("INSERT INTO lists (holder) VALUES (?) RETURNING id", (holder,))


def own_list(database: Database, campaign: int) -> int:
    """The list of a campaign; made where it has none."""
    found = database.number("SELECT coalesce(list, 0) FROM campaigns WHERE id = ?", (campaign,))
    if not found:
        found = new_list(database)
        database.run("UPDATE campaigns SET list = ? WHERE id = ?", (found, campaign))
    return found


def count(database: Database, list_: int, sign: int, condition: str = "", index: str = "",
          **values: Any) -> None:  # noqa: ANN401 - of SQL
    """Count rows in (1) or out (-1): those that a condition (`AND …`) names, as they are now.

    `index`: what finds them (`INDEXED BY …`), where it isn't the list's order.
    """
    database.run(_COUNT.format(condition=condition, index=index), {"list": list_, "sign": sign, **values})


def tell(database: Database, campaign: int) -> None:
    """Work out the campaign's own figures from those of its list."""
    database.run("DELETE FROM number_counts WHERE many = 0 AND list_id = (SELECT list FROM campaigns WHERE id = ?)",
                 (campaign,))
    database.run(_TELL, (campaign,))


def count_all(database: Database, campaign: int) -> None:
    """Count the rows of a list that is new."""
    count(database, own_list(database, campaign), 1)
    tell(database, campaign)


def mark_new(database: Database, list_: int, first: int) -> None:
    """Mark which rows from a position on are duplicates; for some of a list."""
    database.run(_MARK_NEW, (list_, first))


def mark_phones(database: Database, list_: int, phones: set[str]) -> None:
    """Find anew which rows of these phones are duplicates."""
    for phone in phones:
        database.run(_MARK_PHONE, (list_, phone))


def mark_touched(database: Database, list_: int) -> None:
    """The same of the phones in the table `touched`."""
    database.run(_MARK_TOUCHED, (list_,))


def make_table(database: Database, name: str, columns: str) -> None:
    """An empty table of this connection's own, beside the database: nobody is held up by it."""
    database.run(f"DROP TABLE IF EXISTS {name}")
    database.run(f"CREATE TEMP TABLE {name} ({columns})")


def find_twice(database: Database, list_: int) -> None:
    """Look for all duplicates of a list; for `mark_twice`. Needs no transaction."""
    make_table(database, "twice", "place INTEGER PRIMARY KEY, first INTEGER NOT NULL")
    database.run(_FIND_TWICE, {"list": list_})


def mark_twice(database: Database, list_: int, first: int) -> None:
    """Mark the duplicates from a position on of a list that nobody points to yet, bit by bit; and count them as such.

    None of them was before. Needs no transaction.
    """
    for after, to in stretches(database, "SELECT place AS position FROM twice WHERE place > :after", {}, first - 1):
        values = {"list": list_, "after": after, "to": to}
        with database.write():
            database.run(_MARK_TWICE, values)
            database.run(_UNCOUNT_DUPLICATES, values)
            count(database, list_, 1, f"{STRETCH} AND duplicate_of IS NOT NULL", "INDEXED BY numbers_duplicate",
                  after=after, to=to)
    database.run("DROP TABLE twice")


def stretches(database: Database, rows: str, values: Mapping[str, Any], after: int = 0) -> Iterator[tuple[int, int]]:
    """Positions that a statement finds (`… > :after`), so many rows at a time: after which, and to which.

    Whoever waits for the right to write has it between two of them.
    """
    begun = after
    while True:
        to = database.number(
            f"SELECT coalesce(max(position), 0) FROM ({rows} ORDER BY position LIMIT :many) AS next_ones",  # noqa: S608 - our own texts
            {**values, "after": after, "many": AT_ONCE})
        if to <= after:
            return
        if after != begun:
            database.give_way()
        yield after, to
        after = to


def number_of(row: Row) -> StoredNumber:
    """ValueError or TypeError as by `campaign_of`."""
    return StoredNumber(
        position=row["position"], typed=row["typed"], phone=row["phone"], phrase=row["phrase"], lang=row["lang"],
        problem=reason_of(row["problem"], row["problem_params"]), duplicate_of=row["duplicate_of"],
        kind=Kind(row["kind"]) if row["kind"] else None, valid=bool(row["valid"]), line=row["line"],
    )
