"""Watching the store: a screen reads its data again when this program or any other has written."""

from __future__ import annotations

from typing import Any

from textual.worker import Worker

from tui.app.screen import AppScreen
from tui.app.screen_work import Job


class Watcher:
    """Does `job` beside its screen every few moments while that is in front.

    One look ends before the next begins: a slow one would never end otherwise.
    """

    def __init__(self, screen: AppScreen[Any], job: Job) -> None:
        self._screen = screen
        self._job = job
        self._look: Worker[None] | None = None  # begun last

    def start(self, seconds: float) -> None:
        """Look every so many seconds from now on."""
        self._screen.set_front_interval(seconds, self.look)

    def look(self) -> None:
        """Look now, unless a look is under way."""
        if self._look is None or self._look.is_finished or self._look.is_cancelled:
            self._look = self._screen.work(self._job, group="watch")


class StoreWatcher(Watcher):
    """A watcher that asks for the store's data version, and reads where it is another.

    What is read counts as read only when `reload` has ended, so a look that fails or is cut off is made again.
    `each_look` runs before the version is asked.
    """

    def __init__(self, screen: AppScreen[Any], reload: Job, *, each_look: Job | None = None) -> None:
        super().__init__(screen, self._read_what_changed)
        self._reload = reload
        self._each_look = each_look
        self._forgotten = 0  # times
        self._read: tuple[int, int] | None = None  # the version, and how often it was forgotten, as read last

    def forget(self) -> None:
        """The next look reads, whatever the version: what is shown depends on more than the store."""
        self._forgotten += 1

    async def _read_what_changed(self) -> None:
        if self._each_look is not None:
            await self._each_look()
        services = self._screen.services
        found = await services.thread(services.store.data_version), self._forgotten
        if found != self._read:
            await self._reload()
            self._read = found
