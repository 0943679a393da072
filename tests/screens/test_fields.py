"""Fields of the form: days and times in many writings, each with what was understood beside it."""

from __future__ import annotations

import pytest
from textual import events
from textual.pilot import Pilot

from tests.screens.conftest import READY, World
from tests.screens.waiting import at_rest, until
from tui.i18n.words import say
from tui.widgets.editors import LineEditor

SIZE = (80, 24)


async def to_schedule(pilot: Pilot[str], world: World) -> None:
    await until(pilot, world, "draft" if say("text.today") == "today" else "taslak")
    await pilot.press("enter")
    await until(pilot, world, say("campaign.field.name"))
    await pilot.press("f8")
    await until(pilot, world, say("campaign.field.date_range_begin"))


def line_of(world: World, field: str) -> str:
    """What is painted in the line of a field."""
    label = say(f"campaign.field.{field}")
    return next(line for line in world.screen_text.splitlines() if label in line)


@pytest.mark.parametrize("language", ["tr"], indirect=True)
async def test_a_day_is_understood_at_once_and_kept_in_one_form(world: World) -> None:
    draft = world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await to_schedule(pilot, world)
        await pilot.press(*"yarın")
        await until(pilot, world, "→ Per 26 Kas 2026")
        assert "yarın" in line_of(world, "date_range_begin")  # while it is typed, it stays as it is typed
        await until(pilot, world, say("screens.form.kept"))
        assert world.store.campaigns.get(draft).fields["date_range_begin"] == "2026-11-26"
        await pilot.press("down", *"+7", "down", *"930", "down", *"17.30", "down")
        await until(pilot, world, "2026-12-02")
        assert "2026-11-26" in line_of(world, "date_range_begin")
        assert "Per 26 Kas 2026" in line_of(world, "date_range_begin")
        assert "→" not in world.screen_text
        assert "09:30" in line_of(world, "time_range_begin")
        assert "17:30" in line_of(world, "time_range_end")
        await until(pilot, world, say("screens.form.kept"))
    fields = world.store.campaigns.get(draft).fields
    assert [fields[name] for name in ("date_range_begin", "date_range_end", "time_range_begin", "time_range_end")] == [
        "2026-11-26", "2026-12-02", "09:30", "17:30"]


async def test_a_time_says_how_it_is_understood_while_it_is_typed(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await to_schedule(pilot, world)
        await pilot.press("down", "down", *"9")
        await until(pilot, world, "→ 09:00")
        await pilot.press("shift+tab")
        await until(pilot, world, "→ 09:00", gone=True)
        assert "09:00" in line_of(world, "time_range_begin")


async def test_what_is_half_typed_stays_so_while_the_operator_looks_at_another_window(world: World) -> None:
    draft = world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await to_schedule(pilot, world)
        await pilot.press(*"25.1")
        await until(pilot, world, "→ Mon 25 Jan 2027")
        world.app.post_message(events.AppBlur())
        await until(pilot, world, "25.1 ")
        world.app.post_message(events.AppFocus())
        await pilot.pause()
        await pilot.press(*"2", "down")
        await until(pilot, world, "Fri 25 Dec 2026")
        await until(pilot, world, say("screens.form.kept"))
    assert world.store.campaigns.get(draft).fields["date_range_begin"] == "2026-12-25"


async def test_a_day_and_what_follows_typed_in_one_burst_land_where_they_belong(world: World) -> None:
    draft = world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await to_schedule(pilot, world)
        await pilot.press(*"25.11", "enter", *"friday", "up", "x", "backspace", "down", "down", *"9", "escape")
        await until(pilot, world, "draft")
    fields = world.store.campaigns.get(draft).fields
    assert fields["date_range_begin"] == "2026-11-25"
    assert fields["date_range_end"] == "2026-11-27"
    assert fields["time_range_begin"] == "09:00"


@pytest.mark.parametrize(("keys", "text", "problem"), [
    ("31.02", "31.02", say("campaign.problem.day", value="31.02", last=29)),
    ("25.11.26", "25.11.26", say("campaign.problem.year", value="25.11.26", first=2000, last=2999)),
    ("[/x]", "[/x]", say("campaign.problem.date", value="[/x]")),
])
async def test_what_is_not_understood_stays_as_it_was_typed_and_says_why(
    world: World, keys: str, text: str, problem: str
) -> None:
    draft = world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await to_schedule(pilot, world)
        await pilot.press(*keys, "down")
        await until(pilot, world, problem[:30])
        await until(pilot, world, say("screens.form.kept"))
        assert text in line_of(world, "date_range_begin")
        assert "→" not in world.screen_text
    assert world.store.campaigns.get(draft).fields["date_range_begin"] == text


async def test_a_word_that_was_kept_long_ago_is_not_understood_anew(world: World) -> None:
    """What `tomorrow` meant when it was written, nobody knows."""
    draft = world.draft(READY | {"date_range_begin": "tomorrow", "date_range_end": "25.12.2026"})
    revision = world.store.campaigns.get(draft).revision
    async with world.app.run_test(size=SIZE) as pilot:
        await to_schedule(pilot, world)
        await until(pilot, world, say("campaign.problem.date", value="tomorrow")[:30])
        assert "Fri 25 Dec 2026" in line_of(world, "date_range_end")
        await pilot.press("down", "down", "up", "f8", "f7")
        await until(pilot, world, say("campaign.field.date_range_begin"))
        assert "tomorrow" in line_of(world, "date_range_begin")
        await pilot.press("escape")
        await until(pilot, world, "draft")
    assert world.store.campaigns.get(draft).revision == revision


async def test_the_meaning_gives_way_to_a_long_text(world: World) -> None:
    world.draft(READY | {"cli": "0212 963 01 31"})
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "draft")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("down", "down", "end")
        editor = world.app.focused
        assert isinstance(editor, LineEditor)
        await at_rest(pilot, world)  # the form has said what it means itself
        editor.meaning = "a meaning"
        await until(pilot, world, "0212 963 01 31  a meaning")
        await pilot.press(*" 00000000000000000000000")
        await until(pilot, world, "000000000")
        assert "meaning" not in world.screen_text
