"""The campaign under the cursor, in words, beside the list: what it is or would do, and what happened to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.timer import Timer

from tui.app.screen import AppScreen
from tui.i18n.words import say
from tui.text.formats import short
from tui.text.keys import FIELD_LABEL
from tui.text.lines import Line
from tui.widgets.command_owner import CommandOwner
from tui.widgets.text_lines import TextLines

if TYPE_CHECKING:  # loaded with the first campaign that is shown
    from tui.operations.campaign_record import CampaignGlance, DraftCheck
    from tui.store import Campaign, Store

PART = "campaigns.pane"  # its name among the parts of screens that are put away
MIN_WIDTH = 120  # of the terminal
REST_SECONDS = 0.1  # after which the cursor has come to rest: nothing is read of the campaigns on the way


class SidePane(TextLines):
    """`put` shows `pane_lines`."""


class CampaignPane(CommandOwner):
    """A screen's `SidePane`, filled with the campaign that is current once that has been so for a moment."""

    def __init__(self, screen: AppScreen[None], current: Callable[[], Campaign | None]) -> None:
        self._screen = screen
        self._current = current
        self._timer: Timer | None = None

    @property
    def _pane(self) -> SidePane:
        return self._screen.query_one(SidePane)

    def place(self) -> None:
        """There is one where there is room for it and it isn't put away."""
        hidden = self._screen.santral.session.state.hidden
        self._pane.display = self._screen.app.size.width >= MIN_WIDTH and PART not in hidden
        self.fill()

    def why_not(self, action: str) -> str | None:
        no_room = self._screen.app.size.width < MIN_WIDTH
        return say("screens.campaigns.no_room_for_pane", count=MIN_WIDTH) if no_room else None

    def action_turn(self) -> None:
        """Put the pane away, or bring it back; that is remembered."""
        state = self._screen.santral.session.state
        self._screen.santral.keep(replace(state, hidden=state.hidden ^ {PART}))
        self.place()

    def clear(self) -> None:
        self._pane.put([])

    def fill(self) -> None:
        """Fill it anew in a moment, where it is seen."""
        if self._timer is None:
            self._timer = self._screen.set_interval(REST_SECONDS, self._begin, pause=True)
        if self._pane.display:
            self._timer.reset()
            self._timer.resume()

    def _begin(self) -> None:
        if self._timer is not None:
            self._timer.pause()
        self._screen.work(self._fill, group="pane", exclusive=True)

    async def _fill(self) -> None:
        campaign, services = self._current(), self._screen.services
        lines = [] if campaign is None else await services.thread(
            read_lines, services.store, campaign, services.now(), services.public_url)
        self._pane.put(lines)


def read_lines(store: Store, campaign: Campaign, now: dt.datetime, receiver: str | None = None) -> list[Line]:
    """What the pane shows of a campaign. It asks the store, which blocks, and loads what that needs when first called.

    `receiver`: our own public address, where one is configured. NoSuchCampaign.
    """
    from tui.operations.campaign_record import read_glance

    return pane_lines(read_glance(store, campaign, now), now, receiver)


def pane_lines(seen: CampaignGlance, now: dt.datetime, receiver: str | None = None) -> list[Line]:
    """A campaign in words. `receiver`: our own public address, where one is configured."""
    from tui.text.campaign import campaign_pairs, history_pairs, life_lines

    campaign = seen.campaign
    lines = [Line(campaign.name or say("screens.unnamed"), "strong"), Line("")]
    if seen.draft is not None:
        lines += _draft_lines(campaign, seen.draft, now, receiver)
    else:
        named = say("campaign.field.name")  # the name stands above
        lines += [Line(f"{label}: {value}" if label else f"  {value}")
                  for label, value in campaign_pairs(campaign, now, complete=seen.complete) if label != named]
    if seen.together is not None:
        lines += [Line(""), *(Line(text) for text in life_lines(seen.together, campaign.id))]
    return [*lines, Line(""), Line(say("screens.campaign.history"), "muted"),
            *(Line(f"{moment}  {text}") for moment, text in history_pairs(seen.history, now))]


def _draft_lines(campaign: Campaign, check: DraftCheck, now: dt.datetime, receiver: str | None) -> list[Line]:
    """The review in short: what a launch would do, and how much is in its way."""
    from tui.text.campaign import review_lines
    from tui.text.formats import sentence

    phones, problems = check.phones, check.errors
    summary = say("screens.form.problems", count=len(problems)) if problems else say("screens.form.no_problems")
    lines = [Line(summary, "bad" if problems else "on")]
    if problems:
        label = say(FIELD_LABEL[problems[0].field])
        lines.append(Line(f"{label}: {short(sentence(problems[0].reason), 200)}"))
    words = review_lines(campaign.draft, campaign.callable_numbers, phones.duplicates, now, receiver=receiver,
                         with_phrase=phones.with_phrase, again=phones.again)
    return [*lines, Line(""), *(Line(text) for text in words)]
