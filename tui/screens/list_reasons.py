"""Why something can't be done in the list of campaigns now: what the list, its keys' help and the palette say of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Protocol

from tui.app.screen import refusal
from tui.campaign.lifecycle import State
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.operations.services import Services
from tui.operations.switch import Done
from tui.screens.side_pane import LEAST_WIDTH
from tui.store import Campaign
from tui.text.formats import short, state_shown

SWITCHED: Final = TextKeys("screens.campaigns.{}_done", Done)
_NOT_SWITCHED: Final = TextKeys("screens.campaigns.no_{}", ("switch", "delete"))

# What is done to the campaign under the cursor; the first two to those that are marked, where any are.
_OF_ONE: Final = ("switch", "delete", "open", "results", "test", "copy", "mark", "mark_range")
_OF_MARKED: Final = _OF_ONE[:2]
_AT_PROVIDER: Final = (State.ON, State.OFF)


class ListNow(Protocol):
    """The list of campaigns as it is at a moment."""

    filter_text: str
    count: int  # of the campaigns that are listed

    @property
    def services(self) -> Services: ...

    @property
    def current(self) -> Campaign | None:
        """The campaign under the cursor."""

    @property
    def marked(self) -> Collection[int]: ...

    @property
    def to_bring_back(self) -> Collection[int] | None:
        """The drafts that were deleted last."""

    @property
    def can_go_back(self) -> bool: ...

    @property
    def states_shown(self) -> int:
        """How many counts by state there are; 0 while the list is being read."""

    @property
    def width(self) -> int: ...


def why_not_in_list(screen: ListNow, action: str) -> str | None:
    services, campaign = screen.services, screen.current
    if action in _OF_ONE and not (screen.marked and action in _OF_MARKED):
        return _nothing_here(screen) if campaign is None else _why_not(action, campaign, services)
    match action:
        case "mark_all" if not screen.count:
            return _nothing_here(screen)
        case "state" if screen.states_shown < 2:  # *All* is always there
            return _nothing_here(screen)
        case "adopt" | "stop_all":
            return refusal(services.must_be_writable)
        case "undo" if screen.to_bring_back is None:
            return say("screens.campaigns.nothing_to_undo")
        case "pane" if screen.width < LEAST_WIDTH:
            return say("screens.campaigns.no_room_for_pane", count=LEAST_WIDTH)
        case "back" if not screen.can_go_back:
            return say("app.how_to_quit")
    return None


def _nothing_here(screen: ListNow) -> str:
    """Why there is no campaign under the cursor."""
    if screen.count or not screen.states_shown:
        return say("screens.still_reading")
    return say("screens.campaigns.none_fits" if screen.filter_text.strip() else "screens.campaigns.none_yet")


def _why_not(action: str, campaign: Campaign, services: Services) -> str | None:
    if action in ("mark", "mark_range", "test"):  # marks may be of any profile; a test call looks further by itself
        return None
    told = refusal(lambda: services.must_be_ours(campaign))
    if told is None and action in ("switch", "delete"):
        if action == "delete" and campaign.state.editable:  # a draft is nobody else's
            return None
        return refusal(services.must_be_writable) or why_not_switched(action, campaign, services)
    if told is None and action == "results" and campaign.provider_id is None and campaign.state.editable:
        return say("screens.results.not_yet", name=short(campaign.name or say("screens.unnamed")))
    return told


def why_not_switched(action: str, campaign: Campaign, services: Services, *, complete: bool = False) -> str | None:
    """Why a campaign can't be switched or deleted as it stands. `complete`: each number has a final result."""
    name = short(campaign.name or say("screens.unnamed"))
    if campaign.pending is not None:
        return say("screens.campaigns.under_way", name=name)
    if campaign.state in _AT_PROVIDER:
        return None
    word = state_shown(campaign, services.now(), complete=complete).word
    return say(_NOT_SWITCHED[action], name=name, state=word)
