"""A whole store into another database: all of it or nothing, and counted before it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from tui.store.database import Database, Row
from tui.store.errors import NotCopied
from tui.store.sql import names, sql

_CHECKED_EACH: Final = 1_000  # rows
_COUNT: Final = "SELECT count(*) FROM {table}"
_IN_FLIGHT: Final = "SELECT count(*) FROM {table} WHERE outcome IS NULL"


def copy_all(source: Database, target: Database, on_table: Callable[[str, int], None],
             check: Callable[[], None]) -> dict[str, int]:
    """Copy every table; how many rows each has. `on_table` is called for each that is done, with its name and rows.
    What `check` raises, between rows, ends it.

    `source` is read as it is at one moment, and `target` is written in one transaction: where anything fails in it, it
    is as empty as before. IDs stay as they are, and none that was ever given is given again. NotCopied where the target
    isn't empty, the source is, something in it is on its way to the provider, or a count doesn't agree.
    """
    copied: dict[str, int] = {}
    with source.read(), target.write():
        tables = source.tables()
        for table in tables:
            if target.number(sql(_COUNT, table=names(table))):
                raise target.error(NotCopied, "store.copy_not_empty")
        for table in ("launches", "switches"):
            if source.number(sql(_IN_FLIGHT, table=names(table))):
                raise source.error(NotCopied, "store.copy_in_flight")
        target.defer_references()
        for table, columns in tables.items():
            target.load(table, columns, _checked(source.each(table, columns), check))
            count = source.number(sql(_COUNT, table=names(table)))
            if target.number(sql(_COUNT, table=names(table))) != count:
                raise target.error(NotCopied, "store.copy_differs", table=table)
            copied[table] = count
            on_table(table, count)
        if not any(copied.values()):
            raise source.error(NotCopied, "store.copy_nothing")
        for table, last in source.last_ids().items():
            target.set_last_id(table, last)
        check()
    return copied


def _checked(rows: Iterable[Row], check: Callable[[], None]) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number % _CHECKED_EACH == 0:
            check()
        yield row
