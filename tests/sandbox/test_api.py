from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import NOON, HandClock, ivr
from tui.core.secret import Secret
from tui.sandbox.api import Api
from tui.sandbox.callees import Callees
from tui.sandbox.dialer import Dialer
from tui.sandbox.server import DEFAULT_KEY
from tui.sandbox.webhooks import Webhooks

KEY = {"key": DEFAULT_KEY}


class Provider:
    """The API without a server, its calls made by hand."""

    def __init__(self, clock: HandClock) -> None:
        self.clock = clock
        self.dialer = Dialer(Callees(1), always_open=True)
        self.changes = 0
        self.api = Api(Secret(DEFAULT_KEY), self.dialer, Webhooks(lambda _: None), clock, first_id=20212,
                       on_change=self._changed)
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(self.api.app()), base_url="http://provider")

    def _changed(self) -> None:
        self.changes += 1

    async def create(self, **fields: object) -> httpx.Response:
        return await self.client.post("/ivr_campaigns.json", json=ivr(**fields))

    async def get(self, path: str, **params: str | int) -> httpx.Response:
        return await self.client.get(path, params={**KEY, **params})

    def call_for(self, seconds: float) -> int:
        """Lets time go by; how many calls ended."""
        self.clock.forward(seconds)
        calls = list(self.dialer.advance(self.clock.now()))
        for call in calls:
            self.api.keep(call)
        return len(calls)


@pytest.fixture
async def provider(clock: HandClock) -> AsyncIterator[Provider]:
    made = Provider(clock)
    async with made.client:
        yield made


async def test_ids_count_up_and_are_answered_alone(provider: Provider) -> None:
    answers = [await provider.create() for _ in range(3)]

    assert {answer.status_code for answer in answers} == {200}
    assert [answer.content for answer in answers] == [b"20212", b"20213", b"20214"]
    assert answers[0].headers["content-type"].startswith("text/plain")
    assert provider.changes == 3


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"{'name': 'x'}", '{"name": "ş"}'.encode("cp1254"),
                                  b'{"a": 1,}', b"[" * 100_000])
async def test_what_is_no_json_object_is_invalid_json(provider: Provider, body: bytes) -> None:
    answer = await provider.client.post("/ivr_campaigns.json", content=body,
                                        headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.text) == (400, "INVALID_JSON")


async def test_json_that_is_not_said_to_be_json_is_invalid(provider: Provider) -> None:
    answer = await provider.client.post("/ivr_campaigns.json", data={"name": "x"})

    assert (answer.status_code, answer.text) == (400, "INVALID_JSON")


@pytest.mark.parametrize(("key", "words"), [("K1", "Gecersiz anahtar: K1"), ("", "Gecersiz anahtar: "),
                                            (5, "Gecersiz anahtar: 5")])
async def test_a_wrong_key_comes_back_in_the_answer(provider: Provider, key: object, words: str) -> None:
    answer = await provider.create(key=key)

    assert (answer.status_code, answer.text) == (400, words)


async def test_half_a_surrogate_pair_is_answered_all_the_same(provider: Provider) -> None:
    answer = await provider.client.post("/ivr_campaigns.json", content=b'{"key": "\\ud800"}',
                                        headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.text) == (400, "Gecersiz anahtar: ?")


async def test_a_refused_campaign_is_not_made(provider: Provider) -> None:
    answer = await provider.create(name="")

    assert (answer.status_code, answer.text) == (400, "name can't be blank")
    assert provider.call_for(3600) == 0
    assert (await provider.create()).text == "20212"


async def test_a_date_left_out_is_today_in_turkey(provider: Provider) -> None:
    provider.clock.moment = dt.datetime(2022, 9, 12, 21, 30, tzinfo=dt.UTC)  # the 13th in Istanbul

    answer = await provider.create(date_range_end="2022-09-12")

    assert answer.text == "date_range_end must be on or after date_range_begin"


async def test_off_on_and_delete_are_answered_ok(provider: Provider) -> None:
    await provider.create()

    for status in ("off", "on", "on"):
        answer = await provider.client.patch("/ivr_campaigns/20212", data={**KEY, "status": status})
        assert (answer.status_code, answer.text) == (200, "OK")
    answer = await provider.client.delete("/ivr_campaigns/20212", params=KEY)
    assert (answer.status_code, answer.text) == (200, "OK")
    assert provider.changes == 5


async def test_what_is_off_or_deleted_is_not_dialled(provider: Provider) -> None:
    await provider.create()
    await provider.create()
    await provider.client.patch("/ivr_campaigns/20212", data={**KEY, "status": "off"})
    await provider.client.delete("/ivr_campaigns/20213", params=KEY)

    assert provider.call_for(3600) == 0
    await provider.client.patch("/ivr_campaigns/20212", data={**KEY, "status": "on"})
    assert provider.call_for(3600) == 1


async def test_an_unknown_campaign_is_told_in_the_documents_words(provider: Provider) -> None:
    switched = await provider.client.patch("/ivr_campaigns/112", data={**KEY, "status": "off"})
    deleted = await provider.client.delete("/ivr_campaigns/112", params=KEY)

    for answer in (switched, deleted):
        assert (answer.status_code, answer.text) == (400, "Cannot find ivr_campaign with ID 112")


@pytest.mark.parametrize("status", ["", "start", "ON", "true"])
async def test_a_switch_knows_on_and_off_alone(provider: Provider, status: str) -> None:
    await provider.create()

    answer = await provider.client.patch("/ivr_campaigns/20212", data={**KEY, "status": status})

    assert (answer.status_code, answer.text) == (400, "status is not included in the list")


async def test_a_switch_is_a_form_and_not_json(provider: Provider) -> None:
    await provider.create()

    answer = await provider.client.patch("/ivr_campaigns/20212", json={**KEY, "status": "off"})

    assert (answer.status_code, answer.text) == (400, "Gecersiz anahtar: ")


@pytest.mark.parametrize(("method", "path"), [
    ("GET", "/"), ("POST", "/ivr_campaigns"), ("PATCH", "/ivr_campaigns/112.json"), ("POST", "/ivr_campaigns.json/"),
    ("GET", "/queues/"), ("DELETE", "/ivr_campaigns/"), ("GET", "/Queues"),
])
async def test_any_other_path_is_not_found(provider: Provider, method: str, path: str) -> None:
    assert (await provider.client.request(method, path, params=KEY)).status_code == 404


@pytest.mark.parametrize(("path", "first"), [
    ("/announcements", {"id": 112, "name": "Firmamıza hoşgeldiniz"}),
    ("/queues", {"number": 200, "name": "Satış"}),
    ("/caller_ids", "902129630131"),
    ("/user_statuses", {"user": 1000, "status": "AVAILABLE"}),
    ("/agent_statuses", {"agent": "1000", "status": "AVAILABLE", "queues": ["200", "201"]}),
])
async def test_look_ups_are_json_as_documented(provider: Provider, path: str, first: object) -> None:
    answer = await provider.get(path)

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json()[0] == first


async def test_agents_of_one_queue(provider: Provider) -> None:
    agents = (await provider.get("/agent_statuses", queue="204")).json()

    assert [agent["agent"] for agent in agents] == ["1001", "1002", "1004", "1010"]


@pytest.mark.parametrize("path", ["/announcements", "/queues", "/caller_ids", "/user_statuses", "/agent_statuses",
                                  "/cdrs", "/blocked_numbers"])
async def test_a_look_up_with_a_wrong_key_is_unauthorised(provider: Provider, path: str) -> None:
    answer = await provider.client.get(path, params={"key": "K1"})

    assert (answer.status_code, answer.text) == (401, "Gecersiz anahtar: K1")


async def test_blocked_numbers_come_in_pages(provider: Provider) -> None:
    first = (await provider.get("/blocked_numbers", direction="outbound", limit=10)).json()
    second = (await provider.get("/blocked_numbers", direction="outbound", limit=10, page=2)).json()

    assert first["pagination"] == {"page": 1, "total_count": 12, "total_pages": 2, "limit": 10}
    assert [row["id"] for row in first["blocked_numbers"] + second["blocked_numbers"]] == list(range(1, 13))
    assert first["blocked_numbers"][0] == {"id": 1, "number": "905550000001", "direction": "outbound"}


async def test_those_who_may_not_call_in_are_told_unless_the_others_are_asked_for(provider: Provider) -> None:
    told = (await provider.get("/blocked_numbers")).json()["blocked_numbers"]
    assert {row["direction"] for row in told} == {"inbound"}
    assert (await provider.get("/blocked_numbers", direction="inbound")).json()["blocked_numbers"] == told
    assert (await provider.get("/blocked_numbers", direction="both")).status_code == 400


async def block(provider: Provider, **fields: object) -> tuple[int, str]:
    asked = {**KEY, "number": "05321234567", "direction": "outbound", **fields}
    answer = await provider.client.post("/blocked_numbers", json=asked)
    return answer.status_code, answer.text


async def test_a_number_is_blocked_once_and_listed_as_it_is_reported(provider: Provider) -> None:
    assert await block(provider) == (200, "18")
    assert await block(provider, number="905321234567") == (400, "number has already been taken")
    assert (await block(provider, direction="inbound"))[0] == 200
    rows = (await provider.get("/blocked_numbers", direction="outbound")).json()["blocked_numbers"]
    assert rows[-1] == {"id": 18, "number": "905321234567", "direction": "outbound"}


@pytest.mark.parametrize(("fields", "answer"), [
    ({"key": "K1"}, "Gecersiz anahtar: K1"), ({"number": 5321234567}, "number is invalid"),
    ({"number": "532"}, "number is invalid"), ({"direction": "both"}, "direction is not included in the list"),
    ({"direction": None}, "direction is not included in the list"),
    ({"phone": "05321234567"}, "unknown attribute 'phone' for BlockedNumber"),
])
async def test_a_request_to_block_is_checked(provider: Provider, fields: dict[str, object], answer: str) -> None:
    assert await block(provider, **fields) == (400, answer)
    form = {**KEY, "number": "05321234567"}
    assert (await provider.client.post("/blocked_numbers", data=form)).text == "INVALID_JSON"


@pytest.mark.parametrize(("param", "value"), [("limit", "9"), ("limit", "101"), ("limit", "x"), ("page", "0"),
                                              ("page", "")])
async def test_pages_keep_to_their_bounds(provider: Provider, param: str, value: str) -> None:
    answer = await provider.get("/blocked_numbers", **{param: value})

    assert answer.status_code == 400
    assert answer.text.startswith(f"{param} must be between ")


def stamp(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC")


async def test_call_records_are_of_the_calls_that_were_made_in_the_time_asked_for(provider: Provider) -> None:
    await provider.create(max_thread_count=1, phone_list=[{"phone": f"0532{place:07}"} for place in range(25)])
    made = provider.call_for(24 * 3600)

    async def records(begin: dt.datetime, end: dt.datetime, **params: str | int) -> dict[str, Any]:
        answer = await provider.get("/cdrs", start_stamp_from=stamp(begin), start_stamp_to=stamp(end), **params)
        found: dict[str, Any] = answer.json()
        return found

    everything = await records(NOON, provider.clock.now(), limit=10, page=3)
    assert everything["pagination"] == {"page": 3, "total_count": made, "total_pages": 3, "limit": 10}
    assert len(everything["cdrs"]) == 5
    first = await records(NOON, NOON)
    assert [row["destination_number"] for row in first["cdrs"]] == ["905320000000"]
    assert first["cdrs"][0]["start_stamp"] == "2022-09-12 12:00:00 +0300"
    assert (await records(NOON - dt.timedelta(days=2), NOON - dt.timedelta(days=1)))["cdrs"] == []
    assert (await records(NOON, provider.clock.now(), direction="inbound"))["cdrs"] == []


@pytest.mark.parametrize(("params", "words"), [
    ({"start_stamp_to": "2022-09-12 09:00:00 UTC"}, "start_stamp_from is invalid"),
    ({"start_stamp_from": "2022-09-12", "start_stamp_to": "2022-09-12 09:00:00 UTC"}, "start_stamp_from is invalid"),
    ({"start_stamp_from": "2022-09-12 09:00:00 UTC", "start_stamp_to": "2022-09-31 09:00:00 UTC"},
     "start_stamp_to is invalid"),
    ({"start_stamp_from": "2022-08-12 08:59:59 UTC", "start_stamp_to": "2022-09-12 09:00:00 UTC"},
     "start_stamp_to must be within 31 days after start_stamp_from"),
    ({"start_stamp_from": "2022-09-12 09:00:01 UTC", "start_stamp_to": "2022-09-12 09:00:00 UTC"},
     "start_stamp_to must be within 31 days after start_stamp_from"),
    ({"start_stamp_from": "2022-09-12 08:00:00 UTC", "start_stamp_to": "2022-09-12 09:00:00 UTC", "direction": "out"},
     "direction is not included in the list"),
])
async def test_call_records_want_their_two_stamps(provider: Provider, params: dict[str, str], words: str) -> None:
    answer = await provider.get("/cdrs", **params)

    assert (answer.status_code, answer.text) == (400, words)


async def test_one_look_up_too_many_is_429_and_a_minute_later_answered(provider: Provider) -> None:
    statuses = [(await provider.get("/queues")).status_code for _ in range(11)]
    provider.clock.forward(60)

    assert statuses == [200] * 10 + [429]
    assert (await provider.get("/queues")).status_code == 200


async def test_extensions_and_agents_share_their_limit(provider: Provider) -> None:
    paths = ("/user_statuses", "/agent_statuses", "/user_statuses", "/agent_statuses")

    assert [(await provider.get(path)).status_code for path in paths] == [200, 200, 429, 429]


async def test_a_429_says_how_long_to_wait_only_sometimes(provider: Provider) -> None:
    for _ in range(2):
        await provider.get("/user_statuses")
    waits = [(await provider.get("/user_statuses")).headers.get("retry-after") for _ in range(4)]

    assert waits == ["60", None, "60", None]


async def test_create_switch_and_delete_share_their_limit_and_what_is_over_it_is_not_done(provider: Provider) -> None:
    for _ in range(25):
        await provider.create()
        await provider.client.patch("/ivr_campaigns/20212", data={**KEY, "status": "on"})

    assert (await provider.create()).status_code == 429
    assert (await provider.client.delete("/ivr_campaigns/20212", params=KEY)).status_code == 429
    provider.clock.forward(1)
    assert (await provider.client.delete("/ivr_campaigns/20212", params=KEY)).text == "OK"
    assert (await provider.create()).text == "20237"


async def test_look_ups_without_a_limit_have_none(provider: Provider) -> None:
    for path in ("/announcements", "/caller_ids", "/blocked_numbers"):
        assert {(await provider.get(path)).status_code for _ in range(60)} == {200}
