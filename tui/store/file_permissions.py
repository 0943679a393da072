"""Whose a store's file is, and who else on the machine can read or change it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from tui.core.files import PRIVATE, owner_name, trusted
from tui.core.reason import Reason

BESIDE: Final = ("", "-wal", "-shm", "-journal")
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_ROOT: Final = 0


def keep_private(path: Path) -> tuple[Reason, ...]:
    """Close one's own store to others; what has to be said of that, and of what can't be closed.

    Files of another user, and folders, are named and left as they are.
    """
    if os.name != "posix":
        return ()
    real = Path(os.path.realpath(path))
    return (*_of_the_file(path, real), *_of_the_folder(path, real.parent))


def _of_the_file(path: Path, real: Path) -> Iterator[Reason]:
    found = [(name, about) for end in BESIDE if (about := _about(name := f"{real}{end}")) is not None]
    strangers = [about.st_uid for _name, about in found if about.st_uid not in (os.geteuid(), _ROOT)]
    if strangers:
        yield Reason("store.of_another", {"path": str(path), "owner": owner_name(strangers[0])})
        return
    open_ones = [name for name, about in found if about.st_mode & _OTHERS]
    if open_ones:
        closed = all(map(_close, open_ones))
        yield Reason("store.closed" if closed else "store.open_to_others", {"path": str(path)})


def _about(name: str) -> os.stat_result | None:
    with suppress(OSError):
        return os.lstat(name)
    return None


def _close(name: str) -> bool:
    """Whether the file is closed to others now."""
    # Not a descriptor that reads: closing one takes away every lock that this process has on the file.
    flags = getattr(os, "O_PATH", os.O_RDONLY) | os.O_NOFOLLOW
    try:
        descriptor = os.open(name, flags)
    except OSError:
        return False
    try:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            if hasattr(os, "O_PATH"):
                os.chmod(f"/proc/self/fd/{descriptor}", PRIVATE)  # noqa: PTH101 - the descriptor's own name
            else:
                os.fchmod(descriptor, PRIVATE)
        return not os.fstat(descriptor).st_mode & _OTHERS
    except OSError:
        return False
    finally:
        os.close(descriptor)


def _of_the_folder(path: Path, folder: Path) -> Iterator[Reason]:
    for above in (folder, *folder.parents):
        found = _about(str(above))
        if found is None:
            continue
        if above == folder and not trusted(found.st_uid):
            yield Reason("store.folder_of_another", {"path": str(path), "folder": str(above),
                                                     "owner": owner_name(found.st_uid)})
            return
        if _written_by_others(found):
            yield Reason("store.folder_open", {"path": str(path), "folder": str(above)})
            return


def _written_by_others(found: os.stat_result) -> bool:
    """Whether somebody else may take away what lies in the folder and put another in its place."""
    if found.st_mode & stat.S_ISVTX:
        return False
    by_group = found.st_mode & stat.S_IWGRP and not _is_alone_in(found.st_gid)
    return bool(by_group or found.st_mode & stat.S_IWOTH)


def _is_alone_in(group: int) -> bool:
    """Whether it is a group that many systems give to each user, of whom it has no other."""
    import grp
    import pwd

    try:
        name, _password, _number, members = grp.getgrgid(group)
        own = pwd.getpwuid(os.geteuid())
    except KeyError:
        return False
    return group == own.pw_gid and name == own.pw_name and set(members) <= {own.pw_name}
