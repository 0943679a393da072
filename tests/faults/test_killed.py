"""`kill -9`, and processes that stand still while another goes on, at every step of a launch and of a switch."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.faults.desk import Desk
from tests.faults.launcher import Job, as_line
from tests.faults.provider import Double
from tests.store.support import Location, _written
from tui.campaign.lifecycle import Action, State

pytestmark = pytest.mark.kill
_ROOT: Final = Path(__file__).parents[2]


class Launcher:
    """The process that forks one for each job."""

    def __init__(self, running: subprocess.Popen[str]) -> None:
        self._running = running
        assert self._line() == "ready"

    def begin(self, job: Job) -> int | None:
        """The PID where it stands still; None where it has ended. What it told is in `told`."""
        assert self._running.stdin is not None
        self.told: list[str] = []
        self._running.stdin.write(as_line(job))
        self._running.stdin.flush()
        return self.go_on()

    def go_on(self) -> int | None:
        while (line := self._line()) != "ended":
            if line.startswith("stopped"):
                return int(line.split()[1])
            assert not line.startswith("failed"), line
            self.told.append(line)
        return None

    @property
    def steps(self) -> int:
        return next(int(line.split()[1]) for line in self.told if line.startswith("steps"))

    def _line(self) -> str:
        assert self._running.stdout is not None
        line = self._running.stdout.readline()
        assert line, "the launcher is gone"
        return line.strip()


@pytest.fixture(scope="module")
def launcher() -> Iterator[Launcher]:
    with subprocess.Popen([sys.executable, "-m", "tests.faults.launcher"], text=True, cwd=_ROOT, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as running:
        try:
            yield Launcher(running)
        finally:
            running.kill()


def tried(count: int, many: int, dice: random.Random) -> list[int]:
    every = range(1, count + 1)
    return dice.sample(every, min(many, count)) if many else list(every)


@pytest.mark.long
@pytest.mark.parametrize("fault", ["kill", "stop"])
async def test_a_launch(place: Location, double: Double, launcher: Launcher, faults: int, dice: random.Random,
                        fault: str) -> None:
    desk = Desk(place, double)

    def one(fault: str, target: int) -> None:
        double.created.clear()
        double.heard.clear()
        double.campaigns.clear()
        draft = desk.draft()
        standing = launcher.begin(Job(_written(place), double.url, draft, "launch", fault, target,
                                      desk.now.isoformat()))
        if standing is not None:
            desk.request_is_out = lambda: "out" in launcher.told
            desk.another_launches(draft)
            os.kill(standing, signal.SIGCONT)
            assert launcher.go_on() is None
        desk.recovered()
        found, where = desk.other.campaigns.get(draft), f"{fault} at {target}: {launcher.told}"
        assert double.wrong == [], where
        assert len(double.created) <= 1, where
        assert found.state in (State.DRAFT, State.UNCONFIRMED, State.ON), where
        if found.state is State.DRAFT:
            assert all(desk.other.campaigns.find("acme", made) for made in double.campaigns), where
        if double.campaigns and "told Created" in launcher.told:
            assert all(desk.other.campaigns.find("acme", made) for made in double.campaigns), where
        if "told NotSent" in launcher.told and standing is None:
            assert double.created == [], where

    await asyncio.to_thread(one, "", 0)
    for target in tried(launcher.steps, faults, dice):
        await asyncio.to_thread(one, fault, target)
    await desk.here.close()
    await desk.close()


@pytest.mark.long
@pytest.mark.parametrize("fault", ["kill", "stop"])
async def test_a_switch(place: Location, double: Double, launcher: Launcher, faults: int, dice: random.Random,
                        fault: str) -> None:
    desk = Desk(place, double)
    campaign = desk.campaign()

    def one(fault: str, target: int) -> None:
        # Off for sure, and long ago.
        desk.pass_time()
        desk.pass_time()
        desk.pass_time()
        desk.another_switches(campaign, Action.OFF)
        before = desk.other.campaigns.get(campaign)
        assert (before.state, before.unsure, double.campaigns) == (State.OFF, False, {500: False})
        standing = launcher.begin(Job(_written(place), double.url, campaign, "on", fault, target, desk.now.isoformat()))
        if standing is not None:
            desk.another_switches(campaign, Action.OFF)
            os.kill(standing, signal.SIGCONT)
            assert launcher.go_on() is None
        desk.recovered()
        found, where = desk.other.campaigns.get(campaign), f"{fault} at {target}"
        assert double.wrong == [], where
        assert found.unsure or found.state is (State.ON if double.campaigns[500] else State.OFF), where

    await asyncio.to_thread(one, "", 0)
    for target in tried(launcher.steps, faults, dice):
        await asyncio.to_thread(one, fault, target)
    await desk.here.close()
    await desk.close()
