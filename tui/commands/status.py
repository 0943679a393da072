"""What a command ends with."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """The exit status. Scripts rely on it: it is part of the interface."""

    DONE = 0
    FAILED = 1  # refused or failed: certain that it was not done
    USAGE = 2
    UNCONFIRMED = 3  # it may have been done; nobody but the provider's web panel knows
