"""Stands before the API: keeps what was received, and lets the faults befall that were asked for."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, cast

from msgspec import Struct
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tui.sandbox.events import Answered, FaultBefell, SandboxEvent
from tui.sandbox.faults import Fault, FaultKind, FaultPlan, Operation

TRANSPORT: Final = "transport"  # where the server leaves the connection for us, in the scope's state
REFUSE_WEBHOOK: Final = "refuse_webhook"
RECORDING: Final = "/recording/"  # with which the path of a recording begins
_LOOKUPS: Final = frozenset({"/announcements", "/queues", "/caller_ids", "/user_statuses", "/agent_statuses", "/cdrs",
                             "/blocked_numbers"})
_OPERATIONS: Final = {"POST": Operation.CREATE, "PATCH": Operation.SWITCH, "DELETE": Operation.DELETE}

_PAGE: Final = """<!DOCTYPE html>
<html lang="tr"><head><title>Bakım</title></head><body><h1>Sistem bakımda</h1></body></html>
""".encode()
_HTML: Final = ((b"content-type", b"text/html; charset=utf-8"),)
_TEXT: Final = ((b"content-type", b"text/plain; charset=utf-8"),)


@dataclass(frozen=True, slots=True)  # a Struct shows every field
class ReceivedRequest:
    """A request as it came, its key included: for tests, and not shown."""

    method: str
    path: str = field(repr=False)  # as it stands in the request: percent-encoded, without the query
    query: str = field(repr=False)
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)
    at: dt.datetime


class _Answer(Struct, frozen=True):
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    async def send(self, send: Send, *, up_to: int | None = None) -> None:
        """Sends it; only the first `up_to` bytes of its body where given, as if more were to come."""
        headers = [(name, value) for name, value in self.headers if name != b"content-length"]
        headers.append((b"content-length", str(len(self.body)).encode()))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body[:up_to], "more_body": up_to is not None})


_UNPROCESSED: Final = {
    FaultKind.TOO_MANY: _Answer(429, _TEXT, b"Too Many Requests"),
    FaultKind.ERROR: _Answer(500, _TEXT, b"Internal Server Error"),
    FaultKind.NOT_OK: _Answer(200, _TEXT, b"Processing"),
    FaultKind.FORBIDDEN: _Answer(403, _TEXT, "Bu modül hesabınızda etkin değil".encode()),
    FaultKind.NO_PATH: _Answer(404, _TEXT, b"Not Found"),
    FaultKind.PAGE_404: _Answer(404, _HTML, _PAGE),
}


class Gate:
    """An ASGI app around the API's. `keep` gets every request, `on_event` every answer; `stopping` ends what stalls.

    `redact` takes keys out of what is reported: a client's mistake may put one where none belongs, as in a path.
    """

    def __init__(self, api: ASGIApp, faults: FaultPlan, *, redact: Callable[[str], str], now: Callable[[], dt.datetime],
                 keep: Callable[[ReceivedRequest], None], on_event: Callable[[SandboxEvent], None],
                 stopping: asyncio.Event) -> None:
        self._api = api
        self._faults = faults
        self._redact = redact
        self._now = now
        self._keep = keep
        self._on_event = on_event
        self._stopping = stopping

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await Request(scope, receive).body()
        except ClientDisconnect:
            return
        received = self._received(scope, body)
        self._keep(received)
        fault = self._faults.take(_operation(received))
        if fault is None:
            answer = await self._ask(scope, body)
            await answer.send(send)
            self._on_event(Answered(received.method, self._redact(_shown(received.path)), answer.status,
                                    self._redact(_words_of_refusal(answer))))
            return
        self._on_event(FaultBefell(received.method, self._redact(_shown(received.path)), str(fault)))
        await self._befall(fault, body, scope, receive, send)

    def _received(self, scope: Scope, body: bytes) -> ReceivedRequest:
        headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
        # As it came: unquoted it could hold what steers a terminal.
        path = scope["raw_path"].decode("ascii", "backslashreplace")
        return ReceivedRequest(scope["method"], path, scope["query_string"].decode("latin-1"), headers, body,
                               self._now())

    async def _ask(self, scope: Scope, body: bytes) -> _Answer:
        """The API's answer, held back."""
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self._api(scope, receive, send)
        return _Answer(sent[0]["status"], tuple(sent[0]["headers"]),
                       b"".join(message.get("body", b"") for message in sent[1:]))

    async def _befall(self, fault: Fault, body: bytes, scope: Scope, receive: Receive, send: Send) -> None:
        match fault.kind:
            case FaultKind.LOST_ANSWER:
                await self._ask(scope, body)
                await _hang_up(scope, receive)
            case FaultKind.CUT:
                answer = await self._ask(scope, body)
                await answer.send(send, up_to=len(answer.body) // 2)
                await _hang_up(scope, receive)
            case FaultKind.STALL:
                await self._stall(receive)
                await _hang_up(scope, receive)
            case kind if kind in _UNPROCESSED:
                await _UNPROCESSED[kind].send(send)
            case FaultKind.ERROR_AFTER:
                await self._ask(scope, body)
                await _Answer(500, _TEXT, b"Internal Server Error").send(send)
            case FaultKind.HTML:
                await self._ask(scope, body)
                await _Answer(200, _HTML, _PAGE).send(send)
            case FaultKind.EMPTY:
                await self._ask(scope, body)
                await _Answer(200, _TEXT, b"").send(send)
            case FaultKind.REFUSE_WEBHOOK:
                scope.setdefault("state", {})[REFUSE_WEBHOOK] = True
                await (await self._ask(scope, body)).send(send)

    async def _stall(self, receive: Receive) -> None:
        """Until the client gives up, or the sandbox ends."""
        waiting = [asyncio.ensure_future(_gone(receive)), asyncio.create_task(self._stopping.wait())]
        try:
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()


def _operation(received: ReceivedRequest) -> Operation | None:
    if received.path.startswith("/ivr_campaigns"):
        return _OPERATIONS.get(received.method)
    if received.path == "/blocked_numbers" and received.method == "POST":
        return Operation.BLOCK
    if received.path == "/recording_url/":
        return Operation.RECORDING
    if received.path.startswith(RECORDING):
        return Operation.DOWNLOAD
    return Operation.LOOKUP if received.path in _LOOKUPS or received.path.startswith("/cdrs/") else None


def _shown(path: str) -> str:
    """Without what leads to a recording."""
    return f"{RECORDING}…" if path.startswith(RECORDING) else path


def _words_of_refusal(answer: _Answer) -> str:
    if answer.status < 400:
        return ""
    # "Gecersiz anahtar: K…": what follows is a key, maybe somebody's real one, or a mistyped one that looks like none.
    words = answer.body.decode("utf-8", "replace")
    return "Gecersiz anahtar" if words.startswith("Gecersiz anahtar:") else words


async def _hang_up(scope: Scope, receive: Receive) -> None:
    """Closes the connection itself: an exception would only make the server answer 500."""
    cast("asyncio.Transport", scope["state"][TRANSPORT]).close()
    await _gone(receive)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
