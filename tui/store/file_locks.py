"""The one name of a database's file, and whether locks hold where it lies."""

from __future__ import annotations

import errno
import os
import re
import stat
import tempfile
from pathlib import Path
from typing import Final

from tui.core.reason import Reason
from tui.store.errors import StoreError, StoreManyNames, StoreNoLocks, by_the_system

_MOUNTS: Final = Path("/proc/self/mountinfo")
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")
# What a file system answers that keeps no locks (NFS without its lock service, some of FUSE and of 9p).
_NO_LOCKS: Final = frozenset({errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP})


def real(path: Path) -> Path:
    """The file's own path: whoever comes by a link stands beside whoever doesn't."""
    return Path(os.path.realpath(path))


def check_one_name(path: Path) -> None:
    """StoreManyNames where the file that a path leads to has another name too.

    SQLite keeps its side files beside the name it was given: by two names a database is two, and each harms the other.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise by_the_system(error, path) from error
    if found.st_nlink > 1 and not stat.S_ISDIR(found.st_mode):  # what else is in its place is named by whoever opens it
        raise StoreManyNames(Reason("store.hard_link", {"path": str(path)}))
    if str(real(path)) in _mount_points():
        raise StoreManyNames(Reason("store.mounted_file", {"path": str(path)}))


def _mount_points() -> set[str]:
    """By the system's own table (proc(5), mountinfo: the fifth field, with octal escapes); empty where it has none."""
    try:
        table = os.fsdecode(_MOUNTS.read_bytes())
    except OSError:
        return set()
    fields = (line.split(" ", 5) for line in table.splitlines())
    return {_ESCAPED.sub(lambda code: chr(int(code[1], 8)), found[4]) for found in fields if len(found) > 4}


def lock_failure(error: OSError, path: Path) -> StoreError:
    """The store's error for one of the system's that came of a lock."""
    if error.errno in _NO_LOCKS:
        return no_locks(path)
    return by_the_system(error, path)


def no_locks(path: Path) -> StoreNoLocks:
    """The error where a folder's file system keeps no locks."""
    return StoreNoLocks(Reason("store.no_locks", {"path": str(path)}))


def keeps_locks(folder: Path) -> bool:
    """Whether a file in the folder can be locked as SQLite does it. True where that can't be tried."""
    try:
        import fcntl
    except ImportError:  # not on Windows, whose file systems all keep locks
        return True
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            fcntl.lockf(probe, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _NO_LOCKS
    return True
