"""`santral dnc list|add|remove`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Santral
from tests.conftest import write_config
from tests.store.results import calling, ingest, told
from tui import bootstrap
from tui.i18n.words import folded
from tui.store import Store


@pytest.fixture(autouse=True)
def config(home: Path) -> Path:
    return write_config(home, "http://127.0.0.1:9", more="profile = 'acme'\n[profiles.other]\n")


def test_an_empty_list_says_so(santral: Santral) -> None:
    assert santral("dnc", "list").out == "Nobody is on the do-not-call list.\n"
    assert santral("dnc", "list", "--json").document == {"profile": "acme", "numbers": []}


def test_numbers_are_put_on_the_list_and_taken_off(santral: Santral) -> None:
    ran = santral("dnc", "add", "0532 123 45 67", "+49 151 1234567", "5321234567")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "2 numbers were put on the do-not-call list; already on it: 0.\n"
    assert santral("dnc", "add", "05321234567", "--json").document == {"changed": 0, "given": 1}
    rows = santral("dnc", "list", "--json").document["numbers"]
    assert {(row["phone"], row["why"], row["campaign"]) for row in rows} == {
        ("905321234567", "by_hand", None), ("00491511234567", "by_hand", None)}
    assert "0532 123 45 67" in santral("dnc", "list").out
    assert santral("dnc", "remove", "05321234567", "05320000000").out == (
        "1 number was taken off the do-not-call list; not on it: 1.\n")
    assert len(santral("dnc", "list").out.splitlines()) == 1


def test_each_profile_has_its_own(santral: Santral) -> None:
    santral("dnc", "add", "05321234567", "--profile", "other")
    assert santral("dnc", "list", "--json").document["numbers"] == []
    assert len(santral("dnc", "list", "--json", "--profile", "other").document["numbers"]) == 1


def test_who_pressed_the_key_is_on_it(santral: Santral, home: Path) -> None:
    store = Store.open(home / "data" / "santral" / "santral.db", fold=folded, sort_key=bootstrap.sort_text)
    calling(store, fields={"digit_target_9": "announcement/9", "opt_out_key": "9"})
    ingest(store, told(1, "Cevaplandı", "9"))
    store.close()
    assert "pressed the key in 20212" in santral("dnc", "list").out


def test_the_list_is_read_page_by_page(santral: Santral, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.commands import do_not_call

    monkeypatch.setattr(do_not_call, "_PAGE", 2)
    santral("dnc", "add", *(f"0532123450{number}" for number in range(5)))
    assert len(set(santral("dnc", "list").out.splitlines())) == 5
    assert len(santral("dnc", "list", "--json").document["numbers"]) == 5


@pytest.mark.parametrize("arguments", [("add",), ("remove",), ("add", "532"), ("add", "5,32E+09"), ()])
def test_wrong_usage(santral: Santral, arguments: tuple[str, ...]) -> None:
    ran = santral("dnc", *arguments)
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)
