"""A paged table with the line of its filters above it, and a sentence in its place where it has no rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from tui.app.screen import AppScreen
from tui.widgets.lines import Note
from tui.widgets.paged_table import PagedTable
from tui.widgets.table import Table

Item = TypeVar("Item")


class FilteredTable(Generic[Item]):
    """What the table, `#empty` and `#filters` of a screen show.

    `table`: the selector of the table. `why_empty`, `filters`: their texts in the language in use.
    """

    def __init__(self, screen: AppScreen[None], table: str, pages: PagedTable[Item], *, why_empty: Callable[[], str],
                 filters: Callable[[], str]) -> None:
        self._screen = screen
        self._table = table
        self._pages = pages
        self._why_empty = why_empty
        self._filters = filters
        self.read = False  # once

    def show(self, count: int, start: int, rows: Sequence[Item]) -> None:
        """The cursor stays on its row."""
        self.read = True
        self._pages.show(count, start, rows)
        screen, table = self._screen, self._screen.query_one(self._table, Table)
        screen.query_one("#empty", Note).display, table.display = count == 0, count > 0
        if count and screen.focused is None:
            screen.set_focus(table)
        self._show_words()

    def refresh(self) -> None:
        """Show what has been read in the language in use now."""
        if self.read:
            self._pages.repaint()
            self._show_words()

    def _show_words(self) -> None:
        self._screen.query_one("#empty", Note).text = self._why_empty()
        self._screen.query_one("#filters", Note).text = self._filters()
