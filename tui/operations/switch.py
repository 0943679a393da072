"""Switching on and off, and deleting: both may be repeated without harm, and their outcome is remembered."""

from __future__ import annotations

import asyncio
import logging

from tui.campaign.reason import Reason
from tui.campaign.states import Action
from tui.operations.services import NotPossible, Services
from tui.store import Campaign

log = logging.getLogger("santral.switch")


async def switch(services: Services, campaign_id: int, action: Action) -> None:
    """Ask the provider to switch a campaign on or off, or to delete it, and remember what came of it.

    ProviderError with the provider's words where it failed: the old state stands again. Where the request may have been
    read and no answer tells, the state is kept and marked as unsure. NotPossible where the profile may only look, or
    isn't the campaign's; WrongState, AlreadySwitching from the store.
    """
    services.must_be_writable()
    provider = services.provider
    from tui.provider.errors import NotFound, ProviderError

    campaign = await services.thread(services.store.campaigns.get, campaign_id)
    services.must_be_ours(campaign)
    entry = await services.thread(services.store.switches.begin, campaign_id, action, services.asked_by)
    if campaign.provider_id is None:  # the store lets only those begin that the provider has
        raise NotPossible(Reason("operations.refused.no_id", {"name": campaign.name}))
    try:
        if action is Action.DELETE:
            await provider.delete(campaign.provider_id)
        else:
            await provider.switch(campaign.provider_id, action)
    except NotFound as failure:
        if action is Action.DELETE and _was_asked_before(campaign):
            await services.thread(services.store.switches.done, entry)
            return
        await services.thread(services.store.switches.failed, entry, failure.reason)
        raise
    except ProviderError as failure:
        settle = services.store.switches.unknown if failure.perhaps_done else services.store.switches.failed
        await services.thread(settle, entry, failure.reason)
        raise
    except asyncio.CancelledError:
        await services.thread(services.store.switches.unknown, entry, Reason("operations.switch.cancelled"))
        raise
    except Exception:
        await services.thread(services.store.switches.unknown, entry, Reason("operations.switch.failed"))
        raise
    await services.thread(services.store.switches.done, entry)
    log.info("campaign %s: %s done", campaign_id, action)


def _was_asked_before(campaign: Campaign) -> bool:
    """Whether "cannot find" confirms a delete: its outcome was unknown, or the provider said the same before."""
    return campaign.unsure or (campaign.reason is not None and campaign.reason.code == "provider.not_found")
