"""Lists of numbers in text: one number a line, or columns with a separator between.

Columns are told by a header: `phone` (telefon, gsm, cep, numara, no …), `phrase` (cümle, mesaj), `lang` (dil), whatever
their case and Turkish letters. With a header of two columns or more the whole list is one table.

Without such a header each line stands by itself: phone, phrase, lang. It is split at the first of `;`, tab and `|` that
it holds. A comma splits it only where what follows looks like a phrase or a language (`#456`, `15/11/2026`,
`tr-TR`), where cells are quoted, or where nothing follows: `5,32124E+09` is one mangled number and stays one cell.

Nothing is repaired and nothing is dropped but blank lines. Where columns may have slipped (a row longer than its
header, a second number where the phrase should be) the row is kept as one cell: that is no number, so it is shown as a
problem and nobody is called by it.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from tui.campaign.draft import Number
from tui.campaign.fields import LANGUAGES
from tui.campaign.phone import BadPhone, wire_phone
from tui.campaign.phrase import WordKind, words_of
from tui.numbers.errors import BadList
from tui.numbers.source import find_encoding, lines_of

Rows = Iterator[tuple[int, Number]]

# What names a column, the surest first: in a list with `No` and `Telefon` the numbers are under Telefon.
_NAMES: Final = {
    "phone": ("phone", "telefon", "gsm", "cep", "phonenumber", "telefonno", "telefonnumarasi", "ceptelefonu", "cepno",
              "gsmno", "tel", "numara", "no"),
    "phrase": ("phrase", "cumle", "mesaj"),
    "lang": ("lang", "language", "dil"),
}
_SEPARATORS: Final = (";", "\t", "|", ",")
# Stands between the cells of a row kept whole: no number holds it, so such a row is never called.
_BETWEEN: Final = " | "
_OF_A_PHRASE: Final = (WordKind.ANNOUNCEMENT, WordKind.DATE, WordKind.BAD_DATE)


@dataclass(frozen=True, slots=True)
class ParsedList:
    """A list that is being read. `rows` are line numbers, from 1, with what stands there; they can be read once.

    While they are read BadList may be raised: the quotation marks of a table go wrong, or the file can't be read on.
    `separator` and `encoding` are "" where the list has none (one number a line; pasted text).
    """

    rows: Rows
    ignored_columns: tuple[str, ...] = ()
    separator: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class _Table:
    separator: str
    width: int
    places: dict[str, int]
    ignored: tuple[str, ...]

    def number(self, cells: list[str]) -> Number:
        if any(cells[self.width:]):
            return _kept_whole(cells)
        found = {key: cells[place] for key, place in self.places.items() if place < len(cells)}
        return Number(found.get("phone", ""), found.get("phrase", ""), found.get("lang", ""))


def read_text(text: str) -> ParsedList:
    """A list that was pasted. BadList where its header names no column for phone numbers."""
    return _parsed(io.StringIO(text.removeprefix("\ufeff"), newline=""), "")


def read_file(path: Path) -> ParsedList:
    """A .txt, .csv or .tsv file, of any size: its rows are read as they are asked for. BadList says why not."""
    encoding = find_encoding(path)
    return _parsed(lines_of(path, encoding), encoding)


def _parsed(lines: Iterator[str], encoding: str) -> ParsedList:
    at, first = next(((at, line) for at, line in enumerate(lines, start=1) if line.strip()), (0, ""))
    table = _header(first)
    if table is None:
        return ParsedList(_each_by_itself(chain([first], lines), at), (), _split(first)[0], encoding)
    rows = _rows(table, lines, at) if table.separator else _each_by_itself(lines, at + 1)
    return ParsedList(rows, table.ignored, table.separator, encoding)


def _header(line: str) -> _Table | None:
    """The columns, where the line names them; None where it is a row like the others."""
    splits = [(separator, _cells(line, separator)) for separator in _SEPARATORS if separator in line]
    splits = [(separator, cells) for separator, cells in splits if len(cells) > 1] or [("", [_unquoted(line)])]
    found = {separator: _places(cells) for separator, cells in splits}
    separator, cells = max(splits, key=lambda split: ("phone" in found[split[0]], len(found[split[0]])))
    places = found[separator]
    if "phone" not in places:
        if places or (separator and not any(letter.isdecimal() for letter in line)):
            raise BadList("no_phone", found=", ".join(filter(None, cells)))
        return None
    ignored = tuple(cell for place, cell in enumerate(cells) if cell and place not in places.values())
    return _Table(separator, len(cells), places, ignored)


def _places(cells: list[str]) -> dict[str, int]:
    plain = [_plain(cell) for cell in cells]
    places = {}
    for key, names in _NAMES.items():
        if name := next((name for name in names if name in plain), None):
            places[key] = plain.index(name)
    return places


def _rows(table: _Table, lines: Iterator[str], header_at: int) -> Rows:
    reader = csv.reader(lines, delimiter=table.separator, skipinitialspace=True, strict=True)
    at = header_at + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield at, table.number([cell.strip() for cell in cells])
            at = header_at + reader.line_num + 1  # a quoted cell may run over several lines
    except csv.Error:
        raise BadList("quotes", line=at) from None


def _each_by_itself(lines: Iterator[str], first_at: int) -> Rows:
    for at, line in enumerate(lines, start=first_at):
        if line.strip():
            yield at, _number(_split(line)[1])


def _number(cells: list[str]) -> Number:
    while len(cells) > 1 and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > 3 or (len(cells) > 1 and _is_phone(cells[1])):
        return _kept_whole(cells)
    return Number(*cells)


def _kept_whole(cells: list[str]) -> Number:
    return Number(_BETWEEN.join(cells))


def _split(line: str) -> tuple[str, list[str]]:
    """The separator of a line that stands by itself ("" where it has none) and its cells."""
    line = line.strip()
    for separator in _SEPARATORS:
        if separator in line and (separator != "," or _comma_separates(line)):
            return separator, _cells(line, separator)
    return "", [_unquoted(line)]


def _comma_separates(line: str) -> bool:
    if '",' in line or ',"' in line:
        return True
    rest = line.partition(",")[2].replace(",", " ").strip()
    return not rest or any(word.kind in _OF_A_PHRASE or word.text in LANGUAGES for word in words_of(rest))


def _cells(line: str, separator: str) -> list[str]:
    """The cells of one line; one cell where its quotation marks go wrong."""
    line = line.strip("\r\n")
    try:
        cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True, strict=True))
    except csv.Error:
        return [line]
    return [cell.strip() for cell in cells]


def _unquoted(line: str) -> str:
    return line.strip().strip('"').strip()


def _is_phone(text: str) -> bool:
    try:
        wire_phone(text)
    except BadPhone:
        return False
    return True


def _plain(name: str) -> str:
    """A column's name without case, marks and spaces: `Cümle` → cumle, `GSM No` → gsmno."""
    letters = unicodedata.normalize("NFKD", name.replace("ı", "i").casefold())
    return "".join(letter for letter in letters if letter.isalnum())
