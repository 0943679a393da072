"""Campaigns whose ID a person brings, and unconfirmed ones that a person resolves."""

from __future__ import annotations

from tui.campaign.lifecycle import State
from tui.core.reason import Reason
from tui.core.whole_number import whole_number
from tui.operations.services import NotPossible, Services


def parse_id(text: str) -> int:
    """A campaign's ID as typed. NotPossible where it is none."""
    stripped = text.strip()
    found = whole_number(stripped)
    if not found:
        raise NotPossible(Reason("operations.refused.bad_id", {"value": stripped}))
    return found


async def track(services: Services, provider_id: int, name: str, state: State) -> int:
    """Take a campaign that was made elsewhere into the list; nothing is sent. AlreadyKnown."""
    services.must_be_writable()
    profile = services.profile.name
    return await services.thread(services.store.campaigns.track_foreign, profile, provider_id, name, state)


async def confirm_created(services: Services, campaign_id: int, provider_id: int) -> None:
    """An unconfirmed campaign is at the provider, with this ID: it is on. WrongState, AlreadyKnown."""
    services.must_be_writable()
    await services.thread(services.store.ledger.assign_id, campaign_id, provider_id)


async def confirm_not_created(services: Services, campaign_id: int) -> None:
    """An unconfirmed campaign is not at the provider: it is a draft again. WrongState."""
    services.must_be_writable()
    await services.thread(services.store.ledger.not_created, campaign_id)
