"""The rows of a list, as it was found or decided.

`read` goes through all of it, a row at a time, and can be called again. Nothing is repaired and nothing is dropped
but blank rows: a row whose columns may have slipped is kept as one cell, which is no number, so that nobody is called
by it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.campaign.phone import LONGEST_SHOWN
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.numbers.by_line import cells_of, kept_whole, unquoted
from tui.numbers.cells import Cell, Missing, WhyMissing, is_blank, text_of
from tui.numbers.columns import ListColumn, Role, columns_text, is_like_number, is_phone
from tui.numbers.errors import BadList
from tui.numbers.listing import AS_FOUND, DetectedList, ListOptions, find
from tui.numbers.source import Source, Text
from tui.numbers.writing import AMOUNTS, DATES, Writing, converter

if TYPE_CHECKING:
    from tui.numbers.apart import RemoteWorkbook

# A line of a text file is no longer than some million letters (see tui.numbers.source): nor is a cell that ends in it.
csv.field_size_limit(1 << 24)

_WHY_MISSING: Final = TextKeys("numbers.row.{}", WhyMissing)
_LINE_END: Final = re.compile(r"\r\n|\r|\n")

Phrases = Callable[[Sequence[Cell]], tuple[str, Reason | None]]


class SourceRow(NamedTuple):
    """A row as it stands in the list, its line from 1. `problem` is of the row alone: its number is not judged."""

    line: int
    phone: str
    phrase: str = ""
    lang: str = ""
    problem: Reason | None = None
    reference: str = ""


def read(source: Source, options: ListOptions = AS_FOUND) -> Iterator[SourceRow]:
    """The rows of a list but its blank ones. BadList, BadTemplate at once where something must be decided first.

    While they are read BadList may be raised: there is nothing below the header, quotation marks go wrong, or the file
    can't be read on.
    """
    found = find(source, options)
    if found.problem is not None:
        raise found.problem
    rows = _text_rows if isinstance(source, Text) else _sheet_rows
    return _below_header(rows(source, found, options), source, found, options)  # type: ignore[arg-type] # as just chosen


def _below_header(rows: Iterator[SourceRow], source: Source, found: DetectedList,
                  options: ListOptions) -> Iterator[SourceRow]:
    """The rows; a list with a header has one at least."""
    first = next(rows, None)
    if first is not None:
        yield first
        yield from rows
    elif found.header:
        if not isinstance(source, Text) and not options.hidden and any(
                hidden and line > found.skipped and not is_blank(cells)
                for line, hidden, cells in source.rows(found.sheet)):
            raise BadList("numbers.list.all_hidden", sheet=found.sheet)
        raise BadList("numbers.list.only_header", found=columns_text(found.columns))


def _text_rows(source: Text, found: DetectedList, options: ListOptions) -> Iterator[SourceRow]:
    with closing(source.lines(found.encoding)) as lines:
        below = islice(lines, found.skipped, None)
        yield from _lines_by_themselves(below, found, options) if found.by_line else _table_rows(below, found, options)


def _phrases(found: DetectedList) -> Phrases | None:
    """What fills in the template; None where the phrase is a column's, or there is none."""
    template = found.template
    if template is None:
        return None
    column_of = {column.name: column for column in found.columns}
    columns = [column_of[name] for name in template.variables]
    parts = [(column.place, converter(found.writings[column.place])) for column in columns]

    def phrase(cells: Sequence[Cell]) -> tuple[str, Reason | None]:
        values = [convert(cells[place]) or "" for place, convert in parts]
        if all(values):
            return template.filled(values), None
        column = columns[[bool(value) for value in values].index(False)]
        return "", _misfit(column, cells[column.place], found.writings[column.place])

    return phrase


def _misfit(column: ListColumn, cell: Cell, writing: Writing) -> Reason:
    name, text = column.heading or column.name, text_of(cell).strip()
    if isinstance(cell, Missing):
        return _missing(cell)
    if not text:
        return Reason("numbers.row.blank", {"column": name})
    for plain, choices in ((Writing.DATE, DATES), (Writing.AMOUNT, AMOUNTS)):
        if writing is plain and any(converter(choice)(cell) for choice in choices):
            return Reason("numbers.row.two_ways", {"column": name, "value": text})
    if writing is Writing.WHOLE:
        return Reason("numbers.row.whole", {"column": name, "value": text})
    if writing in (Writing.DATE, *DATES):
        return Reason("numbers.row.date", {"column": name, "value": text})
    return Reason("numbers.row.amount", {"column": name, "value": text})


def _table_rows(lines: Iterator[str], found: DetectedList, options: ListOptions) -> Iterator[SourceRow]:
    """A loop of its own for speed: a million rows go through it, so it looks up nothing by name."""
    reader = csv.reader(lines, delimiter=found.separator, skipinitialspace=True, strict=True)
    phone_at, phrase_at, lang_at, reference_at = _places(found, options)
    width, phrase_of = len(found.columns), _phrases(found)
    skipped, lang, problem = found.skipped, options.lang, None
    at = skipped + 1
    make = tuple.__new__  # half the time of SourceRow(…), which names its values
    try:
        if found.header:
            headings = next(reader)
            at = skipped + reader.line_num + 1  # a quoted cell may run over several lines
            if at - skipped > 2 and _numbers_below(headings, found.separator):
                raise BadList("numbers.list.quotes", line=skipped + 1)
        for cells in reader:
            line, at = at, skipped + reader.line_num + 1
            if at - line > 1 or len(cells) != width:
                if slipped := _slipped(line, at - 1, cells, found):
                    yield from slipped
                    continue
                cells.extend([""] * (width - len(cells)))
            phone = cells[phone_at].strip()
            if not phone and not any(map(str.strip, cells)):
                continue
            phrase = cells[phrase_at].strip() if phrase_at >= 0 else ""
            if phrase_of is not None:
                phrase, problem = phrase_of(cells)
            yield make(SourceRow, (line, phone, phrase, cells[lang_at].strip() if lang_at >= 0 else lang, problem,
                                   cells[reference_at].strip() if reference_at >= 0 else ""))
    except csv.Error:
        raise BadList("numbers.list.quotes", line=at) from None


def _slipped(first: int, last: int, cells: list[str], found: DetectedList) -> list[SourceRow]:
    """The rows, none of which can be called, of a row that has too many cells or a cell that swallows other rows."""
    width, separator = len(found.columns), found.separator
    below = _numbers_below(cells, separator) if last > first else None
    if below is not None:
        if below is _Below.ROWS:
            return [SourceRow(at, text, "", "", _swallowed(text, first, last))
                    for at, text in apart(first, cells, separator)]
        phone, phrase = ("" if place is None or place >= len(cells) else cells[place].strip()
                         for place in map(found.place, (Role.PHONE, Role.PHRASE)))
        return [SourceRow(first, phone, phrase, "", _swallowed(kept_whole(cells), first, last))]
    if any(cell.strip() for cell in cells[width:]):
        problem = Reason("numbers.row.long", {"count": len(cells), "width": width})
        return [SourceRow(first, kept_whole(cells), "", "", problem)]
    return []


class _Below(Enum):
    """What the further lines of a cell hold: numbers alone, or rows with numbers."""

    NUMBERS = "numbers"
    ROWS = "rows"


def _numbers_below(cells: Sequence[str], separator: str) -> _Below | None:
    """Whether a cell runs on over lines that hold numbers: a quotation mark that was never closed swallows rows.

    On the line where it begins, what comes after a separator was once in cells of their own.
    """
    found = None
    for place, cell in enumerate(cells, start=1):
        lines = _LINE_END.split(cell)
        for at, line in enumerate(lines, start=1):
            pieces = line.split(separator)
            if at == 1 and len(pieces) == 1:
                continue  # the cell's own value
            if any(map(_is_number, map(unquoted, pieces))):
                if separator in line or (at == len(lines) and place < len(cells)):
                    return _Below.ROWS
                found = _Below.NUMBERS
    return found


def _is_number(text: str) -> bool:
    """Whether it is a number, or was one before a spreadsheet took hold of it: `5,32E+09`."""
    return is_phone(text) or ("E" in text.upper() and is_like_number(text))


def _swallowed(text: str, first: int, last: int) -> Reason:
    value = " ".join(text.split())[:LONGEST_SHOWN]
    return Reason("numbers.row.swallowed", {"value": value, "first": first, "last": last})


def apart(line: int, cells: Sequence[str], separator: str) -> Iterator[tuple[int, str]]:
    """Each line of such a row by itself, kept whole: what its cells were meant to be is unknown."""
    for at, text in enumerate(_lines_of(cells, separator), start=line):
        if pieces := [piece for each in text.split(separator) if (piece := each.strip())]:
            yield at, kept_whole(pieces)


def _lines_of(cells: Sequence[str], separator: str) -> list[str]:
    """The lines over which a row runs, without their quotation marks."""
    return _LINE_END.split(separator.join(cells))


def _sheet_rows(source: RemoteWorkbook, found: DetectedList, options: ListOptions) -> Iterator[SourceRow]:
    phone_at, phrase_at, lang_at, reference_at = _places(found, options)
    phrase_of, lang, width, wanted = _phrases(found), options.lang, len(found.columns), options.hidden
    above, make = found.skipped + found.header, tuple.__new__
    for line, hidden, cells in source.rows(found.sheet):
        if line <= above or (hidden and not wanted):
            continue
        if len(cells) < width:
            cells.extend([""] * (width - len(cells)))
        cell = cells[phone_at]
        phone = (cell if isinstance(cell, str) else text_of(cell)).strip()
        if not phone and is_blank(cells):
            continue
        problem = _missing(cell) if isinstance(cell, Missing) else None
        phrase = ""
        if phrase_of is not None:
            phrase, odd = phrase_of(cells)
            problem = problem or odd
        elif phrase_at >= 0:
            phrase, problem = _text_or_problem(cells[phrase_at], problem)
        if lang_at >= 0:
            lang, problem = _text_or_problem(cells[lang_at], problem)
        reference = text_of(cells[reference_at]).strip() if reference_at >= 0 else ""
        yield make(SourceRow, (line, phone, phrase, lang, problem, reference))


def _text_or_problem(cell: Cell, problem: Reason | None) -> tuple[str, Reason | None]:
    """What is said of a cell, and of the row: what is wrong with it already comes first."""
    if isinstance(cell, Missing):
        return "", problem or _missing(cell)
    return text_of(cell).strip(), problem


def _missing(cell: Missing) -> Reason:
    return Reason(_WHY_MISSING[cell.why], {"value": cell.text[:LONGEST_SHOWN]})


def _lines_by_themselves(lines: Iterator[str], found: DetectedList, options: ListOptions) -> Iterator[SourceRow]:
    phrase_of, problem = _phrases(found), None
    first = found.skipped + found.header
    for at, whole in enumerate(islice(lines, found.header, None), start=first + 1):
        line = whole.strip()
        if not line:
            continue
        cells = [line] if line.isalnum() else [unquoted(line)] if options.separator == "" else cells_of(
            line, referred=options.proposes)
        phone, phrase, lang, reference = cells = (cells + [""] * 3)[:4]
        if not (phone or phrase or lang):
            continue
        if phrase_of is not None:
            phrase, problem = phrase_of(cells)
        yield SourceRow(at, phone, phrase, options.lang or lang, problem, reference)


def _places(found: DetectedList, options: ListOptions) -> tuple[int, int, int, int]:
    """Where phone, phrase, lang and reference stand; -1 where what stands in the list is not taken."""
    phone, phrase, lang, reference = map(found.place, (Role.PHONE, Role.PHRASE, Role.LANG, Role.REFERENCE))
    assert phone is not None, "checked by read"  # noqa: S101
    return (phone, -1 if phrase is None or found.template is not None else phrase,
            -1 if lang is None or options.lang else lang, -1 if reference is None else reference)
