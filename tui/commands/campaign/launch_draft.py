"""`santral campaign launch REF`: a draft that is in the list is launched as it stands."""

from __future__ import annotations

from functools import partial
from typing import Final, TypeAlias

from msgspec.structs import replace

from tui.campaign.calling_hours import calls_nobody
from tui.campaign.fields import API_KEY, PHONE_LIST
from tui.campaign.lifecycle import State
from tui.campaign.rules import Problem, Weight, errors, multiplies
from tui.commands.arguments.campaign import LaunchDraft
from tui.commands.campaign.confirming import Proposal, refusal_of, warn_of_receiver
from tui.commands.campaign.earlier import earlier_reason
from tui.commands.campaign.left_out import overrides_of
from tui.commands.campaign.plan import DROPPED, PlacedProblem, dropped_rows_json, print_problems, problems_json
from tui.commands.campaign.replaced import deleted_former
from tui.commands.campaign.sending import Report, report_before, report_earlier, send
from tui.commands.campaign.waiting import concluded
from tui.commands.document import Json, left_out_json
from tui.commands.invocation import Invocation
from tui.commands.output import document, interactive, problem, refusal
from tui.commands.running import campaign_of, open_services, run
from tui.commands.status import Status
from tui.core.reason import Reason
from tui.core.secret import MASK
from tui.i18n.words import say
from tui.operations.blocked import BlockedAnswer, ask_provider
from tui.operations.launch_key import Claim, find_earlier, launched_text
from tui.operations.launch_request import Ready, must_be_ready, prepare, whole, without_bad
from tui.operations.left_out import Overrides
from tui.operations.services import NotPossible, Services
from tui.store import AlreadyLaunched, Campaign, EarlierLaunch, LaunchMatch
from tui.store.errors import WRONG_STATE
from tui.store.list_values import RowFilter
from tui.text.campaign import nobody_text

_TWIN: Final = "campaign.problem.twin"  # why nothing is sent says it
_BAD_NUMBERS: Final = "campaign.problem.bad_numbers"
_MAX_NAMED: Final = 20  # rows; all of them are counted
_ROWS_AT_ONCE: Final = 1_000
DroppedRows: TypeAlias = list[tuple[str, PlacedProblem]]  # each with its reference


def launch_draft(invocation: Invocation, arguments: LaunchDraft) -> Status:
    """Launch a draft: real people are called. Its ID alone on stdout; below it how many were left out.

    What was launched before is not launched again, and its ID is printed. NotPossible, StoreError.
    """
    with open_services(invocation) as services:
        if not arguments.dry_run:
            services.must_be_writable()
            _ = services.provider  # a profile without a key is refused before anything is asked
        campaign = campaign_of(services, arguments.ref)
        if not campaign.state.editable:
            return _launched_before(services, campaign, arguments)
        return launch_campaign(services, campaign, invocation, arguments)


def _launched_before(services: Services, campaign: Campaign, arguments: LaunchDraft) -> Status:
    """What became of a draft that is none any more: a command that is repeated comes to the same end."""
    named: dict[str, str | int] = {"campaign": campaign.id, "name": campaign.name}
    if arguments.again or campaign.adopted or campaign.launched_at is None or campaign.state is State.DELETED:
        raise NotPossible(Reason(WRONG_STATE[campaign.state], named))
    matches = {State.LAUNCHING: LaunchMatch.UNDER_WAY, State.UNCONFIRMED: LaunchMatch.UNCONFIRMED}
    earlier = EarlierLaunch(campaign, None, matches.get(campaign.state, LaunchMatch.CREATED))
    reason = earlier_reason(earlier)
    if earlier.match is LaunchMatch.CREATED and not campaign.missing:
        reason = Reason("command.launch.before", {**named, "ref": campaign.ref, "launched": launched_text(campaign)})

    async def before() -> Report:
        return report_before(earlier, reason)

    return concluded(services, before, arguments)


def launch_campaign(services: Services, campaign: Campaign, invocation: Invocation, arguments: LaunchDraft) -> Status:
    """Launch a draft with every check and question; of one that takes another's place, that other one is deleted.

    NotPossible, StoreError.
    """
    overrides, drops_bad = overrides_of(arguments), arguments.drop_bad
    first = run(services, prepare(services, campaign.id, overrides=overrides, drops_bad=drops_bad))
    if first.request is None:
        return _refuse_for_problems(services, first, arguments)
    # The claim is on the whole request: a refusal that is added meanwhile doesn't make it another launch.
    claim = Claim(first.asked_for or first.request, arguments.key, arguments.again, campaign=campaign.id)
    if not arguments.dry_run and (earlier := _earlier(services, claim)) is not None:
        print_problems(found for found in _placed(first.problems) if not found.reason.code.startswith(_TWIN))
        return concluded(services, partial(report_earlier, services, earlier), arguments)
    if not (arguments.yes or arguments.dry_run or interactive()):
        _print_problems(first, _dropped_by(services, first, arguments))
        warn_of_receiver(services, first.draft)
        refusal(Reason("command.create.needs_yes"), as_json=arguments.json)
        return Status.FAILED
    ready = run(services, _asked_again(services, first, overrides, drops_bad=drops_bad))
    if ready.request is None:
        return _refuse_for_problems(services, ready, arguments)
    dropped = _dropped_by(services, ready, arguments)
    _print_problems(ready, dropped)
    proposed = _proposal(services, ready)
    if proposed.nobody is not None and (arguments.yes or arguments.dry_run):  # the question has it
        problem(nobody_text(proposed.nobody))
    if arguments.dry_run:
        document({API_KEY: MASK, **run(services, whole(services, ready))})
        return Status.DONE
    claim = replace(claim, request=ready.asked_for or ready.request, sent=ready.request)
    if (earlier := _earlier(services, claim)) is not None:  # without those who are left out
        return concluded(services, partial(report_earlier, services, earlier), arguments)
    warn_of_receiver(services, ready.draft)
    assumed = invocation.sources.state.assumptions.get(services.profile.name, {})
    refused = None if arguments.yes else refusal_of(services, proposed, assumed)
    if refused is not None:
        refusal(refused, as_json=arguments.json)
        return Status.FAILED
    return concluded(services, partial(_send, services, ready, claim, arguments, dropped), arguments)


def _earlier(services: Services, claim: Claim) -> EarlierLaunch | None:
    return None if claim.again else run(services, find_earlier(services, claim))


async def _asked_again(services: Services, first: Ready, overrides: Overrides, *, drops_bad: bool) -> Ready:
    """The draft, now that the provider has said whom it has blocked."""
    asked: BlockedAnswer = await ask_provider(services)
    return await prepare(services, first.campaign.id, known=first, asked=asked, overrides=overrides,
                         drops_bad=drops_bad)


async def _send(services: Services, ready: Ready, claim: Claim, arguments: LaunchDraft,
                dropped: DroppedRows | None) -> Report:
    try:
        if dropped is not None:
            ready = await without_bad(services, must_be_ready(ready))
        report = await send(services, must_be_ready(ready), claim, as_json=arguments.json, more=_json(dropped),
                            texts=_texts(dropped))
        return await deleted_former(services, report)
    except AlreadyLaunched as refused:  # another process was quicker
        return await report_earlier(services, refused.earlier)


def _proposal(services: Services, ready: Ready) -> Proposal:
    now = services.now()
    return Proposal(ready.draft, ready.recipients, ready.duplicates, ready.with_phrase, ready.again.rows,
                    calls_nobody(ready.draft.window(now), ready.recipients, now),
                    multiplies(found.code for found in ready.problems))


def _refuse_for_problems(services: Services, ready: Ready, arguments: LaunchDraft) -> Status:
    dropped = _dropped_by(services, ready, arguments)
    found = [*_bad_rows(services, ready), *_told(dropped), *_placed(ready.problems)]
    print_problems(found)
    problem(say("command.create.not_yet", count=len(errors(ready.problems))))
    if arguments.json:
        document(problems_json(found) | left_out_json(ready.left_out.refusals) | _json(dropped))
    return Status.FAILED


def _bad_rows(services: Services, ready: Ready) -> list[PlacedProblem]:
    """The first rows that can't be called: their count alone tells a script nothing that it could mend."""
    if not any(found.code == _BAD_NUMBERS for found in ready.problems):
        return []
    return [found for _, found in _problem_rows(services, ready.campaign, 0, _MAX_NAMED)]


def _dropped_by(services: Services, ready: Ready, arguments: LaunchDraft) -> DroppedRows | None:
    """All rows that can't be called, each with its reference; None where they are not to be dropped."""
    if not arguments.drop_bad:
        return None
    dropped: DroppedRows = []
    while some := _problem_rows(services, ready.campaign, len(dropped), _ROWS_AT_ONCE):
        dropped += some
    return dropped


def _problem_rows(services: Services, campaign: Campaign, start: int, limit: int) -> DroppedRows:
    rows = services.store.numbers.page(campaign.id, start, limit, which=RowFilter.PROBLEMS)
    return [(row.reference, PlacedProblem(say("command.row", row=row.position), PHONE_LIST, row.problem, Weight.WARNING,
                                          row=row.position, line=row.line)) for row in rows if row.problem is not None]


def _told(dropped: DroppedRows | None) -> list[PlacedProblem]:
    if not dropped:
        return []
    count = PlacedProblem(PHONE_LIST, PHONE_LIST, Reason(DROPPED, {"count": len(dropped)}), Weight.WARNING)
    return [*(found for _, found in dropped), count]


def _json(dropped: DroppedRows | None) -> Json:
    return {} if dropped is None else dropped_rows_json(dropped)


def _texts(dropped: DroppedRows | None) -> tuple[str, ...]:
    return (say(DROPPED, count=len(dropped)),) if dropped else ()


def _print_problems(ready: Ready, dropped: DroppedRows | None) -> None:
    print_problems([*_told(dropped), *_placed(ready.problems)])


def _placed(problems: list[Problem]) -> list[PlacedProblem]:
    return [PlacedProblem(found.field, found.field, found.reason, found.weight) for found in problems]
