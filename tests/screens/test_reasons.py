"""No command is silent: where it has nothing to do, it says why."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.widgets import Input

from tests.config.test_keymap import OURS
from tests.screens.conftest import READY, World
from tests.screens.waiting import at_work, handled, idle, until
from tui.app.commands import ScreenCommand
from tui.config.keymap import COMMANDS
from tui.i18n.words import say
from tui.numbers.listing import ListOptions
from tui.numbers.source import PastedText, Source
from tui.screens import import_list
from tui.screens.calls import CallsScreen
from tui.screens.campaign_detail import CampaignDetailScreen
from tui.screens.campaign_form import CampaignFormScreen
from tui.screens.campaign_list import CampaignListScreen
from tui.screens.digit_target_editor import DigitTargetEditor
from tui.screens.do_not_call import DoNotCallScreen
from tui.screens.dropped import DroppedDialog
from tui.screens.follow_up_plan import FollowUpPlanScreen
from tui.screens.help import HelpScreen
from tui.screens.import_list import ListImportScreen
from tui.screens.listing import Listing
from tui.screens.menu_summary import MenuSummary
from tui.screens.numbers import NumbersPane
from tui.screens.numbers_list import ListedNumbers
from tui.screens.person import PersonScreen
from tui.screens.profile_form import ProfileDialog
from tui.screens.results import ResultsScreen
from tui.screens.review import ReviewPane
from tui.screens.saved_menus import NamedMenus, NamedMenusDialog
from tui.screens.settings import SettingsScreen
from tui.screens.theme_picker import ThemesDialog
from tui.screens.try_call import TryCallScreen
from tui.store.menus import NamedMenu
from tui.store.suppression import SuppressionSource
from tui.widgets.editors import DaysEditor

SIZE = (80, 24)
WIDE = (130, 36)
# Where there is nothing further in their direction, they have no more to say than a cursor.
MOVING = ("move", "phone", "days")
# What is the same everywhere is looked at once, below.
EVERYWHERE = ("app.quit", "app.suspend", "app.next", "app.previous", "app.help", "app.palette", "app.settings",
              "app.copy")


@dataclass(frozen=True)
class Place:
    """What there is to begin with, and the keys that lead to where `node` hears keys; `shown` is seen there."""

    node: type[DOMNode]
    keys: tuple[str, ...] = ()
    shown: str = ""
    ready: Callable[[World], object] = lambda _world: None
    size: tuple[int, int] = SIZE


def draft(world: World) -> int:
    return world.draft()


def queue(world: World) -> int:
    return world.draft({"name": "Kuyruk", "call_type": "queue"}, ())


def launched(world: World) -> int:
    return world.launched()


def called(world: World) -> None:
    world.heard(world.launched(), ("905321234567", "Cevaplandı", ""))


def refused(world: World) -> None:
    world.store.do_not_call.add("acme", ["905321234567"])


def blocked_there(world: World) -> None:
    world.store.suppression.keep("acme", SuppressionSource.BLOCKED, ["905321234567"])


def deleted(world: World) -> None:
    world.store.drafts.remove(world.draft({"name": "Silinmiş"}))


def only_looks(world: World) -> None:
    world.launched()
    services = world.app.services
    services.profile = replace(services.profile, read_only=True)


def dropped(world: World) -> None:
    world.store.numbers.drop(world.draft(phones=("05321234567", "05321234568")), [1])


NUMBERS = ("enter", *["f8"] * 4, "tab")
PLACES = {
    "an empty list": Place(CampaignListScreen, (), "No campaigns yet"),
    "a list of which nothing fits": Place(CampaignListScreen, ("slash", *"zzz", "enter"), "No campaign matches", draft),
    "a draft": Place(CampaignListScreen, (), "✎", draft),
    "a profile that may only look": Place(CampaignListScreen, (), "● on", only_looks),
    "the list with a pane": Place(CampaignListScreen, (), "● on", launched, WIDE),
    "a campaign that is on": Place(CampaignDetailScreen, ("enter",), "History", launched),
    "a profile that may only look at a campaign": Place(CampaignDetailScreen, ("enter",), "History", only_looks),
    "results of nobody": Place(ResultsScreen, ("r",), "not called yet", launched),
    "results beside their graph": Place(ResultsScreen, ("r",), "not called yet", launched, WIDE),
    "results without a key": Place(ResultsScreen, ("r",), "Cevaplandı", called),
    "results of which none fits": Place(ResultsScreen, ("r", "slash", *"zzz", "enter"), "No number matches", launched),
    "attempts of a number": Place(CallsScreen, ("r", "enter"), "Calls to 0532", called),
    "the history of a number": Place(Listing, ("b", "enter"), "Put on the list", refused),
    "a follow-up plan": Place(FollowUpPlanScreen, ("r", "f"), "never", called),
    "a number that is asked for": Place(PersonScreen, ("number_sign", "tab"), "written any way", launched),
    "a number of which nothing is known": Place(PersonScreen, ("number_sign", *"05329999999", "enter"),
                                               "Nothing is known", launched),
    "the form": Place(CampaignFormScreen, ("enter",), "Name", draft),
    "the form of a queue": Place(CampaignFormScreen, ("enter", *["f8"] * 3), "has no menu", queue),
    "the menu in the form": Place(MenuSummary, ("enter", *["f8"] * 3, *["tab"] * 3), "opens the keypad", draft),
    "days": Place(DaysEditor, ("enter", "f8", *["tab"] * 4), "Mon", draft),
    "a list": Place(NumbersPane, NUMBERS, "[All 1]", draft),
    "a list that was emptied": Place(NumbersPane, (*NUMBERS, "x"), "No numbers yet", draft),
    "rows that were dropped": Place(DroppedDialog, (*NUMBERS, "e"), "Restore all", dropped),
    "no row that was dropped": Place(DroppedDialog, (*NUMBERS, "e"), "No row was removed", draft),
    "review": Place(ReviewPane, ("enter", "f9"), "Ready", draft),
    "review with problems": Place(ReviewPane, ("enter", "f9"), "problem", queue),
    "the menu": Place(DigitTargetEditor, ("enter", "f5", "9"), "not set", draft),
    "a call that is over": Place(TryCallScreen, ("enter", "f5", "t", "x"), "The call is over", draft),
    "a call without numbers": Place(TryCallScreen, ("enter", "f5", "t"), "without a phrase",
                                    lambda world: world.draft(phones=())),
    "no kept menu": Place(NamedMenusDialog, ("enter", "f5", "o"), "No menu is saved", draft),
    "the language": Place(SettingsScreen, ("comma", "shift+tab"), "Language", draft),
    "nobody who is not to be called": Place(DoNotCallScreen, ("b",), "Nobody is on the do-not-call list"),
    "who is not to be called": Place(DoNotCallScreen, ("b",), "by hand", refused),
    "who is blocked at the provider": Place(DoNotCallScreen, ("b", *["right"] * 5), "Blocked at", blocked_there),
    "nobody who was taken off": Place(DoNotCallScreen, ("b", "left"), "No numbers here", refused),
    "profiles": Place(SettingsScreen, ("comma",), "acme", draft),
    "files and folders": Place(SettingsScreen, ("comma", "tab"), "acme", draft),
    "a profile": Place(ProfileDialog, ("comma", "n"), "New profile", draft),
    "help": Place(HelpScreen, ("question_mark",), "Help", draft),
}


def test_every_screen_with_commands_of_its_own_is_looked_at() -> None:
    def commands(node: type[DOMNode]) -> bool:
        ids = {binding.id or "" for binding in node.__dict__.get("BINDINGS", ()) if isinstance(binding, Binding)}
        return any(COMMANDS[binding_id].group not in ("app", "move", "take") for binding_id in ids)

    looked_at = {place.node for place in PLACES.values()} | {ListImportScreen}  # that one below, while it reads
    assert {node for node in OURS if commands(node) and not issubclass(node, App)} <= looked_at


def look(world: World) -> tuple[object, ...]:
    """Everything by which an operator would see that something happened."""
    app = world.app
    told = tuple(notification.message for notification in app._notifications)
    return world.screen_text, tuple(app.screen_stack), app.focused, told


def commands(world: World) -> list[ScreenCommand]:
    typing = isinstance(world.app.focused, Input)
    return [command for command in world.app.commands(world.app.screen)
            if COMMANDS[command.id].group not in MOVING and command.id not in EVERYWHERE
            and (COMMANDS[command.id].while_typing or not typing)]


async def happens(pilot: Pilot[str], world: World, command: ScreenCommand) -> bool:
    """Whether anything is to be seen of a command once its key is pressed; then it is as before."""
    world.app.clear_notifications()
    await pilot.pause()
    before, stack = look(world), list(world.app.screen_stack)
    await pilot.press(COMMANDS[command.id].keys[0])
    await handled(world)
    rounds = 0
    while look(world) == before:
        if rounds == 20:
            return False
        rounds = 0 if at_work(world) else rounds + 1
        await idle(pilot, world)
        await asyncio.sleep(0.02)  # work of other threads has to come in
    await ends(pilot, world, len(stack))
    return True


async def ends(pilot: Pilot[str], world: World, screens: int) -> None:
    """Leave what a command has opened, and wait until its work is over.

    A notice that comes later would be taken for the next command's, or be the same as the next one's and hide it.
    """
    while len(world.app.screen_stack) > screens or at_work(world):
        if len(world.app.screen_stack) > screens:
            await pilot.press("escape")
        await pilot.pause()
        await asyncio.sleep(0.02)
    await handled(world)


@pytest.mark.parametrize("name", PLACES)
async def test_no_command_is_silent(world: World, name: str) -> None:
    place = PLACES[name]
    place.ready(world)
    world.lookups |= {path: httpx.Response(200, json=[]) for path in
                      ("/announcements", "/queues", "/user_statuses", "/caller_ids", "/agent_statuses", "/blacklist")}
    async with world.app.run_test(size=place.size, notifications=True) as pilot:
        await until(pilot, world, "acme")
        for key in place.keys:
            await pilot.press(key)
            await handled(world)
            await ends(pilot, world, len(world.app.screen_stack))  # the next one is for the rows that it has read
        await until(pilot, world, place.shown)
        screen: Any = world.app.screen
        assert any(isinstance(node, place.node) for node in (screen.focused or screen).ancestors_with_self)
        silent = []
        for known in commands(world):
            here = next((command for command in commands(world) if command.id == known.id), None)
            if here is not None and world.app.screen is screen and not await happens(pilot, world, here):
                silent.append(here.id)
        assert silent == []


# What is said

async def said(pilot: Pilot[str], world: World, key: str, sentence: str) -> None:
    """The key is answered by this sentence, whole, and by nothing else."""
    world.app.clear_notifications()
    await pilot.press(key)
    for _ in range(200):
        await pilot.pause()
        told = [notification.message for notification in world.app._notifications]
        if told:
            break
        await asyncio.sleep(0.02)
    assert told == [sentence]


@pytest.mark.parametrize("language", ["tr", "en"], indirect=True)
@pytest.mark.parametrize("name", ["switch", "open", "results", "test", "copy", "delete", "mark", "mark_all", "state"])
async def test_in_an_empty_list_each_command_tells_how_to_fill_it(world: World, name: str) -> None:
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, say("screens.campaigns.empty").split("\n")[0])
        await said(pilot, world, COMMANDS[f"campaigns.{name}"].keys[0],
                   say("screens.campaigns.none_yet"))


async def test_the_sentence_names_the_keys_that_were_chosen_and_the_name_of_a_command_without_any(world: World) -> None:
    world.app.use_keys({"campaigns.new": ("f12", "insert"), "campaigns.adopt": ()})
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "No campaigns yet")
        told = say("screens.campaigns.none_yet")
        assert "f12" in told
        assert f"“{say('key.campaigns.adopt')}”" in told
        await said(pilot, world, "enter", told)


async def test_where_the_filter_hides_all_the_way_back_is_told(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "✎")
        await pilot.press("slash", *"zzz", "enter")
        await until(pilot, world, "No campaign matches")
        await said(pilot, world, "enter", say("screens.campaigns.none_fits"))
        await pilot.press("escape")
        await until(pilot, world, "✎")
        await said(pilot, world, "escape", say("app.how_to_quit"))


async def test_help_and_the_palette_say_it_before_it_is_tried(world: World) -> None:
    world.draft({**READY, "name": "[/x] anketi"})  # what is told is data, never markup
    told = say("screens.campaigns.no_switch", name="[/x] anketi", state=say("campaign.state.draft"))
    async with world.app.run_test(size=WIDE, notifications=True) as pilot:
        await until(pilot, world, "✎")
        why = {command.id: command.why_not for command in world.app.commands(world.app.screen)}
        assert why["campaigns.switch"] == told
        assert why["campaigns.open"] is None
        await said(pilot, world, "space", told)
        await pilot.press("question_mark")
        await until(pilot, world, told[:30])
        await pilot.press("escape", "ctrl+p", *say("key.campaigns.switch"))
        await until(pilot, world, told[:30])


async def test_where_text_is_typed_a_letter_has_nothing_to_say(world: World) -> None:
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "No campaigns yet")
        await pilot.press("slash")
        assert not any(command.why_not for command in world.app.commands(world.app.screen))
        await pilot.press(*"dtr")
        await pilot.pause()
        assert not world.app._notifications
        await pilot.press("shift+up")  # no letter, and no command of a line
        await pilot.pause()
        told = [notification.message for notification in world.app._notifications]
        assert told == [say("app.no_such_key", help="f1")]


async def test_a_profile_that_may_only_look_is_told_before_anything_is_asked(world: World) -> None:
    only_looks(world)
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "● on")
        told = say("operations.refused.read_only", profile="acme")
        for key in ("space", "d", "i", "exclamation_mark"):
            await said(pilot, world, key, told)
        assert len(world.app.screen_stack) == 1


async def test_results_say_why_there_is_nothing_to_narrow_by_or_to_look_into(world: World) -> None:
    world.launched()
    async with world.app.run_test(size=WIDE, notifications=True) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("r")
        await until(pilot, world, say("screens.results.not_called"))
        await said(pilot, world, "enter", say("screens.results.no_attempts", phone="0532 123 45 67"))
        for key in ("s", "d"):
            await said(pilot, world, key, say("screens.results.nothing_came"))
        await said(pilot, world, "v", say("screens.results.all_seen"))


async def test_numbers_say_what_is_missing(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "✎")
        await pilot.press(*NUMBERS)
        await until(pilot, world, "[All 1]")
        await said(pilot, world, "d", say("screens.numbers.choose_filter"))
        await said(pilot, world, "u", say("screens.numbers.undone", what=say("store.step.add", count=1)))
        await until(pilot, world, say("screens.numbers.empty"))
        await said(pilot, world, "u", say("screens.numbers.nothing_to_undo"))
        for key in ("enter", "x", "d", "D", "right", "slash", "b"):
            await said(pilot, world, key, say("screens.numbers.none_yet"))


async def test_before_the_numbers_are_read_they_are_not_said_to_be_none(
        world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    read, reload = asyncio.Event(), ListedNumbers.reload

    async def slowly(listed: ListedNumbers) -> None:
        await read.wait()
        await reload(listed)

    monkeypatch.setattr(ListedNumbers, "reload", slowly)
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "✎")
        await pilot.press(*NUMBERS)
        for key in ("enter", "x", "d", "D", "right", "slash", "b", "r"):
            await said(pilot, world, key, say("screens.still_reading"))
        read.set()
        await until(pilot, world, "[All 1]")


async def test_before_kept_menus_are_read_they_are_not_said_to_be_none(
        world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    read, find = asyncio.Event(), NamedMenus.find

    async def slowly(menus: NamedMenus, words: str) -> list[NamedMenu]:
        await read.wait()
        return await find(menus, words)

    monkeypatch.setattr(NamedMenus, "find", slowly)
    world.store.menus.save("acme", "Anket", {"digit_target_1": "queue/200"})
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "✎")
        await pilot.press("enter", "f5", "o")
        await until(pilot, world, say("screens.menus.load"))
        await said(pilot, world, "f8", say("screens.still_reading"))
        read.set()
        await until(pilot, world, "Anket")


async def test_a_list_that_is_being_read_cannot_be_taken_in_yet(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    read, look_at = threading.Event(), import_list.look

    def slowly(source: Source, options: ListOptions) -> import_list.Looked:
        read.wait(10)
        return look_at(source, options)

    monkeypatch.setattr(import_list, "look", slowly)
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "No campaigns yet")
        await world.app.push_screen(ListImportScreen("a.csv", PastedText("a;b\n05321234567;x\n")))
        await said(pilot, world, "f9", say("screens.import.still_reading"))
        await pilot.press("shift+tab")
        await said(pilot, world, "f4", say("screens.import.nothing_to_pick"))
        read.set()
        await until(pilot, world, "0532 123 45 67")
        await pilot.press("f9")
        await pilot.pause()
        assert not isinstance(world.app.screen, ListImportScreen)


async def test_the_settings_say_what_they_are_about_and_where_they_cannot_be_opened(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "✎")
        await pilot.press("comma")
        await until(pilot, world, say("screens.settings.places"))
        await said(pilot, world, "comma", say("app.settings.here"))
        await said(pilot, world, "d", say("screens.settings.in_use", name="acme"))
        await pilot.press("tab")
        await said(pilot, world, "d", say("screens.settings.go_to_profile"))
        await pilot.press("t")
        await until(pilot, world, say("screens.themes.hint")[:20])
        assert isinstance(world.app.screen, ThemesDialog)
        await said(pilot, world, "comma", say("app.settings.answer_first"))


async def test_enter_in_a_line_of_which_nothing_fits_says_so(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "✎")
        await pilot.press("enter", "f5", "o")
        await until(pilot, world, say("screens.menus.load"))
        for key in ("enter", "f8"):
            await said(pilot, world, key, say("screens.menus.none_kept"))
        await pilot.press("escape", "enter", *"zzz")
        await pilot.pause()
        world.app.clear_notifications()
        await pilot.press("enter")
        await pilot.pause()
        assert len(world.app._notifications) == 1


async def test_ctrl_c_in_a_line_with_nothing_selected_tells_how_to_leave(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "✎")
        told = say("app.how_to_quit")
        await pilot.press("slash")
        await said(pilot, world, "ctrl+c", told)
        await pilot.press("escape", "ctrl+p")
        await until(pilot, world, say("screens.palette.search"))
        await said(pilot, world, "ctrl+c", told)
        await pilot.press("ctrl+p")  # the key that opens it closes it
        await until(pilot, world, "✎")
        assert len(world.app.screen_stack) == 1


async def test_a_campaign_is_copied_from_its_own_screen(world: World) -> None:
    world.launched()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("enter")
        await until(pilot, world, say("screens.campaign.history"))
        await pilot.press("c")
        await until(pilot, world, say("campaign.field.name"))
        assert isinstance(world.app.screen, CampaignFormScreen)
        assert len(world.app.screen_stack) == 2
