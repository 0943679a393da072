"""Keys that scroll: each acts on the text that it was pressed for, however late that comes and however fast they do."""

from __future__ import annotations

import asyncio

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from tests.screens.conftest import READY, World
from tests.screens.waiting import at_once, at_rest, until
from tui.i18n.words import say
from tui.screens.campaign_detail import CampaignDetailScreen
from tui.screens.campaign_form import CampaignFormScreen
from tui.screens.digit_target_editor import DigitTargetEditor
from tui.screens.help import HelpScreen
from tui.screens.results import ResultsScreen
from tui.screens.review import ReviewPane
from tui.widgets.page import Page, Pane
from tui.widgets.table import Table
from tui.widgets.text_lines import TextLines

MENU = READY | {f"digit_target_{key}": "announcement/421" for key in "023456789"}
# Keys, and where the page is then: rows from its top where they are no less than nothing, else from its end.
MOVES = [
    (("end",), -0), (("end", "up"), -1), (("end", "home", "down"), 1), (("down", "down", "down"), 3),
    (("end", "end", "up", "up"), -2), (("down", "up"), 0), (("end", "pageup", "pagedown"), -0),
]


def place(widget: Widget, keys: tuple[str, ...], rows: int) -> bool:
    from_end = rows < 0 or keys[-1] in ("end", "pagedown")
    return widget.max_scroll_y > 3 and widget.scroll_y == (widget.max_scroll_y + rows if from_end else rows)


async def until_at(pilot: Pilot[str], widget: Widget, keys: tuple[str, ...], rows: int) -> None:
    for _ in range(100):
        await pilot.pause()
        if place(widget, keys, rows):
            return
        await asyncio.sleep(0.02)  # what was read of it may have to be wrapped
    raise AssertionError(f"{keys}: at {widget.scroll_y} of {widget.max_scroll_y}")


def read_late(monkeypatch: pytest.MonkeyPatch, kind: type[CampaignDetailScreen] | type[ResultsScreen]) -> asyncio.Event:
    """What such a screen shows is read once this is set."""
    read, reload = asyncio.Event(), kind.reload

    async def late(screen: CampaignDetailScreen | ResultsScreen) -> None:
        await read.wait()
        await reload(screen)  # type: ignore[arg-type]  # one of its own kind

    monkeypatch.setattr(kind, "reload", late)
    return read


@pytest.mark.parametrize(("keys", "rows"), MOVES, ids=lambda value: "+".join(value) if isinstance(value, tuple) else "")
async def test_keys_that_come_before_a_campaign_is_read_act_once_it_is(
    world: World, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], rows: int
) -> None:
    world.launched(values=MENU)
    read = read_late(monkeypatch, CampaignDetailScreen)
    async with world.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("enter")
        await until(pilot, world, say("screens.campaign.history"))
        at_once(world, *keys)
        await at_rest(pilot, world)
        read.set()
        await until_at(pilot, world.app.screen.query_one(Page), keys, rows)
        assert say("app.no_such_key", help="?") not in [toast.message for toast in world.app._notifications]


@pytest.mark.parametrize(("keys", "rows"), MOVES, ids=lambda value: "+".join(value) if isinstance(value, tuple) else "")
async def test_of_keys_that_come_at_once_each_scrolls(world: World, keys: tuple[str, ...], rows: int) -> None:
    async with world.app.run_test(size=(80, 24)) as pilot:
        at_once(world, "question_mark", *keys)
        await at_rest(pilot, world)
        assert isinstance(world.app.screen, HelpScreen)
        await until_at(pilot, world.app.screen.query_one(Page), keys, rows)


async def test_review_scrolls_by_keys_that_came_before_it_was_read(world: World) -> None:
    world.draft(MENU | {"recording_enabled": "t", "timeout_target": "restart"})
    async with world.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("enter")
        await until(pilot, world, say("key.form.next"))
        at_once(world, "f9", "down", "down", "down", "up")
        await until(pilot, world, say("text.review.ready")[:20])
        assert isinstance(world.app.screen, CampaignFormScreen)
        assert world.app.screen.query(ReviewPane)
        await until_at(pilot, world.app.screen.query_one("#pane", Pane), ("down",), 2)


async def test_keys_for_a_review_that_was_left_scroll_nothing_else(world: World) -> None:
    world.draft(MENU)
    async with world.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("enter")
        await until(pilot, world, say("key.form.next"))
        at_once(world, "f9", "down", "down", "f7", "f7")
        await at_rest(pilot, world)
        assert isinstance(world.app.screen, CampaignFormScreen)
        assert not world.app.screen.query(ReviewPane)
        pane = world.app.screen.query_one("#pane", Pane)
        assert pane.scroll_y == 0
        await pilot.press("pagedown")
        await at_rest(pilot, world)
        assert pane.scroll_y == pane.max_scroll_y or say("app.whole_in_view") in world.screen_text


async def test_a_page_on_comes_to_the_end_of_a_menu_however_fast(world: World) -> None:
    said = "tts/tr-TR/" + "Kampanyanın bütün koşulları okunur. " * 4
    world.draft(MENU | {f"digit_target_{key}": said.strip() for key in "123456789"})
    async with world.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("enter", "f5")
        await at_rest(pilot, world)
        assert isinstance(world.app.screen, DigitTargetEditor)
        lines = world.app.screen.query_one(TextLines)
        most = lines.max_scroll_y
        assert most > 2 * lines.size.height
        at_once(world, "pagedown", "pagedown")
        await at_rest(pilot, world)
        assert lines.scroll_y == 2 * (lines.size.height - 2)


async def test_where_all_is_in_view_a_key_that_would_scroll_says_so(world: World) -> None:
    world.launched()
    async with world.app.run_test(size=(200, 50)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.cli"))
        await pilot.press("down")
        await at_rest(pilot, world)
        assert [toast.message for toast in world.app._notifications] == [say("app.whole_in_view")]


@pytest.mark.parametrize(("keys", "row"), [
    (("end",), 4), (("down", "down"), 2), (("end", "up"), 3), (("pagedown", "pagedown"), 4)])
async def test_keys_that_come_before_a_list_is_read_move_in_it_once_it_is(
    world: World, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], row: int
) -> None:
    world.launched(phones=tuple(f"053212345{place}7" for place in range(5)))
    read = read_late(monkeypatch, ResultsScreen)
    async with world.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("r")
        await at_rest(pilot, world)
        at_once(world, *keys)
        await at_rest(pilot, world)
        read.set()
        await until(pilot, world, say("screens.results.not_called"))
        assert world.app.screen.query_one(Table).cursor == row
