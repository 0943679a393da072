"""Follow-up plans in words: what became of numbers, what a plan does with them, the rounds that there were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from tui.campaign.dates import Hours
from tui.campaign.follow_up_plan import DEFAULT_NAME, NAMED, Again, Delay, OfDay, Rule, Why, key_of, status_of
from tui.core.text_keys import TextKeys
from tui.i18n.words import grouped, say
from tui.store.values import PlanOrigin
from tui.text.formats import short

OUTCOME: Final = TextKeys("text.outcome.{}", NAMED)
WHY: Final = TextKeys("text.plan.why_{}", Why)
_NAMED_AT_ONCE: Final = 2


def outcome_text(outcome: str) -> str:
    """What became of a number: “busy”, “key 1”, the provider's own words."""
    if key := key_of(outcome):
        return say("text.results.key", key=key)
    return status_of(outcome) or say(OUTCOME[outcome])


def outcomes_text(outcomes: Sequence[str]) -> str:
    """Several, the first of them by name: “busy, no answer +2”."""
    named = ", ".join(short(outcome_text(outcome)) for outcome in outcomes[:_NAMED_AT_ONCE])
    more = len(outcomes) - _NAMED_AT_ONCE
    return f"{named} +{more}" if more > 0 else named


def counted_text(outcomes: Mapping[str, int]) -> str:
    """“30 busy, 12 no answer”."""
    return ", ".join(f"{grouped(count)} {outcome_text(outcome)}" for outcome, count in outcomes.items())


def rule_text(rule: Rule) -> str:
    """What a plan does: “after 15 min, at most twice”, “never”."""
    if rule is None:
        return say("text.plan.never")
    parts = [after_text(rule.after), *([] if rule.hours is OfDay.SAME else [hours_text(rule)]), times_text(rule)]
    return ", ".join(parts)


def after_text(after: Delay) -> str:
    """“after 15 min”, “next day”, “at once”."""
    if after.days == 1:
        return say("text.plan.next_day")
    if after.days:
        return say("text.plan.days", count=after.days)
    if not after.minutes:
        return say("text.plan.at_once")
    hours, minutes = divmod(after.minutes, 60)
    return say("text.plan.minutes", count=after.minutes) if minutes else say("text.plan.hours", count=hours)


def hours_text(rule: Again) -> str:
    """“same hours”, “other hours”, “10:00–12:30”."""
    if isinstance(rule.hours, Hours):
        return str(rule.hours)
    return say("text.plan.other_hours" if rule.hours is OfDay.OTHER else "text.plan.same_hours")


def times_text(rule: Again) -> str:
    """“at most twice”."""
    return say("text.plan.times", count=rule.times)


def plan_name_text(name: str) -> str:
    """A plan's name; of the one that is built in what it is, for its name is one for configurations and commands."""
    return say("text.plan.built_in") if name == DEFAULT_NAME else short(name)


def listed_plan_text(name: str) -> str:
    """A plan's name where plans are chosen: of the one that is built in the one for commands as well."""
    return say("text.plan.built_in_listed", name=name) if name == DEFAULT_NAME else short(name)


def origin_text(origin: PlanOrigin) -> str:
    """Of whom a planned draft was made: “plan “default”: 30 busy”."""
    outcomes = counted_text(origin.outcomes)
    if not origin.name:
        return say("text.plan.origin_unnamed", outcomes=outcomes)
    if origin.name == DEFAULT_NAME:
        return say("text.plan.origin_built_in", outcomes=outcomes)
    return say("text.plan.origin", plan=short(origin.name), outcomes=outcomes)
