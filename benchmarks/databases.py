"""Where a store is measured: in a file, and in a PostgreSQL server of its own where that is installed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from benchmarks.figures import NotMeasured
from tests.postgresql import Server, in_schema, missing
from tui.core.secret import Secret
from tui.store.database import Database
from tui.store.sqlite import SqliteDatabase

_SCHEMA: Final = "measured"
# As PostgreSQL has them where nobody has set any, but for the disk: nothing of it is needed after a power failure.
_SETTINGS: Final = {"shared_buffers": "128MB", "autovacuum": "on"}


class Kind(StrEnum):
    SQLITE = "SQLite"
    POSTGRESQL = "PostgreSQL"


@dataclass(frozen=True, slots=True)
class Place:
    """A database with a store in it, or none yet."""

    kind: Kind
    location: Path | Secret

    def bare(self) -> Database:
        """Without the store's repositories: what it takes itself is what these are held against."""
        if isinstance(self.location, Path):
            return SqliteDatabase(self.location)
        from tui.store.postgresql.database import PostgresqlDatabase

        return PostgresqlDatabase(self.location)

    @contextmanager
    def bulk(self) -> Iterator[Database]:
        """Bare, for rows by the million that are known to fit together: nobody looks up what each refers to."""
        with closing(self.bare()) as database:
            database.run("PRAGMA foreign_keys = OFF" if self.kind is Kind.SQLITE
                         else "SET session_replication_role = replica")
            with database.write():
                yield database

    def settle(self) -> None:
        """What a server does by itself within a minute of so many rows coming in."""
        if self.kind is Kind.POSTGRESQL:
            with closing(self.bare()) as database:
                database.run("VACUUM (ANALYZE)")


@contextmanager
def filled_place(kind: Kind, fill: Callable[[Place], None] = lambda _place: None) -> Iterator[Place]:
    """It ends with the context. NotMeasured where there is no PostgreSQL."""
    with _empty(kind) as place:
        fill(place)
        place.settle()
        yield place


@contextmanager
def _empty(kind: Kind) -> Iterator[Place]:
    if kind is Kind.SQLITE:
        with tempfile.TemporaryDirectory(prefix="santral-bench-") as folder:
            yield Place(kind, Path(folder) / "santral.db")
        return
    import psycopg

    if why := missing():
        raise NotMeasured(why)
    server = Server(settings=_SETTINGS)
    try:
        server.wait()
        with psycopg.connect(server.address, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {_SCHEMA}")
        yield Place(kind, in_schema(server.address, _SCHEMA))
    finally:
        server.stop()
