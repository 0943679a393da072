"""What the provider has answered is written down, however long the store takes to take it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

from msgspec import Struct, field

from tui.core.reason import Reason
from tui.core.retry import RetryPolicy
from tui.store import ChangeRefused, StoreError, StoreThread

log = logging.getLogger("santral.outcome_writer")

R = TypeVar("R")

_POLICY: Final = RetryPolicy(first=0.2, factor=2.5, ceiling=2.0)  # after the second try, which comes at once
_PATIENT_TRIES: Final = 4  # that whoever waits for it waits for,
_PATIENT_SECONDS: Final = 3.0  # and for so long at most, but for the first try


class _Unwritten(Struct):
    """One that isn't written down yet. `if_lost`: what is lost with it, where a person has to know."""

    call: Callable[[], Any]
    if_lost: Reason | None
    failure: StoreError | None = None
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)  # without whoever waits


class OutcomeWriter:
    """Tries again what the store didn't take, for as long as the process lives. What is tried may be done twice."""

    def __init__(self, thread: StoreThread, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._thread = thread
        self._sleep = sleep
        self._unwritten: list[_Unwritten] = []
        self._tasks: set[asyncio.Task[Any]] = set()

    async def write(self, call: Callable[[], R], if_lost: Reason | None = None) -> R:
        """Do it in the store's thread. StoreError where it isn't done in a moment: then it goes on in the background.

        ChangeRefused where the store says no for good. A cancellation ends the waiting alone.
        """
        item = _Unwritten(call, if_lost)
        self._unwritten.append(item)
        task = asyncio.create_task(self._write_till_done(item))
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        waiting = asyncio.create_task(item.goes_on.wait())
        try:
            await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
        if task.done():
            result: R = task.result()
            return result
        assert item.failure is not None  # noqa: S101 - it goes on behind after a failure alone
        raise item.failure

    async def all_written(self, within: float) -> bool:
        """Whether all of it is written down after so many seconds at most."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=within)
        return not self._unwritten

    def finish(self) -> list[Reason]:
        """Try once more, in this thread, as the process ends; what is lost with those that the store still won't take.

        Each with the store's own reason behind it.
        """
        lost: list[Reason] = []
        for item in list(self._unwritten):
            try:
                self._try(item)
            except StoreError as failure:
                log.error("not written down at the end: %s (%s)", item.if_lost, failure)  # noqa: TRY400 - it is no mistake
                lost += [] if item.if_lost is None else [item.if_lost, failure.reason]
        return lost

    async def _write_till_done(self, item: _Unwritten) -> Any:  # noqa: ANN401 - whatever the call gives
        begun, tries = asyncio.get_running_loop().time(), 0
        while True:
            try:
                return await self._thread(self._try, item)
            except ChangeRefused:
                raise
            except StoreError as failure:
                item.failure = failure
                log.warning("not written down yet, and tried again: %s", failure)
            tries += 1
            if tries >= _PATIENT_TRIES or asyncio.get_running_loop().time() - begun > _PATIENT_SECONDS:
                item.goes_on.set()
            await self._sleep(_POLICY.wait(tries - 1) or 0.0)

    def _try(self, item: _Unwritten) -> Any:  # noqa: ANN401 - whatever the call gives
        """Done in the store's thread, whether or not anybody waits still."""
        try:
            result = item.call()
        except ChangeRefused:
            self._unwritten.remove(item)
            raise
        if item in self._unwritten:
            self._unwritten.remove(item)
        return result

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (failure := task.exception()) is not None:
            log.warning("given up: %s", failure)
