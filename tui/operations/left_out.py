"""Who must not be called is left out of every launch: whether that is known, who it is, and what is shown of it."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Final

from msgspec import Struct

from tui.campaign.call_limit import LaunchLimits
from tui.campaign.consent import ConsentNeeded
from tui.campaign.fields import PHONE_LIST
from tui.campaign.lifecycle import AskedBy
from tui.campaign.phone import possible_phones
from tui.campaign.reach import NOBODY, Cause, CauseCounts, CountedAs
from tui.campaign.rules import Problem, Weight
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.operations.blocked import BlockedAnswer
from tui.operations.consent import look_at_consents
from tui.operations.services import NotPossible, Services
from tui.operations.suppression import find_over_limit, find_suppressed, look_at_file
from tui.store import MarkedRows
from tui.store.suppression import SuppressedRows
from tui.store.values import Newest

_STOPS: Final = TextKeys("operations.blocked.stops_{}", AskedBy)
_IYS_STOPS: Final = TextKeys("operations.iys.stops_{}", AskedBy)
_AT_ONCE: Final = 10_000  # numbers that are looked up without letting others at the store


class Overrides(Struct, frozen=True):
    """What a person has said of who must not be called.

    `with_do_not_call`: whoever is on a do-not-call list is called all the same. `without_iys`: a commercial campaign is
    launched although nothing is known of consents; where they are known, whoever has not agreed stays left out.
    `over_limit`: whoever would be called too often or too soon is called all the same.
    """

    with_do_not_call: bool = False
    without_iys: bool = False
    over_limit: bool = False

    @property
    def refusing(self) -> bool:
        """Whether one of them is of those who said no, or of whom that isn't known."""
        return self.with_do_not_call or self.without_iys


NO_OVERRIDES: Final = Overrides()


class LeftOut(Struct, frozen=True):
    """Who of a list must not be called: all of them (`refused`), and those who are `left` out.

    These are the same, unless a person has said that some are called. `consent`: what everybody who is called has to
    have agreed to, where that is looked up. `limits`: of the profile, for this launch. `problems`: what is shown of it,
    and why it may not be launched.
    """

    refused: SuppressedRows
    left: SuppressedRows
    overrides: Overrides
    consent: ConsentNeeded | None
    problems: tuple[Problem, ...]
    lists_unknown: bool = False  # who is on do-not-call lists
    consents_unknown: bool = False  # who has agreed, though that is needed
    limits: LaunchLimits | None = None

    @property
    def listed(self) -> int:
        """How many are on do-not-call lists."""
        found = self.refused.refusals
        return (found.recipients - found[CountedAs.NO_CONSENT] - found[CountedAs.ANSWERED_SINCE]
                - found[CountedAs.LIMIT])

    @property
    def limited(self) -> int:
        """How many are left out for the limits alone."""
        return self.left.refusals[CountedAs.LIMIT]

    @property
    def newest(self) -> Newest:
        """What the search knew of, as far as who may be called hangs on it."""
        newest, held = self.left.newest, _holding(self.limits, self.overrides)
        return Newest(newest.launch if held is not None else None, newest.campaign,
                      None if self.overrides.with_do_not_call else newest.refusal,
                      newest.consents if self.consent is not None else None, newest.heard)

    @property
    def obeyed(self) -> bool:
        """Whether somebody may be left out."""
        return (not self.overrides.with_do_not_call or self.consent is not None or self.left.newest.heard is not None
                or _holding(self.limits, self.overrides) is not None)

    @property
    def positions(self) -> Sequence[int]:
        """The rows that are left out, in order."""
        return self.left.marks.positions

    @property
    def refusals(self) -> CauseCounts:
        """Of those that are left out."""
        return self.left.refusals


_NO_ROWS: Final = SuppressedRows(MarkedRows(array("q"), array("q"), {}, 0), NOBODY, 0, 0)
NOBODY_REFUSED: Final = LeftOut(_NO_ROWS, _NO_ROWS, NO_OVERRIDES, None, ())


async def look_who(services: Services, campaign_id: int, recipients: int, asked: BlockedAnswer,
                   needed: ConsentNeeded | None = None, overrides: Overrides = NO_OVERRIDES,
                   limits: LaunchLimits | None = None) -> LeftOut:
    """Look through the list of a draft that has so many people. `needed`: the consent that it needs; `limits`: of the
    profile, for its launch.

    StoreError, NoSuchCampaign.
    """
    known = await knowledge(services, asked, needed, overrides)
    refused = left = await find_suppressed(services, campaign_id, known.consent, limits)
    let_in = NOBODY
    if overrides.with_do_not_call or (overrides.over_limit and limits is not None):
        left = await _left(services, campaign_id, known.consent, limits, overrides)
        let_in = refused.without(left)
    problems = (*refusal_problems(left.refusals, recipients), *let_in_problems(let_in),
                *limit_problems(limits, overrides), *known.problems)
    return LeftOut(refused, left, overrides, known.consent, problems, known.lists_unknown, known.consents_unknown,
                   limits)


async def _left(services: Services, campaign_id: int, consent: ConsentNeeded | None, limits: LaunchLimits | None,
                overrides: Overrides) -> SuppressedRows:
    return await find_suppressed(services, campaign_id, consent, _holding(limits, overrides),
                                 listed=not overrides.with_do_not_call)


def _holding(limits: LaunchLimits | None, overrides: Overrides) -> LaunchLimits | None:
    return None if overrides.over_limit else limits


async def still_left_out(services: Services, campaign_id: int, left_out: LeftOut, overrides: Overrides) -> int:
    """How many of a list would be left out with other overrides."""
    return (await _left(services, campaign_id, left_out.consent, left_out.limits, overrides)).refusals.recipients


def limit_problems(limits: LaunchLimits | None, overrides: Overrides) -> list[Problem]:
    """That a launch calls each number more often than its profile allows, whoever else has called it."""
    if limits is None or limits.rules.most_calls is None or limits.allows_itself:
        return []
    reason = Reason("campaign.problem.more_than_most_calls", {
        "count": limits.calls, "calls": limits.rules.most_calls.calls, "days": limits.rules.most_calls.days})
    return [Problem("call_retries", reason, Weight.WARNING if overrides.over_limit else Weight.ERROR)]


class Knowledge(Struct, frozen=True):
    """What is known of who must not be called: `problems` of it, and the consent that is looked up; None: none is."""

    problems: tuple[Problem, ...]
    consent: ConsentNeeded | None
    lists_unknown: bool
    consents_unknown: bool


async def knowledge(services: Services, asked: BlockedAnswer, needed: ConsentNeeded | None = None,
                    overrides: Overrides = NO_OVERRIDES) -> Knowledge:
    """Why it may not be known who must not be called: an error, for nobody is called then in silence who said no.

    Where a person has said that they are called all the same, it stops nothing.
    """
    file, consents = await look_at_file(services), await look_at_consents(services, needed)
    stops = [*file.stops]
    if asked.unknown is not None:
        stops += [asked.unknown, Reason(_STOPS[services.asked_by])]
    unknown = [*consents.stops, Reason(_IYS_STOPS[services.asked_by])] if consents.stops else []
    notices = (*file.notices, *asked.notices, *consents.notices)
    problems = (*_stopping(stops, overridden=overrides.with_do_not_call),
                *_stopping(unknown, overridden=overrides.without_iys),
                *(Problem(PHONE_LIST, reason, Weight.WARNING) for reason in notices))
    return Knowledge(problems, needed if consents.asked else None, bool(stops), bool(unknown))


def _stopping(reasons: Iterable[Reason], *, overridden: bool) -> list[Problem]:
    weight = Weight.WARNING if overridden else Weight.ERROR
    return [Problem(PHONE_LIST, reason, weight) for reason in reasons]


def refusal_problems(refusals: CauseCounts, recipients: int) -> list[Problem]:
    """How many of a list's people are left out."""
    if not refusals.recipients:
        return []
    if refusals.recipients >= recipients:
        return [Problem(PHONE_LIST, _counted("campaign.problem.all_left_out", refusals), Weight.ERROR)]
    return [Problem(PHONE_LIST, _counted("campaign.problem.left_out", refusals), Weight.WARNING)]


def let_in_problems(refusals: CauseCounts) -> list[Problem]:
    """How many are called although they must not be, as a person has said so."""
    if not refusals.recipients:
        return []
    return [Problem(PHONE_LIST, _counted("campaign.problem.called_all_the_same", refusals), Weight.WARNING)]


def _counted(code: str, refusals: CauseCounts) -> Reason:
    return Reason(code, {"count": refusals.recipients, "causes": refusals})


def refusals_reason(refusals: CauseCounts) -> Reason:
    """How many were left out, for a line of output."""
    return _counted("campaign.problem.left_out", refusals)


async def causes_among(services: Services, phones: Iterable[str], consent: ConsentNeeded | None = None,
                       limits: LaunchLimits | None = None, *, listed: bool = True) -> Mapping[str, Cause]:
    """Which of phones, as they are sent, must not be called, with what says so; of numbers that are in no list of ours.

    However many they are: those found alone are kept, but for `limits`, for which each is named as often as it is
    called. `consent`: what they have to have agreed to; `listed`: whether do-not-call lists count.
    """
    phones = list(phones) if limits is not None else phones
    waiting, found, name = iter(phones), dict[str, Cause](), services.profile.name
    among = partial(services.store.suppression.among, consent=consent, listed=listed)
    while some := list(islice(waiting, _AT_ONCE)):
        found |= await services.thread(among, name, some)
    if limits is not None:  # all at once: what other campaigns have called is looked up once
        found = {**await find_over_limit(services, list(phones), limits), **found}
    return found


def counted(causes: Mapping[str, Cause]) -> CauseCounts:
    """How many they are, of each cause."""
    return CauseCounts.of(Counter(causes.values()))


async def may_be_tested(services: Services, phone: str, needed: ConsentNeeded | None = None) -> None:
    """A test call goes to the profile's own number always; to no other that must not be called: NotPossible.

    `needed`: the consent that its campaign needs.
    """
    own = services.profile.test_number
    if own is not None and phone in possible_phones(own):
        return
    consents = await look_at_consents(services, needed)
    if consents.stops and not consents.asked:
        raise NotPossible(consents.stops[0])
    if await causes_among(services, [phone], needed):
        raise NotPossible(Reason("operations.test.refused", {"phone": phone}))
