"""Whether the files that a connection to SQLite has open are still those at its path, and hold what is its."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.core.clock import seconds_since
from tui.core.files import empty_file, replace_file
from tui.store.migrate import APPLICATION_ID

if TYPE_CHECKING:  # loaded by who receives
    from tui.store.spool import Spool

# What has been committed and not yet moved into the file itself is in the first, and who reads what of it in the other.
_BESIDE: Final = ("-wal", "-shm")

_LOOKS: Final = 4  # at a file that can't be read: another process may be amid writing its tables anew
_PAUSE_SECONDS: Final = 0.02
_TICK_SECONDS: Final = 0.1  # within which a file system may give the same time twice
_NANOSECONDS: Final = 1e9

# Of the file alone, as `santral_schema` is of a schema of PostgreSQL's: no table of the store's.
TABLE: Final = "santral_file"
MAKE: Final = (
    "CREATE TABLE IF NOT EXISTS santral_file (identity TEXT PRIMARY KEY, writes INTEGER NOT NULL) WITHOUT ROWID",
    "INSERT INTO santral_file (identity, writes) SELECT lower(hex(randomblob(16))), 0 "
    "WHERE NOT EXISTS (SELECT 1 FROM santral_file)",
)
COUNT: Final = "UPDATE santral_file SET writes = writes + 1 WHERE identity = ?"
IDENTITY: Final = "SELECT identity FROM santral_file"

FileStat = tuple[int, int, int, int]  # device, inode, how long it was, and when it was written (ns)


class FileMark(NamedTuple):
    """Whose content a file has, and how often that has been written. A copy has the same identity, and fewer writes."""

    identity: str
    writes: int


NOT_OURS: Final = FileMark("", 0)
_UNREADABLE: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR)
_PRIMARY: Final = 0xFF  # of SQLite's extended result codes


def mark_in(path: Path) -> FileMark | None:
    """What stands in the file itself, whatever its log has: NOBODYS where it is none of ours.

    None where it can't be made out, as while its tables are written anew. Read by SQLite: this process would lose its
    locks on the file if anybody else closed it. Raises sqlite3.Error where it can't be opened.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            # As long as somebody reads, a checkpoint may leave the file shorter than it says: no damage.
            connection.execute("PRAGMA writable_schema = ON")
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                return NOT_OURS
            row = connection.execute("SELECT identity, writes FROM santral_file").fetchone()
        return None if row is None else FileMark(*row)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & _PRIMARY == sqlite3.SQLITE_NOTADB:
            return NOT_OURS
        if error.sqlite_errorcode & _PRIMARY in _UNREADABLE:
            return None
        raise


def at(path: str | Path) -> FileStat | None:
    """What is at a path; None where there is nothing, or its file system has gone."""
    try:
        found = os.stat(path)  # noqa: PTH116 - asked at each commit: a Path takes three times as long
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def spool_of(path: Path) -> Spool:
    """Beside what the path leads to, on the file system that it is on now."""
    from tui.store.spool import Spool

    found = at(path)
    return Spool(_beside(os.path.realpath(path), ".spool"), None if found is None else found[0])


def _beside(real: str, end: str) -> Path:
    return Path(f"{real}{end}")


class OpenFiles:
    """The file at `path`, and those beside it, as they were when they were opened.

    None of them gets shorter while it is open: one that has was overwritten by somebody else. So was the file where
    its mark is not `identity`'s any more, or counts fewer writes than before. It is written whenever a part of its log
    is moved into it, and only then: its mark needs to be looked at no more often.
    """

    def __init__(self, path: Path, identity: str = "") -> None:
        self._path = path
        self._identity = identity
        mark = mark_in(path) if identity else None  # sqlite3.Error
        self._writes = mark.writes if mark is not None and mark.identity == identity else None
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
            if found[2:] != known[2:]:
                if name == str(self._path) and not self._holds_its_own():
                    return False
                is_over = seconds_since(found[3] / _NANOSECONDS) > _TICK_SECONDS
                self._files[name] = found if is_over else (*found[:3], 0)
        return True

    def keep_the_log_out(self) -> None:
        """Where another content was written over the file's: keep out of it what was committed to the one before.

        Whoever closes the file would move its log into it. The log is kept as another file, and emptied: once, by
        whoever notices first, as what comes into it from then on is the other's. Raises OSError, sqlite3.Error.
        """
        if not self._is_overwritten():
            return
        log = self.beside("-wal")
        aside = log.with_name(f"{self._path.name}.replaced-wal")
        if not self._log_was_taken(log, aside):
            replace_file(aside, log.read_bytes())
            empty_file(log)
        self.lose()

    def _is_overwritten(self) -> bool:
        """Whether the file is the same, and what it holds is certainly another's."""
        if self._writes is None or not self.is_the_one(at(self._path)):
            return False
        mark = mark_in(self._path)
        return mark is not None and not self._is_its_own(mark)

    def _log_was_taken(self, log: Path, aside: Path) -> bool:
        """Whether somebody has done so since the file was overwritten, or there is none."""
        there, known, taken, file = at(log), self._files.get(str(log)), at(aside), at(self._path)
        if there is None or known is None or not there[2] or there[2] < known[2]:
            return True
        return taken is not None and file is not None and taken[3] >= file[3]

    def _holds_its_own(self) -> bool:
        if self._writes is None:  # it had no mark when it was opened
            return True
        mark = mark_in(self._path)
        for _ in range(_LOOKS):
            if mark is not None:
                break
            time.sleep(_PAUSE_SECONDS)
            mark = mark_in(self._path)
        if mark is None or not self._is_its_own(mark):
            return False
        self._writes = mark.writes
        return True

    def _is_its_own(self, mark: FileMark) -> bool:
        return mark.identity == self._identity and mark.writes >= (self._writes or 0)

    def beside(self, end: str) -> Path:
        """The path of what belongs to it, whatever link leads to it."""
        return _beside(self._real, end)

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

    def is_the_one(self, found: FileStat | None) -> bool:
        """Whether it is the same file that `at` has found at the path."""
        known = self._files.get(str(self._path))
        return found is not None and known is not None and found[:2] == known[:2]
