"""What is known of the account in use: what was remembered at first, then what the provider answers.

It is asked beside the operator's work, so that it never waits for a limit and never keeps anybody waiting: where the
limits leave no room, or the provider has failed, a list is asked for again by a later `refresh`.
"""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import logging
import re
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from tui.campaign.account import CALLER_ID, Account, Listing
from tui.campaign.target import TargetKind
from tui.core.listeners import Listeners
from tui.core.reason import Reason
from tui.core.retry import RetryPolicy
from tui.operations.single_flight import SingleFlight
from tui.provider.errors import LimitReached, NotNow, ProviderError
from tui.store import Store, StoreError, StoreThread

if TYPE_CHECKING:  # its import would load the HTTP library
    from tui.provider.client import Provider

log = logging.getLogger("santral.directory")

AVAILABLE: Final = "AVAILABLE"
_POLICY: Final = RetryPolicy(first=15.0, ceiling=300.0, min_asked=15.0)
_LIMIT_PAUSE: Final = 60.0  # seconds after a 429 that doesn't say how long: the provider counts by the minute
# Seconds, ours.
_NAMES_LAST: Final = 300.0
_STATUSES_LAST: Final = 30.0
_JUST_NOW: Final = 10.0
_AGENTS_LAST: Final = 60.0  # a count of a while ago is not how many are available now


ListName = Literal["announcements", "queues", "users", "caller_ids"]


class _Schedule(Struct):
    """When something may be asked for again, on the monotonic clock, and how often it has failed since it succeeded."""

    due: float = float("-inf")
    failures: int = 0
    renewable_at: float = float("-inf")  # when it is due for somebody who wants it anew

    def answered(self, at: float, lasts: float) -> None:
        self.due, self.failures = at + lasts, 0
        self.renewable_at = at + min(lasts, _JUST_NOW)

    def failed(self, at: float, failure: ProviderError | None) -> None:
        """`failure` is None where the provider could not be asked at all."""
        asked = None if failure is None else failure.retry_after
        if isinstance(failure, NotNow):  # nothing was sent: it is known when there is room
            self.due = at + (asked or 0.0)
        else:
            self.failures += asked is None
            minimum = _LIMIT_PAUSE if isinstance(failure, LimitReached) else 0.0
            self.due = at + (_POLICY.wait(self.failures, asked=asked, minimum=minimum) or 0.0)
        self.renewable_at = self.due


_Answered = tuple[dict[int, str], int]


class _Source(Struct, frozen=True):
    """Where a list comes from. `ask` brings it and how many of its rows can't be read, if the limit has room for so
    many requests.

    `lasts` is how many seconds an answer counts as new; `room` what it takes to ask for a list that is there already;
    `named`: whether the list's texts are names.
    """

    name: ListName
    kind: str
    lasts: float
    ask: Callable[[Provider, int], Awaitable[_Answered]]
    room: int = 1
    named: bool = True


class Directory:
    """The account of one profile: what is known of it, how old that is, and one request for all who ask at once.

    `changed` is notified whenever `account` has become another. `provider` brings the client of the profile, or the
    reason why there is none. Nothing here raises but CancelledError: a list that could not be had has the reason.
    """

    def __init__(self, store: Store, thread: StoreThread, profile: str, provider: Callable[[], Provider | Reason],
                 now: Callable[[], dt.datetime], monotonic: Callable[[], float] = time.monotonic) -> None:
        """`profile` is the name under which the store remembers the account."""
        self.account = Account()
        self.changed = Listeners[[]]()
        self._memory, self._thread, self._profile = store.account, thread, profile
        self._provider = provider
        self._now, self._monotonic = now, monotonic
        self._requests = SingleFlight()
        self._closed = False
        self._recalled = False
        self._schedules = {source.name: _Schedule() for source in _SOURCES}
        self._agent_schedules: dict[int, _Schedule] = {}
        self._counted: dict[int, tuple[int, float]] = {}  # of a queue: agents available, and when
        self._agents_problem_until = 0.0

    async def aclose(self) -> None:
        """End what is being asked for. The provider is not asked again: another profile is in use."""
        self._closed = True
        await self._requests.aclose()

    async def recall(self) -> Account:
        """The account as it is known without asking the provider."""
        if not self._recalled:
            try:
                known = await self._thread(self._memory.known, self._profile)
            except StoreError as failure:
                log.warning("the account is not remembered: %s", failure)
                known = Account()
            if not self._recalled:  # another may have recalled it, and the provider answered, in the meantime
                self._recalled = True
                self._set_account(replace(self.account, announcements=known.announcements, queues=known.queues,
                                          users=known.users, caller_ids=known.caller_ids))
        return self.account

    async def refresh(self, names: Collection[ListName] = ("announcements", "queues", "users")) -> None:
        """Ask the provider for each list that has grown old. Cheap where there is none; to be called every few seconds.

        Returns when every list has answered or failed; a list that is being asked for already is left alone.
        `names` are those that targets lead to, unless others are named.
        """
        await self.recall()
        now = self._monotonic()
        self._forget_agents(now)
        due = [source for source in _SOURCES if source.name in names and now >= self._schedules[source.name].due]
        if due:
            async with asyncio.TaskGroup() as group:
                for source in due:
                    group.create_task(self._ask(source))

    async def renew(self, name: ListName) -> None:
        """Ask for a list anew though it isn't old yet, unless it was answered just now or has to wait."""
        await self.recall()
        source = next(source for source in _SOURCES if source.name == name)
        if self._monotonic() >= self._schedules[name].renewable_at:
            await self._ask(source)

    async def agents(self, queue: int) -> None:
        """Ask how many agents of a queue are available, unless that was asked lately."""
        schedule = self._agent_schedules.setdefault(queue, _Schedule())
        if not self._closed and self._monotonic() >= schedule.due:
            await self._requests.join(queue, partial(self._count_agents, queue, schedule))

    async def _count_agents(self, queue: int, schedule: _Schedule) -> None:
        provider = self._provider()
        if isinstance(provider, Reason):
            self._agents_failed(schedule, provider)
            return
        try:
            found = await provider.agent_statuses(queue, room=1)
        except ProviderError as failure:
            schedule.failed(self._monotonic(), failure)
            if not isinstance(failure, NotNow) or queue not in self.account.agents:
                self._agents_failed(schedule, failure.reason)
            return
        available, at = sum(agent.status == AVAILABLE for agent in found.found), self._monotonic()
        self._counted[queue] = available, at
        schedule.answered(at, _STATUSES_LAST)
        self._set_account(replace(self.account, agents={**self.account.agents, queue: available}, agents_problem=None))

    def agents_counted(self, queue: int) -> tuple[int, float] | None:
        """How many agents of a queue were available when that was asked last, and how many seconds ago that was."""
        counted = self._counted.get(queue)
        return None if counted is None else (counted[0], self._monotonic() - counted[1])

    def agents_wait(self, queue: int) -> float:
        """Seconds until the agents of a queue may be asked for again, after a failure; 0 where there was none."""
        schedule = self._agent_schedules.get(queue)
        failed = schedule is not None and self.account.agents_problem is not None
        return max(0.0, schedule.due - self._monotonic()) if schedule is not None and failed else 0.0

    def _agents_failed(self, schedule: _Schedule, reason: Reason) -> None:
        self._agents_problem_until = schedule.due
        self._set_account(replace(self.account, agents_problem=reason))

    async def _ask(self, source: _Source) -> None:
        if not self._closed and source.name not in self._requests:
            await self._requests.join(source.name, partial(self._look_up, source))

    async def _look_up(self, source: _Source) -> None:
        listing = self._listing(source)
        self._set_listing(source, dataclasses.replace(listing, asking=True))
        try:
            provider = self._provider()
            if isinstance(provider, Reason):
                self._failed(source, None, provider)
                return
            items, left_out = await source.ask(provider, source.room if listing.fresh else 1)
        except ProviderError as failure:
            self._failed(source, failure, failure.reason)
        except BaseException:
            self._set_listing(source, dataclasses.replace(self._listing(source), asking=False))
            raise
        else:
            self._schedules[source.name].answered(self._monotonic(), source.lasts)
            answered = self._listing(source).answered(items, self._now(), left_out)
            self._set_listing(source, answered)
            await self._store(source, answered.items or {})

    def _failed(self, source: _Source, failure: ProviderError | None, reason: Reason) -> None:
        listing, schedule = dataclasses.replace(self._listing(source), asking=False), self._schedules[source.name]
        schedule.failed(self._monotonic(), failure)
        if not isinstance(failure, NotNow):
            self._set_listing(source, dataclasses.replace(listing, problem=reason))
        elif listing.fresh:
            self._set_listing(source, listing)  # a little old, which is no failure
        else:
            schedule.due = self._monotonic()  # nothing was sent, and the seconds that are shown go by
            self._set_listing(source, dataclasses.replace(listing, problem=reason))

    async def _store(self, source: _Source, items: Mapping[int, str]) -> None:
        names = items if source.named else dict.fromkeys(items, "")
        try:
            await self._thread(self._memory.keep, self._profile, source.kind, names)
        except StoreError as failure:  # the answer itself is there: names will be missing only without a network
            log.warning("%s were not kept: %s", source.name, failure)

    def _forget_agents(self, now: float) -> None:
        recent = {queue: count for queue, count in self.account.agents.items()
                  if now < self._counted[queue][1] + _AGENTS_LAST}
        problem = self.account.agents_problem if now < self._agents_problem_until else None
        self._set_account(replace(self.account, agents=recent, agents_problem=problem))

    def _listing(self, source: _Source) -> Listing[str]:
        listing: Listing[str] = getattr(self.account, source.name)
        return listing

    def _set_listing(self, source: _Source, listing: Listing[str]) -> None:
        match source.name:
            case "announcements":
                self._set_account(replace(self.account, announcements=listing))
            case "queues":
                self._set_account(replace(self.account, queues=listing))
            case "users":
                self._set_account(replace(self.account, users=listing))
            case "caller_ids":
                self._set_account(replace(self.account, caller_ids=listing))

    def _set_account(self, account: Account) -> None:
        if account == self.account:
            return
        self.account = account
        self.changed.notify()


async def _announcements(provider: Provider, room: int) -> _Answered:
    rows = await provider.announcements(room=room)
    return {announcement.id: announcement.name for announcement in rows.found}, rows.left_out


async def _queues(provider: Provider, room: int) -> _Answered:
    rows = await provider.queues(room=room)
    return {queue.number: queue.name for queue in rows.found}, rows.left_out


async def _users(provider: Provider, room: int) -> _Answered:
    rows = await provider.user_statuses(room=room)
    return {user.user: user.status for user in rows.found}, rows.left_out


async def _caller_ids(provider: Provider, room: int) -> _Answered:
    rows = await provider.caller_ids(room=room)
    numbers = {int(digits): number for number in rows.found if (digits := _digits(number))}
    odd = sum(not _digits(number) for number in rows.found)
    return numbers, rows.left_out + odd


def _digits(number: str) -> str:
    """The digits of a caller ID, by which it is known here; "" where they are no phone number's."""
    digits = re.sub(r"[^0-9]", "", number)
    return digits if len(digits) <= _LONGEST_CALLER_ID else ""


_LONGEST_CALLER_ID: Final = 18
_SOURCES: Final = (
    _Source("announcements", TargetKind.ANNOUNCEMENT, _NAMES_LAST, _announcements),
    _Source("queues", TargetKind.QUEUE, _NAMES_LAST, _queues),
    # Of the two status look-ups a minute one is left to what the operator asks for.
    _Source("users", TargetKind.USER, _STATUSES_LAST, _users, room=2, named=False),
    _Source("caller_ids", CALLER_ID, _NAMES_LAST, _caller_ids),
)
