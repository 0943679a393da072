"""Who must not be called is left out of what the commands show and send, and told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tui import bootstrap
from tui.campaign.account import channel_problems
from tui.campaign.lifecycle import AskedBy
from tui.commands.invocation import Invocation
from tui.commands.output import full_sentence, problem
from tui.commands.plan import LaunchFiles, LaunchPlan
from tui.commands.specs import CheckCampaign, CreateCampaign
from tui.commands.work import run
from tui.config import ConfigError, Database, load
from tui.config.keymap import COMMANDS
from tui.config.ui_state import load_state, state_path
from tui.core import folders
from tui.core.files import temporary_folder
from tui.operations.blocked import Asked, ask_provider
from tui.operations.left_out import causes_among, counted, knowledge, refusal_problems, refusals_reason
from tui.operations.services import Services
from tui.store import StoreError
from tui.store.suppression import Refusals


@dataclass(frozen=True, slots=True)
class Screened:
    """The files without those who must not be called; `asked`: what the provider said of whom it has blocked."""

    plan: LaunchPlan
    asked: Asked


def screened(services: Services, reading: LaunchFiles, plan: LaunchPlan, *, obeyed: bool) -> Screened:
    """A plan without those who must not be called now. They are told as problems are, with what the account has against
    it. StoreError."""
    return run(services, _screened(services, reading, plan, obeyed=obeyed))


async def _screened(services: Services, reading: LaunchFiles, plan: LaunchPlan, *, obeyed: bool) -> Screened:
    asked = await ask_provider(services)
    account = await services.directory.recall()
    beside = [*channel_problems(plan.draft, account), *await knowledge(services, asked, obeyed=obeyed)]
    causes = await causes_among(services, (row["phone"] for row in plan.rows()))
    refusals = counted(causes)
    beside = [*refusal_problems(refusals, plan.recipients, obeyed=obeyed), *beside]
    if not beside:
        return Screened(plan, asked)
    if not obeyed or refusals.recipients >= plan.recipients:  # all of them are told as they are
        return Screened(reading.plan(beside=beside), asked)
    return Screened(reading.plan(causes.keys(), refusals, beside), asked)


def looked_at(invocation: Invocation, arguments: CheckCampaign, reading: LaunchFiles, plan: LaunchPlan) -> LaunchPlan:
    """What a launch of a plan would send now, or why it would send nothing. As it is, where no profile is chosen."""
    try:
        with _looking(invocation) as services:
            if services is None:
                return plan
            return screened(services, reading, plan, obeyed=not arguments.with_do_not_call).plan
    except StoreError as failure:  # a file is looked at all the same; who looks for an earlier launch tells it, too
        if isinstance(arguments, CreateCampaign) and arguments.again:
            problem(full_sentence(failure.reason))
        return plan


@contextmanager
def _looking(invocation: Invocation) -> Iterator[Services | None]:
    """The profile's lists; in a store that is thrown away, where there is none yet."""
    try:
        config = load(invocation.config, invocation.environ, key_ids=COMMANDS)
        profile = config.choose(invocation.profile, last=load_state(state_path()).profile)
    except ConfigError:  # told by what needs it
        yield None
        return
    with ExitStack() as held:
        opened = bootstrap.open_config(invocation.config, invocation.environ, AskedBy.COMMAND)
        location = opened.config.database.location
        if isinstance(location, Path) and not folders.stands(location):
            path = Path(held.enter_context(temporary_folder())) / "santral.db"
            opened.config = replace(opened.config, database=Database(path, ""))
        services = opened.use_profile(profile)
        held.callback(opened.close)
        yield services


def left_out_line(refusals: Refusals) -> str:
    """How many are left out, for stdout; "" where nobody is."""
    return full_sentence(refusals_reason(refusals)) if refusals.recipients else ""
