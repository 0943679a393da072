"""Recordings of calls: an address for each that is asked for, good for an hour, and a sound where it leads."""

from __future__ import annotations

import math
import secrets
import struct
from collections.abc import Callable
from typing import Final

from tui.sandbox.dialer import Call

LIFE_SECONDS: Final = 3600.0  # docs/provider.md, "Recordings"
_RATE: Final = 8000  # as a telephone has it
_MAX_SECONDS: Final = 2.0
_PITCH: Final = 440.0
_LOUD: Final = 6000


class Recordings:
    """The addresses that were given out. `monotonic` gives seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._given: dict[str, tuple[Call, float]] = {}

    def token(self, call: Call) -> str:
        """What an address for a call's recording ends in: another one each time."""
        token = f"R{secrets.token_hex(16)}"
        self._given[token] = call, self._monotonic() + LIFE_SECONDS
        return token

    def find(self, token: str) -> Call | None:
        """The call. KeyError where no such address was given out; None where it has lived its hour."""
        call, end = self._given[token]
        return call if self._monotonic() < end else None


def is_recorded(call: Call) -> bool:
    return call.plan.recorded and call.fate.answered


def sound(call: Call) -> bytes:
    """A WAV file, mono, 8 kHz, 16 bits: a tone as long as the call, but for no longer than is needed to hear it."""
    frames = int(_RATE * max(0.1, min(call.fate.talk_seconds, _MAX_SECONDS)))
    tone = (round(_LOUD * math.sin(2 * math.pi * _PITCH * place / _RATE)) for place in range(frames))
    data = struct.pack(f"<{frames}h", *tone)
    kind = struct.pack("<HHIIHH", 1, 1, _RATE, 2 * _RATE, 2, 16)  # uncompressed
    chunks = b"WAVE" + b"".join(name + struct.pack("<I", len(body)) + body for name, body in (
        (b"fmt ", kind), (b"data", data)))
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks
