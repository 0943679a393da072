"""Watching the store: a screen reads its data again when this program or any other has written."""

from __future__ import annotations

from typing import Any

from textual.worker import Worker

from tui.app.screen import AppScreen
from tui.app.screen_work import Job
from tui.operations.store_reading import StoreReading


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
    """A watcher that reads where the store's version is another. `each_look` runs before the version is asked."""

    def __init__(self, screen: AppScreen[Any], reload: Job, *, each_look: Job | None = None) -> None:
        super().__init__(screen, self._read_what_changed)
        self._reading = StoreReading(lambda: screen.services, reload)
        self._each_look = each_look

    def has_read(self, version: int) -> None:
        """What is shown is what the store had at this version."""
        self._reading.has_read(version)

    def forget(self) -> None:
        """The next look reads, whatever the version: what is shown depends on more than the store."""
        self._reading.forget()

    async def _read_what_changed(self) -> None:
        if self._each_look is not None:
            await self._each_look()
        await self._reading.look()
