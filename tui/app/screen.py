"""What every screen shares: its services, work that never stops the screen, one place where failures are told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

from textual.actions import SkipAction
from textual.app import App
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen, Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import Worker

from tui.app.context import AppContext
from tui.app.leaving import Leaving
from tui.app.minimal_repaint import MinimalRepaint
from tui.config.keymap import Place
from tui.core.reason import Reason
from tui.core.sanitize import visible
from tui.core.shortage import shortage
from tui.i18n.words import language, say
from tui.operations.services import NotPossible, Services
from tui.text.formats import sentence
from tui.widgets.binding import bindings, binds
from tui.widgets.editors import LineEditor
from tui.widgets.presence import MISSING, gone, there

R = TypeVar("R")
Job = Callable[[], Coroutine[Any, Any, None]]
log = logging.getLogger("santral.screens")


def reasons_of(error: Exception) -> tuple[Reason, ...]:
    """The sentences that an error carries; none where it is a mistake of ours."""
    found = getattr(error, "reasons", None) or (getattr(error, "reason", None),)
    return tuple(reason for reason in found if isinstance(reason, Reason))


def refusal(check: Callable[[], None]) -> str | None:
    """What a check of the services has against it, in a sentence."""
    try:
        check()
    except NotPossible as refused:
        return sentence(refused.reason)
    return None


class ScreenWork:
    """Mixed into screens: background work with a single place for what goes wrong."""

    LOSES = "typed"  # what leaving the app would lose where something was begun, as `app.quit.…` names it
    HELP_TOPIC = "dialog"  # what help tells of it, as `screens.help.…` names it
    launching = False  # whether a launch of it is under way

    @property
    def begun(self) -> bool:
        """Whether something is typed here that is nowhere else: `escape` drops it, as it says; leaving the app asks."""
        return False

    async def keep_all(self) -> None:
        """Take over what was typed up to now, where it is kept as it is typed."""

    def why_not(self, action: str) -> str | None:
        """Why a command of this screen does not apply now, in a sentence; None where it does, or that is plain."""

    def why_no_paste(self) -> str:
        """What to do with a paste that nothing here took."""
        return say("app.no_paste")

    def on_text_line_pasted_lines(self) -> None:
        """A line is a single one."""
        self.notify(say("app.form.one_line"), severity="warning")

    def on_whole_in_view(self) -> None:
        self.notify(say("app.whole_in_view"), severity="warning")

    def action_copy_text(self) -> None:
        """Copy what is selected. With nothing selected the key is meant to leave, as it does elsewhere: how is told."""
        try:
            Screen.action_copy_text(cast("Screen[Any]", self))
        except SkipAction:
            self.santral.notify_how_to_quit()

    def action_step(self, step: int) -> None:
        """The focus to the next thing (1), or to the one before (-1)."""
        screen = cast("Screen[Any]", self)
        if step > 0:
            screen.focus_next()
        else:
            screen.focus_previous()

    @property
    def santral(self) -> AppContext:
        return cast("AppContext", self._app)

    @property
    def _app(self) -> App[Any]:
        return cast("Screen[Any]", self).app

    @property
    def services(self) -> Services:
        return self.santral.services

    def work(self, job: Job, *, group: str = "work", exclusive: bool = False, of: Widget | None = None) -> Worker[None]:
        """Run `job` beside the screen. A failure that has a reason is told in its sentence, any other is logged.

        `of`: the part of the screen that it is about, where that may go before it.
        """
        return cast("Screen[Any]", self).run_worker(partial(self._guarded, job, of), group=group, exclusive=exclusive)

    def work_beyond(self, job: Job) -> Worker[None]:
        """As `work`, but by the app: it goes on where the screen is left."""
        return self._app.run_worker(partial(self._guarded, job), group="beyond")

    async def _guarded(self, job: Job, of: Widget | None = None) -> None:
        begun_in = language()
        try:
            try:
                await job()
            finally:
                if language() != begun_in:
                    self.catch_up()
        except MISSING as error:
            if not gone(of or cast("Screen[Any]", self)):
                self.notify_failure(error)
        except Exception as error:  # noqa: BLE001 - the one place where what went wrong in a screen's work is told
            self.notify_failure(error)

    def catch_up(self) -> None:
        """Work that was begun in another language has ended: what it shows may be told in that."""

    def notify_failure(self, error: Exception) -> None:
        """A toast with the reasons of an error; of one without, that it is in the log."""
        reasons = reasons_of(error)
        if not reasons:
            log.error("unexpected failure", exc_info=error)
            short = shortage(error)
            reasons = () if short is None else (short,)
        failed = say("app.failed", log=str(self.santral.log_file))
        self.notify("\n".join(map(sentence, reasons)) or failed, severity="error")

    def notify(self, message: str, *, title: str = "", severity: SeverityLevel = "information",
               timeout: float | None = None, markup: bool = False) -> None:
        """A toast, as Textual's. What it says is data: control characters are escaped, and nothing in it is markup."""
        shown = "\n".join(map(visible, message.split("\n")))
        seconds = timeout if timeout is not None else 5 if severity == "information" else 10
        self._app.notify(shown, title=title, severity=severity, markup=markup, timeout=seconds)

    def notify_backup(self, backup: Path | None) -> None:
        """A toast that the configuration was written anew without its comments, and where the old one is."""
        if backup is not None:
            self.notify(say("app.settings.backup", path=str(backup)), severity="warning")

    def copy_to_clipboard(self, text: str | None, *, name: str = "") -> None:
        """Copy, and say so, by `name` where the text would be too long; None: there is nothing to be copied."""
        if text is None:
            self.notify(say("app.nothing_to_copy"), severity="warning")
            return

        async def copy() -> None:
            certain = await self.santral.copy(text)
            self.notify(say("app.copied" if certain else "app.copied_by_terminal", what=name or visible(text)))

        self.work(copy, group="copy")



class AppScreen(ScreenWork, Leaving, MinimalRepaint, Screen[R], inherit_bindings=False):
    """A full screen. One that watches the store does so while it is in front: what lies beneath is not painted anew."""

    BINDINGS = bindings(Place.EVERYWHERE)
    _watching: Timer | None = None

    def watch_every(self, seconds: float, look: Callable[[], None]) -> None:
        self._watching = self.set_interval(seconds, look)

    def retranslate(self) -> None:
        """Say everything in the language in use now. What was typed, the cursor and the focus stay."""
        from tui.app.retranslate import retranslate

        if gone(self):
            return
        retranslate(self)
        if not there(self):  # what is to be said of its data is said once it is
            return
        self.refresh_texts()
        for widget in self.walk_children():
            widget.refresh(layout=True)
        self.refresh_bindings()

    def refresh_texts(self) -> None:
        """Write again, in the language in use, what the screen shows of its data; `compose` has the other texts."""

    def catch_up(self) -> None:
        if there(self):
            self.refresh_texts()

    def on_screen_suspend(self) -> None:
        if self._watching is not None:
            self._watching.pause()

    def on_screen_resume(self) -> None:
        self.santral.speak_waiting()
        if self._watching is not None:
            self._watching.resume()


class Dialog(ScreenWork, Leaving, MinimalRepaint, ModalScreen[R], inherit_bindings=False):
    """A question over a screen. `escape` leaves it without an answer; the arrows go from thing to thing in it."""

    BINDINGS = bindings(Place.EVERYWHERE, Place.DIALOG)

    @property
    def begun(self) -> bool:
        return any(line.begun for line in self.query(LineEditor))

    def on_mount(self) -> None:
        self.app.clear_notifications()  # at 80×24 a toast would lie over what is asked, and over the buttons

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What has the focus moves by itself where it can."""
        if action in ("step", "across"):
            return self.focused is not None and not binds(self.focused, "move.up" if action == "step" else "move.left")
        return True

    def action_across(self, step: int) -> None:
        self.action_step(step)

