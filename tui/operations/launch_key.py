"""What a launch is known by, so that nobody is called twice: by a retry, another process, or another machine."""

from __future__ import annotations

import asyncio
import datetime as dt
from functools import partial
from typing import Final

from msgspec import Struct

from tui.campaign.dates import ISTANBUL
from tui.campaign.fields import DATE_RANGE_BEGIN
from tui.campaign.lifecycle import Outcome
from tui.campaign.request import Request
from tui.core.reason import Reason
from tui.operations.services import Services
from tui.store import Campaign, EarlierLaunch, LaunchKey, LaunchMatch

_LOOK_EVERY: Final = 0.2  # seconds
_TWINS: Final = {LaunchMatch.UNCONFIRMED: "campaign.problem.twin",
                 LaunchMatch.UNDER_WAY: "campaign.problem.twin_under_way"}


class Claim(Struct, frozen=True):
    """What a launch is to be known by. `again`: beside whatever was launched so before.

    `request` is the one that is asked for, before anybody is left out who must not be called: whoever asks not to be
    called meanwhile makes no other campaign of it. `sent` is what of it would be sent; None: not known yet.
    """

    request: Request
    own: str | None = None  # a key that a person has chosen
    again: bool = False
    sent: Request | None = None
    campaign: int | None = None  # that is launched: one in whose place it stands is not repeated by it

    def key(self, now: dt.datetime) -> LaunchKey:
        """The key: a person's own, else the request's hash, with the day on which it begins where it names none."""
        sent = "" if self.sent is None else self.sent.hash
        day = None if DATE_RANGE_BEGIN in self.request.fields else now.astimezone(ISTANBUL).date()
        if self.own is not None:
            return LaunchKey(self.own, own=True, day=day, sent=sent)
        return LaunchKey(self.request.hash if day is None else f"{self.request.hash} {day}", day=day, sent=sent)


async def find_earlier(services: Services, claim: Claim) -> EarlierLaunch | None:
    """The campaign that a launch would repeat, whether it is wanted `again` or not. StoreError."""
    return await services.thread(partial(
        services.store.earlier_launches.find, services.profile.name, claim.request.hash, claim.key(services.now()),
        replacing=claim.campaign))


def twin_reason(earlier: EarlierLaunch) -> Reason:
    """That a launch would repeat another, for a person who may want that all the same. Params: name, ref, launched."""
    campaign = earlier.campaign
    return Reason(_TWINS.get(earlier.match, "campaign.problem.twin_created"), {
        "name": campaign.name, "ref": campaign.ref, "launched": launched_text(campaign)})


def launched_text(campaign: Campaign) -> str:
    """When it was launched, in Turkish time, as a reason keeps it: 2026-11-25 14:32."""
    return f"{(campaign.launched_at or campaign.created_at).astimezone(ISTANBUL):%Y-%m-%d %H:%M}"


async def what_becomes(services: Services, launch: int, within: float) -> Outcome | None:
    """What a launch comes to that is under way elsewhere; None where it still is after so many seconds. StoreError."""
    ledger = services.store.ledger
    give_up = services.seconds() + within
    while True:
        await services.thread(ledger.recover)  # its process may have died
        outcome = await services.thread(ledger.became, launch)
        if outcome is not None or services.seconds() >= give_up:
            return outcome
        await asyncio.sleep(_LOOK_EVERY)
