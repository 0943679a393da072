"""`santral campaign create` sends a create request; `check` only looks at what it would send."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from tui.campaign.account import channel_problems
from tui.campaign.fields import API_KEY, IVR
from tui.campaign.lifecycle import Created, NotSent, Outcome, Rejected, Unconfirmed
from tui.campaign.rules import multiplies
from tui.commands.campaign.earlier import earlier_json, earlier_reason, find_earlier_launch
from tui.commands.campaign.left_out import Screened, left_out_line, previewed, screened
from tui.commands.campaign.plan import LaunchFiles, LaunchPlan, plan_json, profile_defaults, with_all_rows
from tui.commands.document import Json, left_out_json, reason_json
from tui.commands.invocation import Invocation
from tui.commands.list_input import ListInput, problem_of_options
from tui.commands.output import agreed, ask, document, full_sentence, interactive, line, problem, progress, refusal
from tui.commands.running import open_services, run
from tui.commands.specs import CheckCampaign, CreateCampaign
from tui.commands.status import Status
from tui.core.clock import utc_now
from tui.core.host import is_private
from tui.core.reason import Reason
from tui.core.secret import MASK
from tui.i18n.words import grouped, say
from tui.operations.blocked import BlockedAnswer
from tui.operations.launch import NotKept, Upload, launch
from tui.operations.launch_key import Claim, find_earlier, what_becomes
from tui.operations.launch_request import Ready, must_be_ready, prepare, shown_request
from tui.operations.phone_list import add_numbers
from tui.operations.services import Services
from tui.operations.trial_call import last_test
from tui.store import AlreadyLaunched, Campaign, EarlierLaunch, LaunchMatch, StoreError
from tui.store.suppression import NONE_SUPPRESSED, SuppressedCounts
from tui.text.campaign import nobody_text, review_lines, tested_line
from tui.text.schedule import schedule_lines

log = logging.getLogger("santral.create")

_PROGRESS_EVERY: Final = 0.3  # seconds
_LAST_TRIES: Final = 8.0  # seconds in which it is still tried to store an ID
_OTHER_LAUNCH: Final = 120.0  # seconds to wait for another process that launches the same
_MET: Final = {Created: LaunchMatch.CREATED, Unconfirmed: LaunchMatch.UNCONFIRMED}


def check(invocation: Invocation, arguments: CheckCampaign) -> Status:
    """Every problem of a campaign file, then "ok", or that nobody would be called. Sends and keeps nothing."""
    if (wrong := problem_of_options(arguments.phones, arguments)) is not None:
        refusal(wrong, as_json=arguments.json)
        return Status.USAGE
    files = _campaign_files(invocation, arguments)
    plan = asked_for = files.plan()
    if plan.request is not None:
        plan = previewed(invocation, arguments, files, plan)
    plan.print_problems()
    earlier = None
    if asked_for.request is not None:
        earlier = find_earlier_launch(invocation, arguments, asked_for.request, plan.request)
    if arguments.json:
        document(plan_json(plan) | ({} if earlier is None else {"earlier": earlier_json(earlier)}))
    elif plan.request is not None:
        line(nobody_text(plan.nobody) or "ok")
        _show_left_out(plan.refusals)
    elif plan.nobody is not None:
        problem(nobody_text(plan.nobody))
    return Status.FAILED if plan.request is None else Status.DONE


def create(invocation: Invocation, arguments: CreateCampaign) -> Status:
    """Make a campaign: real people are called. Its ID alone on stdout; below it how many were left out, if any."""
    if (wrong := problem_of_options(arguments.phones, arguments)) is not None:
        refusal(wrong, as_json=arguments.json)
        return Status.USAGE
    files = _campaign_files(invocation, arguments)
    plan = files.plan()
    if plan.request is None:
        return _refuse_for_problems(plan, as_json=arguments.json)
    if arguments.dry_run:
        return _dry_run(invocation, arguments, files, plan)
    # The claim is on the whole request: a refusal that is added meanwhile doesn't make it another launch.
    claim = Claim(plan.request, arguments.key, arguments.again)
    with open_services(invocation) as services:
        services.must_be_writable()
        _ = services.provider  # a profile without a key is refused before anything is asked
        earlier = None if claim.again else run(services, find_earlier(services, claim))
        if earlier is not None:
            plan.print_problems()
            return run(services, _report_earlier(services, earlier, as_json=arguments.json))
        if not (arguments.yes or interactive()):
            plan.print_problems()
            _warn_of_account(services, plan)
            _warn_of_receiver(services, plan)
            refusal(Reason("command.create.needs_yes"), as_json=arguments.json)
            return Status.FAILED
        found = screened(services, files, plan, obeyed=not arguments.with_do_not_call)
        return _confirmed(services, found, claim, invocation, arguments)


def _confirmed(services: Services, found: Screened, claim: Claim, invocation: Invocation,
               arguments: CreateCampaign) -> Status:
    plan = found.plan
    if plan.request is None:
        return _refuse_for_problems(plan, as_json=arguments.json)
    plan.print_problems()
    earlier = None if claim.again else run(services, find_earlier(services, replace(claim, sent=plan.request)))
    if earlier is not None:  # without those who are left out it is what was launched before
        return run(services, _report_earlier(services, earlier, as_json=arguments.json))
    if plan.nobody is not None and arguments.yes:  # the question has it
        problem(nobody_text(plan.nobody))
    _warn_of_receiver(services, plan)
    multiplied = multiplies(problem_.reason.code for problem_ in plan.problems)
    assumed = invocation.sources.state.assumptions.get(services.profile.name, {})
    refused = None if arguments.yes else _refusal(services, plan, assumed, multiplied=multiplied)
    if refused is not None:
        refusal(refused, as_json=arguments.json)
        return Status.FAILED
    return run(services, _launch(services, plan, claim, arguments, found.asked))


def _campaign_files(invocation: Invocation, arguments: CheckCampaign) -> LaunchFiles:
    phones = None if arguments.phones is None else ListInput.of(arguments.phones, arguments)
    return LaunchFiles(arguments.file, phones, utc_now(), profile_defaults(invocation),
                       keep_repeats=arguments.keep_repeats)


def _refuse_for_problems(plan: LaunchPlan, *, as_json: bool) -> Status:
    plan.print_problems()
    problem(say("command.create.not_yet", count=plan.errors))
    if as_json:
        document(plan_json(plan))
    return Status.FAILED


def _dry_run(invocation: Invocation, arguments: CreateCampaign, files: LaunchFiles, asked_for: LaunchPlan) -> Status:
    plan = previewed(invocation, arguments, files, asked_for)
    if plan.request is None:
        return _refuse_for_problems(plan, as_json=arguments.json)
    plan.print_problems()
    if plan.nobody is not None:
        problem(nobody_text(plan.nobody))
    public_url = invocation.sources.config().receiver.public_url
    if not arguments.again and asked_for.request is not None:
        find_earlier_launch(invocation, arguments, asked_for.request, plan.request)
    document({API_KEY: MASK, **shown_request(with_all_rows(plan, plan.request), public_url)})
    return Status.DONE


def _show_left_out(refusals: SuppressedCounts) -> None:
    if refusals.recipients:
        line(left_out_line(refusals))


def _warn_of_account(services: Services, plan: LaunchPlan) -> None:
    """Warn of what the account has too little of for the campaign, by what is remembered of it."""
    for warning in channel_problems(plan.draft, run(services, services.directory.recall())):
        problem(say("command.warning", place=warning.field, sentence=full_sentence(warning.reason)))


def _warn_of_receiver(services: Services, plan: LaunchPlan) -> None:
    """Warn where results are to be sent to our receiver and the provider can't reach it."""
    from tui.core.base_url import is_this_machine

    url = None if plan.draft["webhook_url"] else services.public_url
    if url is not None and is_private(url) and not is_this_machine(services.profile.base_url):
        why = Reason("campaign.problem.webhook_private", {"value": urlsplit(url).hostname or ""})
        problem(say("command.warning", place="public_url", sentence=full_sentence(why)))


def _refusal(services: Services, plan: LaunchPlan, assumed: Mapping[str, int], *, multiplied: bool) -> Reason | None:
    """Why it isn't launched; None where a person has read what will happen and agrees.

    `multiplied`: settings multiply the calls beyond what is usual, so that the count has to be typed, however small.
    """
    now = services.now()
    tested = last_test(services.store, services.profile.name, plan.draft)
    schedule = schedule_lines(plan.draft, plan.recipients, now, services.calling_policy(), assumed, again=plan.again)
    for text in review_lines(plan.draft, plan.recipients, plan.duplicates, now, receiver=services.public_url,
                             schedule=schedule, with_phrase=plan.with_phrase, again=plan.again):
        problem(text)
    if plan.draft.call_type == IVR:
        problem(say("command.create.untested") if tested is None
                else tested_line(tested.at, now, exact=tested.exact))
    if plan.recipients > services.profile.confirm_above or multiplied:
        typed = ask(say("command.create.type_count", count=plan.recipients))
        if typed in (str(plan.recipients), grouped(plan.recipients)):
            return None
        if typed:
            return Reason("command.create.wrong_count", {"value": typed, "count": plan.recipients})
        return Reason("command.create.stopped")
    sure = (say("command.create.sure", count=plan.recipients) if plan.nobody is None
            else say("command.create.sure_nobody"))
    return None if agreed(sure) else Reason("command.create.stopped")


async def _launch(services: Services, plan: LaunchPlan, claim: Claim, arguments: CreateCampaign,
                  asked: BlockedAnswer) -> Status:
    as_json = arguments.json
    ready = await _stored(services, plan, asked, with_do_not_call=arguments.with_do_not_call)
    upload = Upload()
    try:
        async with _progress_shown(upload):
            await launch(services, ready, upload, claim)
    except AlreadyLaunched as refused:  # another process was quicker
        await _remove_draft(services, ready.campaign.id)
        return await _report_earlier(services, refused.earlier, as_json=as_json)
    except NotKept as failure:
        return await report_not_kept(services, ready.campaign, failure, as_json=as_json)
    except asyncio.CancelledError:
        if upload.outcome is None:
            raise
    except Exception:
        if upload.outcome is None:  # it was refused before the ledger noted anything
            raise
        log.exception("after the launch of campaign %s", ready.campaign.id)
    assert upload.outcome is not None  # noqa: S101 - a launch that ended has one
    status = report_outcome(ready.campaign, upload.outcome, as_json=as_json, left_out=upload.left_out)
    if status is Status.DONE and not as_json:
        _show_left_out(upload.left_out)
    return status


@contextlib.asynccontextmanager
async def _progress_shown(upload: Upload) -> AsyncIterator[None]:
    """Show on a terminal how much of a request has been sent, while it lasts."""
    if not interactive():
        yield
        return
    shown = asyncio.create_task(_show_progress(upload))
    try:
        yield
    finally:
        shown.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await shown


async def _show_progress(upload: Upload) -> None:
    written = False
    try:
        while True:
            await asyncio.sleep(_PROGRESS_EVERY)
            written = True
            if upload.complete:
                progress(say("command.create.sent", total=upload.total))
            elif upload.total:
                percent = upload.sent * 100 // upload.total
                progress(say("command.create.sending", sent=upload.sent, total=upload.total, percent=percent))
    finally:
        if written:
            progress("")


async def _stored(services: Services, plan: LaunchPlan, asked: BlockedAnswer, *, with_do_not_call: bool) -> Ready:
    """Keep the draft. Stopped before that is done, no half of one stays in the list."""
    drafts = services.store.drafts
    draft = await services.thread(drafts.create, services.profile.name, plan.draft.values)
    try:
        await add_numbers(services, draft, plan.numbers)
        return must_be_ready(await prepare(services, draft, asked=asked, with_do_not_call=with_do_not_call))
    except BaseException:
        await _remove_draft(services, draft)
        raise


async def _remove_draft(services: Services, draft: int) -> None:
    with contextlib.suppress(StoreError):  # it is tried until the end; the first failure is the one that is reported
        await services.outcome_writer.write(partial(services.store.drafts.remove, draft))


async def _report_earlier(services: Services, earlier: EarlierLaunch, *, as_json: bool) -> Status:
    """Nothing is sent, as the same was launched before: the outcome is that of the earlier launch."""
    if earlier.match is LaunchMatch.UNDER_WAY and earlier.launch is not None:
        problem(say("command.earlier.waiting", ref=earlier.campaign.ref))
        outcome = await what_becomes(services, earlier.launch, _OTHER_LAUNCH)
        campaign = await services.thread(services.store.campaigns.get, earlier.campaign.id)
        if isinstance(outcome, Rejected | NotSent):
            return report_outcome(campaign, outcome, as_json=as_json)
        earlier = replace(earlier, campaign=campaign, match=_MET.get(type(outcome), LaunchMatch.UNDER_WAY))
    reason, campaign = earlier_reason(earlier), earlier.campaign
    if earlier.match is LaunchMatch.OTHER_BODY:
        refusal(reason, as_json=as_json)
        return Status.USAGE
    problem(full_sentence(reason))
    created = earlier.match is LaunchMatch.CREATED
    if as_json:
        document({"outcome": "created" if created else "unconfirmed", "id": campaign.provider_id, "ref": campaign.ref,
                  "reason": reason_json(reason)})
    elif created:
        line(campaign.ref)
    return Status.DONE if created else Status.UNCONFIRMED


def report_outcome(campaign: Campaign, outcome: Outcome, *,
                   as_json: bool, left_out: SuppressedCounts = NONE_SUPPRESSED) -> Status:
    """Report the outcome of a launch: of its own request, whatever was done with the campaign since."""
    match outcome:
        case Created():
            return _report_created(campaign, outcome, left_out, as_json=as_json)
        case Unconfirmed():
            return _report_unconfirmed(campaign, outcome, left_out, as_json=as_json)
        case Rejected():
            key = "command.create.rejected"
        case NotSent():
            key = "command.create.not_sent"
    problem(say(key, why=full_sentence(outcome.reason), ref=f"d{campaign.id}"))
    if as_json:
        document(outcome_json(outcome, campaign) | left_out_json(left_out))
    return Status.FAILED


def _report_created(campaign: Campaign, outcome: Created, left_out: SuppressedCounts, *, as_json: bool) -> Status:
    """The ID is written on stderr where nothing can be written on stdout."""
    report = outcome_json(outcome, campaign) | left_out_json(left_out)
    written = document(report) if as_json else line(str(outcome.provider_id))
    if not written:
        problem(say("command.create.created", id=outcome.provider_id))
    return Status.DONE


def _report_unconfirmed(campaign: Campaign, outcome: Unconfirmed, left_out: SuppressedCounts, *,
                        as_json: bool) -> Status:
    """It isn't known whether it was created: the sentence says how that is found out."""
    problem(say("command.create.unconfirmed", why=full_sentence(outcome.reason), ref=f"d{campaign.id}"))
    if as_json:
        document(outcome_json(outcome, campaign) | left_out_json(left_out))
    return Status.UNCONFIRMED


async def report_not_kept(services: Services, campaign: Campaign, failure: NotKept, *, as_json: bool) -> Status:
    """The ID at once, as this is the only copy of it; then whether it was stored after all."""
    why = " ".join(map(full_sentence, failure.reasons))
    problem(say("command.create.not_kept", why=why, ref=f"d{campaign.id}", id=failure.provider_id))
    if not as_json:
        line(str(failure.provider_id))
    kept = False
    with contextlib.suppress(asyncio.CancelledError):
        kept = await services.outcome_writer.all_written(_LAST_TRIES)
    if kept:
        problem(say("command.create.kept", id=failure.provider_id))
    if as_json:
        document({"outcome": "created" if kept else "unconfirmed", "id": failure.provider_id,
                  "ref": str(failure.provider_id) if kept else f"d{campaign.id}",
                  "reason": None if kept else reason_json(failure.reason)})
    return Status.DONE if kept else Status.UNCONFIRMED


def outcome_json(outcome: Outcome, campaign: Campaign) -> Json:
    """The document of a create request's outcome."""
    if isinstance(outcome, Created):
        return {"outcome": "created", "id": outcome.provider_id, "ref": str(outcome.provider_id), "reason": None}
    word = {Rejected: "rejected", NotSent: "not_sent", Unconfirmed: "unconfirmed"}[type(outcome)]
    return {"outcome": word, "id": None, "ref": f"d{campaign.id}", "reason": reason_json(outcome.reason)}
