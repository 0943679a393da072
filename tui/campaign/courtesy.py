"""When it is polite to call: the hours of the profile, and no public holiday. Both are pointed out, never forbidden."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from tui.campaign.holidays import HALF_DAY_BEGINS, LOOKED_AHEAD, Calendar, Holiday, Holidays, no_calendar
from tui.campaign.schedule import ISTANBUL, Hours, Window
from tui.campaign.windows import left_of


@dataclass(frozen=True, slots=True)
class Courtesy:
    polite: Hours | None  # None: any hour is fine
    calendar: Calendar = no_calendar

    def offended_by(self, window: Window) -> bool:
        """Whether it calls at hours that are not polite."""
        polite = self.polite
        return polite is not None and (window.begin_time < polite.begin or window.end_time > polite.end)

    def holidays_in(self, window: Window, now: dt.datetime) -> Holidays:
        """The holidays on which it would still call, of the next LOOKED_AHEAD."""
        today = now.astimezone(ISTANBUL).date()
        left = left_of(window, now)
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
