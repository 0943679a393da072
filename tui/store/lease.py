"""Which process holds what is in flight: known by a lock that is freed when the process dies, however it dies."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tui.core.files import make_folder
from tui.store.file_identity import FileStat, at
from tui.store.file_locks import check_one_name, lock_failure, no_locks, real

if TYPE_CHECKING:
    from filelock import BaseFileLock


class Lease(Protocol):
    """This store's own lock, taken when first needed and kept until `release`; and whether others' are still held."""

    def name(self) -> str:
        """The name that rows are marked with. The lock is held when it is returned. StoreError."""

    def claimed(self, name: str) -> AbstractContextManager[bool]:
        """Whether the process of that name has died. While the block runs nobody else finds the same. StoreError."""

    def holds(self, name: str) -> bool:
        """Whether this store has that name's lock, and has had it since it took it: nobody can have given it up."""

    def release(self) -> None:
        """Give up the lock: what is marked with its name is given up by whoever recovers next."""


class FileLease:
    """A lock on a file beside the database's own, whatever path led there, which the system frees."""

    def __init__(self, database: Path) -> None:
        self._database = real(database)
        self._folder = self._database.with_name(f"{self._database.name}.holders")
        self._name = ""
        self._file: FileStat | None = None
        self._lost: set[str] = set()  # names of this store whose files were taken away
        self._lock: BaseFileLock | None = None
        self._guard = threading.Lock()

    def name(self) -> str:
        with self._guard:
            if self._lock is not None and not self._in_place():
                # What is marked with it may be given up by anybody; what begins now is not to be.
                self._lost.add(self._name)
                self._lock.release()
                self._lock = None
            if self._lock is None:
                check_one_name(self._database)
                name = secrets.token_hex(16)
                lock = self._file_lock(name)
                if not self._take(lock) or self._take(self._file_lock(name)):
                    # Another's could be taken as well, with its owner alive.
                    raise no_locks(self._folder)
                self._name, self._lock, self._file = name, lock, at(self._path(name))
            return self._name

    def holds(self, name: str) -> bool:
        with self._guard:
            return self._lock is not None and name == self._name and self._in_place()

    @contextmanager
    def claimed(self, name: str) -> Iterator[bool]:
        if name == self._name or name in self._lost:
            yield False
            return
        lock = self._file_lock(name)
        if not self._take(lock):
            yield False
            return
        try:
            yield True
        finally:
            lock.release()
            self._remove(name)

    def release(self) -> None:
        with self._guard:
            if self._lock is not None:
                self._lock.release()
                self._remove(self._name)
                self._lock, self._file, self._name = None, None, ""
            self._lost.clear()

    def _in_place(self) -> bool:
        return self._file is not None and self._file == at(self._path(self._name))

    def _take(self, lock: BaseFileLock) -> bool:
        from filelock import Timeout

        try:
            make_folder(self._folder)
            lock.acquire(blocking=False)
        except Timeout:
            return False
        except OSError as error:
            raise lock_failure(error, self._folder) from error
        return True

    def _remove(self, name: str) -> None:
        # An empty file that stays behind says nothing: it is the lock on it that counts.
        with suppress(OSError):
            self._path(name).unlink()

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.lock"

    def _file_lock(self, name: str) -> BaseFileLock:
        from filelock import FileLock

        # Any thread may release it, and two stores of one process are as strange to each other as two processes.
        # Where there are no locks, none is imitated by a file that a dead process would leave behind.
        return FileLock(self._path(name), mode=0o600, thread_local=False, is_singleton=False, fallback_to_soft=False)
