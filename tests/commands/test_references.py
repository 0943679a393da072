"""References by the command line: asked for by `--column REFERENCE=…`, told in results and of persons, never sent."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commands.conftest import Santral, changes
from tui import bootstrap
from tui.campaign.reference import LONGEST
from tui.sandbox.server import Sandbox
from tui.store import Store

HEAD = """\
name = "Memnuniyet anketi"
call_type = "queue"
queue_number = 201
cli = "02129630131"
time_range_begin = "00:00"
time_range_end = "23:59"
"""
LIST = """\
Telefon;Müşteri No;Ad;Cümle
05321234567;0042;Ayşe Öz;#128
0532 123 45 68;=1+1;Ali;
5;0044;Can;
05321234567;0045;Ece;
"""


@pytest.fixture
def phones(tmp_path: Path) -> Path:
    path = tmp_path / "liste.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def head(tmp_path: Path) -> Path:
    path = tmp_path / "anket.toml"
    path.write_text(HEAD, encoding="utf-8")
    return path


def kept(home: Path) -> list[str]:
    store = Store.open(home / "data" / "santral" / "santral.db", fold=str, sort_key=bootstrap.sort_text)
    (campaign,) = store.campaigns.page("acme", limit=5)
    found = [row.reference for row in store.numbers.page(campaign.id, 0, 100)]
    found += [row.reference for row in store.numbers.dropped(campaign.id, 0, 100)]
    store.close()
    return found


@pytest.mark.parametrize(("column", "expected"), [
    ([], ["", "", "", ""]), (["--column", "REFERENCE=Müşteri No"], ["0042", "=1+1", "0045", "0044"]),
    (["--column", "referans=müşteri no"], ["0042", "=1+1", "0045", "0044"]),
    (["--column", "REFERENCE=3", "--phrase", "#128"], ["Ayşe Öz", "Ali", "Ece", "Can"]),
])
def test_it_is_kept_where_it_was_asked_for_and_the_request_is_the_same(
        santral: Santral, sandbox: Sandbox, config_file: Path, home: Path, head: Path, phones: Path,
        column: list[str], expected: list[str]) -> None:
    ran = santral("campaign", "create", head, "--phones", phones, "--drop-bad", "--yes", *column)
    assert ran.status == 0
    assert kept(home) == expected
    body = changes(sandbox)[0].body
    assert [row["phone"] for row in json.loads(body)["phone_list"]] == ["905321234567", "905321234568"]
    assert not any(word.encode() in body for word in ("0042", "=1+1", "Ayşe", "reference", "0045"))


def test_rows_that_are_dropped_are_named_by_it(
        santral: Santral, sandbox: Sandbox, config_file: Path, head: Path, phones: Path) -> None:
    ran = santral("campaign", "create", head, "--phones", phones, "--drop-bad", "--yes", "--json", "--column",
                  "REFERENCE=Müşteri No")
    assert [(row["reference"], row["line"]) for row in ran.document["dropped"]["rows"]] == [("0044", 4)]


def test_a_campaign_file_has_it_beside_its_numbers(
        santral: Santral, sandbox: Sandbox, config_file: Path, home: Path, head: Path) -> None:
    head.write_text(f'{HEAD}[[phone_list]]\nphone = "05321234567"\nreference = "Ayşe"\n', encoding="utf-8")
    assert santral("campaign", "create", head, "--yes").status == 0
    assert kept(home) == ["Ayşe"]
    assert json.loads(changes(sandbox)[0].body)["phone_list"] == [{"phone": "905321234567"}]


def test_results_and_a_person_are_told_by_it(
        santral: Santral, sandbox: Sandbox, config_file: Path, head: Path, phones: Path) -> None:
    santral("campaign", "create", head, "--phones", phones, "--drop-bad", "--yes", "--column", "REFERENCE=2")
    numbers = santral("results", "20212", "--json").document["numbers"]
    assert [(row["phone"], row["reference"]) for row in numbers] == [("905321234567", "0042"), ("905321234568", "=1+1")]
    found = santral("results", "20212", "--json", "--filter", "words:0042").document["numbers"]
    assert [row["phone"] for row in found] == ["905321234567"]
    table = list(csv.reader(io.StringIO(santral("results", "20212", "--csv", "-").out.removeprefix("\ufeff"))))
    assert [row[1] for row in table] == ["Reference", "0042", "'=1+1"]
    (campaign,) = santral("person", "05321234567", "--json").document["campaigns"]
    assert [row["reference"] for row in campaign["rows"]] == ["0042", "0045"]
    assert "Reference: 0042." in santral("person", "05321234567").out
    assert [row["reference"] for row in santral("person", "05321234568", "--json").document["campaigns"][0]["rows"]
            ] == ["=1+1"]


# phones check

def test_a_list_is_checked_with_its_reference_and_which_column_that_is(santral: Santral, phones: Path) -> None:
    ran = santral("phones", "check", phones, "--column", "REFERENCE=Ad", "--json")
    assert ("liste.csv: The column Ad is used as the reference: shown beside the number and never sent."
            in ran.said)
    *rows, last = map(json.loads, ran.out.splitlines())
    assert [row["reference"] for row in rows] == ["Ayşe Öz", "Ali", "Can", "Ece"]
    assert last["summary"]["reference"] == "Ad"
    assert rows[3]["duplicate"]


def test_rows_are_told_with_it(santral: Santral, phones: Path) -> None:
    first, second, third, fourth = santral("phones", "check", phones, "--column", "REFERENCE=Ad").out.splitlines()
    assert (first, second) == ("2: 905321234567 mobile (Ayşe Öz)", "3: 905321234568 mobile (Ali)")
    assert third.endswith(" (Can)")
    assert fourth.endswith(" (Ece)")


def test_which_column_could_be_it_is_told(santral: Santral, phones: Path) -> None:
    ran = santral("phones", "check", phones, "--json")
    hint = "The column Müşteri No can be used as the reference (--column 'REFERENCE=Müşteri No')"
    assert any(hint in line for line in ran.said)
    *rows, last = map(json.loads, ran.out.splitlines())
    assert {row["reference"] for row in rows} == {""}
    assert "reference" not in last["summary"]


def test_what_is_too_long_is_told_of_its_row_and_called(
        santral: Santral, sandbox: Sandbox, config_file: Path, home: Path, head: Path, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(f"Telefon;Ad\n05321234567;{'x' * (LONGEST + 5)}\n05321234568;y\n", encoding="utf-8")
    asked = ("--column", "REFERENCE=Ad")
    ran = santral("phones", "check", path, *asked)
    assert ran.status == 0
    assert "is longer than 200 characters: only its first 200 are stored." in ran.out.splitlines()[0]
    ran = santral("campaign", "create", head, "--phones", path, "--yes", *asked)
    assert ran.status == 0
    (note,) = [line for line in ran.said if "is longer than 200 characters" in line]
    assert note.startswith("liste.csv, line 2")
    assert kept(home) == ["x" * LONGEST + "…", "y"]


@pytest.mark.parametrize(("column", "text"), [
    ("REFERENCE=", "write PHONE=, PHRASE=, LANG= or REFERENCE="),
    ("NAME=Ad", "write PHONE=, PHRASE=, LANG= or REFERENCE="),
    ("REFERENCE=Ünvan", "No column of the list is called “Ünvan”"), ("REFERENCE=Telefon", "numbers"),
])
def test_a_column_that_cannot_be_it_is_refused(santral: Santral, phones: Path, column: str, text: str) -> None:
    ran = santral("phones", "check", phones, "--column", column)
    assert ran.status != 0
    assert text in ran.err


def test_two_columns_are_not_one_reference(santral: Santral, phones: Path) -> None:
    ran = santral("phones", "check", phones, "--column", "REFERENCE=Ad", "--column", "REFERENCE=2")
    assert ran.status == 2
    assert "REFERENCE" in ran.err
