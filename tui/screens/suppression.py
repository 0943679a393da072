"""Who must not be called, and who was lately: what is asked before they are looked for in a list."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import ProgressBar, Static

from tui.app.dialog import CANCEL, Dialog, DialogButton, labelled, problem_line, text_line
from tui.core.reason import Reason
from tui.core.sanitize import visible
from tui.core.whole_number import whole_number
from tui.i18n.words import say
from tui.operations.blocked import BlockedProgress, BlockedState, blocked_state, fetch_blocked
from tui.text.formats import moment_text, sentence
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor

MAX_DAYS = 3650


class DaysDialog(Dialog[int]):
    """Its answer is how many days back are looked at."""

    HEADING = "screens.before.title"
    BUTTONS = (CANCEL, DialogButton("yes", "screens.before.look", "primary"))
    AUTO_FOCUS = "#days"

    def __init__(self, days: int) -> None:
        super().__init__()
        self._days = days

    def body(self) -> ComposeResult:
        yield text_line(say("screens.before.text"))
        yield labelled(say("screens.before.days"), LineEditor(str(self._days), "", id="days"))
        yield problem_line()

    @on(LineEditor.Submitted)
    @on(Button.Pressed, "#yes")
    def _answer(self) -> None:
        typed = self.query_one("#days", LineEditor).value.strip()
        days = whole_number(typed)
        if days is not None and 1 <= days <= MAX_DAYS:
            self.dismiss(days)
        else:
            self.show_problem(say("screens.before.bad", value=typed, most=MAX_DAYS))


class BlockedDialog(Dialog[None]):
    """The numbers that the provider's account doesn't call: when they were fetched, and fetching them anew."""

    HEADING = "screens.blocked.title"
    BUTTONS = (DialogButton("no", "screens.blocked.look"), DialogButton("yes", "screens.blocked.fetch", "primary"))
    AUTO_FOCUS = "#no"
    STOPS = "blocked"

    def body(self) -> ComposeResult:
        yield text_line(say("screens.blocked.text"))
        yield Static(id="status", markup=False)
        yield ProgressBar(show_eta=False, id="progress")

    def on_mount(self) -> None:
        self.query_one(ProgressBar).display = False
        self.work(self._show_state)

    async def _show_state(self) -> None:
        state = await blocked_state(self.services)
        self._show([say("screens.blocked.never")] if state is None else self._lines(state))

    def _lines(self, state: BlockedState) -> list[str]:
        moment = moment_text(state.fetched_at, self.services.now())
        lines = [say("screens.blocked.state", count=state.count, moment=moment)]
        if state.untold:
            lines.append(say("screens.blocked.untold", count=state.untold))
        if state.odd:
            lines.append(say("operations.blocked.odd", count=state.odd))
        if state.overtaken:
            lines.append(say("operations.blocked.overtaken"))
        return lines

    def _show(self, lines: Sequence[str]) -> None:
        self.query_one("#status", Static).update("\n".join(lines))

    @on(Button.Pressed, "#yes")
    def _asked_to_fetch(self) -> None:
        self.work(self._fetch, group="blocked", exclusive=True)

    async def _fetch(self) -> None:
        bar = self.query_one(ProgressBar)
        bar.display = True
        try:
            await self.attempt(self._fetch_and_show)
        finally:
            bar.display = False

    async def _fetch_and_show(self) -> None:
        self._show(self._lines(await fetch_blocked(self.services, self._show_progress)))

    def refuse(self, reasons: Sequence[Reason]) -> None:
        """It can be tried again here."""
        self._show([visible(sentence(reason)) for reason in reasons])

    def _show_progress(self, progress: BlockedProgress) -> None:
        self.query_one(ProgressBar).update(total=progress.of, progress=progress.pages)
        lines = [say("screens.blocked.so_far", count=progress.numbers)]
        if progress.waiting:
            lines.append(say("screens.records.waiting", count=progress.waiting))
        self._show(lines)
