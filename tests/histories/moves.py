"""What happens in random histories, one move after another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

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


@dataclass(frozen=True)
class Same:
    """The draft that is being launched is launched elsewhere, too. `copied`: one like it is."""

    copied: bool = False


@dataclass(frozen=True)
class Added:
    """Somebody is added to the draft that is being launched."""

    person: int


@dataclass(frozen=True)
class FormerOn:
    """The campaign whose place is being taken is switched on again, and reaches somebody. `off`: and is off again."""

    person: int
    off: bool = False


@dataclass(frozen=True)
class Answers:
    """A campaign that is followed, or whose place is being taken, turns out to have called somebody before, for whom
    that was the last call. `wrong`: the number is."""

    person: int
    wrong: bool = False


class When(Enum):
    REVIEWED = "reviewed"  # some steps after the draft was reviewed
    BEGINNING = "beginning"  # just before the ledger notes the launch
    BEGUN = "begun"  # some steps after that


@dataclass(frozen=True)
class Between:
    """While one launches a campaign another does something, all of it, before the first takes its next step."""

    launch: Draft | FollowUp | Replaced
    other: Move
    when: When = When.BEGINNING
    steps: int = 0


Move = (Draft | Call | No | Yes | Consents | Time | FollowUp | Switched | Replaced | Same | Added | FormerOn | Answers
        | Between)
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

# What concerns a launch while it is on its way: drawn from all moves, hardly one would. By a name: the limits, the
# launch, and what another does meanwhile.
NO_LIMITS: Final = st.just(LimitRules(None, 0))
MANY: Final = Draft((0, 1, 2, 3, 4), retries=1, days=3)  # that campaigns follow, or replace
_CROWD: Final = st.lists(_PEOPLE, min_size=4, max_size=PEOPLE, unique=True).map(tuple)
_PLAIN, _COMMERCIAL = (st.builds(Draft, _CROWD, days=st.just(3), commercial=st.just(commercial))
                       for commercial in (False, True))
_LATE: st.SearchStrategy[tuple[int, ...]] = st.tuples(_PEOPLE)
_FOLLOWING = st.builds(FollowUp, st.just(0), st.booleans(), _LATE)
_REPLACING = st.builds(Replaced, st.just(0), _LATE, st.booleans())
_ANSWERS, _IS_WRONG = (st.builds(Answers, _PEOPLE, st.just(wrong)) for wrong in (False, True))
_Situation = tuple[st.SearchStrategy[LimitRules], st.SearchStrategy[Any], st.SearchStrategy[Any]]
SITUATIONS: Final[Mapping[str, _Situation]] = {
    "somebody says no": (NO_LIMITS, _PLAIN, st.builds(No, _PEOPLE)),
    "an İYS file comes": (NO_LIMITS, _COMMERCIAL, st.builds(Consents, st.just((0, 1, 2)))),
    "more may be called": (NO_LIMITS, _PLAIN, st.builds(Yes, _PEOPLE)),
    "another calls the same people": (st.just(LimitRules(CallLimit(3, 3), 0)), _PLAIN, _PLAIN),
    "it is launched elsewhere": (NO_LIMITS, _PLAIN, st.just(Same())),
    "its copy is launched": (NO_LIMITS, _PLAIN, st.just(Same(copied=True))),
    "somebody is added": (NO_LIMITS, _PLAIN, st.builds(Added, _PEOPLE)),
    "whom it follows up answers": (NO_LIMITS, _FOLLOWING, _ANSWERS),
    "whom the former one calls answers": (NO_LIMITS, _REPLACING, _ANSWERS),
    "whom the former one calls has a wrong number": (NO_LIMITS, _REPLACING, _IS_WRONG),
    "the former one is switched on": (NO_LIMITS, _REPLACING, st.builds(FormerOn, _PEOPLE, st.booleans())),
}
