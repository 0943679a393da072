"""A million numbers launched to a sandbox in another process: memory, the loop, and the time that it takes.

`python -m benchmarks.launching` is the process that launches; it prints its figures as JSON.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Final

from benchmarks.figures import Figure, NotMeasured
from benchmarks.home import DRAFT, PROFILE
from benchmarks.memory import peak_bytes
from benchmarks.session import session_for
from tui.campaign.lifecycle import AskedBy, Created
from tui.operations.launch import Upload, launch
from tui.operations.launch_request import prepare
from tui.operations.services import Services
from tui.store import NumberRow, Store

NUMBERS: Final = 1_000_000
MAX_MEMORY: Final = 350.0  # MB, of the whole process
MOST_HELD: Final = 50.0  # ms
_CAMPAIGN: Final = 1
_TICK: Final = 0.002


def fill(store: Store, numbers: int = NUMBERS) -> None:
    campaign = store.drafts.create(PROFILE, {**DRAFT, "name": "Borç hatırlatma", "date_range_begin": "2099-01-01"})
    store.numbers.add(campaign, (
        NumberRow(phone, phone, "#456 15/11/2017 #457 73.56 #458")
        for phone in (f"90{5_000_000_000 + place}" for place in range(numbers))))


def measure(environ: Mapping[str, str]) -> list[Figure]:
    """NotMeasured where the sandbox doesn't make the campaign."""
    ran = subprocess.run((sys.executable, "-m", __name__), env=dict(environ), stdout=subprocess.PIPE, check=False)
    if ran.returncode:
        raise NotMeasured("the process that launches has failed")
    told = json.loads(ran.stdout)
    if told["outcome"] != Created.__name__:
        raise NotMeasured(f"the launch ended as {told['outcome']}")
    name = f"launch of {told['recipients']:,} numbers, {told['bytes'] / 1e6:.0f} MB"
    return [
        Figure(f"{name}: peak memory", "MB", told["memory"], most=MAX_MEMORY),
        Figure(f"{name}: loop held, longest", "ms", told["held"] * 1000, most=MOST_HELD),
        Figure(f"{name}: weighed", "s", told["weighed"]),
        Figure(f"{name}: sent", "s", told["sent"]),
        Figure(f"{name}: sent and answered", "s", told["answered"]),
    ]


def main() -> None:
    with session_for(AskedBy.COMMAND) as session:
        assert session.services is not None  # noqa: S101 - a profile is in use
        told = asyncio.run(_launched(session.services))
    print(json.dumps(told))


async def _launched(services: Services) -> dict[str, object]:
    await services.provider.check_key()  # as in any app in use the HTTP library is loaded, the certificates are read
    upload = Upload()
    held: list[float] = []
    async with _watching(upload, held) as sent:
        begun = time.perf_counter()
        ready = await prepare(services, _CAMPAIGN)
        weighed = time.perf_counter()
        outcome = await launch(services, ready, upload)
        answered = time.perf_counter()
    await services.disconnect()
    return {
        "outcome": type(outcome).__name__, "people": ready.recipients, "bytes": upload.total, "held": max(held),
        "weighed": weighed - begun, "sent": next(sent, answered) - weighed, "answered": answered - weighed,
        "memory": peak_bytes() / 1e6,
    }


@contextlib.asynccontextmanager
async def _watching(upload: Upload, held: list[float]) -> AsyncIterator[Iterator[float]]:
    """`held`: by how much each tick of the loop was late, in seconds. Gives the moment when all had been sent."""
    done: list[float] = []

    async def watch() -> None:
        while True:
            due = time.perf_counter() + _TICK
            await asyncio.sleep(_TICK)
            held.append(time.perf_counter() - due)
            if upload.complete and not done:
                done.append(time.perf_counter())

    watching = asyncio.create_task(watch())
    try:
        yield iter(done)
    finally:
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching


if __name__ == "__main__":
    main()
