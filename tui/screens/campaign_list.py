"""The list of campaigns: home."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from tui.app.screen import AppScreen
from tui.app.store_watcher import StoreWatcher
from tui.campaign.lifecycle import Action, State
from tui.config.keymap import Place
from tui.i18n.words import say
from tui.screens.bulk_commands import BulkCommands
from tui.screens.campaign_choices import CampaignChoices
from tui.screens.campaign_commands import CampaignCommands
from tui.screens.campaign_marks import CampaignMarks, RemovedDrafts
from tui.screens.campaign_notes import CampaignNotes
from tui.screens.campaign_rows import CampaignTable, columns
from tui.screens.campaign_table import READING_ANEW, ListedCampaigns
from tui.screens.incoming import LISTEN_SECONDS, Incoming
from tui.screens.side_pane import CampaignPane, SidePane
from tui.screens.switching import SwitchCommands
from tui.store import Campaign
from tui.text.formats import id_text
from tui.widgets.binding import bindings
from tui.widgets.counts import CountsLine
from tui.widgets.editors import TextLine
from tui.widgets.lines import KeyLine, Note, TitleLine
from tui.widgets.table import Table

if TYPE_CHECKING:
    from tui.screens.list_reasons import ListNow

WATCH_SECONDS = 0.25


class CampaignListScreen(AppScreen[None]):
    """Every campaign of the profile that the filter names; it watches the store.

    It composes what is seen, and hands each command and message to the part that it is about.
    """

    HELP_TOPIC = "campaigns"
    BINDINGS = bindings(Place.CAMPAIGN_LIST)
    AUTO_FOCUS = ""  # with an empty list Textual would choose the filter, where a letter is text

    def __init__(self) -> None:
        super().__init__()
        self.marks = CampaignMarks()
        self.removed = RemovedDrafts()
        self.incoming = Incoming(self)
        self.listed = ListedCampaigns(self, self.marks, self.incoming, shown=self._show_around)
        self.choices = CampaignChoices(self, self.listed)
        self.notes = CampaignNotes(self, self.listed, self.choices, self.marks, self.incoming)
        self.pane = CampaignPane(self, lambda: self.current)
        self.watcher = StoreWatcher(self, self.listed.reload, each_look=self._before_look)
        self.switching = SwitchCommands(self, begun=self._look_soon, ended=self.listed.reload)
        self.commands = CampaignCommands(self, self.listed, self.switching, self.removed)
        self.bulk = BulkCommands(self, self.listed, self.marks, self.removed, self.notes)
        self._shown = False  # what the first picture shows is not asked for again
        self.uncovered.add(self.show_again)

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
        self.set_front_interval(WATCH_SECONDS, self.watch_store)
        self.set_interval(LISTEN_SECONDS, self.listen)
        self.call_after_refresh(self.listen)  # what it loads would keep the first picture waiting
        self._shown = self._show_first_look()

    def show_again(self) -> None:
        """Whatever changed while another screen lay over it."""
        if not self._shown:
            self.work(self.listed.reload)
        self._shown = False

    def on_resize(self) -> None:
        if self.query(SidePane):  # the app may be ended before the screen is whole
            self.pane.place()

    # what is shown

    @property
    def current(self) -> Campaign | None:
        """The campaign under the cursor."""
        return self.listed.current

    def watch_store(self) -> None:
        self.notes.show_right()
        self.watcher.look()

    async def _before_look(self) -> None:
        """What a killed process left behind is looked for where something seems to be under way."""
        if not self.listed.pages.up_to_date:  # what the filter names could not be read
            self.watcher.forget()
        if any(campaign.pending or campaign.state is State.LAUNCHING for campaign in self.listed.pages.items.values()):
            await self.services.thread(self.services.store.ledger.recover)

    def _look_soon(self) -> None:
        self.set_timer(0.03, self.watch_store)  # the list says "switching" as soon as that is remembered

    def _show_first_look(self) -> bool:
        """Show what was asked for while the program was loaded, if it has come: it is in the first picture then."""
        session = self.santral.session
        first, session.first_look = session.first_look, None
        if first is None or not first.done() or first.exception() is not None:
            return False
        self.listed.show(first.result())
        return True

    @on(Table.Wanted)
    def fetch(self, event: Table.Wanted) -> None:
        self.work(partial(self._fetch, event.start, event.end), group="page", exclusive=True)

    async def _fetch(self, start: int, end: int) -> None:
        await self.listed.pages.fetch(start, end)
        self.show_current()

    async def _read_at_once(self) -> None:
        """Wait for another list that is being read: what is typed ahead is for its rows."""
        if any(worker.group == READING_ANEW and worker.is_running for worker in self.workers):
            self.workers.cancel_group(self, READING_ANEW)
            await self.screen_work.guarded(partial(self.listed.reload, anew=True))

    def listen(self) -> None:
        """Look after the receiver and its alarms; by itself every few seconds."""
        self.work(self._listen, group="hear", exclusive=True)

    async def _listen(self) -> None:
        changed = await self.incoming.read()
        self.notes.show_right()
        if changed:
            await self.listed.reload()

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

    def action_pane(self) -> None:
        self.pane.put_away()

    # which are listed, and in which order

    def action_filter(self) -> None:
        self.choices.enter()

    @on(Input.Changed, "#filter")
    def _filter_typed(self, event: Input.Changed) -> None:
        self.choices.typed(event.value)

    @on(Input.Submitted, "#filter")
    async def _filter_done(self) -> None:
        await self._read_at_once()
        if not self.choices.refuse():  # else what was typed stays, and so does what is shown
            self.choices.leave()

    @on(CountsLine.Chosen)
    def _count_chosen(self, event: CountsLine.Chosen) -> None:
        self.choices.choose(event.key)

    async def action_state(self, step: int) -> None:
        """Go on to the next of the counts."""
        self.choices.choose_next(step)
        await self._read_at_once()

    def action_deleted(self) -> None:
        shown = self.choices.turn_deleted()
        self.notify(say("screens.campaigns.with_deleted" if shown else "screens.campaigns.without_deleted"))
        self.work(self.listed.reload)

    async def action_sort(self) -> None:
        self.choices.sort_by(self.listed.next_sort())
        await self._read_at_once()

    async def action_sort_back(self) -> None:
        self.choices.sort_by(self.listed.sort_back())
        await self._read_at_once()

    @on(Table.HeadingClicked)
    def _heading_clicked(self, event: Table.HeadingClicked) -> None:
        self.choices.sort_by(self.listed.sort_of(event.column))

    # marks

    def action_mark(self) -> None:
        self.bulk.mark_current()

    def action_mark_range(self, step: int) -> None:
        self.bulk.extend(step)

    def action_mark_all(self) -> None:
        self.work(self.bulk.mark_all, group="mark", exclusive=True)

    @on(Table.Reached)
    def _reached(self, event: Table.Reached) -> None:
        self.bulk.reach(event.row, alone=event.alone)

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
            current=self.current, count=self.listed.count, counts_shown=len(self.query_one(CountsLine).counts),
            filter_text=self.choices.filter_text, marked=self.marks.ids, to_bring_back=self.commands.to_bring_back,
            can_go_back=bool(self.santral.waiting or self.marks.ids or self.choices.filter_text) or typing,
            width=self.app.size.width)

    async def action_person(self) -> None:
        """All that is known of a number, which is asked for."""
        from tui.screens.person import PersonScreen

        await self.open(PersonScreen())

    def action_take(self) -> None:
        self.copy_to_clipboard(id_text(self.current))

    async def action_new(self) -> None:
        await self.commands.new()

    @on(Table.Opened)
    async def _clicked(self) -> None:
        await self.run_action("open")

    async def action_open(self) -> None:
        await self.commands.open()

    async def action_results(self) -> None:
        await self.commands.open_results()

    async def action_test(self) -> None:
        from tui.screens.trial_call import ask_for_test_call

        if self.current is not None:
            await ask_for_test_call(self, self.current.id)

    async def action_again(self) -> None:
        # Awaited, as a copy is: what is typed ahead lands in the form.
        await self.screen_work.guarded(self.commands.again)

    async def action_replace(self) -> None:
        await self.screen_work.guarded(self.commands.replace)

    async def action_copy(self) -> None:
        # Awaited: a letter of the name, typed ahead, is a command here.
        await self.screen_work.guarded(self.commands.copy)

    async def action_switch(self) -> None:
        campaign = self.current
        if self.marks.ids:
            self.work(partial(self.bulk.ask_marked, Action.OFF, Action.ON), group="bulk")
        elif campaign is not None and campaign.state is State.ON:
            self.switching.begin(campaign, Action.OFF)
        elif campaign is not None:
            await self.screen_work.guarded(partial(self.switching.ask_switch_on, campaign))

    def action_stop_all(self) -> None:
        self.work(self.bulk.stop_all, group="bulk")

    async def action_delete(self) -> None:
        if self.marks.ids:
            self.work(partial(self.bulk.ask_marked, Action.DELETE), group="bulk")
        else:
            await self.screen_work.guarded(self.commands.delete)

    def action_undo(self) -> None:
        self.work(self.commands.bring_back)

    async def action_track(self) -> None:
        from tui.screens.track_campaign import TrackDialog

        def tracked(done: bool | None) -> None:  # noqa: FBT001 - the answer of a dialog
            if done:
                self.work(self.listed.reload)

        await self.open(TrackDialog(), tracked)

    def action_webhook(self) -> None:
        self.work(self.incoming.check_webhook, group="webhook", exclusive=True)

    def action_unreadable(self) -> None:
        self.work(self.incoming.show_unreadable)

    async def action_do_not_call(self) -> None:
        from tui.screens.do_not_call import DoNotCallScreen

        await self.open(DoNotCallScreen())

    def action_back(self) -> None:
        typing = isinstance(self.focused, Input)
        if self.santral.waiting:
            self.workers.cancel_group(self, "switch")
            self.notify(say("screens.given_up"), severity="warning")
        elif self.marks.ids and not typing:
            self.bulk.clear()
        elif self.choices.filter_text or typing:
            self.choices.put("")
            self.choices.leave()

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
