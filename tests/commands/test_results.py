"""`santral results`, and what `--filter` takes."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.commands.conftest import Santral
from tests.conftest import write_config
from tests.store.results import calling, ingest, listed, phone, told
from tui import bootstrap
from tui.commands import output
from tui.commands.values import CONDITION
from tui.i18n.words import folded
from tui.store import Store

NOBODY = "http://127.0.0.1:9"
FIELDS = {"call_type": "ivr", "digit_target_1": "queue/201"}


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    write_config(home, NOBODY)
    opened = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=bootstrap.sort_text)
    yield opened
    opened.close()


@pytest.fixture
def ref(store: Store) -> str:
    made = calling(store, fields=FIELDS)
    ingest(store, told(1, "Cevaplandı", "1"), told(2, "Meşgul", call_uuid="u1"),
           told(2, "Cevaplandı", "-", minute=10, call_uuid="u2"),
           told(3, "Meşgul", minute=1), told("00491511234567", "Hata", minute=2))
    store.records.merge(made, [listed(1)])
    return "20212"


def test_the_figures_in_words(santral: Santral, ref: str) -> None:
    ran = santral("results", ref)
    assert (ran.status, ran.err) == (0, "")
    head, *lines = ran.out.splitlines()
    assert head == " 20212 · Anket"
    figures = {line.rsplit("  ", 1)[0].strip(): line.rsplit("  ", 1)[-1] for line in lines}
    assert figures == figures | {
        "Numbers": "5", "Called": "4 · 67 %", "Answered": "2 · 50 %", "Final": "2 · 33 %",
        "Never called": "2 · 33 %", "Calls": "5", "Not in the list": "1", "Cevaplandı": "2 · 50 %",
        "Meşgul": "1 · 25 %", "Hata": "1 · 25 %",
        "key 1 · Queue 201": "1 · 25 %", "no key": "1 · 25 %"}


def test_in_turkish(santral: Santral, ref: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "tr_TR.UTF-8")
    out = santral("results", ref, "--filter", "not-answered").out
    assert "Cevaplayan" in out
    assert "%50" in out
    assert "1 tuşu · Kuyruk 201" in out
    assert out.splitlines()[-1] == " cevaplamayanlar: 4"


def test_before_anything_has_come(santral: Santral, store: Store) -> None:
    calling(store)
    ran = santral("results", "20212")
    assert ran.out.splitlines() == [" 20212 · Anket", " No result has come in."]


def test_a_campaign_whose_numbers_are_all_final_is_finished_wherever_it_is_told(santral: Santral, store: Store) -> None:
    calling(store, fields=FIELDS)
    assert santral("campaign", "show", "20212", "--json").document["state"] == "on"
    ingest(store, *(told(number, "Cevaplandı", "1") for number in range(1, 6)))
    assert santral("campaign", "show", "20212", "--json").document["state"] == "finished"
    assert "finished" in santral("campaign", "show", "20212").out
    assert "finished" in santral("campaign", "list").out
    (listed_,) = santral("campaign", "list", "--json").document["campaigns"]
    assert listed_["state"] == "finished"
    assert santral("results", "20212", "--json").document["campaign"]["state"] == "finished"


def test_every_number_as_json(santral: Santral, ref: str) -> None:
    document = santral("results", ref, "--json").document
    assert document["campaign"]["ref"] == ref
    assert document["totals"] == document["totals"] | {
        "numbers": 5, "called": 4, "answered": 2, "final": 2, "strangers": 1, "calls": 5, "notifications": 5,
        "records": 1, "last_happened_at": "2026-09-12T09:10:00Z"}
    assert document["by_status"] == {"Cevaplandı": 2, "Hata": 1, "Meşgul": 1}
    assert document["by_digit"] == {"": 2, "-": 1, "1": 1}
    assert document["by_attempts"] == {"1": 3, "2": 1}
    first, *_, last = document["numbers"]
    assert first == {"phone": phone(1), "typed": phone(1), "reference": "", "phrase": "#456 kişi1", "lang": "",
                     "listed": True, "attempts": 1, "status": "Cevaplandı", "digit": "1", "answered": True,
                     "final": True, "last_at": first["last_at"], "talk_seconds": 35, "source": "both",
                     "calls": first["calls"]}
    assert first["calls"] == [{
        "at": first["last_at"], "status": "Cevaplandı", "digit": "1", "answered": True, "talk_seconds": 35,
        "source": "both", "call_uuid": None, "lead_id": "1878",
        "recording": False, "detail": None}]
    assert [(call["status"], call["call_uuid"], call["lead_id"]) for call in document["numbers"][1]["calls"]] == [
        ("Meşgul", "u1", "1878"), ("Cevaplandı", "u2", "1878")]
    assert document["numbers"][3]["calls"] == []
    assert dt.datetime.fromisoformat(first["last_at"]).utcoffset() == dt.timedelta(0)
    assert (last["phone"], last["listed"]) == ("00491511234567", False)
    assert len(document["numbers"]) == 6


@pytest.mark.parametrize("at_once", [1, 2, 3, 5, 6, 7])
@pytest.mark.parametrize("arguments", [(), ("--filter", "words:nobody"), ("--filter", "answered")])
def test_json_is_one_document_however_it_is_written(santral: Santral, ref: str, monkeypatch: pytest.MonkeyPatch,
                                                    at_once: int, arguments: tuple[str, ...]) -> None:
    monkeypatch.setattr(output, "_ROWS_AT_ONCE", at_once)
    numbers = santral("results", ref, "--json", *arguments).document["numbers"]
    assert len(numbers) == {(): 6, ("--filter", "answered"): 2}.get(arguments, 0)


def test_nothing_in_it_speaks_to_a_terminal(santral: Santral, store: Store) -> None:
    calling(store, 1)
    ingest(store, told(1, "\x1b[31m\x9b\u202eHata\nx", "\x07"))
    for arguments in ((), ("--json",)):
        ran = santral("results", "20212", *arguments)
        assert all(sign.isprintable() or sign == "\n" for sign in ran.out)
    assert ran.document["numbers"][0]["status"] == "\x1b[31m\x9b\u202eHata\nx"


@pytest.mark.parametrize(("conditions", "positions"), [
    (["answered"], {1, 2}), (["not-answered", "called"], {3, 99}), (["not-called"], {4, 5}), (["status:mesgul"], {3}),
    (["key:1"], {1}), (["key:-"], {2}), (["key:none", "called"], {3, 99}), (["attempts:2"], {2}),
    (["attempts:0"], {4, 5}), (["words:0532 kişi4"], {4}), (["final"], {1, 2}), (["not-final", "called"], {3, 99}),
    (["answered", "answered", "key:1"], {1}),
])
def test_filters(santral: Santral, ref: str, conditions: list[str], positions: set[int]) -> None:
    arguments = [argument for text in conditions for argument in ("--filter", text)]
    numbers = santral("results", ref, "--json", *arguments).document["numbers"]
    phones = {99: "00491511234567", **{number: phone(number) for number in range(1, 6)}}
    assert {number["phone"] for number in numbers} == {phones[position] for position in positions}


@pytest.mark.parametrize("text", ["", "x", "Answered", "status", "status:", "key:", "key:17", "key:!", "attempts:-1",
                                  "attempts:x", "words: ", "answered:no", "key:٣"])
def test_what_is_no_filter_is_wrong_usage(santral: Santral, ref: str, text: str) -> None:
    ran = santral("results", ref, f"--filter={text}")
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)


def test_filters_that_contradict_each_other_are_wrong_usage(santral: Santral, ref: str) -> None:
    ran = santral("results", ref, "--filter", "called", "--filter", "not-called")
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)
    assert "called" in ran.err


def test_a_run_knows_nothing_of_the_filters_of_the_one_before(santral: Santral, ref: str) -> None:
    santral("results", ref, "--json", "--filter", "answered")
    assert len(santral("results", ref, "--json").document["numbers"]) == 6


@pytest.mark.parametrize(("typed", "meant"), [
    ("MESGUL", "Meşgul"), ("cevaplandi", "Cevaplandı"), ("iys izni yok", "İYS izni yok"), ("Yeni durum", "Yeni durum"),
    ("Yenı\u0307", "Yenı\u0307"), ("Co\u0308p", "Cöp")])
def test_a_status_is_found_without_its_marks(typed: str, meant: str) -> None:
    assert CONDITION.read(f"status:{typed}") == ("status", meant)


def test_a_csv_file(santral: Santral, ref: str, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    ran = santral("results", ref, "--csv", path, "--filter", "answered")
    assert (ran.status, ran.out, ran.err) == (0, f"2 numbers were written to {path}\n", "")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert [row[0] for row in csv.reader(stream)] == ["Phone", "0532 000 00 01", "0532 000 00 02"]


@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/dev/fd/1"])
def test_csv_goes_to_stdout_as_it_goes_to_a_file(
        santral: Santral, ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert santral("results", ref, "--csv", "out.csv").status == 0
    ran = santral("results", ref, "--csv", name)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines() == Path("out.csv").read_text(encoding="utf-8").splitlines()
    assert [path.name for path in tmp_path.glob("*.csv")] == ["out.csv"]
    assert not Path("-").exists()


@pytest.mark.parametrize("name", ["-", "/dev/stdout"])
def test_a_workbook_does_not_go_to_stdout(
        santral: Santral, ref: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    ran = santral("results", ref, "--xlsx", name)
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert name in ran.err
    assert not Path("-").exists()


def test_a_workbook(santral: Santral, ref: str, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    assert santral("results", ref, "--xlsx", path).status == 0
    assert openpyxl.load_workbook(path).sheetnames == ["Summary", "Numbers"]


def test_a_file_that_cannot_be_written(santral: Santral, ref: str, tmp_path: Path) -> None:
    ran = santral("results", ref, "--csv", tmp_path / "gone" / "out.csv")
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert str(tmp_path / "gone") in ran.err


def test_one_form_at_a_time(santral: Santral, ref: str, tmp_path: Path) -> None:
    for forms in (("--json", "--csv", "a"), ("--csv", "a", "--xlsx", "b")):
        assert santral("results", ref, *forms).status == 2


@pytest.mark.parametrize("ref", ["20213", "d9"])
def test_a_campaign_that_is_not_there(santral: Santral, store: Store, ref: str) -> None:
    ran = santral("results", ref, "--json")
    assert (ran.status, len(ran.said)) == (1, 1)
    assert ran.document["error"]["message"] == ran.said[0]


def test_a_draft_has_no_results(santral: Santral, store: Store) -> None:
    number = store.drafts.create("acme", {"name": "Taslak"})
    assert santral("results", f"d{number}").status == 0


def test_a_reader_that_has_gone_ends_it(santral: Santral, ref: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []

    def refuses(stream: object, text: str) -> bool:
        written.append(text)
        return False

    monkeypatch.setattr(output, "_ROWS_AT_ONCE", 1)
    monkeypatch.setattr(output, "_write", refuses)
    assert santral("results", ref, "--json").status == 1
    assert len(written) == 1
