"""What an İYS file says: by its columns' names or as somebody says, in any writing, and nothing lost in silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator, Mapping
from pathlib import Path

import openpyxl
import pytest

from tui.campaign.consent import ConsentStatus, RecipientType, statement_of
from tui.numbers import consents
from tui.numbers.consent_columns import ConsentColumn, column_named
from tui.numbers.consents import ConsentFile, read_consents
from tui.numbers.errors import BadList
from tui.numbers.every_number import rows_of_text
from tui.numbers.source import Text, open_list

HEADER = "Alıcı;İzin Türü;Durum;Alıcı Türü;İzin Tarihi;Kaynak"
ONE, TWO, THREE = "905321234567", "905321234568", "905321234569"
CONSUMERS = RecipientType.CONSUMER, ""


def read(tmp_path: Path, text: str, named: Mapping[ConsentColumn, str] | None = None) -> ConsentFile:
    path = tmp_path / "iys.csv"
    path.write_text(text, encoding="utf-8")
    return read_consents(open_list(path), named or {})


def standing(found: ConsentFile, kind: tuple[RecipientType, str] = CONSUMERS) -> dict[str, str]:
    return {phone: statement_of(weight)[0].value for phone, weight in found.statements.get(kind, {}).items()}


@pytest.mark.parametrize("header", [
    HEADER, "recipient;type;status;recipientType;consentDate;source", "ALICI;İZİN KANALI;DURUM;ALICI TİPİ;TARİH;KAYNAK",
    "Telefon;Kanal;İzin Durumu;Alıcı Tipi;Onay Tarihi;x", '"Alıcı" ; "Tür" ; "Durum" ;"Alıcı türü";"Tarih";""',
    "İYS izinleri 30.11.2026\n\n" + HEADER, "sep=;\n" + HEADER,
])
def test_columns_are_found_by_name(tmp_path: Path, header: str) -> None:
    found = read(tmp_path, f"{header}\n{ONE};ARAMA;ONAY;BIREYSEL;2026-11-20 10:00:00;HS\n{TWO};arama;Ret;Bireysel;;\n")
    assert standing(found) == {ONE: "ONAY", TWO: "RET"}
    assert (found.rows, found.unread, dict(found.others)) == (2, 0, {})
    assert statement_of(found.statements[CONSUMERS][ONE])[1] == dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC)


@pytest.mark.parametrize("separator", [",", "\t", "|", ";"])
def test_any_separator_and_order_will_do(tmp_path: Path, separator: str) -> None:
    rows = [["Durum", "Alıcı Türü", "Alıcı", "İzin Türü"], ["ONAY", "TACİR", "+90 (532) 123-45 67", "ARAMA"]]
    found = read(tmp_path, "\n".join(map(separator.join, rows)))
    assert standing(found, (RecipientType.TRADER, "")) == {ONE: "ONAY"}


def test_rows_of_other_channels_and_rows_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    rows = [f"{ONE};ARAMA;ONAY;BIREYSEL;;", f"{ONE};MESAJ;RET;BIREYSEL;;", "a@b.com;EPOSTA;ONAY;BIREYSEL;;",
            "yok;ARAMA;ONAY;BIREYSEL;;", f"{TWO};ARAMA;belki;BIREYSEL;;", f"{TWO};ARAMA;ONAY;;;",
            f"{TWO};FAKS;ONAY;BIREYSEL;;", "", ";;;;;", "5,32E+09;ARAMA;RET;BIREYSEL;;",
            f"{TWO} / {THREE};ARAMA;ONAY;BIREYSEL;;"]
    found = read(tmp_path, "\n".join([HEADER, *rows]))
    assert standing(found) == {ONE: "ONAY"}
    assert dict(found.others) == {"MESAJ": 1, "EPOSTA": 1}
    assert (found.rows, found.unread, found.places) == (9, 6, "5, 6, 7, 8, 11, …")


def test_several_numbers_of_a_cell_refuse_all_of_them(tmp_path: Path) -> None:
    assert standing(read(tmp_path, f"{HEADER}\n{TWO} / {THREE};ARAMA;RET;BIREYSEL;;")) == {TWO: "RET", THREE: "RET"}


@pytest.mark.parametrize("date", ["20.11.2026 10:00", "2026-11-20", "20/11/2026 10:00:00", "2026-11-20T10:00:00+03:00"])
def test_a_contradiction_is_the_later_one_or_a_refusal(tmp_path: Path, date: str) -> None:
    rows = [f"{ONE};ARAMA;RET;BIREYSEL;2026-11-19 23:59;", f"0{ONE[2:]};ARAMA;ONAY;BIREYSEL;{date};",
            f"{TWO};ARAMA;ONAY;BIREYSEL;{date};", f"{TWO};ARAMA;RET;BIREYSEL;;",
            f"{THREE};ARAMA;ONAY;BIREYSEL;{date};", f"{THREE};ARAMA;RET;TACIR;;"]
    found = read(tmp_path, "\n".join([HEADER, *rows]))
    assert standing(found) == {ONE: "ONAY", TWO: "RET", THREE: "ONAY"}
    assert (found.contradictions, found.undated) == (2, 0)


def test_a_date_that_cannot_be_read_is_none_and_counted(tmp_path: Path) -> None:
    rows = [f"{ONE};ARAMA;ONAY;BIREYSEL;31.02.2026;", f"{ONE};ARAMA;RET;BIREYSEL;01.01.2020;"]
    found = read(tmp_path, "\n".join([HEADER, *rows]))
    assert (standing(found), found.undated, found.unread) == ({ONE: "RET"}, 1, 0)


def test_brands_are_kept_apart(tmp_path: Path) -> None:
    found = read(tmp_path, f"alici;tur;durum;alici turu;Marka Kodu\n{ONE};ARAMA;ONAY;BIREYSEL;600123\n"
                           f"{ONE};ARAMA;RET;BIREYSEL;600999\n")
    assert (found.contradictions, sorted(found.statements)) == (0, [
        (RecipientType.CONSUMER, "600123"), (RecipientType.CONSUMER, "600999")])


def test_columns_are_said_by_heading_or_number(tmp_path: Path) -> None:
    text = f"Kime;Nasıl;Ne;Kim olarak\n{ONE};ARAMA;ONAY;BIREYSEL\n"
    with pytest.raises(BadList) as bad:
        read(tmp_path, text)
    assert bad.value.reason.params["missing"] == "RECIPIENT, TYPE, STATUS, RECIPIENT_TYPE"
    assert bad.value.reason.params["found"] == "1 Kime, 2 Nasıl, 3 Ne, 4 Kim olarak"
    named = {ConsentColumn.RECIPIENT: "kime", ConsentColumn.TYPE: "2", ConsentColumn.STATUS: "NE",
             ConsentColumn.RECIPIENT_TYPE: "Kim olarak"}
    assert standing(read(tmp_path, text, named)) == {ONE: "ONAY"}
    with pytest.raises(BadList) as bad:
        read(tmp_path, text, {**named, ConsentColumn.DATE: "Gün"})
    assert bad.value.reason.params["missing"] == "DATE"
    with pytest.raises(BadList, match=r"numbers\.column\.twice"):
        read(tmp_path, text, {**named, ConsentColumn.DATE: "2"})


def test_a_list_without_names_is_read_where_all_columns_are_said_by_number(tmp_path: Path) -> None:
    named = dict(zip((ConsentColumn.RECIPIENT, ConsentColumn.TYPE, ConsentColumn.STATUS, ConsentColumn.RECIPIENT_TYPE),
                     "1234", strict=True))
    text = f"{ONE};ARAMA;ONAY;BIREYSEL\n{TWO};ARAMA;RET;BIREYSEL\n"
    assert standing(read(tmp_path, text, named)) == {ONE: "ONAY", TWO: "RET"}
    assert standing(read(tmp_path, f"a;b;c;d\n{text}", named)) == {ONE: "ONAY", TWO: "RET"}


def test_a_name_that_two_columns_have_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(BadList, match=r"numbers\.column\.several"):
        read(tmp_path, f"Alıcı;Tür;Durum;Durum;Alıcı Türü\n{ONE};ARAMA;ONAY;RET;BIREYSEL\n")


def test_a_quotation_mark_that_swallows_rows_loses_none(tmp_path: Path) -> None:
    rows = [f'{ONE};ARAMA;"ONAY;BIREYSEL;;', f'{TWO};ARAMA;RET";BIREYSEL;;', f"{THREE};ARAMA;ONAY;BIREYSEL;;"]
    found = read(tmp_path, "\n".join([HEADER, *rows]))
    assert (standing(found), found.unread, found.places) == ({THREE: "ONAY"}, 2, "2, 3")


def test_all_sheets_that_have_the_columns_count_and_hidden_rows(tmp_path: Path) -> None:
    path = tmp_path / "iys.xlsx"
    book = openpyxl.Workbook()
    first, second, notes = book.active, book.create_sheet("Ek"), book.create_sheet("Notlar")
    assert first is not None
    first.append(["Alıcı", "İzin Türü", "Durum", "Alıcı Türü", "İzin Tarihi"])
    first.append([5321234567, "ARAMA", "ONAY", "BIREYSEL", dt.datetime(2026, 11, 20, 10)])  # noqa: DTZ001 - as a cell has it
    first.append([5321234568, "ARAMA", "RET", "BIREYSEL", None])
    first.row_dimensions[3].hidden = True
    second.append(["status", "recipient", "type", "recipient type"])
    second.append(["ONAY", "+905321234569", "ARAMA", "BIREYSEL"])
    second.append(["ONAY", "yok", "ARAMA", "BIREYSEL"])
    notes.append(["Bunu kimse okumaz"])
    book.save(path)
    found = read_consents(open_list(path), {})
    assert standing(found) == {ONE: "ONAY", TWO: "RET", THREE: "ONAY"}
    assert (found.skipped, found.unread, found.places) == (("Notlar",), 1, "Ek:3")
    assert statement_of(found.statements[CONSUMERS][ONE]) == (
        ConsentStatus.GIVEN, dt.datetime(2026, 11, 20, 7, tzinfo=dt.UTC))


def test_a_workbook_of_which_no_sheet_has_the_columns_is_none(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Ek")):
        assert sheet is not None
        sheet.append(["Bunu kimse okumaz", "Bunu da"])
    book.save(tmp_path / "iys.xlsx")
    with pytest.raises(BadList) as bad:
        read_consents(open_list(tmp_path / "iys.xlsx"), {})
    assert bad.value.reason.params["missing"] == "RECIPIENT, TYPE, STATUS, RECIPIENT_TYPE"


@pytest.mark.parametrize(("written", "since"), [
    (dt.date(2026, 11, 20), dt.datetime(2026, 11, 19, 21, tzinfo=dt.UTC)),
    ("2026-11-20T10:00:00Z", dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)),
    ("2026-11-20 10:00:00 UTC", dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)),
    ("20.11.1026", None), ("2026-11-20T10:00:00-03:00", dt.datetime(2026, 11, 20, 13, tzinfo=dt.UTC)),
])
def test_since_when_is_read_as_it_is_written(tmp_path: Path, written: object, since: dt.datetime | None) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Alıcı", "İzin Türü", "Durum", "Alıcı Türü", "İzin Tarihi"])
    book.active.append([ONE, "ARAMA", "ONAY", "BIREYSEL", written])
    book.save(tmp_path / "iys.xlsx")
    found = read_consents(open_list(tmp_path / "iys.xlsx"), {})
    assert statement_of(found.statements[CONSUMERS][ONE]) == (ConsentStatus.GIVEN, since)
    assert found.undated == (since is None)


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadList, match=r"numbers\.list\.empty"):
        read(tmp_path, text)


@pytest.mark.parametrize(("word", "column"), [
    ("RECIPIENT", ConsentColumn.RECIPIENT), ("phone", ConsentColumn.RECIPIENT),
    ("Alıcı Türü", ConsentColumn.RECIPIENT_TYPE),
    ("RECIPIENT_TYPE", ConsentColumn.RECIPIENT_TYPE), ("kanal", ConsentColumn.TYPE), ("x", None), ("", None)])
def test_columns_have_names_of_their_own(word: str, column: ConsentColumn | None) -> None:
    assert column_named(word) is column


def test_whoever_ends_the_reading_leaves_no_file_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "izinler.csv"
    path.write_text("Alıcı;Tür;Durum;Alıcı Türü\n" + "905321234567;ARAMA;ONAY;BIREYSEL\n" * 5000, encoding="utf-8")
    begun, closed = [], []

    def rows(source: Text, separator: str) -> Generator[tuple[int, list[str]], None, None]:
        begun.append(separator)
        try:
            yield from rows_of_text(source, separator)
        finally:
            closed.append(separator)

    class Ended(Exception):
        pass

    def end(_rows: int) -> None:
        raise Ended

    monkeypatch.setattr(consents, "rows_of_text", rows)
    with pytest.raises(Ended) as ended:
        read_consents(open_list(path), {}, at_row=end)
    assert ended.value.__traceback__ is not None  # it holds what was being read
    assert begun
    assert sorted(closed) == sorted(begun)
