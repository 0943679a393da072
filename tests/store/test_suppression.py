"""Who in a list is not to be called, or was called lately."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tests.store.results import phone
from tests.store.support import Clock, Location, bad, good, launched, open_store
from tui.campaign.lifecycle import Created, NotSent, Outcome, Rejected, Unconfirmed
from tui.core.reason import Reason
from tui.store import Changed, DoNotCallReason, MarkedRows, NoSuchCampaign, Store
from tui.store import suppression as rules
from tui.store.do_not_call_pages import DoNotCallFilter
from tui.store.suppression import KeptSource, SuppressionSource

WHY = Reason("provider.some_reason", {"text": "", "status": 400})


@pytest.fixture
def campaign(store: Store) -> int:
    made = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(made, [good(phone(place)) for place in (1, 2, 3, 4, 1)] + [bad()])
    return made


def found(marks: MarkedRows) -> list[tuple[int, str]]:
    return [(position, marks.reason(place).code) for place, position in enumerate(marks.positions)]


def test_each_list_is_told_and_the_operators_own_first(store: Store, campaign: int) -> None:
    store.do_not_call.add("acme", [phone(1)], DoNotCallReason.PRESSED)
    store.do_not_call.add("acme", [phone(2)])
    store.suppression.keep("acme", SuppressionSource.FILE, [phone(2), phone(3), phone(3)])
    store.suppression.keep("acme", SuppressionSource.BLOCKED, [phone(3), phone(4), phone(9)])
    marks = store.suppression.find(campaign).marks
    assert found(marks) == [
        (1, "store.suppressed.pressed"), (2, "store.suppressed.by_hand"), (3, "store.suppressed.file"),
        (4, "store.suppressed.blocked"), (5, "store.suppressed.pressed")]
    assert (len(marks), store.suppression.find(campaign).refusals.recipients) == (5, 4)


def test_another_profiles_lists_are_its_own(store: Store, campaign: int) -> None:
    store.do_not_call.add("other", [phone(1)])
    store.suppression.keep("other", SuppressionSource.BLOCKED, [phone(2)])
    assert found(store.suppression.find(campaign).marks) == []
    assert store.suppression.find(campaign).refusals.recipients == 0


def test_a_list_of_others_is_kept_anew_and_forgotten(store: Store, campaign: int, clock: Clock) -> None:
    assert store.suppression.state("acme", SuppressionSource.FILE) is None
    assert store.suppression.keep("acme", SuppressionSource.FILE, [phone(1), phone(2)], "one") == KeptSource(2)
    assert store.suppression.keep("acme", SuppressionSource.FILE, [phone(3)], "two") == KeptSource(1)
    state = store.suppression.state("acme", SuppressionSource.FILE)
    assert state is not None
    assert (state.count, state.stamp) == (1, "two")
    assert state.fetched_at < clock()
    assert [position for position, _ in found(store.suppression.find(campaign).marks)] == [3]
    store.suppression.forget("acme", SuppressionSource.FILE)
    assert store.suppression.state("acme", SuppressionSource.FILE) is None
    assert found(store.suppression.find(campaign).marks) == []


FILE = SuppressionSource.FILE


def on_file(store: Store) -> set[str]:
    return {row.phone for row in store.do_not_call_pages.read("acme", DoNotCallFilter.FILE, "", 0, 9).rows}


def test_who_began_to_read_earlier_takes_nothing_off_that_a_later_one_put_on(
        store: Store, another: Callable[[], Store]) -> None:
    older, newer = store.suppression.claim("acme", FILE), another().suppression.claim("acme", FILE)
    assert another().suppression.keep("acme", FILE, [phone(1), phone(2)], "new", claim=newer) == KeptSource(2)
    assert store.suppression.keep("acme", FILE, [phone(1), phone(3)], "old", claim=older) == KeptSource(3, True)
    assert on_file(store) == {phone(1), phone(2), phone(3)}
    state = store.suppression.state("acme", FILE)
    assert state is not None
    assert state.stamp == "new"
    assert store.suppression.keep("acme", FILE, [phone(2)]) == KeptSource(1)  # and the next is as good as the first


def test_what_an_earlier_one_has_seen_later_stays(store: Store) -> None:
    """It reads slowly: a number came onto the list, another once more, after the later one had read it."""
    store.suppression.keep("acme", FILE, [phone(1), phone(2)])
    slow, quick = store.suppression.claim("acme", FILE), store.suppression.claim("acme", FILE)
    assert store.suppression.keep("acme", FILE, [phone(1), phone(2), phone(3)], claim=slow).overtaken
    assert store.suppression.keep("acme", FILE, [phone(1)], claim=quick) == KeptSource(3)
    assert on_file(store) == {phone(1), phone(2), phone(3)}


def test_whoever_is_overtaken_while_numbers_are_taken_away_stops(
        store: Store, another: Callable[[], Store], monkeypatch: pytest.MonkeyPatch) -> None:
    other = another()
    store.suppression.keep("acme", FILE, [phone(place) for place in range(1, 6)])
    monkeypatch.setattr("tui.store.lists.AT_ONCE", 1)
    monkeypatch.setattr(store._context.database, "give_way", lambda: other.suppression.keep(
        "acme", FILE, [phone(place) for place in range(1, 6)]))
    assert store.suppression.keep("acme", FILE, [phone(5)]).overtaken
    assert on_file(store) == {phone(place) for place in range(1, 6)}


def test_nobody_forgets_what_another_has_begun_to_read(
        store: Store, another: Callable[[], Store], monkeypatch: pytest.MonkeyPatch) -> None:
    other = another()
    store.suppression.keep("acme", FILE, [phone(1), phone(2)])
    monkeypatch.setattr("tui.store.lists.AT_ONCE", 1)
    monkeypatch.setattr(store._context.database, "give_way", lambda: other.suppression.keep(
        "acme", FILE, [phone(1), phone(2)], "read"))
    store.suppression.forget("acme", FILE)
    state = store.suppression.state("acme", FILE)
    assert state is not None
    assert (state.stamp, on_file(store)) == ("read", {phone(1), phone(2)})


def test_whoever_was_killed_after_it_began_to_read_stops_nobody(store: Store) -> None:
    store.suppression.keep("acme", FILE, [phone(1), phone(2)])
    store.suppression.claim("acme", FILE)
    assert store.suppression.keep("acme", FILE, [phone(2)]) == KeptSource(1)
    assert on_file(store) == {phone(2)}


def test_what_is_found_can_be_dropped_with_its_reason_and_comes_back(store: Store, campaign: int) -> None:
    store.suppression.keep("acme", SuppressionSource.BLOCKED, [phone(1), phone(4)])
    before = store.numbers.page(campaign, 0, 10), store.numbers.summary(campaign)
    assert store.numbers.drop_marked(campaign, store.suppression.find(campaign).marks) == 3
    assert [row.position for row in store.numbers.page(campaign, 0, 10)] == [2, 3, 6]
    assert store.numbers.summary(campaign).duplicates == 0
    assert [(row.typed, row.why.code) for row in store.numbers.each_dropped(campaign)] == [
        (phone(place), "store.suppressed.blocked") for place in (1, 4, 1)]
    assert found(store.suppression.find(campaign).marks) == []
    assert store.numbers.drop_marked(campaign, store.suppression.find(campaign).marks) == 0
    store.numbers.undo(campaign)
    assert (store.numbers.page(campaign, 0, 10), store.numbers.summary(campaign)) == before


def test_what_was_found_in_another_list_drops_nothing(store: Store, campaign: int) -> None:
    store.suppression.keep("acme", SuppressionSource.BLOCKED, [phone(1)])
    marks = store.suppression.find(campaign).marks
    store.numbers.replace(campaign, 1, good(phone(7)))
    with pytest.raises(Changed):
        store.numbers.drop_marked(campaign, marks)
    assert store.numbers.summary(campaign).total == 6


def earlier(store: Store, outcome: Outcome, *places: int, profile: str = "acme", name: str = "Önceki") -> int:
    made = store.drafts.create(profile, {"name": name})
    store.numbers.add(made, [good(phone(place)) for place in places])
    store.ledger.resolve(launched(store, made), outcome)
    return made


def called(store: Store, campaign: int, since: dt.datetime) -> MarkedRows:
    search = store.suppression.called_since(campaign, since)
    while search.go_on():
        assert 0 < search.share < 1
    assert search.share == 1
    return search.marks()


def test_the_last_campaign_that_calls_a_number_is_told(
        store: Store, campaign: int, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "AT_ONCE", 2)
    start = clock()
    first = earlier(store, Created(1), 1, 2, 9)
    second = earlier(store, Unconfirmed(WHY), 2, 3, name="Sonraki")
    earlier(store, Rejected(WHY), 4)
    earlier(store, NotSent(WHY), 4)
    earlier(store, Created(2), 4, profile="other")
    marks = called(store, campaign, start)
    assert list(marks.positions) == [1, 2, 3, 5]
    assert [marks.reason(place).params["campaign"] for place in range(4)] == [first, second, second, first]
    assert marks.reason(1) == Reason("store.called_before", {
        "name": "Sonraki", "campaign": second, "day": "2026-09-12"})
    assert store.numbers.drop_marked(campaign, marks) == 4
    assert [row.why.code for row in store.numbers.each_dropped(campaign)] == ["store.called_before"] * 4


def test_the_day_of_that_launch_is_the_turkish_one(place: Location) -> None:
    clock = Clock(dt.datetime(2026, 9, 12, 22, 30, tzinfo=dt.UTC))  # half past one on the 13th in Istanbul
    store = open_store(place, clock)
    try:
        start = clock()
        campaign = store.drafts.create("acme", {})
        store.numbers.add(campaign, [good(phone(1))])
        earlier(store, Created(1), 1)
        assert called(store, campaign, start).reason(0).params["day"] == "2026-09-13"
    finally:
        store.close()


def test_what_was_launched_before_is_not_lately(store: Store, campaign: int, clock: Clock) -> None:
    earlier(store, Created(1), 1)
    assert called(store, campaign, clock()).positions.tolist() == []


def test_what_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(NoSuchCampaign):
        store.suppression.find(99)
