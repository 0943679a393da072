"""Who in a list is not to be called, or was called lately; and where that is known from."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import os
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from tui.campaign.call_limit import LaunchLimits
from tui.campaign.consent import ConsentNeeded
from tui.campaign.reach import Cause
from tui.core.reason import Reason
from tui.operations.apart import apart
from tui.operations.services import Services
from tui.store import MarkedRows, Store
from tui.store.suppression import SourceState, SuppressedRows, SuppressionSource

if TYPE_CHECKING:  # its import would load what reads lists
    from tui.numbers.every_number import EveryNumber

log = logging.getLogger("santral.suppression")

# Which way of reading a do-not-call file was kept: what another one found in it is read anew.
_READING: Final = "5"


async def refresh_file(services: Services) -> SourceState | None:
    """Take in the profile's do-not-call file where it has changed; None where the profile names none.

    Rows that hold no telephone number are left out and counted. BadList where it can't be read: what was kept of it
    stays.
    """
    path, profile, store = services.profile.do_not_call, services.profile.name, services.store.suppression
    known = await services.thread(store.state, profile, SuppressionSource.FILE)
    if path is None:
        if known is not None:
            await services.thread(store.forget, profile, SuppressionSource.FILE)
        return None
    stamp = await asyncio.to_thread(_stamp, path)
    if known is None or known.stamp != stamp or not stamp:
        claim = await services.thread(store.claim, profile, SuppressionSource.FILE)
        stamp = await asyncio.to_thread(_stamp, path)
        found = await asyncio.to_thread(phones_in, path)
        kept = await services.thread(store.keep, profile, SuppressionSource.FILE, found.phones, stamp, found.unread,
                                     found.places, claim)
        if kept.overtaken:
            log.info("%s was begun to be read elsewhere meanwhile", path)
        return SourceState(kept.count, services.now(), stamp, found.unread, found.places)
    return known


def phones_in(path: Path) -> EveryNumber:
    """The numbers of a list that can be called, as they are sent; and which rows hold none. BadList."""
    from tui.numbers.every_number import every_number
    from tui.numbers.source import open_list

    return every_number(open_list(path))


class FileCheck(Struct, frozen=True):
    """What came of reading the do-not-call file. `stops`: who must not be called isn't known for these reasons.

    `notices`: what a person should know of it.
    """

    stops: tuple[Reason, ...] = ()
    notices: tuple[Reason, ...] = ()


async def look_at_file(services: Services) -> FileCheck:
    """Take in the profile's do-not-call file where it has changed, and why somebody in it may not be found in a list.

    StoreError.
    """
    from tui.numbers.errors import BadList

    path = str(services.profile.do_not_call)
    try:
        state = await refresh_file(services)
    except BadList as bad:
        return FileCheck(stops=(Reason("operations.suppression.unreadable", {"path": path}), bad.reason))
    if state is None:
        return FileCheck()
    if not state.count:
        return FileCheck(stops=(Reason("operations.suppression.none", {"path": path}),))
    unread = Reason("operations.suppression.unread", {"count": state.unread, "path": path, "places": state.places})
    return FileCheck(notices=(unread,) if state.unread else ())


async def find_suppressed(services: Services, campaign_id: int, consent: ConsentNeeded | None = None,
                          limits: LaunchLimits | None = None, *, listed: bool = True) -> SuppressedRows:
    """The rows of a list that are on the do-not-call list, in its file, or blocked at the provider, as they are kept.

    Those too who have answered a campaign that it was made of since then, who have not agreed, where `consent` is
    needed, and who would be called too often or too soon by `limits`; those alone unless `listed`. NoSuchCampaign.
    """
    async with apart(services) as work:
        return await work(lambda store, stopped: store.suppression.find(
            campaign_id, stopped.is_set, consent=consent, limits=limits, listed=listed))


async def find_over_limit(services: Services, phones: list[str], limits: LaunchLimits) -> Mapping[str, Cause]:
    """Which of phones would be called too often or too soon; each is named as often as it is called."""
    name = services.profile.name
    async with apart(services) as work:
        return await work(lambda store, _stopped: store.suppression.among(name, phones, listed=False, limits=limits))


async def find_called_before(services: Services, campaign_id: int, days: int, *,
                             progress: Callable[[float], None] = lambda _: None) -> MarkedRows:
    """The rows of a list that another campaign of the profile calls, which was launched in the last `days` days.

    `progress` is called, on the event loop, with how much is looked through, 0 to 1. NoSuchCampaign.
    """
    since = services.now() - dt.timedelta(days=days)
    loop = asyncio.get_running_loop()

    def look(store: Store, stopped: threading.Event) -> MarkedRows:
        search = store.suppression.called_since(campaign_id, since)
        while search.go_on() and not stopped.is_set():
            loop.call_soon_threadsafe(progress, search.share)
        return search.marks()

    async with apart(services) as work:
        return await work(look)


def _stamp(path: Path) -> str:
    """"" where there is none: then it is read, and that says what is wrong."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{_READING} {os.fspath(path)} {found.st_size} {found.st_mtime_ns}"
