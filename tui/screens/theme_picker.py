"""Choosing a theme: the one that the cursor is on is shown at once, with everything that lies beneath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from tui.app.dialog import Dialog
from tui.core.sanitize import visible
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.widgets.options import Options

OURS = ("santral-ansi", "santral-colour-blind", "santral-dark", "santral-high-contrast", "santral-high-contrast-light",
        "santral-light")
_ABOUT: Final = TextKeys("screens.themes.about.{}", OURS)


class ThemesDialog(Dialog[None]):
    """`enter` keeps the theme, `esc` goes back to the one before."""

    HEADING = "screens.themes.title"

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = list(names)

    def body(self) -> ComposeResult:
        width = max(map(len, self._names), default=0)
        yield Options(*(Option(_row(name, width)) for name in self._names))
        yield Static(self._hint(), markup=False, classes="hint")

    def _hint(self) -> str:
        if self.app.no_color:
            return say("screens.themes.no_color")
        return say("screens.themes.few_colours" if self.santral.only_ansi else "screens.themes.hint")

    def on_mount(self) -> None:
        self._before = self.app.theme
        wanted = self.santral.wanted_theme if self.santral.only_ansi else self.app.theme
        listed = self.query_one(Options)
        listed.highlighted = self._names.index(wanted) if wanted in self._names else 0
        listed.focus()

    @on(Options.OptionHighlighted)
    def _show(self, event: Options.OptionHighlighted) -> None:
        if not self.santral.only_ansi:
            self.app.theme = self._names[event.option_index]

    @on(Options.OptionSelected)
    def _keep(self, event: Options.OptionSelected) -> None:
        self.santral.use_theme(self._names[event.option_index])
        self.dismiss()

    def action_leave(self) -> None:
        self.app.theme = self._before
        super().action_leave()


def about_theme(name: str) -> str:
    return say(_ABOUT[name]) if name in OURS else say("screens.themes.own")


def _row(name: str, width: int) -> Content:
    return Content.assemble(visible(name).ljust(width), "  ", (about_theme(name), "$muted"))
