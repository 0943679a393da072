"""What the mouse did, as terminals report it in xterm's SGR form."""

from __future__ import annotations

import re
from typing import Final

from textual import events
from textual.message import Message

# Buttons up to 127 and no place before the first: more is said by what reckons wrong.
_REPORT: Final = re.compile(r"\x1b\[<(?P<code>\d{1,3});(?P<x>[1-9]\d{0,3});(?P<y>[1-9]\d{0,3})(?P<state>[Mm])")
_MOST_BUTTONS: Final = 127
# The bits of its code.
_BUTTON: Final = 3
_SHIFT: Final = 4
_META: Final = 8
_CTRL: Final = 16
_MOVED: Final = 32
_WHEEL: Final = 64
_WHEELS: Final = (events.MouseScrollUp, events.MouseScrollDown, events.MouseScrollLeft, events.MouseScrollRight)


class Mouse:
    """The mouse of one terminal, with the place where it was last."""

    def __init__(self) -> None:
        self._at = 0, 0

    def read(self, sequence: str) -> list[Message] | None:
        """What a report means; nothing for a button at the side and a wheel let go, None for what is no report."""
        report = _REPORT.fullmatch(sequence)
        if report is None:
            return None
        code, pressed = int(report["code"]), report["state"] == "M"
        if code > _MOST_BUTTONS or (code & _WHEEL and not pressed):
            return []
        x, y = int(report["x"]) - 1, int(report["y"]) - 1
        (last_x, last_y), self._at = self._at, (x, y)
        button = 0 if code & _WHEEL else (code + 1) & _BUTTON  # 0 is none
        return [_kind(code, button, pressed=pressed)(
            None, x, y, x - last_x, y - last_y, button, bool(code & _SHIFT), bool(code & _META), bool(code & _CTRL),
            screen_x=x, screen_y=y)]


def _kind(code: int, button: int, *, pressed: bool) -> type[events.MouseEvent]:
    if code & _WHEEL:
        return _WHEELS[code & _BUTTON]
    if code & _MOVED or not button:
        return events.MouseMove
    return events.MouseDown if pressed else events.MouseUp
