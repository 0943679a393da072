"""At every step of a launch and of a switch: the session ends, the store is busy, full or read-only, or the process
stands still while another takes it for dead and goes on in its place.

How many of the steps are tried, and which, is `--faults` and `--seed`; 0 tries them all.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults.desk import Desk
from tests.faults.provider import Double
from tests.faults.steps import Steps
from tests.store.support import Location
from tui.campaign.lifecycle import Action, Created, NotSent, Rejected, State

FAULTS = ("session", "busy", "full", "readonly", "pause")
_STEPS_OF_A_FAULT = 12  # that a store stays busy, full or read-only


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a busy store, or for what may come behind an answer."""
    monkeypatch.setattr("tui.store.sqlite.BUSY_SECONDS", 0.02)
    monkeypatch.setattr("tui.provider.early_response._SECONDS_AFTER", 0.01)


class Strike:
    """One fault at one step, and its end some steps later."""

    def __init__(self, fault: str, desk: Desk, meanwhile: Callable[[], None]) -> None:
        self._fault, self._desk, self._meanwhile = fault, desk, meanwhile
        self._end: Callable[[], None] = lambda: None

    def __call__(self) -> None:
        desk = self._desk
        match self._fault:
            case "session":
                desk.lose_session()
            case "busy":
                self._end = desk.busy()
            case "full":
                desk.full(on=True)
                self._end = lambda: desk.full(on=False)
            case "readonly":
                desk.readonly(on=True)
                self._end = lambda: desk.readonly(on=False)
            case "pause":
                self._meanwhile()

    def end(self) -> None:
        """May be called again: what is set within a transaction is undone with it."""
        self._end()


class Struck(Steps):
    def __init__(self, target: int, strike: Strike) -> None:
        super().__init__(target, strike)
        self._until, self._ends = target + _STEPS_OF_A_FAULT, strike.end

    def step(self, name: str) -> None:
        before = len(self.passed)
        super().step(name)
        if before < len(self.passed) == self._until:
            with self.rest():
                self._ends()


async def run(place: Location, double: Double, fault: str, target: int, monkeypatch: pytest.MonkeyPatch,
              job: Callable[[Desk, int], Any], made: Callable[[Desk], int],
              meanwhile: Callable[[Desk, int], None]) -> tuple[Desk, int, Struck, Any]:
    desk = Desk(place, double)
    about = made(desk)
    strike = Strike(fault, desk, lambda: meanwhile(desk, about))
    steps = Struck(target, strike)
    desk.request_is_out = lambda: steps.request_is_out
    with monkeypatch.context() as watched:
        steps.watch(desk.store, desk.here.thread, watched)
        with steps.running():
            told = await asyncio.wait_for(job(desk, about), 60)
        await asyncio.to_thread(strike.end)
        await desk.end()
    await asyncio.to_thread(desk.recovered)
    return desk, about, steps, told


def targets(count: int, many: int, dice: random.Random) -> list[tuple[str, int]]:
    every = [(fault, target) for fault in FAULTS for target in range(1, count + 1)]
    return dice.sample(every, min(many, len(every))) if many else every


def launched_there(desk: Desk, draft: int) -> None:
    desk.pause_while_another_launches(draft)


def check_launch(desk: Desk, draft: int, told: Any, where: str) -> None:  # noqa: ANN401 - an outcome or None
    """At most one campaign for one intent, every answer accounted for, nothing said or remembered that isn't so."""
    double, found = desk.double, desk.other.campaigns.get(draft)
    assert double.wrong == [], where
    assert len(double.created) <= 1, where
    for made in double.campaigns:
        known = desk.other.campaigns.find("acme", made)
        # Killed or not: the ID is known, or it is known that it isn't.
        assert known is not None or found.state is State.UNCONFIRMED, where
    if isinstance(told, Created):
        assert told.provider_id in double.campaigns, where
        assert desk.other.campaigns.find("acme", told.provider_id) is not None, where
    if isinstance(told, NotSent | Rejected) and not desk.looked_at_the_provider:
        assert double.created == [], where
    if found.state in (State.DRAFT, State.REJECTED):
        assert not double.campaigns, where
    assert found.state is not State.LAUNCHING, where


async def test_a_launch(place: Location, double: Double, monkeypatch: pytest.MonkeyPatch,
                        faults: int, dice: random.Random) -> None:
    async def one(fault: str, target: int) -> Struck:
        double.created.clear()
        double.heard.clear()
        double.campaigns.clear()
        desk, draft, steps, told = await run(place, double, fault, target, monkeypatch, Desk.launch, Desk.draft,
                                             launched_there)
        check_launch(desk, draft, told, f"{fault} at {target}, {steps.struck!r}: {told}")
        await desk.close()
        return steps

    whole = await one("none", 0)
    assert len(double.created) == 1
    assert len(whole.passed) > 40
    for fault, target in targets(len(whole.passed), faults, dice):
        await one(fault, target)


@pytest.mark.parametrize("action", [Action.ON, Action.DELETE])
async def test_a_switch(place: Location, double: Double, monkeypatch: pytest.MonkeyPatch,
                        faults: int, dice: random.Random, action: Action) -> None:
    async def one(fault: str, target: int) -> Struck:
        double.campaigns.clear()
        desk, campaign, steps, _ = await run(
            place, double, fault, target, monkeypatch, lambda desk, about: desk.switch(about, action), Desk.campaign,
            lambda desk, about: desk.pause_while_another_switches(about, Action.OFF))
        found = desk.other.campaigns.get(campaign)
        where = f"{fault} at {target}, {steps.struck!r}"
        assert double.wrong == [], where
        if not found.unsure:
            # Unknown, as it was adopted, where nothing was sent yet.
            there = {None: (State.DELETED, State.MISSING), True: (State.ON,), False: (State.OFF, State.UNKNOWN)}
            assert found.standing in there[double.campaigns.get(500)], where
        await desk.close()
        if isinstance(place, Path):
            for file in place.parent.glob(f"{place.name}*"):
                if file.is_file():
                    file.unlink()
        else:
            desk_clean(place)
        return steps

    whole = await one("none", 0)
    assert double.campaigns == ({500: True} if action is Action.ON else {})
    for fault, target in targets(len(whole.passed), faults, dice):
        await one(fault, target)


def desk_clean(place: Location) -> None:
    import psycopg

    assert not isinstance(place, Path)
    with psycopg.connect(place.reveal(), autocommit=True) as connection:
        connection.execute("DELETE FROM switches; DELETE FROM campaigns")
