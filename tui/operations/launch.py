"""Launching: the one place from which a create request leaves (architecture, rule 1)."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from dataclasses import dataclass, field, replace

from tui.campaign.account import Account, account_problems
from tui.campaign.draft import Draft, Number, PhoneList
from tui.campaign.fields import PHONE_LIST, WEBHOOK_URL
from tui.campaign.number import judge
from tui.campaign.outcome import Created, NotSent, Outcome, Unconfirmed
from tui.campaign.reason import Reason
from tui.campaign.request import Json, body_hash, wire, with_webhook
from tui.campaign.rules import Problem, Weight, check, errors
from tui.operations.services import NotPossible, Services
from tui.secret import MASK, Secret
from tui.store import Campaign, StoreError

log = logging.getLogger("santral.launch")


class NotKept(StoreError):
    """The provider has made the campaign, and the store could not take its ID. Params: id."""

    def __init__(self, provider_id: int) -> None:
        super().__init__(Reason("operations.launch.not_kept", {"id": provider_id}))
        self.provider_id = provider_id


@dataclass(frozen=True, slots=True)
class Ready:
    """A draft as it was looked at: what a launch of it would send, or why it can't be launched."""

    campaign: Campaign
    draft: Draft
    problems: list[Problem]
    request: Json | None  # without the key, and without our webhook; None while there are errors
    hash: str = ""
    account: Account = field(default_factory=Account)  # what is remembered of it: names for what the draft leads to
    receiver: str | None = None  # the public address of ours that the results are sent to; None where they aren't

    @property
    def shown(self) -> Json | None:
        """The request as it may be shown: the token in the address of our receiver is made at the launch, and ours."""
        return None if self.request is None else shown_request(self.request, self.receiver)

    @property
    def people(self) -> int:
        return self.campaign.callable_numbers


def shown_request(request: Json, public_url: str | None) -> Json:
    """A request with the address that its results go to, where it is our receiver's: the token in it masked."""
    if public_url is None or WEBHOOK_URL in request:
        return request
    return with_webhook(request, f"{public_url}/{MASK}")


def phones_of(campaign: Campaign) -> PhoneList:
    return PhoneList(total=campaign.numbers, bad=campaign.bad_numbers, duplicates=campaign.duplicate_numbers,
                     with_phrase=campaign.callable_with_phrase)


def problems_of(campaign: Campaign, now: dt.datetime) -> list[Problem]:
    """Every problem of a draft as it is kept."""
    return check(Draft(campaign.fields), phones_of(campaign), now)


async def prepare(services: Services, campaign_id: int) -> Ready:
    """Read a draft and build its request. NoSuchCampaign."""
    campaign = await services.thread(services.store.campaigns.get, campaign_id)
    draft = Draft(campaign.fields)
    account = await services.directory.recall()
    missing = account_problems(campaign.fields, account)
    problems = [*problems_of(campaign, services.now()), *missing]
    if errors(problems):
        return Ready(campaign, draft, problems, None, account=account)
    rows = await services.thread(_rows, services, campaign)
    verdicts = [judge(row) for row in rows]
    odd = sum(verdict.odd is not None for verdict in verdicts)
    problems = [*check(draft, replace(phones_of(campaign), odd_phrases=odd), services.now()), *missing]
    called = {verdict.phone for verdict in verdicts if verdict.phone is not None}
    refused = await services.thread(services.store.do_not_call.among, campaign.profile, called)
    if refused:
        problems = [*problems, Problem(
            PHONE_LIST, Reason("campaign.problem.do_not_call", {"count": len(refused)}), Weight.WARNING)]
    request = wire(draft, rows)
    # Without our webhook, whose token is another for each launch: a request that was sent before is known again.
    found = body_hash(request)
    twin = await services.thread(services.store.ledger.unconfirmed_twin, campaign.profile, found)
    if twin is not None:
        problems = [*problems, Problem("name", Reason("campaign.problem.twin", {"name": twin.name}), Weight.WARNING)]
    receiver = None if WEBHOOK_URL in request else services.public_url
    return Ready(campaign, draft, problems, request, found, account, receiver)


def _rows(services: Services, campaign: Campaign) -> list[Number]:
    return [Number(row.typed, row.phrase, row.lang) for row in services.store.numbers.each(campaign.id)]


async def launch(services: Services, ready: Ready) -> Outcome:
    """Send the create request of a draft, once, and remember what became of it.

    Where a receiver is configured and the draft names no webhook of its own, the results are sent to its public
    address, under the token of this launch alone. The intent is committed first; a draft that was changed since
    `ready` was made is refused (Changed). Whatever happens after that, a cancellation too, ends in one of the four
    outcomes. NotKept where the ID of a created one could not be written down.
    """
    services.must_be_writable()
    if ready.request is None:
        raise NotPossible(Reason("operations.refused.problems", {"count": len(errors(ready.problems))}))
    provider = services.provider
    from tui.provider.sent import Sending

    sending = Sending()
    token = services.new_token()
    request = ready.request
    if ready.receiver is not None:
        request = with_webhook(request, f"{ready.receiver}/{token}")
    beginning = asyncio.ensure_future(services.thread(
        services.store.ledger.begin, ready.campaign.id, revision=ready.campaign.revision, token=token,
        body_hash=ready.hash, numbers=ready.people, asked_by=services.asked_by))
    try:
        await asyncio.shield(beginning)
        outcome = await provider.create(request, sending, [Secret(token)])
    except asyncio.CancelledError:
        # The entry is being written, or was: it must not be left open, for that would read as unconfirmed.
        outcome = sending.outcome or _given_up(sending.started, "cancelled")
        await _settle(services, ready, await beginning, outcome)
        raise
    except Exception:  # a mistake of ours must not leave the ledger open, nor be taken for "it was not sent"
        entry = await beginning  # raises where it is the store that refused
        log.exception("launch of campaign %s failed", ready.campaign.id)
        outcome = _given_up(sending.started, "failed")
        await _settle(services, ready, entry, outcome)
        return outcome
    await _settle(services, ready, await beginning, outcome)
    return outcome


async def _settle(services: Services, ready: Ready, entry: int, outcome: Outcome) -> None:
    # The log first: should the store not take it (a full disk), the ID is at least there.
    log.info("launch of campaign %s: %s", ready.campaign.id, outcome)
    try:
        await services.thread(services.store.ledger.settle, entry, outcome)
    except StoreError as failure:
        if isinstance(outcome, Created):
            raise NotKept(outcome.provider_id) from failure
        raise


def _given_up(started: bool, why: str) -> Outcome:  # noqa: FBT001 - the one fact that decides
    if started:
        return Unconfirmed(Reason(f"operations.launch.{why}"))
    return NotSent(Reason(f"operations.launch.{why}_unsent"))
