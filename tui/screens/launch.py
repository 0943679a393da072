"""The last question before people are called, and the request on its way."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Any, Final, cast

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Label, ProgressBar, Static

from tui.app.dialog import CANCEL, Dialog, DialogButton, text_line
from tui.app.terminal.disturbed import Disturbance
from tui.core.sanitize import visible
from tui.core.whole_number import whole_number
from tui.i18n.words import say
from tui.operations.launch import Upload
from tui.screens.question import is_count
from tui.text.formats import short
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor

_CAUSES: Final = {
    Disturbance.NOISE: "screens.launch.disturbed_noise", Disturbance.NOT_UTF8: "screens.launch.disturbed_noise",
    Disturbance.FOCUS: "screens.launch.disturbed_focus", Disturbance.PASTE: "screens.launch.disturbed_paste",
    Disturbance.PASTE_CUT: "screens.launch.disturbed_paste", Disturbance.PASTE_VAST: "screens.launch.disturbed_paste"}

COUNTDOWN_SECONDS = 5
_LOOK_EVERY = 0.1  # seconds
_LATE = dt.timedelta(seconds=4)  # a second that took so long was not spent in front of the screen


class Countdown(Static):
    """The seconds between a confirmation and what it sets going, above the buttons of the dialog that has it.

    *Cancel* has the focus meanwhile; `escape` stops it always. It ends the dialog: with what was confirmed where it ran
    out, with None where anything stopped it. Until it is confirmed, it says why it isn't.
    """

    def __init__(self, dialog: Dialog[Any]) -> None:
        super().__init__("", id="countdown", markup=False, classes="problem")
        self._dialog = dialog
        self._seconds = 0
        self._timer: Timer | None = None
        self._shown_at: dt.datetime | None = None

    def on_mount(self) -> None:
        self._dialog.santral.unseen.subscribe(self, self.stop_unseen, immediate=True)
        self._dialog.santral.disturbed.subscribe(self, self.stop_disturbed, immediate=True)
        self._dialog.covered.add(self.rest)
        self._dialog.uncovered.add(self.stop_unseen)

    @property
    def counting(self) -> bool:
        """Whether it is confirmed: what was typed counts no more."""
        return self._timer is not None

    def typed_anew(self) -> None:
        """What was said of the text before is not said of this one."""
        if not self.counting:
            self.update("")

    def refuse(self, sentence: str, at: str) -> None:
        """Say why it isn't confirmed yet, and go to what has to be typed anew."""
        self.update(visible(sentence))
        self._dialog.query_one(at).focus()

    def begin(self, result: object, text: Callable[[int], str]) -> None:
        """It is confirmed: count the seconds down, by `text` in words, then end with `result`."""
        dialog = self._dialog
        self._seconds = COUNTDOWN_SECONDS
        dialog.query_one("#no").focus()
        dialog.query_one("#yes").disabled = True

        def tick() -> None:
            if self._nobody_watched():
                self.end()
                return
            self._seconds -= 1
            if self._seconds <= 0:
                self.end(result)
            else:
                show()

        def show() -> None:
            self._shown_at = dialog.services.now()
            self.update(visible(text(self._seconds)))

        show()
        self._timer = dialog.set_interval(1, tick)

    def stop_unseen(self, _app: object = None) -> None:
        """The program is stopped, or its window has become too small to show this: nobody is called unseen."""
        if self.counting:
            self.end()

    def stop_disturbed(self, why: Disturbance) -> None:
        """Something strange came, or keys go elsewhere: whoever is there may not be able to stop it, so it stops."""
        if self.counting:
            self._dialog.notify(say(_CAUSES[why]), severity="warning")
            self.end()

    def stop_pasted(self, event: events.Paste) -> None:
        if self.counting:
            event.stop()
        self.stop_disturbed(Disturbance.PASTE)

    def rest(self) -> None:
        """Something lies over the dialog, as the palette may."""
        if self._timer is not None:
            self._timer.pause()

    def _nobody_watched(self) -> bool:
        """Whether the machine slept between two seconds, or the program was stopped without its knowing."""
        return self._shown_at is not None and abs(self._dialog.services.now() - self._shown_at) > _LATE

    def end(self, result: object = None) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._dialog.dismiss(result)


def next_box(dialog: Dialog[Any], box: LineEditor) -> None:
    """From a line to the next one, from the last to the button that confirms."""
    boxes: list[Widget] = list(dialog.query(LineEditor))
    behind = boxes[boxes.index(box) + 1:]
    (behind[0] if behind else dialog.query_one("#yes")).focus()


class LaunchDialog(Dialog[bool]):
    """True when the operator confirmed and let the countdown run out; None otherwise.

    The count of people has to be typed first where it is above `confirm_above`, and where calls are `multiplied`;
    before it the `twin`, what a campaign is called that it would repeat.
    """

    BUTTONS = (CANCEL, DialogButton("yes", "screens.launch.yes", "warning", confirms=True))
    AUTO_FOCUS = "#no"

    def __init__(self, name: str, lines: list[str], recipients: int, confirm_above: int, *,
                 multiplied: bool = False, twin: str | None = None) -> None:
        super().__init__()
        self._campaign = short(name, 50)
        self._lines = lines
        self._recipients = recipients
        self._typed_needed = recipients > confirm_above or multiplied
        self._twin = twin
        self.countdown = Countdown(self)

    def heading(self) -> str:
        return say("screens.launch.title", name=self._campaign)

    def body(self) -> ComposeResult:
        yield text_line("\n".join(map(visible, self._lines)))
        if self._twin is not None:
            with Horizontal(classes="line"):
                yield Label(say("screens.launch.type_twin", ref=self._twin), markup=False)
                yield LineEditor("", id="twin")
        if self._typed_needed:
            with Horizontal(classes="line"):
                yield Label(say("screens.launch.type_count", count=self._recipients), markup=False)
                yield LineEditor("", id="count")
        yield self.countdown

    @on(LineEditor.Submitted)
    def _next(self, event: LineEditor.Submitted) -> None:
        next_box(self, cast("LineEditor", event.control))

    def on_key(self, event: events.Key) -> None:
        """A digit goes where one is typed, wherever the focus is."""
        boxes = list(self.query(LineEditor))
        if not boxes or self.countdown.counting or self.focused in boxes:
            return
        typed = event.character or ""
        if whole_number(typed, 1) is not None or (typed and self._twin is not None and typed == self._twin[0]):
            event.stop()
            boxes[0].type_on(typed)

    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        if self.countdown.counting:
            return
        if self._twin is not None:
            typed = self.query_one("#twin", LineEditor).value.strip()
            if typed.lower() != self._twin:
                self.countdown.refuse(say("screens.launch.wrong_twin", value=short(typed), ref=self._twin), "#twin")
                return
        if self._typed_needed:
            typed = self.query_one("#count", LineEditor).value.strip()
            if not is_count(typed, self._recipients):
                self.countdown.refuse(
                    say("screens.launch.wrong_count", value=short(typed), count=self._recipients), "#count")
                return
        self.countdown.begin(True, lambda left: say("screens.launch.countdown", count=left))

    # what stops the countdown

    def typed_anew(self) -> None:
        self.countdown.typed_anew()

    def on_paste(self, event: events.Paste) -> None:
        self.countdown.stop_pasted(event)


class SendingDialog(Dialog[None]):
    """How far a request is on its way. `escape` gives it up as long as that is certain to reach nobody."""

    def __init__(self, name: str, upload: Upload) -> None:
        super().__init__()
        self._campaign = short(name, 50)
        self._upload = upload
        self._giving_up = self._over = False
        self._left = asyncio.Event()

    def heading(self) -> str:
        return say("screens.launch.sending", name=self._campaign)

    def body(self) -> ComposeResult:
        yield ProgressBar(show_eta=False, show_percentage=False)
        yield Static("", id="sent", markup=False, classes="text")
        yield Static("", id="give-up", markup=False, classes="text")

    def on_mount(self) -> None:
        self._look()
        self.set_interval(_LOOK_EVERY, self._look)

    def _look(self) -> None:
        if self._over and self.is_current:
            self.dismiss(None)
            return
        upload = self._upload
        if upload.total:
            self.query_one(ProgressBar).update(total=upload.total, progress=upload.sent)
            percent = upload.sent * 100 // upload.total
            self.query_one("#sent", Static).update(
                say("screens.launch.sent_of", sent=upload.sent, total=upload.total, percent=percent))
        self.query_one("#give-up", Static).update(self._what_esc_does())

    def _what_esc_does(self) -> str:
        if self._giving_up:
            return say("screens.launch.giving_up")
        if self._upload.complete:
            return say("screens.launch.all_sent", total=self._upload.total)
        return say("screens.launch.give_up")

    def why_not(self, action: str) -> str | None:
        return say("screens.launch.giving_up") if action == "leave" and self._giving_up else None

    def action_leave(self) -> None:
        self._giving_up = self._upload.give_up()
        if not self._giving_up:
            self.notify(say("screens.launch.too_late"), severity="warning")
        self._look()

    async def leave(self) -> None:
        """The launch is over: back to what lies beneath, as soon as nothing lies above."""
        self._over = True
        await self._left.wait()

    def on_unmount(self) -> None:
        self._left.set()
