"""Where a request ends, and where its answer does: what is held back until it may leave, what comes behind an ID."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from tui.campaign.lifecycle import Created, NotSent, Rejected, Unconfirmed
from tui.core.secret import Secret
from tui.provider.call import Json
from tui.provider.client import Provider
from tui.provider.request_trace import Sending
from tui.provider.transport import Timeouts

from .stand_in import KEY, Connection, answering, response, serving
from .test_create_faults import (
    LARGE,
    PATIENT,
    SMALL,
    close,
    created,
    reset,
    stall,
    tls_server,
    trusting,
    wait_and_reset,
)

UNHURRIED = Timeouts(connect=10, write=10, read=10, pool=10, answer=20)
MEDIUM: dict[str, Json] = {"name": "Anket", "phone_list": [{"phone": "05512369874", "phrase": "x" * 1000}] * 200}


async def wait_a_moment(_connection: Connection) -> None:
    await asyncio.sleep(0.05)


SHORT = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n202"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n20212\r\n0\r\n\r\n"
WHOLE = response("200 OK", b"20212")
REFUSED = response("400 Bad Request", b"name can't be blank")


@pytest.mark.parametrize("end", [close, stall, reset])
@pytest.mark.parametrize("pause", [True, False])
@pytest.mark.parametrize("tls", [True, False])
@pytest.mark.parametrize(("first", "then_comes"), [
    pytest.param(SHORT, b"12", id="the length is too short"),
    pytest.param(response("200 OK", b""), b"20212", id="the length is nought"),
    pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n" + SHORT, b"12", id="a word before, and the length is too short"),
    pytest.param(b"HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\n202", b"12", id="the same in HTTP/1.0"),
    pytest.param(CHUNKED, b"7", id="something behind the last chunk"),
    pytest.param(CHUNKED, b"5\r\n20213\r\n0\r\n\r\n", id="a chunk behind the last"),
    pytest.param(WHOLE, WHOLE, id="twice the same answer"),
    pytest.param(WHOLE, response("200 OK", b"20213"), id="two answers"),
    pytest.param(WHOLE, b"\r\n", id="a line's end"),
    pytest.param(REFUSED, WHOLE, id="a refusal, then an ID"),
])
async def test_what_comes_behind_an_answer_leaves_its_id_in_doubt(
    first: bytes, then_comes: bytes, pause: bool, end: Callable[[Connection], Coroutine[Any, Any, None]], tls: bool
) -> None:
    async def behaviour(connection: Connection) -> None:
        await connection.request()
        if pause:
            await connection.send(first)
            await wait_a_moment(connection)
            await connection.send(then_comes)
        else:
            await connection.send(first + then_comes)
        await wait_a_moment(connection)
        await end(connection)

    async with serving(behaviour, tls_server() if tls else None) as server:
        outcome = await created(server.url, None, None, trusting() if tls else None, UNHURRIED)
    assert isinstance(outcome, Unconfirmed)
    assert outcome.reason.code == "provider.unconfirmed.more"
    assert server.connections == 1


@pytest.mark.parametrize("end", [close, stall, reset])
@pytest.mark.parametrize("answer", [WHOLE, CHUNKED, b"HTTP/1.1 103 Early Hints\r\n\r\n" + WHOLE,
                                    b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n20212"])
@pytest.mark.parametrize("request_", [SMALL, MEDIUM], ids=["small", "medium"])
async def test_an_answer_with_nothing_behind_it_counts_however_the_connection_ends(
    answer: bytes, end: Callable[[Connection], Coroutine[Any, Any, None]], request_: dict[str, Json]
) -> None:
    async def behaviour(connection: Connection) -> None:
        await connection.request()
        await connection.send(answer)
        await wait_a_moment(connection)
        await end(connection)

    async with serving(behaviour) as server:
        assert await created(server.url, request_, None, None, UNHURRIED) == Created(20212)


async def test_a_refusal_with_something_behind_it_is_one() -> None:
    raw = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 4\r\n\r\nname can't be blank"
    async with serving(answering(raw)) as server:
        assert isinstance(await created(server.url), Rejected)


async def test_cancelled_when_the_whole_answer_is_here_its_id_is_known() -> None:
    answered = asyncio.Event()

    async def behaviour(connection: Connection) -> None:
        await connection.request()
        await connection.send(WHOLE)
        answered.set()
        await connection.for_ever()

    sending = Sending()
    async with serving(behaviour) as server:
        creating = asyncio.create_task(created(server.url, None, sending, None, Timeouts()))
        await answered.wait()
        while sending.answer is None or sending.answer.missing is not None:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0)
        creating.cancel()
        with pytest.raises(asyncio.CancelledError):
            await creating
    assert sending.outcome == Created(20212)


@pytest.mark.parametrize("raw", [REFUSED, WHOLE])
async def test_an_early_answer_behind_a_word_that_is_none_is_heard(raw: bytes) -> None:
    """The sender of both cuts the connection while the request is written."""
    async def behaviour(connection: Connection) -> None:
        await connection.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        await connection.head()
        await connection.reader.read(65536)
        await connection.send(raw)
        await wait_and_reset(connection)

    sending = Sending()
    async with serving(behaviour) as server:
        outcome = await created(server.url, LARGE, sending, None, PATIENT)
    assert isinstance(outcome, Rejected if raw is REFUSED else Created)
    assert not sending.started


def asked(answers: list[bool | Exception]) -> Callable[[], Coroutine[Any, Any, bool]]:
    """Whether it may leave, each time anew."""
    async def may_leave() -> bool:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return may_leave


@pytest.mark.parametrize("request_", [SMALL, MEDIUM], ids=["small", "medium"])
@pytest.mark.parametrize("answers", [[False], [True, False], [OSError()], [True, OSError()]])
@pytest.mark.parametrize("tls", [True, False])
async def test_a_request_that_may_not_leave_any_more_is_not_sent(
    request_: dict[str, Json], answers: list[bool | Exception], tls: bool
) -> None:
    """Asked before the first byte, and before the last."""
    read = bytearray()

    async def behaviour(connection: Connection) -> None:
        while piece := await connection.reader.read(65536):
            read.extend(piece)

    sending, left = Sending(), list(answers)
    async with serving(behaviour, tls_server() if tls else None) as server, Provider(
            server.url, Secret(KEY), timeouts=UNHURRIED, transport=trusting() if tls else None) as provider:
        outcome = await provider.create(request_, sending, may_leave=asked(left))
    assert isinstance(outcome, NotSent)
    assert outcome.reason.code == "provider.not_reached.withheld"
    assert (left, sending.started) == ([], False)
    if len(answers) == 1:
        assert read == b""
    else:
        with pytest.raises(json.JSONDecodeError):
            json.loads(read.partition(b"\r\n\r\n")[2])


async def test_of_a_long_request_the_last_byte_alone_waits_for_the_word() -> None:
    read, answers, all_but_one = bytearray(), [True, True], asyncio.Event()

    async def may_leave() -> bool:
        if len(answers) == 1:
            await asyncio.wait_for(all_but_one.wait(), 10)
            assert not read.endswith(b"}]}")
        return answers.pop()

    async def behaviour(connection: Connection) -> None:
        while not read.endswith(b"}]}"):
            read.extend(await connection.reader.read(65536))
            if read.endswith(b'"}]'):
                all_but_one.set()
        await connection.send(WHOLE)

    async with serving(behaviour) as server, Provider(server.url, Secret(KEY), timeouts=UNHURRIED) as provider:
        assert await provider.create(MEDIUM, may_leave=may_leave) == Created(20212)
    assert answers == []
