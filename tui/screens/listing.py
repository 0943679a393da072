"""Lines to be read, as many as there are."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import Static

from tui.app.dialog import Dialog
from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.widgets.binding import bindings
from tui.widgets.button import Button
from tui.widgets.page import Page


class Listing(Dialog[None]):
    """`lines` are data, each of them one; what doesn't fit is scrolled to."""

    BINDINGS = bindings(Place.TEXT_LINES)
    AUTO_FOCUS = "Page"

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._heading = title
        self._text = "\n".join(map(visible, lines))

    def heading(self) -> str:
        return self._heading

    def frame(self) -> Page:
        return Page(classes=self.FRAME)

    def body(self) -> ComposeResult:
        yield Static(self._text, markup=False)
        yield Button(say("common.close"), id="no", compact=True, classes="close")  # it scrolls with the lines
