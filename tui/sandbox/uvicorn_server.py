"""uvicorn as the sandbox needs it: it hands out connections, so that they can be cut, and lets signals alone."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Iterator
from email.utils import formatdate
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from tui.sandbox.gate import TRANSPORT, Gate

_SECONDS_TO_FINISH = 2


class _Protocol(H11Protocol):
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        super().connection_made(transport)
        # The state is copied into each request's scope.
        self.app_state = {**self.app_state, TRANSPORT: transport}


class _Server(uvicorn.Server):
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


def _dated(gate: Gate) -> ASGIApp:
    """Every answer says when it was sent, as the provider's do. uvicorn does that by a tick which is not ours."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = formatdate(usegmt=True).encode("ascii")
                message = {**message, "headers": [*message.get("headers", ()), (b"date", date)]}
            await send(message)

        await gate(scope, receive, send_dated)

    return answer


async def serve(gate: Gate, opened: socket.socket, stopping: asyncio.Event, on_ready: Callable[[], None]) -> None:
    """Answers on a listening socket until `stopping` is set. `on_ready` is called when it does."""
    options: dict[str, Any] = {
        "http": _Protocol, "ws": "none", "lifespan": "off", "proxy_headers": False, "server_header": False,
        "date_header": False,
        "log_config": None, "access_log": False, "timeout_graceful_shutdown": _SECONDS_TO_FINISH,
    }
    await _Server(uvicorn.Config(_dated(gate), **options), stopping, on_ready).serve(sockets=[opened])
