"""`santral campaign test`: a test call of a campaign to the operator's own telephone."""

from __future__ import annotations

import asyncio

from tui.campaign.lifecycle import NotSent, Rejected
from tui.campaign.phone import readable_phone
from tui.commands.arguments.campaign import TrialCall
from tui.commands.campaign.sending import outcome_json, outcome_report, report_not_kept
from tui.commands.output import agreed, ask, document, full_sentence, interactive, problem
from tui.commands.running import campaign_of, run
from tui.commands.status import Status
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.operations.launch import NotKept, Upload
from tui.operations.services import NotPossible, Services
from tui.operations.trial_call import NotTestable, PlannedTest, launch_test, plan_test, trial_draft, twin_of
from tui.store import Campaign
from tui.text.campaign import trial_call_lines


def make_test_call(services: Services, arguments: TrialCall) -> Status:
    """Make a test call of a campaign, now. Its ID alone on stdout. NotPossible, StoreError."""
    # Questions are asked outside the event loop, where Ctrl+C ends them at once.
    planned = _planned(services, campaign_of(services, arguments.ref))
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
    for text in trial_call_lines(planned.draft, planned.phrase, planned.lang, services.now()):
        problem(text)
    if not agreed(say("command.test.sure", phone=readable_phone(phone))):
        raise NotPossible(Reason("command.create.stopped"))


async def _launch(services: Services, planned: PlannedTest, phone: str, *, as_json: bool) -> Status:
    draft = await trial_draft(services, planned, phone)
    campaign = await services.thread(services.store.campaigns.get, draft)
    upload = Upload()
    try:
        await launch_test(services, draft, upload)
    except NotKept as failure:
        return (await report_not_kept(services, campaign, failure, as_json=as_json)).write(as_json=as_json)
    except asyncio.CancelledError:
        pass  # `upload.outcome` has how far it got
    outcome = upload.outcome or NotSent(Reason("operations.launch.cancelled_unsent"))
    if not isinstance(outcome, Rejected | NotSent):
        return outcome_report(campaign, outcome).write(as_json=as_json)
    # The draft was removed: the sentence names none.
    key = "command.test.rejected" if isinstance(outcome, Rejected) else "command.test.not_sent"
    problem(say(key, why=full_sentence(outcome.reason)))
    if as_json:
        document(outcome_json(outcome, campaign))
    return Status.FAILED
