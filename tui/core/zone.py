"""Turkish time: the zone's rules as this machine has them, and whether they are the right ones."""

from __future__ import annotations

import datetime as dt
import struct
from typing import Final
from zoneinfo import ZoneInfo

from tui.core.reason import Reason

NAME: Final = "Europe/Istanbul"
_HOURS_NOW: Final = 3
# Hours ahead of UTC on days of the past: summer time was kept until 2016, and none since.
_KNOWN: Final = {dt.date(2014, 1, 15): 2, dt.date(2014, 7, 15): 3, dt.date(2016, 1, 15): 2, dt.date(2017, 1, 15): 3,
                 dt.date(2017, 7, 15): 3, dt.date(2021, 1, 15): 3, dt.date(2026, 1, 15): 3}
_NOON: Final = dt.time(12)


def istanbul() -> dt.tzinfo:
    """The zone by this machine's rules; where it has none, a stand-in that `unusable` refuses."""
    try:
        return ZoneInfo(NAME)
    except (LookupError, ValueError, OSError, EOFError, struct.error):  # as a file that is no zone's is answered
        return dt.timezone(dt.timedelta(hours=_HOURS_NOW))


def unusable(zone: dt.tzinfo) -> Reason | None:
    """Why a zone that `istanbul` gave is of no use: there are no rules, or they contradict the past."""
    if not isinstance(zone, ZoneInfo):
        return Reason("command.zone.missing", {"zone": NAME})
    wrong = next((day for day, hours in _KNOWN.items() if _hours(zone, day) != hours), None)
    return None if wrong is None else _contradiction(zone, wrong, _KNOWN[wrong])


def doubtful(zone: dt.tzinfo, today: dt.date) -> Reason | None:
    """What is to be said of a zone: as `unusable`, or that today is not as it was when this was written."""
    found = unusable(zone)
    if found is None and _hours(zone, today) != _HOURS_NOW:
        return _contradiction(zone, today, _HOURS_NOW)
    return found


def _hours(zone: dt.tzinfo, day: dt.date) -> float:
    offset = dt.datetime.combine(day, _NOON, zone).utcoffset()
    return offset.total_seconds() / 3600 if offset is not None else 0.0


def _contradiction(zone: dt.tzinfo, day: dt.date, right: int) -> Reason:
    return Reason("command.zone.wrong", {"zone": NAME, "day": day.isoformat(), "found": f"{_hours(zone, day):+g}",
                                         "right": f"{right:+g}"})
