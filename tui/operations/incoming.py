"""What comes in of a profile's campaigns: the receivers that are there, and the alarm where results ought to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from tui.campaign.lifecycle import Action, State
from tui.store import Campaign, Health, Heartbeat, Store, Totals
from tui.store.values import NO_TOTALS

SEEN_WITHIN: Final = dt.timedelta(seconds=30)  # a receiver that was not heard of for so long is not there
_AT_ONCE: Final = 200  # campaigns that are in memory for the alarm


class ReceiverHealth(Struct, frozen=True):
    """The receivers there are at `at`, and what has come in. `waiting`: how many requests are not ingested yet."""

    receivers: Sequence[Heartbeat]
    results: Health
    at: dt.datetime
    waiting: int = 0


def read_health(store: Store, profile: str, now: dt.datetime) -> ReceiverHealth:
    """It asks the store, which blocks."""
    receivers = store.receivers.seen_since(now - SEEN_WITHIN)
    waiting = max(_waiting_here(store), sum(receiver.waiting for receiver in receivers))
    return ReceiverHealth(receivers, store.results.health(profile), now, waiting)


def _waiting_here(store: Store) -> int:
    """Beside the store on this machine, whether a receiver is there or not."""
    try:
        return store.spool.waiting()
    except OSError:
        return 0


class SilentCampaign(Struct, frozen=True):
    """A campaign of which nothing has come in since a moment, though something should have."""

    campaign: Campaign
    since: dt.datetime


def silent_campaigns(store: Store, profile: str, now: dt.datetime, minutes: int, *,
                     receiving: bool) -> list[SilentCampaign]:
    """Those of a profile that `silent_since` names. It asks the store, which blocks."""
    if not minutes:
        return []
    reporting = store.campaigns.reporting(profile, receiving=receiving)
    return [silent for begin in range(0, len(reporting), _AT_ONCE)
            for silent in _silent_among(store, reporting[begin:begin + _AT_ONCE], now, minutes, receiving=receiving)]


def _silent_among(store: Store, campaigns: Sequence[int], now: dt.datetime, minutes: int, *,
                  receiving: bool) -> list[SilentCampaign]:
    totals = store.results.totals_of(campaigns)
    found = ((campaign, silent_since(campaign, totals.get(campaign.id, NO_TOTALS), now, minutes, receiving=receiving))
             for campaign in store.campaigns.some(campaigns))
    return [SilentCampaign(campaign, since) for campaign, since in found if since is not None]


def silent_since(campaign: Campaign, totals: Totals, now: dt.datetime, minutes: int, *,
                 receiving: bool = False) -> dt.datetime | None:
    """Since when nothing has come in of a campaign of which something should have; None where all is well.

    Ours: something should come within so many minutes from the launch, the opening of the calling hours, or the last
    switching on, and again and again within as many, until every number is final; where the campaign doesn't say how
    often it calls again, or calls numbers once for each phrase, until each was called, for nobody knows of more.
    `minutes` 0: never an alarm. Only a campaign whose webhook leads to us is reported: the provider has tried it, a
    result has come, or, where `receiving` says that a public address is configured, the campaign names no webhook of
    its own.
    """
    if not minutes or totals.complete or not _is_on(campaign) or campaign.launched_at is None:
        return None
    draft = campaign.draft
    has_led_here = campaign.pinged_at is not None or totals.last_received_at is not None
    if not has_led_here and (not receiving or draft["webhook_url"]):
        return None
    if (draft.count("call_retries") is None or totals.called_again) and _each_was_called(totals):
        return None
    window = draft.window(campaign.launched_at)
    opened_at = None if window is None else window.opened_at(now)
    if opened_at is None:
        return None
    expected = (campaign.launched_at, opened_at, campaign.last_set_at, campaign.pinged_at, totals.last_received_at)
    since = max(moment for moment in expected if moment is not None)
    return since if now - since >= dt.timedelta(minutes=minutes) else None


def _each_was_called(totals: Totals) -> bool:
    """As far as is known: of a number with several rows each of them may be still to call."""
    beyond = totals.called_again and totals.calls < totals.numbers + totals.called_again
    return bool(totals.numbers and totals.to_call <= 0 and not beyond)


def _is_on(campaign: Campaign) -> bool:
    """On beyond doubt, and not about to be switched off. What was made elsewhere has no hours that are known."""
    leaving = campaign.unsure or campaign.pending in (Action.OFF, Action.DELETE)
    return campaign.standing is State.ON and not leaving and not campaign.adopted
