"""When a campaign calls: its window of days and hours, what is left of it, and when it is polite to call.

Hours are counted as they are read: from 09:00 to 18:00 are nine, and 23:59 means until midnight. All is reckoned in
whole weeks: a campaign of a century costs no more than one of a day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from tui.campaign.dates import ALL_DAYS, DAY_BEGINS, DAY_ENDS, ISTANBUL, Hours
from tui.campaign.holidays import HALF_DAY_BEGINS, LOOKED_AHEAD, Calendar, Holiday, Holidays, no_calendar


class Window(Struct, frozen=True):
    """When a campaign calls: from `begin_time` to `end_time` on the active days of a range of dates.

    The provider doesn't say what hours mean that end where they begin, or before (`in_order` is not so). Ours: they may
    go on past midnight, so that nothing is taken for over too early.
    """

    begin: dt.date
    end: dt.date
    begin_time: dt.time = DAY_BEGINS
    end_time: dt.time = DAY_ENDS
    days: tuple[int, ...] = ALL_DAYS

    def dates(self) -> Iterator[dt.date]:
        """The dates on which it calls, in order."""
        return self._dates(self.begin, self.end)

    def _dates(self, begin: dt.date, end: dt.date) -> Iterator[dt.date]:
        for offset in range((end - begin).days + 1):
            day = begin + dt.timedelta(days=offset)
            if day.isoweekday() in self.days:
                yield day

    def spans(self, since: dt.datetime | None = None,
              until: dt.datetime | None = None) -> Iterator[tuple[dt.datetime, dt.datetime]]:
        """Each stretch in which it calls, in order: from, and until (not included). The last minute is part of it.

        Those of the days before `since` and after `until` are left out.
        """
        first = self.begin if since is None else max(self.begin, since.astimezone(ISTANBUL).date())
        last = self.end if until is None else min(self.end, until.astimezone(ISTANBUL).date())
        for day in self._dates(first, last):
            yield dt.datetime.combine(day, self.begin_time, ISTANBUL), self._closes(day)

    def _closes(self, day: dt.date) -> dt.datetime:
        """The end of a day's hours. The last minute is part of them: 23:59 means until midnight."""
        days = 0 if self.in_order else 1
        return dt.datetime.combine(day, self.end_time, ISTANBUL) + dt.timedelta(days=days, minutes=1)

    @property
    def in_order(self) -> bool:
        """Whether its hours end after they begin, on the same day."""
        return self.begin_time < self.end_time

    def has_a_day(self) -> bool:
        return next(self.dates(), None) is not None

    def opened_at(self, now: dt.datetime) -> dt.datetime | None:
        """Since when it has been calling without a pause, with its zone; None while it doesn't call."""
        local = now.astimezone(ISTANBUL)
        day, minute = local.date(), local.time().replace(second=0, microsecond=0)
        if not (self._is_active(day) and self.begin_time <= minute <= self.end_time):
            return None
        if (self.begin_time, self.end_time) == (DAY_BEGINS, DAY_ENDS):
            while day > self.begin and self._is_active(day - dt.timedelta(days=1)):
                day = self.begin if self.days == ALL_DAYS else day - dt.timedelta(days=1)
        return dt.datetime.combine(day, self.begin_time, ISTANBUL)

    def open_until(self, now: dt.datetime) -> dt.datetime | None:
        """Until when it goes on calling without a pause, with its zone; None while it doesn't call."""
        if self.opened_at(now) is None:
            return None
        day = now.astimezone(ISTANBUL).date()
        if (self.begin_time, self.end_time) == (DAY_BEGINS, DAY_ENDS):
            while day < self.end and self._is_active(day + dt.timedelta(days=1)):
                day = self.end if self.days == ALL_DAYS else day + dt.timedelta(days=1)
        return self._closes(day)

    def _is_active(self, day: dt.date) -> bool:
        return self.begin <= day <= self.end and day.isoweekday() in self.days

    def ends_at(self) -> dt.datetime | None:
        """The last moment at which it calls, with its zone; None where no active day is in its range."""
        for offset in range((self.end - self.begin).days + 1):
            day = self.end - dt.timedelta(days=offset)
            if day.isoweekday() in self.days:
                return self._closes(day)
        return None

    def is_over(self, now: dt.datetime) -> bool:
        end = self.ends_at()
        return end is None or now >= end

    def calls_from(self, now: dt.datetime) -> dt.datetime | None:
        """When it calls next: `now` where it calls already. None where hours are not in order, or none are left."""
        if not self.callable_after(now):
            return None
        begin = next(begin for begin, until in self.spans(since=now) if until > now)
        return max(begin, now)

    def callable_after(self, now: dt.datetime) -> bool:
        """Whether its days and hours are in order, and some are left."""
        ordered = self.begin <= self.end and self.in_order and bool(self.days)
        return ordered and not self.is_over(now)


class Nobody(StrEnum):
    """Why a launch would call nobody."""

    NUMBERS = "numbers"  # none of the list can be called
    HOURS = "hours"  # no minute of its windows is left


def calls_nobody(window: Window | None, recipients: int, now: dt.datetime) -> Nobody | None:
    """Why a launch would call nobody of `people` in the window; None where it would, or the window isn't known."""
    if recipients == 0:
        return Nobody.NUMBERS
    if window is None:
        return None
    if not window.in_order and not window.is_over(now):  # nobody knows what such hours mean
        return None
    return None if window.callable_after(now) and remaining(window, now).time else Nobody.HOURS


MAX_STRETCHES: Final = 4  # more are shown as one, by their days of the week
_DAY: Final = dt.timedelta(days=1)
_NONE: Final = dt.timedelta(0)


class Stretch(Struct, frozen=True):
    """Days with the same hours: in a row, or the `days` of each week where `in_a_row` is not so."""

    first: dt.date
    last: dt.date
    begin: dt.time
    end: dt.time
    days: tuple[int, ...]
    in_a_row: bool = True


class Remaining(Struct, frozen=True):
    """What is left of a window."""

    stretches: tuple[Stretch, ...]
    days: int
    time: dt.timedelta
    passed: int  # days on which it would have called
    skipped: tuple[int, ...]  # days of the week that are not chosen, and
    skipped_days: int  # how many of them are still to come


def remaining(window: Window, now: dt.datetime) -> Remaining:
    """What is left of a window that can be: a range of dates in order, hours in order, a day at least."""
    since = max(window.begin, now.astimezone(ISTANBUL).date())
    today, after = _left_today(window, now), _days_after(window, now)
    chosen = count_days(since, window.end, window.days)
    days = after + (today > _NONE)
    return Remaining(
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
    if len(runs) > MAX_STRETCHES:
        yield Stretch(first, last, window.begin_time, window.end_time, window.days, in_a_row=False)
        return
    for begins, ends in runs:
        days = tuple((begins + _DAY * step).isoweekday() for step in range(min(7, (ends - begins).days + 1)))
        yield Stretch(begins, ends, window.begin_time, window.end_time, days)


def _runs(first: dt.date, last: dt.date, days: tuple[int, ...]) -> Iterator[tuple[dt.date, dt.date]]:
    """Days in a row, until there are too many to be shown one by one."""
    if days == ALL_DAYS:
        yield first, last
        return
    begin = first
    for _ in range(MAX_STRETCHES + 1):
        end = begin
        while end < last and (end + _DAY).isoweekday() in days:
            end += _DAY
        yield begin, end
        if end == last:
            return
        begin = _nth_day(end + _DAY, 0, days)


def open_time(window: Window, since: dt.datetime, until: dt.datetime) -> dt.timedelta:
    """How much of the time from `since` to `until` lies within the window."""
    parts = (min(end, until) - max(begin, since) for begin, end in window.spans(since, until))
    return sum((part for part in parts if part > dt.timedelta(0)), dt.timedelta(0))


def expected_end(window: Window, left: int, done: int, since: dt.datetime, now: dt.datetime) -> dt.datetime | None:
    """When `left` numbers will be done, at the pace at which `done` were since `since`.

    None where there is no pace yet. A moment at or past the window's end means that time will not do: see
    `left_at_end`. Moments are aware.
    """
    passed = open_time(window, since, now)
    if done <= 0 or passed <= dt.timedelta(0):
        return None
    needed = passed / done * left
    end = now
    for begin, closes in window.spans(now):
        if closes <= now:
            continue
        end = max(begin, now) + needed
        if end <= closes:
            return end
        needed -= closes - max(begin, now)
        end = closes
    return end + needed


def left_at_end(window: Window, left: int, done: int, since: dt.datetime, now: dt.datetime) -> int:
    """How many of the `left` numbers won't be done when the window ends, at the pace so far; 0 without a pace."""
    end, ends = expected_end(window, left, done, since, now), window.ends_at()
    if end is None or ends is None or end <= ends:
        return 0
    will_be_done = int(done * (open_time(window, now, ends) / open_time(window, since, now)))
    return max(0, left - will_be_done)


class CallingPolicy(Struct, frozen=True):
    """When a profile means to call; what is outside is warned about, and called all the same."""

    polite: Hours | None  # None: any hour is fine
    calendar: Calendar = no_calendar

    def calls_outside(self, window: Window) -> bool:
        """Whether it calls at hours that are not polite."""
        polite = self.polite
        return polite is not None and (window.begin_time < polite.begin or window.end_time > polite.end)

    def holidays_in(self, window: Window, now: dt.datetime) -> Holidays:
        """The holidays on which it would still call, of the next LOOKED_AHEAD."""
        today = now.astimezone(ISTANBUL).date()
        left = remaining(window, now)
        if not left.stretches:
            return Holidays((), today)
        first = left.stretches[0].first
        last = min(window.end, first + LOOKED_AHEAD)
        known = self.calendar(first, last)
        return Holidays(tuple(met for holiday in known if (met := _met(holiday, window, first, last))), today)


def _met(holiday: Holiday, window: Window, first: dt.date, last: dt.date) -> Holiday | None:
    """The days of a holiday on which the window calls, from the first of them to the last."""
    eve = holiday.first if holiday.half else None
    spared = eve if window.end_time <= HALF_DAY_BEGINS else None
    span = range(holiday.first.toordinal(), holiday.last.toordinal() + 1)
    called = [day for day in map(dt.date.fromordinal, span)
              if first <= day <= last and day.isoweekday() in window.days and day != spared]
    return replace(holiday, first=called[0], last=called[-1], half=called[0] == eve) if called else None
