"""Recordings and single calls, as the provider's documents describe them."""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.sandbox.conftest import NOON, HandClock, queue_campaign
from tests.sandbox.test_api import Provider
from tui.sandbox.faults import Fault, FaultKind, FaultPlan, Operation
from tui.sandbox.gate import Gate
from tui.sandbox.server import DEFAULT_KEY

PHONES = [{"phone": f"0532{place:07}"} for place in range(40)]


@pytest.fixture
async def provider(clock: HandClock) -> AsyncIterator[Provider]:
    made = Provider(clock)
    async with made.client:
        yield made


async def called(provider: Provider, **fields: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
    """The calls of a campaign, when all have ended."""
    assert (await provider.create(phone_list=PHONES, **fields)).status_code == 200
    while provider.call_for(30):
        pass
    found: list[dict[str, Any]] = [_record(call) for call in provider.api._calls]
    return found


def _record(call: Any) -> dict[str, Any]:  # noqa: ANN401 - the sandbox's own
    return {"uuid": call.fate.call_uuid, "answered": call.fate.answered, "talk": call.fate.talk_seconds}


async def ask(provider: Provider, uuid: str, **more: str) -> httpx.Response:
    return await provider.client.post("/recording_url/", data={"key": DEFAULT_KEY, "call_uuid": uuid, **more})


async def test_an_answered_call_of_a_campaign_that_records_has_one(provider: Provider) -> None:
    calls = await called(provider, recording_enabled="true")
    uuid = next(call["uuid"] for call in calls if call["answered"])
    answer = await ask(provider, uuid)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, "text/plain")
    sound = await provider.client.get(urlsplit(answer.text).path)
    assert sound.headers["content-type"] == "audio/x-wav"
    with wave.open(io.BytesIO(sound.content)) as file:
        assert (file.getnchannels(), file.getframerate(), file.getsampwidth()) == (1, 8000, 2)
        assert file.getnframes() > 0
    assert (await ask(provider, uuid)).text != answer.text


async def test_no_other_has(provider: Provider) -> None:
    calls = await called(provider, recording_enabled="true")
    missed = next(call["uuid"] for call in calls if not call["answered"])
    silent = await called(provider)
    for uuid in (missed, silent[-1]["uuid"], "nobody"):
        answer = await ask(provider, uuid)
        assert answer.status_code == 400
        assert answer.text.endswith(uuid)
        provider.clock.forward(60)


async def test_an_address_lives_for_an_hour(provider: Provider) -> None:
    calls = await called(provider, recording_enabled="t")
    path = urlsplit((await ask(provider, next(call["uuid"] for call in calls if call["answered"]))).text).path
    provider.clock.forward(3599)
    assert (await provider.client.get(path)).status_code == 200
    provider.clock.forward(1)
    assert (await provider.client.get(path)).status_code == 403
    assert (await provider.client.get("/recording/Rnone")).status_code == 404


async def test_who_sends_a_key_or_more_where_it_lies_is_refused(provider: Provider) -> None:
    calls = await called(provider, recording_enabled="true")
    path = urlsplit((await ask(provider, next(call["uuid"] for call in calls if call["answered"]))).text).path
    assert (await provider.client.get(path, params={"key": DEFAULT_KEY})).status_code == 400
    for name in ("Authorization", "Cookie", "Referer"):
        assert (await provider.client.get(path, headers={name: "x"})).status_code == 400


async def test_it_is_asked_for_by_a_form_of_two_fields(provider: Provider) -> None:
    uuid = next(call["uuid"] for call in await called(provider, recording_enabled="true") if call["answered"])
    assert (await provider.client.post("/recording_url/", json={"key": DEFAULT_KEY, "call_uuid": uuid})
            ).text.startswith("Gecersiz anahtar")
    assert (await provider.client.post("/recording_url/", params={"key": DEFAULT_KEY, "call_uuid": uuid})
            ).status_code == 400
    assert (await ask(provider, uuid, more="x")).status_code == 400
    assert (await provider.client.post("/recording_url/", data={"key": DEFAULT_KEY})).status_code == 400
    assert (await provider.client.get("/recording_url/", params={"key": DEFAULT_KEY})).status_code == 405
    assert (await provider.client.post("/recording_url", data={"key": DEFAULT_KEY})).status_code == 404


async def test_five_a_minute(provider: Provider) -> None:
    statuses = [(await ask(provider, "nobody")).status_code for _ in range(6)]
    assert statuses == [400] * 5 + [429]
    provider.clock.forward(60)
    assert (await ask(provider, "nobody")).status_code == 400


async def test_a_call_says_who_answered_it(provider: Provider) -> None:
    calls = await called(provider, recording_enabled="true", digit_target_1="user/1000", digit_target_2="queue/204")
    seen = set()
    for call in calls:
        found = (await provider.get(f"/cdrs/{call['uuid']}")).json()
        assert found["cdr"]["call_uuid"] == call["uuid"]
        assert found["cdr"]["recording_present"] == ("true" if call["answered"] else "false")
        assert ("queue_wait_seconds" in found["cdr"]) == (found["cdr"]["queue"] == "204")
        seen |= {leg["destination_number"] for leg in found["call_flow"][1:]}
        provider.clock.forward(60)
    assert seen == {"1000", "1001"}
    missing = await provider.get("/cdrs/nobody")
    assert (missing.status_code, missing.text) == (404, "cannot find call with call_uuid nobody")


async def test_an_answered_call_of_a_queue_is_put_through_to_an_agent(provider: Provider) -> None:
    await provider.client.post("/ivr_campaigns.json", json=queue_campaign(phone_list=PHONES))
    while provider.call_for(300):
        pass
    uuid = next(call.fate.call_uuid for call in provider.api._calls if call.fate.answered)
    found = (await provider.get(f"/cdrs/{uuid}")).json()
    assert (found["cdr"]["queue"], len(found["call_flow"])) == ("204", 2)


async def test_single_calls_share_the_limit_of_the_list(provider: Provider) -> None:
    assert [(await provider.get("/cdrs/nobody")).status_code for _ in range(7)] == [404] * 6 + [429]


@pytest.mark.parametrize(("method", "path", "operation"), [
    ("POST", "/recording_url/", Operation.RECORDING), ("GET", "/recording/R1", Operation.DOWNLOAD),
    ("GET", "/cdrs/u", Operation.LOOKUP)])
async def test_faults_befall_each_of_them(method: str, path: str, operation: Operation) -> None:
    events: list[object] = []

    async def nothing(scope: object, receive: object, send: object) -> None:
        raise AssertionError("it was processed")

    gate = Gate(nothing, FaultPlan([Fault(FaultKind.PAGE_404, operation)]), redact=str,
                now=lambda: NOON, keep=lambda _: None, on_event=events.append,
                stopping=asyncio.Event())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(gate), base_url="http://x") as client:
        answer = await client.request(method, path)
    assert (answer.status_code, "html" in answer.headers["content-type"]) == (404, True)
    assert "R1" not in repr(events)
