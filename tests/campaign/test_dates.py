"""Dates, hours and days as they are kept and sent."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.campaign.dates import parse_date, parse_days, parse_time

DATES = st.dates(dt.date(2000, 1, 1), dt.date(2999, 12, 31))


@pytest.mark.parametrize(("text", "date"), [
    ("2026-11-25", dt.date(2026, 11, 25)), ("25.11.2026", dt.date(2026, 11, 25)), ("5.1.2026", dt.date(2026, 1, 5)),
    ("2026-1-5", dt.date(2026, 1, 5)), (" 2026-11-25 ", dt.date(2026, 11, 25)), ("29.02.2028", dt.date(2028, 2, 29)),
    ("٢٠٢٦-١١-٢٥", dt.date(2026, 11, 25)),
])
def test_a_date_is_iso_or_turkish(text: str, date: dt.date) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize("text", [
    "", "25/11/2026", "11-25-2026", "2026-13-01", "2026-02-30", "31.04.2026", "0.1.2026", "25.11.26", "today",
    "2026-11-25T09:00", "1999-12-31", "3000-01-01", "0000-01-01", "9999-12-31", "2026-11", "20261125",
])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_date(text)


@settings(deadline=None)
@given(DATES)
def test_both_writings_of_a_date_are_one_date(date: dt.date) -> None:
    assert parse_date(date.isoformat()) == parse_date(f"{date.day:02}.{date.month:02}.{date.year}") == date


@pytest.mark.parametrize(("text", "time"), [
    ("09:00", dt.time(9)), ("9:00", dt.time(9)), ("00:00", dt.time(0)), ("23:59", dt.time(23, 59)),
    (" 9:05 ", dt.time(9, 5)), ("٠٩:٣٠", dt.time(9, 30)),
])
def test_a_time_is_of_the_documents_two_forms(text: str, time: dt.time) -> None:
    assert parse_time(text) == time


@pytest.mark.parametrize("text", ["", "9", "9.00", "24:00", "9:60", "09:00:00", "9:5", "-1:00", "nine"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_time(text)


@pytest.mark.parametrize(("text", "days"), [
    ("1,2,5", (1, 2, 5)), ("5, 1 ,2", (1, 2, 5)), ("1 2 5", (1, 2, 5)), ("3,3,3", (3,)), ("7", (7,)), (",", ()),
    ("", ()),
])
def test_days_are_sorted_each_once(text: str, days: tuple[int, ...]) -> None:
    assert parse_days(text) == days


@pytest.mark.parametrize("text", ["0", "8", "1,8", "-1", "Mon", "1;2", "1.5", "²", "12", "1" * 5000, "+1", "0_1",
                                  "٣"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_days(text)
