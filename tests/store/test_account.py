"""What is remembered of an account, and which targets campaigns have used."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sampling import examples
from tests.store.support import Location, traced
from tui.campaign.account import CALLER_ID, Account, Listing
from tui.campaign.target import Target, TargetKind
from tui.store import Store
from tui.store.columns import stamp

PROFILES = itertools.count()
QUEUES = {201: "Destek", 202: "Satış"}


def test_nothing_is_known_at_first(store: Store) -> None:
    assert store.account.known("acme") == Account()


def test_each_list_of_each_profile_is_remembered_by_itself(store: Store, another: Callable[[], Store]) -> None:
    store.account.keep("acme", TargetKind.QUEUE, QUEUES)
    store.account.keep("acme", TargetKind.ANNOUNCEMENT, {201: "Teşekkürler"})
    store.account.keep("acme", TargetKind.USER, {1001: ""})
    store.account.keep("other", TargetKind.QUEUE, {9: "Başka"})
    assert another().account.known("acme") == Account(
        announcements=Listing({201: "Teşekkürler"}), queues=Listing(QUEUES), users=Listing({1001: ""}))
    assert store.account.known("other") == Account(queues=Listing({9: "Başka"}))


def test_what_an_answer_lacks_is_gone_and_may_come_back(store: Store) -> None:
    store.account.keep("acme", TargetKind.QUEUE, QUEUES)
    store.account.keep("acme", TargetKind.QUEUE, {201: "Destek hattı"})
    assert store.account.known("acme").queues == Listing({201: "Destek hattı"}, gone={202: "Satış"})
    store.account.keep("acme", TargetKind.QUEUE, {})
    assert store.account.known("acme").queues == Listing({}, gone={201: "Destek hattı", 202: "Satış"})
    store.account.keep("acme", TargetKind.QUEUE, QUEUES)
    assert store.account.known("acme").queues == Listing(QUEUES)


def test_when_something_went_stays_when_it_is_still_gone(store: Store) -> None:
    def gone_at() -> object:
        row = store._context.database.one("SELECT gone_at FROM account_items WHERE number = 202")
        assert row is not None
        return row["gone_at"]

    store.account.keep("acme", TargetKind.QUEUE, QUEUES)
    assert gone_at() is None
    store.account.keep("acme", TargetKind.QUEUE, {201: "Destek"})
    at = gone_at()
    assert at is not None
    store.account.keep("acme", TargetKind.QUEUE, {201: "Başka"})
    assert gone_at() == at


def test_an_answer_that_says_nothing_new_is_not_written(store: Store) -> None:
    store.account.keep("acme", TargetKind.QUEUE, QUEUES)
    version, statements = store.data_version(), traced(store)
    store.account.keep("acme", TargetKind.QUEUE, QUEUES)
    assert store.data_version() == version
    assert not [statement for statement in statements if not statement.startswith(("SELECT", "PRAGMA"))]


def test_when_a_list_was_answered_is_kept_to_within_ten_minutes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)

    def answered_at(minutes: int, queues: dict[int, str]) -> dt.datetime | None:
        at = first + dt.timedelta(minutes=minutes)
        monkeypatch.setattr(store.account, "_now", lambda: stamp(at))
        store.account.keep("acme", TargetKind.QUEUE, queues)
        return store.account.known("acme").queues.answered_at

    assert store.account.known("acme").queues.answered_at is None
    assert answered_at(0, {}) == first
    assert store.account.known("acme").queues == Listing({})  # there are none, which is more than not to know
    assert answered_at(9, {}) == first
    assert answered_at(10, {}) == first + dt.timedelta(minutes=10)
    assert answered_at(11, QUEUES) == first + dt.timedelta(minutes=11)
    assert answered_at(-60, QUEUES) == first - dt.timedelta(minutes=60)  # a clock that was put right
    assert store.account.known("acme").announcements.answered_at is None


def test_caller_ids_are_longer_than_other_numbers(store: Store) -> None:
    store.account.keep("acme", CALLER_ID, {908501234567: "0850 123 45 67", 10**18: "x"})
    assert store.account.known("acme") == Account(caller_ids=Listing({908501234567: "0850 123 45 67"}))


def test_what_no_database_could_hold_does_not_come_in_the_way(store: Store, place: Location) -> None:
    store.account.keep("acme", TargetKind.QUEUE, {10**30: "x", 10**10: "x", 9_999_999_999: "half \ud800 a letter",
                                                  0: "\0"})
    nothing = "\0" if isinstance(place, Path) else "\N{REPLACEMENT CHARACTER}"
    assert store.account.known("acme").queues.items == {0: nothing, 9_999_999_999: "half ? a letter"}


@settings(deadline=None, max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.lists(st.dictionaries(st.integers(0, 5), st.sampled_from("abc")), min_size=1, max_size=4))
def test_the_memory_agrees_with_who_saw_every_answer(store: Store, answers: list[dict[int, str]]) -> None:
    profile, seen = f"acme {next(PROFILES)}", Listing[str]()
    for answer in answers:
        seen = seen.answered(answer)
        store.account.keep(profile, TargetKind.QUEUE, answer)
    known = store.account.known(profile).queues
    assert (known.items or {}, known.gone) == (seen.items, seen.gone)


# What was used

def test_targets_of_every_campaign_stand_once_the_newest_first(store: Store) -> None:
    store.drafts.create("acme", {"digit_target_1": "group/700", "digit_target_2": "external/05321234567"})
    store.drafts.create("acme", {"digit_target_1": " group/700 ", "timeout_target": "group/700",
                                 "digit_target_3": "queue:201", "welcome_announcement_id": "128"})
    store.drafts.create("other", {"digit_target_1": "ivr/10"})
    store.drafts.remove(store.drafts.create("acme", {"digit_target_1": "voicemail/1003"}))
    assert store.account.used_targets("acme") == [
        Target(TargetKind.VOICEMAIL, "1003"), Target(TargetKind.GROUP, "700"),
        Target(TargetKind.EXTERNAL, "05321234567")]
    assert store.account.used_targets("nobody") == []


def test_only_the_newest_campaigns_are_looked_at(store: Store) -> None:
    for number in range(502):
        store.drafts.create("acme", {"digit_target_1": f"group/{number}"})
    used = [str(target) for target in store.account.used_targets("acme")]
    assert used == [f"group/{number}" for number in range(501, 1, -1)]
