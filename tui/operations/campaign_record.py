"""What is remembered of a campaign, as its own screen and the pane beside the list show it; each read in one go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

from tui.campaign.phone_list import PhoneList
from tui.campaign.rules import Problem, check, errors
from tui.operations.follow_up import kin_of
from tui.operations.launch_request import phones_of
from tui.operations.repeats import called_again
from tui.store import Campaign, HistoryEntry, Store
from tui.store.result_values import Together
from tui.text.campaign import Kin


class CampaignRecord(Struct, frozen=True):
    """A campaign, what happened to it, newest first, and what its numbers came from and led to."""

    campaign: Campaign
    complete: bool  # each of its numbers has a final result
    history: Sequence[HistoryEntry]
    kin: Kin


class DraftCheck(Struct, frozen=True):
    """The list that a launch of a draft would send, and what is in the way of it."""

    phones: PhoneList
    errors: Sequence[Problem]


class CampaignGlance(Struct, frozen=True):
    """A campaign in short: `draft` is None where it can't be launched any more."""

    campaign: Campaign
    complete: bool
    history: Sequence[HistoryEntry]
    draft: DraftCheck | None
    together: Together | None = None  # with its other lives; None where it has none


def read_record(store: Store, campaign: int) -> CampaignRecord:
    """It asks the store, which blocks. NoSuchCampaign."""
    found = store.campaigns.get(campaign)
    return CampaignRecord(found, store.figures.complete(campaign), store.history(campaign), kin_of(store, found))


def read_glance(store: Store, campaign: Campaign, now: dt.datetime) -> CampaignGlance:
    """It asks the store, which blocks. NoSuchCampaign."""
    history = store.history(campaign.id)
    if not campaign.state.editable:
        return CampaignGlance(campaign, store.figures.complete(campaign.id), history, None,
                              store.lives.together(campaign.id))
    phones = phones_of(campaign, called_again(store, campaign))
    return CampaignGlance(campaign, complete=False, history=history,
                          draft=DraftCheck(phones, errors(check(campaign.draft, phones, now))))
