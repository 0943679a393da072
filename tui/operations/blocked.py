"""Whom the provider's account does not call: its list fetched, kept for the profile, and asked for before a launch."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import math
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from tui.campaign.dates import ISTANBUL
from tui.campaign.phone import possible_phones
from tui.core.reason import Reason
from tui.operations.rate_limit import when_there_is_room
from tui.operations.services import Services
from tui.store.suppression import KeptSource, SuppressionSource

if TYPE_CHECKING:  # its import would load the HTTP library
    from tui.provider.errors import ProviderError

log = logging.getLogger("santral.blocked")

_OUTBOUND: Final = "outbound"
_INBOUND: Final = "inbound"
# A launch waits no longer. A list that takes longer is fetched by itself, and counts for a day.
_LAUNCH_SECONDS: Final = 30.0
_LONG_COUNTS: Final = dt.timedelta(days=1)
# What was fetched just before the provider failed counts still.
_COUNTS: Final = dt.timedelta(hours=1)
_NOT_THERE: Final = (403, 404)  # the key may not ask for it, or the account has no such list


class BlockedProgress(Struct, frozen=True):
    """How far the provider's list is fetched: pages of 100 numbers, `of` so many as far as is known."""

    pages: int
    of: int | None
    numbers: int
    waiting: int  # seconds until the limit lets the next page be asked for


class BlockedState(Struct, frozen=True):
    """What is kept of the provider's list: numbers that are not called, and `untold` ones, whose direction it left out.

    `odd`: rows that hold no telephone number. `overtaken`: of a fetch, that another was begun meanwhile, and takes away
    what is not blocked any more.
    """

    count: int
    untold: int
    odd: int
    fetched_at: dt.datetime
    overtaken: bool = False


class BlockedAnswer(Struct, frozen=True):
    """What came of asking the provider before a launch. `unknown`: why its list isn't known, so that nobody is called.

    `notices`: what a person should know of it.
    """

    unknown: Reason | None = None
    notices: tuple[Reason, ...] = ()


NOT_ASKED: Final = BlockedAnswer()


async def fetch_blocked(services: Services, progress: Callable[[BlockedProgress], None] = lambda _: None, *,
                        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> BlockedState:
    """Fetch the numbers that are blocked at the provider, and keep them (docs/provider.md, "Blocked numbers").

    What was kept before stays until all are there, and what another fetch has found that began later stays in any case.
    Who may not call in is left out. ProviderError, StoreError.
    """
    store, name = services.store.suppression, services.profile.name
    claims = {source: await services.thread(store.claim, name, source)
              for source in (SuppressionSource.UNTOLD, SuppressionSource.BLOCKED)}
    blocked: list[str] = []
    untold: list[str] = []
    page, of, odd = 1, None, 0
    while of is None or page <= of:
        found = await when_there_is_room(
            partial(services.provider.blocked_numbers, page),
            lambda seconds: progress(
                BlockedProgress(page - 1, of, len(blocked) + len(untold), math.ceil(seconds))),  # noqa: B023 - called within
            sleep)
        of, odd = found.pagination.total_pages, odd + found.odd
        for number in found.numbers:
            phones = possible_phones(number.number)
            if number.direction == _OUTBOUND:
                blocked += phones
            elif number.direction != _INBOUND:
                untold += phones
            odd += not phones
        progress(BlockedProgress(page, of, len(blocked) + len(untold), 0))
        if not found.numbers and not found.odd:
            break
        page += 1

    def keep(source: SuppressionSource, phones: list[str], unread: int) -> KeptSource:
        return store.keep(name, source, phones, unread=unread, claim=claims[source])

    of_untold = await services.thread(keep, SuppressionSource.UNTOLD, untold, 0)
    of_blocked = await services.thread(keep, SuppressionSource.BLOCKED, blocked, odd)
    overtaken = of_untold.overtaken or of_blocked.overtaken
    if overtaken:
        log.info("another fetch of the blocked numbers of %s was begun meanwhile", name)
    return BlockedState(of_blocked.count, of_untold.count, odd, services.now(), overtaken)


async def blocked_state(services: Services) -> BlockedState | None:
    """What is kept of the provider's list; None where it was never fetched."""
    state, name = services.store.suppression.state, services.profile.name
    found = await services.thread(state, name, SuppressionSource.BLOCKED)
    untold = await services.thread(state, name, SuppressionSource.UNTOLD)
    if found is None:
        return None
    return BlockedState(found.count, untold.count if untold is not None else 0, found.unread, found.fetched_at)


async def ask_provider(services: Services, *, seconds: float = _LAUNCH_SECONDS,
                       fresh: dt.timedelta = dt.timedelta()) -> BlockedAnswer:
    """Fetch the list, as a launch does, unless it was fetched as lately as is `fresh`.

    Where that fails, or takes too long, what was fetched before counts for a while, and that is a notice. Where the
    provider says that there is no such list for the key, only that is one. A profile without a key asks for nothing.
    StoreError.
    """
    if services.profile.api_key is None:
        return NOT_ASKED
    if fresh:
        kept = await blocked_state(services)
        if kept is not None and dt.timedelta() <= services.now() - kept.fetched_at <= fresh:
            return _known(kept)
    from tui.provider.errors import ProviderError

    try:
        async with asyncio.timeout(seconds):
            state = await fetch_blocked(services)
    except TimeoutError:
        return await _as_kept(services, Reason("operations.blocked.slow", {"count": math.ceil(seconds)}), _LONG_COUNTS)
    except ProviderError as failure:
        if _is_not_there(failure):
            return BlockedAnswer(notices=(failure.reason, Reason("operations.blocked.not_there")))
        return await _as_kept(services, failure.reason, _COUNTS)
    return _known(state)


def _known(state: BlockedState) -> BlockedAnswer:
    return BlockedAnswer(notices=(Reason("operations.blocked.odd", {"count": state.odd}),) if state.odd else ())


def _is_not_there(failure: ProviderError) -> bool:
    return failure.reason.params.get("status") in _NOT_THERE


async def _as_kept(services: Services, why: Reason, counts: dt.timedelta) -> BlockedAnswer:
    state = await blocked_state(services)
    if state is None or not dt.timedelta() <= services.now() - state.fetched_at <= counts:
        return BlockedAnswer(unknown=why)
    at = f"{state.fetched_at.astimezone(ISTANBUL):%Y-%m-%d %H:%M}"
    as_kept = Reason("operations.blocked.as_kept", {"count": state.count + state.untold, "moment": at})
    return BlockedAnswer(notices=(why, as_kept))
