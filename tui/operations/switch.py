"""Switching on and off, and deleting: both may be repeated without harm, and their outcome is remembered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from tui.campaign.reason import Reason
from tui.campaign.states import Action
from tui.operations.services import NotPossible, Services
from tui.store import Campaign, StoreError

log = logging.getLogger("santral.switch")


class DoneNotKept(StoreError):
    """The provider has done it, and the store could not take that down."""

    def __init__(self) -> None:
        super().__init__(Reason("operations.switch.not_kept"))


async def switch(services: Services, campaign_id: int, action: Action) -> None:
    """Ask the provider to switch a campaign on or off, or to delete it, and remember what came of it.

    ProviderError with the provider's words where it failed: the old state stands again. Where the request may have been
    read and no answer tells, the state is kept and marked as unsure. NotPossible where the profile may only look, or
    isn't the campaign's; WrongState, AlreadySwitching from the store. DoneNotKept where it was done all the same.
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
            await _done(services, entry)
            return
        await _not_done(services, services.store.switches.failed, entry, failure.reason)
        raise
    except ProviderError as failure:
        settle = services.store.switches.unknown if failure.perhaps_done else services.store.switches.failed
        await _not_done(services, settle, entry, failure.reason)
        raise
    except asyncio.CancelledError:
        await _not_done(services, services.store.switches.unknown, entry, Reason("operations.switch.cancelled"))
        raise
    except Exception:
        await _not_done(services, services.store.switches.unknown, entry, Reason("operations.switch.failed"))
        raise
    await _done(services, entry)
    log.info("campaign %s: %s done", campaign_id, action)


async def _done(services: Services, entry: int) -> None:
    try:
        await services.thread(services.store.switches.done, entry)
    except StoreError as failure:
        log.warning("switch %s was done, and could not be noted", entry, exc_info=failure)
        raise DoneNotKept from failure


async def _not_done(services: Services, settle: Callable[[int, Reason], bool], entry: int, reason: Reason) -> None:
    """What the provider said is told though it can't be kept; the next start finds the switch open, and unsure."""
    try:
        await services.thread(settle, entry, reason)
    except StoreError:
        log.warning("the end of switch %s could not be noted", entry, exc_info=True)


def _was_asked_before(campaign: Campaign) -> bool:
    """Whether "cannot find" confirms a delete: its outcome was unknown, or the provider said the same before."""
    return campaign.unsure or (campaign.reason is not None and campaign.reason.code == "provider.not_found")
