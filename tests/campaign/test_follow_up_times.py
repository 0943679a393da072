"""When a follow-up calls: never before its numbers are due, on the campaign's weekdays, on no holiday."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.campaign.test_follow_up_plan import HOURS
from tui.campaign.calling_hours import CallingPolicy, Window
from tui.campaign.dates import ALL_DAYS, ISTANBUL, Hours
from tui.campaign.follow_up_plan import OfDay
from tui.campaign.follow_up_times import (
    LEAST,
    Half,
    SourceTimes,
    days_needed,
    half_of,
    hours_of,
    may_call_at,
    middle,
    window_from,
)
from tui.campaign.holidays import Holiday, Name, no_calendar

NINE_TO_SIX = Hours(dt.time(9), dt.time(18))
POLITE = CallingPolicy(Hours(dt.time(9), dt.time(20)))
FEAST = Holiday(Name.SACRIFICE, dt.date(2026, 9, 15), dt.date(2026, 9, 18), half=True)  # Tuesday, from one o'clock
WORKDAYS = (1, 2, 3, 4, 5)


def feast(first: dt.date, last: dt.date) -> tuple[Holiday, ...]:
    return (FEAST,) if FEAST.first <= last and FEAST.last >= first else ()


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """September 2026 in Istanbul; the 14th is a Monday."""
    return dt.datetime(2026, 9, day, hour, minute, tzinfo=ISTANBUL)


def window(day: int, begin: tuple[int, int], end: tuple[int, int], *, last: int = 0,
           days: tuple[int, ...] = WORKDAYS) -> Window:
    return Window(dt.date(2026, 9, day), dt.date(2026, 9, last or day), dt.time(*begin), dt.time(*end), days)


@pytest.mark.parametrize(("due", "expected"), [
    (at(14, 8), window(14, (9, 0), (18, 0))),  # before the hours: all of them
    (at(14, 14, 31), window(14, (14, 35), (18, 0))),  # within: from then on
    (at(14, 17, 30), window(14, (17, 30), (18, 0))),
    (at(14, 17, 31), window(15, (9, 0), (18, 0))),  # less than half an hour is left
    (at(14, 19), window(15, (9, 0), (18, 0))),
    (at(11, 19), window(14, (9, 0), (18, 0))),  # Friday evening
    (at(12, 10), window(14, (9, 0), (18, 0))),
])
def test_it_begins_when_the_last_is_due_and_it_may_call(due: dt.datetime, expected: Window) -> None:
    assert window_from(due, NINE_TO_SIX, SourceTimes(NINE_TO_SIX, WORKDAYS), POLITE) == expected


@pytest.mark.parametrize(("hours", "day"), [(NINE_TO_SIX, 21), (Hours(dt.time(9), dt.time(13)), 15)])
def test_holidays_are_left_out_and_the_eve_from_one_o_clock(hours: Hours, day: int) -> None:
    found = window_from(at(15, 8), hours, SourceTimes(hours, WORKDAYS), CallingPolicy(POLITE.polite, feast))
    assert found is not None
    assert found.begin == dt.date(2026, 9, day)


@pytest.mark.parametrize(("due", "days", "last"), [(at(14, 8), 3, 14), (at(11, 8), 2, 14), (at(21, 8), 3, 23),
                                                   (at(24, 8), 3, 28)])
def test_a_run_of_days_passes_over_weekends_and_ends_before_a_holiday(due: dt.datetime, days: int, last: int) -> None:
    found = window_from(due, NINE_TO_SIX, SourceTimes(NINE_TO_SIX, WORKDAYS), CallingPolicy(None, feast), days=days)
    assert found is not None
    assert found.end == dt.date(2026, 9, last)


def test_where_no_day_fits_there_is_none() -> None:
    always = CallingPolicy(None, lambda first, last: (Holiday("x", first, last),))
    assert window_from(at(14, 8), NINE_TO_SIX, SourceTimes(NINE_TO_SIX, WORKDAYS), always) is None


@pytest.mark.parametrize(("chosen", "half", "polite", "hours"), [
    (OfDay.SAME, None, "09:00-20:00", "09:00-18:00"), (OfDay.SAME, None, "10:00-17:00", "10:00-17:00"),
    (OfDay.SAME, None, "19:00-20:00", "09:00-18:00"),  # nothing in common: the campaign's, of which Review warns
    (OfDay.OTHER, Half.FIRST, "09:00-20:00", "14:30-20:00"), (OfDay.OTHER, Half.SECOND, "09:00-20:00", "09:00-14:30"),
    (OfDay.OTHER, Half.FIRST, "", "13:30-18:00"), (OfDay.OTHER, None, "10:00-17:00", "10:00-17:00"),
    (Hours(dt.time(21), dt.time(22)), Half.FIRST, "09:00-20:00", "21:00-22:00"),
])
def test_at_which_hours(chosen: OfDay | Hours, half: Half | None, polite: str, hours: str) -> None:
    policy = CallingPolicy(Hours(*map(dt.time.fromisoformat, polite.split("-"))) if polite else None)
    assert hours_of(chosen, half, SourceTimes(NINE_TO_SIX, ALL_DAYS), policy).typed == hours


@given(HOURS)
def test_the_other_half_is_another_one(hours: Hours) -> None:
    """Who was called in one half of the hours in which one may call is called in the other."""
    policy, source = CallingPolicy(hours), SourceTimes(hours, ALL_DAYS)
    if hours.end.hour * 60 + hours.end.minute - hours.begin.hour * 60 - hours.begin.minute < 2:
        return
    assert hours.begin < middle(may_call_at(source, policy)) < hours.end
    for half in Half:
        other = hours_of(OfDay.OTHER, half, source, policy)
        begins = dt.datetime.combine(dt.date(2026, 9, 14), other.begin, ISTANBUL)
        assert half_of(begins, hours) is not half


@given(st.integers(-10**7, 10**7), HOURS, st.sets(st.sampled_from(ALL_DAYS), min_size=1), st.integers(1, 9))
def test_nobody_is_called_before_they_are_due_or_when_nobody_may_be(
        seconds: int, hours: Hours, weekdays: set[int], days: int) -> None:
    moment, source = at(14, 12) + dt.timedelta(seconds=seconds), SourceTimes(hours, tuple(sorted(weekdays)))
    found = window_from(moment, hours, source, CallingPolicy(None, feast), days=days)
    assert found is not None
    assert found.in_order
    dates = list(found.dates())
    assert dates[0] == found.begin
    assert 1 <= len(dates) <= days
    assert dt.datetime.combine(found.begin, found.begin_time, ISTANBUL) >= moment
    for day in dates:
        eve = day == FEAST.first and hours.end <= dt.time(13)
        assert eve or not FEAST.first <= day <= FEAST.last
    if found.begin_time != hours.begin:  # of a day that has begun
        assert dt.timedelta(hours=found.end_time.hour - found.begin_time.hour,
                            minutes=found.end_time.minute - found.begin_time.minute) >= LEAST


@pytest.mark.parametrize(("numbers", "whole", "used", "days"), [
    (10, 500, 1, 1), (100, 500, 5, 1), (101, 500, 5, 2), (500, 500, 5, 5), (5, 0, 5, 1), (500, 500, 200, 31)])
def test_it_has_as_many_days_as_its_share_of_the_campaign_had(numbers: int, whole: int, used: int, days: int) -> None:
    assert days_needed(numbers, whole, SourceTimes(NINE_TO_SIX, ALL_DAYS, used)) == days


def test_hours_that_are_not_known_are_the_whole_day() -> None:
    upside_down = Window(dt.date(2026, 9, 14), dt.date(2026, 9, 15), dt.time(18), dt.time(9), (1,))
    assert SourceTimes.of(upside_down) == SourceTimes(Hours(dt.time(0), dt.time(23, 59)), (1,), 1)
    assert SourceTimes.of(None) == SourceTimes(Hours(dt.time(0), dt.time(23, 59)), ALL_DAYS, 1)
    assert hours_of(OfDay.SAME, None, SourceTimes.of(None), POLITE) == POLITE.polite
    assert no_calendar(dt.date.min, dt.date.max) == ()
