"""The menu in the form: what the callee hears, read only; it opens the editor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.campaign.account import Account
from tui.campaign.menu import MENU_FIELDS
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.rules import Problem
from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.text.lines import Line
from tui.text.menu import menu_lines
from tui.widgets.binding import bindings
from tui.widgets.text_lines import wrapped


class MenuSummary(Widget, can_focus=True):
    """The form opens the editor with `enter` here, or at a key of the phone."""

    BINDINGS = bindings(Place.MENU_SUMMARY)
    lines: reactive[tuple[Line, ...]] = reactive((), layout=True)

    @dataclass
    class Asked(Message):
        """The editor is asked for."""

    def show(self, draft: ParsedDraft, account: Account, problems: Sequence[Problem]) -> None:
        mine = [problem for problem in problems if problem.field in MENU_FIELDS]
        self.lines = tuple(menu_lines(draft, account, mine))

    def render(self) -> RenderResult:
        width = max(20, self.size.width - 2)
        tones = {"bad": "$text-error", "doubt": "$text-warning", "muted": "$muted"}
        rows = [Content.assemble((row, tones.get(line.tone, "")))
                for line in self.lines for row in wrapped(visible(line.text), width, line.hang)]
        return Content("\n").join(rows)

    def on_click(self) -> None:
        self.post_message(self.Asked())
