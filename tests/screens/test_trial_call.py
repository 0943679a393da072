"""`t`: asks on three screens, is confirmed by another key, counts down, telephones one number, tells the outcome."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import httpx
import pytest
from textual.pilot import Pilot

from tests.screens.conftest import KEY, READY, Beside, World, on_the_wire
from tests.screens.waiting import until
from tui.campaign.lifecycle import AskedBy, Created, State
from tui.campaign.phone_list import Number
from tui.config import Profile
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.i18n.words import say
from tui.operations.phone_list import validated
from tui.provider.client import Provider
from tui.screens import launch as launch_screen
from tui.screens.campaign_list import CampaignListScreen
from tui.store import ListFilter, StoreFull

SIZE = (80, 24)
MINE = "905321234567"
Go = Callable[[Pilot[str], World], Coroutine[Any, Any, None]]
TITLE = "Make a test call of “Memnuniyet anketi”?"


@pytest.fixture(autouse=True)
def a_short_countdown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch_screen, "COUNTDOWN_SECONDS", 1)


@pytest.fixture
def profile() -> Profile:
    return Profile("acme", Secret(KEY), base_url="http://127.0.0.1:1", caller_id="902129630131", test_number=MINE)


@pytest.fixture
def no_number(world: World) -> World:
    """The operator's own number isn't known."""
    world.app.services.profile = replace(world.app.services.profile, test_number=None)
    return world


async def to_list(pilot: Pilot[str], world: World) -> None:
    await until(pilot, world, say("campaign.state.draft"))


async def to_campaign(pilot: Pilot[str], world: World) -> None:
    await until(pilot, world, "● on")
    await pilot.press("enter")
    await until(pilot, world, say("screens.campaign.history"))


async def to_review(pilot: Pilot[str], world: World) -> None:
    await to_list(pilot, world)
    await pilot.press("enter")
    await until(pilot, world, say("campaign.field.name"))
    await pilot.press("f9")
    await until(pilot, world, "Turkish time")


def made(world: World) -> int:
    """How many campaigns there are, those that were put away too."""
    return world.store.campaigns.count("acme", ListFilter(deleted=True))


async def burst(pilot: Pilot[str], world: World, keys: list[str]) -> None:
    """Keys as a held key or a slow line brings them: none waits for what the one before it does."""
    for key in keys:
        world.app.simulate_key(key)
    for _ in keys:
        await pilot.pause()
        await world.app.services.thread(int)  # what a key asked of the store before has been done then
    await pilot.pause()


async def settled(pilot: Pilot[str], done: Callable[[], bool]) -> None:
    for _ in range(300):
        await pilot.pause()
        if done():
            return
        await asyncio.sleep(0.02)  # work of other threads has to come in
    raise AssertionError("it did not come to that")


@pytest.mark.parametrize("go", [to_list, to_campaign, to_review])
async def test_t_asks_counts_down_and_telephones_one_number_once(world: World, go: Go) -> None:
    source = world.launched() if go is to_campaign else world.draft(phones=("05551112233", "05551112244"))
    world.answers = [httpx.Response(200, text="20213")]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await go(pilot, world)
        await pilot.press("t")
        await until(pilot, world, TITLE)
        await until(pilot, world, "0532 123 45 67")
        assert "announcement 128" in world.screen_text
        assert "now (12:00 Turkish time)" in world.screen_text
        await pilot.press("tab", "enter")
        await until(pilot, world, "is on its way to 0532 123 45 67")
    (request,) = world.requests
    assert (request.method, request.url.path) == ("POST", "/ivr_campaigns.json")
    body = json.loads(request.content)
    assert body["phone_list"] == [{"phone": MINE}]
    assert (body["name"], body["call_retries"], body["max_thread_count"]) == ("[test] Memnuniyet anketi", 0, 1)
    assert not [name for name in body if name.startswith(("date_range", "time_range"))]
    test = world.store.campaigns.get(source + 1)
    assert (test.state, test.provider_id, test.test_of) == (State.ON, 20213, source)


BURSTS = [
    ["t"] * 12, ["t", "enter"], ["t", "t", "enter", "enter"], ["t", *["enter"] * 8], ["t", "enter"] * 6,
    ["t", "t", "tab", "t", "t"], ["t", "escape"], ["t", "tab", "escape"], ["t", "tab", "enter", "escape"],
    ["t", "space", "t", "space"], ["t", "tab", "tab", "tab", "enter"],
]


@pytest.mark.parametrize("keys", BURSTS, ids=" ".join)
@pytest.mark.parametrize("go", [to_list, to_review])
async def test_no_burst_of_keys_telephones(
    world: World, monkeypatch: pytest.MonkeyPatch, keys: list[str], go: Go
) -> None:
    monkeypatch.setattr(launch_screen, "COUNTDOWN_SECONDS", 30)
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await go(pilot, world)
        await burst(pilot, world, keys)
        assert not [screen for screen in world.app.screen_stack if getattr(screen, "counting", False)]
    assert world.requests == []
    assert made(world) == 1


@pytest.mark.parametrize("keys", [["t"] * 9, ["t", "t", "enter", "enter", "enter"], ["t", "enter", "tab", "enter"]],
                         ids=" ".join)
async def test_no_burst_of_keys_telephones_where_the_number_has_to_be_typed(no_number: World, keys: list[str]) -> None:
    no_number.draft()
    async with no_number.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_list(pilot, no_number)
        await burst(pilot, no_number, keys)
        assert not [screen for screen in no_number.app.screen_stack if getattr(screen, "counting", False)]
    assert no_number.requests == []
    assert made(no_number) == 1


@pytest.mark.parametrize(("keys", "asked"), [
    (["t", "t", "t"], 1), (["l", "l", "l"], 1), (["t", "l", "l", "t"], 1), (["l", "t"], 1), (["l", "t", "l"], 1),
], ids=repr)
async def test_however_fast_keys_ask_one_question_is_there(world: World, keys: list[str], asked: int) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        before = len(world.app.screen_stack)
        await burst(pilot, world, keys)
        await settled(pilot, lambda: len(world.app.screen_stack) > before)
        assert len(world.app.screen_stack) == before + asked


async def test_the_countdown_is_stopped_by_escape_and_nothing_is_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch_screen, "COUNTDOWN_SECONDS", 30)
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_list(pilot, world)
        await pilot.press("t", "tab", "enter")
        await until(pilot, world, say("screens.test.countdown", phone="0532 123 45 67", count=30))
        await pilot.press("escape")
        await until(pilot, world, say("screens.launch.stopped"))
        assert isinstance(world.app.screen, CampaignListScreen)
    assert world.requests == []
    assert made(world) == 1


async def test_a_number_is_asked_for_checked_and_proposed_again(no_number: World) -> None:
    world = no_number
    world.draft()
    world.answers = [httpx.Response(200, text="20213")]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_list(pilot, world)
        await pilot.press("t", *"0532 [/x]", "enter", "enter")
        await until(pilot, world, "“0532 [/x]” is not a phone number")
        await pilot.press("home", "ctrl+k", *"+90 (532) 123-45 67", "enter", "enter")
        await until(pilot, world, "is on its way to 0532 123 45 67")
        await pilot.press("t")
        await until(pilot, world, "Make a test call of")
        assert "0532 123 45 67" in str(world.app.screen.query_one("#number").value)  # type: ignore[attr-defined]  # a line of text
        assert world.app.focused is not None
        assert world.app.focused.id == "no"
    assert json.loads(world.requests[0].content)["phone_list"] == [{"phone": MINE}]


async def test_what_a_number_of_the_list_hears_is_what_the_operator_hears(world: World) -> None:
    draft = world.draft(READY | {"welcome_announcement_id": ""}, phones=())
    world.store.numbers.add(draft, validated([Number("x"), Number("05551112233", "#456 [/x]", "en-US")]))
    world.answers = [httpx.Response(200, text="20213")]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_list(pilot, world)
        await pilot.press("t")
        await until(pilot, world, "the phrase “#456 [/x]” (en-US)")
        await pilot.press("tab", "enter")
        await until(pilot, world, "is on its way")
    assert json.loads(world.requests[0].content)["phone_list"] == [
        {"phone": MINE, "phrase": "#456 [/x]", "lang": "en-US"}]


async def test_a_queue_campaign_says_that_an_agent_takes_the_call(world: World) -> None:
    world.draft({"call_type": "queue", "name": "Memnuniyet anketi", "queue_number": "201"})
    async with world.app.run_test(size=SIZE) as pilot:
        await to_list(pilot, world)
        await pilot.press("t")
        await until(pilot, world, say("text.test.queue", queue="201")[:60])


async def test_what_keeps_it_from_being_made_is_told_field_by_field(world: World) -> None:
    world.draft(READY | {"digit_target_1": "queue:201", "cli": "12", "ring_timeout": "5", "name": ""})
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await to_list(pilot, world)
        await pilot.press("t")
        await until(pilot, world, "there are 4 problems to solve first")
        assert f"{say('campaign.field.cli')}: " in world.screen_text
        assert say("screens.review.more", count=1) in world.screen_text
        assert isinstance(world.app.screen, CampaignListScreen)
    assert made(world) == 1


async def test_a_read_only_profile_asks_nothing(world: World) -> None:
    world.app.services.profile = replace(world.app.services.profile, read_only=True)
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_list(pilot, world)
        await pilot.press("t")
        await until(pilot, world, "read-only")
        assert isinstance(world.app.screen, CampaignListScreen)


@pytest.mark.parametrize(("answer", "state", "told"), [
    (httpx.Response(400, text="name can't be blank [/x]"), State.DELETED, "name can't be blank [/x]"),
    (httpx.ConnectError("refused"), State.DELETED, "nothing was sent"),
    (httpx.ReadTimeout("no answer"), State.UNCONFIRMED, "It isn't certain whether the test call"),
])
async def test_each_outcome_is_told_and_one_that_called_nobody_leaves_nothing_in_the_list(
    world: World, answer: httpx.Response | Exception, state: State, told: str
) -> None:
    source = world.draft()
    world.answers = [answer]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_list(pilot, world)
        await pilot.press("t", "tab", "enter")
        await until(pilot, world, told)
        await until(pilot, world, "[test]", gone=state is State.DELETED)
        assert KEY not in world.screen_text
    assert world.store.campaigns.get(source + 1).state is state
    assert len(world.requests) <= 1


async def test_an_id_that_could_not_be_kept_stands_there_until_it_is_closed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> bool:
        raise StoreFull(Reason("store.full", {"path": "/disk"}))

    monkeypatch.setattr(world.store.ledger, "resolve", full)
    world.draft()
    world.answers = [httpx.Response(200, text="20213")]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_list(pilot, world)
        await pilot.press("t", "tab", "enter")
        await until(pilot, world, say("screens.launch.write_down"))
        assert "20213" in world.screen_text
        await pilot.press("enter")
        await until(pilot, world, say("campaign.state.launching"))


class Slow(httpx.AsyncBaseTransport):
    """Answers when it is told to."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.answer = asyncio.Event()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.world.requests.append(request)
        await self.answer.wait()
        return on_the_wire(httpx.Response(200, text="20213"))


def slowly(world: World) -> Slow:
    transport = Slow(world)
    beside = Beside(world, transport)
    world.app.services.connect = lambda profile: Provider(profile.base_url, Secret(KEY), transport=beside)
    return transport


@pytest.mark.parametrize("go", [to_campaign, to_review])
async def test_it_goes_on_where_the_screen_is_left(world: World, go: Go) -> None:
    source = world.launched() if go is to_campaign else world.draft()
    slow = slowly(world)
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await go(pilot, world)
        await pilot.press("t", "tab", "enter")
        await settled(pilot, lambda: bool(world.requests))
        await pilot.press("escape")
        await until(pilot, world, say("campaign.state.launching"))
        slow.answer.set()
        await until(pilot, world, "is on its way")
    assert world.store.campaigns.get(source + 1).state is State.ON


async def test_the_same_test_call_again_is_warned_of_while_the_first_is_under_way(world: World) -> None:
    world.draft()
    slow = slowly(world)
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_list(pilot, world)
        await pilot.press("t", "tab", "enter")
        await settled(pilot, lambda: bool(world.requests))
        await pilot.press("G", "t")
        await until(pilot, world, say("screens.test.twin")[:40])
        await pilot.press("shift+tab", "end", "backspace", "8")
        await until(pilot, world, say("screens.test.twin")[:40], gone=True)
        await pilot.press("escape")
        slow.answer.set()
        await until(pilot, world, "is on its way")


async def test_leaving_while_it_is_under_way_asks_first(world: World) -> None:
    world.draft()
    slow = slowly(world)
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_list(pilot, world)
        await pilot.press("t", "tab", "enter")
        await settled(pilot, lambda: bool(world.requests))
        await pilot.press("ctrl+q")
        await until(pilot, world, say("app.quit.launch_title"))
        await pilot.press("escape")
        slow.answer.set()
        await until(pilot, world, "is on its way")


async def test_t_in_the_filter_is_a_letter(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await to_list(pilot, world)
        await pilot.press("slash", "t")
        await pilot.pause()
        assert isinstance(world.app.screen, CampaignListScreen)
        assert world.app.screen.listed.filter.words == "t"


async def test_review_says_whether_this_exact_menu_was_heard(world: World) -> None:
    world.draft()
    world.answers = [httpx.Response(200, text="20213")]
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, say("screens.review.untested"))
        await pilot.press("t", "tab", "enter")
        await until(pilot, world, say("text.review.tested", moment="today 12:00"))


async def test_review_says_when_the_menu_was_changed_since(world: World) -> None:
    draft = world.draft()
    test = world.store.trial_calls.make(draft, READY, next(validated([Number(MINE)])))
    entry = world.store.ledger.begin(test, revision=1, token="t", body_hash="h", numbers=1, asked_by=AskedBy.APP)
    world.store.ledger.resolve(entry, Created(20213))
    world.store.drafts.change(draft, {"digit_target_2": "restart"})
    async with world.app.run_test(size=(120, 36)) as pilot:
        await to_list(pilot, world)
        await pilot.press("j")
        await to_review(pilot, world)
        await until(pilot, world, say("text.review.test_changed", moment="today 12:00"))
