"""When a draft would call: its days and hours, with the provider's defaults (document, *Parametreler*)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from tui.campaign.draft import Draft
from tui.campaign.schedule import ALL_DAYS, DAY_BEGINS, DAY_ENDS, ISTANBUL, Window, parse_date, parse_days, parse_time


class Nobody(StrEnum):
    """Why a launch would call nobody."""

    NUMBERS = "numbers"  # none of the list can be called
    HOURS = "hours"  # no minute of its windows is left


def window_of(draft: Draft, now: dt.datetime) -> Window | None:
    """When the draft would call, with the provider's defaults for what was left alone; None where it can't be told."""
    dates, times = dates_of(draft, now), times_of(draft)
    try:
        days = parse_days(draft["active_days"]) if draft["active_days"] else ALL_DAYS
    except ValueError:
        return None
    if dates is None or times is None:
        return None
    return Window(*dates, *times, days)


def calls_nobody(draft: Draft, people: int, now: dt.datetime) -> Nobody | None:
    """Why a launch of the draft would call nobody of `people`; None where it would, or its windows can't be told."""
    if people == 0:
        return Nobody.NUMBERS
    window = window_of(draft, now)
    if window is None:
        return None
    if not window.in_order and not window.is_over(now):  # nobody knows what such hours mean
        return None
    from tui.campaign.windows import left_of

    return None if window.callable_after(now) and left_of(window, now).time else Nobody.HOURS


def dates_of(draft: Draft, now: dt.datetime) -> tuple[dt.date, dt.date] | None:
    """The first and the last day, today where none is given; None where one can't be read."""
    try:
        begin = now.astimezone(ISTANBUL).date()
        if draft["date_range_begin"]:
            begin = parse_date(draft["date_range_begin"])
        return begin, parse_date(draft["date_range_end"]) if draft["date_range_end"] else begin
    except ValueError:
        return None


def times_of(draft: Draft) -> tuple[dt.time, dt.time] | None:
    """From when until when of a day; None where one can't be read."""
    try:
        begin = parse_time(draft["time_range_begin"]) if draft["time_range_begin"] else DAY_BEGINS
        return begin, parse_time(draft["time_range_end"]) if draft["time_range_end"] else DAY_ENDS
    except ValueError:
        return None
