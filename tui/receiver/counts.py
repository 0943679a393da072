"""What came to the webhook and what became of it, in figures."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass
from typing import Final

from tui.campaign.results import Notification, Ping, Unreadable
from tui.store import Taken

_KINDS: Final[dict[type[object], str]] = {Notification: "stored", Ping: "pings", Unreadable: "unreadable"}


@dataclass(slots=True)
class Counts:
    """Requests. The first four were acknowledged, and are on the disk."""

    stored: int = 0  # notifications that are news
    repeated: int = 0
    unreadable: int = 0  # kept as they came
    pings: int = 0  # without a notification
    refused: int = 0  # another path, method or token, or too long
    failed: int = 0  # the store did not take them: answered 503

    @property
    def acknowledged(self) -> int:
        return self.stored + self.repeated + self.unreadable + self.pings

    def add(self, what: object, taken: Taken) -> None:
        """Count a delivery that the store has taken."""
        name = "repeated" if taken is Taken.REPEATED else _KINDS[type(what)]
        setattr(self, name, getattr(self, name) + 1)

    def since(self, before: Counts) -> Counts:
        return Counts(**{name: many - getattr(before, name) for name, many in asdict(self).items()})

    def copy(self) -> Counts:
        return Counts(**asdict(self))


class LastMinute:
    """How many were acknowledged in the last minute, told what they are in all every few seconds."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def at(self, seconds: float, in_all: int) -> int:
        """`seconds`: a clock that never goes back."""
        self._seen.append((seconds, in_all))
        while len(self._seen) > 1 and self._seen[1][0] <= seconds - 60:
            self._seen.popleft()
        return in_all - self._seen[0][1]
