"""The last question before people are called."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Button, Label, Static

from tui.screens.base import Dialog
from tui.visible import visible
from tui.widgets.binding import bind
from tui.widgets.editors import LineEditor
from tui.wording import short
from tui.words import grouped, say

COUNTDOWN_SECONDS = 5


class LaunchDialog(Dialog[bool]):
    """True when the operator confirmed and let the countdown run out. *Cancel* has the focus; `escape` stops it always.

    Above `confirm_above` people the count has to be typed first.
    """

    BINDINGS = [bind("app.back", "stop", show=False)]
    AUTO_FOCUS = "#no"

    def __init__(self, name: str, lines: list[str], people: int, confirm_above: int) -> None:
        super().__init__()
        self._name_shown = visible(short(name, 50))
        self._lines = lines
        self._people = people
        self._typed_needed = people > confirm_above
        self._left = 0
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(say("screens.launch.title", name=self._name_shown), markup=False, classes="title")
            yield Static("\n".join(map(visible, self._lines)), markup=False, classes="text")
            if self._typed_needed:
                with Horizontal(classes="line"):
                    yield Label(say("screens.launch.type_count", count=self._people), markup=False)
                    yield LineEditor("", id="count")
            yield Static("", id="countdown", markup=False, classes="problem")
            with Horizontal(classes="buttons"):
                yield Button(say("common.cancel"), id="no", compact=True)
                yield Button(say("screens.launch.yes"), id="yes", variant="warning", compact=True)

    def on_key(self, event: events.Key) -> None:
        """A digit goes where the count is typed, wherever the focus is."""
        if self._typed_needed and self._timer is None and event.character and event.character.isdigit():
            box = self.query_one("#count", LineEditor)
            if not box.has_focus:
                event.stop()
                box.focus()
                box.insert_text_at_cursor(event.character)

    @on(LineEditor.Submitted)
    def _next(self) -> None:
        self.query_one("#yes").focus()

    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        if self._timer is not None:
            return
        if self._typed_needed:
            typed = self.query_one("#count", LineEditor).value.strip()
            if typed not in (str(self._people), grouped(self._people)):
                self.query_one("#countdown", Static).update(
                    say("screens.launch.wrong_count", value=visible(short(typed)), count=self._people))
                self.query_one("#count").focus()
                return
        self._left = COUNTDOWN_SECONDS
        self.query_one("#no").focus()
        self.query_one("#yes").disabled = True
        self._tick()
        self._timer = self.set_interval(1, self._count_down)

    def _count_down(self) -> None:
        self._left -= 1
        if self._left <= 0:
            if self._timer is not None:
                self._timer.stop()
            self.dismiss(True)
        else:
            self._tick()

    def _tick(self) -> None:
        self.query_one("#countdown", Static).update(say("screens.launch.countdown", count=self._left))

    @on(Button.Pressed, "#no")
    def action_stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self.dismiss(False)
