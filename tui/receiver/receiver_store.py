"""The receiver's store, opened as soon as it can be; gone over to what is at its path where that is another file."""

from __future__ import annotations

import logging
from collections.abc import Callable

from tui.core.reason import Reason
from tui.store import Store, StoreBusy, StoreError
from tui.store.spool import Spool

log = logging.getLogger("santral.receiver")


class Strange(StoreError):
    """The store doesn't know a token that it knew when there was another file at its path: that one's, it may be."""


class ReceiverStore:
    """Called in the store's thread. `times`: how often there was another file; each may hold other tokens.

    `why`: the store was not open yet when it was tried last. What is written beside it meanwhile goes to `spool`.
    """

    def __init__(self, opens: Callable[[], Store], spool: Spool, why: StoreError | None = None) -> None:
        self._opens, self._spool, self.why = opens, spool, why
        self._store: Store | None = None
        self.times = 0

    @classmethod
    def of(cls, store: Store) -> ReceiverStore:
        """That of a store that is open."""
        made = cls(lambda: store, store.spool)
        made._store = store
        return made

    def __call__(self) -> Store:
        """The store that is found at its path now. StoreGone where there is none; StoreBusy: it can't be opened."""
        if self._store is None:
            self._store = self._opened()
        if not self._store.in_place():
            self._store.reopen()
            self.times += 1
            log.warning("the database was moved, deleted or replaced: what is at its path is used from now on")
        return self._store

    @property
    def spool(self) -> Spool:
        return self._spool if self._store is None else self._store.spool

    def close(self) -> None:
        if self._store is not None:
            self._store.close()

    def strange(self) -> Strange:
        return Strange(Reason("store.gone", {"path": "" if self._store is None else self._store.name}))

    def _opened(self) -> Store:
        try:
            store = self._opens()
        except StoreError as failure:
            self.why = failure
            if isinstance(failure, StoreBusy):
                raise
            # Nothing is lost by waiting until somebody has seen to it.
            raise StoreBusy(failure.reason) from failure
        self.why = None
        return store
