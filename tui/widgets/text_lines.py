"""Lines of words, as many as there are: wrapped to the room there is, one of them marked as where one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.cells import cell_len, chop_cells
from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from tui.core.sanitize import visible
from tui.text.lines import Line
from tui.widgets.page import Scrolled
from tui.widgets.rows import Rows
from tui.widgets.table import fit
from tui.widgets.tones import Tones


class Look(NamedTuple):
    """How a row looks."""

    mark: str = " "
    text: str = ""
    tone: str = ""
    here: bool = False


class TextLines(Scrolled, Rows, Tones, can_focus=False, inherit_bindings=False):
    """Shows `Line`s. A click on one that has a place is posted."""

    TONES = "text-lines"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "text-lines--muted", "text-lines--bad", "text-lines--doubt", "text-lines--on", "text-lines--strong",
        "text-lines--here",
    }

    @dataclass
    class Clicked(Message):
        place: str

    def __init__(self, *, follow: bool = False, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        """`follow` keeps the last line in view as lines are added."""
        super().__init__(id=id)
        self._follow = follow
        self._lines: tuple[Line, ...] = ()
        self._rows: list[tuple[str, Line]] = []
        self._here = ""
        self._width = 0

    def put(self, lines: Sequence[Line], here: str | None = None) -> None:
        """Show other lines, the mark at the place `here`."""
        before = self._looks()
        other = tuple(lines) != self._lines or self._width != self.scrollable_content_region.width
        moved = here is not None and here != self._here
        if here is not None:
            self._here = here
        if other:
            self._lines = tuple(lines)
            self._wrap()
        self._repaint(before)
        if other or moved:  # else one stays where one has scrolled to
            self._reveal()

    def go(self, here: str) -> None:
        """Move the mark."""
        before, self._here = self._looks(), here
        self._repaint(before)
        self._reveal()

    def _repaint(self, before: list[Look]) -> None:
        """Paint anew the rows that look other than before."""
        changed = [y for y, (old, new) in enumerate(zip(before, self._looks(), strict=True)) if old != new]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def _looks(self) -> list[Look]:
        """The rows that are seen."""
        top = int(self.scroll_offset.y)
        return [self._look(row) for row in range(top, top + self.size.height)]

    def _look(self, row: int) -> Look:
        if row >= len(self._rows):
            return Look()
        text, line = self._rows[row]
        here = bool(line.place) and line.place == self._here
        first = row == 0 or self._rows[row - 1][1] is not line
        return Look("▸" if here and first else " ", text, line.tone, here)

    def _reveal(self) -> None:
        """Scroll to where one is, all its rows."""
        mine = [row for row, (_text, line) in enumerate(self._rows) if self._here and line.place == self._here]
        top, height = int(self.scroll_offset.y), self.size.height
        if mine and height and not (top <= mine[0] and mine[-1] < top + height):
            self.scroll_to(y=max(0, mine[0] - height // 2), animate=False, immediate=True)

    @property
    def texts(self) -> list[str]:
        """What is shown, a text a line."""
        return [line.text for line in self._lines]

    def on_resize(self) -> None:
        if self.scrollable_content_region.width != self._width:
            self._wrap()
            self.refresh()
        self._reveal()

    def _wrap(self) -> None:
        self._width = self.scrollable_content_region.width
        if not self._width:  # hidden
            self._rows = []
            return
        self._rows = [(row, line) for line in self._lines
                      for row in wrapped(visible(line.text), self._width - 1, line.hang)]
        self.virtual_size = Size(self._width, len(self._rows))
        if self._follow:
            self.scroll_end(animate=False, immediate=True)

    def render_line(self, y: int) -> Strip:
        look = self._look(int(self.scroll_offset.y) + y)
        width = self.scrollable_content_region.width
        style = self.ground + self.tone(look.tone)
        if look.here:
            style += self.tone("here")
        return Strip([Segment(look.mark + fit(look.text, width - 1), style)])

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        row = int(self.scroll_offset.y) + offset.y if offset is not None else len(self._rows)
        if row < len(self._rows) and (place := self._rows[row][1].place):
            self.post_message(self.Clicked(place))


def wrapped(text: str, width: int, hang: int) -> list[str]:
    """`text` in rows of at most `width` cells, broken between words where they have spaces; further rows stand in.

    >>> wrapped("one two three", 8, 2)
    ['one two', '  three']
    """
    indent = len(text) - len(text.lstrip(" "))
    if width <= max(hang, indent) + 4:
        return [text]
    rows, row = [], text[:indent]
    for place, word in enumerate(text[indent:].split(" ")):
        candidate = f"{row} {word}" if place else row + word
        if cell_len(candidate) > width and row.strip():
            rows.append(row)
            candidate = " " * hang + word
        row = candidate
        while cell_len(row) > width:
            rows.append(chop_cells(row, width)[0])
            row = " " * hang + row[len(rows[-1]):]
    return [*rows, row]
