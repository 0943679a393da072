"""One SQLite file: opening it, transactions, and what its failures are called."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from tui.campaign.reason import Reason
from tui.store import migrate
from tui.store.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFailed,
    StoreForeign,
    StoreFull,
    StoreReadOnly,
    StoreTooNew,
    by_the_system,
)

BUSY_SECONDS: Final = 10.0
_LOWEST_BYTE: Final = 0xFF  # SQLite's extended result codes keep the primary one there
# Of the extended codes of a failed input or output, the one that a full disk gives where even readers need some room.
_NO_ROOM: Final = sqlite3.SQLITE_IOERR_SHMSIZE

_ERRORS: Final[Mapping[int, type[StoreError]]] = {
    sqlite3.SQLITE_BUSY: StoreBusy, sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_READONLY: StoreReadOnly, sqlite3.SQLITE_CANTOPEN: StoreReadOnly, sqlite3.SQLITE_PERM: StoreReadOnly,
    sqlite3.SQLITE_CORRUPT: StoreDamaged, sqlite3.SQLITE_NOTADB: StoreDamaged,
}
_CODES: Final[Mapping[type[StoreError], str]] = {
    StoreBusy: "store.busy", StoreFull: "store.full", StoreReadOnly: "store.read_only", StoreDamaged: "store.damaged",
}

Row = sqlite3.Row
Kind = TypeVar("Kind", bound=StoreError)
Values = tuple[Any, ...] | Mapping[str, Any]


class Database:
    """A connection to the file at `path`, its schema brought up to date. Any thread may use it; one at a time does.

    Raises StoreError and its kinds, never an exception of sqlite3.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._changes = 0
        self._seen = 0
        self._make_file()
        with self._translated():
            # Transactions begin where `write` says so, never by themselves.
            self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None,
                                               check_same_thread=False)
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def write(self) -> Iterator[None]:
        """A transaction that holds the right to write from its start; undone wholly where anything fails in it."""
        with self._lock, self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # SQLite has undone it by itself where the disk was full.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            self._changes += 1

    @contextmanager
    def read(self) -> Iterator[None]:
        """Several reads that see one and the same moment."""
        with self._lock, self._translated():
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("COMMIT")

    def run(self, sql: str, values: Values = ()) -> sqlite3.Cursor:
        with self._lock, self._translated():
            return self._connection.execute(sql, values)

    def run_many(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        with self._lock, self._translated():
            self._connection.executemany(sql, rows)

    def all(self, sql: str, values: Values = ()) -> list[Row]:
        with self._lock, self._translated():
            rows: list[Row] = self._connection.execute(sql, values).fetchall()
            return rows

    def one(self, sql: str, values: Values = ()) -> Row | None:
        with self._lock, self._translated():
            cursor = self._connection.execute(sql, values)
            try:
                row: Row | None = cursor.fetchone()
            finally:
                cursor.close()
            return row

    def number(self, sql: str, values: Values = ()) -> int:
        """The first column of the only row."""
        row = self.one(sql, values)
        return int(row[0]) if row is not None else 0

    def data_version(self) -> int:
        """A number that grows when anyone has written."""
        with self._lock:
            seen = self.number("PRAGMA data_version")
            if seen != self._seen:
                self._seen = seen
                self._changes += 1
            return self._changes

    def damaged(self) -> StoreDamaged:
        """What is raised where a value that was read can't be what was written."""
        return self._error(StoreDamaged, "store.damaged")

    def _make_file(self) -> None:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Whom a campaign calls is nobody else's to read. SQLite gives its side files the same mode.
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            # Not opened here, not even to look into it: closing it again would take away the locks that another store
            # of this process has on it.
            if not os.access(self.path, os.R_OK | os.W_OK):
                raise self._error(StoreReadOnly, "store.read_only") from None
        except OSError as error:
            raise by_the_system(error, self.path) from error

    def _prepare(self) -> None:
        self._connection.row_factory = Row
        self._check_owner()
        self._set_wal()
        self.run("PRAGMA synchronous = FULL")
        self.run("PRAGMA foreign_keys = ON")
        for number, statements in migrate.steps():
            if self._schema() < number:
                self._apply(number, statements)
        self._seen = self.number("PRAGMA data_version")

    def _check_owner(self) -> None:
        """Refuse what isn't ours, or isn't yet, before anything is written into it. A new file has no owner."""
        application, found = self.number("PRAGMA application_id"), self._schema()
        tables = self.number("SELECT count(*) FROM sqlite_master")
        if application != migrate.APPLICATION_ID and (application or tables):
            raise self._error(StoreForeign, "store.foreign")
        if found > migrate.known():
            raise self._error(StoreTooNew, "store.too_new", found=found, known=migrate.known())

    def _schema(self) -> int:
        return self.number("PRAGMA user_version")

    def _set_wal(self) -> None:
        """Readers don't wait for a writer then. SQLite doesn't wait by itself while another process does the same."""
        give_up = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                self.run("PRAGMA journal_mode = WAL")
            except StoreBusy:
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.01)
            else:
                return

    def _apply(self, number: int, statements: list[str]) -> None:
        with self.write():
            # Another process may have been first while this one waited for its turn.
            self._check_owner()
            if self._schema() >= number:
                return
            for statement in statements:
                self.run(statement)
            self.run(f"PRAGMA application_id = {migrate.APPLICATION_ID}")
            self.run(f"PRAGMA user_version = {number}")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self.named(error) from error

    def named(self, error: sqlite3.Error) -> StoreError:
        """The store's own error for one of sqlite3's."""
        code = getattr(error, "sqlite_errorcode", 0)
        kind = StoreFull if code == _NO_ROOM else _ERRORS.get(code & _LOWEST_BYTE, StoreFailed)
        if kind is StoreFailed:
            return self._error(StoreFailed, "store.failed", detail=str(error))
        return self._error(kind, _CODES[kind])

    def _error(self, kind: type[Kind], code: str, **params: str | int) -> Kind:
        return kind(Reason(code, {"path": str(self.path), **params}))
