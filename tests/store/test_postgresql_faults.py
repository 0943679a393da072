"""PostgreSQL behind a network that fails, and a server that ends what it likes: what is told is what holds."""

from __future__ import annotations

import random
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

import psycopg
import pytest

from tests.postgresql import missing
from tests.proxy import Proxy
from tests.store.support import campaign_in, good, launched, open_store
from tui.campaign.lifecycle import Created, State
from tui.core.secret import Secret
from tui.store import NumberRow, Store, StoreBusy, StoreError, StoreFailed, StoreReadOnly, StoreUnsure
from tui.store.postgresql import session
from tui.store.postgresql.connection import Connection
from tui.store.postgresql.database import PostgresqlDatabase

if WHY := missing():
    pytest.skip(WHY, allow_module_level=True)

STARTING: Final = ("57P03", "the database system is starting up")


@pytest.fixture
def proxy(tables: Secret) -> Iterator[Proxy]:
    with Proxy.before(Secret(f"{tables.reveal()}&connect_timeout=2")) as made:
        yield made


@pytest.fixture
def store(proxy: Proxy) -> Iterator[Store]:
    """Reaches the server through the proxy."""
    opened = open_store(proxy.address)
    yield opened
    proxy.mend()
    opened.close()


@pytest.fixture
def direct(tables: Secret) -> Iterator[Store]:
    """A colleague's, whose network works."""
    opened = open_store(tables)
    yield opened
    opened.close()


@pytest.fixture
def admin(tables: Secret) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(tables.reveal(), autocommit=True) as connection:
        yield connection


def database_of(store: Store) -> PostgresqlDatabase:
    found = store._context.database
    assert isinstance(found, PostgresqlDatabase)
    return found


@pytest.mark.parametrize("at", [b"BEGIN", b"INSERT INTO campaigns"])
@pytest.mark.parametrize("heard", [True, False])
def test_a_network_that_is_cut_amid_a_statement_changes_nothing(store: Store, direct: Store, proxy: Proxy, at: bytes,
                                                                heard: bool) -> None:
    proxy.cut_at(at, heard=heard)
    with pytest.raises(StoreBusy) as caught:
        store.drafts.create("acme", {"name": "Anket"})
    assert caught.value.reason.code == "store.connection_lost"
    assert direct.campaigns.count("acme") == 0
    assert store.drafts.create("acme", {"name": "Anket"})
    assert direct.campaigns.count("acme") == 1


def test_a_network_that_is_cut_before_a_commit_arrives_changes_nothing(store: Store, direct: Store,
                                                                      proxy: Proxy) -> None:
    proxy.cut_at(b"COMMIT", heard=False)
    with pytest.raises(StoreBusy) as caught:
        store.drafts.create("acme", {"name": "Anket"})
    assert caught.value.reason.code == "store.connection_lost"
    assert direct.campaigns.count("acme") == 0


def test_a_network_that_is_cut_after_a_commit_has_arrived_has_saved(store: Store, direct: Store, proxy: Proxy) -> None:
    proxy.cut_at(b"COMMIT", heard=True)
    campaign = store.drafts.create("acme", {"name": "Anket"})
    assert direct.campaigns.get(campaign).name == "Anket"


def test_a_server_that_starts_meanwhile_is_waited_for_to_tell_of_a_commit(store: Store, direct: Store,
                                                                         proxy: Proxy) -> None:
    proxy.refuse(*STARTING)
    proxy.cut_at(b"COMMIT", heard=True)
    threading.Timer(0.3, proxy.mend).start()
    campaign = store.drafts.create("acme", {"name": "Anket"})
    assert direct.campaigns.get(campaign).name == "Anket"


def test_where_it_starts_for_longer_it_is_said_that_nobody_can_tell(store: Store, direct: Store, proxy: Proxy,
                                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "BUSY_SECONDS", 0.3)
    proxy.refuse(*STARTING)
    proxy.cut_at(b"COMMIT", heard=True)
    with pytest.raises(StoreFailed) as caught:
        store.drafts.create("acme", {"name": "Anket"})
    assert caught.value.reason.code == "store.commit_unknown"
    assert direct.campaigns.count("acme") == 1


def test_a_server_that_is_starting_up_is_told_in_its_words_and_found_again(store: Store, proxy: Proxy) -> None:
    proxy.refuse(*STARTING)
    proxy.cut()
    with pytest.raises(StoreBusy):
        store.drafts.create("acme", {})
    for _ in range(2):
        with pytest.raises(StoreBusy) as caught:
            store.drafts.create("acme", {})
        assert caught.value.reason.code == "store.unreachable"
        assert STARTING[1] in str(caught.value.reason.params["detail"])
    with pytest.raises(StoreBusy):
        open_store(proxy.address)
    proxy.mend()
    assert store.drafts.create("acme", {})


def test_who_waits_for_a_stalled_network_goes_on_when_it_does(store: Store, direct: Store, proxy: Proxy) -> None:
    proxy.stall_at(b"COMMIT")
    threading.Timer(0.3, proxy.mend).start()
    campaign = store.drafts.create("acme", {"name": "Anket"})
    assert direct.campaigns.get(campaign).name == "Anket"


@pytest.fixture
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Connection, "patience", 0.3)
    monkeypatch.setattr(session, "_REACH_SECONDS", 1)
    monkeypatch.setattr(session, "BUSY_SECONDS", 0.5)


@pytest.mark.usefixtures("_hasty")
@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("at", [b"BEGIN", b"INSERT INTO campaigns"])
def test_a_server_that_does_not_answer_is_given_up_and_nothing_has_changed(store: Store, direct: Store, proxy: Proxy,
                                                                           at: bytes, alone: bool) -> None:
    proxy.stall_at(at, alone=alone)
    with pytest.raises(StoreBusy) as caught:
        store.drafts.create("acme", {"name": "Anket"})
    assert caught.value.reason.code == "store.silent"
    assert direct.campaigns.count("acme") == 0
    if not alone:
        proxy.mend()
    campaign = store.drafts.create("acme", {"name": "Anket"})
    assert direct.campaigns.get(campaign).name == "Anket"
    assert direct.campaigns.count("acme") == 1


@pytest.mark.usefixtures("_hasty")
def test_of_a_commit_that_is_not_answered_nobody_can_tell(store: Store, proxy: Proxy) -> None:
    proxy.stall_at(b"COMMIT")
    with pytest.raises(StoreUnsure) as caught:
        store.drafts.create("acme", {"name": "Anket"})
    assert caught.value.reason.code == "store.commit_unknown"


@pytest.mark.usefixtures("_hasty")
def test_of_a_commit_that_did_not_arrive_it_is_told_where_the_server_can_be_asked(store: Store, direct: Store,
                                                                                  proxy: Proxy) -> None:
    proxy.stall_at(b"COMMIT", alone=True)
    with pytest.raises(StoreBusy) as caught:
        store.drafts.create("acme", {"name": "Anket"})
    assert caught.value.reason.code == "store.silent"
    assert store.drafts.create("acme", {"name": "Anket"})
    assert direct.campaigns.count("acme") == 1


@pytest.mark.usefixtures("_hasty")
def test_what_is_loaded_into_a_server_that_falls_silent_is_not_kept(store: Store, direct: Store, proxy: Proxy) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    proxy.stall_at(b"905321234567", alone=True)
    with pytest.raises(StoreBusy):
        store.numbers.add(campaign, [good("905321234567"), *(good(f"90533{place:07}") for place in range(60_000))])
    assert direct.numbers.page(campaign, 0, 10) == []


@pytest.mark.usefixtures("_hasty")
def test_a_server_that_works_for_long_is_waited_for(store: Store, direct: Store,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_REACH_SECONDS", 20)  # it is there, however busy the machine is
    database_of(store).run("SELECT pg_sleep(1.2)")
    database_of(store).run("SET track_activities = off")
    database_of(store).run("SELECT pg_sleep(1.2)")
    database_of(store).run("SET track_activities = on")
    with database_of(direct).write():
        waiting = threading.Thread(target=lambda: store.drafts.create("acme", {"name": "Anket"}))
        database_of(store).run("SET lock_timeout = '9s'")
        waiting.start()
        waiting.join(1.0)
        assert waiting.is_alive()
    waiting.join(60)
    assert not waiting.is_alive()
    assert direct.campaigns.count("acme") == 1


@pytest.mark.usefixtures("_hasty")
def test_who_only_looks_whether_anything_changed_is_told_of_a_silent_server(store: Store, proxy: Proxy,
                                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_ASK_SECONDS", 0)
    store.data_version()
    proxy.stall()
    with pytest.raises(StoreBusy) as caught:
        store.data_version()
    assert caught.value.reason.code == "store.unreachable"
    store.data_version()  # told once for a while
    proxy.mend()
    assert store.drafts.create("acme", {})


@pytest.mark.usefixtures("_hasty")
def test_a_store_at_a_silent_server_is_closed_soon(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_LEAVE_SECONDS", 0.1)
    opened = open_store(proxy.address)
    proxy.stall()
    began = time.monotonic()
    opened.close()
    assert time.monotonic() - began < 2


# What the server itself puts an end to

def test_a_statement_that_takes_longer_than_the_server_lets_it_is_told_as_busy(store: Store, direct: Store) -> None:
    database = database_of(store)
    database.run("SET statement_timeout = '60ms'")
    with database_of(direct).write():
        with pytest.raises(StoreBusy) as caught:
            store.drafts.create("acme", {})
        assert caught.value.reason.code == "store.busy"
    with pytest.raises(StoreBusy):
        database.run_many("SELECT pg_sleep(?::float8)", [("0.05",)] * 3 + [("1",)] * 3)
    campaign = store.drafts.create("acme", {})

    def slow() -> None:
        with database.write():
            database.run("UPDATE campaigns SET revision = 7")
            database.run("SELECT pg_sleep(1)")

    with pytest.raises(StoreBusy):
        slow()
    assert store.campaigns.get(campaign).revision == 1


def test_a_list_whose_reading_pauses_for_too_long_is_not_kept_in_part(store: Store) -> None:
    campaign = store.drafts.create("acme", {})
    database_of(store).run("SET idle_in_transaction_session_timeout = '40ms'")

    def rows() -> Iterator[NumberRow]:
        for place in range(6_000):
            if place == 5_000:
                time.sleep(0.15)  # the server's clock is the point
            yield good(f"90532{place:07}")

    with suppress(StoreBusy):  # where the pause is between two transactions, it breaks off nothing
        store.numbers.add(campaign, rows())
    assert len(store.numbers.page(campaign, 0, 6_000)) in (0, 6_000)


@pytest.mark.parametrize("where", ["SET default_transaction_read_only = on",
                                   "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"])
def test_a_server_that_takes_no_writing_any_more_is_still_read(store: Store, where: str) -> None:
    campaign = campaign_in(store, State.ON)
    draft = store.drafts.create("acme", {"name": "Anket"})
    database_of(store).run(where)
    for call in (lambda: store.drafts.create("acme", {}), lambda: launched(store, draft),
                 lambda: store.numbers.add(draft, [good("905321234567")])):
        with pytest.raises(StoreReadOnly) as caught:
            call()
        assert caught.value.reason.code == "store.no_right"
    assert store.campaigns.get(campaign).state is State.ON
    database_of(store).run("SET default_transaction_read_only = off")
    assert store.drafts.create("acme", {})


SECONDS: Final = 2.5


@contextmanager
def ended_at_random(admin: psycopg.Connection[tuple[object, ...]], seed: int,
                    longest: float) -> Iterator[Callable[[], bool]]:
    """Sessions of the stores that name themselves so are ended now and then; whether that still goes on.

    `longest`: seconds that one is left alone.
    """
    chosen, over = random.Random(seed), threading.Event()  # noqa: S311 - moments, not secrets
    end = time.monotonic() + SECONDS

    def ends() -> None:
        while not over.wait(chosen.uniform(0.0005, longest)):
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                          "WHERE application_name = 'santral-ended-at-random'")

    thread = threading.Thread(target=ends)
    thread.start()
    try:
        yield lambda: time.monotonic() < end
    finally:
        over.set()
        thread.join()


def test_sessions_that_are_ended_at_random_make_nothing_said_untrue(
        tables: Secret, direct: Store, admin: psycopg.Connection[tuple[object, ...]]) -> None:
    seed = secrets.randbits(32)
    kept: dict[int, int] = {}  # how many numbers each has
    launches: dict[int, int] = {}
    refused = 0
    begun = time.monotonic()
    open_store(tables).close()
    longest = max(0.04, 2 * (time.monotonic() - begun))  # on a busy machine some get on too
    with ended_at_random(admin, seed, longest) as goes_on:
        store: Store | None = None
        while goes_on():
            try:
                if store is None:
                    store = open_store(Secret(f"{tables.reveal()}&application_name=santral-ended-at-random"))
                campaign = store.drafts.create("acme", {"name": "Anket"})
                kept[campaign] = 0
                store.numbers.add(campaign, [good(f"90532{place:07}") for place in range(1_500)])
                kept[campaign] = 1_500
                launch = launched(store, campaign)
                launches[campaign] = 0
                if store.ledger.resolve(launch, Created(50_000 + campaign)):
                    launches[campaign] = 50_000 + campaign
            except StoreBusy:
                refused += 1
    assert refused, seed
    assert kept, seed
    if store is not None:
        with suppress(StoreError):
            store.data_version()
        store.close()
    assert direct.campaigns.count("acme") == len(kept), seed
    for campaign, numbers in kept.items():
        assert len(direct.numbers.page(campaign, 0, 2_000)) == numbers, seed
        found = direct.campaigns.get(campaign)
        assert (found.provider_id or 0) == launches.get(campaign, 0), seed
        if campaign not in launches:
            assert found.state is State.DRAFT, seed
