"""A draft without a caller ID is warned about, and nothing says who decides then."""

from __future__ import annotations

from tests.screens.conftest import READY, World
from tests.screens.test_campaign_form import to_review
from tests.screens.waiting import until
from tui.i18n.words import say


async def test_without_a_caller_it_is_warned_about_in_the_form_and_in_review(world: World) -> None:
    world.draft({name: text for name, text in READY.items() if name != "cli"})
    async with world.app.run_test(size=(120, 36)) as pilot:
        await to_review(pilot, world)
        await until(pilot, world, say("campaign.problem.no_caller")[:40])
        await until(pilot, world, say("text.review.people", count=1)[:40])
        assert "provider chooses" not in world.screen_text
        await pilot.press("f7", "f7", "f7", "f7", "f7", "f7", "f7")
        await until(pilot, world, say("campaign.default.cli")[:20])
        assert "set by the PBX" not in world.screen_text
        await until(pilot, world, say("campaign.problem.no_caller")[:30])
