"""A list of numbers, whatever it came in: what was found in it, and what the operator decides instead.

`find` looks at the head alone, so that it can follow every key that the operator presses.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field
from msgspec.structs import replace

from tui.campaign.fields import LANGUAGES
from tui.numbers.by_line import SEPARATORS, cells_of, split, unquoted
from tui.numbers.cells import Cell, is_blank, text_of
from tui.numbers.columns import (
    ListColumn,
    Role,
    columns_of,
    columns_text,
    is_like_phone,
    is_phone,
    named,
    names_numbers,
    phone_places,
    reference_of,
    roles_of,
    stands_again,
)
from tui.numbers.errors import BadList, BadTemplate
from tui.numbers.source import Source, Text, TextFile
from tui.numbers.template import Template, parse_template
from tui.numbers.writing import AMOUNTS, DATES, Writing, converter, writing_of

if TYPE_CHECKING:
    from tui.numbers.apart import RemoteWorkbook
    from tui.numbers.sheet_columns import Columns

_HEAD_ROWS: Final = 1000
_SAMPLE_ROWS: Final = 100
# Excel writes and reads this first line of a CSV file.
_WRITTEN_SEPARATOR: Final = re.compile(r'"?sep=([;\t|,])"?\s*', re.IGNORECASE)
# A title, a date, an address: exports put them above the columns' names.
_TITLE_ROWS: Final = 10
_SHARE: Final = 0.9
_LETTER: Final = re.compile(r"[^\W\d_]")
_NOTHING: Final = ";,|\t\r\n \xa0\ufeff"  # a line of nothing else is blank, whatever separates its cells
_ENDS: Final = f'{_NOTHING}"'
_NO_ROLES: Final[Mapping[Role, int | None]] = {}
_NO_WRITINGS: Final[Mapping[int, Writing]] = {}


class ListOptions(Struct, frozen=True):
    """What the operator decided; what is None, missing or "" is found in the list.

    `separator` "" is one number a line. `hidden`: rows and columns that a sheet hides count as well. `roles` say in
    which column (from 0) a role is, None for nowhere. `template` is the phrase of every row, `lang` the language of
    every row; without them they come from their columns. `writings` are the answers to questions, by column.
    `proposes`: a column that is headed so is the reference, unless `roles` say otherwise, and so is the fourth cell of
    a line that stands by itself: for whoever is shown that.
    """

    encoding: str | None = None
    separator: str | None = None
    header: bool | None = None
    sheet: str | None = None
    hidden: bool = False
    roles: Mapping[Role, int | None] = field(default_factory=lambda: _NO_ROLES)
    template: str = ""
    lang: str = ""
    writings: Mapping[int, Writing] = field(default_factory=lambda: _NO_WRITINGS)
    proposes: bool = False


AS_FOUND: Final = ListOptions()
AS_PROPOSED: Final = ListOptions(proposes=True)


class ColumnQuestion(Struct, frozen=True):
    """A column's values can be read in two ways: one of them, and what it becomes by each writing ("": nothing)."""

    column: ListColumn
    example: str
    choices: tuple[tuple[Writing, str], ...]


class DetectedList(Struct, frozen=True):
    """What a list is, by its first rows and what was decided.

    `encoding` is "" for a paste and a workbook, `separator` "" for a workbook and one number a line, `sheet` and
    `sheets` are empty but for a workbook. `by_line`: each line stands by itself (see tui.numbers.by_line).
    `sample` are the first rows below the header. `writings` are those of the template's columns. With a `problem` the
    list can't be read before something is decided; without an answer to a question the rows it is about are problems.
    """

    encoding: str
    separator: str
    header: bool
    by_line: bool
    sheet: str
    sheets: tuple[str, ...]
    columns: tuple[ListColumn, ...]
    sample: tuple[tuple[str, ...], ...]
    skipped: int  # lines, or rows of a sheet, above the header or the first row: blank ones, a title
    above: tuple[str, ...] = ()  # what stands in them
    hidden_columns: tuple[str, ...] = ()  # those that hold something, by their headings; left out unless wanted
    template: Template | None = None
    writings: Mapping[int, Writing] = field(default_factory=lambda: _NO_WRITINGS)
    questions: tuple[ColumnQuestion, ...] = ()
    problem: BadList | BadTemplate | None = None

    def place(self, role: Role) -> int | None:
        """The column of a role, from 0."""
        return next((column.place for column in self.columns if column.role is role), None)


class _Where(Struct, frozen=True):
    """Where a list stands: below what, in which encoding or sheet; `columns` are those that the sheet hides."""

    skipped: int
    above: tuple[str, ...]
    encoding: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    columns: Columns | None = None

    def hides(self, place: int) -> bool:
        return self.columns is not None and self.columns.is_hidden(place)


class _Shape(Struct, frozen=True):
    separator: str
    header: bool
    by_line: bool
    rows: Sequence[Sequence[Cell]]  # of the head, with the header
    width: int


def find(source: Source, options: ListOptions = AS_FOUND) -> DetectedList:
    """What a list is, by its head. BadList where it has no rows, or can't be read as was decided."""
    if not isinstance(source, Text):
        return _find_in_sheet(source, options)
    skipped, lines, separator = _head_of_text(source, options)
    above = _lines_above_header(lines, separator) if options.header is None else 0
    titles = tuple(title for line in lines[:above] if (title := line.strip(_ENDS)))
    skipped, lines = skipped + above, lines[above:]
    shape = _shape(lines, separator, options)
    return _described(shape, options, _Where(skipped, titles, options.encoding or source.encoding))


def _find_in_sheet(source: RemoteWorkbook, options: ListOptions) -> DetectedList:
    sheet = options.sheet or source.first_with_rows()
    lines, rows, all_hidden = _head_of_sheet(source, sheet, hidden=options.hidden)
    if not rows:
        raise BadList("numbers.list.empty", path=str(source.path))
    above = _above_header(list(map(_texts, rows))) if options.header is None else 0
    titles = tuple(" ".join(filter(None, _texts(row))) for row in rows[:above])
    lines, rows = lines[above:], rows[above:]
    header = _is_header(_texts(rows[0]), rows[1:]) if options.header is None else options.header
    shape = _Shape("", header, by_line=False, rows=rows, width=len(rows[0]))
    where = _Where(lines[0] - 1, titles, "", sheet, source.sheets, source.columns(sheet))
    found = _described(shape, options, where)
    return replace(found, problem=BadList("numbers.list.all_hidden", sheet=sheet)) if all_hidden else found


def _head_of_sheet(source: RemoteWorkbook, sheet: str, *, hidden: bool) -> tuple[list[int], list[list[Cell]], bool]:
    """The first rows in which something stands, with their lines, as wide as the widest; whether all are hidden."""
    filled = ((line, is_hidden, cells) for line, is_hidden, cells in source.rows(sheet) if not is_blank(cells))
    head = list(islice((row for row in filled if hidden or not row[1]), _HEAD_ROWS + 1))
    all_hidden = False
    if not head:
        head = list(islice((row for row in source.rows(sheet) if not is_blank(row[2])), _HEAD_ROWS + 1))
        all_hidden = bool(head)
    width = max((len(cells) for _line, _hidden, cells in head), default=0)
    rows: list[list[Cell]] = [[*cells, *[""] * (width - len(cells))] for _line, _hidden, cells in head]
    while width and all(is_blank(row[-1:]) for row in rows):
        width -= 1
        rows = [row[:-1] for row in rows]
    return [line for line, _hidden, _cells in head], rows, all_hidden


def _head_of_text(source: Text, options: ListOptions) -> tuple[int, list[str], str | None]:
    """How many lines come before the list, its first lines, and the separator, as found or decided."""
    skipped, separator = 0, options.separator
    lines = source.lines(options.encoding or "")
    for line in lines:
        if written := _WRITTEN_SEPARATOR.fullmatch(line):
            separator = written[1] if separator is None else separator
        elif line.strip(_NOTHING):
            return skipped, [line, *islice(lines, _HEAD_ROWS)], separator
        skipped += 1
    if isinstance(source, TextFile):
        raise BadList("numbers.list.empty", path=str(source.path))
    return skipped, [], separator


def _lines_above_header(lines: list[str], separator: str | None) -> int:
    """How many lines stand above the one that names a column of numbers."""
    choices = SEPARATORS if separator is None else (separator,) if separator else ()
    for each in choices:
        if any(each in line for line in lines[:_TITLE_ROWS]):
            starts, rows = _parsed(lines, each)
            if above := _above_header(rows):
                return starts[above]
    return 0


def _above_header(rows: Sequence[Sequence[str]]) -> int:
    """How many rows stand above the one that names a column of numbers; 0 where a number stands among them.

    A row with as many words above it is no title but the names of the columns, and what looks like them a value.
    """
    widest = 0
    for above, row in enumerate(rows[:_TITLE_ROWS]):
        if any(is_phone(cell) for cell in row):
            return 0
        filled = [cell for cell in row if cell]
        if len(filled) > max(1, widest) and names_numbers(row, rows[above + 1:]):
            return above
        if all(_LETTER.match(cell) for cell in filled):
            widest = max(widest, len(filled))
    return 0


def _shape(lines: list[str], separator: str | None, options: ListOptions) -> _Shape:
    choices = [separator] if separator else SEPARATORS if separator is None else ()
    parsed = {each: _parsed(lines, each)[1] for each in choices if lines and each in lines[0]}
    tables = {each: rows for each, rows in parsed.items() if rows}
    one_cell = [[unquoted(line)] for line in lines if line.strip()]
    best = max(tables, key=lambda each: _fitness(tables[each]), default="")
    rows = tables.get(best, one_cell)
    if rows and (_is_header(rows[0], rows[1:]) if options.header is None else options.header):
        return _Shape(best, header=True, by_line=not best, rows=rows, width=len(rows[0]))
    best = separator if separator is not None else _separator_of_rows(tables)
    first = split(lines[0])[0] if lines and separator is None else ""
    decided = separator is not None or bool(options.roles) or "{" in options.template
    if decided:
        best = best or first
    rows = tables.get(best, one_cell)
    by_line = not best or (not decided and best == first and _is_phone_phrase_lang(rows))
    if by_line and separator is None:
        rows = [cells_of(line) for line in lines if line.strip()]
    return _Shape(best or first, header=False, by_line=by_line, rows=rows, width=max(map(len, rows), default=1))


def _parsed(lines: list[str], separator: str) -> tuple[list[int], list[list[str]]]:
    """The rows of the head in which something stands, and after how many lines each begins."""
    starts: list[int] = []
    rows: list[list[str]] = []
    reader, start = csv.reader(lines, delimiter=separator, skipinitialspace=True), 0
    with suppress(csv.Error):  # a cell without an end: whoever reads all rows reports it
        for cells in reader:
            texts = [cell.strip() for cell in cells]
            if any(texts):
                starts.append(start)
                rows.append(texts)
            start = reader.line_num
    return starts, rows[:-1] if len(lines) > _HEAD_ROWS else rows  # the last one may be cut off


def _fitness(rows: list[list[str]]) -> tuple[bool, int, bool]:
    names = named(rows[0])
    return names_numbers(rows[0], rows[1:]), len(names), _is_even(rows)


def _is_even(rows: list[list[str]]) -> bool:
    width = len(rows[0])
    return width > 1 and sum(len(row) == width for row in rows) >= _SHARE * len(rows)


def _is_header(first: Sequence[str], below: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row names columns: by a known name, or because nothing in it is a value."""
    filled = [cell for cell in first if cell]
    if any(map(is_phone, filled)):
        return False
    if names_numbers(first, below):
        return True
    numbers = phone_places(below, len(first))
    if stands_again(first, below) or (numbers and not any(first[place] for place in numbers)):
        return False  # a row without a number, in which a column's name may stand
    if set(named(first)) - {Role.PHONE}:
        return True
    if len(first) < 2 or not all(map(_LETTER.match, filled)):
        return False
    if not any(letter.isdecimal() for cell in filled for letter in cell):
        return True
    return any(map(is_like_phone, filled)) or bool(numbers)


def _separator_of_rows(tables: Mapping[str, list[list[str]]]) -> str:
    """What separates the columns of a list without a header; "" where lines make no table, as a single one can't."""
    for separator, rows in tables.items():
        if len(rows) > 1 and _is_even(rows) and len(phone_places(rows, len(rows[0]))) == 1 and (
                separator != "," or _has_words(rows)):
            return separator
    return ""


def _has_words(rows: list[list[str]]) -> bool:
    """Whether a comma separates: 5,32124E+09 and 5321234567,00 are mangled numbers, not columns."""
    return all(any(_LETTER.match(cell) for cell in row) for row in rows)


def _is_phone_phrase_lang(rows: Sequence[Sequence[str]]) -> bool:
    width = len(rows[0])
    return width <= 3 and phone_places(rows, width) == [0] and all(
        row[2] in ("", *LANGUAGES) for row in rows if len(row) > 2)


def _described(shape: _Shape, options: ListOptions, where: _Where) -> DetectedList:
    rows = shape.rows[1:] if shape.header else shape.rows
    headings = _texts(shape.rows[0]) if shape.header else []
    if shape.by_line:
        roles = dict(zip((Role.PHONE, Role.PHRASE, Role.LANG), range(shape.width), strict=False))
        if named(headings) and Role.PHONE not in named(headings):
            roles = {}  # a list of phrases alone
    else:
        shown = _shown(headings, rows, where, options)
        roles = roles_of(*shown, shape.width)
        decided = {role: place for role, place in options.roles.items() if role is not Role.OTHER}
        roles = {role: place for role, place in roles.items() if role not in decided and place not in decided.values()}
        roles |= {role: place for role, place in decided.items() if place is not None and place < shape.width}
        if options.proposes and Role.REFERENCE not in decided and (
                reference := reference_of(*shown, roles.values())) is not None:
            roles[Role.REFERENCE] = reference
    columns = columns_of(headings, shape.width, roles)
    problem: BadList | BadTemplate | None = None
    if all(column.role is not Role.PHONE for column in columns):
        problem = _no_phone(columns, phone_places(rows, shape.width), where, options)
    template = None
    if options.template.strip():
        try:
            template = parse_template(options.template, [column.name for column in columns])
        except BadTemplate as bad:
            problem = problem or bad
    writings, questions = _written(columns, template, rows, options)
    sample = tuple(tuple(_texts(row)) for row in islice((row for row in rows if not is_blank(row)), _SAMPLE_ROWS))
    hidden = tuple(column.heading or f"{{{column.name}}}" for column in columns if where.hides(column.place)
                   and any(not is_blank(row[column.place:column.place + 1]) for row in shape.rows))
    return DetectedList(where.encoding, shape.separator, shape.header, shape.by_line, where.sheet, where.sheets,
                        columns, sample, where.skipped, where.above, hidden, template, writings, questions, problem)


def _shown(headings: Sequence[str], rows: Sequence[Sequence[Cell]], where: _Where, options: ListOptions
           ) -> tuple[Sequence[str], Sequence[Sequence[Cell]]]:
    """Headings and rows without what a sheet hides."""
    if options.hidden or where.columns is None or not where.columns.hidden:
        return headings, rows
    return (["" if where.hides(place) else heading for place, heading in enumerate(headings)],
            [["" if where.hides(place) else cell for place, cell in enumerate(row)] for row in rows])


def _no_phone(columns: Sequence[ListColumn], several: Sequence[int], where: _Where, options: ListOptions) -> BadList:
    hidden = [place for place in several if where.hides(place)]
    if hidden and not options.hidden:
        return BadList("numbers.list.hidden_phone", found=columns_text(columns, hidden))
    code = "numbers.list.which_phone" if len(several) > 1 else "numbers.list.no_phone"
    return BadList(code, found=columns_text(columns, several))


def _written(
    columns: Sequence[ListColumn], template: Template | None, rows: Sequence[Sequence[Cell]], options: ListOptions,
) -> tuple[Mapping[int, Writing], tuple[ColumnQuestion, ...]]:
    writings, questions = {}, []
    for column in columns:
        if template is None or column.name not in template.variables:
            continue
        if column.place in options.writings:
            writings[column.place] = options.writings[column.place]
            continue
        writing, doubtful = writing_of(row[column.place] for row in rows if column.place < len(row))
        writings[column.place] = writing
        if doubtful != "":
            choices = DATES if writing is Writing.DATE else AMOUNTS
            questions.append(ColumnQuestion(column, text_of(doubtful), tuple(
                (choice, converter(choice)(doubtful) or "") for choice in choices)))
    return writings, tuple(questions)


def _texts(row: Sequence[Cell]) -> list[str]:
    return [text_of(cell).strip() for cell in row]
