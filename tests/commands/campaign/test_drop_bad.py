"""`--drop-bad`: rows that can't be called are dropped, told and counted, and the rest of the list is called."""

from __future__ import annotations

import json
import random
import secrets
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.commands.conftest import CAMPAIGN, Santral, changes
from tests.commands.test_list_input import piped
from tests.numbers.lists import BLANK, NUMBER, WRITERS
from tests.numbers.test_every_row import telling
from tests.sampling import examples
from tui import bootstrap
from tui.i18n.words import Words
from tui.sandbox.server import Sandbox
from tui.store import DroppedNumber, Store

LIST = ("phone;vade\n05321234567;15.11.2026\n123;15.11.2026\n05331234567;\n5,32124E+09;15.11.2026\n"
        "05321234567;1.1.2026\n")
GOOD = ["05321234567", "+90 533 123 45 67", "02129630131", "00493012345678"]
BAD = ["123", "5,32124E+09", "abc", "0532123456", "+", "=1+1"]


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    path = tmp_path / "queue.toml"
    path.write_text(CAMPAIGN.partition("[[")[0], encoding="utf-8")
    return path


@pytest.fixture
def phones(tmp_path: Path) -> Path:
    path = tmp_path / "liste.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def sent(sandbox: Sandbox) -> list[dict[str, Any]]:
    (request,) = changes(sandbox)
    return list(json.loads(request.body)["phone_list"])


def remembered(home: Path, campaign: int) -> list[DroppedNumber]:
    store = Store.open(home / "data" / "santral" / "santral.db", fold=str, sort_key=bootstrap.sort_text)
    try:
        return list(store.numbers.each_dropped(campaign))
    finally:
        store.close()


@pytest.mark.parametrize("options", [("check",), ("create", "--dry-run"), ("create", "--yes")])
def test_without_it_such_a_list_is_refused(
    santral: Santral, sandbox: Sandbox, config_file: Path, queue: Path, phones: Path, options: tuple[str, ...]
) -> None:
    ran = santral("campaign", *options, queue, "--phones", phones)
    assert (ran.status, ran.out) == (1, "")
    assert changes(sandbox) == []


def test_bad_rows_are_dropped_and_each_is_told(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path, queue: Path, phones: Path
) -> None:
    ran = santral("campaign", "create", queue, "--phones", phones, "--drop-bad", "--yes")
    assert ran.status == 0
    assert sent(sandbox) == [{"phone": "905321234567"}, {"phone": "905331234567"}]
    assert ran.out.splitlines() == ["20212", "2 rows that can't be called were removed."]
    for line in (3, 5):
        assert any(said.startswith(f"liste.csv, line {line}: warning: ") for said in ran.said)
    assert any("2 rows that can't be called were removed." in said for said in ran.said)
    numbers = santral("campaign", "show", "20212", "--json").document["numbers"]
    assert numbers == {"total": 3, "callable": 2, "bad": 0, "duplicates": 1, "left_out": 0}
    assert [(row.typed, row.line, row.phone) for row in remembered(home, 1)] == [
        ("123", 3, None), ("5,32124E+09", 5, None)]
    assert all(row.problem is not None for row in remembered(home, 1))


def test_a_row_that_has_no_value_for_the_phrase_is_never_called_without_one(
    santral: Santral, sandbox: Sandbox, config_file: Path, home: Path, tmp_path: Path, phones: Path
) -> None:
    """Its number could be called: what it lacks is what is to be said."""
    ivr = tmp_path / "ivr.toml"
    ivr.write_text('name = "Borç"\ncall_type = "ivr"\ncli = "02129630131"\ndigit_target_1 = "announcement/421"\n'
                   'time_range_begin = "00:00"\ntime_range_end = "23:59"\n', encoding="utf-8")
    ran = santral("campaign", "create", ivr, "--phones", phones, "--drop-bad", "--phrase", "#456 {vade}", "--yes")
    assert ran.status == 0
    assert sent(sandbox) == [{"phone": "905321234567", "phrase": "#456 15/11/2026"}]
    assert [row.line for row in remembered(home, 1)] == [3, 4, 5]


@pytest.mark.parametrize("language", ["en", "tr"])
def test_json_counts_and_names_them(
    santral: Santral, sandbox: Sandbox, config_file: Path, queue: Path, phones: Path, language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", f"{language}_TR.UTF-8")
    checked = santral("campaign", "check", queue, "--phones", phones, "--drop-bad", "--json").document
    assert checked["ok"] is True
    found = checked["dropped"]
    assert (found["total"], [row["line"] for row in found["rows"]]) == (2, [3, 5])
    assert all(row["row"] is None and row["code"] and row["message"] for row in found["rows"])
    assert {problem["weight"] for problem in checked["problems"]} == {"warning"}
    made = santral("campaign", "create", queue, "--phones", phones, "--drop-bad", "--yes", "--json").document
    assert made == {"outcome": "created", "id": 20212, "ref": "20212", "reason": None, "dropped": found}


def test_where_none_is_bad_none_is_counted(
    santral: Santral, sandbox: Sandbox, config_file: Path, campaign_file: Path
) -> None:
    assert santral("campaign", "create", campaign_file, "--drop-bad", "--yes", "--json").document["dropped"] == {
        "total": 0, "rows": []}
    assert "dropped" not in santral("campaign", "check", campaign_file, "--json").document


@pytest.mark.parametrize("options", [("check",), ("create", "--dry-run"), ("create", "--yes")])
def test_a_list_of_nothing_else_is_refused(
    santral: Santral, sandbox: Sandbox, config_file: Path, queue: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    none = tmp_path / "none.txt"
    none.write_text("123\n456\n", encoding="utf-8")
    ran = santral("campaign", *options, queue, "--phones", none, "--drop-bad", "--json")
    assert ran.status == 1
    assert ran.document["ok"] is False
    assert ran.document["dropped"]["total"] == 2
    assert changes(sandbox) == []
    assert santral("campaign", "list", "--json").document == {"campaigns": []}


def test_rows_of_the_file_s_own_list_are_dropped_as_well(
    santral: Santral, sandbox: Sandbox, config_file: Path, tmp_path: Path, phones: Path
) -> None:
    file = tmp_path / "campaign.toml"
    file.write_text(CAMPAIGN + '[[phone_list]]\nphone = "12"\n', encoding="utf-8")
    made = santral("campaign", "create", file, "--phones", phones, "--drop-bad", "--yes", "--json").document
    assert [(row["row"], row["line"]) for row in made["dropped"]["rows"]] == [(3, None), (None, 3), (None, 5)]
    assert [row["phone"] for row in sent(sandbox)] == ["905321234567", "905321234568", "905331234567"]


def test_the_same_list_with_other_bad_rows_is_the_same_launch(
    santral: Santral, sandbox: Sandbox, config_file: Path, queue: Path, phones: Path
) -> None:
    assert santral("campaign", "create", queue, "--phones", phones, "--drop-bad", "--yes").status == 0
    phones.write_text(LIST.replace("123;", "1234;"), encoding="utf-8")
    ran = santral("campaign", "create", queue, "--phones", phones, "--drop-bad", "--yes")
    assert (ran.status, ran.out) == (0, "20212\n")
    assert len(changes(sandbox)) == 1


def test_other_mistakes_are_no_rows_and_refuse_it_still(
    santral: Santral, sandbox: Sandbox, config_file: Path, tmp_path: Path, phones: Path
) -> None:
    file = tmp_path / "campaign.toml"
    file.write_text(CAMPAIGN.replace("queue_number = 201\n", ""), encoding="utf-8")
    ran = santral("campaign", "create", file, "--phones", phones, "--drop-bad", "--yes")
    assert ran.status == 1
    assert ran.said[-1] == Words("en").say("command.create.not_yet", count=1)
    assert changes(sandbox) == []


@settings(deadline=None, max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(GOOD + BAD), min_size=1, max_size=12))
def test_every_row_is_called_a_duplicate_or_dropped(
    santral: Santral, config_file: Path, queue: Path, tmp_path: Path, rows: list[str]
) -> None:
    phones = tmp_path / "random.txt"
    phones.write_text("".join(f'"{row}"\n' for row in rows), encoding="utf-8")
    ran = santral("campaign", "create", queue, "--phones", phones, "--drop-bad", "--dry-run")
    checked = santral("campaign", "check", queue, "--phones", phones, "--drop-bad", "--json").document
    good, bad = [row for row in rows if row in GOOD], [row for row in rows if row in BAD]
    assert checked["dropped"]["total"] == len(bad)
    assert checked["ok"] is bool(good)
    assert ran.status == (0 if good else 1)
    if good:
        assert len(ran.document["phone_list"]) == len(set(good))


@pytest.mark.parametrize("writer", WRITERS)
def test_of_lists_that_other_programs_wrote_each_row_is_called_or_dropped_with_its_line(
    santral: Santral, config_file: Path, queue: Path, tmp_path: Path, writer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(4):
        seed = secrets.randbits(48)
        path = tmp_path / f"{seed}.{'csv' if writer == 'csv' else 'xlsx'}"
        truth = WRITERS[writer](random.Random(seed), path)  # noqa: S311 - what is in a list, not a secret
        rows = [row for row in truth.rows if not row.hidden and row.kind != BLANK]
        good = [row.wire for row in rows if row.kind == NUMBER]
        column = secrets.choice(["PHONE=TELEFON", f"phone={truth.place + 1}"])
        options = (queue, "--phones", "-", "--column", column, "--drop-bad")
        with telling(f"{writer}, seed {seed}, {column}"):
            piped(monkeypatch, path.read_bytes())
            checked = santral("campaign", "check", *options, "--json").document
            assert checked["ok"] is bool(good)
            assert [row["line"] for row in checked["dropped"]["rows"]] == [
                row.line for row in rows if row.kind != NUMBER]
            piped(monkeypatch, path.read_bytes())
            ran = santral("campaign", "create", *options, "--dry-run")
            assert ran.status == (0 if good else 1)
            assert not good or [row["phone"] for row in ran.document["phone_list"]] == list(dict.fromkeys(good))
