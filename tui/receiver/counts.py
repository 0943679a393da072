"""What came to the webhook and what became of it, in figures."""

from __future__ import annotations

from collections import deque
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict

from tui.campaign.results import Notification, Ping, Unreadable
from tui.store import IngestResult

_KINDS: Final[dict[type[object], str]] = {Notification: "stored", Ping: "pings", Unreadable: "unreadable"}

_OUTCOMES: Final[dict[IngestResult, str]] = {IngestResult.REPEATED: "repeated", IngestResult.BESIDE: "beside"}


class RequestCounts(Struct):
    """Requests. The first five were acknowledged, and are on the disk."""

    stored: int = 0  # notifications that are news
    repeated: int = 0
    unreadable: int = 0  # kept as they came
    pings: int = 0  # without a notification
    beside: int = 0  # kept beside the store, which could not take them yet
    refused: int = 0  # another path, method or token, or too long
    failed: int = 0  # could not be kept: answered 503
    waiting: int = 0  # how many are beside the store now

    @property
    def acknowledged(self) -> int:
        return self.stored + self.repeated + self.unreadable + self.pings + self.beside

    def add(self, what: object, taken: IngestResult) -> None:
        """Count a delivery that the store has taken."""
        name = _OUTCOMES.get(taken) or _KINDS[type(what)]
        setattr(self, name, getattr(self, name) + 1)

    def since(self, before: RequestCounts) -> RequestCounts:
        """What came since then; `waiting` as it is now."""
        came = {name: count - getattr(before, name) for name, count in asdict(self).items()}
        return RequestCounts(**(came | {"waiting": self.waiting}))

    def copy(self) -> RequestCounts:
        return RequestCounts(**asdict(self))


class LastMinute:
    """How many were acknowledged in the last minute, given every few seconds what they are in all."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def at(self, seconds: float, in_all: int) -> int:
        """`seconds`: a clock that never goes back."""
        self._seen.append((seconds, in_all))
        while len(self._seen) > 1 and self._seen[1][0] <= seconds - 60:
            self._seen.popleft()
        return in_all - self._seen[0][1]
