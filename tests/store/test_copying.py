"""A whole store into another database, either way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.store.content import everything, filled
from tests.store.support import Location, campaign_in, launched, open_store
from tui.campaign.account import Account
from tui.campaign.lifecycle import Action, AskedBy, State
from tui.store import NotCopied, Store, StoreFailed


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "copy.db")
    yield opened
    opened.close()


def test_no_table_is_forgotten(store: Store) -> None:
    filled(store)
    assert [table for table, rows in everything(store).items() if not rows] == []


def test_all_that_is_remembered_is_in_the_copy(store: Store, target: Store) -> None:
    filled(store)
    told: list[tuple[str, int]] = []
    copied = store.copy_into(target, lambda table, many: told.append((table, many)))
    assert everything(target) == everything(store)
    assert copied == dict(told) == {table: len(rows) for table, rows in everything(store).items()}
    rows = store.campaigns.page("acme", limit=100)
    assert target.campaigns.page("acme", limit=100) == rows != []
    for campaign in (row.id for row in rows):
        assert target.results.totals(campaign) == store.results.totals(campaign)
        assert target.results.page(campaign, 0, 10) == store.results.page(campaign, 0, 10)
    assert isinstance(target.account.known("acme"), Account)


def test_the_way_back_gives_the_same(target: Store, another: Callable[[], Store], tmp_path: Path) -> None:
    """From a file into either database, and from that into a file."""
    filled(target)
    middle = another()
    target.copy_into(middle, lambda *_: None)
    again = open_store(tmp_path / "again.db")
    middle.copy_into(again, lambda *_: None)
    assert everything(again) == everything(target)
    again.close()


def test_an_id_that_was_given_once_is_not_given_again(store: Store, target: Store) -> None:
    filled(store)
    last = store.drafts.create("acme", {})
    store._context.database.run("DELETE FROM campaigns WHERE id = ?", (last,))
    store.copy_into(target, lambda *_: None)
    assert target.drafts.create("acme", {}) == last + 1 == store.drafts.create("acme", {})
    campaign_in(target, State.OFF)


@pytest.mark.parametrize("fill", [
    lambda store: store.drafts.create("acme", {}),
    lambda store: store.menus.save("acme", "Anket", {"digit_target_1": "restart"}),
])
def test_what_is_not_empty_is_left_as_it_is(store: Store, another: Callable[[], Store], target: Store,
                                            fill: Callable[[Store], object]) -> None:
    fill(store)
    before = everything(store)
    filled(target)
    with pytest.raises(NotCopied) as caught:
        target.copy_into(store, lambda *_: None)
    assert caught.value.reason.code == "store.copy_not_empty"
    assert everything(store) == before


def test_where_there_is_nothing_nothing_is_copied(store: Store, target: Store) -> None:
    with pytest.raises(NotCopied) as caught:
        store.copy_into(target, lambda *_: None)
    assert caught.value.reason.code == "store.copy_nothing"


def test_what_is_on_its_way_to_the_provider_is_not_copied(store: Store, target: Store) -> None:
    launched(store, store.drafts.create("acme", {}))
    with pytest.raises(NotCopied) as caught:
        store.copy_into(target, lambda *_: None)
    assert caught.value.reason.code == "store.copy_in_flight"


def test_nor_is_what_is_being_switched(store: Store, target: Store) -> None:
    store.switches.begin(campaign_in(store, State.ON), Action.OFF, AskedBy.APP)
    with pytest.raises(NotCopied):
        store.copy_into(target, lambda *_: None)
    assert target.campaigns.count("acme") == 0


def test_a_copy_that_breaks_off_leaves_the_target_empty(store: Store, target: Store) -> None:
    filled(target)

    def stop(table: str, _many: int) -> None:
        if table == "numbers":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        target.copy_into(store, stop)
    assert not any(everything(store).values())
    target.copy_into(store, lambda *_: None)
    assert everything(store) == everything(target)


def test_a_copy_that_lacks_rows_is_undone(store: Store, target: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(target)
    monkeypatch.setattr(store._context.database, "load", lambda *_: None)
    with pytest.raises(NotCopied) as caught:
        target.copy_into(store, lambda *_: None)
    assert caught.value.reason.code == "store.copy_differs"
    assert not any(everything(store).values())


def test_rows_that_refer_to_nothing_are_not_taken_over(store: Store, target: Store) -> None:
    filled(target)
    database = target._context.database
    database.run("PRAGMA foreign_keys = OFF")
    database.run("UPDATE campaigns SET copied_from = 404 WHERE id = 1")
    with pytest.raises(StoreFailed):
        target.copy_into(store, lambda *_: None)
    assert not any(everything(store).values())


def test_what_others_write_meanwhile_is_not_in_the_copy(store: Store, another: Callable[[], Store], target: Store,
                                                       place: Location) -> None:
    filled(store)
    before, other = everything(store), another()

    def meanwhile(table: str, _many: int) -> None:
        if table == "campaigns":
            other.drafts.create("acme", {})
            other.menus.save("acme", "Yeni", {"digit_target_1": "restart"})

    store.copy_into(target, meanwhile)
    assert everything(target) == before
