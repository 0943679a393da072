"""Today's campaign of an earlier one: the same but for its days, and for whom it calls."""

from __future__ import annotations

from functools import partial

from tui.campaign.moved_dates import moved_dates
from tui.operations.services import Services
from tui.store import Campaign


async def make_again(services: Services, campaign_id: int) -> Campaign:
    """A draft with a campaign's fields, without its numbers, its dates moved to today. Nobody is called by that.

    What it was made of stands in its history. NotPossible where it is another profile's; NoSuchCampaign.
    """
    store = services.store
    source = await services.thread(store.campaigns.get, campaign_id)
    services.must_be_ours(source)
    moved = moved_dates(source.draft, source.launched_at or source.created_at, services.now())
    made = await services.thread(partial(store.drafts.copy, campaign_id, numbers=False, changes=moved))
    return await services.thread(store.campaigns.get, made)
