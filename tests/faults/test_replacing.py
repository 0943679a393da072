"""A campaign that takes the place of one that runs, struck at every step of the whole way: by a fault of the store, by
another program that goes on in its place, by `kill -9`. Whatever was left is gone on with to its end.

How many of the steps are tried, and which, is `--faults` and `--seed`; 0 tries them all.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal

import pytest

from tests.faults.desk import PHONES, Desk
from tests.faults.launcher import Job
from tests.faults.provider import Double
from tests.faults.test_faults import Struck, run, targets
from tests.faults.test_killed import Launcher, launcher, tried  # noqa: F401 - a fixture
from tests.store.support import Location, _written
from tui.campaign.lifecycle import State
from tui.campaign.succession import Step
from tui.operations.succession import read_progress
from tui.store import StoreError


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.store.sqlite.BUSY_SECONDS", 0.02)
    monkeypatch.setattr("tui.provider.early_response._SECONDS_AFTER", 0.01)


def begin_anew(double: Double) -> None:
    double.created.clear()
    double.heard.clear()
    double.campaigns.clear()
    double.on_at_create.clear()


def goes_to_its_end(desk: Desk, former: int, where: str) -> None:
    """What was left, and what another makes of it: one campaign in the place of one, and nobody called by both."""
    never_both(desk, where)
    for _ in range(30):
        found = read_progress(desk.other, former, desk.now)
        if found.step is Step.DONE:
            break
        if found.step is Step.UNCONFIRMED and found.successor is not None:
            resolved(desk, found.successor.id)
        desk.pass_time()
        desk.another_replaces(former)
        never_both(desk, where)
    found = read_progress(desk.other, former, desk.now)
    assert found.step is Step.DONE, f"{where}: {found}"
    assert desk.former_id not in desk.double.campaigns, where
    assert list(desk.double.campaigns.values()) == [True], where
    nobody_is_lost(desk, former, where)


def never_both(desk: Desk, where: str) -> None:
    double = desk.double
    assert double.wrong == [], where
    assert len(double.created) <= 1, where
    assert double.on_at_create == [], where
    for request in double.created:
        assert [row["phone"] for row in request["phone_list"]] == [f"90{phone[1:]}" for phone in PHONES[1:]], where


def resolved(desk: Desk, successor: int) -> None:
    """A person looks into the provider's panel."""
    made = [campaign for campaign in desk.double.campaigns if campaign != desk.former_id]
    try:
        if made:
            desk.other.ledger.assign_id(successor, made[0])
        else:
            desk.other.ledger.not_created(successor)
    except StoreError:
        return


def nobody_is_lost(desk: Desk, former: int, where: str) -> None:
    successor = read_progress(desk.other, former, desk.now).successor
    assert successor is not None, where
    called = {row.phone for row in desk.other.numbers.page(successor.id, 0, 10)}
    rows = list(desk.other.results.each(former))
    assert len(rows) == len(PHONES), where
    assert {row.phone for row in rows if not row.final} == called, where


async def test_a_fault_of_the_store(place: Location, double: Double, monkeypatch: pytest.MonkeyPatch, faults: int,
                                    dice: random.Random) -> None:
    async def one(fault: str, target: int) -> Struck:
        begin_anew(double)
        desk, former, steps, _ = await run(
            place, double, fault, target, monkeypatch, Desk.replace, Desk.running,
            lambda desk, about: desk.pause_while_another_replaces(about))
        where = f"{fault} at {target}, {steps.struck!r}"
        await asyncio.to_thread(goes_to_its_end, desk, former, where)
        await desk.close()
        return steps

    whole = await one("none", 0)
    assert len(whole.passed) > 150
    for fault, target in targets(len(whole.passed), faults, dice):
        await one(fault, target)


@pytest.mark.kill
@pytest.mark.parametrize("fault", ["kill", "stop"])
async def test_killed_it_is_gone_on_with(place: Location, double: Double, launcher: Launcher, faults: int,  # noqa: F811 - the fixture
                                         dice: random.Random, fault: str) -> None:
    def one(desk: Desk, fault: str, target: int) -> None:
        begin_anew(double)
        former = desk.running()
        standing = launcher.begin(Job(_written(place), double.url, former, "replace", fault, target,
                                      desk.now.isoformat()))
        if standing is not None:
            desk.pass_time()
            desk.other.ledger.recover()
            desk.another_replaces(former)
            os.kill(standing, signal.SIGCONT)
            assert launcher.go_on() is None
        desk.recovered()
        goes_to_its_end(desk, former, f"{fault} at {target}: {launcher.told}")

    async def fresh(fault: str, target: int) -> None:
        desk = Desk(place, double)
        await asyncio.to_thread(one, desk, fault, target)
        await desk.here.close()
        await desk.close()

    await fresh("", 0)
    for target in tried(launcher.steps, faults, dice):
        await fresh(fault, target)


def test_a_former_one_that_is_gone_is_deleted_by_nobody(place: Location, double: Double) -> None:
    desk = Desk(place, double)
    former = desk.running()
    del double.campaigns[desk.former_id]
    desk.another_replaces(former)
    assert desk.other.campaigns.get(former).missing
    assert read_progress(desk.other, former, desk.now).step is Step.SWITCH_OFF
    assert double.created == []
    assert desk.other.campaigns.get(former).state is State.ON
    asyncio.run(desk.here.close())
    asyncio.run(desk.close())
