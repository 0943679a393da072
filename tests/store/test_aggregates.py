"""What is kept up with every result: whatever comes, in whatever order, it is what counting it all anew gives."""

from __future__ import annotations

import itertools
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sampling import examples
from tests.store.results import PROVIDER_ID, assert_as_recounted, begun, calling, ingest, listed, phone, tables, told
from tests.store.support import good, open_store
from tui.campaign.lifecycle import Created
from tui.campaign.reach import Cause
from tui.campaign.results import CallRecord, Notification
from tui.store import DoNotCallReason, ResultFilter, ResultRow, Store, Totals

STATUSES = ("Cevaplandı", "Başarılı", "Meşgul", "Ulaşılamıyor", "Cevapsız", "Reddedildi", "Bilinmeyen bir şey")
UUIDS = ("", "a", "b", "c")
notifications = st.builds(
    told, number=st.one_of(st.integers(1, 6), st.just("gizli")), status=st.sampled_from(STATUSES),
    digit=st.sampled_from(["", "1", "2", "-", "!4", "*"]), name=st.integers(1, 30).map(str),
    minute=st.integers(0, 8).map(lambda half: half / 2), call_uuid=st.sampled_from(UUIDS))
records = st.builds(listed, number=st.integers(1, 6), status=st.sampled_from(STATUSES),
                    minute=st.integers(0, 8).map(lambda half: half / 2), talk=st.integers(0, 60),
                    seconds=st.integers(0, 120), call_uuid=st.sampled_from(UUIDS))


def each_id_once(told_: Sequence[Notification]) -> list[Notification]:
    """The same notification says the same thing however often it comes."""
    return list({notification.notification_id: notification for notification in told_}.values())


def each_call_once(rows: Sequence[CallRecord]) -> list[CallRecord]:
    return list({row.id: row for row in rows}.values())


def taken_in(batches: Sequence[Sequence[Notification | CallRecord]]) -> tuple[dict[str, Any], list[ResultRow], Totals]:
    """A new store's tables after so many batches; each of them is as a recount has it."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "santral.db")
        campaign = calling(store, 5, fields={"call_retries": "1"})
        for batch in batches:
            ingest(store, *(item for item in batch if isinstance(item, Notification)))
            store.records.merge(campaign, [item for item in batch if isinstance(item, CallRecord)])
            if batch:
                assert_as_recounted(store, campaign)
        found = tables(store, campaign), store.results.page(campaign, 0, 100), store.results.totals(campaign)
        store.close()
        return found


def meaning(tables_: dict[str, list[tuple[Any, ...]]]) -> object:
    """Without the places that strangers have, which are in the order in which they came."""
    return {name: sorted(((row[0], *row[2:]) if name == "results" else row for row in rows), key=repr)
            for name, rows in tables_.items()}


@pytest.mark.long
@settings(max_examples=examples(60), deadline=None)
@given(st.data())
def test_any_order_any_batches_and_repeats_give_the_same(data: st.DataObject) -> None:
    told_ = each_id_once(data.draw(st.lists(notifications, max_size=12)))
    rows = each_call_once(data.draw(st.lists(records, max_size=5)))
    everything: list[Notification | CallRecord] = [*told_, *rows]
    again = data.draw(st.lists(st.sampled_from(everything), max_size=6)) if everything else []
    shuffled = data.draw(st.permutations(everything + again))
    sizes = data.draw(st.lists(st.integers(1, 7), max_size=30))
    waiting = iter(shuffled)
    batches = [list(itertools.islice(waiting, size)) for size in sizes] + [list(waiting)]
    one, many = taken_in([everything]), taken_in(batches)
    assert meaning(one[0]) == meaning(many[0])
    assert one[2] == many[2]
    totals, found = many[2], many[1]
    called = [row for row in found if row.attempts]
    assert totals.called == len(called)
    assert totals.calls == sum(row.attempts for row in called)
    assert totals.answered == sum(row.answered for row in called)
    assert totals.final == sum(row.final for row in called)
    assert totals.digits == Counter(row.digit for row in called)
    assert totals.notifications == len(told_)
    assert totals.records == len(rows)


def test_what_an_older_rule_has_counted_is_counted_anew_at_the_next_opening(store: Store,
                                                                          another: Callable[[], Store]) -> None:
    """The older one took whatever was neither busy, unreachable nor unanswered for final at once."""
    campaign, unlimited = calling(store), calling(store, fields={"call_retries": ""}, token="other", provider_id=2)
    ingest(store, told(1, "Cevaplandı", "1"), told(2, "Reddedildi"), told(3, "Hatalı Numara"), told("gizli", "Hata"),
           *(told(4, "Genel Hata", minute=minute) for minute in range(3)), told(5, "Meşgul"))
    ingest(store, told(1, "Reddedildi", campaign_id=2), told(2, "İYS izni yok", campaign_id=2), token="other")
    database = store._context.database
    kept = [tables(store, made) for made in (campaign, unlimited)]
    with database.write():
        database.run("UPDATE results SET final = 1 WHERE status <> 'Meşgul'")
        database.run("UPDATE result_totals SET rule = 0, final = called, final_strangers = strangers")
    again = another()
    assert [tables(again, made) for made in (campaign, unlimited)] == kept
    assert_as_recounted(again, campaign)
    final = ResultFilter(final=True)
    assert [row.phone for row in again.results.page(campaign, 0, 9, final)] == [phone(1), phone(3), phone(4)]
    assert [row.phone for row in again.results.page(unlimited, 0, 9, final)] == [phone(2)]
    assert not again.figures.outdated()


def test_who_refused_in_a_way_that_an_older_rule_did_not_know_is_not_called_after_the_next_opening(
    store: Store, another: Callable[[], Store]
) -> None:
    campaign = calling(store, 7, fields={"opt_out_key": "9"})
    calling(store, 1, fields={"opt_out_key": ""}, token="other", provider_id=2)
    ingest(store, told(1, digit="!9"), told(2, "NORMAL_CLEARING", "9"), told(3, digit="9"), told(4, digit="!4"),
           told(5, "Meşgul", "!9"), told(6, digit="1"), told("gizli numara", digit="!9"))
    ingest(store, told(7, digit="!9", campaign_id=2), token="other")
    refused = [phone(1), phone(2), "gizli numara"]
    assert store.do_not_call.among("acme", [phone(number) for number in range(1, 8)]) == {phone(1), phone(2), phone(3)}
    taken_off = [phone(2), phone(3)]  # by hand: the one was known to have refused, the other was not
    store.do_not_call.remove("acme", taken_off)
    as_by_an_older_rule(store, [phone(1), "gizli numara"])
    again = another()
    assert {(row.phone, row.campaign, row.why) for row in again.do_not_call.all("acme")} == {
        (refusing, campaign, DoNotCallReason.PRESSED) for refusing in (phone(1), "gizli numara")}
    again.do_not_call.remove("acme", refused)
    assert another().do_not_call.count("acme") == 0  # once
    with store._context.database.write():
        store._context.database.run("UPDATE result_totals SET rule = 2")
    assert another().do_not_call.count("acme") == 0  # a later rule doesn't put back who was taken off by hand


def test_who_refused_again_after_they_were_taken_off_is_put_back_by_a_later_rule(
    store: Store, another: Callable[[], Store]
) -> None:
    calling(store, 2, fields={"opt_out_key": "9"})
    store.do_not_call.add("acme", [phone(1), phone(2)])
    store.do_not_call.remove("acme", [phone(1), phone(2)])
    with store._context.database.write():
        store._context.database.run("UPDATE do_not_call_history SET at = '2020-01-01T00:00:00.000000Z'")
    ingest(store, told(1, digit="!9"))
    as_by_an_older_rule(store, [phone(1)], history=False)
    assert another().do_not_call.among("acme", [phone(1), phone(2)]) == {phone(1)}


def as_by_an_older_rule(store: Store, unknown: Sequence[str], *, history: bool = True) -> None:
    """As if a rule had counted that did not know those for people who refused."""
    database = store._context.database
    with database.write():
        for number in unknown:
            database.run("DELETE FROM do_not_call WHERE phone = ?", (number,))
            if history:
                database.run("DELETE FROM do_not_call_history WHERE phone = ?", (number,))
        database.run("UPDATE result_totals SET rule = 2")


def test_who_refused_abroad_before_such_numbers_were_known_is_not_called_as_the_list_has_it(
    store: Store, another: Callable[[], Store]
) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket", "opt_out_key": "9"})
    store.numbers.add(campaign, [good("00491512345678")])
    assert store.ledger.resolve(begun(store, campaign), Created(PROVIDER_ID))
    ingest(store, told("905321112233", digit="9"))
    with store._context.database.write():
        store._context.database.run("UPDATE notifications SET phone = '491512345678'")
        store._context.database.run("UPDATE result_totals SET rule = 2")
    assert another().do_not_call.among("acme", ["00491512345678"]) == {"00491512345678"}


def test_who_refused_abroad_and_was_in_no_list_is_not_called_after_the_next_opening(
    store: Store, another: Callable[[], Store]
) -> None:
    calling(store, 1, fields={"opt_out_key": "9"})
    ingest(store, told("491512345678", digit="9"))
    with store._context.database.write():  # as it was before
        store._context.database.run("UPDATE do_not_call SET phone = '491512345678'")
        store._context.database.run("UPDATE result_totals SET rule = 3")
    assert another().suppression.among("acme", ["00491512345678"]) == {"00491512345678": Cause.PRESSED}


def test_codes_that_an_older_rule_took_for_statuses_are_counted_anew(store: Store,
                                                                    another: Callable[[], Store]) -> None:
    campaign = calling(store)
    ingest(store, told(1, "NORMAL_CLEARING", "1"), told(2, "USER_BUSY"), told(3, "Meşgul"), told("gizli", "Hata"))
    store.records.merge(campaign, [listed(1), listed(4, "NO_ANSWER")])
    kept = tables(store, campaign)
    assert store.results.counts(campaign).by_status == {"Meşgul": 2, "Cevaplandı": 1, "Cevapsız": 1, "Hata": 1}
    with store._context.database.write():
        store._context.database.run("UPDATE results SET status = 'USER_BUSY', final = 1 WHERE position = 2")
        store._context.database.run("UPDATE results SET status = 'NORMAL_CLEARING', answered = 0 WHERE position = 1")
        store._context.database.run("UPDATE result_counts SET value = 'USER_BUSY' WHERE value = 'Meşgul'")
        store._context.database.run("UPDATE result_totals SET rule = 1, answered = 0, final = 1")
    again = another()
    assert tables(again, campaign) == kept
    assert_as_recounted(again, campaign)


def test_what_a_code_was_told_as_before_is_told_as_it_is_known_now(store: Store, another: Callable[[], Store]) -> None:
    campaign = calling(store)
    ingest(store, told(1, "DESTINATION_OUT_OF_ORDER"))
    kept = tables(store, campaign)
    with store._context.database.write():
        store._context.database.run("UPDATE results SET status = 'İletişim sorunu'")
        store._context.database.run("UPDATE result_counts SET value = 'İletişim sorunu' WHERE kind = 'status'")
        store._context.database.run("UPDATE result_totals SET rule = 2")
    assert tables(another(), campaign) == kept
