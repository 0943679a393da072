"""A table over more rows than are held: the pages in view are read as they are scrolled to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Final, Generic, TypeVar

from tui.widgets.table import Row, Table

Item = TypeVar("Item")
T = TypeVar("T")

MIN_ROWS: Final = 20  # that a screenful is taken to have: a table that is not laid out yet has none


class PagedTable(Generic[Item]):
    """The items of a query by row, and the table that shows them.

    The selection is an item, not a row: `show` moves the cursor to where the item stands now. A page only fills its
    rows, so one that arrives late does not move the cursor; one of another query is dropped.

    `table`: the widget, which may not be composed yet. `query`: what is listed now; pages of equal queries fit
    together. `read_page`: the items from a row on, that many at most. `identity`: what stays the same where an item
    changes. `row`: an item as it is shown.
    """

    def __init__(self, table: Callable[[], Table], *, query: Callable[[], object],
                 read_page: Callable[[int, int], Awaitable[Sequence[Item]]], identity: Callable[[Item], Hashable],
                 row: Callable[[Item], Row]) -> None:
        self._table = table
        self._query = query
        self._read_page = read_page
        self._identity = identity
        self._row = row
        self.items: dict[int, Item] = {}
        self.count = 0
        self._shown: object = None  # the query of which it shows rows

    @property
    def up_to_date(self) -> bool:
        """Whether the rows are of the query that is asked for; not while they are read, nor where that failed."""
        return self._shown == self._query()

    @property
    def current(self) -> Item | None:
        """The item under the cursor; None where there is none, or it is not read yet."""
        return self.items.get(self._table().cursor)

    def span(self, *, from_top: bool = False) -> tuple[int, int]:
        """The rows in view and a screenful either side: where they begin, and how many to read."""
        table = self._table()
        start = 0 if from_top else max(0, int(table.scroll_offset.y) - table.size.height)
        return start, 3 * max(table.size.height, MIN_ROWS)

    async def if_still_asked(self, reading: Awaitable[T]) -> T | None:
        """What was read; None where another query is asked for by then, whose rows are on their way."""
        query = self._query()
        found = await reading
        return found if query == self._query() else None

    def show(self, count: int, start: int, items: Sequence[Item], *, select: Hashable = None,
             from_top: bool = False) -> None:
        """There are `count` rows now, of which those from `start` on are known.

        The cursor goes to the item `select`, or stays on the one it has come to by now. Where that is not among the
        items it stays at its row; `from_top`: it goes to the first one.
        """
        current = self.current
        if select is None and current is not None:
            select = self._identity(current)
        self.count, self.items, self._shown = count, dict(enumerate(items, start)), self._query()
        row = next((row for row, item in self.items.items() if self._identity(item) == select), None)
        self._table().renew(count, start, list(map(self._row, items)), cursor=0 if from_top and row is None else row)

    async def fetch(self, start: int, end: int) -> None:
        """Read rows that have come into view, up to `end`."""
        items = await self.if_still_asked(self._read_page(start, end - start))
        if items is not None:
            self.items |= dict(enumerate(items, start))
            self._table().put(start, list(map(self._row, items)))

    def clear(self, count: int, *, cursor: int | None = None) -> None:
        """There are `count` rows now, none of which is known yet; the table asks for those in view."""
        self.count, self._shown = count, self._query()
        self.items.clear()
        self._table().reset(count, cursor=cursor)

    def repaint(self, which: Callable[[Item], bool] = lambda _item: True) -> None:
        """Show the items that are held, or some of them, as they are now."""
        self._table().put_rows({row: self._row(item) for row, item in self.items.items() if which(item)})
