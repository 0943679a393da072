"""What is read by scrolling."""

from __future__ import annotations

import math
from typing import cast

from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget

from tui.config.keymap import Place
from tui.widgets.binding import bindings


class WholeInView(Message):
    """A key would have scrolled what has room as it is."""


class Scrolled:
    """Mixed into widgets that keys scroll. A key acts on what it was pressed for: Textual drops it until a bar to
    scroll with is there, and of several that come before the next picture all but one.
    """

    _awaited = False  # what is to be read here is on its way
    _moves: tuple[tuple[float, int], ...] = ()  # rows and pages that are still to be gone

    @property
    def _scrolled(self) -> Widget:
        return cast("Widget", self)

    def scroll_by(self, rows: float = 0, *, pages: int = 0) -> None:
        """Go down, or up where it is less than nothing; a page leaves two rows of the last in view."""
        self._moves += ((rows, pages),)
        if len(self._moves) == 1 and not self._awaited:
            self._scrolled.call_after_refresh(self._scroll)

    def expect_text(self) -> None:
        """What is read here is asked for: keys wait for it."""
        self._awaited = True

    def text_came(self) -> None:
        if self._awaited:
            self._awaited = False
            if self._moves:
                self._scrolled.call_after_refresh(self._scroll)

    def drop_text(self) -> None:
        """Something else is to be read here: keys pressed for what was here before are of no use to it."""
        self._awaited, self._moves = False, ()

    def _scroll(self) -> None:
        widget, moves = self._scrolled, self._moves
        if self._awaited or not moves:
            return
        self._moves = ()
        bottom = widget.max_scroll_y
        if not bottom:
            widget.post_message(WholeInView())
            return
        page, place = max(1, widget.scrollable_content_region.height - 2), widget.scroll_y
        for rows, pages in moves:
            place = min(max(0, place + rows + pages * page), bottom)
        widget.scroll_to(y=place, animate=False, immediate=True)


class Page(Scrolled, VerticalScroll, can_focus=True, inherit_bindings=False):
    """A text that has the focus, scrolled with the keys of the key map."""

    BINDINGS = bindings(Place.PAGE)

    def action_rows(self, rows: int) -> None:
        self.scroll_by(rows)

    def action_far(self, way: int) -> None:
        """To its end (1), or to its beginning (-1)."""
        self.scroll_by(way * math.inf)

    def action_pages(self, pages: int) -> None:
        self.scroll_by(pages=pages)


class Pane(Scrolled, VerticalScroll, can_focus=False, inherit_bindings=False):
    """A part of a screen that follows the focus; the screen scrolls it."""
