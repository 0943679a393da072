"""Who in a list is not to be called, or was called lately; and where that is known from."""

from __future__ import annotations

import asyncio
import datetime as dt
import math
import os
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tui.campaign.fields import PHONE_LIST
from tui.campaign.phone import verdict
from tui.campaign.reason import Reason
from tui.campaign.rules import Problem, Weight
from tui.operations.services import Services
from tui.provider.errors import LimitReached
from tui.store import Marks, Store
from tui.store.suppression import Source, SourceState

_LIMIT_PAUSE: Final = 60.0  # seconds; the documents tell no limit of this look-up, others are counted by the minute
_TRIES: Final = 5
# Which way of reading a do-not-call file was kept: what another one found in it is read anew.
_READING: Final = "3"


@dataclass(frozen=True, slots=True)
class BlockedProgress:
    """How far the provider's list is fetched: pages of 100 numbers, `of` so many as far as is known."""

    pages: int
    of: int | None
    numbers: int
    waiting: int  # seconds until the limit lets the next page be asked for


async def fetch_blocked(services: Services, progress: Callable[[BlockedProgress], None] = lambda _: None, *,
                        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> SourceState:
    """Fetch the numbers that are blocked at the provider (API, *blocked_numbers*) and keep them for the profile.

    What was kept before stays until all are there. What is no telephone number is left out. ProviderError, StoreError.
    """
    provider, profile = services.provider, services.profile.name
    phones: list[str] = []
    page, of = 1, None
    while of is None or page <= of:
        for tried in range(1, _TRIES + 1):
            try:
                found = await provider.blocked_numbers(page)
                break
            except LimitReached as limited:
                if tried == _TRIES:
                    raise
                pause = limited.again_after or _LIMIT_PAUSE
                progress(BlockedProgress(page - 1, of, len(phones), math.ceil(pause)))
                await sleep(pause)
        of = found.pagination.total_pages
        phones += [phone for number in found.numbers if (phone := verdict(number.number).phone) is not None]
        progress(BlockedProgress(page, of, len(phones), 0))
        if not found.numbers:
            break
        page += 1
    await services.thread(services.store.suppression.keep, profile, Source.BLOCKED, phones)
    return await _kept(services, Source.BLOCKED)


async def blocked_state(services: Services) -> SourceState | None:
    """What is kept of the provider's list; None where it was never fetched."""
    return await services.thread(services.store.suppression.state, services.profile.name, Source.BLOCKED)


async def refresh_file(services: Services) -> SourceState | None:
    """Take in the profile's do-not-call file where it has changed; None where the profile names none.

    Rows that hold no telephone number are left out and counted. BadList where it can't be read: what was kept of it
    stays.
    """
    path, profile, store = services.profile.do_not_call, services.profile.name, services.store.suppression
    known = await services.thread(store.state, profile, Source.FILE)
    if path is None:
        if known is not None:
            await services.thread(store.forget, profile, Source.FILE)
        return None
    stamp = await asyncio.to_thread(_stamp, path)
    if known is None or known.stamp != stamp or not stamp:
        phones, unread = await asyncio.to_thread(phones_in, path)
        await services.thread(store.keep, profile, Source.FILE, phones, stamp, unread)
    return await _kept(services, Source.FILE)


def phones_in(path: Path) -> tuple[list[str], int]:
    """The numbers of a list that can be called, as they are sent; and how many rows hold none. BadList."""
    from tui.numbers.every_number import every_number
    from tui.numbers.source import open_list

    found = every_number(open_list(path))
    return found.phones, found.unread


async def file_reasons(services: Services) -> list[Reason]:
    """Why somebody who stands in the profile's do-not-call file may not be found in a list."""
    from tui.numbers.errors import BadList

    try:
        state = await refresh_file(services)
    except BadList as bad:
        return [bad.reason]
    if state is None:
        return []
    path = str(services.profile.do_not_call)
    if not state.count:
        return [Reason("operations.suppression.none", {"path": path})]
    return [Reason("operations.suppression.unread", {"count": state.unread, "path": path})] if state.unread else []


async def find_suppressed(services: Services, campaign_id: int) -> Marks:
    """The rows of a list that are on the do-not-call list, in its file, or blocked at the provider.

    BadList, NoSuchCampaign.
    """
    await refresh_file(services)
    async with _apart(services) as work:
        return await work(lambda store, _stopped: store.suppression.find(campaign_id))


async def find_called_before(services: Services, campaign_id: int, days: int, *,
                             progress: Callable[[float], None] = lambda _: None) -> Marks:
    """The rows of a list that another campaign of the profile calls, which was launched in the last `days` days.

    `progress` is told, on the event loop, how much is looked through, 0 to 1. NoSuchCampaign.
    """
    since = services.now() - dt.timedelta(days=days)
    loop = asyncio.get_running_loop()

    def look(store: Store, stopped: threading.Event) -> Marks:
        search = store.suppression.called_since(campaign_id, since)
        while search.go_on() and not stopped.is_set():
            loop.call_soon_threadsafe(progress, search.share)
        return search.marks()

    async with _apart(services) as work:
        return await work(look)


async def suppressed_problems(services: Services, campaign_id: int) -> list[Problem]:
    """What a review warns of: numbers that no plan knows, and those that are not to be called.

    The do-not-call file is looked at first: it may have been changed since, or never have been read.
    """
    unsure = await file_reasons(services)
    store = services.store
    invalid = (await services.thread(store.numbers.summary, campaign_id)).invalid
    refused = await services.thread(store.suppression.count, campaign_id)
    return _warnings(Reason("campaign.problem.not_valid", {"count": invalid}),
                     Reason("campaign.problem.do_not_call", {"count": refused}), *unsure)


async def suppressed_among(services: Services, phones: Iterable[str]) -> list[Problem]:
    """The same of phones, as they are sent, that are in no list of ours yet: who of them is not to be called."""
    unsure = await file_reasons(services)
    refused = await services.thread(services.store.suppression.refused, services.profile.name)
    count = sum(phone in refused for phone in phones)
    return _warnings(Reason("campaign.problem.do_not_call", {"count": count}), *unsure)


def _warnings(*reasons: Reason) -> list[Problem]:
    return [Problem(PHONE_LIST, reason, Weight.WARNING) for reason in reasons if reason.params.get("count", 1)]


async def _kept(services: Services, source: Source) -> SourceState:
    state = await services.thread(services.store.suppression.state, services.profile.name, source)
    assert state is not None  # noqa: S101 - it was kept just now
    return state


def _stamp(path: Path) -> str:
    """"" where there is none: then it is read, and that says what is wrong."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{_READING} {os.fspath(path)} {found.st_size} {found.st_mtime_ns}"


Work = Callable[[Callable[[Store, threading.Event], Marks]], Awaitable[Marks]]


@asynccontextmanager
async def _apart(services: Services) -> AsyncIterator[Work]:
    """What works in a thread and by a connection of its own: nothing else waits. Cancelled, it is told to stop."""
    stopped = threading.Event()
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="look")

    async def work(job: Callable[[Store, threading.Event], Marks]) -> Marks:
        def run() -> Marks:
            with services.store.apart() as store:
                return job(store, stopped)

        return await asyncio.wrap_future(pool.submit(run))

    try:
        yield work
    finally:
        stopped.set()
        pool.shutdown(wait=False)
