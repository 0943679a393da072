"""The provider's API as the program uses it.

A create request is sent once and never again. Switching and deleting can be repeated without harm, and are; look-ups
too.
"""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Final, Self, TypeVar

import httpx
from msgspec.structs import replace

from tui.campaign.lifecycle import Action, Outcome
from tui.core.reason import Reason
from tui.core.retry import RetryPolicy
from tui.core.secret import Secret
from tui.provider import lookups
from tui.provider.answer import Answer, AnswerReader, NoResponse
from tui.provider.blocking import BlockOutcome, block_outcome
from tui.provider.call import LONG, ApiCall, Json, Pairs, Streamed
from tui.provider.calls import RECORDING_URL, Calls
from tui.provider.create import outcome_of
from tui.provider.download import Downloads
from tui.provider.errors import (
    AnswerLost,
    BadAnswer,
    LimitReached,
    NotFound,
    NotNow,
    NotReached,
    ProviderError,
    ServerFailed,
)
from tui.provider.limits import Clock, Limit, SlidingWindow, SystemClock, TokenBucket, Wait, Waits
from tui.provider.lookups import LookupRows
from tui.provider.request_trace import MayLeave, Sending
from tui.provider.transport import Timeouts, Transport

T = TypeVar("T")

# Ours. To come back sooner than the provider asks would not honour it; to wait longer than that helps no operator.
_CHANGES: Final = RetryPolicy(first=0.5, ceiling=20.0, tries=5, max_asked=120.0)
_LOOKUPS: Final = replace(_CHANGES, tries=3)
_CDR_DAYS: Final = timedelta(days=31)
_DEFAULT_TIMEOUTS: Final = Timeouts()
_CAMPAIGNS: Final = "/ivr_campaigns"
# The two ways in which the provider's documents write a campaign's address: this one's, and a newer description's.
_ADDRESSES: Final = ("/ivr_campaigns/{}", "/ivr_campaigns/{}.json")
_BLOCKED: Final = "/blocked_numbers"
# These fail the same way however often they are tried.
_HOPELESS: Final = ("provider.not_reached.certificate", "provider.not_reached.settings", "provider.not_reached.unready",
                    "provider.not_reached.withheld")


class Provider:
    """One account at the provider. Every method waits its turn under the provider's limits, and calls `on_wait`.

    A look-up with `room` does neither: it is tried once, and only where so many requests could start at once, itself
    included. Otherwise it raises NotNow, and nothing was sent.
    """

    def __init__(self, base_url: str, key: Secret, *, transport: httpx.AsyncBaseTransport | None = None,
                 timeouts: Timeouts = _DEFAULT_TIMEOUTS, clock: Clock | None = None,
                 jitter: Callable[[], float] = random.random,
                 on_wait: Callable[[Wait | None], None] | None = None) -> None:
        """`jitter` gives 0–1. `on_wait` gets each wait as it begins, None when none is left. Raises BadBaseUrl."""
        clock = clock or SystemClock()
        self._jitter = jitter
        self._waits = Waits(clock, on_wait)
        self._key = key
        self._reader = AnswerReader(key)
        self._transport = Transport(base_url, key, transport, timeouts, clock)
        self._address = _ADDRESSES[0]
        statuses = SlidingWindow(clock, self._waits, count=2)
        self._campaign_limit = TokenBucket(clock, self._waits, rate=2, burst=50)
        # Ours: the documents state no limit for it, and many may wait to be blocked.
        self._block_limit = TokenBucket(clock, self._waits, rate=2, burst=10)
        self._limits: Mapping[str, Limit] = {
            "/queues": SlidingWindow(clock, self._waits, count=10),
            "/user_statuses": statuses,
            "/agent_statuses": statuses,
            "/cdrs": SlidingWindow(clock, self._waits, count=6),
            RECORDING_URL: SlidingWindow(clock, self._waits, count=5),
        }
        self.calls = Calls(lambda call: self._insist(call, _LOOKUPS), self._reader.redact, self._limits[RECORDING_URL],
                           Downloads(base_url, transport, timeouts))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None,
                        trace: TracebackType | None) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._transport.aclose()

    @property
    def server_time(self) -> datetime | None:
        """What the provider's clock said with its last answer; None where no answer had a date."""
        return self._transport.server_time

    async def create(self, request: Mapping[str, Json], sending: Sending | None = None,
                     streamed: Streamed | None = None, *, secrets: Iterable[Secret] = (),
                     may_leave: MayLeave | None = None) -> Outcome:
        """Sends exactly one create request, or none. `request` is the JSON object without "key" and `streamed`.

        What ended before the last byte of it was handed over is *not sent*, unless an answer came nevertheless: that
        decides. `secrets`: what else in the request is redacted where the provider repeats it.
        `may_leave` is asked before the first byte and before the last: where it says no, the request is *not sent*.
        Whatever happens on the way is in the outcome, but for cancellation: then `sending` says whether the last byte
        may have left, and holds the outcome if the provider's answer had come.
        """
        if "key" in request:
            raise ValueError("the key is put in by the transport")
        sending = sending or Sending()
        reader = AnswerReader(self._key, *secrets)
        try:
            got = await self._once(ApiCall("POST", "/ivr_campaigns.json", json=request, streamed=streamed), sending,
                                   attempt=1, may_leave=may_leave)
        except asyncio.CancelledError:
            if sending.answer is not None:
                sending.outcome = outcome_of(sending.answer, reader)
            raise
        sending.outcome = outcome_of(got, reader)
        return sending.outcome

    async def switch(self, campaign_id: int, action: Action, *, may_leave: MayLeave | None = None) -> None:
        """Turns a campaign on or off (docs/provider.md, "Switch and delete").

        ProviderError; ValueError for another action. `may_leave` is asked before each try: where it says no,
        NotReached.
        """
        if action not in (Action.ON, Action.OFF):
            raise ValueError(f"a campaign is not switched {action}")
        await self._change(campaign_id, ApiCall("PATCH", "", form=(("status", action.value),)), may_leave)

    async def delete(self, campaign_id: int, *, may_leave: MayLeave | None = None) -> None:
        """Deletes a campaign (docs/provider.md, "Switch and delete"). Raises ProviderError.

        `may_leave` as for `switch`.

        That the provider can't find it is NotFound, though an earlier try without an answer may have deleted it.
        """
        await self._change(campaign_id, ApiCall("DELETE", ""), may_leave)

    async def _change(self, campaign_id: int, call: ApiCall, may_leave: MayLeave | None) -> None:
        """Sends `call` to a campaign's address. A 404 that names no campaign may mean the address alone: then it is
        tried in the other form, which is kept to where it leads to more. Raises ProviderError."""
        if campaign_id <= 0:
            raise ValueError(f"no campaign has the ID {campaign_id}")
        perhaps_done = False
        for address in (self._address, *(other for other in _ADDRESSES if other != self._address)):
            result = await self._insist(replace(call, path=address.format(campaign_id)), _CHANGES, may_leave)
            if isinstance(result, ProviderError):
                perhaps_done = result.perhaps_done = result.perhaps_done or perhaps_done
                if isinstance(result, NotFound) and not result.named:
                    continue
            if not isinstance(result, NotReached):
                self._address = address
            break
        if isinstance(result, ProviderError):
            raise result

    async def room_to_switch(self, campaigns: int) -> None:
        """Returns when so many could be switched or deleted without a wait for the limit. Sends nothing."""
        await self._campaign_limit.room(campaigns)

    async def check_key(self) -> list[str]:
        """The account's caller IDs, asked for now: the cheapest call that needs a right key. Raises ProviderError."""
        return (await self._look_up("/caller_ids", (), lookups.read_caller_ids)).found

    async def caller_ids(self, *, room: int | None = None) -> LookupRows[str]:
        """The numbers that may be shown to a callee. Raises ProviderError, as all look-ups do."""
        return await self._look_up("/caller_ids", (), lookups.read_caller_ids, room)

    async def announcements(self, *, room: int | None = None) -> LookupRows[lookups.Announcement]:
        return await self._look_up("/announcements", (), lookups.read_announcements, room)

    async def queues(self, *, room: int | None = None) -> LookupRows[lookups.Queue]:
        return await self._look_up("/queues", (), lookups.read_queues, room)

    async def user_statuses(self, *, room: int | None = None) -> LookupRows[lookups.UserStatus]:
        return await self._look_up("/user_statuses", (), lookups.read_user_statuses, room)

    async def agent_statuses(self, queue: int, *, room: int | None = None) -> LookupRows[lookups.AgentStatus]:
        return await self._look_up("/agent_statuses", (("queue", str(queue)),), lookups.read_agent_statuses, room)

    async def cdrs(self, start: datetime, end: datetime, page: int = 1, limit: int = 100) -> lookups.CdrPage:
        """Outbound calls that began from `start` to `end`: both with a zone, at most 31 days apart; else ValueError.

        `page` counts from 1, `limit` is 10–100 calls a page.
        """
        if start.tzinfo is None or end.tzinfo is None:
            raise ValueError("a moment without a zone")
        if not timedelta(0) <= end - start <= _CDR_DAYS:
            raise ValueError("the end is before the start, or more than 31 days after it")
        query = (("start_stamp_from", _stamp(start)), ("start_stamp_to", _stamp(end)), ("direction", "outbound"),
                 *_paging(page, limit))
        return await self._look_up("/cdrs", query, lookups.read_cdrs)

    def seconds_until_cdrs(self) -> float:
        """How long `cdrs` would wait for its turn now."""
        return self._limits["/cdrs"].seconds_until_room(1)

    async def blocked_numbers(self, page: int = 1, limit: int = 100) -> lookups.BlockedPage:
        """Numbers that the account does not call. `page` counts from 1, `limit` is 10–100; else ValueError.

        Without a direction the provider lists those that may not call in (docs/provider.md, "Blocked numbers").
        """
        query = (("direction", "outbound"), *_paging(page, limit))
        return await self._look_up(_BLOCKED, query, lookups.read_blocked_numbers)

    async def block_number(self, phone: str, *, may_leave: MayLeave | None = None) -> BlockOutcome:
        """Have the account not call a number any more. Sends one request, and never again by itself.

        `phone` is as it is sent. `may_leave` is asked before the first byte: where it says no, NotYet. Whoever repeats
        one whose outcome is not known looks at `blocked_numbers` first.
        """
        call = ApiCall("POST", _BLOCKED, json={"number": phone, "direction": "outbound"})
        return block_outcome(await self._once(call, Sending(), attempt=1, may_leave=may_leave), self._reader)

    def seconds_until_block(self) -> float:
        """How long `block_number` would wait for its turn now."""
        return self._block_limit.seconds_until_room(1)

    async def _look_up(self, path: str, query: Pairs, read: Callable[[object], T], room: int | None = None) -> T:
        found = await self._fetch(path, query, read, room)
        if isinstance(found, ProviderError):
            raise found
        return found

    async def _fetch(self, path: str, query: Pairs, read: Callable[[object], T], room: int | None) -> T | ProviderError:
        """An error comes back unraised: a traceback through here would hold the answer, which may repeat the key."""
        call = ApiCall("GET", path, query, max_bytes=LONG)
        result = await self._insist(call, _LOOKUPS) if room is None else await self._at_once(call, room)
        if isinstance(result, ProviderError):
            return result
        return lookups.read_json(bytes(result.body), path, read, self._reader.redact)

    async def _at_once(self, call: ApiCall, room: int) -> Answer | ProviderError:
        """Sends `call` once, where it need not wait and as many as `room` could start."""
        limit = self._limit_of(call)
        seconds = limit.seconds_until_room(room) if limit is not None else 0.0
        if seconds > 0:
            error = NotNow(Reason("provider.not_now", {"count": math.ceil(seconds)}), sent=False)
            error.retry_after = seconds
            return error
        got = await self._once(call, Sending(), attempt=1)
        result = self._reader.resolve(got, of_campaign=False)
        if isinstance(result, ProviderError) and isinstance(got, Answer):
            result.retry_after = got.retry_after()
        return result

    async def _insist(self, call: ApiCall, policy: RetryPolicy,
                      may_leave: MayLeave | None = None) -> Answer | ProviderError:
        """Sends `call` until it succeeds, is refused, or its tries are used up: the success, or the last try's error.
        """
        perhaps_done = sent = False
        attempt = 0
        while True:
            attempt += 1
            got = await self._once(call, Sending(), attempt, may_leave)
            result = self._reader.resolve(got, of_campaign=call.path.startswith(_CAMPAIGNS))
            if isinstance(result, Answer):
                return result
            sent = result.sent = result.sent or sent
            # That the last try was refused says nothing of one before it whose answer was lost.
            perhaps_done = perhaps_done or isinstance(result, AnswerLost | ServerFailed | BadAnswer)
            result.perhaps_done = perhaps_done
            result.retry_after = got.retry_after() if isinstance(got, Answer) else None
            seconds = policy.wait(attempt, asked=result.retry_after, jitter=self._jitter())
            if seconds is None or not _worth_another_try(result):
                return result
            await self._waits.before_try(seconds, attempt + 1, policy.tries)

    async def _once(self, call: ApiCall, sending: Sending, attempt: int,
                    may_leave: MayLeave | None = None) -> Answer | NoResponse:
        limit = self._limit_of(call)
        if limit is None:
            return await self._transport.exchange(call, sending, attempt, may_leave)
        await limit.enter()
        try:
            return await self._transport.exchange(call, sending, attempt, may_leave)
        finally:
            limit.leave(arrived=sending.started or sending.sent > 0)

    def _limit_of(self, call: ApiCall) -> Limit | None:
        if call.path == _BLOCKED and call.method == "POST":
            return self._block_limit
        if call.path.startswith(_CAMPAIGNS):
            return self._campaign_limit
        return self._limits["/cdrs"] if call.path.startswith("/cdrs/") else self._limits.get(call.path)


def _worth_another_try(error: ProviderError) -> bool:
    """Limits, failures and broken connections pass; a refusal and an answer out of shape stay."""
    if isinstance(error, NotReached):
        return error.reason.code not in _HOPELESS
    return isinstance(error, LimitReached | ServerFailed | AnswerLost)


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _paging(page: int, limit: int) -> Pairs:
    if page < 1 or not 10 <= limit <= 100:
        raise ValueError(f"page {page} of {limit} rows: pages count from 1, and have 10 to 100 rows")
    return ("limit", str(limit)), ("page", str(page))
