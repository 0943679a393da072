"""`santral campaign test`: a campaign played to the operator's own telephone."""

from __future__ import annotations

import asyncio
from argparse import Namespace

from tui.campaign.phone import readable_phone
from tui.campaign.reason import Reason
from tui.commands.create import outcome_json, tell_created, tell_not_kept, tell_unconfirmed
from tui.commands.output import agreed, ask, document, full_sentence, interactive, problem
from tui.commands.status import Status
from tui.commands.work import run
from tui.operations.launch import NotKept
from tui.operations.services import NotPossible, Services
from tui.operations.test_call import NotTestable, PlannedTest, launch_test, plan_test, test_draft, twin_of
from tui.store import Campaign, Event, StoreError
from tui.telling import test_call_lines
from tui.words import say


def make_test_call(services: Services, campaign: Campaign, arguments: Namespace) -> Status:
    """Make a test call of a campaign, now. Its ID alone on stdout. NotPossible, StoreError."""
    # Asked outside the loop, where Ctrl+C ends a question at once.
    planned = _planned(services, campaign)
    if not (arguments.yes or interactive()):
        raise NotPossible(Reason("command.test.needs_yes"))
    phone = planned.telephones(arguments.to or planned.number or _asked())
    if run(services, twin_of(services, planned, phone)) is not None:
        problem(say("command.warning", place="name", sentence=say("screens.test.twin")))
    if arguments.yes:
        problem(say("command.test.calling", phone=readable_phone(phone)))
    else:
        _confirm(services, planned, phone)
    return run(services, _launch(services, planned, phone, as_json=arguments.json))


def _planned(services: Services, campaign: Campaign) -> PlannedTest:
    try:
        return run(services, plan_test(services, campaign.id))
    except NotTestable as refused:
        for found in refused.problems:
            problem(say("command.problem", place=found.field, sentence=full_sentence(found.reason)))
        raise


def _asked() -> str:
    typed = ask(say("command.test.which_number")) if interactive() else ""
    if not typed:
        raise NotPossible(Reason("command.test.no_number"))
    return typed


def _confirm(services: Services, planned: PlannedTest, phone: str) -> None:
    for told in test_call_lines(planned, services.now()):
        problem(told)
    if not agreed(say("command.test.sure", phone=readable_phone(phone))):
        raise NotPossible(Reason("command.create.stopped"))


async def _launch(services: Services, planned: PlannedTest, phone: str, *, as_json: bool) -> Status:
    draft = await test_draft(services, planned, phone)
    campaign = await services.thread(services.store.campaigns.get, draft)
    failure: Exception | None = None
    try:
        await launch_test(services, draft)
    except asyncio.CancelledError:
        pass  # the ledger knows how far it got
    except Exception as error:  # noqa: BLE001 - raised anew below, unless the request may have left by then
        failure = error
    if isinstance(failure, NotKept):
        return tell_not_kept(campaign, failure, as_json=as_json)
    try:
        campaign = await services.thread(services.store.campaigns.get, draft)
        events = {entry.event for entry in await services.thread(services.store.history, draft)}
    except StoreError as error:
        return tell_unconfirmed(campaign, error.reason, as_json=as_json)
    if failure is not None and Event.LAUNCHED not in events:
        raise failure
    reason = campaign.reason
    if reason is None and isinstance(failure, StoreError):
        reason = failure.reason
    return _told(campaign, events, reason, as_json=as_json)


def _told(campaign: Campaign, events: set[Event], reason: Reason | None, *, as_json: bool) -> Status:
    """Say what became of it, by what is remembered: a draft that called nobody has been put away."""
    if campaign.provider_id is not None:
        return tell_created(campaign, as_json=as_json)
    if Event.LAUNCHED in events and not events & {Event.REJECTED, Event.NOT_SENT}:
        return tell_unconfirmed(campaign, reason, as_json=as_json)
    reason = reason or Reason("operations.launch.cancelled_unsent")
    outcome = "rejected" if Event.REJECTED in events else "not_sent"
    problem(say(f"command.test.{outcome}", why=full_sentence(reason)))
    if as_json:
        document(outcome_json(outcome, campaign, reason))
    return Status.FAILED
