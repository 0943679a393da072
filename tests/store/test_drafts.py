"""Drafts: what may be done to them, and two apps at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.store.support import REACHED, Location, bad, campaign_in, good, line_of, process
from tui.campaign.fields import OPT_OUT, TYPED_NUMBERS
from tui.campaign.lifecycle import State
from tui.store import Campaign, NoSuchCampaign, RowFilter, Store, WrongState


def test_a_new_draft_has_what_was_typed_and_nothing_empty(store: Store) -> None:
    fields = {"name": " Anket, “ekim” ", "call_type": "ivr"}
    campaign = store.campaigns.get(store.drafts.create("acme", {**fields, "cli": ""}))
    assert campaign.fields == fields
    assert (campaign.profile, campaign.state, campaign.revision) == ("acme", State.DRAFT, 1)
    assert (campaign.name, campaign.call_type) == (" Anket, “ekim” ", "ivr")
    assert campaign.created_at == campaign.updated_at == campaign.state_at
    assert campaign.created_at.utcoffset() is not None
    assert (campaign.reason, campaign.provider_id, campaign.copied_from, campaign.pending) == (None, None, None, None)
    assert not campaign.adopted
    assert not campaign.unsure


def test_changes_are_merged_and_each_is_a_revision(store: Store) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket", "cli": "902129630131"})
    assert store.drafts.change(campaign, {"name": "Yeni", "call_type": "queue"}) == 2
    assert store.drafts.change(campaign, {"cli": None}) == 3
    assert store.drafts.change(campaign, {"call_type": "", "ring_timeout": "30"}) == 4
    changed = store.campaigns.get(campaign)
    assert changed.fields == {"name": "Yeni", "ring_timeout": "30"}
    assert changed.revision == 4
    assert changed.updated_at > changed.created_at == changed.state_at


def test_a_text_that_is_never_sent_is_kept_and_copied_like_the_others(store: Store) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket", "digit_target_9": "hangup/hangup"})
    store.drafts.change(campaign, {OPT_OUT: "9"})
    for kept in (campaign, store.drafts.copy(campaign, numbers=False)):
        assert store.campaigns.get(kept).fields[OPT_OUT] == "9"


@pytest.mark.parametrize("changes", [{}, {"name": "Anket"}, {"cli": None}, {"cli": ""}])
def test_what_changes_nothing_is_no_revision(store: Store, changes: dict[str, str | None]) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    before = store.campaigns.get(campaign)
    assert store.drafts.change(campaign, changes) == 1
    assert store.campaigns.get(campaign) == before


def test_two_apps_that_change_different_fields_keep_each_others(store: Store, another: Callable[[], Store]) -> None:
    other = another()
    campaign = store.drafts.create("acme", {"name": "Anket"})
    store.drafts.change(campaign, {"cli": "902129630131"})
    assert other.drafts.change(campaign, {"ring_timeout": "30"}) == 3
    assert store.campaigns.get(campaign).fields == {"name": "Anket", "cli": "902129630131", "ring_timeout": "30"}


CHANGER = """
import sys
from tests.store.support import located, open_store
store = open_store(located(sys.argv[1]))
for number in range(30):
    store.drafts.change(int(sys.argv[2]), {f"digit_target_{sys.argv[3]}": f"queue/{number}"})
store.close()
print("done", flush=True)
"""


def test_two_processes_that_change_different_fields_keep_each_others(store: Store, place: Location) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    with process(CHANGER, place, campaign, 1) as one, process(CHANGER, place, campaign, 2) as two:
        assert [line_of(one), line_of(two)] == ["done", "done"]
    changed = store.campaigns.get(campaign)
    assert changed.fields == {"name": "Anket", "digit_target_1": "queue/29", "digit_target_2": "queue/29"}
    assert changed.revision == 61


Operation = Callable[[Store, int], object]
BEFORE_THE_LAUNCH: dict[str, Operation] = {
    "change": lambda store, campaign: store.drafts.change(campaign, {"name": "Yeni"}),
    "change nothing": lambda store, campaign: store.drafts.change(campaign, {}),
    "remove": lambda store, campaign: store.drafts.remove(campaign),
    "add numbers": lambda store, campaign: store.numbers.add(campaign, [good("905321234567")]),
    "add no numbers": lambda store, campaign: store.numbers.add(campaign, []),
    "replace a number": lambda store, campaign: store.numbers.replace(campaign, 1, good("905321234567")),
    "drop numbers": lambda store, campaign: store.numbers.drop(campaign, [1]),
    "drop bad numbers": lambda store, campaign: store.numbers.drop_which(campaign, RowFilter.PROBLEMS),
    "drop duplicates": lambda store, campaign: store.numbers.drop_which(campaign, RowFilter.DUPLICATES),
    "clear the numbers": lambda store, campaign: store.numbers.clear(campaign),
}


def everything(store: Store, campaign: int) -> tuple[Campaign, object, object]:
    return store.campaigns.get(campaign), store.numbers.page(campaign, 0, 100), store.history(campaign)


@pytest.mark.values
@pytest.mark.parametrize("operation", BEFORE_THE_LAUNCH.values(), ids=BEFORE_THE_LAUNCH)
@pytest.mark.parametrize("state", [state for state in REACHED if not state.editable])
def test_what_was_sent_is_not_edited(store: Store, state: State, operation: Operation) -> None:
    campaign = campaign_in(store, state)
    before = everything(store, campaign)
    with pytest.raises(WrongState) as caught:
        operation(store, campaign)
    assert caught.value.reason.code == f"store.wrong_state.{state}"
    assert caught.value.reason.params == {"campaign": campaign, "name": "Anket"}
    assert everything(store, campaign) == before


@pytest.mark.parametrize("operation", BEFORE_THE_LAUNCH.values(), ids=BEFORE_THE_LAUNCH)
@pytest.mark.parametrize("state", [State.DRAFT, State.REJECTED])
def test_a_draft_and_a_rejected_one_may_be_edited(store: Store, state: State, operation: Operation) -> None:
    campaign = campaign_in(store, state)
    store.numbers.add(campaign, [good("905320000001"), good("905320000001"), bad()])
    operation(store, campaign)


@pytest.mark.values
@pytest.mark.parametrize("operation", [*BEFORE_THE_LAUNCH.values(),
                                       lambda store, campaign: store.drafts.bring_back(campaign),
                                       lambda store, campaign: store.drafts.copy(campaign, numbers=True),
                                       lambda store, campaign: store.campaigns.get(campaign),
                                       lambda store, campaign: store.numbers.summary(campaign),
                                       lambda store, campaign: store.history(campaign)])
def test_a_campaign_that_does_not_exist_is_named(store: Store, operation: Operation) -> None:
    with pytest.raises(NoSuchCampaign) as caught:
        operation(store, 404)
    assert caught.value.reason.params == {"campaign": 404}


def test_a_rejected_one_keeps_its_reason_while_it_is_edited(store: Store) -> None:
    campaign = campaign_in(store, State.REJECTED)
    reason = store.campaigns.get(campaign).reason
    store.drafts.change(campaign, {"name": "Yeni"})
    changed = store.campaigns.get(campaign)
    assert changed.reason == reason
    assert reason is not None
    assert changed.state is State.REJECTED


@pytest.mark.parametrize("state", [State.DRAFT, State.REJECTED])
def test_a_removed_draft_comes_back_with_its_numbers(store: Store, state: State) -> None:
    campaign = campaign_in(store, state)
    store.numbers.add(campaign, [good("905320000001"), bad()])
    store.drafts.remove(campaign)
    removed = store.campaigns.get(campaign)
    assert (removed.state, removed.numbers) == (State.DELETED, 2)
    assert removed.state_at > removed.created_at
    store.drafts.bring_back(campaign)
    back = store.campaigns.get(campaign)
    assert (back.state, back.numbers, back.fields) == (State.DRAFT, 2, {"name": "Anket"})
    assert len(store.numbers.page(campaign, 0, 10)) == 2


@pytest.mark.values
@pytest.mark.parametrize("state", REACHED)
def test_only_a_removed_draft_can_be_brought_back(store: Store, state: State) -> None:
    """One that is deleted here was deleted at the provider."""
    campaign = campaign_in(store, state)
    before = everything(store, campaign)
    with pytest.raises(WrongState):
        store.drafts.bring_back(campaign)
    assert everything(store, campaign) == before


@pytest.mark.parametrize("numbers", [True, False])
def test_a_copy_is_a_draft_of_its_own(store: Store, numbers: bool) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket", "cli": "902129630131"})
    store.numbers.add(campaign, [good("905320000001", "#456"), good("905320000001"), bad(), good("905320000002")])
    store.numbers.drop(campaign, [4])
    before = store.campaigns.get(campaign)
    copy = store.campaigns.get(store.drafts.copy(campaign, numbers=numbers))
    assert (copy.fields, copy.profile, copy.copied_from) == (before.fields, "acme", campaign)
    assert (copy.state, copy.revision, copy.provider_id) == (State.DRAFT, 1, None)
    assert store.numbers.page(copy.id, 0, 10) == (store.numbers.page(campaign, 0, 10) if numbers else [])
    assert copy.numbers == (3 if numbers else 0)
    store.numbers.add(copy.id, [good("905320000001")])
    assert store.numbers.page(copy.id, 0, 10)[-1].position == (5 if numbers else 1)
    assert store.campaigns.get(campaign) == before


@pytest.mark.values
@pytest.mark.parametrize("state", REACHED)
def test_campaigns_of_every_state_can_be_copied(store: Store, state: State) -> None:
    campaign = campaign_in(store, state)
    copy = store.campaigns.get(store.drafts.copy(campaign, numbers=True))
    assert (copy.state, copy.provider_id, copy.reason, copy.last_set_at) == (State.DRAFT, None, None, None)


def test_what_stands_in_the_line_for_numbers_is_kept_and_is_no_change(store: Store) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    before = store.campaigns.get(campaign)
    store.drafts.keep_typed(campaign, "0532 123")
    kept = store.campaigns.get(campaign)
    assert kept.fields == {"name": "Anket", TYPED_NUMBERS: "0532 123"}
    assert kept.revision == before.revision
    store.drafts.change(campaign, {"name": "Yeni"})
    assert store.campaigns.get(campaign).fields[TYPED_NUMBERS] == "0532 123"
    copy = store.campaigns.get(store.drafts.copy(campaign, numbers=True))
    assert TYPED_NUMBERS not in copy.fields
    store.drafts.keep_typed(campaign, "")
    assert store.campaigns.get(campaign).fields == {"name": "Yeni"}


@pytest.mark.parametrize("state", [state for state in REACHED if not state.editable])
def test_only_a_draft_has_such_a_line(store: Store, state: State) -> None:
    campaign = campaign_in(store, state)
    with pytest.raises(WrongState):
        store.drafts.keep_typed(campaign, "0532")
