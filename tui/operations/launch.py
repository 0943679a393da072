"""Launching: the one place from which a create request leaves (architecture, rule 1)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from bisect import bisect_left, bisect_right
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from tui.campaign.account import Account, account_problems
from tui.campaign.draft import Draft, PhoneList
from tui.campaign.fields import PHONE_LIST, WEBHOOK_URL
from tui.campaign.outcome import Created, NotSent, Outcome, Unconfirmed
from tui.campaign.reason import Reason
from tui.campaign.request import Json, Request, Weighing, rows_text, wire_fields, wire_row, with_webhook
from tui.campaign.rules import Problem, Weight, check, errors, no_caller
from tui.operations.blocked import NOT_ASKED, Asked
from tui.operations.follow_up import still_called_problems
from tui.operations.launch_key import Claim, find_earlier, twin_reason
from tui.operations.left_out import NOBODY_REFUSED, LeftOut, look_who
from tui.operations.services import NotPossible, Services
from tui.operations.still_ours import StillOurs
from tui.secret import MASK, Secret
from tui.store import Campaign, Earlier, StoreError, StoreGone, StoreUnsure
from tui.store.suppression import NOBODY

if TYPE_CHECKING:  # its import would load the HTTP library
    from tui.provider.sent import Sending

log = logging.getLogger("santral.launch")


_ROWS_AT_ONCE: Final = 1_000  # a few milliseconds of the store's thread, and about a piece of what is written
MOST_COPIED: Final = 1_000_000  # bytes


class NotKept(StoreError):
    """The provider has made the campaign, and the store has not taken its ID yet, `why`. Params: id.

    It is tried again for as long as the process lives.
    """

    def __init__(self, provider_id: int, why: Reason) -> None:
        super().__init__(self.telling(provider_id))
        self.provider_id = provider_id
        self.reasons = (self.reason, why)

    @staticmethod
    def telling(provider_id: int) -> Reason:
        return Reason("operations.launch.not_kept", {"id": provider_id})


@dataclass(frozen=True, slots=True)
class Ready:
    """A draft as it was looked at: what a launch of it would send, or why it can't be launched."""

    campaign: Campaign
    draft: Draft
    problems: list[Problem]
    request: Request | None  # without the key, and without our webhook; None while there are errors
    account: Account = field(default_factory=Account)  # what is remembered of it: names for what the draft leads to
    receiver: str | None = None  # the public address of ours that the results are sent to; None where they aren't
    earlier: Earlier | None = None  # the campaign that a launch of it would repeat
    left_out: LeftOut = NOBODY_REFUSED
    asked: Asked = NOT_ASKED  # what the provider said of whom it has blocked

    @property
    def shown(self) -> Json | None:
        """The request as it may be shown, with its first rows alone."""
        return None if self.request is None else shown_request(self.request.sample, self.receiver)

    @property
    def people(self) -> int:
        """Who would be called."""
        refused = self.left_out.refusals.people
        return self.campaign.callable_numbers - refused if self.request is None else self.request.people

    @property
    def duplicates(self) -> int:
        return _phones_sent(self.campaign, self.left_out).duplicates

    @property
    def with_phrase(self) -> int:
        return _phones_sent(self.campaign, self.left_out).with_phrase


class Upload:
    """The request of one launch on its way: how far it is, and the way to give it up."""

    def __init__(self) -> None:
        self.outcome: Outcome | None = None  # what became of it, where it is known
        self.left_out = NOBODY  # who was not sent along, as they must not be called
        self._sending: Sending | None = None
        self._creating: asyncio.Task[Outcome] | None = None
        self._given_up = False

    @property
    def sent(self) -> int:
        """Bytes that were written, of `total`."""
        return 0 if self._sending is None else self._sending.sent

    @property
    def total(self) -> int:
        """Bytes; 0 while nothing is sent yet."""
        return 0 if self._sending is None else self._sending.total

    @property
    def complete(self) -> bool:
        """Whether the last byte has left, or may have."""
        return self._sending is not None and self._sending.started

    def give_up(self) -> bool:
        """Whether it can still be given up: then the launch ends in NotSent, unless an answer has come already."""
        if self.complete:
            return False
        self._given_up = True
        if self._creating is not None:
            self._creating.cancel()
        return True

    async def carry(self, creating: Coroutine[Any, Any, Outcome], sending: Sending) -> Outcome:
        """Send the request. CancelledError where the launch is cancelled, not where it is given up."""
        self._sending = sending
        self._creating = asyncio.create_task(creating)
        if self._given_up:
            self._creating.cancel()
        try:
            return await self._creating
        except asyncio.CancelledError:
            launching = asyncio.current_task()
            if not self._given_up or (launching is not None and launching.cancelling()):
                raise
            return sending.outcome or _given_up(sending, "cancelled")


def shown_request(request: Json, public_url: str | None) -> Json:
    """A request with the address that its results go to, where it is our receiver's.

    The token in it is masked: it is made at the launch, and ours alone.
    """
    if public_url is None or WEBHOOK_URL in request:
        return request
    return with_webhook(request, f"{public_url}/{MASK}")


def phones_of(campaign: Campaign) -> PhoneList:
    return PhoneList(total=campaign.numbers, bad=campaign.bad_numbers, duplicates=campaign.duplicate_numbers,
                     with_phrase=campaign.callable_with_phrase)


def _phones_sent(campaign: Campaign, left_out: LeftOut) -> PhoneList:
    """Without those who are left out; all of them, where nobody would remain."""
    phones, refused = phones_of(campaign), left_out.refused
    if not left_out.obeyed or left_out.refusals.people >= campaign.callable_numbers:
        return phones
    return replace(phones, total=phones.total - len(refused.marks), duplicates=phones.duplicates - refused.duplicates,
                   with_phrase=phones.with_phrase - refused.phrased)


async def prepare(services: Services, campaign_id: int, *, known: Ready | None = None,
                  progress: Callable[[int, int], None] | None = None, asked: Asked = NOT_ASKED,
                  with_do_not_call: bool = False) -> Ready:
    """Read a draft and weigh its request. NoSuchCampaign.

    `known` is an earlier look, whose list is not read again where nothing was changed since. `progress` is told how
    many rows were read, and of how many. Who must not be called is left out, unless `with_do_not_call`, which only a
    person says; `asked` is what the provider said of whom it has blocked.
    """
    campaign = await services.thread(services.store.campaigns.get, campaign_id)
    draft = Draft(campaign.fields)
    account = await services.directory.recall()
    await services.load_holidays()
    left_out = await look_who(services, campaign_id, campaign.callable_numbers, asked, obeyed=not with_do_not_call)
    beside = [*account_problems(campaign.fields, account), *left_out.problems]
    phones = _phones_sent(campaign, left_out)
    problems = [*no_caller(draft), *check(draft, phones, services.now(), services.courtesy()), *beside]
    receiver = None if draft[WEBHOOK_URL] else services.public_url
    ready = Ready(campaign, draft, problems, None, account, receiver, left_out=left_out, asked=asked)
    if errors(problems):
        return ready
    request = _still(known, ready) or await _weighed(services, ready, progress)
    premium = await services.thread(services.store.numbers.premium, campaign.id)
    phones = replace(phones, odd_phrases=request.odd, premium=premium)
    earlier = await find_earlier(services, Claim(request))
    problems = [*no_caller(draft), *check(draft, phones, services.now(), services.courtesy()), *beside,
                *await _of_the_list(services, campaign, request), *await still_called_problems(services, campaign)]
    if earlier is not None:
        problems.append(Problem("name", twin_reason(earlier), Weight.WARNING))
    return replace(ready, problems=problems, request=request, earlier=earlier)


async def _of_the_list(services: Services, campaign: Campaign, request: Request) -> list[Problem]:
    """What is told of numbers that no plan knows, of what is heard oddly, and of the request's size."""
    problems = []
    invalid = (await services.thread(services.store.numbers.summary, campaign.id)).invalid
    if invalid:
        problems.append(Problem(PHONE_LIST, Reason("campaign.problem.not_valid", {"count": invalid}), Weight.WARNING))
    if request.first_odd is not None:
        problems.append(Problem(PHONE_LIST, request.first_odd, Weight.WARNING))
    if (large := request.size_warning()) is not None:
        problems.append(large)
    return problems


def _still(known: Ready | None, ready: Ready) -> Request | None:
    if known is None or _seen(known) != _seen(ready):
        return None
    return known.request


def _seen(ready: Ready) -> tuple[object, ...]:
    """What a request is weighed of: a draft as it was, without those who are left out."""
    return ready.campaign.id, ready.campaign.revision, ready.left_out.positions


async def _weighed(services: Services, ready: Ready, progress: Callable[[int, int], None] | None) -> Request:
    weighing = Weighing(wire_fields(ready.draft))
    read = 0
    after: int | None = 0
    while after is not None:
        many, after = await services.thread(_weigh, services, ready, after, weighing)
        read += many
        if progress is not None:
            progress(read, ready.people)
    return weighing.done()


def _weigh(services: Services, ready: Ready, after: int, weighing: Weighing) -> tuple[int, int | None]:
    """The next rows onto the scales. How many, and the position behind which it goes on; None where that is all."""
    rows, after_them = _next_rows(services, ready.campaign.id, after, ready.left_out.positions)
    if rows:
        weighing.add(rows)
    return len(rows), after_them


def _next_rows(services: Services, campaign: int, after: int,
               left_out: Sequence[int] = ()) -> tuple[list[dict[str, str]], int | None]:
    """The next rows but for those at some positions, which are in order."""
    found = services.store.callees.batch(campaign, after, _ROWS_AT_ONCE)
    going_on = found[-1].position if len(found) == _ROWS_AT_ONCE else None
    if found and left_out:
        out = set(left_out[bisect_left(left_out, found[0].position):bisect_right(left_out, found[-1].position)])
        found = [callee for callee in found if callee.position not in out]
    return [wire_row(phone, phrase, lang) for _position, phone, phrase, lang in found], going_on


def _next_text(services: Services, campaign: int, after: int) -> tuple[bytes, int | None]:
    rows, after_them = _next_rows(services, campaign, after)
    return rows_text(rows), after_them


class _List:
    """The rows of a list as they are sent, read while they are."""

    def __init__(self, services: Services, campaign: int) -> None:
        self._services = services
        self._campaign = campaign
        self.failure: StoreError | None = None  # why it could not be read to its end

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        comma = b""
        after: int | None = 0
        while after is not None:
            try:
                text, after = await self._services.thread(_next_text, self._services, self._campaign, after)
            except StoreError as failure:
                self.failure = failure
                raise
            if text:
                yield comma + text
                comma = b","


async def whole(services: Services, ready: Ready) -> Json:
    """The request as it may be shown, with all its rows: for one that was found small enough.

    NotPossible while there are errors. The list is that of now.
    """
    shown = must_be_ready(ready).shown
    rows: list[dict[str, str]] = []
    after: int | None = 0
    while after is not None:
        more, after = await services.thread(_next_rows, services, ready.campaign.id, after, ready.left_out.positions)
        rows += more
    return {**(shown or {}), PHONE_LIST: rows}


def must_be_ready(ready: Ready) -> Ready:
    """NotPossible where a draft has errors."""
    if ready.request is None:
        raise NotPossible(Reason("operations.refused.problems", {"count": len(errors(ready.problems))}))
    return ready


async def launch(services: Services, ready: Ready, upload: Upload | None = None,
                 claim: Claim | None = None) -> Outcome:
    """Send the create request of a draft, once, and remember what became of it.

    It is known by `claim`; left out, by its own request: AlreadyLaunched where another was launched so, and nothing is
    sent. A test call is meant to be repeated, and claims nothing.

    Where a receiver is configured and the draft names no webhook of its own, the results are sent to its public
    address, under the token of this launch alone. Who must not be called is dropped from the list first, with the
    reason, those too who said so since `ready` was made. The intent is committed; a draft that was changed since then
    is refused (Changed). From then on it can't be changed, so that the list is sent as it was weighed. Before the first
    byte leaves, and before the last, the store is asked whether nobody has given the launch up. Whatever happens after
    that, a cancellation too, ends in one of the four outcomes; `upload` tells how far it is meanwhile, and the outcome.
    NotPossible; NotKept where the ID of a created one could not be written down yet.
    """
    services.must_be_writable()
    services.must_be_ours(ready.campaign)
    must_be_ready(ready)
    _ = services.provider  # a profile without a key is refused before anything is noted
    from tui.provider.sent import Sending

    sending = Sending()
    upload = upload or Upload()
    ready = await _without_refusing(services, ready)
    upload.left_out = ready.left_out.refusals
    assert ready.request is not None  # noqa: S101 - else it was refused
    token = services.new_token()
    beginning = asyncio.ensure_future(_begin(services, ready, claim or Claim(ready.request), token))
    try:
        entry = await asyncio.shield(beginning)
        outcome = await _send(services, ready, entry, token, upload, sending)
    except asyncio.CancelledError:
        # The entry is being written, or was: it must not be left open, for that would read as unconfirmed.
        outcome = sending.outcome or _given_up(sending, "cancelled")
        await _settle(services, ready, await beginning, outcome, upload)
        raise
    except Exception:  # a mistake of ours must not leave the ledger open, nor be taken for "it was not sent"
        entry = await beginning  # raises where it is the store that refused
        log.exception("launch of campaign %s failed", ready.campaign.id)
        outcome = sending.outcome or _given_up(sending, "failed")
    return await _settle(services, ready, entry, outcome, upload)


async def _without_refusing(services: Services, ready: Ready) -> Ready:
    """The draft without those who must not be called now: what is sent, and what of it is to be noted.

    NotPossible where more would be called than was confirmed, or it is not known any more who must not be; Changed.
    """
    if not ready.left_out.obeyed:
        return ready
    now = await prepare(services, ready.campaign.id, known=ready, asked=ready.asked)
    if now.campaign.revision != ready.campaign.revision:
        return ready  # which is told by who notes the launch
    if must_be_ready(now).people > ready.people:
        raise NotPossible(Reason("operations.launch.more_people", {"count": now.people, "before": ready.people}))
    if not now.left_out.positions:
        return now
    marks = now.left_out.refused.marks
    await services.thread(services.store.numbers.drop_marked, now.campaign.id, marks)
    dropped = await services.thread(services.store.campaigns.get, now.campaign.id)
    mine = dropped.revision == now.campaign.revision + 1
    return replace(now, campaign=dropped) if mine else now


async def _begin(services: Services, ready: Ready, claim: Claim, token: str) -> int:
    key = claim.key(services.now()) if ready.campaign.test_of is None else None
    try:
        return await services.thread(
            services.store.ledger.begin, ready.campaign.id, revision=ready.campaign.revision, token=token,
            body_hash=claim.request.hash, numbers=ready.people, asked_by=services.asked_by, key=key, again=claim.again)
    except (StoreUnsure, StoreGone) as failure:
        # It may have been noted all the same: open for as long as this process lives, though nothing is sent.
        with contextlib.suppress(StoreError):
            await services.settling.keep(partial(services.store.ledger.withdraw, token, failure.reason))
        raise


async def _send(services: Services, ready: Ready, entry: int, token: str, upload: Upload, sending: Sending) -> Outcome:
    """The one request of a launch that was begun."""
    from tui.provider.call import Streamed

    assert ready.request is not None  # noqa: S101 - it was begun
    fields = ready.request.fields
    if ready.receiver is not None:
        fields = with_webhook(fields, f"{ready.receiver}/{token}")
    rows, still = _List(services, ready.campaign.id), StillOurs(services, services.store.ledger.ours, entry)
    async with aclosing(rows.pieces()) as pieces:
        streamed = Streamed(PHONE_LIST, ready.request.size, pieces)
        creating = services.provider.create(fields, sending, streamed, secrets=[Secret(token)], may_leave=still)
        outcome = await upload.carry(creating, sending)
    failure = rows.failure or still.failure
    if isinstance(outcome, NotSent) and failure is not None:
        return NotSent(failure.reason)
    if isinstance(outcome, NotSent) and still.given_up:
        return NotSent(Reason("operations.launch.given_up"))
    return outcome


async def _settle(services: Services, ready: Ready, entry: int, outcome: Outcome, upload: Upload) -> Outcome:
    """Write it down; what it is then: an ID that another campaign has already confirms nothing."""
    # The log first: should the store not take it (a full disk), the ID is at least there.
    log.info("launch of campaign %s: %s", ready.campaign.id, outcome)
    upload.outcome = outcome
    ledger = services.store.ledger

    def settle() -> Outcome | None:
        ledger.settle(entry, outcome)
        return ledger.became(entry) if isinstance(outcome, Created) else outcome

    told = NotKept.telling(outcome.provider_id) if isinstance(outcome, Created) else None
    try:
        became = await services.settling.keep(settle, told)
    except StoreError as failure:
        if isinstance(outcome, Created):
            raise NotKept(outcome.provider_id, failure.reason) from failure
        # What became of it is certain all the same, and is written down as soon as that can be.
        log.warning("what became of the launch of campaign %s is not written down yet", ready.campaign.id)
        return outcome
    # One that was given up may have become something else by a person's word: this is what its own request did.
    upload.outcome = became if isinstance(became, Unconfirmed) and _taken(became) else outcome
    return upload.outcome


def _taken(outcome: Unconfirmed) -> bool:
    return outcome.reason.code == "store.id_taken"


def _given_up(sending: Sending, why: str) -> Outcome:
    if sending.started:
        return Unconfirmed(Reason(f"operations.launch.{why}"))
    return NotSent(Reason(f"operations.launch.{why}_incomplete" if sending.sent else f"operations.launch.{why}_unsent"))
