"""The last question before people are called, and the request on its way."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Final, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Label, ProgressBar, Static

from tui.app.screen import Dialog
from tui.app.terminal.disturbed import Disturbance
from tui.core.sanitize import visible
from tui.core.whole_number import whole_number
from tui.i18n.words import grouped, say
from tui.operations.launch import Upload
from tui.text.formats import short
from tui.widgets.button import Button, ConfirmButton
from tui.widgets.editors import Edited, LineEditor

R = TypeVar("R")

_CAUSES: Final = {
    Disturbance.NOISE: "screens.launch.disturbed_noise", Disturbance.NOT_UTF8: "screens.launch.disturbed_noise",
    Disturbance.FOCUS: "screens.launch.disturbed_focus", Disturbance.PASTE: "screens.launch.disturbed_paste",
    Disturbance.PASTE_CUT: "screens.launch.disturbed_paste", Disturbance.PASTE_VAST: "screens.launch.disturbed_paste"}

COUNTDOWN_SECONDS = 5
_LOOK_EVERY = 0.1  # seconds
_LATE = dt.timedelta(seconds=4)  # a second that took so long was not spent in front of the screen


class CountdownDialog(Dialog[R]):
    """A question that ends in a countdown once it is confirmed. *Cancel* has the focus; `escape` stops it always.

    Its result is what it was confirmed with, and None for anything but a countdown that ran out.
    """

    AUTO_FOCUS = "#no"

    def __init__(self, title: str, lines: list[str], yes: str) -> None:
        super().__init__()
        self._texts = (visible(title), "\n".join(map(visible, lines)), yes)
        self._left = 0
        self._timer: Timer | None = None
        self._told_at: dt.datetime | None = None

    def on_mount(self) -> None:
        super().on_mount()
        self.santral.unseen.subscribe(self, self._unseen, immediate=True)
        self.santral.disturbed.subscribe(self, self._disturbed, immediate=True)

    def compose(self) -> ComposeResult:
        title, text, yes = self._texts
        with Vertical(classes="dialog"):
            yield Static(title, markup=False, classes="title")
            yield Static(text, markup=False, classes="text")
            yield from self.asked()
            yield Static("", id="countdown", markup=False, classes="problem")
            with Horizontal(classes="buttons"):
                yield Button(say("common.cancel"), id="no", compact=True)
                yield ConfirmButton(yes, id="yes", variant="warning", compact=True)

    def asked(self) -> ComposeResult:
        """What has to be typed, above the buttons."""
        yield from ()

    @on(LineEditor.Submitted)
    def _next(self, event: LineEditor.Submitted) -> None:
        boxes: list[Widget] = list(self.query(LineEditor))
        behind = boxes[boxes.index(event.control) + 1:]
        (behind[0] if behind else self.query_one("#yes")).focus()

    @on(Edited)
    def _typed_anew(self) -> None:
        """What was said of the text before is not said of this one."""
        if not self.counting:
            self.query_one("#countdown", Static).update("")

    @property
    def counting(self) -> bool:
        """Whether it is confirmed: what was typed counts no more."""
        return self._timer is not None

    def refuse(self, sentence: str, at: str) -> None:
        """Say why it isn't confirmed yet, and go to what has to be typed anew."""
        self.query_one("#countdown", Static).update(visible(sentence))
        self.query_one(at).focus()

    def count_down(self, result: R, told: Callable[[int], str]) -> None:
        """It is confirmed: count the seconds down, `told` in words, then end with `result`."""
        self._left = COUNTDOWN_SECONDS
        self.query_one("#no").focus()
        self.query_one("#yes").disabled = True

        def tick() -> None:
            if self._nobody_watched():
                self._end(None)
                return
            self._left -= 1
            if self._left <= 0:
                self._end(result)
            else:
                tell()

        def tell() -> None:
            self._told_at = self.services.now()
            self.query_one("#countdown", Static).update(visible(told(self._left)))

        tell()
        self._timer = self.set_interval(1, tick)

    def _unseen(self, _app: object) -> None:
        """The program is stopped, or its window has become too small to show this: nobody is called unseen."""
        if self.counting:
            self._end(None)

    def _disturbed(self, why: Disturbance) -> None:
        """Something strange came, or keys go elsewhere: whoever is there may not be able to stop it, so it stops."""
        if self.counting:
            self.notify(say(_CAUSES[why]), severity="warning")
            self._end(None)

    def on_paste(self, event: events.Paste) -> None:
        if self.counting:
            event.stop()
        self._disturbed(Disturbance.PASTE)

    def on_screen_suspend(self) -> None:
        """Something lies over it, as the palette may."""
        if self._timer is not None:
            self._timer.pause()

    def on_screen_resume(self) -> None:
        self._unseen(self)

    def _nobody_watched(self) -> bool:
        """Whether the machine slept between two seconds, or the program was stopped without its knowing."""
        return self._told_at is not None and abs(self.services.now() - self._told_at) > _LATE

    def _end(self, result: R | None) -> None:
        if self._timer is not None:
            self._timer.stop()
        self.dismiss(result)

    @on(Button.Pressed, "#no")
    def action_leave(self) -> None:
        self._end(None)


class LaunchDialog(CountdownDialog[bool]):
    """True when the operator confirmed and let the countdown run out.

    The count of people has to be typed first where it is above `confirm_above`, and where calls are `multiplied`;
    before it the `twin`, what a campaign is called that it would repeat.
    """

    def __init__(self, name: str, lines: list[str], recipients: int, confirm_above: int, *,
                 multiplied: bool = False, twin: str | None = None) -> None:
        super().__init__(say("screens.launch.title", name=short(name, 50)), lines, say("screens.launch.yes"))
        self._recipients = recipients
        self._typed_needed = recipients > confirm_above or multiplied
        self._twin = twin

    def asked(self) -> ComposeResult:
        if self._twin is not None:
            with Horizontal(classes="line"):
                yield Label(say("screens.launch.type_twin", ref=self._twin), markup=False)
                yield LineEditor("", id="twin")
        if self._typed_needed:
            with Horizontal(classes="line"):
                yield Label(say("screens.launch.type_count", count=self._recipients), markup=False)
                yield LineEditor("", id="count")

    def on_key(self, event: events.Key) -> None:
        """A digit goes where one is typed, wherever the focus is."""
        boxes = list(self.query(LineEditor))
        if not boxes or self.counting or self.focused in boxes:
            return
        typed = event.character or ""
        if whole_number(typed, 1) is not None or (typed and self._twin is not None and typed == self._twin[0]):
            event.stop()
            boxes[0].type_on(typed)

    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        if self.counting:
            return
        if self._twin is not None:
            typed = self.query_one("#twin", LineEditor).value.strip()
            if typed.lower() != self._twin:
                self.refuse(say("screens.launch.wrong_twin", value=short(typed), ref=self._twin), "#twin")
                return
        if self._typed_needed:
            typed = self.query_one("#count", LineEditor).value.strip()
            if typed not in (str(self._recipients), grouped(self._recipients)):
                self.refuse(say("screens.launch.wrong_count", value=short(typed), count=self._recipients), "#count")
                return
        self.count_down(True, lambda left: say("screens.launch.countdown", count=left))


class SendingDialog(Dialog[None]):
    """How far a request is on its way. `escape` gives it up as long as that is certain to reach nobody."""


    def __init__(self, name: str, upload: Upload) -> None:
        super().__init__()
        self._campaign = short(name, 50)
        self._upload = upload
        self._giving_up = self._over = False
        self._left = asyncio.Event()

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(visible(say("screens.launch.sending", name=self._campaign)), markup=False, classes="title")
            yield ProgressBar(show_eta=False, show_percentage=False)
            yield Static("", id="sent", markup=False, classes="text")
            yield Static("", id="give-up", markup=False, classes="text")

    def on_mount(self) -> None:
        super().on_mount()
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
