"""Long work at the store: in a thread and by a connection of its own, so that nothing else waits for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeVar

from tui.operations.services import Services
from tui.store import Store

T = TypeVar("T")


class Apart:
    """Runs jobs, each with a store of its own. `stopped` is set where nobody waits for them any more."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.stopped = threading.Event()
        self.pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="look")

    async def __call__(self, job: Callable[[Store, threading.Event], T]) -> T:
        """What `job` returns, and whatever it raises."""
        def run() -> T:
            with self._services.store.apart() as store:
                return job(store, self.stopped)

        return await asyncio.wrap_future(self.pool.submit(run))


@asynccontextmanager
async def apart(services: Services) -> AsyncIterator[Apart]:
    """Cancelled, a job that looks at `stopped` stops; any other goes on to its end."""
    work = Apart(services)
    try:
        yield work
    finally:
        work.stopped.set()
        work.pool.shutdown(wait=False)
