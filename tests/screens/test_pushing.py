"""Blocking at the provider, asked for on the screen of those who are not to be called."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.screens.conftest import World
from tests.screens.test_do_not_call import FIRST, SECOND, the_list
from tests.screens.waiting import until
from tui.i18n.words import say
from tui.screens.question import Question


def wants(world: World) -> None:
    services = world.app.services
    services.profile = replace(services.profile, push_opt_outs=True)


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_how_many_wait_is_said_and_a_person_confirms_it(world: World, size: tuple[int, int]) -> None:
    wants(world)
    world.store.do_not_call.add("acme", [FIRST, SECOND])
    async with the_list(world, size) as pilot:
        waits = say("text.dnc.push_unconfirmed", count=2)
        await until(pilot, world, waits[:40])
        await pilot.press("p")
        await until(pilot, world, say("screens.dnc.push_title", count=2))
        assert isinstance(world.app.screen, Question)
        await pilot.press("escape")
        assert not world.store.opt_out_pushes.confirmed("acme")
        await pilot.press("p")
        await until(pilot, world, say("screens.dnc.push_title", count=2))
        await pilot.press("tab", "enter")
        await until(pilot, world, say("screens.dnc.push_begun", count=2))
        assert world.store.opt_out_pushes.confirmed("acme")


async def test_where_nobody_waits_or_nobody_wants_it_the_key_says_so(world: World) -> None:
    async with the_list(world) as pilot:
        await pilot.press("p")
        await until(pilot, world, "does not block opt-outs")
        wants(world)
        await pilot.press("n")
        await until(pilot, world, say("screens.dnc.add_pushes"))
        await pilot.press("escape")
        world.store.do_not_call.add("acme", [FIRST])
        await until(pilot, world, say("text.dnc.push_unconfirmed", count=1))
        world.store.do_not_call.remove("acme", [FIRST])
        await until(pilot, world, say("text.dnc.push_unconfirmed", count=1), gone=True)
        await pilot.press("p")
        await until(pilot, world, say("screens.dnc.push_none"))


async def test_beside_any_screen_it_is_said_once_that_somebody_has_to_confirm_it(world: World) -> None:
    wants(world)
    world.store.do_not_call.add("acme", [FIRST])
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, world, "is waiting for you to confirm")
        assert say("app.push_stopped", why="").strip() not in world.screen_text
