"""On, off and delete: what is remembered of them."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import pytest

from tests.store.support import REACHED, WHY, Location, campaign_in, open_store
from tui.campaign.lifecycle import Action, AskedBy, State
from tui.core.reason import Reason
from tui.store import AlreadySwitching, Event, ListFilter, Store, WrongState

RESULTS = {Action.ON: State.ON, Action.OFF: State.OFF, Action.DELETE: State.DELETED}


@pytest.mark.values
@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", REACHED)
def test_only_what_the_provider_has_is_switched(store: Store, state: State, action: Action) -> None:
    campaign = campaign_in(store, state)
    before = store.campaigns.get(campaign), store.history(campaign)
    if state not in (State.ON, State.OFF):
        with pytest.raises(WrongState) as caught:
            store.switches.begin(campaign, action, AskedBy.APP)
        assert caught.value.reason.code == f"store.wrong_state.{state}"
        assert (store.campaigns.get(campaign), store.history(campaign)) == before
        return
    switch = store.switches.begin(campaign, action, AskedBy.APP)
    waiting = store.campaigns.get(campaign)
    assert (waiting.state, waiting.pending) == (state, action)
    assert store.switches.done(switch)
    done = store.campaigns.get(campaign)
    assert (done.state, done.pending, done.reason, done.unsure) == (RESULTS[action], None, None, False)
    assert done.last_set_at is not None
    assert before[0].last_set_at is not None
    assert done.last_set_at > before[0].last_set_at
    assert done.provider_id == before[0].provider_id


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", [State.ON, State.OFF])
def test_a_failed_switch_leaves_the_state_and_says_why(store: Store, state: State, action: Action) -> None:
    campaign = campaign_in(store, state)
    before = store.campaigns.get(campaign)
    assert store.switches.failed(store.switches.begin(campaign, action, AskedBy.APP), WHY)
    after = store.campaigns.get(campaign)
    assert (after.state, after.state_at, after.last_set_at) == (state, before.state_at, before.last_set_at)
    assert (after.reason, after.pending, after.unsure) == (WHY, None, False)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", [State.ON, State.OFF])
def test_an_unknown_switch_is_unsure_until_the_next_is_done(store: Store, state: State, action: Action) -> None:
    campaign = campaign_in(store, state)
    assert store.switches.unknown(store.switches.begin(campaign, action, AskedBy.APP), WHY)
    after = store.campaigns.get(campaign)
    assert (after.state, after.reason, after.pending, after.unsure) == (state, WHY, None, True)
    store.switches.failed(store.switches.begin(campaign, action, AskedBy.APP), WHY)
    assert store.campaigns.get(campaign).unsure
    store.switches.done(store.switches.begin(campaign, action, AskedBy.COMMAND))
    after = store.campaigns.get(campaign)
    assert (after.state, after.reason, after.unsure) == (RESULTS[action], None, False)


def settlings(store: Store) -> list[Callable[[int], bool]]:
    return [store.switches.done, lambda switch: store.switches.failed(switch, WHY),
            lambda switch: store.switches.unknown(switch, WHY)]


@pytest.mark.values
@pytest.mark.parametrize("first", range(3))
@pytest.mark.parametrize("second", range(3))
def test_a_switch_is_settled_once(store: Store, first: int, second: int) -> None:
    campaign = campaign_in(store, State.ON)
    switch = store.switches.begin(campaign, Action.OFF, AskedBy.APP)
    assert settlings(store)[first](switch)
    before = store.campaigns.get(campaign), store.history(campaign)
    assert not settlings(store)[second](switch)
    assert (store.campaigns.get(campaign), store.history(campaign)) == before


@pytest.mark.parametrize("which", range(3))
def test_a_switch_that_does_not_exist_is_a_mistake_of_ours(store: Store, which: int) -> None:
    with pytest.raises(ValueError, match="404"):
        settlings(store)[which](404)


@pytest.mark.parametrize("of_another", [True, False])
def test_one_switch_of_a_campaign_at_a_time(store: Store, another: Callable[[], Store], of_another: bool) -> None:
    campaign = campaign_in(store, State.ON)
    beside = campaign_in(store, State.ON)
    holding = another() if of_another else store
    switch = holding.switches.begin(campaign, Action.OFF, AskedBy.APP)
    with pytest.raises(AlreadySwitching) as caught:
        store.switches.begin(campaign, Action.DELETE, AskedBy.APP)
    assert caught.value.reason.params == {"campaign": campaign, "name": "Anket"}
    assert store.campaigns.get(campaign).pending is Action.OFF
    store.switches.begin(beside, Action.OFF, AskedBy.APP)
    assert holding.switches.done(switch)
    store.switches.begin(campaign, Action.DELETE, AskedBy.APP)


def test_what_a_dead_one_left_on_its_way_does_not_bar_the_next(store: Store, another: Callable[[], Store]) -> None:
    campaign = campaign_in(store, State.ON)
    other = another()
    other.switches.begin(campaign, Action.OFF, AskedBy.APP)
    other.close()
    switch = store.switches.begin(campaign, Action.DELETE, AskedBy.APP)
    waiting = store.campaigns.get(campaign)
    assert (waiting.pending, waiting.unsure) == (Action.DELETE, True)
    assert waiting.reason is not None
    assert waiting.reason.code == "store.switch_interrupted"
    store.switches.done(switch)
    assert store.campaigns.get(campaign).state is State.DELETED


CONTRARY = [(Action.ON, Action.OFF), (Action.OFF, Action.ON), (Action.DELETE, Action.ON), (Action.DELETE, Action.OFF)]


@pytest.mark.values
@pytest.mark.parametrize(("first", "second"), CONTRARY)
@pytest.mark.parametrize("killed", [True, False])
def test_what_is_done_while_something_else_has_no_answer_is_not_sure_until_it_is_asked_for_again(
        place: Location, first: Action, second: Action, killed: bool) -> None:
    """The provider may carry out the first after the second."""
    now = [dt.datetime(2026, 11, 25, 9, 30, tzinfo=dt.UTC)]
    store, other = (open_store(place, lambda: now[0]) for _ in range(2))
    campaign = store.campaigns.track_foreign("acme", 20212, "Anket", State.ON)
    entry = other.switches.begin(campaign, first, AskedBy.APP)
    if killed:
        other.close()
        while not store.ledger.recover():
            time.sleep(0.01)  # the server has yet to notice
    else:
        other.switches.unknown(entry, WHY)
        other.close()
    now[0] += dt.timedelta(seconds=30)
    assert store.switches.done(store.switches.begin(campaign, second, AskedBy.APP))
    found = store.campaigns.get(campaign)
    assert (found.state, found.unsure, found.reason) == (RESULTS[second], True, Reason("store.switch_overtaken"))
    now[0] += dt.timedelta(seconds=91)
    assert store.switches.done(store.switches.begin(campaign, second, AskedBy.APP))
    found = store.campaigns.get(campaign)
    assert (found.state, found.unsure, found.reason) == (RESULTS[second], False, None)
    store.close()


@pytest.mark.values
@pytest.mark.parametrize("action", [Action.ON, Action.OFF])
@pytest.mark.parametrize("unanswered", Action)
def test_what_is_deleted_is_deleted_and_the_same_twice_is_sure(
        store: Store, action: Action, unanswered: Action) -> None:
    campaign = campaign_in(store, State.ON)
    store.switches.unknown(store.switches.begin(campaign, unanswered, AskedBy.APP), WHY)
    second = action if action is unanswered else Action.DELETE
    assert store.switches.done(store.switches.begin(campaign, second, AskedBy.APP))
    found = store.campaigns.get(campaign)
    assert (found.state, found.unsure) == (RESULTS[second], False)


@pytest.mark.parametrize("which", range(3))
@pytest.mark.parametrize("deleted", [True, False])
def test_one_that_was_given_up_and_is_settled_after_all_makes_the_campaign_unsure_once(
        store: Store, another: Callable[[], Store], which: int, deleted: bool) -> None:
    campaign = campaign_in(store, State.ON)
    other = another()
    entry = other.switches.begin(campaign, Action.ON, AskedBy.APP)
    other.close()
    while not store.ledger.recover():
        time.sleep(0.01)  # the server has yet to notice
    store.switches.done(store.switches.begin(campaign, Action.DELETE if deleted else Action.OFF, AskedBy.APP))
    assert not settlings(store)[which](entry)
    found = store.campaigns.get(campaign)
    if deleted:
        assert (found.state, found.unsure) == (State.DELETED, False)
        return
    assert (found.state, found.unsure, found.reason) == (State.OFF, True, Reason("store.switch_late"))
    before = found, store.history(campaign)
    assert not settlings(store)[which](entry)
    assert (store.campaigns.get(campaign), store.history(campaign)) == before


# What the provider doesn't know

def missing(store: Store, state: State = State.ON) -> int:
    campaign = campaign_in(store, state)
    store.switches.missing(store.switches.begin(campaign, Action.OFF, AskedBy.APP), WHY)
    return campaign


@pytest.mark.parametrize("state", [State.ON, State.OFF])
def test_one_that_is_missing_is_taken_off_the_list_where_deleting_it_finds_it_missing_again(
        store: Store, state: State) -> None:
    campaign = missing(store, state)
    assert store.switches.missing(store.switches.begin(campaign, Action.DELETE, AskedBy.COMMAND), WHY)
    away = store.campaigns.get(campaign)
    assert (away.put_away, away.standing, away.reason, away.pending) == (True, State.MISSING, WHY, None)
    assert store.campaigns.page("acme", limit=9) == []
    assert store.campaigns.page("acme", filter=ListFilter(deleted=True), limit=9) == [away]
    assert store.campaigns.counts("acme") == {State.DELETED: 1}
    assert [entry.event for entry in store.history(campaign)][:2] == [Event.PUT_AWAY, Event.DELETE_FAILED]
    with pytest.raises(WrongState):
        store.switches.begin(campaign, Action.ON, AskedBy.APP)


@pytest.mark.parametrize("action", [Action.ON, Action.OFF])
def test_switching_what_is_missing_leaves_it_in_the_list(store: Store, action: Action) -> None:
    campaign = missing(store)
    store.switches.missing(store.switches.begin(campaign, action, AskedBy.APP), WHY)
    assert store.campaigns.counts("acme") == {State.MISSING: 1}


def test_the_first_time_that_it_is_missing_it_stays_in_the_list(store: Store) -> None:
    campaign = campaign_in(store, State.ON)
    store.switches.missing(store.switches.begin(campaign, Action.DELETE, AskedBy.APP), WHY)
    assert (store.campaigns.get(campaign).put_away, store.campaigns.counts("acme")) == (False, {State.MISSING: 1})


def test_what_is_missing_and_deleted_after_all_is_deleted(store: Store) -> None:
    campaign = missing(store)
    store.switches.done(store.switches.begin(campaign, Action.DELETE, AskedBy.APP))
    deleted = store.campaigns.get(campaign)
    assert (deleted.put_away, deleted.standing) == (False, State.DELETED)
    assert Event.PUT_AWAY not in [entry.event for entry in store.history(campaign)]
