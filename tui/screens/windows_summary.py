"""The calling windows in the form, beneath the dates and hours that make them."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.core.sanitize import visible
from tui.widgets.text_lines import wrapped


class WindowsSummary(Widget):
    """When it will call and whether its list can be finished, in words, as the fields above it stand."""

    lines: reactive[tuple[str, ...]] = reactive((), layout=True)

    def show(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)

    def render(self) -> RenderResult:
        width = max(20, self.size.width)
        rows = [Content.assemble((row, "$text-warning" if line.startswith("! ") else ""))
                for line in self.lines for row in wrapped(visible(line), width, hang=2)]
        return Content("\n").join(rows)
