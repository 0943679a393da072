"""The kit of dialogs, and what screens are made of."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

import tui.screens
from tests.screens.conftest import World
from tests.screens.waiting import until
from tui.app.dialog import CANCEL, Dialog, DialogButton, labelled, problem_line
from tui.app.screen import AppScreen
from tui.core.reason import Reason
from tui.i18n.words import LANGUAGES, Words, say
from tui.operations.services import NotPossible
from tui.text.formats import sentence
from tui.widgets.editors import LineEditor

SIZE = (80, 24)
REASON = Reason("screens.profile.no_key")


class Asking(Dialog[str]):
    BUTTONS = (CANCEL, DialogButton("yes", "common.close"))
    AUTO_FOCUS = "LineEditor"
    LEFT = "left"
    STOPS = "slow"

    def __init__(self) -> None:
        super().__init__()
        self.stopped = False

    def heading(self) -> str:
        return "a\x07b"

    def body(self) -> ComposeResult:
        yield labelled("c", LineEditor(""))
        yield problem_line()

    @property
    def problem(self) -> str:
        return str(self.query_one(".problem", Static).content)

    async def slow(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.stopped = True


async def asking(world: World, answers: list[str | None]) -> Asking:
    dialog = Asking()
    await world.app.push_screen(dialog, answers.append)
    return dialog


async def test_what_is_refused_says_why_until_something_else_is_typed(world: World) -> None:
    async def refused() -> None:
        raise NotPossible(REASON)

    async with world.app.run_test(size=SIZE) as pilot:
        dialog = await asking(world, [])
        await pilot.pause()
        assert not await dialog.attempt(refused)
        assert dialog.problem == sentence(REASON)
        await pilot.press("x")
        await pilot.pause()
        assert dialog.problem == ""


async def test_what_is_done_is_no_problem_and_a_mistake_of_ours_is_raised(world: World) -> None:
    async def done() -> int:
        return 1

    async def mistaken() -> None:
        raise ZeroDivisionError

    async with world.app.run_test(size=SIZE) as pilot:
        dialog = await asking(world, [])
        await pilot.pause()
        assert await dialog.attempt(done)
        with pytest.raises(ZeroDivisionError):
            await dialog.attempt(mistaken)
        assert dialog.problem == ""


async def test_a_problem_is_data_and_leads_to_what_is_to_be_typed_anew(world: World) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        dialog = await asking(world, [])
        await pilot.press("tab")
        dialog.show_problem("one\ntwo", "[b]three", at="LineEditor")
        await pilot.pause()
        assert dialog.problem == "one\\ntwo\n[b]three"
        assert isinstance(dialog.focused, LineEditor)
        assert "a\\x07b" in world.screen_text


@pytest.mark.parametrize("keys", [("escape",), ("tab", "enter")], ids=["esc", "cancel"])
async def test_a_dialog_that_is_left_ends_its_work_and_answers_so(world: World, keys: tuple[str, ...]) -> None:
    answers: list[str | None] = []
    async with world.app.run_test(size=SIZE) as pilot:
        dialog = await asking(world, answers)
        dialog.work(dialog.slow, group="slow")
        await until(pilot, world, say("common.cancel"))
        await pilot.press(*keys)
        await until(pilot, world, say("common.cancel"), gone=True)
        assert answers == ["left"]
        assert dialog.stopped


def screens() -> Iterator[type[Screen[object]]]:
    for found in pkgutil.iter_modules(tui.screens.__path__, "tui.screens."):
        module = importlib.import_module(found.name)
        yield from (each for each in vars(module).values() if isinstance(each, type) and issubclass(each, Screen)
                    and each.__module__ == module.__name__)


def test_a_screen_has_one_base_of_ours_and_a_dialog_that_of_dialogs_besides() -> None:
    for screen in screens():
        ours = [base for base in screen.__mro__[1:] if base.__module__.startswith("tui.")]
        assert ours == ([Dialog, AppScreen] if issubclass(screen, Dialog) else [AppScreen]), screen


def test_dialogs_say_what_is_in_them_and_the_kit_puts_it_together() -> None:
    dialogs = [screen for screen in screens() if issubclass(screen, Dialog)]
    assert len(dialogs) > 25
    assert not [dialog for dialog in dialogs if "compose" in vars(dialog)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_buttons_of_a_dialog_read_the_same(language: str) -> None:
    told = Words(language).say
    for screen in screens():
        labels = [told(button.label) for button in getattr(screen, "BUTTONS", ())]
        assert len(labels) == len(set(labels)), screen
