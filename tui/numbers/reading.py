"""A list read as it was found, without anyone to ask: what the command line and a quick paste need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from tui.campaign.phone import ValidationResult
from tui.campaign.phone_list import Number, validate_row
from tui.core.reason import Reason
from tui.numbers.columns import ListColumn, Role, reference_of
from tui.numbers.errors import BadList
from tui.numbers.left_out import left_out
from tui.numbers.listing import AS_FOUND, DetectedList, ListOptions, find
from tui.numbers.named_columns import with_columns, with_writings
from tui.numbers.rows import SourceRow, read
from tui.numbers.source import PastedText, Source, Text, open_list
from tui.numbers.writing import Writing


class ParsedList(Struct, frozen=True):
    """A list that is being read: its rows can be read once. `notes` say what of the list is not among them.

    While they are read BadList may be raised: the quotation marks of a table go wrong, or the file can't be read on.
    `separator` and `encoding` are "" where the list has none (one number a line; pasted text; a workbook).
    """

    source_rows: Iterator[SourceRow]
    notes: tuple[Reason, ...] = ()
    ignored_columns: tuple[str, ...] = ()
    separator: str = ""
    encoding: str = ""
    reference: str = ""  # the column that is the reference, as it is headed or numbered; "" where none is
    proposed: str = ""  # where none is: one that is headed so

    @property
    def rows(self) -> Iterator[tuple[int, Number]]:
        """Line numbers, from 1, with what stands there: what is wrong with a row besides is in `source_rows`."""
        return ((row.line, Number(row.phone, row.phrase, row.lang, row.reference)) for row in self.source_rows)


def read_text(text: str, options: ListOptions = AS_FOUND) -> ParsedList:
    """A list that was pasted or typed. BadList where none of its columns holds phone numbers."""
    return _parsed(PastedText(text), options)


def read_file(path: Path, options: ListOptions = AS_FOUND, columns: Mapping[Role, str] | None = None,
              written: Mapping[str, Writing] | None = None) -> ParsedList:
    """A text file or workbook of any size: its rows are read as they are asked for.

    `columns` are named by heading or number, and so are those of which it is `written` how their values are meant (see
    tui.numbers.named_columns). BadList, BadTemplate say why not.
    """
    source = open_list(path)
    if options.sheet is not None and isinstance(source, Text):
        raise BadList("numbers.list.no_sheets", path=str(path), sheet=options.sheet)
    options = with_columns(source, options, columns or {})
    return _parsed(source, with_writings(source, options, written or {}))


def validate_source_row(row: SourceRow) -> ValidationResult:
    """What is wrong with a row: as it stands in its list, or with its number."""
    if row.problem is not None:
        return ValidationResult(None, row.problem)
    return validate_row(row.phone, row.phrase, row.lang)


def _parsed(source: Source, options: ListOptions = AS_FOUND) -> ParsedList:
    found = find(source, options)
    used = () if found.template is None else found.template.variables
    ignored = tuple(_heading(column) for column in found.columns
                    if column.role is Role.OTHER and column.name not in used and (column.heading or not found.header))
    notes = tuple(left_out(source, found, options))
    reference = next((_heading(column) for column in found.columns if column.role is Role.REFERENCE), "")
    proposed = "" if reference or Role.REFERENCE in options.roles else _proposed(found, hidden=options.hidden)
    return ParsedList(read(source, options), notes, ignored, found.separator, found.encoding, reference, proposed)


def _proposed(found: DetectedList, *, hidden: bool) -> str:
    taken = [column.place for column in found.columns
             if column.role is not Role.OTHER or (not hidden and _heading(column) in found.hidden_columns)]
    place = reference_of([column.heading for column in found.columns], found.sample, taken)
    return "" if place is None else _heading(found.columns[place])


def _heading(column: ListColumn) -> str:
    return column.heading or f"{{{column.name}}}"
