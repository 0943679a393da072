"""Any one statement may fail, at any time: what was acknowledged is there once, and all goes on when the fault ends."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, cast

import psycopg
import pytest

from tests.store.results import PROVIDER_ID, assert_as_recounted, begun, calling, delivered, phone, told
from tests.store.support import bad, good, launched
from tui.campaign.lifecycle import Created, State, Unconfirmed
from tui.campaign.results import Unreadable
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.store import Delivery, RowFilter, Store, StoreError, list_building, list_changes, merging, sqlite
from tui.store import lists as making
from tui.store.lists import Leftovers
from tui.store.postgresql.database import PostgresqlDatabase

SEED: Final = secrets.randbits(32)
MOST: Final = 400  # statements of any act here
SQLITE: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY,
                 sqlite3.SQLITE_CORRUPT)
POSTGRESQL: Final = (psycopg.errors.AdminShutdown, psycopg.errors.DiskFull, psycopg.errors.LockNotAvailable,
                     psycopg.errors.ReadOnlySqlTransaction, psycopg.OperationalError)
WHY: Final = Reason("provider.unconfirmed.timeout", {})


class Failing:
    """A connection of which the statement in one place fails, and with it what the database does then by itself."""

    def __init__(self, connection: Any, place: int, fail: Callable[[], Exception]) -> None:  # noqa: ANN401 - a driver's
        self._connection, self._place, self._fail = connection, place, fail
        self.failed = False

    def execute(self, sql: str, *values: object) -> object:
        self._count(sql)
        return self._connection.execute(sql, *values)

    def executemany(self, sql: str, *values: object) -> object:
        self._count(sql)
        return self._connection.executemany(sql, *values)

    def __getattr__(self, name: str) -> object:
        return getattr(self._connection, name)

    def _count(self, sql: str) -> None:
        if sql == "ROLLBACK":
            return
        self._place -= 1
        if self._place == 0:
            self.failed = True
            raise self._fail()


def sqlite_error(code: int) -> Callable[[], Exception]:
    def fail() -> Exception:
        error = sqlite3.OperationalError(f"fault {code}")
        error.sqlite_errorcode = code
        return error

    return fail


@contextmanager
def failing(store: Store, place: int, kind: int) -> Iterator[Failing]:
    """The statement in a place fails; then all is well again."""
    database = cast("Any", store._context.database)
    if isinstance(database, PostgresqlDatabase):
        fault = POSTGRESQL[kind % len(POSTGRESQL)]
        wrapped = Failing(database._connection, place, lambda: fault("fault"))
    else:
        wrapped = Failing(database._connection, place, sqlite_error(SQLITE[kind % len(SQLITE)]))
    database._connection = wrapped
    try:
        yield wrapped
    finally:
        if database._connection is wrapped:
            database._connection = wrapped._connection


@pytest.fixture(autouse=True)
def _bits(monkeypatch: pytest.MonkeyPatch) -> None:
    for home, name, many in ((list_changes, "FEW", 2), (list_building, "_FEW", 4), (making, "AT_ONCE", 3),
                             (merging, "AT_ONCE", 2), (sqlite, "GIVE_WAY_SECONDS", 0)):
        monkeypatch.setattr(home, name, many)


def each_fault(store: Store, prepare: Callable[[], Callable[[], object]], check: Callable[[bool], None]) -> None:
    """Have each statement of an act fail in turn. `check` is told whether the act said that it was done."""
    print(f"seed {SEED}")  # noqa: T201 - a fault that it finds is found again by it
    for place in range(1, MOST):
        act = prepare()
        with failing(store, place, SEED + place) as fault:
            told = None
            try:
                act()
            except StoreError as error:
                told = error.reason
        assert told is None or say(told.code, **told.params)
        done = told is None
        check(done)
        if not fault.failed:
            assert done
            return
    pytest.fail("it has no end")


def test_of_what_comes_nothing_is_lost_that_was_said_to_be_kept(store: Store) -> None:
    campaign = calling(store, numbers=5)
    group: list[Delivery] = []
    kept: set[str] = set()

    def prepare() -> Callable[[], object]:
        names = [f"n{len(kept)}-{secrets.token_hex(4)}" for _ in range(3)]
        group[:] = [delivered(told(1 + place, name=name)) for place, name in enumerate(names)]
        group.append(delivered(Unreadable(names[0].encode(), WHY)))
        return lambda: store.deliveries.ingest(group)

    def check(done: bool) -> None:
        if not done:
            store.deliveries.ingest(group)  # as whoever was not told that it is kept tells it again
        names = {delivery.what.notification_id for delivery in group[:3]}  # type: ignore[union-attr] # notifications
        kept.update(names)
        rows = [row[0] for row in store._context.database.all("SELECT notification_id FROM notifications")]
        assert sorted(rows) == sorted(kept)
        assert_as_recounted(store, campaign)

    each_fault(store, prepare, check)


def test_what_was_kept_beside_it_is_taken_in_once(store: Store) -> None:
    calling(store, numbers=5)
    many = 0

    def prepare() -> Callable[[], object]:
        nonlocal many
        many += 1
        group = [delivered(Unreadable(b"%d" % many, WHY)), delivered(told(1, name=f"n{many}"))]
        return lambda: store.deliveries.ingest(group, spooled=f"file {many}")

    def check(_done: bool) -> None:
        group = [delivered(Unreadable(b"%d" % many, WHY)), delivered(told(1, name=f"n{many}"))]
        store.deliveries.ingest(group, spooled=f"file {many}")  # the file is taken away after that alone
        assert store.deliveries.unreadable_count("acme") == many
        assert store._context.database.number("SELECT count(*) FROM notifications") == many

    each_fault(store, prepare, check)


def rows(store: Store, campaign: int) -> object:
    return ([(row.position, row.phone, row.duplicate_of) for row in store.numbers.page(campaign, 0, 99)],
            [(row.typed, row.why) for row in store.numbers.each_dropped(campaign)])


def assert_counted(store: Store, campaign: int) -> None:
    summary, found = store.numbers.summary(campaign), store.numbers.page(campaign, 0, 99)
    assert (summary.total, summary.bad, summary.duplicates) == (
        len(found), sum(row.problem is not None for row in found), sum(row.duplicate_of is not None for row in found))


LIST: Final = [*(good(phone(number)) for number in (1, 2, 3, 1, 2, 4)), *([bad()] * 3)]


@pytest.mark.parametrize("change", [
    lambda store, campaign: store.numbers.add(campaign, [good(phone(5))]),
    lambda store, campaign: store.numbers.add(campaign, LIST),
    lambda store, campaign: store.numbers.replace(campaign, 1, good(phone(6))),
    lambda store, campaign: store.numbers.clear(campaign),
    lambda store, campaign: store.numbers.drop(campaign, [1, 2, 5, 7]),
    lambda store, campaign: store.numbers.drop_which(campaign, RowFilter.PROBLEMS),
    lambda store, campaign: store.numbers.drop(campaign, [1]),
    lambda store, campaign: store.numbers.bring_back(campaign),
    lambda store, campaign: store.numbers.undo(campaign),
    lambda store, campaign: store.drafts.copy(campaign, numbers=True),
], ids=["add one", "add many", "replace", "clear", "drop many", "drop bad", "drop one", "bring back", "undo", "copy"])
def test_a_list_is_as_it_was_or_as_it_should_be(store: Store, change: Callable[[Store, int], object]) -> None:
    campaign, before, after = 0, None, None

    def made() -> int:
        draft = store.drafts.create("acme", {"name": "Anket"})
        store.numbers.add(draft, LIST)
        store.numbers.drop(draft, [3, 4, 6])
        return draft

    def prepare() -> Callable[[], object]:
        nonlocal campaign, before, after
        reference = made()
        change(store, reference)
        after = rows(store, reference)
        campaign = made()
        before = rows(store, campaign)
        return lambda: change(store, campaign)

    def check(done: bool) -> None:
        found = rows(store, campaign)
        assert found == (after if done else before)
        assert_counted(store, campaign)
        Leftovers(store._context).clear_away()
        assert rows(store, campaign) == found

    each_fault(store, prepare, check)


def everything(store: Store) -> dict[str, list[str]]:
    """All rows of all tables."""
    database = store._context.database
    with database.read():
        return {table: sorted(str(list(row)) for row in database.each(table, columns))
                for table, columns in database.tables().items()}


PHONES: Final = [phone(number) for number in range(1, 8)]


@pytest.mark.parametrize("act", [
    lambda store, campaign, again: store.drafts.change(campaign, {"name": again}),
    lambda store, campaign, again: store.drafts.keep_typed(campaign, again),
    lambda store, _campaign, again: store.menus.save("acme", again, {"name": again}),
    lambda store, campaign, again: store.trial_calls.make(campaign, {"name": again}, good(phone(1))),
    lambda store, campaign, again: launched(store, campaign, body=again),
    lambda store, campaign, _again: store.drafts.remove(campaign),
    lambda store, _campaign, again: store.account.keep("acme", "queue", {1: again, 2: again}),
    lambda store, _campaign, again: store.campaigns.track_foreign("acme", int(again), again, State.ON),
    lambda store, _campaign, again: store.deliveries.profile_token(again, lambda: again),
], ids=["change", "typed", "menu", "test call", "launch", "remove", "account", "adopt", "token"])
def test_what_is_said_to_have_failed_has_changed_nothing(store: Store,
                                                         act: Callable[[Store, int, str], object]) -> None:
    before: dict[str, list[str]] = {}
    names = map(str, range(70_000, 80_000))

    def prepare() -> Callable[[], object]:
        campaign = store.drafts.create("acme", {"name": "Anket"})
        before.update(everything(store))
        return lambda: act(store, campaign, next(names))

    def check(done: bool) -> None:
        assert (everything(store) != before) is done

    each_fault(store, prepare, check)


@pytest.mark.parametrize("on", [True, False])
def test_of_many_numbers_it_is_said_how_many_are_done(store: Store, on: bool) -> None:
    numbers, told = store.do_not_call, 0

    def prepare() -> Callable[[], object]:
        (numbers.remove if on else numbers.add)("acme", PHONES)

        def act() -> None:
            nonlocal told
            told = 0
            try:
                (numbers.add if on else numbers.remove)("acme", PHONES)
            except StoreError as failure:
                told = int(failure.reason.params.get("done", 0))  # type: ignore[arg-type] # a number, or none
                raise

        return act

    def check(done: bool) -> None:
        many = numbers.count("acme")
        assert (many if on else len(PHONES) - many) == (len(PHONES) if done else told)

    each_fault(store, prepare, check)


@pytest.mark.long
def test_a_launch_is_settled_and_what_was_told_of_it_comes_to_it(store: Store) -> None:
    campaign = launch = provider_id = 0
    token = store.deliveries.profile_token("acme", lambda: "profile-token")

    def prepare() -> Callable[[], object]:
        nonlocal campaign, launch, provider_id
        provider_id = (provider_id or PROVIDER_ID) + 1
        campaign = store.drafts.create("acme", {"name": "Anket"})
        store.numbers.add(campaign, [good(phone(number)) for number in range(1, 4)])
        launch = begun(store, campaign, f"token-{provider_id}")
        store.ledger.resolve(launch, Unconfirmed(WHY))
        store.deliveries.ingest([delivered(told(number, name=f"{provider_id}-{number}", campaign_id=provider_id), token)
                                 for number in range(1, 6)])
        return lambda: store.ledger.resolve(launch, Created(provider_id))

    def check(done: bool) -> None:
        if not done:
            store.ledger.resolve(launch, Created(provider_id))
        for _ in range(10):
            store.ledger.recover()
        assert store.campaigns.get(campaign).provider_id == provider_id
        assert store.results.totals(campaign).notifications == 5
        assert_as_recounted(store, campaign)

    each_fault(store, prepare, check)
