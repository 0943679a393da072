"""Why something can't be done in the list of campaigns now: what the list, its keys' help and the palette say of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from msgspec import Struct

from tui.app.screen_work import refusal
from tui.campaign.lifecycle import State
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.operations.services import Services
from tui.operations.switch import SwitchResult
from tui.store import Campaign
from tui.text.formats import short, state_shown

SWITCHED: Final = TextKeys("screens.campaigns.{}_done", SwitchResult)
_NOT_SWITCHED: Final = TextKeys("screens.campaigns.no_{}", ("switch", "delete"))

# What is done to the campaign under the cursor; the first two to those that are marked, where any are.
_OF_ONE: Final = ("switch", "delete", "open", "results", "test", "copy", "replace", "again", "mark", "mark_range")
_OF_MARKED: Final = _OF_ONE[:2]
_AT_PROVIDER: Final = (State.ON, State.OFF)


class ListNow(Struct, frozen=True):
    """The list of campaigns as it is at a moment."""

    current: Campaign | None  # under the cursor
    count: int  # of the campaigns that are listed
    counts_shown: int  # how many counts by state there are; 0 while the list is being read
    filter_text: str
    marked: Collection[int]
    to_bring_back: Collection[int] | None  # the drafts that were deleted last
    can_go_back: bool  # whether there is anything to leave: this is the first screen


def why_not_in_list(services: Services, now: ListNow, action: str) -> str | None:
    if action in _OF_ONE and not (now.marked and action in _OF_MARKED):
        return _nothing_here(now) if now.current is None else _why_not(action, now.current, services)
    match action:
        case "mark_all" if not now.count:
            return _nothing_here(now)
        case "state" if now.counts_shown < 2:  # *All* is always there
            return _nothing_here(now)
        case "track" | "stop_all":
            return refusal(services.must_be_writable)
        case "undo" if now.to_bring_back is None:
            return say("screens.campaigns.nothing_to_undo")
        case "back" if not now.can_go_back:
            return say("app.how_to_quit")
    return None


def _nothing_here(now: ListNow) -> str:
    """Why there is no campaign under the cursor."""
    if now.count or not now.counts_shown:
        return say("screens.still_reading")
    return say("screens.campaigns.none_fits" if now.filter_text.strip() else "screens.campaigns.none_yet")


def _why_not(action: str, campaign: Campaign, services: Services) -> str | None:
    if action in ("mark", "mark_range", "test"):  # marks may be of any profile; a test call looks further by itself
        return None
    refused = refusal(lambda: services.must_be_ours(campaign))
    if refused is None and action in ("switch", "delete"):
        if action == "delete" and campaign.state.editable:  # a draft is nobody else's
            return None
        return refusal(services.must_be_writable) or why_not_switched(action, campaign, services)
    if refused is None and action == "replace":
        return refusal(services.must_be_writable) or why_not_replaced(campaign, services)
    if refused is None and action == "results" and campaign.provider_id is None and campaign.state.editable:
        return say("screens.results.not_yet", name=short(campaign.name or say("screens.unnamed")))
    return refused


def why_not_replaced(campaign: Campaign, services: Services, *, complete: bool = False) -> str | None:
    """Why nothing can take a campaign's place as it stands."""
    name = short(campaign.name or say("screens.unnamed"))
    if campaign.state in _AT_PROVIDER or (campaign.state.editable and campaign.replaces is not None):
        return None
    if campaign.state.editable:
        return say("screens.campaigns.replace_draft", name=name)
    word = state_shown(campaign, services.now(), complete=complete).word
    return say("screens.campaigns.no_replace", name=name, state=word)


def why_not_switched(action: str, campaign: Campaign, services: Services, *, complete: bool = False) -> str | None:
    """Why a campaign can't be switched or deleted as it stands. `complete`: each number has a final result."""
    name = short(campaign.name or say("screens.unnamed"))
    if campaign.pending is not None:
        return say("screens.campaigns.under_way", name=name)
    if campaign.state in _AT_PROVIDER:
        return None
    word = state_shown(campaign, services.now(), complete=complete).word
    return say(_NOT_SWITCHED[action], name=name, state=word)
