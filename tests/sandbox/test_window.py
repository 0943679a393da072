from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.campaign.dates import ISTANBUL
from tui.sandbox.plan import CallHours

WORKDAYS = CallHours(dt.date(2022, 9, 12), dt.date(2022, 9, 23), dt.time(9, 0), dt.time(18, 0),
                     frozenset({1, 2, 3, 4, 5}))


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ISTANBUL).astimezone(dt.UTC)


@pytest.mark.parametrize(("moment", "is_open"), [
    ("2022-09-12 08:59:59", False), ("2022-09-12 09:00", True), ("2022-09-12 17:59:59", True),
    ("2022-09-12 18:00", False), ("2022-09-17 12:00", False), ("2022-09-11 12:00", False),
    ("2022-09-23 12:00", True), ("2022-09-26 12:00", False),
])
def test_it_is_open_in_its_hours_on_its_days_in_turkish_time(moment: str, is_open: bool) -> None:
    assert WORKDAYS.is_open(at(moment)) is is_open


@pytest.mark.parametrize(("moment", "opening"), [
    ("2022-01-01 00:00", "2022-09-12 09:00"), ("2022-09-12 08:00", "2022-09-12 09:00"),
    ("2022-09-12 18:00", "2022-09-13 09:00"), ("2022-09-16 18:00", "2022-09-19 09:00"),
])
def test_the_next_opening(moment: str, opening: str) -> None:
    assert WORKDAYS.next_opening(at(moment)) == at(opening)


def test_after_the_last_day_it_never_opens() -> None:
    assert WORKDAYS.next_opening(at("2022-09-23 18:00")) is None


def test_a_weekly_window_opens_again_after_a_week() -> None:
    mondays = CallHours(dt.date(2022, 9, 12), dt.date(2023, 9, 12), dt.time(9, 0), dt.time(10, 0), frozenset({1}))

    assert mondays.next_opening(at("2022-09-12 10:00")) == at("2022-09-19 09:00")


@given(hours_before=st.integers(-20 * 24, 10 * 24), minutes=st.integers(0, 59),
       days=st.frozensets(st.integers(1, 7), min_size=1), opens=st.times(max_value=dt.time(12, 0)),
       length=st.integers(1, 20))
def test_it_is_open_at_its_next_opening_and_not_between(
    hours_before: int, minutes: int, days: frozenset[int], opens: dt.time, length: int
) -> None:
    window = CallHours(dt.date(2022, 9, 5), dt.date(2022, 9, 5) + dt.timedelta(days=length), opens, dt.time(18, 0),
                       days)
    now = at("2022-09-10 00:00") - dt.timedelta(hours=hours_before, minutes=minutes)
    opening = window.next_opening(now)

    end = opening or now + dt.timedelta(days=40)
    hours = (now + dt.timedelta(hours=hour) for hour in range(40 * 24))
    if not window.is_open(now):
        assert not any(window.is_open(hour) for hour in hours if hour < end)
    if opening is not None:
        assert opening > now
        assert window.is_open(opening)
        assert not window.is_open(opening - dt.timedelta(microseconds=1))
