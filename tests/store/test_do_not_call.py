"""The list of those who are not to be called."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.store.results import calling, ingest, phone, told
from tests.store.support import good
from tui.store import DoNotCallEvent, DoNotCallReason, Store, lists
from tui.store.do_not_call_pages import STRETCHES, DoNotCallFilter, DoNotCallSource
from tui.store.suppression import SuppressionSource


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
    ("00001", [1]), ("9053 200 00002", [2]), ("00001 00002", []), ("%", []), ("_", []), ("!", []), (" ", [1, 2]),
    ("0532 000 00 02", [2]), ("0532 0 01", []), ("01", [1]), ("9053 00002", []),
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


# What was done with a number

def changes(store: Store, number: int) -> list[tuple[str, str, str]]:
    return [(change.event.value, change.reason, change.by_user)
            for change in store.do_not_call.history("acme", phone(number))]


def test_why_somebody_was_on_it_and_why_not_any_more_stays_known(store: Store) -> None:
    assert changes(store, 1) == []
    store.do_not_call.add("acme", [phone(1)], reason="Asked for it", by_user="ayşe")
    (row,) = store.do_not_call.all("acme")
    assert (row.reason, row.by_user) == ("Asked for it", "ayşe")
    assert store.do_not_call.remove("acme", [phone(1)], reason="Wants to be called", by_user="ali") == 1
    assert store.do_not_call.remove("acme", [phone(1)], reason="Once more", by_user="ali") == 0
    store.do_not_call.add("acme", [phone(1)])
    assert changes(store, 1) == [
        ("added", "", ""), ("removed", "Wants to be called", "ali"), ("added", "Asked for it", "ayşe")]
    _, removed, added = store.do_not_call.history("acme", phone(1))
    assert removed.at > added.at == row.added_at
    assert store.do_not_call.history("other", phone(1)) == []


def test_a_reason_for_who_is_on_it_already_is_in_the_history(store: Store) -> None:
    store.do_not_call.add("acme", [phone(1)], reason="Asked for it", by_user="ayşe")
    store.do_not_call.add("acme", [phone(1), phone(2)], reason="Complained", by_user="ali")
    store.do_not_call.add("acme", [phone(1)], by_user="ali")
    assert changes(store, 1) == [("asked_again", "Complained", "ali"), ("added", "Asked for it", "ayşe")]
    assert {row.phone: row.reason for row in store.do_not_call.all("acme")} == {
        phone(1): "Asked for it", phone(2): "Complained"}


def test_a_list_that_is_imported_again_and_again_adds_nothing_to_the_history(store: Store) -> None:
    for reason in ("a.csv", "b.csv", "a.csv", "b.csv"):
        store.do_not_call.add("acme", [phone(1), phone(2)], reason=reason)
    assert changes(store, 1) == [("asked_again", "b.csv", ""), ("added", "a.csv", "")]
    store.do_not_call.remove("acme", [phone(1)], reason="By mistake")
    store.do_not_call.add("acme", [phone(1)])
    store.do_not_call.add("acme", [phone(1)], reason="a.csv")
    assert [event for event, _, _ in changes(store, 1)] == ["asked_again", "added", "removed", "asked_again", "added"]


def test_a_key_that_is_pressed_is_in_the_history_once(store: Store) -> None:
    campaign = calling(store, fields={"opt_out_key": "9"})
    ingest(store, told(1, "Cevaplandı", "9"), told(2, "Cevaplandı", "1"))
    ingest(store, told(1, "Cevaplandı", "9", name="again"))
    (change,) = store.do_not_call.history("acme", phone(1))
    assert (change.event, change.why, change.campaign) == (
        DoNotCallEvent.ADDED, DoNotCallReason.PRESSED, campaign)
    assert store.do_not_call.history("acme", phone(2)) == []
    store.do_not_call.remove("acme", [phone(1)], reason="By mistake")
    ingest(store, told(1, "Cevaplandı", "9", name="once more"))
    assert [event for event, _, _ in changes(store, 1)] == ["added", "removed", "added"]


# Everybody who is not called, as pages

def pages(store: Store, chosen: DoNotCallFilter = DoNotCallFilter.ALL, words: str = "", size: int = 2,
          ) -> list[tuple[str, str]]:
    """All rows, read a page at a time."""
    found: list[tuple[str, str]] = []
    while True:
        page = store.do_not_call_pages.read("acme", chosen, words, len(found), size)
        assert page.start == len(found)
        if not page.rows:
            assert page.count == len(found)
            return found
        found += [(row.source.value, row.phone) for row in page.rows]


def of_every_source(store: Store) -> None:
    calling(store, fields={"name": "Anket", "opt_out_key": "9"})
    ingest(store, told(1, "Cevaplandı", "9"))
    store.do_not_call.add("acme", [phone(3), phone(2), phone(9)], reason="Complained about 100 % of it", by_user="ayşe")
    store.do_not_call.add("other", [phone(8)])
    store.do_not_call.remove("acme", [phone(9)], reason="A mistake", by_user="ali")
    store.suppression.keep("acme", SuppressionSource.FILE, [phone(4), phone(3)])
    store.suppression.keep("acme", SuppressionSource.BLOCKED, [phone(5)])
    store.suppression.keep("acme", SuppressionSource.UNTOLD, [phone(6)])
    store.suppression.keep("other", SuppressionSource.BLOCKED, [phone(7)])


@pytest.mark.parametrize("size", [1, 2, 3, 100])
@pytest.mark.parametrize(("chosen", "expected"), [
    (DoNotCallFilter.ALL, [("own", 2), ("own", 3), ("own", 1), ("file", 3), ("file", 4), ("blocked", 5),
                           ("untold", 6)]),
    (DoNotCallFilter.OWN, [("own", 2), ("own", 3), ("own", 1)]),
    (DoNotCallFilter.PRESSED, [("own", 1)]), (DoNotCallFilter.BY_HAND, [("own", 2), ("own", 3)]),
    (DoNotCallFilter.FILE, [("file", 3), ("file", 4)]),
    (DoNotCallFilter.BLOCKED, [("blocked", 5), ("untold", 6)]), (DoNotCallFilter.REMOVED, [("removed", 9)]),
])
def test_every_list_is_in_the_pages(store: Store, chosen: DoNotCallFilter, expected: list[tuple[str, int]],
                                    size: int) -> None:
    of_every_source(store)
    assert pages(store, chosen, size=size) == [(source, phone(number)) for source, number in expected]


@pytest.mark.parametrize(("words", "expected"), [
    ("0532 000 0003", [("own", 3), ("file", 3)]), ("+90 532 000 00 06", [("untold", 6)]), ("00005", [("blocked", 5)]),
    ("complained", [("own", 2), ("own", 3)]), ("%", [("own", 2), ("own", 3)]), ("mistake", []),
    ("complained 00002", [("own", 2)]), ("!", []), ("00002 complained", [("own", 2)]), ("0532 00002", []),
    ("0532 0 00002 complained", []), ("100 00003", [("own", 3)]), ("00003 100", [("own", 3)]), ("100 %", [
        ("own", 2), ("own", 3)]),
])
def test_words_are_found_in_number_and_reason(store: Store, words: str, expected: list[tuple[str, int]]) -> None:
    of_every_source(store)
    assert pages(store, words=words) == [(source, phone(number)) for source, number in expected]


@pytest.mark.parametrize("words", ["ŞIKÂYET", "şikayet", "SIKAYET", "sikâyet", "İstanbul", "ISTANBUL", "ıstanbul",
                                   "şikâyet istanbul", "00001 sikayet"])
def test_a_reason_is_found_whatever_its_case_and_marks(store: Store, words: str) -> None:
    store.do_not_call.add("acme", [phone(1)], reason="Şikâyet etti, İSTANBUL")
    store.do_not_call.add("acme", [phone(2)], reason="Sikke, Istanbullu değil")
    found = {number for _, number in pages(store, words=words)}
    assert phone(1) in found
    assert (phone(2) in found) == (words.casefold().replace("i̇", "i").replace("ı", "i") == "istanbul")


def test_a_page_says_why_since_when_and_by_whom(store: Store) -> None:
    of_every_source(store)
    rows = {(row.source, row.phone): row
            for row in store.do_not_call_pages.read("acme", DoNotCallFilter.ALL, "", 0, 9).rows}
    pressed, by_hand = rows[DoNotCallSource.OWN, phone(1)], rows[DoNotCallSource.OWN, phone(2)]
    assert (pressed.why, pressed.campaign_name, pressed.reason) == (DoNotCallReason.PRESSED, "Anket", "")
    assert (by_hand.why, by_hand.campaign, by_hand.reason, by_hand.by_user) == (
        DoNotCallReason.BY_HAND, None, "Complained about 100 % of it", "ayşe")
    assert by_hand.at == store.do_not_call.all("acme")[0].added_at
    assert rows[DoNotCallSource.FILE, phone(4)].at is None
    (removed,) = store.do_not_call_pages.read("acme", DoNotCallFilter.REMOVED, "mistake", 0, 9).rows
    assert (removed.reason, removed.by_user) == ("A mistake", "ali")


def test_who_is_put_on_it_again_is_not_among_those_taken_off(store: Store) -> None:
    of_every_source(store)
    store.do_not_call.add("acme", [phone(9)])
    assert pages(store, DoNotCallFilter.REMOVED) == []


def test_many_are_added_and_taken_off_bit_by_bit(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "AT_ONCE", 3)
    everybody = [phone(number) for number in range(10)]
    assert store.do_not_call.add("acme", everybody, reason="A list") == 10
    assert store.do_not_call.remove("acme", everybody[:7], reason="A mistake") == 7
    assert [len(store.do_not_call.history("acme", each)) for each in everybody] == [2] * 7 + [1] * 3
    assert len(pages(store, DoNotCallFilter.REMOVED, size=3)) == 7


# By which references lists know them

ABROAD = ("0049301234567890", "004930123456", "112")


def referred(store: Store, profile: str, *rows: tuple[str, str]) -> None:
    made = store.drafts.create(profile, {"name": "Anket"})
    store.numbers.add(made, [replace(good(number), reference=name) for number, name in rows])


def test_each_number_has_the_reference_of_the_latest_list(store: Store) -> None:
    """However they are looked up: one after another, or all that lists have, stretch by stretch."""
    of_every_source(store)
    store.do_not_call.add("acme", ABROAD)
    referred(store, "acme", (phone(1), "Eski"), (phone(3), "Can"), (phone(9), "Ece"), *zip(ABROAD, "xyz", strict=True))
    referred(store, "acme", (phone(1), "Ayşe"), (phone(1), "Ali"), (phone(3), ""), (phone(5), "[/x]"),
             (phone(99), "Nur"))
    referred(store, "other", (phone(2), "Başka"))
    expected = {phone(1): "Ayşe", phone(3): "Can", phone(5): "[/x]", phone(9): "Ece",
                **dict(zip(ABROAD, "xyz", strict=True))}
    pages = store.do_not_call_pages
    assert pages.references("acme", [*map(phone, range(1, 10)), *ABROAD]) == expected
    found: dict[str, str] = {}
    for stretch in STRETCHES:
        some = pages.all_references("acme", stretch)
        assert not some.keys() & found.keys()
        found |= some
    assert found == expected
