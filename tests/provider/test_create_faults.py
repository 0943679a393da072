"""Every way in which a create request can go wrong, over real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gzip
import json
import re
import socket
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import httpcore
import httpx
import pytest

from tui.campaign.lifecycle import Created, NotSent, Outcome, Rejected, Unconfirmed
from tui.core.secret import Secret
from tui.provider.call import Json, Streamed
from tui.provider.client import Provider
from tui.provider.request_trace import RequestTrace, Sending
from tui.provider.transport import Timeouts

from .stand_in import KEY, Behaviour, Connection, StandIn, answering, response, serving

CERTIFICATE = Path(__file__).with_name("untrusted.pem")
QUICK = Timeouts(connect=2, write=0.2, read=0.2, pool=0.2, answer=0.4)
# For who stalls where the connection is to be made.
HASTY = Timeouts(connect=0.2, write=0.2, read=0.2, pool=0.2, answer=0.4)
# For who answers: a handshake beside other tests may take its time.
PATIENT = Timeouts(connect=5, write=0.2, read=0.2, pool=0.2, answer=0.4)
SMALL: dict[str, Json] = {"name": "Anket", "phone_list": [{"phone": "05512369874"}]}
# Larger than what the sockets of both ends take in by themselves.
LARGE: dict[str, Json] = {"name": "Anket", "phone_list": [{"phone": "05512369874", "phrase": "x" * 1000}] * 12_000}


async def created(url: str, request: dict[str, Json] | None = None, sending: Sending | None = None,
                  transport: httpx.AsyncBaseTransport | None = None, timeouts: Timeouts = QUICK) -> Outcome:
    if url.startswith("http:") and transport is None:
        # The provider's own but for the system's certificates, which take a while to load and are not asked for here.
        transport = httpx.AsyncHTTPTransport(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    async with Provider(url, Secret(KEY), timeouts=timeouts, transport=transport) as provider:
        return await provider.create(request or SMALL, sending)


def trusting() -> httpx.AsyncHTTPTransport:
    return httpx.AsyncHTTPTransport(verify=ssl.create_default_context(cafile=str(CERTIFICATE)))


def tls_server() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


async def close_at_once(connection: Connection) -> None:
    pass


async def reset_at_once(connection: Connection) -> None:
    connection.reset()


async def close_after_head(connection: Connection) -> None:
    await connection.head()


async def reset_after_head(connection: Connection) -> None:
    await connection.head()
    connection.reset()


async def close_after_request(connection: Connection) -> None:
    await connection.request()


async def reset_after_request(connection: Connection) -> None:
    await connection.request()
    connection.reset()


async def never_answer(connection: Connection) -> None:
    await connection.request()
    await connection.for_ever()


async def speak_no_tls(connection: Connection) -> None:
    await connection.reader.read(1)
    await connection.send(response("400 Bad Request"))


def then(raw: bytes, end: Callable[[Connection], Coroutine[Any, Any, None]]) -> Behaviour:
    """Answers with these bytes, then ends in this way."""
    async def behaviour(connection: Connection) -> None:
        await connection.request()
        await connection.send(raw)
        await end(connection)

    return behaviour


async def close(connection: Connection) -> None:
    pass


async def reset(connection: Connection) -> None:
    await asyncio.sleep(0)  # what was written before goes out first
    connection.reset()


async def stall(connection: Connection) -> None:
    await connection.for_ever()


async def drip(connection: Connection) -> None:
    """A byte now and then, each well within the read time-out."""
    while True:
        await asyncio.sleep(0.05)
        await connection.send(b"1")


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"


@pytest.mark.parametrize(("behaviour", "code"), [
    pytest.param(close_at_once, "cut", id="closes at once"),
    pytest.param(reset_at_once, "cut", id="resets at once"),
    pytest.param(close_after_head, "cut", id="closes after the headers"),
    pytest.param(reset_after_head, "cut", id="resets after the headers"),
    pytest.param(close_after_request, "cut", id="closes without an answer"),
    pytest.param(reset_after_request, "cut", id="resets without an answer"),
    pytest.param(never_answer, "timeout", id="never answers"),
    pytest.param(then(b"HTTP/1.1 2", close), "cut", id="closes within the status line"),
    pytest.param(then(b"HTTP/1.1 2", stall), "timeout", id="stalls within the status line"),
    pytest.param(then(b"HTTP/1.1 200 OK\r\nX: ", drip), "timeout", id="drips headers for ever"),
    pytest.param(then(b"HTTP/1.1 200 OK\r\nContent-Le", close), "cut", id="closes within the headers"),
    pytest.param(then(HEAD, close), "cut", id="closes before the body"),
    pytest.param(then(HEAD, stall), "timeout", id="stalls before the body"),
    pytest.param(then(HEAD + b"2021", close), "cut", id="closes within the body"),
    pytest.param(then(HEAD + b"2021", reset), "cut", id="resets within the body"),
    pytest.param(then(HEAD + b"2021", stall), "timeout", id="stalls within the body"),
    pytest.param(then(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", drip), "timeout", id="drips a body for ever"),
    pytest.param(then(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n20212\r\n", close), "cut",
                 id="closes before the last chunk"),
    pytest.param(then(b"HTTP/1.1 200 OK\r\n\r\n20212", close), "unframed", id="says nowhere where the body ends"),
    pytest.param(then(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
                      b"5\r\n20212\r\n0\r\n\r\n", close), "unframed", id="says in two ways where the body ends"),
    pytest.param(then(b"HTTP/1.0 200 OK\r\nConnection: close\r\n\r\n20212", close), "unframed", id="speaks HTTP/1.0"),
    pytest.param(answering(b"\x16\x03\x01\x00\x05hello"), "cut", id="speaks something else"),
    pytest.param(answering(b"20212\r\n\r\n"), "cut", id="sends no status line"),
    pytest.param(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 4\r\n\r\n20212"), "cut",
                 id="contradicts itself about the length"),
])
async def test_a_lost_answer_is_unconfirmed_and_nothing_is_sent_again(behaviour: Behaviour, code: str) -> None:
    sending = Sending()
    async with serving(behaviour) as server:
        outcome = await created(server.url, sending=sending)
    assert isinstance(outcome, Unconfirmed)
    assert outcome.reason.code == f"provider.unconfirmed.{code}"
    assert sending.started
    assert sending.outcome == outcome
    assert server.connections == 1
    assert len(server.requests) <= 1


async def read_some_and_stall(connection: Connection) -> None:
    await connection.head()
    await asyncio.Event().wait()


@pytest.mark.parametrize(("behaviour", "code"), [
    pytest.param(read_some_and_stall, "incomplete_timeout", id="stops reading"),
    pytest.param(reset_after_head, "incomplete", id="resets while it is written"),
    pytest.param(close_after_head, "incomplete", id="closes while it is written"),
])
@pytest.mark.parametrize("tls", [False, True])
async def test_a_request_that_was_written_in_part_is_not_sent(behaviour: Behaviour, code: str, tls: bool) -> None:
    sending = Sending()
    async with serving(behaviour, tls_server() if tls else None) as server:
        outcome = await created(server.url, LARGE, sending, trusting() if tls else None)
    assert_not_sent(outcome, code)
    assert not sending.started
    assert sending.sent < sending.total
    assert server.connections == 1
    assert server.requests == []


async def wait(connection: Connection) -> None:
    await asyncio.sleep(0.2)  # the other end is writing meanwhile, and hears the answer or not


async def wait_and_reset(connection: Connection) -> None:
    await wait(connection)
    connection.reset()


@pytest.mark.parametrize(("raw", "expected"), [
    (response("413 Payload Too Large", b"too many numbers"), Rejected),
    (response("400 Bad Request", b"name can't be blank"), Rejected),
    (response("429 Too Many"), Rejected),
    (response("500 Oops"), Unconfirmed),
    # It says itself that there is a campaign now: the ID must not be lost.
    (response("200 OK", b"20212"), Created),
    (response("200 OK", b"OK"), Unconfirmed),
    (HEAD + b"2021", Unconfirmed),
    (b"HTTP/1.1 4", NotSent),
])
@pytest.mark.parametrize("end", [wait, wait_and_reset])
@pytest.mark.parametrize("tls", [False, True])
async def test_an_answer_before_the_last_byte_is_heard_though_the_connection_is_cut(
    raw: bytes, expected: type[Outcome], end: Callable[[Connection], Coroutine[Any, Any, None]], tls: bool
) -> None:
    async def impatient(connection: Connection) -> None:
        await connection.head()
        await connection.send(raw)
        await end(connection)

    sending = Sending()
    async with serving(impatient, tls_server() if tls else None) as server:
        outcome = await created(server.url, LARGE, sending, trusting() if tls else None, PATIENT)
    assert type(outcome) is expected
    assert not sending.started  # nothing more was written once the answer was there
    assert server.connections == 1


async def test_a_word_before_the_answer_does_not_stop_the_writing() -> None:
    async def polite(connection: Connection) -> None:
        await connection.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        await connection.request()
        await connection.send(response("200 OK", b"20212"))

    async with serving(polite) as server:
        assert await created(server.url, LARGE) == Created(20212)
    assert len(server.requests) == 1


ROWS = [b'{"phone":"905512369874"}'] * 40_000


def streamed(rows: AsyncGenerator[bytes, None], size: int | None = None) -> Streamed:
    return Streamed("phone_list", len(b",".join(ROWS)) if size is None else size, rows)


async def all_rows(until: int | None = None) -> AsyncGenerator[bytes, None]:
    for place in range(0, len(ROWS[:until]), 1000):
        yield (b"," if place else b"") + b",".join(ROWS[place:place + 1000])


async def streaming(url: str, sending: Sending, rows: Streamed) -> Outcome:
    async with Provider(url, Secret(KEY), timeouts=QUICK) as provider:
        return await provider.create({"name": "Anket"}, sending, rows)


async def test_a_streamed_list_is_byte_for_byte_what_it_would_be_as_a_whole() -> None:
    sending = Sending()
    async with serving(answering(response("200 OK", b"20212"))) as server:
        assert await created(server.url, {"name": "Anket", "phone_list": [{"phone": "905512369874"}] * 40_000}) == (
            await streaming(server.url, sending, streamed(all_rows())))
    whole, in_pieces = (request.partition(b"\r\n\r\n") for request in server.requests)
    assert whole[2] == in_pieces[2]
    assert f"Content-Length: {len(whole[2])}".encode() in in_pieces[0]
    assert b"chunked" not in in_pieces[0].lower()
    assert sending.sent == sending.total == len(whole[2])


@pytest.mark.parametrize(("rows", "size"), [
    pytest.param(lambda: all_rows(39_000), None, id="fewer rows than were counted"),
    pytest.param(all_rows, 900_000, id="more rows than were counted"),
])
async def test_a_list_that_is_not_what_was_counted_is_not_sent(
    rows: Callable[[], AsyncGenerator[bytes, None]], size: int | None
) -> None:
    sending = Sending()
    async with serving(answering(response("200 OK", b"20212"))) as server:
        assert_not_sent(await streaming(server.url, sending, streamed(rows(), size)), "unreadable")
    assert not sending.started
    assert server.requests == []


async def test_a_list_that_can_not_be_read_to_its_end_is_not_sent() -> None:
    async def broken() -> AsyncGenerator[bytes, None]:
        async for piece in all_rows(30_000):
            yield piece
        raise OSError(errno.EIO, KEY)

    async with serving(answering(response("200 OK", b"20212"))) as server:
        assert_not_sent(await streaming(server.url, Sending(), streamed(broken())), "unreadable")
    assert server.requests == []


@pytest.mark.parametrize("through", ["plain", "tls", "tunnel"])
async def test_cancelled_before_the_last_byte_it_never_arrives(through: str) -> None:
    """The list is read to its end but for the word that it is: all that can be written by then is written."""
    waiting, body = asyncio.Event(), bytearray()

    async def stuck() -> AsyncGenerator[bytes, None]:
        async for piece in all_rows():
            yield piece
        waiting.set()
        await asyncio.Event().wait()

    async def reads(connection: Connection) -> None:
        await connection.head()
        while piece := await connection.reader.read(65536):
            body.extend(piece)

    sending = Sending()
    async with contextlib.AsyncExitStack() as stack:
        server = await stack.enter_async_context(serving(reads, tls_server() if through != "plain" else None))
        transport = None if through == "plain" else trusting()
        if through == "tunnel":
            proxy = await stack.enter_async_context(serving(tunnel_to(server)))
            transport = httpx.AsyncHTTPTransport(
                proxy=proxy.url, verify=ssl.create_default_context(cafile=str(CERTIFICATE)))
        provider = await stack.enter_async_context(Provider(server.url, Secret(KEY), transport=transport))
        task = asyncio.create_task(provider.create({"name": "Anket"}, sending, streamed(stuck())))
        await waiting.wait()
        assert 0 < sending.sent < sending.total
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert not sending.started
    assert sending.outcome is None
    assert len(body) < sending.total
    with pytest.raises(json.JSONDecodeError):  # what has arrived is no JSON either
        json.loads(body)


async def test_a_large_request_on_a_slow_line_takes_longer_than_one_write_may() -> None:
    async def slowly(connection: Connection) -> None:
        head = await connection.head()
        found = re.search(rb"Content-Length: (\d+)", head)
        assert found
        left = int(found[1])
        pause_every = left // 12
        since = 0
        while left > 0:
            piece = await connection.reader.read(65536)
            left -= len(piece)
            since += len(piece)
            if since > pause_every:
                since = 0
                await asyncio.sleep(0.05)
        await connection.send(response("200 OK", b"20212"))

    began = asyncio.get_running_loop().time()
    async with serving(slowly) as server, Provider(server.url, Secret(KEY), timeouts=Timeouts(write=0.5)) as provider:
        assert await provider.create(LARGE) == Created(20212)
    assert asyncio.get_running_loop().time() - began > 0.5


async def test_an_answer_that_comes_before_the_request_is_read_is_heard() -> None:
    async def impatient(connection: Connection) -> None:
        await connection.head()
        await connection.send(response("413 Payload Too Large", b"too many numbers", "Connection: close"))
        connection.writer.write_eof()
        await connection.for_ever()

    async with serving(impatient) as server:
        outcome = await created(server.url, LARGE)
    assert isinstance(outcome, Rejected)
    assert outcome.reason.params == {"status": 413, "words": "too many numbers"}


@pytest.mark.parametrize("status", ["100 Continue", "204 No Content", "301 Moved", "302 Found", "304 Not Modified",
                                    "307 Again", "408 Request Timeout", "500 Oops", "502 Bad Gateway", "503 Busy",
                                    "504 Gateway Timeout", "202 Accepted", "600 What", "999 What"])
async def test_a_status_that_decides_nothing_is_unconfirmed(status: str) -> None:
    async with serving(answering(response(status, b"20212"))) as server:
        outcome = await created(server.url)
    assert isinstance(outcome, Unconfirmed)
    assert server.connections == 1


@pytest.mark.parametrize("location", ["/ivr_campaigns.json", "http://a:x/", "ftp://example.com", ""])
async def test_a_redirect_is_not_followed_wherever_it_leads(location: str) -> None:
    async with serving(answering(response("307 Again", b"20212", f"Location: {location}"))) as server:
        outcome = await created(server.url)
    assert isinstance(outcome, Unconfirmed)
    assert (outcome.reason.code, outcome.reason.params["status"]) == ("provider.unconfirmed.status", 307)
    assert server.connections == 1


@pytest.mark.parametrize("body", [
    b"", b" ", b"0", b"000", b"-5", b"+5", b"20212abc", b"20212\n20213", b"20 212", b"20212.0", b"2e4", b"0x4ef4",
    b"1234567890123456789", b'{"id": 20212}', b"[20212]", b'"20212"', b"<html><title>OK</title>20212</html>", b"OK",
    "٢٠٢١٢".encode(), b"\xef\xbb\xbf20212", b"\xff\xfe", b"\x00", b"2" * 100_000,
])
async def test_a_success_without_an_id_is_unconfirmed(body: bytes) -> None:
    async with serving(answering(response("200 OK", body))) as server:
        outcome = await created(server.url)
    assert isinstance(outcome, Unconfirmed)
    assert outcome.reason.code.startswith("provider.unconfirmed.no_id")
    assert server.connections == 1


async def test_a_compressed_answer_was_not_asked_for_and_is_not_unpacked() -> None:
    packed = gzip.compress(b"20212")
    async with serving(answering(response("200 OK", packed, "Content-Encoding: gzip"))) as server:
        outcome = await created(server.url)
    assert isinstance(outcome, Unconfirmed)
    assert outcome.reason.code == "provider.unconfirmed.no_id"


async def test_the_deadline_of_an_answer_is_not_that_of_what_is_still_to_be_sent() -> None:
    async with asyncio.timeout(None) as deadline:
        trace = RequestTrace(Sending(), "127.0.0.1", deadline, 60, traced=True)
        for method, due in ((b"CONNECT", False), (b"POST", True)):
            info = {"request": httpcore.Request(method, "https://provider.example.com")}
            await trace.on_event("http11.send_request_headers.started", info)
            assert deadline.when() is None
            assert trace.sending.started is due
            await trace.on_event("http11.receive_response_headers.started", info)
            assert deadline.when() is not None


@pytest.mark.parametrize(("raw", "campaign_id"), [
    (response("200 OK", b"20212"), 20212),
    (response("201 Created", b"20212"), 20212),
    (response("200 OK", b" 20212\r\n"), 20212),
    (response("200 OK", b"999999999999999999"), 999999999999999999),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n202\r\n2\r\n12\r\n0\r\n\r\n", 20212),
    (b"HTTP/1.1 100 Continue\r\n\r\n" + response("200 OK", b"20212"), 20212),
])
async def test_an_id_is_a_created_campaign(raw: bytes, campaign_id: int) -> None:
    async with serving(answering(raw)) as server:
        sending = Sending()
        assert await created(server.url, sending=sending) == Created(campaign_id)
    assert len(server.requests) == server.connections == 1
    assert sending.started


@pytest.mark.parametrize(("raw", "code", "params"), [
    (response("400 Bad Request", b"name can't be blank"), "refused", {"status": 400, "words": "name can't be blank"}),
    (response("422 No", b"a\n  b\tc"), "refused", {"status": 422, "words": "a b c"}),
    (response("400 Bad Request", "Ünlü \x1b[31m".encode()), "refused", {"status": 400, "words": "Ünlü \x1b[31m"}),
    (response("400 Bad Request", b"\xff!"), "refused", {"status": 400, "words": "�!"}),
    (response("400 Bad Request", b"x" * 1000), "refused", {"status": 400, "words": "x" * 300}),
    (response("400 Bad Request"), "refused.silent", {"status": 400}),
    (response("404 Not Found", b"<!DOCTYPE html><html><head><title>Not &amp; found</title></head><body>much</body>"),
     "refused.page", {"status": 404, "words": "Not & found"}),
    (response("405 No", b"<html><h1>Not\n<b>here</b></h1>"), "refused.page", {"status": 405, "words": "Not here"}),
    (response("405 No", b"<script>x()</script><p>plain</p>"), "refused.page", {"status": 405, "words": "plain"}),
    (response("405 No", b"<html></html>"), "refused.silent", {"status": 405}),
    (response("401 Unauthorized"), "key_refused.silent", {"status": 401}),
    (response("403 Forbidden", b"no"), "forbidden", {"status": 403, "words": "no"}),
    (response("400 Bad Request", f"Gecersiz anahtar: {KEY}".encode()), "key_refused",
     {"status": 400, "words": "Gecersiz anahtar: ********"}),
    (response("400 Bad Request", "GEÇERSİZ ANAHTAR".encode()), "key_refused",
     {"status": 400, "words": "GEÇERSİZ ANAHTAR"}),
    (response("429 Too Many"), "limit_reached", {}),
    (response("429 Too Many", b"", "Retry-After: 17"), "limit_reached.seconds", {"count": 17}),
    (response("429 Too Many", b"", "Retry-After: soon"), "limit_reached", {}),
    # The status came: that the rest was lost takes nothing from it.
    (b"HTTP/1.1 400 Bad Request\r\nContent-Length: 500\r\n\r\nname can't", "refused",
     {"status": 400, "words": "name can't"}),
    (b"HTTP/1.1 400 Bad Request\r\nContent-Length: 500\r\n\r\n", "refused.silent", {"status": 400}),
    (b"HTTP/1.1 400 Bad Request\r\n\r\nno framing", "refused", {"status": 400, "words": "no framing"}),
    (f"HTTP/1.1 400 Bad Request\r\nContent-Length: 500\r\n\r\nGecersiz anahtar: {KEY[:20]}".encode(), "key_refused",
     {"status": 400, "words": "Gecersiz anahtar: ********"}),
])
async def test_a_refusal_is_rejected_with_the_providers_words(raw: bytes, code: str, params: dict[str, Any]) -> None:
    async with serving(answering(raw)) as server:
        outcome = await created(server.url)
    assert isinstance(outcome, Rejected)
    assert outcome.reason.code == f"provider.{code}"
    assert outcome.reason.params == params
    assert server.connections == 1


async def test_a_refusal_whose_words_never_end_is_still_a_refusal() -> None:
    async with serving(then(b"HTTP/1.1 400 No\r\nContent-Length: 99\r\n\r\nname", stall)) as server:
        outcome = await created(server.url)
    assert isinstance(outcome, Rejected)
    assert outcome.reason.params["words"] == "name"


def assert_not_sent(outcome: Outcome, code: str, host: str = "127.0.0.1") -> None:
    assert isinstance(outcome, NotSent)
    assert outcome.reason.code == f"provider.not_reached.{code}"
    assert outcome.reason.params == {"host": host}


async def test_a_refused_connection_is_not_sent() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        sending = Sending()
        assert_not_sent(await created(f"http://127.0.0.1:{unused.getsockname()[1]}", sending=sending), "refused")
    assert not sending.started


@pytest.mark.parametrize(("failure", "code"), [
    (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "dns"),
    (OSError(errno.ENETUNREACH, "Network is unreachable"), "network"),
    (OSError(errno.EMFILE, "Too many open files"), "other"),
])
async def test_a_name_that_leads_nowhere_is_not_sent(failure: OSError, code: str,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert_not_sent(await created("https://provider.invalid"), code, "provider.invalid")


async def test_of_several_addresses_that_fail_the_reason_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in ("127.0.0.1", "127.0.0.2")])
        assert_not_sent(await created(f"https://provider.invalid:{port}"), "refused", "provider.invalid")


@pytest.mark.parametrize(("behaviour", "code"), [
    pytest.param(speak_no_tls, "tls", id="speaks no TLS"),
    pytest.param(close_at_once, "tls", id="closes in the handshake"),
    pytest.param(reset_at_once, "tls", id="resets in the handshake"),
    pytest.param(stall, "timeout", id="stalls in the handshake"),
])
async def test_a_failed_handshake_is_not_sent(behaviour: Behaviour, code: str) -> None:
    async with serving(behaviour) as server:
        assert_not_sent(await created(server.url.replace("http:", "https:")), code)
    assert server.connections == 1
    assert server.requests == []


async def test_a_certificate_that_nobody_vouches_for_is_not_sent() -> None:
    async with serving(answering(response("200 OK", b"20212")), tls_server()) as server:
        assert_not_sent(await created(server.url), "certificate")
    assert server.requests == []


async def test_over_tls_an_id_is_created_and_a_cut_unconfirmed() -> None:
    async with serving(answering(response("200 OK", b"20212")), tls_server()) as server:
        assert await created(server.url, transport=trusting()) == Created(20212)
    async with serving(reset_after_request, tls_server()) as server:
        outcome = await created(server.url, transport=trusting())
    assert isinstance(outcome, Unconfirmed)
    assert server.connections == 1


def through_proxy(proxy: StandIn) -> httpx.AsyncHTTPTransport:
    return httpx.AsyncHTTPTransport(proxy=proxy.url)


async def read_connect(connection: Connection) -> None:
    assert (await connection.head()).startswith(b"CONNECT provider.example.com:443 ")


@pytest.mark.parametrize(("answer", "end", "code"), [
    pytest.param(response("407 Proxy Authentication Required"), close, "proxy", id="wants a password"),
    pytest.param(response("502 Bad Gateway"), close, "proxy", id="can't connect"),
    pytest.param(b"", close, "proxy", id="closes"),
    pytest.param(b"", reset, "proxy", id="resets"),
    pytest.param(b"", stall, "proxy", id="stalls"),
    pytest.param(b"HTTP/1.1 200 OK\r\nX: ", drip, "proxy", id="drips"),
    pytest.param(b"HTTP/1.1 200 OK\r\n\r\n", close, "tls", id="closes the tunnel"),
    pytest.param(b"HTTP/1.1 200 OK\r\n\r\n", stall, "timeout", id="stalls the tunnel"),
])
async def test_a_tunnel_that_fails_is_not_sent(
        answer: bytes, end: Callable[[Connection], Coroutine[Any, Any, None]], code: str) -> None:
    async def proxy(connection: Connection) -> None:
        await read_connect(connection)
        await connection.send(answer)
        await end(connection)

    async with serving(proxy) as server:
        outcome = await created("https://provider.example.com", transport=through_proxy(server),
                                timeouts=HASTY)
    assert isinstance(outcome, NotSent)
    assert outcome.reason.code == f"provider.not_reached.{code}"
    assert server.connections == 1


async def test_through_a_tunnel_what_was_sent_is_told_from_what_was_not() -> None:
    async with serving(close_after_request, tls_server()) as provider, serving(tunnel_to(provider)) as server:
        transport = httpx.AsyncHTTPTransport(
            proxy=server.url, verify=ssl.create_default_context(cafile=str(CERTIFICATE)))
        outcome = await created(provider.url, transport=transport)
    assert isinstance(outcome, Unconfirmed)
    assert len(provider.requests) == provider.connections == server.connections == 1


def tunnel_to(provider: StandIn) -> Behaviour:
    """A proxy that makes a tunnel to a stand-in, whatever it is asked for."""
    async def proxy(connection: Connection) -> None:
        await connection.head()
        reader, writer = await asyncio.open_connection("127.0.0.1", provider.port)
        await connection.send(b"HTTP/1.1 200 OK\r\n\r\n")
        there = asyncio.create_task(pump(connection.reader, writer))
        try:
            await pump(reader, connection.writer)
        finally:
            there.cancel()
            writer.close()

    return proxy


async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while piece := await source.read(65536):
        sink.write(piece)
        await sink.drain()


async def test_a_proxy_of_the_environment_is_used_but_not_towards_this_machine(
        monkeypatch: pytest.MonkeyPatch) -> None:
    async def proxy(connection: Connection) -> None:
        await connection.request()
        await connection.send(response("502 Bad Gateway"))

    async with serving(proxy) as environment, serving(answering(response("200 OK", b"20212"))) as local:
        for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, environment.url)
        assert_not_sent(await created("https://provider.example.com"), "proxy")
        assert environment.requests[0].startswith(b"CONNECT provider.example.com:443 ")
        async with Provider(local.url, Secret(KEY)) as provider:
            assert await provider.create(SMALL) == Created(20212)
        assert len(environment.requests) == 1


async def test_a_text_that_can_not_be_written_is_not_sent() -> None:
    async with serving(answering(response("200 OK", b"20212"))) as server:
        outcome = await created(server.url, {"name": "\ud800"})
    assert_not_sent(outcome, "unwritable")
    assert server.connections == 0


async def test_a_request_with_a_key_of_its_own_is_a_mistake() -> None:
    async with serving(answering(response("200 OK", b"20212"))) as server:
        with pytest.raises(ValueError, match="key"):
            await created(server.url, {"key": "another"})
    assert server.connections == 0


async def test_after_closing_nothing_is_sent() -> None:
    async with serving(answering(response("200 OK", b"20212"))) as server:
        provider = Provider(server.url, Secret(KEY))
        await provider.aclose()
        assert isinstance(await provider.create(SMALL), NotSent)
    assert server.connections == 0


@pytest.mark.parametrize(("failure", "code"), [
    (httpx.ConnectError("x"), "other"), (httpx.ConnectTimeout("x"), "timeout"), (httpx.PoolTimeout("x"), "pool"),
    (httpx.ProxyError("x"), "proxy"), (httpx.UnsupportedProtocol("x"), "other"),
])
async def test_without_a_trace_these_exceptions_mean_not_sent(failure: httpx.TransportError, code: str) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise failure

    sending = Sending()
    outcome = await created("https://provider.example.com", sending=sending, transport=httpx.MockTransport(fail))
    assert_not_sent(outcome, code, "provider.example.com")
    assert not sending.started


@pytest.mark.parametrize("failure", [
    httpx.ReadError("x"), httpx.WriteError("x"), httpx.ReadTimeout("x"), httpx.WriteTimeout("x"),
    httpx.RemoteProtocolError("x"), httpx.LocalProtocolError("x"), httpx.CloseError("x"), OSError("x"),
    RuntimeError("x"), ExceptionGroup("x", [ValueError("x")]),
])
async def test_without_a_trace_every_other_exception_is_unconfirmed(failure: Exception) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise failure

    outcome = await created("https://provider.example.com", transport=httpx.MockTransport(fail))
    assert isinstance(outcome, Unconfirmed)


@contextlib.asynccontextmanager
async def creating(url: str, sending: Sending) -> AsyncIterator[asyncio.Task[Outcome]]:
    """A create request under way, which is cancelled at the end and must then be cancelled."""
    async with Provider(url, Secret(KEY)) as provider:
        task = asyncio.create_task(provider.create(SMALL, sending))
        yield task
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_cancelled_before_a_byte_left_nothing_was_started() -> None:
    connected = asyncio.Event()

    async def no_handshake(connection: Connection) -> None:
        connected.set()
        await connection.for_ever()

    sending = Sending()
    async with serving(no_handshake) as server, creating(server.url.replace("http:", "https:"), sending):
        await connected.wait()
    assert not sending.started
    assert sending.outcome is None


async def test_cancelled_after_the_request_left_it_was_started() -> None:
    read = asyncio.Event()

    async def silent(connection: Connection) -> None:
        await connection.request()
        read.set()
        await connection.for_ever()

    sending = Sending()
    async with serving(silent) as server, creating(server.url, sending):
        await read.wait()
    assert sending.started
    assert sending.outcome is None


async def test_cancelled_when_the_provider_had_refused_the_refusal_is_not_lost() -> None:
    async def half(connection: Connection) -> None:
        await connection.request()
        await connection.send(b"HTTP/1.1 400 No\r\nContent-Length: 99\r\n\r\nname can't")
        await connection.for_ever()

    sending = Sending()
    async with serving(half) as server, creating(server.url, sending):
        async with asyncio.timeout(5):
            while sending.answer is None or not sending.answer.body:  # noqa: ASYNC110 - nobody tells when it was read
                await asyncio.sleep(0.01)
    assert isinstance(sending.outcome, Rejected)


async def test_a_connection_that_the_provider_closed_after_an_answer_is_not_used_again() -> None:
    """An idle connection dies at the worst moment: when the next request is written to it."""
    async def one_answer_a_connection(connection: Connection) -> None:
        await connection.request()
        await connection.send(response("200 OK", b'["902129630131"]' if connection.server.connections == 1 else b"7",
                                       "Connection: keep-alive"))
        await connection.head()  # the next request on this connection, where there is one
        connection.reset()

    async with serving(one_answer_a_connection) as server, Provider(server.url, Secret(KEY)) as provider:
        await provider.check_key()
        assert await provider.create(SMALL) == Created(7)
        assert await provider.create(SMALL) == Created(7)
    assert server.connections == 3
