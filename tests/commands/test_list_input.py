"""Lists that commands are given: from stdin, with columns that are named, with a phrase for all."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.commands.conftest import CAMPAIGN, Santral
from tests.terminal import Terminal
from tui.sandbox.server import Sandbox

ONE, TWO = "905321234567", "905331234567"
LIST = "Müşteri;Cep Tel.;İş Telefonu;Vade;Tutar\nAyşe;05321234567;02129630131;15.11.2017;1.234,56\n" \
       "Ali;05331234567;02129630132;03.04.2026;73,5\n"
IVR = """\
name = "Borç hatırlatma"
call_type = "ivr"
cli = "02129630131"
digit_target_1 = "announcement/421"
time_range_begin = "00:00"
time_range_end = "23:59"
"""


@pytest.fixture
def debts(tmp_path: Path) -> Path:
    path = tmp_path / "borçlar.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def ivr(tmp_path: Path) -> Path:
    path = tmp_path / "ivr.toml"
    path.write_text(IVR, encoding="utf-8")
    return path


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    """A campaign without a list of its own."""
    path = tmp_path / "queue.toml"
    path.write_text(CAMPAIGN.partition("[[")[0], encoding="utf-8")
    return path


def piped(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))


def sent(sandbox: Sandbox) -> list[dict[str, Any]]:
    (request,) = (request for request in sandbox.requests if request.path == "/ivr_campaigns.json")
    return list(json.loads(request.body)["phone_list"])


@pytest.mark.usefixtures("config_file")
def test_every_row_gets_a_phrase_made_of_its_columns(
    santral: Santral, sandbox: Sandbox, ivr: Path, debts: Path
) -> None:
    """As the app's import makes it: a date and an amount as the provider reads them, names in any letter case."""
    ran = santral("campaign", "create", ivr, "--phones", debts, "--column", "PHONE=cep tel.", "--phrase",
                  "#456 {VADE} #457 {tutar} #458", "--yes")
    assert ran.status == 0, ran.err
    assert sent(sandbox) == [{"phone": ONE, "phrase": "#456 15/11/2017 #457 1234.56 #458"},
                             {"phone": TWO, "phrase": "#456 03/04/2026 #457 73.50 #458"}]
    assert "Vade" not in ran.err  # it was not left out
    assert "Müşteri" in ran.err


@pytest.mark.parametrize(("column", "phones"), [
    ("PHONE=İŞ TELEFONU", ["902129630131", "902129630132"]), ("phone=3", ["902129630131", "902129630132"]),
    ("Telefon=cep tel", [ONE, TWO]),
])
def test_the_column_that_is_named_is_called(
    santral: Santral, config_file: Path, queue: Path, debts: Path, column: str, phones: list[str]
) -> None:
    ran = santral("campaign", "create", queue, "--phones", debts, "--column", column, "--dry-run")
    assert [row["phone"] for row in ran.document["phone_list"]] == phones


@pytest.mark.parametrize(("how", "phrases"), [
    (("Tutar=decimal-comma", "vade=day-first"), ["#456 03/04/2026 #457 1500.00", "#456 05/06/2026 #457 2500.00"]),
    (("3=DECIMAL_POINT", "Vade=month-first"), ["#456 04/03/2026 #457 1.50", "#456 06/05/2026 #457 2.50"]),
])
def test_how_a_column_is_written_can_be_said_where_it_can_be_read_in_two_ways(
    santral: Santral, sandbox: Sandbox, config_file: Path, ivr: Path, tmp_path: Path, how: tuple[str, ...],
    phrases: list[str],
) -> None:
    path = tmp_path / "iki.csv"
    path.write_text("Telefon;Vade;Tutar\n05321234567;03/04/2026;1.500\n05331234567;05/06/2026;2.500\n",
                    encoding="utf-8")
    options = (ivr, "--phones", path, "--phrase", "#456 {vade} #457 {tutar}")
    ran = santral("campaign", "create", *options, "--yes")
    assert (ran.status, ran.err.count("two ways")) == (1, 2)
    assert sandbox.requests == []
    said = [word for each in how for word in ("--written", each)]
    shown = santral("campaign", "create", *options, *said, "--dry-run").document
    assert [row["phrase"] for row in shown["phone_list"]] == phrases


@pytest.mark.parametrize(("written", "word"), [("Müşteri=day-first", "1 Müşteri"), ("Borç=day-first", "“Borç”")])
def test_how_another_column_is_written_decides_nothing(
    santral: Santral, home: Path, debts: Path, written: str, word: str
) -> None:
    ran = santral("phones", "check", debts, "--phrase", "#456 {vade}", "--written", written)
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert word in ran.err


@pytest.mark.parametrize(("more", "words"), [
    (("--column", "PHONE=Faks"), ("“Faks”", "2 Cep Tel.")), (("--column=PHONE=9",), ("“9”", "5 Tutar")),
    (("--phrase", "#456 {vadesi}"), ("{vadesi}", "{vade}")), (("--phrase", "#456 {vade"), ("{",)),
    (("--column", "PHONE=2", "--column", "LANG=2"), ("2 Cep Tel.",)),
])
def test_what_the_list_has_not_is_told_and_nothing_is_sent(
    santral: Santral, sandbox: Sandbox, config_file: Path, queue: Path, debts: Path, more: tuple[str, ...],
    words: tuple[str, ...],
) -> None:
    ran = santral("campaign", "create", queue, "--phones", debts, *more, "--yes", "--json")
    assert (ran.status, len(ran.said)) == (1, 1)
    assert ran.document["error"]["message"] == ran.said[0]
    assert all(word in ran.err for word in words)
    assert sandbox.requests == []
    assert santral("phones", "check", debts, *more).status == 1


@pytest.mark.parametrize("command", [("campaign", "create", "FILE", "--yes"), ("campaign", "check", "FILE")])
@pytest.mark.parametrize("more", [("--sheet", "1"), ("--hidden",), ("--column", "PHONE=1"), ("--phrase", "#4")])
def test_what_is_said_of_a_list_needs_one(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path, command: tuple[str, ...],
    more: tuple[str, ...],
) -> None:
    ran = santral(*(campaign_file if word == "FILE" else word for word in command), *more, "--json")
    assert (ran.status, len(ran.said)) == (2, 1)
    assert ran.document["error"]["code"] == "command.list.alone"
    assert more[0] in ran.err
    assert sandbox.requests == []


@pytest.mark.parametrize("more", [
    ("--column", "Cep"), ("--column", "NAME=2"), ("--column", "PHONE="), ("--column", "=2"), ("--phrase", " "),
    ("--phrase", ""), ("--phrase", "a\x1bb"), ("--column", "PHONE=1", "--column", "phone=2"),
    ("--column", "PHRASE=4", "--phrase", "#456"), ("--written", "Tutar=decimal-comma"),
    ("--phrase", "{tutar}", "--written", "Tutar"), ("--phrase", "{tutar}", "--written", "Tutar=text"),
    ("--phrase", "{tutar}", "--written", "=day-first"),
    ("--phrase", "{tutar}", "--written", "Tutar=decimal-comma", "--written", "Tutar=decimal-point"),
])
def test_wrong_usage_is_one_line(santral: Santral, queue: Path, debts: Path, more: tuple[str, ...]) -> None:
    for command in (("campaign", "create", queue, "--phones", debts, "--yes"), ("phones", "check", debts)):
        ran = santral(*command, *more)
        assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)


@pytest.mark.parametrize("name", ["-", "/dev/stdin"])
@pytest.mark.parametrize("content", [
    LIST.encode(), LIST.encode("windows-1254"), LIST.encode("utf-16"), b"\xef\xbb\xbf" + LIST.encode(),
], ids=["utf-8", "windows-1254", "utf-16", "bom"])
def test_a_list_from_stdin_is_read_as_a_file_is(
    santral: Santral, config_file: Path, queue: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes
) -> None:
    piped(monkeypatch, content)
    ran = santral("campaign", "create", queue, "--phones", name, "--column", "PHONE=2", "--dry-run")
    assert [row["phone"] for row in ran.document["phone_list"]] == [ONE, TWO]
    assert all(line.startswith("stdin: ") for line in ran.said if "columns" in line)


def test_a_workbook_from_stdin(
    santral: Santral, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "liste.xlsx"
    workbook = openpyxl.Workbook()
    for title, number in (("Ocak", "05321234567"), ("Şubat", "05331234567")):
        sheet = workbook.create_sheet(title)
        sheet.append(["Telefon"])
        sheet.append([number])
    workbook.save(book)
    piped(monkeypatch, book.read_bytes())
    ran = santral("phones", "check", "-", "--sheet", "Şubat")
    assert ran.out == f"2: {TWO} mobile\n"


@pytest.mark.parametrize("content", [
    b"", b"\n\n", b"Telefon\n", b"abc\x00def", gzip.compress(b"05321234567\n", mtime=0), b"PK\x03\x04broken",
    b"a,b\nc,d\n",
    b'Ad;Telefon\n"a;05321234567\n',
])
def test_no_list_on_stdin_is_a_sentence_about_stdin(
    santral: Santral, sandbox: Sandbox, config_file: Path, queue: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    piped(monkeypatch, content)
    ran = santral("campaign", "create", queue, "--phones", "-", "--yes", "--json")
    assert (ran.status, len(ran.said)) == (1, 1)
    assert tempfile.gettempdir() not in ran.err + ran.out
    assert sandbox.requests == []


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_what_goes_wrong_further_down_is_said_of_stdin_too(
    santral: Santral, home: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    piped(monkeypatch, b"05321234567\n" * 1500 + b";" * 20_000 + b"\n")
    ran = santral("phones", "check", "-", *options)
    assert ran.status == 1
    assert "stdin, line 1501: " in ran.err
    assert tempfile.gettempdir() not in ran.err + ran.out


def test_a_bad_row_of_stdin_is_named_with_its_line(
    santral: Santral, sandbox: Sandbox, config_file: Path, queue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(monkeypatch, b"05321234567\n123\n")
    ran = santral("campaign", "create", queue, "--phones", "-", "--yes")
    assert ran.status == 1
    assert ran.said[0].startswith("stdin, line 2: ")
    assert sandbox.requests == []


def test_a_closed_stdin_is_no_list(santral: Santral, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    ran = santral("phones", "check", "-")
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)


@pytest.mark.terminal
def test_a_list_is_typed_into_a_terminal_and_ended_by_one_key(home: Path) -> None:
    with Terminal([sys.executable, "-m", "tui", "phones", "check", "-"], os.environ) as terminal:
        terminal.wait("ctrl+d")
        terminal.type("05321234567\n")
        terminal.press("ctrl+d")
        terminal.wait(f"1: {ONE} mobile")
        assert terminal.end() == 0


def test_what_came_of_stdin_stays_nowhere(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    ran = subprocess.run([sys.executable, "-m", "tui", "phones", "check", "-"], input=b"05321234567\n", check=True,
                         capture_output=True, env={**os.environ, "TMPDIR": str(folder)})
    assert ran.stdout == f"1: {ONE} mobile\n".encode()
    assert list(folder.iterdir()) == []


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(
    [b"05321234567", b";", b'"', b"\n", b"\r", b",", b"phone", b"\xff\xfe", b"#456", b"\xc4", b"\t"])).map(b"".join)),
    st.sampled_from(["PHONE=1", "PHONE=2", "PHRASE=phone", "LANG=1"]))
def test_whatever_comes_from_stdin_ends_in_rows_or_a_sentence(
    santral: Santral, home: Path, content: bytes, column: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        piped(patch, content)
        ran = santral("phones", "check", "-", "--column", column, "--phrase" if column < "PHRASE" else "--hidden",
                      *(["#456 {1}"] if column < "PHRASE" else []))
    assert ran.status in (0, 1)
    assert ran.said
    assert "Santral crashed" not in ran.err
