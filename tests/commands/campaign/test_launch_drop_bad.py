"""`santral campaign launch REF --drop-bad`: rows that can't be called are dropped, told and counted, as by `create`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.campaign.test_drop_bad import remembered, sent
from tests.commands.campaign.test_launch_draft import ONE, TWO, a_draft, at_a_terminal, state
from tests.commands.conftest import Santral, changes
from tui import bootstrap
from tui.campaign.phone_list import Number
from tui.i18n.words import Words, folded
from tui.operations.phone_list import drop_bad, validated
from tui.operations.services import Services
from tui.sandbox.server import Sandbox
from tui.store import Store

DROPPED = Words("en").say("command.create.dropped", count=2)


def numbers(santral: Santral, ref: str) -> dict[str, int]:
    return dict(santral("campaign", "show", ref, "--json").document["numbers"])


def typed(home: Path) -> list[str]:
    return [row.typed for row in remembered(home, 1)]


def test_they_are_dropped_each_is_told_and_the_rest_is_called(
        santral: Santral, sandbox: Sandbox, config_file: Path, home: Path) -> None:
    draft = a_draft(home, ONE, "123", "[/x]", TWO, ONE)
    ran = santral("campaign", "launch", draft, "--drop-bad", "--yes")
    assert (ran.status, ran.out.splitlines()) == (0, ["20212", DROPPED])
    assert [said.partition(": ")[0] for said in ran.said[:2]] == ["phone_list, row 2", "phone_list, row 3"]
    assert any(DROPPED in said for said in ran.said)
    assert sent(sandbox) == [{"phone": ONE}, {"phone": TWO}]
    assert sorted(typed(home)) == ["123", "[/x]"]
    assert numbers(santral, "20212") == {"total": 3, "callable": 2, "bad": 0, "duplicates": 1, "left_out": 0}
    again = santral("campaign", "launch", draft, "--drop-bad", "--yes")
    assert (again.status, again.out, len(changes(sandbox))) == (0, "20212\n", 1)


def test_json_counts_and_names_them(santral: Santral, sandbox: Sandbox, config_file: Path, home: Path) -> None:
    store = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=bootstrap.sort_text)
    number = store.drafts.copy(int(a_draft(home)[1:]), numbers=True)
    store.numbers.add(number, validated([Number("123", reference="Ayşe")]))
    store.close()
    made = santral("campaign", "launch", f"d{number}", "--drop-bad", "--yes", "--json").document
    (row,) = made["dropped"].pop("rows")
    assert made == {"outcome": "created", "id": 20212, "ref": "20212", "reason": None, "dropped": {"total": 1}}
    assert (row["reference"], row["row"], row["line"]) == ("Ayşe", 3, None)
    assert row["code"]
    assert "123" in row["message"]


def test_where_none_is_bad_none_is_counted(
        santral: Santral, sandbox: Sandbox, config_file: Path, home: Path) -> None:
    made = santral("campaign", "launch", a_draft(home), "--drop-bad", "--yes", "--json").document
    assert made["dropped"] == {"total": 0, "rows": []}


@pytest.mark.parametrize("option", ["--yes", "--dry-run"])
def test_a_list_of_nothing_else_is_refused_and_keeps_its_rows(
        santral: Santral, sandbox: Sandbox, config_file: Path, home: Path, option: str) -> None:
    draft = a_draft(home, "123", "456")
    ran = santral("campaign", "launch", draft, "--drop-bad", option, "--json")
    assert (ran.status, ran.document["ok"], ran.document["dropped"]["total"]) == (1, False, 2)
    assert numbers(santral, draft)["bad"] == 2
    assert (changes(sandbox), typed(home)) == ([], [])


def test_other_problems_refuse_it_and_its_rows_stay(
        santral: Santral, sandbox: Sandbox, config_file: Path, home: Path) -> None:
    draft = a_draft(home, ONE, "123", queue_number="")
    ran = santral("campaign", "launch", draft, "--drop-bad", "--yes", "--json")
    assert ran.status == 1
    weights = [(found["field"], found["weight"]) for found in ran.document["problems"]]
    assert ("queue_number", "error") in weights
    assert ("phone_list", "error") not in weights
    assert (numbers(santral, draft)["bad"], changes(sandbox)) == (1, [])


@pytest.mark.parametrize("options", [("--dry-run",), ()])
def test_before_anybody_has_agreed_nothing_is_dropped(
        santral: Santral, sandbox: Sandbox, config_file: Path, home: Path, options: tuple[str, ...]) -> None:
    draft = a_draft(home, ONE, "123")
    ran = santral("campaign", "launch", draft, "--drop-bad", *options)
    assert ran.status == (0 if options else 1)
    assert any(said.startswith("phone_list, row 2: warning: ") for said in ran.said)
    if options:
        assert ran.document["phone_list"] == [{"phone": ONE}]
    assert (numbers(santral, draft)["bad"], state(santral, draft), changes(sandbox)) == (1, "draft", [])


@pytest.mark.parametrize(("answer", "bad"), [("y\n", 0), ("n\n", 1)])
def test_the_question_counts_who_is_called(
        santral: Santral, sandbox: Sandbox, config_file: Path, home: Path, monkeypatch: pytest.MonkeyPatch,
        answer: str, bad: int) -> None:
    draft = a_draft(home, ONE, "123", TWO)
    at_a_terminal(monkeypatch, answer)
    ran = santral("campaign", "launch", draft, "--drop-bad")
    assert "2 numbers will be called" in ran.err
    assert (numbers(santral, draft)["bad"], len(changes(sandbox))) == (bad, 1 - bad)


def test_who_must_not_be_called_is_left_out_besides(
        santral: Santral, sandbox: Sandbox, config_file: Path, home: Path) -> None:
    draft = a_draft(home, ONE, "123", TWO)
    santral("dnc", "add", ONE)
    made = santral("campaign", "launch", draft, "--drop-bad", "--yes", "--json").document
    assert (made["left_out"]["total"], made["dropped"]["total"]) == (1, 1)
    assert sent(sandbox) == [{"phone": TWO}]


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_list_that_changes_meanwhile_is_not_sent(
        santral: Santral, sandbox: Sandbox, config_file: Path, home: Path, monkeypatch: pytest.MonkeyPatch,
        when: str) -> None:
    """Nobody is called of whom nobody was told."""

    async def meanwhile(services: Services, campaign: int) -> int:
        if when == "before":
            services.store.numbers.add(campaign, validated([Number("05321234599"), Number("12")]))
        dropped = await drop_bad(services, campaign)
        if when == "after":
            services.store.numbers.add(campaign, validated([Number("05321234599")]))
        return dropped

    monkeypatch.setattr("tui.operations.launch_request.drop_bad", meanwhile)
    ran = santral("campaign", "launch", a_draft(home, ONE, "123"), "--drop-bad", "--yes")
    assert (ran.status, ran.out, changes(sandbox)) == (1, "", [])
    assert state(santral, "d1") == "draft"
