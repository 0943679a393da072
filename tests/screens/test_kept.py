"""“✓ kept” is true: in every picture that says so, what stands in the lines is in the store; leaving loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.screen import Screen

from tests.screens.conftest import READY, World
from tests.screens.waiting import at_once, until
from tui.app.app import SantralApp
from tui.campaign.fields import TYPED_NUMBERS
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.screens.campaign_form import CampaignFormScreen
from tui.screens.import_list import ListImportScreen
from tui.screens.numbers_adding import NumberAdding
from tui.screens.question import Question
from tui.screens.routes import ScreenRoutes
from tui.screens.target_picker import TargetPicker
from tui.store import Campaign, StoreBusy, StoreError
from tui.widgets.editors import EntryLine, LineEditor
from tui.widgets.field_row import FieldRow
from tui.widgets.lines import TitleLine


@pytest.fixture
def pictures(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What stood in lines under a “kept” that was not in the store; and how many pictures said it."""
    untrue: list[str] = []
    paint = SantralApp._display
    said: list[str] = []

    def display(app: SantralApp, screen: Screen[Any], renderable: Any) -> None:  # noqa: ANN401 - Textual's own
        paint(app, screen, renderable)
        if not isinstance(screen, CampaignFormScreen) or renderable is None:
            return
        if "✓" in screen.query_one(TitleLine).right:
            said.append("")
            stored = world.store.campaigns.get(screen.model.campaign.id).fields if screen.model.campaign else {}
            shown = {row.field.name: row.editor.text for row in screen.query(FieldRow)
                     if isinstance(row.editor, LineEditor)}
            for line in screen.query(EntryLine):
                shown[TYPED_NUMBERS] = line.value
            untrue.extend(f"{name}: {text!r}" for name, text in shown.items() if text != stored.get(name, ""))

    monkeypatch.setattr(SantralApp, "_display", display)
    assert "✓" in say("screens.form.kept")
    yield untrue
    assert said


async def to_the_form(world: World, pilot: Pilot[str]) -> None:
    await until(pilot, world, READY["name"])
    await pilot.press("enter")
    await until(pilot, world, say("campaign.field.name"))


async def to_the_numbers(world: World, pilot: Pilot[str]) -> None:
    await to_the_form(world, pilot)
    await pilot.press("f7", "f7", "f7", "f7")
    await until(pilot, world, say("screens.numbers.filter_all"))


def line(world: World) -> EntryLine:
    return world.app.screen.query_one("#add", EntryLine)


async def test_no_picture_says_kept_over_what_is_not(world: World, pictures: list[str]) -> None:
    world.draft()
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_form(world, pilot)
        await pilot.press("down", "end")
        for letter in " için uzun bir ad ki":
            await pilot.press("space" if letter == " " else letter)
        await pilot.press("f7", "f7", "f7", "f7")
        await until(pilot, world, say("screens.numbers.filter_all"))
        for letter in "05321234599":
            await pilot.press(letter)
        await until(pilot, world, say("screens.form.kept"))
    assert pictures == []


@pytest.mark.parametrize("way", ["escape", "ctrl+q", "f8", "signal"])
async def test_a_number_that_was_not_entered_stands_in_its_line_again(world: World, way: str) -> None:
    made = world.draft()
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_numbers(world, pilot)
        await pilot.press(*"05321")
        if way == "signal":
            await world.app.leave()
        else:
            await pilot.press("2", way)
        await pilot.pause()
        if way in ("escape", "f8"):
            await until(pilot, world, say("screens.form.kept" if way == "f8" else "key.campaigns.new"))
    assert world.store.campaigns.get(made).fields[TYPED_NUMBERS] == ("05321" if way == "signal" else "053212")
    assert world.store.numbers.summary(made).total == 1


async def test_and_can_be_gone_on_with(world: World) -> None:
    made = world.draft()
    world.store.drafts.keep_typed(made, "0532123")
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_numbers(world, pilot)
        assert line(world).value == "0532123"
        await pilot.press("end", *"4599", "enter")
        await until(pilot, world, "0532 123 45 99")
        await until(pilot, world, say("screens.form.kept"))
        assert world.store.campaigns.get(made).fields == READY
        assert line(world).value == ""


async def test_what_is_entered_is_the_lines_until_the_list_has_it(world: World,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    made = world.draft()
    seen: list[str] = []
    add = NumberAdding._add_lines

    async def adding(adds: NumberAdding, text: str) -> None:
        seen.append(world.store.campaigns.get(made).fields.get(TYPED_NUMBERS, ""))
        assert line(world).standing == text
        await add(adds, text)

    monkeypatch.setattr(NumberAdding, "_add_lines", adding)
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_numbers(world, pilot)
        await pilot.press(*"05321234599", "enter", "escape")
        await until(pilot, world, say("key.campaigns.new"))
    assert world.store.numbers.summary(made).total == 2
    assert world.store.campaigns.get(made).fields == READY
    assert seen[0] in ("05321234599", "0532123459")  # at most the last letter is on its way


async def test_leaving_the_app_from_a_dialog_that_is_being_filled_in_asks(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_form(world, pilot)
        world.app.screen.set_focus(None)
        await world.app.run_action("screen.menu.open")
        await pilot.press("enter")
        await until(pilot, world, say("screens.target.title", key=say("campaign.digit.1"))[:12])
        assert isinstance(world.app.screen, TargetPicker)
        await pilot.press(*"q/20")
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert isinstance(world.app.screen, Question)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(world.app.screen, TargetPicker)
        assert world.app.screen.query_one(LineEditor).value == "q/20"
        await pilot.press("ctrl+q")
        await until(pilot, world, say("app.quit.typed_title"))
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert world.app._exit


async def test_a_new_draft_that_could_not_be_read_after_it_was_made_is_not_made_again(
        world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    get = world.store.campaigns.get
    failed: list[int] = []

    def fails_once(campaign: int) -> Campaign:
        if not failed:
            failed.append(campaign)
            raise StoreBusy(Reason("store.busy", {"path": "santral.db"}))
        return get(campaign)

    monkeypatch.setattr(world.store.campaigns, "get", fails_once)
    async with world.app.run_test(size=(100, 30)) as pilot:
        await until(pilot, world, "No campaigns yet")
        await pilot.press("n", "down", *"Borc")
        await until(pilot, world, say("screens.form.kept"))
    assert failed
    assert [each.fields["name"] for each in world.store.campaigns.page("acme", limit=10)] == ["Borc"]


async def asks(world: World, pilot: Pilot[str], title: str) -> None:
    """`ctrl+q` asks, a second one leaves nothing alone, and `escape` leaves everything as it was."""
    before = world.app.screen_stack
    await pilot.press("ctrl+q", "ctrl+q")
    await pilot.pause()
    assert isinstance(world.app.screen, Question)
    await until(pilot, world, say(title))
    assert world.app.screen_stack[:-1] == before
    await pilot.press("escape")
    await pilot.pause()
    assert world.app.screen_stack == before


async def test_and_so_does_leaving_it_from_the_help_over_that_dialog(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_form(world, pilot)
        world.app.screen.set_focus(None)
        await world.app.run_action("screen.menu.open")
        await pilot.press("enter")
        await until(pilot, world, say("screens.target.title", key=say("campaign.digit.1"))[:12])
        await pilot.press(*"q/20", "f1")
        await until(pilot, world, say("screens.help.title"))
        await asks(world, pilot, "app.quit.typed_title")


async def test_leaving_the_app_with_a_pasted_list_that_is_not_taken_in_asks(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_numbers(world, pilot)
        world.app.post_message(Paste("numara;isim\n05321234567;Ali\n05321234568;Veli\n"))
        await until(pilot, world, say("screens.import.phone"))
        await asks(world, pilot, "app.quit.list_title")


@pytest.mark.parametrize(("key", "asked"), [("escape", ()), ("ctrl+q", ("app.quit.list_title",))])
async def test_a_pasted_list_is_asked_about_though_leaving_came_before_the_question(
    world: World, key: str, asked: tuple[str, ...]
) -> None:
    world.draft()
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_numbers(world, pilot)
        world.app.post_message(Paste("numara;isim\n05321234567;Ali\n05321234568;Veli\n"))
        at_once(world, key)
        for text in asked:
            await until(pilot, world, say(text))
            await pilot.press("escape")
        await until(pilot, world, say("screens.import.phone"))


async def test_leaving_it_with_what_was_chosen_for_a_list_asks_and_without_does_not(
    world: World, tmp_path: Path
) -> None:
    world.draft()
    path = tmp_path / "list.csv"
    path.write_text("numara;isim\n05321234567;Ali\n", encoding="utf-8")
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_numbers(world, pilot)
        line(world).value = str(path)
        await pilot.press("enter")
        await until(pilot, world, say("screens.import.phone"))
        assert isinstance(world.app.screen, ListImportScreen)
        assert not world.app.screen.begun
        await pilot.press(*"Hi")
        await asks(world, pilot, "app.quit.list_title")


@pytest.mark.parametrize("text", ["0532", "05321234567", "no number, 05321234567 05321234567", "  0532 "])
async def test_whatever_was_typed_and_not_entered_stands_there_again(world: World, text: str) -> None:
    """Also what is no number, or is in the list already."""
    made = world.draft()
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_numbers(world, pilot)
        line(world).value = text
        await pilot.press("ctrl+q")
    assert world.store.campaigns.get(made).fields[TYPED_NUMBERS] == text
    again = SantralApp(world.app.session, ScreenRoutes())
    world.app = again
    async with again.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_numbers(world, pilot)
        assert line(world).value == text
    assert world.store.numbers.summary(made).total == 1


async def test_several_lines_that_were_being_handed_on_stand_in_it_as_one_and_are_kept_so(world: World) -> None:
    made = world.draft()
    world.store.drafts.keep_typed(made, "0532 1\n0532 2")
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_numbers(world, pilot)
        assert line(world).value == "0532 1, 0532 2"
        await until(pilot, world, say("screens.form.kept"))
    assert world.store.campaigns.get(made).fields[TYPED_NUMBERS] == "0532 1, 0532 2"


async def test_what_stands_in_the_line_elsewhere_is_taken_over(world: World) -> None:
    """Else it would be said to be kept here, and be entered twice."""
    made = world.draft()
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_numbers(world, pilot)
        await pilot.press(*"0532")
        await until(pilot, world, say("screens.form.kept"))
        form = world.app.screen
        assert isinstance(form, CampaignFormScreen)
        world.store.drafts.keep_typed(made, "05339")
        await form.keeper.read_again()
        assert line(world).value == "05339"
        world.store.drafts.keep_typed(made, "")
        await form.keeper.read_again()
        assert line(world).value == ""
        assert form.kept_text == say("screens.form.kept")


async def test_what_was_typed_last_stands_though_another_changed_the_field_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def now(job: Callable[..., Any], *what: Any, **how: Any) -> Any:  # noqa: ANN401 - whatever the job is
        return job(*what, **how)

    made = world.draft()
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_form(world, pilot)
        form = world.app.screen
        assert isinstance(form, CampaignFormScreen)
        row = form.query_one("#field-name", FieldRow)
        assert isinstance(row.editor, LineEditor)
        world.store.drafts.change(made, {"name": "theirs"})
        row.editor.value += "zq"  # and its `Edited` is on its way while the store is read
        with monkeypatch.context() as patched:
            patched.setattr(form.services, "thread", now)
            await form.keeper.read_again()
        assert row.editor.text == f"{READY['name']}zq"
        await pilot.pause()
        await until(pilot, world, say("screens.form.kept"))
    assert world.store.campaigns.get(made).fields["name"] == f"{READY['name']}zq"


async def test_what_could_not_be_added_stands_before_what_was_begun_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = world.draft()
    go = asyncio.Event()

    async def fails(_adding: NumberAdding, _text: str) -> None:
        await go.wait()
        raise StoreError(Reason("store.busy", {"path": "x"}))

    monkeypatch.setattr(NumberAdding, "_add_lines", fails)
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_numbers(world, pilot)
        await pilot.press(*"05321234599", "enter", *"0533")
        go.set()
        await until(pilot, world, "05321234599, 0533")
        await until(pilot, world, say("screens.form.kept"))
        await pilot.press("4")
        await pilot.press("ctrl+q")
    assert world.store.campaigns.get(made).fields[TYPED_NUMBERS] == "05321234599, 05334"


async def test_what_a_signal_ends_says_what_of_it_is_not_kept(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.draft()
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_form(world, pilot)
        world.app.screen.set_focus(None)
        await world.app.run_action("screen.menu.open")
        await pilot.press("enter")
        await until(pilot, world, say("screens.target.title", key=say("campaign.digit.1"))[:12])
        await pilot.press(*"q/20")
        world.app.hang_up()
        await pilot.pause()
    assert world.app.dropped == say("app.quit.dropped")
    assert "TargetPicker" in caplog.text
    assert "q/20" not in caplog.text


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("fails", [False, True])
async def test_what_is_taken_while_another_section_is_shown_is_not_the_lines_any_more(
    world: World, monkeypatch: pytest.MonkeyPatch, back: bool, fails: bool
) -> None:
    """Else it would stand there again, and be entered twice; what could not be added does."""
    made = world.draft()
    go, add = asyncio.Event(), NumberAdding._add_lines

    async def slow(adds: NumberAdding, text: str) -> None:
        await go.wait()
        if fails:
            raise StoreError(Reason("store.busy", {"path": "x"}))
        await add(adds, text)

    monkeypatch.setattr(NumberAdding, "_add_lines", slow)
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_numbers(world, pilot)
        await pilot.press(*"05321234599", "enter", "f8")
        await until(pilot, world, say("screens.form.kept"))
        if back:
            await pilot.press("f7")
            await until(pilot, world, say("screens.numbers.filter_all"))
            assert line(world).value == "05321234599"
            await pilot.press("end", *", 0533")
        go.set()
        await world.app.workers.wait_for_complete(
            [worker for worker in world.app.workers if worker.group == "enter"])
        await pilot.pause()
        if not back:
            await pilot.press("f7")
            await until(pilot, world, say("screens.numbers.filter_all"))
        expected = ", ".join(["05321234599"] * fails + ["0533"] * back)
        assert line(world).value == expected
        await until(pilot, world, say("screens.form.kept"))
    assert world.store.campaigns.get(made).fields.get(TYPED_NUMBERS, "") == expected
    assert world.store.numbers.summary(made).total == (1 if fails else 2)


@pytest.mark.parametrize("way", ["ctrl+q", "signal"])
async def test_leaving_with_what_the_store_does_not_take_asks_or_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    made = world.draft()

    def fails(*_what: object) -> int:
        raise StoreBusy(Reason("store.busy", {"path": "santral.db"}))

    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await to_the_form(world, pilot)
        with monkeypatch.context() as broken:
            broken.setattr("tui.store.drafts.Drafts.change", fails)
            await pilot.press("down", "end", "x")  # and at once
            if way == "signal":
                world.app.hang_up()
                await pilot.pause()
                await world.app.workers.wait_for_complete()
            else:
                await pilot.press("ctrl+q")
                await until(pilot, world, say("app.quit.unkept_title"))
                await pilot.press("escape")
        if way == "signal":
            assert world.app.dropped == say("app.quit.dropped_unkept")
            return
        await pilot.press("y")
        await until(pilot, world, say("screens.form.kept"))
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert world.app._exit
    assert world.store.campaigns.get(made).fields["name"] == f"{READY['name']}xy"
