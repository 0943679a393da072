"""The rows that were dropped from a list: looked through, and what can be done with the number of each."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.screens.conftest import World
from tests.screens.waiting import at_rest, until
from tui.i18n.words import say
from tui.screens.dropped import DroppedDialog
from tui.screens.never_call import NeverCallDialog
from tui.screens.person import PersonScreen
from tui.widgets.editors import LineEditor
from tui.widgets.table import Table

NUMBERS = ("enter", *["f8"] * 4, "tab")


def dropped(world: World, *phones: str) -> int:
    made = world.draft(phones=(*phones, "05329999999"))
    world.store.numbers.drop(made, range(1, len(phones) + 1))
    return made


def front(world: World) -> type[object]:
    """Which screen is seen."""
    return type(world.app.screen)


async def opened(pilot: Pilot[str], world: World) -> None:
    await until(pilot, world, "Memnuniyet anketi")
    await pilot.press(*NUMBERS)
    await until(pilot, world, "0532 999 99 99")
    await pilot.press("e")
    await until(pilot, world, say("screens.dropped.bring_back"))


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
async def test_all_of_them_are_scrolled_through(world: World, size: tuple[int, int]) -> None:
    dropped(world, *(f"0532123{number:04}" for number in range(60)))
    async with world.app.run_test(size=size) as pilot:
        await opened(pilot, world)
        assert say("screens.dropped.count", count=60).split(",")[0] in world.screen_text
        assert isinstance(world.app.focused, Table)
        await pilot.press("G")
        await until(pilot, world, "05321230000")
        await pilot.press("g")
        await until(pilot, world, "05321230059")


async def test_the_number_of_a_row_is_never_called_again(world: World) -> None:
    dropped(world, "05321234567", "05321234568")
    async with world.app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, world)
        await pilot.press("down", "b")
        await pilot.pause()
        assert front(world) is NeverCallDialog
        await pilot.press("enter", "enter")
        await at_rest(pilot, world)
        assert front(world) is DroppedDialog
        assert world.store.do_not_call.among("acme", ["905321234567", "905321234568"]) == {"905321234567"}


async def test_all_that_is_known_of_it_is_shown(world: World) -> None:
    dropped(world, "05321234567")
    async with world.app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, world)
        await pilot.press("number_sign")
        await until(pilot, world, "› 0532 123 45 67")
        assert front(world) is PersonScreen
        await pilot.press("escape")
        await pilot.pause()
        assert front(world) is DroppedDialog


async def test_what_is_no_number_is_said_to_be_none(world: World) -> None:
    dropped(world, "iki")
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await opened(pilot, world)
        await pilot.press("b")
        await until(pilot, world, say("screens.never.no_number", value="iki"))


async def test_where_a_path_is_typed_letters_are_letters(world: World) -> None:
    dropped(world, "05321234567")
    async with world.app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, world)
        line = world.app.screen.query_one(LineEditor)
        line.focus()
        line.value = ""
        await pilot.press("b", "y", "#")
        assert (line.value, front(world)) == ("by#", DroppedDialog)
