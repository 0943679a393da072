"""The line in which one looks for words in a list: it is there while one does, and while they narrow the list."""

from __future__ import annotations

from collections.abc import Callable

from textual.widgets import Input

from tui.app.screen import AppScreen
from tui.widgets.command_owner import CommandOwner
from tui.widgets.table import Table


class SearchLine(CommandOwner):
    """A screen's `#search`, over its table. `words`: those that the list is narrowed by."""

    def __init__(self, screen: AppScreen[None], words: Callable[[], str]) -> None:
        self._screen = screen
        self._words = words

    @property
    def _box(self) -> Input:
        return self._screen.query_one("#search", Input)

    def hide(self) -> None:
        self._box.display = False

    def action_begin(self) -> None:
        self._box.display = True
        self._screen.set_focus(self._box)

    def entered(self) -> None:
        """Back to the list."""
        self._box.display = bool(self._words())
        self._screen.set_focus(self._screen.query_one(Table))

    def clear(self) -> bool:
        """Look for nothing any more; False where nothing was looked for."""
        box = self._box
        if not box.display:
            return False
        box.value = ""
        box.display = False
        self._screen.set_focus(self._screen.query_one(Table))
        return True
