"""What SQLite's failures are called here."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Mapping
from typing import Final

from tui.store.errors import StoreBusy, StoreDamaged, StoreError, StoreFailed, StoreFull, StoreReadOnly

_FILES: Final = 4  # that an open database has: itself, its log, the log's index, and a folder for a moment
_LOWEST_BYTE: Final = 0xFF  # SQLite's extended result codes keep the primary one there
# Of the extended codes of a failed input or output, the one that a full disk gives where even readers need some room.
_NO_ROOM: Final = sqlite3.SQLITE_IOERR_SHMSIZE

_ERRORS: Final[Mapping[int, type[StoreError]]] = {
    sqlite3.SQLITE_BUSY: StoreBusy, sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_READONLY: StoreReadOnly, sqlite3.SQLITE_CANTOPEN: StoreReadOnly, sqlite3.SQLITE_PERM: StoreReadOnly,
    sqlite3.SQLITE_CORRUPT: StoreDamaged, sqlite3.SQLITE_NOTADB: StoreDamaged,
}
_CODES: Final[Mapping[type[StoreError], str]] = {
    StoreBusy: "store.busy", StoreFull: "store.full", StoreReadOnly: "store.read_only", StoreDamaged: "store.damaged",
    StoreFailed: "store.failed",
}


def meaning_of(error: sqlite3.Error) -> tuple[type[StoreError], str]:
    """The store's own error for one of sqlite3's, with the code of its sentence."""
    code = getattr(error, "sqlite_errorcode", 0)
    kind = StoreFull if code == _NO_ROOM else _ERRORS.get(code & _LOWEST_BYTE, StoreFailed)
    if code & _LOWEST_BYTE == sqlite3.SQLITE_CANTOPEN and _no_more_files():
        return StoreBusy, "store.files"
    return kind, _CODES[kind]


def _no_more_files() -> bool:
    """Whether so many are open that a database can't be: SQLite's error is the same as for a file it may not open."""
    opened: list[int] = []
    try:
        opened.extend(os.open(os.devnull, os.O_RDONLY) for _ in range(_FILES))
    except OSError as error:
        return error.errno in (errno.EMFILE, errno.ENFILE)
    finally:
        for descriptor in opened:
            os.close(descriptor)
    return False
