"""What the store asks of a database, whichever keeps it.

One text of SQL serves all of them: `?` or `:name` for values, `RETURNING` for an ID that was given, `ON CONFLICT` with
its columns, texts compared by their bytes. `INDEXED BY` names the index that SQLite would not see the worth of, as it
keeps no statistics; PostgreSQL decides by itself. `LIKE` takes ASCII letters alike in either case, as SQLite has it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from tui.core.reason import Reason
from tui.store.errors import StoreDamaged, StoreError

if TYPE_CHECKING:  # loaded by who receives
    from tui.store.spool import Spool

Failure = TypeVar("Failure", bound=StoreError)
Values = Sequence[Any] | Mapping[str, Any]


class Row(Protocol):
    """A row that was read: its values by the names of its columns, or by their places."""

    def __getitem__(self, key: int | str, /) -> Any: ...  # noqa: ANN401 - whatever the column holds

    def __iter__(self) -> Iterator[Any]: ...

    def keys(self) -> list[str]: ...


class Executed(Protocol):
    """A statement that has run."""

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""
        ...


class Database(ABC):
    """An open database, its schema brought up to date. Any thread may use it; one at a time does.

    Raises StoreError and its kinds, never an exception of a driver. `name` is what a person knows it by.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    @abstractmethod
    def close(self) -> None:
        """No other call may follow."""

    @abstractmethod
    def another(self) -> Database:
        """A further connection to the same, for long work that nobody is to wait for.

        What it commits before `make_lasting` may be lost with the machine's power, though never by halves.
        """

    def in_place(self) -> bool:
        """Whether what is written here is found by whoever opens the same name now."""
        return True

    def reopen(self) -> None:  # noqa: B027 - whose name leads to a server has nothing to do
        """Go over to what is there by the same name now, where that is another. StoreGone: nothing of ours is."""

    @property
    @abstractmethod
    def spool(self) -> Spool:
        """Where what comes is kept while this can't take it."""

    @abstractmethod
    def make_lasting(self) -> None:
        """From now on a commit is on the disk when it returns, and with it all before it."""

    @abstractmethod
    def write(self) -> AbstractContextManager[None]:
        """A transaction that holds the right to write from its start; undone wholly where anything fails in it."""

    @abstractmethod
    def give_way(self) -> None:
        """Between two transactions of a long work: whoever waits for the right to write has it now."""

    @abstractmethod
    def read(self) -> AbstractContextManager[None]:
        """Several reads that see one and the same moment."""

    @abstractmethod
    def run(self, sql: str, values: Values = ()) -> Executed:
        """Run one statement."""

    @abstractmethod
    def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run a statement once for each row of values."""

    @abstractmethod
    def all(self, sql: str, values: Values = ()) -> list[Row]:
        """All rows that a statement gives."""

    @abstractmethod
    def one(self, sql: str, values: Values = ()) -> Row | None:
        """The first row that a statement gives; None where it gives none."""

    @abstractmethod
    def data_version(self) -> int:
        """A number that grows when anyone has written."""

    @abstractmethod
    def schema(self) -> int:
        """The number of the last step that its schema was made by."""

    @abstractmethod
    def damage(self) -> str:
        """What its kind of database finds broken in it, in that one's words; "" where it finds nothing. Reads all."""

    @abstractmethod
    def tables(self) -> dict[str, list[str]]:
        """The columns of every table, by its name; without the database's own bookkeeping."""

    @abstractmethod
    def each(self, table: str, columns: Sequence[str]) -> Iterator[Row]:
        """All rows of a table, a batch at a time; within `read`."""

    @abstractmethod
    def load(self, table: str, columns: Sequence[str], rows: Iterable[Iterable[Any]], *, analyze: bool = True) -> None:
        """Add rows, however many, as quickly as the database can; and, where it must be, have it analyze them."""

    def analyze(self, table: str) -> None:  # noqa: B027 - SQLite plans without it
        """Have what was written into a table by statements analyzed, where the database must have that."""

    @abstractmethod
    def defer_references(self) -> None:
        """Let rows refer to rows that are yet to come, until the transaction's end."""

    @abstractmethod
    def last_ids(self) -> dict[str, int]:
        """The last ID that was given in each table that gives IDs, though its row may be gone."""

    @abstractmethod
    def set_last_id(self, table: str, last: int) -> None:
        """Give larger IDs than `last` from now on."""

    def number(self, sql: str, values: Values = ()) -> int:
        """The first column of the only row."""
        row = self.one(sql, values)
        return int(row[0]) if row is not None else 0

    def damaged(self) -> StoreDamaged:
        """What is raised where a value that was read can't be what was written."""
        return self.error(StoreDamaged, "store.damaged")

    @contextmanager
    def legible(self) -> Iterator[None]:
        """StoreDamaged where a value can't be what was written: SQLite keeps no checksums and may hand out garbage."""
        try:
            yield
        except (ValueError, TypeError) as error:
            raise self.damaged() from error

    def error(self, kind: type[Failure], code: str, **params: str | int) -> Failure:
        """An error of this kind about this database; `path` is among its params."""
        return kind(Reason(code, {"path": self.name, **params}))
