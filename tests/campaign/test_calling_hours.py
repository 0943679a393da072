"""The windows that are left: counted in whole weeks, they are what counting every minute gives."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.campaign.calling_hours import MAX_STRETCHES, Stretch, Window, count_days, ends_after, remaining
from tui.campaign.dates import ALL_DAYS, DAY_ENDS, ISTANBUL

MONDAY = dt.date(2026, 9, 7)
NOW = dt.datetime(2026, 9, 7, 10, 30, tzinfo=ISTANBUL)
NINE_TO_SIX = (dt.time(9), dt.time(18))
MINUTE = dt.timedelta(minutes=1)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    begin = MONDAY + dt.timedelta(days=draw(st.integers(-20, 20)))
    first = draw(st.integers(0, 24 * 60 - 2))
    last = draw(st.integers(first + 1, 24 * 60 - 1))
    days = draw(st.sets(st.sampled_from(ALL_DAYS), min_size=1))
    return Window(begin, begin + dt.timedelta(days=draw(st.integers(0, 40))), dt.time(*divmod(first, 60)),
                  dt.time(*divmod(last, 60)), tuple(sorted(days)))


moments = st.integers(-30 * 24 * 60, 70 * 24 * 60).map(lambda minutes: NOW + minutes * MINUTE)


def days_left(window: Window, now: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Day by day, in Turkish time: from and until."""
    day = window.begin
    while day <= window.end:
        if day.isoweekday() in window.days:
            begin = dt.datetime.combine(day, window.begin_time, ISTANBUL)
            end = dt.datetime.combine(day, window.end_time, ISTANBUL)
            if window.end_time == DAY_ENDS:
                end += MINUTE
            if end > now:
                yield max(begin, now), end
        day += dt.timedelta(days=1)


def dates_of(stretch: Stretch) -> list[dt.date]:
    span = range((stretch.last - stretch.first).days + 1)
    return [day for day in (stretch.first + dt.timedelta(days=step) for step in span)
            if day.isoweekday() in stretch.days]


@settings(deadline=None)
@given(windows(), moments)
def test_days_and_hours_are_what_counting_each_day_gives(window: Window, now: dt.datetime) -> None:
    left = remaining(window, now)
    spans = list(days_left(window, now))
    assert left.days == len(spans)
    assert left.time == sum((end - begin for begin, end in spans), dt.timedelta(0))
    assert left.passed + left.days == sum(1 for _ in window.dates())
    since = max(window.begin, now.astimezone(ISTANBUL).date())
    others = [day for day in (since + dt.timedelta(days=step) for step in range((window.end - since).days + 1))
              if day.isoweekday() not in window.days]
    assert left.skipped_days == len(others)
    assert left.skipped == tuple(sorted({day.isoweekday() for day in others}))


@settings(deadline=None)
@given(windows(), moments)
def test_stretches_hold_each_day_once_in_their_order(window: Window, now: dt.datetime) -> None:
    stretches = remaining(window, now).stretches
    assert all(before.last < after.first for before, after in pairwise(stretches))
    told = [day for stretch in stretches for day in dates_of(stretch)]
    assert told == [begin.date() for begin, _end in days_left(window, now)]
    assert len(stretches) <= MAX_STRETCHES + 1
    for stretch in stretches:
        assert window.begin <= stretch.first <= stretch.last <= window.end
        assert window.begin_time <= stretch.begin < stretch.end == window.end_time
        if stretch.in_a_row:
            assert len(dates_of(stretch)) == (stretch.last - stretch.first).days + 1


@settings(deadline=None)
@given(windows(), moments, st.integers(1, 60 * 24 * 60))
def test_so_much_time_has_passed_when_it_says_so(window: Window, now: dt.datetime, minutes: int) -> None:
    needed, left = minutes * MINUTE, minutes * MINUTE
    end: dt.datetime | None = None
    for begin, until in days_left(window, now):
        if left <= until - begin:
            end = begin + left
            break
        left -= until - begin
    assert ends_after(window, now, needed) == end


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.integers(-3, 800), st.sets(st.sampled_from(ALL_DAYS)))
def test_days_of_the_week_are_counted(first: dt.date, span: int, days: set[int]) -> None:
    every = [first + dt.timedelta(days=step) for step in range(span + 1)]
    counted = count_days(first, first + dt.timedelta(days=span), tuple(sorted(days)))
    assert counted == sum(day.isoweekday() in days for day in every)


def stretch(first: int, last: int, days: tuple[int, ...], begin: dt.time = dt.time(9), *,
            in_a_row: bool = True) -> Stretch:
    """Days of September 2026."""
    return Stretch(dt.date(2026, 9, first), dt.date(2026, 9, last), begin, dt.time(18), days, in_a_row)


@pytest.mark.parametrize(("first", "last", "days", "told"), [
    (7, 7, ALL_DAYS, [stretch(7, 7, (1,), dt.time(10, 30))]),
    (7, 9, ALL_DAYS, [stretch(7, 7, (1,), dt.time(10, 30)), stretch(8, 9, (2, 3))]),
    (8, 8, ALL_DAYS, [stretch(8, 8, (2,))]),
    (8, 30, ALL_DAYS, [stretch(8, 30, (2, 3, 4, 5, 6, 7, 1))]),
    (8, 15, (1, 2, 3, 4, 5), [stretch(8, 11, (2, 3, 4, 5)), stretch(14, 15, (1, 2))]),
    (12, 15, (1, 6, 7), [stretch(12, 14, (6, 7, 1))]),
    (8, 30, (1, 3), [stretch(9, 30, (1, 3), in_a_row=False)]),
    (1, 6, ALL_DAYS, []),
])
def test_days_are_told_in_rows_or_by_the_week(first: int, last: int, days: tuple[int, ...],
                                              told: list[Stretch]) -> None:
    window = Window(dt.date(2026, 9, first), dt.date(2026, 9, last), *NINE_TO_SIX, days)
    assert list(remaining(window, NOW).stretches) == told


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
def test_it_is_turkish_time_wherever_the_machine_is(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    window = Window(MONDAY, MONDAY, *NINE_TO_SIX)
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        # There it may still be Sunday, or Tuesday already.
        left = remaining(window, NOW.astimezone())
        end = ends_after(window, NOW.astimezone(), dt.timedelta(hours=1))
    finally:
        monkeypatch.undo()
        assert os.environ.get("TZ") == before
        time.tzset()
    assert (left.days, left.time) == (1, dt.timedelta(hours=7, minutes=30))
    assert end == dt.datetime(2026, 9, 7, 11, 30, tzinfo=ISTANBUL)


def test_a_window_of_a_thousand_years_is_not_counted_day_by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    window = Window(MONDAY, dt.date(2999, 12, 31), *NINE_TO_SIX, (1, 3))
    days = sum(1 for _ in window.dates())
    monkeypatch.setattr(Window, "_dates", None)  # what goes from day to day
    left = remaining(window, NOW)
    assert left.days == days
    assert len(left.stretches) == 2
    assert ends_after(window, NOW, left.time) == dt.datetime(2999, 12, 30, 18, tzinfo=ISTANBUL)
    assert ends_after(window, NOW, left.time + MINUTE) is None
