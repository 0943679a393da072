"""Results as CSV and XLSX: what is in the file, that nothing in it is a formula, what becomes of it when it fails."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import errno
import gc
import io
import os
import re
import stat
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.campaign.sentences import said
from tests.operations.resulting import at_work
from tests.sampling import examples
from tests.store.results import calling, ingest, listed, phone, told
from tests.store.support import good
from tui.campaign.phone import readable_phone, wire_phone
from tui.campaign.results import ResultSource
from tui.i18n import words
from tui.numbers.reading import read_file
from tui.operations import export as exporting
from tui.operations import export_xlsx
from tui.operations.export import Exported, ExportFormat, export
from tui.operations.export_csv import CsvBook, harmless
from tui.operations.export_rows import COLUMNS, About
from tui.operations.export_xlsx import LONGEST_CELL, XlsxBook, plain
from tui.operations.services import NotPossible, Services
from tui.store import NoSuchCampaign, ResultFilter, ResultRow

ROW = ResultRow(position=1, unlisted=False, phone=phone(1), typed=phone(1), phrase="", lang="", attempts=1,
                status="Cevaplandı", digit="1", answered=True, final=True,
                last_at=dt.datetime(2026, 9, 12, 22, 0, 5, tzinfo=dt.UTC), talk_seconds=35, source=ResultSource.WEBHOOK)
FIELDS = {"call_type": "ivr", "digit_target_1": "queue/201", "timeout_target": "restart", "opt_out_key": "9"}


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with at_work(tmp_path / "data" / "santral.db") as made:
        yield made


@pytest.fixture
def campaign(services: Services) -> int:
    """1 pressed 1; 2 no key at the second call; 3 busy; 4 a wrong key; 5 not called; a stranger from abroad."""
    made = calling(services.store, fields=FIELDS)
    ingest(services.store, told(1, "Cevaplandı", "1"), told(2, "Meşgul", call_uuid="u1"),
           told(2, "Cevaplandı", "-", minute=10, call_uuid="u2"),
           told(3, "Meşgul", minute=1), told(4, "Cevaplandı", "!4", minute=2), told("00491511234567", "Hata", minute=3))
    services.store.records.merge(made, [listed(1)])
    return made


def rows_of(path: Path, separator: str = ",") -> list[list[str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


def sheets_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


# What is in the file

async def test_csv_in_english(services: Services, campaign: int, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert await export(services, campaign, path, ExportFormat.CSV) == Exported(path, 6)
    assert [row[1] for row in rows_of(path)] == ["Reference", *[""] * 6]
    assert [row[13:] for row in rows_of(path)] == [
        ["Call UUIDs", "Lead ID"], ["", "1878"], ["u1, u2", "1878"], ["", "1878"], ["", "1878"], ["", ""], ["", "1878"]]
    assert [[row[0], *row[2:13]] for row in rows_of(path)] == [
        ["Phone", "Phrase", "Language", "Calls", "Last status", "Key", "Answered", "Final",
         "Last call (Turkish time)", "Talk time (seconds)", "Source", "In the list"],
        ["0532 000 00 01", "#456 kişi1", "", "1", "Cevaplandı", "1", "yes", "yes", "2026-09-12 12:00:00", "35", "both",
         "yes"],
        ["0532 000 00 02", "#456 kişi2", "", "2", "Cevaplandı", "no key", "yes", "yes", "2026-09-12 12:10:00", "",
         "notification", "yes"],
        ["0532 000 00 03", "#456 kişi3", "", "1", "Meşgul", "", "no", "no", "2026-09-12 12:01:00", "", "notification",
         "yes"],
        ["0532 000 00 04", "#456 kişi4", "", "1", "Cevaplandı", "wrong key 4", "yes", "yes", "2026-09-12 12:02:00", "",
         "notification", "yes"],
        ["0532 000 00 05", "#456 kişi5", "", "0", "", "", "no", "no", "", "", "", "yes"],
        ["'+491511234567", "", "", "1", "Hata", "", "no", "no", "2026-09-12 12:03:00", "", "notification", "no"],
    ]


async def test_csv_in_turkish(services: Services, campaign: int, tmp_path: Path) -> None:
    words.use("tr")
    path = tmp_path / "out.csv"
    await export(services, campaign, path, ExportFormat.CSV, ResultFilter(answered=True))
    head, first, second, third = rows_of(path, ";")
    assert head[0:7] == ["Numara", "Referans", "Cümle", "Dil", "Arama sayısı", "Son durum", "Tuşlama"]
    assert first[6:10] == ["1", "evet", "evet", "12.09.2026 12:00:00"]
    assert (second[6], third[6]) == ("tuşa basmadı", "hatalı tuşlama 4")


async def test_a_workbook_has_typed_cells(services: Services, campaign: int, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    assert await export(services, campaign, path, ExportFormat.XLSX) == Exported(path, 6)
    sheet = openpyxl.load_workbook(path)["Numbers"]
    cells = [dict(zip(COLUMNS, row, strict=True)) for row in sheet.iter_rows(min_row=2)]
    first = cells[0]
    assert {name: cell.value for name, cell in first.items()} == {
        "phone": "0532 000 00 01", "reference": None, "phrase": "#456 kişi1", "lang": None, "attempts": 1,
        "status": "Cevaplandı", "digit": "1", "answered": "yes", "final": "yes",
        "last_at": dt.datetime(2026, 9, 12, 12, 0),  # noqa: DTZ001 - a cell's
        "talk_seconds": 35, "source": "both", "listed": "yes", "call_uuid": None, "lead_id": "1878"}
    assert {name: cell.data_type for name, cell in first.items() if cell.value is not None} == {
        "phone": "s", "phrase": "s", "attempts": "n", "status": "s", "digit": "s", "answered": "s", "final": "s",
        "last_at": "d", "talk_seconds": "n", "source": "s", "listed": "s", "lead_id": "s"}
    assert first["last_at"].number_format == "yyyy-mm-dd hh:mm:ss"
    assert [row["phone"].value for row in cells][-1] == "+491511234567"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:O7"


async def test_a_workbook_begins_with_a_summary(services: Services, campaign: int, tmp_path: Path) -> None:
    words.use("tr")
    path = tmp_path / "out.xlsx"
    await export(services, campaign, path, ExportFormat.XLSX)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Özet", "Numaralar"]
    rows = [row for row in sheets_of(path)["Özet"] if any(row)]
    assert rows == [
        ("Anket", None, None), ("ID 20212", None, None), ("Kapsam: bütün numaralar", None, None),
        ("Türkiye saatiyle 13.09.2026 00:30:00 itibarıyla", None, None),
        ("Numara", 6, None), ("Aranan", 5, pytest.approx(5 / 6)), ("Cevaplayan", 3, pytest.approx(3 / 5)),
        ("Kesinleşen", 3, pytest.approx(3 / 6)), ("Hiç aranmayan", 1, pytest.approx(1 / 6)), ("Arama", 6, None),
        ("Listede olmayan", 1, None),
        ("Son durum", "Numara", None), ("Cevaplandı", 3, pytest.approx(3 / 5)), ("Meşgul", 1, pytest.approx(1 / 5)),
        ("Hata", 1, pytest.approx(1 / 5)),
        ("Tuşlamalar", "Numara", None), ("1 tuşu · Kuyruk 201", 1, pytest.approx(1 / 5)),
        ("tuşa basmadı · Tekrar dinlet", 1, pytest.approx(1 / 5)), ("hatalı tuşlama 4", 1, pytest.approx(1 / 5)),
    ]
    charts: list[Any] = book["Özet"]._charts
    assert [chart.series[0].cat.strRef.f for chart in charts] == ["Özet!$A$15:$A$17", "Özet!$A$24:$A$26"]
    assert [[point.v for point in chart.series[0].cat.strRef.strCache.pt] for chart in charts] == [
        ["Cevaplandı", "Meşgul", "Hata"], ["1 tuşu · Kuyruk 201", "tuşa basmadı · Tekrar dinlet", "hatalı tuşlama 4"]]
    assert [chart.series[0].val.numRef.f for chart in charts] == ["Özet!$B$15:$B$17", "Özet!$B$24:$B$26"]


async def test_a_summary_without_results_has_no_charts(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    await export(services, calling(services.store), path, ExportFormat.XLSX)
    summary = openpyxl.load_workbook(path)["Summary"]
    assert summary._charts == []
    assert ("Never called", 5, 1) in summary.iter_rows(values_only=True)


@pytest.mark.parametrize("form", ExportFormat)
async def test_a_filter_that_names_nobody_gives_headings(services: Services, campaign: int, tmp_path: Path,
                                                         form: ExportFormat) -> None:
    path = tmp_path / f"out.{form}"
    assert (await export(services, campaign, path, form, ResultFilter(words="nobody"))).rows == 0
    rows = rows_of(path) if form is ExportFormat.CSV else sheets_of(path)["Numbers"]
    assert len(rows) == 1


@pytest.mark.parametrize(("name", "form"), [
    ("a.xlsx", ExportFormat.XLSX), ("a.XLSX", ExportFormat.XLSX), ("a.csv", ExportFormat.CSV), ("a", ExportFormat.CSV),
    ("a.xls", ExportFormat.CSV),
])
def test_the_name_tells_the_kind_of_file(name: str, form: ExportFormat) -> None:
    assert ExportFormat.of(Path(name)) is form


def book_of(folder: Path, *rows: ResultRow, name: str = "Anket") -> bytes:
    with at_work(folder / "santral.db") as services, io.BytesIO() as stream:
        made = services.store.drafts.create("acme", {"name": name})
        book = XlsxBook(stream, folder, About(services.store.campaigns.get(made), ResultFilter(), services.now()))
        book.add(list(rows))
        book.finish()
        book.close()
        return stream.getvalue()


def test_more_rows_than_a_sheet_holds_go_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_xlsx, "MAX_ROWS", 3)
    rows = [replace(ROW, phrase=str(number)) for number in range(5)]
    book = openpyxl.load_workbook(io.BytesIO(book_of(tmp_path, *rows)))
    assert book.sheetnames == ["Summary", "Numbers", "Numbers 2", "Numbers 3"]
    found = [[row[2] for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets[1:]]
    assert found == [["Phrase", "0", "1"], ["Phrase", "2", "3"], ["Phrase", "4"]]


@pytest.mark.parametrize("language", words.LANGUAGES)
async def test_what_was_exported_can_be_imported_again(services: Services, campaign: int, tmp_path: Path,
                                                       language: str) -> None:
    words.use(language)
    path = tmp_path / "out.csv"
    await export(services, campaign, path, ExportFormat.CSV)
    found = [(wire_phone(number.phone), number.phrase) for _line, number in read_file(path).rows]
    assert found == [*((phone(number), f"#456 kişi{number}") for number in range(1, 6)), ("00491511234567", "")]


# Nothing is a formula

@pytest.mark.parametrize("text", [
    "=1+1", "+1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠1", "﹦1", "﹢1", "﹣1", "﹫1", "−1", "⁼1",
    "=", "-"])
def test_what_could_be_a_formula_begins_with_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(("text", "made"), [
    ("\t=1", "'\t'=1"), ("\r\n=1", "'\r\n'=1"), ("a;=1", "a;'=1"), ("a,b, +1;c", "a,b, '+1;c"), ("a|@b", "a|'@b"),
    ("a\n-1", "a\n'-1"), ("=1;＝2", "'=1;'＝2"), ("1;;\t=1", "1;;'\t'=1"), ("a; b, c", "a; b, c"), (";", ";'"),
    (" =1", " '=1"), ("\u00a0=1", "\u00a0'=1"), ("\u200b=1", "\u200b'=1"), ("\ufeff=1", "\ufeff'=1"),
    ("\x00=1", "\x00'=1"), ("\u3000＝1", "\u3000'＝1"), ("\u202e=1", "\u202e'=1"), ("#456 -5", "#456 '-5"),
    ('"=1', '"\'=1'), ('"\n=1', '"\n\'=1'), ('a\n"=1', 'a\n"\'=1'), ("a;", "a;'"), ("a ", "a "),
])
def test_nor_can_what_another_separator_would_make_a_cell_of_its_own(text: str, made: str) -> None:
    assert harmless(text) == made


@pytest.mark.parametrize("text", ["", "1", "#456", "a=1", "0532 000 00 01", "Meşgul", "İYS izni yok", "*", " a",
                                  "'=1", "(x)", "1=1", "a-b"])
def test_anything_else_is_as_it_was(text: str) -> None:
    assert harmless(text) == text


def test_signs_and_what_does_not_show_are_those_of_unicode() -> None:
    for sign in map(chr, range(0x110000)):
        kind = unicodedata.category(sign)
        if kind not in ("Cs", "Cn"):  # what is not assigned may become a sign that does not show
            unseen = sign.isspace() or kind in ("Cc", "Cf")
            assert (harmless(f"a{sign}=") == f"a{sign}'=") == (unseen or sign in ';,|"')
            is_sign = unicodedata.normalize("NFKC", sign)[:1] in ("=", "+", "-", "@", "−")
            assert (harmless(f"{sign}1") == f"'{sign}1") == (is_sign or sign in "\t\r\n")


TEXTS = st.text(st.sampled_from("=+-@−＝＋－＠\t\r\n\"';,| a1#\u200b\u00a0\x0b\x0c\u2028\x00"), max_size=8) | st.text()
READINGS: tuple[dict[str, Any], ...] = ({}, {"skipinitialspace": True}, {"quoting": csv.QUOTE_NONE})


def begins_a_formula(cell: str) -> bool:
    first = next((sign for sign in cell if not sign.isspace() and unicodedata.category(sign) not in ("Cc", "Cf")), "")
    return cell[:1] in ("\t", "\r") or unicodedata.normalize("NFKC", first)[:1] in ("=", "+", "-", "@", "−")


@settings(deadline=None)
@given(st.lists(st.lists(TEXTS.filter(lambda text: "\ud800" not in text), min_size=1, max_size=4), max_size=4))
@example([["a", '"\r\n=1', "b"], ['";', "\n"], ["x,"], ["x"]])
@example([["a", 'b\n"=1']])
def test_no_reading_gives_a_cell_that_begins_as_a_formula_does(rows: list[list[str]]) -> None:
    for ours in ";,":
        written = io.StringIO(newline="")
        csv.writer(written, delimiter=ours).writerows(map(harmless, row) for row in rows)
        text = written.getvalue()
        for theirs in ";,\t| ":
            for reading in READINGS:
                for row in csv.reader(io.StringIO(text, newline=""), delimiter=theirs, **reading):
                    assert not any(map(begins_a_formula, row))
        back = list(csv.reader(io.StringIO(text, newline=""), delimiter=ours))
        assert back == [[harmless(cell) for cell in row] for row in rows]
        assert [[cell.replace("'", "") for cell in row] for row in back] == [
            [cell.replace("'", "") for cell in row] for row in rows]


outside = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(deadline=None, max_examples=examples(60))
@given(st.lists(st.tuples(outside, outside, outside, outside), max_size=8))
@example([("=cmd|' /C calc'!A0", 'a;b,c"d\r\ne', "-", "\t@")])
def test_csv_reads_back_as_it_was(texts: list[tuple[str, str, str, str]]) -> None:
    words.use("en")
    rows = [replace(ROW, phone=a, phrase=b, status=c, digit=d, reference=d) for a, b, c, d in texts]
    stream = io.BytesIO()
    CsvBook(stream).add(rows)
    _head, *found = csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline=""))
    assert [(row[0], row[1], row[2], row[5]) for row in found] == [
        (harmless(readable_phone(a)), harmless(d), harmless(b), harmless(c)) for a, b, c, d in texts]


@settings(deadline=None, max_examples=examples(40))
@given(st.lists(st.tuples(outside, outside), min_size=1, max_size=5))
@example([("=1+1", "http://example.com"), ("<r><t>x</t></r>", "_x0041_"), ("\x00\x1b[31m", "\ufffe\uffff")])
@example([("<r></c></row></sheetData></r>", "&amp;<>\"'")])
@example([("x", "\x1b[31m\x00")])
def test_a_workbook_holds_texts_as_texts(texts: list[tuple[str, str]]) -> None:
    rows = [replace(ROW, reference=phrase, phrase=phrase, status=status, digit=status) for phrase, status in texts]
    with tempfile.TemporaryDirectory() as folder:
        data = book_of(Path(folder), *rows, name=texts[0][0])
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = list(book["Numbers"].iter_rows(min_row=2))
    assert len(cells) == len(rows)
    for row, (phrase, status) in zip(cells, texts, strict=True):
        for cell, text in ((row[1], phrase), (row[2], phrase), (row[5], status)):
            assert cell.data_type in "sn"  # n: an empty one
            assert cell.hyperlink is None
            # Line ends become one by XML's own rule.
            assert re.sub(r"\r\n?", "\n", written(cell.value or "")) == re.sub(r"\r\n?", "\n", plain(text))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/"))


def written(text: str) -> str:
    """A cell's text without XlsxWriter's escapes (ECMA-376, 22.9.2.19), which openpyxl leaves in it."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def test_a_text_that_is_too_long_for_a_cell_is_cut() -> None:
    assert plain("a" * LONGEST_CELL) == "a" * LONGEST_CELL
    assert plain("a" * (LONGEST_CELL + 1)) == "a" * (LONGEST_CELL - 1) + "…"
    assert plain("a\ud800b\uffffc") == "a\ufffdb\ufffdc"


# Where the file is

@pytest.mark.parametrize("form", ExportFormat)
async def test_the_file_is_its_owners_alone_and_nothing_lies_beside_it(services: Services, campaign: int,
                                                                       tmp_path: Path, form: ExportFormat) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "results"
    path.write_text("before")
    path.chmod(0o644)
    await export(services, campaign, path, form)
    assert names_in(folder) == ["results"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes()[:6] != b"before"


async def test_a_link_stays_one(services: Services, campaign: int, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "real" / "out.csv")
    await export(services, campaign, link, ExportFormat.CSV)
    assert link.is_symlink()
    assert len(rows_of(tmp_path / "real" / "out.csv")) == 7


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a file away")
@pytest.mark.parametrize("form", ExportFormat)
@pytest.mark.parametrize("link", [True, False])
async def test_what_another_user_laid_in_the_way_is_left_alone(services: Services, campaign: int, tmp_path: Path,
                                                               form: ExportFormat, *, link: bool) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    folder.chmod(0o1777)
    target = tmp_path / "precious"
    target.write_text("precious")
    laid = folder / "out"
    if link:
        laid.symlink_to(target)
    else:
        laid.write_text("theirs")
    os.chown(laid, 64321, 64321, follow_symlinks=False)
    assert "64321" in await refusal(services, campaign, laid, form)
    assert (target.read_text(), laid.read_text()) == ("precious", "precious" if link else "theirs")
    assert names_in(folder) == ["out"]


async def test_progress_counts_up_to_the_whole(services: Services, campaign: int, tmp_path: Path,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "_BATCH", 4)
    told_: list[tuple[int, int]] = []
    await export(services, campaign, tmp_path / "out.csv", ExportFormat.CSV,
                 progress=lambda written, total: told_.append((written, total)))
    assert told_ == [(4, 6), (6, 6)]
    assert len(rows_of(tmp_path / "out.csv")) == 7


@pytest.mark.parametrize("form", ExportFormat)
async def test_a_cancellation_leaves_what_was_there(services: Services, campaign: int, tmp_path: Path,
                                                    form: ExportFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "_BATCH", 2)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "results").write_text("before")
    halfway = asyncio.Event()
    task = asyncio.create_task(export(services, campaign, folder / "results", form,
                                      progress=lambda *_: halfway.set()))
    await halfway.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert names_in(folder) == ["results"]
    assert (folder / "results").read_text() == "before"


@pytest.mark.parametrize("form", ExportFormat)
async def test_a_cancellation_stops_what_is_being_written_and_nothing_is_logged(
    services: Services, campaign: int, tmp_path: Path, form: ExportFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    task = asyncio.create_task(export(services, campaign, folder / "out", form))
    loop, packing = asyncio.get_running_loop(), asyncio.Event()
    logged: list[str] = []
    loop.set_exception_handler(lambda _loop, context: logged.append(str(context["message"])))
    write = exporting._Stream.write

    def waits(self: exporting._Stream, data: bytes) -> int:
        loop.call_soon_threadsafe(packing.set)
        while not self.stopped and not self.given_up:
            os.sched_yield()
        return write(self, data)

    monkeypatch.setattr(exporting._Stream, "write", waits)
    await packing.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    del task
    await asyncio.sleep(0)  # what the thread has failed with is known now
    gc.collect()
    assert names_in(folder) == []
    assert logged == []


# What goes wrong

async def refusal(services: Services, campaign: int, path: Path, form: ExportFormat = ExportFormat.CSV) -> str:
    with pytest.raises(NotPossible) as refused:
        await export(services, campaign, path, form)
    return said(refused.value.reason)["en"]


async def test_a_campaign_that_is_not_there(services: Services, tmp_path: Path) -> None:
    with pytest.raises(NoSuchCampaign):
        await export(services, 404, tmp_path / "out.csv", ExportFormat.CSV)
    assert not (tmp_path / "out.csv").exists()


async def test_a_place_that_is_none(services: Services, campaign: int, tmp_path: Path) -> None:
    assert "no folder" in await refusal(services, campaign, tmp_path / "gone" / "out.csv")
    assert "is a folder" in await refusal(services, campaign, tmp_path)
    os.mkfifo(tmp_path / "pipe")
    for place in (Path("/dev/null"), tmp_path / "pipe"):
        assert "a pipe or a device, not a file" in await refusal(services, campaign, place)
    (tmp_path / "file").write_text("")
    assert "can't be written" in await refusal(services, campaign, tmp_path / "file" / "out.csv")


@pytest.mark.parametrize(("number", "words_"), [
    (errno.ENOSPC, "No room left"), (errno.EACCES, "can't be written: close"),
    (errno.EIO, "can't be written: the disk could not read")])
@pytest.mark.parametrize("form", ExportFormat)
async def test_a_disk_that_fails(services: Services, campaign: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                 form: ExportFormat, number: int, words_: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "out").write_text("before")

    def fails(self: exporting._Stream, data: bytes) -> int:
        if self.given_up:
            return 0
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(exporting._Stream, "write", fails)
    assert words_ in await refusal(services, campaign, folder / "out", form)
    assert names_in(folder) == ["out"]
    assert (folder / "out").read_text() == "before"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
async def test_a_folder_that_is_another_persons(services: Services, campaign: int, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)
    assert "can't be written" in await refusal(services, campaign, tmp_path / "out" / "out.csv")


# Many numbers

async def test_a_batch_that_ends_on_the_last_row(services: Services, tmp_path: Path,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "_BATCH", 5)
    campaign = calling(services.store, 10)
    assert (await export(services, campaign, tmp_path / "out.csv", ExportFormat.CSV)).rows == 10


async def test_duplicates_are_one_number(services: Services, tmp_path: Path) -> None:
    draft = services.store.drafts.create("acme", {"name": "Anket"})
    services.store.numbers.add(draft, [good(phone(1)), good(phone(1)), good(phone(2))])
    assert (await export(services, draft, tmp_path / "out.csv", ExportFormat.CSV)).rows == 2
