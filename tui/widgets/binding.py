"""Bindings from the key map, so that each has an id and can be changed in the configuration."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from textual.app import App
from textual.binding import Binding, BindingType
from textual.message_pump import MessagePump
from textual.widget import Widget

from tui.config.keymap import Place, used_in


def bindings(*places: Place) -> list[BindingType]:
    """What is bound in some places, as the key map has it. Labels are said when they are shown, in the language then.

    A priority binding acts in the order in which keys were pressed. Any other acts when its key has gone through the
    widget with the focus: in a burst, as a slow line brings them, later keys would overtake it and land elsewhere.
    Those that are letters give way where text is typed (`KeyDispatch`).
    """
    return [Binding(",".join(command.keys), use.action, command.id, id=command.id, show=use.in_footer,
                    priority=use.priority)
            for place in places for command, use in used_in(place)]


def binds(widget: Widget | None, binding_id: str) -> bool:
    """Whether a widget has a command of its own for `binding_id`, which a screen's must not take from it."""
    return widget is not None and any(binding.id == binding_id for _key, binding in widget._bindings)


async def settled(widget: Widget) -> None:
    """Wait until a widget has taken in what was sent to it, and its screen what the widget posted of it.

    A key that goes on from a widget awaits this: the next one lands where it leads, though both came in one burst.
    """
    for node in widget.ancestors_with_self:
        if not isinstance(node, App):
            await taken_in(node)


_waits_for: Final[dict[asyncio.Task[Any], asyncio.Task[Any]]] = {}  # a widget's task, and whose it waits for


async def taken_in(node: MessagePump) -> None:
    """Wait until a widget has taken in what was sent to it; one that is closed takes nothing.

    Nor is one waited for that waits for who waits here, itself or by others: neither would ever go on.
    """
    here, arrived, task = asyncio.current_task(), asyncio.Event(), _task_of(node)
    if here is None or task is None or _waits(task, here) or not node.call_later(arrived.set):
        return
    waiting = asyncio.ensure_future(arrived.wait())
    _waits_for[here] = task
    try:
        await asyncio.wait({waiting, task}, return_when=asyncio.FIRST_COMPLETED)  # it may be closed meanwhile
    finally:
        del _waits_for[here]
        waiting.cancel()


def _task_of(node: MessagePump) -> asyncio.Task[Any] | None:
    """The task in which it takes messages; None where it takes none yet, or no more: Textual asserts that it does."""
    try:
        return node.task
    except AssertionError:
        return None


def _waits(task: asyncio.Task[Any], other: asyncio.Task[Any]) -> bool:
    at: asyncio.Task[Any] | None = task
    while at is not None and at is not other:
        at = _waits_for.get(at)
    return at is other
