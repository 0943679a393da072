"""`santral campaign list|show|on|off|delete|test|adopt|not-created`: what is remembered, and what is done with it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Final

from tui.campaign.lifecycle import Action, State
from tui.commands.document import Json, campaign_json, shown_json
from tui.commands.output import agreed, document, full_sentence, interactive, line, problem, refusal
from tui.commands.several import SWITCHED
from tui.commands.specs import AdoptCampaign, AgreedCampaigns, Campaigns, ListCampaigns, OneCampaign
from tui.commands.status import Status, read_status
from tui.commands.switch_on import agree_to_switch_on
from tui.commands.work import campaign_of, run
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.i18n.words import grouped, say
from tui.operations.adopt import adopt as adopt_foreign
from tui.operations.adopt import confirm_created, confirm_not_created
from tui.operations.follow_up import kin_of
from tui.operations.list_filter import read_filter
from tui.operations.services import NotPossible, Services
from tui.operations.switch import Unclear, switch
from tui.store import Campaign, ListFilter, Sort, SortColumn
from tui.text.campaign import campaign_lines, history_lines, lineage_lines
from tui.text.formats import state_shown, window_of_campaign, window_text
from tui.text.keys import CALL_TYPE_SHORT

_COLUMN: Final = TextKeys("screens.column.{}", ("type", "state", "numbers", "window", "profile", "name"))

_PAGE: Final = 500


def list_campaigns(services: Services, arguments: ListCampaigns) -> Status:
    """The campaigns of the profile, newest change last."""
    now = services.now()
    chosen = read_filter(" ".join(arguments.filter), services.profiles, deleted=arguments.deleted)
    found = list(_all(services, chosen))
    totals = services.store.figures.totals_of([campaign.id for campaign in found])
    complete = {campaign for campaign, told in totals.items() if told.complete}
    if arguments.json:
        return read_status(written=document({"campaigns": [
            campaign_json(campaign, now, complete=campaign.id in complete) for campaign in found]}))
    several = len({campaign.profile for campaign in found} | {services.profile.name}) > 1
    columns = ("type", "state", "numbers", "window", *(["profile"] if several else []), "name")
    head = ["ID", *(say(_COLUMN[name]) for name in columns)]
    rows = [[campaign.ref, say(CALL_TYPE_SHORT[campaign.call_type]) if campaign.call_type else "",
             state_shown(campaign, now, complete=campaign.id in complete).word,
             "" if campaign.adopted else grouped(campaign.callable_numbers),
             window_text(window_of_campaign(campaign, now), now), *([campaign.profile] if several else []),
             campaign.name] for campaign in found]
    return read_status(written=all(map(line, _aligned([head, *rows], right=3))))


def _all(services: Services, chosen: ListFilter) -> Iterator[Campaign]:
    """Page by page, newest change last: what happened just now is nearest to the prompt."""
    offset = 0
    while page := services.store.campaigns.page(
            services.profile.name, filter=chosen, sort=Sort(SortColumn.UPDATED, descending=False), offset=offset,
            limit=_PAGE):
        yield from page
        offset += len(page)


def _aligned(rows: Sequence[Sequence[str]], *, right: int) -> Iterator[str]:
    """Columns side by side, the one numbered `right` to the right; the last is as long as it is."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.rjust(width) if place == right else cell.ljust(width)
                 for place, (cell, width) in enumerate(zip(row, widths, strict=True))]
        yield "  ".join(cells).rstrip()


def show(services: Services, arguments: OneCampaign) -> Status:
    """All about one campaign. NotPossible."""
    campaign = campaign_of(services, arguments.ref)
    history = services.store.history(campaign.id)
    now, complete = services.now(), services.store.figures.complete(campaign.id)
    left_out = services.store.numbers.left_out_count(campaign.id)
    if arguments.json:
        return read_status(written=document(shown_json(campaign, history, now, complete=complete, left_out=left_out)))
    heading = f" {say('screens.campaign.history')}"
    about = campaign_lines(campaign, now, complete=complete, way_out="command.show.unconfirmed")
    texts = (f" {campaign.ref} · {campaign.name}", *about,
             *([f" {say('command.show.left_out', count=left_out)}"] if left_out else []),
             *lineage_lines(kin_of(services.store, campaign), now), "", heading, *history_lines(history, now))
    return read_status(written=all(line(text.rstrip()) for text in texts))


def switch_on(services: Services, arguments: AgreedCampaigns) -> Status:
    """NotPossible, ProviderError, StoreError."""
    return _done_to(services, arguments.refs, Action.ON, sure=arguments.yes, as_json=arguments.json)


def switch_off(services: Services, arguments: Campaigns) -> Status:
    """NotPossible, ProviderError, StoreError."""
    return _done_to(services, arguments.refs, Action.OFF, sure=True, as_json=arguments.json)


def delete(services: Services, arguments: AgreedCampaigns) -> Status:
    """NotPossible, ProviderError, StoreError."""
    return _done_to(services, arguments.refs, Action.DELETE, sure=arguments.yes, as_json=arguments.json)


def _done_to(services: Services, refs: Sequence[str], action: Action, *, sure: bool, as_json: bool) -> Status:
    """All of them are there, or nothing is done."""
    campaigns = {campaign.id: campaign for campaign in (campaign_of(services, ref) for ref in refs)}
    if len(campaigns) > 1:
        from tui.commands.several import do_to_several

        return do_to_several(services, list(campaigns.values()), action, sure=sure, as_json=as_json)
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
        return _done(services, campaign, "command.delete.draft_done", as_json=as_json)
    return _switched(services, campaign, Action.DELETE, as_json=as_json)


def _switched(services: Services, campaign: Campaign, action: Action, *, as_json: bool) -> Status:
    from tui.provider.errors import NotFound, ProviderError

    async def work() -> Status:
        try:
            done = await switch(services, campaign.id, action)
        except asyncio.CancelledError:
            return unknown(Reason("operations.switch.cancelled"))
        except ProviderError as failure:
            if failure.perhaps_done and not isinstance(failure, NotFound):
                return unknown(failure.reason)
            raise
        except Unclear as failure:
            refusal(*failure.reasons, as_json=as_json)
            return Status.UNCONFIRMED
        return _done(services, campaign, SWITCHED[done], as_json=as_json)

    def unknown(reason: Reason) -> Status:
        problem(say("command.switch.unknown", ref=campaign.ref, why=full_sentence(reason)))
        if as_json:
            document(_as_it_is(services, services.store.campaigns.get(campaign.id)))
        return Status.UNCONFIRMED

    return run(services, work())


def adopt(services: Services, arguments: AdoptCampaign) -> Status:
    """NotPossible, AlreadyKnown, WrongState."""
    if arguments.unconfirmed is None:
        name = arguments.name or say("screens.adopt.unnamed", id=arguments.id)
        state = State.OFF if arguments.off else State.ON
        number = run(services, adopt_foreign(services, arguments.id, name, state))
    else:
        number = campaign_of(services, arguments.unconfirmed).id
        run(services, confirm_created(services, number, arguments.id))
    return _done(services, services.store.campaigns.get(number), "command.adopt.done", as_json=arguments.json)


def not_created(services: Services, arguments: OneCampaign) -> Status:
    """NotPossible, WrongState."""
    campaign = campaign_of(services, arguments.ref)
    run(services, confirm_not_created(services, campaign.id))
    return _done(services, campaign, "command.not_created.done", as_json=arguments.json)


def _as_it_is(services: Services, campaign: Campaign) -> Json:
    return campaign_json(campaign, services.now(), complete=services.store.figures.complete(campaign.id))


def _done(services: Services, before: Campaign, key: str, *, as_json: bool) -> Status:
    campaign = services.store.campaigns.get(before.id)
    if as_json:
        document(_as_it_is(services, campaign))
    else:
        line(say(key, ref=campaign.ref, name=campaign.name))
    return Status.DONE
