"""An İYS file of any size on its way into the store: read and kept in a thread of its own, by a connection of its own.

What the app asks of the store meanwhile waits for nothing. All of a file is taken in, or nothing.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from tui.core.futures import retrieve
from tui.core.reason import Reason
from tui.operations.services import NotPossible, Services
from tui.operations.short_turns import PAUSE_SECONDS, short_turns
from tui.store import StoreError
from tui.store.consents import ConsentImport, ImportNotes

if TYPE_CHECKING:  # their import would load what reads lists
    from tui.numbers.consent_columns import ConsentColumn
    from tui.numbers.consents import ConsentFile
    from tui.numbers.source import Source

log = logging.getLogger("santral.import")

# Which way of reading an İYS file was kept: what another one found in it is read anew.
_READING: Final = "1"
MAX_BRANDS: Final = 100  # that are noted
_LOOK_SECONDS: Final = 0.1


class ConsentSource(Struct, frozen=True):
    """A file, and how it is read: which columns are what, and which code a brand has that it has by name.

    `shown`: what it is called where nobody knows its path.
    """

    path: Path
    named: Mapping[ConsentColumn, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    shown: str = ""

    @property
    def name(self) -> str:
        return self.shown or str(self.path)


class ConsentProgress(Struct, frozen=True):
    """How far an import is: `rows` are read, `share` of the file, 0 to 1; None where that isn't known.

    Then `kept` of `of` consents are in the store.
    """

    rows: int = 0
    share: float | None = None
    kept: int = 0
    of: int = 0


ShowProgress = Callable[[ConsentProgress], None]


class _Stopped(Exception):
    """The import was given up by whoever waited for it."""


async def import_from(services: Services, source: ConsentSource, progress: ShowProgress) -> ConsentImport:
    """Put the consents of a file in the place of the profile's. `progress` is called some ten times a second.

    A cancellation ends it, and what was known stays; one that comes when all are there changes nothing. BadList;
    NotPossible where it holds no consent to calls; StoreError.
    """
    job = _Import(services, source)
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="consents")
    running = asyncio.wrap_future(pool.submit(job.run))
    running.add_done_callback(retrieve)  # whoever is cancelled twice doesn't wait for its end
    try:
        with short_turns():
            while not running.done():
                await asyncio.wait({running}, timeout=_LOOK_SECONDS)
                progress(job.progress())
        return await running
    except asyncio.CancelledError:
        job.stop()
        await asyncio.wait({running})
        if running.exception() is None:
            return running.result()  # too late to be given up: they hold
        raise
    finally:
        pool.shutdown(wait=False)


def columns_of(known: ConsentImport) -> dict[ConsentColumn, str]:
    """Which columns of a file were said to be what."""
    from tui.numbers.consent_columns import ConsentColumn

    return {ConsentColumn(column): name for column, name in known.named.items()}


def stamp_of(path: Path) -> str:
    """By which it is known whether a file has changed; "" where there is none: reading it says what is wrong."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{_READING} {os.fspath(path)} {found.st_size} {found.st_mtime_ns}"


class _Import:
    """One import. `run` blocks; `progress` and `stop` may be called from another thread meanwhile."""

    def __init__(self, services: Services, source: ConsentSource) -> None:
        self._store, self._profile, self._now = services.store, services.profile.name, services.now
        self._source = source
        self._stopped = threading.Event()
        self._open: Source | None = None
        self._rows = self._kept = self._of = 0

    def progress(self) -> ConsentProgress:
        share = self._open.share() if self._open is not None else None
        return ConsentProgress(self._rows, 1.0 if self._of else share, self._kept, self._of)

    def stop(self) -> None:
        self._stopped.set()
        if self._open is not None:
            self._open.give_up()

    def run(self) -> ConsentImport:
        source = self._source
        stamp = stamp_of(source.path)
        found = self._read()
        if not found.statements:
            raise NotPossible(Reason("operations.iys.none", {"path": source.name, "count": found.rows}))
        self._of = sum(map(len, found.statements.values()))
        file_at = min(self._now(), _written_at(source.path, self._now()))
        with self._store.apart() as store:
            made = store.consents.keep(
                self._profile, found.statements, path=source.name, stamp_="" if source.shown else stamp,
                named={column.value: name for column, name in source.named.items()}, file_at=file_at,
                notes=_notes(found, source.codes), at_row=self._kept_row)
            try:
                store.consents.clear_away(self._profile)
            except StoreError:
                log.warning("consents that no longer hold are cleared away by the next import", exc_info=True)
        return made

    def _read(self) -> ConsentFile:
        from tui.numbers.consents import read_consents
        from tui.numbers.source import open_list

        self._open = open_list(self._source.path)
        return read_consents(self._open, self._source.named, self._source.codes, self._read_row)

    def _read_row(self, rows: int) -> None:
        self._rows = rows
        self._go_on()

    def _kept_row(self, kept: int) -> None:
        self._kept = kept
        self._go_on()

    def _go_on(self) -> None:
        if self._stopped.is_set():
            raise _Stopped
        time.sleep(PAUSE_SECONDS)


def _notes(found: ConsentFile, codes: Mapping[str, str]) -> ImportNotes:
    return ImportNotes(
        rows=found.rows, others=dict(sorted(found.others.items())), unread=found.unread, places=found.places,
        undated=found.undated, contradictions=found.contradictions, skipped=found.skipped, codes=dict(codes),
        brands=tuple(sorted({brand for _, brand in found.statements})[:MAX_BRANDS]))


def _written_at(path: Path, now: dt.datetime) -> dt.datetime:
    try:
        return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    except (OSError, OverflowError, ValueError):  # it went meanwhile
        return now
