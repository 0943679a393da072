"""Persist, then acknowledge: what comes is kept in groups, with one commit for all that came during the last."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct, field

from tui.campaign.results import Unreadable
from tui.core.reason import Reason
from tui.receiver.beside import PASSING, Beside
from tui.receiver.receiver_store import ReceiverStore
from tui.store import Delivery, IngestResult, StoreBusy, StoreGone, StoreThread
from tui.store.spool import Spooled

log = logging.getLogger("santral.receiver")

MAX_AT_ONCE: Final = 512
# For the store, by whoever waits for an answer. Databases wait for each other a little less long.
WAIT_SECONDS: Final = 12.0


class _Waiting(Struct):
    delivery: Delivery
    body: bytes
    judged: bool
    kept: asyncio.Future[IngestResult] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def spooled(self) -> Spooled:
        return Spooled(self.delivery.token, self.delivery.received_at, self.body, self.judged)


class Ingest:
    """Keeps deliveries. `on_group` is called after each group with what went wrong, or None."""

    def __init__(self, place: ReceiverStore, thread: StoreThread, beside: Beside,
                 on_group: Callable[[Exception | None], None]) -> None:
        self._place, self._thread, self._beside, self._on_group = place, thread, beside, on_group
        self._waiting: list[_Waiting] = []
        self._work: asyncio.Task[None] | None = None

    async def keep(self, delivery: Delivery, body: bytes, *, judged: bool = True) -> IngestResult:
        """Returns when it is on the disk. `body` is what it was read from. StoreError, OSError: it isn't kept.

        `judged`: its token is known; what could not be judged is kept beside the store until it can.
        """
        waiting = _Waiting(delivery, body, judged)
        self._waiting.append(waiting)
        if self._work is None:
            self._work = asyncio.create_task(self._keep_all())
        return await waiting.kept

    async def drain(self) -> None:
        """Returns when everything that came is kept."""
        while self._work is not None:
            await asyncio.wait([self._work])

    async def _keep_all(self) -> None:
        try:
            while self._waiting:
                await self._gather()
                group, self._waiting = self._waiting[:MAX_AT_ONCE], self._waiting[MAX_AT_ONCE:]
                for waiting, one in await self._keep_group(group):
                    if waiting.kept.done():  # whoever waited was cancelled
                        continue
                    if isinstance(one, Exception):
                        waiting.kept.set_exception(one)
                    else:
                        waiting.kept.set_result(one)
        finally:
            self._work = None

    async def _gather(self) -> None:
        """Let everything in that is here already: a commit costs much the same for one as for many."""
        count = 0
        while count < len(self._waiting) < MAX_AT_ONCE:
            count = len(self._waiting)
            await asyncio.sleep(0)

    async def _keep_group(self, group: Sequence[_Waiting]) -> list[tuple[_Waiting, IngestResult | Exception]]:
        """What became of each: in the store, else beside it."""
        left = [waiting for waiting in group if not waiting.judged]
        judged = [waiting for waiting in group if waiting.judged]
        kept: list[tuple[_Waiting, IngestResult | Exception]] = []
        commit: asyncio.Future[list[IngestResult | Exception]] | None = None
        if judged and not self._beside.why:
            commit = asyncio.ensure_future(self._thread(self._commit, judged))
            taken = await self._in_time(commit, len(judged))
            failure = next((one for one in taken if isinstance(one, Exception)), None)
            self._on_group(failure)
            kept = [(waiting, one) for waiting, one in zip(judged, taken, strict=True)
                    if not isinstance(one, Exception)]
            judged = [waiting for waiting, one in zip(judged, taken, strict=True) if isinstance(one, Exception)]
            self._beside.why = failure if isinstance(failure, PASSING) else None
        if left := [*left, *judged]:
            kept += await self._keep_beside(left, commit)
        return kept

    async def _in_time(self, commit: asyncio.Future[list[IngestResult | Exception]],
                       count: int) -> list[IngestResult | Exception]:
        done, _ = await asyncio.wait([commit], timeout=WAIT_SECONDS)
        if done:
            return commit.result()
        return [StoreBusy(Reason("receiver.slow", {"seconds": round(WAIT_SECONDS)}))] * count

    async def _keep_beside(self, group: Sequence[_Waiting],
                           commit: asyncio.Future[list[IngestResult | Exception]] | None) -> list[
                               tuple[_Waiting, IngestResult | Exception]]:
        try:
            names = await self._beside.put([waiting.spooled() for waiting in group])
        except OSError as failure:
            log.warning("nothing can be kept beside the database either: %s", failure)
            self._on_group(failure)
            return [(waiting, failure) for waiting in group]
        if commit is not None and not commit.done():
            self._beside.follow(commit, names)
        if self._beside.why is not None:
            self._on_group(self._beside.why)
        return [(waiting, IngestResult.BESIDE) for waiting in group]

    def _commit(self, group: Sequence[_Waiting]) -> list[IngestResult | Exception]:
        """In the store's thread: what became of each. One that can't be kept keeps none of the others out."""
        try:
            return self._ingest([waiting.delivery for waiting in group])
        except PASSING as failure:
            return [failure] * len(group)
        except Exception as failure:
            if len(group) == 1:
                log.exception("a delivery was not kept")
                return [self._commit_alone(group[0], failure)]
        middle = len(group) // 2
        return self._commit(group[:middle]) + self._commit(group[middle:])

    def _ingest(self, deliveries: Sequence[Delivery]) -> list[IngestResult | Exception]:
        """What the store makes of them. Where its file was another's at the commit, the one there now is asked."""
        try:
            taken = self._place().deliveries.ingest(deliveries)
        except StoreGone:
            taken = self._place().deliveries.ingest(deliveries)
        if self._place.times:
            # Nothing takes a token away: it is known, and this is another store than its own.
            return [self._place.strange() if one is IngestResult.UNKNOWN_TOKEN else one for one in taken]
        return list(taken)

    def _commit_alone(self, waiting: _Waiting, failure: Exception) -> IngestResult | Exception:
        """Once more, as what went wrong may have been the connection; then as it came."""
        delivery = waiting.delivery
        why = Reason("receiver.unreadable.not_kept", {"problem": type(failure).__name__})
        for what in (delivery.what, Unreadable(waiting.body, why)):
            try:
                return self._ingest([Delivery(delivery.token, delivery.received_at, what)])[0]
            except Exception as again:  # noqa: BLE001 - it is kept beside the store
                failure = again
        return failure
