"""Results as CSV as Excel opens it by a double click: UTF-8 with its mark, and the separator of the language."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from tui.operations.export_rows import Cell, Cells, headings, moment_text
from tui.store.result_values import ResultRow
from tui.words import language

# Where the comma is the decimal sign, Excel separates by semicolons.
SEPARATOR: Final = {"tr": ";", "en": ","}
_FORMULA_SIGNS: Final = frozenset("=+-@−")  # U+2212 too: some spreadsheets take it for the hyphen
_SAFE: Final = frozenset("0123456789#*abcçdefgğhıijklmnoöpqrsştuüvwxyzABCÇDEFGĞHIİJKLMNOÖPQRSŞTUÜVWXYZ")
# Where another program, set to another separator, would begin a new cell; quotation marks would not keep it from it.
_CELL_ENDS: Final = re.compile(r"([;,|\t\r\n]+)")


def harmless(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula: with an apostrophe before it, where one could.

    One could where it begins with = + - @, also after what doesn't show and written full-width (`＝`), or with a tab or
    line end. Likewise each part of it that whoever takes another separator would take for a cell.

    >>> harmless("=1+1")
    "'=1+1"
    """
    if not text:
        return text
    if _CELL_ENDS.search(text) is None:
        return _part(text)
    first, *more = _CELL_ENDS.split(text)
    return ("'" if text[0] in "\t\r\n" else "") + _part(first) + "".join(map(_part, more))


def _part(text: str) -> str:
    if not text or text[0] in _SAFE:
        return text
    first = next((sign for sign in text if not _unseen(sign)), "")
    return f"'{text}" if unicodedata.normalize("NFKC", first) in _FORMULA_SIGNS else text


def _unseen(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf")


class CsvBook:
    def __init__(self, stream: io.BufferedIOBase) -> None:
        self._stream = stream
        self._separator = SEPARATOR[language()]
        self._cells = Cells(harmless, moment_text)
        stream.write(codecs.BOM_UTF8)
        self._write([headings()])

    def add(self, rows: list[ResultRow]) -> None:
        self._write(self._cells.of(rows))

    def finish(self) -> None:
        pass

    def close(self) -> None:
        pass

    def _write(self, rows: Iterable[Iterable[Cell]]) -> None:
        lines = io.StringIO(newline="")
        csv.writer(lines, delimiter=self._separator).writerows(rows)
        self._stream.write(lines.getvalue().encode())
