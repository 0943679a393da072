"""However a picture comes to be painted: nothing stands on the terminal under a “kept” that is not in the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Semaphore
from typing import Any

import pyte
import pytest
from textual.app import App
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from tests.screens.conftest import READY, World
from tests.screens.test_kept import line, to_the_form, to_the_numbers
from tests.screens.waiting import at_rest, until
from tui.campaign.fields import TYPED_NUMBERS
from tui.campaign.rules import Weight
from tui.i18n.words import say
from tui.screens.campaign_form import CampaignFormScreen
from tui.screens.question import Question
from tui.store.drafts import Drafts
from tui.widgets.editors import ChoiceEditor, DaysEditor, LineEditor
from tui.widgets.field_row import FieldRow, put

SIZE = (100, 24)


class Seen:
    """What stands on the terminal: that which was written to it, and nothing else."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(*SIZE)
        self._stream = pyte.Stream(self._screen)
        self.pictures = 0

    def paint(self, app: App[Any], renderable: Any) -> None:  # noqa: ANN401 - Textual's own
        if renderable is not None and not app._batch_count:  # else Textual writes nothing
            self.pictures += 1
            self._stream.feed(renderable.render_segments(app.console))

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)

    def says_kept(self) -> bool:
        return say("screens.form.kept") in self._screen.display[0]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    terminal, display = Seen(), App._display

    def painted(app: App[Any], screen: Screen[Any], renderable: Any) -> None:  # noqa: ANN401 - Textual's own
        terminal.paint(app, renderable)
        display(app, screen, renderable)

    monkeypatch.setattr(App, "_display", painted)
    return terminal


def by_timer(screen: CampaignFormScreen, line: Widget) -> None:
    screen._dirty_widgets.add(line)
    screen._on_timer_update()


def by_layout(screen: CampaignFormScreen, line: Widget) -> None:
    """Something above it is taller now: all that lies below is painted, also what has not told yet that it changed."""
    screen.query(FieldRow).first().show_problems(["one", "two"], Weight.ERROR)
    screen._layout_required = True
    screen._on_timer_update()


def by_layout_at_once(screen: CampaignFormScreen, line: Widget) -> None:
    screen._dirty_widgets.add(line)
    screen._refresh_layout()


def by_scroll(screen: CampaignFormScreen, line: Widget) -> None:
    screen._dirty_widgets.add(line)
    screen._scroll_required = True
    screen._on_timer_update()


def by_another_size(screen: CampaignFormScreen, line: Widget) -> None:
    screen._dirty_widgets.add(line)
    screen._screen_resized(Size(SIZE[0], SIZE[1] - 1))


def by_another_look(screen: CampaignFormScreen, line: Widget) -> None:
    screen._dirty_widgets.add(line)
    screen.app.refresh_css(animate=False)


def whole(screen: CampaignFormScreen, line: Widget) -> None:
    screen.refresh()
    screen._on_timer_update()


def by_the_compositor(screen: CampaignFormScreen, line: Widget) -> None:
    screen._compositor.update_widgets({line})
    screen._compositor_refresh()


Way = Callable[[CampaignFormScreen, Widget], None]
WAYS = [by_timer, by_layout, by_layout_at_once, by_scroll, by_another_size, by_another_look, whole, by_the_compositor]


def form_of(world: World) -> CampaignFormScreen:
    screen = world.app.screen_stack[1]
    assert isinstance(screen, CampaignFormScreen)
    return screen


@pytest.mark.parametrize("way", WAYS)
async def test_a_letter_that_is_seen_is_not_said_to_be_kept_before_it_is(world: World, seen: Seen, way: Way) -> None:
    made = world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await to_the_form(world, pilot)
        await at_rest(pilot, world)
        assert seen.says_kept()
        form = form_of(world)
        row = form.pane.row("name")
        assert row is not None
        assert isinstance(row.editor, LineEditor)
        row.editor.value += "zq"  # it has told nobody yet
        way(form, row.editor)
        assert f"{READY['name']}zq" in seen.text
        assert not seen.says_kept()
        await until(pilot, world, say("screens.form.kept"))
        await pilot.pause()
        assert seen.says_kept()
        assert world.store.campaigns.get(made).fields["name"] == f"{READY['name']}zq"


@pytest.mark.parametrize("way", [way for way in WAYS if way is not by_layout])
async def test_nor_is_a_number(world: World, seen: Seen, way: Way) -> None:
    made = world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await to_the_numbers(world, pilot)
        await at_rest(pilot, world)
        assert seen.says_kept()
        line(world).value = "0532765"
        way(form_of(world), line(world))
        assert "0532765" in seen.text
        assert not seen.says_kept()
        await until(pilot, world, say("screens.form.kept"))
        assert world.store.campaigns.get(made).fields[TYPED_NUMBERS] == "0532765"


@pytest.mark.parametrize("field", ["call_type", "active_days"])
async def test_nor_is_what_was_chosen(world: World, seen: Seen, field: str) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await to_the_form(world, pilot)
        form = form_of(world)
        await form.navigation.jump(field)
        await at_rest(pilot, world)
        row = form.pane.row(field)
        assert row is not None
        assert seen.says_kept()
        match row.editor:
            case ChoiceEditor() as editor:
                editor.action_step(1)
            case DaysEditor() as editor:
                editor.action_switch(3)
        by_timer(form, row.editor)
        assert not seen.says_kept()
        await until(pilot, world, say("screens.form.kept"))


async def test_nor_is_what_is_seen_beneath_a_dialog(world: World, seen: Seen) -> None:
    made = world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await to_the_form(world, pilot)
        await at_rest(pilot, world)
        form = form_of(world)
        row = form.pane.row("name")
        assert row is not None
        assert isinstance(row.editor, LineEditor)
        await form.open(Question("?", "?", "!"))
        await pilot.pause()
        assert seen.says_kept()
        row.editor.value += "zq"
        form._compositor.update_widgets({row.editor})
        form._compositor_refresh()
        world.app.screen._on_timer_update()
        assert f"{READY['name']}zq" in seen.text
        assert not seen.says_kept()
        for _ in range(200):
            await pilot.pause(0.01)
            if seen.says_kept():
                break
        assert seen.says_kept()
        assert world.store.campaigns.get(made).fields["name"] == f"{READY['name']}zq"


async def test_what_changes_beneath_a_screen_that_hides_it_is_not_painted(world: World, seen: Seen) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await to_the_form(world, pilot)
        await at_rest(pilot, world)
        before, (below, front) = seen.pictures, world.app.screen_stack
        below.refresh()
        for screen in (below, front):
            screen._on_timer_update()
        assert seen.pictures == before
        await world.app.pop_screen()
        assert world.app.screen is below
        below._on_timer_update()
        assert seen.pictures > before


async def test_what_would_have_been_painted_in_a_batch_is_painted_after_it(world: World, seen: Seen) -> None:
    """Textual drops such a picture, and takes what was in it for painted."""
    world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await to_the_form(world, pilot)
        await at_rest(pilot, world)
        form = form_of(world)
        with world.app.batch_update():
            form.show_help("zq")
            by_layout_at_once(form, form.query_one("#help"))
            await pilot.pause()
            assert "zq" not in seen.text
        await at_rest(pilot, world)
        assert "zq" in seen.text


async def test_a_text_that_comes_back_is_kept_when_it_is_the_last_that_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One thing, another, then the one again: once the first is kept the second must not come after it."""
    made = world.draft()
    may, change = Semaphore(0), Drafts.change
    stored: list[str] = []

    def changed(drafts: Drafts, campaign: int, changes: Mapping[str, str | None]) -> int:
        assert may.acquire(timeout=20)
        revision = change(drafts, campaign, changes)
        stored.append(str(changes["name"]))
        return revision

    async with world.app.run_test(size=SIZE) as pilot:
        await to_the_form(world, pilot)
        await at_rest(pilot, world)
        form = form_of(world)
        row = form.pane.row("name")
        assert row is not None
        monkeypatch.setattr(Drafts, "change", changed)
        for text in ("one", "another", "one"):
            put(row.editor, text)
            form.keeper.change({"name": text})
            await pilot.pause()
        may.release()
        await until(pilot, world, say("screens.form.kept"))
        assert stored == ["one"]
        may.release(9)
        await at_rest(pilot, world)
    assert stored == ["one"]
    assert world.store.campaigns.get(made).fields["name"] == "one"


@pytest.mark.parametrize("days", ["1,9", "7,1", "Monday", ""])
async def test_days_that_are_none_are_kept_as_they_are(world: World, seen: Seen, days: str) -> None:
    made = world.draft(READY | {"active_days": days})
    async with world.app.run_test(size=SIZE) as pilot:
        await to_the_form(world, pilot)
        await form_of(world).navigation.jump("active_days")
        await at_rest(pilot, world)
        assert seen.says_kept()
        await pilot.press("escape")
        await until(pilot, world, say("key.campaigns.new"))
    assert world.store.campaigns.get(made).fields.get("active_days", "") == days


async def test_the_menu_says_what_the_form_beneath_it_has_kept(world: World, seen: Seen) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE) as pilot:
        await to_the_form(world, pilot)
        form = form_of(world)
        row = form.pane.row("name")
        assert row is not None
        assert isinstance(row.editor, LineEditor)
        await form.menu.action_open()
        await at_rest(pilot, world)
        assert seen.says_kept()
        row.editor.value += "zq"  # typed before the menu came, and told of by nobody yet
        world.app.screen._refresh_layout()
        assert not seen.says_kept()
        await pilot.pause()
        await until(pilot, world, say("screens.form.kept"))
