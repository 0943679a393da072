"""What was begun in a screen comes back when that has been left, or asks one that isn't there yet."""

from __future__ import annotations

import gc

from textual.pilot import Pilot

from tests.screens.conftest import World
from tests.screens.waiting import until
from tui.app.dialog import Dialog
from tui.campaign.parsed_draft import ParsedDraft
from tui.i18n.words import say
from tui.screens.campaign_detail import CampaignDetailScreen
from tui.screens.campaign_form import CampaignFormScreen
from tui.screens.campaign_list import CampaignListScreen
from tui.screens.numbers import NumbersPane
from tui.screens.settings import SettingsScreen
from tui.screens.try_call import TryCallScreen
from tui.widgets.lines import KeyLine


async def to_the_campaign(world: World, pilot: Pilot[str]) -> None:
    await until(pilot, world, "anketi")
    await pilot.press("enter")
    await until(pilot, world, say("screens.campaign.history"))


async def test_a_screen_that_is_not_whole_yet_is_asked_nothing(world: World) -> None:
    async with world.app.run_test(size=(120, 30)):
        for screen, action in ((SettingsScreen(), "edit"), (TryCallScreen(ParsedDraft(), None), "scroll(1)")):
            coming = world.app.push_screen(screen)
            assert not any(command.why_not for command in world.app.commands(screen) if command.node is screen)
            assert not await world.app.run_action(action, screen)
            await coming


async def test_settings_are_whole_when_the_next_key_is_heard(world: World) -> None:
    async with world.app.run_test(size=(120, 30)):
        for action in ("settings", "choose_theme"):
            await world.app.run_action(action)
            assert world.app.screen.focused is not None


async def test_nothing_is_asked_over_a_screen_that_was_left(world: World) -> None:
    world.launched()
    async with world.app.run_test(size=(120, 30)) as pilot:
        await to_the_campaign(world, pilot)
        left = world.app.screen
        assert isinstance(left, CampaignDetailScreen)
        assert left.campaign is not None
        await pilot.press("escape")
        await left._switching.ask_delete(left.campaign)
        await left._copy()
        await pilot.pause()
        assert [type(screen) for screen in world.app.screen_stack] == [CampaignListScreen]


async def test_a_campaign_is_copied_though_something_lies_over_it(world: World) -> None:
    world.launched()
    async with world.app.run_test(size=(120, 30)) as pilot:
        await to_the_campaign(world, pilot)
        below = world.app.screen
        assert isinstance(below, CampaignDetailScreen)
        await pilot.press("question_mark")
        await below._copy()
        await pilot.pause()
        assert [type(screen) for screen in world.app.screen_stack] == [CampaignListScreen, CampaignFormScreen]


async def test_a_click_at_the_foot_leaves_for_another_screen_as_the_key_does(world: World) -> None:
    world.launched()
    async with world.app.run_test(size=(120, 30)) as pilot:
        await to_the_campaign(world, pilot)
        foot = world.app.screen.query_one(KeyLine)
        start = next(start for start, _, bound in foot._spans if bound.binding.action == "copy")
        await pilot.click(foot, offset=(start, 0))
        await until(pilot, world, say("campaign.field.name"))


class Late(Dialog[None]):
    async def action_look(self) -> None:
        await self.dismiss()
        self.query_one("#looked-for")


async def test_a_command_whose_screen_is_left_meanwhile_looks_for_nothing_more(world: World) -> None:
    async with world.app.run_test(size=(120, 30)):
        screen = Late()
        await world.app.push_screen(screen)
        assert await world.app.run_action("look", screen)


async def test_a_copy_that_the_end_of_the_app_overtakes_leaves_nothing_unawaited(world: World) -> None:
    async with world.app.run_test(size=(120, 30)) as pilot:
        world.app.copy_to_clipboard("zub")
        world.app.workers.cancel_all()
        await pilot.pause()
    gc.collect()  # of what is never awaited a warning is given, which is an error here


async def test_a_dialog_of_the_numbers_is_answered_though_another_section_is_shown(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=(120, 30)) as pilot:
        await until(pilot, world, "anketi")
        await pilot.press("enter", *["f8"] * 4)
        await until(pilot, world, "0532 123 45 67")
        pane = world.app.screen.query_one(NumbersPane)
        await pane.choice.action_blocked()
        dialog = world.app.screen
        await pane.remove()
        dialog.dismiss(None)
        await pilot.pause()
        assert world.app._exception is None


async def test_the_timers_of_a_screen_that_is_taken_away_do_nothing_more(world: World) -> None:
    async with world.app.run_test(size=(120, 30)):
        screen = TryCallScreen(ParsedDraft(), None)
        await world.app.push_screen(screen)
        timers = list(screen._timers)
        await screen.dismiss()
        for timer in timers:
            await timer._tick(next_timer=0, count=1)
