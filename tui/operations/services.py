"""What the operations work with, built once by the app or the command line and handed in."""

from __future__ import annotations

import asyncio
import datetime as dt
import secrets
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.campaign.lifecycle import AskedBy
from tui.config import Profile
from tui.core.clock import utc_now
from tui.core.reason import Reason
from tui.store import Campaign, Store, StoreThread

if TYPE_CHECKING:
    from tui.campaign.calling_hours import CallingPolicy
    from tui.operations.directory import Directory
    from tui.operations.outcome_writer import OutcomeWriter
    from tui.operations.player import Player
    from tui.provider.client import Provider


class NotPossible(Exception):
    """An operation was refused before anything was sent; `reason` is the sentence."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def seconds_passed() -> float:
    """Since some moment; those in which the machine slept count too, where the system counts them."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


@dataclass
class Services:
    """The store, its thread, the profile in use and the way to the provider.

    `connect` makes the client of a profile: the HTTP library is loaded when it is first called, not at the start.
    """

    store: Store
    thread: StoreThread
    profile: Profile
    connect: Callable[[Profile], Provider]
    asked_by: AskedBy
    profiles: Collection[str] = ()  # the names of all there are
    public_url: str | None = None  # where the provider reaches our receiver; None where none is configured
    now: Callable[[], dt.datetime] = utc_now
    seconds: Callable[[], float] = seconds_passed
    user_name: Callable[[], str] = str  # who works with the program; "" where nobody asks the system
    new_token: Callable[[], str] = field(default=lambda: secrets.token_urlsafe(24))
    consents_turn: asyncio.Lock = field(default_factory=asyncio.Lock)  # of whoever imports consents
    recordings: Path | None = None  # where one was saved last in this run
    _provider: Provider | None = field(default=None, repr=False)
    _directory: Directory | None = field(default=None, repr=False)

    @property
    def provider(self) -> Provider:
        """The one client of the profile in use. NotPossible where the profile has no key."""
        if self.profile.api_key is None:
            raise NotPossible(Reason("operations.refused.no_key", {"profile": self.profile.name}))
        if self._provider is None:
            self._provider = self.connect(self.profile)
        return self._provider

    @property
    def directory(self) -> Directory:
        """What is known of the account of the profile in use."""
        if self._directory is None:
            from tui.operations.directory import Directory

            self._directory = Directory(self.store, self.thread, self.profile.name, self._provider_or_reason, self.now)
        return self._directory

    def _provider_or_reason(self) -> Provider | Reason:
        try:
            return self.provider
        except NotPossible as failure:
            return failure.reason

    @cached_property
    def outcome_writer(self) -> OutcomeWriter:
        """What is written down however long the store takes."""
        from tui.operations.outcome_writer import OutcomeWriter

        return OutcomeWriter(self.thread)

    @cached_property
    def player(self) -> Player:
        """What plays a recording that isn't to be kept."""
        from tui.operations.player import Player

        return Player()

    def finish(self) -> list[Reason]:
        """Close the store, all that it was asked for done; what is lost where it did not take it."""
        if "player" in vars(self):
            self.player.close()
        self.thread.close()
        lost = self.outcome_writer.finish() if "outcome_writer" in vars(self) else []  # not made for this
        self.store.close()
        return lost

    def must_be_writable(self) -> None:
        """NotPossible where the profile may only look."""
        if self.profile.read_only:
            raise NotPossible(Reason("operations.refused.read_only", {"profile": self.profile.name}))

    def must_be_ours(self, campaign: Campaign) -> None:
        """NotPossible where a campaign is another profile's: the key in use is not that of its account."""
        if campaign.profile != self.profile.name:
            raise NotPossible(Reason("operations.refused.other_profile",
                                     {"name": campaign.name, "profile": campaign.profile}))

    def calling_policy(self) -> CallingPolicy:
        """When this profile means to call. Holidays are left out until `load_holidays` has been waited for."""
        from tui.campaign import holidays
        from tui.campaign.calling_hours import CallingPolicy

        return CallingPolicy(self.profile.polite_hours, holidays.turkish if holidays.loaded() else holidays.no_calendar)

    async def load_holidays(self) -> None:
        """Load the library that knows them, in a thread; at once where it is loaded."""
        from tui.campaign import holidays

        if not holidays.loaded():
            await asyncio.to_thread(holidays.load)

    async def use(self, profile: Profile) -> None:
        """Go over to another profile."""
        await self.disconnect()
        self.profile = profile

    async def disconnect(self) -> None:
        """End what the provider is asked for, and close the connections to it. Whoever asks again connects anew."""
        directory, self._directory = self._directory, None
        if directory is not None:
            await directory.aclose()
        provider, self._provider = self._provider, None
        if provider is not None:
            await provider.aclose()

    async def close(self) -> None:
        await self.disconnect()
        self.finish()
