"""`y` copies what one is at, and says how sure that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.conftest import World
from tests.screens.waiting import until
from tui.i18n.words import say
from tui.widgets.table import Table

SIZE = (100, 30)


async def test_the_id_of_a_campaign_in_the_list_and_on_its_own_screen(world: World) -> None:
    world.launched()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("y")
        await until(pilot, world, say("app.copied_by_terminal", what="20212")[:40])
        assert world.app.clipboard == "20212"
        world.app.copy_to_clipboard("")
        await pilot.press("enter")
        await until(pilot, world, say("screens.campaign.history"))
        await pilot.press("y")
        await pilot.pause()
        assert world.app.clipboard == "20212"


async def test_a_draft_has_no_id(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "draft")
        await pilot.press("y")
        await until(pilot, world, say("app.nothing_to_copy"))


async def test_a_number_of_the_results_and_of_the_list(world: World) -> None:
    campaign = world.launched(phones=("05321234567", "05321234568"))
    world.heard(campaign, ("905321234567", "ANSWERED", "1"))
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("r")
        await until(pilot, world, "0532 123 45 67")
        await pilot.press("y")
        await until(pilot, world, "905321234567")
        assert world.app.clipboard == "905321234567"


async def test_a_number_of_a_draft_as_typed_where_it_is_none(world: World) -> None:
    world.draft(phones=("12",))
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "draft")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        for _ in range(4):
            await pilot.press("f8")
        await until(pilot, world, say("screens.numbers.add")[:20])
        world.app.screen.query_one(Table).focus()
        await pilot.press("y")
        await until(pilot, world, say("app.copied_by_terminal", what="12")[:30])
        assert world.app.clipboard == "12"


async def test_a_clipboard_of_the_desktop_is_sure(world: World, tmp_path: Path) -> None:
    tool = tmp_path / "xclip"
    tool.write_text(f"#!/bin/sh\n/bin/cat > {tmp_path}/given\n", encoding="utf-8")
    tool.chmod(0o755)
    world.app.environ = {"PATH": str(tmp_path), "DISPLAY": ":0"}
    world.launched()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("y")
        await until(pilot, world, say("app.copied", what="20212"))
    assert (tmp_path / "given").read_text(encoding="utf-8") == "20212"


@pytest.mark.parametrize("language", ["tr", "en"], indirect=True)
async def test_the_request_without_the_key(world: World, language: str) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f9")
        await until(pilot, world, say("text.review.ready")[:20])
        await pilot.press("v", "v", "y")
        await until(pilot, world, say("screens.review.copied"))
        assert "curl" in world.app.clipboard
        assert "K9876" not in world.app.clipboard
