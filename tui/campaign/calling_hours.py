"""Whether a launch would call anybody in the hours that are left."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from tui.campaign.schedule import Window


class Nobody(StrEnum):
    """Why a launch would call nobody."""

    NUMBERS = "numbers"  # none of the list can be called
    HOURS = "hours"  # no minute of its windows is left


def calls_nobody(window: Window | None, people: int, now: dt.datetime) -> Nobody | None:
    """Why a launch would call nobody of `people` in the window; None where it would, or the window can't be told."""
    if people == 0:
        return Nobody.NUMBERS
    if window is None:
        return None
    if not window.in_order and not window.is_over(now):  # nobody knows what such hours mean
        return None
    from tui.campaign.windows import left_of

    return None if window.callable_after(now) and left_of(window, now).time else Nobody.HOURS
