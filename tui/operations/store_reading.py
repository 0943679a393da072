"""Reading the store again when this program or any other has written to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tui.operations.services import Services


class StoreReading:
    """Reads once for each version of the store.

    What is read counts as read only when `read` has ended, so a reading that fails or is cut off is made again.
    """

    def __init__(self, services: Callable[[], Services], read: Callable[[], Awaitable[None]]) -> None:
        self._services = services
        self._read = read
        self._forgotten = 0  # times
        self._known: tuple[int, int] | None = None  # the version, and how often it was forgotten, as read last

    def has_read(self, version: int) -> None:
        """Somebody has read what the store had at this version."""
        self._known = version, self._forgotten

    def forget(self) -> None:
        """The next look reads, whatever the version: what was read depends on more than the store."""
        self._forgotten += 1

    async def look(self) -> bool:
        """Read where the store's version is another than that of the last reading; whether it was. StoreError."""
        services = self._services()
        found = await services.thread(services.store.data_version), self._forgotten
        if found == self._known:
            return False
        await self._read()
        self._known = found
        return True

    async def again(self) -> None:
        """Read, whatever the version. StoreError."""
        self.forget()
        await self.look()
