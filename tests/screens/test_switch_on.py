"""Switching on asks, wherever it is asked for: phones ring at once. Switching off never does."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from textual.widgets import Static

from tests.screens.conftest import KEY, READY, World
from tests.screens.waiting import until
from tui.campaign.lifecycle import Action, AskedBy, State
from tui.i18n.words import say
from tui.screens.bulk import BulkQuestion
from tui.screens.campaign_list import CampaignListScreen
from tui.screens.question import Notice, Question

SIZE = (80, 24)
WIDE = (130, 36)
OK = httpx.Response(200, text="OK")
PHONES = ("05321234567", "05321234568", "05321234569")


def put_off(world: World, values: dict[str, str] | None = None, provider_id: int = 20212) -> int:
    """A campaign that is off, with three numbers."""
    made = world.launched(phones=PHONES, provider_id=provider_id, values=READY | (values or {}))
    world.store.switches.done(world.store.switches.begin(made, Action.OFF, AskedBy.APP))
    return made


def words_shown(world: World) -> str:
    """What the question in front says."""
    return " ".join(str(said.render()) for said in world.app.screen.query(Static))


@pytest.mark.parametrize("way", [("space",), ("enter", "space"), ("ctrl+p", *"on/off", "enter")])
async def test_each_way_to_switch_one_on_asks_first(world: World, way: tuple[str, ...]) -> None:
    made = put_off(world)
    world.heard(made, ("905321234567", "Cevaplandı", "1"))
    world.answers = [OK]
    async with world.app.run_test(size=WIDE) as pilot:
        await until(pilot, world, "○ off")
        if way[0] == "enter":
            await pilot.press("enter")
            await until(pilot, world, say("screens.campaign.history"))
            way = way[1:]
        await pilot.press(*way)
        await until(pilot, world, say("screens.switch_on.title"))
        told = words_shown(world)
        assert "up to 2 numbers still to call" in told
        assert "It is 12:00 in Istanbul, within its hours: phones ring at once" in told
        (paragraphs,) = [str(said.render()) for said in world.app.screen.query(".text").results(Static)]
        assert [line[:14] for line in paragraphs.split("\n")] == ["“Memnuniyet an", "It is 12:00 in"]
        assert world.requests == []
        await pilot.press("space", "enter")  # neither the key that asked nor the first button does it
        await until(pilot, world, say("screens.switch_on.title"), gone=True)
        assert world.requests == []
        await pilot.press("space")
        await until(pilot, world, say("screens.switch_on.title"))
        await pilot.press("right", "enter")
        await until(pilot, world, "● on")
    assert [request.content for request in world.requests] == [f"key={KEY}&status=on".encode()]


@pytest.mark.parametrize(("values", "told"), [
    ({"time_range_begin": "14:30", "time_range_end": "18:00"}, "calling resumes today 14:30"),
    ({"date_range_end": "2026-11-28", "time_range_begin": "9:00", "time_range_end": "11:00"},
     "calling resumes Thu 26 Nov 09:00"),
    ({"date_range_end": "2026-12-31", "active_days": "1"}, "calling resumes Mon 30 Nov 00:00"),
])
async def test_outside_its_hours_it_tells_when_calling_goes_on(
    world: World, values: dict[str, str], told: str
) -> None:
    put_off(world, values)
    async with world.app.run_test(size=WIDE) as pilot:
        await until(pilot, world, "○ off")
        await pilot.press("space")
        await until(pilot, world, say("screens.switch_on.title"))
        assert told in words_shown(world)
        assert "at once" not in words_shown(world)


async def test_of_one_made_elsewhere_it_is_told_what_is_not_known(world: World) -> None:
    world.store.campaigns.track_foreign("acme", 112, "Başka", State.OFF)
    async with world.app.run_test(size=WIDE) as pilot:
        await until(pilot, world, "Başka")
        await pilot.press("space")
        await until(pilot, world, say("screens.switch_on.title"))
        assert "how many numbers it still has to call isn't known" in words_shown(world)
        assert "phones may ring at once" in words_shown(world)


@pytest.mark.parametrize("over", ["hours", "numbers"])
@pytest.mark.parametrize("way", [("space",), ("enter", "space")])
async def test_a_finished_one_is_not_switched_on(world: World, over: str, way: tuple[str, ...]) -> None:
    values = {"date_range_begin": "2026-11-24", "date_range_end": "2026-11-24"} if over == "hours" else {}
    made = put_off(world, values)
    if over == "numbers":
        world.heard(made, *((f"90{phone[1:]}", "Cevaplandı", "1") for phone in PHONES))
    async with world.app.run_test(size=WIDE, notifications=True) as pilot:
        await until(pilot, world, f"■ {say('campaign.state.finished')}")
        if way[0] == "enter":
            await pilot.press("enter")
            await until(pilot, world, say("screens.campaign.history"))
        await pilot.press("space")
        await until(pilot, world, "create a copy or a follow-up")
        assert not isinstance(world.app.screen, Question)
    assert world.requests == []


async def test_off_never_asks(world: World) -> None:
    world.launched(phones=PHONES)
    world.answers = [OK]
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("space")
        await until(pilot, world, "○ off")
        assert isinstance(world.app.screen, CampaignListScreen)
    assert [request.content for request in world.requests] == [f"key={KEY}&status=off".encode()]


async def test_marked_ones_are_told_with_whom_they_call_and_when(world: World) -> None:
    put_off(world, {"name": "ilk"}, 1)
    put_off(world, {"date_range_end": "2026-11-28", "time_range_begin": "9:00", "time_range_end": "11:00"}, 2)
    put_off(world, {"date_range_begin": "2026-11-24", "date_range_end": "2026-11-24"}, 3)
    world.store.campaigns.track_foreign("acme", 112, "Başka", State.OFF)
    async with world.app.run_test(size=WIDE) as pilot:
        await until(pilot, world, "Başka")
        await pilot.press("M", "space")
        await until(pilot, world, "3 can be switched on")
        assert isinstance(world.app.screen, BulkQuestion)
        told = words_shown(world)
        assert "Up to 6 numbers still to call" in told
        assert "For 1 of them it isn't known how many" in told
        assert "the phones called by 2 campaigns may ring at once" in told
        assert "1 is outside its hours: calling resumes Thu 26 Nov 09:00" in told
        assert "1 stays as it is" in told
        assert "is finished" in told
    assert world.requests == []


@pytest.mark.parametrize("asked", [lambda text: Question("?", text, "!"), lambda text: Notice("?", text)])
async def test_each_paragraph_has_its_line_and_a_line_end_from_outside_has_none(
    world: World, asked: Callable[[list[str]], Question | Notice]
) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        await world.app.push_screen(asked(["one", "t\nwo"]))
        await until(pilot, world, "one")
        assert str(world.app.screen.query_one(".text", Static).render()) == "one\nt\\nwo"
