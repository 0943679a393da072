"""What a command ends with."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from enum import IntEnum
from typing import Final

from tui.core.reason import Reason


class Status(IntEnum):
    """The exit status. Scripts rely on it: it is part of the interface."""

    DONE = 0
    FAILED = 1  # refused or failed: certain that it was not done
    USAGE = 2
    UNCONFIRMED = 3  # it may have been done; nobody but the provider's web panel knows
    UNFINISHED = 4  # launched and waited for, and it ended before each number had a final result, or can't be seen


# Codes of the texts that `santral --spec` and the manual page have of them.
MEANINGS: Final = {
    Status.DONE: "command.status.done", Status.FAILED: "command.status.failed", Status.USAGE: "command.status.usage",
    Status.UNCONFIRMED: "command.status.unconfirmed", Status.UNFINISHED: "command.status.unfinished",
}
_SIGNALS: Final = ("SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM")


class Stopped(KeyboardInterrupt):
    """A command was ended by a signal, and nothing is in flight any more. `reason` says what that came to."""

    def __init__(self, number: int, reason: Reason | None = None) -> None:
        super().__init__()
        self.number = number
        self.reason = reason or Reason("command.stopped")


def status_of(stop: KeyboardInterrupt) -> int:
    """As a shell has it of a program that a signal ended."""
    return _of_signal(number_of(stop))


def number_of(stop: KeyboardInterrupt) -> int:
    """Of the signal that ended it."""
    return stop.number if isinstance(stop, Stopped) else signal.SIGINT


def signal_statuses() -> Iterator[tuple[int, str]]:
    """The statuses of commands that a signal ended, with its name: of the signals that this system has."""
    for name in _SIGNALS:
        if hasattr(signal, name):
            yield _of_signal(getattr(signal, name)), name


def _of_signal(number: int) -> int:
    return 128 + number


def read_status(*, written: bool) -> Status:
    """Of a command that only shows something: it has failed where that can't be written."""
    return Status.DONE if written else Status.FAILED
