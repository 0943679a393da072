"""`a` makes today's campaign of an earlier one, and asks for its list."""

from __future__ import annotations

import pytest

from tests.screens.conftest import READY, World
from tests.screens.waiting import at_rest, until
from tui.i18n.words import say
from tui.screens.campaign_form import CampaignFormScreen
from tui.widgets.editors import EntryLine


@pytest.mark.parametrize("way", [("a",), ("enter", "a")])
async def test_again_makes_todays_campaign_and_asks_for_its_list(world: World, way: tuple[str, ...]) -> None:
    world.launched(values=READY | {"date_range_begin": "2026-09-01", "date_range_end": "2026-09-02"})
    async with world.app.run_test(size=(100, 30)) as pilot:
        await until(pilot, world, "Memnuniyet")
        for key in way:
            await pilot.press(key)
            await pilot.pause()
        await until(pilot, world, say("campaign.section.numbers"))
        assert isinstance(world.app.screen, CampaignFormScreen)
        await at_rest(pilot, world)
        assert isinstance(world.app.screen.focused, EntryLine), (world.app.screen.focused, world.screen_text)
    made = world.store.campaigns.get(2)
    assert (made.fields["date_range_begin"], made.fields["date_range_end"]) == ("2026-11-25", "2026-11-26")
    assert (made.numbers, made.copied_from, world.requests) == (0, 1, [])
