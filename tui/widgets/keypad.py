"""The keys of a telephone with what each leads to, and beneath them what happens for no key and for a wrong one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Final

from msgspec import Struct
from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.text.keys import MENU_PLACE
from tui.widgets.table import fit
from tui.widgets.tones import Tones

ROWS: Final = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), ("*", "0", "#"), ("-", "!"))
CELL_HEIGHT: Final = 3
PITCH: Final = CELL_HEIGHT + 1
GAP: Final = 1
WIDEST: Final = 22


class KeyCell(Struct, frozen=True):
    """What is shown of one key: its kind, its parameter, and a name or what is wrong. Unset where `kind` is ""."""

    kind: str = ""
    value: str = ""
    note: str = ""
    tone: str = ""  # of the value and the note
    mark: str = ""


class Keypad(Tones, can_focus=True):
    """Fourteen places. `place` is where one is; `other` the key that is to be swapped, marked as well."""

    TONES = "keypad"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "keypad--cell", "keypad--here", "keypad--key", "keypad--kind", "keypad--muted", "keypad--bad", "keypad--doubt",
        "keypad--other",
    }

    place: reactive[str] = reactive("1", repaint=False)
    other: reactive[str] = reactive("", repaint=False)

    @dataclass
    class Moved(Message):
        place: str

    @dataclass
    class Opened(Message):
        """The key was clicked where one was, or double-clicked."""

        place: str

    def __init__(self, place: str = "1") -> None:
        super().__init__()
        self.set_reactive(Keypad.place, place)
        self._cells: Mapping[str, KeyCell] = {}

    def put(self, cells: Mapping[str, KeyCell]) -> None:
        """Show other targets; keys that stay as they are aren't painted anew."""
        changed = [place for row in ROWS for place in row if cells.get(place) != self._cells.get(place)]
        self._cells = dict(cells)
        self._repaint(*changed)

    def watch_place(self, old: str, new: str) -> None:
        self._repaint(old, new)

    def watch_other(self, old: str, new: str) -> None:
        self._repaint(*filter(None, (old, new)))

    def _repaint(self, *places: str) -> None:
        if places:
            self.refresh(*(self._region(place) for place in places))

    def neighbour(self, across: int, down: int) -> str:
        """The key that the eye sees there; this one at the edge."""
        row = next(index for index, places in enumerate(ROWS) if self.place in places)
        column = ROWS[row].index(self.place)
        if down:
            target = row + down
            if not 0 <= target < len(ROWS):
                return self.place
            centre = self._centre(row, column)
            places = ROWS[target]
            return min(places, key=lambda place: abs(self._centre(target, places.index(place)) - centre))
        return ROWS[row][max(0, min(column + across, len(ROWS[row]) - 1))]

    @staticmethod
    def _centre(row: int, column: int) -> float:
        return (column + 0.5) / len(ROWS[row])

    def _columns(self, row: int) -> list[tuple[int, int]]:
        """Left edge and width of each cell of a row."""
        whole = min(self.size.width, 3 * WIDEST + 2 * GAP)
        cells = len(ROWS[row])
        edges = [round(place * (whole + GAP) / cells) for place in range(cells + 1)]
        return [(left, right - left - GAP) for left, right in pairwise(edges)]

    def _region(self, place: str) -> Region:
        row = next(index for index, places in enumerate(ROWS) if place in places)
        left, width = self._columns(row)[ROWS[row].index(place)]
        return Region(left, row * PITCH, width, CELL_HEIGHT)

    def render_line(self, y: int) -> Strip:
        row, line = divmod(y, PITCH)
        base = self.ground
        if row >= len(ROWS) or line == CELL_HEIGHT:
            return Strip.blank(self.size.width, base)
        segments: list[Segment] = []
        at = 0
        for place, (left, width) in zip(ROWS[row], self._columns(row), strict=True):
            if left > at:
                segments.append(Segment(" " * (left - at), base))
            segments += self._cell(place, line, width)
            at = left + width
        return Strip(segments).simplify().adjust_cell_length(self.size.width, base)

    def _cell(self, place: str, line: int, width: int) -> list[Segment]:
        here = place == self.place
        ground = self.ground + self.tone("here" if here else "other" if place == self.other else "cell")
        cell = self._cells.get(place, KeyCell())
        bar = Segment("▌" if here else "⇄" if place == self.other and not line else " ", ground + self.tone("key"))
        room = width - 1
        if line == 0:
            label = place if place not in ROWS[-1] else say(MENU_PLACE[place])
            kind = cell.kind or say("widgets.menu.unset")
            mark = f" {cell.mark}" if cell.mark else ""
            space = max(0, room - len(label) - 1 - len(mark))
            return [bar, Segment(label, ground + self.tone("key")), Segment(" ", ground),
                    Segment(fit(visible(kind), space), ground + self.tone("kind" if cell.kind else "muted")),
                    Segment(mark, ground + self.tone("key"))]
        text = cell.value if line == 1 else cell.note
        tone = cell.tone if line == 1 or cell.tone else "muted"
        return [bar, Segment(fit(visible(text), room), ground + self.tone(tone))]

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        for row in ROWS:
            for place in row:
                if self._region(place).contains_point(offset):
                    if place == self.place:
                        self.post_message(self.Opened(place))
                    else:
                        self.place = place
                        self.post_message(self.Moved(place))
