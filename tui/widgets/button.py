"""Buttons, pressed with the key of the key map."""

from __future__ import annotations

from typing import Final, Protocol, cast

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Button as TextualButton

from tui.config.keymap import Place
from tui.widgets.binding import bindings, settled

_MARK: Final = "▸ "


class SeesKeys(Protocol):
    """The app, which sees every key."""

    def held(self) -> bool:
        """Whether the key of the moment is held down."""


class Button(TextualButton, inherit_bindings=False):
    """The one that has the focus is marked. Textual's own binding has no id."""

    BINDINGS = bindings(Place.BUTTON)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return super().get_content_width(container, viewport) + len(_MARK)

    def render(self) -> RenderResult:
        return Content.assemble(_MARK if self.has_focus else " " * len(_MARK), cast("Content", self.label))

    async def action_enter(self) -> None:
        """Press it in its turn: what is typed ahead is for whatever comes after it."""
        self.action_press()
        await settled(self)


class ConfirmButton(Button):
    """What people are called by, or something goes by: a key that is held down doesn't press it."""

    def action_press(self) -> None:
        if not cast("SeesKeys", self.app).held():
            super().action_press()
