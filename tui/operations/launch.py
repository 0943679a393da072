"""Launching: the one place from which a create request leaves (docs/architecture.md, rule 1)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Coroutine
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from tui.campaign.fields import PHONE_LIST
from tui.campaign.lifecycle import Created, NotSent, Outcome, Unconfirmed
from tui.campaign.reach import NOBODY
from tui.campaign.request import rows_text, with_webhook
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.core.text_keys import TextKeys
from tui.operations.launch_key import Claim
from tui.operations.launch_request import Ready, must_be_ready, next_rows, prepare
from tui.operations.services import NotPossible, Services
from tui.operations.still_ours import StillOurs
from tui.operations.succession import leave_out_reached
from tui.store import StoreError, StoreGone, StoreUnsure
from tui.store.errors import LaunchedMeanwhile, RefusedMeanwhile

if TYPE_CHECKING:  # its import would load the HTTP library
    from tui.provider.request_trace import Sending

_WHY: Final = ("cancelled", "failed")
_GIVEN_UP: Final = TextKeys("operations.launch.{}", _WHY)
_INCOMPLETE: Final = TextKeys("operations.launch.{}_incomplete", _WHY)
_UNSENT: Final = TextKeys("operations.launch.{}_unsent", _WHY)

log = logging.getLogger("santral.launch")


class NotKept(StoreError):
    """The provider has made the campaign, and the store has not taken its ID yet, `why`. Params: id.

    It is tried again for as long as the process lives.
    """

    def __init__(self, provider_id: int, why: Reason) -> None:
        super().__init__(self.reason_of(provider_id))
        self.provider_id = provider_id
        self.reasons = (self.reason, why)

    @staticmethod
    def reason_of(provider_id: int) -> Reason:
        return Reason("operations.launch.not_kept", {"id": provider_id})


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


def _next_text(services: Services, campaign: int, after: int) -> tuple[bytes, int | None]:
    rows, after_them = next_rows(services, campaign, after)
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


async def launch(services: Services, ready: Ready, upload: Upload | None = None,
                 claim: Claim | None = None) -> Outcome:
    """Send the create request of a draft, once, and remember what became of it.

    It is known by `claim`; left out, by what it asks for: AlreadyLaunched where another was launched so, and nothing
    is sent. A test call is meant to be repeated, and claims nothing.

    Where a receiver is configured and the draft names no webhook of its own, the results are sent to its public
    address, under the token of this launch alone. Who must not be called is dropped from the list first, with the
    reason, those too who said so since `ready` was made, or are called too often since another campaign of the profile
    was launched. The intent is committed; a draft that was changed since then
    is refused (Changed). From then on it can't be changed, so that the list is sent as it was weighed. Before the first
    byte leaves, and before the last, the store is asked whether nobody has given the launch up. Whatever happens after
    that, a cancellation too, ends in one of the four outcomes; `upload` says how far it is meanwhile, and the outcome.
    NotPossible; NotKept where the ID of a created one could not be written down yet.
    """
    services.must_be_writable()
    services.must_be_ours(ready.campaign)
    must_be_ready(ready)
    _ = services.provider  # a profile without a key is refused before anything is noted
    from tui.provider.request_trace import Sending

    sending = Sending()
    upload = upload or Upload()
    token = services.new_token()
    ready, entry = await _begun(services, ready, claim, token, upload)
    try:
        outcome = await _send(services, ready, entry, token, upload, sending)
    except asyncio.CancelledError:
        # The entry must not be left open, for that would read as unconfirmed.
        outcome = sending.outcome or _given_up(sending, "cancelled")
        await _settle(services, ready, entry, outcome, upload)
        raise
    except Exception:  # a mistake of ours must not leave the ledger open, nor be taken for "it was not sent"
        log.exception("launch of campaign %s failed", ready.campaign.id)
        outcome = sending.outcome or _given_up(sending, "failed")
    return await _settle(services, ready, entry, outcome, upload)


async def _begun(services: Services, ready: Ready, claim: Claim | None, token: str,
                 upload: Upload) -> tuple[Ready, int]:
    """The draft as it is sent, and the ledger's entry. Where another launch or a no came in between, looked at once
    more."""
    while True:
        ready = await _without_refusing(services, ready)
        claim = claim or ready.claim  # of all that it asked for first
        upload.left_out = upload.left_out.plus(ready.left_out.refusals)
        beginning = asyncio.ensure_future(_begin(services, ready, claim, token))
        try:
            return ready, await asyncio.shield(beginning)
        except (LaunchedMeanwhile, RefusedMeanwhile) as meanwhile:
            log.info("launch of campaign %s: %s came in between", ready.campaign.id, type(meanwhile).__name__)
        except asyncio.CancelledError:
            # The entry is being written, or was: it must not be left open, for that would read as unconfirmed.
            with contextlib.suppress(LaunchedMeanwhile, RefusedMeanwhile):
                await _settle(services, ready, await beginning, NotSent(Reason(_UNSENT["cancelled"])), upload)
            raise


async def _without_refusing(services: Services, ready: Ready) -> Ready:
    """The draft without those who must not be called now: what is sent, and what of it is to be noted.

    Nor those whom a campaign has reached whose place it takes. NotPossible where more would be called than was
    confirmed, or it is not known any more who must not be; Changed.
    """
    reached = await leave_out_reached(services, ready.campaign.id)
    if not (ready.left_out.obeyed or reached):
        return ready
    now = await prepare(services, ready.campaign.id, known=ready, asked=ready.asked,
                        overrides=ready.left_out.overrides)
    if now.campaign.revision != ready.campaign.revision + bool(reached):
        return ready  # whoever notes the launch says so
    if must_be_ready(now).rows > ready.rows or now.recipients > ready.recipients:
        more = "operations.launch.more_people" if now.recipients > ready.recipients else "operations.launch.more_calls"
        counts = (now.recipients, ready.recipients) if now.recipients > ready.recipients else (now.rows, ready.rows)
        raise NotPossible(Reason(more, {"count": counts[0], "before": counts[1]}))
    if not now.left_out.positions:
        return now
    marks = now.left_out.left.marks
    await services.thread(services.store.numbers.drop_marked, now.campaign.id, marks)
    dropped = await services.thread(services.store.campaigns.get, now.campaign.id)
    mine = dropped.revision == now.campaign.revision + 1
    return replace(now, campaign=dropped) if mine else now


async def _begin(services: Services, ready: Ready, claim: Claim, token: str) -> int:
    claim = replace(claim, sent=ready.request)
    key = claim.key(services.now()) if ready.campaign.test_of is None else None
    try:
        return await services.thread(
            services.store.ledger.begin, ready.campaign.id, revision=ready.campaign.revision, token=token,
            body_hash=claim.request.hash, numbers=ready.recipients, asked_by=services.asked_by, key=key,
            again=claim.again, called_again=ready.again.rows, newest=ready.left_out.newest)
    except (StoreUnsure, StoreGone) as failure:
        # It may have been noted all the same: open for as long as this process lives, though nothing is sent.
        with contextlib.suppress(StoreError):
            await services.outcome_writer.write(partial(services.store.ledger.withdraw, token, failure.reason))
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

    def resolve() -> Outcome | None:
        ledger.resolve(entry, outcome)
        return ledger.became(entry) if isinstance(outcome, Created) else outcome

    not_kept = NotKept.reason_of(outcome.provider_id) if isinstance(outcome, Created) else None
    try:
        became = await services.outcome_writer.write(resolve, not_kept)
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
        return Unconfirmed(Reason(_GIVEN_UP[why]))
    return NotSent(Reason((_INCOMPLETE if sending.sent else _UNSENT)[why]))
