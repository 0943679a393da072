"""The log: for whoever has to find out what happened. One file, rotated, the owner's alone, and never a key in it."""

from __future__ import annotations

import logging
import os
import time
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final, TextIO

from tui.files import open_to_append
from tui.secret import Redactor

FILE_NAME: Final = "santral.log"
_LARGEST: Final = 1_000_000  # bytes a file
_KEPT: Final = 5  # files besides the one in use

# What others say goes into the same file: with no handler it would be printed over the screen, unredacted. httpx writes
# whole addresses, and with them the key, at INFO.
_LEVELS: Final = {
    "santral": logging.INFO,
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "asyncio": logging.WARNING,
}


def set_up(folder: Path | None, redactor: Redactor) -> Path:
    """Write the log in `folder` (None: the platform's) from now on; keys that `redactor` learns later are kept out too.

    Gives the file's path. That it cannot be written does not stop the program: then nothing is logged.
    """
    if folder is None:
        import platformdirs

        folder = platformdirs.user_log_path("santral", appauthor=False)
    path = folder / FILE_NAME
    handler = _handler(path)
    handler.setFormatter(RedactedFormatter(redactor))
    for name, level in _LEVELS.items():
        logger = logging.getLogger(name)
        for old in [old for old in logger.handlers if isinstance(old, PrivateFileHandler | _Nowhere)]:
            logger.removeHandler(old)
            old.close()
        logger.setLevel(level)
        logger.addHandler(handler)
        logger.propagate = False  # a handler of the root logger would write it with the key
    return path


class _Nowhere(logging.NullHandler):
    """In place of a log that cannot be written: without any handler, warnings would be printed over the screen."""


def _handler(path: Path) -> logging.Handler:
    try:
        return PrivateFileHandler(path, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8")
    except OSError:
        return _Nowhere()


class PrivateFileHandler(RotatingFileHandler):
    """A rotating file that only its owner may read, from its first byte."""

    def _open(self) -> TextIO:  # type: ignore[override]  # the base class promises more than it uses
        return os.fdopen(open_to_append(Path(self.baseFilename)), "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the base class's name
        """A full disk is no reason to print a record, unredacted, over the screen."""


class RedactedFormatter(logging.Formatter):
    """`2026-11-23T14:32:00.123Z INFO santral.provider: …`, in UTC; tracebacks beneath it, each line after a bar.

    The whole text is redacted, tracebacks included. Control characters are written as escapes, so that what came from
    outside can neither begin a line of its own nor speak to the terminal that shows the log.
    """

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redact = redactor

    def format(self, record: logging.LogRecord) -> str:
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        head = f"{moment}.{int(record.msecs):03}Z {record.levelname} {record.name}: {record.getMessage()}"
        beneath = []
        if record.exc_info:
            beneath.append(self.formatException(record.exc_info))
        if record.stack_info:
            beneath.append(self.formatStack(record.stack_info))
        # Keys are looked for before anything is escaped: an escape in front of a key would hide where it begins.
        lines = [line for text in beneath for line in self._redact(text).split("\n")]
        return "\n  | ".join(map(_escaped, (self._redact(head), *lines)))


def _escaped(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in line)
