"""Columns that are named in words: which column of a list has the numbers, the phrases, the languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final

from msgspec.structs import replace

from tui.core.whole_number import whole_number
from tui.numbers.columns import ListColumn, Role
from tui.numbers.errors import BadList
from tui.numbers.listing import DetectedList, ListOptions, find
from tui.numbers.source import Source
from tui.numbers.template import variable_name
from tui.numbers.writing import Writing

_DIGITS: Final = 5  # of a column's number
_MAX_SHOWN: Final = 20


def with_columns(source: Source, options: ListOptions, named: Mapping[Role, str]) -> ListOptions:
    """The options with the columns that are named by their headings, in any letter case, or by their numbers from 1.

    A heading that is named makes the first row the header. BadList where a name is no column's or several columns',
    where one column would be two things, or the list can't be read.
    """
    if not named:
        return options
    # Roles that are decided change how a list without a header is split: it is looked at as it will be read.
    options = replace(options, roles=dict.fromkeys(named))
    found = find(source, options)
    if not found.header and options.header is None and _missing(found, named):
        headed = replace(options, header=True)
        as_headed = find(source, headed)
        if not _missing(as_headed, named):
            options, found = headed, as_headed
    places = {role: _place(found, name) for role, name in named.items()}
    for role, place in places.items():
        if any(other == place for at, other in places.items() if at is not role):
            raise BadList("numbers.column.twice", column=_shown([found.columns[place]]))
    decided = replace(options, roles=places)
    _must_be_so(find(source, decided), found, places)
    return decided


def with_writings(source: Source, options: ListOptions, written: Mapping[str, Writing]) -> ListOptions:
    """The options with the ways in which columns of the phrase are written, by their headings or numbers.

    BadList where a name is no column's or several columns', two are one column's, or the phrase has not that column;
    BadTemplate where there is no such phrase.
    """
    if not written:
        return options
    found = find(source, options)
    if found.problem is not None:
        raise found.problem
    used = () if found.template is None else found.template.variables
    writings: dict[int, Writing] = {}
    for name, writing in written.items():
        column = found.columns[_place(found, name)]
        if column.name not in used:
            raise BadList("numbers.column.unused", column=_shown([column]))
        if writings.setdefault(column.place, writing) is not writing:
            raise BadList("numbers.column.twice", column=_shown([column]))
    return replace(options, writings=writings)


def _must_be_so(read: DetectedList, found: DetectedList, places: Mapping[Role, int]) -> None:
    """BadList where the list is not read by these columns: its lines stand by themselves, or fall apart otherwise."""
    for role, place in places.items():
        if read.place(role) != place or read.columns[place].heading != found.columns[place].heading:
            raise BadList("numbers.column.by_line", column=_shown([found.columns[place]]))


def _missing(found: DetectedList, named: Mapping[Role, str]) -> bool:
    return not all(_candidates(found.columns, name) for name in named.values())


def _candidates(columns: Sequence[ListColumn], name: str) -> list[ListColumn]:
    """The columns that may be meant: those headed so, to the letter if there is one, and that of the number."""
    number = whole_number(name.strip(), _DIGITS)
    numbered = [column for column in columns if column.place + 1 == number]
    exact = [column for column in columns if column.heading and _letters(column.heading) == _letters(name)]
    if len(exact) == 1:
        return exact + [column for column in numbered if column not in exact]
    alike = variable_name(name)
    headed = exact or [column for column in columns if alike and alike in (variable_name(column.heading), column.name)]
    return headed + [column for column in numbered if column not in headed]


def _letters(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def _place(found: DetectedList, name: str) -> int:
    candidates = _candidates(found.columns, name)
    if not candidates:
        raise BadList("numbers.column.none", value=name.strip(), known=_shown(found.columns))
    if len(candidates) > 1:
        raise BadList("numbers.column.several", value=name.strip(), found=_shown(candidates))
    return candidates[0].place


def _shown(columns: Sequence[ListColumn]) -> str:
    """Columns by number and heading: `2 Telefon`."""
    shown = [f"{column.place + 1} {column.heading}".strip() for column in islice(columns, _MAX_SHOWN)]
    return ", ".join([*shown, "…"] if len(columns) > _MAX_SHOWN else shown)
