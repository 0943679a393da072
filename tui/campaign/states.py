"""The life of a campaign: draft → launching → on ⇄ off → finished; deleted from any of the last three.

Missing is what the provider says that it doesn't know; unknown is one that was made elsewhere, until it is set here.
"""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
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

    @property
    def at_provider(self) -> bool:
        """Whether the provider has it, as far as this program knows."""
        return self in (State.ON, State.OFF, State.FINISHED)


class Action(StrEnum):
    """What is asked of a campaign that the provider has."""

    ON = "on"
    OFF = "off"
    DELETE = "delete"


class AskedBy(StrEnum):
    """Who asked for a launch or a switch."""

    APP = "app"
    COMMAND = "command"
