"""When a follow-up calls: the provider knows days and daily hours alone, so what is to be waited for becomes these."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from msgspec import Struct

from tui.campaign.calling_hours import CallingPolicy, Window, count_days
from tui.campaign.dates import ISTANBUL, Hours
from tui.campaign.follow_up_plan import OfDay
from tui.campaign.holidays import HALF_DAY_BEGINS, LOOKED_AHEAD, Holiday

# Ours: what is left of a day's hours has to be worth a campaign.
LEAST: Final = dt.timedelta(minutes=30)
MAX_DAYS: Final = 31
_STEP: Final = 5  # minutes: a campaign begins at a round time
_DAY: Final = dt.timedelta(days=1)


class Half(StrEnum):
    """In which half of the hours in which it may be called a number was called last."""

    FIRST = "first"
    SECOND = "second"


class SourceTimes(Struct, frozen=True):
    """When the campaign called whose numbers are called again. `days_used`: on how many days."""

    hours: Hours
    days: tuple[int, ...]
    days_used: int = 1

    @classmethod
    def of(cls, window: Window | None) -> SourceTimes:
        """None: not known, as of a campaign that was made elsewhere. Hours out of order are as good as none."""
        window = window or Window(dt.date.min, dt.date.min)
        hours = Hours(window.begin_time, window.end_time) if window.in_order else Hours(dt.time(0), dt.time(23, 59))
        return cls(hours, window.days, max(1, count_days(window.begin, window.end, window.days)))


def may_call_at(source: SourceTimes, policy: CallingPolicy) -> Hours:
    """The hours of a day in which numbers may be called: polite ones; the campaign's where any hour is polite."""
    return policy.polite or source.hours


def middle(hours: Hours) -> dt.time:
    """What parts the hours in two, on a round quarter of an hour."""
    begin, end = _minutes(hours.begin), _minutes(hours.end)
    return _time(max(begin + 1, min(end - 1, (begin + end) // 2 // 15 * 15)))


def half_of(at: dt.datetime, hours: Hours) -> Half:
    """In which half of the hours a call was."""
    return Half.FIRST if at.astimezone(ISTANBUL).time() < middle(hours) else Half.SECOND


def hours_of(chosen: OfDay | Hours, half: Half | None, source: SourceTimes, policy: CallingPolicy) -> Hours:
    """The daily hours of a follow-up. `half`: that of the last call; None: there was none.

    The campaign's own hours are kept within the polite ones, where both have some in common; hours that a plan names
    are kept as they are.
    """
    if isinstance(chosen, Hours):
        return chosen
    allowed = may_call_at(source, policy)
    if chosen is OfDay.OTHER and half is not None:
        part = middle(allowed)
        return Hours(part, allowed.end) if half is Half.FIRST else Hours(allowed.begin, part)
    begin, end = max(source.hours.begin, allowed.begin), min(source.hours.end, allowed.end)
    return Hours(begin, end) if begin < end else source.hours


def window_from(due: dt.datetime, hours: Hours, source: SourceTimes, policy: CallingPolicy, *,
                days: int = 1) -> Window | None:
    """The first days with these hours on which numbers that are due then may be called; None where there are none.

    Weekdays are the campaign's; public holidays are left out, and end a run of days. Of the day on which they fall due
    only the hours from then on are taken, on whichever day they are used: a campaign has the same hours each day. A
    day of which less than LEAST would be left is passed over, unless its hours are shorter by themselves.
    """
    due = _rounded_up(due.astimezone(ISTANBUL))
    end_of_search = due.date() + LOOKED_AHEAD
    closed = policy.calendar(due.date(), end_of_search)
    for day in _days_from(due.date(), end_of_search, source.days):
        begin = max(hours.begin, due.time()) if day == due.date() else hours.begin
        if not _is_closed(day, hours, closed) and (begin == hours.begin or _left(begin, hours.end) >= LEAST):
            last = _last_day(day, days, hours, source, closed)
            return Window(day, last, begin, hours.end, source.days)
    return None


def days_needed(numbers: int, source_numbers: int, source: SourceTimes) -> int:
    """On how many days so many numbers are called, at the pace at which the campaign was to call all of its own."""
    if source_numbers <= 0:
        return 1
    return min(MAX_DAYS, max(1, -(-source.days_used * numbers // source_numbers)))


def _last_day(first: dt.date, days: int, hours: Hours, source: SourceTimes, closed: tuple[Holiday, ...]) -> dt.date:
    last = first
    for day in _days_from(first + _DAY, first + LOOKED_AHEAD, source.days):
        if days <= 1 or _is_closed(day, hours, closed):
            break
        # A day between that is a holiday and no chosen weekday calls nobody.
        last, days = day, days - 1
    return last


def _days_from(first: dt.date, last: dt.date, weekdays: tuple[int, ...]) -> Iterator[dt.date]:
    for offset in range((last - first).days + 1):
        day = first + _DAY * offset
        if day.isoweekday() in weekdays:
            yield day


def _is_closed(day: dt.date, hours: Hours, closed: tuple[Holiday, ...]) -> bool:
    """Whether a holiday takes the day, or some of its hours."""
    return any(holiday.first <= day <= holiday.last
               and not (holiday.half and day == holiday.first and hours.end <= HALF_DAY_BEGINS) for holiday in closed)


def _rounded_up(moment: dt.datetime) -> dt.datetime:
    whole = moment.replace(second=0, microsecond=0)
    if whole < moment:
        whole += dt.timedelta(minutes=1)
    return whole + dt.timedelta(minutes=-whole.minute % _STEP)


def _left(begin: dt.time, end: dt.time) -> dt.timedelta:
    return dt.timedelta(minutes=max(0, _minutes(end) - _minutes(begin)))


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _time(minutes: int) -> dt.time:
    return dt.time(*divmod(minutes, 60))
