"""What stands around the rows of the list: title, counts, how many are marked, what the current one waits for."""

from __future__ import annotations

from tui.app.screen import AppScreen
from tui.campaign.lifecycle import State
from tui.i18n.words import say
from tui.screens.campaign_choices import CampaignChoices, counts_of
from tui.screens.campaign_marks import CampaignMarks
from tui.screens.incoming import Incoming
from tui.screens.listed_campaigns import ListedCampaigns
from tui.store import Campaign
from tui.text.formats import clock_text, moment_text, read_text, sentence, short
from tui.widgets.counts import CountsLine
from tui.widgets.lines import Note, TitleLine


class CampaignNotes:
    """Writes into a screen's `TitleLine`, `CountsLine`, `#empty`, `#marked` and `#line`."""

    def __init__(self, screen: AppScreen[None], listed: ListedCampaigns, choices: CampaignChoices,
                 marks: CampaignMarks, incoming: Incoming) -> None:
        self._screen = screen
        self._listed = listed
        self._choices = choices
        self._marks = marks
        self._incoming = incoming

    def show_right(self) -> None:
        """How the receiver is, and what time it is."""
        parts = (self._incoming.health_text(), clock_text(self._screen.services.now()))
        self._screen.query_one(TitleLine).right = "   ".join(filter(None, parts))

    def show_counts(self) -> None:
        """How many there are, once that is known; where there are none, what to do.

        A table without rows is hidden and has no focus.
        """
        screen, seen, count = self._screen, self._listed.overview, self._listed.count
        if seen is None:
            return
        screen.query_one(TitleLine).left = say("screens.title", profile=screen.services.profile.name)
        self.show_right()
        screen.query_one(CountsLine).counts = tuple(counts_of(seen, self._listed.filter))
        empty, table = screen.query_one("#empty", Note), self._listed.table
        filtered = self._choices.filter_text.strip()
        empty.text = say("screens.campaigns.nothing_found" if filtered else "screens.campaigns.empty")
        empty.display = count == 0
        if not count and screen.focused is table:
            screen.set_focus(None)  # else it would go to the filter, and a letter would be text
        table.display = count > 0
        if count and screen.focused is None:
            table.focus()

    def show_marked(self) -> None:
        count = len(self._marks.ids)
        text = say("screens.campaigns.marked", count=count) if count else ""
        note = self._screen.query_one("#marked", Note)
        if note.text != text:
            note.text = text
            note.display = bool(text)
            note.styles.width = len(text) + 2

    def show_current(self) -> None:
        """What the campaign under the cursor is waiting for."""
        self._screen.query_one("#line", Note).text = f" {self._waits_for(self._listed.current)}"

    def _waits_for(self, campaign: Campaign | None) -> str:
        now = self._screen.services.now()
        if campaign is None:
            return ""
        if campaign.state is State.UNCONFIRMED and campaign.pinged_at is not None:
            return read_text(campaign.pinged_at, now)
        if campaign.reason is not None:
            return sentence(campaign.reason)
        if campaign.state is State.UNCONFIRMED:
            return say("text.campaigns.unconfirmed")
        if (since := self._incoming.silent.get(campaign.id)) is not None:
            return say("screens.campaigns.silent", name=short(campaign.name), moment=moment_text(since, now))
        return ""
