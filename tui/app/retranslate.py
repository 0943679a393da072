"""Another language on what is shown already. Nothing is made anew, so nothing that was typed is lost.

What a widget is made of is composed once more, beside the screen, and only its words are taken over: where a text
stands is known to `compose` alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol, Self, runtime_checkable

from textual.compose import compose
from textual.widget import Widget
from textual.widgets import Button, Checkbox, Input, Static

from tui.widgets.presence import gone, there

if TYPE_CHECKING:
    from tui.app.screen import AppScreen


@runtime_checkable
class Translatable(Protocol):
    """A widget with words of its own."""

    def copy_words_from(self, fresh: Self) -> None:
        """Show the words of `fresh`; all else stays."""


def retranslate_screen(screen: AppScreen[Any]) -> None:
    """Write all of a screen in the language in use now. What was typed, the cursor and the focus stay."""
    if gone(screen):
        return
    retranslate(screen)
    if not there(screen):  # its data is written once it is
        return
    screen.refresh_texts()
    for widget in screen.walk_children():
        widget.refresh(layout=True)
    screen.refresh_bindings()


def retranslate(node: Widget) -> None:
    """Say all that `node` is composed of in the language in use now."""
    _follow(_parts(node), compose(node))


def _follow(shown: Iterable[Widget], made: Iterable[Widget]) -> None:
    for old, fresh in zip(shown, made, strict=False):  # what was put there later follows: the screen refreshes it
        if type(old) is not type(fresh):
            continue
        if old is not fresh:  # an editor that the screen keeps by itself is yielded again as it is
            _copy_words(old, fresh)
        inside = list(fresh._pending_children)
        if type(old).__module__.startswith("tui."):
            inside += compose(old)
        _follow(_parts(old), inside)


def _parts(node: Widget) -> list[Widget]:
    """What is in it, and what is made and will be put into it in a moment."""
    return [child for child in (*node.children, *node._pending_children) if not child.has_class("-textual-system")]


def _copy_words(old: Widget, fresh: Widget) -> None:
    match old, fresh:
        case Translatable(), Translatable():
            old.copy_words_from(fresh)
        case Button(), Button():
            old.label = fresh.label
        case Checkbox(), Checkbox():
            old.label = fresh.label
        case Input(), Input():
            old.placeholder = fresh.placeholder
        case Static(), Static() if fresh.content:  # what shows data is refreshed by the screen
            old.update(fresh.content)
