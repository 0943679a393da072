"""A list of a few things to choose among, moved in with the keys of the key map."""

from __future__ import annotations

from textual.widgets import OptionList

from tui.widgets.binding import bind
from tui.words import say


class Options(OptionList, inherit_bindings=False):
    """Textual's list; its own bindings have no ids, so they are declared here again."""

    BINDINGS = [
        bind("move.up", "cursor_up", show=False), bind("move.down", "cursor_down", show=False),
        bind("move.top", "first", show=False), bind("move.bottom", "last", show=False),
        bind("move.page_up", "page_up", show=False), bind("move.page_down", "page_down", show=False),
        bind("move.enter", "select", show=False),
    ]

    def why_not(self, action: str) -> str | None:
        """Why nothing can be chosen."""
        return say("screens.nothing_to_choose") if action == "select" and self.highlighted is None else None
