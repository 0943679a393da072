"""Any sequence of operations, held against a plain model of a campaign's life."""

from __future__ import annotations

import itertools
import tempfile
from dataclasses import dataclass
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from tests.sampling import examples
from tests.store.support import WHY, launched, open_store
from tui.campaign.lifecycle import Action, AskedBy, Created, NotSent, Rejected, State, Unconfirmed
from tui.store import AlreadySwitching, Store, WrongState


@dataclass
class Expected:
    """What a campaign should be."""

    state: State
    name: str = "Anket"
    revision: int = 1
    provider_id: int | None = None
    launch: int | None = None  # the last one, while it may still get an outcome
    switch: int | None = None
    action: Action | None = None
    unsure: bool = False


OUTCOME_STATES: dict[type[object], State] = {Rejected: State.REJECTED, NotSent: State.DRAFT,
                                             Unconfirmed: State.UNCONFIRMED}
ACTION_STATES = {Action.ON: State.ON, Action.OFF: State.OFF, Action.DELETE: State.DELETED}


class Life(RuleBasedStateMachine):
    """Two stores on one file take turns; `second` says whose turn it is."""

    campaigns = Bundle("campaigns")

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name) / "santral.db"
        self.stores = (open_store(path), open_store(path))
        self.model: dict[int, Expected] = {}
        self.ids = itertools.count(1)

    def teardown(self) -> None:
        for store in self.stores:
            store.close()
        self._folder.cleanup()

    def refused(self, store: Store, campaign: int) -> None:
        with pytest.raises(WrongState):
            launched(store, campaign)

    @rule(target=campaigns, second=st.booleans())
    def create(self, second: bool) -> int:
        campaign = self.stores[second].drafts.create("acme", {"name": "Anket"})
        self.model[campaign] = Expected(State.DRAFT)
        return campaign

    @rule(target=campaigns, original=campaigns, second=st.booleans())
    def copy(self, original: int, second: bool) -> int:
        campaign = self.stores[second].drafts.copy(original, numbers=True)
        self.model[campaign] = Expected(State.DRAFT, name=self.model[original].name)
        return campaign

    @rule(campaign=campaigns, name=st.sampled_from(["Anket", "Borç", "Tahsilat"]), second=st.booleans())
    def change(self, campaign: int, name: str, second: bool) -> None:
        expected = self.model[campaign]
        if not expected.state.editable:
            with pytest.raises(WrongState):
                self.stores[second].drafts.change(campaign, {"name": name})
            return
        expected.revision += name != expected.name
        expected.name = name
        assert self.stores[second].drafts.change(campaign, {"name": name}) == expected.revision

    @rule(campaign=campaigns, second=st.booleans())
    def remove(self, campaign: int, second: bool) -> None:
        expected = self.model[campaign]
        if not expected.state.editable:
            with pytest.raises(WrongState):
                self.stores[second].drafts.remove(campaign)
            return
        self.stores[second].drafts.remove(campaign)
        expected.state = State.DELETED

    @rule(campaign=campaigns, second=st.booleans())
    def bring_back(self, campaign: int, second: bool) -> None:
        expected = self.model[campaign]
        if expected.state is not State.DELETED or expected.provider_id is not None:
            with pytest.raises(WrongState):
                self.stores[second].drafts.bring_back(campaign)
            return
        self.stores[second].drafts.bring_back(campaign)
        expected.state = State.DRAFT

    @rule(campaign=campaigns, second=st.booleans())
    def launch(self, campaign: int, second: bool) -> None:
        expected = self.model[campaign]
        if not expected.state.editable:
            self.refused(self.stores[second], campaign)
            return
        expected.launch = launched(self.stores[second], campaign)
        expected.state = State.LAUNCHING

    @rule(campaign=campaigns,
          failure=st.sampled_from([None, Rejected(WHY), NotSent(WHY), Unconfirmed(WHY)]),
          second=st.booleans())
    def settle(self, campaign: int, failure: Rejected | NotSent | Unconfirmed | None, second: bool) -> None:
        expected = self.model[campaign]
        if expected.launch is None:
            return
        provider_id = next(self.ids)
        news = expected.state is State.LAUNCHING or (expected.state is State.UNCONFIRMED and failure is None)
        assert self.stores[second].ledger.resolve(expected.launch, failure or Created(provider_id)) is news
        if not news:
            return
        if failure is None:
            expected.state, expected.provider_id = State.ON, provider_id
        else:
            expected.state = OUTCOME_STATES[type(failure)]

    @rule(campaign=campaigns, created=st.booleans(), second=st.booleans())
    def resolve(self, campaign: int, created: bool, second: bool) -> None:
        expected = self.model[campaign]
        provider_id = next(self.ids)
        ledger = self.stores[second].ledger

        def ask() -> None:
            if created:
                ledger.assign_id(campaign, provider_id)
            else:
                ledger.not_created(campaign)

        if expected.state is not State.UNCONFIRMED:
            with pytest.raises(WrongState):
                ask()
            return
        ask()
        expected.launch = None  # later news of it is another test's
        expected.state = State.ON if created else State.DRAFT
        expected.provider_id = provider_id if created else None

    @rule(campaign=campaigns, action=st.sampled_from(Action), second=st.booleans())
    def switch(self, campaign: int, action: Action, second: bool) -> None:
        expected = self.model[campaign]
        switches = self.stores[second].switches
        if expected.switch is not None:
            with pytest.raises(AlreadySwitching):
                switches.begin(campaign, action, AskedBy.APP)
        elif expected.state not in (State.ON, State.OFF):
            with pytest.raises(WrongState):
                switches.begin(campaign, action, AskedBy.APP)
        else:
            expected.switch, expected.action = switches.begin(campaign, action, AskedBy.APP), action

    @rule(campaign=campaigns, outcome=st.sampled_from(["done", "failed", "unknown"]), second=st.booleans())
    def switched(self, campaign: int, outcome: str, second: bool) -> None:
        expected = self.model[campaign]
        if expected.switch is None or expected.action is None:
            return
        switches = self.stores[second].switches
        match outcome:
            case "done":
                assert switches.done(expected.switch)
                expected.state, expected.unsure = ACTION_STATES[expected.action], False
            case "failed":
                assert switches.failed(expected.switch, WHY)
            case "unknown":
                assert switches.unknown(expected.switch, WHY)
                expected.unsure = True
        expected.switch = expected.action = None

    @rule(second=st.booleans())
    def recover(self, second: bool) -> None:
        """Both live: there is nothing to give up."""
        assert self.stores[second].ledger.recover() == []

    @invariant()
    def both_stores_remember_what_the_model_does(self) -> None:
        for store in self.stores:
            for campaign, expected in self.model.items():
                found = store.campaigns.get(campaign)
                assert (found.state, found.name, found.revision, found.provider_id, found.pending, found.unsure) == (
                    expected.state, expected.name, expected.revision, expected.provider_id, expected.action,
                    expected.unsure)
            states = [expected.state for expected in self.model.values()]
            assert store.campaigns.counts("acme") == {state: states.count(state) for state in set(states)}


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=examples(25), stateful_step_count=30, deadline=None)
