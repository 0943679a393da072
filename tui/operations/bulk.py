"""Several campaigns switched or deleted within the provider's limits: what became of each of them is known."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Container, Iterable
from enum import StrEnum
from typing import Final

from msgspec import Struct

from tui.campaign.lifecycle import Action, State
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.operations.services import NotPossible, Services
from tui.operations.switch import SwitchResult, Unclear, switch
from tui.operations.switching_on import finished
from tui.store import Campaign, ChangeRefused, StoreError
from tui.store.errors import WRONG_STATE

log = logging.getLogger("santral.bulk")

_AT_ONCE: Final = 4  # so that one which hangs holds up no other
_ALREADY: Final = TextKeys("operations.bulk.already_{}", (Action.ON, Action.OFF))
_AT_PROVIDER: Final = (State.ON, State.OFF)


class BulkOutcome(StrEnum):
    """What became of one campaign of a bulk run."""

    DONE = "done"
    FAILED = "failed"  # it is as it was
    UNSURE = "unsure"  # the provider may have carried it out
    LEFT = "left"  # it was stopped before this one's turn: nothing was sent


class BulkResult(Struct, frozen=True):
    """What became of one campaign. `behind`: why that could not be kept, where the store's own reason is another."""

    campaign: Campaign
    outcome: BulkOutcome
    reason: Reason | None = None
    behind: Reason | None = None

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return tuple(reason for reason in (self.reason, self.behind) if reason is not None)


class BulkPlan(Struct, frozen=True):
    """What an action can be done to, and why not to the rest."""

    action: Action
    able: tuple[Campaign, ...]
    unable: tuple[tuple[Campaign, Reason], ...]


def plan(action: Action, campaigns: Iterable[Campaign], profile: str, over: Container[int] = ()) -> BulkPlan:
    """What can be done to campaigns as they are, with the key of this profile.

    `over`: the IDs of those that are finished.
    """
    able, unable = [], []
    for campaign in campaigns:
        reason = why_not(action, campaign, profile, over)
        if reason is None:
            able.append(campaign)
        else:
            unable.append((campaign, reason))
    return BulkPlan(action, tuple(able), tuple(unable))


def why_not(action: Action, campaign: Campaign, profile: str, over: Container[int] = ()) -> Reason | None:
    """Why an action can't be done to a campaign; None where it can. `over`: the IDs of those that are finished."""
    named: dict[str, str | int] = {"campaign": campaign.id, "name": campaign.name}
    if campaign.profile != profile:
        return Reason("operations.refused.other_profile", {"name": campaign.name, "profile": campaign.profile})
    if campaign.pending is not None:
        return Reason("store.already_switching", named)
    if action is Action.DELETE and campaign.state.editable:
        return None
    if campaign.state not in _AT_PROVIDER:
        return Reason(WRONG_STATE[campaign.state], named)
    if action is Action.ON and campaign.id in over:
        return finished(campaign)
    if campaign.standing.value == action.value and not campaign.unsure:
        return Reason(_ALREADY[action], {"name": campaign.name})
    return None


def already(reason: Reason) -> bool:
    """Whether an action can't be done because it is so already."""
    return reason.code in _ALREADY


class Bulk:
    """One run of a plan. `on_result` gets each result as it comes; `results` has them all in the end."""

    def __init__(self, services: Services, planned: BulkPlan, on_result: Callable[[BulkResult], None]) -> None:
        self._services = services
        self._action = planned.action
        self._on_result = on_result
        self._waiting = deque(planned.able)
        self._door = asyncio.Lock()  # one at a time waits for the provider's limit
        self._workers: set[asyncio.Task[None]] = set()
        self._under_way: set[asyncio.Task[None]] = set()  # those whose request may have left
        self.of = len(planned.able)
        self.results: list[BulkResult] = []
        self.stopping = False

    def count(self, outcome: BulkOutcome) -> int:
        return sum(result.outcome is outcome for result in self.results)

    @property
    def under_way(self) -> int:
        """Of how many the answer is awaited."""
        return len(self._under_way)

    @property
    def removed(self) -> list[int]:
        """The drafts that were put away, and can be brought back."""
        return [result.campaign.id for result in self.results
                if result.outcome is BulkOutcome.DONE and result.campaign.state.editable]

    def stop(self) -> None:
        """Begin with no further one. What is under way is waited for: then it is certain what became of it."""
        self.stopping = True
        for worker in self._workers - self._under_way:
            worker.cancel()

    def give_up(self) -> None:
        """Wait for nothing: what is under way is in doubt then."""
        self.stopping = True
        for worker in self._workers:
            worker.cancel()

    async def run(self) -> None:
        """Do it. NotPossible where the profile may only look, or has no key; then nothing was done."""
        if any(not campaign.state.editable for campaign in self._waiting):
            self._services.must_be_writable()
            _ = self._services.provider
        self._workers = {asyncio.create_task(self._work()) for _ in range(min(_AT_ONCE, self.of))}
        try:
            if self._workers:
                await asyncio.wait(self._workers)
        except asyncio.CancelledError:
            self.give_up()
            await asyncio.wait(self._workers)
            raise
        finally:
            while self._waiting:
                self._add(BulkResult(self._waiting.popleft(), BulkOutcome.LEFT))

    async def _work(self) -> None:
        worker = asyncio.current_task()
        assert worker is not None  # noqa: S101 - it is a task of its own
        while (campaign := await self._next(worker)) is not None:
            try:
                result = await self._one(campaign)
            except asyncio.CancelledError:
                self._add(BulkResult(campaign, BulkOutcome.UNSURE, Reason("operations.switch.cancelled")))
                raise
            finally:
                self._under_way.discard(worker)
            self._add(result)

    async def _next(self, worker: asyncio.Task[None]) -> Campaign | None:
        """The next one, when its request can leave at once: who is stopped while it waits here has sent nothing."""
        async with self._door:
            if self._waiting and not self._waiting[0].state.editable:
                # Those under way may not be counted yet.
                await self._services.provider.room_to_switch(len(self._under_way) + 1)
            if self.stopping or not self._waiting:
                return None
            self._under_way.add(worker)
            return self._waiting.popleft()

    async def _one(self, campaign: Campaign) -> BulkResult:
        from tui.provider.errors import KeyRefused, NotFound, ProviderError

        services = self._services
        try:
            if campaign.state.editable:
                await services.thread(services.store.drafts.remove, campaign.id)
            elif await switch(services, campaign.id, self._action) is SwitchResult.PUT_AWAY:
                put_away = Reason("operations.switch.put_away", {"name": campaign.name})
                return BulkResult(campaign, BulkOutcome.DONE, put_away)
        except ProviderError as failure:
            if isinstance(failure, KeyRefused):
                self.stop()  # it would be refused to all of them
            unsure = failure.perhaps_done and not isinstance(failure, NotFound)
            return BulkResult(campaign, BulkOutcome.UNSURE if unsure else BulkOutcome.FAILED, failure.reason)
        except (NotPossible, ChangeRefused) as refused:
            return BulkResult(campaign, BulkOutcome.FAILED, refused.reason)
        except Unclear as failure:
            return BulkResult(campaign, BulkOutcome.UNSURE, *failure.reasons)
        except StoreError as failure:  # before the request or after it: nobody knows
            return BulkResult(campaign, BulkOutcome.UNSURE, failure.reason)
        except Exception:
            log.exception("campaign %s: %s", campaign.id, self._action)
            return BulkResult(campaign, BulkOutcome.UNSURE, Reason("operations.switch.failed"))
        return BulkResult(campaign, BulkOutcome.DONE)

    def _add(self, result: BulkResult) -> None:
        self.results.append(result)
        self._on_result(result)
