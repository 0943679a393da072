"""A window that becomes too small, a program that is stopped: nothing acts unseen, nothing is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from textual import events
from textual.geometry import Size
from textual.pilot import Pilot

from tests.screens.conftest import NOW, World
from tests.screens.waiting import until
from tui.app.terminal.disturbed import Disturbance, Disturbed
from tui.campaign.lifecycle import State
from tui.i18n.words import say
from tui.screens import launch as launch_screen
from tui.screens.launch import LaunchDialog

SIZE = (80, 24)
SIZES = [(1, 1), (2, 1), (1, 50), (10, 3), (79, 24), (80, 23), (300, 1), (80, 24), (81, 25), (119, 24), (300, 100)]


async def counting_down(pilot: Pilot[str], world: World) -> None:
    """Up to the countdown of a launch."""
    await until(pilot, world, "draft")
    await pilot.press("enter")
    await until(pilot, world, say("campaign.field.name"))
    await pilot.press("f9")
    await until(pilot, world, say("text.review.ready")[:20])
    await pilot.press("l")
    await until(pilot, world, "Launch “Memnuniyet anketi”?")
    await pilot.press("tab", "enter")
    await until(pilot, world, "s; esc")


async def stopped(pilot: Pilot[str], world: World, draft: int) -> None:
    await until(pilot, world, say("screens.launch.stopped"))
    assert not isinstance(world.app.screen, LaunchDialog)
    assert world.requests == []
    assert world.store.campaigns.get(draft).state is State.DRAFT


@pytest.mark.parametrize("form", [False, True])
async def test_at_no_size_does_anything_break(world: World, form: bool) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "draft")
        if form:
            await pilot.press("enter")
            await until(pilot, world, say("campaign.field.name"))
        for width, height in SIZES:
            await pilot.resize_terminal(width, height)
            assert (world.app.too_small is not None) is (width < 80 or height < 24)
        await pilot.resize_terminal(*SIZE)
        await until(pilot, world, say("campaign.field.name") if form else "draft")
        assert world.app.screen.size == Size(*SIZE)


async def test_a_start_without_room_is_a_start(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=(40, 10)) as pilot:
        assert world.app.too_small == Size(40, 10)
        assert world.app.size == Size(*SIZE)
        await pilot.resize_terminal(120, 36)
        await until(pilot, world, "draft")
        assert world.app.screen.size == Size(120, 36)


async def test_where_nothing_is_seen_no_key_acts(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "draft")
        before = world.app.screen
        await pilot.resize_terminal(79, 24)
        await pilot.press("n", "d", "enter", "slash", "x")
        await pilot.resize_terminal(*SIZE)
        await pilot.pause()
        assert world.app.screen is before
        assert world.store.campaigns.count("acme") == 1
        await pilot.press("n")
        await until(pilot, world, say("campaign.field.name"))


async def test_without_room_one_can_leave(world: World) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "No campaigns yet")
        await pilot.resize_terminal(10, 3)
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert not world.app.is_running


@pytest.mark.parametrize("how", ["too small", "stopped", "the palette", "noise", "a paste", "another window"])
async def test_a_countdown_that_nobody_sees_calls_nobody(
    world: World, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch_screen, "COUNTDOWN_SECONDS", 300)
    draft = world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await counting_down(pilot, world)
        if how == "too small":
            await pilot.resize_terminal(60, 20)
            await pilot.resize_terminal(*SIZE)
        elif how == "stopped":
            world.app.publish_unseen()
        elif how == "noise":
            world.app.post_message(Disturbed(Disturbance.NOISE))
            await until(pilot, world, say("screens.launch.disturbed_noise")[:40])
        elif how == "a paste":
            world.app.post_message(events.Paste("905321234567"))
            await until(pilot, world, say("screens.launch.disturbed_paste")[:40])
        elif how == "another window":
            world.app.post_message(events.AppBlur())
            await until(pilot, world, say("screens.launch.disturbed_focus")[:40])
        else:
            await pilot.press("ctrl+p", "escape")
        await stopped(pilot, world, draft)


async def test_a_countdown_over_which_the_machine_slept_calls_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch_screen, "COUNTDOWN_SECONDS", 2)
    draft = world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await counting_down(pilot, world)
        monkeypatch.setattr(world.app.services, "now", lambda: NOW + dt.timedelta(hours=1))
        await stopped(pilot, world, draft)


async def test_a_launch_that_waits_for_its_confirmation_waits_on(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "draft")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f9")
        await until(pilot, world, say("text.review.ready")[:20])
        await pilot.press("l")
        await until(pilot, world, "Launch “Memnuniyet anketi”?")
        await pilot.resize_terminal(60, 20)
        await pilot.press("tab", "enter")
        await pilot.resize_terminal(*SIZE)
        await pilot.pause()
        assert isinstance(world.app.screen, LaunchDialog)
        assert not world.app.screen.countdown.counting
    assert world.requests == []
