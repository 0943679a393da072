"""What stands in a sheet and is no plain value: errors, formulas, hidden rows, other sheets; and odd packages."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.campaign.sentences import said
from tui.campaign.phone import wire_phone as wire
from tui.numbers import package
from tui.numbers.cells import Missing, WhyMissing
from tui.numbers.columns import Role
from tui.numbers.errors import BadList
from tui.numbers.left_out import hidden_rows, left_out
from tui.numbers.listing import AS_FOUND, ListOptions, find
from tui.numbers.reading import read_file, validate_source_row
from tui.numbers.rows import read
from tui.numbers.source import Text, open_list
from tui.numbers.workbook import Workbook
from tui.operations.suppression import phones_in

ONE, TWO, THREE = "05321234501", "05321234502", "05321234503"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def told(path: Path, options: ListOptions = AS_FOUND) -> list[tuple[int, str | None]]:
    """Each row's line, and the number that would be called or why none is."""
    rows = [(row.line, validate_source_row(row)) for row in read_file(path, options).source_rows]
    return [(line, result.problem.code if result.problem is not None else result.phone) for line, result in rows]


def refused(path: Path) -> str:
    with pytest.raises(BadList) as bad:
        list(read(open_list(path)))
    assert all(said(bad.value.reason).values())
    return bad.value.reason.code.removeprefix("numbers.list.")


def notes(path: Path, options: ListOptions = AS_FOUND) -> list[str]:
    source = open_list(path)
    reasons = list(left_out(source, find(source, options), options))
    assert all(all(said(each).values()) for each in reasons)
    return [each.code.removeprefix("numbers.note.") for each in reasons]


def by_hand(path: Path, rows: str, *, head: str = "", strings: str = "", kind: str = "worksheet",
            root: str = "worksheet", book: str = "xl/workbook.xml", part: str = "worksheets/sheet1.xml") -> Path:
    """A package with one sheet: `rows` are its rows' XML, `strings` its shared texts'."""
    folder, name = book.rsplit("/", 1)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="a" Type="{RELATED}/'
                       f'officeDocument" Target="{book}"/></Relationships>',
        book: f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets><sheet name="Liste" sheetId="1" r:id="b"/>'
              f"</sheets></workbook>",
        f"{folder}/_rels/{name}.rels":
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="b" Type="{RELATED}/{kind}" '
            f'Target="{part}"/><Relationship Id="c" Type="{RELATED}/sharedStrings" Target="s.xml"/></Relationships>',
        f"{folder}/{part}": f'<{root} xmlns="{MAIN}">{head}<sheetData>{rows}</sheetData></{root}>',
        f"{folder}/s.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for each, content in parts.items():
            package.writestr(each, content)
    return path


def text(place: str, value: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def numbers(*more: str) -> str:
    """A sheet of three numbers below a header, and more rows."""
    rows = [f'<row r="{at}">{text(f"A{at}", value)}</row>' for at, value in enumerate(("Telefon", ONE, TWO, THREE), 1)]
    return "".join([*rows, *more])


WIRES = [(2, "90" + ONE[1:]), (3, "90" + TWO[1:]), (4, "90" + THREE[1:])]


# What has no value

def test_an_error_is_a_row_that_cannot_be_called(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", numbers('<row r="5"><c r="A5" t="e"><v>#N/A</v></c></row>'))
    assert told(path) == [*WIRES, (5, "numbers.row.error")]


@pytest.mark.parametrize("value", ["", "<v/>", "<v></v>"])
def test_a_formula_without_a_value_is_told(tmp_path: Path, value: str) -> None:
    cell = f'<row r="5"><c r="A5"><f>"0"&amp;"5321234504"</f>{value}</c></row>'
    path = by_hand(tmp_path / "a.xlsx", numbers(cell))
    assert told(path) == [*WIRES, (5, "numbers.row.formula")]
    assert list(Workbook(path).rows("Liste"))[-1].cells[0] == Missing(WhyMissing.FORMULA, '="0"&"5321234504"')


def test_an_error_where_the_phrase_comes_from_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Telefon", "Borç", "Dil"], [ONE, "#N/A", None], [TWO, 5, "#REF!"], [THREE, 6, None]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    options = ListOptions(template="#456 {borc}")
    assert told(tmp_path / "a.xlsx", options) == [(2, "numbers.row.error"), (3, "numbers.row.error"), WIRES[2]]


def test_a_formula_that_gives_an_empty_text_is_a_blank(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", numbers('<row r="5"><c r="A5" t="str"><f>IF(1,"")</f><v></v></c></row>'))
    assert told(path) == WIRES


# What is hidden

def with_hidden(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Liste")
    for at, row in enumerate((("Ad", "Telefon"), ("A", ONE), ("B", TWO), ("C", THREE))):
        sheet.write_row(at, 0, row)
    sheet.set_row(2, None, None, {"hidden": True})
    book.close()
    return path


def test_hidden_rows_are_left_out_and_counted_unless_they_are_wanted(tmp_path: Path) -> None:
    path = with_hidden(tmp_path / "a.xlsx")
    assert told(path) == [WIRES[0], WIRES[2]]
    assert notes(path) == ["hidden"]
    assert told(path, ListOptions(hidden=True)) == WIRES
    assert notes(path, ListOptions(hidden=True)) == ["hidden_called"]
    source = open_list(path)
    assert hidden_rows(source, find(source), AS_FOUND) == 1


@pytest.mark.parametrize("attribute", ['hidden="1"', 'hidden="true"', 'ht="0" customHeight="1"', "hidden='1'"])
def test_a_row_is_hidden_however_that_is_written(tmp_path: Path, attribute: str) -> None:
    path = by_hand(tmp_path / "a.xlsx", numbers(f'<row r="5" {attribute}>{text("A5", ONE)}</row>'))
    assert told(path) == WIRES
    assert notes(path) == ["hidden"]


@pytest.mark.parametrize("above", [text("A1", "Kasım listesi"), text("A1", TWO)])
def test_a_hidden_row_above_the_header_is_told(tmp_path: Path, above: str) -> None:
    rows = (f'<row r="1" hidden="1">{above}</row><row r="2">{text("A2", "Telefon")}{text("B2", "Ad")}</row>'
            f'<row r="3">{text("A3", ONE)}{text("B3", "A")}</row>')
    path = by_hand(tmp_path / "a.xlsx", rows)
    assert told(path) == [(3, "90" + ONE[1:])]
    assert notes(path) == ["hidden"]


@pytest.mark.parametrize(("columns", "shown"), [
    ('<cols><col min="1" max="1" width="12" customWidth="1"/></cols>', "A"),
    ('<cols><col min="2" max="2" width="9"/></cols>', "B"),
    ('<cols><col min="1" max="1" style="1"/><col min="2" max="2" width="9"/></cols>', "B"),
    ('<cols><col min="1" max="2" width="9"/><col min="3" max="16384" width="9" hidden="1"/></cols>', "AB"),
    ("", ""),
])
@pytest.mark.parametrize("width", ["0", "0.0"])
def test_a_column_of_no_width_by_default_is_hidden(tmp_path: Path, columns: str, shown: str, width: str) -> None:
    rows = (f'<row r="1">{text("A1", "Telefon")}{text("B1", "Yakını")}</row>'
            f'<row r="2">{text("A2", ONE)}{text("B2", TWO)}</row>')
    path = by_hand(tmp_path / "a.xlsx", rows,
                   head=f'<sheetFormatPr defaultColWidth="{width}" defaultRowHeight="15"/>{columns}')
    book = open_list(path)
    assert not isinstance(book, Text)
    assert [book.columns("Liste").is_hidden(place) for place in (0, 1, 2, 16_383)] == [
        "A" not in shown, "B" not in shown, True, True]
    if "A" in shown:
        assert told(path) == [(2, wire(ONE))]
    elif shown:
        assert told(path) == [(2, wire(TWO))]
        assert notes(path) == ["hidden_columns"]
    else:
        assert refused(path) == "hidden_phone"
    assert told(path, ListOptions(hidden=True))[0][1] == wire(ONE)


def test_rows_that_a_sheet_shows_though_it_hides_all_unused_ones_are_read(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.set_default_row(hide_unused_rows=True)
    for line, cell in enumerate(["Telefon", ONE, TWO]):
        sheet.write_string(line, 0, cell)
    sheet.set_row(2, None, None, {"hidden": True})
    book.close()
    assert told(tmp_path / "a.xlsx") == [(2, wire(ONE))]
    assert notes(tmp_path / "a.xlsx") == ["hidden"]


def test_of_a_sheet_whose_rows_below_the_header_are_hidden_that_is_told(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", f'<row r="1">{text("A1", "Telefon")}</row>'
                                        f'<row r="2" hidden="1">{text("A2", ONE)}</row>')
    assert refused(path) == "all_hidden"
    assert told(path, ListOptions(hidden=True)) == [(2, wire(ONE))]


def test_a_hidden_header_is_told(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", f'<row r="1" hidden="1">{text("A1", "Telefon")}</row><row r="2">'
                                        f'{text("A2", ONE)}</row>')
    assert told(path) == [(2, "90" + ONE[1:])]
    assert notes(path) == ["hidden"]
    assert notes(path, ListOptions(hidden=True)) == []


def test_a_sheet_whose_rows_are_all_hidden_is_not_empty(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{at}" hidden="1">{text(f"A{at}", value)}</row>'
                   for at, value in ((1, "Telefon"), (2, ONE)))
    path = by_hand(tmp_path / "a.xlsx", rows)
    assert refused(path) == "all_hidden"
    assert told(path, ListOptions(hidden=True)) == WIRES[:1]


def hidden_column(path: Path, *rows: tuple[str, ...], hidden: int) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Liste")
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    sheet.set_column(hidden, hidden, None, None, {"hidden": True})
    book.close()
    return path


def test_numbers_of_a_hidden_column_are_not_called(tmp_path: Path) -> None:
    path = hidden_column(tmp_path / "a.xlsx", ("Telefon", "Yeni"), (ONE, TWO), (TWO, THREE), hidden=0)
    assert [phone for _line, phone in told(path)] == ["90" + TWO[1:], "90" + THREE[1:]]
    assert notes(path) == ["hidden_columns"]
    assert [phone for _line, phone in told(path, ListOptions(hidden=True))] == ["90" + ONE[1:], "90" + TWO[1:]]
    alone = hidden_column(tmp_path / "b.xlsx", ("Telefon", "Ad"), (ONE, "A"), hidden=0)
    assert refused(alone) == "hidden_phone"
    assert told(alone, ListOptions(hidden=True)) == WIRES[:1]
    assert told(alone, ListOptions(roles={Role.PHONE: 0})) == WIRES[:1]


# Sheets

def two_sheets(path: Path, *, state: str = "visible") -> Path:
    book = openpyxl.Workbook()
    book.active.title = "İstanbul"
    for value in ("Telefon", ONE):
        book.active.append([value])
    second = book.create_sheet("Ankara")
    more: list[list[str | None]] = [["Ad", "Telefon", "İş"], ["A", TWO, THREE], ["B", "5,32E+09", None]]
    for row in more:
        second.append(row)
    second.sheet_state = state
    book.save(path)
    return path


@pytest.mark.parametrize(("state", "note"), [
    ("visible", "sheets"), ("hidden", "hidden_sheets"), ("veryHidden", "hidden_sheets"),
])
def test_the_other_sheets_of_a_list_are_told(tmp_path: Path, state: str, note: str) -> None:
    path = two_sheets(tmp_path / "a.xlsx", state=state)
    assert told(path) == [(2, "90" + ONE[1:])]
    assert notes(path) == [note]
    assert told(path, ListOptions(sheet="Ankara")) == [(2, "90" + TWO[1:]), (3, "campaign.phone.scientific")]


def test_a_text_file_has_no_sheets(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(ONE, encoding="utf-8")
    with pytest.raises(BadList) as bad:
        read_file(path, ListOptions(sheet="Ankara"))
    assert bad.value.reason.code == "numbers.list.no_sheets"


@pytest.mark.parametrize("state", ["visible", "hidden", "veryHidden"])
def test_every_number_of_every_sheet_is_not_to_be_called(tmp_path: Path, state: str) -> None:
    found = phones_in(two_sheets(tmp_path / "a.xlsx", state=state))
    assert sorted(found.phones) == ["90" + each[1:] for each in (ONE, TWO, THREE)]
    assert (found.unread, found.places) == (1, "Ankara:3")


@pytest.mark.parametrize(("content", "phones", "places"), [
    (f"Ad;Cep;Ev\nA;{ONE};{TWO}\nB;;{THREE}\n", [ONE, TWO, THREE], ""),
    (f"{ONE};{TWO}\n{THREE}\n", [ONE, TWO, THREE], ""),
    (f'Telefon;Ad\n{ONE};"A\n{TWO};B\n{THREE};C"\n', [ONE, TWO, THREE], ""), (f'"{ONE};A\n{TWO};B\n', [ONE, TWO], ""),
    (f"Telefon\n{ONE}\nbilinmiyor\n5,32E+09\n", [ONE], "3, 4"),
    (f"Tel\n{ONE} / {TWO}\n{THREE} ve {ONE}\n", [ONE, TWO, THREE, ONE], ""),
    (f"Ad,Not\nA,{ONE}\nB,{TWO}\n", [ONE, TWO], ""),
    (f"Ad;Not\nA;Tel: {ONE} (ev)\nB;eşi 0532 123 45 02, kendisi +90 (532) 123-45-03\n", [ONE, TWO, THREE], ""),
    (f"Ad;Cep;Not\nA;{ONE};Tel {TWO}\nB;{THREE};x\n", [ONE, TWO, THREE], ""),
    (f"Ad;Cep;Ev\nA;{ONE};5,32124E+09\nB;{TWO};x\n", [ONE, TWO], "2"),
    (f"Telefon;Ad\nyok;A\n{ONE};B\n{TWO};B\n", [ONE, TWO], "2"), (f"Arama yasağı\n\nTelefon\n{ONE}\n", [ONE], ""),
    (f"Telefon;Ad\n{ONE};A\n\n;B\n", [ONE], "4"), (f'Ad;Tel\n"A\nB";{ONE}\nC;yok\n', [ONE], "4"),
    (f"Telefon\n{ONE}\n" + "yok\n" * 6, [ONE], "3, 4, 5, 6, 7, …"),
    (f"{ONE} {TWO}\n{THREE}\n", [ONE, TWO, THREE], ""),
    (f"Tel;Since\n{ONE};2026-11-25 12:00:00\n{TWO};25.11.2026 12:00\n{THREE};5/3/2026 9:00\n", [ONE, TWO, THREE], ""),
    (f"Tel;Since\n{ONE};2026-11-25T12:00:00.123+03:00\n{TWO};2026-11-25 12:00:00 UTC {THREE}\n", [ONE, TWO, THREE], ""),
    (f"TEL;TYPE=CELL:{ONE}\nTEL;TYPE=CELL:{TWO}\n", [ONE, TWO], ""),
])
def test_all_columns_of_a_do_not_call_file_count(tmp_path: Path, content: str, phones: list[str], places: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    found = phones_in(path)
    assert (found.phones, found.places) == (["90" + each[1:] for each in phones], places)
    assert found.unread == (6 if places.endswith("…") else len(places.split(", ")) if places else 0)


@pytest.mark.parametrize("kind", ["chartsheet", "dialogsheet", "xlMacrosheet"])
def test_sheets_without_cells_are_no_lists(tmp_path: Path, kind: str) -> None:
    assert refused(by_hand(tmp_path / "a.xlsx", "", kind=kind, root="chartsheet")) == "no_table"


# Where a cell stands

@pytest.mark.parametrize("index", [" 1 ", "\n1", "01", "1\t"])
def test_blanks_around_the_index_of_a_shared_text_are_no_other_index(tmp_path: Path, index: str) -> None:
    strings = "".join(f"<si><t>{value}</t></si>" for value in (ONE, TWO, THREE))
    path = by_hand(tmp_path / "a.xlsx", f'<row r="1"><c r="A1" t="s"><v>{index}</v></c></row>', strings=strings)
    assert told(path) == [(1, "90" + TWO[1:])]


@pytest.mark.parametrize("index", ["3", "-1", "1.0", "1e0", "x", "1 2", "１", "99999999999"])
def test_an_index_that_is_none_is_damage_and_never_another_rows_number(tmp_path: Path, index: str) -> None:
    strings = "".join(f"<si><t>{value}</t></si>" for value in (ONE, TWO, THREE))
    path = by_hand(tmp_path / "a.xlsx", f'<row r="1"><c r="A1" t="s"><v>{index}</v></c></row>', strings=strings)
    assert refused(path) == "damaged"


@pytest.mark.parametrize("row", [
    f'<row r="5">{text("A4", ONE)}</row>', f'<row r="4">{text("A4", ONE)}</row>', f'<row r="2">{text("A2", ONE)}</row>',
    f'<row r="5">{text("A5", ONE)}{text("A5", TWO)}</row>', f'<row r="5"><row r="6">{text("A6", ONE)}</row>',
    f'<row r="1048577">{text("A1048577", ONE)}</row>', f'<row r="5">{text("XFE5", ONE)}</row>',
    f'<row r="x">{text("A5", ONE)}</row>', '<row r="5"><c r="A5"><v>1_0</v></c></row>', "</row>", '<row r="5">',
    '<row r="5"><c r="A5"><v>532123</v><v>4501</v></c></row>',
    '<row r="5"><c r="A5"><v>nan</v></c></row>', '<row r="5"><c r="A5" t="b"><v>2</v></c></row>',
])
def test_a_sheet_that_contradicts_itself_is_damaged(tmp_path: Path, row: str) -> None:
    assert refused(by_hand(tmp_path / "a.xlsx", numbers(row))) == "damaged"


@pytest.mark.parametrize("rows", [
    f"<row>{text('A7', ONE)}</row>", f"<row><c/><c/></row><row r='7'><c t='inlineStr'><is><t>{ONE}</t></is></c></row>",
    f'<row r="7">{text("B7", "x")}{text("A7", ONE)}</row>', f'<row r="7"><c t="str" r="a7"><v>{ONE}</v></c></row>',
    f'<row r="7"><c r="A7" t="inlineStr"><is><r><t>{ONE[:4]}</t></r><r><rPr/><t>{ONE[4:]}</t></r><rPh sb="0" eb="1"><t>'
    f"{TWO}</t></rPh></is></c></row>", f'<row r="7"><!-- {TWO} --><c r="A7" t="str"><v><![CDATA[{ONE}]]></v></c></row>',
    f'<row r="7">{text("A7", "".join(f"&#{ord(sign)};" for sign in ONE))}</row>',
    f'<row r="7"><c r="A7" t="inlineStr"><v>{ONE}</v></c></row>',
    f'<row r="7"><c r="A7"><is><t>{ONE}</t></is></c></row>',
    f'<row r="7"><c r="A7" t="inlineStr"><v>{ONE}&#32;</v></c></row>',
    f'<row r="7"><c r="A7" t="s"><is><t>{ONE}</t></is></c></row>',
    '<row r="7"><c r="A7"><v>5321234501</v><extLst><ext><v>9</v></ext></extLst></c></row>',
    f'<row r="7">{text("A7", ONE + "_x000D_")}</row>', f'<row r="7">{text("A07", ONE)}</row>',
])
def test_a_row_is_read_as_a_spreadsheet_reads_it(tmp_path: Path, rows: str) -> None:
    assert told(by_hand(tmp_path / "a.xlsx", numbers(rows))) == [*WIRES, (7, WIRES[0][1])]


@pytest.mark.parametrize(("book", "part"), [
    ("wtf/workbook.xml", "worksheets/sheet1.xml"), ("a/b/c.xml", "../sayfa%201.xml"), ("XL/Workbook.xml", "P.XML"),
    ("xl/workbook.xml", "worksheets/a/sheet1.xml"),
])
def test_parts_may_lie_anywhere(tmp_path: Path, book: str, part: str) -> None:
    path = by_hand(tmp_path / "a.xlsx", numbers(), book=book, part=part)
    with zipfile.ZipFile(path) as package:
        contents = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in contents.items():
            plain = name.replace("a/b/../", "a/").replace("%20", " ").replace("P.XML", "p.XmL")
            package.writestr(plain, content)
    assert told(path) == WIRES


@pytest.mark.parametrize("again", ["xl/worksheets/sheet1.xml", "xl/worksheets/Sheet1.xml"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_is_there_twice_is_damage(tmp_path: Path, again: str) -> None:
    path = by_hand(tmp_path / "a.xlsx", numbers())
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(again, package.read("xl/worksheets/sheet1.xml").replace(ONE.encode(), TWO.encode()))
    assert refused(path) == "damaged"


def test_a_workbook_may_have_thousands_of_parts(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", numbers())
    with zipfile.ZipFile(path) as package:
        contents = {name: package.read(name) for name in package.namelist()}
    pictures = {f"xl/media/{'picture' * 5}{at}.png": b"" for at in range(3_000)}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in (pictures | contents | {f"{name}2": b"" for name in pictures}).items():
            package.writestr(name, content)
    assert told(path) == WIRES


def test_two_sheets_of_one_name_are_damage(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", numbers())
    with zipfile.ZipFile(path) as package:
        contents = {name: package.read(name) for name in package.namelist()}
    sheet = b'<sheet name="Liste" sheetId="1" r:id="b"/>'
    with zipfile.ZipFile(path, "w") as package:
        for name, content in contents.items():
            package.writestr(name, content.replace(sheet, sheet * 2))
    assert refused(path) == "damaged"


def test_blank_cells_with_a_style_are_no_cells(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert told(by_hand(tmp_path / "a.xlsx", numbers(far))) == WIRES


@pytest.mark.parametrize("part", ["worksheets/sheet1.xml", "worksheets/a/sheet1.xml"])
def test_a_cell_at_a_sheets_end_is_vast_wherever_the_sheet_lies(tmp_path: Path, part: str) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert refused(by_hand(tmp_path / "a.xlsx", numbers(far), part=part)) == "vast"


# Values

def test_days_amounts_and_truths_are_read_as_they_are_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Telefon", "Vade", "Saat", "Süre", "Oran", "Evet", "Tutar"])
    book.active.append([ONE, dt.date(2026, 3, 4), dt.time(9, 30), dt.timedelta(hours=30), 0.185, True, 1234.5])
    for cell, shown in (("E2", "0.0%"), ("G2", '#,##0.00" TL"'), ("B2", "[$-41F]d mmmm yyyy;@")):
        book.active[cell].number_format = shown
    book.save(tmp_path / "a.xlsx")
    cells = list(Workbook(tmp_path / "a.xlsx").rows("Sheet"))[1].cells
    assert cells[1:] == [dt.date(2026, 3, 4), dt.time(9, 30), dt.timedelta(hours=30), "18.5%", True, 1234.5]


@pytest.mark.parametrize(("cell", "value"), [
    ('t="d"><v>2026-03-04</v>', dt.date(2026, 3, 4)), ('t="d"><v>09:30:00</v>', dt.time(9, 30)),
    ('t="d"><v>2026-03-04T00:00:00</v>', dt.date(2026, 3, 4)),
    ('t="d"><v>2026-03-04T09:30:00</v>', dt.datetime(2026, 3, 4, 9, 30)),  # noqa: DTZ001 - as a cell has it
    ('t="str"><f>B1</f>', Missing(WhyMissing.FORMULA, "=B1")), ('t="e"><v></v>', Missing(WhyMissing.ERROR, "#")),
    ('t="n"><v>12</v>', 12), ("><v>12</v>", 12),
])
def test_a_cell_is_what_its_type_says(tmp_path: Path, cell: str, value: object) -> None:
    path = by_hand(tmp_path / "a.xlsx", f'<row r="1">{text("A1", "x")}<c r="B1" {cell}</c></row>')
    assert next(Workbook(path).rows("Liste")).cells == ["x", value]


@pytest.mark.parametrize("cell", [
    't="d"><v>gestern</v>', 't="new"><v>1</v>', 't="s"><v>0</v>', "><v>x</v>",
])
def test_a_cell_that_is_none_of_its_type_is_damage(tmp_path: Path, cell: str) -> None:
    assert refused(by_hand(tmp_path / "a.xlsx", f'<row r="1"><c r="A1" {cell}</c></row>')) == "damaged"


def test_days_of_1900_and_amounts_by_other_formats_are_read_as_they_are_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for place, (value, shown) in enumerate([
            (1, "yyyy-mm-dd"), (59, "yyyy-mm-dd"), (61, "yyyy-mm-dd"), (0.5, "hh:mm"), (46085, "mmmm"),
            (1.5, "0.00")], 1):
        book.active.cell(1, place, value).number_format = shown
    book.save(tmp_path / "a.xlsx")
    assert next(Workbook(tmp_path / "a.xlsx").rows("Sheet")).cells == [
        dt.date(1900, 1, 1), dt.date(1900, 2, 28), dt.date(1900, 3, 1), dt.time(12), dt.date(2026, 3, 4), 1.5]


def test_days_are_counted_from_1904_where_a_workbook_says_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append([dt.date(2026, 3, 4)])
    book.save(tmp_path / "a.xlsx")
    assert next(Workbook(tmp_path / "a.xlsx").rows("Sheet")).cells == [dt.date(2026, 3, 4)]


def test_a_document_type_is_damage(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", numbers(), part="s.xml")
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/t.xml", f'<!DOCTYPE a [<!ENTITY b "{ONE}">]><worksheet xmlns="{MAIN}"><sheetData>'
                                     f'<row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>')
    with zipfile.ZipFile(path) as package:
        contents = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in contents.items():
            package.writestr(name, content.replace(b'Target="s.xml"', b'Target="t.xml"', 1))
    assert refused(path) == "damaged"


# Packages

def changed(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """With other parts."""
    with zipfile.ZipFile(path) as read_from:
        parts = {name: read_from.read(name) for name in read_from.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return path


def test_without_relationships_the_workbook_is_found_by_its_type(tmp_path: Path) -> None:
    def without(parts: dict[str, bytes]) -> None:
        del parts["_rels/.rels"]
        parts["[Content_Types].xml"] = (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>').encode()

    assert told(changed(by_hand(tmp_path / "a.xlsx", numbers()), without)) == WIRES


def test_without_shared_texts_none_can_be_asked_for(tmp_path: Path) -> None:
    def without(parts: dict[str, bytes]) -> None:
        del parts["xl/s.xml"]
        name = "xl/_rels/workbook.xml.rels"
        parts[name] = parts[name].replace(b"/sharedStrings", b"/theme")

    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    assert refused(changed(by_hand(tmp_path / "a.xlsx", rows), without)) == "damaged"
    assert told(changed(by_hand(tmp_path / "a.xlsx", numbers()), without)) == WIRES


def test_a_package_of_something_else_is_named(tmp_path: Path) -> None:
    def other(parts: dict[str, bytes]) -> None:
        parts["xl/workbook.xml"] = b"<document/>"

    assert refused(changed(by_hand(tmp_path / "a.xlsx", numbers()), other)) == "document"
    assert refused(by_hand(tmp_path / "a.xlsx", numbers(), book="xl/workbook.bin")) == "spreadsheet"


def test_a_package_whose_parts_are_encrypted_wants_a_password(tmp_path: Path) -> None:
    path = by_hand(tmp_path / "a.xlsx", numbers())
    content = bytearray(path.read_bytes())
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(sign)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(sign, at + 4)
    path.write_bytes(content)
    assert refused(path) == "password"


def test_a_package_that_is_vast_once_it_is_unpacked_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = by_hand(tmp_path / "a.xlsx", numbers())
    monkeypatch.setattr(package, "_MAX_BYTES", 100)
    with pytest.raises(BadList, match=r"numbers\.list\.vast"):
        package.Package(path)
