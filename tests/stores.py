"""The tables of a new store in a file are made once in a process, and stand in each file that is made thereafter.

To make them by their steps takes five times as long as all else that opens a store. Tests of the
making itself do so (`by_their_steps`), and so does a process that a test starts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from tui.core.files import make_file
from tui.store import migrate, sqlite


@cache
def _made() -> bytes:
    """As the steps leave a file, which has no identity yet."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for _number, statements in migrate.steps(migrate.SQLITE):
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {migrate.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {migrate.known(migrate.SQLITE)}")
        return connection.serialize()


def _make_with_tables(path: Path) -> None:
    make_file(path)
    path.write_bytes(_made())


def keep() -> None:
    setattr(sqlite, "make_file", _make_with_tables)  # noqa: B010 - a function is replaced


@contextmanager
def by_their_steps() -> Iterator[None]:
    setattr(sqlite, "make_file", make_file)  # noqa: B010 - a function is replaced
    try:
        yield
    finally:
        keep()
