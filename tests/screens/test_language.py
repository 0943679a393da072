"""The language changed while the app runs: every screen says what it would have said from the start."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input

from tests.screens.conftest import KEY, READY, World
from tests.screens.waiting import idle, until
from tui.app.app import SantralApp
from tui.app.screen import AppScreen
from tui.campaign.lifecycle import Action, AskedBy
from tui.config.ui_state import load_state
from tui.core.reason import Reason
from tui.i18n import words
from tui.i18n.words import say
from tui.screens.campaign_form import CampaignFormScreen
from tui.screens.question import Question
from tui.screens.routes import ScreenRoutes
from tui.store import DoNotCallReason
from tui.store.errors import StoreFull
from tui.widgets.lines import TitleLine

SIZES = [(80, 24), (130, 40)]
BAD = {"name": "Taslak [/x]", "time_range_begin": "25:00", "date_range_begin": "2026-11-30", "webhook_url": "ftp://x",
       "digit_target_1": "queue:201", "digit_target_9": "announcement/7", "digit_retries": "2", "is_commercial": "true"}
TABLE = "gsm;vade;tutar\n05321234567;03/04/2026;1.234\nabc;04/05/2026;2.345\n"


@dataclass(frozen=True)
class Way:
    """Keys that lead to a screen, and a text that tells that one is there."""

    name: str
    keys: Sequence[str]
    there: str
    again: Sequence[str] | None = None  # the keys where something typed has been kept meanwhile

    def __str__(self) -> str:
        return self.name


SECTIONS = ("campaign.field.cli", "campaign.field.active_days", "campaign.field.ring_timeout", "text.menu.hears",
            "screens.numbers.typed", "campaign.field.iys_brand_code", "campaign.field.webhook_url")
DRAFT = ("G",)  # the draft is the last but one, the launched one the first
WAYS = [
    Way("list", (), "text.column.state"),
    Way("list, filtered", ("slash", "t", "a"), "text.column.state"),
    Way("list, nothing found", ("slash", "z", "z"), "screens.campaigns.nothing_found"),
    *(Way(f"form {place + 1}", ("G", "enter", *["f8"] * place), told) for place, told in enumerate(SECTIONS)),
    Way("form, typed", ("G", "enter", "tab", "end", "!"), "screens.form.kept", ("G", "enter", "tab", "end")),
    Way("review", ("G", "enter", "f9"), "text.review.tries_default"),
    Way("review, no request", ("G", "enter", "f9", "v"), "screens.review.no_request"),
    Way("a row of the list of numbers", ("G", "enter", *["f8"] * 4, "tab", "down"), "screens.numbers.typed"),
    Way("menu", ("G", "enter", "f5"), "text.menu.hears"),
    Way("menu, swapping", ("G", "enter", "f5", "s"), "text.menu.hears"),
    Way("try, hung up", ("G", "enter", "f5", "t", "1", "x"), "screens.try.report"),
    Way("campaign", ("g", "enter"), "screens.campaign.history"),
    Way("settings", ("comma",), "screens.settings.place_log"),
    Way("settings over the form", ("G", "enter", "comma"), "screens.settings.place_log"),
    Way("who is not to be called", ("b",), "text.dnc.pressed"),
    Way("who is not to be called, searched", ("b", "slash", "5"), "text.dnc.pressed"),
    Way("nobody who was taken off", ("b", "left"), "screens.dnc.none_here"),
    Way("a number that is asked for", ("number_sign",), "screens.person.about"),
    Way("results", ("g", "r"), "screens.results.statuses"),
    Way("the calls of a number", ("g", "r", "enter"), "screens.calls.not_asked"),
    Way("a follow-up plan", ("g", "r", "f"), "text.outcome.busy"),
    Way("results, searched", ("g", "r", "slash", "5"), "screens.results.statuses"),
]


@pytest.fixture
def filled(world: World) -> World:
    world.has_account()
    world.lookups["/caller_ids"] = httpx.Response(200, json=["902129630131"])
    draft = world.draft(READY | BAD, ("abc", "05321234567", "0532 123 45 67"))
    launched = world.launched("Anket", phones=("05321234567", "05321234568"))
    world.heard(launched, ("905321234567", "Meşgul", ""), ("905321234567", "Cevaplandı", "1"))
    switched = world.store.switches.begin(launched, Action.OFF, AskedBy.APP)
    world.store.switches.failed(switched, Reason("operations.switch.cancelled"))
    assert draft < launched
    world.store.do_not_call.add("acme", ["905321234569"], DoNotCallReason.PRESSED)
    world.app.session.state_file = world.app.config.path.parent / "state.json"
    return world


def another(world: World) -> World:
    """The app begun anew on what is kept."""
    return replace(world, app=SantralApp(world.app.session, ScreenRoutes()))


async def rest(pilot: Pilot[str], world: World) -> str:
    """What is shown when nothing changes any more."""
    before, same = "", 0
    for _ in range(400):
        await idle(pilot, world)
        await asyncio.sleep(0.02)
        same = same + 1 if world.screen_text == before else 0
        before = world.screen_text
        if same == 8:
            return before
    raise AssertionError(f"never at rest:\n{before}")


async def go(pilot: Pilot[str], world: World, way: Way, keys: Sequence[str]) -> str:
    await until(pilot, world, "Taslak")
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    await until(pilot, world, say(way.there).split("\n")[0].split("{", maxsplit=1)[0][:30])
    return await rest(pilot, world)


@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize(("first", "then"), [("en", "tr"), ("tr", "en")])
async def test_a_screen_says_what_it_would_have_said_from_the_start(
    filled: World, way: Way, first: str, then: str,
) -> None:
    size = SIZES[first == "tr"]
    words.use(first)
    async with filled.app.run_test(size=size) as pilot:
        before = await go(pilot, filled, way, way.keys)
        focused, screen = filled.app.focused, filled.app.screen
        typed = {box: (box.value, box.selection) for box in screen.query(Input)}
        filled.app.speak(then)
        shown = await rest(pilot, filled)
        assert shown != before
        assert filled.app.screen is screen
        assert filled.app.focused is focused
        assert {box: (box.value, box.selection) for box in screen.query(Input)} == typed
    begun = another(filled)
    async with begun.app.run_test(size=size) as pilot:
        fresh = await go(pilot, begun, way, way.keys if way.again is None else way.again)
    assert shown.splitlines() == fresh.splitlines()


@pytest.mark.parametrize(("first", "then"), [("en", "tr"), ("tr", "en")])
async def test_what_lies_beneath_speaks_the_new_language_too(filled: World, first: str, then: str) -> None:
    words.use(first)
    async with filled.app.run_test(size=(80, 24)) as pilot:
        await go(pilot, filled, Way("", (), "text.menu.hears"), ("G", "enter", "f5"))
        filled.app.speak(then)
        await pilot.press("escape")
        await until(pilot, filled, say("campaign.field.cli"))
        await pilot.press("escape")
        await until(pilot, filled, say("key.campaigns.new"))
        shown = await rest(pilot, filled)
    begun = another(filled)
    async with begun.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, begun, "Taslak")
        await pilot.press("G")
        assert shown == await rest(pilot, begun)


async def test_a_list_on_its_way_in_keeps_what_was_decided(world: World) -> None:
    world.draft(READY, ())
    async with world.app.run_test(size=(100, 30)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("enter", "f8", "f8", "f8", "f8")
        await until(pilot, world, say("screens.numbers.add")[:20])
        form = world.app.screen
        assert isinstance(form, CampaignFormScreen)
        from textual import events

        form.focused.post_message(events.Paste(TABLE))  # type: ignore[union-attr]  # the line has the focus
        await until(pilot, world, say("screens.import.title", name=say("screens.import.pasted")))
        await pilot.press(*"#456 {vade} #457 {tutar}")
        await until(pilot, world, say("screens.import.answer_first", count=2))
        await pilot.press("down", "right")  # one of the questions is answered
        await until(pilot, world, say("screens.import.answer_first", count=1))
        world.app.speak("tr")
        shown = await rest(pilot, world)
        assert say("screens.import.title", name=say("screens.import.pasted")) in shown
        assert say("screens.import.answer_first", count=1) in shown
        assert "{vade}" in shown
        english = words.Words("en")
        for key in ("import.header_yes", "import.separator_semicolon", "import.phone", "import.unanswered",
                    "import.nowhere", "import.not_callable", "numbers.phrase"):
            assert english.say(f"screens.{key}") not in shown.replace("CSV", "")
        for kind in ("date", "amount"):
            assert say(f"numbers.question.{kind}", column="§", value="§").split("§")[-1].strip()[:12] in shown


async def test_a_problem_that_is_told_follows(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.draft()

    def full(*_: object) -> None:
        raise StoreFull(Reason("store.full", {"path": "x"}))

    monkeypatch.setattr(world.store.drafts, "change", full)
    async with world.app.run_test(size=(100, 30)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.cli"))
        form = world.app.screen
        assert isinstance(form, CampaignFormScreen)
        await pilot.press("tab", "end", "x")
        await until(pilot, world, say("screens.form.not_kept"))
        world.app.speak("tr")
        await until(pilot, world, say("screens.form.not_kept"))
        assert "KAYDEDİLMEDİ" in world.screen_text


async def test_a_draft_without_a_name_is_told_in_the_new_language_while_it_is_being_kept(world: World) -> None:
    world.draft({"call_type": "ivr"}, ())
    async with world.app.run_test(size=(100, 30)) as pilot:
        await until(pilot, world, say("screens.unnamed"))
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.cli"))
        form = world.app.screen
        assert isinstance(form, CampaignFormScreen)
        form.model.unsaved["cli"] = "9"
        world.app.speak("tr")
        assert form.query_one(TitleLine).left == "acme › (adsız)"
        form.model.unsaved.clear()


async def test_the_choice_is_kept_for_the_next_start(filled: World) -> None:
    async with filled.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, filled, "Taslak")
        await pilot.press("ctrl+p", *"langu")
        await until(pilot, filled, "Türkçe")
        await pilot.press("enter")
        await until(pilot, filled, "Kampanya")
        await filled.app.workers.wait_for_complete()
    assert filled.app.session.state_file is not None
    assert load_state(filled.app.session.state_file).language == "tr"


async def test_what_was_told_in_the_same_moment_is_not_left_in_the_old_language(filled: World) -> None:
    async with filled.app.run_test() as pilot:
        await pilot.pause()
        filled.app.notify("zub")
        filled.app.speak("tr")
        await pilot.pause()
        assert [told.message for told in filled.app._notifications] == []


async def test_nor_does_it_come_up_while_the_app_is_busy(filled: World) -> None:
    """Messages to the app wait for one another: behind what was told there is something that takes its time."""
    goes_on = asyncio.Event()
    async with filled.app.run_test(notifications=True) as pilot:
        await pilot.pause()
        filled.app.call_later(asyncio.sleep, 0)
        filled.app.notify("zub")
        filled.app.call_later(goes_on.wait)
        filled.app.speak("tr")
        shown = []
        for _ in range(100):
            await asyncio.sleep(0)  # the app's own messages, up to the one that waits
            shown += [told.message for told in filled.app._notifications]
        goes_on.set()
        await pilot.pause()
        assert shown == []
        filled.app.notify("vlim")
        await until(pilot, filled, "vlim")


async def test_over_a_question_the_language_is_not_offered(world: World) -> None:
    async with world.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, world, say("screens.campaigns.empty").split("\n")[0])
        assert any("Türkçe" in command.title for command in world.app.appearance_commands())
        await world.app.push_screen(Question("a", "b", "c"))
        assert not any("Türkçe" in command.title for command in world.app.appearance_commands())


def test_every_full_screen_is_among_the_ways() -> None:
    """A screen that is new is to be looked at here."""
    import tui.screens

    for path in sorted(Path(tui.screens.__path__[0]).glob("*.py")):
        __import__(f"tui.screens.{path.stem}")
    known = {"CampaignListScreen", "CampaignDetailScreen", "CampaignFormScreen", "DigitTargetEditor",
             "TryCallScreen", "ResultsScreen", "CallsScreen", "DoNotCallScreen", "PersonScreen", "FollowUpPlanScreen",
             "ListImportScreen", "FirstRunScreen", "SettingsScreen"}
    assert {screen.__name__ for screen in shown(AppScreen)} == known


def shown(screen: type[AppScreen[Any]]) -> Iterator[type[AppScreen[Any]]]:
    """The full screens that are shown: those that no other is made of."""
    made = [each for each in screen.__subclasses__() if each.__module__.startswith("tui.")]
    for each in made:
        yield from shown(each)
    if not made and not issubclass(screen, ModalScreen):
        yield screen


async def test_the_key_of_the_first_run_stays_typed(world: World) -> None:
    from tui.screens.first_run import FirstRunScreen

    async with world.app.run_test(size=(80, 24)) as pilot:
        await world.app.push_screen(FirstRunScreen())
        await pilot.press("tab", *KEY[:5], "shift+tab", "left")
        await until(pilot, world, words.Words("tr").say("screens.first.welcome"))
        assert words.language() == "tr"
        assert world.app.screen.query_one("#key", Input).value == KEY[:5]
        await pilot.press("right")
        await until(pilot, world, words.Words("en").say("screens.first.welcome"))
