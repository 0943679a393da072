"""Several campaigns at once: what it can be done to, what is sent, what is told of each, and what a stop leaves."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from msgspec import structs

from tests.operations.resulting import nobody
from tests.provider.doubles import FakeClock, StoppedClock
from tests.screens.conftest import on_the_wire
from tests.store.support import REACHED, campaign_in
from tui.bootstrap import sort_text
from tui.campaign.lifecycle import Action, AskedBy, Created, State
from tui.config import Profile
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.i18n import words
from tui.i18n.words import folded, say
from tui.operations import bulk as bulk_operations
from tui.operations.bulk import Bulk, BulkOutcome, BulkResult, plan, why_not
from tui.operations.services import NotPossible, Services
from tui.operations.switch import SwitchResult, switch
from tui.provider.client import Provider
from tui.provider.limits import Clock
from tui.store import Campaign, Store, StoreFull, StoreThread

KEY = "K98765432-1234-5678-4321-123456789012"
NOW = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)
FIELDS = {"name": "Anket", "call_type": "ivr"}


@dataclass
class Desk:
    """A store, and a provider whose answers the test gives."""

    services: Services
    requests: list[str] = field(default_factory=list)
    answer: Callable[[httpx.Request], httpx.Response] = lambda _: httpx.Response(200, text="OK")
    results: list[BulkResult] = field(default_factory=list)
    clock: Clock = field(default_factory=FakeClock)

    @property
    def store(self) -> Store:
        return self.services.store

    def answered(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(f"{request.method} {request.url.path.rpartition('/')[2]}")
        return on_the_wire(self.answer(request))

    def connect(self, profile: Profile) -> Provider:
        return Provider(profile.base_url, Secret(KEY), transport=httpx.MockTransport(self.answered), clock=self.clock,
                        jitter=lambda: 0.0)

    def on(self, count: int) -> list[Campaign]:
        """So many campaigns that are on, with the IDs 1…"""
        made = []
        for place in range(1, count + 1):
            campaign = self.store.drafts.create("acme", FIELDS | {"name": f"Anket {place}"})
            entry = self.store.ledger.begin(campaign, revision=1, token=f"t{place}", body_hash="h", numbers=1,
                                            asked_by=AskedBy.APP)
            self.store.ledger.resolve(entry, Created(place))
            made.append(campaign)
        return self.store.campaigns.some(made)

    def bulk(self, action: Action, campaigns: list[Campaign]) -> Bulk:
        return Bulk(self.services, plan(action, campaigns, "acme"), self.results.append)

    def outcomes(self) -> dict[str, BulkOutcome]:
        return {result.campaign.name: result.outcome for result in self.results}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    words.use("en")
    store = Store.open(tmp_path / "santral.db", fold=folded, sort_key=sort_text, now=lambda: NOW)
    profile = Profile("acme", Secret(KEY), base_url="http://127.0.0.1:1")
    made = Desk(Services(store, StoreThread(), profile, nobody, AskedBy.APP, now=lambda: NOW))
    made.services.connect = made.connect
    yield made
    made.services.thread.close()
    store.close()


# What it can be done to

ABLE = {Action.ON: {State.OFF}, Action.OFF: {State.ON},
        Action.DELETE: {State.ON, State.OFF, State.DRAFT, State.REJECTED}}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", REACHED)
def test_what_an_action_can_be_done_to(desk: Desk, action: Action, state: State) -> None:
    campaign = desk.store.campaigns.get(campaign_in(desk.store, state))
    reason = why_not(action, campaign, "acme")
    assert (reason is None) is (state in ABLE[action])
    if reason is not None:
        assert "Anket" in say(reason.code, **reason.params)
    other = why_not(action, campaign, "other")
    assert other is not None
    assert "p in the list" in say(other.code, **other.params)


def test_one_in_doubt_can_be_switched_either_way_and_one_under_way_not_at_all(desk: Desk) -> None:
    (campaign,) = desk.on(1)
    doubtful = structs.replace(campaign, unsure=True)
    assert why_not(Action.ON, doubtful, "acme") is None
    assert why_not(Action.OFF, doubtful, "acme") is None
    pending = why_not(Action.OFF, structs.replace(campaign, pending=Action.OFF), "acme")
    assert pending is not None
    assert pending.code == "store.already_switching"


# Doing it

async def test_each_is_switched_once_and_told(desk: Desk) -> None:
    bulk = desk.bulk(Action.OFF, desk.on(6))
    await bulk.run()
    assert sorted(desk.requests) == [f"PATCH {place}" for place in range(1, 7)]
    assert set(desk.outcomes().values()) == {BulkOutcome.DONE}
    assert (bulk.count(BulkOutcome.DONE), len(bulk.results), bulk.under_way) == (6, 6, 0)
    assert desk.store.campaigns.counts("acme") == {State.OFF: 6}


async def test_it_is_paced_as_the_provider_asks(desk: Desk) -> None:
    clock = FakeClock()
    desk.clock = clock
    await desk.bulk(Action.OFF, desk.on(60)).run()
    assert len(desk.requests) == 60
    assert sum(clock.slept) == pytest.approx(5, abs=2.1)  # 50 at once, then two a second


async def test_drafts_are_put_away_and_the_rest_deleted_at_the_provider(desk: Desk) -> None:
    campaigns = desk.on(2)
    draft = desk.store.drafts.create("acme", FIELDS | {"name": "draft"})
    bulk = desk.bulk(Action.DELETE, [*campaigns, desk.store.campaigns.get(draft)])
    await bulk.run()
    assert sorted(desk.requests) == ["DELETE 1", "DELETE 2"]
    assert bulk.removed == [draft]
    assert desk.store.campaigns.counts("acme") == {State.DELETED: 3}
    desk.store.drafts.bring_back(draft)


async def test_drafts_alone_need_no_key(desk: Desk) -> None:
    desk.services.profile = Profile("acme")
    draft = desk.store.drafts.create("acme", FIELDS)
    await desk.bulk(Action.DELETE, [desk.store.campaigns.get(draft)]).run()
    assert desk.store.campaigns.counts("acme") == {State.DELETED: 1}


async def test_a_profile_that_may_only_look_does_nothing(desk: Desk) -> None:
    campaigns = desk.on(2)
    desk.services.profile = Profile("acme", Secret(KEY), read_only=True)
    with pytest.raises(NotPossible):
        await desk.bulk(Action.OFF, campaigns).run()
    assert desk.requests == []
    assert desk.store.campaigns.counts("acme") == {State.ON: 2}


async def test_what_another_has_changed_meanwhile_is_told_and_stops_nothing(desk: Desk) -> None:
    campaigns = desk.on(2)
    bulk = desk.bulk(Action.OFF, campaigns)
    entry = desk.store.switches.begin(campaigns[0].id, Action.DELETE, AskedBy.COMMAND)
    desk.store.switches.done(entry)
    await bulk.run()
    assert desk.outcomes() == {"Anket 1": BulkOutcome.FAILED, "Anket 2": BulkOutcome.DONE}
    failed = next(result for result in bulk.results if result.outcome is BulkOutcome.FAILED)
    assert failed.reason is not None
    assert failed.reason.code == "store.wrong_state.deleted"


# What goes wrong half-way

async def test_a_cut_connection_a_refusal_and_a_limit_are_each_told_as_what_they_are(desk: Desk) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        match request.url.path.rpartition("/")[2]:
            case "1":
                raise httpx.ReadError("cut")
            case "2":
                return httpx.Response(400, text="Cannot do that [/x]")
            case "3":
                return httpx.Response(429, text="slow down")
            case "4":
                raise httpx.ConnectError("refused")
            case "5":
                return httpx.Response(404, text="Cannot find ivr_campaign with ID 5")
        return httpx.Response(200, text="OK")

    desk.answer = answer
    await desk.bulk(Action.OFF, desk.on(7)).run()
    assert desk.outcomes() == {
        "Anket 1": BulkOutcome.UNSURE, **{f"Anket {place}": BulkOutcome.FAILED for place in range(2, 6)},
        "Anket 6": BulkOutcome.DONE, "Anket 7": BulkOutcome.DONE}
    for campaign in desk.store.campaigns.page("acme", limit=10):
        outcome = desk.outcomes()[campaign.name]
        assert campaign.unsure is (outcome is BulkOutcome.UNSURE)
        assert (campaign.state is State.OFF) is (outcome is BulkOutcome.DONE)
    assert all(result.reason is not None for result in desk.results if result.outcome is not BulkOutcome.DONE)


async def test_a_key_that_is_refused_is_not_tried_again_and_again(desk: Desk) -> None:
    desk.answer = lambda _: httpx.Response(401, text="wrong key")
    bulk = desk.bulk(Action.OFF, desk.on(30))
    await bulk.run()
    assert len(desk.requests) <= 4
    assert bulk.count(BulkOutcome.FAILED) + bulk.count(BulkOutcome.LEFT) == 30
    assert bulk.count(BulkOutcome.LEFT) >= 26


class Held:
    """Answers that come when the test lets them."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.go_on = asyncio.Event()


def held(desk: Desk) -> Held:
    gate = Held()

    class Transport(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            desk.requests.append(f"{request.method} {request.url.path.rpartition('/')[2]}")
            if len(desk.requests) == 4:
                gate.begun.set()
            await gate.go_on.wait()
            return on_the_wire(httpx.Response(200, text="OK"))

    desk.services.connect = lambda profile: Provider(profile.base_url, Secret(KEY), transport=Transport(),
                                                     clock=desk.clock)
    return gate


async def test_a_stop_waits_for_what_is_under_way_and_begins_nothing_more(desk: Desk) -> None:
    gate = held(desk)
    bulk = desk.bulk(Action.OFF, desk.on(9))
    run = asyncio.create_task(bulk.run())
    await gate.begun.wait()
    bulk.stop()
    assert bulk.under_way == 4
    gate.go_on.set()
    await run
    assert len(desk.requests) == 4
    assert (bulk.count(BulkOutcome.DONE), bulk.count(BulkOutcome.LEFT)) == (4, 5)
    assert desk.store.campaigns.counts("acme") == {State.ON: 5, State.OFF: 4}


async def test_an_answer_that_could_not_be_kept_is_told_with_the_stores_own_reason(
        desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    full = StoreFull(Reason("store.full", {"path": "santral.db"}))

    def takes_nothing(_switch: int) -> bool:
        raise full

    monkeypatch.setattr(desk.store.switches, "done", takes_nothing)
    bulk = desk.bulk(Action.OFF, desk.on(1))
    await bulk.run()
    monkeypatch.undo()
    (result,) = bulk.results
    assert result.outcome is BulkOutcome.UNSURE
    assert [reason.code for reason in result.reasons] == ["operations.switch.unclear.not_kept", "store.full"]
    assert await desk.services.outcome_writer.all_written(30)


@pytest.mark.parametrize(("failure", "code"), [
    (StoreFull(Reason("store.full", {"path": "santral.db"})), "store.full"),
    (LookupError("nobody thought of it"), "operations.switch.failed"),
])
async def test_what_fails_otherwise_is_in_doubt_and_stops_none_of_the_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, failure: Exception, code: str
) -> None:
    campaigns = desk.on(3)

    async def failing(services: Services, campaign: int, action: Action) -> SwitchResult:
        if campaign == campaigns[1].id:
            raise failure
        return await switch(services, campaign, action)

    monkeypatch.setattr(bulk_operations, "switch", failing)
    bulk = desk.bulk(Action.OFF, campaigns)
    await bulk.run()
    assert {result.campaign.id: result.outcome for result in bulk.results} == {
        campaign.id: BulkOutcome.UNSURE if place == 1 else BulkOutcome.DONE for place, campaign in enumerate(campaigns)}
    assert [result.reason.code for result in bulk.results if result.reason is not None] == [code]


async def test_what_is_given_up_is_in_doubt_and_remembered_so(desk: Desk) -> None:
    gate = held(desk)
    bulk = desk.bulk(Action.OFF, desk.on(9))
    run = asyncio.create_task(bulk.run())
    await gate.begun.wait()
    bulk.give_up()
    await run
    assert (bulk.count(BulkOutcome.UNSURE), bulk.count(BulkOutcome.LEFT), len(desk.requests)) == (4, 5, 4)
    unsure = {result.campaign.id for result in bulk.results if result.outcome is BulkOutcome.UNSURE}
    assert {campaign.id for campaign in desk.store.campaigns.page("acme", limit=10) if campaign.unsure} == unsure


async def test_who_is_cancelled_from_outside_leaves_the_same_truth(desk: Desk) -> None:
    gate = held(desk)
    bulk = desk.bulk(Action.OFF, desk.on(9))
    run = asyncio.create_task(bulk.run())
    await gate.begun.wait()
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    assert (bulk.count(BulkOutcome.UNSURE), bulk.count(BulkOutcome.LEFT)) == (4, 5)
    assert sum(campaign.unsure for campaign in desk.store.campaigns.page("acme", limit=10)) == 4


async def test_one_that_waits_for_the_limit_has_sent_nothing_when_it_is_stopped(desk: Desk) -> None:
    clock = desk.clock = StoppedClock()
    bulk = desk.bulk(Action.OFF, desk.on(55))
    run = asyncio.create_task(bulk.run())
    while not clock.slept or bulk.under_way:  # noqa: ASYNC110 - nobody tells when the limit is reached
        await asyncio.sleep(0.005)
    bulk.stop()
    await run
    done = len(desk.requests)
    assert 40 < done <= 50
    counts = [bulk.count(outcome) for outcome in (BulkOutcome.DONE, BulkOutcome.LEFT, BulkOutcome.UNSURE)]
    assert counts == [done, 55 - done, 0]
    assert not any(campaign.unsure for campaign in desk.store.campaigns.page("acme", limit=100))


async def test_another_profiles_campaign_is_never_sent_with_this_ones_key(desk: Desk) -> None:
    from tui.operations.switch import switch

    (campaign,) = desk.on(1)
    desk.services.profile = Profile("other", Secret(KEY), base_url="http://127.0.0.1:1")
    with pytest.raises(NotPossible, match="other_profile"):
        await switch(desk.services, campaign.id, Action.OFF)
    assert desk.requests == []
    assert desk.store.campaigns.get(campaign.id).pending is None
