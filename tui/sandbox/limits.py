"""How often the provider lets itself be asked."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from enum import StrEnum
from typing import Final, Protocol

_MINUTE: Final = 60.0


class Limited(StrEnum):
    """Calls that share a limit."""

    CAMPAIGNS = "campaigns"  # create, switch, delete
    QUEUES = "queues"
    STATUSES = "statuses"  # extensions and agents
    CALL_RECORDS = "cdrs"  # the list, and single ones
    RECORDINGS = "recording_url"


class _Limit(Protocol):
    def wait(self, now: float) -> float:
        """0 where one more request may be answered at `now`, which then counts; else the seconds until one may."""


class _Window:
    """So many in any minute."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._answered: deque[float] = deque()

    def wait(self, now: float) -> float:
        while self._answered and self._answered[0] + _MINUTE <= now:
            self._answered.popleft()
        if len(self._answered) >= self._count:
            return self._answered[0] + _MINUTE - now
        self._answered.append(now)
        return 0.0


class _Bucket:
    """`burst` at once, and `rate` a second in the long run."""

    def __init__(self, rate: float, burst: int) -> None:
        self._rate = rate
        self._burst = burst
        self._tokens = float(burst)
        self._filled_at: float | None = None

    def wait(self, now: float) -> float:
        if self._filled_at is not None:
            self._tokens = min(float(self._burst), self._tokens + (now - self._filled_at) * self._rate)
        self._filled_at = now
        if self._tokens < 1:
            return (1 - self._tokens) / self._rate
        self._tokens -= 1
        return 0.0


class Limits:
    """The provider's limits. `monotonic` gives seconds of real time."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._limits: dict[Limited, _Limit] = {
            Limited.CAMPAIGNS: _Bucket(rate=2, burst=50),
            Limited.QUEUES: _Window(10),
            Limited.STATUSES: _Window(2),
            Limited.CALL_RECORDS: _Window(6),
            Limited.RECORDINGS: _Window(5),
        }

    def wait(self, limited: Limited) -> int:
        """0 where the request may be answered, and then it counts; else whole seconds until one may."""
        return math.ceil(self._limits[limited].wait(self._monotonic()))
