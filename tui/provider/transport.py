"""The one way out: every request to the provider passes through here, and so does everything that comes back.

The key is put into a request here and nowhere else, and no exception of the HTTP library leaves: its request's URL has
the key in it, and so may have its text.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator
from datetime import datetime
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from importlib.metadata import PackageNotFoundError, version
from typing import Final
from urllib.parse import quote, urlencode
from urllib.request import Request

import httpx
from msgspec import Struct
from msgspec.structs import replace

from tui.core.base_url import check_base_url
from tui.core.secret import Secret
from tui.provider.answer import Answer, NoResponse
from tui.provider.body import Body
from tui.provider.call import ApiCall
from tui.provider.client_options import client_options
from tui.provider.early_response import EarlyResponse
from tui.provider.limits import Clock
from tui.provider.request_trace import MayLeave, RequestTrace, Sending

_logger: Final = logging.getLogger("santral.provider")

# httpx writes each URL at INFO and httpcore each header at DEBUG: the key would stand in the log. The filter holds even
# where somebody turns these loggers up.
_LOGGERS: Final = ("httpx", "httpcore.connection", "httpcore.http11", "httpcore.http2", "httpcore.proxy",
                  "httpcore.socks")
_HEADERS_READ: Final = ("content-length", "transfer-encoding", "retry-after", "date")


def _is_warning(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def _silence() -> None:
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(_is_warning)


_silence()


class Timeouts(Struct, frozen=True):
    """Seconds. `write` and `read` are for one step each, `answer` for the whole answer once the request is out.

    The last two are `per_megabyte` longer for each full megabyte of the body: a long list takes its time to be read and
    written down, and an answer that isn't waited for leaves a campaign that nobody is sure of.
    """

    connect: float = 10
    write: float = 30
    read: float = 30
    pool: float = 10
    answer: float = 60
    per_megabyte: float = 2

    def for_body(self, size: int) -> Timeouts:
        longer = size // 1_000_000 * self.per_megabyte
        return replace(self, read=self.read + longer, answer=self.answer + longer)

    def of_steps(self) -> httpx.Timeout:
        return httpx.Timeout(connect=self.connect, read=self.read, write=self.write, pool=self.pool)


class NoCookies(CookieJar):
    """Nothing that the provider sets is kept: each request says all there is to say."""

    def extract_cookies(self, response: HTTPResponse, request: Request) -> None:
        """Keeps none."""


class Transport:
    """One base URL, one key, one client."""

    def __init__(self, base_url: str, key: Secret, transport: httpx.AsyncBaseTransport | None, timeouts: Timeouts,
                 clock: Clock) -> None:
        self._base_url = check_base_url(base_url)
        self._key = key
        self._transport = transport
        self._timeouts = timeouts
        self._clock = clock
        # Other transports do not say when they write: their exceptions show it.
        self._traced = transport is None or isinstance(transport, httpx.AsyncHTTPTransport)
        self._client: httpx.AsyncClient | None = None
        self._closed = False
        self.server_time: datetime | None = None  # by the provider's clock, as its last answer left

    async def aclose(self) -> None:
        self._closed = True
        if self._client is not None:
            await self._client.aclose()

    async def exchange(self, call: ApiCall, sending: Sending, attempt: int = 1,
                       may_leave: MayLeave | None = None) -> Answer | NoResponse:
        """Sends `call` once, where it may leave. Never raises but for cancellation: what went wrong comes back."""
        begun = self._clock.monotonic()
        result = "cancelled"
        try:
            got = await self._once(call, sending, may_leave)
            if isinstance(got, Answer):
                self.server_time = got.date() or self.server_time
            result = _log_text(got)
        finally:
            milliseconds = round((self._clock.monotonic() - begun) * 1000)
            _logger.info("%s %s: %s, %d ms, try %d", call.method, call.path, result, milliseconds, attempt)
        return got

    async def _once(self, call: ApiCall, sending: Sending, may_leave: MayLeave | None) -> Answer | NoResponse:
        host = httpx.URL(self._base_url).host
        try:
            body = self._body(call)
        except UnicodeEncodeError:
            return NoResponse("unwritable", sent=False, host=host)
        sending.total = body.size if body is not None else 0
        timeouts = self._timeouts.for_body(sending.total)
        # Steps have time-outs of their own, but a server that sends a byte now and then meets each of them.
        deadline = asyncio.timeout(None)
        early = EarlyResponse() if body is not None else None
        trace = RequestTrace(sending, host, deadline, timeouts.answer, traced=self._traced, early=early,
                      may_leave=may_leave)
        try:
            async with deadline:
                if body is None or early is None:
                    return await self._send_and_read(call, self._request(call), trace)
                async with contextlib.aclosing(body.pieces(sending, early, may_leave)) as pieces:
                    return await self._send_and_read(call, self._request_with(call, body.size, pieces, timeouts), trace)
        except Exception as failure:  # noqa: BLE001 - whatever the transport raises may hold the key: none may leave
            answer = sending.answer
            if answer is None:
                return trace.no_response(failure)
            if isinstance(failure, httpx.TimeoutException | TimeoutError) and answer.missing == "cut":
                answer.missing = "timeout"
            return answer
        finally:
            if early is not None:
                await early.close()

    async def _send_and_read(self, call: ApiCall, request: httpx.Request, trace: RequestTrace) -> Answer:
        client = self._open_client()
        request.extensions["trace"] = trace.on_event
        await trace.hand_over()
        response = await client.send(request, stream=True)
        headers = {name: response.headers[name] for name in _HEADERS_READ if name in response.headers}
        answer = trace.sending.answer = Answer(response.status_code, headers)
        try:
            await _read(response, answer, call.max_bytes)
        finally:
            # The answer is in hand: that hanging up failed takes nothing from it.
            with contextlib.suppress(Exception):
                await response.aclose()
        return answer

    def _open_client(self) -> httpx.AsyncClient:
        """The client, made when it is first used: its TLS context takes a while.

        RuntimeError after `aclose`, BadSetting.
        """
        if self._closed:
            raise RuntimeError("closed")
        if self._client is None:
            self._client = httpx.AsyncClient(
                **client_options(self._base_url, self._transport),
                timeout=self._timeouts.of_steps(),
                # A connection that is kept may be closed by the other end while a request is written to it, and then
                # nobody knows whether that was read. A handshake more is cheaper than an unconfirmed campaign.
                limits=httpx.Limits(max_keepalive_connections=0),
                follow_redirects=False,
                cookies=NoCookies(),
                event_hooks={"response": [_take_as_it_is]},
                headers={"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": program_name()})
        return self._client

    def _request(self, call: ApiCall) -> httpx.Request:
        url = self._base_url + call.path
        if call.form is not None:
            content = urlencode((("key", self._key.reveal()), *call.form)).encode("ascii")
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
            return self._open_client().build_request(call.method, url, headers=headers, content=content)
        query = urlencode((("key", self._key.reveal()), *call.query), quote_via=quote)
        return self._open_client().build_request(call.method, f"{url}?{query}")

    def _request_with(self, call: ApiCall, size: int, pieces: AsyncIterator[bytes],
                      timeouts: Timeouts) -> httpx.Request:
        headers = {"Content-Type": "application/json", "Content-Length": str(size)}
        return self._open_client().build_request(call.method, self._base_url + call.path, headers=headers,
                                                 content=pieces, timeout=timeouts.of_steps())

    def _body(self, call: ApiCall) -> Body | None:
        """The JSON with the key as its first field. UnicodeEncodeError where a text in it can't be written as UTF-8."""
        if call.json is None:
            return None
        text = json.dumps({"key": self._key.reveal(), **call.json}, ensure_ascii=False, separators=(",", ":"))
        return Body(text.encode("utf-8"), call.streamed)


async def _take_as_it_is(response: httpx.Response) -> None:
    """A redirect is an answer like any other: httpx would look into its address, and fail on a bad one.

    Compressed answers were not asked for, and a small one can unpack into a huge one.
    """
    for name in ("location", "content-encoding"):
        response.headers.pop(name, None)


async def _read(response: httpx.Response, answer: Answer, max_bytes: int) -> None:
    async for piece in response.aiter_bytes():
        too_long = len(answer.body) + len(piece) > max_bytes
        answer.body += piece[:max_bytes - len(answer.body)]
        if too_long:
            answer.missing = "long"
            return
    if answer.missing == "cut":
        answer.missing = None


def _log_text(got: Answer | NoResponse) -> str:
    if isinstance(got, NoResponse):
        return got.kind if got.sent else f"not sent: {got.kind}"
    return f"{got.status}" if got.missing is None else f"{got.status}, body {got.missing}"


def program_name() -> str:
    """What the program is called in its requests."""
    try:
        return f"santral/{version('santral')}"
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "santral/0"
