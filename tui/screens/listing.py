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
    """`lines` are data, each of them one; what doesn't fit is scrolled to. `phone`: the number that they are about."""

    BINDINGS = bindings(Place.TEXT_LINES)
    AUTO_FOCUS = "Page"

    def __init__(self, title: str, lines: Sequence[str], phone: str = "") -> None:
        super().__init__()
        self._phone = phone
        self._heading = title
        self._text = "\n".join(map(visible, lines))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return super().check_action(action, parameters) if action != "person" else bool(self._phone)

    async def action_person(self) -> None:
        """All that is known of the number, of other campaigns too."""
        from tui.screens.person import PersonScreen

        await self.open(PersonScreen(self._phone))

    def heading(self) -> str:
        return self._heading

    def frame(self) -> Page:
        return Page(classes=self.FRAME)

    def body(self) -> ComposeResult:
        yield Static(self._text, markup=False)
        yield Button(say("common.close"), id="no", compact=True, classes="close")  # it scrolls with the lines
