"""The list of campaigns: home."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from tui.app.screen import AppScreen
from tui.config.keymap import Place
from tui.i18n.words import say
from tui.screens.bulk_commands import BulkCommands
from tui.screens.campaign_choices import CampaignChoices
from tui.screens.campaign_commands import CampaignCommands
from tui.screens.campaign_marks import CampaignMarks, RemovedDrafts
from tui.screens.campaign_notes import CampaignNotes
from tui.screens.campaign_rows import CampaignTable, columns
from tui.screens.incoming import Incoming
from tui.screens.list_watch import ListWatch
from tui.screens.listed_campaigns import ListedCampaigns
from tui.screens.side_pane import CampaignPane, SidePane
from tui.screens.switching import SwitchCommands
from tui.widgets.binding import bindings
from tui.widgets.counts import CountsLine
from tui.widgets.editors import TextLine
from tui.widgets.lines import KeyLine, Note, TitleLine
from tui.widgets.table import Table

if TYPE_CHECKING:
    from tui.screens.list_reasons import ListNow


class CampaignListScreen(AppScreen[None]):
    """Every campaign of the profile that the filter names; it watches the store.

    It composes what is seen, gives each message to the part that it is about, and opens what is about no campaign. The
    commands of its parts are theirs, as the key map names them.
    """

    HELP_TOPIC = "campaigns"
    BINDINGS = bindings(Place.CAMPAIGN_LIST)
    AUTO_FOCUS = ""  # with an empty list Textual would choose the filter, where a letter is text

    def __init__(self) -> None:
        super().__init__()
        self.marks = CampaignMarks()
        self.removed = RemovedDrafts()
        self.incoming = Incoming(self)
        self.listed = ListedCampaigns(self, self.marks, self.incoming, shown=self._show_around,
                                      came=self.show_current)
        self.choices = CampaignChoices(self, self.listed)
        self.notes = CampaignNotes(self, self.listed, self.choices, self.marks, self.incoming)
        self.pane = CampaignPane(self, lambda: self.listed.current)
        self.watching = ListWatch(self, self.listed, self.notes, self.incoming)
        self.bulk = BulkCommands(self, self.listed, self.marks, self.removed, self.notes)
        self.switching = SwitchCommands(self, begun=self.watching.look_soon, ended=self.listed.reload)
        self.commands = CampaignCommands(self, self.listed, self.switching, self.bulk, self.removed)

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        yield CountsLine(id="counts")
        with Horizontal(id="filters"):
            yield TextLine(placeholder=say("screens.campaigns.filter"), compact=True, select_on_focus=False,
                           id="filter")
            yield Note(id="marked")
        with Horizontal(id="middle"):
            yield CampaignTable(columns(profiles=False), id="campaigns")
            yield Note(id="empty")
            yield SidePane(id="side")
        yield Note(id="line")
        yield KeyLine()
        yield Note(id="said")

    def on_mount(self) -> None:
        if not self.query(SidePane):  # the app was ended before it was whole
            return
        self.query_one("#said").display = self.query_one("#marked").display = False
        self.pane.place()
        self.choices.restore()
        self.query_one(CampaignTable).focus()
        self.watching.begin()

    def on_resize(self) -> None:
        if self.query(SidePane):  # the app may be ended before the screen is whole
            self.pane.place()

    # what is shown

    def refresh_texts(self) -> None:
        self.pane.clear()  # it is filled anew in a moment
        self.listed.refresh()
        self.choices.refresh()
        self._show_around()

    def _show_around(self) -> None:
        """What stands beside the rows."""
        self.notes.show_counts()
        self.notes.show_marked()
        self.show_current()

    @on(Table.Moved)
    def show_current(self) -> None:
        """What the campaign under the cursor is waiting for, in a line of its own; all of it beside the list."""
        self.notes.show_current()
        self.pane.fill()

    # messages

    @on(Table.Wanted)
    def _wanted(self, event: Table.Wanted) -> None:
        self.work(partial(self.listed.fetch, event.start, event.end), group="page", exclusive=True)

    @on(Input.Changed, "#filter")
    def _filter_typed(self, event: Input.Changed) -> None:
        self.choices.typed(event.value)

    @on(Input.Submitted, "#filter")
    async def _filter_entered(self) -> None:
        await self.choices.entered()

    @on(CountsLine.Chosen)
    def _count_chosen(self, event: CountsLine.Chosen) -> None:
        self.choices.choose(event.key)

    @on(Table.HeadingClicked)
    def _heading_clicked(self, event: Table.HeadingClicked) -> None:
        self.choices.sort_by(self.listed.sort_of(event.column))

    @on(Table.Reached)
    def _reached(self, event: Table.Reached) -> None:
        self.bulk.reach(event.row, alone=event.alone)

    @on(Table.Opened)
    async def _clicked(self) -> None:
        await self.run_action("commands.open")

    # what can be done

    def why_no_paste(self) -> str:
        return say("screens.campaigns.no_paste", section=say("campaign.section.numbers"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are commands where no text is typed."""
        return action in ("back", "copy_text") or not isinstance(self.focused, Input)

    def why_not(self, action: str) -> str | None:
        from tui.screens.list_reasons import why_not_in_list

        return why_not_in_list(self.services, self._now(), action)

    def _now(self) -> ListNow:
        from tui.screens.list_reasons import ListNow

        typing = isinstance(self.focused, Input)
        return ListNow(
            current=self.listed.current, count=self.listed.count,
            counts_shown=len(self.query_one(CountsLine).counts), filter_text=self.choices.filter_text,
            marked=self.marks.ids, to_bring_back=self.commands.to_bring_back,
            can_go_back=bool(self.gives_up or self.marks.ids or self.choices.filter_text) or typing)

    @property
    def gives_up(self) -> bool:
        return self.switching.waits

    def action_back(self) -> None:
        typing = isinstance(self.focused, Input)
        if self.gives_up:
            self.switching.give_up()
        elif self.marks.ids and not typing:
            self.bulk.clear()
        elif self.choices.filter_text or typing:
            self.choices.put("")
            self.choices.leave()

    async def action_person(self) -> None:
        """All that is known of a number, which is asked for."""
        from tui.screens.person import PersonScreen

        await self.open(PersonScreen())

    async def action_do_not_call(self) -> None:
        from tui.screens.do_not_call import DoNotCallScreen

        await self.open(DoNotCallScreen())

    async def action_track(self) -> None:
        from tui.screens.track_campaign import TrackDialog

        def tracked(done: bool | None) -> None:  # noqa: FBT001 - the answer of a dialog
            if done:
                self.work(self.listed.reload)

        await self.open(TrackDialog(), tracked)

    def action_profile(self) -> None:
        self.work(self._profile)

    async def _profile(self) -> None:
        from tui.screens.profiles import ProfilesDialog

        chosen = await self.ask(ProfilesDialog(self.santral.config, self.services.profile.name))
        if chosen is not None:
            await self.services.use(chosen)
            self.santral.remember_profile()
            self.bulk.clear()  # they are of the other account
            self.removed.clear()
            await self.listed.reload(anew=True)
