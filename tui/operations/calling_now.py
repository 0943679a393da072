"""Whether a campaign calls at this moment, as far as that can be known here."""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec import Struct

from tui.campaign.lifecycle import State
from tui.store import Campaign
from tui.text.formats import state_now, window_of_campaign


class CallingNow(Struct, frozen=True):
    """`now`: whether it is on and within its hours; None where nobody can say.

    `until`: the end of the hours it is in, while it calls. `next`: when it calls next, while it is on and waits.
    Both are aware.
    """

    now: bool | None
    until: dt.datetime | None = None
    next: dt.datetime | None = None


_NOT: Final = CallingNow(now=False)
_UNKNOWN: Final = CallingNow(now=None)
# States in which the provider calls nobody, whatever the time.
_SILENT: Final = (State.DRAFT, State.REJECTED, State.OFF, State.FINISHED, State.DELETED)


def calling_now(campaign: Campaign, now: dt.datetime, *, complete: bool) -> CallingNow:
    """`complete`: each of its numbers has a final result. `now` is aware."""
    settled = campaign.pending is None and not campaign.unsure
    state = state_now(campaign, now, complete=complete)
    if settled and state in _SILENT:
        return _NOT
    window = window_of_campaign(campaign, now)
    if window is None:
        return _UNKNOWN
    if window.is_over(now):
        return _NOT
    if not window.in_order:
        return _UNKNOWN
    until = window.open_until(now)
    if until is None:
        return CallingNow(now=False, next=window.calls_from(now) if settled and state is State.ON else None)
    return CallingNow(now=True, until=until) if settled and state is State.ON else _UNKNOWN
