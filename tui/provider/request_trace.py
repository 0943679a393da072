"""Has the request left? Everything that a create request's outcome rests on.

A create request gives its length first and its last byte, without which it is no JSON, is held back to the end: what
broke off before that byte was handed over can't have been carried out. Of any other request the first byte counts.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Final, Literal, cast

import httpx
from msgspec import Struct

from tui.campaign.lifecycle import Outcome
from tui.core.causes import causes
from tui.provider.answer import Answer, NoResponse
from tui.provider.client_options import BadSetting
from tui.provider.early_response import EarlyResponse

if TYPE_CHECKING:
    import httpcore

# Where the transport does not report its steps, its exceptions show them: these come before a request is written.
_BEFORE_SENDING: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol,
                          httpx.ProxyError)
_NO_ROUTE: Final = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN,
                              errno.EADDRNOTAVAIL})


class Sending(Struct):
    """How far a create request got, for whoever watches it, or is cancelled and gets no outcome.

    `started` is set before the request's last byte can have left: while it is False, the provider can't have carried it
    out. `sent` of the `total` bytes of its body have been written. `outcome` is set where the provider's answer had
    come when the cancellation struck. `answer` is what has come of it so far.
    """

    started: bool = False
    sent: int = 0
    total: int = 0
    outcome: Outcome | None = None
    answer: Answer | None = None


# Asked right before the first byte of a request leaves, and of a create request before the last one too.
MayLeave = Callable[[], Awaitable[bool]]


class Withheld(Exception):
    """The request was not to leave any more."""


async def must_still_leave(may_leave: MayLeave | None) -> None:
    """Withheld where it may not, or where that can't be found out."""
    if may_leave is None:
        return
    try:
        allowed = await may_leave()
    except Exception as failure:
        raise Withheld from failure
    if not allowed:
        raise Withheld


class UnreadableUpload(Exception):
    """The body of a request could not be read to its end, or was not what had been counted."""


class RequestTrace:
    """Follows one request through the transport's trace events, and keeps the deadline of its answer."""

    def __init__(self, sending: Sending, host: str, deadline: asyncio.Timeout, seconds: float, *, traced: bool,
                 early: EarlyResponse | None = None, may_leave: MayLeave | None = None) -> None:
        """The answer is due `seconds` after the request is out; until then `deadline` is open.

        With an `ear` the body is given out piece by piece, and `sending.started` is set before the last of them.
        """
        self._may_leave = may_leave
        self.sending = sending
        self.step: Literal["settings", "connect", "proxy", "tls", "body"] = "settings"
        self._host = host
        self._deadline = deadline
        self._seconds = seconds
        self._traced = traced
        self._early = early

    async def hand_over(self) -> None:
        """The client is made, the request goes to the transport now. Withheld."""
        self.step = "connect"
        if not self._traced:
            await must_still_leave(self._may_leave)
            self._start()
            self._await_answer()

    async def on_event(self, event: str, info: Mapping[str, object]) -> None:
        """httpcore's `trace` extension: "http11.send_request_headers.started" and its like."""
        match event.partition(".")[2]:
            case "connect_tcp.started":
                self._host = str(info["host"])
            case "connect_tcp.complete" | "start_tls.complete" if self._early is not None:
                self._early.attach(cast("httpcore.AsyncNetworkStream", info["return_value"]))
            case "start_tls.started":
                self.step = "tls"
            case "send_request_headers.started":
                # A tunnel's CONNECT goes to the proxy and holds nothing of the request itself.
                if getattr(info["request"], "method", b"") == b"CONNECT":
                    self.step = "proxy"
                else:
                    self.step = "body"
                    await must_still_leave(self._may_leave)
                    self._start()
                self._deadline.reschedule(None)
            case "receive_response_headers.started":
                self._await_answer()
            case "receive_response_body.complete" if self._early is not None:
                await self._read_what_follows(self._early)

    async def _read_what_follows(self, early: EarlyResponse) -> None:
        answer = self.sending.answer
        if answer is None or answer.missing != "cut":
            return
        answer.missing = None  # whatever becomes of the rest, the answer is here
        answer.followed_by = await early.read_what_follows()
        if answer.followed_by:
            answer.missing = "more"

    def _start(self) -> None:
        if self._early is None:
            self.sending.started = True

    def _await_answer(self) -> None:
        self._deadline.reschedule(asyncio.get_running_loop().time() + self._seconds)

    def no_response(self, failure: Exception) -> NoResponse:
        """Why there is no answer, from the exception that ended the request."""
        if not self._traced and (isinstance(failure, _BEFORE_SENDING) or self.step == "settings"):
            self.sending.started = False
        timed_out = isinstance(failure, httpx.TimeoutException | TimeoutError)
        if any(isinstance(cause, Withheld) for cause in causes(failure)):
            return NoResponse("withheld", sent=False, host=self._host)
        if self.sending.started:
            return NoResponse("timeout" if timed_out else "cut", sent=True, host=self._host)
        if any(isinstance(cause, UnreadableUpload) for cause in causes(failure)):
            return NoResponse("unreadable", sent=False, host=self._host)
        if self.step == "body":
            return NoResponse("incomplete_timeout" if timed_out else "incomplete", sent=False, host=self._host)
        if isinstance(failure, BadSetting):
            return NoResponse("settings", sent=False, host=self._host, why=failure.reason)
        return NoResponse(self._why_not_reached(failure), sent=False, host=self._host)

    def _why_not_reached(self, failure: Exception) -> str:
        if self.step == "settings":
            return "unready"
        if isinstance(failure, httpx.PoolTimeout):
            return "pool"
        if isinstance(failure, httpx.ProxyError) or self.step == "proxy":
            return "proxy"
        if isinstance(failure, httpx.ConnectTimeout):
            return "timeout"
        behind = list(causes(failure))
        for kind, fits in _KINDS.items():
            if any(map(fits, behind)):
                return kind
        return "tls" if self.step == "tls" else "other"


_KINDS: Final[Mapping[str, Callable[[BaseException], bool]]] = {
    "certificate": lambda cause: isinstance(cause, ssl.SSLCertVerificationError),
    "tls": lambda cause: isinstance(cause, ssl.SSLError),
    "dns": lambda cause: isinstance(cause, socket.gaierror),
    "refused": lambda cause: isinstance(cause, ConnectionRefusedError),
    "network": lambda cause: isinstance(cause, OSError) and cause.errno in _NO_ROUTE,
}
