"""What a terminal sends, cut into whole pieces: letters, escape sequences, pastes, and what is none of them.

A state machine after ECMA-48 and Paul Williams' parser of DEC terminals, made stricter where it matters to whoever
types: a sequence that is broken or breaks off is one piece of noise, never letters. It keeps no more than a few hundred
characters of a sequence, and a paste up to its limit.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import Final, NamedTuple

ESC: Final = "\x1b"
PASTE_BEGINS: Final = "\x1b[200~"
PASTE_ENDS: Final = "\x1b[201~"
ESCAPE_SECONDS: Final = 0.1  # whether `escape` was pressed, or a sequence begins
SILENCE_SECONDS: Final = 0.25  # what has broken off for so long does not go on
PASTE_SECONDS: Final = 1.0  # a paste may come over a slow line
MAX_PASTED: Final = 1 << 25  # characters: 32 million
# The rest of a paste that was given up comes in one piece; nobody types so much at once.
_BURST: Final = 64  # bytes
_REST_SECONDS: Final = 30.0
_LATE_SECONDS: Final = 2.0  # so late the rest of a sequence may come that was given up
_LONGEST: Final = 256  # characters of a sequence; none that means anything has more

# What stands for a number in the reports of terminals that reckon wrong.
_NO_NUMBERS: Final = ("NaN", "nan", "NAN", "Infinity", "infinity", "inf", "undefined", "null", "None", "nil")
_BEGUN: Final = "|".join(sorted({word[:length] for word in _NO_NUMBERS for length in range(1, len(word))}))
_NUMBER: Final = r"(?<=[\[<=>?;:\-+])(?!(?<=\[)I)"  # `[I` is the focus, at once
# Parameters and intermediates; a control within is part of what is broken. CAN, SUB and ESC end it.
_BODY: Final = (rf"(?:{_NUMBER}(?:{'|'.join(_NO_NUMBERS)})|(?<=[0-9])e[-+](?=[0-9])"
                r"|[ -?\x00-\x17\x19\x1c-\x1f\x7f])*+")
_MOUSE: Final = re.compile(r"\x1b\[<[^Mm\x18\x1a\x1b]*+[Mm]")  # nothing else begins so: whatever it says, it ends so
_MOUSE_BEGUN: Final = re.compile(r"\x1b\[<[^Mm\x18\x1a\x1b]*+\Z")
_CSI: Final = re.compile(rf"\x1b\[(?:\[[!-~]|[0-9]{{1,2}}\$|{_BODY}[@-~])")  # `[[A` Linux's console, `3$` rxvt
_CSI_BEGUN: Final = re.compile(rf"\x1b\[(?![0-9]{{1,2}}\$)(?:\[|{_BODY}(?:{_NUMBER}(?:{_BEGUN})|(?<=[0-9])e[-+]?)?)\Z")
_SS3: Final = re.compile(r"\x1bO[ -?]{0,8}+[@-~]")
_SS3_BEGUN: Final = re.compile(r"\x1bO[ -?]{0,8}\Z")
_BROKEN: Final = re.compile(rf"\x1b(?:\[<[^Mm\x18\x1a\x1b]*+|\[{_BODY}|O[ -?]{{0,8}}+)[\x18\x1a]?")
_X10: Final = "\x1b[M"
# C1 controls, as a character and as a byte of their own, by the letter that stands for them after `ESC`.
_C1: Final = {chr(first + code): chr(code - 0x40) for code in range(0x80, 0xA0) for first in (0, 0xDC00)}
_STRINGS: Final = "]PX^_"  # OSC, DCS, SOS, PM, APC
_STRING_ENDS: Final = re.compile("[\x18\x1a\x1b\x9c\udc9c]")
_OSC_ENDS: Final = re.compile("[\x07\x18\x1a\x1b\x9c\udc9c]")
_LATE_STRING: Final = re.compile("[^\x07\x18\x1a\x1b\x80-\x9f\udc80-\udc9f]*(?:\x07|\x1b\\\\|[\x9c\udc9c])")
_LATE_CSI: Final = re.compile(r"[0-9;:]*[;:][0-9;:]*\$?[@-~]|[0-9]+(?:\$y|[cRnuMm])")
_LONG_ENDS: Final = re.compile("[@-~\x18\x1a\x1b]")
_LONG_MOUSE_ENDS: Final = re.compile("[Mm\x18\x1a\x1b]")
_PLAIN: Final = re.compile("[^\x1b\x80-\x9f\udc80-\udcff]+")
# The first byte of a character of several, and those of the others that came: none of these is a C1 control.
_NOT_UTF8: Final = re.compile("[\udcc0-\udcf4][\udc80-\udcbf]{0,3}|[\udca0-\udcff]")
_NOT_UTF8_BEGUN: Final = re.compile("[\udcc0-\udcf4][\udc80-\udcbf]{0,2}\\Z")
_PASTE_OVER: Final = re.compile(r"\x1b\[201~")
_PASTE_OVER_8_BIT: Final = re.compile("(?:\x1b\\[|\x9b|\udc9b)201~")
_PASTE_NEARLY_OVER: Final = re.compile("(?:\x1b(?:\\[(?:2(?:01?)?)?)?|[\x9b\udc9b](?:2(?:01?)?)?)\\Z")


class PieceKind(Enum):
    TEXT = auto()  # letters and control keys, in their order
    ESCAPE = auto()  # the key alone
    ALT = auto()  # `ESC` and the character that came with it
    SEQUENCE = auto()  # a whole one in its 7-bit form
    PASTE_BEGUN = auto()
    PASTE = auto()
    PASTE_CUT = auto()  # what came of one whose end did not
    PASTE_VAST = auto()  # one beyond the limit, of which nothing is kept
    NOISE = auto()
    NOT_UTF8 = auto()


class Piece(NamedTuple):
    kind: PieceKind
    text: str = ""


class Cutter:
    """Cuts bytes as they come, in whatever chunks. `feed` what has come, `tick` when nothing has."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives seconds that never go back."""
        self._clock = clock
        # A byte that is no UTF-8 stays one, as U+DC80 to U+DCFF: it may be a C1 control.
        self._decoder = getincrementaldecoder("utf-8")("surrogateescape")
        self._at = 0.0
        self._held = ""  # the beginning of what is not whole yet
        self._within: re.Pattern[str] | None = None  # what is dropped up to one of these has begun, and was reported
        self._paste: list[str] | None = None
        self._pasted = 0
        self._paste_over = _PASTE_OVER
        self._given_up: float | None = None  # when a paste was
        self._broken: tuple[str, re.Pattern[str] | None] = "", None  # what was given up last: a beginning, its ends
        self._broken_at = 0.0

    @property
    def wait(self) -> float | None:
        """Seconds of silence after which `tick` has something to do; None in the ground state."""
        if self._paste is not None:
            return PASTE_SECONDS
        if self._held == ESC and self._within is None:
            return ESCAPE_SECONDS
        return SILENCE_SECONDS if self._held or self._within is not None or self._decoder.getstate()[0] else None

    @property
    def kept(self) -> int:
        """How many characters are kept."""
        return len(self._held) + self._pasted

    def feed(self, data: bytes) -> Iterator[Piece]:
        """What has become whole. `data` is one read, a few thousand bytes at most: all of it is looked at anew with
        every piece."""
        on_ground, self._at = self.wait is None, self._clock()
        text, self._held = self._held + self._decoder.decode(data), ""
        (begun, ends), self._broken = self._broken, ("", None)
        if on_ground and self._at - self._broken_at < _LATE_SECONDS and (rest := _late_rest(begun, ends, text)):
            yield Piece(PieceKind.NOISE)
            text = text[rest:]
        if on_ground and self._is_rest_of_paste(text, len(data)):
            yield self._begin_paste(_PASTE_OVER)
        while text:
            before = text
            if self._paste is not None:
                piece, text = self._in_paste(text)
            elif self._within is not None:
                piece, text = self._in_dropped(text, self._within)
            else:
                piece, text = self._on_ground(text)
            if piece is not None:
                yield piece
            elif text == before:
                self._held = text
                return

    def tick(self) -> Iterator[Piece]:
        """Nothing has come: what has waited for its rest long enough is over."""
        wait = self.wait
        if wait is None or self._clock() - self._at < wait:
            return
        held, reported = self._held, self._within is not None
        if self._paste is None:
            self._broken, self._broken_at = (held, self._within), self._clock()
        self._held, self._within = "", None
        self._decoder.reset()
        if self._paste is not None:
            self._given_up = self._clock()
            yield self._end_paste(PieceKind.PASTE_CUT)
        elif held == ESC and not reported:
            yield Piece(PieceKind.ESCAPE)
        elif not reported:
            yield Piece(PieceKind.NOISE if held.startswith((ESC, *_C1)) else PieceKind.NOT_UTF8)

    # Each of these takes one piece from the front: the piece, where there is one, and what is left. What is left as it
    # was is held until more comes.

    def _on_ground(self, text: str) -> tuple[Piece | None, str]:
        if plain := _PLAIN.match(text):
            return Piece(PieceKind.TEXT, plain.group()), text[plain.end():]
        if odd := _NOT_UTF8.match(text):
            return (None, text) if _NOT_UTF8_BEGUN.match(text) else (Piece(PieceKind.NOT_UTF8), text[odd.end():])
        if text[0] != ESC:
            return self._c1(text)
        if len(text) == 1:
            return None, text
        second = text[1]
        if second in _STRINGS:
            return self._drop(_OSC_ENDS if second == "]" else _STRING_ENDS, text[2:])
        if second in "[O":
            return self._sequence(text)
        return self._with_escape(second, text)

    def _with_escape(self, second: str, text: str) -> tuple[Piece | None, str]:
        if second == "\\":  # the end of a string that was given up
            return Piece(PieceKind.NOISE), text[2:]
        if second == ESC or second in _C1:
            return Piece(PieceKind.ESCAPE), text[1:]
        if odd := _NOT_UTF8.match(text, 1):
            return Piece(PieceKind.NOT_UTF8), text[odd.end():]
        return Piece(PieceKind.ALT, second), text[2:]

    def _c1(self, text: str) -> tuple[Piece | None, str]:
        letter = _C1[text[0]]
        if letter not in "[NO" and letter not in _STRINGS:
            return Piece(PieceKind.NOISE), text[1:]
        piece, rest = self._on_ground(ESC + letter.replace("N", "O") + text[1:])
        if piece is None:
            return None, text
        if piece.kind is PieceKind.PASTE_BEGUN:
            self._paste_over = _PASTE_OVER_8_BIT
        return piece, rest

    def _sequence(self, text: str) -> tuple[Piece | None, str]:
        if text.startswith(_X10):
            return self._x10(text)
        if text.startswith("\x1b[<"):
            begun, whole, ends = _MOUSE_BEGUN, _MOUSE, _LONG_MOUSE_ENDS
        elif text[1] == "[":
            begun, whole, ends = _CSI_BEGUN, _CSI, _LONG_ENDS
        else:
            begun, whole, ends = _SS3_BEGUN, _SS3, _LONG_ENDS
        window = text[:_LONGEST]
        if begun.match(window):
            return (None, text) if len(window) < _LONGEST else self._drop(ends, text[_LONGEST:])
        if found := whole.match(window):
            rest = text[found.end():]
            if found.group() == PASTE_BEGINS:
                return self._begin_paste(_PASTE_OVER), rest
            return Piece(PieceKind.SEQUENCE, found.group()), rest
        broken = _BROKEN.match(text)
        return Piece(PieceKind.NOISE), text[broken.end() if broken is not None else 2:]

    def _x10(self, text: str) -> tuple[Piece | None, str]:
        """A mouse report of old: three bytes follow, whatever they are as letters."""
        end, length = len(_X10), 0
        while length < 3:
            if end == len(text):
                return None, text
            if text[end] in "\x18\x1a\x1b":
                return Piece(PieceKind.NOISE), text[end:]
            length += len(text[end].encode(errors="surrogateescape"))
            end += 1
        return Piece(PieceKind.SEQUENCE, text[:end]), text[end:]

    def _drop(self, ends: re.Pattern[str], rest: str) -> tuple[Piece, str]:
        self._within = ends
        return Piece(PieceKind.NOISE), rest

    def _in_dropped(self, text: str, ends: re.Pattern[str]) -> tuple[Piece | None, str]:
        end = ends.search(text)
        if end is None:
            return None, ""
        rest = text[end.start():]
        if rest == ESC:
            return None, rest
        self._within = None
        if rest[0] != ESC:
            return None, rest[1:]
        return None, rest[2:] if rest[1] == "\\" else rest

    def _begin_paste(self, over: re.Pattern[str]) -> Piece:
        self._paste, self._pasted, self._paste_over, self._given_up = [], 0, over, None
        return Piece(PieceKind.PASTE_BEGUN)

    def _in_paste(self, text: str) -> tuple[Piece | None, str]:
        if end := self._paste_over.search(text):
            self._add(text[:end.start()])
            return self._end_paste(PieceKind.PASTE), text[end.end():]
        nearly = _PASTE_NEARLY_OVER.search(text)
        start = nearly.start() if nearly is not None else len(text)
        self._add(text[:start])
        return None, text[start:]

    def _add(self, text: str) -> None:
        self._pasted += len(text)
        if self._pasted > MAX_PASTED:
            self._paste = []
        elif self._paste is not None and text:
            self._paste.append(text)

    def _end_paste(self, kind: PieceKind) -> Piece:
        text = "".join(self._paste or [])
        if self._pasted > MAX_PASTED:
            kind = PieceKind.PASTE_VAST
        self._paste, self._pasted = None, 0
        return Piece(kind, text.encode(errors="surrogateescape").decode(errors="replace"))

    def _is_rest_of_paste(self, text: str, length: int) -> bool:
        if self._given_up is None or self._at - self._given_up > _REST_SECONDS:
            return False
        end = text.find(PASTE_ENDS)
        if end > 0:
            return PASTE_BEGINS not in text[:end]
        return length >= _BURST and not text.startswith(ESC)


def _late_rest(begun: str, ends: re.Pattern[str] | None, text: str) -> int:
    """How much of `text`, which came at once, is the rest of what was given up; a key or two are never taken for it."""
    if ends is not None:
        rest = _LATE_STRING.match(text) if ends in (_STRING_ENDS, _OSC_ENDS) else None
        return rest.end() if rest is not None else 0
    if not begun or (begun != ESC and not _LATE_CSI.fullmatch(text)) or (begun == ESC and text[:1] != "["):
        return 0
    whole = _MOUSE if begun.startswith("\x1b[<") else _CSI
    return len(text) if whole.fullmatch(begun + text) else 0
