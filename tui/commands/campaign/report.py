"""A campaign as it is after something was done with it."""

from __future__ import annotations

from tui.commands.document import Json, campaign_json
from tui.commands.output import document, line
from tui.commands.status import Status
from tui.i18n.words import say
from tui.operations.services import Services
from tui.store import Campaign


def as_json_now(services: Services, campaign: Campaign) -> Json:
    """The campaign's JSON as of this moment."""
    return campaign_json(campaign, services.now(), complete=services.store.figures.complete(campaign.id))


def report_done(services: Services, before: Campaign, key: str, *, as_json: bool) -> Status:
    """The sentence `key` about a campaign, or its JSON, as it is in the store now."""
    campaign = services.store.campaigns.get(before.id)
    if as_json:
        document(as_json_now(services, campaign))
    else:
        line(say(key, ref=campaign.ref, name=campaign.name))
    return Status.DONE
