"""Days, hours and moments: as they are kept and sent, as people type them, and as the provider writes them.

All of a campaign's are Turkish time, whatever the machine's zone is (docs/provider.md, "Create").
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, NamedTuple

from tui.core.letters import composed, folded
from tui.core.reason import Reason
from tui.core.whole_number import whole_number
from tui.core.zone import istanbul

ISTANBUL: Final = istanbul()
ALL_DAYS: Final = (1, 2, 3, 4, 5, 6, 7)
NO_DAYS: Final = ","  # no day at all, as a text: a blank one means that the field was left alone, and so every day
DAY_BEGINS: Final = dt.time(0, 0)
DAY_ENDS: Final = dt.time(23, 59)

# Digits of every script: `٢٠٢٦` is no other year.
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TURKISH: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
# Any other year is a slip of the finger; at the ends of the calendar, moments of a window could not be computed.
YEARS: Final = range(2000, 3000)
_KEPT_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})")


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
    """`09:00` or `9:00` (the provider's SS:DD or S:DD). ValueError otherwise."""
    found = _KEPT_TIME.fullmatch(text.strip())
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
_DAY_FIRST: Final = re.compile(r"(\d{1,2})([./])(\d{1,2})(?:\2(\d*))?")
_TYPED_TIME: Final = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?")
_LEAP_YEAR: Final = 2000


class NotUnderstood(ValueError):
    """`reason` says what is wrong with the text, and how it is written."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.reason = Reason(code, params)


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
    if found := _ISO.fullmatch(plain):
        return _day(text, int(found[3]), int(found[2]), found[1])
    if found := _DAY_FIRST.fullmatch(plain):
        day, month, year = int(found[1]), int(found[3]), found[4]
        return _day(text, day, month, year) if year else _next(text, day, month, today)
    raise NotUnderstood("campaign.problem.date", value=text.strip())


def _day(text: str, day: int, month: int, year: str) -> dt.date:
    if len(year) != 4 or int(year) not in YEARS:
        raise NotUnderstood("campaign.problem.year", value=text.strip(), first=YEARS[0], last=YEARS[-1])
    return dt.date(int(year), month, _day_of_month(text, day, month, int(year)))


def _next(text: str, day: int, month: int, today: dt.date) -> dt.date:
    """The first day with this day and month from today on; for 29 February that may take eight years."""
    _day_of_month(text, day, month, _LEAP_YEAR)
    year = today.year
    while day > _last_day(month, year) or dt.date(year, month, day) < today:
        year += 1
    return dt.date(year, month, day)


def _last_day(month: int, year: int) -> int:
    from calendar import monthrange  # nothing that is painted first needs it

    return monthrange(year, month)[1]


def _day_of_month(text: str, day: int, month: int, year: int) -> int:
    if not 1 <= month <= 12:
        raise NotUnderstood("campaign.problem.month", value=text.strip(), month=month)
    last = _last_day(month, year)
    if not 1 <= day <= last:
        raise NotUnderstood("campaign.problem.day", value=text.strip(), last=last)
    return day


def read_time(text: str) -> dt.time:
    """The time of day that was typed: 9, 9:30, 09.30, 930, 0930, 17:00. NotUnderstood."""
    found = _TYPED_TIME.fullmatch(text.strip())
    if not found:
        raise NotUnderstood("campaign.problem.time", value=text.strip())
    hour, minute = int(found[1]), int(found[2] or 0)
    if (hour, minute) == (24, 0):
        raise NotUnderstood("campaign.problem.midnight", value=text.strip())
    if hour > 23 or minute > 59:
        raise NotUnderstood("campaign.problem.hour", value=text.strip())
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


_MOMENT: Final = re.compile(
    r"(?P<year>[0-9]{3,4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})[ T]+"
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{1,2})(?::(?P<second>[0-9]{1,2}))?(?:[.,][0-9]{1,9})?"
    r" *(?:(?P<named>UTC|GMT|Z|TRT)|(?P<sign>[+-])(?P<hours>[0-9]{2}):?(?P<minutes>[0-9]{0,2}))?", re.IGNORECASE)
_MILLENNIUM: Final = "2"  # of a year that has lost its first digit, as in the provider's own example: `017-08-03`
_PARTS: Final = re.compile(r"[0-9]{1,6}(?::[0-9]{1,2}){0,2}")


def read_moment(text: str, *, default_zone: dt.tzinfo) -> dt.datetime:
    """`2017-08-03 12:30:32 +0300`, also `017-…`, `+03`, `+030`, `UTC`, `TRT`, ISO 8601, and a second of 60; in UTC.

    `default_zone`: the zone of a moment that names none. ValueError.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    found = match.groupdict()
    year, second = found["year"], int(found["second"] or 0)
    moment = dt.datetime(
        int(year if len(year) == 4 else _MILLENNIUM + year), int(found["month"]), int(found["day"]), int(found["hour"]),
        int(found["minute"]), min(second, 59) if second <= 60 else second, tzinfo=_zone(found, default_zone))
    try:
        return moment.astimezone(dt.UTC) + dt.timedelta(seconds=second == 60)
    except OverflowError:
        raise ValueError(text) from None


def _zone(found: dict[str, str | None], default_zone: dt.tzinfo) -> dt.tzinfo:
    named, hours = found["named"], found["hours"]
    if named is not None:
        return ISTANBUL if named.upper() == "TRT" else dt.UTC
    if hours is None:
        return default_zone
    minutes = (found["minutes"] or "").ljust(2, "0")  # `+030` has lost its last digit
    ahead = dt.timedelta(hours=int(hours), minutes=int(minutes))
    return dt.timezone(-ahead if found["sign"] == "-" else ahead)


def read_duration(text: str) -> int:
    """`00:01:05` in seconds, also `00:0:35`, `1:05` and seconds alone. ValueError."""
    if _PARTS.fullmatch(text.strip()) is None:
        raise ValueError(text)
    seconds = 0
    for part in text.strip().split(":"):
        seconds = seconds * 60 + int(part)
    return seconds
