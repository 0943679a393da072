"""The store as the rooms above hold it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec.structs import replace

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
    from tui.store.call_details import CallDetails
    from tui.store.campaigns import Campaigns
    from tui.store.consents import Consents
    from tui.store.deliveries import Deliveries
    from tui.store.do_not_call import DoNotCall
    from tui.store.do_not_call_pages import DoNotCallPages
    from tui.store.drafts import Drafts
    from tui.store.earlier_launches import EarlierLaunches
    from tui.store.figures import Figures
    from tui.store.follow_ups import FollowUps
    from tui.store.ledger import Ledger
    from tui.store.lives import Lives
    from tui.store.menus import Menus
    from tui.store.merging import Merging
    from tui.store.numbers import Numbers
    from tui.store.opt_out_pushes import OptOutPushes
    from tui.store.person_notes import PersonNotes
    from tui.store.persons import Persons
    from tui.store.planned_follow_ups import PlannedFollowUps
    from tui.store.receivers import Receivers
    from tui.store.recipients import Recipients
    from tui.store.records import Records
    from tui.store.results import Results
    from tui.store.saved_plans import SavedPlans
    from tui.store.spool import Spool
    from tui.store.successions import Successions
    from tui.store.suppression import Suppression
    from tui.store.switches import Switches
    from tui.store.trial_calls import TrialCalls


T = TypeVar("T")


class _Lazy(Generic[T]):
    """A repository of the store, made when it is used first: its module is loaded with that."""

    def __init__(self, path: str, needs: Callable[[Store], tuple[object, ...]] = lambda _store: ()) -> None:
        """`path`: its module in this room, and its class. `needs`: what it is made with, behind the context."""
        self._module, self._class = path.split(":")
        self._needs = needs

    def __set_name__(self, owner: type[Store], name: str) -> None:
        self._name = name

    def __get__(self, store: Store, owner: type[Store]) -> T:
        kind = getattr(import_module(f"tui.store.{self._module}"), self._class)
        made = kind(store._context, *self._needs(store))
        # Python finds it there before it looks here. Where two threads have met here, both get the first one.
        found: T = vars(store).setdefault(self._name, made)
        return found


class Store:
    """All that is remembered, in one database. Several stores, in several processes, may have it open at once.

    Every call may raise StoreError: then nothing was changed.
    """

    drafts: _Lazy[Drafts] = _Lazy("drafts:Drafts")
    campaigns: _Lazy[Campaigns] = _Lazy("campaigns:Campaigns")
    numbers: _Lazy[Numbers] = _Lazy("numbers:Numbers")
    recipients: _Lazy[Recipients] = _Lazy("recipients:Recipients")
    earlier_launches: _Lazy[EarlierLaunches] = _Lazy("earlier_launches:EarlierLaunches")
    ledger: _Lazy[Ledger] = _Lazy("ledger:Ledger", lambda store: (
        lambda: store.earlier_launches, lambda: store._merging))
    switches: _Lazy[Switches] = _Lazy("switches:Switches", lambda store: (store.ledger.recover,))
    account: _Lazy[AccountMemory] = _Lazy("account:AccountMemory")
    menus: _Lazy[Menus] = _Lazy("menus:Menus")
    trial_calls: _Lazy[TrialCalls] = _Lazy("trial_calls:TrialCalls")
    deliveries: _Lazy[Deliveries] = _Lazy(
        "deliveries:Deliveries", lambda store: (store.ledger, store._aggregates, store._merging))
    results: _Lazy[Results] = _Lazy("results:Results", lambda store: (store._aggregates,))
    lives: _Lazy[Lives] = _Lazy("lives:Lives", lambda store: (store.results, store._aggregates))
    figures: _Lazy[Figures] = _Lazy("figures:Figures")
    records: _Lazy[Records] = _Lazy("records:Records", lambda store: (store._aggregates,))
    follow_ups: _Lazy[FollowUps] = _Lazy("follow_ups:FollowUps")
    saved_plans: _Lazy[SavedPlans] = _Lazy("saved_plans:SavedPlans")
    planned_follow_ups: _Lazy[PlannedFollowUps] = _Lazy(
        "planned_follow_ups:PlannedFollowUps", lambda store: (store.follow_ups,))
    successions: _Lazy[Successions] = _Lazy("successions:Successions")
    do_not_call: _Lazy[DoNotCall] = _Lazy("do_not_call:DoNotCall")
    do_not_call_pages: _Lazy[DoNotCallPages] = _Lazy("do_not_call_pages:DoNotCallPages")
    opt_out_pushes: _Lazy[OptOutPushes] = _Lazy("opt_out_pushes:OptOutPushes")
    consents: _Lazy[Consents] = _Lazy("consents:Consents")
    suppression: _Lazy[Suppression] = _Lazy(
        "suppression:Suppression", lambda store: (store.consents, store._aggregates))
    persons: _Lazy[Persons] = _Lazy("persons:Persons", lambda store: (
        store.figures, store.do_not_call, store.person_notes, store.call_details, store.consents))
    person_notes: _Lazy[PersonNotes] = _Lazy("person_notes:PersonNotes")
    call_details: _Lazy[CallDetails] = _Lazy("call_details:CallDetails")
    receivers: _Lazy[Receivers] = _Lazy("receivers:Receivers")
    _aggregates: _Lazy[Aggregates] = _Lazy("aggregates:Aggregates")
    _merging: _Lazy[Merging] = _Lazy("merging:Merging", lambda store: (store._aggregates,))

    def __init__(self, context: Context) -> None:
        self._context = context
        self.warnings: tuple[Reason, ...] = ()  # who else on this machine gets at it, found where it was opened

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
            from tui.store.renewal import Renewal

            Renewal(store._context, store._aggregates).renew()
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
