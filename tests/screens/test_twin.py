"""Review names a campaign that was launched with the same request, and the launch asks for it to be typed."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest

from tests.screens.conftest import World
from tests.screens.test_campaign_form import to_review
from tests.screens.waiting import until
from tui.campaign.lifecycle import Action, AskedBy, State
from tui.i18n.words import say
from tui.operations.launch import launch
from tui.operations.launch_request import prepare
from tui.screens import launch as launch_screen
from tui.screens.launch import LaunchDialog

SIZE = (80, 24)


@pytest.fixture(autouse=True)
def a_short_countdown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch_screen, "COUNTDOWN_SECONDS", 1)


async def launched(world: World, answer: httpx.Response | Exception, draft: int) -> int:
    """A draft that was launched; and a copy of it, the first of the list, whose ID this is."""
    copy = world.store.drafts.copy(draft, numbers=True)
    world.answers.append(answer)
    await launch(world.app.services, await prepare(world.app.services, draft))
    return copy


def created(provider_id: int = 20212) -> httpx.Response:
    return httpx.Response(200, text=str(provider_id))


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
async def test_the_twin_is_named_and_has_to_be_typed(world: World, language: str) -> None:
    draft = await launched(world, created(), world.draft())
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, say("campaign.state.draft"))
        await pilot.press("enter", "f9")
        await until(pilot, world, "25 Kas 2026 12:00" if language == "tr" else "25 Nov 2026 12:00")
        await pilot.press("l")
        await until(pilot, world, say("screens.launch.type_twin", ref="20212"))
        await pilot.press(*"20211", "enter", "enter")
        await until(pilot, world, say("screens.launch.wrong_twin", value="20211", ref="20212")[:20])
        assert len(world.requests) == 1
        world.answers.append(created(20213))
        await pilot.press("backspace")
        await until(pilot, world, say("screens.launch.wrong_twin", value="20211", ref="20212")[:20], gone=True)
        await pilot.press("2", "enter", "enter")
        await until(pilot, world, "20213")
    assert world.store.campaigns.get(draft).provider_id == 20213


async def test_twin_and_count_are_both_typed(world: World) -> None:
    await launched(world, created(), world.draft(phones=("05321234567", "05321234568")))
    world.app.services.profile = replace(world.app.services.profile, confirm_above=1)
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await pilot.press("l")
        await until(pilot, world, say("screens.launch.type_count", count=2))
        await pilot.press(*"20212", "enter", "enter", "enter")
        await until(pilot, world, say("screens.launch.wrong_count", value="", count=2)[:20])
        assert len(world.requests) == 1
        world.answers.append(created(20213))
        await pilot.press("2", "enter", "enter")
        await until(pilot, world, "20213")
    assert len(world.requests) == 2


async def test_one_in_doubt_is_named_by_its_own_number(world: World) -> None:
    await launched(world, httpx.ReadTimeout("no answer"), world.draft())
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, "unconfirmed")
        await pilot.press("l")
        await until(pilot, world, say("screens.launch.type_twin", ref="d1"))
        await pilot.press("d", "1", "enter", "escape")
        await until(pilot, world, say("screens.launch.stopped"))
    assert len(world.requests) == 1


@pytest.mark.parametrize("how", ["deleted", "edited"])
async def test_without_a_twin_nothing_of_it_is_typed(world: World, how: str) -> None:
    twin = world.draft()
    draft = await launched(world, created(), twin)
    if how == "deleted":
        world.store.switches.done(world.store.switches.begin(twin, Action.DELETE, AskedBy.APP))
    else:
        world.store.drafts.change(draft, {"call_retries": "1"})
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await pilot.press("l")
        await until(pilot, world, say("screens.launch.title", name="Memnuniyet anketi"))
        assert isinstance(world.app.screen, LaunchDialog)
        assert not world.app.screen.query("#twin")
        await pilot.press("escape")


async def test_one_that_another_launches_during_the_countdown_stops_this(world: World) -> None:
    """Nothing is sent unasked: Review names it then."""
    draft = world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await pilot.press("l")
        await until(pilot, world, say("screens.launch.title", name="Memnuniyet anketi"))
        await launched(world, created(), world.store.drafts.copy(draft, numbers=True))
        await pilot.press("tab", "enter")
        await until(pilot, world, "Nothing was sent: “Memnuniyet anketi”")
        await until(pilot, world, "request on 25 Nov 2026 12:00, as 20212")
    assert world.store.campaigns.get(draft).state is State.DRAFT
    assert len(world.requests) == 1
