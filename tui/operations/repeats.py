"""How many rows of a draft's list repeat a number with another phrase or language."""

from __future__ import annotations

from typing import Final

from tui.operations.services import Services
from tui.store import Campaign, Store
from tui.store.recipients import NO_REPEATED_CALLS, RepeatedCalls, Repeats

_AT_ONCE: Final = 2_000  # duplicates that are looked at without letting others at the store


async def find_repeats(services: Services, campaign_id: int) -> Repeats:
    """All of them, whether they are called or not."""
    found = Repeats()
    after: int | None = 0
    while after is not None:
        after = await services.thread(services.store.recipients.add_repeats, found, campaign_id, after, _AT_ONCE)
    return found


async def find_called_again(services: Services, campaign: Campaign) -> Repeats:
    """Those that a launch would call; none where the draft calls each number once."""
    return await find_repeats(services, campaign.id) if campaign.draft.keeps_repeats else Repeats()


def called_again(store: Store, campaign: Campaign) -> RepeatedCalls:
    """How many a launch would call. It asks the store, which blocks."""
    if not campaign.draft.keeps_repeats:
        return NO_REPEATED_CALLS
    found = Repeats()
    after: int | None = 0
    while after is not None:
        after = store.recipients.add_repeats(found, campaign.id, after, _AT_ONCE)
    return found.count()
