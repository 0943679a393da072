"""What every screen of ours is: services, work beside it, and Textual's screen with what that does otherwise here.

It has one object for each of its concerns: `ScreenWork`, `MinimalRepaint`, and the functions of `tui.app.leaving`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial
from typing import Any, TypeVar, cast

from textual.actions import SkipAction
from textual.await_complete import AwaitComplete
from textual.events import ScreenResume
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.notifications import SeverityLevel
from textual.reactive import Reactive
from textual.screen import Screen, ScreenResultCallbackType
from textual.timer import Timer, TimerCallback
from textual.widget import Widget
from textual.worker import Worker

from tui.app.context import AppContext
from tui.app.leaving import dismiss_above, has_left, hears, while_here
from tui.app.minimal_repaint import MinimalRepaint
from tui.app.screen_work import Job, ScreenWork
from tui.config.keymap import Place
from tui.core.listeners import Listeners
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.services import Services
from tui.widgets.binding import bindings
from tui.widgets.presence import gone

R = TypeVar("R")
S = TypeVar("S")


class AppScreen(Screen[R], inherit_bindings=False):
    """A screen that is deaf once it is left, paints nothing twice, and whose work never stops it."""

    BINDINGS = bindings(Place.EVERYWHERE)
    LOSES = "typed"  # what leaving the app would lose where something was begun, as `app.quit.…` names it
    HELP_TOPIC = "dialog"  # its text in the help, as `screens.help.…` names it
    launching = False  # whether a launch of it is under way
    # Textual would paint all of the screen where the focus moves: what has it and what had it paint themselves.
    focused = Reactive(cast("Widget | None", None), repaint=False)

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own
        super().__init__(name, id, classes)
        self.screen_work = ScreenWork(self, self.refresh_texts)
        self._pictures = MinimalRepaint(self)
        self.covered = Listeners[[]]()  # notified when another screen comes to lie over this one
        self.uncovered = Listeners[[]]()  # notified when this one is in front, at first too

    @property
    def santral(self) -> AppContext:
        return cast("AppContext", self.app)

    @property
    def services(self) -> Services:
        return self.santral.services

    # what a screen may say of itself

    @property
    def begun(self) -> bool:
        """Whether something is typed here that is nowhere else: `escape` drops it, as it says; leaving the app asks."""
        return False

    @property
    def gives_up(self) -> bool:
        """Whether `escape` ends work of this screen that waits for the provider, before it does anything else."""
        return False

    def why_not(self, action: str) -> str | None:
        """Why a command of this screen does not apply now, in a sentence; None where it does, or that is plain."""

    def refresh_texts(self) -> None:
        """Write again, in the language in use, what the screen shows of its data; `compose` has the other texts."""

    def before_picture(self) -> Iterable[Widget]:
        """Bring up to date what must be true of everything else that is seen; the widgets that have to do with it.

        Called before each picture, by whichever way it comes to be painted.
        """
        return ()

    # what it can do

    def work(self, job: Job, *, group: str = "work", exclusive: bool = False, of: Widget | None = None) -> Worker[None]:
        """Run `job` beside the screen. A failure that has a reason is shown in its sentence, any other is logged.

        `of`: the part of the screen that it is about, where that may go before it.
        """
        return self.screen_work.run(job, group=group, exclusive=exclusive, of=of)

    async def open(self, screen: Screen[S], answered: ScreenResultCallbackType[S] | None = None) -> None:
        """Put a screen over this one, unless this one has been left meanwhile."""
        if not has_left(self):
            await self.app.push_screen(screen, answered)

    async def ask(self, screen: Screen[S]) -> S | None:
        """The answer of a screen over this one, for a worker; None where this one has been left meanwhile."""
        if has_left(self):
            return None
        # Shielded: where the worker is ended, the screen is there still and will be answered.
        return await asyncio.shield(self.app.push_screen(screen, wait_for_dismiss=True))

    def notify(self, message: str, *, title: str = "", severity: SeverityLevel = "information",
               timeout: float | None = None, markup: bool = False) -> None:
        """A toast, as Textual's. What it says is data: control characters are escaped, and nothing in it is markup."""
        shown = "\n".join(map(visible, message.split("\n")))
        seconds = timeout if timeout is not None else 5 if severity == "information" else 10
        self.app.notify(shown, title=title, severity=severity, markup=markup, timeout=seconds)

    def copy_to_clipboard(self, text: str | None, *, name: str = "") -> None:
        """Copy, and say so, by `name` where the text would be too long; None: there is nothing to be copied."""
        if text is None:
            self.notify(say("app.nothing_to_copy"), severity="warning")
            return

        async def copy() -> None:
            certain = await self.santral.copy(text)
            self.notify(say("app.copied" if certain else "app.copied_by_terminal", what=name or visible(text)))

        self.work(copy, group="copy")

    def action_copy_text(self) -> None:
        """Copy what is selected. With nothing selected the key is meant to leave, as it does elsewhere."""
        try:
            super().action_copy_text()
        except SkipAction:
            self.santral.notify_how_to_quit()

    def action_step(self, step: int) -> None:
        """The focus to the next thing (1), or to the one before (-1)."""
        if step > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def on_screen_suspend(self) -> None:
        self.covered.notify()
        self.santral.show_wait()

    def on_screen_resume(self, event: ScreenResume) -> None:
        # Each widget got its styles as it was mounted, and Textual applies what changes of them to every screen.
        event.refresh_styles = False
        self.santral.speak_waiting()
        self.uncovered.notify()
        self.santral.show_wait()

    # how it goes

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Leave. Textual takes away whichever screen is in front, this one or not, as often as it is asked to."""
        stack = self.app.screen_stack
        if self not in stack or self is stack[0]:
            return AwaitComplete()
        dismiss_above(self)
        return super().dismiss(result)

    async def _dispatch_message(self, message: Message) -> None:
        if hears(self, message):
            await super()._dispatch_message(message)

    def set_timer(self, delay: float, callback: TimerCallback | None = None, **how: Any) -> Timer:  # noqa: ANN401 - Textual's own
        return super().set_timer(delay, while_here(self, callback), **how)

    def set_interval(self, interval: float, callback: TimerCallback | None = None, **how: Any) -> Timer:  # noqa: ANN401 - Textual's own
        return super().set_interval(interval, while_here(self, callback), **how)

    def set_front_interval(self, interval: float, callback: TimerCallback) -> None:
        """Call back every so many seconds while no other screen lies over this one."""
        timer = self.set_interval(interval, callback)
        self.covered.add(timer.pause)
        self.uncovered.add(timer.resume)

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own
        """What has gone can't have the focus: no key would reach the screen any more."""
        if widget is None or not gone(widget):
            super().set_focus(widget, scroll_visible, from_app_focus)

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """What is clicked. A widget that has gone may be in the picture still."""
        found, offset = super().get_widget_and_offset_at(x, y)
        return (None, None) if found is None or gone(found) else (found, offset)

    # how it is painted

    @property
    def is_current(self) -> bool:
        """Whether it is seen. Textual counts what lies right beneath an opaque screen, too: with whatever changed there
        it would paint the front anew, all of it and twice."""
        return self.is_active or (super().is_current and self.app.screen.styles.background.a != 1)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Any:  # noqa: ANN401 - Textual's own
        """Where things come or go the layout finds what that changes."""
        return super().refresh(*regions, repaint=repaint and not layout, layout=layout, recompose=recompose)

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own
        self._pictures.lay_out(partial(super()._refresh_layout, size, scroll), scroll=scroll)

    def _compositor_refresh(self) -> None:
        self._pictures.paint(super()._compositor_refresh)
