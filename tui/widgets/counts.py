"""A line of counts, one of which is chosen: a click chooses another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.i18n.words import grouped


class Count(Struct, frozen=True):
    """`glyph` stands for the word where there is no room for all words."""

    key: str
    glyph: str
    word: str
    count: int
    chosen: bool = False


class CountsLine(Widget):
    """Where there is no room for all words, signs take their place, but not that of the chosen one's."""

    counts: reactive[tuple[Count, ...]] = reactive(())

    @dataclass
    class Chosen(Message):
        line: CountsLine
        key: str

    def on_mount(self) -> None:
        self._spans: list[tuple[int, int, str]] = []

    def render(self) -> RenderResult:
        parts, gap = self._parts(self.counts, words=True), "  "
        if sum(part.cell_length + len(gap) for part in parts) > self.size.width:
            parts, gap = self._parts(self.counts, words=False), " "
        line, self._spans = Content(""), []
        for part, count in zip(parts, self.counts, strict=True):
            start = line.cell_length
            line += part
            self._spans.append((start, line.cell_length, count.key))
            line += gap
        return line

    @staticmethod
    def _parts(counts: Sequence[Count], *, words: bool) -> list[Content]:
        parts = []
        for count in counts:
            word = count.word if words or count.chosen or not count.glyph else count.glyph
            text = f"{word} {grouped(count.count)}"
            parts.append(Content.assemble(("▸", "$accent"), (text, "$foreground bold underline")) if count.chosen
                         else Content(f" {text}"))
        return parts

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        for start, stop, key in self._spans:
            if offset is not None and start <= offset.x < stop:
                self.post_message(self.Chosen(self, key))
