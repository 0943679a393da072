"""What the machine lacks or refuses is told, and a mistake of the program's own is not put down to it."""

from __future__ import annotations

import errno

import pytest

from tui.core.shortage import shortage
from tui.i18n.words import Words


@pytest.mark.parametrize(("error", "code", "path"), [
    (MemoryError(), "memory", None), (SystemError("error return without exception set"), "memory", None),
    (RuntimeError("can't start new thread"), "processes", None),
    (BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"), "processes",
     "Resource temporarily unavailable"),
    (OSError(errno.EMFILE, "Too many open files", "/a"), "files", "/a"),
    (OSError(errno.ENFILE, "x", "/a"), "files", "/a"),
    (OSError(errno.ENOSPC, "No space left on device", "/a"), "room", "/a"),
    (OSError(errno.EFBIG, "x", "/a"), "size", "/a"),
    (PermissionError(errno.EACCES, "Permission denied", "/a"), "refused", "/a"),
    (FileNotFoundError(errno.ENOENT, "No usable temporary directory found"), "refused",
     "No usable temporary directory found"),
    (OSError("odd"), "refused", "OSError"), (ModuleNotFoundError("No module named 'x'"), "module", None),
    (ExceptionGroup("x", [ValueError(), MemoryError()]), "memory", None),
])
def test_it_is_told_in_both_languages(error: Exception, code: str, path: str | None) -> None:
    reason = shortage(error)
    assert reason is not None
    assert reason.code == f"command.short.{code}"
    assert path is None or reason.params["path"] == path
    for language in ("tr", "en"):
        assert Words(language).say(reason.code, **reason.params)


@pytest.mark.parametrize("error", [ValueError("x"), KeyError("x"), RuntimeError("x"), AttributeError("x")])
def test_a_mistake_is_a_mistake(error: Exception) -> None:
    assert shortage(error) is None


def test_what_was_merely_handled_is_no_reason_but_a_shortage_always_is() -> None:
    assert shortage(_while_handling(FileNotFoundError(errno.ENOENT, "x", "/a"))) is None
    found = shortage(_while_handling(MemoryError()))
    assert found is not None
    assert found.code == "command.short.memory"


def _while_handling(first: Exception) -> Exception:
    try:
        try:
            raise first
        except type(first):
            raise KeyError("then")  # noqa: B904 - what comes by the way, unnamed
    except KeyError as error:
        return error
