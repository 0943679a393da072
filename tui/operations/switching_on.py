"""What switching campaigns on sets going: whom each has left to call, and when. Asked before phones ring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tui.campaign.lifecycle import State
from tui.core.reason import Reason
from tui.operations.services import NotPossible
from tui.store import Campaign, Store
from tui.store.values import NO_TOTALS, Totals
from tui.text.formats import state_now, window_of_campaign
from tui.text.switch_on import Ahead


def ahead_of(store: Store, campaigns: Sequence[Campaign], now: dt.datetime) -> list[Ahead]:
    """It asks the store, which blocks."""
    totals = store.figures.totals_of([campaign.id for campaign in campaigns])
    return [_ahead(campaign, totals.get(campaign.id, NO_TOTALS), now, beside=_has_successor(store, campaign))
            for campaign in campaigns]


def _has_successor(store: Store, campaign: Campaign) -> bool:
    return campaign.replaced_by is not None and store.successions.launched_in_place_of(campaign.id) is not None


def _ahead(campaign: Campaign, totals: Totals, now: dt.datetime, *, beside: bool) -> Ahead:
    window = window_of_campaign(campaign, now)
    left = totals.numbers - (totals.final - totals.final_unlisted) if totals.numbers else None
    return Ahead(campaign, left, None if window is None else window.calls_from(now), beside)


def finished_among(store: Store, campaigns: Sequence[Campaign], now: dt.datetime) -> frozenset[int]:
    """Those that call nobody any more, and so are not switched on: by ID. It asks the store, which blocks."""
    totals = store.figures.totals_of([campaign.id for campaign in campaigns])
    return frozenset(campaign.id for campaign in campaigns if state_now(
        campaign, now, complete=totals.get(campaign.id, NO_TOTALS).complete) is State.FINISHED)


def finished(campaign: Campaign) -> Reason:
    """Why one that is finished is not switched on."""
    return Reason("operations.refused.finished", {"name": campaign.name})


def must_have_some_left(store: Store, campaign: Campaign, now: dt.datetime) -> None:
    """NotPossible where a campaign is finished. It asks the store, which blocks."""
    if finished_among(store, [campaign], now):
        raise NotPossible(finished(campaign))
