"""The calling windows of a campaign that are left: which days at which hours, how much time, when so much has passed.

Hours are counted as they are read: from 09:00 to 18:00 are nine, and 23:59 means until midnight. All is reckoned in
whole weeks: a campaign of a century costs no more than one of a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tui.campaign.schedule import ALL_DAYS, DAY_ENDS, ISTANBUL, Window

MOST_STRETCHES: Final = 4  # more are told as one, by their days of the week
_DAY: Final = dt.timedelta(days=1)
_NONE: Final = dt.timedelta(0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days with the same hours: in a row, or the `days` of each week where `in_a_row` is not so."""

    first: dt.date
    last: dt.date
    begin: dt.time
    end: dt.time
    days: tuple[int, ...]
    in_a_row: bool = True


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a window."""

    stretches: tuple[Stretch, ...]
    days: int
    time: dt.timedelta
    passed: int  # days on which it would have called
    skipped: tuple[int, ...]  # days of the week that are not chosen, and
    skipped_days: int  # how many of them are still to come


def left_of(window: Window, now: dt.datetime) -> Left:
    """What is left of a window that can be: a range of dates in order, hours in order, a day at least."""
    since = max(window.begin, now.astimezone(ISTANBUL).date())
    today, after = _left_today(window, now), _days_after(window, now)
    chosen = count_days(since, window.end, window.days)
    days = after + (today > _NONE)
    return Left(
        stretches=tuple(_stretches(window, now)),
        days=days,
        time=today + _length(window) * after,
        passed=count_days(window.begin, window.end, window.days) - days,
        skipped=tuple(day for day in ALL_DAYS if day not in window.days and count_days(since, window.end, (day,))),
        skipped_days=count_days(since, window.end, ALL_DAYS) - chosen,
    )


def count_days(first: dt.date, last: dt.date, days: tuple[int, ...]) -> int:
    """How many of the dates from `first` to `last` are such days of the week."""
    weeks, rest = divmod(max(0, (last - first).days + 1), 7)
    return weeks * len(days) + sum((first + _DAY * step).isoweekday() in days for step in range(rest))


def ends_after(window: Window, now: dt.datetime, needed: dt.timedelta) -> dt.datetime | None:
    """When so much of the time that is left has passed, with its zone; None where there isn't so much."""
    today = now.astimezone(ISTANBUL)
    first = _left_today(window, now)
    if needed > first + _length(window) * _days_after(window, now):
        return None
    if needed <= first:
        return max(today, dt.datetime.combine(today.date(), window.begin_time, ISTANBUL)) + needed
    full, part = divmod(needed - first, _length(window))
    if part == _NONE:
        full, part = full - 1, _length(window)
    day = _nth_day(max(window.begin, today.date() + _DAY), full, window.days)
    return dt.datetime.combine(day, window.begin_time, ISTANBUL) + part


def _length(window: Window) -> dt.timedelta:
    """The calling time of a day."""
    return _since_midnight(window.end_time) - _since_midnight(window.begin_time)


def _since_midnight(time: dt.time) -> dt.timedelta:
    return _DAY if time == DAY_ENDS else dt.timedelta(hours=time.hour, minutes=time.minute, seconds=time.second)


def _calls_on(window: Window, day: dt.date) -> bool:
    return window.begin <= day <= window.end and day.isoweekday() in window.days


def _left_today(window: Window, now: dt.datetime) -> dt.timedelta:
    """What is left of today's hours."""
    local = now.astimezone(ISTANBUL)
    if not _calls_on(window, local.date()):
        return _NONE
    passed = local.replace(tzinfo=None) - dt.datetime.combine(local.date(), dt.time.min)
    return max(_NONE, _since_midnight(window.end_time) - max(passed, _since_midnight(window.begin_time)))


def _days_after(window: Window, now: dt.datetime) -> int:
    """How many days after today it calls."""
    return count_days(max(window.begin, now.astimezone(ISTANBUL).date() + _DAY), window.end, window.days)


def _nth_day(first: dt.date, number: int, days: tuple[int, ...]) -> dt.date:
    """The day of these weekdays with `number` others before it, from `first` on."""
    weeks, rest = divmod(number, len(days))
    day = first + _DAY * 7 * weeks
    while True:
        if day.isoweekday() in days:
            if rest == 0:
                return day
            rest -= 1
        day += _DAY


def _stretches(window: Window, now: dt.datetime) -> Iterator[Stretch]:
    local = now.astimezone(ISTANBUL)
    today = local.date()
    first = max(window.begin, today)
    if first == today and _calls_on(window, today) and local.time() > window.begin_time:
        if _left_today(window, now):
            begin = local.time().replace(second=0, microsecond=0)
            yield Stretch(today, today, begin, window.end_time, (today.isoweekday(),))
        first += _DAY
    count = count_days(first, window.end, window.days)
    if count == 0:
        return
    first = _nth_day(first, 0, window.days)
    last = _nth_day(first, count - 1, window.days)
    runs = list(_runs(first, last, window.days))
    if len(runs) > MOST_STRETCHES:
        yield Stretch(first, last, window.begin_time, window.end_time, window.days, in_a_row=False)
        return
    for begins, ends in runs:
        days = tuple((begins + _DAY * step).isoweekday() for step in range(min(7, (ends - begins).days + 1)))
        yield Stretch(begins, ends, window.begin_time, window.end_time, days)


def _runs(first: dt.date, last: dt.date, days: tuple[int, ...]) -> Iterator[tuple[dt.date, dt.date]]:
    """Days in a row, until there are too many to be told one by one."""
    if days == ALL_DAYS:
        yield first, last
        return
    begin = first
    for _ in range(MOST_STRETCHES + 1):
        end = begin
        while end < last and (end + _DAY).isoweekday() in days:
            end += _DAY
        yield begin, end
        if end == last:
            return
        begin = _nth_day(end + _DAY, 0, days)
