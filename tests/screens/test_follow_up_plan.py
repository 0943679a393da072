"""The screen of a follow-up plan: what becomes of each outcome, changed by the keyboard, kept, and made into drafts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tests.screens.conftest import READY, World
from tests.screens.waiting import until
from tests.store.results import switched_off
from tui.campaign.follow_up_grammar import read_plan
from tui.i18n.words import say
from tui.screens.campaign_form import CampaignFormScreen
from tui.screens.follow_up_plan import FollowUpPlanScreen
from tui.screens.follow_up_plan_dialogs import MakeDialog, PlansDialog, RuleDialog, SavePlanDialog
from tui.screens.results import ResultsScreen
from tui.widgets.editors import LineEditor
from tui.widgets.table import Table

PHONES = tuple(f"0532123450{place}" for place in range(6))
NEWS = (
    ("905321234500", "Cevaplandı", "1"), ("905321234501", "Meşgul", ""), ("905321234502", "Meşgul", ""),
    ("905321234503", "Vazgeçildi", ""), ("905321234504", "Hatalı Numara", ""),
)


def campaign(world: World, *, off: bool = True) -> int:
    """One answered, two busy, one given up, a wrong number, one not called."""
    made = world.launched(phones=PHONES, values=READY | {"call_retries": "2", "time_range_begin": "09:00",
                                                         "time_range_end": "18:00"})
    world.heard(made, *NEWS)
    if off:
        switched_off(world.store, made)
    return made


@asynccontextmanager
async def plan(world: World, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[str]]:
    async with world.app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet anketi")
        await pilot.press("r")
        await until(pilot, world, say("screens.results.statuses"))
        await pilot.press("f")
        await until(pilot, world, "6 numbers")
        yield pilot


def shown(world: World) -> FollowUpPlanScreen:
    screen = world.app.screen
    assert isinstance(screen, FollowUpPlanScreen)
    return screen


def shows(world: World, screen: type[Screen[Any]]) -> bool:
    return isinstance(world.app.screen, screen)


def numbers_of(world: World, outcome: str) -> str:
    return next((row["numbers"].text for row in shown(world).query_one(Table)._rows.values()
                 if row["outcome"].text.strip() == outcome), "")


async def go_to(pilot: Pilot[str], world: World, outcome: str) -> None:
    screen = shown(world)
    screen.query_one(Table).cursor = screen._outcomes.index(outcome)
    await pilot.pause()
    assert screen.current == outcome


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
async def test_each_outcome_has_its_numbers_and_what_becomes_of_them(world: World, size: tuple[int, int]) -> None:
    campaign(world)
    async with plan(world, size) as pilot:
        names = ("numbers", "after", "hours", "times", "planned")
        rows = {row["outcome"].text.strip(): [row[name].text for name in names]
                for row in shown(world).query_one(Table)._rows.values()}
        assert rows["busy"] == ["2", "after 15 min", "same hours", "2×", "2"]
        assert rows["not called"] == ["1", "at once", "same hours", "3×", "1"]
        assert rows["Vazgeçildi"] == ["1", "after 1 hour", "same hours", "1×", "1"]  # as not connected
        assert rows["key 1"] == ["1", "never", "", "", ""]
        assert "6 numbers: 4 in " in world.screen_text
        assert "built-in plan" in world.screen_text
        await until(pilot, world, "Left out: answered 1 · not called again by this plan 1")


async def test_what_is_shown_is_what_the_store_has_now(world: World) -> None:
    made = campaign(world)
    async with plan(world) as pilot:
        world.heard(made, ("905321234505", "Meşgul", ""))
        for _ in range(200):
            if numbers_of(world, "busy") == "3":
                break
            await pilot.pause(0.02)
        assert numbers_of(world, "busy") == "3"


async def test_space_says_yes_or_no_and_numbers_follow(world: World) -> None:
    campaign(world)
    async with plan(world) as pilot:
        await go_to(pilot, world, "busy")
        await pilot.press("space")
        await until(pilot, world, "6 numbers: 2 in")
        assert say("screens.plan.changed") in world.screen_text
        await pilot.press("space")
        await until(pilot, world, "6 numbers: 4 in")
        assert say("screens.plan.changed") not in world.screen_text


async def test_enter_changes_a_rule_and_what_is_wrong_costs_nothing(world: World) -> None:
    campaign(world)
    async with plan(world) as pilot:
        await go_to(pilot, world, "key:1")
        await pilot.press("enter")
        await until(pilot, world, say("screens.plan.rule_title", outcome="key 1"))
        assert isinstance(world.app.screen, RuleDialog)
        await pilot.press("tab", "ctrl+u", *"sometimes", "enter", "enter", "backspace", "2", "enter", "enter")
        await until(pilot, world, "“sometimes” is not understood")
        assert world.app.screen.query_one("#times", LineEditor).value == "2"
        world.app.screen.query_one("#after").focus()
        await pilot.press("ctrl+u", *"3 days", "enter", "ctrl+u", *"10:00-12:30", *["enter"] * 3)
        await until(pilot, world, "10:00–12:30")
        assert shown(world).editing.plan.rules["key:1"] == read_plan("key:1: 3d, 10:00-12:30, 2x").rules["key:1"]
        await until(pilot, world, "6 numbers: 5 in")
        await pilot.press("x")
        await until(pilot, world, "6 numbers: 4 in")
        assert "key:1" not in shown(world).editing.plan.rules


async def test_a_plan_is_saved_opened_and_deleted_after_a_question(world: World) -> None:
    campaign(world)
    async with plan(world) as pilot:
        await go_to(pilot, world, "busy")
        await pilot.press("space", "a")
        await until(pilot, world, say("screens.plan.save_title"))
        assert isinstance(world.app.screen, SavePlanDialog)
        await pilot.press(*"default", "enter")
        await until(pilot, world, "The built-in plan (“default”) can't be changed")
        await pilot.press(*["backspace"] * 7, *"Evening", "enter")
        await until(pilot, world, "The plan “Evening” was saved.")
        (kept,) = world.store.saved_plans.all("acme")
        assert read_plan(kept.plan).rules["busy"] is None
        await pilot.press("o")
        await until(pilot, world, say("screens.plan.load_title"))
        assert isinstance(world.app.screen, PlansDialog)
        await until(pilot, world, "built-in plan")
        await pilot.press("enter")
        await until(pilot, world, "6 numbers: 4 in")
        await pilot.press("a", *"EVENING", "enter")
        await until(pilot, world, "press enter again")
        await pilot.press("escape", "o", *"even", "enter")
        await until(pilot, world, "6 numbers: 2 in")
        assert "plan: Evening" in world.screen_text
        await pilot.press("d")
        await until(pilot, world, say("screens.plan.delete_title"))
        await pilot.press("escape")
        assert len(world.store.saved_plans.all("acme")) == 1
        await pilot.press("d", "tab", "enter")
        await until(pilot, world, "The plan “Evening” was deleted.")
        assert world.store.saved_plans.all("acme") == []


async def test_one_draft_is_opened_and_nothing_is_made_before_the_question_is_answered(world: World) -> None:
    made = campaign(world)
    async with plan(world) as pilot:
        shown(world).editing.change(read_plan("busy: once; failed: once; not-called: once"))
        await until(pilot, world, "6 numbers: 4 in 1 draft,")
        await pilot.press("f")
        await until(pilot, world, say("screens.plan.make_title", count=1))
        assert shows(world, MakeDialog)
        assert world.store.follow_ups.of(made) == []
        await pilot.press("escape")
        await until(pilot, world, say("screens.plan.changed"))
        await pilot.press("f", "enter")
        await until(pilot, world, "A draft was created")
        assert shows(world, CampaignFormScreen)
        (line,) = world.store.follow_ups.of(made)
        assert world.store.campaigns.get(line.campaign).numbers == 4
        assert line.plan is not None
        assert (line.plan.name, line.plan.outcomes["busy"]) == ("", 2)  # it was changed, and has no name
    assert world.requests == [] or all(request.method == "GET" for request in world.requests)


async def test_several_drafts_are_named_and_a_second_run_says_where_everybody_is(world: World) -> None:
    made = campaign(world)
    async with plan(world) as pilot:
        shown(world).editing.change(read_plan("busy: once; failed: 1d, 10:00-12:00"))
        await until(pilot, world, "in 2 drafts")
        await pilot.press("f", "enter")
        await until(pilot, world, "2 drafts were created")
        assert shows(world, ResultsScreen)
        refs = [f"d{line.campaign}" for line in world.store.follow_ups.of(made)]
        await pilot.press("f")
        await until(pilot, world, say("screens.plan.in_follow_up", refs=", ".join(refs)))
        shown(world).editing.change(read_plan("busy: once"))
        await until(pilot, world, "6 numbers, none in a draft")
        await pilot.press("f")
        await until(pilot, world, say("screens.plan.nobody")[:30])


async def test_of_a_campaign_that_is_on_it_is_said_what_to_do(world: World) -> None:
    campaign(world, off=False)
    async with plan(world) as pilot:
        await until(pilot, world, say("screens.plan.still_calling", name="Memnuniyet anketi"))


async def test_the_plan_is_copied_as_the_command_takes_it(world: World) -> None:
    campaign(world)
    async with plan(world) as pilot:
        await pilot.press("y")
        await pilot.pause()
        assert read_plan(world.app.clipboard) == shown(world).editing.plan


async def test_rounds_stand_in_the_results_and_in_the_campaign(world: World) -> None:
    campaign(world)
    async with plan(world) as pilot:
        await pilot.press("f", "enter")
        await until(pilot, world, "3 drafts were created")
        await until(pilot, world, "Rounds  1: 5 called, 1 answered   2: 0 called, 0 answered")
        await pilot.press("escape", "g", *["down"] * 3, "enter")
        await until(pilot, world, "Round 1 (this one): 6 numbers, 5 called, 1 answered")


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
async def test_the_built_in_plan_is_named_in_the_language_in_use_and_esc_is_in_the_footer(world: World) -> None:
    campaign(world)
    async with world.app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet anketi")
        await pilot.press("r", "f")
        await until(pilot, world, say("screens.plan.title", name=say("text.plan.built_in")))
        assert "default" not in world.screen_text
        assert say("key.app.back") in world.screen_text.rstrip().splitlines()[-1]
        await pilot.press("o")
        await until(pilot, world, say("text.plan.built_in_listed", name="default"))


@pytest.mark.parametrize(("outcome", "key", "told", "names"), [
    ("busy", "d", "operations.plan.is_built_in", {"name": "default"}),
    ("busy", "x", "screens.plan.not_exact", {"outcome": "busy"}),
    ("key:1", "x", "screens.plan.as_already", {"outcome": "answered"}),
])
async def test_what_a_plan_does_not_do_is_told_with_the_key(
    world: World, outcome: str, key: str, told: str, names: dict[str, str],
) -> None:
    campaign(world)
    async with plan(world) as pilot:
        await go_to(pilot, world, outcome)
        before = shown(world).editing.plan
        await pilot.press(key)
        sentence = say(told, **names)
        await until(pilot, world, sentence[:24])
        assert shown(world).editing.plan == before


async def test_that_no_plan_is_called_so_is_told_where_they_are_opened(world: World) -> None:
    campaign(world)
    async with plan(world) as pilot:
        await pilot.press("o")
        await pilot.pause()
        assert isinstance(world.app.screen, PlansDialog)
        await pilot.press(*"zzz", "enter")
        await until(pilot, world, say("screens.plan.none_found")[:20])
        assert isinstance(world.app.screen, PlansDialog)
