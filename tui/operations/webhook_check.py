"""Whether results would arrive: an empty request to the public address, as the provider sends one before it calls."""

from __future__ import annotations

import asyncio
import logging
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from msgspec import Struct

from tui.config import ReceiverSettings
from tui.core.base_url import is_this_machine
from tui.core.host import is_private
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.operations.services import Services

if TYPE_CHECKING:  # its import would load the HTTP library
    import httpx

    from tui.provider.answer import NoResponse

log = logging.getLogger("santral.webhook_check")

_SECONDS: Final = 10.0  # for each step of the way there; and once for the answer


class WebhookAnswer(StrEnum):
    """Who or what has answered a check, or why nobody has."""

    REACHED = "reached"
    NOT_SET = "not_set"  # no public address is configured
    PRIVATE = "private"  # it answers, at an address that the provider can't reach
    ALTERED = "altered"  # our receiver took it, and another answer than 200 came back
    ANOTHER = "another"  # answered 200, and our receiver took nothing
    NOT_FOUND = "not_found"
    REDIRECTED = "redirected"
    CLOSED = "closed"  # 401, 403, 407
    FAILED = "failed"  # 5xx
    REFUSED = "refused"  # any other status
    # Not reached, or without an answer.
    DNS = "dns"
    CERTIFICATE = "certificate"
    TLS = "tls"
    NO_CONNECTION = "no_connection"
    NETWORK = "network"
    CONNECT_TIMEOUT = "connect_timeout"
    PROXY = "proxy"
    SETTINGS = "settings"
    ANSWER_TIMEOUT = "answer_timeout"
    CUT = "cut"
    UNREACHED = "unreached"


_SENTENCE: Final = TextKeys("operations.webhook.{}", WebhookAnswer)


class WebhookCheck(Struct, frozen=True):
    """What came of a check. `reason` is the sentence; it names the host alone, since the address holds a token."""

    found: WebhookAnswer
    reason: Reason

    @property
    def works(self) -> bool:
        return self.found is WebhookAnswer.REACHED


async def check_webhook(services: Services, receiver: ReceiverSettings, *,
                        transport: httpx.AsyncBaseTransport | None = None) -> WebhookCheck:
    """Post an empty request to the public address under the profile's own token, and find out who has answered.

    That it was our receiver is read from the store, in which the receiver notes the request before it answers. Nothing
    is sent anywhere else: redirects aren't followed, and the API key isn't in it. StoreError.
    """
    if receiver.public_url is None:
        return WebhookCheck(WebhookAnswer.NOT_SET, Reason("operations.webhook.not_set"))
    profile, deliveries = services.profile.name, services.store.deliveries
    token = await services.thread(deliveries.profile_token, profile, services.new_token)
    before = await services.thread(deliveries.profile_pings, profile)
    got = await _post(receiver.public_url, token, transport)
    noted = await services.thread(deliveries.profile_pings, profile) > before
    found = _answer_of(got, noted=noted)
    here = is_this_machine(services.profile.base_url)
    if found is WebhookAnswer.REACHED and is_private(receiver.public_url) and not here:
        found = WebhookAnswer.PRIVATE
    log.info("webhook checked: %s", found)
    params: dict[str, str | int] = {"host": _host(receiver.public_url)}
    if isinstance(got, int):
        params["status"] = got
    elif got.why is not None:
        return WebhookCheck(found, got.why)
    return WebhookCheck(found, Reason(_SENTENCE[found], params))


async def _post(public_url: str, token: str, transport: httpx.AsyncBaseTransport | None) -> int | NoResponse:
    """The status of the answer, or why there is none."""
    import httpx

    # Importing the transport silences the library's own log, in which the address with the token would stand.
    import tui.provider.transport  # noqa: F401
    from tui.provider.client_options import client_options
    from tui.provider.request_trace import RequestTrace, Sending

    # Until the request is out the library's own time-outs hold: it closes what it opened, where a cancellation doesn't.
    deadline = asyncio.timeout(None)
    trace = RequestTrace(Sending(), _host(public_url), deadline, _SECONDS, traced=transport is None)
    try:
        async with (deadline, httpx.AsyncClient(
                **client_options(public_url, transport), timeout=_SECONDS, follow_redirects=False,
                event_hooks={"response": [_without_location]}) as client):
            request = client.build_request("POST", f"{public_url}/{token}", extensions={"trace": trace.on_event})
            await trace.hand_over()
            response = await client.send(request, stream=True)
            await response.aclose()  # what else it says is of no interest, however long it is
            return response.status_code
    except Exception as failure:  # noqa: BLE001 - whatever the transport raises may hold the token: none may leave
        return trace.no_response(failure)


async def _without_location(response: httpx.Response) -> None:
    """httpx looks into the address of a redirect even where it doesn't follow it, and fails on a bad one."""
    response.headers.pop("location", None)


_BY_STATUS: Final = {
    401: WebhookAnswer.CLOSED, 403: WebhookAnswer.CLOSED, 404: WebhookAnswer.NOT_FOUND, 407: WebhookAnswer.CLOSED,
}
_BEFORE_SENT: Final = {
    "dns": WebhookAnswer.DNS, "certificate": WebhookAnswer.CERTIFICATE, "tls": WebhookAnswer.TLS,
    "refused": WebhookAnswer.NO_CONNECTION, "network": WebhookAnswer.NETWORK,
    "timeout": WebhookAnswer.CONNECT_TIMEOUT, "proxy": WebhookAnswer.PROXY, "settings": WebhookAnswer.SETTINGS,
    "unready": WebhookAnswer.UNREACHED,
}


def _answer_of(got: int | NoResponse, *, noted: bool) -> WebhookAnswer:
    if not isinstance(got, int):
        if got.sent:
            return WebhookAnswer.ANSWER_TIMEOUT if got.kind == "timeout" else WebhookAnswer.CUT
        return _BEFORE_SENT.get(got.kind, WebhookAnswer.UNREACHED)
    if noted or got == 200:
        return WebhookAnswer.ANOTHER if not noted else WebhookAnswer.REACHED if got == 200 else WebhookAnswer.ALTERED
    if 300 <= got < 400:
        return WebhookAnswer.REDIRECTED
    return WebhookAnswer.FAILED if got >= 500 else _BY_STATUS.get(got, WebhookAnswer.REFUSED)


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
