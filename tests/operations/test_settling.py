"""What the provider has answered is written down, however long the store takes to take it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tui.core.reason import Reason
from tui.operations.settling import Settling
from tui.store import ChangeRefused, StoreBusy, StoreError, StoreFull, StoreThread

FULL = StoreFull(Reason("store.full", {"path": "santral.db"}))
TOLD = Reason("operations.launch.not_kept", {"id": 20212})


@dataclass
class Fails:
    """A call that the store doesn't take the first `times`."""

    times: int
    failure: StoreError = field(default_factory=lambda: FULL)
    tries: int = 0

    def __call__(self) -> str:
        self.tries += 1
        if self.tries <= self.times:
            raise self.failure
        return "kept"


@pytest.fixture
def thread() -> Iterator[StoreThread]:
    made = StoreThread()
    yield made
    made.close()


class Pauses:
    """Sleeping takes no time; `slept` is what it would have taken."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)


@pytest.mark.parametrize("times", [0, 1, 3])
async def test_what_the_store_takes_in_a_moment_is_waited_for(thread: StoreThread, times: int) -> None:
    settling, call = Settling(thread, Pauses()), Fails(times)
    assert await settling.keep(call, TOLD) == "kept"
    assert call.tries == times + 1
    assert settling.finish() == []
    assert call.tries == times + 1


async def test_what_it_does_not_take_is_told_and_tried_for_as_long_as_the_process_lives(thread: StoreThread) -> None:
    pauses = Pauses()
    settling, call = Settling(thread, pauses), Fails(50)
    with pytest.raises(StoreFull):
        await settling.keep(call, TOLD)
    assert await settling.settled(60)
    assert call.tries == 51
    assert settling.finish() == []
    assert pauses.slept[0] == 0.0  # a session that has ended is opened anew by the next call
    assert max(pauses.slept) == 2.0


async def test_a_cancellation_ends_the_waiting_alone(thread: StoreThread) -> None:
    settling, call = Settling(thread, Pauses()), Fails(2)
    waiting = asyncio.create_task(settling.keep(call, TOLD))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await settling.settled(60)
    assert call.tries == 3


async def test_what_the_store_refuses_is_not_tried_again(thread: StoreThread) -> None:
    settling, call = Settling(thread, Pauses()), Fails(9, ChangeRefused(Reason("store.wrong_state.on", {})))
    with pytest.raises(ChangeRefused):
        await settling.keep(call, TOLD)
    assert (call.tries, settling.finish()) == (1, [])


def test_what_is_lost_at_the_end_is_tried_once_more_and_told() -> None:
    thread = StoreThread()
    settling = Settling(thread, Pauses())
    lost, kept = Fails(1_000_000), Fails(500_000)
    silent = Fails(1_000_000, StoreBusy(Reason("store.busy", {"path": "x"})))

    async def work() -> None:
        calls = ((lost, TOLD), (kept, TOLD), (silent, None))
        await asyncio.gather(*(settling.keep(call, told) for call, told in calls), return_exceptions=True)

    asyncio.run(work())
    thread.close()
    kept.times = 0
    tries = lost.tries
    assert settling.finish() == [TOLD, FULL.reason]
    assert lost.tries == tries + 1
