"""What the provider has answered is written down, however long the store takes to take it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tui.core.reason import Reason
from tui.operations.outcome_writer import OutcomeWriter
from tui.store import ChangeRefused, StoreBusy, StoreError, StoreFull, StoreThread

FULL = StoreFull(Reason("store.full", {"path": "santral.db"}))
LOST = Reason("operations.launch.not_kept", {"id": 20212})


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
    writer, call = OutcomeWriter(thread, Pauses()), Fails(times)
    assert await writer.write(call, LOST) == "kept"
    assert call.tries == times + 1
    assert writer.finish() == []
    assert call.tries == times + 1


async def test_what_it_does_not_take_is_told_and_tried_for_as_long_as_the_process_lives(thread: StoreThread) -> None:
    pauses = Pauses()
    writer, call = OutcomeWriter(thread, pauses), Fails(50)
    with pytest.raises(StoreFull):
        await writer.write(call, LOST)
    assert await writer.all_written(60)
    assert call.tries == 51
    assert writer.finish() == []
    assert pauses.slept[0] == 0.0  # a session that has ended is opened anew by the next call
    assert max(pauses.slept) == 2.0


async def test_a_cancellation_ends_the_waiting_alone(thread: StoreThread) -> None:
    writer, call = OutcomeWriter(thread, Pauses()), Fails(2)
    waiting = asyncio.create_task(writer.write(call, LOST))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await writer.all_written(60)
    assert call.tries == 3


async def test_what_the_store_refuses_is_not_tried_again(thread: StoreThread) -> None:
    writer, call = OutcomeWriter(thread, Pauses()), Fails(9, ChangeRefused(Reason("store.wrong_state.on", {})))
    with pytest.raises(ChangeRefused):
        await writer.write(call, LOST)
    assert (call.tries, writer.finish()) == (1, [])


def test_what_is_lost_at_the_end_is_tried_once_more_and_told() -> None:
    thread = StoreThread()
    writer = OutcomeWriter(thread, Pauses())
    lost, kept = Fails(1_000_000), Fails(500_000)
    silent = Fails(1_000_000, StoreBusy(Reason("store.busy", {"path": "x"})))

    async def work() -> None:
        calls = ((lost, LOST), (kept, LOST), (silent, None))
        await asyncio.gather(*(writer.write(call, if_lost) for call, if_lost in calls), return_exceptions=True)

    asyncio.run(work())
    thread.close()
    kept.times = 0
    tries = lost.tries
    assert writer.finish() == [LOST, FULL.reason]
    assert lost.tries == tries + 1
