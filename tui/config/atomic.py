"""A file is replaced as a whole or not at all, and is the owner's alone from its first byte."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Final

PRIVATE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700


def real(path: Path) -> Path:
    """Where `path` leads: a configuration kept elsewhere is often a link, and the link must stay one."""
    return Path(os.path.realpath(path))


def make_folder(folder: Path) -> None:
    """`folder`, for its owner alone if it has to be made. OSError where that fails."""
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)


def replace_file(path: Path, data: bytes) -> None:
    """Make `data` the content of `path`, with the rights 0600; a link is followed.

    OSError where that fails: then what was there before is still there, whole.
    """
    target = real(path)
    make_folder(target.parent)
    # In the same folder: a rename is atomic only within one file system.
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(fresh, flags, PRIVATE)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise
    _keep_name(target.parent)


def _keep_name(folder: Path) -> None:
    """Have the rename survive a power cut, where the system lets a folder be opened; the file itself is in place."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
