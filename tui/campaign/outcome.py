"""What became of a create request (architecture, rule 1)."""

from __future__ import annotations

from dataclasses import dataclass

from tui.core.reason import Reason


@dataclass(frozen=True, slots=True)
class Created:
    """The provider answered with the campaign's ID."""

    provider_id: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """The provider answered that it did not make the campaign."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class NotSent:
    """It is certain that not one byte of the request left this machine for the provider."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """Anything else: the request may have been read. It is never sent again by the program."""

    reason: Reason


Outcome = Created | Rejected | NotSent | Unconfirmed
