"""uvicorn as the sandbox needs it: it hands out connections, so that they can be cut."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from email.utils import formatdate

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from tui.core.clock import utc_now
from tui.core.http_server import PLAIN, Server
from tui.sandbox.gate import TRANSPORT, Gate

_SECONDS_TO_FINISH = 2


class _Protocol(H11Protocol):
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        super().connection_made(transport)
        # The state is copied into each request's scope.
        self.app_state = {**self.app_state, TRANSPORT: transport}


def _dated(gate: Gate) -> ASGIApp:
    """Every answer says when it was sent, as the provider's do. uvicorn does that by a tick which is not ours."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                date = formatdate(utc_now().timestamp(), usegmt=True).encode("ascii")
                message = {**message, "headers": [*message.get("headers", ()), (b"date", date)]}
            await send(message)

        await gate(scope, receive, send_dated)

    return answer


async def serve(gate: Gate, opened: socket.socket, stopping: asyncio.Event, on_ready: Callable[[], None]) -> None:
    """Answers on a listening socket until `stopping` is set. `on_ready` is called when it does."""
    config = uvicorn.Config(_dated(gate), http=_Protocol, **PLAIN, timeout_graceful_shutdown=_SECONDS_TO_FINISH)
    await Server(config, stopping, on_ready).serve(sockets=[opened])
