"""The provider's limits kept on this side, and waits that can be seen.

The provider counts a request when it arrives, which is somewhere between its start and its end here. So each limit
counts a request for the whole of that time: whatever the network does to their spacing, the provider never sees too
many.
"""

from __future__ import annotations

import asyncio
import math
import time
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable
from typing import Final, Literal, Protocol

from msgspec import Struct

from tui.core.reason import Reason

_MINUTE: Final = 60.0
# Tokens are sums of floats: a bucket that is short of a billionth of a token is full enough.
_NEARLY: Final = 1e-9


class Clock(Protocol):
    """Where time comes from."""

    def monotonic(self) -> float:
        """Seconds since some moment, never going back."""

    async def sleep(self, seconds: float) -> None:
        """Returns when the seconds are over."""


class SystemClock:
    """This machine's time."""

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Wait(Struct, frozen=True):
    """A call is waiting for its turn ("limit") or until it is tried again ("again"), for so many seconds."""

    kind: Literal["limit", "again"]
    seconds: float
    reason: Reason


class Waits:
    """Sleeps, and reports what is being waited for: the newest wait of all calls, None when there is none left."""

    def __init__(self, clock: Clock, on_wait: Callable[[Wait | None], None] | None) -> None:
        self._clock = clock
        self._on_wait = on_wait
        self._current: list[Wait] = []

    async def for_limit(self, seconds: float) -> None:
        reason = Reason("provider.wait.limit", {"count": math.ceil(seconds)})
        await self._sleep(Wait("limit", seconds, reason))

    async def before_try(self, seconds: float, attempt: int, of: int) -> None:
        reason = Reason("provider.wait.again", {"count": math.ceil(seconds), "attempt": attempt, "of": of})
        await self._sleep(Wait("again", seconds, reason))

    async def _sleep(self, wait: Wait) -> None:
        self._current.append(wait)
        self._notify()
        try:
            await self._clock.sleep(wait.seconds)
        finally:
            self._current = [other for other in self._current if other is not wait]
            self._notify()

    def _notify(self) -> None:
        if self._on_wait is not None:
            self._on_wait(self._current[-1] if self._current else None)


class Limit(ABC):
    """So many requests in so much time; who asks first goes first."""

    def __init__(self, clock: Clock, waits: Waits) -> None:
        self._clock = clock
        self._waits = waits
        self._turn = asyncio.Lock()
        self._under_way = 0

    async def enter(self) -> None:
        """Returns when one more request may start; `leave` must follow."""
        async with self._turn:
            await self._room()
            self._under_way += 1

    async def room(self, requests: int) -> None:
        """Returns when so many requests could start without waiting. None of them is counted: nothing is sent here."""
        async with self._turn:
            await self._room(requests)

    async def _room(self, requests: int = 1) -> None:
        while (seconds := self._seconds_to_wait(self._clock.monotonic(), requests)) > 0:
            await self._waits.for_limit(seconds)

    def seconds_until_room(self, requests: int) -> float:
        """How long until so many requests could start without waiting; 0 where they could now.

        Who waits already goes first, and needs room too.
        """
        return self._seconds_to_wait(self._clock.monotonic(), requests + self._turn.locked())

    def leave(self, *, arrived: bool) -> None:
        """The request is over. One that certainly never arrived was not counted by the provider either."""
        self._under_way -= 1
        if arrived:
            self._count(self._clock.monotonic())

    @abstractmethod
    def _seconds_to_wait(self, now: float, requests: int = 1) -> float:
        """0 where so many more may start now."""

    @abstractmethod
    def _count(self, now: float) -> None:
        """One more has certainly arrived by now."""


class TokenBucket(Limit):
    """A token bucket: `burst` at once, `rate` a second in the long run."""

    def __init__(self, clock: Clock, waits: Waits, *, rate: float, burst: int) -> None:
        super().__init__(clock, waits)
        self._rate = rate
        self._burst = burst
        self._tokens = float(burst)
        self._filled_at = clock.monotonic()

    def _fill(self, now: float) -> None:
        self._tokens = min(float(self._burst), self._tokens + (now - self._filled_at) * self._rate)
        self._filled_at = now

    def _seconds_to_wait(self, now: float, requests: int = 1) -> float:
        self._fill(now)
        missing = requests - (self._tokens - self._under_way)
        return 0 if missing <= _NEARLY else missing / self._rate

    def _count(self, now: float) -> None:
        self._fill(now)
        self._tokens -= 1


class SlidingWindow(Limit):
    """A sliding window: never more than `count` in any minute."""

    def __init__(self, clock: Clock, waits: Waits, *, count: int) -> None:
        super().__init__(clock, waits)
        self._max = count
        self._free_at: deque[float] = deque()

    def _seconds_to_wait(self, now: float, requests: int = 1) -> float:
        while self._free_at and self._free_at[0] <= now:
            self._free_at.popleft()
        missing = self._under_way + len(self._free_at) + requests - self._max
        if missing <= 0:
            return 0
        # One that is under way counts for a minute from its end: a minute is the least that it takes.
        return self._free_at[missing - 1] - now if missing <= len(self._free_at) else _MINUTE

    def _count(self, now: float) -> None:
        self._free_at.append(now + _MINUTE)
