"""Test calls: what is sent, to whom, what becomes of the draft, and what they tell of a menu."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

import httpx
import pytest

from tests.campaign.sentences import said
from tests.screens.conftest import on_the_wire
from tui.bootstrap import sort_text
from tui.campaign.lifecycle import Action, AskedBy, Created, NotSent, Outcome, Rejected, State, Unconfirmed
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone_list import Number
from tui.config import Profile
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.i18n import words
from tui.i18n.words import folded
from tui.operations import trial_call
from tui.operations.launch import NotKept
from tui.operations.phone_list import validated
from tui.operations.services import NotPossible, Services
from tui.operations.trial_call import LastTest, NotTestable, last_test, launch_test, plan_test, twin_of
from tui.provider.client import Provider
from tui.store import ListFilter, NoSuchCampaign, NoSuchNumber, Store, StoreFull, StoreThread

KEY = "K98765432-1234-5678-4321-123456789012"
NOW = dt.datetime(2026, 11, 25, 21, 30, tzinfo=dt.UTC)  # half past midnight in Istanbul
MINE = "905321234567"
IVR = {
    "call_type": "ivr", "name": "Memnuniyet anketi", "cli": "902129630131", "date_range_begin": "2026-12-01",
    "date_range_end": "2026-12-05", "time_range_begin": "09:00", "time_range_end": "18:00", "active_days": "1,2",
    "call_retries": "3", "max_thread_count": "20", "welcome_announcement_id": "128", "digit_timeout": "5",
    "digit_target_1": "announcement/421", "timeout_target": "restart",
}
QUEUE = {"call_type": "queue", "name": "Tahsilat", "queue_number": "201", "thread_multiplier": "3", "active_days": "1"}


@dataclass
class Desk:
    """A store, and a provider whose answers the test gives."""

    store: Store
    services: Services = field(init=False)
    requests: list[httpx.Request] = field(default_factory=list)
    answers: list[httpx.Response | Exception] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        given = self.answers.pop(0)
        if isinstance(given, Exception):
            raise given
        return on_the_wire(given)

    def draft(self, values: dict[str, str], *numbers: Number) -> int:
        made = self.store.drafts.create("acme", values)
        self.store.numbers.add(made, validated(numbers or [Number("05551112233", "#456 73.56", "en-US")]))
        return made

    async def call(self, campaign: int, phone: str = MINE, row: int | None = None) -> tuple[int, Outcome]:
        """A test call from beginning to end: the campaign that was made for it, and its outcome."""
        made = await trial_call.trial_draft(self.services, await plan_test(self.services, campaign, row), phone)
        return made, await launch_test(self.services, made)

    def profile(self, **changes: object) -> None:
        self.services.profile = replace(self.services.profile, **changes)  # type: ignore[arg-type]  # fields of a profile


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    words.use("en")
    seconds = itertools.count()
    store = Store.open(tmp_path / "santral.db", fold=folded, sort_key=sort_text,
                       now=lambda: NOW + dt.timedelta(seconds=next(seconds)))
    made = Desk(store)

    def connect(profile: Profile) -> Provider:
        assert profile.api_key is not None
        return Provider(profile.base_url, profile.api_key, transport=httpx.MockTransport(made.answer))

    profile = Profile("acme", Secret(KEY), base_url="http://127.0.0.1:1")
    made.services = Services(store, StoreThread(), profile, connect, AskedBy.APP, now=lambda: NOW)
    yield made
    made.services.thread.close()
    store.close()


def created(provider_id: int = 20212) -> httpx.Response:
    return httpx.Response(200, text=str(provider_id))


# What is sent

async def test_the_request_is_the_campaign_to_one_number_now_and_once(desk: Desk) -> None:
    source = desk.draft(IVR, *(Number(f"0555111{count:04}", "#456 73.56", "en-US") for count in range(300)))
    before = desk.store.campaigns.get(source)
    desk.answers = [created()]
    made, outcome = await desk.call(source)
    assert outcome == Created(20212)
    (request,) = desk.requests
    assert (request.method, str(request.url)) == ("POST", "http://127.0.0.1:1/ivr_campaigns.json")
    body = {
        "key": KEY, "call_type": "ivr", "name": "[test] Memnuniyet anketi", "cli": "902129630131",
        "active_days": [1, 2, 3, 4, 5, 6, 7], "call_retries": 0, "max_thread_count": 1, "welcome_announcement_id": 128,
        "digit_timeout": 5, "digit_target_1": "announcement/421", "timeout_target": "restart",
        "phone_list": [{"phone": MINE, "phrase": "#456 73.56", "lang": "en-US"}],
    }
    assert request.content == json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    test = desk.store.campaigns.get(made)
    assert (test.state, test.provider_id, test.test_of) == (State.ON, 20212, source)
    assert desk.store.campaigns.get(source) == before


async def test_a_queue_campaign_is_tested_with_its_queue(desk: Desk) -> None:
    desk.answers = [created()]
    await desk.call(desk.draft(QUEUE, Number("05551112233")))
    assert json.loads(desk.requests[0].content) == {
        "key": KEY, "call_type": "queue", "name": "[test] Tahsilat", "active_days": [1, 2, 3, 4, 5, 6, 7],
        "call_retries": 0, "max_thread_count": 1, "queue_number": 201, "thread_multiplier": 3,
        "phone_list": [{"phone": MINE}]}


async def test_the_mark_of_the_name_is_in_the_language_in_use_and_set_once(desk: Desk) -> None:
    words.use("tr")
    desk.answers = [created(1), created(2)]
    first, _ = await desk.call(desk.draft(IVR))
    again, _ = await desk.call(first)
    words.use("en")
    assert [desk.store.campaigns.get(made).name for made in (first, again)] == ["[deneme] Memnuniyet anketi"] * 2
    assert desk.store.campaigns.get(again).test_of == desk.store.campaigns.get(first).test_of


@pytest.mark.parametrize("state", [State.ON, State.OFF, State.UNCONFIRMED, State.REJECTED, State.DELETED])
async def test_a_campaign_in_any_state_can_be_tested(desk: Desk, state: State) -> None:
    source = desk.draft(IVR)
    store = desk.store
    if state is not State.DELETED:
        entry = store.ledger.begin(source, revision=store.campaigns.get(source).revision, token="t", body_hash="h",
                                   numbers=1, asked_by=AskedBy.APP)
        reason = Reason("provider.unconfirmed.timeout")
        outcomes: dict[State, Outcome] = {State.UNCONFIRMED: Unconfirmed(reason), State.REJECTED: Rejected(reason)}
        store.ledger.resolve(entry, outcomes.get(state, Created(7)))
        if state is State.OFF:
            store.switches.done(store.switches.begin(source, Action.OFF, AskedBy.APP))
    else:
        store.drafts.remove(source)
    assert store.campaigns.get(source).state is state
    desk.answers = [created()]
    assert (await desk.call(source))[1] == Created(20212)
    assert store.campaigns.get(source).state is state


async def test_the_row_that_is_named_is_the_one_that_is_heard(desk: Desk) -> None:
    source = desk.draft(IVR, Number("x", "#1"), Number("05551112233", "#2"), Number("05551112244", "#3", "ar-XA"))
    desk.answers = [created(1), created(2), created(3)]
    for row in (None, 3, 1):
        await desk.call(source, row=row)
    sent = [json.loads(request.content)["phone_list"] for request in desk.requests]
    assert sent == [[{"phone": MINE, "phrase": "#2"}], [{"phone": MINE, "phrase": "#3", "lang": "ar-XA"}],
                    [{"phone": MINE, "phrase": "#1"}]]
    with pytest.raises(NoSuchNumber):
        await plan_test(desk.services, source, 9)


# What is refused

@pytest.mark.parametrize(("values", "field"), [
    ({"digit_target_2": "queue:201"}, "digit_target_2"), ({"name": " "}, "name"), ({"cli": "12"}, "cli"),
    ({"welcome_announcement_id": "x"}, "welcome_announcement_id"), ({"call_type": "sms"}, "call_type"),
    ({"digit_target_1": "", "timeout_target": ""}, "digit_target_1"), ({"is_commercial": "true"}, "iys_recipient_type"),
])
async def test_what_a_test_call_could_not_be_launched_with_is_told_before_anything_is_kept(
    desk: Desk, values: dict[str, str], field: str
) -> None:
    source = desk.draft(IVR | values)
    with pytest.raises(NotTestable) as refused:
        await plan_test(desk.services, source)
    assert refused.value.problems[0].field == field
    assert said(refused.value.reason)
    assert desk.store.campaigns.count("acme", ListFilter(deleted=True)) == 1


@pytest.mark.parametrize("values", [
    {"date_range_begin": "31.02.2026"}, {"date_range_end": "2020-01-01"}, {"time_range_end": "08:00"},
    {"time_range_begin": "x"}, {"active_days": "9"}, {"call_retries": "-1"}, {"max_thread_count": "many"},
])
async def test_what_a_test_call_does_without_may_still_be_wrong(desk: Desk, values: dict[str, str]) -> None:
    source = desk.draft(IVR | values, Number("x"), Number("0532"))
    assert (await plan_test(desk.services, source)).phrase == ""


async def test_a_campaign_without_numbers_needs_a_welcome(desk: Desk) -> None:
    source = desk.store.drafts.create("acme", IVR | {"welcome_announcement_id": ""})
    with pytest.raises(NotTestable) as refused:
        await plan_test(desk.services, source)
    assert [problem.code for problem in refused.value.problems] == ["campaign.problem.no_welcome"]
    desk.store.numbers.add(source, validated([Number("05551112233", "#456")]))
    assert (await plan_test(desk.services, source)).phrase == "#456"


async def test_a_campaign_that_was_made_elsewhere_plays_nobody_knows_what(desk: Desk) -> None:
    foreign = desk.store.campaigns.track_foreign("acme", 7, "Panelden", State.ON)
    with pytest.raises(NotPossible) as refused:
        await plan_test(desk.services, foreign)
    assert refused.value.reason == Reason("operations.test.adopted", {"name": "Panelden"})
    assert said(refused.value.reason)


async def test_a_phrase_that_cannot_be_read_out_is_refused_with_the_number(desk: Desk) -> None:
    source = desk.draft(IVR, Number("05551112233", "31/02/2026"))
    planned = await plan_test(desk.services, source, 1)
    with pytest.raises(NotPossible) as refused:
        planned.telephones(MINE)
    assert refused.value.reason.code == "campaign.number.date"


@pytest.mark.parametrize(("changes", "code"), [
    ({"read_only": True}, "operations.refused.read_only"), ({"api_key": None}, "operations.refused.no_key"),
])
async def test_a_profile_that_may_not_launch_makes_no_test_call(
    desk: Desk, changes: dict[str, object], code: str
) -> None:
    source = desk.draft(IVR)
    desk.profile(**changes)
    with pytest.raises(NotPossible) as refused:
        await plan_test(desk.services, source)
    assert refused.value.reason.code == code


async def test_a_profile_that_became_read_only_meanwhile_keeps_nothing(desk: Desk) -> None:
    planned = await plan_test(desk.services, desk.draft(IVR))
    desk.profile(read_only=True)
    with pytest.raises(NotPossible):
        await trial_call.trial_draft(desk.services, planned, MINE)
    assert desk.store.campaigns.count("acme", ListFilter(deleted=True)) == 1


async def test_a_campaign_that_does_not_exist_is_named(desk: Desk) -> None:
    with pytest.raises(NoSuchCampaign):
        await plan_test(desk.services, 404)


# The number

@pytest.mark.parametrize(("typed", "phone"), [
    ("0532 123 45 67", MINE), ("+90 (532) 123-45 67", MINE), ("00491234567", "00491234567"), ("905321234567", MINE),
])
async def test_a_number_is_understood_as_in_any_list(desk: Desk, typed: str, phone: str) -> None:
    assert (await plan_test(desk.services, desk.draft(IVR))).telephones(typed) == phone


@pytest.mark.parametrize("typed", ["", " ", "0532", "5,32124E+09", "ttt", "05321234567 05321234568"])
async def test_what_is_no_number_is_refused_in_words(desk: Desk, typed: str) -> None:
    planned = await plan_test(desk.services, desk.draft(IVR))
    with pytest.raises(NotPossible) as refused:
        planned.telephones(typed)
    assert said(refused.value.reason)


async def test_the_number_is_the_profiles_else_the_last_one_telephoned(desk: Desk) -> None:
    source = desk.draft(IVR)
    assert (await plan_test(desk.services, source)).number == ""
    desk.answers = [created(1), httpx.Response(400, text="no")]
    await desk.call(source, "905550000000")
    await desk.call(source, "905559999999")
    assert (await plan_test(desk.services, source)).number == "905550000000"
    desk.profile(test_number="05321234567")
    assert (await plan_test(desk.services, source)).number == "05321234567"


# What becomes of it

FAILURES: list[tuple[httpx.Response | Exception, type[Rejected | NotSent], str]] = [
    (httpx.Response(400, text="name can't be blank"), Rejected, "rejected"),
    (httpx.Response(429, text="slow down"), Rejected, "rejected"),
    (httpx.ConnectError("refused"), NotSent, "not_sent"),
]


@pytest.mark.parametrize(("answer", "kind", "event"), FAILURES)
async def test_one_that_called_nobody_is_put_away_with_its_reason(
    desk: Desk, answer: httpx.Response | Exception, kind: type[Rejected | NotSent], event: str
) -> None:
    source = desk.draft(IVR)
    desk.answers = [answer]
    made, outcome = await desk.call(source)
    assert isinstance(outcome, kind)
    test = desk.store.campaigns.get(made)
    assert (test.state, test.reason) == (State.DELETED, outcome.reason)
    assert event in [entry.event for entry in desk.store.history(made)]
    assert [campaign.id for campaign in desk.store.campaigns.page("acme", limit=10)] == [source]
    assert len(desk.requests) <= 1


@pytest.mark.parametrize("answer", [
    httpx.ReadTimeout("no answer"), httpx.Response(500, text="oops"), httpx.Response(200, text="<html>"),
])
async def test_one_in_doubt_stays_as_every_unconfirmed_one(desk: Desk, answer: httpx.Response | Exception) -> None:
    desk.answers = [answer]
    made, outcome = await desk.call(desk.draft(IVR))
    assert isinstance(outcome, Unconfirmed)
    assert desk.store.campaigns.get(made).state is State.UNCONFIRMED
    assert len(desk.requests) == 1


async def test_the_same_test_call_again_is_known_while_the_first_is_in_doubt(desk: Desk) -> None:
    source = desk.draft(IVR)
    planned = await plan_test(desk.services, source)
    assert await twin_of(desk.services, planned, MINE) is None
    desk.answers = [httpx.ReadTimeout("no answer")]
    made, _ = await desk.call(source)
    twin = await twin_of(desk.services, planned, MINE)
    assert twin is not None
    assert twin.id == made
    assert await twin_of(desk.services, planned, "905550000000") is None
    desk.store.ledger.not_created(made)
    assert await twin_of(desk.services, planned, MINE) is None


@pytest.mark.parametrize(("sent", "state"), [(False, State.DELETED), (True, State.UNCONFIRMED)])
async def test_one_that_is_stopped_is_put_away_unless_its_request_may_have_left(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, sent: bool, state: State
) -> None:
    reached = asyncio.Event()

    async def stall(*_: object, **__: object) -> NoReturn:
        reached.set()
        await asyncio.Event().wait()
        raise AssertionError

    class Stalled(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            await request.aread()
            await stall()

    source = desk.draft(IVR)
    monkeypatch.setattr(desk.services, "connect",
                        lambda profile: Provider(profile.base_url, Secret(KEY), transport=Stalled()))
    if not sent:
        monkeypatch.setattr(trial_call, "prepare", stall)
    made = await trial_call.trial_draft(desk.services, await plan_test(desk.services, source), MINE)
    launching = asyncio.ensure_future(launch_test(desk.services, made))
    await reached.wait()
    launching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await launching
    assert desk.store.campaigns.get(made).state is state


async def test_an_id_that_could_not_be_kept_is_handed_on_and_the_campaign_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise StoreFull(Reason("store.full", {"path": "/disk"}))

    monkeypatch.setattr(desk.store.ledger, "resolve", full)
    desk.answers = [created()]
    source = desk.draft(IVR)
    with pytest.raises(NotKept) as failure:
        await desk.call(source)
    assert failure.value.provider_id == 20212
    assert [campaign.state for campaign in desk.store.campaigns.page("acme", limit=10)] == [
        State.LAUNCHING, State.DRAFT]


async def test_that_it_cannot_be_put_away_does_not_hide_why_it_failed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreFull(Reason("store.full", {"path": "/disk"}))

    monkeypatch.setattr(desk.store.drafts, "remove", full)
    desk.answers = [httpx.Response(400, text="no")]
    made, outcome = await desk.call(desk.draft(IVR))
    assert isinstance(outcome, Rejected)
    assert desk.store.campaigns.get(made).state is State.REJECTED


# What it tells of a menu

async def test_a_menu_is_tested_until_it_is_changed_and_again_when_it_is_as_it_was(desk: Desk) -> None:
    source = desk.draft(IVR)

    def tells(campaign: int = source) -> LastTest | None:
        return last_test(desk.store, "acme", desk.store.campaigns.get(campaign).draft, campaign)

    assert tells() is None
    desk.answers = [created(1), created(2)]
    first, _ = await desk.call(source)
    asked = desk.store.campaigns.get(first).launched_at
    assert asked is not None
    assert tells() == LastTest(asked, exact=True)
    desk.store.drafts.change(source, {"name": "Başka", "date_range_end": "2026-12-24"})
    assert tells() == LastTest(asked, exact=True)
    desk.store.drafts.change(source, {"digit_target_1": "queue/201"})
    assert tells() == LastTest(asked, exact=False)
    await desk.call(source)
    found = tells()
    assert found is not None
    assert found.exact
    assert found.at > asked
    desk.store.drafts.change(source, {"digit_target_1": "announcement/421"})
    assert tells() == LastTest(asked, exact=True)


async def test_the_same_menu_of_another_campaign_was_heard_too_another_menu_of_it_tells_nothing(desk: Desk) -> None:
    desk.answers = [created()]
    source = desk.draft(IVR)
    await desk.call(source)
    copy = desk.store.drafts.copy(source, numbers=False)
    draft = desk.store.campaigns.get(copy).draft
    found = last_test(desk.store, "acme", draft, copy)
    assert found is not None
    assert found.exact
    assert last_test(desk.store, "acme", draft) == found
    assert last_test(desk.store, "acme", draft.changed({"digit_retries": "2"}), copy) is None
    assert last_test(desk.store, "other", draft, copy) is None


@pytest.mark.parametrize("answer", [httpx.Response(400, text="no"), httpx.ReadTimeout("no answer")])
async def test_one_that_was_not_made_or_may_not_have_been_vouches_for_nothing(
    desk: Desk, answer: httpx.Response | Exception
) -> None:
    source = desk.draft(IVR)
    desk.answers = [answer]
    await desk.call(source)
    assert last_test(desk.store, "acme", ParsedDraft(IVR), source) is None
