"""The thread that the store's calls run in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from tui.store.errors import StoreError

P = ParamSpec("P")
R = TypeVar("R")


log = logging.getLogger("santral.store")


def _log_failure(asked: asyncio.Future[Any]) -> None:
    """What nobody waits for any more has ended: where the database says no, the log has it, without a traceback."""
    error = None if asked.cancelled() else asked.exception()
    if isinstance(error, StoreError):
        log.warning("not done, and nobody waited for it any more: %s", error)
    elif error is not None:
        log.error("unexpected failure", exc_info=error)


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
        asked = asyncio.wrap_future(self.begin(call, *args, **kwargs))
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:
            asked.add_done_callback(_log_failure)
            raise

    def close(self) -> None:
        """Finish what was asked for, then end the thread. Calls made from now on raise RuntimeError."""
        self._pool.shutdown(wait=True)
