"""The thread that the store's calls run in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class StoreThread:
    """Runs the store's calls one after another, in the order in which they were asked for.

    `campaign = await thread(store.campaigns.get, 7)`. What was asked for is done to its end even where whoever waits
    for it is cancelled: an answer that has come in is written down.
    """

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")

    def begin(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Ask for it where nobody waits yet."""
        return self._pool.submit(call, *args, **kwargs)

    async def __call__(self, call: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        # A future that only waits in the queue would be dropped by a cancellation; behind the shield it is not.
        return await asyncio.shield(asyncio.wrap_future(self.begin(call, *args, **kwargs)))

    def close(self) -> None:
        """Finish what was asked for, then end the thread. Calls made from now on raise RuntimeError."""
        self._pool.shutdown(wait=True)
