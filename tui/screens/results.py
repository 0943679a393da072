"""The results of a campaign, live: how many were reached, what they pressed, and each number."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from tui.app.screen import AppScreen
from tui.app.store_watcher import StoreWatcher
from tui.config.keymap import Place
from tui.i18n.words import say
from tui.operations.campaign_results import ResultFigures, calls_of_number, read_figures
from tui.screens.never_call import ask_never_to_call, why_not_never
from tui.screens.results_headline import headline, rounds_line
from tui.screens.results_list import ResultsList, attempts_title, phone_text, typed_phone
from tui.screens.results_pictures import ResultsPictures, next_one, on_the_keypad
from tui.store import Campaign, ResultFilter
from tui.text.formats import clock_text, moment_text, state_shown
from tui.widgets.bars import Bars
from tui.widgets.binding import bindings
from tui.widgets.editors import TextLine
from tui.widgets.lines import KeyLine, Note, TitleLine
from tui.widgets.table import Table

WATCH_SECONDS = 0.2  # five pictures a second at most, however fast results come


class ResultsScreen(AppScreen[None]):
    """What came in of a campaign."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    HELP_TOPIC = "results"
    BINDINGS = bindings(Place.RESULTS)
    AUTO_FOCUS = "#results"

    def __init__(self, campaign_id: int) -> None:
        super().__init__(classes="-results")
        self.campaign_id = campaign_id
        self.figures: ResultFigures | None = None  # None till they are read
        self.listed = ResultsList(self, campaign_id)
        self.watcher = StoreWatcher(self, self.reload, each_look=self._before_look)

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        yield Note(id="headline")
        yield ResultsPictures(id="pictures")
        yield Note(id="filters")
        yield TextLine(placeholder=say("screens.results.search"), compact=True, id="search")
        yield Table(self.listed.columns(), id="results")
        yield Note(id="empty")
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one("#search").display = False
        self.watcher.start(WATCH_SECONDS)
        self.watcher.look()
        self.work(self._learn_names, group="account")

    # what is shown

    async def _learn_names(self) -> None:
        """What keys lead to is shown by name: as it is remembered, then as the provider says now."""
        for learn in (self.services.directory.recall, self.services.directory.refresh):
            await learn()
            self.watcher.forget()

    async def _before_look(self) -> None:
        if not self.listed.pages.up_to_date:  # what the filter names could not be read
            self.watcher.forget()
        self._show_right()

    async def reload(self) -> None:
        """Ask the store anew; the cursor stays on its number."""
        services = self.services
        figures = await services.thread(read_figures, services.store, self.campaign_id, services.now())
        page = await self.listed.read()
        self.figures = figures
        with self.app.batch_update():  # one picture of it all
            self._show_figures()
            if page is not None:
                self.listed.show(page)

    def refresh_texts(self) -> None:
        self._show_right()
        self._show_figures()
        self.listed.refresh()

    def _show_right(self) -> None:
        now = self.services.now()
        last = None if self.figures is None else self.figures.totals.last_received_at
        ago = say("screens.results.last", moment=moment_text(last, now)) if last is not None else ""
        self.query_one(TitleLine).right = "   ".join(part for part in (ago, clock_text(now)) if part)

    def _show_figures(self) -> None:
        figures = self.figures
        if figures is None:
            return
        campaign, totals, now = figures.campaign, figures.totals, self.services.now()
        state = state_shown(campaign, now, complete=totals.complete)
        name = campaign.name or say("screens.unnamed")
        left = f"{self.services.profile.name} › {name} › {say('screens.results.title')}  {state}"
        self.query_one(TitleLine).left = left
        self._show_right()
        lines = [*headline(campaign, totals, now), *rounds_line(figures.rounds)]
        note = self.query_one("#headline", Note)
        note.text = "\n".join(lines)
        note.styles.height = len(lines)
        self.query_one(ResultsPictures).show(figures, self.services.directory.account)

    # filters

    def _narrow(self, chosen: ResultFilter) -> None:
        self.listed.filter = chosen
        self.query_one(ResultsPictures).mark(chosen)
        self.work(self.listed.reload, group="filter", exclusive=True)

    @on(Table.Wanted)
    def fetch(self, event: Table.Wanted) -> None:
        self.work(partial(self.listed.pages.fetch, event.start, event.end), group="page", exclusive=True)

    def action_filter(self, step: int) -> None:
        self._narrow(self.listed.step(step))

    def action_status(self) -> None:
        if self.figures is not None:
            chosen = self.listed.filter
            self._narrow(replace(chosen, status=next_one(chosen.status, list(self.figures.counts.by_status))))

    def action_digit(self) -> None:
        if self.figures is not None:
            chosen, known = self.listed.filter, sorted(filter(None, self.figures.counts.by_digit), key=on_the_keypad)
            self._narrow(replace(chosen, digit=next_one(chosen.digit, known)))

    @on(Bars.Clicked, "#statuses")
    def _status_clicked(self, event: Bars.Clicked) -> None:
        chosen = self.listed.filter
        self._narrow(replace(chosen, status=None if chosen.status == event.key else event.key))

    @on(Bars.Clicked, "#digits")
    def _digit_clicked(self, event: Bars.Clicked) -> None:
        chosen = self.listed.filter
        self._narrow(replace(chosen, digit=None if chosen.digit == event.key else event.key))

    def action_search(self) -> None:
        box = self.query_one("#search", Input)
        box.display = True
        self.set_focus(box)

    @on(Input.Changed, "#search")
    def _search_typed(self, event: Input.Changed) -> None:
        self._narrow(replace(self.listed.filter, words=event.value))

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        self.query_one("#search").display = bool(self.listed.filter.words)
        self.set_focus(self.query_one(Table))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are commands where no text is typed."""
        return action in ("leave", "copy_text") or not isinstance(self.focused, Input)

    # what can be done

    def why_not(self, action: str) -> str | None:
        figures = self.figures
        if action == "attempts":
            return self._why_no_attempts()
        if action == "view":
            return say("screens.results.all_seen") if self.has_class("-wide") else None
        if action == "never":
            return self._why_not_never()
        if action not in ("status", "digit", "export", "plan", "follow", "records"):
            return None
        if figures is None:
            return say("screens.still_reading")
        pressed = any(figures.counts.by_digit)
        if action == "digit" and figures.totals.records and not pressed:
            return say("screens.results.no_keys")
        known = {"status": bool(figures.counts.by_status), "digit": pressed}
        return None if known.get(action, True) else say("screens.results.nothing_came")

    def _why_no_attempts(self) -> str | None:
        row = self.listed.current
        if row is None:
            return self._why_no_row()
        return None if row.attempts else say("screens.results.no_attempts", phone=phone_text(row))

    def _why_not_never(self) -> str | None:
        row = self.listed.current
        return self._why_no_row() if row is None else why_not_never(row.phone)

    def _why_no_row(self) -> str:
        reading = self.listed.pages.count or self.figures is None
        return say("screens.still_reading") if reading else self.listed.why_empty()

    def action_take(self) -> None:
        row = self.listed.current
        self.copy_to_clipboard(row.phone if row is not None else None)

    async def action_person(self) -> None:
        """All that is known of the number under the cursor, of other campaigns too."""
        from tui.screens.person import PersonScreen

        row = self.listed.current
        await self.open(PersonScreen("" if row is None else typed_phone(row)))

    @on(Table.Opened)
    async def _clicked(self) -> None:
        await self.run_action("attempts")

    async def action_attempts(self) -> None:
        """Every attempt to reach the number under the cursor."""
        from tui.screens.calls import CallsScreen
        from tui.screens.person import PersonScreen

        row, services = self.listed.current, self.services
        assert row is not None  # noqa: S101 - `why_not` has seen to it
        calls = await services.thread(calls_of_number, services.store, self.campaign_id, row)
        await self.open(CallsScreen(typed_phone(row), attempts_title(row), calls,
                                    person=lambda: PersonScreen(typed_phone(row))))

    async def action_never(self) -> None:
        """Nobody calls the number under the cursor again."""
        row = self.listed.current
        assert row is not None  # noqa: S101 - `why_not` has seen to it
        await ask_never_to_call(self, row.phone)

    def action_view(self) -> None:
        """Bars or the calls over time, where there is no room for both."""
        self.set_class(not self.has_class("-plot"), "-plot")

    async def action_export(self) -> None:
        from tui.screens.export import ExportDialog

        if self.figures is not None:
            await self.open(ExportDialog(self.figures.campaign, self.listed.filter))

    async def action_plan(self) -> None:
        """What becomes of all its numbers, by a plan."""
        from tui.screens.follow_up_plan import FollowUpPlanScreen

        if self.figures is not None:
            await self.open(FollowUpPlanScreen(self.figures.campaign), self._planned)

    async def _planned(self, drafts: tuple[Campaign, ...] | None) -> None:
        if not drafts:
            return
        if len(drafts) == 1:
            await self._open_draft(drafts[0])
        refs = ", ".join(draft.ref for draft in drafts)
        self.notify(say("screens.plan.made", count=len(drafts), refs=refs))

    async def action_follow(self) -> None:
        """A draft of the numbers that are shown."""
        from tui.screens.follow_up import FollowUpDialog

        if self.figures is not None:
            await self.open(FollowUpDialog(self.figures.campaign, self.listed.filter), self._open_draft)

    async def _open_draft(self, draft: Campaign | None) -> None:
        from tui.screens.campaign_form import CampaignFormScreen

        if draft is not None:
            await self.open(CampaignFormScreen(draft))

    async def action_records(self) -> None:
        from tui.screens.call_records import CallRecordsDialog

        if self.figures is not None:
            await self.open(CallRecordsDialog(self.figures.campaign))

    def action_leave(self) -> None:
        box = self.query_one("#search", Input)
        if box.display:
            box.value = ""
            box.display = False
            self.set_focus(self.query_one(Table))
        elif self.listed.filter != ResultFilter():
            self._narrow(self.listed.everything())
        else:
            self.dismiss()
