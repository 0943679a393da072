"""Whether the files that a connection to SQLite has open are still those at its path."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

# What has been committed and not yet moved into the file itself is in the first, and who reads what of it in the other.
_BESIDE: Final = ("-wal", "-shm")

Known = tuple[int, int, int]  # device, inode, and how long it was


def at(path: str | Path) -> Known | None:
    """What is at a path; None where there is nothing, or its file system has gone."""
    try:
        found = os.stat(path)  # noqa: PTH116 - asked at each commit: a Path takes three times as long
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino, found.st_size


class Whereabouts:
    """The file at `path`, and those beside it, as they were when they were opened.

    None of them gets shorter while it is open: one that has was overwritten by somebody else.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        # Links are followed by whoever opens it, and the others lie beside what they lead to.
        self._real = os.path.realpath(path)
        self._files = {name: found for name in (str(path), *(f"{self._real}{end}" for end in _BESIDE))
                       if (found := at(name)) is not None}
        self.device = self._files[str(path)][0] if str(path) in self._files else None

    def are_there(self) -> bool:
        """Whether all of them still are. A few microseconds."""
        if str(self._path) not in self._files:
            return False
        for name, known in self._files.items():
            found = at(name)
            if found is None or found[:2] != known[:2] or found[2] < known[2]:
                return False
            if found[2] > known[2]:
                self._files[name] = found
        return True

    def beside(self, end: str) -> Path:
        """The path of what belongs to it, whatever link leads to it."""
        return Path(f"{self._real}{end}")

    def left_behind(self) -> list[Path]:
        """What still lies beside the path of the file that was opened, where another one has come to it."""
        if self.is_the_one(at(self._path)):
            return []
        beside = (f"{self._real}{end}" for end in _BESIDE)
        return [Path(name) for name in beside
                if (found := at(name)) is not None and (known := self._files.get(name)) and found[:2] == known[:2]]

    def lose(self) -> None:
        """Nothing is open any more."""
        self._files.clear()

    def is_the_one(self, found: Known | None) -> bool:
        """Whether it is the same file that `at` has found at the path."""
        known = self._files.get(str(self._path))
        return found is not None and known is not None and found[:2] == known[:2]
