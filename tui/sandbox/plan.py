"""What the sandbox has understood of a create request: what it needs in order to telephone."""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec import Struct

from tui.campaign.dates import ISTANBUL
from tui.campaign.menu import Menu

_LAST_MINUTE: Final = dt.time(23, 59)


class CallHours(Struct, frozen=True):
    """When calls may begin: from `opens` until before `closes` on the days (1 = Monday) of a range, in Turkish time.

    Where it closes at 23:59 it does so at midnight, as the default is the whole day. Where it closes when it
    opens, or before, it goes on past midnight, which is ours (docs/provider.md, "Create").
    """

    begin: dt.date
    end: dt.date
    opens: dt.time
    closes: dt.time
    days: frozenset[int]

    def is_open(self, moment: dt.datetime) -> bool:
        local = moment.astimezone(ISTANBUL)
        day, time = local.date(), local.time()
        if self.closes <= self.opens:
            evening = self._calls_on(day) and time >= self.opens
            return evening or (self._calls_on(day - dt.timedelta(days=1)) and time < self.closes)
        closed = time >= self.closes and self.closes != _LAST_MINUTE
        return self._calls_on(day) and self.opens <= time and not closed

    def _calls_on(self, day: dt.date) -> bool:
        return self.begin <= day <= self.end and day.isoweekday() in self.days

    def next_opening(self, moment: dt.datetime) -> dt.datetime | None:
        """The first opening after `moment`, in UTC; None where there is none any more."""
        day = max(self.begin, moment.astimezone(ISTANBUL).date())
        # Within eight days every day of the week has come once, today twice.
        for offset in range(8):
            candidate = day + dt.timedelta(days=offset)
            opening = dt.datetime.combine(candidate, self.opens, ISTANBUL)
            if self._calls_on(candidate) and opening > moment:
                return opening.astimezone(dt.UTC)
        return None


class Callee(Struct, frozen=True):
    """A number as notifications write it (905321234567, 00491234567) and how long its message is read, in seconds."""

    phone: str
    message_seconds: float


class AcceptedCampaign(Struct, frozen=True):
    """A campaign that was accepted. `menu` is None for a queue campaign, `queue` for an IVR one."""

    name: str
    window: CallHours
    channels: int
    ring_seconds: int
    retries: int
    caller_id: str
    callees: tuple[Callee, ...]
    menu: Menu | None = None
    queue: int | None = None
    commercial: bool = False
    recorded: bool = False
    webhook_url: str = ""
