"""Rows that scroll in a room that is given."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView


class Rows(ScrollView, inherit_bindings=False):
    """How many rows there are lays nothing out anew, unless a bar to scroll them comes or goes. Textual would lay out
    the screen, and paint every such bar on it."""

    virtual_size = Reactive(Size(0, 0), repaint=False)  # whoever has other rows paints those

    def watch_virtual_size(self, size: Size) -> None:
        self._scroll_update(size)
