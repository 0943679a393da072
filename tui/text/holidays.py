"""Holidays in words."""

from __future__ import annotations

from typing import Final

from tui.campaign.holidays import Holiday, Holidays, Name
from tui.core.text_keys import TextKeys
from tui.i18n.words import range_text, say

MAX_NAMED = 2  # in a sentence beside a field


_HOLIDAY: Final = TextKeys("text.schedule.holiday.{}", Name)


def holidays_text(holidays: Holidays, limit: int = MAX_NAMED) -> str:
    """28–29 Oct Republic Day (the first day from 13:00), 1 Jan 2027 New Year's Day and 2 more holidays."""
    named = ", ".join(_holiday_text(holiday, holidays.today.year) for holiday in holidays.days[:limit])
    more = len(holidays.days) - limit
    return named if more <= 0 else say("text.schedule.more_holidays", first=named, count=more)


def _holiday_text(holiday: Holiday, this_year: int) -> str:
    name = say(_HOLIDAY[Name(holiday.name)]) if holiday.name in set(Name) else holiday.name
    days = range_text(holiday.first, holiday.last, with_year=holiday.last.year != this_year)
    if holiday.half:
        half = "text.schedule.half_day" if holiday.last > holiday.first else "text.schedule.eve"
        name = say(half, days=days, name=name)
    else:
        name = f"{days} {name}"
    return say("text.schedule.estimated", holiday=name) if holiday.estimated else name
