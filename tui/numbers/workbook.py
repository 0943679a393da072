"""Workbooks (`.xlsx`, `.xlsm`) by python-calamine, which is loaded when one is opened.

The reader holds one sheet at a time, as a rectangle from its first cell to its last, 32 bytes a cell, and ends the
process where it gets no memory for it; so the rectangle is measured beforehand.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.numbers.cells import Cell
from tui.numbers.errors import BadList

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_SHEETS: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_MOST_CELLS: Final = 16_000_000  # a full sheet of fifteen columns, 512 MB
_MOST_BYTES: Final = 3 << 30
_CHUNK_BYTES: Final = 1 << 20
_OVERLAP_BYTES: Final = 512


class Workbook:
    """A workbook's sheets by name, in their order, hidden ones and charts left out. BadList where it is damaged."""

    def __init__(self, path: Path) -> None:
        from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

        self.path = path
        with self._failures():
            self._refuse_vast()
            self._book: CalamineWorkbook = load_workbook(path)
            tables = [sheet for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        seen = [sheet.name for sheet in tables if sheet.visible == SheetVisibleEnum.Visible]
        self.sheets: tuple[str, ...] = tuple(seen or [sheet.name for sheet in tables])
        self._open: CalamineSheet | None = None

    def first_with_rows(self) -> str:
        """The sheet to begin with. BadList where none has a row."""
        for name in self.sheets:
            if self._sheet(name).start is not None:
                return name
        raise BadList("empty", path=str(self.path))

    def share(self) -> float | None:
        """How much of it has been read, 0 to 1; None where that can't be told."""
        return None

    def rows(self, sheet: str) -> Iterator[list[Cell]]:
        """The rows of a sheet from its row 1; an empty cell is ""."""
        found = self._sheet(sheet)
        if found.start is not None:
            yield from found.iter_rows()

    def _sheet(self, name: str) -> CalamineSheet:
        if self._open is None or self._open.name != name:
            if name not in self.sheets:
                raise BadList("no_sheet", path=str(self.path), sheet=name, known=", ".join(self.sheets))
            self._open = None  # two sheets at once would be twice the memory
            with self._failures():
                self._open = self._book.get_sheet_by_name(name)
        return self._open

    @contextmanager
    def _failures(self) -> Iterator[None]:
        from python_calamine import CalamineError, PasswordError

        try:
            yield
        except PasswordError:
            raise BadList("password", path=str(self.path)) from None
        except (CalamineError, zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, EOFError, zlib.error):
            raise BadList("damaged", path=str(self.path)) from None

    def _refuse_vast(self) -> None:
        with zipfile.ZipFile(self.path) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MOST_BYTES:
                raise BadList("vast", path=str(self.path))
            for part in parts.infolist():
                if _SHEETS.fullmatch(part.filename) and _cells(parts, part) > _MOST_CELLS:
                    raise BadList("vast", path=str(self.path))


def _cells(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """The size of the rectangle that a sheet's cells need, at most."""
    width, height, before = 0, 0, b""
    with parts.open(part) as file:
        while chunk := file.read(_CHUNK_BYTES):
            piece = before + chunk
            places = _places_beyond(width).findall(piece)
            width = max([width, *map(_column, {letters for letters, _row in places})])
            height = max([height, *(int(row) for _letters, row in places)])
            before = piece[-_OVERLAP_BYTES:]
    return width * height


@cache
def _places_beyond(width: int) -> re.Pattern[bytes]:
    """Finds rows and the cells right of the first columns: after a list's first rows there are none of those left.

    It begins with letters to look for, which makes it many times faster than an element's `<` or a word's edge would.
    """
    letters = f"[{chr(65 + width)}-Z]|[A-Z]{{2,3}}" if width < 26 else "[A-Z]{2,3}"
    return re.compile(rf"r=[\"']({letters}|)([0-9]{{1,7}})[\"']".encode())


def _column(letters: bytes) -> int:
    """`A` → 1, `XFD` → 16384."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place
