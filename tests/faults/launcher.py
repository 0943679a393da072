"""Launches and switches in processes of their own, each of which is killed, or stands still, at one step.

Reads a job in each line of its input; everything is imported once, and each job is a fork.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import os
import signal
import sys
from dataclasses import asdict, dataclass
from typing import Final

import pytest

import tui.provider.client  # loaded once, before the forks
import tui.store.postgresql.database  # noqa: F401 - loaded before a fork, not in it
from tests.faults.desk import Desk
from tests.faults.provider import Double
from tests.faults.steps import Steps
from tests.store.support import located
from tui.campaign.lifecycle import Action

_PATIENCE: Final = 60


@dataclass(frozen=True, slots=True)
class Job:
    """`action`: "launch", "replace", "push", or what a campaign is switched to; `fault`: "kill", "stop", "" for none.
    """

    place: str
    url: str
    campaign: int
    action: str
    fault: str = ""
    target: int = 0
    at: str = ""  # what its clock says


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _work(job: Job) -> None:
    signal.alarm(_PATIENCE)
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr("tui.provider.early_response._SECONDS_AFTER", 0.01)
    desk = Desk(located(job.place), Double(job.url))
    desk.now = dt.datetime.fromisoformat(job.at)

    def strike() -> None:
        if job.fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        # Whoever stands still for long has lost what it held by the time it goes on.
        desk.lose_session()
        if steps.request_is_out:
            _say("out")
        os.kill(os.getpid(), signal.SIGSTOP)
        desk.pass_time()

    steps = Steps(job.target, strike)
    steps.watch(desk.store, desk.here.thread, monkeypatch)

    async def whole() -> None:
        with steps.running():
            if job.action == "launch":
                outcome = await desk.launch(job.campaign)
                _say(f"told {type(outcome).__name__}")
            elif job.action == "replace":
                await desk.replace(job.campaign)
            elif job.action == "push":
                desk.with_opt_outs()
                await desk.push()
            else:
                await desk.switch(job.campaign, Action(job.action))
        await desk.end()

    asyncio.run(whole())
    _say(f"steps {len(steps.passed)}")


def main() -> None:
    """Each job's lines, then `stopped PID` or `ended`."""
    _say("ready")
    for line in sys.stdin:
        job = Job(**json.loads(line))
        child = os.fork()
        if not child:
            try:
                _work(job)
            except BaseException as failure:  # noqa: BLE001 - a fork must not go on as its parent
                _say(f"failed {failure!r}")
            os._exit(0)
        _pid, status = os.waitpid(child, os.WUNTRACED)
        while os.WIFSTOPPED(status):
            _say(f"stopped {child}")
            _pid, status = os.waitpid(child, os.WUNTRACED)
        _say("ended")


def as_line(job: Job) -> str:
    return json.dumps(asdict(job)) + "\n"


if __name__ == "__main__":
    main()
