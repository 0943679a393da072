"""Clocks without waiting, and a transport that answers only what it expects."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

import httpx

from tui.core.secret import Secret
from tui.provider.client import Provider
from tui.provider.limits import Wait

from .stand_in import KEY

Answering: TypeAlias = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


class FakeClock:
    """Sleeping sets the clock forward at once."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


class StoppedClock(FakeClock):
    """Sleeping does not end: for calls that are to be found waiting."""

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.Event().wait()


class VirtualClock:
    """Time that passes when every task waits for it."""

    def __init__(self) -> None:
        self.now = 0.0
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Event]] = []

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._order), woken))
        await woken.wait()

    async def run(self, *work: Coroutine[Any, Any, None]) -> None:
        tasks = [asyncio.create_task(one) for one in work]
        while not all(task.done() for task in tasks):
            for _ in range(10):  # every task goes on until it sleeps
                await asyncio.sleep(0)
            if self._sleepers:
                self.now, _, woken = heapq.heappop(self._sleepers)
                woken.set()
        for task in tasks:
            task.result()


class Scripted(httpx.AsyncBaseTransport):
    """Answers each request with the next of `script`; one request more than that fails the test."""

    def __init__(self, *script: Answering) -> None:
        self._script = list(script)
        self.requests: list[httpx.Request] = []
        self.bodies: list[bytes] = []
        self.extra = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.bodies.append(await request.aread())
        if not self._script:
            self.extra += 1
            raise AssertionError("a request more than expected")
        answer = self._script.pop(0)
        if isinstance(answer, Exception):
            if isinstance(answer, httpx.RequestError):
                answer.request = request
            raise answer
        return answer if isinstance(answer, httpx.Response) else answer(request)

    @property
    def sent(self) -> list[str]:
        return [f"{request.method} {request.url}" for request in self.requests]


class Rig:
    """A provider on a script and a fake clock, and the waits it reported."""

    def __init__(self, *script: Answering, clock: FakeClock | None = None, jitter: float = 1.0) -> None:
        self.transport = Scripted(*script)
        self.clock = clock or FakeClock()
        self.waits: list[Wait | None] = []
        self.provider = Provider("https://provider.example.com", Secret(KEY), transport=self.transport,
                                 clock=self.clock, jitter=lambda: jitter, on_wait=self.waits.append)

    async def __aenter__(self) -> Rig:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.provider.aclose()
        # The transport turns whatever a transport raises into a value: an unexpected request must not pass unseen.
        assert self.transport.extra == 0
