"""A PostgreSQL database with a store in it: its schema, made and brought up to date, and its tables as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from tui.core.secret import Secret
from tui.store import migrate
from tui.store.database import Row
from tui.store.errors import StoreForeign, StoreTooNew, StoreTooOld
from tui.store.postgresql.address import spool_of
from tui.store.postgresql.session import ServerSession
from tui.store.sql import names, sql

if TYPE_CHECKING:
    from tui.store.spool import Spool

_BATCH: Final = 2_000
_COLUMNS: Final = """
SELECT table_name::text, column_name::text FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name <> 'santral_schema' ORDER BY table_name, ordinal_position
"""
_EACH: Final = "SELECT {columns} FROM {table}"
_LOAD: Final = "COPY {table} ({columns}) FROM STDIN"
_LAST_IDS: Final = """
SELECT tables.relname::text AS name, coalesce(pg_sequence_last_value(numbers.oid), 0) AS last
FROM pg_class AS numbers JOIN pg_depend ON pg_depend.objid = numbers.oid AND pg_depend.deptype = 'i'
JOIN pg_class AS tables ON tables.oid = pg_depend.refobjid
WHERE numbers.relkind = 'S' AND numbers.relnamespace::bigint = ? ORDER BY 1
"""
_OURS: Final = "SELECT count(*) FROM pg_class WHERE relname = 'santral_schema' AND relnamespace::bigint = ?"
_OTHERS: Final = "SELECT count(*) FROM pg_class WHERE relnamespace::bigint = ? AND relkind IN ('r', 'p', 'v', 'm', 'f')"


class PostgresqlDatabase(ServerSession):
    """The schema that comes first in its connection's search path."""

    def __init__(self, address: Secret) -> None:
        super().__init__(address)
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    @property
    def spool(self) -> Spool:
        return spool_of(self._address)

    def another(self) -> PostgresqlDatabase:
        database = PostgresqlDatabase(self._address)
        database.run("SET synchronous_commit = off")
        return database

    def make_lasting(self) -> None:
        self.run("SET synchronous_commit = on")

    def tables(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for table, column in self.all(_COLUMNS):
            found.setdefault(table, []).append(column)
        return found

    def each(self, table: str, columns: Sequence[str]) -> Iterator[Row]:
        with self._translated(), self._connection.cursor(name="each") as cursor:
            cursor.itersize = _BATCH
            cursor.execute(sql(_EACH, columns=names(*columns), table=names(table)))
            yield from cursor

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Iterable[Any]], *,
             analyze: bool = True) -> None:
        with self._lock:
            self._alive()
            with self._translated(), self._connection.cursor() as cursor, \
                    cursor.copy(sql(_LOAD, table=names(table), columns=names(*columns))) as copy:
                for row in rows:
                    copy.write_row(tuple(row))
            if analyze:
                self.analyze(table)

    def analyze(self, table: str) -> None:
        # The server would get to it in a minute, and till then plan for a table of which it knows nothing. To those of
        # a connection's own it never gets.
        self.run(sql("ANALYZE {table}", table=names(table)))

    def defer_references(self) -> None:
        self.run("SET CONSTRAINTS ALL DEFERRED")

    def last_ids(self) -> dict[str, int]:
        return {row["name"]: row["last"] for row in self.all(_LAST_IDS, (self._namespace,))}

    def set_last_id(self, table: str, last: int) -> None:
        if last:
            self.number("SELECT setval(pg_get_serial_sequence(?, 'id'), ?)", (table, last))

    def _prepare(self) -> None:
        self._check_owner()
        if self.schema() < migrate.known(migrate.POSTGRESQL):
            self._migrate()

    def _check_owner(self) -> None:
        """Refuse what isn't ours, or isn't yet, before anything is written into it. An empty schema has no owner.

        The tables are counted first: another process may be making them just now, and ours is made with them.
        """
        tables = self.number(_OTHERS, (self._namespace,))
        found = self.schema()
        if tables and not found:
            raise self.error(StoreForeign, "store.foreign_schema")
        known, oldest = migrate.known(migrate.POSTGRESQL), migrate.oldest(migrate.POSTGRESQL)
        if found > known:
            raise self.error(StoreTooNew, "store.too_new", found=found, known=known)
        if found and found < oldest:
            raise self.error(StoreTooOld, "store.too_old", found=found, oldest=oldest)

    def schema(self) -> int:
        ours = self.number(_OURS, (self._namespace,))
        return self.number("SELECT version FROM santral_schema") if ours else 0

    def damage(self) -> str:
        return ""  # its server looks after that

    def _migrate(self) -> None:
        """All steps at once: where one of them fails, the schema is as it was."""
        with self.write():
            # Another process may have been first while this one waited for its turn.
            self._check_owner()
            found = self.schema()
            for number, statements in migrate.steps(migrate.POSTGRESQL):
                if number > found:
                    self._connection.execute("\n".join(statements))
            if not found:
                self._connection.execute("CREATE TABLE santral_schema (version BIGINT NOT NULL); "
                                         "INSERT INTO santral_schema (version) VALUES (0)")
            self.run("UPDATE santral_schema SET version = ?", (migrate.known(migrate.POSTGRESQL),))
