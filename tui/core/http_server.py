"""uvicorn as this program runs it: in its own event loop, until it is to stop; it leaves signals alone."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from typing import Any, Final

import uvicorn

# HTTP alone, and nothing said of itself: neither in its answers nor in a log.
PLAIN: Final[dict[str, Any]] = {
    "ws": "none", "lifespan": "off", "proxy_headers": False, "server_header": False, "date_header": False,
    "log_config": None, "access_log": False,
}


class Server(uvicorn.Server):
    """Serves until `stopping` is set. `on_ready` is called on the event loop as soon as it accepts connections."""

    def __init__(self, config: uvicorn.Config, stopping: asyncio.Event, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._stopping = stopping
        self._on_ready = on_ready

    async def main_loop(self) -> None:
        self._on_ready()
        await self._stopping.wait()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # uvicorn would raise a signal again after it has stopped, and end the process by it.
        yield
