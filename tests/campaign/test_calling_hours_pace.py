"""When a campaign would be done: only the hours in which it calls count."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.campaign.calling_hours import Window, expected_end, left_at_end, open_time
from tui.campaign.dates import ISTANBUL


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=ISTANBUL)


# Monday to Friday, from nine until the minute 17:59 is over.
WINDOW = Window(dt.date(2026, 11, 23), dt.date(2026, 11, 27), dt.time(9), dt.time(17, 59), (1, 2, 3, 4, 5))


@pytest.mark.parametrize(("since", "until", "hours"), [
    (at(23, 9), at(23, 10), 1), (at(23, 0), at(23, 10), 1), (at(23, 17), at(24, 10), 2), (at(20, 0), at(30, 0), 45),
    (at(23, 19), at(23, 23), 0), (at(23, 10), at(23, 9), 0),
])
def test_only_the_hours_in_which_it_calls_count(since: dt.datetime, until: dt.datetime, hours: int) -> None:
    assert open_time(WINDOW, since, until) == dt.timedelta(hours=hours)


@pytest.mark.parametrize(("left", "done", "now", "end"), [
    (100, 100, at(23, 10), at(23, 11)),  # a hundred an hour
    (900, 100, at(23, 10), at(24, 10)),  # eight hours today, one tomorrow
    (100, 100, at(23, 20), at(24, 18)),  # a hundred a day; it is evening
    (0, 5, at(23, 10), at(23, 10)),
    (10_000, 100, at(23, 10), at(27, 18) + dt.timedelta(hours=56)),  # the week will not do
])
def test_the_end_at_the_pace_so_far(left: int, done: int, now: dt.datetime, end: dt.datetime) -> None:
    assert expected_end(WINDOW, left, done, at(23, 9), now) == end


def test_without_a_pace_there_is_no_end() -> None:
    assert expected_end(WINDOW, 100, 0, at(23, 9), at(23, 10)) is None
    assert expected_end(WINDOW, 100, 5, at(23, 19), at(23, 20)) is None
    assert left_at_end(WINDOW, 100, 0, at(23, 9), at(23, 10)) == 0


def test_who_will_not_be_reached_is_counted() -> None:
    assert left_at_end(WINDOW, 10_000, 100, at(23, 9), at(23, 10)) == 10_000 - 4_400
    assert left_at_end(WINDOW, 4_400, 100, at(23, 9), at(23, 10)) == 0


@given(st.integers(1, 5_000), st.integers(1, 1_000), st.integers(0, 6 * 24 * 60))
def test_the_two_agree(left: int, done: int, minutes: int) -> None:
    now = at(23, 9) + dt.timedelta(minutes=minutes)
    end, ends = expected_end(WINDOW, left, done, at(23, 9), now), WINDOW.ends_at()
    assert ends is not None
    if end is not None and now < ends:
        assert (end <= ends) is (left_at_end(WINDOW, left, done, at(23, 9), now) == 0)
