"""The webhook over real connections: what is answered, what is kept, and what is not even read."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from tests.receiver.support import TOKEN, Running, form, raw_form, request, running, wait_until
from tests.store.results import NOON, assert_as_recounted, begun, calling
from tests.store.support import open_store
from tui.campaign.lifecycle import State, Unconfirmed
from tui.core.reason import Reason
from tui.receiver import app, server
from tui.receiver.app import LONGEST_BODY
from tui.store import Store


def notifications(store: Store, campaign: int) -> int:
    return store.results.totals(campaign).notifications


@pytest.mark.parametrize("make", [form, raw_form])
@pytest.mark.parametrize("content_type", ["", "Content-Type: application/x-www-form-urlencoded\r\n",
                                          "Content-Type: text/plain; charset=latin-1\r\n",
                                          "Content-Type: application/json\r\n"])
def test_a_notification_is_kept_and_then_acknowledged(
    receiver: Running, store: Store, campaign: int, make: object, content_type: str
) -> None:
    body = make(1, digit="2")  # type: ignore[operator] # either of the two
    assert receiver.post(body, headers=content_type) == 200
    totals = store.results.totals(campaign)
    assert (totals.notifications, totals.answered, totals.keys) == (1, 1, {"2": 1})


def test_the_same_notification_counts_once_however_often_it_comes(
    receiver: Running, store: Store, campaign: int
) -> None:
    body = form(1)
    assert [receiver.post(body) for _ in range(3)] == [200] * 3
    assert notifications(store, campaign) == 1


@pytest.mark.parametrize("body", [b"", b"{}"])
def test_an_empty_request_is_acknowledged_and_noted(
    receiver: Running, store: Store, campaign: int, body: bytes
) -> None:
    assert receiver.post(body) == 200
    assert store.campaigns.get(campaign).pinged_at is not None
    assert store.deliveries.unreadable_count("acme") == 0


def test_what_cannot_be_read_is_kept_as_it_came_and_acknowledged(
    receiver: Running, store: Store, campaign: int
) -> None:
    assert receiver.post(b"\x00\xff hello") == 200
    kept, = store.deliveries.unreadable("acme", 0, 10)
    assert (kept.raw, kept.campaign) == (b"\x00\xff hello", campaign)


@pytest.mark.parametrize(("method", "path"), [
    ("POST", "/"), ("POST", "/santral"), ("POST", "/santral/"), ("POST", f"/santral/{TOKEN}/"),
    ("POST", f"/other/{TOKEN}"), ("POST", f"/santral/{TOKEN}x"), ("POST", "/santral/" + "a" * 32), ("POST", "/health"),
    ("GET", f"/santral/{TOKEN}"), ("PUT", f"/santral/{TOKEN}"), ("DELETE", f"/santral/{TOKEN}"),
    ("HEAD", f"/santral/{TOKEN}"), ("GET", "/"), ("GET", "/health/"), ("POST", "/santral/%00%ff"),
    ("POST", "/santral/" + "é".encode().decode("latin-1")), ("POST", f"/santral/{8000 * 'a'}"),
])
def test_any_other_path_or_method_is_not_there(
    receiver: Running, store: Store, campaign: int, method: str, path: str
) -> None:
    with receiver.connect() as connection:
        connection.send(request(form(1), path, method=method))
        head, _ = connection.answer()
        # One that isn't even a path is told that instead.
        assert head.split()[1] in ((b"404",) if path.isascii() else (b"404", b"400"))
        assert connection.is_closed()
    assert notifications(store, campaign) == 0


def test_the_body_of_what_is_not_ours_is_not_asked_for(receiver: Running) -> None:
    with receiver.connect() as connection:
        connection.send(request(b"", "/santral/" + "a" * 32, headers="Expect: 100-continue\r\n", length=1000))
        head, _ = connection.answer()
        assert b" 404 " in head  # and no 100 before it
    with receiver.connect() as connection:
        connection.send(request(b"", receiver.path(), headers="Expect: 100-continue\r\n", length=4))
        head, _ = connection.answer()
        assert b" 100 " in head
        connection.send(b"a=bc")
        assert connection.status() == 200


def test_a_proxy_may_take_the_path_away(receiver: Running, store: Store, campaign: int) -> None:
    assert receiver.post(form(1), f"/{TOKEN}") == 200
    assert receiver.post(form(2), f"/santral/{TOKEN}?from=somewhere") == 200
    assert notifications(store, campaign) == 2


def test_a_long_body_is_refused_and_the_longest_is_kept(receiver: Running, store: Store, campaign: int) -> None:
    assert receiver.post(b"a" * LONGEST_BODY) == 200
    assert receiver.post(b"a" * (LONGEST_BODY + 1)) == 413
    assert receiver.post(b"a" * (4 * LONGEST_BODY)) == 413
    assert store.deliveries.unreadable_count("acme") == 1


def test_a_long_body_in_pieces_is_refused_too(receiver: Running, store: Store, campaign: int) -> None:
    piece = b"4000\r\n" + b"a" * 0x4000 + b"\r\n"
    head = f"POST {receiver.path()} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    with receiver.connect() as connection:
        connection.send(head + piece * 4 + b"0\r\n\r\n")
        assert connection.status() == 200
        connection.send(head + piece * 5 + b"0\r\n\r\n")
        assert connection.status() == 413


def test_a_connection_serves_one_request_after_another(receiver: Running, store: Store, campaign: int) -> None:
    with receiver.connect() as connection:
        for number in range(1, 6):
            connection.send(request(form(number), receiver.path()))
            assert connection.status() == 200
        connection.send(b"".join(request(form(number), receiver.path()) for number in range(1, 6)))  # all at once
        assert [connection.status() for _ in range(5)] == [200] * 5
    assert notifications(store, campaign) == 10
    assert_as_recounted(store, campaign)


@pytest.mark.parametrize("many", [1, 2])
def test_whoever_has_said_all_is_answered_still(receiver: Running, store: Store, campaign: int, many: int) -> None:
    with receiver.connect() as connection:
        connection.send(b"".join(request(form(number), receiver.path()) for number in range(1, many + 1)))
        connection.end()
        assert [connection.status() for _ in range(many)] == [200] * many
        assert connection.is_closed()
    assert notifications(store, campaign) == many


@pytest.mark.parametrize("where", ["http://localhost", "HTTPS://calls.example.com:8443"])
def test_the_path_may_be_a_whole_address(receiver: Running, store: Store, campaign: int, where: str) -> None:
    assert receiver.post(form(1), where + receiver.path()) == 200
    assert receiver.post(form(2), where) == receiver.post(form(2), f"{where}/santral/{'x' * 32}") == 404
    assert notifications(store, campaign) == 1


def test_a_sender_that_leaves_in_the_middle_leaves_nothing(receiver: Running, store: Store, campaign: int) -> None:
    body = form(1)
    with receiver.connect() as connection:
        connection.send(request(body[:20], receiver.path(), length=len(body)))
    assert receiver.post(form(2)) == 200
    assert notifications(store, campaign) == 1
    assert store.deliveries.unreadable_count("acme") == 0


@pytest.mark.parametrize("part", [b"", b"POST /", b"POST / HTTP/1.1\r\nHost: x\r\n", b"half a body"])
def test_a_slow_sender_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, store: Store, campaign: int, part: bytes
) -> None:
    monkeypatch.setattr(server, "REQUEST_SECONDS", 0.2)
    with running(store) as receiver, receiver.connect() as connection:
        if part == b"half a body":
            part = request(b"a=", receiver.path(), length=1000)
        connection.send(part)
        assert connection.is_closed()


def test_a_sender_that_keeps_on_being_slow_is_cut_off_too(
    monkeypatch: pytest.MonkeyPatch, store: Store, campaign: int
) -> None:
    monkeypatch.setattr(server, "REQUEST_SECONDS", 0.3)
    with running(store) as receiver, receiver.connect() as connection:
        connection.send(request(form(1), receiver.path()))
        assert connection.status() == 200
        begun_at = time.monotonic()
        with pytest.raises(ConnectionError):  # noqa: PT012 - the receiver decides at which byte it has had enough
            for byte in request(form(2), receiver.path()):
                connection.send(bytes([byte]))
                time.sleep(0.02)  # slow as such a sender is
        assert time.monotonic() - begun_at < 2


def test_whoever_holds_connections_open_keeps_nobody_out(
    monkeypatch: pytest.MonkeyPatch, store: Store, campaign: int
) -> None:
    monkeypatch.setattr(server, "MAX_CONNECTIONS", 8)
    with running(store) as receiver:
        idle = [receiver.connect() for _ in range(40)]
        assert [receiver.post(form(number)) for number in (1, 2, 3)] == [200] * 3
        for connection in idle:
            connection.__exit__()
    assert notifications(store, campaign) == 3


def test_of_too_many_connections_the_one_that_has_been_idle_for_longest_goes(
    monkeypatch: pytest.MonkeyPatch, store: Store, campaign: int
) -> None:
    """Not one that was answered just now, nor one whose request is half here."""
    monkeypatch.setattr(server, "MAX_CONNECTIONS", 8)
    with running(store) as receiver:
        half = receiver.connect()
        half.send(request(form(1), receiver.path())[:60])
        idle = []
        for _ in range(6):
            idle.append(receiver.connect())
            idle[-1].send(request(b"", "/health", method="GET"))
            assert idle[-1].status() == 200
        oldest = idle.pop(2)
        for connection in idle:  # each was of use since
            connection.send(request(b"", "/health", method="GET"))
            assert connection.status() == 200
        more = [receiver.connect() for _ in range(2)]
        assert receiver.post(form(2)) == 200
        assert oldest.is_closed()
        second = idle.pop(0)
        assert second.is_closed()
        half.send(request(form(1), receiver.path())[60:])
        assert half.status() == 200
        for connection in idle:
            connection.send(request(b"", "/health", method="GET"))
            assert connection.status() == 200
        for connection in (*idle, *more, half, oldest, second):
            connection.__exit__()
    assert notifications(store, campaign) == 2


def test_where_none_is_idle_the_request_that_has_taken_longest_gives_way(
    monkeypatch: pytest.MonkeyPatch, store: Store, campaign: int
) -> None:
    monkeypatch.setattr(server, "MAX_CONNECTIONS", 3)
    with running(store) as receiver:
        begun = []
        for place in (1, 2, 3):
            begun.append(receiver.connect())
            # In one: when the first is answered, the half of the second is here.
            begun[-1].send(request(b"", "/health", method="GET") + request(form(place), receiver.path())[:60])
            assert begun[-1].status() == 200
        assert receiver.post(form(4)) == 200
        assert begun[0].is_closed()
        begun[2].send(request(form(3), receiver.path())[60:])
        assert begun[2].status() == 200
        for connection in begun:
            connection.__exit__()
    assert notifications(store, campaign) == 2


@pytest.mark.parametrize("expected", ["200-ok", "100-continue, more", "something=else", "100"])
def test_whoever_waits_for_what_never_comes_is_told_so(
    receiver: Running, store: Store, campaign: int, expected: str
) -> None:
    with receiver.connect() as connection:
        connection.send(request(b"", receiver.path(), headers=f"Expect: {expected}\r\n", length=4))
        assert connection.status() == 417
        assert connection.is_closed()
    assert receiver.post(form(1), headers="Expect: 100-Continue\r\n") in (100, 200)
    assert receiver.post(b"", "/elsewhere", headers=f"Expect: {expected}\r\n") == 404
    assert receiver.post(form(2)) == 200
    assert campaign
    assert store.deliveries.unreadable_count("acme") == 0


@pytest.mark.parametrize("garbage", [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"hello\r\n\r\n", b"\0" * 100,
                                     b"GET / HTTP/9.9\r\n\r\n", b"POST / HTTP/1.1\r\n" + b"a: b\r\n" * 20_000],
                         ids=["TLS", "words", "zeros", "another version", "a long head"])
def test_what_is_no_http_is_answered_400_or_cut(receiver: Running, garbage: bytes) -> None:
    with receiver.connect() as connection:
        try:
            connection.send(garbage)
        except ConnectionError:
            return
        assert connection.status() in (400, 404, 0)
    assert receiver.post(form(1)) == 200


def test_health_is_told_on_this_machine_alone(receiver: Running, campaign: int) -> None:
    receiver.post(form(1))
    receiver.post(b"", "/elsewhere")

    def asked(headers: str = "") -> tuple[bytes, bytes]:
        with receiver.connect() as connection:
            connection.send(request(b"", "/health", method="GET", headers=headers))
            return connection.answer()

    head, body = asked()
    told = json.loads(body)
    assert b" 200 " in head
    assert (told["status"], told["stored"], told["received"], told["refused"]) == ("ok", 1, 1, 1)
    for header in ("X-Forwarded-For: 1.2.3.4", "Forwarded: for=1.2.3.4", "Via: 1.1 proxy"):
        assert b" 404 " in asked(f"{header}\r\n")[0]


def test_a_campaign_launched_since_is_known(receiver: Running, store: Store) -> None:
    token = "made-after-the-receiver-began"
    assert receiver.post(b"", receiver.path("nobodys-token-at-all")) == 404
    later = calling(store, token=token, provider_id=777)
    assert receiver.post(form(1, campaign_id=777), receiver.path(token)) == 200  # type: ignore[arg-type] # a number
    assert notifications(store, later) == 1


def test_the_profiles_own_token_takes_an_empty_request_in(receiver: Running, store: Store, campaign: int) -> None:
    token = store.deliveries.profile_token("acme", lambda: "the-profiles-own-token-in-tests")
    before = store.deliveries.profile_pings("acme")
    assert receiver.post(b"", receiver.path(token)) == 200
    assert store.deliveries.profile_pings("acme") == before + 1


def test_a_lost_answer_and_one_notification_make_the_campaign_on(receiver: Running, store: Store) -> None:
    token = "the-token-of-a-lost-answer"
    draft = store.drafts.create("acme", {"name": "Anket"})
    store.ledger.resolve(begun(store, draft, token), Unconfirmed(Reason("provider.unconfirmed.timeout")))
    assert receiver.post(b"", receiver.path(token)) == 200
    assert store.campaigns.get(draft).state is State.UNCONFIRMED
    assert receiver.post(form(1, campaign_id=4321), receiver.path(token)) == 200  # type: ignore[arg-type] # a number
    found = store.campaigns.get(draft)
    assert (found.state, found.provider_id) == (State.ON, 4321)


def test_it_tells_the_store_that_it_is_there_and_that_it_goes(
    monkeypatch: pytest.MonkeyPatch, store: Store, campaign: int
) -> None:
    monkeypatch.setattr(server, "BEAT_SECONDS", 0.05)
    with running(store) as receiver:
        receiver.post(form(1))
        end = time.monotonic() + 10
        while True:
            beat, = store.receivers.seen_since(NOON)
            if beat.received_last_minute == 1:
                break
            assert time.monotonic() < end
            time.sleep(0.01)
        assert beat.address == receiver.address
    assert store.receivers.seen_since(NOON) == []


@pytest.fixture
def other(receiver: Running, tmp_path: object) -> Iterator[Store]:
    """Another program that has the database open."""
    opened = open_store(receiver.store._context.database.path)  # type: ignore[attr-defined] # SQLite's
    yield opened
    opened.close()


def test_what_the_store_does_not_take_is_kept_beside_it_and_taken_in(
    receiver: Running, store: Store, campaign: int, other: Store
) -> None:
    its_own = receiver.store._context.database
    its_own.run("PRAGMA busy_timeout = 50")
    body = form(1)
    with other._context.database.write():
        assert receiver.post(body) == 200
        health = receiver.get("/health")
        assert (health["status"], health["waiting"]) == ("waiting", 1)
        assert store.spool.waiting() == 1
    assert [trouble.code for trouble in receiver.troubles if trouble] == ["store.busy"]
    wait_until(lambda: receiver.troubles[-1] is None)
    assert store.spool.waiting() == 0
    assert notifications(store, campaign) == 1
    assert receiver.post(body) == 200
    assert notifications(store, campaign) == 1


def test_what_can_be_kept_nowhere_is_not_acknowledged(
    receiver: Running, store: Store, campaign: int, other: Store
) -> None:
    receiver.store._context.database.run("PRAGMA busy_timeout = 50")
    store.spool.folder.write_text("in the way of the folder")
    body = form(1)
    with other._context.database.write():
        assert receiver.post(body) == 503
        assert receiver.post(b"", "/health", method="GET") == 503
    assert [loss.code for loss in receiver.losses] == ["receiver.not_beside"]
    store.spool.folder.unlink()
    wait_until(lambda: receiver.post(body) == 200)
    wait_until(lambda: receiver.troubles[-1] is None)
    assert notifications(store, campaign) == 1


def test_a_mistake_of_ours_acknowledges_nothing_and_is_in_the_log(
    receiver: Running, store: Store, campaign: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def mistaken(_body: bytes) -> object:
        raise LookupError("nobody thought of it")

    with monkeypatch.context() as broken:
        broken.setattr(app, "read", mistaken)
        assert receiver.post(form(1, name="a")) == 503
    assert "nobody thought of it" in caplog.text
    assert receiver.get("/health")["failed"] == 1
    assert receiver.post(form(1, name="a")) == 200
    assert notifications(store, campaign) == 1


def test_a_token_that_is_taken_away_by_hand_is_none_any_more(receiver: Running, store: Store, campaign: int) -> None:
    assert receiver.post(form(1)) == 200
    store._context.database.run("UPDATE launches SET token = 'another-token-that-was-made-by-hand'")
    assert [receiver.post(form(2)) for _ in range(2)] == [404, 404]
    assert receiver.get("/health")["refused"] == 2
    assert receiver.post(form(2), receiver.path("another-token-that-was-made-by-hand")) == 200
    assert notifications(store, campaign) == 2


def test_a_stop_answers_what_is_there_and_ends(receiver: Running, store: Store, campaign: int) -> None:
    connections = [receiver.connect() for _ in range(20)]
    answered = 0
    for connection in connections:
        connection.send(request(form(1), receiver.path()))
        answered += connection.status() == 200
    assert answered == 20
    for number, connection in enumerate(connections):
        connection.send(request(form(1 + number % 5), receiver.path()))
    receiver.begin_to_stop()
    for connection in connections:
        answered += connection.status() == 200
        assert connection.is_closed()
        connection.__exit__()
    receiver.stop()
    assert notifications(store, campaign) >= answered
    assert_as_recounted(store, campaign)
