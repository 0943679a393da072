"""No key and no paste is silent: it acts, or it is told why it doesn't."""

from __future__ import annotations

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from tests.screens.conftest import World
from tests.screens.waiting import until
from tui.i18n.words import say


def told(world: World) -> list[str]:
    return [toast.message for toast in world.app._notifications]


async def paste(pilot: Pilot[str], text: str) -> None:
    pilot.app.post_message(Paste(text))
    await pilot.pause()
    await pilot.pause()  # what was not taken has gone up to the app


async def test_numbers_pasted_on_the_list_are_told_where_they_go(world: World) -> None:
    async with world.app.run_test(size=(120, 30)) as pilot:
        await paste(pilot, "05321234567\n05321234568")
        assert told(world) == [say("screens.campaigns.no_paste", section=say("campaign.section.numbers"))]


@pytest.mark.parametrize("keys", [("comma",), ("n", "f9"), ("question_mark",), ("i", "tab", "tab", "tab")])
async def test_a_paste_that_nothing_takes_is_told(world: World, keys: tuple[str, ...]) -> None:
    async with world.app.run_test(size=(120, 30)) as pilot:
        await pilot.press(*keys)
        await paste(pilot, "zubrok")
        assert told(world), world.screen_text


async def test_an_empty_paste_is_told(world: World) -> None:
    async with world.app.run_test(size=(120, 30)) as pilot:
        await pilot.press("n")
        await paste(pilot, "\n")
        assert told(world) == [say("app.paste_empty")]


async def test_several_lines_in_the_filter_are_not_cut_to_the_first(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=(120, 30)) as pilot:
        await pilot.press("slash")
        await paste(pilot, "zub\nvlim")
        assert told(world) == [say("app.form.one_line")]


async def test_numbers_pasted_with_the_focus_in_the_list_of_numbers_are_added(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=(120, 30)) as pilot:
        await until(pilot, world, "anketi")
        await pilot.press("enter", "f8", "f8", "f8", "f8")
        await until(pilot, world, "0532 123 45 67")
        await pilot.press("tab")
        await paste(pilot, "05321234568\n05321234569")
        await until(pilot, world, "0532 123 45 69")


@pytest.mark.parametrize("key", ["f12", "ctrl+o", "f"])
async def test_a_key_without_use_is_told_once(world: World, key: str) -> None:
    async with world.app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        await pilot.press(key, key, key)
        assert told(world) == [say("app.no_such_key", help="?")]


async def test_a_key_without_use_while_text_is_typed_names_a_key_that_is_no_text(world: World) -> None:
    async with world.app.run_test(size=(120, 30)) as pilot:
        await pilot.press("slash", "ctrl+o")
        assert told(world) == [say("app.no_such_key", help="f1")]


@pytest.mark.parametrize("key", ["left_shift", "caps_lock", "<ignore>"])
async def test_what_a_terminal_tells_by_itself_is_no_key(world: World, key: str) -> None:
    async with world.app.run_test(size=(120, 30)) as pilot:
        await pilot.press(key)
        assert not told(world)
