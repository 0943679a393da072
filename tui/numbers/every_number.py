"""Every number that a file holds, wherever it stands: for a list of those who are not to be called.

Here one number too many does no harm, and one too few does: all sheets count, hidden ones too, and all cells of a row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Generator, Iterable, Sequence
from itertools import chain
from typing import Final

from msgspec import Struct, field

from tui.campaign.phone import validate_phone
from tui.numbers.cells import is_blank, text_of
from tui.numbers.columns import Role, is_like_number, role_named
from tui.numbers.errors import BadList
from tui.numbers.listing import DetectedList, ListOptions, find
from tui.numbers.rows import apart
from tui.numbers.source import Source, Text

# With fewer digits there is no number, and looking closer takes its time.
_ENOUGH_DIGITS: Final = re.compile(r"(?:\d\D*){7}")
_BETWEEN_NUMBERS: Final = re.compile(r"[\r\n;,|\t/&]+|\s(?:ve|veya|and|or)\s")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_MANGLED: Final = re.compile(r"\d[.,]?\d*E\+?\d", re.IGNORECASE)
# A number among words: `Tel: 0532 123 45 67 (ev)`.
_AMONG_WORDS: Final = re.compile(r"\+?[\d(][\d ().\u00a0-]{7,}\d")
# A day with its hour, whose digits could pass for a number's: no number has colons.
_MOMENT: Final = re.compile(
    r"(?<!\d)(?:\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2\d{4})[ T]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
    r" ?(?:Z|UTC|[+-]\d{2}:?\d{2})?(?!\d)")

_MAX_ABOVE: Final = 1_000
_PLACES: Final = 5  # of rows without a number are named


class EveryNumber(Struct):
    """`phones` as they are sent; `unread` rows in which something stands but no number, or one that can't be read.

    `places`: the lines of the first of these, after its sheet's name where there are several (`3, 17, Sayfa2:4, …`).
    """

    phones: list[str] = field(default_factory=list)
    unread: int = 0
    _places: list[str] = field(default_factory=list)

    @property
    def places(self) -> str:
        more = ["…"] if self.unread > len(self._places) else []
        return ", ".join([*self._places, *more])

    def take(self, rows: Iterable[tuple[int, Sequence[str]]], shape: DetectedList, sheet: str = "") -> None:
        """The rows of one table, each with its line.

        What stands down to the line of the columns' names is no number; where there are none, all above the first
        number. In a table without any number nothing is missed: it is no list.
        """
        names_end, reference = _names_end(shape), _reference(shape)
        above: list[int] = []  # rows without a number before the first that has one
        begun = False
        for line, texts in rows:
            found, odd = _numbers(_without_reference(texts, reference))
            self.phones += found
            if begun or odd or found:
                for each in above:
                    self._miss(each, sheet)
                begun, above = True, []
                if odd or not found:
                    self._miss(line, sheet)
            elif names_end is not None and line > names_end and len(above) < _MAX_ABOVE:
                above.append(line)

    def _miss(self, line: int, sheet: str) -> None:
        self.unread += 1
        if len(self._places) < _PLACES:
            self._places.append(f"{sheet}:{line}" if sheet else str(line))


def every_number(source: Source) -> EveryNumber:
    """Read a whole file. BadList."""
    found = EveryNumber()
    if isinstance(source, Text):
        shape = find(source)
        found.take(rows_of_text(source, shape.separator), shape)
        return found
    source.first_with_rows()  # there is one, or BadList
    for sheet in source.sheets:
        rows = ((line, list(map(text_of, cells))) for line, _hidden, cells in source.rows(sheet) if not is_blank(cells))
        first = next(rows, None)
        if first is not None:
            shape = find(source, ListOptions(sheet=sheet, hidden=True))
            found.take(chain([first], rows), shape, sheet if len(source.sheets) > 1 else "")
    return found


def _names_end(shape: DetectedList) -> int | None:
    """The line of the columns' names; None where names and what is no number look alike."""
    return shape.skipped + 1 if shape.header else None


def _reference(shape: DetectedList) -> int | None:
    """The column whose name says that it is a reference; None where there is none."""
    return next((column.place for column in shape.columns if role_named(column.heading) is Role.REFERENCE), None)


def _without_reference(texts: Sequence[str], place: int | None) -> Sequence[str]:
    """The cells of a row in which numbers may stand: where one has its number, its reference may only look like one."""
    if place is None or place >= len(texts):
        return texts
    others = [*texts[:place], *texts[place + 1:]]
    return others if _numbers(others)[0] else texts


def rows_of_text(source: Text, separator: str) -> Generator[tuple[int, list[str]], None, None]:
    """The rows in which something stands, each with its line. BadList where quotation marks can't be made out.

    Such marks that go wrong lose nothing: a cell's lines are rows where numbers stand in them.
    """
    if not separator:
        yield from ((at, [line]) for at, line in enumerate(source.lines(), start=1) if line.strip())
        return
    reader = csv.reader(source.lines(), delimiter=separator, skipinitialspace=True)
    at = 1
    try:
        for cells in reader:
            lines = [line for cell in cells for line in _LINE_END.split(cell)]
            if len(lines) > len(cells) and sum(bool(_ENOUGH_DIGITS.search(line)) for line in lines) > 1:
                yield from ((place, [line]) for place, line in apart(at, cells, separator))
            elif any(map(str.strip, cells)):
                yield at, cells
            at = reader.line_num + 1
    except csv.Error:
        raise BadList("numbers.list.quotes", line=reader.line_num) from None


def numbers_in(text: str) -> list[str]:
    """The numbers of a cell, as they are sent."""
    return _numbers([text])[0]


def _numbers(texts: Sequence[str]) -> tuple[list[str], bool]:
    """The numbers of a row; whether there is one that can't be read, such as a spreadsheet has mangled."""
    found: list[str] = []
    odd = mangled = False
    for text in texts:
        if not _ENOUGH_DIGITS.search(text) and not is_like_number(text):
            continue
        text = _MOMENT.sub(";", text).strip("; ")  # noqa: PLW2901 - the same cell, without what is no number
        phone = validate_phone(text).phone
        several = [phone] if phone else _several(text)
        found += several
        odd = odd or (not several and is_like_number(text))
        mangled = mangled or bool(_MANGLED.search(text) and not several)
    return found, mangled or (odd and not found)


def _several(text: str) -> list[str]:
    """The numbers of a cell that is not one itself."""
    found: list[str] = []
    for piece in _BETWEEN_NUMBERS.split(text):
        if phone := validate_phone(piece.strip("\"' ")).phone:
            found.append(phone)
        else:
            for written in _AMONG_WORDS.findall(piece):
                whole = validate_phone(written).phone
                found += [whole] if whole else [
                    each for part in written.split() if (each := validate_phone(part).phone)]
    return found
