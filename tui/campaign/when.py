"""Days and times of day as people type them, and the one form in which they are kept and sent: 2026-11-25, 09:00.

For what is typed into a field alone. Campaign files and the command line hold the kept form (`schedule.parse_date`):
what `yarın` or `25.11` means depends on the day on which it is read.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final

from tui.campaign.schedule import YEARS
from tui.core.letters import composed, folded
from tui.core.reason import Reason

# As `folded` writes them: the names in full, and as the program itself shortens them.
_WEEKDAYS: Final[dict[str, int]] = {
    name: day for day, names in enumerate((
        ("pazartesi", "pzt", "monday", "mon"), ("sali", "sal", "tuesday", "tue"),
        ("carsamba", "car", "wednesday", "wed"), ("persembe", "per", "thursday", "thu"),
        ("cuma", "cum", "friday", "fri"), ("cumartesi", "cmt", "saturday", "sat"), ("pazar", "paz", "sunday", "sun")),
        start=1) for name in names
}
_FROM_TODAY: Final = {"bugun": 0, "today": 0, "yarin": 1, "tomorrow": 1}
_DAYS_ON: Final = re.compile(r"\+\s?(\d{1,4})")
_YEAR_FIRST: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})([./])(\d{1,2})(?:\2(\d*))?")
_TIME: Final = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?")
_LEAP_YEAR: Final = 2000


class NotUnderstood(ValueError):
    """`reason` says what is wrong with the text, and how it is written."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.reason = Reason(f"campaign.problem.{code}", params)


def read_day(text: str, today: dt.date) -> dt.date:
    """The day that was typed: 25.11.2026, 25/11, 2026-11-25, yarın, tomorrow, +3, pazartesi, Mon. NotUnderstood.

    A weekday is the next one, never today; a day without a year the next such day, which may be today.
    """
    plain = folded(composed(text).strip())
    if plain in _FROM_TODAY:
        return today + dt.timedelta(days=_FROM_TODAY[plain])
    if plain in _WEEKDAYS:
        return today + dt.timedelta(days=(_WEEKDAYS[plain] - today.isoweekday() - 1) % 7 + 1)
    if found := _DAYS_ON.fullmatch(plain):
        return today + dt.timedelta(days=int(found[1]))
    if found := _YEAR_FIRST.fullmatch(plain):
        return _day(text, int(found[3]), int(found[2]), found[1])
    if found := _DAY_FIRST.fullmatch(plain):
        day, month, year = int(found[1]), int(found[3]), found[4]
        return _day(text, day, month, year) if year else _next(text, day, month, today)
    raise NotUnderstood("date", value=text.strip())


def _day(text: str, day: int, month: int, year: str) -> dt.date:
    if len(year) != 4 or int(year) not in YEARS:
        raise NotUnderstood("year", value=text.strip(), first=YEARS[0], last=YEARS[-1])
    return dt.date(int(year), month, _day_of_month(text, day, month, int(year)))


def _next(text: str, day: int, month: int, today: dt.date) -> dt.date:
    """The first day with this day and month from today on; for 29 February that may take eight years."""
    _day_of_month(text, day, month, _LEAP_YEAR)
    year = today.year
    while day > calendar.monthrange(year, month)[1] or dt.date(year, month, day) < today:
        year += 1
    return dt.date(year, month, day)


def _day_of_month(text: str, day: int, month: int, year: int) -> int:
    if not 1 <= month <= 12:
        raise NotUnderstood("month", value=text.strip(), month=month)
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise NotUnderstood("day", value=text.strip(), last=last)
    return day


def read_time(text: str) -> dt.time:
    """The time of day that was typed: 9, 9:30, 09.30, 930, 0930, 17:00. NotUnderstood."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise NotUnderstood("time", value=text.strip())
    hour, minute = int(found[1]), int(found[2] or 0)
    if (hour, minute) == (24, 0):
        raise NotUnderstood("midnight", value=text.strip())
    if hour > 23 or minute > 59:
        raise NotUnderstood("hour", value=text.strip())
    return dt.time(hour, minute)


def kept_day(text: str, today: dt.date) -> str:
    """The kept form of a day that was typed; what is not understood stays as it is."""
    try:
        return read_day(text, today).isoformat()
    except NotUnderstood:
        return text


def kept_time(text: str) -> str:
    """The kept form of a time of day that was typed; what is not understood stays as it is."""
    try:
        return read_time(text).strftime("%H:%M")
    except NotUnderstood:
        return text


def day_problem(text: str) -> Reason:
    """What is wrong with a day that is not in the kept form."""
    try:
        read_day(text, dt.date(_LEAP_YEAR, 1, 1))
    except NotUnderstood as wrong:
        return wrong.reason
    return Reason("campaign.problem.date", {"value": text})


def time_problem(text: str) -> Reason:
    """What is wrong with a time of day that is not in the kept form."""
    try:
        read_time(text)
    except NotUnderstood as wrong:
        return wrong.reason
    return Reason("campaign.problem.time", {"value": text})
