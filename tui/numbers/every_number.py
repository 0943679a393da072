"""Every number that a file holds, wherever it stands: for a list of those who are not to be called.

Here one number too many does no harm, and one too few does: all sheets count, hidden ones too, and all cells of a row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from tui.campaign.phone import verdict
from tui.numbers.cells import is_blank, text_of
from tui.numbers.columns import is_like_number
from tui.numbers.errors import BadList
from tui.numbers.listing import find
from tui.numbers.rows import apart
from tui.numbers.source import Source, Text

# With fewer digits there is no number, and looking closer takes its time.
_ENOUGH_DIGITS: Final = re.compile(r"(?:\d\D*){7}")
_BETWEEN_NUMBERS: Final = re.compile(r"[\r\n;,|\t/&]+|\s(?:ve|veya|and|or)\s")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_MANGLED: Final = re.compile(r"\d[.,]?\d*E\+?\d", re.IGNORECASE)
# A number among words: `Tel: 0532 123 45 67 (ev)`.
_AMONG_WORDS: Final = re.compile(r"\+?[\d(][\d ().\u00a0-]{7,}\d")


@dataclass(slots=True)
class EveryNumber:
    """`phones` as they are sent; `unread` rows in which something stands but no number, or one that can't be read."""

    phones: list[str] = field(default_factory=list)
    unread: int = 0

    def take(self, rows: Iterable[Sequence[str]]) -> None:
        """The rows of one table. What stands above its first number, and holds no digits of one, names columns."""
        begun = False
        for texts in rows:
            found, odd = _numbers(texts)
            self.phones += found
            begun = begun or bool(found) or odd
            self.unread += begun and (odd or not found)


def every_number(source: Source) -> EveryNumber:
    """Read a whole file. BadList."""
    found = EveryNumber()
    if isinstance(source, Text):
        found.take(_rows_of_text(source))
        return found
    source.first_with_rows()  # there is one, or BadList
    for sheet in source.sheets:
        found.take(list(map(text_of, row.cells))
                   for row in source.rows(sheet) if not is_blank(row.cells))
    return found


def _rows_of_text(source: Text) -> Iterator[list[str]]:
    """Quotation marks that go wrong lose nothing: a cell's lines are rows where numbers stand in them."""
    separator = find(source).separator
    if not separator:
        yield from ([line] for line in source.lines() if line.strip())
        return
    reader = csv.reader(source.lines(), delimiter=separator, skipinitialspace=True)
    try:
        for cells in reader:
            lines = [line for cell in cells for line in _LINE_END.split(cell)]
            if len(lines) > len(cells) and sum(bool(_ENOUGH_DIGITS.search(line)) for line in lines) > 1:
                yield from ([line] for _at, line in apart(0, cells, separator))
            elif any(map(str.strip, cells)):
                yield cells
    except csv.Error:
        raise BadList("quotes", line=reader.line_num) from None


def _numbers(texts: Sequence[str]) -> tuple[list[str], bool]:
    """The numbers of a row; whether there is one that can't be read, such as a spreadsheet has mangled."""
    found: list[str] = []
    odd = mangled = False
    for text in texts:
        if not _ENOUGH_DIGITS.search(text) and not is_like_number(text):
            continue
        phone = verdict(text).phone
        several = [phone] if phone else _several(text)
        found += several
        odd = odd or (not several and is_like_number(text))
        mangled = mangled or bool(_MANGLED.search(text) and not several)
    return found, mangled or (odd and not found)


def _several(text: str) -> list[str]:
    """The numbers of a cell that is not one itself."""
    found: list[str] = []
    for piece in _BETWEEN_NUMBERS.split(text):
        if phone := verdict(piece.strip("\"' ")).phone:
            found.append(phone)
        else:
            for written in _AMONG_WORDS.findall(piece):
                whole = verdict(written).phone
                found += [whole] if whole else [each for part in written.split() if (each := verdict(part).phone)]
    return found
