"""What is read by scrolling."""

from __future__ import annotations

from textual.containers import VerticalScroll

from tui.widgets.binding import bind


class Page(VerticalScroll, can_focus=True, inherit_bindings=False):
    """A text that has the focus, scrolled with the keys of the key map."""

    BINDINGS = [
        bind("move.up", "scroll_up", show=False), bind("move.down", "scroll_down", show=False),
        bind("move.top", "scroll_home", show=False), bind("move.bottom", "scroll_end", show=False),
        bind("move.page_up", "page_up", show=False), bind("move.page_down", "page_down", show=False),
    ]


class Pane(VerticalScroll, can_focus=False, inherit_bindings=False):
    """A part of a screen that follows the focus; the screen scrolls it."""
