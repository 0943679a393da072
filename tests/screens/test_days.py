"""The weekdays in the form: every day is what a field means that was never touched, and no other."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.screens.conftest import READY, World
from tests.screens.waiting import until
from tui.campaign.dates import NO_DAYS
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.rules import check_fields
from tui.i18n.words import say
from tui.screens.launch import LaunchDialog

SIZE = (120, 36)


async def to_the_days(world: World, pilot: Pilot[str]) -> None:
    await until(pilot, world, "✎")
    await pilot.press("enter", "f8", *["tab"] * 4)
    await until(pilot, world, say("campaign.field.active_days"))


async def unticked(world: World, *keys: str) -> dict[str, str]:
    """The fields of a draft as they are kept after these keys at its weekdays."""
    made = world.draft(READY)
    async with world.app.run_test(size=SIZE) as pilot:
        await to_the_days(world, pilot)
        await pilot.press(*keys)
        await pilot.press("escape")
        await until(pilot, world, say("key.campaigns.new"))
    return dict(world.store.campaigns.get(made).fields)


@pytest.mark.parametrize("keys", ["1234567", ["space", "right"] * 7, "12345671"])
async def test_where_each_day_is_unticked_none_is_chosen(world: World, keys: str | list[str]) -> None:
    fields = await unticked(world, *keys)
    assert fields["active_days"] == ("1" if keys == "12345671" else NO_DAYS)
    found = [problem.code for problem in check_fields(ParsedDraft(fields)) if problem.field == "active_days"]
    assert found == ([] if keys == "12345671" else ["campaign.problem.no_days"])


async def test_the_form_and_review_say_so_and_nothing_is_launched(world: World) -> None:
    world.draft(READY)
    async with world.app.run_test(size=SIZE) as pilot:
        await to_the_days(world, pilot)
        await pilot.press(*"1234567")
        await until(pilot, world, say("campaign.problem.no_days"))
        assert "·Mon ·Tue ·Wed ·Thu ·Fri ·Sat ·Sun" in world.screen_text
        await pilot.press("f9")
        await until(pilot, world, say("text.review.problems", count=1)[:20])
        await until(pilot, world, say("campaign.problem.no_days"))
        await pilot.press("l")
        await pilot.pause()
        assert not isinstance(world.app.screen, LaunchDialog)
    assert world.requests == []


async def test_one_that_was_never_touched_means_every_day(world: World) -> None:
    made = world.draft({name: text for name, text in READY.items() if name != "active_days"})
    async with world.app.run_test(size=SIZE) as pilot:
        await to_the_days(world, pilot)
        await until(pilot, world, "✓Mon ✓Tue ✓Wed ✓Thu ✓Fri ✓Sat ✓Sun")
        await pilot.press("escape")
        await until(pilot, world, say("key.campaigns.new"))
        assert "active_days" not in world.store.campaigns.get(made).fields
        await to_the_days(world, pilot)
        await pilot.press("7", "escape")
        await until(pilot, world, say("key.campaigns.new"))
    assert world.store.campaigns.get(made).fields["active_days"] == "1,2,3,4,5,6"
