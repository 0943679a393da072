"""`santral phones check`: every row of a list with its verdict, as it is read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import Santral
from tests.conftest import KEY

LIST = """\
phone;phrase;lang;borç
0532 123 45 67;#456 15/11/2026;;1
+90 (532) 123-4567;;en-US;2
05651236547;;;3
5,32124E+09;;;4
+49 30 12345678;;;5
0212 963 01 31;Merhaba;;6
0800 123 45 67;;xx;7
"""
SUMMARY = {"total": 7, "callable": 4, "bad": 2, "duplicates": 1, "invalid": 1,
           "kinds": {"mobile": 1, "landline": 1, "toll_free": 0, "abroad": 1, "other": 1}}


@pytest.fixture
def phones(tmp_path: Path) -> Path:
    path = tmp_path / "liste.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_every_row_has_a_line(santral: Santral, home: Path, phones: Path) -> None:
    ran = santral("phones", "check", phones)
    assert ran.status == 1
    lines = ran.out.splitlines()
    assert lines[0] == "2: 905321234567 mobile"
    assert lines[1].startswith("3: 905321234567 mobile: warning: the number is in the list already, in line 2:")
    assert lines[2].startswith("4: 905651236547 other: warning: “05651236547” is in no numbering plan")
    assert lines[3].startswith("5: “5,32124E+09” was shortened by a spreadsheet")
    assert lines[4] == "6: 00493012345678 abroad"
    assert lines[5].startswith("7: 902129630131 landline: warning: “Merhaba” in the phrase")
    assert lines[6].startswith("8: “xx” is not a language")
    assert ran.said == [
        "liste.csv: warning: These columns were left out: borç.",
        "Rows: 7. To call: 4; can't be called: 2; repeated: 1; in no numbering plan: 1.",
    ]
    assert list(home.iterdir()) == []


def test_rows_that_are_kept_are_told_as_called(santral: Santral, home: Path, phones: Path) -> None:
    phones.write_text("phone;phrase;lang\n05321234567;#456 1.50;\n0532 123 45 67;#456  1.50;tr-TR\n"
                      "05321234567;#456 2.50;\n05321234567;#456 2.50;\n05321234567;#456 1.50;en-US\n05321234568;;\n",
                      encoding="utf-8")
    ran = santral("phones", "check", phones, "--keep-repeats")
    lines = ran.out.splitlines()
    assert "it is called once" not in ran.out
    assert [("it is called again, for this line." in line, "this one is not called." in line) for line in lines] == [
        (False, False), (False, True), (True, False), (False, True), (True, False), (False, False)]
    assert ran.said == ["Rows: 6. To call: 2; can't be called: 0; repeated: 2; in no numbering plan: 0.",
                        "Numbers are called once for each phrase: 2 calls beyond the first of each."]
    *rows, last = map(json.loads, santral("phones", "check", phones, "--keep-repeats", "--json").out.splitlines())
    assert [(row["duplicate"], row.get("called_again", False)) for row in rows] == [
        (False, False), (True, False), (False, True), (True, False), (False, True), (False, False)]
    assert last["summary"]["called_again"] == 2
    assert (last["summary"]["callable"], last["summary"]["duplicates"]) == (2, 2)
    *_, last = map(json.loads, santral("phones", "check", phones, "--json").out.splitlines())
    assert (last["summary"]["callable"], last["summary"]["duplicates"]) == (2, 4)


def test_the_lines_are_in_the_language_of_the_terminal(
    santral: Santral, monkeypatch: pytest.MonkeyPatch, phones: Path
) -> None:
    monkeypatch.setenv("LANG", "tr_TR.UTF-8")
    ran = santral("phones", "check", phones)
    assert ran.out.startswith("2: 905321234567 cep\n3: 905321234567 cep: uyarı: numara listede zaten var (2. satırda)")
    assert ran.said[-1].startswith("Satır: 7. Aranacak: 4; aranamayan: 2")


def test_in_json_every_line_is_a_document_and_the_last_one_counts(santral: Santral, phones: Path) -> None:
    ran = santral("phones", "check", phones, "--json")
    assert ran.status == 1
    *rows, last = map(json.loads, ran.out.splitlines())
    assert last == {"summary": SUMMARY}
    assert rows[0] == {"line": 2, "typed": "0532 123 45 67", "reference": "", "phone": "905321234567", "kind": "mobile",
                       "valid": True, "duplicate": False, "problem": None, "warnings": []}
    assert [row["line"] for row in rows] == [2, 3, 4, 5, 6, 7, 8]
    assert [row["line"] for row in rows if row["duplicate"]] == [3]
    assert [row["problem"]["code"] for row in rows if row["problem"]] == [
        "campaign.phone.scientific", "campaign.number.lang",
    ]
    assert [[warning["code"] for warning in row["warnings"]] for row in rows] == [
        [], ["command.phones.duplicate"], ["campaign.phone.invalid"], [], [], ["campaign.number.word"], [],
    ]
    assert (rows[3]["phone"], rows[3]["kind"]) == (None, None)


def test_a_list_without_problems_is_done(santral: Santral, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("05321234567\n05321234567\n05651236547\n", encoding="utf-8")
    ran = santral("phones", "check", path)
    assert (ran.status, len(ran.out.splitlines())) == (0, 3)


def test_a_header_alone_is_refused(santral: Santral, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Telefon;Ad\n", encoding="utf-8")
    ran = santral("phones", "check", path)
    assert (ran.status, ran.out) == (1, "")
    assert "(Telefon, Ad)" in ran.said[-1]


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_list_that_cannot_be_read_is_one_sentence(
    santral: Santral, tmp_path: Path, options: tuple[str, ...]
) -> None:
    ran = santral("phones", "check", tmp_path / "none.csv", *options)
    assert (ran.status, len(ran.said)) == (1, 1)
    assert "none.csv" in ran.err
    if options:
        assert ran.document["error"]["code"].startswith("numbers.list.")
    else:
        assert ran.out == ""


def test_rows_before_a_list_goes_wrong_have_been_told(santral: Santral, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('phone;phrase\n05321234567;#456\n05321234568;"#457\n', encoding="utf-8")
    told = santral("phones", "check", path, "--json")
    first, last = map(json.loads, told.out.splitlines())
    assert (told.status, first["phone"]) == (1, "905321234567")
    assert last["error"]["code"] == "numbers.list.quotes"
    assert told.err.strip() == last["error"]["message"]
    plain = santral("phones", "check", path)
    assert (plain.status, plain.out) == (1, "2: 905321234567 mobile\n")
    assert plain.said == told.said


def test_what_a_list_holds_does_not_speak_to_the_terminal(santral: Santral, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"0532\x1b[2J1234567\n{KEY[:8]}\n", encoding="utf-8")
    for options in ((), ("--json",)):
        ran = santral("phones", "check", path, *options)
        assert ran.status == 1
        assert "\x1b" not in ran.out
        assert "[2J" in ran.out


def test_a_reader_that_goes_ends_it_quietly(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("05321234567\n" * 20_000, encoding="utf-8")
    command = [sys.executable, "-m", "tui", "phones", "check", str(path), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert json.loads(running.stdout.readline())["line"] == 1
        running.stdout.close()
        assert running.stderr.read() == ""
        assert running.wait(30) == 1
