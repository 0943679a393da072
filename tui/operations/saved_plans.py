"""Follow-up plans under their names: the one that is built in, and those that are kept."""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec import Struct

from tui.campaign.follow_up_grammar import BadPlan, read_plan
from tui.campaign.follow_up_plan import DEFAULT_NAME, DEFAULT_PLAN, LONGEST_NAME, Plan, plan_text
from tui.core.reason import Reason
from tui.i18n.words import folded
from tui.operations.services import NotPossible, Services
from tui.store.saved_plans import SavedPlan


class NamedPlan(Struct, frozen=True):
    """A plan under its name. `saved_at`: aware; None of the one that is built in."""

    name: str
    plan: Plan
    saved_at: dt.datetime | None = None

    @property
    def built_in(self) -> bool:
        return self.saved_at is None


BUILT_IN: Final = NamedPlan(DEFAULT_NAME, DEFAULT_PLAN)


async def plans_of(services: Services) -> tuple[list[NamedPlan], list[Reason]]:
    """The plan that is built in, then those that the profile has kept, by name; and of which it is said why they can't
    be read."""
    plans, unread = [BUILT_IN], []
    for kept in await services.thread(services.store.saved_plans.all, services.profile.name):
        try:
            plans.append(_read(kept))
        except NotPossible as refused:
            unread.append(refused.reason)
    return plans, unread


async def plan_named(services: Services, name: str) -> NamedPlan:
    """NotPossible where there is none of that name, or it can't be read."""
    if folded(name.strip()) == folded(DEFAULT_NAME):
        return BUILT_IN
    kept = await services.thread(services.store.saved_plans.all, services.profile.name)
    found = next((plan for plan in kept if folded(plan.name) == folded(name.strip())), None)
    if found is None:
        known = ", ".join((DEFAULT_NAME, *(plan.name for plan in kept)))
        raise NotPossible(Reason("operations.plan.unknown", {"name": name.strip(), "known": known}))
    return _read(found)


async def save_plan(services: Services, name: str, plan: Plan) -> bool:
    """Keep a plan under a name; whether one of that name was replaced. NotPossible for a name that can't be one."""
    name = plan_name(name)
    kept = await services.thread(services.store.saved_plans.all, services.profile.name)
    await services.thread(services.store.saved_plans.save, services.profile.name, name, plan_text(plan))
    return any(folded(one.name) == folded(name) for one in kept)


async def remove_plan(services: Services, name: str) -> None:
    """Forget a plan; drafts that it has made stay. NotPossible where it is built in, or there is none."""
    if folded(name.strip()) == folded(DEFAULT_NAME):
        raise NotPossible(Reason("operations.plan.is_built_in", {"name": DEFAULT_NAME}))
    if not await services.thread(services.store.saved_plans.remove, services.profile.name, name):
        await plan_named(services, name)


def plan_name(typed: str) -> str:
    """A name as it is kept. NotPossible where it is blank, too long, doesn't print, or is that of the one built in."""
    name = typed.strip()
    if not name:
        raise NotPossible(Reason("operations.plan.no_name"))
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise NotPossible(Reason("operations.plan.bad_name", {"most": LONGEST_NAME}))
    if folded(name) == folded(DEFAULT_NAME):
        raise NotPossible(Reason("operations.plan.is_built_in", {"name": DEFAULT_NAME}))
    return name


def _read(kept: SavedPlan) -> NamedPlan:
    try:
        return NamedPlan(kept.name, read_plan(kept.plan), kept.saved_at)
    except BadPlan:  # a later version's, of which this one knows less
        raise NotPossible(Reason("operations.plan.unreadable", {"name": kept.name})) from None
