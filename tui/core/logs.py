"""The log: for whoever has to find out what happened. One file, rotated, the owner's alone, and never a key in it.

Several processes write it at once: each line is one write at the end of the file that has the name at that moment, and
whoever finds the file full puts it aside while the others wait.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from tui.core import folders
from tui.core.causes import error_name
from tui.core.files import NotOurs, open_to_append, put_aside
from tui.core.reason import Reason
from tui.core.sanitize import escaped, excerpt
from tui.core.secret import MASK, Redactor

FILE_NAME: Final = "santral.log"
_LARGEST: Final = 1_000_000  # bytes a file
_KEPT: Final = 5  # files besides the one in use
# A line takes some microseconds: whoever holds the lock for longer was stopped in the middle of one.
_LOCK_SECONDS: Final = 0.5
_LOCK_PAUSE: Final = 0.001
_OPENING_TRIES: Final = 20

# Who knows the last part of a webhook's address can send results of their own: 24 random bytes, as URLs have them.
# Parts of other paths have no capital and small letters in just so many.
_TOKEN_SHAPE: Final = re.compile(r"(?<=/)(?=[a-z0-9_-]*[A-Z])(?=[A-Z0-9_-]*[a-z])[A-Za-z0-9_-]{32}(?![A-Za-z0-9_-])")

# What others say goes into the same file: with no handler it would be printed over the screen, unredacted. httpx writes
# whole addresses, and with them the key, at INFO.
_LEVELS: Final = {
    "santral": logging.INFO,
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "asyncio": logging.WARNING,
    "psycopg": logging.WARNING,
}


class _Nowhere(logging.NullHandler):
    """In place of a log that cannot be written: without any handler, warnings would be printed over the screen."""

    def __init__(self, why: Reason | None = None) -> None:
        super().__init__()
        self.why = why


def hush() -> None:
    """Until the log is set up, and where a command keeps none, nothing that is logged goes to the screen."""
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(_Nowhere())


def own_process() -> None:
    """What Python itself would print over the screen, in a language that is nobody's here, goes into the log."""
    if not sys.warnoptions:  # whoever asks for warnings gets them
        warnings.simplefilter("ignore")

    def unraisable(failed: sys.UnraisableHookArgs) -> None:
        _out_of_hand(failed.exc_value)

    def in_thread(failed: threading.ExceptHookArgs) -> None:
        _out_of_hand(failed.exc_value)

    sys.unraisablehook = unraisable
    threading.excepthook = in_thread


def _out_of_hand(failure: BaseException | None) -> None:
    logging.getLogger("santral").error("nobody could be told of a failure", exc_info=failure)


def set_up(folder: Path | None, redactor: Redactor) -> Path:
    """Write the log in `folder` (None: the platform's) from now on; keys that `redactor` learns later are kept out too.

    Gives the file's path. That it cannot be written does not stop the program: then nothing is logged, and `problem`
    says why.
    """
    folder = folder or folders.own("log")
    path = Path(FILE_NAME) if folder is None else folder / FILE_NAME
    handler = _Nowhere(Reason("command.log.no_home")) if folder is None else _handler(path)
    handler.setFormatter(RedactedFormatter(redactor))
    for name, level in _LEVELS.items():
        logger = logging.getLogger(name)
        for old in [old for old in logger.handlers if isinstance(old, SharedFileHandler | _Nowhere)]:
            logger.removeHandler(old)
            old.close()
        logger.setLevel(level)
        logger.addHandler(handler)
        logger.propagate = False  # a handler of the root logger would write it with the key
    return path


def current() -> Path | None:
    """The file that is written now."""
    handlers = logging.getLogger("santral").handlers
    return next((handler.path for handler in handlers if isinstance(handler, SharedFileHandler)), None)


def problem() -> Reason | None:
    """Why no log is written; None where it is, or none is wanted."""
    handlers = logging.getLogger("santral").handlers
    return next((handler.why for handler in handlers if isinstance(handler, _Nowhere)), None)


def _handler(path: Path) -> logging.Handler:
    try:
        return SharedFileHandler(path)
    except NotOurs as refused:
        return _Nowhere(refused.reason)
    except OSError as error:
        return _Nowhere(Reason("command.log.unwritable", {"file": excerpt(str(path)), "error": error_name(error)}))


class SharedFileHandler(logging.Handler):
    """A file that only its owner may read, from its first byte, and that several processes write and put aside."""

    def __init__(self, path: Path) -> None:
        """OSError where it cannot be written."""
        super().__init__()
        self.path = path
        self._file = _opened(path)

    def close(self) -> None:
        self.acquire()
        try:
            if self._file >= 0:
                os.close(self._file)
                self._file = -1
        finally:
            self.release()
        super().close()

    def emit(self, record: logging.LogRecord) -> None:
        """That a record cannot be written, on a full disk say, is no reason to print it, unredacted, on the screen."""
        try:
            line = (self.format(record) + "\n").encode("utf-8", "backslashreplace")
            with _alone(self.path.parent) as alone:
                self._find()
                if alone and 0 < os.fstat(self._file).st_size > _LARGEST - len(line):
                    self._put_aside()
                _write(self._file, line)
        except Exception:  # noqa: BLE001, S110 - a record's own arguments may not fit its text: nobody would see it
            pass

    def _find(self) -> None:
        """Have the file open that has the name now: another process may have put aside the one that had it."""
        try:
            there = self.path.stat()
        except FileNotFoundError:
            there = None
        mine = os.fstat(self._file)
        if there is None or (there.st_dev, there.st_ino) != (mine.st_dev, mine.st_ino):
            self._open()

    def _open(self) -> None:
        fresh = _opened(self.path)
        os.close(self._file)
        self._file = fresh

    def _put_aside(self) -> None:
        """Where the system doesn't let it be renamed, because another has it open, it is written on."""
        names = [self.path, *(self.path.with_name(f"{FILE_NAME}.{number}") for number in range(1, _KEPT + 1))]
        with suppress(OSError):
            for older, newer in zip(names[:0:-1], names[-2::-1], strict=True):
                if newer.exists():
                    put_aside(newer, older.name)
            self._open()


def _opened(path: Path) -> int:
    """OSError."""
    for _ in range(_OPENING_TRIES):
        with suppress(FileNotFoundError):  # another process has put it aside between a look and a grasp
            return open_to_append(path)
    return open_to_append(path)


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data):]


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Hold the folder's lock, which the system frees when a process dies: no file of its own is needed for it.

    False where it can't be had, and the line is written all the same: then nobody may put files aside.
    """
    try:
        import fcntl
    except ImportError:  # Windows, which doesn't let a file be renamed that another has open
        yield True
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        yield False
        return
    try:
        yield _taken(lambda: fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB))
    finally:
        os.close(descriptor)


def _taken(take: Callable[[], None]) -> bool:
    """Whether a lock was had, after a short wait if need be."""
    give_up = time.monotonic() + _LOCK_SECONDS
    while True:
        try:
            take()
        except BlockingIOError:
            if time.monotonic() > give_up:
                return False
            time.sleep(_LOCK_PAUSE)
        except OSError:  # a file system without locks: nobody can be waited for, and a log without an end helps nobody
            return True
        else:
            return True


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
        lines = [line for text in beneath for line in self._without_secrets(text).split("\n")]
        return "\n  | ".join(map(escaped, (self._without_secrets(head), *lines)))

    def _without_secrets(self, text: str) -> str:
        return _TOKEN_SHAPE.sub(MASK, self._redact(text))
