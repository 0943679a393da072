"""The receiver's server: its socket, connections that are neither slow nor too many, and a stop that loses nothing."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import errno
import logging
import os
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any, Final

import h11
import uvicorn
from msgspec import Struct, field
from uvicorn.protocols.http.h11_impl import H11Protocol

from tui.core.causes import error_name
from tui.core.clock import utc_now
from tui.core.http_server import PLAIN, Server
from tui.core.reason import Reason
from tui.receiver.app import Webhook
from tui.receiver.beside import PASSING, Beside
from tui.receiver.counts import LastMinute, RequestCounts
from tui.receiver.ingest import Ingest
from tui.receiver.receiver_store import ReceiverStore
from tui.receiver.tokens import Tokens
from tui.store import StoreError, StoreThread

log = logging.getLogger("santral.receiver")

MAX_CONNECTIONS: Final = 500
REQUEST_SECONDS: Final = 10.0  # in which a request has to be here whole, from its first byte on
# That a connection may wait for its next request: longer than the usual proxies keep one, as a request that is sent
# while it is being closed is lost.
_IDLE_SECONDS: Final = 120
_LONGEST_HEAD: Final = 16 * 1024
_SECONDS_TO_FINISH: Final = 5
BEAT_SECONDS: Final = 10.0
_MINUTE: Final = 60.0


class ReceiverError(Exception):
    """The receiver cannot start; `reason` says why and what to do."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def open_socket(host: str, port: int) -> socket.socket:
    """A listening socket. ReceiverError where it can't be had."""
    opened: socket.socket | None = None
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM,
                                                                    flags=socket.AI_PASSIVE)[0]
        opened = socket.socket(family, kind, protocol)
        if os.name == "posix":
            # Connections that are fading away do not hold the port. Elsewhere this option would let two share it.
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(1024)
    except OSError as problem:
        if opened is not None:
            opened.close()
        reason = _why_no_socket(problem, host, port)
    else:
        return opened
    raise ReceiverError(reason)


def _why_no_socket(problem: OSError, host: str, port: int) -> Reason:
    if isinstance(problem, socket.gaierror) or problem.errno == errno.EADDRNOTAVAIL:
        return Reason("receiver.no_address", {"host": host})
    if problem.errno == errno.EADDRINUSE:
        return Reason("receiver.port_busy", {"port": port})
    return Reason("receiver.cannot_listen", {"address": f"{host}:{port}", "problem": error_name(problem)})


def address_of(opened: socket.socket) -> str:
    """`http://127.0.0.1:8787`."""
    host, port = opened.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class ReceiverCallbacks(Struct):
    """What is called as a receiver works, in the thread that serves."""

    ready: Callable[[], None] = lambda: None
    minute: Callable[[RequestCounts], None] = lambda _: None  # what came within the last one
    # That the database takes nothing, and when it does again. What comes meanwhile is kept beside it, or is not kept.
    trouble: Callable[[Reason | None], None] = lambda _: None
    lost: Callable[[Reason], None] = lambda _: None  # that it can't be kept beside it either


class Receiver(Struct):
    """A receiver on a listening socket, which it closes at the end. `name` is its own in the store.

    `path`: what stands before the token, as `Webhook` has it. A Receiver runs once.
    """

    place: ReceiverStore
    opened: socket.socket
    name: str
    path: str = ""
    callbacks: ReceiverCallbacks = field(default_factory=ReceiverCallbacks)
    now: Callable[[], dt.datetime] = utc_now
    _trouble: Reason | None = None
    _loses: bool = False

    async def serve(self, stopping: asyncio.Event) -> None:
        """Serve until `stopping` is set. Whatever was answered 200 by then is on the disk. StoreError at the start."""
        thread, place = StoreThread(), self.place
        try:
            beside = Beside(place, thread, place.spool, self._note_trouble)
            tokens = Tokens(place, thread)
            ingest = Ingest(place, thread, beside, self._note_trouble)
            webhook = Webhook(tokens, ingest, beside, path=self.path, now=self.now, healthy=lambda: not self._loses)
            beat = self._sign_of_life(thread, place, webhook, beside)
            try:
                if place.why is not None:  # asked again at once it would only keep what comes waiting
                    raise place.why
                await tokens.load()
                await beat()  # whoever hears that it is ready may look for it in the store
            except PASSING as failure:  # what comes is kept beside it, whoever else has it now
                beside.why = failure
                self._note_trouble(failure)
            async with _going_on(_every(BEAT_SECONDS, beat), self._report_minutes(webhook, beside), beside.go_on()):
                await serve(webhook, self.opened, stopping, self.callbacks.ready)
                await ingest.drain()
            if beside.why is None:
                with contextlib.suppress(StoreError):
                    await thread(lambda: place().receivers.gone(self.name))
        finally:
            self.opened.close()
            thread.close()

    def _note_trouble(self, failure: Exception | None) -> None:
        before, self._trouble = self._trouble, None if failure is None else _why(failure)
        loses = isinstance(failure, OSError)
        if loses and not self._loses and self._trouble is not None:
            self.callbacks.lost(self._trouble)
        elif (self._loses and not loses) or (before is None) != (self._trouble is None):
            self.callbacks.trouble(self._trouble)
        self._loses = loses
        if failure is not None and before is None:
            log.warning("the database takes nothing: %s", failure)

    def _sign_of_life(self, thread: StoreThread, place: ReceiverStore, webhook: Webhook,
                      beside: Beside) -> Callable[[], Awaitable[None]]:
        """What notes in the store that a receiver is there."""
        address, started_at, last_minute = address_of(self.opened), self.now(), LastMinute()

        async def beat() -> None:
            received = last_minute.at(time.monotonic(), webhook.counts.acknowledged)
            await thread(lambda: place().receivers.beat(
                self.name, address=address, started_at=started_at, received_last_minute=received,
                waiting=beside.waiting))
            if beside.why is None and not beside.waiting:
                self._note_trouble(None)

        return beat

    async def _report_minutes(self, webhook: Webhook, beside: Beside) -> None:
        before = RequestCounts()
        while True:
            await asyncio.sleep(_MINUTE)
            webhook.counts.waiting = beside.waiting
            counts = webhook.counts.copy()
            self.callbacks.minute(counts.since(before))
            before = counts


def _why(failure: Exception) -> Reason:
    if isinstance(failure, StoreError):
        return failure.reason
    if isinstance(failure, OSError):
        return Reason("receiver.not_beside", {"problem": error_name(failure)})
    return Reason("receiver.unforeseen", {"problem": type(failure).__name__})


async def _every(seconds: float, beat: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await beat()
        except StoreError as failure:
            log.warning("no sign of life could be written: %s", failure)


@contextlib.asynccontextmanager
async def _going_on(*jobs: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run jobs that never end by themselves."""
    tasks = [asyncio.create_task(job) for job in jobs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class _Protocol(H11Protocol):
    """A connection that is cut where a request isn't here in time, or where there are too many."""

    _deadline: asyncio.TimerHandle | None = None
    _said_all = False
    _idle_since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        super().connection_made(transport)
        self._idle_since = self.loop.time()
        self._begin_waiting()
        if len(self.connections) > MAX_CONNECTIONS:
            self._make_room()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.waits:
            self._begin_waiting()
        else:
            self._end_waiting()

    def eof_received(self) -> bool | None:  # type: ignore[override] # as asyncio's own
        # Whoever has said all there is to say may be waiting for the answer.
        self._said_all = True
        return not self.waits

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._idle_since = self.loop.time()
        if self._said_all and self.waits:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_waiting()
        super().connection_lost(exc)

    @property
    def waits(self) -> bool:
        """Whether no request is here whole, to be answered."""
        return self.conn.their_state in (h11.IDLE, h11.SEND_BODY)

    @property
    def idles(self) -> bool:
        """Whether nothing of a request is here."""
        return self.conn.their_state is h11.IDLE and not self.conn.trailing_data[0]

    def cut(self) -> None:
        self.transport.abort()

    def _begin_waiting(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(REQUEST_SECONDS, self.cut)

    def _end_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _make_room(self) -> None:
        """One that only waits gives way: whoever holds connections open keeps nobody out.

        The one that has been idle for longest; where none is, the one that has been sending a request for longest.
        """
        waiting = [other for other in self.connections if isinstance(other, _Protocol) and other is not self
                   and other.waits and not other.transport.is_closing()]
        chosen = min(waiting, key=lambda other: (not other.idles, other._idle_since), default=self)
        chosen.cut()


async def serve(app: Any, opened: socket.socket, stopping: asyncio.Event,  # noqa: ANN401 - an ASGI application
                on_ready: Callable[[], None] = lambda: None) -> None:
    """Answer on a listening socket until `stopping` is set; then requests that are here whole are answered still."""
    # It writes of every broken request, which anyone can send.
    chatter = logging.getLogger("uvicorn.error")
    chatter.propagate = False
    chatter.setLevel(logging.CRITICAL)
    config = uvicorn.Config(
        app, http=_Protocol, loop="asyncio", **PLAIN, h11_max_incomplete_event_size=_LONGEST_HEAD,
        timeout_keep_alive=_IDLE_SECONDS, timeout_graceful_shutdown=_SECONDS_TO_FINISH)
    await Server(config, stopping, on_ready).serve(sockets=[opened])
