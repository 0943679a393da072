"""The window in which a campaign calls, in Turkish time."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.campaign.calling_hours import Window
from tui.campaign.dates import ISTANBUL

DATES = st.dates(dt.date(2000, 1, 1), dt.date(2999, 12, 31))
MONDAY = dt.date(2026, 9, 7)
HOURS = [(dt.time(0), dt.time(23, 59)), (dt.time(9), dt.time(18)), (dt.time(0), dt.time(12)),
         (dt.time(12), dt.time(23, 59))]
WEEK = Window(MONDAY, MONDAY + dt.timedelta(days=6), dt.time(9), dt.time(18), (1, 2, 4))


@pytest.mark.parametrize(("now", "begins"), [
    ("2026-09-06 12:00", "2026-09-07 09:00"), ("2026-09-07 08:59", "2026-09-07 09:00"),
    ("2026-09-07 09:00", "2026-09-07 09:00"), ("2026-09-07 18:00", "2026-09-07 18:00"),
    ("2026-09-07 18:01", "2026-09-08 09:00"), ("2026-09-08 23:00", "2026-09-10 09:00"),
    ("2026-09-10 18:01", None), ("2026-09-30 12:00", None),
])
def test_when_it_calls_from(now: str, begins: str | None) -> None:
    at = dt.datetime.fromisoformat(now).replace(tzinfo=ISTANBUL)
    expected = None if begins is None else dt.datetime.fromisoformat(begins).replace(tzinfo=ISTANBUL)
    assert WEEK.calls_from(at.astimezone(dt.UTC)) == expected


def test_the_dates_of_a_window_are_its_active_days() -> None:
    window = Window(MONDAY, MONDAY + dt.timedelta(days=13), days=(1, 7))
    assert [day.isoformat() for day in window.dates()] == ["2026-09-07", "2026-09-13", "2026-09-14", "2026-09-20"]


@pytest.mark.parametrize(("begin", "end", "days", "has"), [
    (MONDAY, MONDAY, (1,), True), (MONDAY, MONDAY, (2, 3, 4, 5, 6, 7), False),
    (MONDAY, MONDAY + dt.timedelta(days=5), (7,), False), (MONDAY, MONDAY + dt.timedelta(days=6), (7,), True),
    (MONDAY, MONDAY - dt.timedelta(days=1), (1, 2, 3, 4, 5, 6, 7), False),
])
def test_a_window_calls_only_where_an_active_day_falls_in_it(
    begin: dt.date, end: dt.date, days: tuple[int, ...], has: bool
) -> None:
    window = Window(begin, end, days=days)
    assert window.has_a_day() is has
    assert (window.ends_at() is not None) is has


def test_a_window_ends_after_its_last_minute_on_its_last_active_day() -> None:
    window = Window(MONDAY, MONDAY + dt.timedelta(days=6), dt.time(9), dt.time(18), days=(1, 3))
    assert window.ends_at() == dt.datetime(2026, 9, 9, 18, 1, tzinfo=ISTANBUL)
    assert not window.is_over(dt.datetime(2026, 9, 9, 18, 0, 59, tzinfo=ISTANBUL))
    assert window.is_over(dt.datetime(2026, 9, 9, 18, 1, tzinfo=ISTANBUL))


def test_the_end_is_the_same_moment_in_whatever_zone_now_is_told() -> None:
    window = Window(MONDAY, MONDAY)
    assert not window.is_over(dt.datetime(2026, 9, 7, 20, 59, 59, tzinfo=dt.UTC))
    assert window.is_over(dt.datetime(2026, 9, 7, 21, 0, tzinfo=dt.UTC))


def test_a_window_without_a_day_is_over() -> None:
    assert Window(MONDAY, MONDAY, days=(2,)).is_over(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))


@settings(deadline=None)
@given(DATES, st.integers(0, 400), st.sets(st.integers(1, 7), min_size=1))
def test_the_end_is_that_of_the_last_date(begin: dt.date, length: int, days: set[int]) -> None:
    end = min(begin + dt.timedelta(days=length), dt.date(2999, 12, 31))
    window = Window(begin, end, days=tuple(sorted(days)))
    dates = list(window.dates())
    ends_at = window.ends_at()
    assert window.has_a_day() is bool(dates)
    if not dates:
        assert ends_at is None
        return
    assert ends_at is not None
    assert ends_at - dt.timedelta(minutes=1) == dt.datetime.combine(dates[-1], dt.time(23, 59), ISTANBUL)


@settings(deadline=None)
@given(st.integers(0, 20), st.sets(st.integers(1, 7), min_size=1), st.sampled_from(HOURS),
       st.integers(-2 * 86400, 24 * 86400))
def test_it_has_been_open_since_the_last_pause(length: int, days: set[int], hours: tuple[dt.time, dt.time],
                                               seconds: int) -> None:
    window = Window(MONDAY, MONDAY + dt.timedelta(days=length), *hours, tuple(sorted(days)))
    now = dt.datetime.combine(MONDAY, dt.time(0), ISTANBUL) + dt.timedelta(seconds=seconds)
    opened_at = None
    closed_at = None
    for begin, end in window.spans():
        opened_at = opened_at if begin == closed_at else begin
        closed_at = end
        if begin <= now < end:
            assert window.opened_at(now) == opened_at
            assert window.opened_at(now.astimezone(dt.UTC)) == opened_at
            return
    assert window.opened_at(now) is None


@settings(deadline=None)
@given(st.integers(0, 20), st.sets(st.integers(1, 7), min_size=1), st.sampled_from(HOURS),
       st.integers(-2 * 86400, 24 * 86400))
def test_it_stays_open_until_the_next_pause(length: int, days: set[int], hours: tuple[dt.time, dt.time],
                                            seconds: int) -> None:
    window = Window(MONDAY, MONDAY + dt.timedelta(days=length), *hours, tuple(sorted(days)))
    now = dt.datetime.combine(MONDAY, dt.time(0), ISTANBUL) + dt.timedelta(seconds=seconds)
    until = None
    for begin, end in window.spans():
        if begin <= now < end or begin == until:
            until = end
    assert window.open_until(now) == until
    assert window.open_until(now.astimezone(dt.UTC)) == until


@settings(deadline=None)
@given(st.integers(0, 20), st.sets(st.integers(1, 7), min_size=1), st.sampled_from(HOURS),
       st.integers(-2 * 86400, 24 * 86400), st.integers(-2 * 86400, 24 * 86400))
def test_spans_of_some_days_are_those_that_reach_into_them(length: int, days: set[int],
                                                           hours: tuple[dt.time, dt.time], since: int,
                                                           until: int) -> None:
    window = Window(MONDAY, MONDAY + dt.timedelta(days=length), *hours, tuple(sorted(days)))
    midnight = dt.datetime.combine(MONDAY, dt.time(0), ISTANBUL)
    first, last = (midnight + dt.timedelta(seconds=seconds) for seconds in (since, until))
    found = list(window.spans(first.astimezone(dt.UTC), last.astimezone(dt.UTC)))
    assert [span for span in found if span[1] > first and span[0] < last] == [
        span for span in window.spans() if span[1] > first and span[0] < last]
    assert all(first.date() <= span[0].date() <= last.date() for span in found)


def test_a_window_of_a_thousand_years_tells_at_once_since_when_it_is_open() -> None:
    window = Window(dt.date(2000, 1, 1), dt.date(2999, 12, 31))
    assert window.opened_at(dt.datetime(2999, 12, 31, tzinfo=dt.UTC)) == dt.datetime(2000, 1, 1, tzinfo=ISTANBUL)
