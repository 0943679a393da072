"""Numbers that must not be called are left out of what the commands show and send, and counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from tui import bootstrap
from tui.campaign.account import channel_problems
from tui.campaign.consent import consent_needed
from tui.campaign.lifecycle import AskedBy
from tui.campaign.reach import CauseCounts
from tui.commands.arguments.campaign import CheckCampaign, CreateCampaign
from tui.commands.campaign.plan import LaunchFiles, LaunchPlan
from tui.commands.invocation import Invocation
from tui.commands.output import full_sentence, problem
from tui.commands.running import run
from tui.config import ConfigError, DatabaseSetting
from tui.core import folders
from tui.core.files import temporary_folder
from tui.operations.blocked import BlockedAnswer, ask_provider
from tui.operations.call_limits import limits_of
from tui.operations.left_out import (
    Overrides,
    causes_among,
    counted,
    knowledge,
    let_in_problems,
    limit_problems,
    refusal_problems,
    refusals_reason,
)
from tui.operations.services import Services
from tui.store import StoreError


class Screened(Struct, frozen=True):
    """A plan without the numbers that must not be called; `asked`: the provider's answer about those it has blocked."""

    plan: LaunchPlan
    asked: BlockedAnswer


def screened(services: Services, files: LaunchFiles, plan: LaunchPlan, overrides: Overrides) -> Screened:
    """A plan without the numbers that must not be called now; its problems count them. StoreError.

    Problems with the account are in it, too. `overrides`: which of those numbers a person wants called.
    """
    return run(services, _screened(services, files, plan, overrides))


async def _screened(services: Services, files: LaunchFiles, plan: LaunchPlan, overrides: Overrides) -> Screened:
    asked = await ask_provider(services)
    account = await services.directory.recall()
    known = await knowledge(services, asked, consent_needed(plan.draft), overrides)
    limits = limits_of(services, plan.draft)
    left = refused = await causes_among(services, _phones(plan), known.consent, limits)
    if overrides.with_do_not_call or overrides.over_limit:
        left = await causes_among(services, _phones(plan), known.consent, None if overrides.over_limit else limits,
                                  listed=not overrides.with_do_not_call)
    refusals = counted(left)
    let_in = counted({phone: cause for phone, cause in refused.items() if phone not in left})
    more = [*refusal_problems(refusals, plan.recipients), *let_in_problems(let_in),
            *limit_problems(limits, overrides), *channel_problems(plan.draft, account), *known.problems]
    if not more:
        return Screened(plan, asked)
    if not left or refusals.recipients >= plan.recipients:  # nothing is left out
        return Screened(files.plan(more=more), asked)
    return Screened(files.plan(left.keys(), refusals, more), asked)


def _phones(plan: LaunchPlan) -> Iterator[str]:
    return (row["phone"] for row in plan.rows())


def previewed(invocation: Invocation, arguments: CheckCampaign, files: LaunchFiles, plan: LaunchPlan) -> LaunchPlan:
    """What a launch of a plan would send now, or why it would send nothing. Unchanged without a usable profile."""
    try:
        with _preview_services(invocation) as services:
            if services is None:
                return plan
            return screened(services, files, plan, overrides_of(arguments)).plan
    except StoreError as failure:  # the file is checked all the same; find_earlier_launch reports it, but for --again
        if isinstance(arguments, CreateCampaign) and arguments.again:
            problem(full_sentence(failure.reason))
        return plan


@contextmanager
def _preview_services(invocation: Invocation) -> Iterator[Services | None]:
    """The services of the profile; with a temporary store, where there is none yet. None without a usable profile."""
    try:
        config = invocation.sources.config()
        profile = config.choose(invocation.profile, last=invocation.sources.state.profile)
    except ConfigError:  # reported by commands that need it
        yield None
        return
    with ExitStack() as held:
        opened = bootstrap.open_config(invocation.sources, AskedBy.COMMAND)
        location = opened.config.database.location
        if isinstance(location, Path) and not folders.stands(location):
            path = Path(held.enter_context(temporary_folder())) / "santral.db"
            opened.config = replace(opened.config, database=DatabaseSetting(path, ""))
        services = opened.use_profile(profile)
        held.callback(opened.close)
        yield services


class _Overriding(Protocol):
    """The options by which a person says who is called all the same."""

    with_do_not_call: bool
    without_iys: bool
    over_limit: bool


def overrides_of(arguments: _Overriding) -> Overrides:
    """What was said of who must not be called."""
    return Overrides(arguments.with_do_not_call, arguments.without_iys, arguments.over_limit)


def left_out_line(refusals: CauseCounts) -> str:
    """How many are left out, for stdout; "" where nobody is."""
    return full_sentence(refusals_reason(refusals)) if refusals.recipients else ""
