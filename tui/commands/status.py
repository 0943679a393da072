"""What a command ends with."""

from __future__ import annotations

import signal
from enum import IntEnum

from tui.core.reason import Reason


class Stopped(KeyboardInterrupt):
    """A command was ended by a signal, and has settled what was in flight. `reason` says what that came to."""

    def __init__(self, number: int, reason: Reason | None = None) -> None:
        super().__init__()
        self.number = number
        self.reason = reason or Reason("command.stopped")


def status_of(stop: KeyboardInterrupt) -> int:
    """As a shell tells it of a program that a signal ended."""
    return 128 + (stop.number if isinstance(stop, Stopped) else signal.SIGINT)


class Status(IntEnum):
    """The exit status. Scripts rely on it: it is part of the interface."""

    DONE = 0
    FAILED = 1  # refused or failed: certain that it was not done
    USAGE = 2
    UNCONFIRMED = 3  # it may have been done; nobody but the provider's web panel knows
