"""The key appears nowhere but in the requests themselves."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from tui.campaign.lifecycle import Action, Created, Unconfirmed
from tui.core.secret import Secret
from tui.provider.client import Provider
from tui.provider.errors import ProviderError
from tui.provider.transport import Timeouts

from .doubles import FakeClock
from .stand_in import KEY, Behaviour, Connection, serving

DAY = datetime(2026, 1, 1, tzinfo=UTC)
QUICK = Timeouts(connect=2, write=0.2, read=0.1, pool=0.2, answer=0.2)

CALLS: dict[str, Callable[[Provider], Awaitable[Any]]] = {
    "create": lambda provider: provider.create({"name": "x"}),
    "switch": lambda provider: provider.switch(112, Action.OFF),
    "delete": lambda provider: provider.delete(112),
    "check_key": lambda provider: provider.check_key(),
    "caller_ids": lambda provider: provider.caller_ids(),
    "announcements": lambda provider: provider.announcements(),
    "queues": lambda provider: provider.queues(),
    "user_statuses": lambda provider: provider.user_statuses(),
    "agent_statuses": lambda provider: provider.agent_statuses(204),
    "cdrs": lambda provider: provider.cdrs(DAY, DAY),
    "blocked_numbers": lambda provider: provider.blocked_numbers(),
}


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and everything that hangs on it."""
    while error is not None:
        yield error
        yield from chain(error.__cause__)
        error = error.__context__


def everything(found: object, provider: Provider) -> str:
    """Whatever somebody may print of a result or an error."""
    texts = [repr(found), str(found), repr(provider), str(provider)]
    if isinstance(found, BaseException):
        texts += traceback.format_exception(found)
        texts += traceback.TracebackException.from_exception(found, capture_locals=True).format()
        for error in chain(found):
            texts += [repr(error), str(error), repr(error.args), repr(vars(error))]
            assert not isinstance(error, httpx.HTTPError)
    return "\n".join(texts)


def logged(caplog: pytest.LogCaptureFixture) -> str:
    texts = [caplog.text]
    for record in caplog.records:
        texts += [record.getMessage(), repr(record.args), repr(vars(record))]
    return "\n".join(texts)


def assert_no_key(text: str, key: str = KEY) -> None:
    assert key.casefold() not in text.casefold()
    assert key[:12].casefold() not in text.casefold()


@pytest.fixture
def all_logs(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Every logger at its most talkative, also those that were hushed."""
    names = ["", "httpx", "httpcore", "httpcore.connection", "httpcore.http11", "httpcore.proxy", "santral", "asyncio"]
    levels = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG)
    with caplog.at_level(logging.DEBUG):
        yield caplog
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


async def outcome_of(use: Callable[[Provider], Awaitable[Any]], provider: Provider) -> object:
    try:
        return await use(provider)
    except ProviderError as error:
        return error


ESCAPED = "".join(f"\\u{ord(letter):04x}" for letter in KEY)
ECHOES = [
    f"Gecersiz anahtar: {KEY}", f"<html><title>{KEY}</title>{KEY}</html>", f"<p>{KEY.replace('-', '&#45;')}</p>",
    f'["{KEY}"]', f'["{ESCAPED}"]', f'[{{"number": 1, "id": 1, "name": "{KEY}", "{KEY}": 1}}]',
    f'[{{"user": "{KEY}"}}]', f'{{"cdrs": [], "pagination": {{"page": "{KEY}"}}}}', KEY.lower(),
    f"{KEY}{KEY}\n{KEY}", f"{KEY} " * 50, "x" * 290 + KEY, f"<p>{KEY[:20]}<b>{KEY[20:]}</b></p>",
    f"{KEY[:20]}\r\n{KEY[20:]}",
]


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("status", [200, 400, 401, 429, 307, 500])
async def test_an_echo_of_the_key_goes_no_further(name: str, status: int,
                                                  all_logs: pytest.LogCaptureFixture) -> None:
    """In bodies, reasons, redirects, cookies and every other header."""
    for echo in ECHOES:
        def answer(request: httpx.Request, echo: str = echo) -> httpx.Response:
            return httpx.Response(status, text=echo, headers={
                "Location": str(request.url), "Set-Cookie": f"key={KEY}", "Retry-After": KEY, "Date": KEY,
                "Content-Type": f"text/html; charset={KEY}", "X-Echo": KEY}, extensions={"reason_phrase": KEY.encode()})

        async with Provider("https://provider.example.com", Secret(KEY), transport=httpx.MockTransport(answer),
                            clock=FakeClock()) as provider:
            found = await outcome_of(CALLS[name], provider)
            assert_no_key(everything(found, provider))
    assert_no_key(logged(all_logs))
    assert "santral.provider" in {record.name for record in all_logs.records}


def echoing(status: bytes, *, cut: int = 0) -> Behaviour:
    """Gives back the whole request in its status line, headers and body; `cut` takes so much off the end."""
    async def behaviour(connection: Connection) -> None:
        raw = await connection.request()
        line = raw.partition(b"\r\n")[0]
        body = b"Gecersiz anahtar: " + KEY.encode()
        headers = b"Content-Length: %d\r\nX-Line: %b\r\nLocation: /?key=%b\r\n" % (len(body), line, KEY.encode())
        answer = b"HTTP/1.1 " + status + b" " + line + b"\r\n" + headers + b"\r\n" + body
        await connection.send(answer[:len(answer) - cut])

    return behaviour


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("behaviour", [
    pytest.param(echoing(b"400"), id="refused"), pytest.param(echoing(b"500"), id="failed"),
    pytest.param(echoing(b"400", cut=1), id="cut within the key"),
    pytest.param(echoing(b"400", cut=len(KEY) - 13), id="cut early in the key"),
    pytest.param(echoing(b"200", cut=200), id="cut within the headers"),
    pytest.param(echoing(b"abc"), id="no HTTP"),
])
async def test_over_a_socket_the_key_goes_no_further(name: str, behaviour: Behaviour,
                                                     all_logs: pytest.LogCaptureFixture) -> None:
    async with serving(behaviour) as server:
        provider = Provider(server.url, Secret(KEY), clock=FakeClock(), timeouts=QUICK)
        found = await outcome_of(CALLS[name], provider)
        assert_no_key(everything(found, provider))
        await provider.aclose()
    assert server.requests
    assert_no_key(logged(all_logs))


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("failure", [
    httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.InvalidURL, ValueError, OSError])
async def test_what_the_transport_raises_goes_no_further(name: str, failure: type[Exception],
                                                         all_logs: pytest.LogCaptureFixture) -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        error = failure(f"failed: {request.url} {request.content!r}")
        error.add_note(KEY)
        raise error from RuntimeError(KEY)

    async with Provider("https://provider.example.com", Secret(KEY), transport=httpx.MockTransport(fail),
                        clock=FakeClock()) as provider:
        found = await outcome_of(CALLS[name], provider)
        assert_no_key(everything(found, provider))
        if isinstance(found, ProviderError):
            assert list(chain(found)) == [found]
    assert_no_key(logged(all_logs))


async def test_a_text_that_can_not_be_written_does_not_give_the_key_away() -> None:
    async with Provider("https://provider.example.com", Secret(KEY)) as provider:
        found = await provider.create({"name": "\udcff"})
        assert_no_key(everything(found, provider))


async def test_a_key_of_another_form_is_hidden_too() -> None:
    key = 'secret "key" ğ/+%'

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(400, text=f"{request.url} {key}")

    async with Provider("https://provider.example.com", Secret(key), transport=httpx.MockTransport(answer)) as provider:
        for use in CALLS.values():
            found = everything(await outcome_of(use, provider), provider)
            assert key not in found
            assert "secret" not in found


async def test_each_request_is_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    answers = iter([httpx.Response(503), httpx.Response(200, text="OK"), httpx.Response(200, text="20212")])

    def answer(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            raise httpx.ConnectError(KEY)
        return next(answers)

    caplog.set_level(logging.INFO)
    async with Provider("https://provider.example.com", Secret(KEY), transport=httpx.MockTransport(answer),
                        clock=FakeClock()) as provider:
        await provider.switch(112, Action.OFF)
        assert await provider.create({"name": "x"}) == Created(20212)
        with pytest.raises(ProviderError):
            await provider.agent_statuses(204)
    lines = [(record.name, record.levelname, record.getMessage()) for record in caplog.records]
    assert lines == [("santral.provider", "INFO", text) for text in (
        "PATCH /ivr_campaigns/112: 503, 0 ms, try 1",
        "PATCH /ivr_campaigns/112: 200, 0 ms, try 2",
        "POST /ivr_campaigns.json: 200, 0 ms, try 1",
        "GET /agent_statuses: not sent: other, 0 ms, try 1",
        "GET /agent_statuses: not sent: other, 0 ms, try 2",
        "GET /agent_statuses: not sent: other, 0 ms, try 3",
    )]


async def test_a_lost_answer_is_logged_as_lost(caplog: pytest.LogCaptureFixture) -> None:
    def cut(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadError(KEY)

    caplog.set_level(logging.INFO)
    async with Provider("https://provider.example.com", Secret(KEY), transport=httpx.MockTransport(cut),
                        clock=FakeClock()) as provider:
        assert isinstance(await provider.create({"name": "x"}), Unconfirmed)
    assert [record.getMessage() for record in caplog.records] == ["POST /ivr_campaigns.json: cut, 0 ms, try 1"]
