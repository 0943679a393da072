"""Persist, then acknowledge: what comes is kept in groups, with one commit for all that came during the last."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tui.campaign.reason import Reason
from tui.campaign.results import Unreadable
from tui.store import Delivery, Store, StoreBusy, StoreFull, StoreReadOnly, StoreThread, Taken

log = logging.getLogger("santral.receiver")

MOST_AT_ONCE: Final = 512
# These concern whatever is written, and pass.
_PASSING: Final = (StoreBusy, StoreFull, StoreReadOnly)


@dataclass(slots=True)
class _Waiting:
    delivery: Delivery
    body: bytes
    kept: asyncio.Future[Taken] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Ingest:
    """Keeps deliveries. `on_group` is told after each group what went wrong with it, or None."""

    def __init__(self, store: Store, thread: StoreThread, on_group: Callable[[Exception | None], None]) -> None:
        self._store, self._thread, self._on_group = store, thread, on_group
        self._waiting: list[_Waiting] = []
        self._work: asyncio.Task[None] | None = None

    async def keep(self, delivery: Delivery, body: bytes) -> Taken:
        """Returns when it is on the disk. `body` is what it was read from. StoreError: it isn't kept."""
        waiting = _Waiting(delivery, body)
        self._waiting.append(waiting)
        if self._work is None:
            self._work = asyncio.create_task(self._keep_all())
        return await waiting.kept

    async def settle(self) -> None:
        """Returns when everything that came is kept."""
        while self._work is not None:
            await asyncio.wait([self._work])

    async def _keep_all(self) -> None:
        try:
            while self._waiting:
                await self._gather()
                group, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                taken = await self._thread(self._commit, group)
                self._on_group(next((one for one in taken if isinstance(one, Exception)), None))
                for waiting, one in zip(group, taken, strict=True):
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
        many = 0
        while many < len(self._waiting) < MOST_AT_ONCE:
            many = len(self._waiting)
            await asyncio.sleep(0)

    def _commit(self, group: Sequence[_Waiting]) -> list[Taken | Exception]:
        """In the store's thread: what became of each. One that can't be kept keeps none of the others out."""
        try:
            return list(self._store.deliveries.ingest([waiting.delivery for waiting in group]))
        except _PASSING as failure:
            return [failure] * len(group)
        except Exception as failure:
            if len(group) == 1:
                log.exception("a delivery was not kept")
                return [self._commit_alone(group[0], failure)]
        middle = len(group) // 2
        return self._commit(group[:middle]) + self._commit(group[middle:])

    def _commit_alone(self, waiting: _Waiting, failure: Exception) -> Taken | Exception:
        """Once more, as what went wrong may have been the connection; then as it came."""
        delivery = waiting.delivery
        why = Reason("receiver.unreadable.not_kept", {"problem": type(failure).__name__})
        for what in (delivery.what, Unreadable(waiting.body, why)):
            try:
                return self._store.deliveries.ingest([Delivery(delivery.token, delivery.received_at, what)])[0]
            except Exception as again:  # noqa: BLE001 - it is answered 503
                failure = again
        return failure
