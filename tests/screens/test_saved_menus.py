"""Whole menus by their lists: the row one is at is the one that is taken."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from tests.screens.conftest import READY, World
from tests.screens.test_digit_target_editor import editor, fields
from tests.screens.waiting import at_once, until
from tui.i18n.words import say

KEPT = {"Aaa": "queue/200", "Bbb": "queue/201", "Ccc": "group/700"}


@asynccontextmanager
async def choosing(world: World, draft: int) -> AsyncIterator[Pilot[str]]:
    """The list of the menus that are kept."""
    world.has_account()
    for name, target in KEPT.items():
        world.store.menus.save("acme", name, {"digit_target_1": target})
    async with editor(world, draft) as pilot:
        await pilot.press("o")
        await until(pilot, world, "Ccc")
        yield pilot
        await until(pilot, world, say("screens.menus.load"), gone=True)


async def test_the_row_that_was_gone_to_is_taken(world: World) -> None:
    draft = world.draft()
    async with choosing(world, draft) as pilot:
        await pilot.press("down", "enter")
    assert fields(world, draft)["digit_target_1"] == "queue/201"


@pytest.mark.parametrize("keys", [("down",), ("c", "down")], ids=str)
async def test_typed_ahead_in_one_burst_it_is_the_row_that_was_gone_to(world: World, keys: tuple[str, ...]) -> None:
    """The list is there before the arrow goes in it, and what was typed has found its rows."""
    world.has_account()
    draft = world.draft()
    for name, target in (KEPT if "c" not in keys else {"C": "queue/200", "Ca": "queue/201"}).items():
        world.store.menus.save("acme", name, {"digit_target_1": target})
    async with editor(world, draft) as pilot:
        at_once(world, "o", *keys, "enter")
        await until(pilot, world, "queue/201")
        await until(pilot, world, say("screens.form.kept"))
    assert fields(world, draft)["digit_target_1"] == "queue/201"


async def test_what_was_typed_right_before_enter_counts(world: World) -> None:
    draft = world.draft()
    async with choosing(world, draft) as pilot:
        await pilot.press("down", *"ccc", "enter")
    assert fields(world, draft)["digit_target_1"] == "group/700"


async def test_a_menu_that_is_forgotten_leaves_its_neighbour_marked(world: World) -> None:
    draft = world.draft()
    async with choosing(world, draft) as pilot:
        await pilot.press("down", "f8")
        await until(pilot, world, "Bbb  ", gone=True)
        await pilot.press("enter")
    assert [menu.name for menu in world.store.menus.all("acme")] == ["Aaa", "Ccc"]
    assert fields(world, draft)["digit_target_1"] == "group/700"


async def test_names_of_any_kind_keep_the_columns(world: World) -> None:
    draft = world.draft(READY)
    world.store.menus.save("acme", f"\x1b[31m[/x] {'調査' * 11}", {"digit_target_1": "fax"})
    async with choosing(world, draft) as pilot:
        await until(pilot, world, "x1b[31m[/x]")
        rows = [line for line in world.screen_text.split("\n") if "Bbb" in line or "x1b[31m" in line]
        assert len(rows) == 2
        assert {row.rstrip()[-1] for row in rows} == {"1"}  # which keys lead somewhere
        await pilot.press("escape")
