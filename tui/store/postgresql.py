"""A PostgreSQL database: connections, transactions, who holds what, and what its failures are called.

For a team: several apps and receivers on several machines. Loaded only where a URL asks for it.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any, Final

import psycopg
from psycopg.abc import AdaptContext
from psycopg.adapt import Dumper, Loader
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import StrDumper

from tui.secret import Secret, without_password
from tui.store import migrate
from tui.store.database import Database, Row, Values
from tui.store.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFailed,
    StoreForeign,
    StoreFull,
    StoreReadOnly,
    StoreTooNew,
)

BUSY_SECONDS: Final = 10
_OLDEST: Final = 130000  # PostgreSQL 13: transactions whose outcome can be asked for afterwards
_BATCH: Final = 2_000
_QUIET_SECONDS: Final = 15.0
_NUL: Final = "\0"
_NUL_SHOWN: Final = "\N{REPLACEMENT CHARACTER}"

# What a dead network is noticed by, on both sides: a lock of a machine that was switched off is freed after a minute.
# So is that of a process that was stopped (Ctrl+Z) in the middle of a transaction.
_CONNECTION: Final[Mapping[str, str | int]] = {
    "connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3,
    "tcp_user_timeout": 30_000, "application_name": "santral", "client_encoding": "UTF8",
}
# Without JIT: it takes longer than any statement here, and is begun by what the planner expects alone.
_SESSION: Final = f"""
SET lock_timeout = '{BUSY_SECONDS}s';
SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;
SET idle_in_transaction_session_timeout = '60s';
SET jit = off;
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
"""
_WHERE: Final = """
SELECT (SELECT oid::bigint FROM pg_namespace WHERE nspname = current_schema()) AS schema,
       current_setting('server_encoding') AS encoding
"""
_OTHERS: Final = "SELECT count(*) FROM pg_class WHERE relnamespace::bigint = ? AND relkind IN ('r', 'p', 'v', 'm', 'f')"

# By SQLSTATE: whole, or its first two characters, which are its class (PostgreSQL, appendix A).
_ERRORS: Final[Mapping[str, tuple[type[StoreError], str]]] = {
    "55P03": (StoreBusy, "store.busy"), "40": (StoreBusy, "store.busy"), "57014": (StoreBusy, "store.busy"),
    "53100": (StoreFull, "store.full"),
    "53": (StoreBusy, "store.unreachable"), "57P": (StoreBusy, "store.connection_lost"),
    "08": (StoreBusy, "store.connection_lost"),
    "25006": (StoreReadOnly, "store.no_right"), "42501": (StoreReadOnly, "store.no_right"),
    "XX001": (StoreDamaged, "store.damaged"), "XX002": (StoreDamaged, "store.damaged"),
}
# A statement that was prepared before another process changed the schema: a new connection knows the new one.
_OUTDATED: Final = frozenset({"0A000", "26000"})

_TOKEN: Final = re.compile(r"'(?:[^']|'')*'|(?P<place>\?)|(?<!:):(?P<name>[a-z_]+)|\b(?P<like>LIKE)\b|"
                          r"\bINDEXED BY (?P<index>\w+)")


@lru_cache(maxsize=1024)
def translated(sql: str) -> tuple[str, tuple[str, ...]]:
    """The store's SQL in PostgreSQL's words, and the names of its values in their order where they have names."""
    names: list[str] = []
    places = 0

    def word(match: re.Match[str]) -> str:
        nonlocal places
        if match["place"]:
            places += 1
            return f"${places}"
        if match["name"]:
            if match["name"] not in names:
                names.append(match["name"])
            return f"${names.index(match['name']) + 1}"
        if match["index"]:
            return ""
        # By the columns' collation ASCII letters alone are alike in either case: as SQLite's LIKE has it.
        return "ILIKE" if match["like"] else match[0]

    return _TOKEN.sub(word, sql), tuple(names)


class _Row:
    __slots__ = ("_places", "_values")

    def __init__(self, places: Mapping[str, int], values: Sequence[Any]) -> None:
        self._places = places
        self._values = values

    def __getitem__(self, key: int | str, /) -> Any:  # noqa: ANN401 - whatever the column holds
        return self._values[self._places[key] if isinstance(key, str) else key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def keys(self) -> list[str]:
        return list(self._places)


def _rows(cursor: psycopg.Cursor[Any]) -> Callable[[Sequence[Any]], Row]:
    places = {column.name: place for place, column in enumerate(cursor.description or ())}
    return lambda values: _Row(places, values)


class _Text(StrDumper):
    """PostgreSQL keeps no NUL in a text, and there none means anything: it is replaced by U+FFFD."""

    def dump(self, obj: str) -> Any:  # noqa: ANN401 - psycopg's own Buffer
        return super().dump(obj.replace(_NUL, _NUL_SHOWN) if _NUL in obj else obj)


class _Flag(Dumper):
    """Flags are 0 and 1, as in SQLite, which has no other."""

    oid = Int8Dumper.oid

    def dump(self, obj: bool) -> bytes:  # noqa: FBT001 - psycopg's own signature
        return b"1" if obj else b"0"


class _Sum(Loader):
    """A sum of whole numbers, which PostgreSQL makes a numeric of."""

    def load(self, data: Any) -> int | float:  # noqa: ANN401 - psycopg's own Buffer
        text = bytes(data).decode()
        return float(text) if "." in text else int(text)


def _adapt(context: AdaptContext) -> None:
    adapters = context.adapters
    assert adapters is not None  # noqa: S101 - a connection has them
    adapters.register_dumper(str, _Text)
    adapters.register_dumper(int, Int8Dumper)  # always as wide as the columns: one plan for a statement, not several
    adapters.register_dumper(bool, _Flag)
    adapters.register_loader("numeric", _Sum)


class PostgresqlDatabase(Database):
    """A connection to the database at a `postgresql://` address, in the schema that comes first in its search path.

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
        self.on_reconnect: Callable[[], None] = lambda: None
        self._connection = self._connected()
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        with self._lock:
            self._closed = True
            with suppress(psycopg.Error):
                # The server would take a moment to notice that the connection has ended.
                self._connection.execute("SELECT pg_advisory_unlock_all()")
            self._connection.close()

    def another(self) -> PostgresqlDatabase:
        database = PostgresqlDatabase(self._address)
        database.run("SET synchronous_commit = off")
        return database

    def make_lasting(self) -> None:
        self.run("SET synchronous_commit = on")

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
        """As told by the others' notifications that have come in: nothing is asked of the server.

        A connection that turns out to be lost is opened again at once: nothing was on its way. Where that fails it is
        told, and not tried here again for some seconds: who looks every moment would tell of nothing else.
        """
        with self._lock:
            try:
                self._listen()
            except psycopg.OperationalError as error:
                if self._closed:
                    raise self.named(error) from error
                self._connection.close()
                if time.monotonic() >= self._quiet_until:
                    self._quiet_until = time.monotonic() + _QUIET_SECONDS
                    self._alive()
                    self._quiet_until = 0.0
            return self._changes

    def tables(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for table, column in self.all("SELECT table_name::text, column_name::text FROM information_schema.columns "
                                      "WHERE table_schema = current_schema() AND table_name <> 'santral_schema' "
                                      "ORDER BY table_name, ordinal_position"):
            found.setdefault(table, []).append(column)
        return found

    def each(self, table: str, columns: Sequence[str]) -> Iterator[Row]:
        with self._translated(), self._connection.cursor(name="each") as cursor:
            cursor.itersize = _BATCH
            cursor.execute(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608 - names of ours
            yield from cursor

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Iterable[Any]], *,
             analyze: bool = True) -> None:
        with self._lock:
            self._alive()
            with self._translated(), self._connection.cursor() as cursor, \
                    cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(tuple(row))
            # The server would get to it in a minute, and till then plan for a table of which it knows nothing.
            if analyze:
                self.run(f"ANALYZE {table}")

    def defer_references(self) -> None:
        self.run("SET CONSTRAINTS ALL DEFERRED")

    def last_ids(self) -> dict[str, int]:
        return {row["name"]: row["last"] for row in self.all(
            "SELECT tables.relname::text AS name, "
            "coalesce(pg_sequence_last_value(numbers.oid), 0) AS last "
            "FROM pg_class AS numbers JOIN pg_depend ON pg_depend.objid = numbers.oid AND pg_depend.deptype = 'i' "
            "JOIN pg_class AS tables ON tables.oid = pg_depend.refobjid "
            "WHERE numbers.relkind = 'S' AND numbers.relnamespace::bigint = ? ORDER BY 1", (self._namespace,))}

    def set_last_id(self, table: str, last: int) -> None:
        if last:
            self.number("SELECT setval(pg_get_serial_sequence(?, 'id'), ?)", (table, last))

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

    def _connected(self) -> psycopg.Connection[Row]:
        try:
            given = conninfo_to_dict(self._address.reveal())
            connection: psycopg.Connection[Row] = psycopg.connect(
                make_conninfo("", **{**_CONNECTION, **given}), autocommit=True, row_factory=_rows,
                cursor_factory=psycopg.RawCursor)
        except psycopg.Error as error:
            # Not chained: what libpq can't make sense of it repeats, and that may be the password.
            raise self._unreachable(error) from None
        _adapt(connection)
        connection.add_notify_handler(lambda heard: self._hear(heard.pid))
        return connection

    def _unreachable(self, error: psycopg.Error) -> StoreError:
        if isinstance(error, psycopg.ProgrammingError):
            return self.error(StoreFailed, "store.bad_address")
        return self.error(StoreBusy, "store.unreachable", detail=_first_line(str(error)))

    def _prepare(self) -> None:
        self._begin_session()
        self._check_owner()
        for number, statements in migrate.steps(migrate.POSTGRESQL):
            if self.schema() < number:
                self._apply(number, statements)

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
            self._namespace = int(row["schema"])
            self._turns = self._namespace - (self._namespace >> 31 << 32)  # as a number with a sign
            self._channel = f"santral_{self._namespace}"
            self._connection.execute(f"LISTEN {self._channel}")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """What is begun within, and not committed, is undone at the end."""
        self._inside = True
        try:
            with self._translated():
                yield
        finally:
            self._inside = False
            self._undo()

    def _alive(self) -> None:
        """Open a lost connection again, but for a transaction's: what came before in it is lost too."""
        if not self._connection.closed or self._closed:
            return
        if self._inside:
            raise self.error(StoreBusy, "store.connection_lost")
        self._connection = self._connected()
        try:
            self._begin_session()
        except BaseException:
            self._connection.close()
            raise
        self._changes += 1  # whatever was written meanwhile has not been heard of
        self.on_reconnect()

    def _begin_writing(self) -> int:
        """Begin, and wait for this writer's turn. The transaction's own number."""
        self._connection.execute(f"BEGIN; SELECT pg_advisory_xact_lock({migrate.APPLICATION_ID}, {self._turns})")
        row = self._connection.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
        assert row is not None  # noqa: S101 - a call of a function gives a row
        return int(row[0])

    def _commit(self, transaction: int) -> None:
        try:
            self._connection.execute(f"NOTIFY {self._channel}; COMMIT")
        except psycopg.Error as error:
            if not self._connection.closed:
                raise
            if not self._was_committed(transaction):
                raise self.error(StoreBusy, "store.connection_lost") from error

    def _was_committed(self, transaction: int) -> bool:
        """Whether a transaction counts whose end the connection did not live to tell. StoreFailed: it can't be told."""
        give_up = time.monotonic() + BUSY_SECONDS
        while time.monotonic() < give_up:
            with suppress(StoreBusy):
                self._alive()
                row = self.one("SELECT pg_xact_status(?::text::xid8) AS status", (str(transaction),))
                if row is not None and row["status"] in ("committed", "aborted"):
                    return bool(row["status"] == "committed")
            time.sleep(0.1)
        raise self.error(StoreFailed, "store.commit_unknown")

    def _undo(self) -> None:
        if self._connection.closed or self._connection.info.transaction_status is TransactionStatus.IDLE:
            return
        with suppress(psycopg.Error):  # what has gone wrong before is what is told
            self._connection.execute("ROLLBACK")

    def _listen(self) -> None:
        connection = self._connection.pgconn
        connection.consume_input()
        while (heard := connection.notifies()) is not None:
            self._hear(heard.be_pid)

    def _hear(self, process: int) -> None:
        if process != self._connection.info.backend_pid:
            self._changes += 1

    def _check_owner(self) -> None:
        """Refuse what isn't ours, or isn't yet, before anything is written into it. An empty schema has no owner."""
        found = self.schema()
        if not found and self.number(_OTHERS, (self._namespace,)):
            raise self.error(StoreForeign, "store.foreign_schema")
        known = migrate.known(migrate.POSTGRESQL)
        if found > known:
            raise self.error(StoreTooNew, "store.too_new", found=found, known=known)

    def schema(self) -> int:
        ours = self.number("SELECT count(*) FROM pg_class "
                           "WHERE relname = 'santral_schema' AND relnamespace::bigint = ?", (self._namespace,))
        return self.number("SELECT version FROM santral_schema") if ours else 0

    def damage(self) -> str:
        return ""  # its server looks after that

    def _apply(self, number: int, statements: list[str]) -> None:
        with self.write():
            # Another process may have been first while this one waited for its turn.
            self._check_owner()
            found = self.schema()
            if found >= number:
                return
            self._connection.execute("\n".join(statements))
            if not found:
                self._connection.execute("CREATE TABLE santral_schema (version BIGINT NOT NULL); "
                                         "INSERT INTO santral_schema (version) VALUES (0)")
            self.run("UPDATE santral_schema SET version = ?", (number,))

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise self.named(error) from error

    def named(self, error: psycopg.Error) -> StoreError:
        """The store's own error for one of the driver's."""
        state = error.sqlstate or ""
        detail = _first_line(error.diag.message_primary or str(error))
        for known in (state, state[:3], state[:2]):
            if known in _ERRORS:
                kind, code = _ERRORS[known]
                return self.error(kind, code, **({"detail": detail} if code in _WITH_DETAIL else {}))
        if self._connection.closed and not self._closed:
            return self.error(StoreBusy, "store.connection_lost")
        if state in _OUTDATED:
            self._connection.close()
        return self.error(StoreFailed, "store.failed", detail=detail)


_WITH_DETAIL: Final = frozenset({"store.unreachable", "store.no_right"})


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]


class SessionHolder:
    """An advisory lock of the database's connection, which the server frees when that ends.

    Where a connection is lost and opened again, the locks are taken again; whoever looked in between has given up what
    was in flight as unconfirmed, and an answer that comes later still settles it.
    """

    def __init__(self, database: PostgresqlDatabase) -> None:
        self._database = database
        self._names: list[str] = []  # what this store has ever held; the last is what it holds now
        self._held = False
        self._guard = threading.Lock()
        database.on_reconnect = self._hold_again

    def name(self) -> str:
        with self._guard:
            if not self._held:
                name = secrets.token_hex(16)
                self._held = self._database.hold(_key(name))
                self._names.append(name)
            return self._names[-1]

    @contextmanager
    def claimed(self, name: str) -> Iterator[bool]:
        if name in self._names or not self._database.hold(_key(name)):
            yield False
            return
        try:
            yield True
        finally:
            self._database.let_go(_key(name))

    def release(self) -> None:
        """The database lets go of them when it is closed."""
        self._names.clear()
        self._held = False

    def _hold_again(self) -> None:
        self._held = False
        for name in self._names:
            # Not where the server hasn't noticed yet that the old connection is gone: a new name is taken then.
            self._held = self._database.hold(_key(name))


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
