"""What a launch sends where results come to a receiver of ours, and what is shown and kept of it."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.screens.conftest import on_the_wire
from tui.campaign.draft import Number
from tui.campaign.fields import FIELDS, PHONE_LIST
from tui.campaign.outcome import Created, Rejected, Unconfirmed
from tui.campaign.request import with_webhook
from tui.campaign.states import AskedBy
from tui.config import Profile
from tui.opening import sort_text
from tui.operations.launch import launch, prepare
from tui.operations.phone_list import judged
from tui.operations.services import Services
from tui.operations.test_call import launch_test, plan_test
from tui.operations.test_call import test_draft as make_test_draft
from tui.provider.client import Provider
from tui.secret import MASK, Secret
from tui.store import Store, StoreThread
from tui.telling import curl_text, request_text, review_lines
from tui.words import folded

KEY = "K98765432-1234-5678-4321-123456789012"
NOW = dt.datetime(2026, 11, 25, 21, 30, tzinfo=dt.UTC)
PUBLIC = "https://calls.example.com/santral"
QUEUE = {"call_type": "queue", "name": "Tahsilat", "queue_number": "201", "thread_multiplier": "3",
         "active_days": "1,2,3,4,5,6,7", "is_commercial": "true", "iys_recipient_type": "TACIR", "iys_brand_code": "42"}
BEFORE = (f'{{"key":"{KEY}","call_type":"queue","name":"Tahsilat","active_days":[1,2,3,4,5,6,7],"queue_number":201,'
          '"thread_multiplier":3,"is_commercial":true,"iys_recipient_type":"TACIR","iys_brand_code":"42"')
AFTER = '"phone_list":[{"phone":"905551112233"}]}'


@dataclass
class Desk:
    """A store, and a provider whose answers the test gives."""

    store: Store
    services: Services = field(init=False)
    requests: list[bytes] = field(default_factory=list)
    answer: Callable[[httpx.Request], httpx.Response] = lambda _: httpx.Response(200, text="20212")

    def answered(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request.content)
        return on_the_wire(self.answer(request))

    def draft(self, **more: str) -> int:
        made = self.store.drafts.create("acme", {**QUEUE, **more})
        self.store.numbers.add(made, judged([Number("05551112233")]))
        return made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    tokens = itertools.count(1)
    store = Store.open(tmp_path / "santral.db", fold=folded, sort_key=sort_text, now=lambda: NOW)
    made = Desk(store)

    def connect(profile: Profile) -> Provider:
        assert profile.api_key is not None
        return Provider(profile.base_url, profile.api_key, transport=httpx.MockTransport(made.answered))

    made.services = Services(store, StoreThread(), Profile("acme", Secret(KEY), base_url="http://127.0.0.1:1"), connect,
                             AskedBy.APP, public_url=PUBLIC, now=lambda: NOW,
                             new_token=lambda: f"token-of-launch-number-{next(tokens)}")
    yield made
    made.services.thread.close()
    store.close()


async def test_the_request_names_the_webhook_of_its_launch_byte_by_byte(desk: Desk) -> None:
    draft = desk.draft()
    ready = await prepare(desk.services, draft)
    assert await launch(desk.services, ready) == Created(20212)
    url = f"{PUBLIC}/token-of-launch-number-1"
    assert desk.requests == [f'{BEFORE},"webhook_url":"{url}",{AFTER}'.encode()]
    assert desk.store.deliveries.tokens() == ["token-of-launch-number-1"]


async def test_without_a_receiver_nothing_is_added(desk: Desk) -> None:
    desk.services.public_url = None
    ready = await prepare(desk.services, desk.draft())
    assert ready.request is not None
    assert ready.shown == ready.request.sample
    await launch(desk.services, ready)
    assert desk.requests == [f"{BEFORE},{AFTER}".encode()]


async def test_a_webhook_of_the_drafts_own_stays(desk: Desk) -> None:
    ready = await prepare(desk.services, desk.draft(webhook_url="https://elsewhere.example.com/x"))
    assert ready.request is not None
    assert (ready.receiver, ready.shown) == (None, ready.request.sample)
    await launch(desk.services, ready)
    assert desk.requests == [f'{BEFORE},"webhook_url":"https://elsewhere.example.com/x",{AFTER}'.encode()]


async def test_what_is_shown_is_what_is_sent_but_for_the_token_and_the_key(desk: Desk) -> None:
    draft = desk.draft()
    ready = await prepare(desk.services, draft)
    assert ready.shown is not None
    assert ready.shown["webhook_url"] == f"{PUBLIC}/{MASK}"
    assert f'"webhook_url": "{PUBLIC}/{MASK}"' in request_text(ready.shown)
    assert f"{PUBLIC}/{MASK}" in curl_text(ready.shown, "https://example.com")
    told = review_lines(ready.draft, ready.people, 0, NOW, ready.account, ready.receiver)
    assert any(PUBLIC in line for line in told)
    await launch(desk.services, ready)
    sent = json.loads(desk.requests[0])
    assert list(sent) == ["key", *ready.shown]
    assert sent | {"webhook_url": f"{PUBLIC}/{MASK}"} == {"key": KEY, **ready.shown}


async def test_a_number_that_asked_not_to_be_called_is_told_of_before_the_launch(desk: Desk) -> None:
    made = desk.draft()
    desk.services.store.do_not_call.add(desk.services.profile.name, ["905551112233"])
    ready = await prepare(desk.services, made)
    assert [(problem.field, dict(problem.reason.params)) for problem in ready.problems
            if problem.code == "campaign.problem.do_not_call"] == [("phone_list", {"count": 1})]
    assert ready.request is not None  # it is for a person to decide


async def test_a_twin_is_known_though_its_token_was_another(desk: Desk) -> None:
    def lost(_request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("no answer")

    desk.answer = lost
    first = await prepare(desk.services, desk.draft())
    assert isinstance(await launch(desk.services, first), Unconfirmed)
    second = await prepare(desk.services, desk.draft())
    assert first.request is not None
    assert second.request is not None
    assert second.request.hash == first.request.hash
    assert any(problem.code == "campaign.problem.twin" for problem in second.problems)
    # And where no receiver is configured any more, it is the same request still.
    desk.services.public_url = None
    third = (await prepare(desk.services, desk.draft())).request
    assert third is not None
    assert third.hash == first.request.hash


async def test_each_launch_has_a_token_of_its_own(desk: Desk) -> None:
    draft = desk.draft()
    desk.answer = lambda _request: httpx.Response(400, text="name can't be blank")
    assert isinstance(await launch(desk.services, await prepare(desk.services, draft)), Rejected)
    desk.answer = lambda _request: httpx.Response(200, text="20212")
    assert await launch(desk.services, await prepare(desk.services, draft)) == Created(20212)
    assert [json.loads(request)["webhook_url"] for request in desk.requests] == [
        f"{PUBLIC}/token-of-launch-number-{number}" for number in (1, 2)]


@pytest.mark.parametrize("status", [400, 500])
async def test_the_token_is_in_no_log_and_in_nothing_that_is_told(
    desk: Desk, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    desk.answer = lambda request: httpx.Response(
        status, text=f"webhook_url {json.loads(request.content)['webhook_url']} did not return 200")
    draft = desk.draft()
    with caplog.at_level(logging.DEBUG, logger="santral"):
        outcome = await launch(desk.services, await prepare(desk.services, draft))
    assert isinstance(outcome, Rejected | Unconfirmed)
    assert "calls.example.com" in str(outcome.reason.params)
    kept = desk.store.campaigns.get(draft)
    for text in (str(outcome), str(kept), str(desk.store.history(draft)), caplog.text):
        assert "token-of-launch" not in text


async def test_the_token_is_in_nothing_that_a_cancelled_launch_tells(desk: Desk) -> None:
    desk.answer = lambda request: httpx.Response(
        400, text=f"webhook_url {json.loads(request.content)['webhook_url']} did not return 200")
    ready = await prepare(desk.services, desk.draft())
    launching = asyncio.create_task(launch(desk.services, ready))
    await asyncio.sleep(0)
    launching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await launching
    assert "token-of-launch" not in str(desk.store.campaigns.get(ready.campaign.id))


async def test_a_test_call_tells_its_result_too(desk: Desk) -> None:
    planned = await plan_test(desk.services, desk.draft())
    await launch_test(desk.services, await make_test_draft(desk.services, planned, "905321234567"))
    assert json.loads(desk.requests[0])["webhook_url"] == f"{PUBLIC}/token-of-launch-number-1"


def test_the_documents_order_of_fields_is_kept() -> None:
    request = {name: name for name in (*FIELDS, PHONE_LIST) if name != "webhook_url"}
    assert list(with_webhook(request, "https://x")) == [*FIELDS, PHONE_LIST]
    assert "webhook_url" not in request
