"""What the app owes the terminal it runs in: it ends in order, can be stopped, and says where it has no room."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Generator, Mapping, Sequence
from functools import partial
from typing import Any, Final, Generic, Literal, TypeVar, cast

from rich.console import Console
from textual import events
from textual._compositor import ChopsUpdate
from textual.app import App, ReturnType
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.geometry import Size
from textual.screen import Screen
from textual.signal import Signal
from textual.worker import Worker

from tui.app.terminal.capabilities import ANSI, EIGHT_BIT, TRUE_COLOUR, colours, needed, no_colours
from tui.app.terminal.disturbed import Disturbance, Disturbed
from tui.app.terminal.signals import EndSignals
from tui.app.terminal.spans import Spans
from tui.i18n.words import say

_NOTIFIED: Final = {Disturbance.NOT_UTF8: "app.disturbed.not_utf8", Disturbance.PASTE_CUT: "app.disturbed.paste_cut",
                    Disturbance.PASTE_VAST: "app.disturbed.paste_vast"}

R = TypeVar("R")
log = logging.getLogger("santral.app")

_SYSTEMS: Final[dict[int, Literal["standard", "256", "truecolor"]]] = {
    ANSI: "standard", EIGHT_BIT: "256", TRUE_COLOUR: "truecolor"}
# What can be done where nothing can be seen: leave, or stop the program.
_ALWAYS: Final = ("app.quit", "app.suspend")


class TerminalApp(App[ReturnType], Generic[ReturnType]):
    """An app that minds the terminal's manners."""

    batches = 0  # of updates, that are under way: nothing is painted in them
    _has_size = False  # whether the screens were given one
    too_small: Size | None = None  # the terminal's size, where the screens have no room in it
    redact: Callable[[str], str] | None = None  # what knows the keys
    exiting = False
    terminal: Driver | None = None  # once the app runs in one

    def __init__(self, environ: Mapping[str, str], *, ansi_color: bool | None = None) -> None:
        # Textual calls the class to make the driver, and keeps that to itself.
        super().__init__(driver_class=cast("type[Driver]", self._make_driver), ansi_color=ansi_color)
        self.environ = environ
        self._copied = ""
        self._heard_on: asyncio.AbstractEventLoop | None = None  # once the app can be asked to end
        self.no_color = no_colours(environ)  # Textual takes a variable that is set to nothing for one that is set
        self.colours = colours(environ)
        if self.colours:  # Rich asks the environment as well, and believes what is wrong in screen
            self.console = Console(
                color_system=_SYSTEMS[self.colours], file=self.console.file, force_terminal=True, no_color=False,
                highlight=False, emoji=False, legacy_windows=False, safe_box=False)  # as Textual's is otherwise
        self.end_signals = EndSignals(self._asked_to_end, self._last_resort)
        self.unseen: Signal[TerminalApp[ReturnType]] = Signal(self, "unseen")  # nobody sees the screen, or saw it
        self.disturbed: Signal[Disturbance] = Signal(self, "disturbed")

    def _make_driver(self, app: App[Any], **options: Any) -> Driver:  # noqa: ANN401 - Textual's own
        if sys.platform == "win32":
            self.terminal = self.get_driver_class()(app, **options)
        else:
            from tui.app.terminal.driver import TerminalDriver

            self.terminal = TerminalDriver(app, **options)
        return self.terminal

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, with none for colours but where none are wanted."""
        others = [one for one in super().get_line_filters() if not isinstance(one, NoColor | Monochrome)]
        return [*others, NoColor()] if self.no_color else others

    async def leave(self) -> None:
        """Settle what was typed, then end. For what must be done before, in the app's own way."""
        self.exit()

    def exit(self, result: ReturnType | None = None, return_code: int = 0, message: Any = None) -> None:  # noqa: ANN401 - Textual's own
        self.exiting = True
        super().exit(result, return_code, message)

    def run_beside(self, job: Callable[[], Coroutine[Any, Any, R]]) -> Worker[R]:
        """Work of the app itself. Its coroutine is made as it begins: an app that ends meanwhile leaves none over."""
        return self.run_worker(job)

    def crash(self, error: Exception) -> None:
        """End by a mistake of ours."""
        self._handle_exception(error)

    def _asked_to_end(self) -> None:
        if self._heard_on is not None:
            with contextlib.suppress(RuntimeError):  # it ends already
                self._heard_on.call_soon_threadsafe(self._leave_soon)

    def _leave_soon(self) -> None:
        self.run_beside(self.leave)

    def hang_up(self) -> None:
        """The terminal has gone without a signal, as under nohup."""
        if self.end_signals.signal is None:
            self.end_signals.signal = int(getattr(signal, "SIGHUP", signal.SIGTERM))
            self._leave_soon()

    def _last_resort(self) -> None:
        give_back = getattr(self.terminal, "give_back_at_once", None)
        if give_back is not None:
            give_back()

    def end_if_asked(self) -> None:
        """From now on a signal is heard at once; one that came while the app was starting is heard here."""
        self._heard_on = asyncio.get_running_loop()
        if self.end_signals.signal is not None:
            self._leave_soon()

    def action_suspend(self) -> None:
        """Stop the program and whoever waits for it (`uv run`), as the terminal itself would."""
        os.kill(0, signal.SIGTSTP)

    def publish_unseen(self) -> None:
        self.unseen.publish(self)

    def on_disturbed(self, event: Disturbed) -> None:
        """What came is not obeyed. A notice says so where somebody may have meant something by it."""
        self.disturbed.publish(event.why)
        if event.why in _NOTIFIED:
            self.notify(say(_NOTIFIED[event.why]), severity="warning", markup=False)

    def on_app_blur(self) -> None:
        """Keys go elsewhere now, `escape` as well."""
        self.disturbed.publish(Disturbance.FOCUS)

    def notify_no_shell(self) -> None:
        self.notify(say("app.no_shell"), severity="warning", markup=False)

    def copy_to_clipboard(self, text: str) -> None:
        """For what Textual copies by itself: text selected with the mouse, or in a field."""
        self.run_beside(partial(self.copy, text))

    @property
    def clipboard(self) -> str:
        """What was copied last, for Textual's own paste."""
        return self._copied

    async def copy(self, text: str) -> bool:
        """Into the clipboard, by every way there is. Whether it is certain that it has arrived."""
        from tui.app.terminal.clipboard import copy_natively, osc52

        self._copied = text
        if self.terminal is not None:
            self.terminal.write(osc52(text, self.environ))
        return await copy_natively(text, self.environ, self.redact)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A cursor that blinks writes twice a second, over however slow a line, and nothing has happened."""
        if getattr(event.widget, "cursor_blink", False):
            event.widget.cursor_blink = False  # type: ignore[attr-defined] # as every widget that types text has it

    async def on_resize(self, event: events.Resize) -> None:
        """Where there is no room the screens keep the size they had, and a notice stands in their place."""
        was_small = self.too_small is not None
        smallest = Size(*needed(self.environ))
        if event.size.width >= smallest.width and event.size.height >= smallest.height:
            self.too_small, self._has_size = None, True
            if was_small:
                self.refresh()
            return
        self.too_small = event.size
        if not self._has_size:  # at the start: Textual's own handler, which is called next, goes by the smallest size
            self._has_size = True
            event.size = event.virtual_size = event.container_size = smallest
        else:
            event.prevent_default()
            event.stop()
        self.publish_unseen()
        self._paint_notice(self.too_small)

    def _paint_notice(self, size: Size) -> None:
        if self.terminal is not None:
            lines = notice(size, Size(*needed(self.environ)))
            rows = "".join(f"\x1b[{row};1H{line}" for row, line in enumerate(lines, start=1))
            self.terminal.write(f"\x1b[0m\x1b[2J{rows}")

    def _display(self, screen: Screen[Any], renderable: Any) -> None:  # noqa: ANN401 - Textual's own
        if self.too_small is None:
            super()._display(screen, Spans(renderable) if isinstance(renderable, ChopsUpdate) else renderable)

    @contextlib.contextmanager
    def batch_update(self) -> Generator[None, None, None]:
        """What would have been painted meanwhile is painted at its end, on whichever screen."""
        self.batches += 1
        try:
            with super().batch_update():
                yield
        finally:
            self.batches -= 1
            if not self.batches:
                for screen in self.screen_stack:
                    screen.check_idle()

    def delay_update(self, delay: float = 0.05) -> None:
        """As Textual's, by a batch of ours."""
        batch = contextlib.ExitStack()
        batch.enter_context(self.batch_update())

        def paint() -> None:
            batch.close()
            if not self.batches:
                self.screen.refresh()

        self.set_timer(delay, paint, name="delay_update")

    def refresh(self, *, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Any:  # noqa: ANN401
        if self.too_small is not None:
            self._paint_notice(self.too_small)
        # A layout is asked for once a screen has gone: the one that is seen then has been painted as it came.
        return super().refresh(repaint=repaint and not layout, layout=layout, recompose=recompose)

    async def on_event(self, event: events.Event) -> None:
        """Nothing acts blindly: what is typed and clicked where nothing can be seen is dropped."""
        if self.too_small is not None and isinstance(event, events.InputEvent | events.Paste) \
                and not event.is_forwarded and not self._acts_always(event):
            return
        await super().on_event(event)

    def _acts_always(self, event: events.Event) -> bool:
        if not isinstance(event, events.Key):
            return False
        bound = self.screen.active_bindings.get(event.key)
        return bound is not None and bound.binding.id in _ALWAYS


def notice(size: Size, smallest: Size) -> list[str]:
    """The lines that say that there is no room, cut to the room there is."""
    text = say("app.too_small", width=size.width, height=size.height, needed_width=smallest.width,
               needed_height=smallest.height)
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > size.width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [line[:size.width] for line in [*lines, line]][:size.height]
