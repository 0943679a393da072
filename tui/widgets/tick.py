"""A box to be ticked, which shows without colours too whether it is."""

from __future__ import annotations

from textual.widgets import Checkbox

from tui.config.keymap import Place
from tui.widgets.binding import bindings


class Tick(Checkbox, inherit_bindings=False):
    """`space` and `enter` tick it."""

    BINDINGS = bindings(Place.TICK)
    BUTTON_LEFT = BUTTON_RIGHT = ""
    BUTTON_INNER = "[ ]"

    def watch_value(self) -> None:
        self.BUTTON_INNER = "[✓]" if self.value else "[ ]"
        super().watch_value()
