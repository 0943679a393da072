"""Workbooks (`.xlsx`, `.xlsm`) read from their parts.

A reader that hands out values alone does not distinguish an error from a blank, a hidden row from a shown one, nor a
formula that was never calculated; and one that holds a sheet as a rectangle needs memory for cells that are not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache, partial
from pathlib import Path
from typing import IO, Final

from msgspec import Struct

from tui.numbers.cell_values import CellValues
from tui.numbers.cells import is_blank
from tui.numbers.errors import BadList
from tui.numbers.package import Damaged, Package, SheetPart
from tui.numbers.sheet import SheetRow, sheet_rows
from tui.numbers.sheet_columns import Columns, hidden_columns

_WORKSHEET: Final = "worksheet"
_MAX_CELLS: Final = 16_000_000  # a full sheet of fifteen columns: beyond it nothing is a list
_CHUNK_BYTES: Final = 1 << 20
_OVERLAP_BYTES: Final = 512
# Where none of these is written, no row is hidden.
_HIDING: Final = (b"hidden", b'ht="0', b"ht='0")
_ROW_START: Final = b'<row r="'
_ROW: Final = re.compile(rb'<row r="([0-9]{1,7})"')
# What would make the quick look miss something: a prefix, another encoding.
_NOT_PLAIN: Final = (b":row", b"\x00")


class Sheet(Struct, frozen=True):
    """A sheet of cells; `hidden` from whoever opens the workbook."""

    name: str
    hidden: bool


class Workbook:
    """A workbook's sheets, the shown ones first, without those that have no cells. BadList where it is damaged."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._package = Package(path)
        with self._package.failures():
            self._values = CellValues(self._package)
        tables = [part for part in self._package.sheets if part.kind == _WORKSHEET]
        tables.sort(key=lambda part: part.hidden)
        self._parts = {part.name: part for part in tables}
        if len(self._parts) < len(tables):
            raise BadList("numbers.list.damaged", path=str(path))  # two sheets of one name: only one could be read
        self.all_sheets = tuple(Sheet(part.name, part.hidden) for part in tables)
        if not tables:
            kinds = {part.kind for part in self._package.sheets if part.kind}
            raise BadList("numbers.list.no_table" if kinds else "numbers.list.damaged", path=str(path))
        self._hidden: dict[str, tuple[int, ...]] = {}

    @property
    def sheets(self) -> tuple[str, ...]:
        return tuple(sheet.name for sheet in self.all_sheets)

    def with_rows(self) -> tuple[Sheet, ...]:
        """The sheets in which something stands."""
        return tuple(sheet for sheet in self.all_sheets if self._has_rows(sheet.name))

    def first_with_rows(self) -> str:
        """The sheet to begin with: a shown one, where one has rows. BadList where none has."""
        for name in self.sheets:
            if self._has_rows(name):
                return name
        raise BadList("numbers.list.empty", path=str(self.path))

    def share(self) -> float | None:
        """How much of it has been read, 0 to 1; None where that isn't known."""
        return None

    def rows(self, name: str) -> Iterator[SheetRow]:
        """The rows of a sheet in which something stands, hidden ones too. BadList."""
        filled = 1
        with self._package.failures():
            for rows, width in sheet_rows(self._opener(name), self._values):
                if rows and rows[-1].line * width > _MAX_CELLS:  # blank cells have no place in a list
                    filled = max([filled, *map(_filled_width, rows)])
                    if filled * max((row.line for row in rows if _filled_width(row)), default=0) > _MAX_CELLS:
                        raise BadList("numbers.list.vast", path=str(self.path))
                yield from rows

    def columns(self, name: str) -> Columns:
        """Which columns of a sheet are hidden."""
        with self._package.failures():
            return hidden_columns(self._opener(name))

    def hidden_lines(self, name: str) -> tuple[int, ...]:
        """The lines of a sheet's hidden rows in which something stands. BadList where its cells are too far apart."""
        if name not in self._hidden:
            self._hidden[name] = self._look(name)
        return self._hidden[name]

    def _has_rows(self, name: str) -> bool:
        return any(not is_blank(row.cells) for row in self.rows(name))

    def _opener(self, name: str) -> Callable[[], AbstractContextManager[IO[bytes]]]:
        part = self._part(name)
        if not part.part:
            raise Damaged(name)
        return partial(self._package.opened, part.part)

    def _part(self, name: str) -> SheetPart:
        if name not in self._parts:
            raise BadList("numbers.list.no_sheet", path=str(self.path), sheet=name, known=", ".join(self.sheets))
        return self._parts[name]

    def _look(self, name: str) -> tuple[int, ...]:
        """A quick look where that shows that nothing is hidden and nothing far away; else each cell is looked at."""
        with self._package.failures(), self._opener(name)() as file:
            if _is_simple(file):
                return ()
        return tuple(row.line for row in self.rows(name) if row.hidden and not is_blank(row.cells))


def _filled_width(row: SheetRow) -> int:
    return max((place for place, cell in enumerate(row.cells, start=1) if not is_blank([cell])), default=0)


def _is_simple(file: IO[bytes]) -> bool:
    """Whether a sheet surely hides no row, and its cells lie close together."""
    width, height, before = 1, 0, b""
    while chunk := file.read(_CHUNK_BYTES):
        piece = before + chunk
        if any(word in piece for word in (*_HIDING, *_NOT_PLAIN)):
            return False
        if piece.count(b"<row") - piece.count(b"<rowBreaks") != piece.count(_ROW_START):
            return False
        last = piece.rfind(_ROW_START)
        if last >= 0 and (row := _ROW.match(piece, last)):
            height = max(height, int(row[1]))
        places = _places_beyond(width).findall(piece)
        width = max([width, *map(_column, set(places))])
        before = piece[-_OVERLAP_BYTES:]
    return width * height <= _MAX_CELLS


@cache
def _places_beyond(width: int) -> re.Pattern[bytes]:
    """Finds the cells right of the first columns: after a list's first rows there are none of those left.

    It begins with letters to look for, which makes it many times faster than an element's `<` or a word's edge would.
    """
    letters = f"[{chr(65 + width)}-Z]|[A-Z]{{2,3}}" if width < 26 else "[A-Z]{2,3}"
    return re.compile(rf"r=[\"']({letters})[0-9]{{1,7}}[\"']".encode())


def _column(letters: bytes) -> int:
    """`A` → 1, `XFD` → 16384."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place
