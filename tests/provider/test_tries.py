"""What is tried again, how often and when."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from tui.campaign.lifecycle import Action, Created, Rejected
from tui.core.secret import Secret
from tui.provider.client import Provider
from tui.provider.errors import (
    AnswerLost,
    BadAnswer,
    KeyRefused,
    LimitReached,
    NotFound,
    NotReached,
    ProviderError,
    RequestRefused,
    ServerFailed,
)
from tui.provider.limits import Wait

from .doubles import Answering, FakeClock, Rig, StoppedClock
from .stand_in import KEY, Connection, response, serving

NOT_FOUND = "Cannot find ivr_campaign with ID 112"


def ok() -> httpx.Response:
    return httpx.Response(200, text="OK")


def failed(status: int = 503, text: str = "", **headers: str) -> httpx.Response:
    return httpx.Response(status, text=text, headers={name.replace("_", "-"): value for name, value in headers.items()})


async def switch_off(provider: Provider) -> None:
    await provider.switch(112, Action.OFF)


async def delete(provider: Provider) -> None:
    await provider.delete(112)


async def failure_of(use: Callable[[Provider], Awaitable[Any]], rig: Rig) -> ProviderError:
    with pytest.raises(ProviderError) as raised:
        await use(rig.provider)
    return raised.value


PASSING: list[Callable[[], Answering]] = [
    lambda: failed(500), lambda: failed(502), lambda: failed(503), lambda: failed(408), lambda: failed(429),
    lambda: httpx.ReadError("cut"), lambda: httpx.ReadTimeout("slow"), lambda: httpx.WriteError("cut"),
    lambda: httpx.RemoteProtocolError("cut"), lambda: httpx.ConnectError("refused"),
    lambda: httpx.ConnectTimeout("slow"), lambda: httpx.PoolTimeout("full"),
]


@pytest.mark.parametrize("use", [switch_off, delete])
@pytest.mark.parametrize("passing", PASSING)
async def test_what_passes_is_tried_again(use: Callable[[Provider], Awaitable[None]],
                                          passing: Callable[[], Answering]) -> None:
    async with Rig(passing(), passing(), ok()) as rig:
        await use(rig.provider)
    assert len(rig.transport.sent) == 3
    assert len(set(rig.transport.sent)) == len(set(rig.transport.bodies)) == 1


@pytest.mark.parametrize("use", [switch_off, delete])
@pytest.mark.parametrize(("answer", "kind", "code"), [
    (failed(400, "no"), RequestRefused, "refused"),
    (failed(404, "<html><h1>Not here</h1>"), RequestRefused, "refused.page"),
    (failed(400, NOT_FOUND), NotFound, "not_found"), (failed(404, NOT_FOUND), NotFound, "not_found"),
    (failed(401), KeyRefused, "key_refused.silent"), (failed(403), KeyRefused, "forbidden.silent"),
    (failed(403, "TTS modülü yok"), KeyRefused, "forbidden"),
    (failed(403, "<title>No</title>"), KeyRefused, "forbidden.page"),
    (failed(403, "Gecersiz anahtar: x"), KeyRefused, "key_refused"),
    (failed(400, "Gecersiz anahtar: x"), KeyRefused, "key_refused"),
    (failed(302, location="/"), BadAnswer, "bad_status"), (failed(304), BadAnswer, "bad_status"),
])
async def test_what_stays_is_not_tried_again(use: Callable[[Provider], Awaitable[None]], answer: httpx.Response,
                                             kind: type[ProviderError], code: str) -> None:
    async with Rig(answer) as rig:
        error = await failure_of(use, rig)
    assert type(error) is kind
    assert error.reason.code == f"provider.{code}"
    assert error.sent
    assert rig.clock.slept == []


@pytest.mark.parametrize(("jitter", "waits"), [
    (1.0, [0.5, 1.0, 2.0, 4.0]),
    (0.0, [0.25, 0.5, 1.0, 2.0]),
    (0.5, [0.375, 0.75, 1.5, 3.0]),
])
@pytest.mark.parametrize("use", [switch_off, delete])
async def test_five_tries_and_longer_waits_between_them(use: Callable[[Provider], Awaitable[None]], jitter: float,
                                                        waits: list[float]) -> None:
    async with Rig(*(failed() for _ in range(5)), jitter=jitter) as rig:
        error = await failure_of(use, rig)
    assert type(error) is ServerFailed
    assert rig.clock.slept == waits
    assert len(rig.transport.sent) == 5


async def test_each_wait_is_told_and_its_end_too() -> None:
    async with Rig(failed(), failed(), ok()) as rig:
        await switch_off(rig.provider)
    told = [wait and (wait.kind, wait.seconds, wait.reason.code, dict(wait.reason.params)) for wait in rig.waits]
    assert told == [
        ("again", 0.5, "provider.wait.again", {"count": 1, "attempt": 2, "of": 5}), None,
        ("again", 1.0, "provider.wait.again", {"count": 1, "attempt": 3, "of": 5}), None,
    ]


def http_date(seconds: float) -> str:
    return format_datetime(datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(("headers", "wait"), [
    ({"retry_after": "7"}, 7), ({"retry_after": " 7 "}, 7), ({"retry_after": "0"}, 0), ({"retry_after": "120"}, 120),
    ({"retry_after": http_date(30), "date": http_date(0)}, 30),
    ({"retry_after": http_date(-5), "date": http_date(0)}, 0),
    ({"retry_after": "Sun Mar  1 12:00:30 2026", "date": http_date(0)}, 30),
    ({"retry_after": "Mon, 01 Jan 2001 00:00:00 GMT"}, 0),
    ({"retry_after": http_date(30), "date": "yesterday"}, None),
    ({"retry_after": ""}, 0.5), ({"retry_after": "-1"}, 0.5), ({"retry_after": "1.5"}, 0.5),
    ({"retry_after": "9" * 10}, 0.5), ({"retry_after": "soon"}, 0.5), ({}, 0.5),
])
@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.usefixtures("moment")
async def test_the_provider_says_when_to_come_back(status: int, headers: dict[str, str], wait: float | None) -> None:
    async with Rig(failed(status, **headers), ok()) as rig:
        await switch_off(rig.provider)
    slept, = rig.clock.slept
    if wait is None:  # against this machine's clock: somewhere between
        assert 0 <= slept <= 120
    else:
        assert slept == wait


@pytest.mark.parametrize("retry_after", ["121", "999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
@pytest.mark.usefixtures("moment")
async def test_who_is_asked_to_come_back_much_later_does_not_come_back_sooner(retry_after: str) -> None:
    async with Rig(failed(429, retry_after=retry_after)) as rig:
        assert type(await failure_of(switch_off, rig)) is LimitReached
    assert rig.clock.slept == []


@pytest.mark.parametrize(("script", "kind", "sent"), [
    ([httpx.ReadError("x"), *(httpx.ConnectError("x") for _ in range(4))], NotReached, True),
    ([httpx.ConnectError("x") for _ in range(5)], NotReached, False),
    ([httpx.ConnectError("x"), *(httpx.ReadError("x") for _ in range(4))], AnswerLost, True),
    ([httpx.ReadError("x"), failed(400, "no")], RequestRefused, True),
    ([failed(429) for _ in range(5)], LimitReached, True),
])
async def test_the_last_error_is_raised_and_knows_whether_any_try_was_sent(
        script: list[Answering], kind: type[ProviderError], sent: bool) -> None:
    async with Rig(*script) as rig:
        error = await failure_of(switch_off, rig)
    assert type(error) is kind
    assert error.sent is sent


@pytest.mark.parametrize("use", [switch_off, delete])
@pytest.mark.parametrize(("script", "perhaps"), [
    ([httpx.ReadError("x"), failed(400, "no")], True),
    ([failed(500), failed(401)], True),
    ([httpx.ReadTimeout("x"), failed(429, retry_after="500")], True),
    ([failed(502), failed(301)], True),
    ([failed(301)], True),
    ([failed(429), failed(400, "no")], False),
    ([failed(429), *(httpx.ConnectError("x") for _ in range(4))], False),
    ([httpx.ConnectError("x"), failed(401)], False),
])
async def test_a_refusal_takes_nothing_back_of_a_try_before_that_may_have_been_carried_out(
        use: Callable[[Provider], Awaitable[None]], script: list[Answering], perhaps: bool) -> None:
    async with Rig(*script) as rig:
        assert (await failure_of(use, rig)).perhaps_done is perhaps


@pytest.mark.parametrize("use", [switch_off, delete])
@pytest.mark.parametrize(("page", "code"), [
    ("<html><title>Log in</title></html>", "provider.no_ok.page"),
    ("\ufeff\r\n<!doctype html>", "provider.no_ok.silent"),
])
async def test_a_web_page_is_no_success(use: Callable[[Provider], Awaitable[None]], page: str, code: str) -> None:
    async with Rig(httpx.Response(200, text=page)) as rig:
        error = await failure_of(use, rig)
    assert (type(error), error.reason.code, error.perhaps_done) == (BadAnswer, code, True)


@pytest.mark.parametrize("use", [switch_off, delete])
@pytest.mark.parametrize(("status", "text"), [
    (200, "OK"), (200, "ok"), (200, " \r\nOk\n"), (200, "\ufeffOK"), (201, "OK"), (202, "OK")])
async def test_it_is_done_where_the_body_is_ok(use: Callable[[Provider], Awaitable[None]], status: int,
                                               text: str) -> None:
    async with Rig(httpx.Response(status, text=text)) as rig:
        await use(rig.provider)


@pytest.mark.parametrize("use", [switch_off, delete])
@pytest.mark.parametrize(("status", "text", "code"), [
    (200, "", "provider.no_ok.silent"), (204, "", "provider.no_ok.silent"), (200, "true", "provider.no_ok"),
    (202, "Accepted", "provider.no_ok"), (200, "NOT OK", "provider.no_ok"), (200, "OK?", "provider.no_ok"),
    (200, '{"status": "OK"}', "provider.no_ok"), (200, f"{NOT_FOUND}", "provider.no_ok"),
])
async def test_any_other_success_is_not_sure(use: Callable[[Provider], Awaitable[None]], status: int, text: str,
                                             code: str) -> None:
    async with Rig(httpx.Response(status, text=text)) as rig:
        error = await failure_of(use, rig)
    assert (type(error), error.reason.code, error.perhaps_done) == (BadAnswer, code, True)
    assert rig.clock.slept == []


@pytest.mark.parametrize("use", [switch_off, delete])
@pytest.mark.parametrize("earlier", [httpx.ReadError("cut"), httpx.ReadTimeout("slow"), failed(502),
                                     httpx.ConnectError("refused"), failed(429)])
async def test_what_cannot_be_found_is_not_found_whatever_was_tried_before(
        use: Callable[[Provider], Awaitable[None]], earlier: Answering) -> None:
    async with Rig(earlier, failed(400, NOT_FOUND)) as rig:
        assert type(await failure_of(use, rig)) is NotFound


@pytest.mark.parametrize("use", [switch_off, delete])
@pytest.mark.parametrize("text", ["", "Not Found", '{"error": "not found"}'])
async def test_a_404_without_the_campaign_is_tried_by_the_other_address_and_is_not_found_there_too(
        use: Callable[[Provider], Awaitable[None]], text: str) -> None:
    async with Rig(failed(404, text), failed(404, text)) as rig:
        assert type(await failure_of(use, rig)) is NotFound
        assert [request.url.path for request in rig.transport.requests] == [
            "/ivr_campaigns/112", "/ivr_campaigns/112.json"]


@pytest.mark.parametrize("use", [switch_off, delete])
@pytest.mark.parametrize("answer", [ok(), failed(400, NOT_FOUND), failed(404, NOT_FOUND)])
async def test_the_address_that_leads_to_an_answer_is_kept_to(
        use: Callable[[Provider], Awaitable[None]], answer: httpx.Response) -> None:
    async with Rig(failed(404), answer, ok()) as rig:
        with contextlib.suppress(NotFound):
            await use(rig.provider)
        await use(rig.provider)
        assert [request.url.path for request in rig.transport.requests] == [
            "/ivr_campaigns/112", "/ivr_campaigns/112.json", "/ivr_campaigns/112.json"]


@pytest.mark.parametrize("use", [switch_off, delete])
async def test_a_success_whose_body_was_cut_is_asked_for_again_and_not_sure(
        use: Callable[[Provider], Awaitable[None]]) -> None:
    async def cut(connection: Connection) -> None:
        await connection.request()
        await connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nO")

    async with serving(cut) as server, Provider(server.url, Secret(KEY), clock=FakeClock()) as provider:
        with pytest.raises(AnswerLost) as raised:
            await use(provider)
    assert raised.value.perhaps_done
    assert server.connections == 5


@pytest.mark.parametrize("use", [switch_off, delete])
async def test_a_broken_connection_is_made_anew(use: Callable[[Provider], Awaitable[None]]) -> None:
    async def third_time_lucky(connection: Connection) -> None:
        if connection.server.connections == 1:
            connection.reset()
            return
        await connection.request()
        if connection.server.connections == 3:
            await connection.send(response("200 OK", b"OK"))

    async with serving(third_time_lucky) as server, Provider(server.url, Secret(KEY), clock=FakeClock()) as provider:
        await use(provider)
    assert server.connections == 3


@pytest.mark.parametrize("passing", [*PASSING])
async def test_a_look_up_is_tried_three_times(passing: Callable[[], Answering]) -> None:
    async with Rig(passing(), passing(), httpx.Response(200, json=[])) as rig:
        assert await rig.provider.check_key() == []
    async with Rig(passing(), passing(), passing()) as rig:
        with pytest.raises(ProviderError):
            await rig.provider.check_key()
    assert rig.clock.slept == [0.5, 1.0]


async def test_a_look_up_is_tried_again_where_its_body_was_cut() -> None:
    async def second_time_whole(connection: Connection) -> None:
        await connection.request()
        whole = response("200 OK", b'["902129630131"]')
        await connection.send(whole if connection.server.connections == 2 else whole[:-1])

    async with serving(second_time_whole) as server, Provider(server.url, Secret(KEY), clock=FakeClock()) as provider:
        assert await provider.check_key() == ["902129630131"]
    assert server.connections == 2


@pytest.mark.parametrize("passing", [*PASSING])
async def test_a_create_request_is_never_tried_again(passing: Callable[[], Answering]) -> None:
    async with Rig(passing()) as rig:
        assert not isinstance(await rig.provider.create({"name": "x"}), Created)
    assert len(rig.transport.sent) == 1
    assert rig.clock.slept == []


async def test_campaign_calls_share_two_a_second_and_a_burst_of_fifty() -> None:
    async with Rig(*(ok() for _ in range(52)), httpx.Response(429)) as rig:
        for _ in range(25):
            await switch_off(rig.provider)
            await delete(rig.provider)
        assert rig.clock.slept == []
        await switch_off(rig.provider)
        await delete(rig.provider)
        assert isinstance(await rig.provider.create({"name": "x"}), Rejected)
        assert rig.clock.slept == pytest.approx([0.5, 0.5, 0.5])
        assert {wait.kind for wait in rig.waits if wait} == {"limit"}


@pytest.mark.parametrize(("use", "a_minute"), [
    ([lambda provider: provider.queues()], 10),
    ([lambda provider: provider.user_statuses(),
      lambda provider: provider.agent_statuses(204)], 2),
])
async def test_look_ups_keep_to_their_minute(use: list[Callable[[Provider], Awaitable[Any]]], a_minute: int) -> None:
    async with Rig(*(httpx.Response(200, json=[]) for _ in range(a_minute + 1))) as rig:
        for number in range(a_minute):
            await use[number % len(use)](rig.provider)
        assert rig.clock.slept == []
        await use[0](rig.provider)
        assert rig.clock.slept == [60]


async def test_cdrs_keep_to_six_a_minute() -> None:
    page = {"cdrs": [], "pagination": {"page": 1, "total_count": 0, "total_pages": 0, "limit": 100}}
    async with Rig(*(httpx.Response(200, json=page) for _ in range(7))) as rig:
        for _ in range(7):
            await rig.provider.cdrs(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC))
        assert rig.clock.slept == [60]


async def test_a_wait_can_be_given_up() -> None:
    clock = StoppedClock()
    async with Rig(failed(), clock=clock) as rig:
        task = asyncio.create_task(switch_off(rig.provider))
        async with asyncio.timeout(5):
            while not rig.waits:  # noqa: ASYNC110 - the wait is told by a plain call
                await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    waited, end = rig.waits
    assert isinstance(waited, Wait)
    assert end is None
