"""Files that others made, read no further than they may be long, and waited for no longer than is useful."""

from __future__ import annotations

import os
import select
import stat
import time
from pathlib import Path
from typing import Final

SECONDS: Final = 10.0  # without a byte, for what is no ordinary file
_CHUNK: Final = 1 << 20
_MADE_UP: Final = ("/proc/", "/sys/")


class TooLarge(Exception):
    """There is more than may be read."""


class SilentFile(Exception):
    """Nothing came, and no end."""


def read_bounded(path: Path, limit: int, seconds: float = SECONDS) -> bytes:
    """The content of a file of `limit` bytes at most; pipes and devices give what comes of them.

    TooLarge; Silent where a pipe or device has nothing to say for `seconds`; OSError.
    """
    if is_ordinary(path):
        with path.open("rb") as file:
            whole = file.read(limit + 1)
        if len(whole) > limit:
            raise TooLarge
        return whole
    return _what_comes(path, limit, seconds)


def is_ordinary(path: Path) -> bool:
    """Whether it is a file that has a length: the system makes up files of its own as they are read, and some
    of that is waited for. OSError."""
    found = path.stat()
    made_up = not found.st_size and os.path.realpath(path).startswith(_MADE_UP)
    return stat.S_ISREG(found.st_mode) and not made_up


def _what_comes(path: Path, limit: int, seconds: float) -> bytes:
    data = bytearray()
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        while True:
            piece = _piece(descriptor, min(_CHUNK, limit + 1 - len(data)), seconds)
            data += piece
            if len(data) > limit:
                raise TooLarge
            if not piece:
                return bytes(data)
    finally:
        os.close(descriptor)


def _piece(descriptor: int, limit: int, seconds: float) -> bytes:
    """What comes next; nothing at the end."""
    end = time.monotonic() + seconds
    while True:
        if hasattr(select, "poll"):
            waiting = select.poll()
            waiting.register(descriptor, select.POLLIN)
            if not waiting.poll(1000 * max(0.0, end - time.monotonic())):
                raise SilentFile
        try:
            return os.read(descriptor, limit)
        except BlockingIOError:  # it looked as if there were something
            if time.monotonic() > end:
                raise SilentFile from None
