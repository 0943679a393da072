"""Rows that scroll in a room that is given."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView


class Rows(ScrollView, inherit_bindings=False):
    """How many rows there are lays nothing out anew, unless the bar to scroll them comes or goes. Textual would lay out
    the screen, and paint every such bar on it. None are wider than the room (`overflow-x: hidden`)."""

    virtual_size = Reactive(Size(0, 0), repaint=False)  # whoever has other rows paints those

    def watch_virtual_size(self, size: Size) -> None:
        """The bar has other measures, and fewer rows may be scrolled too far."""
        room = self.container_size
        shows = size.height > room.height if room else self.show_vertical_scrollbar
        if shows != self.show_vertical_scrollbar:
            self.show_vertical_scrollbar = self.vertical_scrollbar.display = shows
        if shows:
            bar = self.vertical_scrollbar
            bar.window_virtual_size, bar.window_size = size.height, room.height
            bar.refresh()
        self.scroll_y = self.validate_scroll_y(self.scroll_y)
