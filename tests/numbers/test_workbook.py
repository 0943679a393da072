"""Workbooks and text files that LibreOffice 7.4 wrote with a Turkish locale; damaged, foreign and hostile ones."""

from __future__ import annotations

import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.campaign.sentences import said
from tui.campaign.phone_list import Number
from tui.numbers.columns import Role
from tui.numbers.errors import BadList
from tui.numbers.listing import ListOptions, find
from tui.numbers.reading import read_file
from tui.numbers.rows import SourceRow, read
from tui.numbers.source import open_list
from tui.numbers.workbook import Workbook

FILES = Path(__file__).parent / "files"
TEMPLATE = ListOptions(template="#456 {Son Ödeme Tarihi} #457 {tutar} #458 {açıklama}")
ROWS = [
    ("0532 123 45 67", "#456 15/11/2017 #457 1234.56 #458 Şişli"),
    ("5331234567", "#456 03/04/2026 #457 73.50 #458 iki satırlı açıklama; noktalı"),
    ("+90 (534) 123-45-67", '#456 31/12/2026 #457 1500.00 #458 "tırnaklı" söz'),
    ("5321240000", "#456 01/02/2026 #457 12345.67 #458 İzmir"),
]


def refused(path: Path) -> str:
    with pytest.raises(BadList) as bad:
        list(read(open_list(path)))
    for sentence in said(bad.value.reason).values():
        assert str(path) in sentence
        assert ": " in sentence
    return bad.value.reason.code.removeprefix("numbers.list.")


@pytest.mark.parametrize(("name", "encoding", "separator", "sheet"), [
    ("borclu.xlsx", "", "", "borclu"), ("iki-sayfa.xlsx", "", "", "borclu"), ("borclu-utf-8.csv", "utf-8", ";", ""),
    ("borclu-windows-1254.csv", "windows-1254", ";", ""), ("borclu-utf-16.tsv", "utf-16", "\t", ""),
])
def test_what_libreoffice_wrote_is_read(name: str, encoding: str, separator: str, sheet: str) -> None:
    source = open_list(FILES / name)
    seen = find(source, TEMPLATE)
    assert (seen.encoding, seen.separator, seen.sheet, seen.header) == (encoding, separator, sheet, True)
    assert [column.heading for column in seen.columns if column.role is Role.PHONE] == ["Cep Telefonu"]
    assert (seen.questions, seen.problem) == ((), None)
    made = list(read(source, TEMPLATE))
    assert [(row.phone, row.phrase) for row in made] == ROWS
    assert [row.line for row in made] == ([2, 3, 4, 5] if sheet else [2, 3, 5, 6])
    assert list(read(source, TEMPLATE)) == made


def test_a_workbook_is_told_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes((FILES / "borclu.xlsx").read_bytes())
    assert [number for _line, number in read_file(path).rows][1] == Number("5331234567")
    path = tmp_path / "liste.xlsx"
    path.write_bytes((FILES / "borclu-windows-1254.csv").read_bytes())
    assert [number for _line, number in read_file(path).rows][1] == Number("5331234567")


def test_the_sheet_can_be_chosen() -> None:
    source = open_list(FILES / "iki-sayfa.xlsx")
    assert find(source).sheets == ("Boş", "borclu")
    with pytest.raises(BadList) as bad:
        find(source, ListOptions(sheet="Boş"))
    assert bad.value.reason.code == "numbers.list.empty"
    with pytest.raises(BadList) as bad:
        find(source, ListOptions(sheet="yok"))
    assert bad.value.reason.params["known"] == "Boş, borclu"


def test_header_and_roles_of_a_sheet_can_be_decided() -> None:
    source = open_list(FILES / "borclu.xlsx")
    first = next(read(source, ListOptions(header=False)))
    assert first == SourceRow(1, "Cep Telefonu")
    row = next(read(source, ListOptions(roles={Role.PHONE: 0, Role.PHRASE: 2})))
    assert row == SourceRow(2, "Işık Öğüt", "15/11/2017")


@pytest.mark.parametrize(("name", "code"), [
    ("parolali.xlsx", "password"), ("borclu.xls", "spreadsheet"), ("borclu.html", "web_page"),
])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_foreign_file_is_told(tmp_path: Path, name: str, code: str, suffix: str) -> None:
    path = tmp_path / f"liste{suffix}"
    path.write_bytes((FILES / name).read_bytes())
    assert refused(path) == code


@pytest.mark.parametrize(("content", "code"), [
    (b"%PDF-1.6\n%\xc3\xa4\n", "document"), (b"", "empty"), (b"\xef\xbb\xbf", "empty"), (b"\xff\xfe", "empty"),
    (b" \r\n\t\r\n", "empty"),
    (b"\xef\xbb\xbf<!DOCTYPE html><html>", "web_page"), (b"<!-- a -->\r\n<html><table>", "web_page"),
    (b"<meta charset=utf-8><table border=1><tr>", "web_page"),
    ("\ufeff<html><table>".encode("utf-16-le"), "web_page"),
    ("<style>td{}</style><table>".encode("utf-16"), "web_page"),
    (b";;;\n \n;;\n", "empty"), (b"\n\t\t\r\n,,,", "empty"), ("\u00a0;\n;\n".encode(), "empty"),
    (b"PK\x03\x04", "archive"), (b"1" * 2_000_000, "one_line"),
])
def test_a_file_that_only_looks_like_a_list_is_told(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(content)
    assert refused(path) == code


def test_an_office_document_is_no_list(tmp_path: Path) -> None:
    path = tmp_path / "mektup.docx"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("[Content_Types].xml", "")
        parts.writestr("word/document.xml", "")
    assert refused(path) == "document"


@pytest.mark.long
def test_a_damaged_workbook_is_told_or_read_but_never_a_crash(tmp_path: Path, dice: random.Random) -> None:
    whole = (FILES / "borclu.xlsx").read_bytes()
    path = tmp_path / "liste.xlsx"
    reasons = []
    for turn in range(60):
        spoilt = bytearray(whole)
        if turn % 2:
            del spoilt[dice.randrange(100, len(whole)):]
        for _ in range(4):
            spoilt[dice.randrange(4, len(spoilt))] = dice.randrange(256)
        path.write_bytes(bytes(spoilt))
        try:
            list(read(open_list(path)))
        except BadList as bad:
            reasons.append(bad.reason)
    assert all(all(said(reason).values()) for reason in reasons)
    codes = {reason.code.removeprefix("numbers.list.") for reason in reasons}
    assert "damaged" in codes
    assert codes <= {"damaged", "archive", "document", "encoding", "binary", "no_phone", "which_phone", "empty", "vast",
                     "beyond_bounds"}  # a damaged length that asks for memory without end


def with_sheet(path: Path, old: bytes, new: bytes) -> Path:
    """`borclu.xlsx` with one thing changed in its sheet."""
    with zipfile.ZipFile(FILES / "borclu.xlsx") as parts, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in parts.namelist():
            content = parts.read(name)
            if name.startswith("xl/worksheets/sheet"):
                assert old in content
                content = content.replace(old, new)
            made.writestr(name, content)
    return path


@pytest.mark.parametrize("stray", [
    b'<row><c r="XFD1048576"><v>1</v></c></row>', b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row>',
    b'<row r="1048576"><c r="AB1048576"><v>1</v></c></row>',
])
def test_a_cell_far_from_the_list_does_not_take_the_memory(tmp_path: Path, stray: bytes) -> None:
    assert refused(with_sheet(tmp_path / "a.xlsx", b"</sheetData>", stray + b"</sheetData>")) == "vast"


def test_a_cell_somewhat_away_from_the_list_is_no_matter(tmp_path: Path) -> None:
    stray = b'<row r="500"><c r="AZ500"><v>1</v></c></row></sheetData>'
    assert len(list(read(open_list(with_sheet(tmp_path / "a.xlsx", b"</sheetData>", stray))))) == len(ROWS) + 1


def test_a_number_cell_that_lost_digits_is_no_phone_number(tmp_path: Path) -> None:
    path = with_sheet(tmp_path / "a.xlsx", b"<v>5331234567</v>", b"<v>5331234567123456</v>")
    assert [row.phone for row in read(open_list(path))][1] == "5.331235E+15"


def test_the_reader_is_loaded_when_a_workbook_is_opened() -> None:
    asked = ("import sys, tui.numbers.reading as r; r.read_text('0532 123 45 67'); "
             "print('tui.numbers.workbook' in sys.modules)")
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"


def test_a_workbook_without_rows_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(FILES / "iki-sayfa.xlsx") as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        blank = parts.read(sheets[0])
        path = tmp_path / "bos.xlsx"
        with zipfile.ZipFile(path, "w") as made:
            for name in parts.namelist():
                made.writestr(name, blank if name in sheets else parts.read(name))
    assert Workbook(path).sheets == ("Boş", "borclu")
    assert refused(path) == "empty"
