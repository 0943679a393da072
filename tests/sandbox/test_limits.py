from __future__ import annotations

import pytest

from tests.sandbox.conftest import HandClock
from tui.sandbox.limits import Limited, Limits


@pytest.mark.parametrize(("limited", "count"), [(Limited.QUEUES, 10), (Limited.STATUSES, 2), (Limited.CALL_RECORDS, 6)])
def test_so_many_in_any_minute(clock: HandClock, limited: Limited, count: int) -> None:
    limits = Limits(clock.monotonic)

    assert [limits.wait(limited) for _ in range(count)] == [0] * count
    assert limits.wait(limited) == 60
    clock.forward(59.5)
    assert limits.wait(limited) == 1
    clock.forward(0.5)
    assert [limits.wait(limited) for _ in range(count)] == [0] * count
    assert limits.wait(limited) > 0


def test_campaign_calls_come_in_bursts_of_fifty_and_two_a_second(clock: HandClock) -> None:
    limits = Limits(clock.monotonic)

    assert [limits.wait(Limited.CAMPAIGNS) for _ in range(51)] == [0] * 50 + [1]
    clock.forward(1)
    assert [limits.wait(Limited.CAMPAIGNS) for _ in range(3)] == [0, 0, 1]
    clock.forward(1000)
    assert [limits.wait(Limited.CAMPAIGNS) for _ in range(51)] == [0] * 50 + [1]


def test_limits_do_not_touch_each_other(clock: HandClock) -> None:
    limits = Limits(clock.monotonic)
    for _ in range(3):
        limits.wait(Limited.STATUSES)

    assert limits.wait(Limited.QUEUES) == 0
