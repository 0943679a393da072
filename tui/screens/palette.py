"""The command palette: every command of the screen by its name, however the letters of that are typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Self, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.visual import VisualType
from textual.widgets.option_list import Option

from tui.app.key_dispatch import KeyDispatch
from tui.app.screen import AppScreen
from tui.config.keymap import COMMANDS, DESCRIPTION, NAME, Place
from tui.core.sanitize import visible
from tui.i18n.words import folded, say
from tui.widgets.binding import bindings
from tui.widgets.options import Changing, paged


class Commands(Provider):
    """The commands that can be given now, and those that say why they can't."""

    def _all(self) -> Iterator[tuple[str, str, Text, Callable[[], Any]]]:
        """Name, what it does in words, how both are shown, and how it is given."""
        app = cast("KeyDispatch", self.app)
        for command in sorted(app.commands(self.screen), key=lambda command: _ORDER.get(COMMANDS[command.id].group, 0)):
            if (command.applies or command.why_not) and command.id != "app.palette":
                name, does = say(NAME[command.id]), say(DESCRIPTION[command.id])
                yield name, does, _shown(name, command.keys, command.why_not or does), partial(app.run_command, command)
        for title, about, run, _found in app.get_system_commands(self.screen):
            yield title, about, _shown(title, about), run

    async def discover(self) -> Hits:
        for name, _does, shown, run in self._all():
            yield DiscoveryHit(shown, run, name)

    async def search(self, query: str) -> Hits:
        """What has every word in it; first whose name begins with the first of them, then whose name has them all."""
        words = folded(query).split()
        for name, does, shown, run in self._all():
            named, described = folded(name), folded(f"{name} {does}")
            if all(word in described for word in words):
                named_so = all(word in named for word in words)
                yield Hit(1.0 if named.startswith(words[0]) else 0.75 if named_so else 0.5, shown, run, name)


_ORDER = {"app": 1, "move": 2, "phone": 2, "days": 2}


def _shown(name: str, *notes: str) -> Text:
    shown = [visible(note) for note in notes if note]
    return Text.assemble(visible(name), *(part for note in shown for part in ("   ", (note, "not bold dim"))))


class _Found(Changing, CommandList, can_focus=False, inherit_bindings=False):
    """The commands that match. Textual's own, which changes with each key."""

    def add_option(self, option: Option | VisualType | None = None) -> Self:
        """Commands come many at a time. What comes alone is that there is none, which Textual says in English."""
        if isinstance(option, Option) and option.disabled:
            option = Option(Content(say("screens.palette.nothing")), disabled=True, id=option.id)
        return super().add_option(option)

    def action_page_up(self) -> None:
        if paged(self):
            super().action_page_up()  # type: ignore[no-untyped-call] # Textual has none there

    def action_page_down(self) -> None:
        if paged(self):
            super().action_page_down()  # type: ignore[no-untyped-call] # Textual has none there


class Palette(CommandPalette, AppScreen[None], inherit_bindings=False):
    """Textual's, with keys that have ids and texts that are ours."""

    BINDINGS = bindings(Place.PALETTE)

    def __init__(self) -> None:
        super().__init__([Commands], placeholder=say("screens.palette.search"))

    def compose(self) -> ComposeResult:
        for widget in super().compose():
            yield _Found() if isinstance(widget, CommandList) else widget
