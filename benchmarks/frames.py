"""What a program writes, cut into the frames that a terminal shows at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# Synchronized output: between these two a terminal shows nothing.
SYNC_BEGIN: Final = b"\x1b[?2026h"
SYNC_END: Final = b"\x1b[?2026l"


@dataclass(frozen=True, slots=True)
class Frame:
    """`when` its last byte had arrived, by `time.perf_counter`."""

    when: float
    data: bytes


class FrameCutter:
    """Takes bytes as they arrive. What isn't held back by synchronized output is a frame as it comes."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, data: bytes, when: float) -> Iterator[Frame]:
        """The frames that are complete with `data`."""
        self._held += data
        while length := self._complete():
            yield Frame(when, self._held[:length])
            self._held = self._held[length:]

    def _complete(self) -> int:
        """How many of the bytes held are a frame; 0 where more has to come."""
        begin = self._held.find(SYNC_BEGIN)
        if begin == 0:
            end = self._held.find(SYNC_END)
            return end + len(SYNC_END) if end >= 0 else 0
        if begin > 0:
            return begin
        longest_first = range(len(SYNC_BEGIN) - 1, 0, -1)
        cut_off = next((size for size in longest_first if self._held.endswith(SYNC_BEGIN[:size])), 0)
        return len(self._held) - cut_off
