"""The rows of a sheet as they stand in its XML, one by one, so that a sheet of any size takes no memory.

Nearly all sheets write their cells in one of a few ways: those are read by a pattern, as quickly as a compiled reader
does, and its pieces must make up the whole text. Where they don't (namespaces, comments, formulas without a value) an
XML parser reads the sheet instead. Either way each cell stands where its reference says, and a sheet that contradicts
itself is Damaged: no cell of one row comes to stand in another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import IO, Final, NamedTuple

from tui.numbers.cell_values import CellValues, DisplayedAs
from tui.numbers.cells import Cell
from tui.numbers.package import Damaged, is_true
from tui.numbers.shared_strings import NotPlain, decoded, meant, parse, strict_parser, unescaped
from tui.numbers.sheet_columns import MAX_COLUMNS, is_zero

OpenPart = Callable[[], AbstractContextManager[IO[bytes]]]

_CHUNK_BYTES: Final = 1 << 15
_MAX_BYTES_OF_ROW: Final = 4 << 20
_WIDE: Final = 64  # columns: a list has no more
_MAX_KNOWN: Final = 4_096
_MAX_ROWS: Final = 1_048_576
# What is chosen from comes with an empty last choice: a group that may be missing takes longer.
_PIECE: Final = re.compile(
    r'<c r="([A-Z]+)([0-9]+)"([^<>/]*)(?:>(?:(?:<f(?:[^<>]*/>|[^<>]*>[^<]*</f>)|)<v>(?:([0-9.eE+-]+)|([^<]*))</v>|'
    r'<is><t(?: xml:space="preserve"|)>([^<]*)</t></is>|)</c>|/>)|</row>|<row r="([1-9][0-9]{0,6})"([^<>]*)>')
_GROUPS: Final = 9  # with the text before each piece
# Kinds of cells; numbers that are shown as something else come after them.
_NUMBER, _SHARED, _TEXT, _INLINE, _SHOWN_OTHERWISE = range(5)
_KINDS: Final = {"n": _NUMBER, "s": _SHARED, "str": _TEXT, "inlineStr": _INLINE}
_SHOWN: Final = dict(enumerate(DisplayedAs, start=_SHOWN_OTHERWISE))
_NUMBER_SHOWN_AS: Final = {shown: kind for kind, shown in _SHOWN.items()} | {DisplayedAs.NUMBER: _NUMBER}
_ATTRIBUTE: Final = re.compile(r'([\w:.-]+)="([^"]*)"')
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_SHEET_DATA: Final = re.compile(rb"<sheetData(?: [^<>]*)?>")
_ROW_END: Final = b"</row>"
_BLANKS: Final = " \t\r\n"
# Half the time of SheetRow(…), which names its values.
_MAKE: Final = tuple.__new__


class SheetRow(NamedTuple):
    """A row that has a cell. `line` from 1; `cells` from the first column to the last that has something in it."""

    line: int
    hidden: bool
    cells: list[Cell]


class Batch(NamedTuple):
    """Some rows that follow one another; up to them, no row of their sheet has more than `width` cells."""

    rows: list[SheetRow]
    width: int


def sheet_rows(opened: OpenPart, values: CellValues) -> Iterator[Batch]:
    """The rows of a sheet, some at a time. Damaged."""
    read = 0
    try:
        for batch in _quickly(opened, values):
            read += len(batch.rows)
            yield batch
    except NotPlain:
        pass
    else:
        return
    for batch in _strictly(opened, values):
        left, read = batch.rows[read:], max(0, read - len(batch.rows))
        yield Batch(left, batch.width)


_PLACES: Final[dict[str, int]] = {}


def place_of(letters: str) -> int:
    """The column of these letters, from 0: `A` → 0, `XFD` → 16383. Damaged beyond."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    if place > MAX_COLUMNS:
        raise Damaged(letters)
    return place - 1


def _attributes(written: str) -> Mapping[str, str]:
    """What stands in a start tag after its name. Odd where that is not all of it."""
    written = written.removesuffix("/")
    if "&" in written or _ATTRIBUTE.sub("", written).strip(_BLANKS):
        raise NotPlain
    return dict(_ATTRIBUTE.findall(written))


def _quickly(opened: OpenPart, values: CellValues) -> Iterator[Batch]:
    rows = _Rows(values)
    for text in _pieces(opened):
        parts = _PIECE.split(text)
        if any(parts[::_GROUPS]) and any(map(str.strip, parts[::_GROUPS])):
            raise NotPlain
        rows.plain = "&" not in text and "_x" not in text and "\r" not in text
        try:
            yield Batch(rows.of(parts), rows.widest)
        except ValueError:  # a number that is none
            raise NotPlain from None


class _Rows:
    """Makes rows of a sheet's pieces. `plain`: nothing in them stands for another sign."""

    def __init__(self, values: CellValues) -> None:
        self.plain = True
        self._values = values
        self.widest = 1
        self._line = 0
        # By attributes as they are written, of which a sheet has few.
        self._looks: dict[str, int] = {}
        self._hiding: dict[str, bool] = {}
        self._known: dict[tuple[int, str], Cell] = {}

    def of(self, parts: list[str]) -> list[SheetRow]:  # noqa: C901, PLR0912, PLR0915 - it sees each cell, and calls little
        """Each piece has the groups of _PIECE; a row is whole in them."""
        looks, hiding, known, places = self._looks, self._hiding, self._known, _PLACES
        plain, shared = self.plain, self._values.known
        line, hidden, digits, last, filled, width = self._line, False, "", -1, False, min(self.widest, _WIDE)
        rows: list[SheetRow] = []
        cells: list[Cell] = []
        every = iter(parts)
        next(every)
        for letters, at, written, value, other, inline, row, more, _before in zip(*[every] * _GROUPS, strict=True):
            if letters is not None:
                try:
                    place = places[letters]
                except KeyError:
                    place = places[letters] = place_of(letters)
                if at != digits or place <= last:
                    raise NotPlain  # out of order, or a mistake: the parser finds out
                last = place
                try:
                    kind = looks[written]
                except KeyError:
                    kind = looks[written] = self._look(written)
                if place >= width:
                    cells += [""] * (place + 1 - width)
                    width = place + 1
                    self.widest = max(self.widest, width)
                if value is not None:
                    if kind == _NUMBER:
                        cells[place] = float(value)
                    elif kind == _SHARED:
                        shared = shared or self._values.shared
                        if not 0 <= (index := int(value)) < len(shared):
                            raise Damaged(value)
                        cells[place] = shared[index]
                    elif kind in (_TEXT, _INLINE):
                        cells[place] = value
                    else:
                        cells[place] = known.get((kind, value)) or self._shown(kind, value)
                elif inline is not None and kind == _INLINE:
                    cells[place] = inline if plain else meant(inline)
                elif other is not None and kind in (_TEXT, _INLINE):
                    cells[place] = other if plain else meant(other)
                elif inline is None and other is None:
                    continue
                else:
                    raise NotPlain  # no value where there should be one, or blanks around it
                filled = True
            elif (row is None) is (not digits):
                raise NotPlain  # a row in a row, or the end of none
            elif row is not None:
                try:
                    hidden = hiding[more]
                except KeyError:
                    hidden = hiding[more] = _is_hidden(_attributes(more))
                before, line = line, int(row)
                if not before < line <= _MAX_ROWS:
                    raise NotPlain
                width = min(width, _WIDE)
                digits, cells, last, filled = row, [""] * width, -1, False
                if more.endswith("/"):
                    digits = ""
            else:
                if filled:
                    rows.append(_MAKE(SheetRow, (line, hidden, cells)))
                digits = ""
        self._line = line
        return rows

    def _shown(self, kind: int, value: str) -> Cell:
        """What a number is shown as. A list has few days and many rows."""
        cell = self._values.of_number(value, _SHOWN[kind])
        if len(self._known) < _MAX_KNOWN:
            self._known[kind, value] = cell
        return cell

    def _look(self, written: str) -> int:
        """Of which kind a cell is by its attributes. Odd where the parser is needed."""
        attributes = _attributes(written)
        kind = _KINDS.get(attributes.get("t", "n"))
        if kind is None:
            raise NotPlain  # an error, a truth
        if kind != _NUMBER:
            return kind
        return _NUMBER_SHOWN_AS[self._values.shown(attributes.get("s", ""))]


def _is_hidden(row: Mapping[str, str]) -> bool:
    return is_true(row.get("hidden", "")) or is_zero(row.get("ht", ""))


def _pieces(opened: OpenPart) -> Iterator[str]:
    """The text of a sheet's rows, some whole rows at a time. Odd where it is no plain UTF-8."""
    with opened() as file:
        left = file.read(_CHUNK_BYTES)
        while (begin := _SHEET_DATA.search(left)) is None:
            chunk = file.read(_CHUNK_BYTES)
            if not chunk or len(left) > _MAX_BYTES_OF_ROW:
                raise NotPlain
            left += chunk
        if not _is_plain(left[: begin.start()]):
            raise NotPlain
        left = left[begin.end():]
        while True:
            end = left.rfind(_ROW_END) + len(_ROW_END)
            if end >= len(_ROW_END):
                yield decoded(left[:end])
                left = left[end:]
            if len(left) > _MAX_BYTES_OF_ROW:
                raise NotPlain
            if not (chunk := file.read(_CHUNK_BYTES)):
                break
            left += chunk
    if not left.lstrip().startswith(b"</sheetData>"):
        raise NotPlain  # it is cut off, or says something else


def _is_plain(prolog: bytes) -> bool:
    """Whether the sheet's beginning promises plain UTF-8 and no namespaces before the names of cells."""
    text = prolog.removeprefix(b"\xef\xbb\xbf").lstrip()
    declared = re.search(rb"encoding=[\"']([^\"']*)", text[:200])
    return (b"<!" not in text and b"<worksheet" in text
            and (declared is None or declared[1].lower() in (b"utf-8", b"us-ascii")))


def _strictly(opened: OpenPart, values: CellValues) -> Iterator[Batch]:
    strict = _Strict(values)
    with opened() as file:
        while chunk := file.read(_CHUNK_BYTES):
            parse(strict.parser, chunk, last=False)
            yield strict.batch()
    parse(strict.parser, b"", last=True)
    yield strict.batch()


class _Strict:
    """A sheet as an XML parser sees it. `rows` are those that have come to their end.

    A row that is written is shown, though the sheet hides those that are not (`zeroHeight`).
    """

    def __init__(self, values: CellValues) -> None:
        self.parser = strict_parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._letters
        self.rows: list[SheetRow] = []
        self.begun = False
        self._values = values
        self._path: list[str] = []
        self._before = self._line = 0
        self._is_numbered = self._is_hidden = False
        self._cells: dict[int, Cell] = {}
        self._place = -1
        self._widest = 1
        self._kind = self._style = ""
        self._texts: dict[str, list[str]] = {}

    def batch(self) -> Batch:
        """The rows since it was asked before."""
        rows, self.rows = self.rows, []
        self._widest = max([self._widest, *(len(row.cells) for row in rows)])
        return Batch(rows, self._widest)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if not self._path and name != "worksheet":
            raise Damaged(name)
        self._path.append(name)
        if name == "sheetData":
            self.begun = True
        elif not self.begun:
            return
        elif name == "row" and self._path[-2] == "sheetData":
            self._row(attributes)
        elif name == "c" and self._path[-2] == "row":
            self._cell(attributes)
        elif name in ("v", "f", "is") and self._path[-2] == "c":
            if name in self._texts:
                raise Damaged(name)  # two values of one cell
            self._texts[name] = []

    def _row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "").strip(_BLANKS)
        line = self._line + 1
        if number:
            if not (number.isascii() and number.isdecimal()):
                raise Damaged(number)
            line = int(number)
        if not self._line < line <= _MAX_ROWS:
            raise Damaged(number)  # a line twice, or out of order
        self._before, self._line, self._is_numbered = self._line, line, bool(number)
        self._is_hidden = _is_hidden(attributes)
        self._cells, self._place = {}, -1

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", "").strip(_BLANKS).upper()
        place = self._place + 1
        if reference:
            found = _REFERENCE.fullmatch(reference)
            if found is not None and not self._is_numbered and not self._cells:
                self._line, self._is_numbered = int(found[2]), True  # a row that is numbered by its cells alone
            if found is None or int(found[2]) != self._line or not self._before < self._line <= _MAX_ROWS:
                raise Damaged(reference)  # it would stand in another row
            place = place_of(found[1])
        if place in self._cells or place >= MAX_COLUMNS:
            raise Damaged(reference)
        self._place = place
        self._kind, self._style = attributes.get("t", "").strip(_BLANKS), attributes.get("s", "")
        self._texts = {}

    def _letters(self, text: str) -> None:
        path = self._path
        if not self._texts:
            return
        if path[-1] in ("v", "f") and path[-2] == "c":
            self._texts[path[-1]].append(text)
        elif path[-1] == "t" and "is" in self._texts and "rPh" not in path:
            self._texts["is"].append(text)

    def _end(self, _tag: str) -> None:
        name = self._path.pop()
        if not self._path or not self.begun:
            return
        if name == "c" and self._path[-1] == "row":
            self._end_cell()
        elif name == "row" and self._path[-1] == "sheetData" and self._cells:
            cells: list[Cell] = [""] * (max(self._cells) + 1)
            for place, cell in self._cells.items():
                cells[place] = cell
            self.rows.append(SheetRow(self._line, self._is_hidden, cells))

    def _end_cell(self) -> None:
        texts = {name: "".join(pieces) for name, pieces in self._texts.items()}
        self._texts = {}
        if not texts:
            return
        inline = texts.get("is")
        if inline is not None and (self._kind == "inlineStr" or not texts.get("v")):
            self._cells[self._place] = unescaped(inline)  # a text, whatever the cell calls itself
            return
        value = texts.get("v")
        if self._kind in ("inlineStr", "str") and value is not None:
            value = unescaped(value)
        self._cells[self._place] = self._values.of(self._kind, self._style, value, texts.get("f"))
