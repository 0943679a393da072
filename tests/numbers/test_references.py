"""Which column of a list is the reference: proposed by its heading where somebody sees it, else as was said."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.campaign.sentences import said
from tui.numbers.columns import Role, role_named
from tui.numbers.errors import BadList
from tui.numbers.listing import AS_FOUND, AS_PROPOSED, ListOptions, find
from tui.numbers.named_columns import with_columns
from tui.numbers.reading import read_file
from tui.numbers.rows import SourceRow, read
from tui.numbers.source import PastedText, open_list

ONE, TWO = "05321234567", "05331234567"


def headed(*headings: str) -> PastedText:
    """A list with these columns after that of the numbers."""
    cells = ";".join(f"x{place}" for place in range(len(headings)))
    return PastedText(f"Telefon;{';'.join(headings)}\n{ONE};{cells}\n{TWO};{cells}\n")


def proposed(source: PastedText, options: ListOptions = AS_PROPOSED) -> str:
    place = find(source, options).place(Role.REFERENCE)
    return "" if place is None else find(source, options).columns[place].heading


@pytest.mark.parametrize("heading", [
    "Müşteri No", "MÜŞTERİ NO", "musteri_no", "Müşteri", "Ad Soyad", "Adı Soyadı", "Ad-Soyad", "isim", "İSİM", "Cari",
    "Cari Kodu", "Customer", "customer_id", "Customer No.", "Name", "Full name", "Reference", "Referans", "Ref. No",
    "Ad", "Müşteri Adı", "Abone No",
])
def test_a_column_is_proposed_by_its_heading(heading: str) -> None:
    assert proposed(headed("Vade", heading, "Tutar")) == heading


@pytest.mark.parametrize("heading", [
    "Vade", "Tutar", "No", "Numara", "Sıra No", "TC Kimlik No", "T.C. No", "Adres", "Şehir", "Not", "E-posta", "Borç",
    "Müşteri Cep Tel. 2", "Telefon 2",
])
def test_no_other_column_is(heading: str) -> None:
    assert proposed(headed(heading, "Tutar")) == ""


@pytest.mark.parametrize(("headings", "first"), [
    (("Ad Soyad", "Müşteri No"), "Müşteri No"), (("isim", "Referans", "Müşteri No"), "Referans"),
    (("Ad", "Soyad", "Ad Soyad"), "Ad Soyad"), (("Firma", "Cari Kodu"), "Cari Kodu"), (("Name", "Customer ID"),
     "Customer ID"),
])
def test_what_is_each_customers_own_comes_before_names(headings: tuple[str, ...], first: str) -> None:
    assert proposed(headed(*headings)) == first


def test_it_is_kept_where_it_was_proposed_or_asked_for_and_nowhere_else() -> None:
    source = headed("Müşteri No", "Vade")
    assert [row.reference for row in read(source)] == ["", ""]
    assert [row.reference for row in read(source, AS_PROPOSED)] == ["x0", "x0"]
    assert [row.reference for row in read(source, ListOptions(roles={Role.REFERENCE: 2}))] == ["x1", "x1"]
    nowhere = ListOptions(proposes=True, roles={Role.REFERENCE: None})
    assert [row.reference for row in read(source, nowhere)] == ["", ""]


def test_what_is_something_else_is_not_proposed() -> None:
    """The numbers stand under what could be a name."""
    source = PastedText(f"Müşteri;Ad\n{ONE};Ayşe\n{TWO};Ali\n")
    assert find(source, AS_PROPOSED).place(Role.PHONE) == 0
    assert proposed(source) == "Ad"
    assert proposed(source, ListOptions(proposes=True, roles={Role.PHRASE: 1})) == ""


def test_an_empty_column_is_not_proposed(tmp_path: Path) -> None:
    text = f"Telefon;Müşteri No;Ad\n{ONE};;Ayşe\n{TWO}; ;Ali\n"
    assert proposed(PastedText(text)) == "Ad"
    (tmp_path / "liste.csv").write_text(text, encoding="utf-8")
    assert read_file(tmp_path / "liste.csv").proposed == "Ad"


def test_a_column_of_the_phrase_can_be_the_reference_too() -> None:
    rows = list(read(headed("Ad"), ListOptions(proposes=True, template="#456 {ad}")))
    assert [(row.phrase, row.reference) for row in rows] == [("#456 x0", "x0")] * 2


@pytest.mark.parametrize("text", ["{0};{1}\n", "{0}\n{1}\n", "{0};Ayşe\n{1};Ali\n", "{0};#456;tr-TR\n{1};#457\n"])
def test_a_list_without_headings_is_read_as_ever(text: str) -> None:
    source = PastedText(text.format(ONE, TWO))
    assert list(read(source, AS_PROPOSED)) == list(read(source, AS_FOUND))
    assert find(source, AS_PROPOSED).by_line == find(source).by_line


def test_it_is_named_without_headings_by_its_number() -> None:
    source = PastedText(f"{ONE};Ayşe\n{TWO};Ali\n")
    rows = read(source, with_columns(source, AS_FOUND, {Role.REFERENCE: "2"}))
    assert [(row.phone, row.phrase, row.reference) for row in rows] == [(ONE, "", "Ayşe"), (TWO, "", "Ali")]


@pytest.mark.parametrize(("word", "role"), [
    ("REFERENCE", Role.REFERENCE), ("reference", Role.REFERENCE), ("Referans", Role.REFERENCE), ("REFERANS",
     Role.REFERENCE), ("PHONE", Role.PHONE), ("Telefon", Role.PHONE), ("ad", None), ("musteri", None),
])
def test_it_is_called_by_its_own_name(word: str, role: Role | None) -> None:
    assert role_named(word) is role


@pytest.mark.parametrize(("named", "code"), [
    ({Role.REFERENCE: "Ünvan"}, "none"), ({Role.REFERENCE: "Ad", Role.PHRASE: "ad"}, "twice"),
    ({Role.REFERENCE: "Telefon", Role.PHONE: "1"}, "twice"),
])
def test_a_column_that_cannot_be_it_is_told(named: dict[Role, str], code: str) -> None:
    source = headed("Ad")
    with pytest.raises(BadList) as bad:
        with_columns(source, AS_FOUND, named)
    assert bad.value.reason.code == f"numbers.column.{code}"
    assert all(said(bad.value.reason).values())


def test_rows_whose_columns_may_have_slipped_have_none() -> None:
    rows = list(read(PastedText(f"Telefon;Ad\n{ONE};Ayşe;{TWO};Ali\n{TWO};Can\n"), AS_PROPOSED))
    assert [row.reference for row in rows] == ["", "Can"]
    assert rows[0].problem is not None


def test_cells_of_a_sheet_are_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    """A cell that has no value is no hindrance: nobody hears it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (["Telefon", "Müşteri No"], [ONE, 4711], [TWO, "0042"], [ONE, 12345678901], [TWO, None]):
        sheet.append(cells)
    sheet.append([ONE])
    error = sheet.cell(6, 2)
    error.value, error.data_type = "#N/A", "e"
    book.save(tmp_path / "liste.xlsx")
    rows = list(read(open_list(tmp_path / "liste.xlsx"), AS_PROPOSED))
    assert [row.reference for row in rows] == ["4711", "0042", "12345678901", "", "#N/A"]
    assert {row.problem for row in rows} == {None}


def test_a_hidden_column_is_not_proposed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (["Telefon", "Müşteri No"], [ONE, "4711"], [TWO, "4712"]):
        sheet.append(cells)
    sheet.column_dimensions["B"].hidden = True
    book.save(tmp_path / "liste.xlsx")
    source = open_list(tmp_path / "liste.xlsx")
    assert find(source, AS_PROPOSED).place(Role.REFERENCE) is None
    assert find(source, ListOptions(proposes=True, hidden=True)).place(Role.REFERENCE) == 1
    assert read_file(tmp_path / "liste.xlsx").proposed == ""
    assert read_file(tmp_path / "liste.xlsx", ListOptions(hidden=True)).proposed == "Müşteri No"


def test_a_list_that_is_read_without_anyone_to_ask_says_which_column_it_could_be(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(f"Telefon;Müşteri No;Vade\n{ONE};4711;x\n", encoding="utf-8")
    found = read_file(path)
    assert (found.reference, found.proposed, found.ignored_columns) == ("", "Müşteri No", ("Müşteri No", "Vade"))
    found = read_file(path, columns={Role.REFERENCE: "müşteri no"})
    assert (found.reference, found.proposed, found.ignored_columns) == ("Müşteri No", "", ("Vade",))
    assert list(found.source_rows) == [SourceRow(2, ONE, "", "", None, "4711")]
    assert [number.reference for _line, number in read_file(path, columns={Role.REFERENCE: "2"}).rows] == ["4711"]
