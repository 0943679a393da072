"""A session at a PostgreSQL server: its connection, transactions, what others have written, and who holds what."""

from __future__ import annotations

import hashlib
import os
import secrets
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus

from tui.core.listeners import Listeners
from tui.core.secret import Secret, without_password
from tui.store import migrate
from tui.store.database import Database, Row, Values
from tui.store.errors import StoreBusy, StoreError, StoreFailed, StoreUnsure
from tui.store.postgresql import passfile
from tui.store.postgresql.connection import Connection, SilentServer
from tui.store.postgresql.dialect import (
    OUTDATED,
    WITH_DETAIL,
    adapt,
    first_line,
    known_error,
    rows_of,
    translated,
)
from tui.store.sql import names, sql

BUSY_SECONDS: Final = 10
_OLDEST: Final = 130000  # PostgreSQL 13: transactions whose outcome can be asked for afterwards
_QUIET_SECONDS: Final = 15.0
_ASK_SECONDS: Final = 15.0  # after which a server of which nothing is asked is asked whether it is there
_LEAVE_SECONDS: Final = 1.0
_REACH_SECONDS: Final = 5
_NOT_GIVEN: Final = "no password supplied"  # libpq's word for it
# Nothing is under way where an error is raised; what still seems to be has no end.
_ENDLESS: Final = frozenset({TransactionStatus.ACTIVE, TransactionStatus.UNKNOWN})

# What a dead network is noticed by, on both sides: a lock of a machine that was switched off is freed after a minute.
# So is that of a process that was stopped (Ctrl+Z) in the middle of a transaction.
_CONNECTION: Final[Mapping[str, str | int]] = {
    "connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3,
    "tcp_user_timeout": 30_000, "application_name": "santral", "client_encoding": "UTF8",
}
# Without JIT: it takes longer than any statement here, and is begun by what the planner expects alone.
_SESSION: Final = sql("""
SET lock_timeout = '{seconds}s';
SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;
SET idle_in_transaction_session_timeout = '60s';
SET jit = off;
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
""", seconds=BUSY_SECONDS)
_BEGIN: Final = "BEGIN; SELECT pg_advisory_xact_lock({ours}, {turns})"
_COMMIT: Final = "NOTIFY {channel}; COMMIT"
_WHERE: Final = """
SELECT (SELECT oid::bigint FROM pg_namespace WHERE nspname = current_schema()) AS schema,
       current_setting('server_encoding') AS encoding,
       pg_backend_pid() AS process,
       (SELECT backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()) AS began
"""
# What waits for us has said all that it has to say: it is the way from there to here that holds it back. It is ended
# then, as the turn to write may be its own. A server may not say what its sessions do (`disabled`).
_AT_WORK: Final = """
SELECT CASE WHEN state IN ('active', 'disabled') AND wait_event_type IS DISTINCT FROM 'Client' THEN true
       ELSE NOT pg_terminate_backend(pid) END AS works
FROM pg_stat_activity WHERE pid = $1 AND backend_start::text = $2
"""


class ServerSession(Database):
    """At a `postgresql://` address, in the schema that comes first in its search path.

    A connection that was lost is opened again by the next call, never within a transaction. Writers take turns by an
    advisory lock, so nothing is ever tried again for being in another's way.
    """

    def __init__(self, address: Secret) -> None:
        super().__init__(without_password(address.reveal()))
        self._address = address
        self._lock = threading.RLock()
        self._changes = 0
        self._closed = False
        self._inside = False  # a transaction
        self._quiet_until = 0.0
        self._asked_at = time.monotonic()
        self.reconnected = Listeners[[]]()
        self._open()

    def close(self) -> None:
        with self._lock:
            self._closed = True
            with suppress(psycopg.Error):
                # The server would take a moment to notice that the connection has ended.
                self._connection.patience, self._connection.is_at_work = _LEAVE_SECONDS, lambda: False
                self._connection.execute("SELECT pg_advisory_unlock_all()")
            self._connection.close()

    @contextmanager
    def write(self) -> Iterator[None]:
        with self._lock:
            self._alive()
            with self._transaction():
                transaction = self._begin_writing()
                yield
                self._inside = False
                self._commit(transaction)
            self._changes += 1

    def give_way(self) -> None:
        """Its server lets them in by turns."""

    @contextmanager
    def read(self) -> Iterator[None]:
        with self._lock:
            self._alive()
            with self._transaction():
                self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                yield

    def run(self, sql: str, values: Values = ()) -> psycopg.Cursor[Row]:
        with self._lock:
            self._alive()
            with self._translated():
                return self._execute(sql, values)

    def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        with self._lock:
            self._alive()
            with self._translated(), self._connection.cursor() as cursor:
                cursor.executemany(translated(sql)[0], rows)

    def all(self, sql: str, values: Values = ()) -> list[Row]:
        with self._lock:
            self._alive()
            with self._translated():
                return self._execute(sql, values).fetchall()

    def one(self, sql: str, values: Values = ()) -> Row | None:
        with self._lock:
            self._alive()
            with self._translated():
                return self._execute(sql, values).fetchone()

    def data_version(self) -> int:
        """By the others' notifications that have come in: the server is asked now and then whether it is there.

        A connection that turns out to be lost is opened again at once: nothing was on its way. Where that fails it is
        raised, and not tried here again for some seconds: whoever looks every moment would report nothing else.
        """
        with self._lock:
            try:
                self._listen()
                if time.monotonic() - self._asked_at >= _ASK_SECONDS and not self._inside:
                    self._asked_at = time.monotonic()
                    self._connection.execute("")
            except psycopg.OperationalError as error:
                if self._closed:
                    raise self.named(error) from error
                self._connection.close()
                if time.monotonic() >= self._quiet_until:
                    self._quiet_until = time.monotonic() + _QUIET_SECONDS
                    self._alive()
                    self._quiet_until = 0.0
            return self._changes

    def hold(self, key: int) -> bool:
        """Take a lock that lasts as long as this connection; whether nobody else has it."""
        return bool(self.number("SELECT pg_try_advisory_lock(?)::int", (key,)))

    def let_go(self, key: int) -> None:
        self.number("SELECT pg_advisory_unlock(?)::int", (key,))

    def _execute(self, sql: str, values: Values) -> psycopg.Cursor[Row]:
        text, names = translated(sql)
        if isinstance(values, Mapping):
            values = [values[name] for name in names]
        return self._connection.execute(text, values)

    def _open(self) -> None:
        self._connection = self._connected()
        try:
            self._begin_session()
        except BaseException:
            self._connection.close()
            raise

    def _connected(self, **settings: int) -> Connection:
        open_file: Path | None = None
        try:
            given = conninfo_to_dict(self._address.reveal())
            open_file = passfile.refused(given, os.environ)
            if open_file is not None:
                given["passfile"] = passfile.NOWHERE
            connection = Connection.connect(
                make_conninfo("", **{**_CONNECTION, **given, **settings}), autocommit=True, row_factory=rows_of,
                cursor_factory=psycopg.RawCursor)
        except (psycopg.Error, UnicodeError) as error:
            # Not chained: what libpq can't make sense of it repeats, and that may be the password.
            raise self._unreachable(error, open_file) from None
        adapt(connection)
        connection.add_notify_handler(lambda notice: self._notified(notice.pid))
        return connection

    def _unreachable(self, error: psycopg.Error | UnicodeError, open_file: Path | None) -> StoreError:
        # A host that is no name of one fails before it is asked for.
        if isinstance(error, psycopg.ProgrammingError | UnicodeError):
            return self.error(StoreFailed, "store.bad_address")
        if open_file is not None and _NOT_GIVEN in str(error):
            return self.error(StoreFailed, "store.open_passfile", file=str(open_file))
        return self.error(StoreBusy, "store.unreachable", detail=first_line(str(error)))

    def _begin_session(self) -> None:
        with self._translated():
            self._connection.execute(_SESSION)
            if self._connection.info.server_version < _OLDEST:
                raise self.error(StoreFailed, "store.old_server", found=self._connection.info.server_version // 10_000,
                                 needed=_OLDEST // 10_000)
            row = self._connection.execute(_WHERE).fetchone()
            if row is None or row["schema"] is None:
                raise self.error(StoreFailed, "store.no_schema")
            if row["encoding"] != "UTF8":
                raise self.error(StoreFailed, "store.wrong_encoding", found=row["encoding"])
            process, began = int(row["process"]), str(row["began"])
            self._connection.is_at_work = lambda: self._is_at_work(process, began)
            self._namespace = int(row["schema"])
            self._turns = self._namespace - (self._namespace >> 31 << 32)  # as a number with a sign
            self._channel = names(f"santral_{self._namespace}")
            self._connection.execute(sql("LISTEN {channel}", channel=self._channel))

    def _is_at_work(self, process: int, began: str) -> bool:
        """Whether the server works at what it was asked for: asked over another connection, as this one is silent.

        The session that only seems to be there is ended.
        """
        try:
            with closing(self._connected(connect_timeout=_REACH_SECONDS)) as other:
                row = other.execute(_AT_WORK, (process, began)).fetchone()
                return row is not None and bool(row["works"])
        except (psycopg.Error, StoreError):
            return False

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """What is begun within, and not committed, is undone at the end."""
        self._inside = True
        try:
            with self._translated():
                yield
        finally:
            self._inside = False
            if not self._connection.closed and self._connection.info.transaction_status is not TransactionStatus.IDLE:
                try:
                    self._connection.execute("ROLLBACK")
                except psycopg.Error:  # what has gone wrong before is what is raised
                    self._connection.close()

    def _alive(self) -> None:
        """Open a lost connection again, but for a transaction's: what came before in it is lost too."""
        if not self._inside and not self._connection.closed and self._is_stuck():
            self._connection.close()
        if not self._connection.closed or self._closed:
            return
        if self._inside:
            raise self.error(StoreBusy, "store.connection_lost")
        self._open()
        self._changes += 1  # whatever was written meanwhile has not been heard of
        self.reconnected.notify()

    def _is_stuck(self) -> bool:
        """Whether the driver waits for the end of what will have none, as where a session ends amid many statements.

        Such a connection is not closed, and does nothing any more.
        """
        return self._connection.info.transaction_status is not TransactionStatus.IDLE

    def _begin_writing(self) -> int:
        """Begin, and wait for this writer's turn. The transaction's own number."""
        self._connection.execute(sql(_BEGIN, ours=migrate.APPLICATION_ID, turns=self._turns))
        row = self._connection.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
        assert row is not None  # noqa: S101 - a call of a function gives a row
        return int(row[0])

    def _commit(self, transaction: int) -> None:
        try:
            self._connection.execute(sql(_COMMIT, channel=self._channel))
        except psycopg.OperationalError as error:
            # A session may be ended after its commit counts, and say so before it says that.
            self._connection.close()
            if not self._was_committed(transaction):
                if error.sqlstate or isinstance(error, SilentServer):
                    raise
                raise self.error(StoreBusy, "store.connection_lost") from error

    def _was_committed(self, transaction: int) -> bool:
        """Whether a transaction counts at whose end the connection was lost. StoreUnsure: it can't be known."""
        give_up = time.monotonic() + BUSY_SECONDS
        while time.monotonic() < give_up:
            with suppress(StoreBusy):
                self._alive()
                row = self.one("SELECT pg_xact_status(?::text::xid8) AS status", (str(transaction),))
                if row is not None and row["status"] in ("committed", "aborted"):
                    return bool(row["status"] == "committed")
            time.sleep(0.1)
        raise self.error(StoreUnsure, "store.commit_unknown")

    def _listen(self) -> None:
        connection = self._connection.pgconn
        connection.consume_input()
        while (notice := connection.notifies()) is not None:
            self._notified(notice.be_pid)

    def _notified(self, process: int) -> None:
        if process != self._connection.info.backend_pid:
            self._changes += 1

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise self.named(error) from error

    def named(self, error: psycopg.Error) -> StoreError:
        """The store's own error for one of the driver's."""
        if isinstance(error, SilentServer):
            return self.error(StoreBusy, "store.silent")
        state = error.sqlstate or ""
        detail = first_line(error.diag.message_primary or str(error))
        known = known_error(state)
        if known is not None:
            kind, code = known
            return self.error(kind, code, **({"detail": detail} if code in WITH_DETAIL else {}))
        lost = self._connection.closed or self._connection.info.transaction_status in _ENDLESS
        if lost and not self._closed:
            return self.error(StoreBusy, "store.connection_lost")
        if state in OUTDATED:
            self._connection.close()
        return self.error(StoreFailed, "store.failed", detail=detail)


class SessionLease:
    """An advisory lock of the database's connection, which the server frees when that ends.

    Where a connection is lost and opened again, the locks are taken again; whoever looked in between has given up what
    was in flight as unconfirmed, and an answer that comes later still resolves it.
    """

    def __init__(self, session: ServerSession) -> None:
        self._session = session
        self._names: list[str] = []  # what this store has ever held; the last is what it holds now
        self._kept: set[str] = set()  # of these, what this connection has
        self._guard = threading.Lock()
        session.reconnected.add(self._hold_again)

    def name(self) -> str:
        with self._guard:
            if not self._names or self._names[-1] not in self._kept:
                name = secrets.token_hex(16)
                self._names.append(name)
                if self._session.hold(_key(name)):
                    self._kept.add(name)
            return self._names[-1]

    def holds(self, name: str) -> bool:
        return name in self._kept

    @contextmanager
    def claimed(self, name: str) -> Iterator[bool]:
        if name in self._names or not self._session.hold(_key(name)):
            yield False
            return
        try:
            yield True
        finally:
            with suppress(StoreError):  # with its connection the lock has gone
                self._session.let_go(_key(name))

    def release(self) -> None:
        """The database lets go of them when it is closed."""
        self._names.clear()
        self._kept.clear()

    def _hold_again(self) -> None:
        # Not where the server hasn't noticed yet that the old connection is gone: a new name is taken then.
        self._kept = {name for name in self._names if self._session.hold(_key(name))}


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
