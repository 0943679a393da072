"""What happens in random histories, one move after another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from hypothesis import strategies as st

from tui.campaign.call_limit import CallLimit, LimitRules
from tui.campaign.lifecycle import Action

PEOPLE: Final = 6
STATUSES: Final = ("Cevaplandı", "Meşgul", "Cevapsız", "Hatalı Numara", "Reddedildi", "Ulaşılamıyor")


@dataclass(frozen=True)
class Draft:
    """A campaign for some people is made and launched."""

    people: tuple[int, ...]
    retries: int = 0
    days: int = 1
    commercial: bool = False


@dataclass(frozen=True)
class Call:
    """A campaign calls one of its numbers, in a minute. `late`: what is said of it comes in with the next `Time`."""

    campaign: int
    person: int
    status: int = 0
    refuses: bool = False
    late: bool = False


class WhereNo(Enum):
    LIST = "list"
    FILE = "file"
    PROVIDER = "provider"


@dataclass(frozen=True)
class No:
    """Somebody is not to be called any more."""

    person: int
    where: WhereNo = WhereNo.LIST


@dataclass(frozen=True)
class Consents:
    """A file of İYS is imported: all have agreed but those who refused."""

    refused: tuple[int, ...] = ()


@dataclass(frozen=True)
class Yes:
    """Somebody is taken off the operator's list."""

    person: int


@dataclass(frozen=True)
class Time:
    hours: int


@dataclass(frozen=True)
class FollowUp:
    """The next campaign, of those who were not reached, by a plan or without one; launched.

    `late`: whom the one before has reached, though that is told between the draft and its launch.
    """

    campaign: int
    planned: bool = False
    late: tuple[int, ...] = ()


@dataclass(frozen=True)
class Switched:
    campaign: int
    action: Action = Action.OFF


@dataclass(frozen=True)
class Replaced:
    """Another campaign takes the place of one that reaches some more, of which its draft knows nothing yet.

    `deleted`: and that one is deleted then.
    """

    campaign: int
    late: tuple[int, ...] = ()
    deleted: bool = True


Move = Draft | Call | No | Yes | Consents | Time | FollowUp | Switched | Replaced
_PEOPLE, _CAMPAIGNS = st.integers(0, PEOPLE - 1), st.integers(0, 7)
DRAFTS: st.SearchStrategy[Draft] = st.builds(
    Draft, st.lists(_PEOPLE, min_size=2, max_size=PEOPLE + 2).map(tuple), st.integers(0, 2), st.integers(1, 3),
    st.sampled_from([False, False, True]))
_CALLS: st.SearchStrategy[Move] = st.builds(
    Call, _CAMPAIGNS, _PEOPLE, st.integers(0, len(STATUSES) - 1), st.booleans(), st.booleans())
_NOES: st.SearchStrategy[Move] = st.builds(No, _PEOPLE, st.sampled_from(WhereNo))
_YESES: st.SearchStrategy[Move] = st.builds(Yes, _PEOPLE)
_CONSENTS: st.SearchStrategy[Move] = st.builds(Consents, st.lists(_PEOPLE, max_size=3).map(tuple))
_TIME: st.SearchStrategy[Move] = st.builds(Time, st.integers(1, 60))
_FOLLOW_UPS: st.SearchStrategy[Move] = st.builds(
    FollowUp, _CAMPAIGNS, st.booleans(), st.lists(_PEOPLE, max_size=2).map(tuple))
_REPLACED: st.SearchStrategy[Move] = st.builds(
    Replaced, _CAMPAIGNS, st.lists(_PEOPLE, max_size=2).map(tuple), st.booleans())
_SWITCHED: st.SearchStrategy[Move] = st.builds(
    Switched, _CAMPAIGNS, st.sampled_from([*[Action.ON] * 3, *[Action.OFF] * 2, Action.DELETE]))
MOVES: st.SearchStrategy[Move] = st.one_of(
    DRAFTS, _CALLS, _NOES, _YESES, _CONSENTS, _TIME, _FOLLOW_UPS, _REPLACED, _SWITCHED)
# A history of a few kinds of moves has more that get in each other's way than one of all.
MIXED: st.SearchStrategy[st.SearchStrategy[Move]] = st.sampled_from([
    MOVES, st.one_of(DRAFTS, _NOES, _CONSENTS), st.one_of(DRAFTS, _CALLS, _FOLLOW_UPS, _TIME),
    st.one_of(_REPLACED, _SWITCHED, _CALLS)])
LIMITS: st.SearchStrategy[LimitRules] = st.builds(
    LimitRules, st.none() | st.builds(CallLimit, st.integers(1, 4), st.integers(1, 3)), st.sampled_from([0, 0, 1, 2]))
