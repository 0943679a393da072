from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sampling import examples
from tui.provider.limits import Limit, SlidingWindow, TokenBucket, Wait, Waits

from .doubles import FakeClock, StoppedClock, VirtualClock

# When a request is asked for, how long it lasts, and when in that time it reaches the provider.
requests = st.lists(
    st.tuples(st.floats(0, 100), st.floats(0, 30), st.floats(0, 1)), min_size=1, max_size=25)


def arrivals(limit: Limit, clock: VirtualClock, work: list[tuple[float, float, float]]) -> list[float]:
    """When each request of `work` reaches the provider, each let through by `limit`."""
    arrived: list[float] = []

    async def one(at: float, lasts: float, part: float) -> None:
        await clock.sleep(at)
        await limit.enter()
        await clock.sleep(lasts * part)
        arrived.append(clock.now)
        await clock.sleep(lasts * (1 - part))
        limit.leave(arrived=True)

    asyncio.run(clock.run(*(one(*request) for request in work)))
    assert len(arrived) == len(work)
    return sorted(arrived)


@settings(max_examples=examples(60), deadline=None)
@given(work=requests, most=st.integers(1, 4))
def test_no_minute_sees_more_than_the_window_allows(work: list[tuple[float, float, float]], most: int) -> None:
    clock = VirtualClock()
    times = arrivals(SlidingWindow(clock, Waits(clock, None), count=most), clock, work)
    for first, beyond in zip(times, times[most:], strict=False):
        assert beyond - first >= 60 - 1e-6


@settings(max_examples=examples(60), deadline=None)
@given(work=requests, burst=st.integers(1, 5), rate=st.sampled_from([0.2, 0.5, 2.0]))
def test_the_providers_own_bucket_never_runs_dry(work: list[tuple[float, float, float]], burst: int,
                                                 rate: float) -> None:
    clock = VirtualClock()
    times = arrivals(TokenBucket(clock, Waits(clock, None), rate=rate, burst=burst), clock, work)
    tokens, last = float(burst), 0.0
    for arrived in times:
        tokens, last = min(burst, tokens + (arrived - last) * rate), arrived
        tokens -= 1
        assert tokens >= -1e-6


async def pass_through(limit: Limit, times: int) -> None:
    for _ in range(times):
        await limit.enter()
        limit.leave(arrived=True)


async def test_a_bucket_lets_a_burst_through_and_then_two_a_second() -> None:
    clock = FakeClock()
    bucket = TokenBucket(clock, Waits(clock, None), rate=2, burst=50)
    await pass_through(bucket, 50)
    assert clock.slept == []
    await pass_through(bucket, 3)
    assert clock.slept == pytest.approx([0.5, 0.5, 0.5])


async def test_a_window_waits_until_the_oldest_is_a_minute_old() -> None:
    clock = FakeClock()
    window = SlidingWindow(clock, Waits(clock, None), count=2)
    await pass_through(window, 1)
    clock.now += 20
    await pass_through(window, 1)
    await pass_through(window, 1)
    assert clock.slept == [40]


@pytest.mark.parametrize(("arrived", "under_way", "requests", "seconds"), [
    (0, 0, 1, 0), (0, 0, 2, 0), (1, 0, 1, 0), (1, 0, 2, 40), (2, 0, 1, 40), (2, 0, 2, 60),
    (0, 1, 1, 0), (0, 1, 2, 60), (1, 1, 1, 40), (0, 2, 1, 60),
])
async def test_a_window_says_when_there_is_room(arrived: int, under_way: int, requests: int, seconds: float) -> None:
    clock = FakeClock()
    window = SlidingWindow(clock, Waits(clock, None), count=2)
    for wait in (20, 20)[2 - arrived:]:  # the last of them just now, one before it 20 seconds ago
        clock.now += wait
        await pass_through(window, 1)
    clock.now += 20 if arrived == 1 else 0
    for _ in range(under_way):
        await window.enter()
    assert window.seconds_until_room(requests) == seconds
    assert clock.slept == []


async def test_a_bucket_says_when_there_is_room() -> None:
    clock = FakeClock()
    bucket = TokenBucket(clock, Waits(clock, None), rate=2, burst=3)
    await pass_through(bucket, 2)
    assert [bucket.seconds_until_room(requests) for requests in (1, 2, 3)] == [0, 0.5, 1]


async def test_who_waits_already_needs_room_too() -> None:
    clock = StoppedClock()
    window = SlidingWindow(clock, Waits(clock, None), count=2)
    await pass_through(window, 2)
    waiting = asyncio.create_task(window.enter())
    await asyncio.sleep(0)
    clock.now += 60
    assert (window.seconds_until_room(1), window.seconds_until_room(2)) == (0, 60)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert window.seconds_until_room(2) == 0


async def test_what_never_arrived_does_not_count() -> None:
    clock = FakeClock()
    for limit in (SlidingWindow(clock, Waits(clock, None), count=1),
                  TokenBucket(clock, Waits(clock, None), rate=1, burst=1)):
        for _ in range(5):
            await limit.enter()
            limit.leave(arrived=False)
    assert clock.slept == []


async def test_a_wait_is_told_and_its_end_too() -> None:
    clock, told = FakeClock(), list[Wait | None]()
    await pass_through(SlidingWindow(clock, Waits(clock, told.append), count=1), 2)
    wait, end = told
    assert wait is not None
    assert (wait.kind, wait.seconds, wait.reason.code) == ("limit", 60, "provider.wait.limit")
    assert end is None


async def test_who_gives_up_waiting_leaves_the_turn_to_the_next() -> None:
    clock, told = StoppedClock(), list[Wait | None]()
    window = SlidingWindow(clock, Waits(clock, told.append), count=1)
    await pass_through(window, 1)
    waiting = asyncio.create_task(window.enter())
    await asyncio.sleep(0)
    assert [wait and wait.kind for wait in told] == ["limit"]
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert told[-1] is None
    clock.now += 60
    await asyncio.wait_for(window.enter(), 1)


async def test_while_one_wait_ends_another_stays_told() -> None:
    clock, told = VirtualClock(), list[Wait | None]()
    waits = Waits(clock, told.append)
    await clock.run(waits.for_limit(10), waits.before_try(30, 2, 5))
    assert [wait and wait.kind for wait in told] == ["limit", "again", "again", None]
