"""A campaign is waited for until it is finished, its hours are over, or it is gone."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sampling import examples
from tests.store.results import calling, delivered, told
from tests.store.support import open_store
from tui.campaign.dates import ISTANBUL
from tui.campaign.lifecycle import Action, AskedBy
from tui.config import Profile
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.operations.services import Services
from tui.operations.waiting import Ended, Looked, wait_until_done
from tui.provider.client import Provider
from tui.store import Campaign, NoSuchCampaign, Store, StoreBusy, StoreError, StoreThread
from tui.store.campaigns import Campaigns

LAUNCHED = dt.datetime(2026, 9, 12, 14, 0, tzinfo=ISTANBUL)
OVER = dt.datetime(2026, 9, 12, 18, 1, tzinfo=ISTANBUL)
FIELDS = {"call_type": "ivr", "active_days": "1,2,3,4,5,6,7", "date_range_begin": "2026-09-12",
          "date_range_end": "2026-09-12", "time_range_begin": "09:00", "time_range_end": "18:00"}


def nobody(_profile: Profile) -> Provider:
    raise AssertionError("nothing is asked of the provider")


class World:
    """A campaign of two numbers, and a clock that only sleeping moves: a minute each time."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.at = LAUNCHED
        self.campaign = calling(store, 2, fields=FIELDS)
        self.services = Services(store, StoreThread(), Profile("acme", Secret("K1"), base_url="http://127.0.0.1:1"),
                                 nobody, AskedBy.COMMAND, now=lambda: self.at)
        self.looks: list[Looked] = []
        self.failures: list[StoreError] = []
        self.script: dict[int, Callable[[], object]] = {}  # what happens after so many minutes

    async def sleep(self, _seconds: float) -> None:
        self.at += dt.timedelta(minutes=1)
        self.script.pop(self.minute, lambda: None)()

    @property
    def minute(self) -> int:
        return int((self.at - LAUNCHED).total_seconds() // 60)

    def ends(self) -> Awaitable[Looked]:
        return wait_until_done(self.services, self.campaign, self.looks.append, self.failures.append, self.sleep)

    def result(self, number: int, status: str = "Cevaplandı") -> None:
        self.store.deliveries.ingest([delivered(told(number, status))])


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    store = open_store(tmp_path / "santral.db", lambda: LAUNCHED)
    made = World(store)
    yield made
    made.services.thread.close()
    store.close()


async def test_it_is_finished_once_each_number_has_its_final_result(world: World) -> None:
    world.script = {1: lambda: world.result(1), 3: lambda: world.result(2, "Meşgul"), 5: lambda: world.result(2)}
    looked = await world.ends()
    assert (looked.ended, world.minute, looked.totals.answered) == (Ended.FINISHED, 5, 2)
    assert [look.ended for look in world.looks[:-1]] == [None] * 5


async def test_its_hours_end_it_where_nothing_ever_came_in(world: World) -> None:
    looked = await world.ends()
    assert (looked.ended, world.at) == (Ended.HOURS_OVER, OVER)
    assert looked.totals.called == 0


async def test_results_that_are_late_are_waited_for_a_minute(world: World) -> None:
    last = int((OVER - LAUNCHED).total_seconds() // 60)
    world.script = {1: lambda: world.result(1), last + 1: lambda: world.result(2)}
    assert (await world.ends()).ended is Ended.FINISHED
    assert world.minute == last + 1


async def test_late_results_are_not_waited_for_without_end(world: World) -> None:
    world.script = {1: lambda: world.result(1)}
    assert (await world.ends()).ended is Ended.HOURS_OVER
    assert world.at == OVER + dt.timedelta(minutes=1)


async def test_what_is_over_is_not_waited_for(world: World) -> None:
    world.at = OVER
    assert (await world.ends()).ended is Ended.HOURS_OVER
    assert len(world.looks) == 1


async def test_one_that_is_switched_off_is_waited_for_as_it_may_go_on(world: World) -> None:
    def off_then_on(action: Action) -> Callable[[], None]:
        def act() -> None:
            assert world.store.switches.done(world.store.switches.begin(world.campaign, action, AskedBy.APP))

        return act

    world.script = {2: off_then_on(Action.OFF), 4: off_then_on(Action.ON), 6: lambda: world.result(1),
                    7: lambda: world.result(2)}
    assert (await world.ends()).ended is Ended.FINISHED
    assert world.minute == 7


async def test_one_that_is_deleted_is_gone(world: World) -> None:
    world.script = {3: lambda: world.store.switches.done(
        world.store.switches.begin(world.campaign, Action.DELETE, asked_by=AskedBy.APP))}
    assert ((await world.ends()).ended, world.minute) == (Ended.GONE, 3)


async def test_a_store_that_fails_is_asked_again_and_told_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    get = Campaigns.get

    def busy(campaigns: Campaigns, campaign: int) -> Campaign:
        if world.minute in (2, 3, 4, 8):
            raise StoreBusy(Reason("store.busy", {"path": "santral.db"}))
        return get(campaigns, campaign)

    monkeypatch.setattr(Campaigns, "get", busy)
    world.script = {4: lambda: world.result(1), 9: lambda: world.result(2)}
    assert ((await world.ends()).ended, world.minute) == (Ended.FINISHED, 9)
    assert len(world.failures) == 2


async def test_a_store_that_fails_to_the_end_is_said_to(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    get = Campaigns.get

    def busy(campaigns: Campaigns, campaign: int) -> Campaign:
        if world.minute:
            raise StoreBusy(Reason("store.busy", {"path": "santral.db"}))
        return get(campaigns, campaign)

    monkeypatch.setattr(Campaigns, "get", busy)
    with pytest.raises(StoreBusy):
        await world.ends()
    assert (world.at, len(world.failures)) == (OVER, 1)


async def test_what_does_not_exist_is_not_waited_for(world: World) -> None:
    world.campaign = 99
    with pytest.raises(NoSuchCampaign):
        await world.ends()


@settings(deadline=None, max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 300), st.integers(1, 2), st.sampled_from(
    ["Cevaplandı", "Meşgul", "Hatalı Numara"])), max_size=8))
def test_finished_is_said_of_what_is_complete_alone(
    tmp_path_factory: pytest.TempPathFactory, happened: list[tuple[int, int, str]]
) -> None:
    store = open_store(tmp_path_factory.mktemp("store") / "santral.db", lambda: LAUNCHED)
    world = World(store)
    for minute, number, status in happened:
        world.script[minute] = partial(world.result, number, status)
    looked = asyncio.run(_end(world))
    world.services.thread.close()
    store.close()
    assert (looked.ended is Ended.FINISHED) == looked.totals.complete
    assert looked.ended is Ended.FINISHED or world.at >= OVER


async def _end(world: World) -> Looked:
    return await world.ends()
