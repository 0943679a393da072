"""What the pieces that a terminal sends mean: keys, clicks, pastes, the focus, or nothing that anybody did.

What is not known here means nothing: it reaches no screen, and is told as `Disturbed`, which stops a countdown.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS, IGNORE_SEQUENCE
from textual._keyboard_protocol import FUNCTIONAL_KEYS, MODIFIER_FUNCTIONAL_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.app.terminal.disturbed import Disturbance, Disturbed
from tui.app.terminal.sequences import ESC, Cutter, Piece, PieceKind

# A pressed key, after https://sw.kovidgoyal.net/kitty/keyboard-protocol/: its code, shifted and by place; modifiers and
# what befell it; the text.
_KEY: Final = re.compile(r"\x1b\[(?P<code>\d{0,7})(?::(?P<shifted>\d{0,7})(?::\d{0,7})?)?"
                         r"(?:;(?P<modifiers>\d{0,4})(?::(?P<event>\d?))?(?:;(?P<text>\d{1,7}(?::\d{1,7}){0,15})?)?)?"
                         r"(?P<end>[u~ABCDEFHPQRS])")
_RELEASED: Final = "3"
_EVENTS: Final = (None, "", "1", "2", _RELEASED)
_KEYPAD: Final = range(57399, 57428)  # the only keys with a name of their own that type something
_SHIFT: Final = 1
_LOCKS: Final = 64 | 128
_MOST_MODIFIERS: Final = 255
_LAST_CODE: Final = 0x10FFFF
_MEANS_NOTHING: Final = (*MODIFIER_FUNCTIONAL_KEYS, "caps_lock", "scroll_lock", "num_lock")
_OTHER_KEY: Final = re.compile(r"\x1b\[27;(\d{1,3});(\d{1,7})~")  # xterm's modifyOtherKeys
_CURSOR_POSITION: Final = re.compile(r"\x1b\[\d*;\d*R")
# Buttons up to 127 and no place before the first: more is said by what reckons wrong.
_MOUSE: Final = re.compile(r"\x1b\[<(\d{1,3});[1-9]\d{0,3};[1-9]\d{0,3}([Mm])")
_OTHER_MOUSE: Final = re.compile(r"\x1b\[(?:\d{1,3};\d{1,4};\d{1,4}M|M[\x00\x20-\U0010ffff]+)")  # urxvt's, X10's
_WHEEL: Final = 64
_MOST_BUTTONS: Final = 127
_SYNCHRONIZED: Final = re.compile(r"\x1b\[\?2026;([0-4])\$y")


class Reader:
    """Bytes of a terminal in, messages for the app out. In the ground state whenever it has been quiet for a second."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, *, mouse: bool = True) -> None:
        """`mouse`: whether its reports were asked for."""
        self._wants_mouse = mouse
        self.cutter = Cutter(clock)
        self._textual = XTermParser()

    def feed(self, data: bytes) -> Iterator[Message]:
        """What `data` means, one read of a few thousand bytes. Of all that disturbs in it, each kind is told once."""
        told: set[Disturbance] = set()
        for piece in self.cutter.feed(data):
            for message in self._meaning(piece):
                if isinstance(message, Disturbed):
                    if message.why in told:
                        continue
                    told.add(message.why)
                yield message

    def tick(self) -> Iterator[Message]:
        """To be called when nothing has come for `cutter.wait`."""
        for piece in self.cutter.tick():
            yield from self._meaning(piece)

    def _meaning(self, piece: Piece) -> Iterator[Message]:
        match piece.kind:
            case PieceKind.TEXT:
                for character in piece.text:
                    yield from self._keys(character)
            case PieceKind.ESCAPE:
                yield events.Key("escape", ESC)
            case PieceKind.ALT:
                yield from self._with_alt(piece.text)
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

    def _keys(self, sequence: str, *, alt: bool = False) -> list[Message]:
        return list(self._textual._sequence_to_key_events(sequence, alt=alt))

    def _with_alt(self, character: str) -> list[Message]:
        known = ANSI_SEQUENCES_KEYS.get(ESC + character)
        if isinstance(known, tuple):
            return [events.Key(key.value, None) for key in known]
        # As Textual has it from one terminal, alt+3 would type `£`.
        return self._keys(character, alt=True)

    def _sequence(self, text: str) -> list[Message] | None:
        """What a whole sequence means; None if it is not known."""
        if text == "\x1b[I":
            return [events.AppFocus()]
        if text == "\x1b[O":
            return [events.AppBlur()]
        if (mouse := _MOUSE.fullmatch(text)) is not None:
            return self._mouse(text, int(mouse[1]), mouse[2]) if self._wants_mouse else None
        if (answer := _SYNCHRONIZED.fullmatch(text)) is not None:
            return [TerminalSupportsSynchronizedOutput()] if answer[1] != "0" else []
        if _OTHER_MOUSE.fullmatch(text) is not None:
            return []  # those of terminals that know no better: they name no place beyond the 223rd column
        if _CURSOR_POSITION.fullmatch(text) is not None:
            return None
        return self._key(text)

    def _mouse(self, text: str, buttons: int, state: str) -> list[Message] | None:
        if buttons > _MOST_BUTTONS or (buttons & _WHEEL and state == "m"):
            return []  # a button at the side, a wheel let go: no click
        report = self._textual.parse_mouse_code(text)
        return None if report is None else [report]

    def _key(self, text: str) -> list[Message] | None:
        text = _OTHER_KEY.sub("\x1b[\\2;\\1u", text)
        if (key := _KEY.fullmatch(text)) is not None and (canonical := _canonical(key)) is not None:
            if key["event"] == _RELEASED:
                return []
            name = FUNCTIONAL_KEYS.get(f"{int(key['code'] or 1)}{key['end']}")
            return [] if name in _MEANS_NOTHING else self._keys(canonical)
        known = ANSI_SEQUENCES_KEYS.get(text)
        if known is IGNORE_SEQUENCE:
            return []
        if isinstance(known, tuple):
            return [events.Key(name.value, None) for name in known]
        return self._keys(known) if isinstance(known, str) else None


_WHY: Final = {PieceKind.NOISE: Disturbance.NOISE, PieceKind.NOT_UTF8: Disturbance.NOT_UTF8,
               PieceKind.PASTE_BEGUN: Disturbance.PASTE,
               PieceKind.PASTE_VAST: Disturbance.PASTE_VAST}


def _canonical(key: re.Match[str]) -> str | None:
    """The key without what befell it and without codes that say it in other ways; None if it is no key."""
    code, end = int(key["code"] or 1), key["end"]
    modifiers = int(key["modifiers"] or 1) - 1
    texts = [int(text) for text in (key["text"] or "").split(":") if text]
    if key["event"] not in _EVENTS or not 0 <= modifiers <= _MOST_MODIFIERS:
        return None
    if any(text > _LAST_CODE or 0xD800 <= text <= 0xDFFF for text in texts):
        return None
    texts = [text for text in texts if unicodedata.category(chr(text)) != "Cc"]
    functional = f"{code}{end}" in FUNCTIONAL_KEYS
    if functional:
        texts = texts[:1] if code in _KEYPAD else []
    if not functional and (end != "u" or not (_is_letter(code) or (code == 0 and texts))):
        return None
    shifted = int(key["shifted"] or 0)
    if not functional and not texts and modifiers & ~_LOCKS == _SHIFT and _is_letter(shifted):
        texts = [shifted]
    return f"\x1b[{code};{modifiers + 1 if modifiers else ''};{':'.join(map(str, texts))}{end}"


def _is_letter(code: int) -> bool:
    """Whether it is the code of something that can be typed: no control, surrogate, private or unknown one."""
    return code <= _LAST_CODE and unicodedata.category(chr(code)) not in ("Cc", "Cs", "Co", "Cn")
