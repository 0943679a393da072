"""What goes over the wire, byte by byte."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import httpx
import pytest

from tui.campaign.lifecycle import Action, Created
from tui.core.secret import Secret
from tui.provider.call import Json
from tui.provider.client import Provider
from tui.provider.transport import Timeouts

from .doubles import Rig
from .stand_in import KEY, answering, response, serving

START = datetime(2017, 8, 3, 15, 30, 32, tzinfo=timezone(timedelta(hours=3)))
PAGE = {"page": 1, "total_count": 0, "total_pages": 0, "limit": 100}


def parts(raw: bytes) -> tuple[bytes, dict[bytes, bytes], bytes]:
    head, _, body = raw.partition(b"\r\n\r\n")
    line, *headers = head.split(b"\r\n")
    named = {name: value for name, _, value in (header.partition(b": ") for header in headers)}
    assert len(named) == len(headers), "a header twice"
    return line, named, body


async def sent_by(use: Callable[[Provider], Awaitable[Any]], answer: bytes,
                  key: str = KEY) -> tuple[bytes, dict[bytes, bytes], bytes]:
    async with serving(answering(response("200 OK", answer, "Set-Cookie: a=b"))) as server:
        provider = Provider(server.url, Secret(key))
        await use(provider)
        await use(provider)  # with what the first answer may have left behind
        await provider.aclose()
    first, second = server.requests
    assert first == second
    line, headers, body = parts(first)
    assert headers.pop(b"Host") == b"127.0.0.1:%d" % server.port
    assert headers.pop(b"User-Agent").startswith(b"santral/")
    assert headers.pop(b"Accept") == b"*/*"
    assert headers.pop(b"Accept-Encoding") == b"identity"
    assert headers.pop(b"Connection") == b"keep-alive"
    return line, headers, body


async def test_create() -> None:
    request: dict[str, Json] = {"call_type": "ivr", "name": "Ödeme “hatırlatma”", "active_days": [1, 2],
                                "is_commercial": False}
    line, headers, body = await sent_by(lambda provider: provider.create(request), b"20212")
    assert line == b"POST /ivr_campaigns.json HTTP/1.1"
    assert headers == {b"Content-Type": b"application/json", b"Content-Length": b"%d" % len(body)}
    assert body.decode() == (f'{{"key":"{KEY}","call_type":"ivr","name":"Ödeme “hatırlatma”","active_days":[1,2],'
                             '"is_commercial":false}')


async def test_create_of_a_large_list_is_neither_chunked_nor_changed() -> None:
    numbers: list[Json] = [{"phone": f"05{number:09}", "phrase": "ş"} for number in range(10_000)]
    request: dict[str, Json] = {"name": "x", "phone_list": numbers}
    _, headers, body = await sent_by(lambda provider: provider.create(request), b"20212")
    assert headers == {b"Content-Type": b"application/json", b"Content-Length": b"%d" % len(body)}
    assert json.loads(body) == {"key": KEY, **request}


@pytest.mark.parametrize(("action", "status"), [(Action.ON, b"on"), (Action.OFF, b"off")])
async def test_switch(action: Action, status: bytes) -> None:
    line, headers, body = await sent_by(lambda provider: provider.switch(112, action), b"OK")
    assert line == b"PATCH /ivr_campaigns/112 HTTP/1.1"
    assert headers == {b"Content-Type": b"application/x-www-form-urlencoded", b"Content-Length": b"%d" % len(body)}
    assert body == b"key=" + KEY.encode() + b"&status=" + status


async def test_delete() -> None:
    line, headers, body = await sent_by(lambda provider: provider.delete(112), b"OK")
    assert line == b"DELETE /ivr_campaigns/112?key=" + KEY.encode() + b" HTTP/1.1"
    assert (headers, body) == ({}, b"")


@pytest.mark.parametrize(("use", "target", "answer"), [
    (lambda provider: provider.check_key(), "/caller_ids?key=KEY", []),
    (lambda provider: provider.caller_ids(), "/caller_ids?key=KEY", []),
    (lambda provider: provider.announcements(), "/announcements?key=KEY", []),
    (lambda provider: provider.queues(), "/queues?key=KEY", []),
    (lambda provider: provider.user_statuses(), "/user_statuses?key=KEY", []),
    (lambda provider: provider.agent_statuses(204), "/agent_statuses?key=KEY&queue=204", []),
    (lambda provider: provider.cdrs(START, START + timedelta(days=31), 3, 10),
     "/cdrs?key=KEY&start_stamp_from=2017-08-03%2012%3A30%3A32%20UTC&start_stamp_to=2017-09-03%2012%3A30%3A32%20UTC"
     "&direction=outbound&limit=10&page=3", {"cdrs": [], "pagination": PAGE}),
    (lambda provider: provider.blocked_numbers(), "/blocked_numbers?key=KEY&direction=outbound&limit=100&page=1",
     {"blocked_numbers": [], "pagination": PAGE}),
])
async def test_look_ups(use: Callable[[Provider], Awaitable[Any]], target: str, answer: object) -> None:
    line, headers, body = await sent_by(use, json.dumps(answer).encode())
    assert line.decode() == f"GET {target.replace('KEY', KEY)} HTTP/1.1"
    assert (headers, body) == ({}, b"")


async def test_a_key_with_signs_of_its_own_is_written_as_each_place_wants() -> None:
    key = 'a"&b=c d+é\\'
    _, _, body = await sent_by(lambda provider: provider.create({"name": "x"}), b"20212", key)
    assert json.loads(body) == {"key": key, "name": "x"}
    _, _, body = await sent_by(lambda provider: provider.switch(1, Action.ON), b"OK", key)
    assert body == b"key=a%22%26b%3Dc+d%2B%C3%A9%5C&status=on"
    line, _, _ = await sent_by(lambda provider: provider.delete(1), b"OK", key)
    assert line == b"DELETE /ivr_campaigns/1?key=a%22%26b%3Dc%20d%2B%C3%A9%5C HTTP/1.1"


async def test_a_path_in_the_base_url_stands_before_every_path() -> None:
    async with serving(answering(response("200 OK", b"20212"))) as server:
        provider = Provider(server.url + "/v1/", Secret(KEY))
        assert await provider.create({"name": "x"}) == Created(20212)
        await provider.aclose()
    assert server.requests[0].startswith(b"POST /v1/ivr_campaigns.json HTTP/1.1\r\n")


async def test_every_request_carries_the_time_outs() -> None:
    seen = list[object]()

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"])
        return httpx.Response(200, text="OK" if request.method == "DELETE" else "20212")

    async with Provider("https://provider.example.com", Secret(KEY), transport=httpx.MockTransport(answer),
                        timeouts=Timeouts(connect=1, write=2, read=3, pool=4)) as provider:
        await provider.create({"name": "x"})
        await provider.delete(1)
    assert seen == [{"connect": 1, "write": 2, "read": 3, "pool": 4}] * 2


@pytest.mark.parametrize("use", [
    lambda provider: provider.switch(112, Action.DELETE),
    lambda provider: provider.switch(0, Action.ON),
    lambda provider: provider.delete(-1),
    lambda provider: provider.cdrs(START, START + timedelta(days=31, seconds=1)),
    lambda provider: provider.cdrs(START, START - timedelta(seconds=1)),
    lambda provider: provider.cdrs(START.replace(tzinfo=None), START),
    lambda provider: provider.cdrs(START, START.replace(tzinfo=None)),
    lambda provider: provider.cdrs(START, START, page=0),
    lambda provider: provider.cdrs(START.astimezone(UTC), START, limit=9),
    lambda provider: provider.blocked_numbers(limit=101),
])
async def test_what_makes_no_sense_is_not_sent(use: Callable[[Provider], Awaitable[Any]]) -> None:
    async with Rig() as rig:
        with pytest.raises(ValueError, match=r"."):
            await use(rig.provider)
        assert rig.transport.sent == []
