"""What a launch sends where results come to a receiver of ours, and what is shown and kept of it."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.campaign.sentences import said
from tests.reluctant import Reluctant
from tests.screens.conftest import on_the_wire
from tui.bootstrap import sort_text
from tui.campaign.consent import ConsentStatus, RecipientType, weight_of
from tui.campaign.fields import FIELDS, PHONE_LIST
from tui.campaign.lifecycle import AskedBy, Created, NotSent, Outcome, Rejected, State, Unconfirmed
from tui.campaign.phone_list import Number
from tui.campaign.request import body_hash, with_webhook
from tui.campaign.rules import Weight, errors
from tui.config import Profile
from tui.core.reason import Reason
from tui.core.secret import MASK, Secret
from tui.i18n.words import folded
from tui.operations.launch import NotKept, Upload, launch
from tui.operations.launch_request import prepare, whole
from tui.operations.left_out import Overrides
from tui.operations.outcome_writer import OutcomeWriter
from tui.operations.phone_list import validated
from tui.operations.services import NotPossible, Services
from tui.operations.trial_call import launch_test, plan_test
from tui.operations.trial_call import trial_draft as make_test_draft
from tui.provider.answer import WORDS_LIMIT
from tui.provider.client import Provider
from tui.store import (
    Changed,
    NumberRow,
    Store,
    StoreBusy,
    StoreError,
    StoreGone,
    StoreThread,
    StoreUnsure,
    WrongState,
)
from tui.store.consents import ImportNotes
from tui.store.suppression import SuppressedRows, Suppression
from tui.text.campaign import curl_text, request_text, review_lines

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
        self.store.numbers.add(made, validated([Number("05551112233")]))
        return made


def agree(store: Store, phones: list[str]) -> None:
    """These have agreed to commercial calls, and nobody else."""
    given = {(RecipientType.TRADER, ""): dict.fromkeys(phones, weight_of(ConsentStatus.GIVEN, None))}
    store.consents.keep("acme", given, path="iys.csv", stamp_="", named={}, file_at=NOW, notes=ImportNotes())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    tokens = itertools.count(1)
    store = Store.open(tmp_path / "santral.db", fold=folded, sort_key=sort_text, now=lambda: NOW)
    agree(store, [f"9055511{place:05}" for place in range(12_200, 12_300)] + ["905321234567"])
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


async def test_an_id_that_another_campaign_has_confirms_nothing(desk: Desk) -> None:
    first, second = desk.draft(), desk.draft(name="Another")
    assert await launch(desk.services, await prepare(desk.services, first)) == Created(20212)
    outcome = await launch(desk.services, await prepare(desk.services, second))
    assert isinstance(outcome, Unconfirmed)
    assert outcome.reason.code == "store.id_taken"
    assert desk.store.campaigns.get(second).state is State.UNCONFIRMED


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
    told = review_lines(ready.draft, ready.recipients, 0, NOW, ready.account, ready.receiver)
    assert any(PUBLIC in line for line in told)
    await launch(desk.services, ready)
    sent = json.loads(desk.requests[0])
    assert list(sent) == ["key", *ready.shown]
    assert sent | {"webhook_url": f"{PUBLIC}/{MASK}"} == {"key": KEY, **ready.shown}


async def test_a_draft_with_errors_tells_that_its_results_come_in_too(desk: Desk) -> None:
    ready = await prepare(desk.services, desk.draft(name=""))
    assert (ready.request, ready.receiver) == (None, PUBLIC)
    elsewhere = await prepare(desk.services, desk.draft(name="", webhook_url="https://elsewhere.example.com/x"))
    assert elsewhere.receiver is None


def refusing(desk: Desk, *phones: str) -> int:
    """A draft to whose list these are added, who are on the do-not-call list."""
    made = desk.draft()
    desk.store.numbers.add(made, validated(map(Number, phones)))
    desk.store.do_not_call.add("acme", ["90" + phone[1:] for phone in phones])
    return made


async def test_who_must_not_be_called_is_left_out_of_the_launch_and_dropped_with_the_reason(desk: Desk) -> None:
    desk.services.public_url = None
    made = refusing(desk, "05551112244", "05551112255", "05551112244")
    ready = await prepare(desk.services, made)
    assert [(problem.code, problem.weight, problem.reason.params["count"]) for problem in ready.problems
            if problem.field == PHONE_LIST] == [("campaign.problem.left_out", Weight.WARNING, 2)]
    assert ready.recipients == 1
    assert (await whole(desk.services, ready))[PHONE_LIST] == [{"phone": "905551112233"}]
    upload = Upload()
    assert await launch(desk.services, ready, upload) == Created(20212)
    assert desk.requests == [f"{BEFORE},{AFTER}".encode()]
    assert upload.left_out.recipients == 2
    assert [(row.phone, row.why.code) for row in desk.store.numbers.each_dropped(made)] == [
        ("905551112244", "store.suppressed.by_hand"), ("905551112255", "store.suppressed.by_hand"),
        ("905551112244", "store.suppressed.by_hand")]
    assert desk.store.campaigns.get(made).callable_numbers == 1


async def test_who_says_no_after_the_review_is_left_out_too(desk: Desk) -> None:
    desk.services.public_url = None
    made = refusing(desk, "05551112244", "05551112255")
    desk.store.do_not_call.remove("acme", ["905551112255"])
    ready = await prepare(desk.services, made)
    assert ready.recipients == 2
    desk.store.do_not_call.add("acme", ["905551112255"])
    assert await launch(desk.services, ready) == Created(20212)
    assert desk.requests == [f"{BEFORE},{AFTER}".encode()]


def said_in_between(desk: Desk, monkeypatch: pytest.MonkeyPatch, say: Callable[[], object]) -> None:
    """A colleague hears it after a launch has looked who may be called, before it begins."""
    begin, waiting = desk.store.ledger.begin, [say]

    def begun(*args: Any, **asked: Any) -> int:  # noqa: ANN401 - as it is asked
        if waiting:
            waiting.pop()()
        return begin(*args, **asked)

    monkeypatch.setattr(desk.store.ledger, "begin", begun)


async def test_who_says_no_after_it_was_looked_who_may_be_called_is_left_out_too(
        desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.services.public_url = None
    made, upload = refusing(desk, "05551112244", "05551112255"), Upload()
    desk.store.do_not_call.remove("acme", ["905551112255"])
    ready = await prepare(desk.services, made)
    said_in_between(desk, monkeypatch, lambda: desk.store.do_not_call.add("acme", ["905551112255"]))
    assert await launch(desk.services, ready, upload) == Created(20212)
    assert desk.requests == [f"{BEFORE},{AFTER}".encode()]
    assert upload.left_out.recipients == 2


async def test_who_is_no_longer_among_those_who_agreed_is_left_out_too(
        desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.services.public_url = None
    made = refusing(desk, "05551112244")
    desk.store.do_not_call.remove("acme", ["905551112244"])
    ready = await prepare(desk.services, made)
    said_in_between(desk, monkeypatch, lambda: agree(desk.store, ["905551112233"]))
    assert await launch(desk.services, ready) == Created(20212)
    assert desk.requests == [f"{BEFORE},{AFTER}".encode()]


async def test_who_says_no_and_is_in_another_list_holds_nothing_up(
        desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made, looked = desk.draft(), list[int]()
    ready = await prepare(desk.services, made)
    find = desk.store.suppression.find

    def noted(_self: Suppression, campaign: int, *args: Any, **asked: Any) -> SuppressedRows:  # noqa: ANN401 - as it is asked
        looked.append(campaign)
        return find(campaign, *args, **asked)

    monkeypatch.setattr(Suppression, "find", noted)
    said_in_between(desk, monkeypatch, lambda: desk.store.do_not_call.add("acme", ["905551112299"]))
    assert await launch(desk.services, ready) == Created(20212)
    assert looked == [made]


async def test_no_more_are_called_than_were_confirmed(desk: Desk) -> None:
    made = refusing(desk, "05551112244")
    ready = await prepare(desk.services, made)
    desk.store.do_not_call.remove("acme", ["905551112244"])
    with pytest.raises(NotPossible) as refused:
        await launch(desk.services, ready)
    assert refused.value.reason == Reason("operations.launch.more_people", {"count": 2, "before": 1})
    assert desk.requests == []
    assert desk.store.campaigns.get(made).state is State.DRAFT


async def test_a_person_may_have_them_called_all_the_same(desk: Desk) -> None:
    made = refusing(desk, "05551112244")
    ready = await prepare(desk.services, made, overrides=Overrides(with_do_not_call=True))
    assert ready.recipients == 2
    assert "campaign.problem.called_all_the_same" in [problem.code for problem in ready.problems]
    assert await launch(desk.services, ready) == Created(20212)
    assert b"905551112244" in desk.requests[0]
    assert desk.store.numbers.dropped_count(made) == 0


async def test_where_nobody_is_left_nothing_is_sent(desk: Desk) -> None:
    made = desk.draft()
    desk.store.do_not_call.add("acme", ["905551112233"])
    ready = await prepare(desk.services, made)
    assert [problem.code for problem in errors(ready.problems)] == ["campaign.problem.all_left_out"]
    with pytest.raises(NotPossible):
        await launch(desk.services, ready)
    assert desk.requests == []


async def test_a_phrase_that_only_those_left_out_lack_is_missed_by_nobody(desk: Desk) -> None:
    values = {"call_type": "ivr", "name": "Anket", "active_days": "1,2,3,4,5,6,7", "digit_target_1": "hangup/hangup"}
    made = desk.store.drafts.create("acme", values)
    desk.store.numbers.add(made, validated([Number("05551112233", "#1"), Number("05551112244")]))
    assert errors((await prepare(desk.services, made)).problems)
    desk.store.do_not_call.add("acme", ["905551112244"])
    assert not errors((await prepare(desk.services, made)).problems)


@pytest.mark.parametrize(("cli", "told"), [("", ["campaign.problem.no_caller"]), ("902129630131", [])])
async def test_that_no_number_is_given_to_be_seen_is_told_before_the_launch(desk: Desk, cli: str,
                                                                            told: list[str]) -> None:
    ready = await prepare(desk.services, desk.draft(cli=cli))
    assert [problem.code for problem in ready.problems if problem.field == "cli"] == told
    assert ready.request is not None  # a warning


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


@pytest.mark.parametrize("words_", ["webhook_url did not return 200", "Webhook https://x/y: 500 instead of 200"])
async def test_a_webhook_that_did_not_answer_is_told_with_what_to_do(desk: Desk, words_: str) -> None:
    desk.answer = lambda _request: httpx.Response(400, text=words_)
    draft = desk.draft()
    outcome = await launch(desk.services, await prepare(desk.services, draft))
    assert isinstance(outcome, Rejected)
    kept = desk.store.campaigns.get(draft).reason
    assert kept == outcome.reason
    for sentence in said(outcome.reason).values():
        assert words_ in sentence
        assert "santral listen" in sentence


async def test_another_refusal_says_nothing_of_the_receiver(desk: Desk) -> None:
    desk.answer = lambda _request: httpx.Response(400, text="name can't be blank")
    outcome = await launch(desk.services, await prepare(desk.services, desk.draft()))
    assert isinstance(outcome, Rejected)
    assert outcome.reason.code == "provider.refused"


@pytest.mark.parametrize("echo", [
    pytest.param(lambda url: f"<title>{url[:-9]}<wbr>{url[-9:]}</title>", id="broken by a tag"),
    pytest.param(lambda url: f"{url[:-9]}\r\n {url[-9:]}", id="broken by a line's end"),
    pytest.param(lambda url: url.upper(), id="in capitals"),
    pytest.param(lambda url: f"{'y' * (WORDS_LIMIT - len(url) + 3)} {url}", id="longer than what is told"),
])
async def test_half_a_token_is_not_told_either(desk: Desk, echo: Callable[[str], str]) -> None:
    desk.answer = lambda request: httpx.Response(400, text=echo(json.loads(request.content)["webhook_url"]))
    outcome = await launch(desk.services, await prepare(desk.services, desk.draft()))
    assert isinstance(outcome, Rejected)
    assert "token-of" not in str(outcome).casefold()
    assert "number" not in str(outcome).casefold()


async def test_an_answer_cut_within_the_token_doesnt_tell_it(desk: Desk) -> None:
    async def cut(body: bytes) -> AsyncIterator[bytes]:
        yield json.loads(body)["webhook_url"][:-2].encode()
        raise httpx.ReadError("cut")

    desk.answer = lambda request: httpx.Response(400, headers={"Content-Length": "999"}, content=cut(request.content))
    outcome = await launch(desk.services, await prepare(desk.services, desk.draft()))
    assert isinstance(outcome, Rejected)
    assert "token-of" not in str(outcome)


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


def long_list(desk: Desk, numbers: int = 20_000) -> int:
    made = desk.draft()
    phones = [f"90532{place:07}" for place in range(numbers)]
    desk.store.numbers.add(made, (NumberRow(phone, phone, "#456 15/11/2017", "tr-TR") for phone in phones))
    agree(desk.store, [*phones, "905551112233", "905551112244"])
    return made


def reluctant(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Reluctant:
    transport = Reluctant(httpx.Response(200, text="20212"))
    monkeypatch.setattr(desk.services, "connect",
                        lambda profile: Provider(profile.base_url, Secret(KEY), transport=transport))
    return transport


async def test_a_long_list_is_sent_as_it_would_be_whole(desk: Desk) -> None:
    read = list[tuple[int, int]]()
    ready = await prepare(desk.services, long_list(desk), progress=lambda *told: read.append(told))
    assert ready.request is not None
    assert read[0] == (1_000, 20_001)
    assert read[-1] == (20_001, 20_001)
    upload = Upload()
    assert await launch(desk.services, ready, upload) == Created(20212)
    sent = json.loads(desk.requests[0])
    assert desk.requests[0] == json.dumps(sent, ensure_ascii=False, separators=(",", ":")).encode()
    assert [row["phone"] for row in sent["phone_list"][:3]] == ["905551112233", "905320000000", "905320000001"]
    assert list(sent["phone_list"][-1]) == ["phone", "phrase", "lang"]
    assert len(sent["phone_list"]) == ready.recipients == 20_001
    assert ready.request.hash == body_hash({**ready.request.fields, PHONE_LIST: sent["phone_list"]})
    assert upload.sent == upload.total == len(desk.requests[0])
    assert await whole(desk.services, ready) == {
        name: f"{PUBLIC}/{MASK}" if name == "webhook_url" else value for name, value in sent.items() if name != "key"}


async def test_an_earlier_look_is_used_again_until_something_was_changed(desk: Desk) -> None:
    made = long_list(desk)
    ready = await prepare(desk.services, made)
    read = list[tuple[int, int]]()
    again = await prepare(desk.services, made, known=ready, progress=lambda *told: read.append(told))
    assert (again.request, read) == (ready.request, [])
    assert (await prepare(desk.services, desk.draft(), known=ready)).request != ready.request
    desk.store.numbers.drop(made, [1])
    changed = await prepare(desk.services, made, known=ready)
    assert changed.recipients == ready.recipients - 1
    with pytest.raises(Changed):
        await launch(desk.services, ready)
    assert desk.requests == []


async def test_given_up_before_the_last_byte_it_is_not_sent(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    transport = reluctant(desk, monkeypatch)
    made = long_list(desk)
    upload = Upload()
    launching = asyncio.create_task(launch(desk.services, await prepare(desk.services, made), upload))
    await transport.reads(3)
    assert 0 < upload.sent < upload.total
    assert not upload.complete
    # What is being sent is what was weighed: meanwhile nobody can change it.
    with pytest.raises(WrongState):
        desk.store.numbers.drop(made, [1])
    assert upload.give_up()
    assert await launching == NotSent(Reason("operations.launch.cancelled_incomplete"))
    assert desk.store.campaigns.get(made).state is State.DRAFT
    assert len(transport.body) < upload.total


async def test_after_the_last_byte_it_can_not_be_given_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    transport = reluctant(desk, monkeypatch)
    made = long_list(desk)
    upload = Upload()
    launching = asyncio.create_task(launch(desk.services, await prepare(desk.services, made), upload))
    await transport.reads_all()
    assert upload.complete
    assert not upload.give_up()
    launching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await launching
    assert desk.store.campaigns.get(made).state is State.UNCONFIRMED


async def test_cancelled_before_the_last_byte_it_is_a_draft_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    transport = reluctant(desk, monkeypatch)
    made = long_list(desk)
    launching = asyncio.create_task(launch(desk.services, await prepare(desk.services, made)))
    await transport.reads(2)
    launching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await launching
    kept = desk.store.campaigns.get(made)
    assert (kept.state, kept.reason) == (State.DRAFT, Reason("operations.launch.cancelled_incomplete"))


async def test_given_up_before_it_began_nothing_is_sent(desk: Desk) -> None:
    made = long_list(desk)
    upload = Upload()
    assert upload.give_up()
    assert await launch(desk.services, await prepare(desk.services, made), upload) == NotSent(
        Reason("operations.launch.cancelled_unsent"))
    assert desk.requests == []
    assert desk.store.campaigns.get(made).state is State.DRAFT


async def test_a_list_that_the_store_can_not_read_to_its_end_is_not_sent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = long_list(desk)
    ready = await prepare(desk.services, made)
    batch = desk.store.recipients.batch

    def damaged(campaign: int, after: int, limit: int) -> object:
        if after > 10_000:
            raise StoreError(Reason("store.damaged", {"path": "santral.db"}))
        return batch(campaign, after, limit)

    monkeypatch.setattr(desk.store.recipients, "batch", damaged)
    assert await launch(desk.services, ready) == NotSent(Reason("store.damaged", {"path": "santral.db"}))
    assert desk.requests == []


async def test_a_large_request_is_told_of_before_the_launch(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.campaign.request.LARGE_LIST", 20_001)
    ready = await prepare(desk.services, long_list(desk))
    told = {problem.code: (problem.weight, dict(problem.reason.params)) for problem in ready.problems}
    assert ready.request is not None
    assert told["campaign.problem.large"] == (Weight.WARNING, {"count": 20_001, "size": ready.request.size})
    few = await prepare(desk.services, long_list(desk, 5))
    assert "campaign.problem.large" not in {problem.code for problem in few.problems}


def busy_for(desk: Desk, monkeypatch: pytest.MonkeyPatch, tries: int) -> list[Outcome]:
    """The store takes no outcome in so many tries."""
    settle, tried = desk.store.ledger.resolve, list[Outcome]()

    def settling(entry: int, outcome: Outcome) -> bool:
        tried.append(outcome)
        if len(tried) <= tries:
            raise StoreBusy(Reason("store.busy", {"path": "santral.db"}))
        return settle(entry, outcome)

    monkeypatch.setattr(desk.store.ledger, "resolve", settling)
    return tried


async def at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


@pytest.mark.parametrize("status", [200, 400])
async def test_a_busy_store_is_given_the_outcome_again(
        desk: Desk, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    desk.services.outcome_writer = OutcomeWriter(desk.services.thread, at_once)
    desk.answer = lambda _request: httpx.Response(status, text="20212")
    draft = desk.draft()
    tried = busy_for(desk, monkeypatch, 3)
    outcome = await launch(desk.services, await prepare(desk.services, draft))
    assert tried == [outcome] * 4
    assert desk.store.campaigns.get(draft).state is (State.ON if status == 200 else State.REJECTED)
    assert len(desk.requests) == 1


async def test_an_id_that_is_not_taken_is_told_with_the_reason_logged_and_kept_later(
        desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    desk.services.outcome_writer = OutcomeWriter(desk.services.thread, at_once)
    draft = desk.draft()
    busy_for(desk, monkeypatch, 20)
    upload = Upload()
    with caplog.at_level(logging.INFO, logger="santral"), pytest.raises(NotKept) as caught:
        await launch(desk.services, await prepare(desk.services, draft), upload)
    assert caught.value.provider_id == 20212
    assert [reason.code for reason in caught.value.reasons] == ["operations.launch.not_kept", "store.busy"]
    assert upload.outcome == Created(20212)
    assert "20212" in caplog.text
    assert await desk.services.outcome_writer.all_written(60)
    assert desk.store.campaigns.get(draft).provider_id == 20212


async def test_what_became_of_it_is_told_though_the_store_does_not_take_it(
        desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.services.outcome_writer = OutcomeWriter(desk.services.thread, at_once)
    desk.answer = lambda _request: httpx.Response(400, text="name can't be blank")
    draft = desk.draft()
    busy_for(desk, monkeypatch, 20)
    assert isinstance(await launch(desk.services, await prepare(desk.services, draft)), Rejected)
    assert await desk.services.outcome_writer.all_written(60)
    assert desk.store.campaigns.get(draft).state is State.REJECTED


@pytest.mark.parametrize("failure", [StoreUnsure, StoreGone])
@pytest.mark.parametrize("noted", [True, False])
async def test_a_launch_of_which_nobody_knows_whether_it_was_noted_is_not_sent_and_stays_a_draft(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, failure: type[StoreError], *, noted: bool
) -> None:
    desk.services.outcome_writer = OutcomeWriter(desk.services.thread, at_once)
    draft = desk.draft()
    begin, why = desk.store.ledger.begin, Reason("store.unsure", {"path": "santral.db"})

    def beginning(*arguments: Any, **named: Any) -> int:  # noqa: ANN401 - handed on
        if noted:
            begin(*arguments, **named)
        raise failure(why)

    with monkeypatch.context() as cut:
        cut.setattr(desk.store.ledger, "begin", beginning)
        with pytest.raises(failure):
            await launch(desk.services, await prepare(desk.services, draft))
    assert await desk.services.outcome_writer.all_written(60)
    found = desk.store.campaigns.get(draft)
    assert (desk.requests, found.state, found.reason) == ([], State.DRAFT, why if noted else None)
    assert desk.store.ledger.recover() == []
    assert await launch(desk.services, await prepare(desk.services, draft)) == Created(20212)
    assert len(desk.requests) == 1


async def test_a_mistake_of_ours_while_it_is_sent_leaves_no_launch_open(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    draft = desk.draft()
    ready = await prepare(desk.services, draft)

    async def mistaken(*_arguments: object, **_named: object) -> Outcome:
        raise LookupError("nobody thought of it")

    monkeypatch.setattr(desk.services.provider, "create", mistaken)
    outcome = await launch(desk.services, ready)
    assert isinstance(outcome, NotSent | Unconfirmed)
    assert "nobody thought of it" in caplog.text
    assert desk.store.campaigns.get(draft).state is not State.LAUNCHING
