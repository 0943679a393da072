"""The rows of a list, as it was found or decided.

`read` goes through all of it, a row at a time, and can be called again. Nothing is repaired and nothing is dropped
but blank rows: a row whose columns may have slipped is kept as one cell, which is no number, so that nobody is called
by it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tui.campaign.reason import Reason
from tui.numbers.by_line import cells_of, kept_whole, unquoted
from tui.numbers.cells import Cell, is_blank, text_of
from tui.numbers.columns import Column, Role
from tui.numbers.errors import BadList
from tui.numbers.listing import AS_FOUND, Found, Options, find
from tui.numbers.source import Source, Text
from tui.numbers.writing import AMOUNTS, DATES, Writing, converter

if TYPE_CHECKING:
    from tui.numbers.workbook import Workbook

Phrases = Callable[[Sequence[Cell]], tuple[str, Reason | None]]


class SourceRow(NamedTuple):
    """A row as it stands in the list, its line from 1. `problem` is of the row alone: its number is not judged."""

    line: int
    phone: str
    phrase: str = ""
    lang: str = ""
    problem: Reason | None = None


def read(source: Source, options: Options = AS_FOUND) -> Iterator[SourceRow]:
    """The rows of a list but its blank ones. BadList, BadTemplate at once where something must be decided first.

    While they are read BadList may be raised: quotation marks go wrong, or the file can't be read on.
    """
    found = find(source, options)
    if found.problem is not None:
        raise found.problem
    if not isinstance(source, Text):
        return _sheet_rows(source, found, options)
    lines = islice(source.lines(found.encoding), found.skipped, None)
    return _lines_by_themselves(lines, found, options) if found.by_line else _table_rows(lines, found, options)


def _phrases(found: Found) -> Phrases | None:
    """What fills in the template; None where the phrase is a column's, or there is none."""
    template = found.template
    if template is None:
        return None
    column_of = {column.name: column for column in found.columns}
    columns = [column_of[name] for name in template.variables]
    parts = [(column.place, converter(found.writings[column.place])) for column in columns]
    pattern = template.pattern

    def phrase(cells: Sequence[Cell]) -> tuple[str, Reason | None]:
        values = [convert(cells[place]) for place, convert in parts]
        if all(values):
            return pattern % tuple(values), None
        column = columns[[bool(value) for value in values].index(False)]
        return "", _misfit(column, cells[column.place], found.writings[column.place])

    return phrase


def _misfit(column: Column, cell: Cell, writing: Writing) -> Reason:
    name, text = column.heading or column.name, text_of(cell).strip()
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


def _table_rows(lines: Iterator[str], found: Found, options: Options) -> Iterator[SourceRow]:
    """A loop of its own for speed: a million rows go through it, so it looks up nothing by name."""
    reader = csv.reader(lines, delimiter=found.separator, skipinitialspace=True, strict=True)
    phone_at, phrase_at, lang_at, width, phrase_of = *_places(found, options), len(found.columns), _phrases(found)
    skipped, lang, problem = found.skipped, options.lang, None
    at = skipped + 1
    make = tuple.__new__  # half the time of SourceRow(…), which names its values
    try:
        if found.header:
            next(reader)
            at = skipped + reader.line_num + 1  # a quoted cell may run over several lines
        for cells in reader:
            line, at = at, skipped + reader.line_num + 1
            if len(cells) != width:
                if len(cells) > width and any(cell.strip() for cell in cells[width:]):
                    count = {"count": len(cells), "width": width}
                    yield SourceRow(line, kept_whole(cells), "", "", Reason("numbers.row.long", count))
                    continue
                cells.extend([""] * (width - len(cells)))
            phone = cells[phone_at].strip()
            if not phone and not any(map(str.strip, cells)):
                continue
            phrase = cells[phrase_at].strip() if phrase_at >= 0 else ""
            if phrase_of is not None:
                phrase, problem = phrase_of(cells)
            yield make(SourceRow, (line, phone, phrase, cells[lang_at].strip() if lang_at >= 0 else lang, problem))
    except csv.Error:
        raise BadList("quotes", line=at) from None


def _sheet_rows(source: Workbook, found: Found, options: Options) -> Iterator[SourceRow]:
    phone_at, phrase_at, lang_at = _places(found, options)
    phrase_of, lang, problem = _phrases(found), options.lang, None
    first = found.skipped + found.header
    for line, cells in enumerate(islice(source.rows(found.sheet), first, None), start=first + 1):
        phone = text_of(cells[phone_at]).strip()
        if not phone and is_blank(cells):
            continue
        phrase = text_of(cells[phrase_at]).strip() if phrase_at >= 0 else ""
        if phrase_of is not None:
            phrase, problem = phrase_of(cells)
        yield SourceRow(line, phone, phrase, text_of(cells[lang_at]).strip() if lang_at >= 0 else lang, problem)


def _lines_by_themselves(lines: Iterator[str], found: Found, options: Options) -> Iterator[SourceRow]:
    all_phrase = found.template.filled(()) if found.template is not None else ""
    first = found.skipped + found.header
    for at, whole in enumerate(islice(lines, found.header, None), start=first + 1):
        line = whole.strip()
        if line.isalnum():
            yield SourceRow(at, line, all_phrase, options.lang)
        elif line:
            phone, phrase, lang = (([unquoted(line)] if options.separator == "" else cells_of(line)) + [""] * 2)[:3]
            yield SourceRow(at, phone, all_phrase or phrase, options.lang or lang)


def _places(found: Found, options: Options) -> tuple[int, int, int]:
    """Where phone, phrase and lang stand; -1 where what stands in the list is not taken."""
    phone, phrase, lang = (found.place(role) for role in (Role.PHONE, Role.PHRASE, Role.LANG))
    assert phone is not None, "checked by read"  # noqa: S101
    return (phone, -1 if phrase is None or found.template is not None else phrase,
            -1 if lang is None or options.lang else lang)
