"""Opt-outs on their way to the provider's blocked numbers, struck at every step: by a fault of the store, by another
process that goes on in the place of one that stands still, by `kill -9`, and by the provider at every request.

Whatever was left is gone on with: each number is blocked exactly once, or waits and is shown; none is asked for again
before the provider's list was looked at, but where the provider has certainly done nothing.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import signal
from pathlib import Path
from typing import Final

import pytest

from tests.faults.desk import OPT_OUTS, Desk
from tests.faults.launcher import Job
from tests.faults.provider import Double
from tests.faults.test_faults import Struck, run, targets
from tests.faults.test_killed import Launcher, launcher, tried  # noqa: F401 - a fixture
from tests.store.support import Location, _written
from tui.store.opt_out_pushes import PushState

TROUBLES: Final = ("429", "500", "500-after", "lost", "cut", "403")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.store.sqlite.BUSY_SECONDS", 0.02)
    monkeypatch.setattr("tui.provider.early_response._SECONDS_AFTER", 0.01)


def begin_anew(place: Location, double: Double) -> None:
    for log in (double.blocked, double.asked, double.trouble, double.wrong):
        log.clear()
    if isinstance(place, Path):
        for file in place.parent.glob(f"{place.name}*"):
            if file.is_file():
                file.unlink()
        return
    import psycopg

    with psycopg.connect(place.reveal(), autocommit=True) as connection:
        connection.execute("DELETE FROM opt_out_pushes; DELETE FROM opt_out_pushers; DELETE FROM do_not_call")


def holds_true(desk: Desk, where: str) -> None:
    """Of each number it is known that it is blocked, or it waits and is counted; none was asked for blindly again."""
    double = desk.double
    assert double.wrong == [], where
    assert sorted(double.blocked) == sorted(set(double.blocked)), f"{where}: {double.asked}"
    for number in OPT_OUTS:
        relevant = [each for each in double.asked if each in (number, "?")]
        assert (number, number) not in itertools.pairwise(relevant), f"{where}: {double.asked}"
    states = desk.other.opt_out_pushes.states("acme", OPT_OUTS)
    assert set(states) == set(OPT_OUTS), where
    for number, state in states.items():
        assert state is not PushState.PUSHED or number in double.blocked, where
        assert state is not PushState.WAITING or number not in double.blocked, f"{where}: {double.asked}"
    queue = desk.other.opt_out_pushes.queue("acme")
    assert queue.open == sum(state in (PushState.WAITING, PushState.UNSURE) for state in states.values()), where
    assert queue.refused == 0, where


def goes_to_its_end(desk: Desk, where: str) -> None:
    holds_true(desk, where)
    for _ in range(5):
        desk.another_pushes()
        if not desk.other.opt_out_pushes.queue("acme").open:
            break
    holds_true(desk, where)
    assert set(desk.other.opt_out_pushes.states("acme", OPT_OUTS).values()) == {PushState.PUSHED}, where
    assert sorted(desk.double.blocked) == sorted(OPT_OUTS), where


async def test_a_fault_of_the_store(place: Location, double: Double, monkeypatch: pytest.MonkeyPatch, faults: int,
                                    dice: random.Random) -> None:
    async def one(fault: str, target: int) -> Struck:
        begin_anew(place, double)
        desk, _, steps, _ = await run(place, double, fault, target, monkeypatch, lambda desk, _: desk.push(),
                                      Desk.opt_outs, lambda desk, _: desk.pause_while_another_pushes())
        await asyncio.to_thread(goes_to_its_end, desk, f"{fault} at {target}, {steps.struck!r}")
        await desk.close()
        return steps

    whole = await one("none", 0)
    assert len(whole.passed) > 60
    for fault, target in targets(len(whole.passed), faults, dice):
        await one(fault, target)


@pytest.mark.kill
@pytest.mark.parametrize("fault", ["kill", "stop"])
async def test_killed_it_is_gone_on_with(place: Location, double: Double, launcher: Launcher, faults: int,  # noqa: F811 - the fixture
                                         dice: random.Random, fault: str) -> None:
    def one(desk: Desk, fault: str, target: int) -> None:
        desk.opt_outs()
        standing = launcher.begin(Job(_written(place), double.url, 0, "push", fault, target, desk.now.isoformat()))
        if standing is not None:
            desk.another_pushes()
            os.kill(standing, signal.SIGCONT)
            assert launcher.go_on() is None
        goes_to_its_end(desk, f"{fault} at {target}: {launcher.told}")

    async def fresh(fault: str, target: int) -> None:
        begin_anew(place, double)
        desk = Desk(place, double)
        await asyncio.to_thread(one, desk, fault, target)
        await desk.here.close()
        await desk.close()

    await fresh("", 0)
    for target in tried(launcher.steps, faults, dice):
        await fresh(fault, target)


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_at_every_request_the_provider_fails(place: Location, double: Double, faults: int, dice: random.Random,
                                                   trouble: str) -> None:
    """At one request, and at several in a row; then the process is gone, or not."""
    ways = [(at, times, gone) for at in range(5) for times in (1, 2, 9) for gone in (False, True)]
    for at, times, gone in dice.sample(ways, min(faults, len(ways))) if faults else ways:
        begin_anew(place, double)
        desk = Desk(place, double)
        desk.opt_outs()
        double.trouble += [*[""] * at, *[trouble] * times]
        await desk.push()
        where = f"{trouble}, {times} times from request {at + 1} on"
        holds_true(desk, where)
        if gone:
            await desk.here.close()
        double.trouble.clear()
        await asyncio.to_thread(goes_to_its_end, desk, where)
        if not gone:
            await desk.here.close()
        await desk.close()
