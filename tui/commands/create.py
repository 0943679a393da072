"""`santral campaign create` and `check`: the one command that sends a create request, and the one that only looks."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from tui.campaign.account import channel_problems
from tui.campaign.fields import API_KEY, IVR
from tui.campaign.lifecycle import Created, NotSent, Outcome, Rejected, Unconfirmed
from tui.campaign.rules import multiplies
from tui.commands.document import Json, left_out_json, plan_json, reason_json
from tui.commands.earlier import earlier_json, earlier_reason, look_ahead
from tui.commands.invocation import Invocation
from tui.commands.left_out import Screened, left_out_line, looked_at, screened
from tui.commands.output import agreed, ask, document, full_sentence, interactive, line, problem, progress, refusal
from tui.commands.plan import LaunchFiles, LaunchPlan, profile_defaults, whole
from tui.commands.specs import CheckCampaign, CreateCampaign
from tui.commands.status import Status
from tui.commands.work import at_work, run
from tui.config import load
from tui.config.keymap import COMMANDS
from tui.config.ui_state import load_state, state_path
from tui.core.clock import utc_now
from tui.core.host import is_private
from tui.core.reason import Reason
from tui.core.secret import MASK
from tui.i18n.words import grouped, say
from tui.numbers.listing import Options
from tui.operations.blocked import Asked
from tui.operations.launch import NotKept, Upload, launch
from tui.operations.launch_key import Claim, find_earlier, what_becomes
from tui.operations.launch_request import Ready, must_be_ready, prepare, shown_request
from tui.operations.phone_list import add_numbers
from tui.operations.services import Services
from tui.operations.trial_call import last_test
from tui.store import AlreadyLaunched, Campaign, Earlier, Met, StoreError
from tui.store.suppression import NOBODY, Refusals
from tui.text.campaign import nobody_text, review_lines, tested_line
from tui.text.schedule import schedule_lines

log = logging.getLogger("santral.create")

_TELL_EVERY: Final = 0.3  # seconds
_LAST_TRIES: Final = 8.0  # seconds in which an ID is written down still
_PATIENCE: Final = 120.0  # seconds in which another process comes to the end of the same launch
_MET: Final = {Created: Met.CREATED, Unconfirmed: Met.UNCONFIRMED}


def check(invocation: Invocation, arguments: CheckCampaign) -> Status:
    """Every problem of a campaign file, then "ok", or that nobody would be called. Sends and keeps nothing."""
    reading = _reading(invocation, arguments)
    plan = asked_for = reading.plan()
    if plan.request is not None:
        plan = looked_at(invocation, arguments, reading, plan)
    plan.print_problems()
    earlier = None if asked_for.request is None else look_ahead(invocation, arguments, asked_for.request, plan.request)
    if arguments.json:
        document(plan_json(plan) | ({} if earlier is None else {"earlier": earlier_json(earlier)}))
    elif plan.request is not None:
        line(nobody_text(plan.nobody) or "ok")
        _tell_left_out(plan.refusals)
    elif plan.nobody is not None:
        problem(nobody_text(plan.nobody))
    return Status.FAILED if plan.request is None else Status.DONE


def create(invocation: Invocation, arguments: CreateCampaign) -> Status:
    """Make a campaign: real people are called. Its ID alone on stdout; below it how many were left out, if any."""
    reading = _reading(invocation, arguments)
    plan = reading.plan()
    if plan.request is None:
        return _not_yet(plan, as_json=arguments.json)
    if arguments.dry_run:
        return _dry_run(invocation, arguments, reading, plan)
    # Whoever says no meanwhile makes no other launch of it: it is known by all that it asks for.
    claim = Claim(plan.request, arguments.key, arguments.again)
    with at_work(invocation) as services:
        services.must_be_writable()
        _ = services.provider  # a profile without a key is refused before anything is asked
        earlier = None if claim.again else run(services, find_earlier(services, claim))
        if earlier is not None:
            plan.print_problems()
            return run(services, _tell_earlier(services, earlier, as_json=arguments.json))
        if not (arguments.yes or interactive()):
            plan.print_problems()
            _tell_beyond(services, plan)
            _tell_of_receiver(services, plan)
            refusal(Reason("command.create.needs_yes"), as_json=arguments.json)
            return Status.FAILED
        found = screened(services, reading, plan, obeyed=not arguments.with_do_not_call)
        return _confirmed(services, found, claim, arguments)


def _confirmed(services: Services, found: Screened, claim: Claim, arguments: CreateCampaign) -> Status:
    plan = found.plan
    if plan.request is None:
        return _not_yet(plan, as_json=arguments.json)
    plan.print_problems()
    earlier = None if claim.again else run(services, find_earlier(services, replace(claim, sent=plan.request)))
    if earlier is not None:  # without those who are left out it is what was launched before
        return run(services, _tell_earlier(services, earlier, as_json=arguments.json))
    if plan.nobody is not None and arguments.yes:  # who is asked reads it there
        problem(nobody_text(plan.nobody))
    _tell_of_receiver(services, plan)
    multiplied = multiplies(told.reason.code for told in plan.problems)
    refused = None if arguments.yes else _not_confirmed(services, plan, multiplied=multiplied)
    if refused is not None:
        refusal(refused, as_json=arguments.json)
        return Status.FAILED
    return run(services, _launch(services, plan, claim, arguments, found.asked))


def _reading(invocation: Invocation, arguments: CheckCampaign) -> LaunchFiles:
    return LaunchFiles(arguments.file, arguments.phones, utc_now(), profile_defaults(invocation),
                   Options(sheet=arguments.sheet, hidden=arguments.hidden),
                   keep_repeats=arguments.keep_repeats)


def _not_yet(plan: LaunchPlan, *, as_json: bool) -> Status:
    plan.print_problems()
    problem(say("command.create.not_yet", count=plan.errors))
    if as_json:
        document(plan_json(plan))
    return Status.FAILED


def _dry_run(invocation: Invocation, arguments: CreateCampaign, reading: LaunchFiles, asked_for: LaunchPlan) -> Status:
    plan = looked_at(invocation, arguments, reading, asked_for)
    if plan.request is None:
        return _not_yet(plan, as_json=arguments.json)
    plan.print_problems()
    if plan.nobody is not None:
        problem(nobody_text(plan.nobody))
    public_url = load(invocation.config, invocation.environ, key_ids=COMMANDS).receiver.public_url
    if not arguments.again and asked_for.request is not None:
        look_ahead(invocation, arguments, asked_for.request, plan.request)
    document({API_KEY: MASK, **shown_request(whole(plan, plan.request), public_url)})
    return Status.DONE


def _tell_left_out(refusals: Refusals) -> None:
    if refusals.recipients:
        line(left_out_line(refusals))


def _tell_beyond(services: Services, plan: LaunchPlan) -> None:
    """What the account has against what the files say. Asks nobody."""
    for warning in channel_problems(plan.draft, run(services, services.directory.recall())):
        problem(say("command.warning", place=warning.field, sentence=full_sentence(warning.reason)))


def _tell_of_receiver(services: Services, plan: LaunchPlan) -> None:
    """That no results come in, where they are to be sent to our receiver and nobody outside can reach that."""
    from tui.core.base_url import is_this_machine

    url = None if plan.draft["webhook_url"] else services.public_url
    if url is not None and is_private(url) and not is_this_machine(services.profile.base_url):
        why = Reason("campaign.problem.webhook_private", {"value": urlsplit(url).hostname or ""})
        problem(say("command.warning", place="public_url", sentence=full_sentence(why)))


def _not_confirmed(services: Services, plan: LaunchPlan, *, multiplied: bool) -> Reason | None:
    """Why it isn't launched; None where a person has read what will happen and wants it.

    `multiplied`: calls are, beyond what anybody means, so that the count is typed however few people there are.
    """
    now = services.now()
    heard = last_test(services.store, services.profile.name, plan.draft)
    assumed = load_state(state_path()).assumptions.get(services.profile.name, {})
    schedule = schedule_lines(plan.draft, plan.recipients, now, services.calling_policy(), assumed, again=plan.again)
    for told in review_lines(plan.draft, plan.recipients, plan.duplicates, now, receiver=services.public_url,
                             schedule=schedule, with_phrase=plan.with_phrase, again=plan.again):
        problem(told)
    if plan.draft.call_type == IVR:
        problem(tested_line(heard.at, now, exact=heard.exact) if heard is not None else say("command.create.untested"))
    if plan.recipients > services.profile.confirm_above or multiplied:
        typed = ask(say("command.create.type_count", count=plan.recipients))
        if typed in (str(plan.recipients), grouped(plan.recipients)):
            return None
        if typed:
            return Reason("command.create.wrong_count", {"value": typed, "count": plan.recipients})
        return Reason("command.create.stopped")
    sure = say("command.create.sure",
               count=plan.recipients) if plan.nobody is None else say("command.create.sure_nobody")
    return None if agreed(sure) else Reason("command.create.stopped")


async def _launch(services: Services, plan: LaunchPlan, claim: Claim, arguments: CreateCampaign,
                  asked: Asked) -> Status:
    as_json = arguments.json
    ready = await _stored(services, plan, asked, with_do_not_call=arguments.with_do_not_call)
    upload = Upload()
    try:
        async with _telling(upload):
            await launch(services, ready, upload, claim)
    except AlreadyLaunched as refused:  # another process was quicker
        await _put_away(services, ready.campaign.id)
        return await _tell_earlier(services, refused.earlier, as_json=as_json)
    except NotKept as failure:
        return await tell_not_kept(services, ready.campaign, failure, as_json=as_json)
    except asyncio.CancelledError:
        if upload.outcome is None:
            raise
    except Exception:
        if upload.outcome is None:  # it was refused before the ledger noted anything
            raise
        log.exception("after the launch of campaign %s", ready.campaign.id)
    assert upload.outcome is not None  # noqa: S101 - a launch that ended has one
    status = tell_outcome(ready.campaign, upload.outcome, as_json=as_json, left_out=upload.left_out)
    if status is Status.DONE and not as_json:
        _tell_left_out(upload.left_out)
    return status


@contextlib.asynccontextmanager
async def _telling(upload: Upload) -> AsyncIterator[None]:
    """Tell on a terminal how far a request is that takes its time."""
    if not interactive():
        yield
        return
    telling = asyncio.create_task(_tell(upload))
    try:
        yield
    finally:
        telling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await telling


async def _tell(upload: Upload) -> None:
    told = False
    try:
        while True:
            await asyncio.sleep(_TELL_EVERY)
            told = True
            if upload.complete:
                progress(say("command.create.sent", total=upload.total))
            elif upload.total:
                percent = upload.sent * 100 // upload.total
                progress(say("command.create.sending", sent=upload.sent, total=upload.total, percent=percent))
    finally:
        if told:
            progress("")


async def _stored(services: Services, plan: LaunchPlan, asked: Asked, *, with_do_not_call: bool) -> Ready:
    """The draft as it is kept. Stopped before that is done, no half of one stays in the list."""
    drafts = services.store.drafts
    draft = await services.thread(drafts.create, services.profile.name, plan.draft.values)
    try:
        await add_numbers(services, draft, plan.numbers)
        return must_be_ready(await prepare(services, draft, asked=asked, with_do_not_call=with_do_not_call))
    except BaseException:
        await _put_away(services, draft)
        raise


async def _put_away(services: Services, draft: int) -> None:
    with contextlib.suppress(StoreError):  # it is tried again to the end; what went wrong before is what is told
        await services.settling.keep(partial(services.store.drafts.remove, draft))


async def _tell_earlier(services: Services, earlier: Earlier, *, as_json: bool) -> Status:
    """Nothing is sent, as the same was launched before: what that came to is what this comes to."""
    if earlier.met is Met.UNDER_WAY and earlier.launch is not None:
        problem(say("command.earlier.waiting", ref=earlier.campaign.ref))
        outcome = await what_becomes(services, earlier.launch, _PATIENCE)
        campaign = await services.thread(services.store.campaigns.get, earlier.campaign.id)
        if isinstance(outcome, Rejected | NotSent):
            return tell_outcome(campaign, outcome, as_json=as_json)
        earlier = replace(earlier, campaign=campaign, met=_MET.get(type(outcome), Met.UNDER_WAY))
    reason, campaign = earlier_reason(earlier), earlier.campaign
    if earlier.met is Met.OTHER_BODY:
        refusal(reason, as_json=as_json)
        return Status.USAGE
    problem(full_sentence(reason))
    created = earlier.met is Met.CREATED
    if as_json:
        document({"outcome": "created" if created else "unconfirmed", "id": campaign.provider_id, "ref": campaign.ref,
                  "reason": reason_json(reason)})
    elif created:
        line(campaign.ref)
    return Status.DONE if created else Status.UNCONFIRMED


def tell_outcome(campaign: Campaign, outcome: Outcome, *, as_json: bool, left_out: Refusals = NOBODY) -> Status:
    """Say what became of a launch: of its own request, whatever has become of the campaign by others since."""
    match outcome:
        case Created():
            return _tell_created(campaign, outcome, left_out, as_json=as_json)
        case Unconfirmed():
            return _tell_unconfirmed(campaign, outcome, left_out, as_json=as_json)
        case Rejected():
            key = "command.create.rejected"
        case NotSent():
            key = "command.create.not_sent"
    problem(say(key, why=full_sentence(outcome.reason), ref=f"d{campaign.id}"))
    if as_json:
        document(outcome_json(outcome, campaign) | left_out_json(left_out))
    return Status.FAILED


def _tell_created(campaign: Campaign, outcome: Created, left_out: Refusals, *, as_json: bool) -> Status:
    """The ID reaches somebody even where nothing can be written on stdout."""
    told = outcome_json(outcome, campaign) | left_out_json(left_out)
    written = document(told) if as_json else line(str(outcome.provider_id))
    if not written:
        problem(say("command.create.created", id=outcome.provider_id))
    return Status.DONE


def _tell_unconfirmed(campaign: Campaign, outcome: Unconfirmed, left_out: Refusals, *, as_json: bool) -> Status:
    """Nobody knows whether it was made: how that is found out, and told."""
    problem(say("command.create.unconfirmed", why=full_sentence(outcome.reason), ref=f"d{campaign.id}"))
    if as_json:
        document(outcome_json(outcome, campaign) | left_out_json(left_out))
    return Status.UNCONFIRMED


async def tell_not_kept(services: Services, campaign: Campaign, failure: NotKept, *, as_json: bool) -> Status:
    """The ID at once, as whoever reads this has the only copy of it; then whether it was written down after all."""
    why = " ".join(map(full_sentence, failure.reasons))
    problem(say("command.create.not_kept", why=why, ref=f"d{campaign.id}", id=failure.provider_id))
    if not as_json:
        line(str(failure.provider_id))
    kept = False
    with contextlib.suppress(asyncio.CancelledError):
        kept = await services.settling.settled(_LAST_TRIES)
    if kept:
        problem(say("command.create.kept", id=failure.provider_id))
    if as_json:
        document({"outcome": "created" if kept else "unconfirmed", "id": failure.provider_id,
                  "ref": str(failure.provider_id) if kept else f"d{campaign.id}",
                  "reason": None if kept else reason_json(failure.reason)})
    return Status.DONE if kept else Status.UNCONFIRMED


def outcome_json(outcome: Outcome, campaign: Campaign) -> Json:
    """What became of a create request."""
    if isinstance(outcome, Created):
        return {"outcome": "created", "id": outcome.provider_id, "ref": str(outcome.provider_id), "reason": None}
    word = {Rejected: "rejected", NotSent: "not_sent", Unconfirmed: "unconfirmed"}[type(outcome)]
    return {"outcome": word, "id": None, "ref": f"d{campaign.id}", "reason": reason_json(outcome.reason)}
