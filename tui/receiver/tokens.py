"""Which paths are ours: known before anything of a request's body is read."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from typing import Final

from tui.receiver.receiver_store import ReceiverStore
from tui.store import StoreThread

# What a token may look like; what doesn't is none, and nobody is asked.
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
# A token is in the store before it is handed out: one that isn't there now was made up.
_UNKNOWN_SECONDS: Final = 60.0
_MAX_UNKNOWN: Final = 10_000


class Tokens:
    """The tokens of the store, in memory: one made since is looked up when it is first used."""

    def __init__(self, place: ReceiverStore, thread: StoreThread, clock: Callable[[], float] = time.monotonic) -> None:
        self._place, self._thread, self._clock = place, thread, clock
        self._times = 0  # as the place has it: what another store didn't know this one may
        self._known: set[str] = set()
        self._unknown: dict[str, float] = {}  # until when each is taken for made up, the oldest first
        self._asked: dict[str, asyncio.Future[bool]] = {}
        self._looking: asyncio.Task[None] | None = None

    async def load(self) -> None:
        """Read all that there are. StoreError."""
        self._known.update(await self._thread(self._all))

    def remembers(self, token: str) -> bool | None:
        """What can be said of a token without asking: True, False, or None where it has to be asked."""
        if token in self._known:
            return True
        return False if self._is_made_up(token) else None

    async def knows(self, token: str) -> bool:
        """Whether a token is a campaign's or a profile's. StoreError."""
        remembered = self.remembers(token)
        if remembered is not None:
            return remembered
        if token not in self._asked:
            self._asked[token] = asyncio.get_running_loop().create_future()
            if self._looking is None:
                self._looking = asyncio.create_task(self._look())
        # Several requests may wait for it: one that is cancelled takes it from none.
        return await asyncio.shield(self._asked[token])

    def forget(self, token: str) -> None:
        """The store doesn't know it any more."""
        self._known.discard(token)

    async def _look(self) -> None:
        """Look up together what is asked for, however many made-up paths there are."""
        try:
            while self._asked:
                asked, self._asked = self._asked, {}
                try:
                    found = await self._thread(self._among, list(asked))
                except Exception as failure:  # noqa: BLE001 - whoever waits gets it
                    for future in asked.values():
                        future.set_exception(failure)
                        future.exception()  # asked for, should nobody wait any more
                    continue
                for token, future in asked.items():
                    self._note(token, known=token in found)
                    future.set_result(token in found)
        finally:
            self._looking = None

    def _all(self) -> list[str]:
        return self._place().deliveries.tokens()

    def _is_made_up(self, token: str) -> bool:
        if self._times != self._place.times:
            self._times = self._place.times
            self._unknown.clear()
        return not _TOKEN.fullmatch(token) or self._unknown.get(token, 0.0) > self._clock()

    def _among(self, tokens: Sequence[str]) -> set[str]:
        deliveries = self._place().deliveries
        return {token for token in tokens if deliveries.knows(token)}

    def _note(self, token: str, *, known: bool) -> None:
        if known:
            self._known.add(token)
            return
        self._unknown.pop(token, None)
        self._unknown[token] = self._clock() + _UNKNOWN_SECONDS
        if len(self._unknown) > _MAX_UNKNOWN:
            del self._unknown[next(iter(self._unknown))]
