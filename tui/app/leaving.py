"""How a screen goes: once, with all that lies over it, and deaf from then on."""

from __future__ import annotations

import asyncio
from inspect import isawaitable
from typing import Any, Final, TypeVar, cast

from textual import events, messages
from textual.await_complete import AwaitComplete
from textual.geometry import Offset
from textual.message import Message
from textual.screen import Screen, ScreenResultCallbackType
from textual.timer import Timer, TimerCallback
from textual.widget import Widget

from tui.widgets.presence import gone

R = TypeVar("R")
# What a screen goes by; and a callback, as somebody waits for it.
_LAST: Final = (events.Unmount, events.ScreenSuspend, events.Callback, messages.Prune, messages.CloseMessages)


class Leaving:
    """Mixed into screens."""

    @property
    def _leaving(self) -> Screen[Any]:
        return cast("Screen[Any]", self)

    def dismiss(self, result: Any = None) -> AwaitComplete:  # noqa: ANN401 - whatever the screen answers
        """Leave. Textual takes away whichever screen is in front, this one or not, as often as it is asked to."""
        screen = self._leaving
        stack = screen.app.screen_stack
        if screen not in stack or screen is stack[0]:
            return AwaitComplete()
        for above in _above(screen):
            above.dismiss()
        return Screen.dismiss(screen, result)

    async def open(self, screen: Screen[R], answered: ScreenResultCallbackType[R] | None = None) -> None:
        """Put a screen over this one, unless this one has been left meanwhile."""
        if not _left(self._leaving):
            await self._leaving.app.push_screen(screen, answered)

    async def ask(self, screen: Screen[R]) -> R | None:
        """The answer of a screen over this one, for a worker; None where this one has been left meanwhile."""
        if _left(self._leaving):
            return None
        # Shielded: where the worker is ended, the screen is there still and will be answered.
        return await asyncio.shield(self._leaving.app.push_screen(screen, wait_for_dismiss=True))

    async def give_way(self, screen: Screen[Any]) -> None:
        """Put a screen in the place of this one, unless this one has been left meanwhile."""
        if not _left(self._leaving):
            for above in _above(self._leaving):
                above.dismiss()
            await self._leaving.app.switch_screen(screen)

    async def _dispatch_message(self, message: Message) -> None:
        if isinstance(message, _LAST) or not gone(self._leaving):
            await Screen._dispatch_message(self._leaving, message)

    def set_timer(self, delay: float, callback: TimerCallback | None = None, **how: Any) -> Timer:  # noqa: ANN401 - Textual's own
        return Screen.set_timer(self._leaving, delay, self._while_here(callback), **how)

    def set_interval(self, interval: float, callback: TimerCallback | None = None, **how: Any) -> Timer:  # noqa: ANN401 - Textual's own
        return Screen.set_interval(self._leaving, interval, self._while_here(callback), **how)

    def _while_here(self, callback: TimerCallback | None) -> TimerCallback | None:
        """A timer may have run out already when the screen is taken away."""
        if callback is None:
            return None

        async def call() -> None:
            if not gone(self._leaving):
                result = callback()
                if isawaitable(result):
                    await result

        return call

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own
        """What has gone can't have the focus: no key would reach the screen any more."""
        if widget is None or not gone(widget):
            Screen.set_focus(self._leaving, widget, scroll_visible, from_app_focus)

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """What is clicked. A widget that has gone may be in the picture still."""
        found, offset = Screen.get_widget_and_offset_at(self._leaving, x, y)
        return (None, None) if found is None or gone(found) else (found, offset)


def _left(screen: Screen[Any]) -> bool:
    """Whether nobody wants any more what was begun in it."""
    return gone(screen) or screen not in screen.app.screen_stack


def _above(screen: Screen[Any]) -> list[Screen[Any]]:
    """What lies over it, the last first."""
    stack = screen.app.screen_stack
    return stack[:stack.index(screen):-1]
