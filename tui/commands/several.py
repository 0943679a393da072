"""`santral campaign on|off|delete REF REF…`: several campaigns at once, a line for each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

from tui.campaign.lifecycle import Action
from tui.commands.document import campaign_json
from tui.commands.output import agreed, document, full_sentence, interactive, line, problem
from tui.commands.status import Status
from tui.commands.switch_on import agree_to_switch_on
from tui.commands.work import run
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.operations.bulk import Bulk, Line, Outcome, Plan, already, plan
from tui.operations.services import NotPossible, Services
from tui.operations.switch import Done, is_unclear
from tui.operations.switching_on import finished_among
from tui.store import Campaign

SWITCHED: Final = TextKeys("command.switch.{}_done", Done)


def do_to_several(services: Services, campaigns: Sequence[Campaign], action: Action, *, sure: bool,
                  as_json: bool) -> Status:
    """The status of the worst of them."""
    services.must_be_writable()
    over = finished_among(services.store, campaigns, services.now()) if action is Action.ON else ()
    planned = plan(action, campaigns, services.profile.name, over)
    # To ask for it again does no harm, and heals where somebody has set it otherwise at the provider.
    again = tuple(campaign for campaign, reason in planned.unable if already(reason))
    unable = tuple((campaign, reason) for campaign, reason in planned.unable if not already(reason))
    for _campaign, reason in unable:
        problem(full_sentence(reason))
    bulk = Bulk(services, Plan(action, (*planned.able, *again), unable), _teller(action, as_json=as_json))
    if action is Action.DELETE and bulk.of and not sure:
        _ask(bulk.of)
    if action is Action.ON and bulk.of:
        agree_to_switch_on(services, (*planned.able, *again), sure=sure)

    async def work() -> None:
        try:
            await bulk.run()
        except asyncio.CancelledError:  # each is told with what became of it, and the status is theirs
            return

    run(services, work())
    if as_json:
        now = services.now()
        found = services.store.campaigns.some(campaign.id for campaign in campaigns)
        document({"campaigns": [campaign_json(campaign, now, complete=services.store.figures.complete(campaign.id))
                                for campaign in found]})
    if bulk.count(Outcome.UNSURE):
        return Status.UNCONFIRMED
    return Status.DONE if bulk.count(Outcome.DONE) == len(campaigns) else Status.FAILED


def _ask(count: int) -> None:
    if not interactive():
        raise NotPossible(Reason("command.delete.needs_yes"))
    if not agreed(say("command.delete.sure_several", count=count)):
        raise NotPossible(Reason("command.delete.stopped"))


def _teller(action: Action, *, as_json: bool) -> Callable[[Line], None]:
    def told(ended: Line) -> None:
        ref = ended.campaign.ref
        why = " ".join(map(full_sentence, ended.reasons))
        match ended.outcome:
            case Outcome.DONE:
                done = Done.PUT_AWAY if ended.reason is not None else action
                key = "command.delete.draft_done" if ended.campaign.state.editable else SWITCHED[Done(done)]
                if not as_json:
                    line(say(key, ref=ref, name=ended.campaign.name))
            case Outcome.FAILED:
                problem(f"{ref}: {why}")
            case Outcome.UNSURE if is_unclear(ended.reason):
                problem(f"{ref}: {why}")
            case Outcome.UNSURE:
                problem(say("command.switch.unknown", ref=ref, why=why))
            case Outcome.LEFT:
                problem(say("command.switch.left", ref=ref))

    return told
