"""A list without columns of its own: each line stands by itself, as phone, phrase, lang.

A line is split at the first of `;`, tab and `|` that it holds. A comma splits it only where what follows looks like a
phrase or a language (`#456`, `15/11/2026`, `tr-TR`), where cells are quoted, or where nothing follows: `5,32124E+09` is
one mangled number and stays one cell. A line whose columns may have slipped (a second number where the phrase should
be) is kept as one cell: that is no number, so it is shown as a problem and nobody is called by it.
"""

from __future__ import annotations

import csv
from typing import Final

from tui.campaign.fields import LANGUAGES
from tui.campaign.phrase import WordKind, words_of
from tui.numbers.columns import is_phone

SEPARATORS: Final = (";", "\t", "|", ",")
# Stands between the cells of a row kept whole: no number holds it, so such a row is never called.
_BETWEEN: Final = " | "
_OF_A_PHRASE: Final = (WordKind.ANNOUNCEMENT, WordKind.DATE, WordKind.BAD_DATE)
_MAX_CELLS: Final = 3


def cells_of(line: str, *, referred: bool = False) -> list[str]:
    """Phone, phrase and lang of a line, as many as it has; `referred`: behind these it may have a reference.

    Where a fourth cell is one, the third is a language or empty: columns that have slipped are kept whole.
    """
    cells = split(line)[1]
    while len(cells) > 1 and not cells[-1]:
        cells = cells[:-1]
    has_reference = referred and len(cells) == _MAX_CELLS + 1 and cells[_MAX_CELLS - 1] in ("", *LANGUAGES)
    if len(cells) > _MAX_CELLS + has_reference or (len(cells) > 1 and is_phone(cells[1])):
        return [kept_whole(cells)]
    return cells


def kept_whole(cells: list[str]) -> str:
    return _BETWEEN.join(cells)


def split(line: str) -> tuple[str, list[str]]:
    """The separator of a line that stands by itself ("" where it has none) and its cells."""
    line = line.strip()
    for separator in SEPARATORS:
        if separator in line and (separator != "," or _comma_separates(line)):
            return separator, _cells(line, separator)
    return "", [unquoted(line)]


def unquoted(line: str) -> str:
    return line.strip().strip('"').strip()


def _comma_separates(line: str) -> bool:
    if '",' in line or ',"' in line:
        return True
    rest = line.partition(",")[2].replace(",", " ").strip()
    return not rest or any(word.kind in _OF_A_PHRASE or word.text in LANGUAGES for word in words_of(rest))


def _cells(line: str, separator: str) -> list[str]:
    """The cells of one line; one cell where its quotation marks go wrong."""
    try:
        cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True, strict=True))
    except csv.Error:
        return [line]
    return [cell.strip() for cell in cells]
