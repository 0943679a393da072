"""POSTs to the addresses that campaigns name for their results. Only to this machine: nothing leaves it."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from tui.sandbox.events import SandboxEvent, WebhookElsewhere, WebhookFailed
from tui.sandbox.results import FORM

if TYPE_CHECKING:
    import httpx

_SECONDS_TO_ANSWER: Final = 10
_AT_ONCE: Final = 4


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine, by its text alone: what it resolves to may change."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Webhooks:
    """Asks webhooks whether they answer, and takes notifications to them, each once. Used as `async with`."""

    def __init__(self, on_event: Callable[[SandboxEvent], None]) -> None:
        self._on_event = on_event
        self._client: httpx.AsyncClient | None = None
        self._waiting: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue()
        self._workers: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Webhooks:
        self._workers = [asyncio.create_task(self._work()) for _ in range(_AT_ONCE)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()

    async def accepts(self, url: str) -> bool:
        """Whether an empty POST is answered 200. One that is not on this machine is taken to accept, unasked."""
        host = _host(url)
        if host is None:
            return False
        if not is_loopback(host):
            self._on_event(WebhookElsewhere(host))
            return True
        return await self._post(url, b"", {})

    def notify(self, url: str, body: bytes) -> None:
        """Sends a notification soon, once: whether it arrives or not."""
        host = _host(url)
        if host is not None and is_loopback(host):
            self._waiting.put_nowait((url, body))

    async def _work(self) -> None:
        while True:
            url, body = await self._waiting.get()
            await self._post(url, body, {"Content-Type": FORM})

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> bool:
        import httpx

        if self._client is None:
            # Without trust_env: a proxy of the environment would take it off this machine. A connection is used once:
            # a kept one may be closed by the receiver just when it is used again, and nothing is sent twice.
            self._client = httpx.AsyncClient(trust_env=False, timeout=_SECONDS_TO_ANSWER,
                                             limits=httpx.Limits(max_keepalive_connections=0))
        try:
            answer = (await self._client.post(url, content=body, headers=headers)).status_code
        except (httpx.HTTPError, httpx.InvalidURL):
            answer = 0
        if answer != 200:
            self._on_event(WebhookFailed(_host(url) or "", answer))
        return answer == 200


def _host(url: str) -> str | None:
    """The host as the client that posts reads it, so that what is judged is where it would go."""
    import httpx

    try:
        return httpx.URL(url).host
    except httpx.InvalidURL:
        return None
