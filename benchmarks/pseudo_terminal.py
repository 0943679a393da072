"""A program in a real pseudo-terminal, and the moments at which it paints."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path
from typing import Final

import pyte
from pyte.screens import Char

from benchmarks.figures import NotMeasured
from benchmarks.frames import Frame, FrameCutter

KEYS: Final = {
    "enter": "\r", "tab": "\t", "escape": "\x1b", "space": " ", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "f5": "\x1b[15~", "f8": "\x1b[19~",
    "home": "\x1b[H", "end": "\x1b[F",
    "wheel up": "\x1b[<64;20;10M", "wheel down": "\x1b[<65;20;10M",  # a notch of the mouse's, over the middle of a list
}
PATIENCE: Final = 30.0
# Longer than the pause between two frames of one change: the store's answer, one turn of Textual's 60 Hz timer.
QUIET: Final = 0.08
STARTED_QUIET: Final = 0.3
_ASKS_FOR_SYNC, _HAS_SYNC = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
# Keyboard protocol and terminal queries: private sequences that the emulator would take for text.
_PRIVATE: Final = re.compile(rb"\x1b\[[<=>][0-9;]*[@-~]|\x1bP.*?\x1b\\", re.DOTALL)


class NotShown(NotMeasured):
    """The program did not show what was waited for; the text says what, and what it shows instead."""


@dataclass(frozen=True, slots=True)
class Painting:
    """Seconds from a key to the end of the `first` and of the `last` frame that shows what it changed."""

    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Shown:
    """A frame that is on the screen now, and its cells that are others than before: as they were, as they are."""

    when: float
    changed: list[tuple[Char, Char]]

    @property
    def blinked(self) -> bool:
        """Whether it may be the cursor's blinking alone: no cell, or one cell's colours."""
        return len(self.changed) <= 1 and all(old.data == new.data for old, new in self.changed)


class _Screen(pyte.Screen):
    def report_device_attributes(self, *_args: object, **_kwargs: object) -> None:
        """Unanswered: nobody is there to answer to."""


class PseudoTerminal:
    """Frames are timed as they are read, and shown only afterwards: the emulator is slower than what it measures."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str], size: tuple[int, int]) -> None:
        """`size` is columns and rows."""
        columns, rows = size
        self._screen = _Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._cells = [self._row(y) for y in range(rows)]
        self._cutter = FrameCutter()
        self._read: list[Frame] = []
        self._master, slave = pty.openpty()
        ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.begun = time.perf_counter()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave,
            # Its controlling terminal: should the benchmark be killed, the program is hung up.
            preexec_fn=lambda: os.login_tty(slave),  # noqa: PLW1509 - nothing but one system call after the fork
            env={**environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"})
        os.close(slave)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait(self, text: str) -> float:
        """Until `text` is on the screen: the moment of the frame that showed it, by `time.perf_counter`. NotShown."""
        end = time.perf_counter() + PATIENCE
        if text in self.text:
            return time.perf_counter()
        while True:
            self._read_until_quiet(STARTED_QUIET, end)
            shown = [frame.when for frame in self._show() if text in self.text]
            if shown:
                return shown[0]
            if self._in_vain(end):
                raise NotShown(f"{text!r} did not appear; the screen:\n{self.text}")

    def press(self, key: str) -> Painting:
        """Send a key, by name or as it is typed, and wait until what it changes is painted. NotShown."""
        begun = time.perf_counter()
        os.write(self._master, KEYS.get(key, key).encode())
        end = begun + PATIENCE
        painted: list[float] = []
        while not painted:
            self._read_until_quiet(QUIET, end)
            painted = [frame.when for frame in self._show() if not frame.blinked]
            if not painted and self._in_vain(end):
                raise NotShown(f"the key {key!r} changed nothing; the screen:\n{self.text}")
        return Painting(painted[0] - begun, painted[-1] - begun)

    def rest(self, seconds: float) -> None:
        """Show whatever the program paints by itself for so long."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._receive(left)
        for _shown in self._show():
            pass

    def resident_bytes(self) -> int:
        """The program's memory now. OSError on a system without /proc."""
        _size, resident, *_others = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()
        return int(resident) * os.sysconf("SC_PAGE_SIZE")

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self._master)

    def __enter__(self) -> PseudoTerminal:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.close()

    def _receive(self, seconds: float) -> bool:
        """Read what comes within `seconds`; whether anything came."""
        ready, _, _ = select.select([self._master], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # the other end is closed: the program has ended
            return False
        if _ASKS_FOR_SYNC in data:
            os.write(self._master, _HAS_SYNC)
        self._read.extend(self._cutter.feed(data, time.perf_counter()))
        return bool(data)

    def _read_until_quiet(self, quiet: float, end: float) -> None:
        """Wait for the program to write, until `end` at most, and then until it writes nothing for `quiet` seconds."""
        if self._receive(end - time.perf_counter()):
            while time.perf_counter() < end and self._receive(quiet):
                pass

    def _in_vain(self, end: float) -> bool:
        return time.perf_counter() >= end or self.process.poll() is not None

    def _show(self) -> Iterator[Shown]:
        """Show the frames that were read, one after another."""
        frames, self._read = self._read, []
        for frame in frames:
            self._screen.dirty.clear()
            self._stream.feed(_PRIVATE.sub(b"", frame.data))
            changed = []
            for y in self._screen.dirty:
                before, self._cells[y] = self._cells[y], self._row(y)
                changed += [(old, new) for old, new in zip(before, self._cells[y], strict=True) if old != new]
            yield Shown(frame.when, changed)

    def _row(self, y: int) -> list[Char]:
        return [self._screen.buffer[y][x] for x in range(self._screen.columns)]
