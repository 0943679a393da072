"""Switching on and off, and deleting: both may be repeated without harm, and their outcome is remembered."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final

from tui.campaign.lifecycle import Action
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.operations.services import NotPossible, Services
from tui.operations.still_ours import StillOurs
from tui.operations.switching_on import must_have_some_left
from tui.store import Campaign, StoreError

if TYPE_CHECKING:  # its import would load the HTTP library
    from tui.provider.errors import ProviderError

log = logging.getLogger("santral.switch")

_UNCLEAR: Final = TextKeys("operations.switch.unclear.{}", ("given_up", "late", "not_kept", "overtaken"))
_UNSENT: Final = Reason("operations.launch.cancelled_unsent")


class Unclear(StoreError):
    """It isn't remembered, or not for certain, how the campaign is now. Params: name."""

    def __init__(self, how: str, campaign: Campaign, why: Reason | None = None) -> None:
        super().__init__(_unclear(how, campaign))
        self.reasons = (self.reason,) if why is None else (self.reason, why)


def _unclear(how: str, campaign: Campaign) -> Reason:
    return Reason(_UNCLEAR[how], {"name": campaign.name})


def is_unclear(reason: Reason | None) -> bool:
    """Whether a reason is one of Unclear's, and says all there is to say."""
    return reason is not None and reason.code in _UNCLEAR


class SwitchResult(StrEnum):
    """What was done of what was asked."""

    ON = "on"
    OFF = "off"
    DELETE = "delete"
    PUT_AWAY = "put_away"  # nothing: the provider says again that it doesn't know it, so it is taken off the list


async def switch(services: Services, campaign_id: int, action: Action, *,
                 beside_successor: bool = False) -> SwitchResult:
    """Ask the provider to switch a campaign on or off, or to delete it, and remember what came of it.

    ProviderError with the provider's words where it failed: the old state stands again, or the campaign is missing
    where the provider says that it doesn't know it. Where the request may have been read and no answer says so, the
    state is kept and marked as unsure. NotPossible where the profile may only look, or isn't the campaign's, or one
    that is finished is to be switched on, or the store can't be asked whether it may still be sent; WrongState,
    AlreadySwitching from the store, and HasSuccessor where it is to be switched on and another has taken its place,
    unless a person says that it may call all the same, `beside_successor`. Unclear where it was done, and how the
    campaign is can't be said for certain.
    """
    services.must_be_writable()
    provider = services.provider
    from tui.provider.errors import NotFound, ProviderError

    campaign = await services.thread(services.store.campaigns.get, campaign_id)
    services.must_be_ours(campaign)
    if action is Action.ON:
        await services.thread(must_have_some_left, services.store, campaign, services.now())
    switches = services.store.switches
    entry = await _begin(services, campaign_id, action, beside_successor=beside_successor)
    if campaign.provider_id is None:  # the store lets only those begin that the provider has
        raise NotPossible(Reason("operations.refused.no_id", {"name": campaign.name}))
    still = StillOurs(services, switches.ours, entry)
    try:
        if action is Action.DELETE:
            await provider.delete(campaign.provider_id, may_leave=still)
        else:
            await provider.switch(campaign.provider_id, action, may_leave=still)
    except NotFound as failure:
        await _not_done(services, switches.missing, entry, failure.reason)
        if action is Action.DELETE and await _is_put_away(services, campaign_id):
            return SwitchResult.PUT_AWAY
        raise
    except ProviderError as failure:
        await _note_failure(services, entry, campaign, failure, still)
        raise
    except asyncio.CancelledError:
        if still.let_go:
            await _not_done(services, switches.unknown, entry, Reason("operations.switch.cancelled"))
        else:
            await _not_done(services, switches.failed, entry, _UNSENT)
        raise
    except Exception:
        await _not_done(services, switches.unknown, entry, Reason("operations.switch.failed"))
        raise
    await _done(services, entry, campaign)
    log.info("campaign %s: %s done", campaign_id, action)
    return SwitchResult(action.value)


async def _is_put_away(services: Services, campaign_id: int) -> bool:
    with contextlib.suppress(StoreError):  # then what the provider said is shown
        return (await services.thread(services.store.campaigns.get, campaign_id)).put_away
    return False


async def _begin(services: Services, campaign_id: int, action: Action, *, beside_successor: bool) -> int:
    beginning = asyncio.ensure_future(services.thread(partial(
        services.store.switches.begin, campaign_id, action, services.asked_by, beside_successor=beside_successor)))
    try:
        return await asyncio.shield(beginning)
    except asyncio.CancelledError:
        # It is being written, or was: left open, it would bar every other for as long as this process lives.
        with contextlib.suppress(StoreError):
            await _not_done(services, services.store.switches.failed, await beginning, _UNSENT)
        raise


async def _note_failure(services: Services, entry: int, campaign: Campaign, failure: ProviderError,
                        still: StillOurs[int]) -> None:
    """Note it. Unclear, NotPossible where it is not the provider's failure."""
    switches = services.store.switches
    reason = failure.reason if still.failure is None else still.failure.reason
    if failure.perhaps_done:
        await _not_done(services, switches.unknown, entry, reason)
    elif not still.given_up:  # else it has been noted by whoever gave it up, and nothing was sent
        await _not_done(services, switches.failed, entry, reason)
    if still.given_up:
        raise Unclear("given_up", campaign) from failure
    if still.failure is not None and not failure.perhaps_done:
        raise NotPossible(reason) from failure


async def _done(services: Services, entry: int, campaign: Campaign) -> None:
    log.info("switch %s of campaign %s was done", entry, campaign.id)
    store = services.store

    def done() -> tuple[bool, Campaign]:
        return store.switches.done(entry), store.campaigns.get(campaign.id)

    try:
        news, now = await services.outcome_writer.write(done, _unclear("not_kept", campaign))
    except StoreError as failure:
        raise Unclear("not_kept", campaign, failure.reason) from failure
    if not news:
        raise Unclear("late", campaign)
    if now.unsure:
        raise Unclear("overtaken", campaign, now.reason)


async def _not_done(services: Services, resolve: Callable[[int, Reason], bool], entry: int, reason: Reason) -> None:
    """What the provider said is reported though it can't be kept; the next start finds the switch open, and unsure."""
    try:
        await services.outcome_writer.write(partial(resolve, entry, reason))
    except StoreError:
        log.warning("the end of switch %s could not be noted yet", entry, exc_info=True)
