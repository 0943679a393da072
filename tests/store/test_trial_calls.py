"""Test calls in the store: what they are made of, what they tell, and when they are none any more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.store.support import REACHED, WHY, bad, campaign_in, good, launched
from tui.campaign.lifecycle import Created, NotSent, Outcome, Rejected, State, Unconfirmed
from tui.store import Event, NoSuchCampaign, NoSuchNumber, NumberRow, Store

MINE = NumberRow(typed="905321234567", phone="905321234567", phrase="#456 73.56", lang="en-US")
FIELDS = {"name": "[test] Anket", "call_type": "ivr", "call_retries": "0"}


def made(store: Store, source: int, outcome: Outcome | None = None, row: NumberRow = MINE) -> int:
    """A test call of `source`, launched where an outcome is given."""
    test = store.trial_calls.make(source, FIELDS, row)
    if outcome is not None:
        store.ledger.resolve(launched(store, test), outcome)
    return test


@pytest.mark.values
@pytest.mark.parametrize("state", REACHED)
def test_a_test_call_of_a_campaign_in_any_state_is_a_draft_with_one_number(store: Store, state: State) -> None:
    source = campaign_in(store, state)
    before = store.campaigns.get(source)
    test = store.campaigns.get(made(store, source))
    assert (test.state, test.fields, test.profile, test.test_of, test.copied_from) == (
        State.DRAFT, FIELDS, "acme", source, source)
    assert (test.numbers, test.callable_numbers, test.callable_with_phrase) == (1, 1, 1)
    (row,) = store.numbers.each(test.id)
    assert (row.position, row.typed, row.phone, row.phrase, row.lang) == (
        1, "905321234567", "905321234567", "#456 73.56", "en-US")
    assert store.campaigns.get(source) == before
    assert store.campaigns.get(source).test_of is None


def test_the_figures_are_those_that_counting_would_give(store: Store) -> None:
    source = campaign_in(store, State.DRAFT)
    for row in (MINE, good("905321234567")):
        test = made(store, source, row=row)
        before = store.numbers.summary(test)
        store.numbers.drop(test, [store.numbers.add(test, [bad()]).total])
        assert store.numbers.summary(test) == before


def test_a_test_of_a_test_is_one_of_the_campaign_itself(store: Store) -> None:
    source = campaign_in(store, State.DRAFT)
    again = store.campaigns.get(made(store, made(store, source)))
    assert again.test_of == source


def test_a_test_of_what_does_not_exist_is_refused_and_leaves_nothing(store: Store) -> None:
    with pytest.raises(NoSuchCampaign):
        made(store, 404)
    assert store.campaigns.count("acme") == 0


Edit = Callable[[Store, int], object]
EDITS: dict[str, Edit] = {
    "a field": lambda store, test: store.drafts.change(test, {"welcome_announcement_id": "129"}),
    "another number": lambda store, test: store.numbers.add(test, [good("905550000000")]),
    "its number replaced": lambda store, test: store.numbers.replace(test, 1, good("905550000000")),
    "its number dropped": lambda store, test: store.numbers.drop(test, [1]),
    "no numbers": lambda store, test: store.numbers.clear(test),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_test_call_that_is_edited_is_a_draft_like_any_other(store: Store, edit: Edit) -> None:
    """Else whoever is called by it then would be taken for the operator, and its menu for one that was heard."""
    test = made(store, campaign_in(store, State.DRAFT))
    edit(store, test)
    assert store.campaigns.get(test).test_of is None
    if store.campaigns.get(test).numbers:
        store.ledger.resolve(launched(store, test), Created(112))
    assert (store.trial_calls.last_number("acme"), store.trial_calls.created("acme")) == (None, [])


def test_what_changes_nothing_leaves_a_test_call_one(store: Store) -> None:
    source = campaign_in(store, State.DRAFT)
    test = made(store, source)
    store.drafts.change(test, {"call_retries": "0"})
    store.drafts.remove(test)
    store.drafts.bring_back(test)
    assert store.campaigns.get(test).test_of == source
    assert store.campaigns.get(store.drafts.copy(test, numbers=True)).test_of is None


@pytest.mark.parametrize(("outcome", "rang", "was_created"), [
    (Created(112), True, True), (Unconfirmed(WHY), True, False), (Rejected(WHY), False, False),
    (NotSent(WHY), False, False), (None, False, False),
])
def test_only_what_may_have_rung_tells_of_a_number_and_only_what_was_created_of_a_menu(
    store: Store, outcome: Outcome | None, rang: bool, was_created: bool
) -> None:
    test = made(store, campaign_in(store, State.DRAFT), outcome)
    assert store.trial_calls.last_number("acme") == ("905321234567" if rang else None)
    assert [call.id for call in store.trial_calls.created("acme")] == ([test] if was_created else [])
    assert (store.trial_calls.last_number("other"), store.trial_calls.created("other")) == (None, [])


def test_the_last_test_call_comes_first(store: Store) -> None:
    source = campaign_in(store, State.DRAFT)
    first = made(store, source, Created(112))
    second = made(store, source, Created(113), good("905550000000"))
    made(store, source, Rejected(WHY), good("905559999999"))
    assert store.trial_calls.last_number("acme") == "905550000000"
    assert [call.id for call in store.trial_calls.created("acme")] == [second, first]
    assert [call.launched_at is not None for call in store.trial_calls.created("acme")] == [True, True]


def test_the_sample_is_the_first_that_is_called_or_the_row_that_is_named(store: Store) -> None:
    source = store.drafts.create("acme", {"name": "Anket"})
    assert store.trial_calls.sample(source) is None
    rows = [bad(), good("905320000001", "#1"), good("905320000001", "#2"), good("905320000002", "#3")]
    store.numbers.add(source, rows)
    first = store.trial_calls.sample(source)
    assert first is not None
    assert (first.position, first.phrase) == (2, "#1")
    assert [row.phrase for position in (3, 4) if (row := store.trial_calls.sample(source, position))] == ["#2", "#3"]
    with pytest.raises(NoSuchNumber):
        store.trial_calls.sample(source, 9)


def test_the_history_says_what_it_was_made_for(store: Store) -> None:
    source = campaign_in(store, State.DRAFT)
    (entry,) = store.history(made(store, source))
    assert (entry.event, entry.copied_from) == (Event.TEST, source)


def test_a_campaign_that_goes_up_in_another_takes_its_test_calls_along(store: Store) -> None:
    """Its ID was given by hand while its launch was in doubt; the foreign one that stood for it is one with it."""
    foreign = store.campaigns.track_foreign("acme", 112, "Panelden", State.ON)
    test = made(store, foreign)
    unconfirmed = campaign_in(store, State.UNCONFIRMED)
    store.ledger.assign_id(unconfirmed, 112)
    assert store.campaigns.get(test).test_of == unconfirmed
