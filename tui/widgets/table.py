"""A table of any length: it holds the rows that are seen, and asks for others as they come into view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from msgspec import Struct
from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui.config.keymap import Place
from tui.core.sanitize import visible
from tui.widgets.binding import bindings
from tui.widgets.rows import Rows
from tui.widgets.tones import Tones


class Column(Struct, frozen=True):
    """`width` in cells; 0 takes what is left. It is left out where the terminal is narrower than `min_room`, or wider
    than `max_room`."""

    key: str
    label: str
    width: int = 0
    right: bool = False
    min_room: int = 0
    max_room: int = 1_000_000


class Cell(Struct, frozen=True):
    """`tone` names the component class `table--<tone>` that colours it."""

    text: str
    tone: str = ""


Row = Mapping[str, Cell]

MARK = "mark"  # the key of a sign of one cell before the row
MARGIN = 2
GAP = 2
_NO_MARK = Cell("")


class Table(Rows, Tones, can_focus=True, inherit_bindings=False):
    """Rows by index. The owner hands over pages with `put`, and hears `Wanted` for rows that aren't there yet."""

    TONES = "table"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--header", "table--cursor", "table--muted", "table--on", "table--off", "table--draft", "table--doubt",
        "table--bad", "table--mark",
    }
    BINDINGS = bindings(Place.TABLE)

    cursor: reactive[int] = reactive(0, repaint=False)  # of the rows that it leaves and comes to alone, below
    count: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Wanted(Message):
        """Rows from `start` up to `end` have come into view and aren't there."""

        table: Table
        start: int
        end: int

        @property
        def control(self) -> Table:
            return self.table

    @dataclass
    class Moved(Message):
        """The cursor is on another row."""

        table: Table
        row: int

        @property
        def control(self) -> Table:
            return self.table

    @dataclass
    class Opened(Message):
        """The row was double-clicked, or clicked where the cursor was."""

        table: Table
        row: int

    @dataclass
    class Reached(Message):
        """The row was clicked with shift, so that all from the cursor up to it are meant; with ctrl, it alone."""

        table: Table
        row: int
        alone: bool

    @dataclass
    class HeadingClicked(Message):
        table: Table
        column: str

    def __init__(self, columns: Sequence[Column], *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.columns = tuple(columns)
        self.heading = ""  # key of the column by which it is sorted, marked in the header
        self.descending = False
        self._rows: dict[int, Row] = {}
        self._counted = False  # how many rows there are
        self._ahead: list[Callable[[], None]] = []  # moves that were made before that

    def copy_words_from(self, fresh: Table) -> None:
        """The headings of another language."""
        self.columns = fresh.columns

    @property
    def room(self) -> int:
        """The width by which columns are left out: the terminal's."""
        return self.app.size.width

    def show(self, columns: Sequence[Column]) -> None:
        """Other columns, of the same rows."""
        if tuple(columns) != self.columns:
            self.columns = tuple(columns)
            self.refresh()

    @property
    def shown(self) -> list[str]:
        """The keys of the columns that there is room for."""
        return [column.key for column, _width in self._widths()]

    def put(self, start: int, rows: Sequence[Row]) -> None:
        """The rows from `start` on."""
        self.put_rows(dict(enumerate(rows, start)))

    def put_rows(self, rows: Mapping[int, Row]) -> None:
        """Rows by their index, wherever they stand. Only those in view that changed are painted anew."""
        before = self._seen()
        self._rows |= rows
        self._repaint(before)

    def _seen(self) -> list[Row | None]:
        """The rows that are seen, an empty one for each that isn't known yet; None beneath the last."""
        top = int(self.scroll_offset.y)
        return [self._rows.get(index, {}) if index < self.count else None
                for index in range(top, top + self.size.height - 1)]

    def _repaint(self, before: Sequence[Row | None]) -> None:
        """Paint anew the rows that are others than before."""
        changed = [y for y, (old, new) in enumerate(zip(before, self._seen(), strict=True), start=1) if old != new]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def reset(self, count: int, *, cursor: int | None = None) -> None:
        """There are `count` rows now, none of which is known yet."""
        self._rows.clear()
        self.count = count
        self.virtual_size = Size(self.size.width, count + 1)
        self.cursor = max(0, min(self.cursor if cursor is None else cursor, count - 1))
        self.refresh()
        self._catch_up()

    def renew(self, count: int, start: int, rows: Sequence[Row], *, cursor: int | None = None) -> None:
        """There are `count` rows now, of which those from `start` on are known. Only what changed is painted anew."""
        before = self._seen()
        self._rows = dict(enumerate(rows, start))
        self.count = count
        self.virtual_size = Size(self.size.width, count + 1)
        self._repaint(before)
        self.cursor = max(0, min(self.cursor if cursor is None else cursor, count - 1))
        self._catch_up()

    def _catch_up(self) -> None:
        """What was typed before it was known how many rows there are acts now."""
        self._counted, ahead, self._ahead = True, self._ahead, []
        for move in ahead:
            move()

    def watch_cursor(self, old: int, new: int) -> None:
        if self.count:
            self.scroll_to_region(Region(0, new, 1, 2), animate=False, force=True)
            self.post_message(self.Moved(self, new))
        # Only the two rows: to paint the whole table anew would write kilobytes with every key.
        top, width = int(self.scroll_offset.y) - 1, self.size.width
        self.refresh(*(Region(0, row - top, width, 1) for row in (old, new)))

    def action_move(self, step: int) -> None:
        if not self._counted:
            self._ahead.append(partial(self.action_move, step))
            return
        self.cursor = max(0, min(self.cursor + step, self.count - 1))

    def action_move_to(self, row: int) -> None:
        if not self._counted:
            self._ahead.append(partial(self.action_move_to, row))
            return
        self.cursor = max(0, self.count - 1 if row < 0 else row)

    def action_page(self, direction: int) -> None:
        if not self._counted:
            self._ahead.append(partial(self.action_page, direction))
            return
        self.action_move(direction * max(1, self.size.height - 2))

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, self.count + 1)
        self.scroll_to_region(Region(0, self.cursor, 1, 2), animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y == 0:
            if column := self._column_at(offset.x):
                self.post_message(self.HeadingClicked(self, column))
            return
        row = int(self.scroll_offset.y) + offset.y - 1
        if row < self.count:
            if event.shift or event.ctrl:
                self.post_message(self.Reached(self, row, alone=event.ctrl))
                return
            if row == self.cursor:
                self.post_message(self.Opened(self, row))
            self.cursor = row

    def _column_at(self, x: int) -> str | None:
        left = MARGIN
        for column, width in self._widths():
            if left <= x < left + width + GAP:
                return column.key
            left += width + GAP
        return None

    def _widths(self) -> list[tuple[Column, int]]:
        shown = [column for column in self.columns if column.min_room <= self.room <= column.max_room]
        fixed = sum(column.width for column in shown) + GAP * (len(shown) - 1) + 2 * MARGIN
        free = max(8, self.size.width - fixed)
        flexible = sum(column.width == 0 for column in shown) or 1
        return [(column, column.width or free // flexible) for column in shown]

    def render_line(self, y: int) -> Strip:
        if y == 0:
            return self._header()
        index = int(self.scroll_offset.y) + y - 1
        base = self.ground
        if index >= self.count:
            return Strip.blank(self.size.width, base)
        if index not in self._rows:
            self._ask()
        current = index == self.cursor
        if current:
            base += self.tone("cursor")
        row = self._rows.get(index, {})
        mark = row.get(MARK, _NO_MARK)
        segments = [Segment("▌" if current else " ", base),
                    Segment(fit(mark.text, MARGIN - 1), base + self.tone(mark.tone))]
        for column, width in self._widths():
            cell = row.get(column.key, Cell("…" if not row else ""))
            segments.append(Segment(fit(visible(cell.text), width, right=column.right), base + self.tone(cell.tone)))
            segments.append(Segment(" " * GAP, base))
        return Strip(segments).simplify().adjust_cell_length(self.size.width, base)

    def _header(self) -> Strip:
        style = self.ground + self.tone("header")
        segments = [Segment(" " * MARGIN, style)]
        for column, width in self._widths():
            mark = ("▾" if self.descending else "▴") if column.key == self.heading else ""
            segments.append(Segment(fit(column.label + mark, width, right=column.right), style))
            segments.append(Segment(" " * GAP, style))
        return Strip(segments).simplify().adjust_cell_length(self.size.width, style)

    def _ask(self) -> None:
        height = max(1, self.size.height - 1)
        start = max(0, int(self.scroll_offset.y) - height)
        self.post_message(self.Wanted(self, start, min(self.count, start + 3 * height)))


def fit(text: str, width: int, *, right: bool = False) -> str:
    """`text` in exactly `width` cells, an ellipsis in place of what has no room."""
    if cell_len(text) > width:
        return set_cell_size(text, max(0, width - 1)).rstrip("\n") + "…" if width else ""
    return " " * (width - cell_len(text)) + text if right else set_cell_size(text, width)
