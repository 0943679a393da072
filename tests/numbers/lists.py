"""Lists made at random, of which it is known what stands in each row; written as people's programs write them."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import xlsxwriter

NUMBER, ERROR, FORMULA, NONE, BLANK = "number", "error", "formula", "none", "blank"
_NAMES: Final = ("Ayşe", "Işık Öğüt", "İbrahim", "O'Neil", "A & B <Ltd>", 'Ali "Veli" Can', "cep", "no", "phone",
                 "x;y", "a,b", "tab\tda", "Şule\u00a0Gül", "_x0041_", "=1+1", "-", "Ünal\u0308", "a|b", "#N/A")
_ERRORS: Final = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"


@dataclass
class Row:
    """What is true of a row: `kind` of what stands for its number, `wire` that number as it is sent."""

    line: int
    kind: str
    typed: str = ""
    wire: str = ""
    name: str = ""
    hidden: bool = False


@dataclass
class Made:
    """A list: the header's line, and the rows; `place` is the column of the numbers, the other one has names."""

    header: int
    place: int
    rows: list[Row] = field(default_factory=list)
    title: str = ""

    def cells(self, row: Row) -> list[str]:
        return [row.typed, row.name] if self.place == 0 else [row.name, row.typed]

    def headings(self) -> list[str]:
        return ["Telefon", "Ad"] if self.place == 0 else ["Ad", "Telefon"]


def writing(chance: random.Random, national: str) -> str:
    """A number as people write it."""
    area, first, second, third = national[:3], national[3:6], national[6:8], national[8:]
    return chance.choice([
        national, f"0{national}", f"90{national}", f"+90{national}", f"0{area} {first} {second} {third}",
        f"(0{area}) {first} {second} {third}", f"+90 {area} {first} {second} {third}",
        f"0{area}-{first}-{second}{third}",
        f"0{area}\u00a0{first}\u00a0{second}\u00a0{third}", f"0090{national}", f"0 ({area}) {first}-{second}-{third}",
        f" 0{national} ",
    ])


def made(chance: random.Random, kinds: tuple[str, ...], *, hidden: bool) -> Made:
    header = chance.choice([1, 1, 1, 2, 4])
    found = Made(header, chance.randrange(2), title="Kasım listesi" if header > 1 else "")
    line = header
    for _ in range(chance.randrange(4, 40)):
        line += 1
        kind = chance.choices(kinds, [12] + [1] * (len(kinds) - 1))[0]
        row = Row(line, kind, hidden=hidden and chance.random() < 0.2)
        if kind != BLANK:
            row.name = f"{chance.choice(_NAMES)}{chance.choice(['', f' {line}'])}"
        if kind == NUMBER:
            national = f"5{chance.randrange(30, 56)}{chance.randrange(10**7):07}"
            row.typed, row.wire = writing(chance, national), f"90{national}"
        elif kind == ERROR:
            row.typed = chance.choice(_ERRORS)
        elif kind == FORMULA:
            row.typed = '="0"&"5321234567"'
        found.rows.append(row)
    first = next((row for row in found.rows if not row.hidden), None)
    if first is None or first.kind != NUMBER:  # a list whose first row has no number is another matter
        found.rows = [row for row in found.rows if row is not first]
        return made(chance, kinds, hidden=hidden)
    return found


def as_csv(chance: random.Random, path: Path) -> Made:
    found = made(chance, (NUMBER, NONE, BLANK), hidden=False)
    separator, end = chance.choice(";,\t|"), chance.choice(["\n", "\r\n", "\r"])
    encoding = chance.choice(["utf-8", "utf-8-sig", "utf-16", "windows-1254", "utf-16-le"])
    text = io.StringIO(newline="")
    pen = csv.writer(text, delimiter=separator, lineterminator=end,
                     quoting=chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))
    for line in range(1, found.header):
        pen.writerow([found.title, ""] if line == 1 else ["", ""])
    pen.writerow(found.headings())
    for row in found.rows:
        pen.writerow(found.cells(row) + [""] * chance.choice([0, 0, 0, 2]))
    path.write_bytes(text.getvalue().encode(encoding, "ignore" if encoding == "windows-1254" else "strict"))
    if encoding == "windows-1254":
        for row in found.rows:
            row.name = row.name.encode("windows-1254", "ignore").decode("windows-1254")
    return found


def as_openpyxl(chance: random.Random, path: Path) -> Made:
    found = made(chance, (NUMBER, ERROR, FORMULA, NONE, BLANK), hidden=True)
    for row in found.rows:
        row.name = row.name.replace("_x0041_", "A")  # it writes escapes as they are, and so they are read
    book = openpyxl.Workbook()
    sheet = book.active
    if found.title:
        sheet.cell(1, 1, found.title)
    for place, heading in enumerate(found.headings(), start=1):
        sheet.cell(found.header, place, heading)
    for row in found.rows:
        for place, text in enumerate(found.cells(row), start=1):
            if not text:
                continue
            cell = sheet.cell(row.line, place)
            if place - 1 == found.place:
                _fill(cell, row, chance)
            else:
                cell.data_type, cell._value = "s", text
        if row.hidden:
            sheet.row_dimensions[row.line].hidden = True
    book.save(path)
    return found


def _fill(cell: openpyxl.cell.Cell, row: Row, chance: random.Random) -> None:
    if row.kind == ERROR:
        cell.value, cell.data_type = row.typed, "e"
    elif row.kind == NUMBER and row.typed == row.wire[2:] and chance.random() < 0.7:
        cell.value = int(row.typed)
    else:
        cell.value = row.typed


def as_xlsxwriter(chance: random.Random, path: Path) -> Made:
    found = made(chance, (NUMBER, ERROR, NONE, BLANK), hidden=True)
    book = xlsxwriter.Workbook(path, {"constant_memory": chance.random() < 0.3, "strings_to_formulas": False})
    sheet = book.add_worksheet("Liste")
    if found.title:
        sheet.write_string(0, 0, found.title)
    sheet.write_row(found.header - 1, 0, found.headings())
    for row in found.rows:
        for place, text in enumerate(found.cells(row)):
            if not text:
                sheet.write_blank(row.line - 1, place, None, book.add_format({"bold": True}))
            elif place != found.place:
                sheet.write_string(row.line - 1, place, text)
            elif row.kind == ERROR:
                sheet.write_formula(row.line - 1, place, "=NA()", None, row.typed)
            elif row.typed == row.wire[2:] and chance.random() < 0.7:
                sheet.write_number(row.line - 1, place, int(row.typed))
            elif chance.random() < 0.2:
                sheet.write_formula(row.line - 1, place, "=A1", None, row.typed)
            else:
                sheet.write_string(row.line - 1, place, row.typed)
        if row.hidden:
            sheet.set_row(row.line - 1, None, None, {"hidden": True})
    book.close()
    return found


def as_parts(chance: random.Random, path: Path) -> Made:
    """By hand: a right package that looks as no usual writer's does."""
    found = made(chance, (NUMBER, ERROR, FORMULA, NONE, BLANK), hidden=True)
    folder = chance.choice(["xl", "wtf", "a/b", "XL", "kitap"])
    sheet, strings = chance.choice(["worksheets/a/sheet1.xml", "s.xml", "../other/sheet.xml", "sayfa 1.xml"]), "sst.xml"
    prefix, main = chance.choice(["", "", "x:"]), chance.choice([_MAIN, _MAIN, _STRICT])
    shared: list[str] = []
    content = _Sheet(chance, found, shared, prefix, main).written()
    absolute = chance.random() < 0.3
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
                               f'ContentType="application/xml"/></Types>',
        "_rels/.rels": _relationships((("officeDocument", f"{'/' if absolute else ''}{folder}/book.xml"),)),
        f"{folder}/book.xml": f'<workbook xmlns="{main}" xmlns:r="{_RELATED}"><sheets><sheet name="Liste" sheetId="1" '
                              f'r:id="r1"/></sheets></workbook>',
        f"{folder}/_rels/book.xml.rels": _relationships((
            ("worksheet", sheet.replace(" ", "%20")), ("sharedStrings", strings))),
        _joined(folder, sheet): content,
        f"{folder}/{strings}": _strings(chance, shared, prefix, main),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return found


def _joined(folder: str, target: str) -> str:
    return f"{folder}/{target}" if not target.startswith("../") else "/".join([*folder.split("/")[:-1], target[3:]])


def _relationships(targets: tuple[tuple[str, str], ...]) -> str:
    each = "".join(f'<Relationship Id="r{at}" Type="{_RELATED}/{kind}" Target={quoteattr(target)}/>'
                   for at, (kind, target) in enumerate(targets, start=1))
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'


def _strings(chance: random.Random, texts: list[str], prefix: str, main: str) -> str:
    items = []
    for text in texts:
        middle = chance.randrange(len(text) + 1)
        plain = f'<{prefix}t xml:space="preserve">{_text(chance, text)}</{prefix}t>'
        rich = (f'<{prefix}r><{prefix}rPr/><{prefix}t xml:space="preserve">{escape(text[:middle])}</{prefix}t>'
                f'</{prefix}r><{prefix}r><{prefix}t xml:space="preserve">{escape(text[middle:])}</{prefix}t>'
                f"</{prefix}r>"
                f'<{prefix}rPh sb="0" eb="1"><{prefix}t>05551112233</{prefix}t></{prefix}rPh>')
        items.append(f"<{prefix}si>{rich if chance.random() < 0.1 and '_x' not in text else plain}</{prefix}si>")
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    return f'<{prefix}sst {name}="{main}" count="9999">{"".join(items)}</{prefix}sst>'


def _text(chance: random.Random, text: str) -> str:
    """With an underscore that would begin an escape written as one, and some letters as references."""
    text = escape(text.replace("_x", "_x005F_x"))
    return "".join(f"&#{ord(sign)};" if sign.isalnum() and chance.random() < 0.02 and "&" not in text else sign
                   for sign in text)


class _Sheet:
    def __init__(self, chance: random.Random, found: Made, shared: list[str], prefix: str, main: str) -> None:
        self.chance, self.found, self.shared, self.prefix, self.main = chance, found, shared, prefix, main
        self.places = chance.random() < 0.8  # whether cells and rows tell where they stand
        self.lines = self.places or chance.random() < 0.5
        self.quote = chance.choice(['"', '"', '"', "'"])
        self.gap = chance.choice(["", "", "", "\n  ", "<!-- </row> -->"])
        self.odd = chance.random() < 0.5

    def written(self) -> str:
        x, found = self.prefix, self.found
        lines: dict[int, str] = {found.header: self.row(found.header, found.headings(), None)}
        if found.title:
            lines[1] = self.row(1, [found.title], None)
        for row in found.rows:
            lines[row.line] = self.row(row.line, found.cells(row), row)
        last = max(lines)
        rows = [lines.get(line, "" if self.lines else f"<{x}row/>") for line in range(1, last + 1)]
        if self.lines and self.places and self.chance.random() < 0.3:
            rows.append(f'<{x}row r="1048576"><{x}c r="XFD1048576" s="0"/></{x}row>')
        name = f"xmlns:{x[:-1]}" if x else "xmlns"
        lies = self.chance.choice(["", f'<{x}dimension ref="A1"/>', f'<{x}dimension ref="A1:XFD1048576"/>'])
        return (f'<?xml version="1.0" encoding="UTF-8"?><{x}worksheet {name}="{self.main}">{lies}<{x}sheetData>'
                f'{self.gap.join(rows)}</{x}sheetData></{x}worksheet>')

    def row(self, line: int, cells: list[str], row: Row | None) -> str:
        x, q = self.prefix, self.quote
        told = f" r={q}{line}{q}" if self.lines else ""
        hidden = f" hidden={q}{self.chance.choice(['1', 'true'])}{q}" if row is not None and row.hidden else ""
        inside = [self.cell(line, place, text, row) for place, text in enumerate(cells)]
        if self.places and self.odd and self.chance.random() < 0.2:
            inside.reverse()
        return f"<{x}row{told}{hidden}>{self.gap.join(inside)}</{x}row>"

    def cell(self, line: int, place: int, text: str, row: Row | None) -> str:
        x, q, chance = self.prefix, self.quote, self.chance
        at = f" r={q}{'AB'[place]}{line}{q}" if self.places else ""
        number = row if row is not None and place == self.found.place else None
        if not text:
            return "" if self.places else f"<{x}c/>"
        if number is not None and number.kind == ERROR:
            return f"<{x}c{at} t={q}e{q}><{x}f>NA()</{x}f><{x}v>{text}</{x}v></{x}c>"
        if number is not None and number.kind == FORMULA:
            value = chance.choice(["", f"<{x}v/>", f"<{x}v></{x}v>"])
            return f"<{x}c{at}><{x}f>{escape(text[1:])}</{x}f>{value}</{x}c>"
        if number is not None and text == number.wire[2:]:
            value = chance.choice([text, f"{text}.0", f"{int(text) / 10**9!r}E9", f" {text} "])
            return f"<{x}c{at}><{x}v>{value}</{x}v></{x}c>"
        return self.text_cell(at, text)

    def text_cell(self, at: str, text: str) -> str:
        x, q, chance = self.prefix, self.quote, self.chance
        match chance.randrange(4):
            case 0:
                return (f'<{x}c{at} t={q}inlineStr{q}><{x}is><{x}t xml:space="preserve">{_text(chance, text)}</{x}t>'
                        f"</{x}is></{x}c>")
            case 1 if "_x" not in text:
                return f"<{x}c{at} t={q}str{q}><{x}f>A1</{x}f><{x}v>{_text(chance, text)}</{x}v></{x}c>"
            case _:
                self.shared.append(text)
                index = str(len(self.shared) - 1)
                index = chance.choice([index, f" {index} ", f"\n{index}"]) if self.odd else index
                order = chance.choice([f"{at} t={q}s{q}", f" t={q}s{q}{at}"])
                return f"<{x}c{order}><{x}v>{index}</{x}v></{x}c>"


WRITERS: Final[dict[str, Callable[[random.Random, Path], Made]]] = {
    "csv": as_csv, "openpyxl": as_openpyxl, "xlsxwriter": as_xlsxwriter, "parts": as_parts,
}
