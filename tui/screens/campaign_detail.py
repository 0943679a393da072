"""A campaign that was launched: what it is, in words, and what happened to it."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.widgets import Static

from tui.app.leaving import switch_screen
from tui.app.screen import AppScreen
from tui.app.screen_work import refusal
from tui.app.store_watcher import StoreWatcher
from tui.campaign.fields import PHONE_LIST
from tui.campaign.lifecycle import State
from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.campaign_record import CampaignRecord, read_record
from tui.screens.switching import SwitchCommands
from tui.store import Campaign
from tui.text.campaign import DATED, LABELLED, campaign_lines, history_lines, lineage_lines
from tui.text.formats import clock_text, id_text, short, state_shown
from tui.widgets.binding import bindings
from tui.widgets.lines import KeyLine, TitleLine
from tui.widgets.page import Page
from tui.widgets.text_lines import wrapped

WATCH_SECONDS = 0.25
BESIDE = 4  # what stands beside the text: a blank at either side, and the bar that shows where one is


class CampaignDetailScreen(AppScreen[None]):
    """Read-only: what reached the provider can't be changed there."""

    HELP_TOPIC = "campaign"
    BINDINGS = bindings(Place.CAMPAIGN_DETAIL)
    AUTO_FOCUS = "#body"

    def __init__(self, campaign_id: int) -> None:
        super().__init__()
        self.campaign_id = campaign_id
        self._record: CampaignRecord | None = None  # None till it is read
        self._watcher = StoreWatcher(self, self.reload, each_look=self._before_look)
        self._switching = SwitchCommands(self, ended=self.reload)

    @property
    def campaign(self) -> Campaign | None:
        """As it was read last; None before that."""
        return None if self._record is None else self._record.campaign

    @property
    def _complete(self) -> bool:
        return self._record is not None and self._record.complete

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        with Page(id="body"):
            yield Static(id="words", markup=False)
            yield Static(say("screens.campaign.history"), markup=False, classes="heading")
            yield Static(id="history", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#body", Page).expect_text()
        self._watcher.start(WATCH_SECONDS)
        self._watcher.look()

    def refresh_texts(self) -> None:
        self._show_time()
        self._show()

    def _show_time(self) -> None:
        self.query_one(TitleLine).right = clock_text(self.services.now())

    async def _before_look(self) -> None:
        services, campaign = self.services, self.campaign
        if campaign is not None and (campaign.pending or campaign.state is State.LAUNCHING):
            await services.thread(services.store.ledger.recover)
        self._show_time()

    async def reload(self) -> None:
        """Read anew what is remembered of it."""
        self._record = await self.services.thread(read_record, self.services.store, self.campaign_id)
        self._show()
        self.refresh_bindings()

    def _show(self) -> None:
        record, now = self._record, self.services.now()
        if record is None:
            return
        campaign = record.campaign
        self.query_one(TitleLine).left = f"{self.services.profile.name} › {campaign.name}"
        about = campaign_lines(campaign, now, complete=record.complete, way_out="screens.campaign.unconfirmed")
        words = [*about, *lineage_lines(record.kin, now)]
        body = self.query_one("#body", Page)
        for part, lines, hang in (("#words", words, LABELLED), ("#history", history_lines(record.history, now), DATED)):
            width = body.size.width - BESIDE
            rows = [row for line in lines for row in wrapped(visible(line), width, hang)]
            self.query_one(part, Static).update("\n".join(rows))
        body.text_came()

    def on_resize(self) -> None:
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What its state rules out stands in the last line in grey; what only an unconfirmed one needs, not at all."""
        if self.campaign is not None:
            if action == "resolve":
                return self.campaign.state is State.UNCONFIRMED
            if action in ("switch", "delete"):
                return True if self.campaign.state in (State.ON, State.OFF) else None
        return True

    def why_not(self, action: str) -> str | None:
        from tui.screens.list_reasons import why_not_replaced, why_not_switched

        if action not in ("switch", "delete", "resolve", "replace"):
            return None
        if self.campaign is None:
            return say("screens.still_reading")
        refused = refusal(self.services.must_be_writable)
        if action == "replace":
            return refused or why_not_replaced(self.campaign, self.services, complete=self._complete)
        if action != "resolve":
            return refused or why_not_switched(action, self.campaign, self.services, complete=self._complete)
        if self.campaign.state is State.UNCONFIRMED:
            return refused
        state = state_shown(self.campaign, self.services.now(), complete=self._complete).word
        return say("screens.campaign.no_resolve", name=short(self.campaign.name), state=state)

    async def action_switch(self) -> None:
        if self.campaign is not None:
            await self._switching.turn(self.campaign)

    async def action_delete(self) -> None:
        if self.campaign is not None:
            await self.screen_work.guarded(partial(self._switching.ask_delete, self.campaign))

    async def action_replace(self) -> None:
        from tui.screens.successor import ask_to_replace

        if self.campaign is not None:
            await self.screen_work.guarded(partial(ask_to_replace, self, self.campaign))

    async def action_results(self) -> None:
        from tui.screens.results import ResultsScreen

        await self.open(ResultsScreen(self.campaign_id))

    async def action_test(self) -> None:
        from tui.screens.trial_call import ask_for_test_call

        await ask_for_test_call(self, self.campaign_id)

    async def action_person(self) -> None:
        """All that is known of a number, which is asked for."""
        from tui.screens.person import PersonScreen

        await self.open(PersonScreen())

    def action_take(self) -> None:
        self.copy_to_clipboard(id_text(self.campaign))

    async def action_copy(self) -> None:
        await self.screen_work.guarded(self._copy)  # awaited: what is typed ahead lands in the form

    async def action_again(self) -> None:
        await self.screen_work.guarded(self._again)

    async def _again(self) -> None:
        from tui.operations.again import make_again
        from tui.screens.campaign_form import CampaignFormScreen

        draft = await make_again(self.services, self.campaign_id)
        await switch_screen(self, CampaignFormScreen(draft, field=PHONE_LIST))

    async def _copy(self) -> None:
        from tui.screens.campaign_form import CampaignFormScreen

        made = await self.services.thread(self.services.store.drafts.copy, self.campaign_id, numbers=False)
        draft = await self.services.thread(self.services.store.campaigns.get, made)
        await switch_screen(self, CampaignFormScreen(draft))

    def action_resolve(self) -> None:
        self.work(self._resolve)

    async def _resolve(self) -> None:
        from tui.screens.track_campaign import ResolveDialog

        if self.campaign is not None and await self.ask(ResolveDialog(self.campaign)):
            campaign = await self.services.thread(self.services.store.campaigns.get, self.campaign_id)
            self.notify(say("screens.resolve.done", name=short(campaign.name),
                          state=state_shown(campaign, self.services.now(), complete=self._complete).word))
            if campaign.state.editable:
                self.dismiss()

    @property
    def gives_up(self) -> bool:
        return self._switching.waits

    def action_leave(self) -> None:
        if self.gives_up:
            self._switching.give_up()
            return
        self.dismiss()
