"""One SQLite file: opening it, transactions, and what its failures are called."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tui.core.files import make_file, put_aside
from tui.core.letters import unmarked
from tui.store import migrate
from tui.store.database import Database, Row, Values
from tui.store.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFailed,
    StoreForeign,
    StoreGone,
    StoreNoLocks,
    StoreReadOnly,
    StoreTooNew,
    StoreTooOld,
    by_the_system,
)
from tui.store.file_identity import COUNT, IDENTITY, MAKE, NOT_OURS, TABLE, OpenFiles, at, mark_in
from tui.store.file_locks import check_one_name, keeps_locks, real
from tui.store.sql import names, sql, value_rows
from tui.store.sqlite_errors import meaning_of

if TYPE_CHECKING:
    from tui.store.spool import Spool

BUSY_SECONDS: Final = 10.0
# Nobody is notified of their turn: who waits looks ten times a second, and finds such a gap within a few of them.
GIVE_WAY_SECONDS: Final = 0.04
_QUIET_SECONDS: Final = 15.0
_LONG_WORK_KILOBYTES: Final = 64 << 10
# Moved from the log into the file by whoever closes: on the way the pages of an index would be moved again and again.
_LONG_WORK_PAGES: Final = 200_000
_ROWS: Final = 5_000  # of one statement at most, and as many values as SQLite takes
_VALUES: Final = 32_766

_TABLES: Final = """
SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name <> ? ORDER BY name
"""
_EACH: Final = "SELECT {columns} FROM {table}"
_LOAD: Final = "INSERT INTO {table} ({columns}) VALUES {rows}"


class SqliteDatabase(Database):
    """A connection to the file at `path`, its schema brought up to date."""

    def __init__(self, path: Path, *, make: bool = True) -> None:
        super().__init__(str(path))
        self.path = path
        self._lock = threading.RLock()
        self._long_work = False
        self._identity = ""
        self._changes = 0
        self._seen = 0
        self._quiet_until = 0.0
        self._closed = False
        if make:
            self._make_file()
        self._open()

    def close(self) -> None:
        with self._lock:
            with self._translated():
                self._is_in_place()
            if self._long_work:
                with suppress(sqlite3.Error):  # it is done another time
                    self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
            self._connection.close()
            self._closed = True

    def in_place(self) -> bool:
        with self._lock, suppress(StoreError, sqlite3.Error):
            return self._is_in_place()
        return False

    def reopen(self) -> None:
        with self._lock:
            with self._translated():
                if self._is_in_place():
                    return
            self._must_be(found=at(self.path) is not None)
            # First: whoever closes it moves what lies beside it into it, where it is the same file still.
            self._connection.close()
            self._put_aside_what_is_not_its_own()
            try:
                self._open(ours=True)
            except (StoreDamaged, StoreFailed) as failure:
                # Something else, or what those who still have the file open before it keep from being opened.
                raise self.error(StoreGone, "store.gone") from failure
            self._changes += 1

    @property
    def spool(self) -> Spool:
        from tui.store.spool import Spool

        with self._lock:
            return Spool(self._place.beside(".spool"), self._place.device)

    def another(self) -> SqliteDatabase:
        with self._lock:
            self._must_be_in_place()
            database = SqliteDatabase(self.path, make=False)
        database._long_work = True
        # An index of a million phones, into which they come in any order, is kept at hand: it is four times as fast.
        database.run(sql("PRAGMA cache_size = -{kilobytes}", kilobytes=_LONG_WORK_KILOBYTES))
        database.run(sql("PRAGMA wal_autocheckpoint = {pages}", pages=_LONG_WORK_PAGES))
        database.run("PRAGMA synchronous = NORMAL")
        return database

    def make_lasting(self) -> None:
        self.run("PRAGMA synchronous = FULL")

    @contextmanager
    def write(self) -> Iterator[None]:
        with self._lock, self._translated():
            self._must_be_in_place()
            self._begin("BEGIN IMMEDIATE")
            try:
                yield
                if self._identity:
                    self._must_be(found=self._connection.execute(COUNT, (self._identity,)).rowcount == 1)
                self._connection.execute("COMMIT")
            except BaseException:
                self._undo()
                raise
            self._changes += 1
            # Asked of a file that may have gone before the commit, or been put in its place.
            self._must_be(found=self.in_place())

    def give_way(self) -> None:
        time.sleep(GIVE_WAY_SECONDS)

    @contextmanager
    def read(self) -> Iterator[None]:
        with self._lock, self._translated():
            self._begin("BEGIN")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._undo()
                raise

    def _begin(self, sql: str) -> None:
        self._undo()  # what could not be undone when it went wrong
        self._connection.execute(sql)

    def _undo(self) -> None:
        # SQLite has undone it by itself where the disk was full.
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def run(self, sql: str, values: Values = ()) -> sqlite3.Cursor:
        with self._lock, self._translated():
            return self._connection.execute(sql, values)

    def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
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

    def data_version(self) -> int:
        """That the file has gone is raised every few seconds, not each time: nothing else would be reported."""
        with self._lock:
            if not self.in_place() and time.monotonic() >= self._quiet_until:
                self._quiet_until = time.monotonic() + _QUIET_SECONDS
                self._must_be(found=False)
            seen = self.number("PRAGMA data_version")
            if seen != self._seen:
                self._seen = seen
                self._changes += 1
            return self._changes

    def tables(self) -> dict[str, list[str]]:
        return {name: [row["name"] for row in self.all("SELECT name FROM pragma_table_info(?)", (name,))]
                for name, in self.all(_TABLES, (TABLE,))}

    def each(self, table: str, columns: Sequence[str]) -> Iterator[Row]:
        with self._translated():
            yield from self._connection.execute(sql(_EACH, columns=names(*columns), table=names(table)))

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Iterable[Any]], *,
             analyze: bool = True) -> None:  # noqa: ARG002 - SQLite plans without it
        # Several rows to a statement: it takes half the time, and other threads run for as long as one takes.
        waiting = iter(rows)
        with self._lock, self._translated():
            while some := list(islice(waiting, min(_ROWS, _VALUES // len(columns)))):
                statement = sql(_LOAD, table=names(table), columns=names(*columns),
                                rows=value_rows(len(columns), len(some)))
                self._connection.execute(statement, list(chain.from_iterable(some)))

    def defer_references(self) -> None:
        self.run("PRAGMA defer_foreign_keys = ON")

    def last_ids(self) -> dict[str, int]:
        return {row["name"]: row["seq"] for row in self.all("SELECT name, seq FROM sqlite_sequence ORDER BY name")}

    def set_last_id(self, table: str, last: int) -> None:
        # A table has no row here before its first row, and no unique name to be in conflict with.
        if not self.run("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (last, table)).rowcount:
            self.run("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))

    def _open(self, *, ours: bool = False) -> None:
        """Open what is at the path. `ours`: StoreGone where there is nothing, or nothing of ours yet."""
        before = at(self.path)
        self._identity = ""
        with self._translated():
            # Transactions begin where `write` says so, never by themselves. A file that isn't there is not made here.
            self._connection = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=rw", uri=True,
                                               timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
            self._connection.create_function("unmarked", 1, lambda text: text and unmarked(text), deterministic=True)
        self._place = OpenFiles(self.path)
        try:
            if ours:
                self._must_be(found=self.number("PRAGMA application_id") == migrate.APPLICATION_ID)
            self._prepare()
            with self._translated():
                self._mark()
                self._place = OpenFiles(self.path, self._identity)
            self._must_be(found=self._place.is_the_one(before))
        except BaseException as failure:
            self._place.lose()
            self._connection.close()
            if isinstance(failure, StoreBusy | StoreFailed) and not keeps_locks(real(self.path).parent):
                raise self.error(StoreNoLocks, "store.no_locks") from failure
            raise

    def _mark(self) -> None:
        """What distinguishes this file from any other that is written over it, brought into the file itself."""
        if not self.number("SELECT count(*) FROM sqlite_master WHERE name = ?", (TABLE,)):
            with self.write():
                for statement in MAKE:
                    self.run(statement)
        row = self.one(IDENTITY)
        if mark_in(self.path) in (None, NOT_OURS):
            self.run("PRAGMA wal_checkpoint(PASSIVE)")
        self._must_be(found=row is not None)
        self._identity = "" if row is None else str(row["identity"])

    def _is_in_place(self) -> bool:
        if self._closed or self._place.are_there():
            return True
        try:
            self._place.keep_the_log_out()
        except OSError as error:
            raise by_the_system(error, self.path) from error
        return False

    def _put_aside_what_is_not_its_own(self) -> None:
        """SQLite would take what was committed to the file before this one for this one's, and spoil it."""
        try:
            for path in self._place.left_behind():
                put_aside(path, f"{self.path.name}.replaced{path.name.removeprefix(self.path.name)}")
        except OSError as error:
            raise by_the_system(error, self.path) from error

    def _must_be_in_place(self) -> None:
        self._must_be(found=self._is_in_place())

    def _must_be(self, *, found: bool) -> None:
        if not found:
            raise self.error(StoreGone, "store.gone")

    def _make_file(self) -> None:
        try:
            # Whom a campaign calls is nobody else's to read. SQLite gives its side files the same mode.
            make_file(self.path)
        except FileExistsError:
            # Not opened here, not even to look into it: closing it again would take away the locks that another store
            # of this process has on it.
            if not os.access(self.path, os.R_OK | os.W_OK):
                raise self.error(StoreReadOnly, "store.read_only") from None
            check_one_name(self.path)
        except OSError as error:
            raise by_the_system(error, self.path) from error

    def _prepare(self) -> None:
        self._connection.row_factory = sqlite3.Row
        self._check_owner()
        self._set_wal()
        self.run("PRAGMA synchronous = FULL")
        self.run("PRAGMA foreign_keys = ON")
        if self.schema() < migrate.known(migrate.SQLITE):
            self._migrate()
        self._seen = self.number("PRAGMA data_version")

    def _check_owner(self) -> None:
        """Refuse what isn't ours, or isn't yet, before anything is written into it. A new file has no owner.

        The tables are counted first: another process may be making the file just now, and makes both in one.
        """
        tables = self.number("SELECT count(*) FROM sqlite_master")
        application, found = self.number("PRAGMA application_id"), self.schema()
        if application != migrate.APPLICATION_ID and (application or tables):
            raise self.error(StoreForeign, "store.foreign")
        if found > migrate.known(migrate.SQLITE):
            raise self.error(StoreTooNew, "store.too_new", found=found, known=migrate.known(migrate.SQLITE))
        if application and found < migrate.oldest(migrate.SQLITE):
            raise self.error(StoreTooOld, "store.too_old", found=found, oldest=migrate.oldest(migrate.SQLITE))

    def schema(self) -> int:
        return self.number("PRAGMA user_version")

    def damage(self) -> str:
        row = self.one("PRAGMA quick_check(1)")
        return "" if row is None or row[0] == "ok" else str(row[0])

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

    def _migrate(self) -> None:
        """All steps at once: whoever comes meanwhile finds a file of before or of after."""
        with self.write():
            # Another process may have been first while this one waited for its turn.
            self._check_owner()
            found = self.schema()
            for number, statements in migrate.steps(migrate.SQLITE):
                for statement in statements if number > found else ():
                    self.run(statement)
            self.run(sql("PRAGMA application_id = {ours}", ours=migrate.APPLICATION_ID))
            self.run(sql("PRAGMA user_version = {known}", known=migrate.known(migrate.SQLITE)))

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self.named(error) from error

    def named(self, error: sqlite3.Error) -> StoreError:
        """The store's own error for one of sqlite3's."""
        kind, code = meaning_of(error)
        params = {"detail": str(error)} if kind is StoreFailed else {}
        return self.error(kind, code, **params)
