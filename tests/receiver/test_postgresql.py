"""Several receivers behind a balancer: one PostgreSQL database, and what comes twice counts once."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.commands.test_listen import line_of, post, started
from tests.postgresql import missing
from tests.proxy import Proxy
from tests.receiver.support import PATIENCE, TOKEN, Running, form, running, wait_until
from tests.receiver.test_kill import NUMBERS, bodies, told
from tests.store.results import NOON, assert_as_recounted, calling
from tests.store.support import open_store
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.receiver import app, ingest
from tui.receiver.receiver_store import ReceiverStore
from tui.store import Store, StoreBusy, StoreTooNew
from tui.store.postgresql.connection import Connection

pytestmark = pytest.mark.skipif(missing() is not None, reason=missing() or "")


@pytest.fixture
def store(tables: Secret) -> Iterator[Store]:
    opened = open_store(tables)
    yield opened
    opened.close()


@pytest.fixture
def receivers(tables: Secret, store: Store) -> Iterator[list[Running]]:
    stores = [open_store(tables) for _ in range(2)]
    with running(stores[0]) as one, running(stores[1]) as other:
        yield [one, other]
    for opened in stores:
        opened.close()


def test_each_takes_what_the_other_was_told_of_and_it_counts_once(store: Store, receivers: list[Running]) -> None:
    campaign = calling(store, token=TOKEN)  # launched after both had begun
    body = form(1)
    assert [receiver.post(body) for receiver in receivers * 2] == [200] * 4
    assert store.results.totals(campaign).notifications == 1
    assert {beat.address for beat in store.receivers.seen_since(NOON)} == {each.address for each in receivers}


@pytest.mark.long
def test_at_once_nothing_is_lost_nor_counted_twice(store: Store, receivers: list[Running]) -> None:
    campaign = calling(store, numbers=NUMBERS, token=TOKEN)
    posted = bodies(200, seed=5)
    statuses: list[int] = []

    def post(receiver: Running, order: list[bytes]) -> None:
        statuses.extend(receiver.post(body) for body in order)

    orders = (list(posted.values()), list(reversed(posted.values())))
    senders = [threading.Thread(target=post, args=(receiver, order))
               for receiver in receivers for order in orders]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(PATIENCE)
    assert statuses == [200] * 800
    assert told(store, campaign) == posted.keys()
    assert_as_recounted(store, campaign)


@pytest.fixture
def proxy(tables: Secret) -> Iterator[Proxy]:
    with Proxy.before(tables) as made:
        yield made


@pytest.fixture
def proxied(home: Path, proxy: Proxy, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """A receiver that has a home, reaches the server through the proxy, and waits for it briefly."""
    monkeypatch.setattr(ingest, "WAIT_SECONDS", 0.4)
    its_own = open_store(proxy.address)
    with running(its_own) as made:
        yield made
        proxy.mend()
    its_own.close()


def stalls(proxy: Proxy, _receiver: Running) -> None:
    proxy.stall_at(b"COMMIT")


def starts_up(proxy: Proxy, _receiver: Running) -> None:
    proxy.refuse("57P03", "the database system is starting up")
    proxy.cut()


def takes_no_writing(_proxy: Proxy, receiver: Running) -> None:
    receiver.store._context.database.run("SET default_transaction_read_only = on")


@pytest.mark.parametrize(("happens", "trouble"), [(stalls, "receiver.slow"), (starts_up, "store.unreachable"),
                                                  (takes_no_writing, "store.no_right")])
def test_what_comes_while_its_server_takes_nothing_is_there_once_afterwards(
        proxied: Running, proxy: Proxy, store: Store, happens: Callable[[Proxy, Running], None], trouble: str) -> None:
    campaign = calling(store, token=TOKEN)
    its_own = proxied.store
    assert proxied.post(form(1, name="before")) == 200
    wait_until(lambda: told(store, campaign) == {"before"} and not its_own.spool.waiting())
    before = len(proxied.troubles)
    happens(proxy, proxied)
    for number in range(2, 4):
        assert proxied.post(form(number, name=f"n{number}")) == 200
    wait_until(lambda: its_own.spool.waiting() == 2)
    codes = [told.code for told in proxied.troubles[before:] if told]
    assert codes[0] in (trouble, "store.connection_lost", "receiver.slow")
    proxy.mend()
    if happens is takes_no_writing:
        its_own._context.database.run("SET default_transaction_read_only = off")
    wait_until(lambda: its_own.spool.waiting() == 0)
    assert told(store, campaign) == {"before", "n2", "n3"}
    assert_as_recounted(store, campaign)
    wait_until(lambda: proxied.troubles[-1] is None)


def test_a_connection_that_is_held_for_ever_is_given_up_for_another(proxied: Running, proxy: Proxy, store: Store,
                                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Connection, "patience", 1.0)
    campaign = calling(store, token=TOKEN)
    assert proxied.post(form(1, name="a")) == 200
    proxy.stall_at(b"COMMIT", alone=True)
    for number in range(2, 4):
        assert proxied.post(form(number, name=f"n{number}")) == 200
    assert proxied.store.spool.waiting() == 2
    wait_until(lambda: proxied.store.spool.waiting() == 0)
    assert told(store, campaign) == {"a", "n2", "n3"}
    assert_as_recounted(store, campaign)
    wait_until(lambda: proxied.troubles[-1] is None)


def test_one_that_is_started_while_its_server_is_down_listens_and_takes_in_later(
        home: Path, proxy: Proxy, store: Store) -> None:
    campaign = calling(store, token=TOKEN)
    config = home / "config.toml"
    config.write_text(f'[receiver]\nlisten = "127.0.0.1:0"\npublic_url = "https://calls.example.com/santral"\n'
                      f'[database]\nurl = "{proxy.address.reveal()}"\n', "utf-8")
    config.chmod(0o600)
    proxy.refuse("57P03", "the database system is starting up")
    spool = Store.spool_at(proxy.address)
    with started("--config", str(config), "--json") as process:
        beside, listening = (json.loads(line_of(process)) for _ in range(2))
        assert (beside["event"], beside["code"]) == ("beside", "store.unreachable")
        assert "the database system is starting up" in beside["message"]
        address = listening["address"]
        assert post(address, form(1, name="a")) == 200
        assert httpx.post(f"{address}/{'made-up-' * 3}", content=form(2), trust_env=False).status_code == 200
        wait_until(lambda: spool.waiting() == 2)
        assert httpx.get(f"{address}/health", trust_env=False).json()["status"] == "waiting"
        proxy.mend()
        assert json.loads(line_of(process))["event"] == "works_again"
        wait_until(lambda: spool.waiting() == 0)
        assert post(address, form(3, name="b")) == 200
        assert httpx.post(f"{address}/{'made-up-' * 3}", content=form(2), trust_env=False).status_code == 404
        process.terminate()
        assert process.wait(PATIENCE) == 0
    assert told(store, campaign) == {"a", "b"}
    assert_as_recounted(store, campaign)


def test_nobody_waits_for_a_server_that_was_silent_at_the_start(home: Path, proxy: Proxy, store: Store,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "WAIT_SECONDS", PATIENCE)
    campaign = calling(store, token=TOKEN)
    address = Secret(f"{proxy.address.reveal()}&connect_timeout=3")
    proxy.stall()
    place = ReceiverStore(lambda: open_store(address), Store.spool_at(address), StoreBusy(Reason("store.busy")))
    with running(store, place=place) as made:
        for number in range(1, 6):
            began = time.monotonic()
            assert made.post(form(number, name=f"n{number}")) == 200
            assert time.monotonic() - began < 2
        proxy.mend()
        wait_until(lambda: told(store, campaign) == {f"n{number}" for number in range(1, 6)})
    place.close()


def test_what_cannot_be_opened_yet_for_another_reason_is_waited_for_as_well(home: Path, proxy: Proxy,
                                                                            store: Store) -> None:
    """A later version's schema, found only when the server is there: somebody will see to it."""
    campaign = calling(store, token=TOKEN)
    database = store._context.database
    known = database.schema()
    database.run("UPDATE santral_schema SET version = 999")
    proxy.refuse("57P03", "the database system is starting up")
    place = ReceiverStore(lambda: open_store(proxy.address), Store.spool_at(proxy.address),
                          StoreBusy(Reason("store.busy")))
    with running(store, place=place) as made:
        proxy.mend()
        assert made.post(form(1, name="a")) == 200
        wait_until(lambda: isinstance(place.why, StoreTooNew))
        database.run("UPDATE santral_schema SET version = ?", (known,))
        wait_until(lambda: told(store, campaign) == {"a"})
    place.close()


def test_servers_that_are_told_apart_by_their_parameters_share_no_folder(home: Path,
                                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    def folder(address: str) -> Path:
        return Store.spool_at(Secret(address)).folder

    one = "postgresql:///?host=/run/one"
    assert folder(one) != folder("postgresql:///?host=/run/two")
    assert folder(one) != folder("postgresql:///?host=/run/one&port=5433")
    assert folder(one) != folder("postgresql:///other?host=/run/one")
    assert folder(one) != folder("postgresql:///?host=/run/one&options=-csearch_path%3Dcampaigns")
    assert folder(one) == folder("postgresql:///?host=/run/one&connect_timeout=3&password=x&sslmode=require")
    before = folder("postgresql:///")
    monkeypatch.setenv("PGHOST", "/run/one")
    assert before != folder("postgresql:///") == folder(one)


@pytest.mark.parametrize("heard", [True, False])
def test_a_network_that_is_cut_amid_its_commit_loses_and_doubles_nothing(proxied: Running, proxy: Proxy, store: Store,
                                                                         heard: bool) -> None:
    campaign = calling(store, token=TOKEN)
    proxy.cut_at(b"COMMIT", heard=heard)
    assert proxied.post(form(1, name="a")) == 200
    wait_until(lambda: proxied.store.spool.waiting() == 0)
    assert told(store, campaign) == {"a"}
    assert_as_recounted(store, campaign)


def test_what_cannot_be_read_is_kept_with_its_zeros(store: Store, receivers: list[Running]) -> None:
    calling(store, token=TOKEN)
    for body in (b"\x00\xff", b"notification_id=%00&phone=1&status=%00", form(1, extra="a\0b")):
        assert receivers[0].post(body) == 200
    assert {kept.raw for kept in store.deliveries.unreadable("acme", 0, 10)} == {
        b"\x00\xff", b"notification_id=%00&phone=1&status=%00"}
