"""What a store could not take when it came: kept beside it, and there once whatever happens meanwhile."""

from __future__ import annotations

import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.receiver.senders import Senders
from tests.receiver.support import TOKEN, Running, form, running, wait_until
from tests.receiver.test_kill import NUMBERS, bodies, free_port, listening, told
from tests.store.results import NOON, assert_as_recounted, calling
from tests.store.support import open_store
from tests.store.test_file_identity import OVER, other_store_over
from tui.campaign.results import Notification, Unreadable
from tui.receiver import beside
from tui.receiver.receiver_store import ReceiverStore
from tui.store import Delivery, IngestResult, Store, StoreBusy, StoreError, StoreFailed, sqlite
from tui.store.spool import Spool, Spooled

# Waits for another's lock so briefly that it keeps beside the store what comes meanwhile.
HASTY = ("-c", "import sys; from tui.store import sqlite; sqlite.BUSY_SECONDS = 0.05; from tui.__main__ import main; "
               "sys.exit(main())")
ELSEWHERE = "a-token-that-was-made-while-it-was-busy"


def notifications(store: Store, campaign: int) -> int:
    return store.results.totals(campaign).notifications


@pytest.fixture
def other(database: Path) -> Iterator[Store]:
    """Another program that has the database open."""
    opened = open_store(database)
    yield opened
    opened.close()


@pytest.fixture
def hasty(receiver: Running) -> Running:
    """One that waits for nobody."""
    receiver.store._context.database.run("PRAGMA busy_timeout = 50")
    return receiver


def test_all_kinds_are_there_once_when_it_was_busy(hasty: Running, store: Store, campaign: int, other: Store) -> None:
    profile = store.deliveries.profile_token("acme", lambda: "the-profiles-own-token")
    with other._context.database.write():
        for body in (form(1, name="a"), form(1, name="a"), form(2, name="b"), b"no form", b""):
            assert hasty.post(body) == 200
        assert hasty.post(b"", hasty.path(profile)) == 200
        assert hasty.post(b"", hasty.path(profile)) == 200
        assert store.spool.waiting() == 7
    wait_until(lambda: store.spool.waiting() == 0)
    assert told(store, campaign) == {"a", "b"}
    assert store.deliveries.unreadable_count("acme") == 1
    assert store.deliveries.profile_pings("acme") == 2
    assert_as_recounted(store, campaign)
    wait_until(lambda: hasty.get("/health")["status"] == "ok")


def test_a_token_that_nobody_could_judge_is_judged_later(hasty: Running, store: Store, campaign: int,
                                                         other: Store) -> None:
    calling_elsewhere = calling(store, token=ELSEWHERE, provider_id=777)
    its_own = hasty.store
    asked = its_own.deliveries.knows

    def busy(token: str) -> bool:
        raise StoreError(store._context.database.damaged().reason)

    its_own.deliveries.knows = busy  # type: ignore[method-assign]
    assert hasty.post(form(1, ivr_campaign_id="777"), hasty.path(ELSEWHERE)) == 200
    assert hasty.post(form(1), hasty.path("a-token-that-was-made-up-by-somebody")) == 200
    its_own.deliveries.knows = asked  # type: ignore[method-assign]
    wait_until(lambda: store.spool.waiting() == 0)
    assert notifications(store, calling_elsewhere) == 1
    assert notifications(store, campaign) == 0


def spooled(store: Store, *bodies: bytes) -> str:
    return store.spool.put([Spooled(TOKEN, NOON, body) for body in bodies])


def test_what_was_left_behind_is_taken_in_at_the_start_by_one_of_two(database: Path, store: Store,
                                                                     campaign: int) -> None:
    for place in range(20):
        spooled(store, form(1 + place % 5, name=f"n{place}"), b"no form", b"")
    with closing(open_store(database)) as one, closing(open_store(database)) as another:
        with running(one), running(another):
            wait_until(lambda: store.spool.waiting() == 0)
        assert told(store, campaign) == {f"n{place}" for place in range(20)}
        assert store.deliveries.unreadable_count("acme") == 20
    assert_as_recounted(store, campaign)


def test_killed_after_the_commit_it_is_not_taken_in_again(database: Path, store: Store, campaign: int) -> None:
    name = spooled(store, form(1), b"no form")
    content = (store.spool.folder / name).read_bytes()
    with closing(open_store(database)) as its_own, running(its_own):
        wait_until(lambda: store.spool.waiting() == 0)
    (store.spool.folder / name).write_bytes(content)
    with closing(open_store(database)) as its_own, running(its_own):
        wait_until(lambda: store.spool.waiting() == 0)
    assert (notifications(store, campaign), store.deliveries.unreadable_count("acme")) == (1, 1)


def test_a_damaged_file_gives_what_can_be_read_of_it(database: Path, store: Store, campaign: int) -> None:
    name = spooled(store, form(1), form(2))
    path = store.spool.folder / name
    path.write_bytes(path.read_bytes()[:-20])
    with closing(open_store(database)) as its_own, running(its_own):
        wait_until(lambda: store.spool.waiting() == 0)
    assert notifications(store, campaign) == 1
    assert store.spool.damaged() == 1


def refusing(its_own: Store, failure: Exception, *, as_it_came: bool) -> None:
    """From now on nothing takes in what is called `poison`; where not even that, nor as it came."""
    whole = its_own.deliveries.ingest

    def ingest(deliveries: Sequence[Delivery], *, spooled: str = "") -> list[IngestResult]:
        for delivery in deliveries:
            what = delivery.what
            if (isinstance(what, Notification) and what.notification_id == "poison") or (
                    as_it_came and isinstance(what, Unreadable)):
                raise failure
        return whole(deliveries, spooled=spooled)

    its_own.deliveries.ingest = ingest  # type: ignore[method-assign]


def test_of_what_waits_one_that_cannot_be_kept_keeps_none_of_the_others_out(database: Path, store: Store,
                                                                          campaign: int) -> None:
    spooled(store, form(1, name="a"), form(2, name="poison"), form(3, name="b"))
    with closing(open_store(database)) as its_own:
        refusing(its_own, ValueError("what nobody thought of"), as_it_came=False)
        with running(its_own):
            wait_until(lambda: store.spool.waiting() == 0)
    assert told(store, campaign) == {"a", "b"}
    (kept,) = store.deliveries.unreadable("acme", 0, 10)
    assert b"poison" in kept.raw
    assert_as_recounted(store, campaign)


def test_of_what_waits_one_that_can_be_kept_in_no_form_stays_for_the_next_start(database: Path, store: Store,
                                                                              campaign: int) -> None:
    spooled(store, form(1, name="a"), form(2, name="poison"), form(3, name="b"))
    with closing(open_store(database)) as its_own:
        refusing(its_own, StoreFailed(store._context.database.damaged().reason), as_it_came=True)
        with running(its_own):
            wait_until(lambda: told(store, campaign) == {"a", "b"} and store.spool.waiting() == 1)
    with closing(open_store(database)) as its_own, running(its_own):
        wait_until(lambda: store.spool.waiting() == 0)
    assert told(store, campaign) == {"a", "poison", "b"}
    assert_as_recounted(store, campaign)


def test_of_a_file_for_two_stores_each_takes_its_own(database: Path, store: Store, campaign: int) -> None:
    store.spool.put([Spooled(TOKEN, NOON, form(1, name="a")), Spooled(ELSEWHERE, NOON, form(2, name="theirs")),
                     Spooled(TOKEN, NOON, form(3, name="b"))])
    with closing(open_store(database)) as its_own, running(its_own):
        wait_until(lambda: told(store, campaign) == {"a", "b"} and store.spool.waiting() == 1)
    (name,) = store.spool.names()
    assert [waiting.token for waiting in store.spool.read(name)] == [ELSEWHERE]


def test_a_file_that_is_all_another_stores_waits_for_it(database: Path, store: Store, campaign: int) -> None:
    store.spool.put([Spooled(ELSEWHERE, NOON, form(1, name="theirs"))])
    spooled(store, form(2, name="a"))
    with closing(open_store(database)) as its_own, running(its_own) as made:
        wait_until(lambda: told(store, campaign) == {"a"} and store.spool.waiting() == 1)
        wait_until(lambda: made.get("/health")["waiting"] == 1)
    (name,) = store.spool.names()
    assert [waiting.token for waiting in store.spool.read(name)] == [ELSEWHERE]


def test_a_mistake_of_ours_does_not_end_the_taking_in(
    database: Path, store: Store, campaign: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    names, looked = Spool.names, 0

    def mistaken(spool: Spool) -> list[str]:
        nonlocal looked
        looked += 1
        if looked == 1:
            raise LookupError("nobody thought of it")
        return names(spool)

    spooled(store, form(1, name="a"))
    monkeypatch.setattr(Spool, "names", mistaken)
    monkeypatch.setattr(beside, "_LOOK_SECONDS", 0.05)
    with closing(open_store(database)) as its_own, running(its_own):
        wait_until(lambda: told(store, campaign) == {"a"})
    assert "nobody thought of it" in caplog.text


def replaced(path: Path) -> None:
    other = path.with_name("other.db")
    open_store(other).close()
    other.replace(path)


def deleted(path: Path) -> None:
    path.unlink()


def without_its_log(path: Path) -> None:
    Path(f"{path}-wal").unlink()


def test_of_a_file_that_was_moved_nothing_is_lost_when_it_comes_back(receiver: Running, database: Path, store: Store,
                                                                    campaign: int) -> None:
    aside = database.with_name("aside.db")
    database.rename(aside)
    for number in range(1, 4):
        assert receiver.post(form(number, name=f"n{number}")) == 200
    assert [trouble.code for trouble in receiver.troubles if trouble] == ["store.gone"]
    aside.rename(database)
    wait_until(lambda: store.spool.waiting() == 0)
    assert told(store, campaign) == {"n1", "n2", "n3"}
    wait_until(lambda: receiver.troubles[-1] is None)
    assert_as_recounted(store, campaign)


def test_of_a_file_that_was_deleted_nothing_that_comes_is_lost(receiver: Running, database: Path,
                                                               campaign: int) -> None:
    deleted(database)
    assert receiver.post(form(1)) == 200
    assert not database.exists()
    wait_until(lambda: receiver.get("/health")["waiting"] == 1)


@pytest.mark.parametrize("happens", OVER)
def test_of_a_file_that_was_written_over_nothing_that_comes_is_lost(receiver: Running, database: Path, campaign: int,
                                                                    happens: Callable[[Path], None]) -> None:
    assert receiver.post(form(1)) == 200
    happens(database)
    content = database.read_bytes()
    for number in range(2, 5):
        assert receiver.post(form(number)) == 200
    wait_until(lambda: receiver.get("/health")["waiting"] == 3)
    assert [trouble.code for trouble in receiver.troubles if trouble] == ["store.gone"]
    assert happens is other_store_over or database.read_bytes() == content


def test_into_a_file_in_its_place_goes_what_that_knows(receiver: Running, database: Path, campaign: int) -> None:
    """A backup that was put back."""
    backup = database.with_name("backup.db")
    with closing(open_store(backup)) as made:
        again = calling(made, token=TOKEN)
    backup.replace(database)
    assert receiver.post(form(1)) == 200
    with closing(open_store(database)) as there:
        assert notifications(there, again) == 1


def test_what_another_store_in_its_place_does_not_know_waits_for_its_own(receiver: Running, database: Path,
                                                                         store: Store, campaign: int) -> None:
    replaced(database)
    assert receiver.post(form(1)) == 200
    assert receiver.post(form(1), receiver.path("a-token-that-was-made-up-by-somebody")) == 404
    wait_until(lambda: receiver.get("/health")["waiting"] == 1)
    with closing(open_store(database)) as there:
        assert there.spool.waiting() == 1


def test_a_log_that_was_deleted_costs_nothing(receiver: Running, database: Path, store: Store, campaign: int) -> None:
    assert receiver.post(form(1, name="before")) == 200
    store.close()
    without_its_log(database)
    assert receiver.post(form(2, name="after")) == 200
    receiver.stop()
    with closing(open_store(database)) as there:
        assert told(there, campaign) == {"before", "after"}
        assert_as_recounted(there, campaign)


def test_one_that_is_started_while_somebody_keeps_the_file_to_himself_takes_in_later(
        database: Path, store: Store, campaign: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    store.close()
    with closing(sqlite3.connect(database, check_same_thread=False)) as alone:
        alone.execute("PRAGMA locking_mode = EXCLUSIVE")
        alone.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy) as caught:
            open_store(database)
        place = ReceiverStore(lambda: open_store(database), Store.spool_at(database), caught.value)
        with running(store, place=place) as made:
            assert made.post(form(1, name="a")) == 200
            assert [trouble.code for trouble in made.troubles if trouble] == ["store.busy"]
            assert made.get("/health") | {"waiting": 1, "status": "waiting"} == made.get("/health")
            alone.close()
            wait_until(lambda: place.spool.waiting() == 0)
            wait_until(lambda: made.troubles[-1] is None)
    place.close()
    with closing(open_store(database)) as there:
        assert told(there, campaign) == {"a"}


@pytest.mark.long
@pytest.mark.kill
@pytest.mark.parametrize("seed", range(3))
def test_killed_while_it_keeps_beside_and_takes_in_nothing_is_lost_or_twice(home: Path, tmp_path: Path,
                                                                            seed: int) -> None:
    chosen = random.Random(seed)  # noqa: S311 - moments, not secrets
    store = open_store(tmp_path / "santral.db")
    campaign = calling(store, numbers=NUMBERS, token=TOKEN)
    port = free_port()
    config = tmp_path / "config.toml"
    config.write_text(f'[receiver]\nlisten = "127.0.0.1:{port}"\n[database]\n'
                      f'url = "sqlite:///{tmp_path / "santral.db"}"\n', encoding="utf-8")
    senders = Senders(port, f"/{TOKEN}", bodies(1500, seed), seed=seed)
    try:
        for _round in range(3):
            with listening(config, HASTY) as process:
                time.sleep(0.1 + chosen.random() * 0.3)  # moments are the point
                with store._context.database.write():
                    time.sleep(0.2 + chosen.random() * 0.3)
                    if chosen.random() < 0.5:
                        process.send_signal(signal.SIGKILL)
                        process.wait()
                time.sleep(chosen.random() * 0.5)
                process.send_signal(signal.SIGKILL)
                process.wait()
        with listening(config, HASTY):
            wait_until(lambda: senders.done)
            wait_until(lambda: store.spool.waiting() == 0)
    finally:
        senders.stop()
    assert told(store, campaign) == senders.acknowledged == senders.sent
    assert senders.others == set()
    assert_as_recounted(store, campaign)
    store.close()
