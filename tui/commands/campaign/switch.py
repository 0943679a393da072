"""`santral campaign on|off|delete REF REF…`: one campaign or several at once, a line for each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

from tui.campaign.lifecycle import Action, State
from tui.commands.arguments.campaign import AgreedCampaigns, Campaigns, SwitchOn
from tui.commands.campaign.report import as_json_now, report_done
from tui.commands.document import campaign_json
from tui.commands.output import agreed, ask, document, full_sentence, interactive, line, problem, refusal
from tui.commands.running import campaign_of, run
from tui.commands.status import Status
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.i18n.words import grouped, say
from tui.operations.bulk import Bulk, BulkOutcome, BulkPlan, BulkResult, already, plan
from tui.operations.services import NotPossible, Services
from tui.operations.switch import SwitchResult, Unclear, is_unclear, switch
from tui.operations.switching_on import ahead_of, finished_among, must_have_some_left
from tui.store import Campaign
from tui.text.switch_on import ahead_lines, all_ahead_lines

_SWITCHED: Final = TextKeys("command.switch.{}_done", SwitchResult)


def switch_on(services: Services, arguments: SwitchOn) -> Status:
    """NotPossible, ProviderError, StoreError."""
    if not arguments.beside_successor:
        return _done_to(services, arguments.refs, Action.ON, sure=arguments.yes, as_json=arguments.json)
    if len(set(arguments.refs)) > 1:
        raise NotPossible(Reason("command.switch_on.beside_one"))
    campaign = campaign_of(services, arguments.refs[0])
    if services.store.successions.launched_in_place_of(campaign.id) is None:
        raise NotPossible(Reason("command.switch_on.no_successor", {"name": campaign.name, "ref": campaign.ref}))
    services.must_be_writable()
    _agree_to_both(services, campaign, sure=arguments.yes)
    return _switched(services, campaign, Action.ON, as_json=arguments.json, beside_successor=True)


def switch_off(services: Services, arguments: Campaigns) -> Status:
    """NotPossible, ProviderError, StoreError."""
    return _done_to(services, arguments.refs, Action.OFF, sure=True, as_json=arguments.json)


def delete(services: Services, arguments: AgreedCampaigns) -> Status:
    """NotPossible, ProviderError, StoreError."""
    return _done_to(services, arguments.refs, Action.DELETE, sure=arguments.yes, as_json=arguments.json)


def _done_to(services: Services, refs: Sequence[str], action: Action, *, sure: bool, as_json: bool) -> Status:
    """Where one of the campaigns doesn't exist, nothing is done."""
    campaigns = {campaign.id: campaign for campaign in (campaign_of(services, ref) for ref in refs)}
    if len(campaigns) > 1:
        return _several(services, list(campaigns.values()), action, sure=sure, as_json=as_json)
    (campaign,) = campaigns.values()
    if action is Action.DELETE:
        return _deleted(services, campaign, sure=sure, as_json=as_json)
    if action is Action.ON and campaign.state in (State.ON, State.OFF):  # any other is refused as it stands
        services.must_be_writable()
        agree_to_switch_on(services, [campaign], sure=sure)
    return _switched(services, campaign, action, as_json=as_json)


def _deleted(services: Services, campaign: Campaign, *, sure: bool, as_json: bool) -> Status:
    services.must_be_writable()
    if not sure:
        if not interactive():
            raise NotPossible(Reason("command.delete.needs_yes"))
        key = "command.delete.sure_draft" if campaign.state.editable else "command.delete.sure"
        key = "command.delete.sure_missing" if campaign.standing is State.MISSING else key
        if not agreed(say(key, name=campaign.name, ref=campaign.ref)):
            raise NotPossible(Reason("command.delete.stopped"))
    if campaign.state.editable:
        services.store.drafts.remove(campaign.id)
        return report_done(services, campaign, "command.delete.draft_done", as_json=as_json)
    return _switched(services, campaign, Action.DELETE, as_json=as_json)


def _agree_to_both(services: Services, campaign: Campaign, *, sure: bool) -> None:
    """A person types how many may be called by two campaigns, unless `sure`. NotPossible."""
    now = services.now()
    must_have_some_left(services.store, campaign, now)
    if sure:
        return
    if not interactive():
        raise NotPossible(Reason("command.switch_on.needs_yes"))
    (ahead,) = ahead_of(services.store, [campaign], now)
    count = ahead.left or campaign.numbers
    for text in ahead_lines(ahead, now):
        problem(text)
    if ask(say("command.switch_on.type_count", count=count)) not in (str(count), grouped(count)):
        raise NotPossible(Reason("command.switch_on.stopped"))


def _switched(services: Services, campaign: Campaign, action: Action, *, as_json: bool,
              beside_successor: bool = False) -> Status:
    from tui.provider.errors import NotFound, ProviderError

    async def work() -> Status:
        try:
            done = await switch(services, campaign.id, action, beside_successor=beside_successor)
        except asyncio.CancelledError:
            return unknown(Reason("operations.switch.cancelled"))
        except ProviderError as failure:
            if failure.perhaps_done and not isinstance(failure, NotFound):
                return unknown(failure.reason)
            raise
        except Unclear as failure:
            refusal(*failure.reasons, as_json=as_json)
            return Status.UNCONFIRMED
        return report_done(services, campaign, _SWITCHED[done], as_json=as_json)

    def unknown(reason: Reason) -> Status:
        problem(say("command.switch.unknown", ref=campaign.ref, why=full_sentence(reason)))
        if as_json:
            document(as_json_now(services, services.store.campaigns.get(campaign.id)))
        return Status.UNCONFIRMED

    return run(services, work())


def _several(services: Services, campaigns: Sequence[Campaign], action: Action, *, sure: bool, as_json: bool) -> Status:
    """A line for each; the status is the worst of theirs."""
    services.must_be_writable()
    over = finished_among(services.store, campaigns, services.now()) if action is Action.ON else ()
    planned = plan(action, campaigns, services.profile.name, over)
    # Asking for a state that is there already does no harm, and repairs what was set otherwise in the web panel.
    again = tuple(campaign for campaign, reason in planned.unable if already(reason))
    unable = tuple((campaign, reason) for campaign, reason in planned.unable if not already(reason))
    for _campaign, reason in unable:
        problem(full_sentence(reason))
    bulk = Bulk(services, BulkPlan(action, (*planned.able, *again), unable), _line_writer(action, as_json=as_json))
    if action is Action.DELETE and bulk.of and not sure:
        _agree_to_delete(bulk.of)
    if action is Action.ON and bulk.of:
        agree_to_switch_on(services, (*planned.able, *again), sure=sure)

    async def work() -> None:
        try:
            await bulk.run()
        except asyncio.CancelledError:  # each was reported with its outcome, which the status is made of
            return

    run(services, work())
    if as_json:
        now = services.now()
        found = services.store.campaigns.some(campaign.id for campaign in campaigns)
        document({"campaigns": [campaign_json(campaign, now, complete=services.store.figures.complete(campaign.id))
                                for campaign in found]})
    if bulk.count(BulkOutcome.UNSURE):
        return Status.UNCONFIRMED
    return Status.DONE if bulk.count(BulkOutcome.DONE) == len(campaigns) else Status.FAILED


def _agree_to_delete(count: int) -> None:
    if not interactive():
        raise NotPossible(Reason("command.delete.needs_yes"))
    if not agreed(say("command.delete.sure_several", count=count)):
        raise NotPossible(Reason("command.delete.stopped"))


def _line_writer(action: Action, *, as_json: bool) -> Callable[[BulkResult], None]:
    def write(ended: BulkResult) -> None:
        ref = ended.campaign.ref
        why = " ".join(map(full_sentence, ended.reasons))
        match ended.outcome:
            case BulkOutcome.DONE:
                done = SwitchResult.PUT_AWAY if ended.reason is not None else action
                key = "command.delete.draft_done" if ended.campaign.state.editable else _SWITCHED[SwitchResult(done)]
                if not as_json:
                    line(say(key, ref=ref, name=ended.campaign.name))
            case BulkOutcome.FAILED:
                problem(f"{ref}: {why}")
            case BulkOutcome.UNSURE if is_unclear(ended.reason):
                problem(f"{ref}: {why}")
            case BulkOutcome.UNSURE:
                problem(say("command.switch.unknown", ref=ref, why=why))
            case BulkOutcome.LEFT:
                problem(say("command.switch.left", ref=ref))

    return write


def agree_to_switch_on(services: Services, campaigns: Sequence[Campaign], *, sure: bool) -> None:
    """Ask, unless `sure`: phones may ring at once. NotPossible where the answer is no, or a single one is finished."""
    now = services.now()
    if len(campaigns) == 1:
        must_have_some_left(services.store, campaigns[0], now)
    if sure:
        return
    if not interactive():
        raise NotPossible(Reason("command.switch_on.needs_yes"))
    ahead = ahead_of(services.store, campaigns, now)
    for text in ahead_lines(ahead[0], now) if len(ahead) == 1 else all_ahead_lines(ahead, now):
        problem(text)
    if not agreed(say("command.switch_on.sure", count=len(campaigns))):
        raise NotPossible(Reason("command.switch_on.stopped"))
