"""Call records in the store: with the notifications of the same calls, fetched again, and how far they were fetched."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.store.results import NOON, PROVIDER_ID, assert_as_recounted, begun, calling, ingest, listed, phone, told
from tests.store.support import WHY
from tui.campaign.lifecycle import Unconfirmed
from tui.campaign.results import CallRecord, ResultSource
from tui.store import MergeResult, NoSuchCampaign, Store, StoreError, WrongState
from tui.store.database import Executed, Values

NOBODY = 404


def test_a_call_that_only_its_record_tells_of(store: Store) -> None:
    campaign = calling(store)
    assert store.records.merge(campaign, [listed(1, talk=35), listed(2, "Meşgul", talk=0)]) == MergeResult(2, 0, 2)
    totals = store.results.totals(campaign)
    assert (totals.called, totals.answered, totals.calls, totals.records, totals.notifications) == (2, 1, 2, 2, 0)
    assert (totals.first_received_at, totals.last_happened_at) == (None, None)  # those are of notifications
    row = store.results.row(campaign, 1)
    assert (row.source, row.talk_seconds, row.digit, row.answered) == (ResultSource.RECORDS, 35, "", True)
    assert_as_recounted(store, campaign)


@pytest.mark.parametrize("notification_first", [True, False])
def test_a_call_that_both_tell_of_is_one(store: Store, notification_first: bool) -> None:
    campaign = calling(store)
    record, notification = listed(1, talk=35), told(1, digit="2", minute=1)
    if notification_first:
        ingest(store, notification)
        assert store.records.merge(campaign, [record]) == MergeResult(new=1, known=1, total=1)
    else:
        store.records.merge(campaign, [record])
        ingest(store, notification)
    totals, row = store.results.totals(campaign), store.results.row(campaign, 1)
    assert (totals.calls, totals.called, totals.records, totals.notifications) == (1, 1, 1, 1)
    assert (row.attempts, row.source, row.talk_seconds, row.digit) == (1, ResultSource.BOTH, 35, "2")
    assert store.results.timeline(campaign, 3600)[0].calls == 1
    assert_as_recounted(store, campaign)


def test_a_record_that_is_fetched_again_is_known_and_brought_up_to_date(store: Store) -> None:
    campaign = calling(store)
    record = listed(1, "Meşgul", talk=0, call_uuid="a")
    store.records.merge(campaign, [record])
    assert store.records.merge(campaign, [record, record]) == MergeResult(new=0, known=0, total=1)
    store.records.merge(campaign, [listed(1, "Cevaplandı", talk=35, call_uuid="a")])
    row = store.results.row(campaign, 1)
    assert (row.attempts, row.status, row.talk_seconds, row.answered) == (1, "Cevaplandı", 35, True)
    assert store.results.counts(campaign).by_status == {"Cevaplandı": 1}
    assert_as_recounted(store, campaign)


def test_a_later_notification_may_be_the_one_that_a_record_belongs_to(store: Store) -> None:
    """The record was thought to be of the call nearby; then the notification with its call_uuid came."""
    campaign = calling(store)
    ingest(store, told(1, "Meşgul", minute=1, call_uuid="b"))
    store.records.merge(campaign, [listed(1, talk=35, call_uuid="a")])
    assert store.results.totals(campaign).calls == 1
    ingest(store, told(1, digit="1", minute=2, call_uuid="a"))
    assert store.results.totals(campaign).calls == 2
    answered, busy = store.results.attempts(campaign, 1)
    assert (answered.source, answered.talk_seconds, busy.source, busy.talk_seconds) == (
        ResultSource.BOTH, 35, ResultSource.WEBHOOK, None)
    assert_as_recounted(store, campaign)


def test_records_of_numbers_that_are_not_in_the_list(store: Store) -> None:
    campaign = calling(store, 1)
    store.records.merge(campaign, [listed(9), listed(9, minute=60), listed(8)])
    assert store.results.totals(campaign).unlisted == 2
    ingest(store, told(9, minute=0.5))
    assert [(row.phone, row.attempts) for row in store.results.page(campaign, 0, 9)] == [
        (phone(1), 0), (phone(9), 2), (phone(8), 1)]
    assert_as_recounted(store, campaign)


def test_a_call_without_an_end(store: Store) -> None:
    campaign = calling(store)
    store.records.merge(campaign, [CallRecord(phone(1), "Meşgul", NOON, None, 0)])
    assert store.results.row(campaign, 1).last_at == NOON


def test_none_at_all(store: Store) -> None:
    campaign = calling(store)
    assert store.records.merge(campaign, []) == MergeResult(0, 0, 0)
    assert store.results.totals(campaign).records == 0


def test_how_far_they_were_fetched_is_remembered_with_them(store: Store, another: Callable[[], Store]) -> None:
    campaign, two = calling(store), calling(store, token="other", provider_id=7)
    assert store.records.cursor(campaign) is None
    store.records.merge(campaign, [], cursor="page 1")
    store.records.merge(campaign, [listed(1)], cursor="page 2")
    store.records.merge(campaign, [listed(2)])
    assert another().records.cursor(campaign) == "page 2"
    assert store.records.cursor(two) is None


def test_where_anything_fails_neither_is_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = calling(store)

    database = store._context.database
    run = database.run

    def broken(statement: str, values: Values = ()) -> Executed:
        if "records_cursor" in statement:
            raise database.damaged()
        return run(statement, values)

    monkeypatch.setattr(database, "run", broken)
    with pytest.raises(StoreError):
        store.records.merge(campaign, [listed(1)], cursor="page 1")
    assert store.results.totals(campaign).records == 0


def test_only_what_the_provider_has_has_records(store: Store) -> None:
    draft = store.drafts.create("acme", {})
    unconfirmed = store.drafts.create("acme", {})
    store.ledger.resolve(begun(store, unconfirmed), Unconfirmed(WHY))
    for campaign in (draft, unconfirmed):
        with pytest.raises(WrongState):
            store.records.merge(campaign, [listed(1)])
        with pytest.raises(WrongState):
            store.records.merge(campaign, [], cursor="page 1")
    with pytest.raises(NoSuchCampaign):
        store.records.merge(NOBODY, [listed(1)])
    with pytest.raises(NoSuchCampaign):
        store.records.merge(NOBODY, [], cursor="page 1")


def test_records_of_a_campaign_that_stood_for_another_go_up_in_it(store: Store) -> None:
    stood = store.campaigns.track_foreign("acme", PROVIDER_ID, "Panelden", store.campaigns.get(calling(
        store, token="other", provider_id=7)).state)
    store.records.merge(stood, [listed(1, call_uuid="a"), listed(9)], cursor="page 1")
    campaign = store.drafts.create("acme", {"name": "Anket"})
    store.ledger.resolve(begun(store, campaign), Unconfirmed(WHY))
    store.ledger.assign_id(campaign, PROVIDER_ID)
    totals = store.results.totals(campaign)
    assert (totals.records, totals.called) == (2, 2)
    assert store.records.cursor(campaign) is None  # what is fetched again is known
    assert_as_recounted(store, campaign)
