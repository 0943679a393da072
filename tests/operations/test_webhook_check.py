"""Who answers at the public address: our receiver, somebody else, or nobody."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.campaign.sentences import said
from tests.provider.stand_in import Connection, answering, response, serving
from tests.store.support import open_store
from tui.campaign.lifecycle import AskedBy
from tui.campaign.results import Ping
from tui.config import Profile, ReceiverSettings
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.operations import webhook_check
from tui.operations.services import Services
from tui.operations.webhook_check import WebhookAnswer, WebhookCheck, check_webhook
from tui.provider.client import Provider
from tui.receiver.receiver_store import ReceiverStore
from tui.receiver.server import Receiver as WebhookReceiver
from tui.receiver.server import address_of, open_socket
from tui.store import Delivery, IngestResult, Store, StoreFull, StoreThread

KEY = "K98765432-1234-5678-4321-123456789012"
TOKEN = "unguessable-token"
PUBLIC = "https://calls.example.com/santral"
NOW = dt.datetime(2026, 9, 12, 11, 32, tzinfo=dt.UTC)
HERE = Profile("acme", Secret(KEY), base_url="http://127.0.0.1:1")
FAR = replace(HERE, base_url="https://api.example.com")


def no_provider(profile: Profile) -> Provider:
    raise AssertionError("the provider isn't asked")


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http", "https", "all", "no"):
        monkeypatch.delenv(f"{name}_proxy", raising=False)
        monkeypatch.delenv(f"{name.upper()}_PROXY", raising=False)


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    made = Services(open_store(tmp_path / "santral.db"), StoreThread(), HERE, no_provider, AskedBy.APP,
                    now=lambda: NOW, new_token=lambda: TOKEN)
    yield made
    await made.close()


def note(services: Services, token: str = TOKEN) -> IngestResult:
    """What a receiver does with an empty request."""
    taken, = services.store.deliveries.ingest([Delivery(token, NOW, Ping())])
    return taken


def answer(status: int, *, services: Services | None = None, **headers: str) -> httpx.MockTransport:
    """Answers so; with `services` our receiver takes the request in before."""

    def handle(request: httpx.Request) -> httpx.Response:
        if services is not None:
            assert note(services, request.url.path.rpartition("/")[2]) is IngestResult.STORED
        return httpx.Response(status, headers=headers)

    return httpx.MockTransport(handle)


async def checked(services: Services, transport: httpx.AsyncBaseTransport | None = None,
                  url: str = PUBLIC) -> WebhookCheck:
    result = await check_webhook(services, ReceiverSettings(public_url=url), transport=transport)
    for sentence in said(result.reason).values():
        assert TOKEN not in sentence
        assert str(urlsplit(url).hostname) in sentence
    return result


async def test_without_an_address_nothing_is_sent(services: Services) -> None:
    result = await check_webhook(services, ReceiverSettings())
    assert (result.found, result.works) == (WebhookAnswer.NOT_SET, False)
    assert all("public_url" in sentence for sentence in said(result.reason).values())


async def test_our_receiver_is_known_by_what_the_store_remembers(services: Services) -> None:
    async def receiver(connection: Connection) -> None:
        raw = await connection.request()
        assert note(services, raw.split(b" ")[1].rpartition(b"/")[2].decode()) is IngestResult.STORED
        await connection.send(response("200 OK"))

    async with serving(receiver) as server:
        result = await checked(services, url=f"{server.url}/santral")
        again = await checked(services, url=f"{server.url}/santral")
    assert result.works
    assert again == result
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(f"POST /santral/{TOKEN} HTTP/1.1\r\n".encode())
    assert b"content-length: 0" in head.lower()
    assert body == b""
    assert KEY.encode() not in b"".join(server.requests)
    assert services.store.deliveries.profile_pings("acme") == 2


async def test_the_receiver_itself_is_reached_and_one_with_another_store_is_not(services: Services,
                                                                                tmp_path: Path) -> None:
    async def found_at(store: Store) -> WebhookAnswer:
        opened, stopping = open_socket("127.0.0.1", 0), asyncio.Event()
        url = f"{address_of(opened)}/santral"
        receiver = WebhookReceiver(ReceiverStore.of(store), opened, "receiver", "/santral", now=lambda: NOW)
        running = asyncio.create_task(receiver.serve(stopping))
        result = await checked(services, url=url)
        stopping.set()
        await running
        return result.found

    # It runs beside the app: with a connection of its own.
    with closing(open_store(tmp_path / "santral.db")) as same, closing(open_store(tmp_path / "other.db")) as other:
        assert await found_at(same) is WebhookAnswer.REACHED
        assert await found_at(other) is WebhookAnswer.NOT_FOUND


@pytest.mark.parametrize(("status", "noted", "found"), [
    (200, True, WebhookAnswer.REACHED), (200, False, WebhookAnswer.ANOTHER), (404, False, WebhookAnswer.NOT_FOUND),
    (204, True, WebhookAnswer.ALTERED), (302, True, WebhookAnswer.ALTERED), (502, True, WebhookAnswer.ALTERED),
    (301, False, WebhookAnswer.REDIRECTED), (308, False, WebhookAnswer.REDIRECTED),
    (401, False, WebhookAnswer.CLOSED), (403, False, WebhookAnswer.CLOSED), (407, False, WebhookAnswer.CLOSED),
    (500, False, WebhookAnswer.FAILED), (502, False, WebhookAnswer.FAILED), (503, False, WebhookAnswer.FAILED),
    (204, False, WebhookAnswer.REFUSED), (400, False, WebhookAnswer.REFUSED), (405, False, WebhookAnswer.REFUSED),
    (429, False, WebhookAnswer.REFUSED),
])
async def test_every_answer_has_its_verdict(services: Services, status: int, noted: bool, found: WebhookAnswer) -> None:
    result = await checked(services, answer(status, services=services if noted else None))
    assert result.found is found
    assert result.works is (found is WebhookAnswer.REACHED)
    if found not in (WebhookAnswer.REACHED, WebhookAnswer.ANOTHER, WebhookAnswer.NOT_FOUND):
        assert all(str(status) in sentence for sentence in said(result.reason).values())


async def test_a_redirect_is_not_followed_wherever_it_leads(services: Services) -> None:
    async with serving(answering(response("200 OK"))) as elsewhere:
        for location in (elsewhere.url, "http://[", "//", "\x01"):
            result = await checked(services, answer(302, Location=location))
            assert result.found is WebhookAnswer.REDIRECTED
    assert elsewhere.connections == 0


async def test_only_the_public_address_is_asked_and_once(services: Services) -> None:
    asked: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.method} {request.url}")
        assert KEY not in str(request.headers)
        return httpx.Response(503)

    await checked(services, httpx.MockTransport(handle))
    assert asked == [f"POST {PUBLIC}/{TOKEN}"]


async def test_an_endless_answer_is_not_read(services: Services) -> None:
    async def endless(connection: Connection) -> None:
        await connection.request()
        await connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            await connection.send(b"1\r\nx\r\n" * 1000)

    async with serving(endless) as server:
        result = await checked(services, url=server.url)
    assert result.found is WebhookAnswer.ANOTHER


# Not reached

async def test_nobody_listens(services: Services) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        result = await checked(services, url=f"http://127.0.0.1:{taken.getsockname()[1]}")
    assert result.found is WebhookAnswer.NO_CONNECTION


async def test_a_name_that_is_not_there(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert (await checked(services)).found is WebhookAnswer.DNS


async def test_a_certificate_that_nobody_vouches_for(services: Services) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).parents[1] / "provider" / "untrusted.pem")
    async with serving(answering(response("200 OK")), tls=context) as server:
        assert (await checked(services, url=server.url)).found is WebhookAnswer.CERTIFICATE
    assert server.requests == []


async def test_https_where_plain_http_is_spoken(services: Services) -> None:
    async def plain(connection: Connection) -> None:
        await connection.reader.read(100)
        await connection.send(response("400 Bad Request"))

    async with serving(plain) as server:
        result = await checked(services, url=f"https://127.0.0.1:{server.port}")
    assert result.found is WebhookAnswer.TLS


async def test_a_connection_that_is_closed_without_an_answer(services: Services) -> None:
    async def rude(connection: Connection) -> None:
        await connection.request()

    async with serving(rude) as server:
        assert (await checked(services, url=server.url)).found is WebhookAnswer.CUT


async def test_a_receiver_that_hangs_is_not_waited_for_longer_than_told(services: Services,
                                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    async def hangs(connection: Connection) -> None:
        await connection.request()
        await connection.for_ever()

    async def drips(connection: Connection) -> None:
        await connection.request()
        while True:  # each byte in time, and no answer
            await connection.send(b"H")
            await asyncio.sleep(0.02)

    monkeypatch.setattr(webhook_check, "_SECONDS", 1.0)
    async with serving(hangs) as server:
        assert (await checked(services, url=server.url)).found is WebhookAnswer.ANSWER_TIMEOUT
        assert (await checked(services, url=f"https://127.0.0.1:{server.port}")).found is WebhookAnswer.CONNECT_TIMEOUT
    async with serving(drips) as server:
        assert (await checked(services, url=server.url)).found is WebhookAnswer.ANSWER_TIMEOUT


@pytest.mark.parametrize(("failure", "found"), [
    (httpx.ConnectTimeout("x"), WebhookAnswer.CONNECT_TIMEOUT), (httpx.ProxyError("x"), WebhookAnswer.PROXY),
    (httpx.ReadTimeout("x"), WebhookAnswer.ANSWER_TIMEOUT), (httpx.RemoteProtocolError("x"), WebhookAnswer.CUT),
    (httpx.PoolTimeout("x"), WebhookAnswer.UNREACHED), (httpx.ConnectError("x"), WebhookAnswer.UNREACHED),
])
async def test_every_failure_has_its_verdict(services: Services, failure: Exception, found: WebhookAnswer) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise failure

    assert (await checked(services, httpx.MockTransport(fail))).found is found


def test_every_verdict_can_be_said() -> None:
    for found in WebhookAnswer:
        reason = WebhookCheck(found, Reason(f"operations.webhook.{found}", {"host": "h", "status": 1})).reason
        assert len(set(said(reason).values())) == 2


# From outside

@pytest.mark.parametrize(("url", "profile", "found"), [
    ("http://127.0.0.1:8787", HERE, WebhookAnswer.REACHED), ("http://127.0.0.1:8787", FAR, WebhookAnswer.PRIVATE),
    ("http://localhost:8787", FAR, WebhookAnswer.PRIVATE), ("http://192.168.1.5/x", FAR, WebhookAnswer.PRIVATE),
    ("http://[fd00::1]/x", FAR, WebhookAnswer.PRIVATE), ("https://santral.local", FAR, WebhookAnswer.PRIVATE),
    ("https://93.184.216.34/x", FAR, WebhookAnswer.REACHED), (PUBLIC, FAR, WebhookAnswer.REACHED),
])
async def test_what_only_this_network_reaches_the_provider_does_not(services: Services, url: str, profile: Profile,
                                                                    found: WebhookAnswer) -> None:
    services.profile = profile
    result = await check_webhook(services, ReceiverSettings(public_url=url), transport=answer(200, services=services))
    assert result.found is found


# Around it

async def test_neither_token_nor_key_is_logged(services: Services, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with serving(answering(response("200 OK"))) as server:
        await checked(services, url=server.url)
    assert "webhook checked: another" in caplog.text
    assert TOKEN not in caplog.text
    assert KEY not in caplog.text


async def test_each_profile_has_a_token_that_stays(services: Services) -> None:
    asked: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(404)

    tokens = iter(["one", "two", "three"])
    services.new_token = lambda: next(tokens)
    for profile in (HERE, replace(HERE, name="other"), HERE):
        services.profile = profile
        await check_webhook(services, ReceiverSettings(public_url=PUBLIC), transport=httpx.MockTransport(handle))
    assert asked == ["/santral/one", "/santral/two", "/santral/one"]


async def test_a_store_that_fails_is_told_as_such(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(profile: str, new_token: Callable[[], str]) -> str:
        raise StoreFull(Reason("store.full", {"path": "x"}))

    monkeypatch.setattr(services.store.deliveries, "profile_token", full)
    with pytest.raises(StoreFull):
        await check_webhook(services, ReceiverSettings(public_url=PUBLIC), transport=answer(200))
