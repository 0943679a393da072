"""What is known of the account in use: what was remembered at first, then what the provider answers.

It is asked beside the operator's work, so that it never waits for a limit and never keeps anybody waiting: where the
limits leave no room, or the provider has failed, a list is asked for again by a later `refresh`.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import re
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from tui.campaign.account import CALLER_ID, Account, Listing
from tui.campaign.target import TargetKind
from tui.core.retry import RetryPolicy
from tui.operations.services import NotPossible, Services
from tui.provider.errors import LimitReached, NotNow, ProviderError
from tui.provider.lookups import NAMES_LAST, STATUSES_LAST
from tui.store import StoreError

if TYPE_CHECKING:  # its import would load the HTTP library
    from tui.provider.client import Provider

log = logging.getLogger("santral.directory")

AVAILABLE: Final = "AVAILABLE"
_POLICY: Final = RetryPolicy(first=15.0, ceiling=300.0, min_asked=15.0)  # ours
_LIMIT_PAUSE: Final = 60.0  # seconds after a 429 that doesn't say how long: the provider counts by the minute
_JUST_NOW: Final = 10.0
_AGENTS_LAST: Final = 60.0  # a count of a while ago is not how many are available now


ListName = Literal["announcements", "queues", "users", "caller_ids"]


@dataclass(slots=True)
class _Again:
    """When something may be asked for again, on the monotonic clock, and how often it has failed since it succeeded."""

    due: float = float("-inf")
    failures: int = 0
    on_request: float = float("-inf")  # when it is due for somebody who wants it anew

    def answered(self, at: float, lasts: float) -> None:
        self.due, self.failures = at + lasts, 0
        self.on_request = at + min(lasts, _JUST_NOW)

    def failed(self, at: float, failure: ProviderError | NotPossible) -> None:
        asked = failure.retry_after if isinstance(failure, ProviderError) else None
        if isinstance(failure, NotNow):  # nothing was sent: it is known when there is room
            self.due = at + (asked or 0.0)
        else:
            self.failures += asked is None
            least = _LIMIT_PAUSE if isinstance(failure, LimitReached) else 0.0
            self.due = at + (_POLICY.wait(self.failures, asked=asked, least=least) or 0.0)
        self.on_request = self.due


_Asked = tuple[dict[int, str], float, int]


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a list comes from. `ask` brings it with its age in seconds and how many rows of it can't be read, if the
    limit has room for so many requests, and anew where that is wanted.

    `room` is what it takes to ask for a list that is there already; `named`: whether the list's texts are names.
    """

    name: ListName
    kind: str
    lasts: float
    ask: Callable[[Provider, int, bool], Awaitable[_Asked]]
    room: int = 1
    named: bool = True


class Directory:
    """The account of one profile. `on_change` is called whenever `account` has become another.

    Nothing here raises but CancelledError: why a list could not be had is told by the list.
    """

    def __init__(self, services: Services, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.account = Account()
        self.on_change: Callable[[], None] | None = None
        self._services = services
        self._profile = services.profile
        self._monotonic = monotonic
        self._recalled = False
        self._again = {source.name: _Again() for source in _SOURCES}
        self._agents_again: dict[int, _Again] = {}
        self._counted: dict[int, tuple[int, float]] = {}  # of a queue: agents available, and when
        self._agents_told_until = 0.0

    async def recall(self) -> Account:
        """The account as it is known without asking the provider."""
        if not self._recalled:
            try:
                known = await self._services.thread(self._services.store.account.known, self._profile.name)
            except StoreError as failure:
                log.warning("the account is not remembered: %s", failure)
                known = Account()
            if not self._recalled:  # another may have recalled it, and the provider answered, in the meantime
                self._recalled = True
                self._become(replace(self.account, announcements=known.announcements, queues=known.queues,
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
        due = [source for source in _SOURCES if source.name in names and now >= self._again[source.name].due]
        if due:
            async with asyncio.TaskGroup() as group:
                for source in due:
                    group.create_task(self._ask(source))

    async def renew(self, name: ListName) -> None:
        """Ask for a list anew though it isn't old yet, unless it was answered just now or has to wait."""
        await self.recall()
        source = next(source for source in _SOURCES if source.name == name)
        if self._monotonic() >= self._again[name].on_request:
            await self._ask(source, anew=True)

    async def agents(self, queue: int) -> None:
        """Ask how many agents of a queue are available, unless that was asked lately."""
        again = self._agents_again.setdefault(queue, _Again())
        if self._monotonic() < again.due or not self._in_use:
            return
        try:
            found = await self._services.provider.agent_statuses(queue, room=1)
        except (ProviderError, NotPossible) as failure:
            again.failed(self._monotonic(), failure)
            if not isinstance(failure, NotNow) or queue not in self.account.agents:
                self._agents_told_until = again.due
                self._become(replace(self.account, agents_problem=failure.reason))
            return
        available = sum(agent.status == AVAILABLE for agent in found.value)
        at = self._monotonic() - found.age
        self._counted[queue] = available, at
        again.answered(at, STATUSES_LAST)
        self._become(replace(self.account, agents={**self.account.agents, queue: available}, agents_problem=None))

    def agents_counted(self, queue: int) -> tuple[int, float] | None:
        """How many agents of a queue were available when that was asked last, and how many seconds ago that was."""
        counted = self._counted.get(queue)
        return None if counted is None else (counted[0], self._monotonic() - counted[1])

    def agents_wait(self, queue: int) -> float:
        """Seconds until the agents of a queue may be asked for again, after a failure; 0 where there was none."""
        again = self._agents_again.get(queue)
        failed = again is not None and self.account.agents_problem is not None
        return max(0.0, again.due - self._monotonic()) if again is not None and failed else 0.0

    @property
    def _in_use(self) -> bool:
        return self._services.profile is self._profile

    async def _ask(self, source: _Source, *, anew: bool = False) -> None:
        listing, again = self._listing(source), self._again[source.name]
        if listing.asking or not self._in_use:
            return
        self._put(source, replace(listing, asking=True))
        try:
            items, age, left_out = await source.ask(self._services.provider, source.room if listing.fresh else 1, anew)
        except (ProviderError, NotPossible) as failure:
            self._failed(source, failure)
        except BaseException:
            self._put(source, replace(self._listing(source), asking=False))
            raise
        else:
            again.answered(self._monotonic() - age, source.lasts)
            at = self._services.now() - dt.timedelta(seconds=round(age))
            answered = self._listing(source).answered(items, at, left_out)
            self._put(source, answered)
            await self._keep(source, answered.items or {})

    def _failed(self, source: _Source, failure: ProviderError | NotPossible) -> None:
        listing, again = replace(self._listing(source), asking=False), self._again[source.name]
        again.failed(self._monotonic(), failure)
        if not isinstance(failure, NotNow):
            self._put(source, replace(listing, problem=failure.reason))
        elif listing.fresh:
            self._put(source, listing)  # a little old, which is no failure
        else:
            again.due = self._monotonic()  # nothing was sent, and the seconds that are told go by
            self._put(source, replace(listing, problem=failure.reason))

    async def _keep(self, source: _Source, items: Mapping[int, str]) -> None:
        names = items if source.named else dict.fromkeys(items, "")
        try:
            await self._services.thread(self._services.store.account.keep, self._profile.name, source.kind, names)
        except StoreError as failure:  # the answer itself is there: names will be missing only without a network
            log.warning("%s were not kept: %s", source.name, failure)

    def _forget_agents(self, now: float) -> None:
        recent = {queue: count for queue, count in self.account.agents.items()
                  if now < self._counted[queue][1] + _AGENTS_LAST}
        problem = self.account.agents_problem if now < self._agents_told_until else None
        self._become(replace(self.account, agents=recent, agents_problem=problem))

    def _listing(self, source: _Source) -> Listing[str]:
        listing: Listing[str] = getattr(self.account, source.name)
        return listing

    def _put(self, source: _Source, listing: Listing[str]) -> None:
        match source.name:
            case "announcements":
                self._become(replace(self.account, announcements=listing))
            case "queues":
                self._become(replace(self.account, queues=listing))
            case "users":
                self._become(replace(self.account, users=listing))
            case "caller_ids":
                self._become(replace(self.account, caller_ids=listing))

    def _become(self, account: Account) -> None:
        if account == self.account:
            return
        self.account = account
        if self.on_change is not None:
            self.on_change()


async def _announcements(provider: Provider, room: int, anew: bool) -> _Asked:  # noqa: FBT001 - as the others
    found = await provider.announcements(room=room, fresh=anew)
    return {announcement.id: announcement.name for announcement in found.value}, found.age, found.left_out


async def _queues(provider: Provider, room: int, anew: bool) -> _Asked:  # noqa: FBT001 - as the others
    found = await provider.queues(room=room, fresh=anew)
    return {queue.number: queue.name for queue in found.value}, found.age, found.left_out


async def _users(provider: Provider, room: int, anew: bool) -> _Asked:  # noqa: FBT001 - as the others
    found = await provider.user_statuses(room=room, fresh=anew)
    return {user.user: user.status for user in found.value}, found.age, found.left_out


async def _caller_ids(provider: Provider, room: int, anew: bool) -> _Asked:  # noqa: FBT001 - as the others
    found = await provider.caller_ids(room=room, fresh=anew)
    numbers = {int(digits): number for number in found.value if (digits := _digits(number))}
    odd = sum(not _digits(number) for number in found.value)
    return numbers, found.age, found.left_out + odd


def _digits(number: str) -> str:
    """The digits of a caller ID, by which it is known here; "" where they are no phone number's."""
    digits = re.sub(r"[^0-9]", "", number)
    return digits if len(digits) <= _LONGEST_CALLER_ID else ""


_LONGEST_CALLER_ID: Final = 18
_SOURCES: Final = (
    _Source("announcements", TargetKind.ANNOUNCEMENT, NAMES_LAST, _announcements),
    _Source("queues", TargetKind.QUEUE, NAMES_LAST, _queues),
    # Of the two status look-ups a minute one is left to what the operator asks for.
    _Source("users", TargetKind.USER, STATUSES_LAST, _users, room=2, named=False),
    _Source("caller_ids", CALLER_ID, NAMES_LAST, _caller_ids),
)
