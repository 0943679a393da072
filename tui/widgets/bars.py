"""Bars side by side with words: how many of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from msgspec import Struct
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.core.sanitize import visible
from tui.i18n.words import grouped, percent
from tui.widgets.table import fit
from tui.widgets.text_lines import wrapped

_EIGHTHS: Final = " ▏▎▍▌▋▊▉"
MIN_BAR: Final = 4


class Bar(Struct, frozen=True):
    """`key` names it to whoever hears of a click; `tone` is a colour of the theme."""

    key: str
    label: str
    count: int
    tone: str = "primary"


def bar_text(share: float, width: int) -> str:
    """A bar of `width` cells, filled to `share` (0 to 1); whatever is not nothing is seen.

    >>> bar_text(0.5, 4)
    '██  '
    """
    eighths = round(max(0.0, min(1.0, share)) * width * 8)
    if share > 0:
        eighths = max(1, eighths)
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + (_EIGHTHS[rest] if rest else "")).ljust(width)


class Bars(Widget):
    """A heading and a bar a line, as many as there is room for; the last line says how many more there are."""

    bars: reactive[tuple[Bar, ...]] = reactive(())
    chosen: reactive[str | None] = reactive(None)
    whole: reactive[int] = reactive(0)  # what the shares are of; 0: of all bars together
    hint: reactive[str] = reactive("")  # shown where there is no bar

    @dataclass
    class Clicked(Message):
        bars: Bars
        key: str

        @property
        def control(self) -> Bars:
            return self.bars

    def __init__(self, heading: str, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._heading = heading

    def copy_words_from(self, fresh: Bars) -> None:
        """The heading of another language."""
        self._heading = fresh._heading

    @property
    def _shown(self) -> tuple[Bar, ...]:
        """The bars that have room below the heading; where not all have, a line that counts the others needs one."""
        room = self.size.height - 1
        return self.bars if len(self.bars) <= room else self.bars[: max(0, room - 1)]

    def render(self) -> RenderResult:
        width, room, shown = self.size.width, self.size.height - 1, self._shown
        whole = self.whole or sum(bar.count for bar in self.bars) or 1
        longest = max((len(bar.label) for bar in shown), default=0)
        label = min(longest, max(8, width - MIN_BAR - 16))
        rows = [Content.assemble((fit(self._heading, width), "$muted"))]
        rows += [self._row(bar, bar.count / whole, label, width) for bar in shown]
        if not shown and self.hint:
            rows += [Content.assemble((line, "$muted")) for line in wrapped(self.hint, width, 0)[:room]]
        if len(shown) < len(self.bars):
            rest = self.bars[len(shown):]
            rows.append(Content.assemble((f"  … {len(rest)}: {grouped(sum(bar.count for bar in rest))}", "$muted")))
        return Content("\n").join(rows)

    def _row(self, bar: Bar, share: float, label: int, width: int) -> Content:
        here = bar.key == self.chosen
        count, part = grouped(bar.count).rjust(7), percent(share).rjust(5)
        room = max(0, width - label - len(count) - len(part) - 5)
        return Content.assemble(
            ("▸" if here else " ", "$accent"), (fit(visible(bar.label), label), "bold" if here else ""), " ",
            (bar_text(share, room), f"${bar.tone}"), " ", count, " ", (part, "$muted"))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        place = offset.y - 1 if offset is not None else -1
        if 0 <= place < len(self._shown):
            self.post_message(self.Clicked(self, self.bars[place].key))
