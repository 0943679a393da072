"""The results of a campaign, live: how many were reached, what they pressed, and each number."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from tui.app.screen import AppScreen
from tui.app.store_watcher import StoreWatcher
from tui.config.keymap import Place
from tui.i18n.words import say
from tui.operations.campaign_results import ResultFigures, read_figures
from tui.screens.results_choices import ResultsChoices
from tui.screens.results_commands import ResultsCommands
from tui.screens.results_headline import headline, lives_lines, rounds_line
from tui.screens.results_list import ResultsList
from tui.screens.results_number import NumberCommands
from tui.screens.results_pictures import ResultsPictures
from tui.screens.search_line import SearchLine
from tui.screens.switching import SwitchCommands
from tui.text.formats import clock_text, moment_text, short, state_shown
from tui.widgets.bars import Bars
from tui.widgets.binding import bindings
from tui.widgets.editors import TextLine
from tui.widgets.lines import KeyLine, Note, TitleLine
from tui.widgets.table import Table

WATCH_SECONDS = 0.2  # five pictures a second at most, however fast results come


class ResultsScreen(AppScreen[None]):
    """What came in of a campaign; it watches the store. The commands of its parts are theirs, as the key map says."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    HELP_TOPIC = "results"
    BINDINGS = bindings(Place.RESULTS)
    AUTO_FOCUS = "#results"

    def __init__(self, campaign_id: int) -> None:
        super().__init__(classes="-results")
        self.campaign_id = campaign_id
        self.listed = ResultsList(self, campaign_id)
        self.choices = ResultsChoices(self, self.listed)
        self.search = SearchLine(self, lambda: self.listed.filter.words)
        self.number = NumberCommands(self, self.listed, campaign_id)
        self.switching = SwitchCommands(self, ended=self.reload)
        self.commands = ResultsCommands(self, self.listed, self.switching)
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
        self.search.hide()
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
        life = self.listed.life
        figures = await services.thread(partial(read_figures, services.store, life or self.campaign_id, services.now(),
                                                alone=life is not None))
        page = await self.listed.read()
        self.listed.figures = figures
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
        figures = self.listed.figures
        last = None if figures is None else figures.totals.last_received_at
        ago = say("screens.results.last", moment=moment_text(last, now)) if last is not None else ""
        self.query_one(TitleLine).right = "   ".join(part for part in (ago, clock_text(now)) if part)

    def _show_figures(self) -> None:
        figures = self.listed.figures
        if figures is None:
            return
        campaign, totals, now = figures.campaign, figures.totals, self.services.now()
        state = state_shown(campaign, now, complete=figures.own.complete)
        name = campaign.name or say("screens.unnamed")
        title = self.query_one(TitleLine)
        title.left = f"{self.services.profile.name} › {name} › {say('screens.results.title')}{_scope(figures)}"
        title.state = str(state)
        self._show_right()
        lines = [*headline(campaign, totals, now, own=figures.own), *lives_lines(figures),
                 *rounds_line(figures.rounds)]
        note = self.query_one("#headline", Note)
        note.text = "\n".join(lines)
        note.styles.height = len(lines)
        self.query_one(ResultsPictures).show(figures, self.services.directory.account)

    # messages

    @on(Table.Wanted)
    def _wanted(self, event: Table.Wanted) -> None:
        self.work(partial(self.listed.pages.fetch, event.start, event.end), group="page", exclusive=True)

    @on(Bars.Clicked, "#statuses")
    def _status_clicked(self, event: Bars.Clicked) -> None:
        self.choices.turn_status(event.key)

    @on(Bars.Clicked, "#digits")
    def _digit_clicked(self, event: Bars.Clicked) -> None:
        self.choices.turn_digit(event.key)

    @on(Input.Changed, "#search")
    def _search_typed(self, event: Input.Changed) -> None:
        self.choices.typed(event.value)

    @on(Input.Submitted, "#search")
    def _search_entered(self) -> None:
        self.search.entered()

    @on(Table.Opened)
    async def _clicked(self) -> None:
        await self.run_action("number.attempts")

    # what can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are commands where no text is typed."""
        return action in ("leave", "copy_text") or not isinstance(self.focused, Input)

    def why_not(self, action: str) -> str | None:
        if action == "life":
            return self._why_no_life()
        return say("screens.results.all_seen") if action == "view" and self.has_class("-wide") else None

    def _why_no_life(self) -> str | None:
        figures = self.listed.figures
        if figures is None:
            return say("screens.still_reading")
        return None if figures.lives else say("screens.results.one_life", name=short(figures.campaign.name))

    async def action_life(self) -> None:
        """One life alone after the other, then all of them together."""
        self.listed.life = self.listed.next_life()
        await self.screen_work.guarded(self.reload)

    def action_view(self) -> None:
        """Bars or the calls over time, where there is no room for both."""
        self.set_class(not self.has_class("-plot"), "-plot")

    @property
    def gives_up(self) -> bool:
        return self.switching.waits

    def action_leave(self) -> None:
        if self.gives_up:
            self.switching.give_up()
        elif not self.search.clear() and not self.choices.widen():
            self.dismiss()


def _scope(figures: ResultFigures) -> str:
    """Of which lives the results are; "" where there is one alone."""
    if not figures.lives:
        return ""
    if figures.life is None:
        return f" {say('text.lives.mark', count=len(figures.lives))}"
    return f" {say('text.lives.earlier', number=figures.life.life)}"
