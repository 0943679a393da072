"""One piece of work for all who want the same at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any

from msgspec import Struct


class _Flight(Struct, eq=False):
    task: asyncio.Task[None]
    waiting: int = 0  # how many wait for it


class SingleFlight:
    """Work under way, by name."""

    def __init__(self) -> None:
        self._flights: dict[Hashable, _Flight] = {}

    def __contains__(self, name: Hashable) -> bool:
        return name in self._flights

    async def join(self, name: Hashable, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Wait for the work of that name, which `work` begins where none is under way; what it raises.

        Who is cancelled stops waiting; the work ends with the last of those who wait for it.
        """
        flight = self._flights.get(name)
        if flight is None:
            flight = self._flights[name] = _Flight(asyncio.create_task(work()))
        flight.waiting += 1
        try:
            await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if flight.waiting == 0:
                # Forgotten before it ends: who comes now begins anew, and is not cancelled with this one.
                if self._flights.get(name) is flight:
                    del self._flights[name]
                flight.task.cancel()

    async def aclose(self) -> None:
        """End all that is under way."""
        tasks = [flight.task for flight in self._flights.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
