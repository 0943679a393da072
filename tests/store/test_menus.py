"""Menus that are kept under a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.support import Clock, written_since
from tui.bootstrap import sort_text
from tui.i18n.words import folded
from tui.store import ChangeRefused, NamedMenu, Store, StoreDamaged

MENU = {"welcome_announcement_id": "128", "digit_target_1": "queue/201", "opt_out_key": "9"}


@pytest.fixture
def turkish(path: Path, clock: Clock) -> Store:
    """A store that folds and sorts as the program does."""
    return Store.open(path, fold=folded, sort_key=sort_text, now=clock)


def names(store: Store, profile: str = "acme") -> list[str]:
    return [menu.name for menu in store.menus.all(profile)]


def test_a_menu_is_kept_as_it_was_typed_but_for_what_is_empty(store: Store) -> None:
    store.menus.save("acme", " Anket ", {**MENU, "digit_target_2": "", "invalid_target": " restart"})
    assert store.menus.all("acme") == [
        NamedMenu("Anket", {**MENU, "invalid_target": " restart"}, dt.datetime(2026, 9, 12, 11, 32, tzinfo=dt.UTC))]


def test_one_of_the_same_name_is_replaced_however_it_is_written(turkish: Store) -> None:
    turkish.menus.save("acme", "ISPARTA Çağrı", MENU)
    turkish.menus.save("acme", "ısparta cagri", {"digit_target_2": "restart"})
    (menu,) = turkish.menus.all("acme")
    assert (menu.name, menu.fields) == ("ısparta cagri", {"digit_target_2": "restart"})
    turkish.close()


def test_menus_stand_in_the_order_of_the_alphabet(turkish: Store) -> None:
    for name in ("Zil", "Çağrı", "İzmir", "Isparta", "cuma", "Dost"):
        turkish.menus.save("acme", name, MENU)
    assert names(turkish) == ["cuma", "Çağrı", "Dost", "Isparta", "İzmir", "Zil"]
    turkish.close()


def test_each_profile_has_its_own(store: Store) -> None:
    store.menus.save("acme", "Anket", MENU)
    store.menus.save("other", "Anket", {})
    store.menus.remove("acme", "Anket")
    assert (names(store), names(store, "other")) == ([], ["Anket"])


def test_a_menu_is_removed_by_its_name_however_it_is_written(store: Store) -> None:
    store.menus.save("acme", "Anket", MENU)
    store.menus.remove("acme", "Başka")
    assert names(store) == ["Anket"]
    store.menus.remove("acme", " ANKET ")
    assert names(store) == []


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_a_menu_without_a_name_is_refused(store: Store, name: str) -> None:
    with pytest.raises(ChangeRefused) as caught:
        store.menus.save("acme", name, MENU)
    assert caught.value.reason.code == "store.menu_without_name"
    assert names(store) == []


def test_what_one_app_keeps_another_sees(store: Store, another: Callable[[], Store]) -> None:
    before = store.data_version()
    another().menus.save("acme", "Anket", MENU)
    assert written_since(store, before)
    assert names(store) == ["Anket"]


@pytest.mark.parametrize(("column", "value"), [("fields", "{"), ("fields", "7"), ("saved_at", "yesterday")])
def test_a_menu_that_was_never_written_so_is_damage(store: Store, column: str, value: str) -> None:
    store.menus.save("acme", "Anket", MENU)
    store._context.database.run(f"UPDATE menus SET {column} = ?", (value,))  # noqa: S608 - names of the table above
    with pytest.raises(StoreDamaged):
        store.menus.all("acme")
