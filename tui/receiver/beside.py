"""What the store does not take is kept in files beside it, acknowledged, and ingested as soon as it can be."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Final

from tui.campaign.results import Unreadable
from tui.core.reason import Reason
from tui.receiver.reading import read
from tui.receiver.receiver_store import ReceiverStore
from tui.store import (
    Delivery,
    IngestResult,
    StoreBusy,
    StoreError,
    StoreFull,
    StoreGone,
    StoreReadOnly,
    StoreThread,
    StoreUnsure,
)
from tui.store.spool import Spool, Spooled

log = logging.getLogger("santral.receiver")

# These concern whatever is written, and pass.
PASSING: Final = (StoreBusy, StoreFull, StoreGone, StoreReadOnly, StoreUnsure)
_TRY_SECONDS: Final = 1.0
_LOOK_SECONDS: Final = 10.0  # for what other receivers have left behind


class Beside:
    """`why`: for what the store takes nothing at the moment; it is not asked then by whoever waits for an answer.

    Files that others have left behind are ingested too, whoever is first. `on_ingest` is called after each file with
    what went wrong with it, or None.
    """

    def __init__(self, place: ReceiverStore, thread: StoreThread, spool: Spool,
                 on_ingest: Callable[[Exception | None], None]) -> None:
        self._place, self._thread, self._spool, self._on_ingest = place, thread, spool, on_ingest
        self.why: Exception | None = None
        self.waiting = 0
        self._late: set[asyncio.Task[None]] = set()
        self._something = asyncio.Event()
        self._aside: dict[str, int] = {}  # files that this store has no use for → which store that was
        self._turn = asyncio.Lock()

    async def put(self, requests: Sequence[Spooled]) -> list[str]:
        """Keep requests in a file, or two where the tokens of some were not judged; their names. OSError."""
        parts = [[request for request in requests if request.judged is judged] for judged in (True, False)]
        async with self._turn:
            names = [await asyncio.to_thread(self._spool.put, part) for part in parts if part]
            self.waiting += len(requests)
        self._something.set()
        return names

    def follow(self, commit: asyncio.Future[list[IngestResult | Exception]], names: Sequence[str]) -> None:
        """Take files away whose requests a commit that was not waited for has kept all the same."""

        async def end() -> None:
            if not any(isinstance(one, Exception) for one in await commit):
                await asyncio.to_thread(self._spool.remove, names)

        self._late.add(task := asyncio.create_task(end()))
        task.add_done_callback(self._late.discard)

    async def go_on(self) -> None:
        """Take in what waits, whenever the store works; for ever."""
        await asyncio.to_thread(self._spool.clear_away)
        while True:
            try:
                await self._take_all()
            except Exception:
                log.exception("what waits was not taken in")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._something.wait(), _TRY_SECONDS if self.why else _LOOK_SECONDS)
            if self._something.is_set():
                self._something.clear()
                await asyncio.sleep(_TRY_SECONDS)

    async def _take_all(self) -> None:
        while self._late:
            await asyncio.wait(self._late)
        jobs: list[Callable[[], int]] = [
            partial(self._take, name) for name in await asyncio.to_thread(self._spool.names)
            if self._aside.get(name) != self._place.times]
        if not jobs and self._place.why is not None:
            jobs = [self._open]  # whoever comes next is not to wait for that
        for job in jobs:
            try:
                count = await self._thread(job)
            except StoreError as failure:
                self.why = failure
                self._on_ingest(failure)
                break
            self.why = None
            self._on_ingest(None)
            log.info("%s requests that waited were taken in", count)
        else:
            self.why = None  # whether it works is not known until someone comes
        async with self._turn:
            self.waiting = await asyncio.to_thread(self._spool.waiting)

    def _open(self) -> int:
        """In the store's thread: open it where that can be done. Nothing is ingested by that."""
        self._spool = self._place().spool
        return 0

    def _take(self, name: str) -> int:
        """In the store's thread: ingest a file, once; how many requests were."""
        store = self._place()
        self._spool = store.spool
        try:
            requests = self._spool.read(name)
        except FileNotFoundError:  # another receiver was first
            return 0
        known = store.deliveries.known(request.token for request in requests)
        # Their tokens were this store's once: another store is at its path now, and these wait for theirs.
        strange = [request for request in requests if request.judged and request.token not in known]
        if strange and len(strange) == len(requests):
            self._aside[name] = self._place.times
            return 0
        if strange:
            name, aside = self._spool.divide(name, ([one for one in requests if one not in strange], strange))
            self._aside[aside] = self._place.times
            requests = [one for one in requests if one not in strange]
        try:
            store.deliveries.ingest([_delivery(request) for request in requests], spooled=name)
        except PASSING:
            raise
        except Exception as failure:
            log.exception("a file of what waits was not taken in")
            return self._take_apart(name, requests, failure)
        self._spool.remove([name])
        return len(requests)

    def _take_apart(self, name: str, requests: Sequence[Spooled], failure: Exception) -> int:
        """One request that can't be kept keeps none of the others out."""
        if len(requests) > 1:
            middle = len(requests) // 2
            return sum(map(self._take, self._spool.divide(name, (requests[:middle], requests[middle:]))))
        one = requests[0]
        why = Reason("receiver.unreadable.not_kept", {"problem": type(failure).__name__})
        try:
            self._place().deliveries.ingest([Delivery(one.token, one.at, Unreadable(one.body, why))], spooled=name)
        except PASSING:
            raise
        except StoreError:
            log.exception("a request that waits is left where it is")
            self._aside[name] = self._place.times
            return 0
        self._spool.remove([name])
        return 1


def _delivery(request: Spooled) -> Delivery:
    return Delivery(request.token, request.at, read(request.body))
