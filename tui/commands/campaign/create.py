"""`santral campaign create` sends a create request; `check` only looks at what it would send."""

from __future__ import annotations

import contextlib
from functools import partial

from msgspec.structs import replace

from tui.campaign.account import channel_problems
from tui.campaign.fields import API_KEY
from tui.campaign.rules import multiplies
from tui.commands.arguments.campaign import CheckCampaign, CreateCampaign
from tui.commands.campaign.confirming import Proposal, refusal_of, warn_of_receiver
from tui.commands.campaign.earlier import earlier_json, find_earlier_launch
from tui.commands.campaign.left_out import Screened, left_out_line, overrides_of, previewed, screened
from tui.commands.campaign.plan import (
    LaunchFiles,
    LaunchPlan,
    dropped_json,
    dropped_line,
    plan_json,
    profile_defaults,
    with_all_rows,
)
from tui.commands.campaign.sending import Report, report_earlier, send
from tui.commands.campaign.waiting import concluded
from tui.commands.invocation import Invocation
from tui.commands.list_input import ListInput, problem_of_options
from tui.commands.output import document, full_sentence, interactive, line, problem, refusal
from tui.commands.running import open_services, run
from tui.commands.status import Status
from tui.core.clock import utc_now
from tui.core.reason import Reason
from tui.core.secret import MASK
from tui.i18n.words import say
from tui.operations.blocked import BlockedAnswer
from tui.operations.launch_key import Claim, find_earlier
from tui.operations.launch_request import Ready, must_be_ready, prepare, shown_request
from tui.operations.left_out import Overrides
from tui.operations.phone_list import add_numbers, drop_bad
from tui.operations.services import Services
from tui.store import AlreadyLaunched, StoreError
from tui.text.campaign import nobody_text


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
        for text in filter(None, (left_out_line(plan.refusals), dropped_line(plan))):
            line(text)
    elif plan.nobody is not None:
        problem(nobody_text(plan.nobody))
    return Status.FAILED if plan.request is None else Status.DONE


def create(invocation: Invocation, arguments: CreateCampaign) -> Status:
    """Make a campaign: real people are called. Its ID alone on stdout; below it how many were left out or dropped."""
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
            return concluded(services, partial(report_earlier, services, earlier), arguments)
        if not (arguments.yes or interactive()):
            plan.print_problems()
            _warn_of_account(services, plan)
            warn_of_receiver(services, plan.draft)
            refusal(Reason("command.create.needs_yes"), as_json=arguments.json)
            return Status.FAILED
        found = screened(services, files, plan, overrides_of(arguments))
        return _confirmed(services, found, claim, invocation, arguments)


def _confirmed(services: Services, found: Screened, claim: Claim, invocation: Invocation,
               arguments: CreateCampaign) -> Status:
    plan = found.plan
    if plan.request is None:
        return _refuse_for_problems(plan, as_json=arguments.json)
    plan.print_problems()
    earlier = None if claim.again else run(services, find_earlier(services, replace(claim, sent=plan.request)))
    if earlier is not None:  # without those who are left out it is what was launched before
        return concluded(services, partial(report_earlier, services, earlier), arguments)
    if plan.nobody is not None and arguments.yes:  # the question has it
        problem(nobody_text(plan.nobody))
    warn_of_receiver(services, plan.draft)
    assumed = invocation.sources.state.assumptions.get(services.profile.name, {})
    refused = None if arguments.yes else refusal_of(services, _proposal(plan), assumed)
    if refused is not None:
        refusal(refused, as_json=arguments.json)
        return Status.FAILED
    return concluded(services, partial(_launch, services, plan, claim, arguments, found.asked), arguments)


def _proposal(plan: LaunchPlan) -> Proposal:
    return Proposal(plan.draft, plan.recipients, plan.duplicates, plan.with_phrase, plan.again, plan.nobody,
                    multiplies(found.reason.code for found in plan.problems))


def _campaign_files(invocation: Invocation, arguments: CheckCampaign) -> LaunchFiles:
    phones = None if arguments.phones is None else ListInput.of(arguments.phones, arguments)
    return LaunchFiles(arguments.file, phones, utc_now(), profile_defaults(invocation),
                       keep_repeats=arguments.keep_repeats, drops_bad=arguments.drop_bad)


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


def _warn_of_account(services: Services, plan: LaunchPlan) -> None:
    """Warn of what the account has too little of for the campaign, by what is remembered of it."""
    for warning in channel_problems(plan.draft, run(services, services.directory.recall())):
        problem(say("command.warning", place=warning.field, sentence=full_sentence(warning.reason)))


async def _launch(services: Services, plan: LaunchPlan, claim: Claim, arguments: CreateCampaign,
                  asked: BlockedAnswer) -> Report:
    ready = await _stored(services, plan, asked, overrides_of(arguments))
    try:
        texts = tuple(filter(None, [dropped_line(plan)]))
        return await send(services, ready, claim, as_json=arguments.json, more=dropped_json(plan), texts=texts)
    except AlreadyLaunched as refused:  # another process was quicker
        await _remove_draft(services, ready.campaign.id)
        return await report_earlier(services, refused.earlier)


async def _stored(services: Services, plan: LaunchPlan, asked: BlockedAnswer, overrides: Overrides) -> Ready:
    """Keep the draft. Stopped before that is done, no half of one stays in the list."""
    drafts = services.store.drafts
    draft = await services.thread(drafts.create, services.profile.name, plan.draft.values)
    try:
        await add_numbers(services, draft, plan.listed())
        if plan.dropped:
            await drop_bad(services, draft)
        return must_be_ready(await prepare(services, draft, asked=asked, overrides=overrides))
    except BaseException:
        await _remove_draft(services, draft)
        raise


async def _remove_draft(services: Services, draft: int) -> None:
    with contextlib.suppress(StoreError):  # it is tried until the end; the first failure is the one that is reported
        await services.outcome_writer.write(partial(services.store.drafts.remove, draft))
