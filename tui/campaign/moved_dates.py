"""Today's days for what was called on earlier ones: as many, on the same weekdays, within the same hours."""

from __future__ import annotations

import datetime as dt
from typing import Final

from tui.campaign.dates import ISTANBUL
from tui.campaign.parsed_draft import ParsedDraft

_BEGIN: Final = "date_range_begin"
_END: Final = "date_range_end"
_WEEK: Final = 7


def moved_dates(draft: ParsedDraft, launched_at: dt.datetime, now: dt.datetime) -> dict[str, str]:
    """What the two dates of a campaign become, as they are typed; nothing where it names none, or they can't be read.

    Ours: it begins today, or where no hours of today are left, or today is none of its weekdays, on the next that is.
    A day that is left out is so again: it means that of the launch.
    """
    window = draft.window(launched_at)
    if not (draft[_BEGIN] or draft[_END]) or window is None or window.end < window.begin:
        return {}
    local = now.astimezone(ISTANBUL)
    first = local.date()
    if window.in_order and local.time() > window.end_time:
        first += dt.timedelta(days=1)
    for later in range(_WEEK):
        day = first + dt.timedelta(days=later)
        if day.isoweekday() in window.days:
            first = day
            break
    moved = {}
    if draft[_BEGIN] or first != local.date():
        moved[_BEGIN] = first.isoformat()
    if draft[_END]:
        moved[_END] = (first + (window.end - window.begin)).isoformat()
    return moved
