"""`santral campaign again REF`: today's campaign of an earlier one, as a draft. Nobody is called."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.commands.campaign.test_launch_draft import a_draft
from tests.commands.conftest import Santral, changes
from tui import bootstrap
from tui.campaign.dates import ISTANBUL
from tui.core.clock import utc_now
from tui.core.reason import Reason
from tui.i18n.words import Words
from tui.sandbox.server import Sandbox
from tui.store import Store, StoreFull


@pytest.fixture
def earlier(santral: Santral, home: Path, config_file: Path) -> str:
    ref = a_draft(home, date_range_begin="2026-01-05", date_range_end="2026-01-07")
    assert santral("campaign", "show", ref).status == 0
    return ref


def test_its_days_are_moved_and_it_has_no_numbers(santral: Santral, sandbox: Sandbox, earlier: str) -> None:
    ran = santral("campaign", "again", earlier)
    assert (ran.status, ran.out) == (0, "d2\n")
    assert ran.said[-1].startswith("It has no numbers")
    shown = santral("campaign", "show", "d2", "--json").document
    begin, end = (dt.date.fromisoformat(shown["fields"][name]) for name in ("date_range_begin", "date_range_end"))
    assert (end - begin).days == len(("6", "7"))
    assert 0 <= (begin - utc_now().astimezone(ISTANBUL).date()).days <= 1
    assert (shown["state"], shown["numbers"]["total"], shown["history"][-1]["event"]) == ("draft", 0, "copied")
    assert changes(sandbox) == []


def test_with_a_list_it_has_its_rows_each_with_its_verdict(
        santral: Santral, earlier: str, tmp_path: Path) -> None:
    numbers = tmp_path / "list.csv"
    numbers.write_text("Cep;Tutar\n05321234567;73,56\n532;1\n05321234567;73,56\n", encoding="utf-8")
    ran = santral("campaign", "again", earlier, "--phones", numbers, "--phrase", "#457 {Tutar}", "--json")
    assert (ran.status, ran.document["ref"]) == (0, "d2")
    assert ran.document["numbers"] == {"total": 3, "callable": 1, "bad": 1, "duplicates": 1}
    assert "1 number can be called; rows that can't: 1; duplicates: 1." in ran.said


@pytest.mark.parametrize(("column", "ignored"), [((), "Ad, Şehir"), (("--column", "REFERENCE=Ad"), "Şehir")])
def test_columns_of_its_list_that_are_left_out_are_named(
        santral: Santral, earlier: str, tmp_path: Path, column: tuple[str, ...], ignored: str) -> None:
    numbers = tmp_path / "list.csv"
    numbers.write_text("Ad;Cep;Şehir\nAyşe;05321234567;İzmir\n", encoding="utf-8")
    ran = santral("campaign", "again", earlier, "--phones", numbers, *column)
    named = Words("en").say("command.ignored_columns", columns=ignored)
    assert [said for said in ran.said if said.startswith("list.csv: warning: ")][-1] == f"list.csv: warning: {named}"


def test_its_rows_keep_the_reference_that_was_asked_for(
        santral: Santral, earlier: str, home: Path, tmp_path: Path) -> None:
    numbers = tmp_path / "list.csv"
    numbers.write_text("Ad;Cep\nAyşe;05321234567\nAli;532\n", encoding="utf-8")
    assert santral("campaign", "again", earlier, "--phones", numbers, "--column", "REFERENCE=Ad").out == "d2\n"
    store = Store.open(home / "data" / "santral" / "santral.db", fold=str, sort_key=bootstrap.sort_text)
    assert [row.reference for row in store.numbers.page(2, 0, 9)] == ["Ayşe", "Ali"]
    store.close()


@pytest.mark.parametrize("arguments", [("--phones", "absent.csv"), ("--sheet", "x")])
def test_where_the_list_is_none_no_draft_stays_behind(
        santral: Santral, earlier: str, arguments: tuple[str, ...]) -> None:
    ran = santral("campaign", "again", earlier, *arguments)
    assert (ran.status, ran.out) in ((1, ""), (2, ""))
    listed = santral("campaign", "list", "--json", "--deleted").document["campaigns"]
    assert [each["ref"] for each in listed] == [earlier]


def test_where_the_list_can_not_be_kept_no_draft_stays_behind(
    santral: Santral, earlier: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_arguments: object) -> None:
        raise StoreFull(Reason("store.full", {"path": "santral.db"}))

    monkeypatch.setattr("tui.commands.campaign.again.add_numbers", full)
    (tmp_path / "list.txt").write_text("05321234567\n", encoding="utf-8")
    ran = santral("campaign", "again", earlier, "--phones", tmp_path / "list.txt")
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert [each["ref"] for each in santral("campaign", "list", "--json").document["campaigns"]] == [earlier]
