"""Who must not be called is left out of every launch: whether that is known, who it is, and what is shown of it."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from tui.campaign.fields import PHONE_LIST
from tui.campaign.lifecycle import AskedBy
from tui.campaign.phone import possible_phones
from tui.campaign.reach import NOBODY, Cause, CauseCounts
from tui.campaign.rules import Problem, Weight
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.operations.blocked import BlockedAnswer
from tui.operations.services import NotPossible, Services
from tui.operations.suppression import find_suppressed, look_at_file
from tui.store import MarkedRows
from tui.store.suppression import SuppressedRows

_STOPS: Final = TextKeys("operations.blocked.stops_{}", AskedBy)
_AT_ONCE: Final = 10_000  # numbers that are looked up without letting others at the store


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Who of a list must not be called. `obeyed`: they are left out, unless a person has said that they are called.

    `problems`: what is shown of it, and why it may not be launched.
    """

    refused: SuppressedRows
    obeyed: bool
    problems: tuple[Problem, ...]

    @property
    def positions(self) -> Sequence[int]:
        """The rows that are left out, in order."""
        return self.refused.marks.positions if self.obeyed else ()

    @property
    def refusals(self) -> CauseCounts:
        """Of those that are left out."""
        return self.refused.refusals if self.obeyed else NOBODY


NOBODY_REFUSED: Final = LeftOut(SuppressedRows(MarkedRows(array("q"), array("q"), {}, 0), NOBODY, 0, 0),
                                obeyed=True, problems=())


async def look_who(services: Services, campaign_id: int, recipients: int, asked: BlockedAnswer, *,
                   obeyed: bool = True) -> LeftOut:
    """Look through the list of a draft that has so many people. StoreError, NoSuchCampaign."""
    known = await knowledge(services, asked, obeyed=obeyed)
    refused = await find_suppressed(services, campaign_id)
    return LeftOut(refused, obeyed, (*refusal_problems(refused.refusals, recipients, obeyed=obeyed), *known))


async def knowledge(services: Services, asked: BlockedAnswer, *, obeyed: bool = True) -> list[Problem]:
    """Why it may not be known who must not be called: an error, for nobody is called then in silence who said no.

    Where a person has said that they are called all the same, it stops nothing.
    """
    file = await look_at_file(services)
    stops = [*file.stops]
    if asked.unknown is not None:
        stops += [asked.unknown, Reason(_STOPS[services.asked_by])]
    weight = Weight.ERROR if obeyed else Weight.WARNING
    return [*(Problem(PHONE_LIST, reason, weight) for reason in stops),
            *(Problem(PHONE_LIST, reason, Weight.WARNING) for reason in (*file.notices, *asked.notices))]


def refusal_problems(refusals: CauseCounts, recipients: int, *, obeyed: bool = True) -> list[Problem]:
    """How many of a list's people must not be called, and what becomes of them."""
    if not refusals.recipients:
        return []
    if not obeyed:
        return [Problem(PHONE_LIST, _counted("campaign.problem.called_all_the_same", refusals), Weight.WARNING)]
    if refusals.recipients >= recipients:
        return [Problem(PHONE_LIST, _counted("campaign.problem.all_left_out", refusals), Weight.ERROR)]
    return [Problem(PHONE_LIST, _counted("campaign.problem.left_out", refusals), Weight.WARNING)]


def _counted(code: str, refusals: CauseCounts) -> Reason:
    return Reason(code, {"count": refusals.recipients, "causes": refusals})


def refusals_reason(refusals: CauseCounts) -> Reason:
    """How many were left out, for a line of output."""
    return _counted("campaign.problem.left_out", refusals)


async def causes_among(services: Services, phones: Iterable[str]) -> Mapping[str, Cause]:
    """Which of phones, as they are sent, must not be called, with what says so; of numbers that are in no list of ours.

    However many they are: those found alone are kept.
    """
    waiting, found = iter(phones), dict[str, Cause]()
    while some := list(islice(waiting, _AT_ONCE)):
        found |= await services.thread(services.store.suppression.among, services.profile.name, some)
    return found


def counted(causes: Mapping[str, Cause]) -> CauseCounts:
    """How many they are, of each cause."""
    return CauseCounts.of(Counter(causes.values()))


async def may_be_tested(services: Services, phone: str) -> None:
    """A test call goes to the profile's own number always; to no other that must not be called: NotPossible."""
    own = services.profile.test_number
    if own is not None and phone in possible_phones(own):
        return
    if await causes_among(services, [phone]):
        raise NotPossible(Reason("operations.test.refused", {"phone": phone}))
