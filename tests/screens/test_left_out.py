"""Who must not be called, in Review and the question before a launch: left out, unless a person types otherwise."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from dataclasses import replace
from typing import NoReturn

import httpx
import pytest
from textual.pilot import Pilot

from tests.screens.conftest import NOW, READY, World, blocked
from tests.screens.waiting import until
from tests.store.support import launched as launched_before
from tui.campaign.call_limit import CallLimit
from tui.campaign.lifecycle import Created, State
from tui.campaign.results import Notification
from tui.i18n.words import say
from tui.operations.blocked import BlockedAnswer, ask_provider
from tui.operations.services import Services
from tui.screens import launch as launch_screen
from tui.screens.launch import LaunchDialog
from tui.store import Delivery, ResultFilter

SIZE = (120, 36)
TWO = ("05321234567", "05321234568")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch_screen, "COUNTDOWN_SECONDS", 1)


async def to_review(pilot: Pilot[str], world: World) -> None:
    await until(pilot, world, "draft")
    await pilot.press("enter")
    await until(pilot, world, say("campaign.field.name"))
    await pilot.press("f9")


async def launched(pilot: Pilot[str], world: World) -> list[str]:
    """Confirm the question; the phones that were sent."""
    await pilot.press("tab", "enter")
    await until(pilot, world, "● on")
    (request,) = world.requests
    return [row["phone"] for row in json.loads(request.content)["phone_list"]]


async def test_review_and_the_question_count_them_and_they_are_not_sent(world: World) -> None:
    draft = world.draft(phones=TWO)
    world.lookups["/blocked_numbers"] = blocked("905321234568")
    world.answers = [httpx.Response(200, text="20212")]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, "1 number is left out")
        await until(pilot, world, "1 number will be called")
        await pilot.press("l")
        await until(pilot, world, "Launch “Memnuniyet anketi”?")
        assert "1 number is left out" in world.screen_text
        assert await launched(pilot, world) == ["905321234567"]
    assert [row.why.code for row in world.store.numbers.each_dropped(draft)] == ["store.suppressed.blocked"]


async def test_who_answered_after_the_draft_was_made_is_left_out(world: World) -> None:
    source = world.launched(phones=TWO)
    draft = world.store.follow_ups.make(source, ResultFilter(), READY | {"name": "Takip"}).draft
    told = Notification("n1", 20212, "", "1", "905321234568", "1", "Cevaplandı", NOW)
    world.store.deliveries.ingest([Delivery(f"t{source}", NOW + dt.timedelta(minutes=1), told)])
    world.lookups["/blocked_numbers"] = blocked()
    world.answers = [httpx.Response(200, text="20213")]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "Takip")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f9")
        await until(pilot, world, "1 number is left out")
        assert say("text.reach.counted.answered_since", count=1) in " ".join(world.screen_text.split())
        await until(pilot, world, "1 number will be called")
        await pilot.press("l")
        await until(pilot, world, "Launch “Takip”?")
        assert "1 number is left out" in world.screen_text
        assert await launched(pilot, world) == ["905321234567"]
    assert [row.why.code for row in world.store.numbers.each_dropped(draft)] == ["store.suppressed.answered_since"]


async def test_they_are_called_once_their_number_is_typed(world: World) -> None:
    world.draft(phones=TWO)
    world.store.do_not_call.add("acme", ["905321234568"])
    world.answers = [httpx.Response(200, text="20212")]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, "1 number is left out")
        await pilot.press("d")
        await until(pilot, world, say("screens.refused.title"))
        await pilot.press("tab", "enter")
        await until(pilot, world, "is not right")
        await pilot.press("2", "enter", "enter")
        await until(pilot, world, "1 number will be called although")
        await pilot.press("d")  # and back
        await until(pilot, world, "1 number is left out")
        await pilot.press("d")
        await until(pilot, world, say("screens.refused.title"))
        await pilot.press("tab", "enter", "2", "enter", "enter")
        await until(pilot, world, "2 numbers will be called")
        await pilot.press("l")
        await until(pilot, world, "Launch “Memnuniyet anketi”?")
        assert "1 number will be called although" in world.screen_text
        assert await launched(pilot, world) == ["905321234567", "905321234568"]


async def test_where_nobody_is_left_title_and_sections_say_so_too(world: World) -> None:
    world.draft(phones=TWO)
    world.lookups["/blocked_numbers"] = blocked(*(f"9{phone}" for phone in TWO))
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, "nobody is left")
        assert say("screens.form.problems", count=1) in world.screen_text
        assert say("screens.form.no_problems") not in world.screen_text
        assert "✗ 5" in world.screen_text
        assert "✗ 8" in world.screen_text
        await pilot.press("f6")  # the next problem
        await until(pilot, world, say("screens.numbers.phone"))
        assert say("screens.form.no_problems") in world.screen_text  # what only Review asks about is not known here


async def test_the_number_is_typed_wherever_the_focus_is_and_what_was_said_of_another_goes(world: World) -> None:
    world.draft(phones=TWO)
    world.store.do_not_call.add("acme", ["905321234568"])
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, "1 number is left out")
        await pilot.press("d")
        await until(pilot, world, say("screens.refused.title"))
        await pilot.press("3", "enter", "enter")
        await until(pilot, world, "“3” is not right")
        await pilot.press("backspace", "2")
        await until(pilot, world, "“3” is not right", gone=True)
        await pilot.press("enter", "enter")
        await until(pilot, world, "1 number will be called although")


async def test_where_nobody_must_not_be_called_the_key_says_so(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, say("text.review.ready")[:20])
        await pilot.press("d")
        await until(pilot, world, say("screens.review.nobody_refused"))


async def test_nobody_is_called_as_long_as_it_is_not_known_who_is_blocked(world: World) -> None:
    draft = world.draft(phones=TWO)
    world.lookups["/blocked_numbers"] = httpx.Response(400, text="oops")
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, "Nobody is called until")
        assert "santral dnc" not in world.screen_text
        await pilot.press("l")
        await until(pilot, world, say("screens.review.not_yet", count=2))
        world.lookups["/blocked_numbers"] = blocked()
        await pilot.press("l")
        await until(pilot, world, "Launch “Memnuniyet anketi”?")
        await pilot.press("escape")
    assert world.requests == []
    assert world.store.campaigns.get(draft).state is State.DRAFT


async def test_who_leaves_review_lets_go_of_the_question_to_the_provider(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, let_go = asyncio.Event(), asyncio.Event()

    async def silent(*_: object, **__: object) -> NoReturn:
        asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            let_go.set()
        raise AssertionError

    monkeypatch.setattr("tui.screens.review.ask_provider", silent)
    world.draft()
    async with world.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, world, say("campaign.state.draft"))
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.cli"))
        await pilot.press("f9")
        await asyncio.wait_for(asked.wait(), 10)
        await pilot.press("escape")
        await asyncio.wait_for(let_go.wait(), 10)


async def test_a_launch_asks_nothing_over_another_section(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be confirmed is not seen there, and may be changed there."""
    asked, answers = asyncio.Event(), asyncio.Event()
    calls: list[None] = []
    async def slow(services: Services, *, fresh: dt.timedelta) -> BlockedAnswer:
        calls.append(None)
        if len(calls) > 1:  # the first is asked as Review opens
            asked.set()
            await answers.wait()
        return await ask_provider(services, fresh=fresh)

    monkeypatch.setattr("tui.screens.review.ask_provider", slow)
    draft = world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, say("text.review.ready")[:20])
        await pilot.press("l")
        await asyncio.wait_for(asked.wait(), 10)
        await pilot.press("f7")
        await until(pilot, world, say("campaign.field.webhook_url"))
        answers.set()
        await until(pilot, world, say("screens.review.left")[:40])
        assert not isinstance(world.app.screen, LaunchDialog)
    assert world.requests == []
    assert world.store.campaigns.get(draft).state is State.DRAFT


async def test_who_is_over_the_limit_is_left_out_and_called_once_their_number_is_typed(world: World) -> None:
    services = world.app.session.services
    assert services is not None
    services.profile = replace(services.profile, most_calls=CallLimit(6, 7))
    before = world.draft(phones=TWO[1:])
    world.store.ledger.resolve(launched_before(world.store, before), Created(19_001))
    world.draft(phones=TWO)
    world.answers = [httpx.Response(200, text="20212")]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, "over the call limit: 1")
        await pilot.press("d")
        await until(pilot, world, say("screens.review.nobody_refused"))
        await pilot.press("o")
        await until(pilot, world, say("screens.over_limit.title"))
        await pilot.press("tab", "enter")
        await until(pilot, world, "is not right")
        await pilot.press("2", "enter", "enter")
        await until(pilot, world, "1 number will be called although")
        await pilot.press("o")  # and back
        await until(pilot, world, "1 number is left out")
        await pilot.press("l")
        await until(pilot, world, "Launch “Memnuniyet anketi”?")
        assert await launched(pilot, world) == ["905321234567"]


async def test_without_a_limit_nobody_is_over_it(world: World) -> None:
    world.draft(phones=TWO)
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, "2 numbers will be called")
        await pilot.press("o")
        await until(pilot, world, "sets no call limit")
