"""One number over all campaigns: opened from a row or asked for, read by scrolling, copied, written to a file."""

from __future__ import annotations

import dataclasses
import stat
from pathlib import Path

import pytest
from textual.widgets import Input

from tests.screens.conftest import READY, World
from tests.screens.waiting import at_rest, until
from tui.campaign.phone_list import Number
from tui.i18n import words
from tui.i18n.words import say
from tui.operations.phone_list import validated
from tui.screens import person as showing
from tui.screens.calls import CallsScreen
from tui.screens.campaign_detail import CampaignDetailScreen
from tui.screens.campaign_form import CampaignFormScreen
from tui.screens.campaign_list import CampaignListScreen
from tui.screens.file_path import WriteDialog
from tui.screens.person import PersonScreen
from tui.screens.results import ResultsScreen
from tui.widgets.page import Page

SIZES = [(80, 24), (120, 36), (200, 50)]
NUMBER = "0532 123 45 67"
NAME = "Anket [red]x[/] <b>"


def called(world: World) -> int:
    """A number that was busy and then pressed a key, and that a draft of another profile has too."""
    made = world.launched(name=NAME, phones=("05321234567", "05321234568"), values=READY | {"opt_out_key": "1"})
    world.heard(made, ("905321234567", "Meşgul", ""), ("905321234567", "Cevaplandı", "1"))
    draft = world.store.drafts.create("bolt", {"name": "Başka profil"})
    world.store.numbers.add(draft, validated([Number("05321234567", "#456")]))
    return made


def front(world: World) -> type[object]:
    """Which screen is seen."""
    return type(world.app.screen)


@pytest.mark.parametrize("size", SIZES)
async def test_a_number_is_asked_for_in_the_list_and_esc_leads_back(world: World, size: tuple[int, int]) -> None:
    called(world)
    async with world.app.run_test(size=size) as pilot:
        await until(pilot, world, "Anket")
        await pilot.press("number_sign")
        await until(pilot, world, say("screens.person.title"))
        assert isinstance(world.app.focused, Input)
        await pilot.press(*"05321234567", "enter")
        await until(pilot, world, f"› {NUMBER}")
        for said in (say("text.person.summary", calls=2, answered=1, campaigns=2), "Anket [red]x[/] <b>", "(20212)"):
            assert said in world.screen_text
        assert isinstance(world.app.focused, Page)
        await pilot.press("escape")
        await pilot.pause()
        assert front(world) is CampaignListScreen


async def test_what_is_typed_ahead_is_looked_up(world: World) -> None:
    called(world)
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "Anket")
        await pilot.press("N", *"5321234567", "enter", "G")
        await until(pilot, world, f"› {NUMBER}")
        assert world.app.screen.query_one(Input).value == "5321234567"


async def test_from_a_row_of_the_results(world: World) -> None:
    called(world)
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "Anket")
        await pilot.press("r")
        await until(pilot, world, "0532 123 45 68")
        await pilot.press("number_sign")
        await until(pilot, world, f"› {NUMBER}")
        await until(pilot, world, "Başka profil")
        assert say("text.person.refused") in world.screen_text
        await pilot.press("escape")
        await pilot.pause()
        assert front(world) is ResultsScreen


async def test_from_the_attempts_of_a_number(world: World) -> None:
    called(world)
    async with world.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, world, "Anket")
        await pilot.press("r")
        await until(pilot, world, "0532 123 45 68")
        await pilot.press("enter")
        await until(pilot, world, say("screens.calls.title", phone=NUMBER))
        await pilot.press("number_sign")
        await until(pilot, world, f"› {NUMBER}")
        await pilot.press("escape")
        await pilot.pause()
        assert front(world) is CallsScreen


async def test_from_a_number_that_is_in_no_list_and_abroad(world: World) -> None:
    made = world.launched()
    world.heard(made, ("491511234567", "Cevaplandı", "1"))
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "Memnuniyet anketi")
        await pilot.press("r")
        await until(pilot, world, "491511234567")
        await pilot.press("G", "number_sign")
        await until(pilot, world, "› +491511234567")
        assert say("text.person.unlisted") in world.screen_text


async def test_from_a_row_of_a_draft_that_can_be_called_and_from_one_that_can_not(world: World) -> None:
    world.draft(phones=("05321234567", "532"))
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "✎")
        await pilot.press("enter", *["f8"] * 4, "tab")
        await until(pilot, world, "[")
        await at_rest(pilot, world)
        await pilot.press("number_sign")
        await until(pilot, world, f"› {NUMBER}")
        await pilot.press("escape", "down", "number_sign")
        await until(pilot, world, "“532”")
        assert front(world) is PersonScreen
        assert isinstance(world.app.focused, Input)  # with the sentence of lists beneath
        assert world.app.focused.value == "532"
        await pilot.press("escape")
        await pilot.pause()
        assert front(world) is CampaignFormScreen


async def test_from_a_campaign(world: World) -> None:
    called(world)
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "Anket")
        await pilot.press("enter")
        await at_rest(pilot, world)
        assert front(world) is CampaignDetailScreen
        await pilot.press("number_sign")
        await until(pilot, world, say("screens.person.title"))
        assert front(world) is PersonScreen


async def test_what_is_no_number_says_why_and_loses_nothing_that_was_typed(world: World) -> None:
    called(world)
    async with world.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, world, "Anket")
        await pilot.press("number_sign", *"532", "enter")
        await until(pilot, world, "“532”")
        line = world.app.focused
        assert isinstance(line, Input)
        assert line.value == "532"
        await pilot.press("end", *"1234567", "enter")
        await until(pilot, world, f"› {NUMBER}")
        assert "“532”" not in world.screen_text
        await pilot.press("number_sign", *"12", "enter")
        await until(pilot, world, "“12”")
        assert NUMBER in world.screen_text  # what was looked up before is still there, and says whose it is


async def test_that_nothing_is_known_is_said(world: World) -> None:
    world.launched()
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "Memnuniyet anketi")
        await pilot.press("number_sign", *"05329999999", "enter")
        await until(pilot, world, say("text.person.nothing", phone="0532 999 99 99")[:40])


async def test_it_scrolls_to_its_end(world: World) -> None:
    for place in range(12):
        world.draft(READY | {"name": f"Anket {place}"})
    async with world.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, world, "Anket 11")
        await pilot.press("number_sign", *"05321234567", "enter")
        await until(pilot, world, "“Anket 11”")
        assert "“Anket 0”" not in world.screen_text
        await pilot.press("end")
        await until(pilot, world, "“Anket 0”")
        await pilot.press("home")
        await until(pilot, world, "“Anket 11”")


async def test_of_very_many_campaigns_the_newest_are_shown_and_all_are_copied(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "_MOST", 3)
    for place in range(5):
        world.draft(READY | {"name": f"Anket {place}"})
    copied: list[str] = []

    async def copy(text: str) -> bool:
        copied.append(text)
        return True

    monkeypatch.setattr(world.app, "copy", copy)
    async with world.app.run_test(size=(120, 50)) as pilot:
        await until(pilot, world, "Anket 4")
        await pilot.press("number_sign", *"05321234567", "enter")
        await until(pilot, world, say("text.person.older", count=2))
        assert "“Anket 2”" in world.screen_text
        assert "“Anket 1”" not in world.screen_text
        assert say("text.person.summary", calls=0, answered=0, campaigns=5) in world.screen_text
        await pilot.press("y")
        await at_rest(pilot, world)
    (text,) = copied
    assert all(f"“Anket {place}”" in text for place in range(5))


async def test_all_of_it_is_copied_as_text(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    called(world)
    copied: list[str] = []

    async def copy(text: str) -> bool:
        copied.append(text)
        return True

    monkeypatch.setattr(world.app, "copy", copy)
    async with world.app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, world, "Anket")
        await pilot.press("number_sign", *"05321234567", "enter")
        await until(pilot, world, f"› {NUMBER}")
        await pilot.press("y")
        await at_rest(pilot, world)
    (text,) = copied
    assert text.splitlines()[0] == NUMBER
    assert "Cevaplandı" in text
    assert "Başka profil" in text


@pytest.mark.parametrize(("name", "begins"), [("kisi.html", "<!DOCTYPE html>"), ("kisi.csv", "\ufeff")])
async def test_a_file_is_written_and_one_that_is_there_is_asked_about(
    world: World, tmp_path: Path, name: str, begins: str
) -> None:
    called(world)
    path = tmp_path / name
    path.write_text("from before", encoding="utf-8")
    async with world.app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, world, "Anket")
        await pilot.press("number_sign", *"05321234567", "enter")
        await until(pilot, world, f"› {NUMBER}")
        await pilot.press("e")
        await until(pilot, world, say("screens.person.export"))
        assert front(world) is WriteDialog
        assert world.app.screen.query_one(Input).value.endswith("905321234567.html")
        world.app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        await at_rest(pilot, world)
        assert path.read_text(encoding="utf-8") == "from before"
        await pilot.press("enter")
        await at_rest(pilot, world)
        assert front(world) is PersonScreen
    assert path.read_text(encoding="utf-8").startswith(begins)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_in_another_language_what_was_looked_up_is_said_anew(world: World) -> None:
    called(world)
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "Anket")
        await pilot.press("number_sign", *"05321234567", "enter")
        await until(pilot, world, f"› {NUMBER}")
        before = say("text.person.refused")
        words.use("en" if words.language() == "tr" else "tr")
        screen = world.app.screen
        assert isinstance(screen, PersonScreen)
        screen.refresh_texts()
        await until(pilot, world, say("text.person.refused"))
        assert before not in world.screen_text


async def test_a_profile_that_may_only_look_looks(world: World) -> None:
    called(world)
    services = world.app.services
    services.profile = dataclasses.replace(services.profile, read_only=True)
    async with world.app.run_test(size=(120, 36)) as pilot:
        await until(pilot, world, "Anket")
        await pilot.press("number_sign", *"05321234567", "enter")
        await until(pilot, world, f"› {NUMBER}")
