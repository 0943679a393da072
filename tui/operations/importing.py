"""A list of any size on its way into a draft: read, mapped and judged in one thread, kept by another.

The database is another connection's: what the app asks of the store meanwhile waits for nothing. All of a list is taken
in, or nothing.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from tui.campaign.numbering import NumberKind
from tui.campaign.phone import plain_turkish
from tui.campaign.phone_list import validate_row
from tui.campaign.phrase import is_plain
from tui.campaign.reference import LONGEST, is_too_long, kept_reference
from tui.core.futures import retrieve
from tui.core.reason import Reason
from tui.operations.services import Services
from tui.operations.short_turns import PAUSE_SECONDS, short_turns
from tui.store import StoreError, Summary
from tui.store.columns import reason_columns

if TYPE_CHECKING:  # their import would load what reads lists
    from tui.numbers.listing import ListOptions
    from tui.numbers.rows import SourceRow
    from tui.numbers.source import Source
    from tui.store import Store
    from tui.store.list_building import Builder

log = logging.getLogger("santral.import")

_CHUNK: Final = 5_000  # rows that are judged, or kept, at once
# Chunks that may wait to be kept: as many as are judged while as many are moved into the database.
_AHEAD: Final = 50
# With so many chunks waiting, judging gives way to keeping: at once, each would take the other's turns.
_ENOUGH: Final = 5
_LOOK_SECONDS: Final = 0.1
RowValues = tuple[Any, ...]
Chunk = tuple[list[RowValues], list[RowValues]]


class ImportProgress(Struct, frozen=True):
    """How far an import is. `share` of the file is read, 0 to 1; None where that isn't known."""

    rows: int
    share: float | None


class Imported(Struct, frozen=True):
    """What an import has brought, and the list as it is now."""

    rows: int
    summary: Summary
    cut: int = 0  # rows whose reference is too long to be kept whole


class _Stopped(Exception):
    """The import was given up by whoever waited for it."""


async def import_list(services: Services, campaign_id: int, source: Source, options: ListOptions | None = None, *,
                      progress: Callable[[ImportProgress], None] = lambda _: None) -> Imported:
    """Append the rows of a list to a draft's; all or nothing.

    `progress` is called on the event loop, some ten times a second. A cancellation ends it at once, and the list is as
    it was. BadList, BadTemplate; WrongState, Changed, StoreError.
    """
    job = _Import(services.store, campaign_id, source, options)
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="import")
    running = asyncio.wrap_future(pool.submit(job.run))
    running.add_done_callback(retrieve)
    try:
        with short_turns():
            while not running.done():
                await asyncio.wait({running}, timeout=_LOOK_SECONDS)
                progress(job.progress())
        rows = await running
        summary = await services.thread(services.store.numbers.summary, campaign_id)
    except asyncio.CancelledError:
        job.stop()
        # After `run`, and in its thread: a second cancellation, by a screen that is left, does not keep it from that.
        taking_back = asyncio.wrap_future(pool.submit(job.take_back))
        await asyncio.wait({taking_back})
        taking_back.result()
        raise
    finally:
        # Nobody waits for what is cleared away: a million rows may take some seconds.
        pool.submit(job.clean)
        pool.shutdown(wait=False)
    log.info("import into campaign %s: %s rows", campaign_id, rows)
    return Imported(rows, summary, job.cut)


class _Import:
    """One import. `run` blocks; the others may be called from another thread meanwhile."""

    def __init__(self, store: Store, campaign: int, source: Source, options: ListOptions | None) -> None:
        self._store = store
        self._campaign = campaign
        self._source = source
        self._options = options
        self._stopped = threading.Event()
        self._chunks: queue.Queue[Chunk | None] = queue.Queue(_AHEAD)
        self._may_judge = threading.Event()
        self._failure: BaseException | None = None
        self._rows = 0
        self.cut = 0
        self._read = False  # to its end
        self._step = 0
        self._apart: Store | None = None  # open till `clean`
        self._held = ExitStack()

    def progress(self) -> ImportProgress:
        return ImportProgress(self._rows, 1.0 if self._read else self._source.share())

    def stop(self) -> None:
        self._stopped.set()
        self._source.give_up()

    def run(self) -> int:
        """How many rows it were."""
        self._apart = store = self._held.enter_context(self._store.apart())
        builder = store.numbers.building(self._campaign, self._may_judge.set)
        self._held.callback(builder.clear_away)
        self._held.callback(builder.close)
        keeper = threading.Thread(target=self._keep, args=(builder,), name="import-keeper")
        keeper.start()
        try:
            for chunk in self._judged(builder.next_position):
                self._hand_on(chunk)
                time.sleep(PAUSE_SECONDS)  # judging has the time: keeping is slower
            self._read = True
            self._hand_on(None)
        except BaseException:
            self._stopped.set()
            raise
        finally:
            keeper.join()
        if self._failure is not None:
            raise self._failure
        if self._stopped.is_set():
            raise _Stopped
        self._step = builder.finish()
        return builder.rows

    def clean(self) -> None:
        """Let go of all that was held. Called in the thread of `run`, after it."""
        try:
            self._held.close()
        except StoreError:
            log.warning("rows of an import that was given up are cleared away by the next one", exc_info=True)

    def take_back(self) -> None:
        """Undo what `run` has done, unless something was done after it. Called in the thread of `run`, after it."""
        if self._step and self._apart is not None:
            last = self._apart.numbers.steps(self._campaign)
            if last and last[0].id == self._step:
                self._apart.numbers.undo(self._campaign)

    def _hand_on(self, chunk: Chunk | None) -> None:
        while not self._stopped.is_set():
            try:
                self._chunks.put(chunk, timeout=_LOOK_SECONDS)
            except queue.Full:
                continue
            while not (self._may_judge.wait(_LOOK_SECONDS) or self._stopped.is_set()):
                pass
            return
        raise self._failure or _Stopped

    def _keep(self, builder: Builder) -> None:
        try:
            while not self._stopped.is_set():
                if self._chunks.qsize() < _ENOUGH:
                    self._may_judge.set()
                else:
                    self._may_judge.clear()
                try:
                    chunk = self._chunks.get(timeout=_LOOK_SECONDS)
                except queue.Empty:
                    continue
                if chunk is None:
                    return
                builder.put(*chunk)
        except BaseException as failure:  # noqa: BLE001 - raised again by the thread that is waited for
            self._failure = failure
            self._stopped.set()

    def _judged(self, position: int) -> Iterator[Chunk]:
        """A loop of its own for speed: a million rows go through it."""
        plain: list[RowValues] = []
        odd: list[RowValues] = []
        first, look, mobile = position, plain_turkish(), str(NumberKind.MOBILE)
        rows, referred = self._source_rows()
        for line, typed, phrase, lang, misfit, reference in rows:
            found = look(typed)
            if (found is not None and found.lastgroup == mobile and not lang and misfit is None
                    and (not phrase or is_plain(phrase))):
                plain.append((position, typed, phrase, self._kept(reference)) if referred
                             else (position, typed, phrase))
            else:
                odd.append(_odd_row(position, line, typed, phrase, lang, misfit, self._kept(reference)))
            position += 1
            if position - first >= _CHUNK:
                yield plain, odd
                self._rows += position - first
                plain, odd, first = [], [], position
        yield plain, odd
        self._rows += position - first


    def _source_rows(self) -> tuple[Iterator[SourceRow], bool]:
        """The rows of the list, and whether they have references."""
        from tui.numbers.columns import Role
        from tui.numbers.listing import AS_FOUND, find
        from tui.numbers.rows import read

        options = self._options or AS_FOUND
        return read(self._source, options), find(self._source, options).place(Role.REFERENCE) is not None

    def _kept(self, reference: str) -> str:
        if len(reference) <= LONGEST or not is_too_long(reference):
            return reference
        self.cut += 1
        return kept_reference(reference)


def _odd_row(position: int, line: int, typed: str, phrase: str, lang: str, misfit: Reason | None,
             reference: str) -> RowValues:
    phone, problem, valid, kind, _odd = validate_row(typed, phrase, lang)
    if misfit is not None:
        phone, problem = None, misfit
    if problem is not None:
        kind = None
    return (position, typed, phone, phrase, lang, *reason_columns(problem), kind or "", int(valid),
            line if problem is not None or not valid else None, reference)
