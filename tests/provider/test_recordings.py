"""Recordings: where they may lie, how they are fetched, and that their address and the key stay apart and unseen."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from urllib.parse import parse_qs

import httpx
import pytest

from tests.campaign.sentences import said as sentences
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.provider import download
from tui.provider.client import Provider
from tui.provider.errors import (
    AnswerLost,
    BadAnswer,
    KeyRefused,
    LimitReached,
    NotReached,
    ProviderError,
    RequestRefused,
    ServerFailed,
)
from tui.provider.lookups import CallFlow, CallLeg
from tui.provider.transport import Timeouts

from .doubles import FakeClock, Rig
from .stand_in import KEY, Connection, StandIn, response, serving

UUID = "aacdb242-364b-11e7-8bed-c9aec7093786"
WHERE = "https://files.example.com/r/geheim-73?sig=zZ9"
SOUND = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(range(256)) * 40


def said(reason: Reason) -> str:
    """In both languages."""
    return "\n".join(sentences(reason).values())


class Kept:
    """What came of a file."""

    def __init__(self) -> None:
        self.media_types: list[str] = []
        self.data = b""

    async def begin(self, media_type: str) -> None:
        self.media_types.append(media_type)

    async def write(self, piece: bytes) -> None:
        self.data += piece


def sound(**headers: str) -> httpx.Response:
    return httpx.Response(200, stream=httpx.ByteStream(SOUND), headers={
        "Content-Type": "audio/x-wav", "Content-Length": str(len(SOUND)), **headers})


def text(status: int, body: str) -> httpx.Response:
    return httpx.Response(status, text=body)


async def test_the_address_is_asked_for_by_a_form_and_the_file_without_the_key() -> None:
    async with Rig(text(200, f"{WHERE}\n"), sound()) as rig:
        kept = Kept()
        await rig.provider.calls.recording(UUID, kept)
    asked, fetched = rig.transport.requests
    assert (asked.method, asked.url.path, asked.url.query) == ("POST", "/recording_url/", b"")
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert parse_qs(rig.transport.bodies[0].decode()) == {"key": [KEY], "call_uuid": [UUID]}
    assert (fetched.method, str(fetched.url)) == ("GET", WHERE)
    assert KEY not in str(fetched.headers) + str(fetched.url) + rig.transport.bodies[1].decode()
    assert not {"authorization", "cookie", "referer"} & set(fetched.headers.keys())
    assert (kept.data, kept.media_types) == (SOUND, ["audio/x-wav"])


@pytest.mark.parametrize("answered", [WHERE, f'"{WHERE}"', f"\ufeff {WHERE}\r\n"])
async def test_an_address_is_read_as_it_stands_alone_in_the_answer(answered: str) -> None:
    async with Rig(text(200, answered), sound()) as rig:
        await rig.provider.calls.recording(UUID, Kept())
    assert str(rig.transport.requests[1].url) == WHERE


@pytest.mark.parametrize("answered", [
    "", "OK", "http://files.example.com/r/1", "https://127.0.0.1/r/1", "https://localhost/r/1", "https://[::1]:8/r",
    "http://127.0.0.1:9/r/1", "ftp://files.example.com/r", "file:///etc/passwd", "https://", "//files.example.com/r",
    "https://user:word@files.example.com/r", "https://files.example.com:0/r", "https://files.example.com/a b",
    "https://files.example.com/r\nhttps://other.example.com", "https://2130706433/r", "https://0x7f.1/r",
    "https://" + "a" * 5000, "<html><body>Bakım</body></html>", "https://ﬁles.example.com/r", "javascript:alert(1)",
])
async def test_what_is_no_address_of_a_file_elsewhere_is_not_asked_for(answered: str) -> None:
    async with Rig(text(200, answered)) as rig:
        with pytest.raises(BadAnswer) as caught:
            await rig.provider.calls.recording(UUID, Kept())
    assert len(rig.transport.requests) == 1
    assert caught.value.reason.code in ("provider.recording.no_address", "provider.recording.unsafe")
    for part in ("files", "example.com", "127.0.0.1", "geheim"):
        assert part not in said(caught.value.reason)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_followed_as_far_as_each_leads_to_such_an_address(status: int) -> None:
    moved = httpx.Response(status, headers={"Location": "/other?x=1"})
    away = httpx.Response(status, headers={"Location": "https://b.example.com/r"})
    async with Rig(text(200, WHERE), moved, away, sound()) as rig:
        kept = Kept()
        await rig.provider.calls.recording(UUID, kept)
    assert [str(request.url) for request in rig.transport.requests[1:]] == [
        WHERE, "https://files.example.com/other?x=1", "https://b.example.com/r"]
    assert KEY not in "".join(str(request.headers) for request in rig.transport.requests[1:])
    assert kept.data == SOUND


@pytest.mark.parametrize("location", [
    "http://files.example.com/r", "https://127.0.0.1/r", "http://localhost/", "file:///etc/passwd", "https://[::1/",
    "//user@files.example.com/r", "https://files.example.com:99999/",
])
async def test_a_redirect_that_leads_to_no_such_address_ends_it(location: str) -> None:
    async with Rig(text(200, WHERE), httpx.Response(302, headers={"Location": location})) as rig:
        with pytest.raises(BadAnswer):
            await rig.provider.calls.recording(UUID, Kept())


async def test_redirects_come_to_an_end() -> None:
    round_and_round = [httpx.Response(302, headers={"Location": WHERE}) for _ in range(6)]
    async with Rig(text(200, WHERE), *round_and_round) as rig:
        with pytest.raises(BadAnswer) as caught:
            await rig.provider.calls.recording(UUID, Kept())
    assert caught.value.reason.code == "provider.recording.redirects"


@pytest.mark.parametrize(("status", "kind", "code"), [
    (401, RequestRefused, "over"), (403, RequestRefused, "over"), (404, RequestRefused, "over"),
    (410, RequestRefused, "over"), (400, BadAnswer, "failed"), (204, BadAnswer, "failed"), (206, BadAnswer, "failed"),
    (302, BadAnswer, "failed"), (500, ServerFailed, "failed"), (503, ServerFailed, "failed"),
])
async def test_an_answer_that_is_no_file(status: int, kind: type[ProviderError], code: str) -> None:
    async with Rig(text(200, WHERE), httpx.Response(status, content=SOUND)) as rig:
        kept = Kept()
        with pytest.raises(kind) as caught:
            await rig.provider.calls.recording(UUID, kept)
    assert caught.value.reason.code == f"provider.recording.{code}"
    assert str(status) in said(caught.value.reason)
    assert kept.data == b""


async def test_a_limit_where_the_file_lies_says_how_long_it_is() -> None:
    async with Rig(text(200, WHERE), httpx.Response(429, headers={"Retry-After": "33"})) as rig:
        with pytest.raises(LimitReached) as caught:
            await rig.provider.calls.recording(UUID, Kept())
    assert caught.value.retry_after == 33


async def test_what_is_packed_or_too_long_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "MAX_BYTES", len(SOUND) - 1)
    for answer, code in ((sound(), "too_large"), (sound(**{"Content-Encoding": "gzip"}), "unreadable")):
        async with Rig(text(200, WHERE), answer) as rig:
            kept = Kept()
            with pytest.raises(BadAnswer) as caught:
                await rig.provider.calls.recording(UUID, kept)
        assert caught.value.reason.code == f"provider.recording.{code}"
        assert kept.data == b""


async def test_the_providers_refusals_are_its_own() -> None:
    refusal = text(400, f"cannot find call with call_uuid {UUID}")
    async with Rig(refusal, text(401, f"Gecersiz anahtar: {KEY}")) as rig:
        with pytest.raises(RequestRefused) as caught:
            await rig.provider.calls.recording(UUID, Kept())
        assert caught.value.reason.code == "provider.refused"
        with pytest.raises(KeyRefused) as refused:
            await rig.provider.calls.recording(UUID, Kept())
    assert KEY not in said(refused.value.reason)


async def test_five_a_minute_leave_and_the_sixth_waits() -> None:
    async with Rig(*(part for _ in range(6) for part in (text(200, WHERE), sound()))) as rig:
        for _ in range(5):
            assert rig.provider.calls.seconds_until_recording() == 0
            await rig.provider.calls.recording(UUID, Kept())
        assert rig.clock.slept == []
        assert rig.provider.calls.seconds_until_recording() == pytest.approx(60)
        await rig.provider.calls.recording(UUID, Kept())
        assert rig.clock.slept == [pytest.approx(60)]


@pytest.mark.parametrize("uuid", ["", "..", "../ivr_campaigns/1", "a b", "a/b", "a?key=1", "-x", "ü", "a" * 200])
async def test_what_is_no_call_uuid_is_not_sent(uuid: str) -> None:
    async with Rig() as rig:
        with pytest.raises(ValueError, match="^" + re.escape(uuid)):
            await rig.provider.calls.recording(uuid, Kept())
        with pytest.raises(ValueError, match="^" + re.escape(uuid)):
            await rig.provider.calls.flow(uuid)


# over a real connection

def provider_at(server: StandIn, timeouts: Timeouts) -> Provider:
    return Provider(server.url, Secret(KEY), timeouts=timeouts, clock=FakeClock(), jitter=lambda: 0.0)


@asynccontextmanager
async def lying(behave: Callable[[Connection], object]) -> AsyncIterator[tuple[Provider, StandIn]]:
    """A provider on this machine whose recordings lie on it too, where `behave` answers."""
    async def behaviour(connection: Connection) -> None:
        request = await connection.request()
        if request.startswith(b"POST"):
            await connection.send(response("200 OK", f"{connection.server.url}/recording/geheim-73".encode()))
        else:
            await behave(connection)  # type: ignore[misc]

    quick = Timeouts(connect=2, write=2, read=0.3, pool=2, answer=0.5)
    async with serving(behaviour) as server:
        provider = provider_at(server, quick)
        async with provider:
            yield provider, server


async def whole(connection: Connection) -> None:
    await connection.send(response("200 OK", SOUND))


async def cut(connection: Connection) -> None:
    await connection.send(response("200 OK", SOUND)[:-9])


async def reset(connection: Connection) -> None:
    await connection.send(response("200 OK", SOUND)[:-9])
    await asyncio.sleep(0.05)
    connection.reset()


async def unframed(connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + SOUND)


async def cut_chunk(connection: Connection) -> None:
    await connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2800\r\n" + SOUND[:0x1000])


async def stalled(connection: Connection) -> None:
    await connection.send(response("200 OK", SOUND)[:-9])
    await connection.for_ever()


async def silent(connection: Connection) -> None:
    await connection.for_ever()


async def gone(connection: Connection) -> None:
    pass


async def test_on_this_machine_it_lies_here_where_the_api_does(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with lying(whole) as (provider, server):
        kept = Kept()
        await provider.calls.recording(UUID, kept)
    assert kept.data == SOUND
    fetched = server.requests[1]
    assert fetched.startswith(b"GET /recording/geheim-73 HTTP/1.1\r\n")
    assert KEY.encode() not in fetched
    assert "geheim" not in caplog.text
    assert KEY not in caplog.text


@pytest.mark.parametrize("behave", [cut, reset, unframed, cut_chunk, stalled, silent, gone])
async def test_a_download_that_breaks_is_said_to_be_broken(
    behave: Callable[[Connection], object], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with lying(behave) as (provider, _):
        with pytest.raises(AnswerLost) as caught:
            await provider.calls.recording(UUID, Kept())
    assert caught.value.reason.code in ("provider.recording.cut", "provider.recording.timeout")
    assert "geheim" not in caplog.text + repr(caught.value) + said(caught.value.reason)
    assert caught.value.__context__ is None


async def test_a_host_that_is_not_there_is_named_and_nothing_more(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    async def behaviour(connection: Connection) -> None:
        await connection.request()
        await connection.send(response("200 OK", b"http://127.0.0.1:9/recording/geheim-73"))

    async with serving(behaviour) as server:
        provider = provider_at(server, Timeouts())
        async with provider:
            with pytest.raises(NotReached) as caught:
                await provider.calls.recording(UUID, Kept())
    assert "127.0.0.1" in said(caught.value.reason)
    assert "geheim" not in caplog.text + said(caught.value.reason)


async def test_what_the_sink_says_ends_it() -> None:
    class Full(Kept):
        async def write(self, piece: bytes) -> None:
            raise OSError(28, "full")

    async with Rig(text(200, WHERE), sound()) as rig:
        with pytest.raises(OSError, match="full"):
            await rig.provider.calls.recording(UUID, Full())


# who answered

FLOW = {"cdr": {"direction": "Giden (IVR)", "call_uuid": UUID, "start_stamp": "2017-08-02 13:21:35 +0300",
                "queue": 201, "queue_wait_seconds": "12", "recording_present": "true",
                "sip_hangup_disposition": "callee"},
        "call_flow": [{"destination_number": "905321234567", "start_stamp": "2017-08-02 13:21:35 +0300",
                       "answer_stamp": "2017-08-02 13:21:37 +030", "end_stamp": "017-08-02", "result": "Cevaplandı"},
                      {"destination_number": 1001, "destination_name": "Ayşe", "answer_stamp": ""},
                      {"nothing": 1}, "odd"]}


async def test_a_call_is_read_leniently() -> None:
    async with Rig(httpx.Response(200, json=FLOW)) as rig:
        flow = await rig.provider.calls.flow(UUID)
    (request,) = rig.transport.requests
    assert (request.method, request.url.path) == ("GET", f"/cdrs/{UUID}")
    assert (flow.queue, flow.queue_wait, flow.recorded, flow.hung_up_by) == ("201", 12, True, "callee")
    assert [(leg.number, leg.name, leg.answered is not None) for leg in flow.legs] == [
        ("905321234567", "", True), ("1001", "Ayşe", False)]


@pytest.mark.parametrize(("call", "found"), [
    ({"call_uuid": "u"}, CallFlow("", None, None, "", ())),
    ({"call_uuid": "u", "recording_present": False, "queue_wait_seconds": "00:01:05"},
     CallFlow("", 65, False, "", ())),
    ({"call_uuid": "u", "recording_present": "?", "queue_wait_seconds": 7.9, "queue": None},
     CallFlow("", 7, None, "", ())),
    ({"call_uuid": "u", "queue_wait_seconds": "-1", "queue": ["x"]}, CallFlow("", None, None, "", ())),
    ({"call_uuid": "u", "call_flow": [{"destination_name": "Ali"}]},
     CallFlow("", None, None, "", (CallLeg("", "Ali", None, None, None, ""),))),
])
async def test_the_call_may_stand_by_itself_and_lack_anything(call: dict[str, object], found: CallFlow) -> None:
    async with Rig(httpx.Response(200, json=call), httpx.Response(200, json={"cdr": call})) as rig:
        assert await rig.provider.calls.flow(UUID) == found
        assert await rig.provider.calls.flow(UUID) == found


@pytest.mark.parametrize("value", [[], {}, "x", {"cdr": []}, {"cdr": {}}, {"cdr": {"call_uuid": "u"}, "call_flow": 3}])
async def test_an_answer_of_another_shape_is_said_to_be_one(value: object) -> None:
    async with Rig(httpx.Response(200, json=value)) as rig:
        with pytest.raises(BadAnswer):
            await rig.provider.calls.flow(UUID)


async def test_single_calls_share_the_limit_of_the_list() -> None:
    day = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    page = httpx.Response(200, json={"cdrs": [], "pagination": {
        "page": 1, "total_count": 0, "total_pages": 0, "limit": 100}})
    flows = [httpx.Response(200, json=FLOW) for _ in range(6)]
    async with Rig(page, *flows) as rig:
        await rig.provider.cdrs(day, day)
        for _ in range(5):
            await rig.provider.calls.flow(UUID)
        assert rig.clock.slept == []
        await rig.provider.calls.flow(UUID)
        assert rig.clock.slept == [pytest.approx(60)]
