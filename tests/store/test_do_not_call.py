"""The list of those who are not to be called."""

from __future__ import annotations

import pytest

from tests.store.results import phone
from tui.store import DoNotCallReason, Store


def on_list(store: Store, words: str = "", offset: int = 0, limit: int | None = None) -> list[str]:
    return [row.phone for row in store.do_not_call.all("acme", words, offset, limit)]


def test_numbers_are_added_once_and_the_newest_comes_first(store: Store) -> None:
    assert store.do_not_call.add("acme", [phone(2), phone(1), phone(2)]) == 2
    assert store.do_not_call.add("acme", iter([phone(1), phone(3)])) == 1
    assert on_list(store) == [phone(3), phone(1), phone(2)]
    assert (on_list(store, offset=1, limit=1), on_list(store, offset=3)) == ([phone(1)], [])
    first, *_ = store.do_not_call.all("acme")
    assert (first.why, first.campaign) == (DoNotCallReason.BY_HAND, None)
    assert store.do_not_call.add("acme", []) == 0


def test_why_stays_what_it_was(store: Store) -> None:
    store.do_not_call.add("acme", [phone(1)], DoNotCallReason.PRESSED)
    store.do_not_call.add("acme", [phone(1)])
    (row,) = store.do_not_call.all("acme")
    assert row.why is DoNotCallReason.PRESSED


def test_each_profile_has_its_own(store: Store) -> None:
    store.do_not_call.add("acme", [phone(1)])
    store.do_not_call.add("other", [phone(1), phone(2)])
    assert (store.do_not_call.count("acme"), store.do_not_call.count("other")) == (1, 2)
    assert store.do_not_call.remove("other", [phone(1)]) == 1
    assert on_list(store) == [phone(1)]


def test_numbers_are_taken_off(store: Store) -> None:
    store.do_not_call.add("acme", [phone(1), phone(2)])
    assert store.do_not_call.remove("acme", [phone(1), phone(1), phone(9)]) == 1
    assert on_list(store) == [phone(2)]


@pytest.mark.parametrize(("words", "found"), [
    ("00001", [1]), ("9053 00002", [2]), ("00001 00002", []), ("%", []), ("_", []), ("!", []), (" ", [1, 2]),
])
def test_words_are_looked_for_in_the_number(store: Store, words: str, found: list[int]) -> None:
    store.do_not_call.add("acme", [phone(1), phone(2)])
    assert on_list(store, words) == [phone(number) for number in found]
    assert store.do_not_call.count("acme", words) == len(found)


def test_among_many_numbers_those_on_the_list_are_found(store: Store) -> None:
    store.do_not_call.add("acme", [phone(number) for number in range(0, 2_000, 2)])
    assert store.do_not_call.among("acme", [phone(number) for number in range(1_500)]) == {
        phone(number) for number in range(0, 1_500, 2)}
    assert store.do_not_call.among("acme", []) == set()
