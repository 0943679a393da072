"""One number over all campaigns and profiles of the store."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from tests.store.results import NOON, begun, calling, delivered, ingest, listed, phone, told
from tests.store.support import bad, good
from tests.store.test_consents import CONSUMER, GIVEN, REFUSED, TRADER, keep
from tests.store.test_result_plans import plan, reads_through
from tui.campaign.lifecycle import AskedBy, Created, State
from tui.campaign.reach import Cause
from tui.campaign.results import ResultSource
from tui.core.reason import Reason
from tui.store import NumberRow, ResultFilter, Store
from tui.store.list_values import MarkedRows, RowFilter
from tui.store.person_values import PersonCampaign
from tui.store.result_values import DoNotCallEvent
from tui.store.suppression import SuppressionSource

ONE = phone(1)
ABROAD = "00491511234567"
OPT_OUT = {"digit_target_9": "announcement/9", "opt_out_key": "9"}


def campaigns_of(store: Store, number: str) -> dict[int, PersonCampaign]:
    return {each.campaign.id: each for each in store.persons.of(number).campaigns}


def of_other_profile(store: Store, name: str, numbers: list[NumberRow], token: str, provider_id: int) -> int:
    draft = store.drafts.create("beta", {"name": name})
    store.numbers.add(draft, numbers)
    launch = store.ledger.begin(draft, revision=store.campaigns.get(draft).revision, token=token, body_hash=token,
                                numbers=1, asked_by=AskedBy.APP)
    store.ledger.resolve(launch, Created(provider_id))
    return draft


def test_of_a_number_that_nobody_has_nothing_is_known(store: Store) -> None:
    calling(store)
    person = store.persons.of("905329999999")
    assert (person.known, person.campaigns, person.refusals, person.calls) == (False, (), (), 0)


def test_campaigns_of_all_profiles_with_their_calls_the_newest_first(store: Store) -> None:
    first = calling(store)
    other = of_other_profile(store, "Hatırlatma", [good(phone(2)), good(ONE, "#456")], "other", 33)
    draft = store.drafts.create("beta", {"name": "Taslak"})
    store.numbers.add(draft, [good(ONE)])
    without = calling(store, provider_id=44, numbers=0, token="without")
    ingest(store, told(1, "Meşgul", minute=1), told(1, "Cevaplandı", "2", minute=9, call_uuid="u"), told(2, minute=3))
    ingest(store, told(1, "Cevapsız", minute=30, campaign_id=33), token="other")
    store.records.merge(first, [listed(1, minute=9, call_uuid="u", talk=35)])
    person = store.persons.of(ONE)
    assert without not in [each.campaign.id for each in person.campaigns]
    assert [(each.campaign.id, each.campaign.profile) for each in person.campaigns if each.calls] == [
        (other, "beta"), (first, "acme")]
    assert {each.campaign.id for each in person.campaigns} == {first, other, draft}
    found = campaigns_of(store, ONE)
    assert [(call.at, call.status, call.digit, call.talk_seconds, call.source) for call in found[first].calls] == [
        (NOON + dt.timedelta(minutes=9), "Cevaplandı", "2", 35, ResultSource.BOTH),
        (NOON + dt.timedelta(minutes=1), "Meşgul", "", None, ResultSource.WEBHOOK)]
    assert (found[first].final, found[other].final, found[first].unlisted) == (True, False, False)
    assert [(row.position, row.phrase) for row in found[other].rows] == [(2, "#456")]
    assert found[draft].campaign.state is State.DRAFT
    assert (person.calls, person.answered) == (3, 1)


def test_rows_that_are_not_called_are_there_with_what_is_wrong(store: Store) -> None:
    draft = store.drafts.create("acme", {"name": "Anket"})
    wrong = Reason("campaign.phrase.unknown", {"value": "x"})
    store.numbers.add(draft, [good(ONE), bad(), good(ONE), NumberRow("0532", ONE, problem=wrong)])
    (found,) = store.persons.of(ONE).campaigns
    assert [(row.position, row.duplicate_of, row.problem) for row in found.rows] == [
        (1, None, None), (3, 1, None), (4, None, wrong)]


def test_who_is_in_no_list_of_ours_and_was_called_is_found(store: Store) -> None:
    campaign = calling(store)
    ingest(store, told("905331112233", "Cevaplandı", "1"))
    (found,) = store.persons.of("905331112233").campaigns
    assert (found.campaign.id, found.unlisted, found.rows, len(found.calls)) == (campaign, True, (), 1)


@pytest.mark.parametrize("in_list", [True, False])
def test_a_number_abroad_is_found_as_the_provider_reports_it(store: Store, in_list: bool) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(campaign, [good(ABROAD if in_list else ONE)])
    store.ledger.resolve(begun(store, campaign), Created(20_212))
    ingest(store, told(ABROAD[2:], "Hata"))
    (found,) = store.persons.of(ABROAD).campaigns
    assert ([call.status for call in found.calls], found.unlisted) == (["Hata"], not in_list)


def test_where_numbers_are_called_more_than_once_none_is_final(store: Store) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket", "keep_repeats": "true"})
    store.numbers.add(campaign, [good(ONE, "#1"), good(ONE, "#2")])
    launch = store.ledger.begin(campaign, revision=store.campaigns.get(campaign).revision, token="token",
                                body_hash="b", numbers=1, asked_by=AskedBy.APP, called_again=1)
    store.ledger.resolve(launch, Created(20_212))
    ingest(store, told(1))
    (found,) = store.persons.of(ONE).campaigns
    assert (len(found.rows), len(found.calls), found.final) == (2, 1, False)


def test_why_it_was_left_out_is_there_but_for_repetitions(store: Store) -> None:
    draft = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(draft, [good(ONE), good(ONE), good(phone(2))])
    store.numbers.drop_which(draft, RowFilter.DUPLICATES)
    assert campaigns_of(store, ONE)[draft].dropped == ()
    store.do_not_call.add("acme", [ONE])
    refused = store.suppression.find(draft).marks
    assert isinstance(refused, MarkedRows)
    store.numbers.drop_marked(draft, refused)
    found = campaigns_of(store, ONE)[draft]
    assert (found.rows, [row.why.code for row in found.dropped]) == ((), ["store.suppressed.by_hand"])


def test_what_was_undone_or_brought_back_is_not_left_out(store: Store) -> None:
    draft = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(draft, [good(ONE)])
    store.numbers.drop(draft, [1])
    assert [row.why.code for row in campaigns_of(store, ONE)[draft].dropped] == ["store.dropped.by_hand"]
    store.numbers.undo(draft)
    assert (campaigns_of(store, ONE)[draft].dropped, len(campaigns_of(store, ONE)[draft].rows)) == ((), 1)
    store.numbers.drop(draft, [1])
    store.numbers.bring_back(draft)
    assert (campaigns_of(store, ONE)[draft].dropped, len(campaigns_of(store, ONE)[draft].rows)) == ((), 1)
    store.numbers.undo(draft)
    assert [row.why.code for row in campaigns_of(store, ONE)[draft].dropped] == ["store.dropped.by_hand"]


def test_test_calls_and_follow_ups_name_what_they_are_made_of(store: Store) -> None:
    source = calling(store)
    trial = store.trial_calls.make(source, {"name": "Deneme"}, good("905331112233"))
    person = store.persons.of("905331112233")
    assert [(each.campaign.id, each.campaign.test_of) for each in person.campaigns] == [(trial, source)]
    assert person.others[source].name == "Anket"
    made = store.follow_ups.make(source, ResultFilter(called=False), {"name": "Yeniden"})
    found = campaigns_of(store, ONE)
    assert (found[made.draft].campaign.follows, found[source].campaign.follows) == (source, None)


def test_every_profile_and_everybody_who_says_no_is_named_with_the_age(store: Store) -> None:
    called = calling(store, fields=OPT_OUT)
    ingest(store, told(1, "Cevaplandı", "9"))
    store.do_not_call.add("beta", [ONE, phone(2)])
    store.suppression.keep("beta", SuppressionSource.FILE, [ONE])
    store.suppression.keep("gamma", SuppressionSource.BLOCKED, [ONE])
    store.suppression.keep("acme", SuppressionSource.UNTOLD, [ONE, phone(3)])
    refusals = store.persons.of(ONE).refusals
    assert [(each.profile, each.source, each.campaign) for each in refusals] == [
        ("acme", Cause.PRESSED, called), ("acme", Cause.UNTOLD, None),
        ("beta", Cause.BY_HAND, None), ("beta", Cause.FILE, None),
        ("gamma", Cause.BLOCKED, None)]
    (listed_at,) = (row.added_at for row in store.do_not_call.all("acme"))
    state = store.suppression.state("gamma", SuppressionSource.BLOCKED)
    assert state is not None
    assert (refusals[0].at, refusals[4].at) == (listed_at, state.fetched_at)
    assert [each.source for each in store.persons.of(phone(3)).refusals] == [Cause.UNTOLD]
    assert store.persons.of(phone(3)).known


def test_what_was_done_with_it_on_the_lists_is_there_though_it_is_on_none_any_more(store: Store) -> None:
    called = calling(store, fields=OPT_OUT)
    ingest(store, told(1, "Cevaplandı", "9"))
    store.do_not_call.add("beta", [ONE], reason="dilekçe", by_user="ayse")
    store.do_not_call.remove("acme", [ONE], reason="yanlış tuş", by_user="ali")
    person = store.persons.of(ONE)
    assert [(each.profile, each.source, each.reason, each.by_user) for each in person.refusals] == [
        ("beta", Cause.BY_HAND, "dilekçe", "ayse")]
    changes = [(each.profile, each.change.event, each.change.reason) for each in person.changes]
    assert changes == [("acme", DoNotCallEvent.REMOVED, "yanlış tuş"), ("beta", DoNotCallEvent.ADDED, "dilekçe"),
                       ("acme", DoNotCallEvent.ADDED, "")]
    assert [each.profile for each in person.earlier_changes] == ["acme", "acme"]
    assert person.others.keys() | {each.campaign.id for each in person.campaigns} >= {called}
    store.do_not_call.add("acme", [phone(9)])
    store.do_not_call.remove("acme", [phone(9)])
    assert store.persons.of(phone(9)).known


def test_what_each_profiles_iys_file_says_of_it_is_there(store: Store) -> None:
    assert store.persons.of(ONE).consents == ()
    keep(store, {(CONSUMER, "600123"): {1: GIVEN}, (TRADER, ""): {1: REFUSED}})
    keep(store, {(CONSUMER, ""): {2: GIVEN}}, profile="beta")
    said = store.persons.of(ONE).consents
    assert [(each.profile, each.file_at, {(one.recipient_type, one.brand, one.status) for one in each.consents})
            for each in said] == [
        ("acme", NOON, {(CONSUMER, "600123", GIVEN), (TRADER, "", REFUSED)}), ("beta", NOON, set())]
    assert store.persons.of(ONE).known
    assert not store.persons.of(phone(9)).known


def test_who_refused_from_abroad_is_found_as_the_provider_reports_it(store: Store) -> None:
    calling(store, fields=OPT_OUT)
    ingest(store, told(ABROAD[2:], "Cevaplandı", "9"))
    assert [each.source for each in store.persons.of(ABROAD).refusals] == [Cause.PRESSED]


def test_a_notification_of_one_campaign_is_not_taken_for_one_of_another_with_the_same_id(store: Store) -> None:
    first = calling(store)
    second = calling(store, token="second", provider_id=33)
    store.deliveries.ingest([
        delivered(told(1, "Meşgul", name="same", call_uuid="one")),
        delivered(told(1, "Cevapsız", name="same", campaign_id=33, call_uuid="two"), token="second")])
    store.records.merge(second, [listed(1, "Cevapsız", minute=200, talk=7, call_uuid="two")])
    found = campaigns_of(store, ONE)
    assert [(call.status, call.talk_seconds) for call in found[first].calls] == [("Meşgul", None)]
    assert [(call.status, call.talk_seconds) for call in found[second].calls] == [("Cevapsız", 7)]


@pytest.mark.parametrize("seed", range(3))
def test_its_calls_are_those_that_each_campaign_has_of_it(store: Store, seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311 - a test's own draw
    made = [calling(store, token=f"t{place}", provider_id=100 + place) for place in range(3)]
    for round_ in range(60):
        place, number = drawn.randrange(3), drawn.randrange(1, 8)  # 6 and 7 are in no list
        minute = drawn.randrange(300)
        if drawn.random() < 0.3:
            uuid = drawn.choice(("", f"u{round_}"))
            store.records.merge(made[place], [listed(number, minute=minute, call_uuid=uuid)])
        else:
            store.deliveries.ingest([delivered(told(
                number, drawn.choice(("Meşgul", "Cevaplandı")), minute=minute, campaign_id=100 + place,
                name=f"n{drawn.randrange(40)}"), token=f"t{place}")])
    for number in range(1, 8):
        found = campaigns_of(store, phone(number))
        for campaign in made:
            rows = [row for row in store.results.each(campaign) if row.phone == phone(number) and row.attempts]
            expected = store.results.attempts(campaign, rows[0].position) if rows else []
            assert list(found[campaign].calls if campaign in found else ()) == expected
            assert [row.final for row in rows] == ([found[campaign].final] if rows else [])


@pytest.mark.long
def test_a_number_in_more_campaigns_than_one_statement_asks_for(store: Store) -> None:
    with store.apart() as apart:
        for place in range(205):
            made = calling(apart, numbers=1, token=f"t{place}", provider_id=100 + place)
            apart.deliveries.ingest([delivered(told(1, "Meşgul", campaign_id=100 + place), token=f"t{place}")])
    person = store.persons.of(ONE)
    assert (len(person.campaigns), person.calls) == (205, 205)
    assert made in {each.campaign.id for each in person.campaigns}


@pytest.mark.sqlite
def test_nothing_that_grows_with_what_is_kept_is_read_through(store: Store) -> None:
    calling(store, fields=OPT_OUT)
    ingest(store, told(1, "Cevaplandı", "9"), told("905331112233"))
    store.numbers.add(store.drafts.create("acme", {"name": "Taslak"}), [good(ONE)])
    store.suppression.keep("acme", SuppressionSource.FILE, [ONE])
    found = plan(store, lambda: store.persons.of(ONE))
    # Read through are the profiles, and which lists are long; sorted is what one number has.
    assert {step for step in reads_through(found) if "FOR ORDER BY" not in step} == {
        "SCAN found", "SCAN lists USING INDEX lists_long"}
    assert any("short USING COVERING INDEX numbers_by_ending (<expr>=?)" in step for step in found)
    assert any("results_of_strangers_by_phone (phone=?)" in step for step in found)
    assert any("dropped_numbers_of_phone (phone=?)" in step for step in found)
