"""How a screen goes: once, with all that lies over it, and deaf from then on (`AppScreen`)."""

from __future__ import annotations

from inspect import isawaitable
from typing import Any, Final

from textual import events, messages
from textual.message import Message
from textual.screen import Screen
from textual.timer import TimerCallback

from tui.widgets.presence import gone

# What a screen goes by; and a callback, as somebody waits for it.
_LAST: Final = (events.Unmount, events.ScreenSuspend, events.Callback, messages.Prune, messages.CloseMessages)


def has_left(screen: Screen[Any]) -> bool:
    """Whether nobody wants any more what was begun in it."""
    return gone(screen) or screen not in screen.app.screen_stack


def hears(screen: Screen[Any], message: Message) -> bool:
    """Whether a message is for a screen: one that goes hears nothing but what it goes by."""
    return isinstance(message, _LAST) or not gone(screen)


def dismiss_above(screen: Screen[Any]) -> None:
    """Leave whatever lies over a screen, the last first."""
    stack = screen.app.screen_stack
    for above in stack[:stack.index(screen):-1]:
        above.dismiss()


def while_here(screen: Screen[Any], callback: TimerCallback | None) -> TimerCallback | None:
    """The callback of a timer, which may have run out already when the screen is taken away."""
    if callback is None:
        return None

    async def call() -> None:
        if not gone(screen):
            result = callback()
            if isawaitable(result):
                await result

    return call


async def switch_screen(here: Screen[Any], screen: Screen[Any]) -> None:
    """Put `screen` in the place of `here`, unless that has been left meanwhile."""
    if not has_left(here):
        dismiss_above(here)
        await here.app.switch_screen(screen)
