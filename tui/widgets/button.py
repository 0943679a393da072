"""Buttons, pressed with the key of the key map."""

from __future__ import annotations

from typing import Protocol, cast

from textual.widgets import Button as TextualButton

from tui.widgets.binding import bind, settled


class Hearing(Protocol):
    """The app, which hears every key."""

    def held(self) -> bool:
        """Whether the key of the moment is held down."""


class Button(TextualButton, inherit_bindings=False):
    """Textual's own binding has no id."""

    BINDINGS = [bind("move.enter", "enter", show=False)]

    async def action_enter(self) -> None:
        """Press it in its turn: what is typed ahead is for whatever comes after it."""
        self.action_press()
        await settled(self)


class ConfirmButton(Button):
    """What people are called by, or something goes by: a key that is held down doesn't press it."""

    def action_press(self) -> None:
        if not cast("Hearing", self.app).held():
            super().action_press()
