"""The windows beneath the schedule's fields, and whether the list can be finished: form, Review and launch."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Static

from tests.screens.conftest import READY, World
from tests.screens.waiting import until
from tui.campaign import holidays
from tui.config import Profile
from tui.config.ui_state import load_state
from tui.i18n.words import say
from tui.screens.assume import AssumeDialog
from tui.screens.campaign_form import CampaignFormScreen
from tui.screens.launch import LaunchDialog
from tui.screens.windows_summary import WindowsSummary

SIZE = (80, 24)
NINE = {"time_range_begin": "09:00", "time_range_end": "18:00"}
MANY = tuple(f"0532{number:07}" for number in range(400))


async def to_section(pilot: object, world: World, *keys: str) -> CampaignFormScreen:
    await until(pilot, world, "✎")  # type: ignore[arg-type]  # a Pilot
    await pilot.press("enter", *keys)  # type: ignore[attr-defined]
    screen = world.app.screen
    assert isinstance(screen, CampaignFormScreen)
    return screen


@pytest.mark.parametrize("language", ["tr", "en"], indirect=True)
async def test_windows_follow_what_is_typed(world: World) -> None:
    world.draft(READY | NINE)
    async with world.app.run_test(size=SIZE) as pilot:
        form = await to_section(pilot, world, "f8")
        await until(pilot, world, f"{say('text.today')} 12:00–18:00")
        await pilot.press("down", *"27.11.2026")
        await until(pilot, world, "26–27 ")
        summary = form.query_one(WindowsSummary)
        assert "3 günde 24 sa" in summary.lines[0] or "24 h on 3 days" in summary.lines[0]
        await pilot.press("x")
        await until(pilot, world, "27.11.2026x")
        assert summary.lines == ()


async def test_hours_that_are_not_polite_are_warned_about_at_both_fields(world: World) -> None:
    world.draft(READY | {"time_range_begin": "07:00", "time_range_end": "21:00"})
    async with world.app.run_test(size=SIZE) as pilot:
        form = await to_section(pilot, world, "f8")
        await until(pilot, world, "09:00–20:00")
        for name in ("time_range_begin", "time_range_end"):
            assert form.query_one(f"#field-{name}").has_class("-with-problems", "-warning")


async def test_without_hours_it_is_said_plainly(world: World) -> None:
    world.draft(READY)
    async with world.app.run_test(size=SIZE) as pilot:
        await to_section(pilot, world, "f8")
        first_words = f"! {say('campaign.problem.whole_day')[:40]}"  # the rest has a line of its own
        await until(pilot, world, first_words)
        assert world.screen_text.count(first_words) == 2


class TestAnyHour:
    @pytest.fixture
    def profile(self, profile: Profile) -> Profile:
        return replace(profile, polite_hours=None)

    async def test_a_profile_may_call_at_any_hour(self, world: World) -> None:
        world.draft(READY | {"time_range_begin": "07:00", "time_range_end": "21:00"})
        async with world.app.run_test(size=SIZE) as pilot:
            form = await to_section(pilot, world, "f8")
            await until(pilot, world, "12:00–21:00")
            assert not form.query_one("#field-time_range_begin").has_class("-with-problems")


async def test_holidays_are_named_when_their_library_is_there(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The section is there at once; the library is loaded in a thread."""
    here: list[bool] = []
    asked, going = asyncio.Event(), asyncio.Event()

    async def load(*_arguments: object) -> None:
        asked.set()
        await going.wait()
        here.append(True)

    monkeypatch.setattr(holidays, "loaded", lambda: bool(here))
    monkeypatch.setattr("tui.operations.services.asyncio.to_thread", load)
    world.draft(READY | NINE | {"date_range_end": "2027-01-02"})
    async with world.app.run_test(size=(160, 36)) as pilot:
        await to_section(pilot, world, "f8")
        await asked.wait()
        await until(pilot, world, "12:00–18:00")
        assert "New Year" not in world.screen_text
        going.set()
        await until(pilot, world, "1 Jan 2027 New Year's")


async def test_review_tells_windows_estimate_and_what_it_rests_on(world: World) -> None:
    world.draft(READY | NINE | {"max_thread_count": "1", "date_range_end": "2027-01-02"}, MANY)
    async with world.app.run_test(size=(160, 36)) as pilot:
        await to_section(pilot, world, "f9")
        await until(pilot, world, say("text.review.ready")[:20])
        told = world.screen_text
        assert "Calls (Turkish time): today 12:00–18:00" in told
        assert "400 numbers: about 6 h 35 min on 1 channel; done Thu 26 Nov 09:34." in told
        assert "60 s talk, 30 s ring, 5 s between calls, calls per number: 1 (a changes it)" in told
        assert "Calls are made on public holidays too: 1 Jan 2027 New Year's Day." in told


async def test_the_launch_is_asked_with_the_warnings_and_with_who_cannot_be_reached(world: World) -> None:
    world.draft(READY | {"max_thread_count": "1", "time_range_end": "13:00"}, MANY)
    async with world.app.run_test(size=(120, 36)) as pilot:
        await to_section(pilot, world, "f9")
        await until(pilot, world, say("text.review.ready")[:20])
        await pilot.press("l")
        await until(pilot, world, say("screens.launch.title", name=READY["name"]))
        assert isinstance(world.app.screen, LaunchDialog)
        told = str(world.app.screen.query_one(".text", Static).content)
        assert "339 numbers won't be finished by the end (today 13:00)" in told
        assert say("campaign.problem.impolite", polite="09:00–20:00") in told


@pytest.mark.parametrize("language", ["tr", "en"], indirect=True)
async def test_a_launch_that_would_call_nobody_is_not_ready_and_is_asked_as_such(world: World, language: str) -> None:
    """In the last line, in the first, and before the countdown."""
    world.draft(READY | {"time_range_begin": "09:00", "time_range_end": "11:59"}, MANY)
    async with world.app.run_test(size=SIZE) as pilot:
        form = await to_section(pilot, world, "f9")
        verdict = say("text.review.nobody_all_the_same")
        await until(pilot, world, verdict)  # whole, though the terminal is narrow
        assert say("text.review.ready")[:5] not in world.screen_text
        nobody = say("text.review.nobody_hours")
        assert str(form.query_one("#what", Static).content).startswith(nobody)
        await pilot.press("l")
        await until(pilot, world, say("screens.launch.title", name=READY["name"]))
        assert isinstance(world.app.screen, LaunchDialog)
        assert str(world.app.screen.query_one(".text", Static).content).startswith(nobody)


@pytest.mark.parametrize("language", ["tr", "en"], indirect=True)
@pytest.mark.parametrize("values", [
    NINE | {"max_thread_count": "1", "date_range_end": "2027-01-02"}, NINE | {"active_days": "1,3,5"}, {},
    {"date_range_begin": "2026-11-27", "date_range_end": "2026-12-11", "active_days": "1,2,4"},
])
async def test_the_question_tells_when_it_calls_word_for_word_as_review_does(
    world: World, values: dict[str, str]
) -> None:
    world.draft(READY | values, MANY)
    async with world.app.run_test(size=(160, 50)) as pilot:
        form = await to_section(pilot, world, "f9")
        await until(pilot, world, say("text.review.ready")[:20])
        review = str(form.query_one("#what", Static).content).splitlines()
        await pilot.press("l")
        await until(pilot, world, say("screens.launch.title", name=READY["name"]))
        asked = str(world.app.screen.query_one(".text", Static).content).splitlines()
    when = review[:review.index(say("text.review.tries_default"))]
    assert len(when) > 1
    # But for the key that changes what is assumed: it does nothing in the question.
    assert asked[:len(when)] == [re.sub(r" \(a [^)]*\)\.$", ".", line) for line in when]


@pytest.mark.parametrize("language", ["tr", "en"], indirect=True)
async def test_without_a_number_to_call_and_without_an_hour_problems_come_with_nobody(world: World) -> None:
    world.draft(READY | {"time_range_end": "11:59"}, ("0532",))
    async with world.app.run_test(size=SIZE) as pilot:
        form = await to_section(pilot, world, "f9")
        await until(pilot, world, say("text.review.nobody_problems", count=1))
        assert str(form.query_one("#what", Static).content).startswith(say("text.review.nobody_numbers"))


async def test_assumptions_are_changed_and_remembered(world: World, tmp_path: Path) -> None:
    world.app.session.state_file = tmp_path / "state.json"
    world.draft(READY | NINE | {"max_thread_count": "2", "call_retries": "0", "ring_timeout": "30"}, MANY)
    async with world.app.run_test(size=SIZE) as pilot:
        await to_section(pilot, world, "f9")
        await until(pilot, world, say("text.review.ready")[:20])
        await pilot.press("a")
        await until(pilot, world, say("screens.assume.title"))
        await pilot.press("end", "backspace", "backspace", *"100", "down", *"0")
        await until(pilot, world, say("screens.assume.talk"))
        await until(pilot, world, "600")
        await pilot.press("enter", "enter", "enter")
        await until(pilot, world, "100 % of calls answered, 600 s talk")
        assert not isinstance(world.app.screen, AssumeDialog)
    assert load_state(tmp_path / "state.json").assumptions == {"acme": {"answered": 100, "talk": 600, "pause": 5}}


@pytest.mark.parametrize("bad", ["", "0", "101", "x", "[/x]", "٣", "9" * 30, "-1"])
async def test_what_cannot_be_assumed_is_said_and_not_kept(world: World, tmp_path: Path, bad: str) -> None:
    world.app.session.state_file = tmp_path / "state.json"
    world.draft(READY | NINE)
    async with world.app.run_test(size=SIZE) as pilot:
        await to_section(pilot, world, "f9")
        await until(pilot, world, say("text.review.ready")[:20])
        await pilot.press("a")
        await until(pilot, world, say("screens.assume.title"))
        await pilot.press("end", "backspace", "backspace", *bad)
        for _ in range(7):
            await pilot.press("tab")
        await until(pilot, world, say("screens.assume.answered") + ":")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(world.app.screen, AssumeDialog)
        assert world.app.focused is not None
        assert world.app.focused.id == "answered"
        await pilot.press("escape")
        await until(pilot, world, "40 % of calls answered")
    assert load_state(tmp_path / "state.json").assumptions == {}


async def test_with_nobody_to_call_there_is_nothing_to_assume(world: World) -> None:
    world.draft(READY | NINE, ())
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_section(pilot, world, "f9")
        await until(pilot, world, say("campaign.problem.no_numbers")[:20])
        await pilot.press("a")
        await until(pilot, world, say("screens.assume.nothing")[:40])


def test_assumptions_of_a_damaged_file_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "state.json"
    path.write_text(json.dumps({"assumptions": {"acme": {"talk": "x", "ring": 20, "tries": True}, "b": 3}}),
                    encoding="utf-8")
    assert load_state(path).assumptions == {"acme": {"ring": 20}, "b": {}}
