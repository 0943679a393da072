"""How single calls went, notes on numbers, and a call that is looked for by its UUID."""

from __future__ import annotations

import datetime as dt

from msgspec import structs

from tests.store.results import NOON, calling, ingest, listed, phone, told
from tests.store.support import good
from tests.store.test_persons import of_other_profile
from tui.store import Store
from tui.store.call_details import CallDetail, CallPart

ONE = phone(1)
DETAIL = CallDetail("u1", "1001", "Ayşe", "201", 12, True, "callee", (
    CallPart(ONE, "", NOON, NOON + dt.timedelta(seconds=9), None, "Cevaplandı"),
    CallPart("1001", "Ayşe 'K' \\N", None, None, NOON, "")), NOON)


def test_what_was_asked_of_a_call_is_there_as_it_was(store: Store) -> None:
    store.call_details.keep("acme", DETAIL)
    bare = CallDetail("u2", "", "", "", None, None, "", (), NOON)
    store.call_details.keep("acme", bare)
    assert store.call_details.among("acme", ["u1", "u2", "u3", ""]) == {"u1": DETAIL, "u2": bare}
    assert store.call_details.among("beta", ["u1"]) == {}
    assert store.call_details.among("acme", []) == {}


def test_what_is_asked_again_takes_its_place(store: Store) -> None:
    store.call_details.keep("acme", DETAIL)
    newer = structs.replace(DETAIL, answered_by="1002", recorded=False, parts=())
    store.call_details.keep("acme", newer)
    assert store.call_details.among("acme", ["u1"]) == {"u1": newer}


def test_of_very_many_calls_those_that_were_asked_are_found(store: Store) -> None:
    store.call_details.keep("acme", DETAIL)
    assert set(store.call_details.among("acme", [f"u{number}" for number in range(3_000)])) == {"u1"}


def test_a_note_is_kept_by_profile_with_when_and_by_whom(store: Store) -> None:
    store.person_notes.write("acme", ONE, "Akşam arayın\nkapıcıya sorun", by_user="ayşe")
    store.person_notes.write("beta", ONE, "=dilekçe")
    found = store.person_notes.of("acme", ONE)
    assert found is not None
    assert (found.profile, found.text, found.by_user) == ("acme", "Akşam arayın\nkapıcıya sorun", "ayşe")
    assert NOON < found.at < NOON + dt.timedelta(hours=3)
    store.person_notes.write("acme", ONE, "Vazgeçti", by_user="ali")
    changed = store.person_notes.of("acme", ONE)
    assert changed is not None
    assert (changed.text, changed.by_user) == ("Vazgeçti", "ali")
    assert [(note.profile, note.text) for note in store.persons.of(ONE).notes] == [
        ("acme", "Vazgeçti"), ("beta", "=dilekçe")]
    store.person_notes.write("acme", ONE, "")
    assert store.person_notes.of("acme", ONE) is None
    assert store.person_notes.of("acme", phone(2)) is None


def test_a_number_with_a_note_alone_is_known(store: Store) -> None:
    store.person_notes.write("acme", ONE, "Not")
    assert store.persons.of(ONE).known
    assert not store.persons.of(phone(2)).known


def test_how_its_calls_went_is_known_of_a_person_by_profile(store: Store) -> None:
    calling(store)
    of_other_profile(store, "Başka", [good(ONE)], "other", 33)
    ingest(store, told(1, "Cevaplandı", minute=1, call_uuid="u1"), told(1, "Meşgul", minute=2))
    ingest(store, told(1, "Cevaplandı", minute=3, campaign_id=33, call_uuid="u1"), token="other")
    store.call_details.keep("acme", DETAIL)
    person = store.persons.of(ONE)
    found = {(each.campaign.profile, call.call_uuid): person.detail(each, call)
             for each in person.campaigns for call in each.calls}
    assert found == {("acme", "u1"): DETAIL, ("acme", ""): None, ("beta", "u1"): None}


def test_a_call_is_found_by_its_uuid_in_its_own_profile(store: Store) -> None:
    made = calling(store)
    of_other_profile(store, "Başka", [good(ONE)], "other", 33)
    ingest(store, told(1, "Meşgul", minute=1, call_uuid="u1"), told(2, "Cevaplandı", minute=2, call_uuid="u2"))
    ingest(store, told(1, "Cevaplandı", minute=3, campaign_id=33, call_uuid="u3"), token="other")
    store.records.merge(made, [listed(3, minute=9, call_uuid="u4")])
    for uuid, number in (("u1", 1), ("u2", 2), ("u4", 3)):
        found = store.results.call("acme", uuid)
        assert found is not None
        row, campaign, call = found
        assert (row.phone, campaign, call.call_uuid) == (phone(number), made, uuid)
    assert store.results.call("acme", "u3") is None
    assert store.results.call("beta", "u1") is None
    assert store.results.call("acme", "nobody") is None
