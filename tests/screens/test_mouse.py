"""What is clicked does what its key does."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from tests.screens.conftest import READY, World
from tests.screens.waiting import at_rest, until
from tui.app.screen import AppScreen
from tui.i18n.words import say
from tui.screens.digit_target_editor import DigitTargetEditor
from tui.screens.do_not_call import DoNotCallScreen
from tui.screens.follow_up_plan import FollowUpPlanScreen
from tui.screens.results import ResultsScreen
from tui.screens.sections import SectionList
from tui.store import DoNotCallReason
from tui.widgets.bars import Bars
from tui.widgets.editors import ChoiceEditor, DaysEditor
from tui.widgets.table import Table
from tui.widgets.text_lines import TextLines

PHONES = tuple(f"0532123450{place}" for place in range(6))
NEWS = (("905321234500", "Cevaplandı", "1"), ("905321234501", "Cevapsız", ""), ("905321234502", "Cevaplandı", "-"),
        ("905321234503", "Meşgul", ""))


def called(world: World) -> int:
    made = world.launched(phones=PHONES)
    world.heard(made, *NEWS)
    return made


async def test_a_section_and_a_day_and_a_choice_of_the_form(world: World) -> None:
    draft = world.draft(READY | {"active_days": "1,2,3"})
    async with world.app.run_test(size=(100, 30)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.cli"))
        choice = world.app.screen.query(ChoiceEditor).first()
        before = choice.text
        await pilot.click(choice)
        assert choice.text != before
        await pilot.click(choice)
        await at_rest(pilot, world)
        await pilot.click(SectionList, offset=(4, 2))
        await until(pilot, world, say("campaign.field.active_days"))
        days = world.app.screen.query_one(DaysEditor)
        await pilot.click(days, offset=(days._places()[5][0], 0))
        await pilot.click(days, offset=(days._places()[1][0] + 1, 0))
        assert days.text == "2,3,5"
        await at_rest(pilot, world)
    assert world.store.campaigns.get(draft).fields["active_days"] == "2,3,5"


@pytest.mark.parametrize("days", ["left", "right"])
async def test_arrows_go_round_the_week_and_space_switches_where_they_are(world: World, days: str) -> None:
    world.draft(READY | {"active_days": "1,2,3"})
    async with world.app.run_test(size=(100, 30)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.cli"))
        await pilot.press("f8")
        await until(pilot, world, say("campaign.field.active_days"))
        editor = world.app.screen.query_one(DaysEditor)
        editor.focus()
        await pilot.press(days, "space")
        assert editor.text == {"left": "1,2,3,7", "right": "1,3"}[days]


async def test_a_row_of_the_results_is_chosen_by_a_click_and_opened_by_the_next(world: World) -> None:
    called(world)
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("r")
        await until(pilot, world, "4 of 6 called")
        await at_rest(pilot, world)
        table = world.app.screen.query_one(Table)
        await pilot.click(table, offset=(4, 3))
        assert table.cursor == 2
        await pilot.click(table, offset=(4, 3))
        await until(pilot, world, say("screens.calls.not_asked"))


async def test_a_bar_of_the_results_narrows_the_table_and_widens_it_again(world: World) -> None:
    called(world)
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("r")
        await until(pilot, world, "4 of 6 called")
        screen = world.app.screen
        assert isinstance(screen, ResultsScreen)
        for name in ("#statuses", "#digits"):
            bars = screen.query_one(name, Bars)
            await pilot.click(bars, offset=(4, 1))
            await until(pilot, world, f"= {bars.bars[0].count}")
            assert bars.chosen == bars.bars[0].key
            await pilot.click(bars, offset=(4, 0))  # its heading is no bar
            await at_rest(pilot, world)
            assert bars.chosen == bars.bars[0].key
            await pilot.click(bars, offset=(4, 1))
            await until(pilot, world, "= 6")
            assert bars.chosen is None


async def test_the_line_that_counts_the_bars_without_room_is_none_of_them(world: World) -> None:
    codes = [f"Durum {place}" for place in range(30)]
    made = world.launched(phones=tuple(f"053212345{place:02}" for place in range(30)))
    world.heard(made, *((f"9053212345{place:02}", code, "") for place, code in enumerate(codes)))
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("r")
        await until(pilot, world, "30 of 30 called")
        bars = world.app.screen.query_one("#statuses", Bars)
        assert len(bars.bars) > bars.size.height
        await pilot.click(bars, offset=(4, bars.size.height - 1))
        await at_rest(pilot, world)
        assert bars.chosen is None


async def test_what_is_heard_is_gone_to_by_its_line(world: World) -> None:
    world.has_account()
    world.draft(READY | {"digit_target_3": "queue/200"})
    async with world.app.run_test(size=(100, 30)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.cli"))
        await pilot.press("f5")
        await until(pilot, world, say("text.menu.hears"))
        await at_rest(pilot, world)
        editor = world.app.screen
        assert isinstance(editor, DigitTargetEditor)
        lines = editor.query_one(TextLines)
        row = next(place for place, (_, look) in enumerate(lines._rows) if look.place == "3")
        await pilot.click(lines, offset=(4, row - int(lines.scroll_offset.y)))
        await pilot.pause()
        assert editor.keypad.place == "3"


async def test_a_rule_of_a_plan_is_opened_by_its_second_click(world: World) -> None:
    called(world)
    async with world.app.run_test(size=(100, 30)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("r")
        await until(pilot, world, "4 of 6 called")
        await pilot.press("f")
        await until(pilot, world, say("text.outcome.busy"))
        screen = world.app.screen
        assert isinstance(screen, FollowUpPlanScreen)
        await at_rest(pilot, world)
        table = screen.query(OptionList).first() if screen.query(OptionList) else screen.query_one(Table)
        await pilot.click(table, offset=(4, 2))
        await pilot.click(table, offset=(4, 2))
        await pilot.pause()
        await at_rest(pilot, world)
        assert world.app.screen is not screen


async def test_the_history_of_who_is_not_to_be_called_is_opened_by_a_second_click(world: World) -> None:
    world.store.do_not_call.add("acme", ("905321234500", "905321234501"), DoNotCallReason.BY_HAND)
    async with world.app.run_test(size=(100, 30)) as pilot:
        await pilot.press("b")
        await until(pilot, world, "0532 123 45 01")
        assert isinstance(world.app.screen, DoNotCallScreen)
        table = world.app.screen.query_one(Table)
        await pilot.click(table, offset=(4, 2))
        await pilot.click(table, offset=(4, 2))
        await until(pilot, world, "Put on the list: Added by hand")
        assert not isinstance(world.app.screen, DoNotCallScreen)


@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
async def test_what_a_picker_offers_is_taken_by_a_click(world: World, size: tuple[int, int]) -> None:
    world.has_account()
    draft = world.draft()
    async with world.app.run_test(size=size) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.cli"))
        await pilot.press("f5")
        await until(pilot, world, say("text.menu.hears"))
        await pilot.press("4", "enter")
        await pilot.pause()
        await pilot.press(*"queue")
        await until(pilot, world, "Satış")
        screen = world.app.screen
        assert isinstance(screen, AppScreen)
        offered = screen.query_one(OptionList)
        row = next(place for place in range(offered.size.height)
                   if "Satış" in offered.render_line(place).text)
        await pilot.click(offered, offset=(4, row))
        await until(pilot, world, say("text.menu.hears"))
        await at_rest(pilot, world)
    assert world.store.campaigns.get(draft).fields["digit_target_4"] == "queue/200"
