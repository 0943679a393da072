"""`santral follow-up` and `santral plan list|show|save|delete`: drafts that a follow-up plan makes, and the plans."""

from __future__ import annotations

from collections.abc import Iterator

from tui.campaign.dates import Hours
from tui.campaign.follow_up_plan import Plan, Why, delay_text, plan_text
from tui.commands.arguments.common import OnlyJson
from tui.commands.arguments.results import FollowUp, NamedPlanArgument, SavePlan
from tui.commands.document import Json, campaign_json, moment_json, reason_json
from tui.commands.output import document, full_sentence, line, lines, problem
from tui.commands.running import campaign_of, run
from tui.commands.status import Status, read_status
from tui.i18n.words import say
from tui.operations.follow_up_plan import OutcomeFigures, PlannedDraft, PlannedFollowUp, make_planned, preview_plan
from tui.operations.saved_plans import NamedPlan, plan_named, plans_of, remove_plan, save_plan
from tui.operations.services import Services
from tui.text.follow_up_plan import WHY, counted_text, listed_plan_text, outcome_text, plan_name_text
from tui.text.formats import window_text


def follow_up(services: Services, arguments: FollowUp) -> Status:
    """Make the drafts of a plan, or say which it would make. NotPossible, StoreError."""
    campaign = campaign_of(services, arguments.ref)
    named = run(services, plan_named(services, arguments.plan))
    job = preview_plan if arguments.dry_run else make_planned
    planned = run(services, job(services, campaign.id, named.name, named.plan))
    if arguments.json:
        return read_status(written=document(_planned_json(services, planned)))
    return read_status(written=lines(_report(services, planned)))


def list_plans(services: Services, arguments: OnlyJson) -> Status:
    """The plan that is built in, and those that are kept. StoreError."""
    plans, unread = run(services, plans_of(services))
    for reason in unread:
        problem(full_sentence(reason))
    if arguments.json:
        return read_status(written=document({
            "profile": services.profile.name, "plans": list(map(_plan_json, plans)),
            "unread": list(map(reason_json, unread))}))
    return read_status(written=lines(f"{listed_plan_text(named.name)}\n  {plan_text(named.plan)}" for named in plans))


def show_plan(services: Services, arguments: NamedPlanArgument) -> Status:
    """One plan, as it is written. NotPossible, StoreError."""
    named = run(services, plan_named(services, arguments.name))
    if arguments.json:
        return read_status(written=document(_plan_json(named)))
    return read_status(written=line(plan_text(named.plan)))


def save(services: Services, arguments: SavePlan) -> Status:
    """Keep a plan under a name. NotPossible, StoreError."""
    replaced = run(services, save_plan(services, arguments.name, arguments.rules))
    if arguments.json:
        return read_status(written=document({"name": arguments.name, "text": plan_text(arguments.rules),
                                             "replaced": replaced}))
    sentence = say("command.plan.replaced" if replaced else "command.plan.saved", name=arguments.name)
    return read_status(written=lines([sentence, f"  {plan_text(arguments.rules)}"]))


def delete(services: Services, arguments: NamedPlanArgument) -> Status:
    """Forget a plan. NotPossible, StoreError."""
    run(services, remove_plan(services, arguments.name))
    if arguments.json:
        return read_status(written=document({"deleted": arguments.name}))
    return read_status(written=line(say("command.plan.deleted", name=arguments.name)))


def _plan_json(named: NamedPlan) -> Json:
    return {"name": named.name, "text": plan_text(named.plan), "built_in": named.built_in,
            "saved_at": moment_json(named.saved_at), "rules": _rules_json(named.plan)}


def _rules_json(plan: Plan) -> list[Json]:
    return [{"outcome": outcome, "again": rule is not None,
             "after": None if rule is None else delay_text(rule.after),
             "hours": None if rule is None else
             rule.hours.typed if isinstance(rule.hours, Hours) else rule.hours.value,
             "at_most": None if rule is None else rule.times} for outcome, rule in plan.rules.items()]


def _planned_json(services: Services, planned: PlannedFollowUp) -> Json:
    now = services.now()
    complete = services.store.figures.complete(planned.source.id)
    return {
        "campaign": campaign_json(planned.source, now, complete=complete),
        "plan": {"name": planned.plan_name, "text": plan_text(planned.plan)},
        "made": all(draft.draft is not None for draft in planned.drafts),
        "numbers": planned.numbers,
        "planned": planned.planned,
        "drafts": list(map(_draft_json, planned.drafts)),
        "left_out": {why.value: count for why, count in planned.left_out.items()},
        "outcomes": list(map(_outcome_json, planned.outcomes)),
        "follow_ups": [campaign.ref for campaign in planned.follow_ups],
        "calling": [{"ref": each.campaign.ref, "off_since": moment_json(each.off_since),
                     "until": moment_json(each.until)} for each in planned.calling],
    }


def _draft_json(draft: PlannedDraft) -> Json:
    window = draft.window
    return {
        "ref": None if draft.draft is None else f"d{draft.draft}", "number": draft.draft, "name": draft.name,
        "numbers": draft.numbers, "outcomes": dict(draft.outcomes), "not_before": moment_json(draft.not_before),
        "date_range_begin": window.begin.isoformat(), "date_range_end": window.end.isoformat(),
        "time_range_begin": f"{window.begin_time:%H:%M}", "time_range_end": f"{window.end_time:%H:%M}",
        "active_days": list(window.days),
    }


def _outcome_json(each: OutcomeFigures) -> Json:
    return {"outcome": each.outcome, "numbers": each.numbers, "planned": each.planned,
            "left_out": {why.value: count for why, count in each.left_out.items()}}


def _report(services: Services, planned: PlannedFollowUp) -> Iterator[str]:
    now = services.now()
    by = say("command.plan.by", name=plan_name_text(planned.plan_name))
    yield f" {planned.source.ref} · {planned.source.name} · {by}"
    yield ""
    for draft in planned.drafts:
        ref = say("command.plan.draft") if draft.draft is None else f"d{draft.draft}"
        yield f" {ref}  {draft.name}"
        yield f"   {window_text(draft.window, now)} · {counted_text(draft.outcomes)}"
    for each in planned.outcomes:
        for why, count in each.left_out.items():
            yield f" {say('command.plan.left_out', count=count, outcome=outcome_text(each.outcome), why=say(WHY[why]))}"
    if Why.STILL_CALLING in planned.left_out and planned.quiet_last is not None:
        yield f" {say('operations.plan.under_way', **planned.quiet_last.named)}"
    yield ""
    whole = say("command.plan.sum", count=planned.numbers, planned=planned.planned,
                left_out=planned.numbers - planned.planned)
    yield f" {whole}"
    made = all(draft.draft is not None for draft in planned.drafts) and planned.drafts
    yield f" {say('command.plan.made' if made else 'command.plan.not_made')}"


