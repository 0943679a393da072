"""Time for the simulated calls: as fast as is asked, so that a day of calls can be watched in minutes."""

from __future__ import annotations

import datetime as dt
import time
from typing import Protocol

from tui.core.clock import utc_now


class SandboxClock(Protocol):
    """Where the sandbox's time comes from."""

    def now(self) -> dt.datetime:
        """The moment for the simulated calls, in UTC."""

    def monotonic(self) -> float:
        """Seconds of real time: the limits are kept against clients, who live in it."""

    def seconds_until(self, moment: dt.datetime) -> float:
        """How many seconds of real time are left until a moment of `now`; never less than 0."""


class VirtualClock:
    """Starts at this machine's time and runs `speed` times as fast."""

    def __init__(self, speed: float = 1.0) -> None:
        self._speed = speed
        self._began = utc_now()
        self._began_at = time.monotonic()

    def now(self) -> dt.datetime:
        return self._began + dt.timedelta(seconds=(self.monotonic() - self._began_at) * self._speed)

    def monotonic(self) -> float:
        return time.monotonic()

    def seconds_until(self, moment: dt.datetime) -> float:
        return max(0.0, (moment - self.now()).total_seconds() / self._speed)
