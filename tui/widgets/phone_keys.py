"""The twelve keys of a telephone, to be pressed."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.widgets.keypad import ROWS

PHONE_ROWS = ROWS[:-1]
KEY_WIDTH, PITCH = 5, 2


class PhoneKeys(Widget):
    """Shows which keys lead somewhere and which was pressed last; a click presses one."""

    pressed: reactive[str] = reactive("")

    @dataclass
    class Pressed(Message):
        key: str

    def __init__(self, leading: Container[str]) -> None:
        """`leading`: the keys that have a target."""
        super().__init__()
        self._leading = leading

    def render(self) -> RenderResult:
        return Content("\n\n").join(self._row(row) for row in PHONE_ROWS)

    def _row(self, row: tuple[str, ...]) -> Content:
        return Content(" ").join(self._key(key) for key in row)

    def _key(self, key: str) -> Content:
        text = f"[{key}]" if key in self._leading else f" {key} "
        tone = "bold" if key in self._leading else "$faint"
        return Content.assemble((text.center(KEY_WIDTH), f"{tone} reverse" if key == self.pressed else tone))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or offset.y % PITCH:
            return
        row, column = offset.y // PITCH, offset.x // (KEY_WIDTH + 1)
        if row < len(PHONE_ROWS) and column < len(PHONE_ROWS[row]):
            self.post_message(self.Pressed(PHONE_ROWS[row][column]))
