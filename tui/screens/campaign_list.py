"""The list of campaigns: home."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.timer import Timer
from textual.widgets import Input

from tui.campaign.lifecycle import Action, State
from tui.campaign.parsed_draft import new_values
from tui.config.keymap import Place
from tui.i18n.words import say
from tui.operations.switch import switch
from tui.screens.campaign_rows import CampaignTable
from tui.screens.campaign_table import CampaignList
from tui.screens.incoming import LISTEN_SECONDS, Incoming
from tui.screens.marking import Marking
from tui.screens.question import delete_question
from tui.screens.side_pane import LEAST_WIDTH, PART, SidePane, read_lines
from tui.store import Campaign
from tui.text.formats import id_text, moment_text, read_text, sentence, short
from tui.widgets.binding import bindings
from tui.widgets.lines import Note, TitleLine
from tui.widgets.table import Table

if TYPE_CHECKING:
    from tui.screens.campaign_form import CampaignFormScreen

WATCH_SECONDS = 0.25
PANE_SECONDS = 0.1  # after which the cursor has come to rest: the pane isn't filled on the way


class CampaignListScreen(Marking, Incoming, CampaignList):
    """Every campaign of the profile; it watches the store."""

    HELP_TOPIC = "campaigns"
    BINDINGS = bindings(Place.CAMPAIGN_LIST)
    AUTO_FOCUS = ""  # with an empty list Textual would choose the filter, where a letter is text

    def __init__(self) -> None:
        super().__init__()
        self._version = -1
        self._looking = False
        self._shown = False  # what the first picture shows is not asked for again
        self._pane_timer: Timer | None = None

    def on_mount(self) -> None:
        if not self.query(SidePane):  # the app was ended before it was whole
            return
        self.query_one("#said").display = self.query_one("#marked").display = False
        self.place_pane()
        self.remembered()
        self.query_one(CampaignTable).focus()
        self.watch_every(WATCH_SECONDS, self.watch_store)
        self.set_interval(LISTEN_SECONDS, self.listen)
        self.listen()
        self._shown = self.show_first_look()

    def on_screen_resume(self) -> None:
        if not self._shown:
            self.work(self.reload)
        self._shown = False

    def refresh_texts(self) -> None:
        self.query_one(SidePane).put([])  # it is filled anew in a moment
        super().refresh_texts()

    def on_resize(self) -> None:
        if self.query(SidePane):  # as above
            self.place_pane()

    def watch_store(self) -> None:
        self.query_one(TitleLine).right = self.title_right()
        if not self._looking:  # one look ends before the next begins, else a slow one would never end
            self._looking = True
            self.work(self._look, group="watch")

    async def _look(self) -> None:
        try:
            if any(row.pending or row.state is State.LAUNCHING for row in self.rows.values()):
                await self.services.thread(self.services.store.ledger.recover)
            version = await self.services.thread(self.services.store.data_version)
            if version != self._version:
                await self.reload()
                self._version = version
        finally:
            self._looking = False

    @on(Table.Moved)
    def tell_current(self) -> None:
        """What the campaign under the cursor is waiting for, in a line of its own; all of it beside the list."""
        self.query_one("#line", Note).text = f" {self._waits_for(self.current)}"
        self.fill_pane()

    def _waits_for(self, campaign: Campaign | None) -> str:
        if campaign is None:
            return ""
        if campaign.state is State.UNCONFIRMED and campaign.pinged_at is not None:
            return read_text(campaign.pinged_at, self.services.now())
        if campaign.reason is not None:
            return sentence(campaign.reason)
        if campaign.state is State.UNCONFIRMED:
            return say("text.campaigns.unconfirmed")
        if campaign.id in self.silent:
            moment = moment_text(self.silent[campaign.id], self.services.now())
            return say("screens.campaigns.silent", name=short(campaign.name), moment=moment)
        return ""

    # the pane

    def place_pane(self) -> None:
        """There is one where there is room for it and it isn't put away."""
        pane = self.query_one(SidePane)
        pane.display = self.app.size.width >= LEAST_WIDTH and PART not in self.santral.session.state.hidden
        self.fill_pane()

    def fill_pane(self) -> None:
        if self._pane_timer is None:
            self._pane_timer = self.set_interval(PANE_SECONDS, self._begin_pane, pause=True)
        if self.query_one(SidePane).display:
            self._pane_timer.reset()
            self._pane_timer.resume()

    def _begin_pane(self) -> None:
        if self._pane_timer is not None:
            self._pane_timer.pause()
        self.work(self._fill_pane, group="pane", exclusive=True)

    async def _fill_pane(self) -> None:
        campaign, services = self.current, self.services
        lines = [] if campaign is None else await services.thread(
            read_lines, services.store, campaign, services.now(), services.public_url)
        self.query_one(SidePane).put(lines)

    def action_pane(self) -> None:
        """Put the pane away, or bring it back; that is remembered."""
        state = self.santral.session.state
        self.santral.keep(replace(state, hidden=state.hidden ^ {PART}))
        self.place_pane()

    # what can be done

    def action_take(self) -> None:
        self.copy_to_clipboard(id_text(self.current))

    async def action_new(self) -> None:
        from tui.screens.campaign_form import CampaignFormScreen

        values = new_values()
        if self.services.profile.caller_id:
            values["cli"] = self.services.profile.caller_id
        await self._open_new(CampaignFormScreen(values))  # awaited: what is typed ahead lands in the form

    async def _open_new(self, form: CampaignFormScreen) -> None:
        """Where one comes back from it, the cursor is on what was made there: the next key is meant for that."""
        async def find() -> None:
            try:
                await self.reload()
            finally:
                self.goes_to = None

        def left(_: None) -> None:
            if form.campaign is not None:
                self.goes_to = form.campaign.id
                self.work(find)

        await self.open(form, left)

    def why_no_paste(self) -> str:
        return say("screens.campaigns.no_paste", section=say("campaign.section.numbers"))

    def why_not(self, action: str) -> str | None:
        from tui.screens.list_reasons import why_not_in_list

        return why_not_in_list(self, action)

    @on(Table.Opened)
    async def _clicked(self) -> None:
        await self.run_action("open")

    async def action_open(self) -> None:
        campaign = self.current
        if campaign is None:
            return
        if campaign.state.editable:
            from tui.screens.campaign_form import CampaignFormScreen

            await self.open(CampaignFormScreen(campaign))
        else:
            from tui.screens.campaign_detail import CampaignDetailScreen

            await self.open(CampaignDetailScreen(campaign.id))

    async def action_results(self) -> None:
        from tui.screens.results import ResultsScreen

        if self.current is not None:
            await self.open(ResultsScreen(self.current.id))

    async def action_test(self) -> None:
        from tui.screens.trial_call import ask_for_test_call

        if self.current is not None:
            await ask_for_test_call(self, self.current.id)

    async def action_copy(self) -> None:
        await self._guarded(self._copy)  # awaited, as above: a letter of the name is a command here

    async def _copy(self) -> None:
        from tui.screens.campaign_form import CampaignFormScreen

        campaign = self.current
        if campaign is None:
            return
        made = await self.services.thread(self.services.store.drafts.copy, campaign.id, numbers=False)
        self.notify(say("screens.campaigns.copied", name=short(campaign.name)))
        await self._open_new(CampaignFormScreen(await self.services.thread(self.services.store.campaigns.get, made)))

    async def action_switch(self) -> None:
        campaign = self.current
        if self.marked:
            self.work(partial(self.ask_marked, Action.OFF, Action.ON), group="bulk")
        elif campaign is not None and campaign.state is State.ON:
            self.work(partial(self._switch, campaign, Action.OFF), group="switch")
        elif campaign is not None:
            await self._guarded(partial(self._switch_on, campaign))  # awaited, as above

    async def _switch_on(self, campaign: Campaign) -> None:
        from tui.screens.switch_on import switch_on_question

        def answered(sure: bool | None) -> None:  # noqa: FBT001 - the answer of a question
            if sure:
                self.work(partial(self._switch, campaign, Action.ON), group="switch")

        await self.open(await switch_on_question(self.services, campaign), answered)

    async def _switch(self, campaign: Campaign, action: Action) -> None:
        self.set_timer(0.03, self.watch_store)  # the list says "switching" as soon as that is remembered
        try:
            done = await switch(self.services, campaign.id, action)
        finally:
            await self.reload()
        from tui.screens.list_reasons import SWITCHED

        self.notify(say(SWITCHED[done], name=short(campaign.name)))

    async def action_delete(self) -> None:
        if self.marked:
            self.work(partial(self.ask_marked, Action.DELETE), group="bulk")
        else:
            await self._guarded(self._delete)

    async def _delete(self) -> None:
        campaign = self.current
        if campaign is None:
            return
        if campaign.state.editable:
            if not self.santral.held():  # else one draft after another would go
                await self._remove(campaign)
            return
        question = delete_question(campaign)

        def answered(sure: bool | None) -> None:  # noqa: FBT001 - the answer of a question
            if sure:
                self.work(partial(self._switch, campaign, Action.DELETE), group="switch")

        await self.open(question, answered)

    async def _remove(self, draft: Campaign) -> None:
        await self.services.thread(self.services.store.drafts.remove, draft.id)
        self.removed.append([draft.id])
        await self.reload()
        self.notify(say("screens.campaigns.draft_removed", name=short(draft.name or say("screens.unnamed"))))

    def action_undo(self) -> None:
        self.work(self._undo)

    @property
    def to_bring_back(self) -> list[int] | None:
        """The drafts that were removed last; with the cursor on a removed one, that one."""
        campaign = self.current
        if campaign is not None and campaign.state is State.DELETED and campaign.provider_id is None:
            return [campaign.id]
        return self.removed[-1] if self.removed else None

    async def _undo(self) -> None:
        back = self.to_bring_back or []
        for draft in back:
            await self.services.thread(self.services.store.drafts.bring_back, draft)
        steps = ([draft for draft in step if draft not in back] for step in self.removed)
        self.removed = [step for step in steps if step]
        await self.reload()
        self.notify(say("screens.campaigns.drafts_back", count=len(back)))

    async def action_adopt(self) -> None:
        from tui.screens.track_campaign import TrackDialog

        def adopted(done: bool | None) -> None:  # noqa: FBT001 - the answer of a dialog
            if done:
                self.work(self.reload)

        await self.open(TrackDialog(), adopted)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are commands where no text is typed."""
        return action in ("back", "copy_text") or not isinstance(self.focused, Input)

    @property
    def can_go_back(self) -> bool:
        """Whether there is anything to leave: this is the first screen."""
        return bool(self.santral.waiting or self.marked or self.filter_text) or isinstance(self.focused, Input)

    def action_back(self) -> None:
        if self.santral.waiting:
            self.workers.cancel_group(self, "switch")
            self.notify(say("screens.given_up"), severity="warning")
        elif not isinstance(self.focused, Input) and self.clear_marks():
            return
        elif self.filter_text or isinstance(self.focused, Input):
            self.put_filter("")
            self.leave_filter()

    def action_profile(self) -> None:
        self.work(self._profile)

    async def _profile(self) -> None:
        from tui.screens.profiles import ProfilesDialog

        chosen = await self.ask(ProfilesDialog(self.santral.config, self.services.profile.name))
        if chosen is not None:
            await self.services.use(chosen)
            self.santral.remember_profile()
            self.clear_marks()  # they are of the other account
            self.removed.clear()
            await self.reload(anew=True)
