"""What stands in a list and is not among its rows: titles, other sheets, what a sheet hides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tui.core.reason import Reason
from tui.numbers.columns import Role, names_phone
from tui.numbers.listing import DetectedList, ListOptions
from tui.numbers.source import Source, Text

_LONGEST: Final = 60
_ENOUGH_DIGITS: Final = re.compile(r"(?:\d\D*){7}")


def left_out(source: Source, found: DetectedList, options: ListOptions) -> Iterator[Reason]:
    """A sentence for each of them. It may read the whole list; BadList where a sheet is vast."""
    if found.above:
        yield above_reason(found)
    if found.header and options.header is None and not _is_sure(found):
        headings = "; ".join(column.heading for column in found.columns if column.heading)
        yield Reason("numbers.note.header", {"line": found.skipped + 1, "value": _short(headings)})
    if isinstance(source, Text):
        return
    hidden = hidden_rows(source, found, options)
    if hidden:
        yield Reason("numbers.note.hidden_called" if options.hidden else "numbers.note.hidden", {"count": hidden})
    if found.hidden_columns and not options.hidden:
        yield Reason("numbers.note.hidden_columns", {
            "count": len(found.hidden_columns), "columns": ", ".join(found.hidden_columns)})
    others = [sheet for sheet in source.with_rows() if sheet.name != found.sheet]
    for code, names in (("numbers.note.sheets", [sheet.name for sheet in others if not sheet.hidden]),
                        ("numbers.note.hidden_sheets", [sheet.name for sheet in others if sheet.hidden])):
        if names:
            yield Reason(code, {
                "count": len(names), "sheets": ", ".join(names), "sheet": found.sheet})


def above_reason(found: DetectedList) -> Reason:
    """What stands above a list's header: a title, a date."""
    return Reason("numbers.note.above", {"count": len(found.above), "value": _short(found.above[0])})


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST - 1]}…"


def _is_sure(found: DetectedList) -> bool:
    """Whether the row that names the columns says so itself: it may be a row of the list in which no number stands."""
    place = found.place(Role.PHONE)
    heading = found.columns[place].heading if place is not None else ""
    return any(names_phone(each) and not _ENOUGH_DIGITS.search(each) for each in (heading, *found.hidden_columns))


def other_sheets(source: Source, found: DetectedList) -> tuple[str, ...]:
    """The sheets, besides the one that is read, in which something stands. BadList."""
    if isinstance(source, Text):
        return ()
    return tuple(sheet.name for sheet in source.with_rows() if sheet.name != found.sheet)


def hidden_rows(source: Source, found: DetectedList, options: ListOptions) -> int:
    """How many rows a sheet hides, those above its header too; of those read, the ones that are rows of the list.

    BadList where the sheet is vast.
    """
    if isinstance(source, Text):
        return 0
    above = found.skipped + found.header if options.hidden else 0
    return sum(line > above for line in source.hidden_lines(found.sheet))
