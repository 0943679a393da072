"""The webhook as an ASGI application: whose a request is, its body, and what is answered once it is kept."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import json
import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from tui.campaign.results import Unreadable
from tui.receiver.beside import Beside
from tui.receiver.counts import RequestCounts
from tui.receiver.ingest import WAIT_SECONDS, Ingest
from tui.receiver.reading import read
from tui.receiver.tokens import Tokens
from tui.store import Delivery, IngestResult, StoreError

log = logging.getLogger("santral.receiver")

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

LONGEST_BODY: Final = 64 * 1024
# A longer one is heard out up to here, so that its sender reads the answer instead of a broken connection.
_LONGEST_HEARD: Final = 1024 * 1024
# The example of the provider's document has the whole address in its first line, as for a proxy (RFC 9112 §3.2.2).
_WHERE: Final = re.compile(rb"^https?://[^/]*(?=/)", re.IGNORECASE)
_CLOSE: Final = (b"connection", b"close")
# Whoever comes through a proxy has the proxy's address.
_FORWARDED: Final = frozenset({b"forwarded", b"via", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip"})


class _Gone(Exception):
    """The sender has gone before its request was whole."""


class Webhook:
    """Answers `POST {path}/TOKEN`, and `GET /health` to this machine alone; 404 to everything else, unread.

    `path` has a slash at its beginning and none at its end, or is empty. A proxy that takes it away is understood too.
    """

    def __init__(self, tokens: Tokens, ingest: Ingest, beside: Beside, *, path: str, now: Callable[[], dt.datetime],
                 healthy: Callable[[], bool]) -> None:
        self.counts = RequestCounts()
        self.last_at: dt.datetime | None = None  # when something was acknowledged
        self._tokens, self._ingest, self._beside, self._now, self._healthy = tokens, ingest, beside, now, healthy
        self._begins = f"{path}/".encode("ascii")

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["method"] == "POST":
            try:
                status = await self._post(scope, receive)
            except _Gone:
                return
            await _answer(send, status, close=status in (404, 413, 417))
        elif scope["method"] == "GET" and scope["raw_path"] == b"/health" and _is_from_here(scope):
            await self._report_health(send)
        else:
            self.counts.refused += 1
            await _answer(send, 404, close=True)

    async def _post(self, scope: Message, receive: Receive) -> int:
        """The status of the answer. Of what isn't ours the body is never asked for."""
        token = self._token(scope["raw_path"])
        try:
            known = None if token is None else await self._known(token)
            if token is None or known is False:
                self.counts.refused += 1
                return 404
            if _expects_more_than_leave(scope):
                self.counts.refused += 1
                return 417
            body = await _body(receive)
            if body is None:
                self.counts.refused += 1
                return 413
            return await self._keep(token, body, judged=bool(known))
        except (StoreError, OSError):
            self.counts.failed += 1
        except _Gone:
            raise
        except Exception:
            log.exception("a request was not kept")
            self.counts.failed += 1
        return 503

    async def _known(self, token: str) -> bool | None:
        """Whether a token is one of ours; None where the store can't be asked."""
        known = self._tokens.remembers(token)
        if known is not None or self._beside.why is not None:
            return known
        try:
            return await asyncio.wait_for(self._tokens.knows(token), WAIT_SECONDS)
        except (StoreError, TimeoutError):
            return None

    async def _keep(self, token: str, body: bytes, *, judged: bool) -> int:
        at = self._now()
        what = read(body)
        if isinstance(what, Unreadable):
            log.info("a body could not be read: %s", what.reason)
        taken = await self._ingest.keep(Delivery(token, at, what), body, judged=judged)
        if taken is IngestResult.UNKNOWN_TOKEN:
            self._tokens.forget(token)
            self.counts.refused += 1
            return 404
        self.counts.add(what, taken)
        self.last_at = at
        return 200

    def _token(self, raw_path: bytes) -> str | None:
        raw_path = _WHERE.sub(b"", raw_path)
        found = raw_path[len(self._begins):] if raw_path.startswith(self._begins) else raw_path.removeprefix(b"/")
        return None if b"/" in found else found.decode("ascii", "replace")

    async def _report_health(self, send: Send) -> None:
        counts = self.counts
        healthy = self._healthy()
        status = "failing" if not healthy else "waiting" if self._beside.why or self._beside.waiting else "ok"
        report = {"status": status, "received": counts.acknowledged, "stored": counts.stored,
                "repeated": counts.repeated, "unreadable": counts.unreadable, "refused": counts.refused,
                "failed": counts.failed, "waiting": self._beside.waiting,
                "last_at": None if self.last_at is None else self.last_at.isoformat()}
        await _answer(send, 200 if healthy else 503, json.dumps(report).encode(), b"application/json")


def _expects_more_than_leave(scope: Message) -> bool:
    """Whether its sender waits for something else than leave to go on, and would in vain (RFC 9110 §10.1.1)."""
    return any(expected.strip().lower() != b"100-continue" for name, value in scope["headers"] if name == b"expect"
               for expected in value.split(b","))


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None where it is too long. _Gone where its sender is."""
    parts: list[bytes] = []
    size = 0
    more = True
    while more and size <= _LONGEST_HEARD:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        part: bytes = message.get("body", b"")
        more = message.get("more_body", False)
        size += len(part)
        if size <= LONGEST_BODY:
            parts.append(part)
        else:
            parts.clear()
    return b"".join(parts) if size <= LONGEST_BODY else None


async def _answer(send: Send, status: int, body: bytes = b"", content_type: bytes = b"", *,
                  close: bool = False) -> None:
    headers = [(b"content-length", str(len(body)).encode("ascii"))]
    if content_type:
        headers.append((b"content-type", content_type))
    if close:
        headers.append(_CLOSE)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _is_from_here(scope: Message) -> bool:
    client = scope["client"]
    if client is None or any(name in _FORWARDED for name, _value in scope["headers"]):
        return False
    try:
        return ipaddress.ip_address(client[0].partition("%")[0]).is_loopback
    except ValueError:
        return False
