"""Look-ups kept for a while, and one request for all who ask for the same at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from tui.provider.errors import ProviderError
from tui.provider.limits import Clock

T = TypeVar("T")


@dataclass(eq=False, slots=True)
class _Flight:
    """A request under way and how many wait for it. Its result is the value and when it came, or the error."""

    task: asyncio.Task[tuple[Any, float]]
    waiting: int = 0


class Shelf:
    """Values by name. What is kept under one name is always of the type that its `fetch` brings."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[Hashable, tuple[Any, float]] = {}
        self._flights: dict[Hashable, _Flight] = {}

    async def get(self, name: Hashable, lasts: float, fetch: Callable[[], Awaitable[T | ProviderError]], *,
                  fresh: bool, hasty: bool = False) -> tuple[T | ProviderError, float]:
        """The value of `name` and its age in seconds, below `lasts`; or the error of fetching it, which is not kept.

        `fresh` does not take what is kept, but a request that is under way already is fresh enough. Who is cancelled
        stops waiting; the request ends with the last of those who wait for it. A `hasty` fetch gives up where another
        would wait or try again, so that only those who are hasty too share its request.
        """
        kept = self._kept.get(name)
        if kept is None or fresh or self._clock.monotonic() - kept[1] >= lasts:
            kept = await self._join(name, fetch, hasty=hasty)
        value, since = kept
        return cast("T | ProviderError", value), self._clock.monotonic() - since

    async def aclose(self) -> None:
        """Ends every request under way."""
        tasks = [flight.task for flight in self._flights.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _join(self, name: Hashable, fetch: Callable[[], Awaitable[Any]], *, hasty: bool) -> tuple[Any, float]:
        shared = name, hasty
        flight = self._flights.get(shared)
        if flight is None:
            flight = self._flights[shared] = _Flight(asyncio.create_task(self._fly(name, fetch)))
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if flight.waiting == 0:
                # Out of sight before it ends: who asks now starts another and is not cancelled with this one.
                if self._flights.get(shared) is flight:
                    del self._flights[shared]
                flight.task.cancel()

    async def _fly(self, name: Hashable, fetch: Callable[[], Awaitable[Any]]) -> tuple[Any, float]:
        value = await fetch()
        found = value, self._clock.monotonic()
        if not isinstance(value, ProviderError):
            self._kept[name] = found
        return found
