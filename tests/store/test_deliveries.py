"""What comes to the webhook: whose it is, which launches it settles, and that nothing is kept twice or by halves."""

from __future__ import annotations

import datetime as dt
import itertools
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from msgspec.structs import replace

from tests.store.results import NOON, PROVIDER_ID, assert_as_recounted, begun, calling, delivered, ingest, phone, told
from tests.store.support import WHY, good, open_store
from tui.campaign.lifecycle import Action, AskedBy, Created, NotSent, Outcome, Rejected, State, Unconfirmed
from tui.campaign.reach import Cause
from tui.campaign.results import Notification, Ping, Unreadable
from tui.core.reason import Reason
from tui.store import (
    DoNotCallReason,
    Event,
    Health,
    IngestResult,
    ListFilter,
    NoSuchCampaign,
    Store,
    StoreError,
    UnreadableBody,
)

OPT_OUT = {"digit_target_9": "announcement/9", "opt_out_key": "9"}
NONE = Reason("receiver.no_id")


def listed(store: Store, *fields: str) -> list[tuple[Any, ...]]:
    """All campaigns, in the order in which they were made."""
    return sorted(tuple(getattr(campaign, name) for name in ("id", *fields))
                  for campaign in store.campaigns.page("acme", filter=ListFilter(deleted=True), limit=100))


def events(store: Store, campaign: int) -> list[Event]:
    return [entry.event for entry in store.history(campaign)]


def draft(store: Store, **fields: str) -> int:
    made = store.drafts.create("acme", {"name": "Anket", "call_type": "ivr", **fields})
    store.numbers.add(made, [good(phone(1)), good(phone(2))])
    return made


# taken in

def test_each_notification_is_kept_once_and_the_rest_told_apart(store: Store) -> None:
    campaign = calling(store)
    first, second = told(1), told(2, "Meşgul")
    assert ingest(store, first, second, first) == [IngestResult.STORED, IngestResult.STORED, IngestResult.REPEATED]
    assert ingest(store, second, told(3), first) == [IngestResult.REPEATED, IngestResult.STORED, IngestResult.REPEATED]
    assert store.results.totals(campaign).notifications == 3
    assert_as_recounted(store, campaign)


def test_a_repeat_changes_nothing_though_it_says_something_else(store: Store) -> None:
    campaign = calling(store)
    first = told(1, "Meşgul", name="5")
    ingest(store, first)
    before = store.results.page(campaign, 0, 9), store.results.totals(campaign)
    assert ingest(store, replace(first, status="Cevaplandı", digit="1", phone=phone(2))) == [IngestResult.REPEATED]
    assert (store.results.page(campaign, 0, 9), store.results.totals(campaign)) == before


def test_the_same_id_in_another_campaign_is_another_notification(store: Store) -> None:
    one, two = calling(store), calling(store, token="other", provider_id=7)
    assert ingest(store, told(1, name="5")) == ingest(store, told(1, name="5", campaign_id=7), token="other")
    assert [store.results.totals(campaign).notifications for campaign in (one, two)] == [1, 1]


def test_what_an_unknown_token_brings_is_not_kept(store: Store) -> None:
    campaign = calling(store)
    before = store.data_version()
    taken = store.deliveries.ingest([delivered(what, "?") for what in (told(1), Ping(), Unreadable(b"x", NONE))])
    assert taken == [IngestResult.UNKNOWN_TOKEN] * 3
    assert store.results.totals(campaign).notifications == 0
    assert store.deliveries.unreadable_count("acme") == 0
    assert [campaign] == [row[0] for row in listed(store)]
    assert store.data_version() >= before


def test_nothing_brought_nothing_kept(store: Store) -> None:
    assert store.deliveries.ingest([]) == []


def test_what_came_is_kept_whole(store: Store) -> None:
    """Fields that have no place of their own, and whatever letters they are in."""
    campaign = calling(store)
    ingest(store, told(1, "Tanınmayan Çağrı ID numarası", "!4", name="5", call_uuid="aacdb242",
                       extra={"domain_id": "429", "yeni": "ş\ud800\0\x1b[31m"}))
    row = store._context.database.one("SELECT * FROM notifications WHERE campaign_id = ?", (campaign,))
    assert row is not None
    assert (row["notification_id"], row["phone"], row["status"], row["digit"], row["lead_id"], row["call_uuid"]) == (
        "5", phone(1), "Tanınmayan Çağrı ID numarası", "!4", "1878", "aacdb242")
    assert (row["happened_at"], row["received_at"]) == ("2026-09-12T09:00:00.000000Z", "2026-09-12T10:00:00.000000Z")
    assert '"domain_id": "429"' in row["extra"]
    assert "\\ud800" in row["extra"]


def test_where_anything_fails_nothing_is_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = draft(store)
    store.ledger.resolve(begun(store, campaign), Unconfirmed(WHY))
    token = store.deliveries.profile_token("acme", lambda: "profile")

    def broken(*_: object) -> None:
        raise store._context.database.damaged()

    monkeypatch.setattr(store.deliveries, "_keep_raw", broken)
    with pytest.raises(StoreError):
        store.deliveries.ingest([delivered(told(1)), delivered(Ping()), delivered(Ping(), token),
                                 delivered(told(2, campaign_id=7), token)])
    monkeypatch.undo()
    assert listed(store, "state", "pinged_at") == [(campaign, State.UNCONFIRMED, None)]
    assert store.deliveries.profile_pings("acme") == 0
    assert store.results.totals(campaign).notifications == 0
    assert ingest(store, told(1)) == [IngestResult.STORED]


def test_it_is_on_the_disk_when_ingest_returns(store: Store, another: Callable[[], Store]) -> None:
    campaign = calling(store)
    other = another()
    before = other.results.totals(campaign)
    ingest(store, told(1))
    assert (before.notifications, other.results.totals(campaign).notifications) == (0, 1)


# tokens

def test_tokens_are_those_of_launches_and_profiles(store: Store) -> None:
    assert store.deliveries.tokens() == []
    begun(store, draft(store), "one")
    calling(store, token="two")
    given = store.deliveries.profile_token("acme", lambda: "three")
    assert sorted(store.deliveries.tokens()) == sorted(["one", "two", given])
    assert all(store.deliveries.knows(token) for token in ("one", "two", "three"))
    assert not any(store.deliveries.knows(token) for token in ("", "four", "ONE", "%"))


def test_a_token_stands_in_the_ledger_alone(path: Path) -> None:
    store = open_store(path)
    calling(store, token="of-a-launch")
    store.deliveries.profile_token("acme", lambda: "of-a-profile")
    store.deliveries.ingest([delivered(what, token) for token in ("of-a-launch", "of-a-profile")
                             for what in (Ping(), told(1), Unreadable(b"x", WHY))])
    store.close()
    with closing(sqlite3.connect(path)) as database:
        lines = [line for line in database.iterdump() if "of-a-" in line]
    assert {line.split('"')[1] for line in lines} == {"launches", "profile_tokens"}


def test_a_profiles_token_is_made_once(store: Store, another: Callable[[], Store]) -> None:
    names = itertools.count(1)
    made = [opened.deliveries.profile_token(profile, lambda: f"token{next(names)}")
            for profile in ("acme", "other") for opened in (store, another())]
    assert made == ["token1", "token1", "token2", "token2"]


# empty requests

def test_an_empty_request_tells_that_the_provider_has_read_the_launch(store: Store) -> None:
    campaign = draft(store)
    launch = begun(store, campaign)
    store.ledger.resolve(launch, Unconfirmed(WHY))
    assert store.campaigns.get(campaign).pinged_at is None
    store.deliveries.ingest([delivered(Ping(), second=1), delivered(Ping(), second=2)])
    store.deliveries.ingest([delivered(Ping(), second=9)])
    found = store.campaigns.get(campaign)
    assert found.pinged_at == NOON + dt.timedelta(hours=1, seconds=1)
    assert (found.state, found.provider_id) == (State.UNCONFIRMED, None)  # the ID is not known by that
    assert store.deliveries.profile_pings("acme") == 0


def test_what_is_shown_is_the_last_launchs(store: Store) -> None:
    campaign = draft(store)
    store.ledger.resolve(begun(store, campaign, "first"), NotSent(WHY))
    store.deliveries.ingest([delivered(Ping(), "first")])
    assert store.campaigns.get(campaign).pinged_at is not None
    store.ledger.resolve(begun(store, campaign, "second"), Unconfirmed(WHY))
    assert store.campaigns.get(campaign).pinged_at is None


def test_empty_requests_of_a_profile_are_counted(store: Store) -> None:
    token = store.deliveries.profile_token("acme", lambda: "profile")
    store.deliveries.ingest([delivered(Ping(), token), delivered(Ping(), token)])
    store.deliveries.ingest([delivered(Ping(), token)])
    assert (store.deliveries.profile_pings("acme"), store.deliveries.profile_pings("other")) == (3, 0)


# launches that a notification settles

@pytest.mark.parametrize("outcome", [None, Unconfirmed(WHY)])
def test_one_notification_tells_that_a_launch_was_created(store: Store, outcome: Outcome | None) -> None:
    """Its answer was lost, or is not there yet."""
    campaign = draft(store)
    launch = begun(store, campaign)
    if outcome is not None:
        store.ledger.resolve(launch, outcome)
    store.deliveries.ingest([delivered(Ping()), delivered(told(1))])
    found = store.campaigns.get(campaign)
    assert (found.state, found.provider_id, found.reason, found.unsure) == (State.ON, PROVIDER_ID, None, False)
    assert found.pinged_at is not None
    assert Event.TOLD in events(store, campaign)
    assert store.results.totals(campaign).called == 1
    assert len(listed(store)) == 1
    assert_as_recounted(store, campaign)


def test_the_answer_that_comes_after_it_changes_nothing(store: Store) -> None:
    campaign = draft(store)
    launch = begun(store, campaign)
    ingest(store, told(1))
    assert store.ledger.resolve(launch, Created(PROVIDER_ID)) is False
    assert store.ledger.resolve(launch, Unconfirmed(WHY)) is False
    assert store.campaigns.get(campaign).state is State.ON
    assert events(store, campaign).count(Event.TOLD) == 1
    assert store.ledger.recover() == []


@pytest.mark.parametrize("given_up", [True, False])
def test_an_answer_with_another_id_than_was_told_is_not_lost(store: Store, given_up: bool) -> None:
    campaign = draft(store)
    launch = begun(store, campaign)
    if given_up:
        store.ledger.resolve(launch, Unconfirmed(WHY))
    ingest(store, told(1, campaign_id=7))
    assert store.ledger.resolve(launch, Created(PROVIDER_ID)) is True
    assert store.ledger.resolve(launch, Created(PROVIDER_ID)) is False
    found = store.campaigns.find("acme", PROVIDER_ID)
    assert found is not None
    assert (found.state, found.name, found.adopted, found.copied_from) == (State.ON, "Anket", True, campaign)
    assert store.campaigns.get(campaign).provider_id == 7


def test_what_was_given_up_and_then_told_of_is_on(store: Store, another: Callable[[], Store]) -> None:
    """The app died while it launched; the receiver hears of it."""
    campaign = draft(store)
    begun(store, campaign)
    other = another()
    store.close()
    assert other.ledger.recover() == [campaign]
    ingest(other, told(1))
    assert other.campaigns.get(campaign).state is State.ON


def test_a_campaign_that_was_switched_meanwhile_stays_as_it_is(store: Store) -> None:
    campaign = calling(store)
    store.switches.done(store.switches.begin(campaign, Action.OFF, AskedBy.APP))
    ingest(store, told(1))
    assert store.campaigns.get(campaign).state is State.OFF


def test_results_of_a_deleted_campaign_are_its_own_still(store: Store) -> None:
    campaign = calling(store)
    store.switches.done(store.switches.begin(campaign, Action.DELETE, AskedBy.APP))
    assert ingest(store, told(1)) == [IngestResult.STORED]
    assert store.results.totals(campaign).called == 1
    assert store.campaigns.get(campaign).state is State.DELETED


@pytest.mark.parametrize("outcome", [Rejected(WHY), NotSent(WHY)])
def test_what_came_of_a_launch_that_was_not_created_is_taken_in_beside_the_draft(
    store: Store, outcome: Outcome
) -> None:
    campaign = draft(store)
    store.ledger.resolve(begun(store, campaign), outcome)
    before = store.campaigns.get(campaign)
    ingest(store, told(1))
    assert store.campaigns.get(campaign) == before
    found = store.campaigns.find("acme", PROVIDER_ID)
    assert found is not None
    assert (found.state, found.name, found.found, found.adopted, found.copied_from) == (
        State.ON, "Anket", True, True, campaign)
    assert events(store, found.id) == [Event.SEEN]
    assert store.results.totals(found.id).unlisted == 1


def test_what_a_person_said_was_not_created_and_then_calls_is_taken_in(store: Store) -> None:
    campaign = draft(store)
    store.ledger.resolve(begun(store, campaign), Unconfirmed(WHY))
    store.ledger.not_created(campaign)
    ingest(store, told(1), told(2))
    found = store.campaigns.find("acme", PROVIDER_ID)
    assert found is not None
    assert (found.state, found.adopted, found.copied_from) == (State.ON, True, campaign)
    assert store.campaigns.get(campaign).state is State.DRAFT
    assert store.results.totals(found.id).notifications == 2
    ingest(store, told(2, "Meşgul"))
    assert len(listed(store)) == 2


def test_an_id_that_another_campaign_has_leaves_the_launch_in_doubt(store: Store) -> None:
    other = calling(store, token="other")
    campaign = draft(store)
    launch = begun(store, campaign)
    store.ledger.resolve(launch, Unconfirmed(WHY))
    ingest(store, told(1), told(2))
    found = store.campaigns.get(campaign)
    assert found.state is State.UNCONFIRMED
    assert found.reason is not None
    assert found.reason.code == "store.id_taken"
    assert store.results.totals(other).notifications == 2  # the ID is what tells whose they are


def test_a_wrong_id_under_a_launchs_token_is_another_campaign(store: Store) -> None:
    campaign = calling(store)
    ingest(store, told(1, campaign_id=7))
    found = store.campaigns.find("acme", 7)
    assert found is not None
    assert found.found
    assert store.results.totals(campaign).notifications == 0


def test_what_stood_for_the_campaign_meanwhile_goes_up_in_it(store: Store) -> None:
    """Its results came under the profile's token first; then its own token named the same ID."""
    token = store.deliveries.profile_token("acme", lambda: "profile")
    campaign = draft(store, **OPT_OUT)
    store.ledger.resolve(begun(store, campaign), Unconfirmed(WHY))
    ingest(store, told(1, "Meşgul", name="1"), told(2, digit="9", name="2"), told(7, name="3"), token=token)
    stood = store.campaigns.find("acme", PROVIDER_ID)
    assert stood is not None
    assert store.results.totals(stood.id).unlisted == 3
    assert ingest(store, told(1, name="4"), told(2, name="2")) == [IngestResult.STORED, IngestResult.REPEATED]
    with pytest.raises(NoSuchCampaign):
        store.campaigns.get(stood.id)
    assert store.campaigns.find("acme", PROVIDER_ID) == store.campaigns.get(campaign)
    totals = store.results.totals(campaign)
    assert (totals.notifications, totals.called, totals.unlisted, totals.numbers) == (4, 3, 1, 2)
    assert [row.attempts for row in store.results.page(campaign, 0, 9)] == [2, 1, 1]
    assert [(row.phone, row.campaign) for row in store.do_not_call.all("acme")] == [(phone(2), campaign)]
    assert_as_recounted(store, campaign)


# the profile's own token

def test_under_a_profiles_token_the_id_tells_whose_it_is(store: Store) -> None:
    campaign = calling(store)
    token = store.deliveries.profile_token("acme", lambda: "profile")
    came = told(1), told(2, campaign_id=7), told(3, campaign_id=7)
    assert ingest(store, *came, token=token) == [IngestResult.STORED] * 3
    assert store.results.totals(campaign).called == 1
    found = store.campaigns.find("acme", 7)
    assert found is not None
    assert (found.name, found.state, found.found, found.copied_from) == ("Anket", State.ON, True, None)
    assert store.results.totals(found.id).unlisted == 2
    assert events(store, found.id) == [Event.SEEN]


def test_an_id_is_the_profiles_own(store: Store) -> None:
    calling(store)
    token = store.deliveries.profile_token("other", lambda: "profile")
    ingest(store, told(1), token=token)
    assert store.campaigns.find("other", PROVIDER_ID) is not None
    assert store.results.health("acme") == Health(None, 0)


def test_a_notification_without_an_id_is_its_launchs(store: Store) -> None:
    campaign = calling(store)
    assert ingest(store, told(1, campaign_id=None)) == [IngestResult.STORED]
    assert store.results.totals(campaign).called == 1


def test_a_notification_of_which_nothing_tells_whose_it_is_is_kept_to_be_looked_at(store: Store) -> None:
    campaign = draft(store)
    store.ledger.resolve(begun(store, campaign), Unconfirmed(WHY))
    token = store.deliveries.profile_token("acme", lambda: "profile")
    lost = told(1, digit="#", name="5", campaign_id=None, extra={"domain_id": "429", "\ud800": "&="})
    assert ingest(store, lost) + ingest(store, lost, token=token) == [IngestResult.STORED] * 2
    first, second = store.deliveries.unreadable("acme", 0, 9)
    assert (first.campaign, second.campaign) == (None, campaign)
    assert first.reason == Reason("store.result_without_campaign")
    form = parse_qs(first.raw.decode("ascii"), keep_blank_values=True)
    assert (form["notification_id"], form["digit"], form["status"], form["phone"], form["domain_id"]) == (
        ["5"], ["#"], ["Cevaplandı"], [phone(1)], ["429"])
    assert form["notification_date"] == ["2026-09-12 09:00:00 UTC"]


# what could not be read

def test_what_could_not_be_read_is_kept_as_it_came(store: Store) -> None:
    campaign = calling(store)
    token = store.deliveries.profile_token("acme", lambda: "profile")
    bodies = [(b"\xff\x00=%", "token"), (b"", token), (b"x" * 65_536, "token")]
    reason = Reason("receiver.no_id", {"field": "notification_id", "size": 5})
    taken = store.deliveries.ingest([delivered(Unreadable(raw, reason), name, second)
                                     for second, (raw, name) in enumerate(bodies)])
    assert taken == [IngestResult.STORED] * 3
    found = store.deliveries.unreadable("acme", 0, 10)
    assert found == [
        UnreadableBody(body.id, None if name == token else campaign, NOON + dt.timedelta(hours=1, seconds=second), raw,
                       reason)
        for body, second, (raw, name) in zip(found, (2, 1, 0), reversed(bodies), strict=True)]
    assert store.deliveries.unreadable("acme", 1, 1) == [found[1]]
    assert (store.deliveries.unreadable_count("acme"), store.deliveries.unreadable_count("other")) == (3, 0)
    assert store.results.health("acme").unreadable == 3
    assert store.results.totals(campaign).notifications == 0


# refusing further calls

@pytest.mark.values
@pytest.mark.parametrize(("fields", "status", "digit", "refused"), [
    (OPT_OUT, "Cevaplandı", "9", True),
    (OPT_OUT, "Başarılı", "9", True),
    (OPT_OUT, "Meşgul", "9", False),
    (OPT_OUT, "Cevaplandı", "!9", True),  # as where the key has no target at the provider
    (OPT_OUT, "Cevaplandı", "!1", False),
    (OPT_OUT, "Cevaplandı", "!", False),
    (OPT_OUT, "Meşgul", "!9", False),
    (OPT_OUT, "Cevaplandı", "1", False),
    (OPT_OUT, "Cevaplandı", "", False),
    ({}, "Cevaplandı", "9", False),
    ({}, "Cevaplandı", "", False),
    ({}, "Cevaplandı", "!", False),
    ({"opt_out_key": "9"}, "Cevaplandı", "9", True),
    ({"opt_out_key": "9"}, "Cevaplandı", "!9", True),
    ({"opt_out_key": "*"}, "Cevaplandı", "!*", True),
])
def test_who_presses_the_opt_out_key_is_not_to_be_called(
    store: Store, fields: Mapping[str, str], status: str, digit: str, refused: bool
) -> None:
    campaign = calling(store, fields=fields)
    ingest(store, told(1, status, digit))
    found = store.do_not_call.all("acme")
    assert [(row.phone, row.campaign, row.why) for row in found] == (
        [(phone(1), campaign, DoNotCallReason.PRESSED)] if refused else [])


def test_who_refused_stays_so_whatever_comes_later(store: Store) -> None:
    calling(store, fields=OPT_OUT)
    refusal = told(1, digit="9", minute=1)
    ingest(store, refusal, told(1, digit="1", minute=2), refusal)
    assert store.do_not_call.among("acme", [phone(1)]) == {phone(1)}
    store.do_not_call.remove("acme", [phone(1)])
    ingest(store, refusal)  # a repeat says nothing anew
    assert store.do_not_call.count("acme") == 0


def test_who_refused_is_the_profiles_matter(store: Store) -> None:
    calling(store, fields=OPT_OUT)
    ingest(store, told(1, digit="9"), told("gizli numara", digit="9"))
    assert store.do_not_call.among("acme", [phone(1), "gizli numara", phone(2)]) == {phone(1), "gizli numara"}
    assert store.do_not_call.among("other", [phone(1)]) == set()


def test_a_batch_of_many_campaigns_and_tokens_comes_to_what_one_by_one_does(store: Store) -> None:
    one, two = calling(store, fields=OPT_OUT), calling(store, token="other", provider_id=7)
    token = store.deliveries.profile_token("acme", lambda: "profile")
    news: Sequence[tuple[Notification, str]] = [
        (told(1, "Meşgul"), "token"), (told(2, campaign_id=7), "other"), (told(1, digit="9"), token),
        (told(3, "Cevapsız", campaign_id=7), token), (told(5, campaign_id=9), token)]
    assert store.deliveries.ingest([delivered(what, name) for what, name in news]) == [IngestResult.STORED] * 5
    assert [store.results.totals(campaign).notifications for campaign in (one, two)] == [2, 2]
    assert store.deliveries.ingest([delivered(what, token) for what, _ in news]) == [IngestResult.REPEATED] * 5
    for campaign, *_ in listed(store):
        assert_as_recounted(store, campaign)


@pytest.mark.parametrize(("listed", "came", "bare"), [
    ("00491512345678", "491512345678", ""), ("00491512345678", "+491512345678", ""),
    ("005321234567", "905321234567", "5321234567"), ("905321234567", "905321234567", "5321234567"),
])
def test_a_number_abroad_that_is_told_without_its_zeros_is_the_lists(
        store: Store, listed: str, came: str, bare: str) -> None:
    campaign = calling(store, 1, fields={"opt_out_key": "9", "digit_target_9": "hangup/hangup"}, token="t1")
    made = store.drafts.create("acme", {"name": "Dış", "opt_out_key": "9", "digit_target_9": "hangup/hangup"})
    store.numbers.add(made, [good(listed)])
    store.ledger.resolve(begun(store, made, "t2"), Created(30_000))
    ingest(store, replace(told(came, digit="9", campaign_id=30_000), bare=bare), token="t2")
    assert [(row.phone, row.unlisted, row.digit) for row in store.results.each(made)] == [(listed, False, "9")]
    assert store.do_not_call.among("acme", [listed]) == {listed}
    assert_as_recounted(store, made)
    ingest(store, replace(told(came), bare=bare), token="t1")  # of another's list
    assert [row.unlisted for row in store.results.each(campaign)] == [False, True]


@pytest.mark.parametrize(("came", "bare", "writings"), [
    ("491512345678", "", ["00491512345678"]), ("+491512345678", "", ["00491512345678"]),
    ("00491512345678", "", ["00491512345678"]), ("905321234567", "5321234567", ["005321234567", "905321234567"]),
    ("905321234567", "", ["905321234567"]),
])
def test_a_number_of_no_list_that_refuses_is_not_called_however_a_later_list_has_it(
        store: Store, came: str, bare: str, writings: list[str]) -> None:
    calling(store, 1, fields=OPT_OUT, token="t1")
    ingest(store, replace(told(came, digit="9"), bare=bare), token="t1")
    assert store.do_not_call.among("acme", writings) == set(writings)
    assert store.suppression.among("acme", writings) == dict.fromkeys(writings, Cause.PRESSED)


def test_what_refuses_and_is_no_number_is_kept_as_it_came(store: Store) -> None:
    calling(store, 1, fields=OPT_OUT, token="t1")
    ingest(store, told("gizli numara", digit="9"), token="t1")
    assert [row.phone for row in store.do_not_call.all("acme")] == ["gizli numara"]


def test_of_two_that_a_number_may_be_it_is_the_one_that_was_told(store: Store) -> None:
    made = store.drafts.create("acme", {"name": "İkisi"})
    store.numbers.add(made, [good("905321234567"), good("005321234567")])
    store.ledger.resolve(begun(store, made, "t2"), Created(30_000))
    for bare in ("", "5321234567"):
        ingest(store, replace(told("905321234567", campaign_id=30_000), bare=bare), token="t2")
    assert [(row.phone, row.attempts) for row in store.results.each(made)] == [("905321234567", 1), ("005321234567", 1)]
