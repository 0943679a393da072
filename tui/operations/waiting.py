"""Waiting for a campaign until it is finished, or its hours are over; nothing is asked of the provider for that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Final

from msgspec import Struct

from tui.campaign.lifecycle import State
from tui.operations.services import Services
from tui.store import Campaign, NoSuchCampaign, StoreError, Totals
from tui.store.values import NO_TOTALS
from tui.text.formats import window_of_campaign

_LOOK_EVERY: Final = 1.0  # seconds
# After its hours the last calls are still spoken, and their results on their way.
_LATE_RESULTS: Final = dt.timedelta(minutes=1)


class Ended(StrEnum):
    """Why a campaign is not waited for any more."""

    FINISHED = "finished"  # each number has a final result
    HOURS_OVER = "hours_over"
    GONE = "gone"  # deleted, or the provider denies it


class Looked(Struct, frozen=True):
    """A campaign as it is waited for; `ended` is None while it goes on."""

    campaign: Campaign
    totals: Totals
    ended: Ended | None = None


async def wait_until_done(services: Services, campaign_id: int, on_look: Callable[[Looked], None],
                          on_failure: Callable[[StoreError], None],
                          sleep: Callable[[float], Awaitable[None]]) -> Looked:
    """Look at a campaign again and again, until it has ended. Whoever stops it leaves the campaign as it is.

    `sleep` lets so many seconds pass. A store that fails is asked again; `on_failure` is called when it begins to fail.
    StoreError where the campaign was never seen, or its hours are over meanwhile; NoSuchCampaign.
    """
    last: Looked | None = None
    failing = False
    while True:
        try:
            last = await services.thread(_look, services, campaign_id)
            failing = False
            on_look(last)
        except NoSuchCampaign:
            raise
        except StoreError as failure:
            if last is None or _ended(last.campaign, NO_TOTALS, services.now()) is not None:
                raise
            if not failing:
                on_failure(failure)
            failing = True
        if last.ended is not None:
            return last
        await sleep(_LOOK_EVERY)


def _look(services: Services, campaign_id: int) -> Looked:
    campaign = services.store.campaigns.get(campaign_id)
    totals = services.store.figures.totals_of([campaign_id]).get(campaign_id, NO_TOTALS)
    return Looked(campaign, totals, _ended(campaign, totals, services.now()))


def _ended(campaign: Campaign, totals: Totals, now: dt.datetime) -> Ended | None:
    if campaign.standing in (State.DELETED, State.MISSING):
        return Ended.GONE
    if totals.complete:
        return Ended.FINISHED
    window = window_of_campaign(campaign, now)
    late = dt.timedelta(0) if totals.last_received_at is None else _LATE_RESULTS
    return Ended.HOURS_OVER if window is None or window.is_over(now - late) else None
