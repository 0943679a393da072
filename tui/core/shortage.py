"""What the machine lacks or refuses, where that is why something failed: no mistake of the program's own."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tui.core.causes import causes, error_name
from tui.core.reason import Reason
from tui.core.sanitize import excerpt

_ERRORS: Final[Mapping[int, str]] = {
    errno.EMFILE: "command.short.files", errno.ENFILE: "command.short.files", errno.ENOMEM: "command.short.memory",
    errno.EAGAIN: "command.short.processes", errno.ENOSPC: "command.short.room", errno.EDQUOT: "command.short.room",
    errno.EFBIG: "command.short.size",
}
_NO_THREAD: Final = "can't start new thread"


def shortage(error: BaseException) -> Reason | None:
    """The sentence for a failure of the machine's; None where nothing says that it is one."""
    short = (reason for cause in causes(error) if (reason := _short(cause)) is not None)
    refused = (reason for cause in causes(error, by_the_way=False) if (reason := _refused(cause)) is not None)
    return next(short, None) or next(refused, None)


def _short(cause: BaseException) -> Reason | None:
    """What there is too little of: whatever is raised while that is handled comes of it."""
    if isinstance(cause, MemoryError | SystemError):  # the latter is Python's own, without room for another error
        return Reason("command.short.memory")
    if isinstance(cause, RuntimeError) and _NO_THREAD in str(cause):
        return Reason("command.short.processes")
    code = _ERRORS.get(cause.errno or 0) if isinstance(cause, OSError) else None
    return None if code is None else Reason(code, {"path": _path(cause)})


def _refused(cause: BaseException) -> Reason | None:
    if isinstance(cause, ImportError):
        return Reason("command.short.module", {"error": excerpt(str(cause))})
    if isinstance(cause, OSError):
        return Reason("command.short.refused", {"path": _path(cause), "error": error_name(cause)})
    return None


def _path(error: BaseException) -> str:
    """What it is about; where the system names no file, what it says itself."""
    named = getattr(error, "filename", None)
    subject = named if isinstance(named, str | Path) else getattr(error, "strerror", None)
    return excerpt(str(subject or type(error).__name__))
