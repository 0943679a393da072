"""The store as the rooms above hold it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from tui.store.account import AccountMemory
from tui.store.campaigns import Campaigns
from tui.store.database import Database
from tui.store.drafts import Drafts
from tui.store.history import History
from tui.store.holder import Holder
from tui.store.ledger import Ledger
from tui.store.menus import Menus
from tui.store.numbers import Numbers
from tui.store.part import Context
from tui.store.switches import Switches
from tui.store.test_calls import TestCalls
from tui.store.values import HistoryEntry


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Store:
    """All that is remembered, in one file. Several stores, in several processes, may have the file open at once.

    Every call may raise StoreError: then nothing was changed.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self.drafts = Drafts(context)
        self.campaigns = Campaigns(context)
        self.numbers = Numbers(context)
        self.ledger = Ledger(context)
        self.switches = Switches(context, self.ledger.recover)
        self.account = AccountMemory(context)
        self.menus = Menus(context)
        self.test_calls = TestCalls(context)
        self._history = History(context)

    @classmethod
    def open(cls, path: Path, *, fold: Callable[[str], str], sort_key: Callable[[str], str],
             now: Callable[[], dt.datetime] = utc_now) -> Store:
        """Open the database at `path`, or make it: its file for its owner alone, a missing folder too.

        `fold` makes names comparable for looking up (İSTANBUL, istanbul); texts that `sort_key` makes of them sort as
        the names should. `now` is aware. Raises StoreError: StoreTooNew, StoreForeign, StoreDamaged, StoreReadOnly,
        StoreFull, StoreBusy.
        """
        return cls(Context(database=Database(path), holder=Holder(path), fold=fold, sort_key=sort_key, now=now))

    def close(self) -> None:
        """Close the file, and let go of what is in flight: whoever recovers next gives it up."""
        self._context.database.close()
        self._context.holder.release()

    def history(self, campaign: int) -> list[HistoryEntry]:
        """What happened to a campaign, newest first. NoSuchCampaign."""
        return self._history.of(campaign)

    def data_version(self) -> int:
        """A number that grows whenever the file was written to, by this store or by anyone."""
        return self._context.database.data_version()
