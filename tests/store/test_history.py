"""What a campaign's history tells, newest first."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.store.support import OUTCOMES, WHY, campaign_in, launched, open_store
from tui.campaign.lifecycle import Action, AskedBy, Created, NotSent, Outcome, Rejected, State, Unconfirmed
from tui.store import Event, Store


def told(store: Store, campaign: int) -> list[Event]:
    return [entry.event for entry in store.history(campaign)]


def test_a_whole_life_is_told_newest_first(store: Store) -> None:
    campaign = store.drafts.create("acme", {})
    store.ledger.resolve(launched(store, campaign), Rejected(WHY))
    store.ledger.resolve(launched(store, campaign), NotSent(WHY))
    store.ledger.resolve(launched(store, campaign), Unconfirmed(WHY))
    store.ledger.not_created(campaign)
    store.ledger.resolve(launched(store, campaign), Created(112))
    store.switches.failed(store.switches.begin(campaign, Action.OFF, AskedBy.COMMAND), WHY)
    store.switches.unknown(store.switches.begin(campaign, Action.OFF, AskedBy.APP), WHY)
    store.switches.done(store.switches.begin(campaign, Action.DELETE, AskedBy.APP))
    history = store.history(campaign)
    assert [entry.event for entry in history] == [
        Event.DELETE_DONE, Event.DELETE_ASKED, Event.OFF_UNKNOWN, Event.OFF_ASKED, Event.OFF_FAILED, Event.OFF_ASKED,
        Event.CREATED, Event.LAUNCHED, Event.SAID_NOT_CREATED, Event.UNCONFIRMED, Event.LAUNCHED,
        Event.NOT_SENT, Event.LAUNCHED, Event.REJECTED, Event.LAUNCHED, Event.MADE,
    ]
    assert [entry.at for entry in history] == sorted({entry.at for entry in history}, reverse=True)
    assert [entry.by for entry in history if entry.by is not None] == [
        AskedBy.APP, AskedBy.APP, AskedBy.COMMAND, *[AskedBy.APP] * 4]
    assert {entry.event for entry in history if entry.reason == WHY} == {
        Event.OFF_UNKNOWN, Event.OFF_FAILED, Event.UNCONFIRMED, Event.NOT_SENT, Event.REJECTED}
    assert [entry.provider_id for entry in history if entry.provider_id is not None] == [112]
    assert {entry.numbers for entry in history if entry.event is Event.LAUNCHED} == {2}


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: type(outcome).__name__)
def test_things_of_one_moment_keep_their_order(path: Path, outcome: Outcome) -> None:
    moment = dt.datetime(2026, 9, 12, 11, 32, tzinfo=dt.UTC)
    store = open_store(path, lambda: moment)
    campaign = store.drafts.create("acme", {})
    store.ledger.resolve(launched(store, campaign), outcome)
    assert told(store, campaign)[1:] == [Event.LAUNCHED, Event.MADE]
    assert {entry.at for entry in store.history(campaign)} == {moment}
    store.close()


def test_an_id_that_was_given_is_told(store: Store) -> None:
    campaign = campaign_in(store, State.UNCONFIRMED)
    store.ledger.assign_id(campaign, 112)
    assert told(store, campaign) == [Event.ID_GIVEN, Event.UNCONFIRMED, Event.LAUNCHED, Event.MADE]
    assert [entry.provider_id for entry in store.history(campaign)] == [112, None, None, None]


def test_a_late_answer_is_told(store: Store) -> None:
    campaign = store.drafts.create("acme", {})
    launch = launched(store, campaign)
    store.ledger.resolve(launch, Unconfirmed(WHY))
    store.ledger.resolve(launch, Created(112))
    assert told(store, campaign) == [Event.FOUND, Event.UNCONFIRMED, Event.LAUNCHED, Event.MADE]


def test_what_is_on_its_way_is_told(store: Store) -> None:
    launching = campaign_in(store, State.LAUNCHING)
    assert told(store, launching) == [Event.LAUNCHED, Event.MADE]
    switching = campaign_in(store, State.ON)
    store.switches.begin(switching, Action.OFF, AskedBy.APP)
    assert told(store, switching)[0] is Event.OFF_ASKED


def test_where_it_came_from_is_told(store: Store) -> None:
    foreign = store.campaigns.track_foreign("acme", 112, "Panelden", State.ON)
    entry, = store.history(foreign)
    assert (entry.event, entry.provider_id) == (Event.ADOPTED, 112)
    entry, = store.history(store.drafts.copy(foreign, numbers=False))
    assert (entry.event, entry.copied_from) == (Event.COPIED, foreign)


def test_a_removed_draft_is_told_from_one_deleted_at_the_provider(store: Store) -> None:
    draft = store.drafts.create("acme", {})
    store.drafts.remove(draft)
    assert told(store, draft) == [Event.REMOVED, Event.MADE]
    assert told(store, campaign_in(store, State.DELETED))[0] is Event.DELETE_DONE
