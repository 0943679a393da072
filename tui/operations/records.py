"""The provider's call list, for results that no webhook brought: outcome and talk time, never the key.

The list is the whole account's and names no campaign (docs/provider.md, "Call records"), so each call is attributed: by
the number, the kind of call, the caller ID and the time.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import math
import unicodedata
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from tui.campaign.calling_hours import Window
from tui.campaign.fields import IVR
from tui.campaign.lifecycle import State
from tui.campaign.phone import BadPhone, connected_phone
from tui.campaign.results import CallRecord
from tui.core.reason import Reason
from tui.core.whole_number import whole_number
from tui.operations.rate_limit import when_there_is_room
from tui.operations.services import NotPossible, Services
from tui.store import Campaign, MergeResult, Store

if TYPE_CHECKING:  # their import would load the HTTP library
    from tui.provider.client import Provider
    from tui.provider.lookups import Cdr, CdrPage

log = logging.getLogger("santral.records")

_LONGEST: Final = dt.timedelta(days=31)  # that one request may ask for (docs/provider.md, "Call records")
# All below is ours: none of it is documented.
_SKEW: Final = dt.timedelta(minutes=5)  # by which this machine's clock may differ from the provider's
_LATE: Final = dt.timedelta(hours=1)  # after which a call that has begun is in the list: it is listed when it ends
# A campaign's calls are looked for at least so long: one launched late in its hours may go beyond them.
_SHORTEST: Final = dt.timedelta(days=1)
_IVR_CALL: Final = "Giden (IVR)"
# Only the kind of an IVR campaign's calls is documented: a queue campaign's may be any that goes out.
_QUEUE_CALL: Final = "Giden"


class RecordsProgress(Struct, frozen=True):
    """How far a fetch is. `pages` of 100 calls are read, `of` so many as far as is known; None before the first."""

    pages: int
    of: int | None
    calls: int  # of the account, looked at in this fetch
    matched: int  # of them the campaign's
    waiting: int  # seconds until the limit lets the next page be asked for


class Fetched(Struct, frozen=True):
    """What a fetch has brought. A call that an earlier fetch brought may be among `calls` and `matched` again."""

    calls: int  # of the account, looked at
    matched: int  # of them the campaign's
    new: int  # of those, not known from an earlier fetch
    known: int  # of the new ones, known from the webhook too
    ambiguous: int  # that may as well be another campaign's: left out
    left_out: tuple[str, ...]  # the places of rows that can't be read, or not be kept
    complete_to: dt.datetime  # calls that began before this are all in


async def fetch_records(services: Services, campaign_id: int, progress: Callable[[RecordsProgress], None], *,
                        anew: bool = False, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> Fetched:
    """Take in what the provider's call list says of a campaign, from its launch to the end of its window.

    Each page is kept as it comes, with how far it goes: a fetch that was cancelled or has failed is gone on with by the
    next, and one that has ended by looking at what may have come since; `anew`: from the launch on all the same, so
    that what it says was left out is all that was. NotPossible for a campaign that the provider
    doesn't have, or whose numbers aren't known here; ProviderError, StoreError.
    """
    campaign = await services.thread(services.store.campaigns.get, campaign_id)
    services.must_be_ours(campaign)
    if campaign.provider_id is None:
        raise NotPossible(Reason("operations.refused.no_id", {"name": campaign.name}))
    if campaign.adopted or campaign.launched_at is None:
        raise NotPossible(Reason("operations.records.adopted", {"name": campaign.name}))
    return await _Fetch(services, campaign, campaign.launched_at, progress, sleep).run(anew=anew)


class _Stretch(Struct, frozen=True):
    """A stretch of the call list, and the page of it that is to be read next; 0: it has been read.

    `asked` is when its first page was: of what comes into the list later, a part may be missing.
    """

    since: dt.datetime
    until: dt.datetime
    asked: dt.datetime
    page: int = 1

    @property
    def complete_to(self) -> dt.datetime:
        return min(self.until, self.asked - _LATE)

    def text(self) -> str:
        return json.dumps({"since": self.since.isoformat(), "until": self.until.isoformat(),
                           "asked": self.asked.isoformat(), "page": self.page})

    @classmethod
    def of(cls, text: str | None) -> _Stretch | None:
        """What `text` made; None where it is none of its."""
        try:
            kept = json.loads(text or "")
            since, until, asked = (dt.datetime.fromisoformat(kept[name]) for name in ("since", "until", "asked"))
            page = int(kept["page"])
            usable = since <= until <= since + _LONGEST and page >= 0 and None not in (since.tzinfo, asked.tzinfo)
        except (ValueError, KeyError, TypeError, OverflowError):
            return None
        return cls(since, until, asked, page) if usable else None


class _Fetch:
    """One run."""

    def __init__(self, services: Services, campaign: Campaign, launched_at: dt.datetime,
                 progress: Callable[[RecordsProgress], None], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._services = services
        self._provider: Provider = services.provider
        self._campaign = campaign
        self._progress = progress
        self._sleep = sleep
        self._matcher = _Matcher(services.store, campaign)
        self._begin = launched_at - _SKEW
        self._end = max(_ends_at(campaign, launched_at) or services.now(), launched_at + _SHORTEST) + _SKEW
        self._earlier = 0  # pages of the stretches before the one that is being read
        self._of: int | None = None
        self._calls = self._matched = self._new = self._known = 0
        self._left_out: list[str] = []

    async def run(self, *, anew: bool) -> Fetched:
        store, began = self._services.store, self._services.now()
        known = None if anew else await self._services.thread(store.records.cursor, self._campaign.id)
        stretch = _Stretch.of(known)
        if stretch is None:
            stretch = self._from(self._begin)
        elif not stretch.page:
            stretch = self._from(stretch.complete_to)
        while True:
            stretch = await self._read(stretch)
            # One that was begun by an earlier run says nothing of what has come since.
            if stretch.asked >= began and stretch.until >= min(self._end, began):
                break
            stretch = self._from(stretch.complete_to)
        fetched = Fetched(self._calls, self._matched, self._new, self._known, self._matcher.ambiguous,
                          (*self._left_out, *self._matcher.left_out), stretch.complete_to)
        log.info("records of campaign %s: %s", self._campaign.id, fetched)
        return fetched

    def _from(self, since: dt.datetime) -> _Stretch:
        # To the window's end even where that is ahead: nothing is there yet, and it costs no page.
        begin = min(max(self._begin, since), self._end)
        return _Stretch(begin, min(self._end, begin + _LONGEST), self._services.now())

    async def _read(self, stretch: _Stretch) -> _Stretch:
        """The rest of a stretch, page by page."""
        while stretch.page:
            self._report(stretch, self._provider.seconds_until_cdrs())
            page = await self._ask(stretch)
            pages = page.pagination.total_pages
            more = bool(page.cdrs or page.left_out) and stretch.page < pages
            following = replace(stretch, page=stretch.page + 1 if more else 0)
            merged = await self._services.thread(self._matcher.keep, page.cdrs, following.text())
            self._calls += len(page.cdrs)
            self._left_out += page.left_out
            self._matched += merged.total
            self._new += merged.new
            self._known += merged.known
            self._of = self._earlier + max(pages, stretch.page) + self._stretches_after(stretch)
            if not following.page:
                self._earlier += stretch.page
            stretch = following
        self._report(stretch)
        return stretch

    async def _ask(self, stretch: _Stretch) -> CdrPage:
        return await when_there_is_room(
            lambda: self._provider.cdrs(stretch.since, stretch.until, stretch.page),
            lambda seconds: self._report(stretch, seconds), self._sleep)

    def _stretches_after(self, stretch: _Stretch) -> int:
        """How many follow: each has a page at least."""
        ahead = min(self._end, self._services.now()) - stretch.until
        return max(0, math.ceil(ahead / _LONGEST))

    def _report(self, stretch: _Stretch, waiting: float = 0) -> None:
        read = self._earlier + max(stretch.page - 1, 0)
        self._progress(RecordsProgress(read, self._of, self._calls, self._matched, math.ceil(waiting)))


class _Claim(Struct, frozen=True):
    """What a call must be like to be a campaign's."""

    kind: str  # with which its kind begins
    queue: str  # "": whichever
    caller_id: str  # "": whichever
    since: dt.datetime
    until: dt.datetime | None  # None: not known
    window: Window | None  # None: not known

    @classmethod
    def of(cls, campaign: Campaign) -> _Claim:
        draft, launched_at = campaign.draft, campaign.launched_at or campaign.created_at
        ends = [moment + _SKEW for moment in (
            _ends_at(campaign, launched_at), campaign.state_at if campaign.state is State.DELETED else None)
            if moment is not None]
        kind, queue = (_IVR_CALL, "") if draft.call_type == IVR else (_QUEUE_CALL, draft["queue_number"])
        return cls(kind, queue, draft.caller or draft["cli"], launched_at - _SKEW, min(ends, default=None),
                   draft.window(launched_at))

    def fits(self, call: Cdr, queue_of: Callable[[str], str]) -> bool:
        """What the record leaves out, or nobody knows, excludes nothing. `queue_of`: a queue's number as written."""
        return (_plain(call.direction).startswith(self.kind) and call.start_stamp >= self.since
                and _same(queue_of(_plain(call.queue)), self.queue)
                and _same(_caller(call.caller_id_number), self.caller_id))

    def calls_at(self, moment: dt.datetime) -> bool:
        lives = self.until is None or moment <= self.until
        return lives and (self.window is None or self.window.opened_at(moment) is not None)


class _Matcher:
    """Finds a campaign's calls among the account's others. Its calls block."""

    def __init__(self, store: Store, campaign: Campaign) -> None:
        self.ambiguous = 0
        self.left_out: list[str] = []  # what of a call can't be kept
        self._store = store
        self._campaign = campaign
        self._claims = {campaign.id: _Claim.of(campaign)}

    def keep(self, calls: Sequence[Cdr], cursor: str) -> MergeResult:
        """Take in the calls of one page that are the campaign's, and how far the list has been read."""
        mine = self._claims[self._campaign.id]
        fitting = [call for call in calls if mine.fits(call, self._queue_of)]
        listed = self._store.results.listed(self._campaign.id, {call.destination_number for call in fitting})
        calling = self._store.results.campaigns_calling(self._campaign.profile, set(listed.values()))
        records = [record for call in fitting
                   if (phone := listed.get(call.destination_number)) is not None
                   and self._is_ours(call, calling.get(phone, ()))
                   and (record := self._record(call, phone)) is not None]
        return self._store.records.merge(self._campaign.id, records, cursor=cursor)

    def _is_ours(self, call: Cdr, campaigns: Sequence[int]) -> bool:
        """Of several campaigns that call the number, it is the one that alone could have made the call."""
        ours = self._campaign.id
        could = {ours, *(other for other in campaigns if self._claim(other).fits(call, self._queue_of))}
        if could == {ours}:
            return True
        # Hours are looked at only where that is needed: clocks differ, and a tried-out provider calls at any.
        then = {campaign for campaign in could if self._claim(campaign).calls_at(call.start_stamp)}
        if then == {ours}:
            return True
        if ours in then or not then:
            self.ambiguous += 1
        return False

    def _record(self, call: Cdr, phone: str) -> CallRecord | None:
        """None where the store can't keep it: outside data may be anything."""
        try:
            return CallRecord(phone, _plain(call.result), call.start_stamp, call.end_stamp, call.talk_duration,
                              call.call_uuid.strip())
        except ValueError as unfit:
            log.warning("a call record was left out: its %s can't be kept", unfit)
            self.left_out.append(str(unfit))
            return None

    def _queue_of(self, written: str) -> str:
        """A queue's number, written as that or by a name that one queue alone has; "" where that isn't known."""
        if (number := whole_number(written)) is not None:
            return str(number)
        return self._queues.get(written, "")

    @cached_property
    def _queues(self) -> dict[str, str]:
        """The numbers of the account's queues, by names that one alone has; as remembered, nothing is asked."""
        named = self._store.account.known(self._campaign.profile).queues.items or {}
        names = Counter(map(_plain, named.values()))
        return {_plain(name): str(number) for number, name in named.items() if names[_plain(name)] == 1}

    def _claim(self, campaign: int) -> _Claim:
        if campaign not in self._claims:
            self._claims[campaign] = _Claim.of(self._store.campaigns.get(campaign))
        return self._claims[campaign]


def _ends_at(campaign: Campaign, launched_at: dt.datetime) -> dt.datetime | None:
    window = campaign.draft.window(launched_at)
    return None if window is None else window.ends_at()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip())


def _caller(text: str) -> str:
    """A caller ID as we send it, else as it came; an account may have a 444 number."""
    try:
        return connected_phone(text)
    except BadPhone:
        return text.strip()


def _same(recorded: str, wanted: str) -> bool:
    return not recorded or not wanted or recorded == wanted
