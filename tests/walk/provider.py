"""The provider, in every mood it may have; and who was asked before anything was sent that matters."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from typing import Final
from urllib.parse import parse_qs, urlsplit

import httpx

MOODS: Final = ("well", "slow", "fails", "cuts", "garbage", "mixed")
_ACCOUNT: Final[dict[str, object]] = {
    "/caller_ids": ["902129630131", "902129630132"],
    "/announcements": [{"id": 128, "name": "Zub"}, {"id": 421, "name": "Kvok [/x]"}, {"id": 428, "name": "Zub 2"}],
    "/queues": [{"number": 200, "name": "Vlim"}, {"number": 201, "name": "Qorf"}],
    "/user_statuses": [{"user": 1000, "status": "AVAILABLE"}, {"user": 1001, "status": "TALKING"}],
    "/agent_statuses": [{"agent": "1000", "status": "AVAILABLE", "queues": ["201"]}],
    "/blocked_numbers": {"blocked_numbers": [{"id": 1, "number": "905321000001"}],
                         "pagination": {"page": 1, "total_count": 1, "total_pages": 1, "limit": 100}},
    "/cdrs": {"cdrs": [], "pagination": {"page": 1, "total_count": 0, "total_pages": 0, "limit": 100}},
}
_GARBAGE: Final = (b"", b"\x00\xff\xfe", b"<html><body>Bad gateway</body></html>", b"{", b"[[[[", b"null", b"-1",
                   b"[1,2]", b'{"error": "[/x] \x1b[31m"}', b"9" * 5_000, b"[{}]", "ğ".encode("cp1254"))
_STATUSES: Final = (400, 401, 403, 404, 422, 429, 500, 502, 503, 504)


class ProviderDouble:
    """Answers as its mood is. `allowed` counts, by act (`POST`, `DELETE`, `PATCH on`, `PATCH off`), what was confirmed
    and not yet sent.
    """

    def __init__(self, dice: random.Random, tell: Callable[[str], None]) -> None:
        self.mood = "well"
        self.allowed: Counter[str] = Counter()
        self.repeatable: set[tuple[str, str]] = set()  # the same act on the same path, until another is done to it
        self._dice = dice
        self._tell = tell
        self._ids = itertools.count(40_000)

    def confirmed(self, act: str, count: int = 1) -> None:
        self.allowed[act] += count

    async def answer(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        path = urlsplit(str(request.url)).path
        if request.method != "GET":
            self._account_for(request.method, path, request.content)
        mood = self.mood if self.mood != "mixed" else self._dice.choice(MOODS[:5])
        if mood == "slow":
            await asyncio.sleep(self._dice.choice((0.05, 0.5, 3.0, 40.0)))
        else:
            await asyncio.sleep(self._dice.choice((0.0, 0.01, 0.1)))
        return self._give(mood, request, path)

    def _account_for(self, method: str, path: str, content: bytes) -> None:
        status = parse_qs(content.decode("utf-8", "replace")).get("status", [""])[0] if method == "PATCH" else ""
        act = f"{method} {status}".rstrip()
        if method != "POST" and (act, path) in self.repeatable:
            return  # tried again
        if not self.allowed[act]:
            self._tell(f"unasked: {act} {path}")
        self.allowed[act] -= 1
        if method != "POST":
            self.repeatable = {one for one in self.repeatable if one[1] != path} | {(act, path)}

    def _give(self, mood: str, request: httpx.Request, path: str) -> httpx.Response:
        dice = self._dice
        if mood == "fails":
            headers = dice.choice(({}, {"Retry-After": "2"}, {"Retry-After": "zzz"}))
            return _streamed(httpx.Response(dice.choice(_STATUSES), text="[/x] qqq", headers=headers))
        if mood == "cuts":
            error = dice.choice((httpx.ConnectError, httpx.ReadTimeout, httpx.WriteError, httpx.RemoteProtocolError,
                                 httpx.ConnectTimeout, httpx.PoolTimeout, None))
            if error is not None:
                raise error("cut", request=request)
            return httpx.Response(200, stream=_Cut())
        if mood == "garbage":
            return _streamed(httpx.Response(200, content=dice.choice(_GARBAGE)))
        if request.method == "POST":
            return _streamed(httpx.Response(200, text=str(next(self._ids))))
        if request.method == "GET":
            return _streamed(httpx.Response(200, json=_ACCOUNT.get(path, [])))
        return _streamed(httpx.Response(200, text="OK"))


class _Cut(httpx.AsyncByteStream):
    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"[{"
        raise httpx.ReadError("cut")


def _streamed(response: httpx.Response) -> httpx.Response:
    """With a body that is still to be read, as one that comes from a connection."""
    return httpx.Response(response.status_code, headers=response.headers, stream=httpx.ByteStream(response.content))
