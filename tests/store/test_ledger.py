"""The launch ledger: each way a launch can go, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.store.support import (
    OUTCOMES,
    REACHED,
    WHY,
    Location,
    campaign_in,
    good,
    launched,
    line_of,
    process,
    together,
)
from tui.campaign.lifecycle import Action, AskedBy, Created, NotSent, Outcome, Rejected, State, Unconfirmed
from tui.core.reason import Reason
from tui.store import AlreadyKnown, Changed, NoSuchCampaign, Store, StoreFailed, WrongState


@pytest.fixture
def campaign(store: Store) -> int:
    return store.drafts.create("acme", {"name": "Anket"})


def test_a_launch_is_on_the_disk_when_begin_returns(store: Store, another: Callable[[], Store], campaign: int) -> None:
    other = another()
    launch = launched(store, campaign)
    seen = other.campaigns.get(campaign)
    assert (seen.state, seen.reason, seen.provider_id) == (State.LAUNCHING, None, None)
    row = other._context.database.one("SELECT * FROM launches WHERE id = ?", (launch,))
    assert row is not None
    assert (row["campaign_id"], row["body_hash"], row["numbers"], row["asked_by"]) == (campaign, "body", 2, "app")
    assert row["outcome"] is None
    assert row["asked_at"].endswith("Z")
    with other._context.lease.claimed(row["holder"]) as dead:
        assert not dead


@pytest.mark.values
@pytest.mark.parametrize("state", REACHED)
def test_only_drafts_and_rejected_ones_are_launched(store: Store, state: State) -> None:
    campaign = campaign_in(store, state)
    if state.editable:
        launched(store, campaign)
        assert store.campaigns.get(campaign).state is State.LAUNCHING
        return
    before = store.campaigns.get(campaign), store.history(campaign)
    with pytest.raises(WrongState) as caught:
        launched(store, campaign)
    assert caught.value.reason.code == f"store.wrong_state.{state}"
    assert (store.campaigns.get(campaign), store.history(campaign)) == before


@pytest.mark.parametrize("operation", [
    lambda store: store.ledger.begin(404, revision=1, token="t", body_hash="b", numbers=1, asked_by=AskedBy.APP),
    lambda store: store.ledger.assign_id(404, 1),
    lambda store: store.ledger.not_created(404),
    lambda store: store.switches.begin(404, Action.ON, AskedBy.APP),
])
def test_a_campaign_that_does_not_exist_is_named(store: Store, operation: Callable[[Store], object]) -> None:
    with pytest.raises(NoSuchCampaign):
        operation(store)


@pytest.mark.parametrize("change", [
    lambda store, campaign: store.drafts.change(campaign, {"name": "Yeni"}),
    lambda store, campaign: store.numbers.add(campaign, [good("905320000001")]),
])
def test_a_draft_that_was_changed_after_it_was_looked_at_is_not_launched(
        store: Store, another: Callable[[], Store], campaign: int, change: Callable[[Store, int], object]) -> None:
    change(another(), campaign)
    with pytest.raises(Changed) as caught:
        store.ledger.begin(campaign, revision=1, token="t", body_hash="b", numbers=0, asked_by=AskedBy.APP)
    assert caught.value.reason.params["campaign"] == campaign
    assert store.campaigns.get(campaign).state is State.DRAFT


def test_a_token_is_used_once(store: Store, campaign: int) -> None:
    other = store.drafts.create("acme", {})
    store.ledger.begin(campaign, revision=1, token="t", body_hash="b", numbers=0, asked_by=AskedBy.APP)
    with pytest.raises(StoreFailed):
        store.ledger.begin(other, revision=1, token="t", body_hash="b", numbers=0, asked_by=AskedBy.APP)
    assert store.campaigns.get(other).state is State.DRAFT


BEGINNER = """
import sys
from tests.store.support import located, open_store
from tui.campaign.lifecycle import AskedBy
from tui.store import WrongState
store = open_store(located(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
won = []
for campaign in range(1, 21):
    try:
        store.ledger.begin(campaign, revision=1, token=f"{sys.argv[2]}-{campaign}", body_hash="b", numbers=1,
                           asked_by=AskedBy.COMMAND)
    except WrongState:
        continue
    won.append(campaign)
print(*won, flush=True)
sys.stdin.readline()
"""


def test_of_two_that_launch_one_draft_exactly_one_wins(store: Store, place: Location) -> None:
    made = [store.drafts.create("acme", {}) for _ in range(20)]
    with process(BEGINNER, place, "one") as one, process(BEGINNER, place, "two") as two:
        together(one, two)
        won = [[int(campaign) for campaign in line_of(each).split()] for each in (one, two)]
    assert sorted(won[0] + won[1]) == made
    assert store._context.database.number("SELECT count(*) FROM launches") == 20


SETTLED = {
    Created: (State.ON, 20_212, None),
    Rejected: (State.REJECTED, None, WHY),
    NotSent: (State.DRAFT, None, WHY),
    Unconfirmed: (State.UNCONFIRMED, None, WHY),
}


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_each_outcome_is_remembered(store: Store, campaign: int, outcome: Outcome) -> None:
    launch = launched(store, campaign)
    before = store.campaigns.get(campaign)
    assert store.ledger.resolve(launch, outcome)
    settled = store.campaigns.get(campaign)
    assert (settled.state, settled.provider_id, settled.reason) == SETTLED[type(outcome)]
    assert settled.state_at > before.state_at
    assert (settled.last_set_at is not None) == isinstance(outcome, Created)
    assert settled.revision == before.revision


@pytest.mark.values
@pytest.mark.parametrize("first", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
@pytest.mark.parametrize("second", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_an_outcome_stays_unless_an_unconfirmed_one_turns_out_to_be_created(
        store: Store, campaign: int, first: Outcome, second: Outcome) -> None:
    launch = launched(store, campaign)
    store.ledger.resolve(launch, first)
    before = store.campaigns.get(campaign), store.history(campaign)
    late = isinstance(first, Unconfirmed) and isinstance(second, Created)
    assert store.ledger.resolve(launch, second) is late
    if late:
        after = store.campaigns.get(campaign)
        assert (after.state, after.provider_id, after.reason) == (State.ON, 20_212, None)
        assert not store.ledger.resolve(launch, second)
    else:
        assert (store.campaigns.get(campaign), store.history(campaign)) == before


def test_a_rejected_one_is_launched_again_without_its_reason(store: Store) -> None:
    campaign = campaign_in(store, State.REJECTED)
    launch = launched(store, campaign)
    assert store.campaigns.get(campaign).reason is None
    store.ledger.resolve(launch, Created(5))
    assert store.campaigns.get(campaign).provider_id == 5


def test_a_launch_that_does_not_exist_is_a_mistake_of_ours(store: Store) -> None:
    with pytest.raises(ValueError, match="404"):
        store.ledger.resolve(404, NotSent(WHY))


@pytest.mark.values
@pytest.mark.parametrize("resolve", [lambda store, campaign: store.ledger.assign_id(campaign, 112),
                                     lambda store, campaign: store.ledger.not_created(campaign)])
@pytest.mark.parametrize("state", [state for state in REACHED if state is not State.UNCONFIRMED])
def test_only_an_unconfirmed_one_is_resolved_by_hand(store: Store, state: State,
                                                     resolve: Callable[[Store, int], None]) -> None:
    campaign = campaign_in(store, state)
    before = store.campaigns.get(campaign), store.history(campaign)
    with pytest.raises(WrongState):
        resolve(store, campaign)
    assert (store.campaigns.get(campaign), store.history(campaign)) == before


def test_an_unconfirmed_one_is_on_once_its_id_is_given(store: Store) -> None:
    campaign = campaign_in(store, State.UNCONFIRMED)
    store.ledger.assign_id(campaign, 112)
    adopted = store.campaigns.get(campaign)
    assert (adopted.state, adopted.provider_id, adopted.reason) == (State.ON, 112, None)
    assert not adopted.adopted
    assert adopted.last_set_at is not None


def test_an_unconfirmed_one_that_was_not_created_is_a_draft(store: Store) -> None:
    campaign = campaign_in(store, State.UNCONFIRMED)
    store.ledger.not_created(campaign)
    draft = store.campaigns.get(campaign)
    assert (draft.state, draft.provider_id, draft.reason) == (State.DRAFT, None, Reason("store.said_not_created"))
    launched(store, campaign)


def test_an_id_of_another_campaign_is_not_given(store: Store) -> None:
    known = campaign_in(store, State.OFF)
    provider_id = store.campaigns.get(known).provider_id
    assert provider_id is not None
    campaign = campaign_in(store, State.UNCONFIRMED)
    before = store.campaigns.get(campaign)
    with pytest.raises(AlreadyKnown) as caught:
        store.ledger.assign_id(campaign, provider_id)
    assert caught.value.campaign == known
    assert store.campaigns.get(campaign) == before


def test_an_answer_with_an_id_of_another_campaign_is_unconfirmed(store: Store, campaign: int) -> None:
    known = campaign_in(store, State.ON)
    provider_id = store.campaigns.get(known).provider_id
    assert provider_id is not None
    launch = launched(store, campaign)
    assert store.ledger.resolve(launch, Created(provider_id))
    settled = store.campaigns.get(campaign)
    assert (settled.state, settled.provider_id) == (State.UNCONFIRMED, None)
    assert settled.reason == Reason("store.id_taken", {"campaign": known, "name": "Anket", "provider_id": provider_id})
    row = store._context.database.one("SELECT provider_id FROM launches WHERE id = ?", (launch,))
    assert row is not None
    assert row["provider_id"] == provider_id


def test_a_late_answer_with_an_id_of_another_campaign_is_told(store: Store, campaign: int) -> None:
    known = campaign_in(store, State.ON)
    provider_id = store.campaigns.get(known).provider_id
    assert provider_id is not None
    launch = launched(store, campaign)
    store.ledger.resolve(launch, Unconfirmed(WHY))
    assert store.ledger.resolve(launch, Created(provider_id))
    settled = store.campaigns.get(campaign)
    assert settled.state is State.UNCONFIRMED
    assert settled.reason is not None
    assert settled.reason.code == "store.id_taken"


@pytest.mark.parametrize("by_hand", [True, False])
def test_one_taken_in_by_its_id_meanwhile_is_the_same_campaign(store: Store, campaign: int, by_hand: bool) -> None:
    """A person saw it in the provider's panel and switched it off before the launch was settled."""
    launch = launched(store, campaign)
    if by_hand:
        store.ledger.resolve(launch, Unconfirmed(WHY))
    foreign = store.campaigns.track_foreign("acme", 112, "Panelden", State.ON)
    store.switches.done(store.switches.begin(foreign, Action.OFF, AskedBy.APP))
    copy = store.drafts.copy(foreign, numbers=False)
    pending = store.switches.begin(foreign, Action.DELETE, AskedBy.APP)
    if by_hand:
        store.ledger.assign_id(campaign, 112)
    else:
        store.ledger.resolve(launch, Created(112))
    merged = store.campaigns.get(campaign)
    assert (merged.state, merged.provider_id, merged.pending) == (State.OFF, 112, Action.DELETE)
    assert store.campaigns.find("acme", 112) == merged
    with pytest.raises(NoSuchCampaign):
        store.campaigns.get(foreign)
    assert store.campaigns.get(copy).copied_from == campaign
    assert store.switches.done(pending)
    assert store.campaigns.get(campaign).state is State.DELETED


def test_news_of_one_that_was_said_not_to_exist_is_taken_in_beside_it(store: Store, campaign: int) -> None:
    launch = launched(store, campaign)
    store.ledger.resolve(launch, Unconfirmed(WHY))
    store.ledger.not_created(campaign)
    store.drafts.change(campaign, {"name": "Yeni", "cli": "902129630131"})
    before = store.campaigns.get(campaign)
    assert store.ledger.resolve(launch, Created(112))
    assert store.campaigns.get(campaign) == before
    found = store.campaigns.find("acme", 112)
    assert found is not None
    assert (found.state, found.adopted, found.copied_from, found.fields) == (State.ON, True, campaign, {"name": "Yeni"})
    assert not store.ledger.resolve(launch, Created(112))
    store.switches.done(store.switches.begin(found.id, Action.OFF, AskedBy.APP))


def test_an_answer_with_another_id_than_a_person_has_given_is_taken_in_beside_it(store: Store, campaign: int) -> None:
    launch = launched(store, campaign)
    store.ledger.resolve(launch, Unconfirmed(WHY))
    store.ledger.assign_id(campaign, 112)
    assert not store.ledger.resolve(launch, Created(112))
    assert store.ledger.resolve(launch, Created(113))
    assert store.campaigns.get(campaign).provider_id == 112
    found = store.campaigns.find("acme", 113)
    assert found is not None
    assert (found.state, found.adopted, found.copied_from) == (State.ON, True, campaign)
    assert not store.ledger.resolve(launch, Created(113))


def test_news_of_one_that_was_taken_in_by_its_id_already_changes_nothing_else(store: Store, campaign: int) -> None:
    launch = launched(store, campaign)
    store.ledger.resolve(launch, Unconfirmed(WHY))
    store.ledger.not_created(campaign)
    store.campaigns.track_foreign("acme", 112, "Panelden", State.OFF)
    assert store.ledger.resolve(launch, Created(112))
    assert store.campaigns.count("acme") == 2
    found = store.campaigns.find("acme", 112)
    assert found is not None
    assert found.state is State.OFF


def test_a_twin_is_one_that_may_be_at_the_provider_with_the_same_request(store: Store) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    assert store.earlier_launches.unconfirmed_twin("acme", "same") is None
    launch = launched(store, campaign, body="same")
    twin = store.earlier_launches.unconfirmed_twin("acme", "same")
    assert twin is not None
    assert (twin.id, twin.state) == (campaign, State.LAUNCHING)
    store.ledger.resolve(launch, Unconfirmed(WHY))
    twin = store.earlier_launches.unconfirmed_twin("acme", "same")
    assert twin == store.campaigns.get(campaign)
    assert store.earlier_launches.unconfirmed_twin("acme", "other") is None
    assert store.earlier_launches.unconfirmed_twin("other", "same") is None


@pytest.mark.parametrize("how", ["adopted", "not created", "answered late"])
def test_one_that_was_resolved_is_no_twin(store: Store, campaign: int, how: str) -> None:
    launch = launched(store, campaign, body="same")
    store.ledger.resolve(launch, Unconfirmed(WHY))
    match how:
        case "adopted":
            store.ledger.assign_id(campaign, 112)
        case "not created":
            store.ledger.not_created(campaign)
        case "answered late":
            store.ledger.resolve(launch, Created(1))
    assert store.earlier_launches.unconfirmed_twin("acme", "same") is None


@pytest.mark.parametrize("outcome", [Created(1), Rejected(WHY), NotSent(WHY)])
def test_one_whose_outcome_is_certain_is_no_twin(store: Store, campaign: int, outcome: Outcome) -> None:
    store.ledger.resolve(launched(store, campaign, body="same"), outcome)
    assert store.earlier_launches.unconfirmed_twin("acme", "same") is None
