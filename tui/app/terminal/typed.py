"""What the pieces that a terminal sends mean: keys, clicks, pastes, the focus, or nothing that anybody did.

What is not known here means nothing: it reaches no screen, and is reported as `Disturbed`, which stops a countdown.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from textual import events
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.app.terminal.disturbed import Disturbance, Disturbed
from tui.app.terminal.keys import keys_of, typed, with_alt
from tui.app.terminal.mouse import Mouse
from tui.app.terminal.sequences import ESC, Cutter, Piece, PieceKind

_CURSOR_POSITION: Final = re.compile(r"\x1b\[\d*;\d*R")
_OTHER_MOUSE: Final = re.compile(r"\x1b\[(?:\d{1,3};\d{1,4};\d{1,4}M|M[\x00\x20-\U0010ffff]+)")  # urxvt's, X10's
_SYNCHRONIZED: Final = re.compile(r"\x1b\[\?2026;([0-4])\$y")


class Reader:
    """Bytes of a terminal in, messages for the app out. In the ground state whenever it has been quiet for a second."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, *, mouse: bool = True) -> None:
        """`mouse`: whether its reports were asked for."""
        self._wants_mouse = mouse
        self.cutter = Cutter(clock)
        self._mouse = Mouse()

    def feed(self, data: bytes) -> Iterator[Message]:
        """What `data` means, one read of a few thousand bytes. Each kind of disturbance in it is reported once."""
        reported: set[Disturbance] = set()
        for piece in self.cutter.feed(data):
            for message in self._meaning(piece):
                if isinstance(message, Disturbed):
                    if message.why in reported:
                        continue
                    reported.add(message.why)
                yield message

    def tick(self) -> Iterator[Message]:
        """To be called when nothing has come for `cutter.wait`."""
        for piece in self.cutter.tick():
            yield from self._meaning(piece)

    def _meaning(self, piece: Piece) -> Iterator[Message]:
        match piece.kind:
            case PieceKind.TEXT:
                for character in piece.text:
                    yield from typed(character)
            case PieceKind.ESCAPE:
                yield events.Key("escape", ESC)
            case PieceKind.ALT:
                yield from with_alt(piece.text)
            case PieceKind.SEQUENCE:
                found = self._sequence(piece.text)
                yield from [Disturbed(Disturbance.NOISE)] if found is None else found
            case PieceKind.PASTE | PieceKind.PASTE_CUT:
                if piece.text:
                    yield events.Paste(piece.text.replace("\x00", ""))
                if piece.kind is PieceKind.PASTE_CUT:
                    yield Disturbed(Disturbance.PASTE_CUT)
            case _:
                yield Disturbed(_WHY[piece.kind])

    def _sequence(self, text: str) -> Sequence[Message] | None:
        """What a whole sequence means; None if it is not known."""
        if text == "\x1b[I":
            return [events.AppFocus()]
        if text == "\x1b[O":
            return [events.AppBlur()]
        if (moved := self._mouse.read(text)) is not None:
            return moved if self._wants_mouse else None
        if (answer := _SYNCHRONIZED.fullmatch(text)) is not None:
            return [TerminalSupportsSynchronizedOutput()] if answer[1] != "0" else []
        if _OTHER_MOUSE.fullmatch(text) is not None:
            return []  # those of terminals that know no better: they name no place beyond the 223rd column
        if _CURSOR_POSITION.fullmatch(text) is not None:
            return None
        return keys_of(text)


_WHY: Final = {PieceKind.NOISE: Disturbance.NOISE, PieceKind.NOT_UTF8: Disturbance.NOT_UTF8,
               PieceKind.PASTE_BEGUN: Disturbance.PASTE,
               PieceKind.PASTE_VAST: Disturbance.PASTE_VAST}
