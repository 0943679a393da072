"""`santral campaign list|show`: what is remembered of campaigns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tui.commands.arguments.campaign import ListCampaigns
from tui.commands.arguments.common import OneCampaign
from tui.commands.document import campaign_json, shown_json, together_json
from tui.commands.output import document, line
from tui.commands.running import campaign_of
from tui.commands.status import Status, read_status
from tui.core.text_keys import TextKeys
from tui.i18n.words import grouped, say
from tui.operations.follow_up import kin_of, rounds_of
from tui.operations.list_filter import read_filter
from tui.operations.services import Services
from tui.store import Campaign, ListFilter, Sort, SortColumn
from tui.text.campaign import campaign_lines, history_lines, lineage_lines
from tui.text.formats import life_mark, state_shown, window_of_campaign, window_text
from tui.text.keys import CALL_TYPE_SHORT

_COLUMN: Final = TextKeys("text.column.{}", ("type", "state", "numbers", "window", "profile", "name"))
_PAGE: Final = 500


def list_campaigns(services: Services, arguments: ListCampaigns) -> Status:
    """The campaigns of the profile, newest change last."""
    now = services.now()
    chosen = read_filter(" ".join(arguments.filter), services.profiles, deleted=arguments.deleted)
    found = list(_all(services, chosen))
    totals = services.store.figures.totals_of([campaign.id for campaign in found])
    complete = {campaign for campaign, figures in totals.items() if figures.complete}
    together = services.store.lives.totals_of_last([each.id for each in found if each.is_last_of_several])
    if arguments.json:
        return read_status(written=document({"campaigns": [
            campaign_json(campaign, now, complete=campaign.id in complete)
            | ({"together": together_json(together[campaign.id])} if campaign.id in together else {})
            for campaign in found]}))
    several = len({campaign.profile for campaign in found} | {services.profile.name}) > 1
    columns = ("type", "state", "numbers", "window", *(["profile"] if several else []), "name")
    head = ["ID", *(say(_COLUMN[name]) for name in columns)]
    rows = [[campaign.ref, say(CALL_TYPE_SHORT[campaign.call_type]) if campaign.call_type else "",
             state_shown(campaign, now, complete=campaign.id in complete).word,
             "" if campaign.adopted else grouped(
                 together[campaign.id].numbers if campaign.id in together else campaign.callable_numbers),
             window_text(window_of_campaign(campaign, now), now), *([campaign.profile] if several else []),
             f"{life_mark(campaign)}{campaign.name}"] for campaign in found]
    return read_status(written=all(map(line, _aligned([head, *rows], right=3))))


def _all(services: Services, chosen: ListFilter) -> Iterator[Campaign]:
    """Page by page, newest change last: it is nearest to the prompt."""
    offset = 0
    while page := services.store.campaigns.page(
            services.profile.name, filter=chosen, sort=Sort(SortColumn.UPDATED, descending=False), offset=offset,
            limit=_PAGE):
        yield from page
        offset += len(page)


def _aligned(rows: Sequence[Sequence[str]], *, right: int) -> Iterator[str]:
    """Columns side by side, aligned to the left but for the one numbered `right`."""
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
        return read_status(written=document(shown_json(
            campaign, history, now, complete=complete, left_out=left_out,
            rounds=rounds_of(services.store, campaign.id), together=services.store.lives.together(campaign.id))))
    heading = f" {say('screens.campaign.history')}"
    about = campaign_lines(campaign, now, complete=complete, way_out="command.show.unconfirmed")
    texts = (f" {campaign.ref} · {campaign.name}", *about,
             *([f" {say('command.show.left_out', count=left_out)}"] if left_out else []),
             *lineage_lines(kin_of(services.store, campaign), now), "", heading, *history_lines(history, now))
    return read_status(written=all(line(text.rstrip()) for text in texts))
