"""Lines to be read, as many as there are."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Button, Static

from tui.screens.base import Dialog
from tui.visible import visible
from tui.widgets.binding import bind
from tui.words import say


class Listing(Dialog[None]):
    """`lines` are data, each of them one; what doesn't fit is scrolled to."""

    BINDINGS = [bind("app.back", "close", show=False)]
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._title = visible(title)
        self._text = "\n".join(map(visible, lines))

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog", can_focus=True):
            yield Static(self._title, markup=False, classes="title")
            yield Static(self._text, markup=False)
            yield Button(say("common.close"), compact=True, classes="close")

    def key_enter(self) -> None:
        self.dismiss()

    @on(Button.Pressed)
    def action_close(self) -> None:
        self.dismiss()
