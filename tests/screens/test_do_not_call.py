"""The do-not-call list in the app: seen, searched, added to, taken from with a reason, imported, exported."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Static

from tests.screens.conftest import READY, World, blocked
from tests.screens.waiting import at_once, until
from tui.i18n.words import say
from tui.screens.do_not_call import DoNotCallScreen
from tui.screens.do_not_call_dialogs import AddDialog, RemoveDialog
from tui.store import DoNotCallReason
from tui.store.suppression import SuppressionSource

FIRST, SECOND, THIRD = "905321234567", "905321234568", "905321234569"
SHOWN = "0532 123 45 6"


@asynccontextmanager
async def the_list(world: World, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Pilot[str]]:
    world.app.services.user_name = lambda: "ayşe"
    async with world.app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, world, "acme")
        await pilot.press("b")
        await until(pilot, world, say("screens.dnc.title"))
        yield pilot


def on_list(world: World) -> dict[str, str]:
    return {row.phone: row.reason for row in world.store.do_not_call.all("acme")}


def events(world: World, phone: str) -> list[tuple[str, str, str]]:
    return [(change.event.value, change.reason, change.by_user)
            for change in world.store.do_not_call.history("acme", phone)]


def pressed(world: World, name: str = "Anket [/x]") -> None:
    """A campaign in which the first number pressed the opt-out key."""
    made = world.launched(name, values=READY | {"digit_target_9": "hangup/hangup", "opt_out_key": "9"})
    world.heard(made, (FIRST, "Cevaplandı", "9"))


# Seen

@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 50)])
async def test_it_says_who_why_since_when_and_by_which_list(world: World, size: tuple[int, int]) -> None:
    pressed(world)
    world.store.do_not_call.add("acme", [SECOND], reason="Şikâyet", by_user="ali")
    world.store.suppression.keep("acme", SuppressionSource.BLOCKED, [THIRD])
    world.store.suppression.keep("acme", SuppressionSource.UNTOLD, ["902121234567"])
    async with the_list(world, size) as pilot:
        await until(pilot, world, f"{SHOWN}7")
        rows = {line[line.index(SHOWN):][:14]: line for line in world.screen_text.splitlines() if SHOWN in line}
        assert "12:00" in rows[f"{SHOWN}7"]
        assert say("text.dnc.pressed_in", name="Anket [/x]") in rows[f"{SHOWN}7"]
        assert "Şikâyet" in rows[f"{SHOWN}8"]
        assert ("ali" in rows[f"{SHOWN}8"]) is (size[0] > 100)
        assert say("store.suppressed.blocked") in rows[f"{SHOWN}9"]
        assert (f"  {say('text.dnc.source.blocked')}  " in rows[f"{SHOWN}9"]) is (size[0] > 100)
        assert " = 4 " in world.screen_text
        assert say("screens.dnc.blocked", count=2, moment="12:00") in world.screen_text


async def test_an_empty_list_says_how_to_fill_it(world: World) -> None:
    async with the_list(world) as pilot:
        await until(pilot, world, "n adds numbers")


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
async def test_how_old_the_lists_of_others_are_is_said_to_its_end(world: World) -> None:
    async with the_list(world, (80, 24)) as pilot:
        await until(pilot, world, say("screens.dnc.no_file"))
        assert say("screens.blocked.never") in " ".join(world.screen_text.split())
        await pilot.resize_terminal(200, 50)
        await until(pilot, world, f'{say("screens.dnc.no_file")}   {say("screens.blocked.never")}')


async def test_what_another_process_adds_comes_by_itself(world: World) -> None:
    async with the_list(world) as pilot:
        await until(pilot, world, say("screens.dnc.none")[:30])
        world.store.do_not_call.add("acme", [FIRST])
        await until(pilot, world, f"{SHOWN}7")
        world.store.do_not_call.remove("acme", [FIRST])
        await until(pilot, world, f"{SHOWN}7", gone=True)


@pytest.mark.parametrize(("words", "found"), [
    ("1234568", [SECOND]), ("+90 532 123 45 68", [SECOND]), ("0532-123-45-67", [FIRST]), ("ikâyet", [SECOND]),
])
async def test_it_is_searched_by_any_writing_and_by_reason(world: World, words: str, found: list[str]) -> None:
    world.store.do_not_call.add("acme", [FIRST])
    world.store.do_not_call.add("acme", [SECOND], reason="Şikâyet etti")
    async with the_list(world) as pilot:
        await until(pilot, world, f"{SHOWN}7")
        await pilot.press("slash")
        world.app.post_message(Paste(words))
        await until(pilot, world, " = 1 ")
        await pilot.press("enter")
        screen = world.app.screen
        assert isinstance(screen, DoNotCallScreen)
        assert [number.phone for number in screen.listed.pages.items.values()] == found
        await pilot.press("escape")  # all again
        await until(pilot, world, " = 2 ")
        await pilot.press("escape")
        await until(pilot, world, say("screens.dnc.title"), gone=True)


async def test_each_list_is_shown_by_itself_and_those_taken_off_too(world: World) -> None:
    pressed(world)
    world.store.do_not_call.add("acme", [SECOND, THIRD])
    world.store.do_not_call.remove("acme", [THIRD], reason="Yanlışlıkla")
    world.store.suppression.keep("acme", SuppressionSource.FILE, [THIRD])
    async with the_list(world) as pilot:
        await until(pilot, world, " = 2 ")  # the profile names no file: it is forgotten
        for key, name, count in (("right", "own", 2), ("right", "pressed", 1), ("right", "by_hand", 1),
                                 ("right", "file", 0), ("right", "blocked", 0), ("right", "removed", 1),
                                 ("right", "all", 2), ("left", "removed", 1)):
            await pilot.press(key)
            await until(pilot, world, f" = {count} ")
            chosen = {each: say(f"screens.dnc.filter_{each}") for each in
                      ("all", "own", "pressed", "by_hand", "file", "blocked", "removed")}[name]
            await until(pilot, world, f"[{chosen}]")
        await until(pilot, world, "Yanlışlıkla")


async def test_a_file_that_has_changed_is_read(world: World, tmp_path: Path) -> None:
    path = tmp_path / "dnc.csv"
    path.write_text("Tel\n0532 123 45 67\nbilinmiyor\n", encoding="utf-8")
    services = world.app.services
    services.profile = replace(services.profile, do_not_call=path)
    async with the_list(world) as pilot:
        await until(pilot, world, "dnc.csv: 1 number (12:00)")
        await until(pilot, world, f"{SHOWN}7")
        assert any("row 3" in notice.message for notice in world.app._notifications)
        await pilot.press("d")
        await until(pilot, world, "is in the do-not-call file")


# Added to

async def test_a_number_comes_on_it_with_the_reason(world: World) -> None:
    async with the_list(world) as pilot:
        await until(pilot, world, say("screens.dnc.none")[:30])
        at_once(world, "n", *"532", "enter", "enter")
        await until(pilot, world, "“532”")
        assert on_list(world) == {}
        await pilot.press("ctrl+u", *"05321234567", "enter", *"Called us", "enter")
        await until(pilot, world, "1 number was put on the do-not-call list")
        await until(pilot, world, f"{SHOWN}7")
    assert on_list(world) == {FIRST: "Called us"}
    assert events(world, FIRST) == [("added", "Called us", "ayşe")]


async def test_of_many_that_are_pasted_those_that_cannot_be_read_stay_with_the_reason(world: World) -> None:
    world.store.do_not_call.add("acme", [FIRST])
    async with the_list(world) as pilot:
        await until(pilot, world, f"{SHOWN}7")
        await pilot.press("n")
        await until(pilot, world, say("screens.dnc.add_text")[:30])
        world.app.post_message(Paste("0532 123 45 67\n0532 123 45 68\n5,32E+09\nAyşe\n"))
        await pilot.press("enter", "enter")
        await until(pilot, world, "1 number was put on the do-not-call list; already on it: 1.")
        assert isinstance(world.app.screen, AddDialog)
        assert world.app.screen._numbers.value == "5,32E+09; Ayşe"
        assert "5,32E+09" in world.screen_text
        assert set(on_list(world)) == {FIRST, SECOND}
        await pilot.press("escape")
        await until(pilot, world, say("screens.dnc.add_text")[:30], gone=True)


async def test_nothing_typed_is_said(world: World) -> None:
    async with the_list(world) as pilot:
        await until(pilot, world, say("screens.dnc.none")[:30])
        await pilot.press("n", "enter", "enter")
        await until(pilot, world, say("screens.dnc.type_number"))


async def test_a_reason_that_is_too_long_adds_nothing_and_costs_nothing(world: World) -> None:
    async with the_list(world) as pilot:
        await until(pilot, world, say("screens.dnc.none")[:30])
        await pilot.press("n", *"05321234567", "enter")
        world.app.post_message(Paste("x" * 201))
        await pilot.press("enter")
        await until(pilot, world, "The reason has 201 characters")
        assert isinstance(world.app.screen, AddDialog)
        assert world.app.screen._numbers.value == "05321234567"
    assert on_list(world) == {}


async def test_a_file_is_imported_and_what_holds_no_number_is_named(world: World, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Ad;Tel\nA;0532 123 45 67\nB;yok\nC;0532 123 45 68\n", encoding="utf-8")
    world.store.do_not_call.add("acme", [FIRST])
    async with the_list(world) as pilot:
        await until(pilot, world, f"{SHOWN}7")
        await pilot.press("n")
        world.app.post_message(Paste(str(path)))
        await pilot.press("enter", "enter")
        await until(pilot, world, "1 number was put on the do-not-call list; already on it: 1.")
        await until(pilot, world, "(line 3)")
        await pilot.press("escape")
        await until(pilot, world, f"{SHOWN}8")
    assert on_list(world) == {FIRST: "", SECOND: "list.csv"}
    assert events(world, FIRST)[0] == ("asked_again", "list.csv", "ayşe")


async def test_a_file_that_is_not_there_is_said_and_stays_typed(world: World, tmp_path: Path) -> None:
    async with the_list(world) as pilot:
        await until(pilot, world, say("screens.dnc.none")[:30])
        await pilot.press("n")
        world.app.post_message(Paste(str(tmp_path / "absent.csv")))
        await pilot.press("enter", "enter")
        await until(pilot, world, "There is no file")
        assert isinstance(world.app.screen, AddDialog)


# Taken from

async def test_it_is_taken_off_with_a_reason_alone_and_that_stays_known(world: World) -> None:
    pressed(world)
    async with the_list(world) as pilot:
        await until(pilot, world, f"{SHOWN}7")
        await pilot.press("d")
        await until(pilot, world, say("screens.dnc.remove_text")[:30])
        assert say("text.dnc.pressed_in", name="Anket [/x]") in world.screen_text
        await pilot.press("enter", "enter")
        await until(pilot, world, say("screens.dnc.reason_needed"))
        assert set(on_list(world)) == {FIRST}
        await pilot.press(*"Wants it", "enter", "enter")
        await until(pilot, world, say("screens.dnc.removed", phone=f"{SHOWN}7"))
        assert on_list(world) == {}
        await pilot.press("left")
        await until(pilot, world, "Wants it")
        await pilot.press("enter")
        await until(pilot, world, "Taken off the list: Wants it (ayşe)")
        assert "Put on the list: Pressed the opt-out key in “Anket [/x]”" in world.screen_text


async def test_left_it_stays(world: World) -> None:
    world.store.do_not_call.add("acme", [FIRST])
    async with the_list(world) as pilot:
        await until(pilot, world, f"{SHOWN}7")
        await pilot.press("d", *"Because", "escape")
        await until(pilot, world, say("screens.dnc.remove_text")[:30], gone=True)
        assert not isinstance(world.app.screen, RemoveDialog)
    assert set(on_list(world)) == {FIRST}


@pytest.mark.parametrize(("source", "sentence"), [
    (SuppressionSource.BLOCKED, "is blocked at the provider. Unblock it"),
    (SuppressionSource.UNTOLD, "is blocked at the provider. Unblock it"),
])
async def test_what_others_say_is_not_taken_off_here(world: World, source: SuppressionSource, sentence: str) -> None:
    world.store.suppression.keep("acme", source, [FIRST])
    async with the_list(world) as pilot:
        await until(pilot, world, f"{SHOWN}7")
        await pilot.press("d")
        await until(pilot, world, sentence)
        assert isinstance(world.app.screen, DoNotCallScreen)
        await pilot.press("enter")  # it has no history of ours, and the line says which list it is
        await until(pilot, world, say("common.close"))


async def test_those_blocked_at_the_provider_are_fetched(world: World) -> None:
    world.lookups["/blocked_numbers"] = blocked(FIRST)
    async with the_list(world) as pilot:
        await until(pilot, world, say("screens.blocked.never"))
        await pilot.press("f", "tab", "enter")
        await until(pilot, world, "1 number is blocked")
        await pilot.press("escape")
        await until(pilot, world, f"{SHOWN}7")


async def test_that_another_fetch_was_begun_meanwhile_is_told(world: World) -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        world.store.suppression.claim("acme", SuppressionSource.BLOCKED)
        return blocked(FIRST)

    world.lookups["/blocked_numbers"] = answer
    async with the_list(world) as pilot:
        await pilot.press("f", "tab", "enter")
        await until(pilot, world, "1 number is blocked")
        told = str(world.app.screen.query_one("#status", Static).content)
        assert told.splitlines()[1:] == [say("operations.blocked.overtaken")]


# Exported

async def test_what_is_shown_is_written(world: World, tmp_path: Path) -> None:
    pressed(world)
    world.store.do_not_call.add("acme", [SECOND], reason="=1+1", by_user="ali")
    path = tmp_path / "out.csv"
    async with the_list(world) as pilot:
        await until(pilot, world, " = 2 ")
        await pilot.press("e", "ctrl+u")
        world.app.post_message(Paste(str(path)))
        await pilot.press("enter")
        await until(pilot, world, "2 ")
        for _ in range(100):
            if path.exists():
                break
            await pilot.pause(0.02)
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["Number", "Reference", "List", "When", "Why", "By"]
    assert sorted(rows) == [
        [FIRST, "", "own list", "2026-11-25 12:00:00", "Pressed the opt-out key in “Anket [/x]”", ""],
        [SECOND, "", "own list", "2026-11-25 12:00:00", "'=1+1", "ali"]]


# From every row

async def test_from_the_results_a_number_is_never_called_again(world: World) -> None:
    made = world.launched(phones=("05321234567", "05321234568"))
    world.heard(made, (FIRST, "Cevaplandı", ""))
    world.app.services.user_name = lambda: "ayşe"
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("r")
        await until(pilot, world, f"{SHOWN}7")
        await pilot.press("b")
        await until(pilot, world, f"Never call {SHOWN}7 again?")
        await pilot.press("escape")
        await until(pilot, world, "Never call 0532", gone=True)
        assert on_list(world) == {}
        await pilot.press("B", *"Shouted", "enter", "enter")
        await until(pilot, world, say("screens.never.done", phone=f"{SHOWN}7"))
        assert on_list(world) == {FIRST: "Shouted"}
        await pilot.press("b")
        await until(pilot, world, "A reason you enter")
        await pilot.press(*"Again", "enter", "enter")
        await until(pilot, world, say("screens.never.already", phone=f"{SHOWN}7"))
    assert events(world, FIRST) == [("asked_again", "Again", "ayşe"), ("added", "Shouted", "ayşe")]


async def test_from_a_drafts_list_a_number_is_never_called_and_the_launch_leaves_it_out(world: World) -> None:
    world.draft(phones=("05321234567", "05321234568"))
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, world, "draft")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press(*["f8"] * 4)
        await until(pilot, world, "[All 2]")
        await pilot.press("tab", "B")
        await until(pilot, world, "Never call 0532 123 45 67 again?")
        await pilot.press("enter", "enter")
        await until(pilot, world, say("screens.never.done", phone=f"{SHOWN}7"))
        assert on_list(world) == {FIRST: ""}
        await pilot.press("f9")
        await until(pilot, world, "1 number is left out")


async def test_what_is_no_number_is_said(world: World) -> None:
    world.draft(phones=("Ayşe",))
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, world, "draft")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press(*["f8"] * 4)
        await until(pilot, world, "Ayşe")
        await pilot.press("tab", "B")
        await until(pilot, world, say("screens.never.no_number", value="Ayşe"))
    assert on_list(world) == {}


async def test_one_that_pressed_the_key_stays_so(world: World) -> None:
    pressed(world)
    async with the_list(world) as pilot:
        await until(pilot, world, f"{SHOWN}7")
        await pilot.press("n", *"05321234567", "enter", *"Too", "enter")
        await until(pilot, world, "0 numbers were put on the do-not-call list; already on it: 1.")
    (row,) = world.store.do_not_call.all("acme")
    assert (row.why, row.reason) == (DoNotCallReason.PRESSED, "")


async def test_from_what_is_known_of_a_number_it_is_never_called_again_and_that_is_shown(world: World) -> None:
    world.store.do_not_call.add("acme", [SECOND])
    world.launched(phones=("05321234567", "05321234569"))
    async with the_list(world) as pilot:
        await until(pilot, world, f"{SHOWN}8")
        await pilot.press("number_sign")
        await until(pilot, world, say("screens.person.title"))
        await until(pilot, world, "put on the do-not-call list by hand")
        await pilot.press("escape", "escape", "r")
        await until(pilot, world, f"{SHOWN}7")
        await pilot.press("number_sign")
        await until(pilot, world, say("screens.person.title"))
        await until(pilot, world, "Memnuniyet anketi")
        await pilot.press("b")
        await until(pilot, world, f"Never call {SHOWN}7 again?")
        await pilot.press(*"Asked", "enter", "enter")
        await until(pilot, world, "put on the do-not-call list by hand")
    assert on_list(world)[FIRST] == "Asked"
