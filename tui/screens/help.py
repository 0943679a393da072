"""Help on the screen beneath: its keys, in the language in use."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.screens.base import Dialog
from tui.widgets.binding import bind
from tui.words import say


class HelpScreen(Dialog[None]):
    """Pairs of keys and what they do; the texts about the states and the first rules below."""

    BINDINGS = [bind("app.back", "leave", show=False), bind("app.help", "leave", show=False, priority=False)]
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, keys: Sequence[tuple[str, str]], topic: str) -> None:
        super().__init__()
        self._keys = keys
        self._topic = topic

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog wide", can_focus=True):
            yield Static(say("screens.help.title"), markup=False, classes="title")
            yield Static(say(f"screens.help.{self._topic}"), markup=False, classes="text")
            width = max((len(key) for key, _text in self._keys), default=0)
            yield Static("\n".join(f"  {key:<{width}}  {text}" for key, text in self._keys), markup=False)
            yield Static(say("screens.help.everywhere"), markup=False, classes="text")

    def action_leave(self) -> None:
        self.dismiss()
