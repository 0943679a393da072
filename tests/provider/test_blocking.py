"""Blocking a number: one request, and what its answer makes certain."""

from __future__ import annotations

import json

import httpx
import pytest

from tui.core.secret import Secret
from tui.provider.blocking import Blocked, BlockOutcome, NotAllowed, NotBlocked, NotYet, PerhapsBlocked
from tui.provider.client import Provider
from tui.provider.transport import Timeouts

from .doubles import Rig
from .stand_in import KEY, Behaviour, Connection, answering, response, serving

PHONE = "905321234567"


async def asked(behaviour: Behaviour) -> tuple[BlockOutcome, list[bytes]]:
    timeouts = Timeouts(connect=1, write=1, read=0.3, pool=1, answer=1)
    async with serving(behaviour) as server, Provider(server.url, Secret(KEY), timeouts=timeouts) as provider:
        return await provider.block_number(PHONE), server.requests


async def test_the_request_is_that_of_the_document() -> None:
    outcome, (request,) = await asked(answering(response("200 OK", b"17")))
    head, _, body = request.partition(b"\r\n\r\n")
    assert outcome == Blocked()
    assert head.startswith(b"POST /blocked_numbers HTTP/1.1\r\n")
    assert KEY.encode() not in head
    assert json.loads(body) == {"key": KEY, "number": PHONE, "direction": "outbound"}


@pytest.mark.parametrize(("answer", "kind", "seconds"), [
    (response("201 Created", b" 17\n"), Blocked, None),
    (response("200 OK", b"OK"), PerhapsBlocked, None), (response("200 OK", b""), PerhapsBlocked, None),
    (response("204 No Content"), PerhapsBlocked, None), (response("302 Found", b"17"), PerhapsBlocked, None),
    (response("500 Oops", b"17"), PerhapsBlocked, None),
    (response("503 Busy", b"17", "Retry-After: 9"), PerhapsBlocked, None),
    (response("408 Slow", b""), PerhapsBlocked, None),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n17", PerhapsBlocked, None), (b"", PerhapsBlocked, None),
    (response("400 Bad", f"Gecersiz anahtar: {KEY}".encode()), NotAllowed, None),
    (response("401 No", KEY.encode()), NotAllowed, None), (response("403 No", b"module"), NotAllowed, None),
    (response("404 No", b"Not Found"), NotAllowed, None),
    (response("400 Bad", b"number has already been taken"), NotBlocked, None),
    (response("422 Bad", b"number"), NotBlocked, None),
    (response("429 Slow"), NotYet, None), (response("429 Slow", b"", "Retry-After: 7"), NotYet, 7.0),
])
async def test_what_an_answer_makes_certain(answer: bytes, kind: type, seconds: float | None) -> None:
    outcome, requests = await asked(answering(answer))
    assert (type(outcome), len(requests)) == (kind, 1)  # whatever came, it is not sent again
    assert KEY not in repr(outcome)
    assert getattr(outcome, "retry_after", None) == seconds


async def test_a_stalled_request_may_have_been_carried_out() -> None:
    async def stall(connection: Connection) -> None:
        await connection.request()
        await connection.for_ever()

    outcome, requests = await asked(stall)
    assert (type(outcome), len(requests)) == (PerhapsBlocked, 1)


async def test_where_nobody_listens_nothing_was_done() -> None:
    async with Provider("http://127.0.0.1:9", Secret(KEY)) as provider:
        assert type(await provider.block_number(PHONE)) is NotYet


async def test_many_wait_their_turn() -> None:
    rig = Rig(*(httpx.Response(200, text="17") for _ in range(10)))
    for _ in range(10):
        assert rig.provider.seconds_until_block() == 0
        await rig.provider.block_number(PHONE)
    assert rig.provider.seconds_until_block() > 0
