"""Dates, hours and days of a campaign, in Turkish time whatever the machine's zone (document, *Parametreler*)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from tui.core.whole_number import whole_number
from tui.core.zone import istanbul

ISTANBUL: Final = istanbul()
ALL_DAYS: Final = (1, 2, 3, 4, 5, 6, 7)
NO_DAYS: Final = ","  # no day at all, as a text: a blank one means that the field was left alone, and so every day
DAY_BEGINS: Final = dt.time(0, 0)
DAY_ENDS: Final = dt.time(23, 59)

_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TURKISH: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
# Any other year is a slip of the finger; at the ends of the calendar, moments of a window could not be told.
YEARS: Final = range(2000, 3000)
_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})")


def parse_date(text: str) -> dt.date:
    """`2026-11-25` or `25.11.2026`. ValueError otherwise, also for a day that the month lacks or a year far away."""
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _TURKISH.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise ValueError(text)
    if int(year) not in YEARS:
        raise ValueError(text)
    return dt.date(int(year), int(month), int(day))


def parse_time(text: str) -> dt.time:
    """`09:00` or `9:00` (SS:DD or S:DD in the document). ValueError otherwise."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    return dt.time(int(found[1]), int(found[2]))


def parse_days(text: str) -> tuple[int, ...]:
    """`1,2,5` → (1, 2, 5), sorted, each once. ValueError where one is no day (1 = Monday … 7 = Sunday)."""
    days = [whole_number(part) for part in re.split(r"[\s,]+", text.strip()) if part]
    if not set(days) <= set(ALL_DAYS):
        raise ValueError(text)
    return tuple(day for day in ALL_DAYS if day in days)


class Hours(NamedTuple):
    """A part of the day, from `begin` to `end`."""

    begin: dt.time
    end: dt.time

    def __str__(self) -> str:
        return f"{self.begin:%H:%M}–{self.end:%H:%M}"

    @property
    def typed(self) -> str:
        """With the dash that a keyboard has, as in the configuration."""
        return str(self).replace("–", "-")


@dataclass(frozen=True, slots=True)
class Window:
    """When a campaign calls: from `begin_time` to `end_time` on the active days of a range of dates.

    The document doesn't say what hours mean that end where they begin, or before (`in_order` is not so). Ours: they may
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
        """When it calls next: `now` where it calls already. None where that can't be told, or nothing is left."""
        if not self.callable_after(now):
            return None
        begin = next(begin for begin, until in self.spans(since=now) if until > now)
        return max(begin, now)

    def callable_after(self, now: dt.datetime) -> bool:
        """Whether its days and hours are in order, and some are left."""
        ordered = self.begin <= self.end and self.in_order and bool(self.days)
        return ordered and not self.is_over(now)
