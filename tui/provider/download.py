"""A file that lies elsewhere than the API: fetched without the key, from an address that is a secret itself.

Whoever knows the address has the file, as long as it lives. So it stands in no log, no sentence and no exception of
this program, and no header tells where it was got.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import AsyncIterator, Coroutine
from typing import Any, Final, Protocol
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from tui.core.base_url import check_base_url, is_host, is_ipv6, is_this_machine
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.core.whole_number import whole_number
from tui.provider.answer import Answer, not_reached
from tui.provider.client_options import BadSetting, client_options
from tui.provider.errors import (
    AnswerLost,
    BadAnswer,
    LimitReached,
    NotReached,
    ProviderError,
    RequestRefused,
    ServerFailed,
)
from tui.provider.request_trace import RequestTrace, Sending
from tui.provider.transport import NoCookies, Timeouts, program_name

_logger: Final = logging.getLogger("santral.provider")

# Ours. An hour of a call in both directions, uncompressed, is a quarter of that.
MAX_BYTES: Final = 512 * 1024 * 1024
_LONGEST_URL: Final = 4096
_REDIRECTS: Final = 5
_SECONDS: Final = 1800.0  # for all of it: a server that sends a byte now and then meets the time-out of each step
_URL: Final = re.compile(r"[!#-;=?-\[\]_a-z~%]+", re.ASCII)  # what may stand in one (RFC 3986)
# The address is right, and leads to nothing any more: it lives for an hour (docs/provider.md, "Recordings").
_OVER: Final = frozenset({401, 403, 404, 410})
_MOVED: Final = frozenset({301, 302, 303, 307, 308})


class Sink(Protocol):
    """What a file is written into as it comes. What these raise ends the download, and goes on to whoever asked."""

    async def begin(self, media_type: str) -> None:
        """The answer is a file. `media_type`: what it is said to be, in lower case; "" where nothing is said."""

    async def write(self, piece: bytes) -> None:
        """Some of its bytes, at least one."""


class Downloads:
    """Fetches files. Addresses are https, anywhere; http is this machine's alone, where the API is on it too."""

    def __init__(self, base_url: str, transport: httpx.AsyncBaseTransport | None, timeouts: Timeouts) -> None:
        self._here = is_this_machine(check_base_url(base_url))
        self._transport = transport
        self._timeouts = timeouts

    def usable(self, text: str) -> Secret | ProviderError:
        """The address in a text that holds nothing else, a JSON string among them; why there is none."""
        url = text.strip().removeprefix('"').removesuffix('"').strip()
        parts = _parts(url)
        if parts is None:
            return BadAnswer(Reason("provider.recording.no_address"), sent=True)
        loopback = is_this_machine(url)
        if (parts.scheme != "https" or loopback) and not (loopback and self._here):
            return BadAnswer(Reason("provider.recording.unsafe"), sent=True)
        return Secret(url)

    async def fetch(self, url: Secret, sink: Sink) -> ProviderError | None:
        """The file at a usable address, whole: None. Else why not, and what came of it is no file.

        An error comes back unraised, as a traceback through here would hold the address.
        """
        end = asyncio.get_running_loop().time() + _SECONDS
        for _ in range(_REDIRECTS + 1):
            got = await self._once(url.reveal(), sink, end)
            if not isinstance(got, str):
                _logger.info("recording: %s", "fetched" if got is None else got)
                return got
            checked = self.usable(got)
            if isinstance(checked, ProviderError):
                return checked
            url = checked
        return BadAnswer(Reason("provider.recording.redirects"), sent=True)

    async def _once(self, url: str, sink: Sink, end: float) -> ProviderError | str | None:
        """As `fetch`, or where it is sent on to."""
        host = urlsplit(url).hostname or ""
        try:
            client = self._client(url)
        except BadSetting as bad:
            return NotReached(bad.reason, sent=False)
        try:
            response = await self._send(client, url, host)
            if isinstance(response, ProviderError):
                return response
            try:
                return await self._take(response, url, sink, end)
            finally:
                await _quietly(response.aclose())
        finally:
            if self._transport is None:  # another's is closed by whoever made it
                await _quietly(client.aclose())

    def _client(self, url: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            **client_options(url, self._transport), timeout=self._timeouts.of_steps(), follow_redirects=False,
            limits=httpx.Limits(max_keepalive_connections=0), cookies=NoCookies(),
            event_hooks={"response": [_keep_location]},
            headers={"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": program_name()})

    async def _send(self, client: httpx.AsyncClient, url: str, host: str) -> httpx.Response | ProviderError:
        deadline = asyncio.timeout(None)
        traced = self._transport is None or isinstance(self._transport, httpx.AsyncHTTPTransport)
        trace = RequestTrace(Sending(), host, deadline, self._timeouts.answer, traced=traced)
        try:
            async with deadline:
                request = client.build_request("GET", url)
                request.extensions["trace"] = trace.on_event
                await trace.hand_over()
                return await client.send(request, stream=True)
        except Exception as failure:  # noqa: BLE001 - whatever the library raises may hold the address
            got = trace.no_response(failure)
        return NotReached(not_reached(got), sent=False) if not got.sent else _lost(got.kind)

    async def _take(self, response: httpx.Response, url: str, sink: Sink, end: float) -> ProviderError | str | None:
        if response.status_code in _MOVED and (location := response.extensions.get("location")):
            return _joined(url, location)
        problem = _refusal(response)
        if problem is not None:
            return problem
        await sink.begin(response.headers.get("content-type", "").partition(";")[0].strip().lower())
        pieces, size = response.aiter_bytes(), 0
        while True:
            piece = await _next(pieces)
            if piece is None or isinstance(piece, ProviderError):
                return piece
            size += len(piece)
            if size > MAX_BYTES:
                return _too_large()
            if asyncio.get_running_loop().time() > end:
                return _lost("timeout")
            if piece:
                await sink.write(piece)


def _parts(url: str) -> SplitResult | None:
    """The parts of an http or https URL that a request can be sent to; None: it is none."""
    if len(url) > _LONGEST_URL or not _URL.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    reachable = is_ipv6(host) if "[" in parts.netloc else is_host(host)
    usable = parts.scheme in ("http", "https") and reachable and port != 0 and "@" not in parts.netloc
    return parts if usable else None


def _joined(url: str, location: str) -> str:
    """Where a redirect leads; "", which is no address, where that can't be told."""
    try:
        return urljoin(url, location)
    except ValueError:
        return ""


async def _keep_location(response: httpx.Response) -> None:
    """Before the library looks into it, and fails on a bad one."""
    response.extensions["location"] = response.headers.pop("location", "")


def _refusal(response: httpx.Response) -> ProviderError | None:
    """Why an answer brings no file, or one whose end can't be told from a connection that broke."""
    status, headers = response.status_code, response.headers
    answer = Answer(status, headers)
    if status in _OVER:
        return RequestRefused(Reason("provider.recording.over", {"status": status}), sent=True)
    if status == 429:
        limited = LimitReached(Reason("provider.limit_reached"), sent=True)
        limited.retry_after = answer.retry_after()
        return limited
    if status != 200:
        return _failed(status)
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        return BadAnswer(Reason("provider.recording.unreadable"), sent=True)
    if not answer.framed:
        return _lost("cut")
    size = whole_number(headers.get("content-length", ""))
    return _too_large() if size is not None and size > MAX_BYTES else None


def _failed(status: int) -> ProviderError:
    reason = Reason("provider.recording.failed", {"status": status})
    return ServerFailed(reason, sent=True) if status >= 500 or status == 408 else BadAnswer(reason, sent=True)


def _lost(kind: str) -> AnswerLost:
    return AnswerLost(Reason("provider.recording.timeout" if kind == "timeout" else "provider.recording.cut"),
                      sent=True)


def _too_large() -> BadAnswer:
    return BadAnswer(Reason("provider.recording.too_large", {"size": MAX_BYTES}), sent=True)


async def _next(pieces: AsyncIterator[bytes]) -> bytes | ProviderError | None:
    """The bytes that come next; None at the end of the file."""
    try:
        return await anext(pieces, None)
    except httpx.TimeoutException:
        return _lost("timeout")
    except Exception:  # noqa: BLE001 - whatever the library raises may hold the address
        return _lost("cut")


async def _quietly(closing: Coroutine[Any, Any, None]) -> None:
    """That hanging up failed takes nothing from what came."""
    with contextlib.suppress(Exception):
        await closing
