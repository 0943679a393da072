"""The store as the rooms above hold it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.clock import utc_now
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.store.database import Database
from tui.store.errors import StoreFailed
from tui.store.file_permissions import keep_private
from tui.store.lease import FileLease, Lease
from tui.store.repository import Context
from tui.store.sqlite import SqliteDatabase
from tui.store.values import Condition, HistoryEntry

if TYPE_CHECKING:  # a part is loaded when it is used first: the start needs few of them
    from tui.store.account import AccountMemory
    from tui.store.aggregates import Aggregates
    from tui.store.campaigns import Campaigns
    from tui.store.deliveries import Deliveries
    from tui.store.do_not_call import DoNotCall
    from tui.store.drafts import Drafts
    from tui.store.figures import Figures
    from tui.store.follow_ups import FollowUps
    from tui.store.ledger import Ledger
    from tui.store.menus import Menus
    from tui.store.merging import Merging
    from tui.store.numbers import Numbers
    from tui.store.receivers import Receivers
    from tui.store.recipients import Recipients
    from tui.store.records import Records
    from tui.store.results import Results
    from tui.store.spool import Spool
    from tui.store.suppression import Suppression
    from tui.store.switches import Switches
    from tui.store.trial_calls import TrialCalls


class Store:
    """All that is remembered, in one database. Several stores, in several processes, may have it open at once.

    Every call may raise StoreError: then nothing was changed.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self.warnings: tuple[Reason, ...] = ()  # who else on this machine gets at it, found where it was opened

    @cached_property
    def drafts(self) -> Drafts:
        from tui.store.drafts import Drafts

        return Drafts(self._context)

    @cached_property
    def campaigns(self) -> Campaigns:
        from tui.store.campaigns import Campaigns

        return Campaigns(self._context)

    @cached_property
    def numbers(self) -> Numbers:
        from tui.store.numbers import Numbers

        return Numbers(self._context)

    @cached_property
    def recipients(self) -> Recipients:
        from tui.store.recipients import Recipients

        return Recipients(self._context)

    @cached_property
    def ledger(self) -> Ledger:
        from tui.store.ledger import Ledger

        return Ledger(self._context, lambda: self._merging)

    @cached_property
    def switches(self) -> Switches:
        from tui.store.switches import Switches

        return Switches(self._context, self.ledger.recover)

    @cached_property
    def account(self) -> AccountMemory:
        from tui.store.account import AccountMemory

        return AccountMemory(self._context)

    @cached_property
    def menus(self) -> Menus:
        from tui.store.menus import Menus

        return Menus(self._context)

    @cached_property
    def trial_calls(self) -> TrialCalls:
        from tui.store.trial_calls import TrialCalls

        return TrialCalls(self._context)

    @cached_property
    def deliveries(self) -> Deliveries:
        from tui.store.deliveries import Deliveries

        return Deliveries(self._context, self.ledger, self._aggregates, self._merging)

    @cached_property
    def results(self) -> Results:
        from tui.store.results import Results

        return Results(self._context, self._aggregates)

    @cached_property
    def figures(self) -> Figures:
        from tui.store.figures import Figures

        return Figures(self._context)

    @cached_property
    def records(self) -> Records:
        from tui.store.records import Records

        return Records(self._context, self._aggregates)

    @cached_property
    def follow_ups(self) -> FollowUps:
        from tui.store.follow_ups import FollowUps

        return FollowUps(self._context)

    @cached_property
    def do_not_call(self) -> DoNotCall:
        from tui.store.do_not_call import DoNotCall

        return DoNotCall(self._context)

    @cached_property
    def suppression(self) -> Suppression:
        from tui.store.suppression import Suppression

        return Suppression(self._context)

    @cached_property
    def receivers(self) -> Receivers:
        from tui.store.receivers import Receivers

        return Receivers(self._context)

    @cached_property
    def _aggregates(self) -> Aggregates:
        from tui.store.aggregates import Aggregates

        return Aggregates(self._context)

    @cached_property
    def _merging(self) -> Merging:
        from tui.store.merging import Merging

        return Merging(self._context, self._aggregates)

    @classmethod
    def open(cls, location: Path | Secret, *, fold: Callable[[str], str], sort_key: Callable[[str], str],
             now: Callable[[], dt.datetime] = utc_now) -> Store:
        """Open the database at `location`: a file's path, or a whole PostgreSQL address (`postgresql://…`).

        What isn't there yet is made: the file for its owner alone, a missing folder too; the tables in an empty schema.
        `fold` makes names comparable for looking up (İSTANBUL, istanbul); texts that `sort_key` makes of them sort as
        the names should. `now` is aware. Raises StoreError: StoreTooNew, StoreTooOld, StoreForeign, StoreDamaged,
        StoreReadOnly, StoreFull, StoreBusy.
        """
        before = keep_private(location) if isinstance(location, Path) else ()
        database, lease = _opened(location)
        store = cls(Context(database=database, lease=lease, fold=fold, sort_key=sort_key, now=now))
        store.warnings = before
        store.campaigns.work_out_ends()
        if store.figures.outdated():
            store._aggregates.renew()
        return store

    @staticmethod
    def spool_at(location: Path | Secret) -> Spool:
        """Where a receiver on this machine keeps what the store there can't take, as long as it can't be opened."""
        if isinstance(location, Path):
            from tui.store.file_identity import spool_of

            return spool_of(location)
        from tui.store.postgresql import address

        return address.spool_of(location)

    def close(self) -> None:
        """Close the database, and let go of what is in flight: whoever recovers next gives it up."""
        self._context.database.close()
        self._context.lease.release()

    @contextmanager
    def apart(self) -> Iterator[Store]:
        """The same store by a connection of its own, for long work in another thread: nobody here waits for it."""
        with closing(self._context.database.another()) as database:
            yield Store(replace(self._context, database=database))

    def copy_into(self, target: Store, on_table: Callable[[str, int], None],
                  check: Callable[[], None] = lambda: None) -> dict[str, int]:
        """Copy everything into an empty store; how many rows of each table. NotCopied; then nothing was copied.

        `on_table` is called for each table that is done; what `check` raises ends it. What is written here meanwhile is
        not in the copy.
        """
        from tui.store.copying import copy_all

        return copy_all(self._context.database, target._context.database, on_table, check)

    def history(self, campaign: int) -> list[HistoryEntry]:
        """What happened to a campaign, newest first. NoSuchCampaign."""
        from tui.store.history import History

        return History(self._context).of(campaign)

    def condition(self) -> Condition:
        """How the database itself is. It is read whole for that."""
        from tui.store import migrate

        database = self._context.database
        return Condition(database.schema(), migrate.known(), database.damage())

    def in_place(self) -> bool:
        """Whether this is still the file at its path: what is written into another is lost. A few microseconds.

        To be asked before anything is done that must not be done without its being remembered. Every call that writes
        asks it after its commit, and raises StoreGone where it isn't.
        """
        return self._context.database.in_place()

    def reopen(self) -> None:
        """Go over to the file that is at the path now. StoreGone where none of ours is; what was open stays so then.

        For whoever knows what it writes by names of others' alone: IDs that were read before may be another's there.
        """
        self._context.database.reopen()

    @property
    def name(self) -> str:
        """What a person knows its database by."""
        return self._context.database.name

    @property
    def spool(self) -> Spool:
        """Where a receiver on this machine keeps what this store can't take."""
        return self._context.database.spool

    def data_version(self) -> int:
        """A number that grows within a second of any writing, by this store or by anyone."""
        return self._context.database.data_version()


def _opened(location: Path | Secret) -> tuple[Database, Lease]:
    if isinstance(location, Path):
        return SqliteDatabase(location), FileLease(location)
    try:
        from tui.store.postgresql.database import PostgresqlDatabase
        from tui.store.postgresql.session import SessionLease
    except ImportError as error:
        raise StoreFailed(Reason("store.no_driver")) from error
    shared = PostgresqlDatabase(location)
    return shared, SessionLease(shared)
