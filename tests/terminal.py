"""A real pseudo-terminal for tests: start a command in it, type, wait for what it shows."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from fcntl import ioctl
from pathlib import Path

import pyte

KEYS = {
    "enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "escape": "\x1b", "space": " ", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "delete": "\x1b[3~", "f1": "\x1bOP", "f4": "\x1bOS", "f5": "\x1b[15~", "f6": "\x1b[17~", "f7": "\x1b[18~",
    "f8": "\x1b[19~", "f9": "\x1b[20~", "ctrl+q": "\x11", "ctrl+c": "\x03", "ctrl+p": "\x10",
    "ctrl+z": "\x1a", "ctrl+d": "\x04",
}
PATIENCE = 40.0
# Keyboard protocol and colour queries: private sequences that the emulator would take for text.
_PRIVATE = re.compile(rb"\x1b\[[<=>][0-9;]*[@-~]|\x1bP.*?\x1b\\", re.DOTALL)
# Private modes set and reset, the keyboard protocol's flags pushed and popped.
_MODES = re.compile(rb"\x1b\[(?:\?([0-9;]+)([hl])|(>[0-9]+u)|(<[0-9]*u))")


class _Screen(pyte.Screen):
    """Textual asks the terminal what it is; this one has nobody to answer to."""

    def report_device_attributes(self, *_args: object, **_kwargs: object) -> None:
        pass


class Terminal:
    """A command in a pseudo-terminal of its own. What it shows is read whenever something is waited for."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str], size: tuple[int, int] = (80, 24),
                 variables: Mapping[str, str] | None = None) -> None:
        """`variables`: those of the terminal itself, where they aren't the usual ones."""
        columns, rows = size
        self._screen = _Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = pty.openpty()
        self._hung_up = False
        self._set_size(columns, rows)
        self.attributes_before = self.attributes
        self.written = bytearray()  # every byte that the command wrote, for those who look for what must not be there
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave,
            # Its controlling terminal: closing it hangs up, as a real one does.
            preexec_fn=lambda: os.login_tty(slave),  # noqa: PLW1509 - nothing but one system call after the fork
            env={**environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none",
                 **(variables or {})})
        os.close(slave)

    def _set_size(self, columns: int, rows: int) -> None:
        ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        """As by the corner of a window: the command is told by a signal."""
        self._screen.resize(rows, columns)
        self._set_size(columns, rows)

    @property
    def attributes(self) -> list[object]:
        """How the terminal is set: raw, echoing and so on."""
        return termios.tcgetattr(self._master)

    @property
    def modes(self) -> dict[str, bool]:
        """The private modes that were switched on or off, as they are now; "kitty" is the keyboard protocol."""
        found: dict[str, bool] = {}
        pushed = 0
        for numbers, switch, push, pop in _MODES.findall(bytes(self.written)):
            for number in filter(None, numbers.split(b";")):
                found[number.decode()] = switch == b"h"
            pushed += bool(push) - bool(pop)
        return {**found, "kitty": pushed > 0}

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.process.pid, number)

    def hang_up(self) -> None:
        """Close the window."""
        self._hung_up = True
        os.close(self._master)

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:  # the other end is closed: the command has ended
            return False
        self.written += data
        self._stream.feed(_PRIVATE.sub(b"", data))
        return bool(data)

    def wait(self, text: str, *, gone: bool = False, patience: float = PATIENCE) -> None:
        """Until `text` is on the screen, or has left it. AssertionError with the screen where that takes too long."""
        end = time.monotonic() + patience
        while (text in self.text) is gone:
            left = end - time.monotonic()
            assert left > 0, f"{text!r} {'is still there' if gone else 'did not appear'}:\n{self.text}"
            if not self._read(min(left, 0.2)) and self.process.poll() is not None:
                raise AssertionError(f"the command ended ({self.process.returncode}) before {text!r}:\n{self.text}")

    def wait_until(self, true: Callable[[], bool], what: str) -> None:
        """Until something is so, whatever it is; what comes is read meanwhile."""
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, f"{what}:\n{self.text}"
            self._read(0.05)

    def send(self, data: bytes) -> None:
        """Bytes as they are, letters or not."""
        os.write(self._master, data)

    def type(self, text: str) -> None:
        """Characters as typed."""
        self.send(text.encode())

    def press(self, *keys: str) -> None:
        """Keys by name, one after another."""
        for key in keys:
            self.type(KEYS.get(key, key))
            if key == "escape":
                self.drain(0.15)  # a terminal program waits to see whether a lone escape begins a sequence

    def drain(self, seconds: float = 0.1) -> None:
        """Read what the command writes for so long: the cursor blinks, it is never quiet."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 or not seconds:
            if not self._read(left) and not seconds:
                return

    def wait_for_quiet(self, seconds: float) -> None:
        """Until nothing has been written for so long, though it had a processor whenever it wanted one."""
        end = time.monotonic() + PATIENCE
        while True:
            before = len(self.written)
            self.drain(seconds)
            if len(self.written) == before and not self._wants_a_processor():
                return
            assert time.monotonic() < end, f"it goes on writing: {bytes(self.written[before:])!r}"

    def _wants_a_processor(self) -> bool:
        """On a busy machine one is waited for; where the system doesn't tell, nobody waits."""
        tasks = Path("/proc", str(self.process.pid), "task").glob("*/stat")
        with contextlib.suppress(OSError):  # it may end meanwhile
            return any(task.read_text().rpartition(")")[2].split()[0] == "R" for task in tasks)
        return False

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> int:
        """Wait for the command to end by itself; its exit status."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < end, f"the command goes on:\n{self.text}"
            self._read(0.1)
        self.drain(0.0)
        return self.process.returncode

    def close(self) -> None:
        if self.process.poll() is None:
            self.kill()
        if not self._hung_up:
            os.close(self._master)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_failure: object) -> None:
        self.close()
