"""In which rows numbers stand, over all lists.

Short lists have one index together: by a number's last three digits, where one in Turkey has them, then by list. A long
list would pay for it with a third of the time in which it is filled, as each of its rows comes into it somewhere else;
there are few of these, and each is looked into by its own index.
"""

from __future__ import annotations

from typing import Final

from tui.store.sql import Sql, sql

ENDINGS: Final = 1_000  # different ones of numbers in Turkey
# The very expression that stands in the index. `phone` is a column: a value that is compared with one is put in its
# place by SQLite, in the expression too. Nothing is asked that is not in the index: SQLite would read the row before it
# looks whether that has more than the ending.
_PLACES: Final = """
SELECT {phone} AS phone, short.list_id AS list_id, short.position AS position
FROM {asked} CROSS JOIN numbers AS short INDEXED BY numbers_by_ending
WHERE short.by_ending = 1 AND substr(short.phone, 10) = substr({phone}, 10) AND short.phone = {phone}
UNION ALL
SELECT {phone} AS phone, listed.list_id AS list_id, listed.position AS position
FROM lists INDEXED BY lists_long CROSS JOIN {asked} CROSS JOIN numbers AS listed INDEXED BY numbers_by_phone
WHERE lists.long = 1 AND listed.list_id = lists.id AND listed.phone = {phone} AND listed.by_ending = 0
"""
_PLACES_WITHIN: Final = """
SELECT short.phone AS phone, short.list_id AS list_id, short.position AS position
FROM numbers AS short INDEXED BY numbers_by_ending
WHERE short.by_ending = 1 AND {within} AND short.phone IN (SELECT phone FROM {asked})
UNION ALL
SELECT {asked}.phone AS phone, listed.list_id AS list_id, listed.position AS position
FROM lists INDEXED BY lists_long CROSS JOIN {asked} CROSS JOIN numbers AS listed INDEXED BY numbers_by_phone
WHERE lists.long = 1 AND listed.list_id = lists.id AND listed.phone = {asked}.phone AND listed.by_ending = 0
"""
_FROM: Final = "substr({phone}, 10) >= :from"
_FROM_TO: Final = "substr({phone}, 10) >= :from AND substr({phone}, 10) < :to"


def places_of(asked: Sql, phone: Sql) -> Sql:
    """The statement of all rows that have the phones of `asked` (a table), whose column `phone` is: phone, list_id,
    position."""
    return sql(_PLACES, asked=asked, phone=phone)


def places_within(asked: Sql, stretch: tuple[str, str]) -> Sql:
    """The same of a table with a column `phone` that has many of one stretch; the values of `within` belong to it."""
    return sql(_PLACES_WITHIN, asked=asked, within=within(stretch, sql("short.phone")))


def within(stretch: tuple[str, str], phone: Sql) -> Sql:
    """The condition that a phone's ending is in a stretch: `:from`, and up to `:to` where there is an end."""
    return sql(_FROM_TO, phone=phone) if stretch[1] else sql(_FROM, phone=phone)


def bounds(stretch: tuple[str, str]) -> dict[str, str]:
    """The values of `within`."""
    return dict(zip(("from", "to") if stretch[1] else ("from",), stretch, strict=False))
