"""Whoever is on the do-not-call list is blocked at the provider as well, where the profile wants that.

A number is noted as asked for before the request leaves. One whose answer is not known is looked for in the provider's
list before it is asked for once more; whatever is killed goes on there.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from tui.campaign.phone import validate_phone
from tui.core.reason import Reason
from tui.core.retry import RetryPolicy
from tui.operations.blocked import fetch_blocked
from tui.operations.services import NotPossible, Services
from tui.operations.still_ours import StillOurs
from tui.store import StoreError
from tui.store.opt_out_pushes import PushQueue, PushState

if TYPE_CHECKING:
    from tui.config import Profile

_AGAIN: Final = RetryPolicy(first=1.0, ceiling=60.0, tries=5, max_asked=120.0)
_COMES_BACK: Final = RetryPolicy(first=60.0, ceiling=900.0)
_LOOK_SECONDS: Final = 3.0
_AT_ONCE: Final = 100
UNCONFIRMED: Final = "operations.push.unconfirmed"
_NOT_THERE: Final = (403, 404)  # the key may not, or the account has no such list

Sleep = Callable[[float], Awaitable[None]]

log = logging.getLogger("santral.push")


class PushResult(Struct, frozen=True):
    """What one run has done. `stopped`: why it did not go on to the end; `final`: trying again would not help."""

    pushed: int
    queue: PushQueue
    stopped: Reason | None = None
    final: bool = False


class _Failure(Struct, frozen=True):
    reason: Reason
    final: bool = False
    retry_after: float | None = None


async def push_opt_outs(services: Services, *, progress: Callable[[int], None] = lambda _: None,
                        sleep: Sleep = asyncio.sleep, jitter: Callable[[], float] = random.random) -> PushResult:
    """Block at the provider whoever waits for it. `progress` is called with how many are done.

    NotPossible where the profile does not want that, may only look or has no key, nobody has confirmed it, or another
    process is at it; StoreError.
    """
    profile, pushes = services.profile, services.store.opt_out_pushes
    services.must_be_writable()
    _must_want_it(profile)
    _ = services.provider  # a profile without a key is refused
    if count := await unconfirmed(services):
        raise NotPossible(Reason(UNCONFIRMED, {"count": count}))
    if not await services.thread(pushes.take, profile.name):
        raise NotPossible(Reason("operations.push.elsewhere"))
    try:
        run = _Run(services, progress, sleep, jitter)
        failure = await run.whole()
        await services.thread(pushes.note_stop, profile.name, failure.reason if failure is not None else None)
    finally:
        with suppress(StoreError):
            await services.thread(pushes.let_go, profile.name)
    queue = await services.thread(pushes.queue, profile.name)
    if failure is None:
        return PushResult(run.pushed, queue)
    return PushResult(run.pushed, queue, failure.reason, failure.final)


async def unconfirmed(services: Services) -> int:
    """How many numbers wait until a person says that they are to be blocked; 0 where somebody has, or nobody waits.

    Whoever turns it on may have a long list, imported ones too, and nothing here unblocks a number again.
    """
    return await services.thread(_unconfirmed, services)


def _unconfirmed(services: Services) -> int:
    pushes, name = services.store.opt_out_pushes, services.profile.name
    return 0 if pushes.confirmed(name) else pushes.queue(name).open


async def confirm_push(services: Services) -> None:
    """A person has said that whoever waits is to be blocked, those too whom the provider refused before.

    NotPossible where the profile may only look or does not want it; StoreError.
    """
    services.must_be_writable()
    _must_want_it(services.profile)
    pushes, name = services.store.opt_out_pushes, services.profile.name
    await services.thread(pushes.confirm, name)
    await services.thread(pushes.try_refused_again, name)


def _must_want_it(profile: Profile) -> None:
    if not profile.push_opt_outs:
        raise NotPossible(Reason("operations.push.off", {"profile": profile.name}))


async def still_blocked(services: Services, phones: list[str]) -> list[str]:
    """Which of some numbers the provider blocks, or may, because they were on the list: taking them off undoes that
    not."""
    states = await services.thread(services.store.opt_out_pushes.states, services.profile.name, phones)
    kept = (PushState.PUSHED, PushState.UNSURE, PushState.PERHAPS)
    return [phone for phone in phones if states.get(phone) in kept]


class OptOutPusher:
    """Pushes beside the app for as long as it runs, for whatever profile is in use."""

    def __init__(self, services: Callable[[], Services | None], notify: Callable[[Reason], None],
                 sleep: Sleep = asyncio.sleep) -> None:
        self._services = services
        self._notify = notify
        self._sleep = sleep
        self._given_up: Profile | None = None  # with which trying again would not help
        self._failures = 0
        self._told: Profile | None = None  # of which it was said that it is to be confirmed
        self._withdrawn: Profile | None = None

    def again(self) -> None:
        """What was given up may help now."""
        self._given_up = self._told = None

    async def watch(self) -> None:
        """Until it is cancelled."""
        while True:
            await self._sleep(await self._look())

    async def _look(self) -> float:
        """Push what waits; in how many seconds to look again."""
        services = self._services()
        if services is not None and not services.profile.push_opt_outs:
            await self._withdraw(services)
        if services is None or not _may_push(services.profile) or services.profile == self._given_up:
            return _LOOK_SECONDS
        # A profile that is gone over to meanwhile must not lend its account to this one's numbers.
        own = replace(services, _provider=None, _directory=None)
        try:
            if not (await own.thread(own.store.opt_out_pushes.queue, own.profile.name)).open:
                await own.thread(own.store.opt_out_pushes.confirm, own.profile.name)  # there is nobody to ask about
                return _LOOK_SECONDS
            if count := await unconfirmed(own):
                self._tell(own.profile, Reason(UNCONFIRMED, {"count": count}))
                return _LOOK_SECONDS
            return self._after(own.profile, await push_opt_outs(own, sleep=self._sleep))
        except NotPossible:  # another process is at it
            return _LOOK_SECONDS
        except StoreError as failure:
            log.warning("opt-outs wait: %s", failure)
            return self._later()
        finally:
            await own.disconnect()

    async def _withdraw(self, services: Services) -> None:
        if services.profile == self._withdrawn:
            return
        with suppress(StoreError):
            await services.thread(services.store.opt_out_pushes.withdraw, services.profile.name)
            self._withdrawn = services.profile

    def _tell(self, profile: Profile, reason: Reason) -> None:
        if profile != self._told:
            self._told = profile
            self._notify(reason)

    def _after(self, profile: Profile, result: PushResult) -> float:
        if result.stopped is None:
            self._failures = 0
            return _LOOK_SECONDS
        if self._failures == 0 or result.final:
            self._notify(result.stopped)
        if result.final:
            self._given_up = profile
        return self._later()

    def _later(self) -> float:
        self._failures += 1
        return _COMES_BACK.wait(self._failures) or _LOOK_SECONDS


def _may_push(profile: Profile) -> bool:
    return profile.push_opt_outs and not profile.read_only and profile.api_key is not None


class _Run:
    """One run over the queue."""

    def __init__(self, services: Services, progress: Callable[[int], None], sleep: Sleep,
                 jitter: Callable[[], float]) -> None:
        self._services, self._progress, self._sleep, self._jitter = services, progress, sleep, jitter
        self._pushes, self._name = services.store.opt_out_pushes, services.profile.name
        self._failures = 0  # in a row
        self._refused: dict[str, Reason] = {}  # by the provider; whether it blocks them already is looked up
        self.pushed = 0

    async def whole(self) -> _Failure | None:
        """Until nothing waits; why not, where it did not come to that."""
        while True:
            if not await self._services.thread(self._pushes.holds, self._name):  # it stood still, and another goes on
                raise NotPossible(Reason("operations.push.elsewhere"))
            failure = await self._look_up_unsure() or await self._push_some()
            if failure is None:
                if not (await self._services.thread(self._pushes.queue, self._name)).open:
                    return None
                continue
            if failure.final:
                return failure
            self._failures += 1
            seconds = _AGAIN.wait(self._failures, asked=failure.retry_after, jitter=self._jitter())
            if seconds is None:
                return failure
            await self._sleep(seconds)

    async def _look_up_unsure(self) -> _Failure | None:
        """Whoever is in the provider's list is done; who isn't waits again, or is refused for good."""
        from tui.provider.errors import KeyRefused, ProviderError

        thread = self._services.thread
        unsure = await thread(self._pushes.next, self._name, PushState.UNSURE, _AT_ONCE)
        if not unsure:
            return None
        try:
            await fetch_blocked(self._services, sleep=self._sleep)
        except ProviderError as error:
            final = isinstance(error, KeyRefused) or error.reason.params.get("status") in _NOT_THERE
            return _Failure(error.reason, final, error.retry_after)
        blocked = await thread(self._pushes.blocked, self._name, unsure)
        for phone in unsure:
            if phone in blocked:
                await self._done(phone)
            else:
                await thread(self._pushes.not_done, self._name, phone, self._refused.pop(phone, None))
        return None

    async def _push_some(self) -> _Failure | None:
        for phone in await self._services.thread(self._pushes.next, self._name, PushState.WAITING, _AT_ONCE):
            while (seconds := self._services.provider.seconds_until_block()) > 0:
                await self._sleep(seconds)  # here, for it is no wait that anybody has to be shown
            if not await self._services.thread(self._pushes.begin, self._name, phone):
                continue  # it was taken off the list a moment ago
            failure = await self._push(phone)
            if failure is not None:
                return failure
        return None

    async def _push(self, phone: str) -> _Failure | None:
        from tui.provider.blocking import Blocked, NotAllowed, NotBlocked, NotYet, PerhapsBlocked

        not_done = self._pushes.not_done
        if validate_phone(phone).phone != phone:  # who withholds their number can refuse as well
            await self._services.thread(not_done, self._name, phone, Reason("operations.push.no_number"))
            return None
        still = StillOurs(self._services, partial(self._pushes.ours, self._name), phone)
        match await self._services.provider.block_number(phone, may_leave=still):
            case Blocked():
                await self._done(phone)
                return None
            case NotBlocked(reason):
                self._refused[phone] = reason
                return None
            case NotAllowed(reason):
                await self._services.thread(not_done, self._name, phone)
                return _Failure(reason, final=True)
            case NotYet(reason, retry_after):
                await self._services.thread(not_done, self._name, phone)
                return _Failure(reason, retry_after=retry_after)
            case PerhapsBlocked(reason):
                return _Failure(reason)

    async def _done(self, phone: str) -> None:
        await self._services.thread(self._pushes.done, self._name, phone)
        self._refused.pop(phone, None)
        self._failures = 0
        self.pushed += 1
        self._progress(self.pushed)
