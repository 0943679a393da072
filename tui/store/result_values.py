"""What goes into the store of results, and what comes out of it. Times are aware, in UTC."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import msgspec
from msgspec import Struct

from tui.campaign.results import Attempt, Notification, Ping, ResultSource, Unreadable
from tui.core.reason import Reason
from tui.store.values import Campaign, PlanOrigin, ResultFilter, Totals

FIRST_UNLISTED: Final = 2**40  # as in the schema: positions from here on are of numbers that aren't in the list


class Delivery(Struct, frozen=True):
    """A request that came to the webhook under `token`. `received_at` is aware."""

    token: str
    received_at: dt.datetime
    what: Notification | Ping | Unreadable


class IngestResult(StrEnum):
    """What became of a delivery. All but UNKNOWN_TOKEN are on the disk."""

    STORED = "stored"
    REPEATED = "repeated"  # a notification that was stored before
    BESIDE = "beside"  # the store could not take it yet
    UNKNOWN_TOKEN = "unknown_token"  # noqa: S105 - no secret; nothing was stored


class Counts(Struct, frozen=True):
    """Numbers called, by what is known of them; the most frequent first, attempts in their order."""

    by_status: Mapping[str, int]  # the last status
    by_digit: Mapping[str, int]
    by_attempts: Mapping[int, int]


class Bucket(Struct, frozen=True):
    """The calls that happened within some seconds from `at` on."""

    at: dt.datetime
    calls: int
    answered: int


@dataclass(frozen=True, slots=True)  # a Struct compares every field
class LifeOfNumber:
    """What one life of a campaign has done about a number that it has called. `number`: 1 is the first life."""

    campaign: int
    number: int
    position: int  # of its row there
    attempts: int
    status: str  # the last there
    answered: bool
    calls: tuple[Attempt, ...] = field(default=(), compare=False)  # in their order, where they were asked for


@dataclass(frozen=True, slots=True)  # a Struct compares every field
class ResultRow:
    """A number of a campaign and what is known of it. One that was never called has 0 attempts and no source."""

    position: int  # of its row in the list; unlisted ones have positions past every list's. The key that pages go by
    unlisted: bool  # called, and not in the list
    phone: str  # as sent; an unlisted one's as it came, where that isn't known
    typed: str  # as it stands in the list; an unlisted one's is its phone
    phrase: str
    lang: str
    attempts: int
    status: str  # the last; "" where never called
    digit: str
    answered: bool
    final: bool
    last_at: dt.datetime | None
    talk_seconds: int | None  # of all calls, as far as call records say
    source: ResultSource | None
    calls: tuple[Attempt, ...] = field(default=(), compare=False)  # in their order, where they were asked for
    reference: str = ""  # of its row; "" of an unlisted one
    lives: tuple[LifeOfNumber, ...] = ()  # that have called it, in their order; none where the campaign has one alone


class UnreadableBody(Struct, frozen=True):
    """A body that could not be read; kept as it came."""

    id: int
    campaign: int | None  # whose token it came under; None: the profile's own
    received_at: dt.datetime
    raw: bytes
    reason: Reason


class MergeResult(Struct, frozen=True):
    """What became of call records: how many were new, and how many of those are calls that notifications reported."""

    new: int
    known: int
    total: int


class DoNotCallReason(StrEnum):
    """Why a number is on the do-not-call list."""

    PRESSED = "pressed"  # its owner pressed the campaign's opt-out key
    BY_HAND = "by_hand"


class DoNotCallRow(Struct, frozen=True):
    """A number of a profile's do-not-call list. `phone` is as it is sent."""

    phone: str
    added_at: dt.datetime
    campaign: int | None  # in which the key was pressed
    why: DoNotCallReason
    reason: str = ""  # as somebody said it
    by_user: str = ""  # who put it there; "" where that is not known


class DoNotCallEvent(StrEnum):
    """What was done with a number of the do-not-call list."""

    ADDED = "added"
    ASKED_AGAIN = "asked_again"  # it was to be put on the list, and was on it
    REMOVED = "removed"


class DoNotCallChange(Struct, frozen=True):
    """An entry of a number's history. `why` and `campaign`: of what was added, of a removal too.

    `reason` and `by_user` are of this change: why it was made, as somebody said it, and who made it.
    """

    at: dt.datetime
    event: DoNotCallEvent
    why: DoNotCallReason
    campaign: int | None
    reason: str
    by_user: str


class FollowUp(Struct, frozen=True):
    """A draft that was made of a campaign's results, and who of those the filter names was left out of it.

    Each left-out number is counted once: first as refused, then as answered, as hopeless by its status, as one
    that may still be called, then as not callable.
    """

    draft: int
    numbers: int
    refused: int  # pressed the opt-out key, or must not be called
    answered: int
    not_callable: int  # unlisted ones whose phone is none that can be called
    hopeless: Mapping[str, int] = msgspec.field(default_factory=dict)  # by the last status of each
    open: int = 0  # those that the campaign itself may still call


class Lineage(Struct, frozen=True):
    """A campaign that follows another: which of its numbers it was made of."""

    campaign: int
    name: str
    filter: ResultFilter
    created_at: dt.datetime
    plan: PlanOrigin | None = None  # where a plan chose them
    replaces: bool = False  # it was made to take the other's place


class Together(Struct, frozen=True):
    """A campaign of several lives, the first one first, each with its own figures; `totals` count each number once."""

    lives: Sequence[tuple[Campaign, Totals]]
    totals: Totals


class Round(Struct, frozen=True):
    """The campaigns of a family that are as far from the first of it: 1 is that one, 2 what was made of its results."""

    number: int
    campaigns: Sequence[tuple[Campaign, Totals]]

    @property
    def numbers(self) -> int:
        return sum(totals.numbers for _, totals in self.campaigns)

    @property
    def called(self) -> int:
        return sum(totals.called for _, totals in self.campaigns)

    @property
    def answered(self) -> int:
        return sum(totals.answered for _, totals in self.campaigns)
