"""Turkish public holidays, and when a campaign would meet them."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from tui.campaign.calling_hours import CallingPolicy, Window
from tui.campaign.dates import ISTANBUL, Hours
from tui.campaign.holidays import LOOKED_AHEAD, Holiday, Name, load, loaded, turkish

NOW = dt.datetime(2026, 9, 7, 10, 30, tzinfo=ISTANBUL)
COURTESY = CallingPolicy(Hours(dt.time(9), dt.time(20)), turkish)


def in_year(year: int) -> list[tuple[str, str, str, bool]]:
    return [(holiday.name, f"{holiday.first:%d.%m}", f"{holiday.last:%d.%m}", holiday.half)
            for holiday in turkish(dt.date(year, 1, 1), dt.date(year, 12, 31))]


# As they stood in the official calendar.
@pytest.mark.parametrize(("year", "days"), [
    (2026, [("new_year", "01.01", "01.01", False), ("ramadan", "19.03", "22.03", True),
            ("children", "23.04", "23.04", False), ("labour", "01.05", "01.05", False),
            ("youth", "19.05", "19.05", False), ("sacrifice", "26.05", "30.05", True),
            ("democracy", "15.07", "15.07", False), ("victory", "30.08", "30.08", False),
            ("republic", "28.10", "29.10", True)]),
])
def test_the_holidays_of_a_year(year: int, days: list[tuple[str, str, str, bool]]) -> None:
    assert in_year(year) == days


@pytest.mark.parametrize("year", [*range(2017, 2101)])
def test_every_holiday_has_a_name_of_ours(year: int) -> None:
    """What the library calls otherwise would be told in Turkish alone."""
    found = turkish(dt.date(year, 1, 1), dt.date(year, 12, 31))
    assert {holiday.name for holiday in found} <= set(Name)
    assert {Name.REPUBLIC, Name.NEW_YEAR, Name.VICTORY} <= {holiday.name for holiday in found}
    assert all(holiday.first <= holiday.last <= holiday.first + dt.timedelta(days=4) for holiday in found)


def test_days_of_the_moon_far_ahead_are_estimated() -> None:
    assert {holiday.estimated for holiday in turkish(dt.date(2026, 1, 1), dt.date(2026, 12, 31))} == {False}
    far = {holiday.name: holiday.estimated for holiday in turkish(dt.date(2040, 1, 1), dt.date(2040, 12, 31))}
    assert far[Name.RAMADAN]
    assert not far[Name.REPUBLIC]


def test_a_feast_over_the_turn_of_the_year_is_one() -> None:
    over = [holiday for year in range(2017, 2100) for holiday in turkish(dt.date(year, 12, 31), dt.date(year + 1, 1, 1))
            if holiday.first.year < holiday.last.year]
    assert over
    for holiday in over:
        assert [again for again in turkish(holiday.last, holiday.last) if again.name == holiday.name] == [holiday]


@pytest.mark.parametrize(("first", "last", "hours", "days", "met"), [
    ("2026-10-28", "2026-10-29", ("09:00", "18:00"), (1, 2, 3, 4, 5), [("2026-10-28", "2026-10-29", True)]),
    ("2026-10-28", "2026-10-28", ("09:00", "18:00"), (1, 2, 3, 4, 5), [("2026-10-28", "2026-10-28", True)]),
    ("2026-10-28", "2026-10-28", ("09:00", "13:00"), (1, 2, 3, 4, 5), []),
    ("2026-10-27", "2026-10-30", ("09:00", "12:30"), (1, 2, 3, 4, 5), [("2026-10-29", "2026-10-29", False)]),
    ("2026-10-26", "2026-10-30", ("09:00", "18:00"), (1, 2, 5), []),
    ("2027-05-10", "2027-05-18", ("09:00", "18:00"), (1, 2, 3, 4, 5), [("2027-05-17", "2027-05-18", False)]),
    ("2026-08-30", "2026-09-08", ("09:00", "18:00"), (1, 2, 3, 4, 5, 6, 7), []),  # over by now
])
def test_the_holidays_on_which_it_would_call(
    first: str, last: str, hours: tuple[str, str], days: tuple[int, ...], met: list[tuple[str, str, bool]]
) -> None:
    begin, end = map(dt.time.fromisoformat, hours)
    window = Window(dt.date.fromisoformat(first), dt.date.fromisoformat(last), begin, end, days)
    found = COURTESY.holidays_in(window, NOW)
    assert [(str(holiday.first), str(holiday.last), holiday.half) for holiday in found.days] == met
    assert bool(found) is bool(met)


def test_a_holiday_whose_hours_are_over_today_is_none() -> None:
    window = Window(dt.date(2026, 10, 29), dt.date(2026, 10, 30), dt.time(9), dt.time(18))
    assert COURTESY.holidays_in(window, dt.datetime(2026, 10, 29, 12, tzinfo=ISTANBUL))
    assert not COURTESY.holidays_in(window, dt.datetime(2026, 10, 29, 18, 30, tzinfo=ISTANBUL))


def test_holidays_are_looked_for_some_years_ahead() -> None:
    asked: list[tuple[dt.date, dt.date]] = []

    def calendar(first: dt.date, last: dt.date) -> tuple[Holiday, ...]:
        asked.append((first, last))
        return ()

    begin = dt.date(2026, 12, 1)
    assert not CallingPolicy(None, calendar).holidays_in(Window(begin, dt.date(2999, 1, 1)), NOW)
    assert asked == [(begin, begin + LOOKED_AHEAD)]


def test_the_library_is_loaded_by_the_first_question() -> None:
    code = ("import sys, tui.campaign.calling_hours, tui.campaign.rules; from tui.campaign import holidays\n"
            "assert not holidays.loaded() and 'holidays' not in sys.modules\n"
            "holidays.load(); assert holidays.loaded()")
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    load()
    assert loaded()


@pytest.mark.parametrize(("begin", "end", "offended"), [
    ("09:00", "20:00", False), ("08:59", "18:00", True), ("10:00", "20:01", True), ("00:00", "23:59", True),
])
def test_hours_that_are_not_polite(begin: str, end: str, offended: bool) -> None:
    window = Window(NOW.date(), NOW.date(), dt.time.fromisoformat(begin), dt.time.fromisoformat(end))
    assert COURTESY.calls_outside(window) is offended
    assert not CallingPolicy(None).calls_outside(window)
