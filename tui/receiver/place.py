"""The receiver's store, gone over to what is at its path where that is another file by now."""

from __future__ import annotations

import logging

from tui.campaign.reason import Reason
from tui.store import Store, StoreError

log = logging.getLogger("santral.receiver")


class Strange(StoreError):
    """The store doesn't know a token that it knew when there was another file at its path: that one's, it may be."""


class Place:
    """Called in the store's thread. `times`: how often there was another file; each may hold other tokens."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.times = 0

    def __call__(self) -> Store:
        """The store that is found at its path now. StoreGone where there is none."""
        if not self._store.in_place():
            self._store.reopen()
            self.times += 1
            log.warning("the database was moved, deleted or replaced: what is at its path is used from now on")
        return self._store

    def strange(self) -> Strange:
        return Strange(Reason("store.gone", {"path": self._store.name}))
