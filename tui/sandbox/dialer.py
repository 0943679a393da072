"""The calls of all campaigns: a heap of what is due, worked off as the clock goes on. It sends nothing."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import heapq
import itertools
from collections import deque
from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct, field

from tui.sandbox.callees import Callees, Fate
from tui.sandbox.clock import SandboxClock
from tui.sandbox.plan import AcceptedCampaign, Callee

CALLED_AGAIN_AFTER: Final = dt.timedelta(minutes=2)
_CALLS_AT_ONCE: Final = 200
FIRST_LEAD_ID: Final = 1878  # as in the example of docs/provider.md, "Notifications"


class Call(Struct, frozen=True):
    """A call that was made. Moments in UTC."""

    campaign_id: int
    plan: AcceptedCampaign
    lead_id: int
    phone: str
    attempt: int
    began: dt.datetime
    fate: Fate

    @property
    def answered_at(self) -> dt.datetime | None:
        return self.began + dt.timedelta(seconds=self.fate.ring_seconds) if self.fate.answered else None

    @property
    def ended(self) -> dt.datetime:
        return self.began + dt.timedelta(seconds=self.fate.ring_seconds + self.fate.talk_seconds)


class _Lead(Struct):
    """A number of a campaign, and how often it was called."""

    id: int
    callee: Callee
    attempts: int = 0


class _Campaign(Struct):
    id: int
    plan: AcceptedCampaign
    ready: deque[_Lead]
    on: bool = True
    under_way: dict[int, _Lead] = field(default_factory=dict)
    opens: dt.datetime | None = None  # the opening that is already on the heap


_Due = tuple[dt.datetime, int, _Campaign, Call | _Lead | None]


class Dialer:
    """Telephones for campaigns, in the order of time. It does not sleep. Moments given must not go back."""

    def __init__(self, callees: Callees, *, always_open: bool = False) -> None:
        self._callees = callees
        self._always_open = always_open
        self._campaigns: dict[int, _Campaign] = {}
        self._lead_ids = itertools.count(FIRST_LEAD_ID)
        self._order = itertools.count()
        self._heap: list[_Due] = []

    def add(self, campaign_id: int, plan: AcceptedCampaign, now: dt.datetime) -> None:
        """A new campaign, switched on."""
        leads = deque(_Lead(next(self._lead_ids), callee) for callee in plan.callees)
        self._campaigns[campaign_id] = campaign = _Campaign(campaign_id, plan, leads)
        self._push(now, campaign, None)

    def switch(self, campaign_id: int, now: dt.datetime, *, on: bool) -> bool:
        """Off: calls under way end, no other begins. False where there is no such campaign."""
        campaign = self._campaigns.get(campaign_id)
        if campaign is None:
            return False
        campaign.on = on
        self._push(now, campaign, None)
        return True

    def delete(self, campaign_id: int) -> bool:
        """No call begins any more; those under way end and are reported. False where there is no such campaign."""
        campaign = self._campaigns.pop(campaign_id, None)
        if campaign is None:
            return False
        campaign.on = False
        return True

    def due(self) -> dt.datetime | None:
        """When there is something to do next; None while nothing is to be done at all."""
        return self._heap[0][0] if self._heap else None

    def advance(self, now: dt.datetime) -> Iterator[Call]:
        """Works off everything due until `now`, in order: the calls that ended."""
        while self._heap and self._heap[0][0] <= now:
            moment, _, campaign, what = heapq.heappop(self._heap)
            if isinstance(what, Call):
                self._end(what, campaign)
            elif isinstance(what, _Lead):
                campaign.ready.append(what)
            self._dial(campaign, moment)
            if isinstance(what, Call):
                yield what

    def _end(self, call: Call, campaign: _Campaign) -> None:
        lead = campaign.under_way.pop(call.lead_id)
        if call.fate.called_again and lead.attempts <= campaign.plan.retries:
            self._push(call.ended + CALLED_AGAIN_AFTER, campaign, lead)

    def _dial(self, campaign: _Campaign, now: dt.datetime) -> None:
        """Begins as many calls as there are channels for, while the campaign's window is open."""
        while campaign.on and campaign.ready and len(campaign.under_way) < campaign.plan.channels:
            if not (self._always_open or campaign.plan.window.is_open(now)):
                self._wait_for_opening(campaign, now)
                return
            lead = campaign.ready.popleft()
            lead.attempts += 1
            campaign.under_way[lead.id] = lead
            fate = self._callees.fate(campaign.plan, lead.callee, lead.id, lead.attempts)
            call = Call(campaign.id, campaign.plan, lead.id, lead.callee.phone, lead.attempts, now, fate)
            self._push(call.ended, campaign, call)

    def _wait_for_opening(self, campaign: _Campaign, now: dt.datetime) -> None:
        opens = campaign.plan.window.next_opening(now)
        if opens is not None and opens != campaign.opens:
            campaign.opens = opens
            self._push(opens, campaign, None)

    def _push(self, moment: dt.datetime, campaign: _Campaign, what: Call | _Lead | None) -> None:
        heapq.heappush(self._heap, (moment, next(self._order), campaign, what))


async def dial(dialer: Dialer, clock: SandboxClock, changed: asyncio.Event, on_call: Callable[[Call], None]) -> None:
    """Move the dialer on with the clock; never returns.

    `changed` is set by others where something new may be due; `on_call` gets each call that ended.
    """
    while True:
        changed.clear()
        for place, call in enumerate(dialer.advance(clock.now()), start=1):
            on_call(call)
            if place % _CALLS_AT_ONCE == 0:
                await asyncio.sleep(0)  # requests are answered even while a fast clock is caught up with
        due = dialer.due()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(changed.wait(), None if due is None else clock.seconds_until(due))
