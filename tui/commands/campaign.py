"""`santral campaign list|show|on|off|delete|test|adopt|not-created`: what is remembered, and what is done with it."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tui.campaign.states import Action, State
from tui.commands.create import check, create
from tui.commands.document import Json, campaign_json, shown_json
from tui.commands.output import agreed, document, full_sentence, interactive, line, problem, refusal
from tui.commands.status import Status
from tui.commands.switch_on import agree_to_switch_on
from tui.commands.trial_call import make_test_call
from tui.commands.work import at_work, campaign_of, run
from tui.core.reason import Reason
from tui.i18n.words import grouped, say
from tui.operations.adopt import adopt, confirm_created, confirm_not_created
from tui.operations.list_filter import read_filter
from tui.operations.services import NotPossible, Services
from tui.operations.switch import Unclear, switch
from tui.store import Campaign, ListFilter, Sort, SortColumn
from tui.text.campaign import campaign_lines, history_lines, kin_of, lineage_lines
from tui.text.formats import state_shown, window_of_campaign, window_text

_PAGE: Final = 500


def run_campaign(arguments: Namespace) -> Status:
    """`santral campaign …`."""
    if arguments.action in _ON_FILES:
        return _ON_FILES[arguments.action](arguments)
    with at_work(arguments) as services:
        return _ON_THE_STORE[arguments.action](services, arguments)


def _list(services: Services, arguments: Namespace) -> Status:
    now = services.now()
    chosen = read_filter(" ".join(arguments.filter), services.profiles, deleted=arguments.deleted)
    found = list(_all(services, chosen))
    totals = services.store.figures.totals_of([campaign.id for campaign in found])
    complete = {campaign for campaign, told in totals.items() if told.complete}
    if arguments.json:
        return _read(document({"campaigns": [campaign_json(campaign, now, complete=campaign.id in complete)
                                             for campaign in found]}))
    several = len({campaign.profile for campaign in found} | {services.profile.name}) > 1
    columns = ("type", "state", "numbers", "window", *(["profile"] if several else []), "name")
    head = ["ID", *(say(f"screens.column.{name}") for name in columns)]
    rows = [[campaign.ref, say(f"screens.type.{campaign.call_type}") if campaign.call_type else "",
             state_shown(campaign, now, complete=campaign.id in complete).word,
             "" if campaign.adopted else grouped(campaign.callable_numbers),
             window_text(window_of_campaign(campaign, now), now), *([campaign.profile] if several else []),
             campaign.name] for campaign in found]
    return _read(all(map(line, _aligned([head, *rows], right=3))))


def _read(written: bool) -> Status:  # noqa: FBT001 - the one thing it asks
    """What was only to be read has failed where it can't be."""
    return Status.DONE if written else Status.FAILED


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


def _show(services: Services, arguments: Namespace) -> Status:
    campaign = campaign_of(services, arguments.ref)
    history = services.store.history(campaign.id)
    now, complete = services.now(), services.store.figures.complete(campaign.id)
    left_out = services.store.numbers.left_out_count(campaign.id)
    if arguments.json:
        return _read(document(shown_json(campaign, history, now, complete=complete, left_out=left_out)))
    heading = f" {say('screens.campaign.history')}"
    about = campaign_lines(campaign, now, complete=complete, way_out="command.show.unconfirmed")
    texts = (f" {campaign.ref} · {campaign.name}", *about,
             *([f" {say('command.show.left_out', count=left_out)}"] if left_out else []),
             *lineage_lines(kin_of(services.store, campaign), now), "", heading, *history_lines(history, now))
    return _read(all(line(text.rstrip()) for text in texts))


def _on(services: Services, arguments: Namespace) -> Status:
    return _done_to(services, arguments, Action.ON)


def _off(services: Services, arguments: Namespace) -> Status:
    return _done_to(services, arguments, Action.OFF)


def _delete(services: Services, arguments: Namespace) -> Status:
    return _done_to(services, arguments, Action.DELETE)


def _done_to(services: Services, arguments: Namespace, action: Action) -> Status:
    """All of them are there, or nothing is done."""
    campaigns = {campaign.id: campaign for campaign in (campaign_of(services, ref) for ref in arguments.refs)}
    if len(campaigns) > 1:
        from tui.commands.several import do_to_several

        return do_to_several(services, list(campaigns.values()), action, arguments)
    (campaign,) = campaigns.values()
    if action is Action.DELETE:
        return _deleted(services, campaign, arguments)
    if action is Action.ON and campaign.state in (State.ON, State.OFF):  # any other is refused as it stands
        services.must_be_writable()
        agree_to_switch_on(services, [campaign], sure=arguments.yes)
    return _switched(services, campaign, action, arguments)


def _deleted(services: Services, campaign: Campaign, arguments: Namespace) -> Status:
    services.must_be_writable()
    if not arguments.yes:
        if not interactive():
            raise NotPossible(Reason("command.delete.needs_yes"))
        key = "command.delete.sure_draft" if campaign.state.editable else "command.delete.sure"
        key = "command.delete.sure_missing" if campaign.standing is State.MISSING else key
        if not agreed(say(key, name=campaign.name, ref=campaign.ref)):
            raise NotPossible(Reason("command.delete.stopped"))
    if campaign.state.editable:
        services.store.drafts.remove(campaign.id)
        return _done(services, campaign, "command.delete.draft_done", arguments)
    return _switched(services, campaign, Action.DELETE, arguments)


def _switched(services: Services, campaign: Campaign, action: Action, arguments: Namespace) -> Status:
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
            refusal(*failure.reasons, as_json=arguments.json)
            return Status.UNCONFIRMED
        return _done(services, campaign, f"command.switch.{done}_done", arguments)

    def unknown(reason: Reason) -> Status:
        problem(say("command.switch.unknown", ref=campaign.ref, why=full_sentence(reason)))
        if arguments.json:
            document(_as_it_is(services, services.store.campaigns.get(campaign.id)))
        return Status.UNCONFIRMED

    return run(services, work())


def _test(services: Services, arguments: Namespace) -> Status:
    return make_test_call(services, campaign_of(services, arguments.ref), arguments)


def _adopt(services: Services, arguments: Namespace) -> Status:
    if arguments.settles is None:
        name = arguments.name or say("screens.adopt.unnamed", id=arguments.id)
        state = State.OFF if arguments.off else State.ON
        number = run(services, adopt(services, arguments.id, name, state))
    else:
        number = campaign_of(services, arguments.settles).id
        run(services, confirm_created(services, number, arguments.id))
    return _done(services, services.store.campaigns.get(number), "command.adopt.done", arguments)


def _not_created(services: Services, arguments: Namespace) -> Status:
    campaign = campaign_of(services, arguments.ref)
    run(services, confirm_not_created(services, campaign.id))
    return _done(services, campaign, "command.not_created.done", arguments)


def _as_it_is(services: Services, campaign: Campaign) -> Json:
    return campaign_json(campaign, services.now(), complete=services.store.figures.complete(campaign.id))


def _done(services: Services, before: Campaign, key: str, arguments: Namespace) -> Status:
    campaign = services.store.campaigns.get(before.id)
    if arguments.json:
        document(_as_it_is(services, campaign))
    else:
        line(say(key, ref=campaign.ref, name=campaign.name))
    return Status.DONE


_ON_FILES: Final[dict[str, Callable[[Namespace], Status]]] = {"check": check, "create": create}
_ON_THE_STORE: Final[dict[str, Callable[[Services, Namespace], Status]]] = {
    "list": _list, "show": _show, "on": _on, "off": _off, "delete": _delete, "test": _test,
    "adopt": _adopt, "not-created": _not_created,
}
