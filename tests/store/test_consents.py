"""Consents as they are kept: one file at a time, whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from tests.store.results import phone
from tests.store.support import good
from tui.campaign.consent import ConsentNeeded, ConsentStatus, RecipientType, weight_of
from tui.campaign.reach import Cause, cause_of
from tui.store import Store, lists
from tui.store.consents import Consent, ConsentImport, ImportNotes

GIVEN, REFUSED = ConsentStatus.GIVEN, ConsentStatus.REFUSED
CONSUMER, TRADER = RecipientType.CONSUMER, RecipientType.TRADER
NOON = dt.datetime(2026, 9, 12, 9, tzinfo=dt.UTC)
NEEDED = ConsentNeeded(CONSUMER, "600123")


def keep(store: Store, said: Mapping[tuple[RecipientType, str], Mapping[int, ConsentStatus]], *,
         profile: str = "acme", stamp: str = "1") -> ConsentImport:
    statements = {kind: {phone(number): weight_of(status, NOON) for number, status in of.items()}
                  for kind, of in said.items()}
    made = store.consents.keep(profile, statements, path="/x/iys.csv", stamp_=stamp, named={"status": "Onay"},
                               file_at=NOON, notes=ImportNotes(rows=9, others={"MESAJ": 2}, skipped=("a",)))
    store.consents.clear_away(profile)
    return made


def test_what_a_file_says_is_kept_and_looked_up(store: Store) -> None:
    assert store.consents.current("acme") is None
    assert store.consents.standings("acme", NEEDED, [phone(1)]) == {}
    made = keep(store, {(CONSUMER, ""): {1: GIVEN, 2: REFUSED}, (TRADER, ""): {1: REFUSED}})
    assert store.consents.current("acme") == made
    assert (made.path, made.stamp, made.named, made.file_at) == ("/x/iys.csv", "1", {"status": "Onay"}, NOON)
    assert made.notes == ImportNotes(rows=9, others={"MESAJ": 2}, skipped=("a",))
    assert store.consents.counts(made) == {(CONSUMER, GIVEN): 1, (CONSUMER, REFUSED): 1, (TRADER, REFUSED): 1}
    assert store.consents.standings("acme", NEEDED, [phone(1), phone(2), phone(3)]) == {
        phone(1): GIVEN, phone(2): REFUSED}
    assert store.consents.standings("acme", ConsentNeeded(TRADER, ""), [phone(1)]) == {phone(1): REFUSED}
    assert store.consents.standings("other", NEEDED, [phone(1)]) == {}
    assert sorted(store.consents.said_of("acme", [phone(1)]), key=lambda each: each.recipient_type) == [
        Consent(phone(1), CONSUMER, "", GIVEN, NOON), Consent(phone(1), TRADER, "", REFUSED, NOON)]


def test_consents_of_another_brand_say_nothing(store: Store) -> None:
    keep(store, {(CONSUMER, "600123"): {1: GIVEN}, (CONSUMER, "600999"): {1: REFUSED, 2: GIVEN},
                 (CONSUMER, ""): {3: GIVEN}})
    assert store.consents.standings("acme", NEEDED, [phone(1), phone(2), phone(3)]) == {
        phone(1): GIVEN, phone(3): GIVEN}


def test_a_refusal_without_a_brand_holds_for_each(store: Store) -> None:
    keep(store, {(CONSUMER, "600123"): {1: GIVEN}, (CONSUMER, ""): {1: REFUSED}})
    assert store.consents.standings("acme", NEEDED, [phone(1)]) == {phone(1): REFUSED}


def test_a_new_file_takes_the_place_of_the_one_before(store: Store) -> None:
    keep(store, {(CONSUMER, ""): {1: GIVEN, 2: GIVEN}})
    keep(store, {(CONSUMER, ""): {1: GIVEN}}, profile="other")
    made = keep(store, {(CONSUMER, ""): {2: REFUSED}}, stamp="2")
    assert store.consents.current("acme") == made
    assert store.consents.standings("acme", NEEDED, [phone(1), phone(2)]) == {phone(2): REFUSED}
    assert store.consents.standings("other", NEEDED, [phone(1)]) == {phone(1): GIVEN}
    database = store._context.database
    assert database.number("SELECT count(*) FROM consents") == 2
    assert database.number("SELECT count(*) FROM consent_imports") == 2


def test_until_all_is_there_what_was_before_holds(store: Store) -> None:
    made = keep(store, {(CONSUMER, ""): {1: GIVEN}})
    database = store._context.database
    with database.write():  # as whoever was killed in the middle has left it
        half = database.number(
            "INSERT INTO consent_imports (profile, path, stamp, named, file_at, imported_at, about, complete) "
            "SELECT profile, path, stamp, named, file_at, '2026-01-01T00:00:00.000000Z', about, 0 "
            "FROM consent_imports RETURNING id")
        database.run("INSERT INTO consents (import_id, recipient_type, phone, brand, status) "
                     "VALUES (?, 'BIREYSEL', '905320000002', '', 'ONAY')", (half,))
    assert store.consents.current("acme") == made
    assert store.consents.standings("acme", NEEDED, [phone(1), phone(2)]) == {phone(1): GIVEN}
    keep(store, {(CONSUMER, ""): {3: GIVEN}})
    assert database.number("SELECT count(*) FROM consents") == 1  # and what it has left is cleared away


def test_an_import_that_is_given_up_leaves_nothing_and_what_was_before_holds(store: Store) -> None:
    made = keep(store, {(CONSUMER, ""): {1: GIVEN}})

    class GivenUp(Exception):
        pass

    def give_up(kept: int) -> None:
        assert kept == lists.AT_ONCE
        raise GivenUp

    many = {phone(number): weight_of(GIVEN, None) for number in range(lists.AT_ONCE + 1)}
    with pytest.raises(GivenUp):
        store.consents.keep("acme", {(CONSUMER, ""): many}, path="/x/iys.csv", stamp_="2", named={}, file_at=NOON,
                            notes=ImportNotes(), at_row=give_up)
    assert store.consents.current("acme") == made
    database = store._context.database
    assert database.number("SELECT count(*) FROM consents") == 1
    assert database.number("SELECT count(*) FROM consent_imports") == 1


def test_a_file_may_be_long(store: Store) -> None:
    many = lists.AT_ONCE * 2 + 1
    made = keep(store, {(CONSUMER, ""): dict.fromkeys(range(many), GIVEN)})
    assert store.consents.counts(made) == {(CONSUMER, GIVEN): many}
    keep(store, {(CONSUMER, ""): {1: GIVEN}})
    assert store._context.database.number("SELECT count(*) FROM consents") == 1


def test_whoever_has_not_agreed_is_found_in_a_list_behind_what_do_not_call_lists_say(store: Store) -> None:
    campaign = store.drafts.create("acme", {"name": "Kampanya"})
    store.numbers.add(campaign, [good(phone(number)) for number in (1, 2, 3, 4, 1, 3)])
    keep(store, {(CONSUMER, "600123"): {1: GIVEN, 2: REFUSED, 4: GIVEN}, (TRADER, "600123"): {3: GIVEN}})
    store.do_not_call.add("acme", [phone(2), phone(4)])

    def found(*, listed: bool = True) -> list[tuple[int, Cause]]:
        marks = store.suppression.find(campaign, consent=NEEDED, listed=listed).marks
        return [(position, cause_of(rank)) for position, rank in zip(marks.positions, marks.causes, strict=True)]

    assert found() == [(2, Cause.BY_HAND), (3, Cause.NO_CONSENT), (4, Cause.BY_HAND), (6, Cause.NO_CONSENT)]
    assert found(listed=False) == [(2, Cause.CONSENT_REFUSED), (3, Cause.NO_CONSENT), (6, Cause.NO_CONSENT)]
    everybody, agreed = store.suppression.find(campaign, consent=NEEDED), store.suppression.find(
        campaign, consent=NEEDED, listed=False)
    assert (everybody.refusals.recipients, everybody.without(agreed).recipients) == (3, 1)
    assert store.suppression.among("acme", [phone(1), phone(3)], consent=NEEDED) == {phone(3): Cause.NO_CONSENT}


def test_before_anything_was_imported_nobody_has_agreed(store: Store) -> None:
    campaign = store.drafts.create("acme", {"name": "Kampanya"})
    store.numbers.add(campaign, [good(phone(1))])
    assert store.suppression.find(campaign, consent=NEEDED).refusals.recipients == 1
