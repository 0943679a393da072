"""Who must not be called, and who was lately: what is asked before they are looked for in a list."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Label, ProgressBar, Static

from tui.app.screen import Dialog, reasons_of
from tui.core.sanitize import visible
from tui.core.whole_number import whole_number
from tui.i18n.words import grouped, say
from tui.operations.blocked import BlockedProgress, BlockedState, blocked_state, fetch_blocked
from tui.store.suppression import SuppressedCounts
from tui.text.formats import moment_text, sentence, short
from tui.widgets.button import Button, ConfirmButton
from tui.widgets.editors import Edited, LineEditor

MOST_DAYS = 3650


class DaysDialog(Dialog[int]):
    """Its answer is how many days back are looked at."""

    AUTO_FOCUS = "#days"

    def __init__(self, days: int) -> None:
        super().__init__()
        self._days = days

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(say("screens.before.title"), markup=False, classes="title")
            yield Static(say("screens.before.text"), markup=False, classes="text")
            with Horizontal(classes="line"):
                yield Label(say("screens.before.days"), markup=False, classes="label")
                yield LineEditor(str(self._days), "", id="days")
            yield Static("", id="told", markup=False, classes="problem")
            with Horizontal(classes="buttons"):
                yield Button(say("common.cancel"), id="no", compact=True)
                yield Button(say("screens.before.look"), id="yes", variant="primary", compact=True)

    @on(Edited)
    def _typed_anew(self) -> None:
        self.query_one("#told", Static).update("")

    @on(LineEditor.Submitted)
    def _answer(self) -> None:
        typed = self.query_one("#days", LineEditor).value.strip()
        days = whole_number(typed)
        if days is not None and 1 <= days <= MOST_DAYS:
            self.dismiss(days)
        else:
            told = say("screens.before.bad", value=typed, most=MOST_DAYS)
            self.query_one("#told", Static).update(visible(told))

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self._answer()
        else:
            self.dismiss(None)

    def action_leave(self) -> None:
        self.dismiss(None)


class BlockedDialog(Dialog[None]):
    """The numbers that the provider's account doesn't call: when they were fetched, and fetching them anew."""

    AUTO_FOCUS = "#no"

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(say("screens.blocked.title"), markup=False, classes="title")
            yield Static(say("screens.blocked.text"), markup=False, classes="text")
            yield Static(id="told", markup=False)
            yield ProgressBar(show_eta=False, id="progress")
            with Horizontal(classes="buttons"):
                yield Button(say("screens.blocked.look"), id="no", compact=True)
                yield Button(say("screens.blocked.fetch"), id="yes", variant="primary", compact=True)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(ProgressBar).display = False
        self.work(self._tell_state)

    async def _tell_state(self) -> None:
        state = await blocked_state(self.services)
        text = say("screens.blocked.never") if state is None else "\n".join(self._lines(state))
        self.query_one("#told", Static).update(text)

    def _lines(self, state: BlockedState) -> list[str]:
        moment = moment_text(state.fetched_at, self.services.now())
        lines = [say("screens.blocked.state", count=state.count, moment=moment)]
        if state.untold:
            lines.append(say("screens.blocked.untold", count=state.untold))
        if state.odd:
            lines.append(say("operations.blocked.odd", count=state.odd))
        return lines

    async def _fetch(self) -> None:
        bar = self.query_one(ProgressBar)
        bar.display = True
        try:
            await fetch_blocked(self.services, self._tell)
        except Exception as error:  # told here, where it can be tried again
            sentences = "\n".join(visible(sentence(reason)) for reason in reasons_of(error))
            if not sentences:
                raise
            self.query_one("#told", Static).update(sentences)
            return
        finally:
            bar.display = False
        await self._tell_state()

    def _tell(self, progress: BlockedProgress) -> None:
        self.query_one(ProgressBar).update(total=progress.of, progress=progress.pages)
        lines = [say("screens.blocked.so_far", count=progress.numbers)]
        if progress.waiting:
            lines.append(say("screens.records.waiting", count=progress.waiting))
        self.query_one("#told", Static).update("\n".join(lines))

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self.work(self._fetch, group="blocked", exclusive=True)
        else:
            self.action_leave()

    def action_leave(self) -> None:
        self.workers.cancel_group(self, "blocked")
        self.dismiss(None)


class WithRefusedDialog(Dialog[bool]):
    """True where a person has typed how many are called, those too who must not be."""

    AUTO_FOCUS = "#no"

    def __init__(self, recipients: int, refusals: SuppressedCounts) -> None:
        super().__init__()
        self._recipients = recipients
        self._refused = refusals.recipients

    def compose(self) -> ComposeResult:
        text = say("screens.refused.text", count=self._refused) if self._refused else say("screens.refused.unknown")
        with Vertical(classes="dialog"):
            yield Static(say("screens.refused.title"), markup=False, classes="title")
            yield Static(text, markup=False, classes="text")
            with Horizontal(classes="line"):
                yield Label(say("screens.refused.type", count=self._recipients), markup=False)
                yield LineEditor("", id="count")
            yield Static("", id="told", markup=False, classes="problem")
            with Horizontal(classes="buttons"):
                yield Button(say("common.cancel"), id="no", compact=True)
                yield ConfirmButton(say("screens.refused.yes"), id="yes", variant="error", compact=True)

    def on_key(self, event: events.Key) -> None:
        """A digit goes where one is typed, wherever the focus is."""
        box, typed = self.query_one("#count", LineEditor), event.character or ""
        if whole_number(typed, 1) is not None and self.focused is not box:
            event.stop()
            box.type_on(typed)

    @on(Edited)
    def _typed_anew(self) -> None:
        self.query_one("#told", Static).update("")

    @on(LineEditor.Submitted)
    def _next(self) -> None:
        self.query_one("#yes").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        typed = self.query_one("#count", LineEditor).value.strip()
        if event.button.id != "yes":
            self.dismiss(False)
        elif typed in (str(self._recipients), grouped(self._recipients)):
            self.dismiss(True)
        else:
            told = say("screens.launch.wrong_count", value=short(typed), count=self._recipients)
            self.query_one("#told", Static).update(visible(told))
            self.query_one("#count").focus()

    def action_leave(self) -> None:
        self.dismiss(False)
