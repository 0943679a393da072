"""Text files as they come: values like headings, stray quotation marks, long cells, files that are no text."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import lzma
import random
import tarfile
from pathlib import Path

import pytest

from tests.campaign.sentences import said
from tui.numbers.columns import Role
from tui.numbers.errors import BadList
from tui.numbers.listing import ListOptions, find
from tui.numbers.reading import read_file, validate_source_row
from tui.numbers.rows import read
from tui.numbers.source import PastedText, open_list

ONE, TWO, THREE, FOUR = "05321234501", "05321234502", "05321234503", "05321234504"


def told(text: str, options: ListOptions | None = None) -> list[tuple[int, str | None]]:
    """Each row's line, and the number that would be called or why none is."""
    rows = [(row.line, validate_source_row(row)) for row in read(PastedText(text), options or ListOptions())]
    return [(line, result.problem.code if result.problem is not None else result.phone) for line, result in rows]


def wire(phone: str) -> str:
    return "90" + phone[1:]


# A value is no heading

@pytest.mark.parametrize(("header", "value", "phone"), [
    ("Ad Soyad;{};Hat", "cep", "Müşteri Cep Tel."), ("Name;{};Preferred", "phone", "Contact number"),
    ("Ad;{};Not", "no", "Aranacak"), ("Ad;{};Not", "Telefon", "Numarası"), ("Ad;{};Not", "gsm", "Telefon"),
    ("Ad;{};Not", "numara", "İletişim"),
])
def test_a_value_that_equals_a_heading_swallows_no_row(header: str, value: str, phone: str) -> None:
    text = f"{header.format(phone)}\nAyşe;;{value}\nAli;{ONE};{value}\nVeli;{TWO};ev\n"
    assert told(text) == [(2, "campaign.phone.empty"), (3, wire(ONE)), (4, wire(TWO))]
    found = find(PastedText(text))
    assert (found.header, found.skipped, found.above) == (True, 0, ())
    assert next(column.heading for column in found.columns if column.role is Role.PHONE) == phone


@pytest.mark.parametrize("value", ["cep", "no", "phone", "Telefon"])
def test_without_a_header_the_first_row_is_a_row_whatever_stands_in_it(value: str) -> None:
    text = f"Ayşe;;{value}\nAli;{ONE};ev\nVeli;{TWO};{value}\n"
    assert told(text) == [(1, "campaign.phone.empty"), (2, wire(ONE)), (3, wire(TWO))]


def test_a_value_in_the_column_of_numbers_is_told() -> None:
    assert told(f"Ad;Aranacak;Not\nAli;no;x\nVeli;{ONE};y\n") == [(2, "campaign.phone.letters"), (3, wire(ONE))]


def test_a_header_that_comes_again_is_a_row_that_is_told() -> None:
    text = f"Ad;Telefon\nA;{ONE}\nAd;Telefon\nB;{TWO}\n"
    assert told(text) == [(2, wire(ONE)), (3, "campaign.phone.letters"), (4, wire(TWO))]


def test_titles_above_the_header_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"Kasım listesi;;\n15.11.2026;;\n\nAd;Telefon;Vade\nA;{ONE};x\n", encoding="utf-8")
    (note,) = read_file(path).notes
    assert (note.code, note.params) == ("numbers.note.above", {"count": 2, "value": "Kasım listesi"})
    assert all(said(note).values())


def test_a_line_of_separators_alone_is_blank_in_every_list() -> None:
    assert told(f";;;\n{ONE}\n;;\n{TWO}\n") == [(2, wire(ONE)), (4, wire(TWO))]
    assert told(f";;\nTelefon;Ad\n{ONE};A\n;\n{TWO};B\n") == [(3, wire(ONE)), (5, wire(TWO))]


# Quotation marks

def test_rows_that_a_stray_quotation_mark_swallows_are_told_one_by_one() -> None:
    text = f'telefon;ad\n{ONE};"Ali\n{TWO};Veli\n{THREE};Ayşe"\n{FOUR};Can\n'
    swallowed = "numbers.row.swallowed"
    assert told(text) == [(2, swallowed), (3, swallowed), (4, swallowed), (5, wire(FOUR))]
    rows = list(read(PastedText(text)))
    assert [row.phone for row in rows] == [f"{ONE} | Ali", f"{TWO} | Veli", f"{THREE} | Ayşe", FOUR]
    assert rows[0].problem is not None
    assert all("2" in sentence and "4" in sentence for sentence in said(rows[0].problem).values())


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("first", [True, False])
def test_swallowed_rows_are_told_with_any_separator_and_line_end(end: str, separator: str, first: bool) -> None:
    rows = [["telefon", "ad"], [ONE, "A"], [TWO, "B"], [THREE, "C"], [FOUR, "D"]]
    rows[2][first] = f'"{rows[2][first]}'
    rows[3][first] += '"'
    text = end.join(separator.join(row) for row in rows)
    lines = [line for line, _told in told(text)]
    assert lines == [2, 3, 4, 5]
    assert dict(told(text))[5] == wire(FOUR)
    if first:
        assert dict(told(text))[3] == dict(told(text))[4] == "numbers.row.swallowed"


@pytest.mark.parametrize("text", [
    f'ad;telefon\n"Ali;{ONE}\nVeli";{TWO}\nCan;{THREE}\n',
    f'ad;telefon;not\n"Ali;{ONE};x\nVeli";{TWO};y\nCan;{THREE};z\n',
    f'no;ad;telefon;not\n1;"Ali;{ONE};x\n2;Veli";{TWO};y\n3;Can;{THREE};z\n',
    f'telefon;ad\n{ONE};"Ali\n5,32124E+09;Veli"\n{THREE};x\n',
])
def test_a_single_row_that_is_swallowed_is_told(text: str) -> None:
    swallowed = "numbers.row.swallowed"
    assert told(text) == [(2, swallowed), (3, swallowed), (4, wire(THREE))]


@pytest.mark.parametrize(("header", "is_told"), [
    ("Ali;bilinmiyor", True), ("Ali;Tel: 0533 123 45 01", True), ("Kişi;Aranacak", True),
    ("Ad;Telefon", False), ("Ad;Müşteri Cep Tel.", False), ("Ad;no", False),
])
def test_a_row_that_only_may_name_the_columns_is_told(tmp_path: Path, header: str, is_told: bool) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\nVeli;{ONE}\nCan;{TWO}\n", encoding="utf-8")
    parsed = read_file(path)
    assert [row.line for row in parsed.source_rows] == [2, 3]
    assert [note.code for note in parsed.notes] == ["numbers.note.header"] * is_told
    assert all(header.partition(";")[2] in sentence for note in parsed.notes for sentence in said(note).values())


def test_a_header_that_swallows_rows_stops_the_list() -> None:
    with pytest.raises(BadList) as bad:
        told(f'telefon;"ad\n{ONE};A\n{TWO};B"\n{THREE};C\n',
             ListOptions(header=True, separator=";", roles={Role.PHONE: 0}))
    assert bad.value.reason.params == {"line": 1}


def test_a_cell_of_several_lines_without_numbers_is_a_cell() -> None:
    assert told(f'telefon;adres\n{ONE};"Şişli\nno: 5\n34000"\n{TWO};x\n') == [(2, wire(ONE)), (5, wire(TWO))]


@pytest.mark.parametrize("length", [140_000, 900_000])
def test_a_long_cell_is_read(tmp_path: Path, length: int) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"telefon;not\n{ONE};x\n{TWO};{'a' * length}\n{THREE};y\n", encoding="utf-8")
    assert [row.phone for row in read(open_list(path))] == [ONE, TWO, THREE]


def test_a_long_list_below_an_open_quotation_mark_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "".join(f"{ONE};{'a' * 1000}\n" for _ in range(20_000))
    path.write_text(f'telefon;not\n{ONE};x\n{TWO};"y\n{rows}', encoding="utf-8")
    with pytest.raises(BadList) as bad:
        list(read(open_list(path)))
    assert (bad.value.reason.code, bad.value.reason.params) == ("numbers.list.quotes", {"line": 3})


# Signs that end lines elsewhere

@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x85"])
def test_what_ends_a_line_elsewhere_ends_none_in_a_cell(sign: str) -> None:
    assert told(f"telefon;ad\n{ONE};a{sign}b\n{TWO};c\n") == [(2, wire(ONE)), (3, wire(TWO))]


def test_line_ends_may_be_mixed() -> None:
    assert told(f"telefon\r{ONE}\n{TWO}\r\n\r{THREE}") == [(2, wire(ONE)), (3, wire(TWO)), (5, wire(THREE))]


# Files that are no text

def packed(how: str, content: bytes) -> bytes:
    match how:
        case "gzip":
            return gzip.compress(content)
        case "bzip2":
            return bz2.compress(content)
        case "xz":
            return lzma.compress(content)
        case "lzma":
            return lzma.compress(content, lzma.FORMAT_ALONE)
        case "tar":
            made = io.BytesIO()
            with tarfile.open(fileobj=made, mode="w") as archive:
                member = tarfile.TarInfo("liste.csv")
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))
            return made.getvalue()
    heads = {"zstd": b"\x28\xb5\x2f\xfd", "7-Zip": b"7z\xbc\xaf\x27\x1c", "RAR": b"Rar!\x1a\x07\x00",
             "LZ4": b"\x04\x22\x4d\x18"}
    return heads[how] + bytes(range(256))


@pytest.mark.parametrize("how", ["gzip", "bzip2", "xz", "lzma", "tar", "zstd", "7-Zip", "RAR", "LZ4"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".gz"])
def test_a_compressed_file_is_named(tmp_path: Path, how: str, suffix: str) -> None:
    path = tmp_path / f"liste{suffix}"
    path.write_bytes(packed(how, f"telefon\n{ONE}\n".encode()))
    with pytest.raises(BadList) as bad:
        open_list(path)
    assert bad.value.reason.code == "numbers.list.compressed"
    assert all(how in sentence for sentence in said(bad.value.reason).values())


@pytest.mark.parametrize(("content", "code"), [
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "image"), (b"GIF89a\1\0", "image"), (b"BM\x36\0\0\0\0\0", "image"),
    (b"SQLite format 3\0", "database"), (b"{\\rtf1\\ansi", "document"),
    (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "spreadsheet"),
])
def test_other_files_are_named(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(content)
    with pytest.raises(BadList) as bad:
        open_list(path)
    assert bad.value.reason.code == f"numbers.list.{code}"
    assert all(said(bad.value.reason).values())


@pytest.mark.parametrize("text", ["BM;telefon\nx;{}\n", "BZh;telefon\nx;{}\n", "RIFF;telefon\nx;{}\n"])
def test_a_list_may_begin_as_another_file_does(tmp_path: Path, text: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(text.format(ONE), encoding="utf-8")
    assert [row.phone for row in read(open_list(path))] == [ONE]


# A list of five hundred

def ten_ways(national: str) -> list[str]:
    a, b, c, d = national[:3], national[3:6], national[6:8], national[8:]
    return [national, f"0{national}", f"90{national}", f"+90{national}", f"0{a} {b} {c} {d}", f"(0{a}) {b} {c} {d}",
            f"+90 {a} {b} {c} {d}", f"0{a}-{b}-{c}{d}", f"0{a}\u00a0{b}\u00a0{c}\u00a0{d}", f"0 ({a}) {b}.{c}.{d}"]


def test_five_hundred_rows_of_a_turkish_spreadsheet(tmp_path: Path) -> None:
    chance = random.Random(11)  # noqa: S311 - which numbers and amounts, not a secret
    text, phones, phrases = io.StringIO(newline=""), [], []
    pen = csv.writer(text, delimiter=";")
    pen.writerow(["Müşteri Adı", "Cep Telefonu", "Son Ödeme Tarihi", "Borç Tutarı (TL)"])
    for at in range(500):
        national = f"53{at % 10}{chance.randrange(10**7):07}"
        amount = "1.500" if at % 7 == 0 else "1.234,56" if at % 3 else f"{at},5"
        pen.writerow([f"Işık Öğüt {at}", ten_ways(national)[at % 10], "15.11.2026", amount])
        phones.append(f"90{national}")
        phrases.append({"1.500": "1500.00", "1.234,56": "1234.56"}.get(amount, f"{at}.50"))
    path = tmp_path / "liste.csv"
    path.write_bytes(text.getvalue().encode("windows-1254"))
    source, options = open_list(path), ListOptions(template="#456 {borc_tutari_tl}")
    found = find(source, options)
    assert (found.encoding, found.separator, found.questions) == ("windows-1254", ";", ())
    rows = list(read(source, options))
    assert [validate_source_row(row).phone for row in rows] == phones
    assert [row.phrase for row in rows] == [f"#456 {phrase}" for phrase in phrases]
