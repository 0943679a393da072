"""Moments and durations as the provider writes them: its documents differ, and slip, so they are read leniently."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from tui.campaign.schedule import ISTANBUL

_MOMENT: Final = re.compile(
    r"(?P<year>[0-9]{3,4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})[ T]+"
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{1,2})(?::(?P<second>[0-9]{1,2}))?(?:[.,][0-9]{1,9})?"
    r" *(?:(?P<named>UTC|GMT|Z|TRT)|(?P<sign>[+-])(?P<hours>[0-9]{2}):?(?P<minutes>[0-9]{0,2}))?", re.IGNORECASE)
_MILLENNIUM: Final = "2"  # of a year that has lost its first digit, as in the document's own example: `017-08-03`
_PARTS: Final = re.compile(r"[0-9]{1,6}(?::[0-9]{1,2}){0,2}")


def read_moment(text: str, *, unless_told: dt.tzinfo) -> dt.datetime:
    """`2017-08-03 12:30:32 +0300`, also `017-…`, `+03`, `+030`, `UTC`, `TRT`, ISO 8601, and a second of 60; in UTC.

    `unless_told`: the zone of a moment that names none. ValueError.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    found = match.groupdict()
    year, second = found["year"], int(found["second"] or 0)
    moment = dt.datetime(
        int(year if len(year) == 4 else _MILLENNIUM + year), int(found["month"]), int(found["day"]), int(found["hour"]),
        int(found["minute"]), min(second, 59) if second <= 60 else second, tzinfo=_zone(found, unless_told))
    try:
        return moment.astimezone(dt.UTC) + dt.timedelta(seconds=second == 60)
    except OverflowError:
        raise ValueError(text) from None


def _zone(found: dict[str, str | None], unless_told: dt.tzinfo) -> dt.tzinfo:
    named, hours = found["named"], found["hours"]
    if named is not None:
        return ISTANBUL if named.upper() == "TRT" else dt.UTC
    if hours is None:
        return unless_told
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
