"""Many results of a launch that were told before its campaign was known: they come to it bit by bit, each once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.store.results import PROVIDER_ID, assert_as_recounted, begun, delivered, ingest, listed, phone, told
from tests.store.support import good
from tui.campaign.lifecycle import Created, State, Unconfirmed
from tui.campaign.results import Unreadable
from tui.core.reason import Reason
from tui.store import Store, merging, sqlite

MANY = 9
WHY = Reason("provider.unconfirmed.timeout", {})


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "AT_ONCE", 2)
    monkeypatch.setattr(sqlite, "GIVE_WAY_SECONDS", 0)


def told_before(store: Store, refused: str = "9") -> tuple[int, int]:
    """A campaign whose launch is unconfirmed, and that launch; its results have come under the profile's own token."""
    campaign = store.drafts.create("acme", {"name": "Anket", "opt_out_key": "9",
                                             "digit_target_9": "hangup/hangup"})
    store.numbers.add(campaign, [good(phone(number)) for number in range(1, MANY + 1)])
    launch = begun(store, campaign)
    store.ledger.resolve(launch, Unconfirmed(WHY))
    token = store.deliveries.profile_token("acme", lambda: "profile-token")
    ingest(store, *(told(number, "Meşgul", name=f"a{number}") for number in range(1, MANY + 1)),
           *(told(number, "Cevaplandı", refused if number == 3 else "1", name=f"b{number}", minute=5)
             for number in range(1, MANY)),
           told("905990000001", name="stranger"), token=token)
    found = store.campaigns.find("acme", PROVIDER_ID)
    assert found is not None
    store.records.merge(found.id, [listed(1), listed(4)], cursor="x")
    return campaign, launch


def names(store: Store, campaign: int) -> set[str]:
    rows = store._context.database.all("SELECT notification_id FROM notifications WHERE campaign_id = ?", (campaign,))
    return {row["notification_id"] for row in rows}


def assert_all_there(store: Store, campaign: int) -> None:
    totals = store.results.totals(campaign)
    assert (totals.notifications, totals.called, totals.unlisted, totals.records) == (2 * MANY, MANY + 1, 1, 2)
    assert_as_recounted(store, campaign)
    assert store.do_not_call.among("acme", {phone(3)}) == {phone(3)}
    assert store._context.database.number("SELECT count(*) FROM campaigns") == 1
    assert totals.last_received_at is not None


@pytest.mark.parametrize("refused", ["9", "!9"])
def test_a_refusal_among_them_is_obeyed_however_the_key_is_told(store: Store, refused: str) -> None:
    campaign, launch = told_before(store, refused)
    assert store.ledger.resolve(launch, Created(PROVIDER_ID))
    assert_all_there(store, campaign)


def test_they_come_bit_by_bit_and_others_write_in_between(store: Store, another: Callable[[], Store],
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    campaign, launch = told_before(store)
    other = another()
    seen: list[int] = []

    def look_and_write() -> None:
        assert_as_recounted(other, campaign)
        assert [each.id for each in other.campaigns.page("acme", limit=10)] == [campaign]
        assert other.campaigns.get(campaign).state is State.ON
        seen.append(other.results.totals(campaign).called)
        assert ingest(other, told(1, name="a1"), token="token")

    monkeypatch.setattr(store._context.database, "give_way", look_and_write)
    assert store.ledger.resolve(launch, Created(PROVIDER_ID))
    assert len(seen) > 2
    assert seen == sorted(seen)
    assert_all_there(store, campaign)


@pytest.mark.parametrize("on", ["ingest", "recover", "adopt"])
def test_where_it_was_killed_others_go_on(store: Store, another: Callable[[], Store], monkeypatch: pytest.MonkeyPatch,
                                          on: str) -> None:
    campaign, launch = told_before(store)
    dying = another()

    def die() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(dying._context.database, "give_way", die)
    settle: Callable[[], object] = (lambda: dying.ledger.assign_id(campaign, PROVIDER_ID)) if on == "adopt" else (
        lambda: dying.ledger.resolve(launch, Created(PROVIDER_ID)))
    with pytest.raises(KeyboardInterrupt):
        settle()
    assert 0 < store.results.totals(campaign).called < MANY
    for _ in range(2 * MANY):
        assert_as_recounted(store, campaign)
        if on == "ingest":
            store.deliveries.ingest([])
        else:
            store.ledger.recover()
    assert_all_there(store, campaign)


def test_a_notification_that_is_told_again_meanwhile_counts_once(store: Store, another: Callable[[], Store],
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    campaign, launch = told_before(store)
    other = another()
    again = iter([[told(MANY, "Meşgul", name=f"a{MANY}"), told("905990000001", name="stranger")]])
    monkeypatch.setattr(store._context.database, "give_way", lambda: ingest(other, *next(again, [])))
    store.ledger.resolve(launch, Created(PROVIDER_ID))
    assert names(store, campaign) == {f"a{number}" for number in range(1, MANY + 1)} | {
        f"b{number}" for number in range(1, MANY)} | {"stranger"}
    assert_all_there(store, campaign)


def test_what_could_not_be_read_goes_with_it(store: Store) -> None:
    campaign, launch = told_before(store)
    found = store.campaigns.find("acme", PROVIDER_ID)
    assert found is not None
    store.deliveries.ingest([delivered(Unreadable(b"x", WHY), "profile-token")])
    store._context.database.run("UPDATE unreadable SET campaign_id = ?", (found.id,))
    store.ledger.resolve(launch, Created(PROVIDER_ID))
    assert [body.campaign for body in store.deliveries.unreadable("acme", 0, 9)] == [campaign]
    assert_all_there(store, campaign)
