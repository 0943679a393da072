"""A list read as it was found, without anyone to ask: what the command line and a quick paste need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.campaign.draft import Number
from tui.numbers.columns import Role
from tui.numbers.listing import find
from tui.numbers.rows import read
from tui.numbers.source import PastedText, Source, open_list

Rows = Iterator[tuple[int, Number]]


@dataclass(frozen=True, slots=True)
class ParsedList:
    """A list that is being read. `rows` are line numbers, from 1, with what stands there; they can be read once.

    While they are read BadList may be raised: the quotation marks of a table go wrong, or the file can't be read on.
    `separator` and `encoding` are "" where the list has none (one number a line; pasted text; a workbook).
    """

    rows: Rows
    ignored_columns: tuple[str, ...] = ()
    separator: str = ""
    encoding: str = ""


def read_text(text: str) -> ParsedList:
    """A list that was pasted. BadList where none of its columns holds phone numbers."""
    return _parsed(PastedText(text))


def read_file(path: Path) -> ParsedList:
    """A text file or workbook of any size: its rows are read as they are asked for. BadList says why not."""
    return _parsed(open_list(path))


def _parsed(source: Source) -> ParsedList:
    found = find(source)
    ignored = tuple(column.heading or f"{{{column.name}}}" for column in found.columns
                    if column.role is Role.OTHER and (column.heading or not found.header))
    rows = ((row.line, Number(row.phone, row.phrase, row.lang)) for row in read(source))
    return ParsedList(rows, ignored, found.separator, found.encoding)
