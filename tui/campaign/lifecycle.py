"""The life of a campaign: draft → launching → on ⇄ off → finished; deleted from any of the last three.

Missing is what the provider says that it doesn't know; unknown is one that was made elsewhere, until it is set here.
What became of a create request is an `Outcome`.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from tui.core.reason import Reason


class State(StrEnum):
    """How a campaign stands, as it is stored and as scripts read it (docs/glossary.md, "States")."""

    DRAFT = "draft"
    LAUNCHING = "launching"
    UNCONFIRMED = "unconfirmed"
    REJECTED = "rejected"  # a draft again, with the provider's reason on it
    ON = "on"
    OFF = "off"
    UNKNOWN = "unknown"
    FINISHED = "finished"
    MISSING = "missing"
    DELETED = "deleted"

    @property
    def editable(self) -> bool:
        """Whether its fields and numbers may be changed and it may be launched."""
        return self in (State.DRAFT, State.REJECTED)


class Action(StrEnum):
    """What is asked of a campaign that the provider has."""

    ON = "on"
    OFF = "off"
    DELETE = "delete"


class AskedBy(StrEnum):
    """Who asked for a launch or a switch."""

    APP = "app"
    COMMAND = "command"


class Created(Struct, frozen=True):
    """The provider answered with the campaign's ID."""

    provider_id: int


class Rejected(Struct, frozen=True):
    """The provider answered that it did not make the campaign."""

    reason: Reason


class NotSent(Struct, frozen=True):
    """It is certain that not one byte of the request left this machine for the provider."""

    reason: Reason


class Unconfirmed(Struct, frozen=True):
    """Anything else: the request may have been read. It is never sent again by the program."""

    reason: Reason


Outcome = Created | Rejected | NotSent | Unconfirmed
