"""Keys on the screens: what is active together, held keys, commands that say why they do nothing, other keys."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.screens.conftest import World
from tests.screens.waiting import until
from tui.app.dialog import Dialog
from tui.app.key_dispatch import HELD_SECONDS
from tui.campaign.lifecycle import State
from tui.config.keymap import COMMANDS, given_together
from tui.i18n.words import say
from tui.screens.menu_summary import MenuSummary
from tui.screens.trial_call import TrialCallDialog
from tui.store import ListFilter
from tui.widgets.command_owner import CommandOwner

SIZE = (120, 36)
TO = {
    "list": (), "campaign": ("enter",), "results": ("r",), "person": ("number_sign",), "question": ("d",),
    "adopt": ("i",), "help": ("question_mark",), "palette": ("ctrl+p",), "test call": ("t",),
}


def active(world: World) -> set[str]:
    """The ids of the commands that can be given now."""
    screen = world.app.screen
    return {bound.binding.id for bound in screen.active_bindings.values() if bound.binding.id and bound.enabled}


@pytest.mark.parametrize("to", TO)
async def test_what_is_active_at_once_is_a_place_of_the_key_map(world: World, to: str) -> None:
    """So clashes in the configuration are looked for where there are any."""
    world.launched()
    places = list(map(set, given_together()))
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "● on")
        await pilot.press(*TO[to])
        await pilot.pause()
        for _ in range(6):
            found = active(world)
            assert any(found <= place for place in places), sorted(found)
            await pilot.press("tab")


@pytest.mark.parametrize("section", range(8))
async def test_so_it_is_in_every_section_of_the_form(world: World, section: int) -> None:
    world.draft()
    places = list(map(set, given_together()))
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "✎")
        await pilot.press("enter", *["f8"] * section)
        await pilot.pause()
        for _ in range(8):
            found = active(world)
            assert any(found <= place for place in places), sorted(found)
            await pilot.press("tab")


@pytest.mark.parametrize("key", ["d", "t", "exclamation_mark", "space"])
async def test_a_key_that_asks_confirms_nothing_however_long_it_is_held(world: World, key: str) -> None:
    made = world.launched()
    world.app.held_seconds = HELD_SECONDS
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "● on")
        if key == "space":
            await pilot.press("m")  # what is marked is asked about
        await pilot.press(*[key] * 50)
        await pilot.pause()
    assert world.requests == []
    assert world.store.campaigns.get(made).state is State.ON


async def test_a_held_key_puts_away_one_draft_and_no_more(world: World) -> None:
    for _ in range(5):
        world.draft()
    world.app.held_seconds = HELD_SECONDS
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "✎ draft")
        await pilot.press(*["d"] * 30)
        await until(pilot, world, say("app.held")[:30])
    assert world.store.campaigns.count("acme", ListFilter()) == 4


async def test_nor_does_enter_that_is_held_on_from_the_line_above(world: World) -> None:
    world.launched()
    world.app.held_seconds = HELD_SECONDS
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("t")
        await until(pilot, world, say("screens.test.number"))
        await pilot.press(*"05321112233", *["enter"] * 50)
        await until(pilot, world, say("app.held")[:30])
        dialog = world.app.screen
        assert isinstance(dialog, TrialCallDialog)
        assert not dialog.countdown.counting
    assert world.requests == []


async def test_letters_are_text_where_text_is_typed_whatever_they_are_given_to(world: World) -> None:
    world.draft()
    world.app.use_keys({"app.quit": ("ctrl+q", "z"), "form.next": ("f8", "q")})
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "✎")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("tab", "end", "q", "z", "slash", "Q")
        assert isinstance(world.app.focused, Input)
        await pilot.pause()
        assert world.app.focused.value.endswith("qz/Q")


async def test_a_command_has_the_keys_it_was_given_and_none_where_it_is_off(world: World) -> None:
    world.draft()
    world.app.use_keys({"campaigns.new": ("f12",), "campaigns.copy": ()})
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "✎")
        await pilot.press("n", "c")
        assert len(world.app.screen_stack) == 1
        assert (world.app.keys_of("campaigns.new"), world.app.keys_of("campaigns.copy")) == ("f12", "")
        await pilot.press("f12")
        await until(pilot, world, say("campaign.field.name"))


async def why(pilot: Pilot[str], world: World, key: str, sentence: str) -> None:
    await pilot.press(key)
    await until(pilot, world, sentence[:40])


async def test_a_command_that_does_not_apply_says_why(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "✎")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await why(pilot, world, "f4", say("screens.form.nothing_to_pick"))


@pytest.mark.parametrize("language", ["tr", "en"], indirect=True)
async def test_help_lists_every_command_of_the_screen(world: World) -> None:
    world.launched()
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "●")
        told = {command.id for command in world.app.commands(world.app.screen)}
        assert {binding_id for binding_id in COMMANDS if binding_id.startswith("campaigns.")} <= told
        await pilot.press("question_mark")
        await until(pilot, world, say("screens.help.group_screen"))
        await pilot.press("slash", *say("key.campaigns.webhook")[:8])
        await until(pilot, world, say("does.campaigns.webhook")[:40])  # it is found by its name too
        assert say("does.campaigns.new")[:20] not in world.screen_text


@pytest.mark.parametrize("language", ["tr"], indirect=True)
async def test_the_palette_finds_however_letters_are_typed_and_says_so_where_there_is_none(world: World) -> None:
    world.launched()
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "●")
        await pilot.press("ctrl+p", *"cik")
        await until(pilot, world, "Çık")
        await pilot.press(*["backspace"] * 3, *"numaralarini almadan")
        await until(pilot, world, say("key.campaigns.copy"))  # by what it does, too
        assert say("key.campaigns.sort") not in world.screen_text.split(say("does.campaigns.copy"))[0]
        await pilot.press(*["backspace"] * 20, *"cik")
        await pilot.press(*"zzz")
        await until(pilot, world, say("screens.palette.nothing"))


async def test_so_it_is_with_what_only_an_unconfirmed_campaign_needs(world: World) -> None:
    world.launched()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("enter")
        await until(pilot, world, say("screens.campaign.history"))
        await why(pilot, world, "o", say("screens.campaign.no_resolve", name="Memnuniyet anketi", state="on"))


class Worker(CommandOwner):
    def __init__(self) -> None:
        self.done: list[str] = []

    def why_not(self, action: str) -> str | None:
        return "not this one" if action == "refused" else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "off"

    async def action_do(self, what: str) -> None:
        self.done.append(what)

    async def action_refused(self) -> None:
        self.done.append("refused")

    action_off = action_closed = action_refused


class Owning(Dialog[None]):
    def __init__(self) -> None:
        super().__init__()
        self.worker = Worker()

    def why_not(self, action: str) -> str | None:
        return "closed today" if action == "closed" else None


async def test_a_command_of_an_owner_is_given_to_it_where_neither_it_nor_its_screen_objects(world: World) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        screen, app = Owning(), world.app
        await app.push_screen(screen)
        assert await app.run_action("worker.do('it')", screen)
        assert screen.worker.done == ["it"]
        assert not await app.run_action("worker.off", screen)
        assert await app.run_action("worker.refused", screen)
        assert await app.run_action("worker.closed", screen)
        await pilot.pause()
        assert [notification.message for notification in app._notifications] == ["not this one", "closed today"]
        assert screen.worker.done == ["it"]


async def test_a_notice_that_is_given_again_does_not_go_with_the_first(world: World) -> None:
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        app = world.app
        app.notify("no such file", timeout=10)
        await until(pilot, world, "no such file")
        [first] = app._notifications
        first.raised_at -= 4
        app.notify("no such file", timeout=10)  # a key that is held down
        await pilot.pause()
        assert list(app._notifications) == [first]
        first.raised_at -= 4
        app.notify("no such file", timeout=10)  # a new attempt, when the first answer is about to go
        await pilot.pause()
        [second] = app._notifications
        assert second is not first
        assert world.screen_text.count("no such file") == 1


async def test_a_screen_beneath_another_has_its_own_commands(world: World) -> None:
    """Its footer may be painted once more when another screen is there already."""
    world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "✎")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.cli"))
        await pilot.press(*["f8"] * 3)
        form = world.app.screen
        form.query_one(MenuSummary).focus()
        await pilot.press("1")
        await pilot.pause()
        assert world.app.screen is not form
        assert isinstance(form.focused, MenuSummary)
        assert form.active_bindings["1"].enabled
