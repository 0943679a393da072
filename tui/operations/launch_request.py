"""What a launch of a draft would send, and what is to be said of it: for Review, the commands and the launch itself."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from tui.campaign.account import Account, account_problems
from tui.campaign.consent import consent_needed
from tui.campaign.fields import PHONE_LIST, WEBHOOK_URL
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone_list import PhoneList
from tui.campaign.request import Json, Request, RequestSizer, wire_fields, wire_row, with_webhook
from tui.campaign.rules import Problem, Weight, check, errors, no_caller
from tui.core.reason import Reason
from tui.core.secret import MASK
from tui.operations.blocked import NOT_ASKED, BlockedAnswer
from tui.operations.call_limits import limits_of
from tui.operations.follow_up import still_called_problems
from tui.operations.launch_key import Claim, find_earlier, twin_reason
from tui.operations.left_out import NO_OVERRIDES, NOBODY_REFUSED, LeftOut, Overrides, look_who
from tui.operations.phone_list import drop_bad
from tui.operations.repeats import find_called_again
from tui.operations.services import NotPossible, Services
from tui.operations.succession import leave_out_reached, succession_problems
from tui.store import Campaign, EarlierLaunch
from tui.store.recipients import NO_REPEATED_CALLS, Recipient, RepeatedCalls

_ROWS_AT_ONCE: Final = 1_000  # a few milliseconds of the store's thread, and about a piece of what is written
MOST_COPIED: Final = 1_000_000  # bytes


class Ready(Struct, frozen=True):
    """A draft as it was looked at: what a launch of it would send, or why it can't be launched."""

    campaign: Campaign
    draft: ParsedDraft
    problems: list[Problem]
    request: Request | None  # without the key, and without our webhook; None while there are errors
    asked_for: Request | None = None  # with those too who are left out; None while there are errors
    account: Account = field(default_factory=Account)  # what is remembered of it: names for what the draft leads to
    receiver: str | None = None  # the public address of ours that the results are sent to; None where they aren't
    earlier: EarlierLaunch | None = None  # the campaign that a launch of it would repeat
    left_out: LeftOut = NOBODY_REFUSED
    asked: BlockedAnswer = NOT_ASKED  # what the provider said of whom it has blocked
    again: RepeatedCalls = NO_REPEATED_CALLS  # the rows that would be called though an earlier one has their number

    @property
    def claim(self) -> Claim:
        """What a launch of it is known by. NotPossible while there are errors."""
        request = must_be_ready(self).request
        assert request is not None  # noqa: S101 - else it was refused
        return Claim(self.asked_for or request, sent=request, campaign=self.campaign.id)

    @property
    def shown(self) -> Json | None:
        """The request as it may be shown, with its first rows alone."""
        return None if self.request is None else shown_request(self.request.sample, self.receiver)

    @property
    def recipients(self) -> int:
        """Who would be called: different numbers."""
        refused = self.left_out.refusals.recipients
        return self.campaign.callable_numbers - refused if self.request is None else self.request.recipients

    @property
    def rows(self) -> int:
        """How many rows are sent: more than recipients, where numbers are called once for each phrase."""
        return self.recipients + self.again.rows

    @property
    def duplicates(self) -> int:
        """Rows that repeat a number and are not called."""
        return _phones_sent(self.campaign, self.left_out, self.again).duplicates

    @property
    def with_phrase(self) -> int:
        """Rows that are called and have a phrase."""
        return _phones_sent(self.campaign, self.left_out, self.again).with_phrase


def shown_request(request: Json, public_url: str | None) -> Json:
    """A request with the address that its results go to, where it is our receiver's.

    The token in it is masked: it is made at the launch, and ours alone.
    """
    if public_url is None or WEBHOOK_URL in request:
        return request
    return with_webhook(request, f"{public_url}/{MASK}")


def phones_of(campaign: Campaign, again: RepeatedCalls = NO_REPEATED_CALLS) -> PhoneList:
    """`again`: those of its rows that are called though an earlier one has their number."""
    return PhoneList(total=campaign.numbers, bad=campaign.bad_numbers,
                     duplicates=campaign.duplicate_numbers - again.rows,
                     with_phrase=campaign.callable_with_phrase + again.phrased, again=again.rows,
                     repeated_numbers=again.numbers)


def _nobody_remains(campaign: Campaign, left_out: LeftOut) -> bool:
    return left_out.refusals.recipients >= campaign.callable_numbers


def _phones_sent(campaign: Campaign, left_out: LeftOut, again: RepeatedCalls) -> PhoneList:
    """Without those who are left out, as `again` is; all of them, where nobody would remain."""
    phones, left = phones_of(campaign, again), left_out.left
    if _nobody_remains(campaign, left_out):
        return phones
    return replace(phones, total=phones.total - len(left.marks), duplicates=phones.duplicates - left.duplicates,
                   with_phrase=phones.with_phrase - left.phrased)


async def prepare(services: Services, campaign_id: int, *, known: Ready | None = None,
                  progress: Callable[[int, int], None] | None = None, asked: BlockedAnswer = NOT_ASKED,
                  overrides: Overrides = NO_OVERRIDES, drops_bad: bool = False) -> Ready:
    """Read a draft and size its request. NoSuchCampaign.

    `known` is an earlier look, whose list is not read again where nothing was changed since. `progress` gets how
    many rows were read, and of how many. Who must not be called is left out, but for `overrides`, which only a
    person says; `asked` is what the provider said of whom it has blocked. A test call needs no consent, and no limit
    holds it back. Who was reached by a campaign whose place this one takes is taken out of its list. `drops_bad`: as
    if the rows that can't be called were dropped (`without_bad`).
    """
    await leave_out_reached(services, campaign_id)
    campaign = await services.thread(services.store.campaigns.get, campaign_id)
    draft = campaign.draft
    account = await services.directory.recall()
    await services.load_holidays()
    needed = consent_needed(draft) if campaign.test_of is None else None
    limits = limits_of(services, draft) if campaign.test_of is None else None
    left_out = await look_who(services, campaign_id, campaign.callable_numbers, asked, needed, overrides, limits)
    beside = [*account_problems(draft, account), *left_out.problems, *await succession_problems(services, campaign)]
    repeats = await find_called_again(services, campaign)
    again = repeats.count(() if _nobody_remains(campaign, left_out) else left_out.positions)
    phones = _phones_sent(campaign, left_out, again)
    if drops_bad:
        phones = replace(phones, total=phones.total - phones.bad, bad=0)
    problems = [*no_caller(draft), *check(draft, phones, services.now(), services.calling_policy()), *beside]
    receiver = None if draft[WEBHOOK_URL] else services.public_url
    ready = Ready(campaign, draft, problems, None, account=account, receiver=receiver, left_out=left_out, asked=asked,
                  again=again)
    if errors(problems):
        return ready
    ready = _still(known, ready) or await _sized(services, ready, progress)
    request = ready.request
    assert request is not None  # noqa: S101 - it was sized
    phones = replace(phones, odd_phrases=request.odd, premium=request.premium)
    earlier = await find_earlier(services, ready.claim)
    problems = [*no_caller(draft), *check(draft, phones, services.now(), services.calling_policy()), *beside,
                *await _of_the_list(services, campaign, request), *await still_called_problems(services, campaign)]
    if earlier is not None:
        problems.append(Problem("name", twin_reason(earlier), Weight.WARNING))
    return replace(ready, problems=problems, earlier=earlier)


async def without_bad(services: Services, ready: Ready) -> Ready:
    """A draft whose rows that can't be called are dropped now, each remembered with the reason.

    As it was, where it has been changed meanwhile: whoever notes the launch says so. WrongState, Changed.
    """
    campaign = ready.campaign
    now = await services.thread(services.store.campaigns.get, campaign.id)
    if now.revision != campaign.revision or not campaign.bad_numbers:
        return ready
    await drop_bad(services, campaign.id)
    dropped = await services.thread(services.store.campaigns.get, campaign.id)
    return replace(ready, campaign=dropped) if dropped.revision == campaign.revision + 1 else ready


async def _of_the_list(services: Services, campaign: Campaign, request: Request) -> list[Problem]:
    """What is said of numbers that no plan knows, of what is heard oddly, and of the request's size."""
    problems = []
    invalid = (await services.thread(services.store.numbers.summary, campaign.id)).invalid
    if invalid:
        problems.append(Problem(PHONE_LIST, Reason("campaign.problem.not_valid", {"count": invalid}), Weight.WARNING))
    if request.first_odd is not None:
        problems.append(Problem(PHONE_LIST, request.first_odd, Weight.WARNING))
    if (large := request.size_warning()) is not None:
        problems.append(large)
    return problems


def _still(known: Ready | None, ready: Ready) -> Ready | None:
    """With the requests of an earlier look, where they are the same still."""
    if known is None or known.request is None or _seen(known) != _seen(ready):
        return None
    return replace(ready, request=known.request, asked_for=known.asked_for)


def _seen(ready: Ready) -> tuple[object, ...]:
    """What the size of a request depends on: a draft as it was, without those who are left out."""
    return ready.campaign.id, ready.campaign.revision, ready.left_out.positions


async def _sized(services: Services, ready: Ready, progress: Callable[[int, int], None] | None) -> Ready:
    """The draft with its requests. Who is left out is sized as well: a launch is known by all that it asks for."""
    fields = wire_fields(ready.draft)
    sent = RequestSizer(fields)
    asked_for = RequestSizer(fields) if ready.left_out.positions else None
    read = 0
    after: int | None = 0
    while after is not None:
        count, after = await services.thread(_size_rows, services, ready, after, sent, asked_for)
        read += count
        if progress is not None:
            progress(read, ready.rows)
    request = sent.done()
    return replace(ready, request=request, asked_for=request if asked_for is None else asked_for.done())


def _size_rows(services: Services, ready: Ready, after: int, sent: RequestSizer,
           asked_for: RequestSizer | None) -> tuple[int, int | None]:
    """Size the next rows. How many, and the position behind which it goes on; None where that is all."""
    found, after_them = _next_callees(services, ready.campaign.id, after)
    for sizer, some in ((sent, _without(found, ready.left_out.positions)), (asked_for, found)):
        if sizer is not None and some:
            sizer.add(_wire_rows(some), [callee.turn for callee in some])
    return len(found), after_them


def next_rows(services: Services, campaign: int, after: int,
               left_out: Sequence[int] = ()) -> tuple[list[dict[str, str]], int | None]:
    """The next rows but for those at some positions, which are in order."""
    found, going_on = _next_callees(services, campaign, after)
    return _wire_rows(_without(found, left_out)), going_on


def _next_callees(services: Services, campaign: int, after: int) -> tuple[list[Recipient], int | None]:
    found = services.store.recipients.batch(campaign, after, _ROWS_AT_ONCE)
    return found, found[-1].position if len(found) == _ROWS_AT_ONCE else None


def _without(callees: list[Recipient], left_out: Sequence[int]) -> list[Recipient]:
    if not callees or not left_out:
        return callees
    out = set(left_out[bisect_left(left_out, callees[0].position):bisect_right(left_out, callees[-1].position)])
    return [callee for callee in callees if callee.position not in out]


def _wire_rows(callees: Iterable[Recipient]) -> list[dict[str, str]]:
    return [wire_row(callee.phone, callee.phrase, callee.lang) for callee in callees]


async def whole(services: Services, ready: Ready) -> Json:
    """The request as it may be shown, with all its rows: for one that was found small enough.

    NotPossible while there are errors. The list is that of now.
    """
    shown = must_be_ready(ready).shown
    rows: list[dict[str, str]] = []
    after: int | None = 0
    while after is not None:
        more, after = await services.thread(next_rows, services, ready.campaign.id, after, ready.left_out.positions)
        rows += more
    return {**(shown or {}), PHONE_LIST: rows}


def must_be_ready(ready: Ready) -> Ready:
    """NotPossible where a draft has errors."""
    if ready.request is None:
        raise NotPossible(Reason("operations.refused.problems", {"count": len(errors(ready.problems))}))
    return ready
