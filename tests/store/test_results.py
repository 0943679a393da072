"""What is known of a campaign's numbers: its figures, its pages, and the filters that choose among them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from tests.store.results import (
    NOON,
    PROVIDER_ID,
    assert_as_recounted,
    begun,
    calling,
    delivered,
    filled,
    ingest,
    phone,
    told,
)
from tests.store.support import bad, good
from tui.campaign.lifecycle import Created
from tui.campaign.results import ResultSource
from tui.store import Bucket, Counts, NoSuchCampaign, NoSuchNumber, ResultFilter, ResultRow, Store, Totals

NOBODY = 404


def of(rows: Sequence[ResultRow]) -> list[int]:
    return [row.position for row in rows]


def test_a_campaign_of_which_nothing_is_known(store: Store) -> None:
    campaign = calling(store, 3)
    assert store.results.totals(campaign) == Totals(numbers=3)
    assert store.results.totals(campaign).to_call == 3
    assert not store.results.totals(campaign).complete
    assert store.results.counts(campaign) == Counts({}, {}, {})
    assert store.results.timeline(campaign, 60) == []
    first, *_ = rows = store.results.page(campaign, 0, 10)
    assert of(rows) == [1, 2, 3]
    assert first == ResultRow(position=1, unlisted=False, phone=phone(1), typed=phone(1), phrase="#456 kişi1", lang="",
                              attempts=0, status="", digit="", answered=False, final=False, last_at=None,
                              talk_seconds=None, source=None)


def test_the_figures(store: Store) -> None:
    campaign = filled(store)
    assert store.results.totals(campaign) == Totals(
        numbers=5, called=4, answered=2, final=3, notifications=5, calls=5, digits={"": 2, "-": 1, "2": 1},
        first_received_at=NOON + dt.timedelta(hours=1), last_received_at=NOON + dt.timedelta(hours=1),
        last_happened_at=NOON + dt.timedelta(minutes=10))
    assert store.results.totals(campaign).keys == {"2": 1}
    assert store.results.totals(campaign).to_call == 1
    assert store.results.counts(campaign) == Counts(
        {"Cevaplandı": 2, "Hatalı Numara": 1, "Meşgul": 1}, {"": 2, "-": 1, "2": 1}, {1: 3, 2: 1})
    assert_as_recounted(store, campaign)


def test_a_number_of_the_list(store: Store) -> None:
    campaign = filled(store)
    assert store.results.row(campaign, 2) == ResultRow(
        position=2, unlisted=False, phone=phone(2), typed=phone(2), phrase="#456 kişi2", lang="", attempts=2,
        status="Cevaplandı", digit="-", answered=True, final=True, last_at=NOON + dt.timedelta(minutes=10),
        talk_seconds=None, source=ResultSource.WEBHOOK)
    assert [(call.status, call.digit) for call in store.results.attempts(campaign, 2)] == [
        ("Cevaplandı", "-"), ("Meşgul", "")]
    assert store.results.attempts(campaign, 5) == []
    with pytest.raises(NoSuchNumber):
        store.results.row(campaign, 6)


def test_figures_of_several_campaigns_at_once(store: Store) -> None:
    one = filled(store)
    two = calling(store, 7, token="other", provider_id=7)
    found = store.results.totals_of([two, NOBODY, one])
    assert found == {one: store.results.totals(one), two: Totals(numbers=7)}
    assert store.results.totals_of([]) == {}


def test_a_campaign_that_does_not_exist(store: Store) -> None:
    with pytest.raises(NoSuchCampaign):
        store.results.totals(NOBODY)
    assert store.results.page(NOBODY, 0, 10) == []
    assert store.results.count(NOBODY) == 0


def test_rows_that_are_not_called_are_nobodys(store: Store) -> None:
    """Neither bad rows nor duplicates; a result is the first row's."""
    campaign = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(campaign, [bad(), good(phone(1)), good(phone(1)), good(phone(2))])
    store.ledger.resolve(begun(store, campaign), Created(PROVIDER_ID))
    ingest(store, told(1), told(1, "Meşgul"))
    assert store.results.totals(campaign).numbers == 2
    assert [(row.position, row.attempts) for row in store.results.page(campaign, 0, 10)] == [(2, 2), (4, 0)]


@pytest.mark.parametrize(("chosen", "positions"), [
    (ResultFilter(), [1, 2, 3, 4, 5]),
    (ResultFilter(called=True), [1, 2, 3, 4]),
    (ResultFilter(called=False), [5]),
    (ResultFilter(answered=True), [1, 2]),
    (ResultFilter(answered=False), [3, 4, 5]),
    (ResultFilter(called=True, answered=False), [3, 4]),
    (ResultFilter(final=True), [1, 2, 4]),
    (ResultFilter(final=False), [3, 5]),
    (ResultFilter(called=True, final=False), [3]),
    (ResultFilter(answered=True, final=False), []),
    (ResultFilter(called=False, answered=True), []),
    (ResultFilter(status="Meşgul"), [3]),
    (ResultFilter(status=""), [5]),
    (ResultFilter(status="Hata"), []),
    (ResultFilter(digit="2"), [1]),
    (ResultFilter(digit=""), [3, 4]),
    (ResultFilter(attempts=2), [2]),
    (ResultFilter(attempts=0), [5]),
    (ResultFilter(words="KIŞI3"), []),
    (ResultFilter(words="KIşI3"), [3]),
    (ResultFilter(words="kişi 00004"), [4]),
    (ResultFilter(words="0532"), [1, 2, 3, 4, 5]),
    (ResultFilter(words="%"), []),
    (ResultFilter(words="kişi1", answered=True), [1]),
    (ResultFilter(words="kişi3", answered=False), [3]),
    (ResultFilter(words="kişi4", called=False), []),
])
def test_a_filter_names_numbers(store: Store, chosen: ResultFilter, positions: list[int]) -> None:
    campaign = filled(store)
    assert of(store.results.page(campaign, 0, 10, chosen)) == positions
    assert of(list(store.results.each(campaign, chosen))) == positions
    assert store.results.count(campaign, chosen) == len(positions)
    for offset in range(len(positions) + 1):
        assert of(store.results.page(campaign, offset, 2, chosen)) == positions[offset:offset + 2]
    for position in range(7):
        assert of(store.results.after(campaign, position, 2, chosen)) == [
            other for other in positions if other > position][:2]


def test_numbers_that_are_not_in_the_list_are_kept_and_shown(store: Store) -> None:
    campaign = calling(store, 2)
    ingest(store, told(9, "Cevaplandı", "1"), told("gizli numara", "Meşgul"), told(1), told(9, "Meşgul", minute=5))
    totals = store.results.totals(campaign)
    assert (totals.numbers, totals.called, totals.unlisted, totals.final_unlisted, totals.to_call) == (2, 3, 2, 1, 1)
    listed_, other, nine, hidden = store.results.page(campaign, 0, 10)
    assert (listed_.position, other.position) == (1, 2)
    assert (nine.unlisted, nine.phone, nine.typed, nine.phrase, nine.attempts) == (True, phone(9), phone(9), "", 2)
    assert (hidden.phone, hidden.status) == ("gizli numara", "Meşgul")
    assert store.results.row(campaign, nine.position) == nine
    assert len(store.results.attempts(campaign, nine.position)) == 2
    assert store.results.page(campaign, 3, 5) == [hidden]
    assert store.results.count(campaign) == 4
    assert store.results.page(campaign, 0, 9, ResultFilter(answered=False)) == [other, hidden]
    assert store.results.page(campaign, 0, 9, ResultFilter(words="gizli")) == [hidden]
    assert store.results.page(campaign, 0, 9, ResultFilter(called=False)) == [other]
    assert_as_recounted(store, campaign)


def test_complete_is_a_list_whose_numbers_are_all_final(store: Store) -> None:
    campaign = calling(store, 2)
    ingest(store, told(1), told(8), told(9))
    assert not store.results.totals(campaign).complete
    ingest(store, told(2, "Meşgul"), told(2, "Meşgul"), told(2, "Cevapsız"))
    assert store.results.totals(campaign).complete


@pytest.mark.parametrize(("retries", "final"), [("0", True), ("1", False), (" 0 ", True), ("", False), ("çok", False)])
def test_retries_that_are_not_known_end_nothing(store: Store, retries: str, final: bool) -> None:
    campaign = calling(store, fields={"call_retries": retries})
    ingest(store, told(1, "Meşgul"))
    assert store.results.row(campaign, 1).final is final


def test_the_timeline_is_cut_as_turkeys_day_is(store: Store) -> None:
    campaign = calling(store)
    ingest(store, told(1, minute=0.5), told(2, "Meşgul", minute=1), told(3, minute=59), told(4, minute=60 * 13))
    hour, day = 3600, 24 * 3600
    assert store.results.timeline(campaign, hour) == [
        Bucket(NOON, 3, 2), Bucket(NOON + dt.timedelta(hours=13), 1, 1)]
    assert store.results.timeline(campaign, day) == [  # the last is at one in the morning in Turkey
        Bucket(dt.datetime(2026, 9, 11, 21, tzinfo=dt.UTC), 3, 2),
        Bucket(dt.datetime(2026, 9, 12, 21, tzinfo=dt.UTC), 1, 1)]
    assert [bucket.calls for bucket in store.results.timeline(campaign, 60)] == [1, 1, 1, 1]
    for seconds in (0, -60, 90):
        with pytest.raises(ValueError, match=str(seconds)):
            store.results.timeline(campaign, seconds)


def test_health_is_the_profiles(store: Store) -> None:
    assert store.results.health("acme").last_received_at is None
    calling(store)
    store.deliveries.ingest([delivered(told(1), second=3), delivered(told(2), second=1)])
    assert store.results.health("acme").last_received_at == NOON + dt.timedelta(hours=1, seconds=3)
    assert store.results.health("other").last_received_at is None


def test_whom_a_campaign_calls(store: Store) -> None:
    one, two = calling(store, 3), calling(store, 2, token="other", provider_id=7)
    store.numbers.add(store.drafts.create("acme", {}), [good(phone(1))])
    assert store.results.listed(two, [phone(1), phone(3), "?"]) == {phone(1): phone(1)}
    assert store.results.campaigns_calling("acme", [phone(1), phone(3), phone(9)]) == {
        phone(1): [one, two], phone(3): [one]}
    assert store.results.campaigns_calling("other", [phone(1)]) == {}
