"""Look-ups: what is read, what is left out, and when the provider is asked."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.provider import lookups
from tui.provider.call import LONG
from tui.provider.client import Provider
from tui.provider.errors import BadAnswer, LimitReached, NotNow, ServerFailed
from tui.provider.lookups import (
    AgentStatus,
    Announcement,
    BlockedNumber,
    BlockedPage,
    CdrPage,
    LookupRows,
    Pagination,
    Queue,
    UserStatus,
    read_json,
)

from .doubles import Rig
from .stand_in import KEY, answering, response, serving

Use = Callable[[Provider], Awaitable[Any]]
DAY = datetime(2026, 1, 1, tzinfo=UTC)
PAGE = {"page": 1, "total_count": "205", "total_pages": 3, "limit": 100, "next": "?"}
CDR = {"start_stamp": "2017-08-03 12:30:32 +0300", "direction": "Giden (IVR)", "caller_id_number": "902129630131",
       "destination_number": "05321234567", "duration": "00:01:05", "talk_duration": "00:00:35", "queue": None,
       "result": "Cevaplandı", "missed": "true", "call_uuid": "u1", "answer_stamp": "", "recording": True}


async def cdrs(provider: Provider) -> CdrPage:
    return await provider.cdrs(DAY, DAY)


def answer(value: object) -> httpx.Response:
    return httpx.Response(200, json=value)


@pytest.mark.parametrize(("use", "value", "found"), [
    (lambda provider: provider.caller_ids(), ["908501234567", 902121234567], ["908501234567", "902121234567"]),
    (lambda provider: provider.announcements(), [{"id": 112, "name": "Hoş geldiniz", "x": 1}, {"id": "7", "name": ""}],
     [Announcement(112, "Hoş geldiniz"), Announcement(7, "")]),
    (lambda provider: provider.queues(), [{"number": 200, "name": "Kuyruk 1"}, {"number": "0201", "name": "2"}],
     [Queue(200, "Kuyruk 1"), Queue(201, "2")]),
    (lambda provider: provider.user_statuses(), [{"user": 1000, "status": "AVAILABLE"}],
     [UserStatus(1000, "AVAILABLE")]),
    (lambda provider: provider.agent_statuses(204), [{"agent": "1010", "status": "NEW", "queues": ["204", 5]},
                                                     {"agent": 1011, "status": "", "queues": []}],
     [AgentStatus("1010", "NEW", (204, 5)), AgentStatus("1011", "", ())]),
    (lambda provider: provider.queues(), [], []),
])
async def test_what_the_provider_answers_is_read(use: Use, value: object, found: object) -> None:
    async with Rig(answer(value)) as rig:
        assert (await use(rig.provider)).found == found


def test_half_letters_which_nothing_can_keep_are_replaced() -> None:
    body = rb'[{"number": 1, "name": "half \ud83d"}, {"number": 2, "name": "whole \ud83d\ude00"}]'
    assert read_json(body, "/queues", lookups.read_queues, str) == LookupRows(
        [Queue(1, "half ?"), Queue(2, "whole 😀")], 0)


async def test_a_page_of_calls_is_read() -> None:
    async with Rig(answer({"cdrs": [CDR], "pagination": PAGE})) as rig:
        page = await cdrs(rig.provider)
    assert page.pagination == Pagination(1, 205, 3, 100)
    call, = page.cdrs
    assert call.start_stamp == datetime(2017, 8, 3, 12, 30, 32, tzinfo=timezone(timedelta(hours=3)))
    assert (call.duration, call.talk_duration, call.missed, call.queue) == (65, 35, True, "")
    assert (call.answer_stamp, call.end_stamp) == (None, None)
    assert (call.result, call.destination_number, call.call_uuid) == ("Cevaplandı", "05321234567", "u1")


async def test_a_page_of_blocked_numbers_is_read() -> None:
    rows = [{"id": 1, "number": "905551112233", "direction": "outbound"},
            {"number": 905551112244, "direction": " Inbound"},
            {"id": 3, "number": "905551112255", "direction": None}, {"id": 4, "number": None}, {"id": 5}, None]
    value = {"blocked_numbers": rows, "pagination": PAGE}
    async with Rig(answer(value)) as rig:
        page = await rig.provider.blocked_numbers()
    assert page == BlockedPage(
        [BlockedNumber("905551112233", "outbound"), BlockedNumber("905551112244", "inbound"),
         BlockedNumber("905551112255")], Pagination(1, 205, 3, 100), odd=3)


@pytest.mark.parametrize(("use", "value", "place"), [
    (lambda provider: provider.caller_ids(), {}, "[]"),
    (lambda provider: provider.caller_ids(), False, "[]"),
    (lambda provider: provider.caller_ids(), [None, ""], "[0]"),
    (lambda provider: provider.caller_ids(), [True], "[0]"),
    (lambda provider: provider.caller_ids(), [["1"]], "[0]"),
    (lambda provider: provider.queues(), "queues", "[]"),
    (lambda provider: provider.queues(), [[200, "x"]], "[0]"),
    (lambda provider: provider.queues(), [{"number": 200}], "[0].name"),
    (lambda provider: provider.queues(), [{"number": 200, "name": None}], "[0].name"),
    (lambda provider: provider.queues(), [{"number": "x", "name": "x"}], "[0].number"),
    (lambda provider: provider.queues(), [{"number": True, "name": "x"}], "[0].number"),
    (lambda provider: provider.queues(), [{"number": 2.0, "name": "x"}], "[0].number"),
    (lambda provider: provider.queues(), [{"number": -1, "name": "x"}], "[0].number"),
    (lambda provider: provider.queues(), [{"number": "٢", "name": "x"}], "[0].number"),
    (lambda provider: provider.agent_statuses(1), [{"agent": "1", "status": "x", "queues": "204"}], "[0].queues"),
    (lambda provider: provider.agent_statuses(1), [{"agent": "1", "status": "x", "queues": ["a"]}], "[0].queues[0]"),
    (cdrs, [], "{}"),
    (cdrs, {"cdrs": []}, "pagination"),
    (cdrs, {"cdrs": [], "pagination": []}, "pagination"),
    (cdrs, {"cdrs": [], "pagination": {**PAGE, "page": None}}, "pagination.page"),
    (lambda provider: provider.blocked_numbers(), {"blocked_numbers": {}, "pagination": PAGE}, "blocked_numbers"),
])
async def test_another_shape_is_a_bad_answer_that_names_the_place(use: Use, value: object, place: str) -> None:
    async with Rig(answer(value)) as rig:
        with pytest.raises(BadAnswer) as bad:
            await use(rig.provider)
    assert bad.value.reason.code == "provider.bad_shape"
    assert bad.value.reason.params["place"] == place
    assert bad.value.__context__ is None


@pytest.mark.parametrize("odd", [
    {"start_stamp": "2017-08-03"}, {"start_stamp": None}, {"duration": "1:2:3:4"}, {"talk_duration": "uzun"},
    {"result": []}, {"destination_number": None}, {"start_stamp": "2017-02-30 12:00:00 +0300"},
])
async def test_an_odd_call_is_left_out_counted_and_named_and_the_page_is_read(odd: dict[str, object]) -> None:
    name, = odd
    async with Rig(answer({"cdrs": [CDR, {**CDR, **odd}, CDR], "pagination": PAGE})) as rig:
        page = await cdrs(rig.provider)
    assert (len(page.cdrs), page.left_out) == (2, (f"cdrs[1].{name}",))


async def test_a_call_without_an_end_that_can_be_read_is_a_call_all_the_same() -> None:
    async with Rig(answer({"cdrs": [{**CDR, "end_stamp": "soon", "answer_stamp": "?"}], "pagination": PAGE})) as rig:
        page = await cdrs(rig.provider)
    assert [(call.end_stamp, call.answer_stamp) for call in page.cdrs] == [(None, None)]
    assert page.left_out == ()


@pytest.mark.parametrize(("use", "value", "found", "left_out"), [
    (lambda provider: provider.queues(), [{"number": 200, "name": None}, {"number": 201, "name": "x"}],
     [Queue(201, "x")], 1),
    (lambda provider: provider.announcements(), [{"id": 1, "name": "x"}, {"id": "", "name": "x"}, None],
     [Announcement(1, "x")], 2),
    (lambda provider: provider.user_statuses(), [{"user": 1, "status": None}, {"user": 2, "status": "TALKING"}],
     [UserStatus(2, "TALKING")], 1),
    (lambda provider: provider.agent_statuses(1), [{"agent": "1", "status": "x", "queues": None}, 7,
                                                   {"agent": "2", "status": "y", "queues": []}],
     [AgentStatus("2", "y", ())], 2),
    *((lambda provider: provider.caller_ids(), ["908501234567", odd, 902121234567], ["908501234567", "902121234567"], 1)
      for odd in (None, "", " ", {"number": "908501234568"}, ["908501234568"], True, 1.5)),
])
async def test_an_odd_row_of_a_look_up_loses_that_row_and_not_the_list(
    use: Use, value: object, found: object, left_out: int,
) -> None:
    async with Rig(answer(value)) as rig:
        looked = await use(rig.provider)
    assert (looked.found, looked.left_out) == (found, left_out)


async def test_a_key_whose_caller_ids_have_an_odd_row_works() -> None:
    async with Rig(answer(["908501234567", None])) as rig:
        assert await rig.provider.check_key() == ["908501234567"]


@pytest.mark.parametrize("body", [
    b"", b"<html>", b"[", b"\xff", b"[" * 100_000, b"[" + b"1" * 5000 + b"]", '["١"'.encode(), b"\xef\xbb\xbf[]",
])
async def test_no_json_is_a_bad_answer(body: bytes) -> None:
    async with Rig(httpx.Response(200, content=body)) as rig:
        with pytest.raises(BadAnswer) as bad:
            await rig.provider.check_key()
    assert bad.value.reason.code == "provider.no_json"
    assert bad.value.__context__ is None


READERS = [lookups.read_caller_ids, lookups.read_queues, lookups.read_announcements, lookups.read_user_statuses,
           lookups.read_agent_statuses, lookups.read_cdrs, lookups.read_blocked_numbers]
NAMES = st.sampled_from(["id", "name", "number", "user", "status", "agent", "queues", "cdrs", "pagination", "page",
                         "start_stamp", "duration", "blocked_numbers"])
JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4))


@given(value=JSON)
def test_no_json_whatsoever_breaks_a_reader(value: object) -> None:
    body = json.dumps(value).encode()
    for read in READERS:
        found: object = read_json(body, "/x", read, str)
        assert isinstance(found, LookupRows | CdrPage | BlockedPage | BadAnswer)


async def test_an_answer_too_long_is_bad() -> None:
    long = answering(response("200 OK", b" " * (LONG - 1) + b"[]"))
    async with serving(long) as server, Provider(server.url, Secret(KEY)) as provider:
        with pytest.raises(BadAnswer) as bad:
            await provider.check_key()
    assert bad.value.reason.code == "provider.too_long"
    assert server.connections == 1


async def test_an_answer_just_not_too_long_is_read() -> None:
    async with Rig(httpx.Response(200, content=b" " * (LONG - 2) + b"[]")) as rig:
        assert await rig.provider.check_key() == []


async def test_every_look_up_asks() -> None:
    async with Rig(answer(["1"]), answer(["2"]), answer(["3"])) as rig:
        await rig.provider.caller_ids()
        assert await rig.provider.check_key() == ["2"]
        assert await rig.provider.check_key() == ["3"]


async def test_a_look_up_with_room_neither_waits_nor_tries_again() -> None:
    limited = httpx.Response(429, headers={"Retry-After": "7"})
    async with Rig(answer([]), httpx.Response(503), answer([]), limited) as rig:
        await rig.provider.user_statuses(room=2)
        with pytest.raises(NotNow) as full:
            await rig.provider.agent_statuses(204, room=2)
        assert (full.value.sent, full.value.retry_after) == (False, 60)
        assert full.value.reason == Reason("provider.not_now", {"count": 60})
        with pytest.raises(ServerFailed) as failed:
            await rig.provider.agent_statuses(204, room=1)
        assert failed.value.retry_after is None
        rig.clock.now += 59.5
        with pytest.raises(NotNow) as soon:
            await rig.provider.agent_statuses(204, room=1)
        assert (soon.value.retry_after, soon.value.reason.params) == (0.5, {"count": 1})
        rig.clock.now += 0.5
        await rig.provider.agent_statuses(204, room=1)
        rig.clock.now += 60
        with pytest.raises(LimitReached) as refused:
            await rig.provider.user_statuses(room=1)
        assert refused.value.retry_after == 7
        assert rig.clock.slept == []
        assert rig.waits == []
        assert len(rig.transport.sent) == 4
