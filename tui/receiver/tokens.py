"""Which paths are ours: told before anything of a request's body is read."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from typing import Final

from tui.store import Store, StoreThread

# What a token may look like; what doesn't is none, and nobody is asked.
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
# A token is in the store before it is handed out: one that isn't there now was made up.
_UNKNOWN_SECONDS: Final = 60.0
_MOST_UNKNOWN: Final = 10_000


class Tokens:
    """The tokens of the store, in memory: one made since is looked up when it is first used."""

    def __init__(self, store: Store, thread: StoreThread, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._thread, self._clock = store, thread, clock
        self._known: set[str] = set()
        self._unknown: dict[str, float] = {}  # until when each is taken for made up, the oldest first
        self._asked: dict[str, asyncio.Future[bool]] = {}
        self._looking: asyncio.Task[None] | None = None

    async def load(self) -> None:
        """Read all that there are. StoreError."""
        self._known.update(await self._thread(self._store.deliveries.tokens))

    async def knows(self, token: str) -> bool:
        """Whether a token is a campaign's or a profile's. StoreError."""
        if token in self._known:
            return True
        if not _TOKEN.fullmatch(token) or self._unknown.get(token, 0.0) > self._clock():
            return False
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
                except Exception as failure:  # noqa: BLE001 - whoever waits is told
                    for future in asked.values():
                        future.set_exception(failure)
                        future.exception()  # asked for, should nobody wait any more
                    continue
                for token, future in asked.items():
                    self._note(token, known=token in found)
                    future.set_result(token in found)
        finally:
            self._looking = None

    def _among(self, tokens: Sequence[str]) -> set[str]:
        return {token for token in tokens if self._store.deliveries.knows(token)}

    def _note(self, token: str, *, known: bool) -> None:
        if known:
            self._known.add(token)
            return
        self._unknown.pop(token, None)
        self._unknown[token] = self._clock() + _UNKNOWN_SECONDS
        if len(self._unknown) > _MOST_UNKNOWN:
            del self._unknown[next(iter(self._unknown))]
