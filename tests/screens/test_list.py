"""The list at work: filter, counts, order, marks, several campaigns at once, the pane beside it."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
from textual.pilot import Pilot
from textual.widgets import Button, Input, Static

from tests.screens.conftest import KEY, READY, World, on_the_wire
from tests.screens.waiting import at_rest, until
from tui.campaign.lifecycle import Action, AskedBy, State, Unconfirmed
from tui.config import Config, Profile
from tui.config.ui_state import UiState as Chosen
from tui.config.ui_state import load_state
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.i18n import words
from tui.i18n.words import say
from tui.operations.overview import Overview, read_overview
from tui.provider.client import Provider
from tui.screens import listed_campaigns
from tui.screens.bulk import BulkDialog, BulkQuestion
from tui.screens.campaign_list import CampaignListScreen
from tui.screens.campaign_rows import CampaignTable
from tui.screens.side_pane import PART, SidePane
from tui.store import ListFilter, Sort, SortColumn, Store, StoreFailed
from tui.widgets.counts import CountsLine

SMALL, LARGE = (80, 24), (120, 36)
OK = httpx.Response(200, text="OK")


def home(world: World) -> CampaignListScreen:
    screen = world.app.screen_stack[0]
    assert isinstance(screen, CampaignListScreen)
    return screen


def several(world: World, on: int = 3, drafts: int = 1) -> None:
    """Campaigns that are on, “live 1”…, with the IDs 1…, and drafts beneath them."""
    for place in range(drafts, 0, -1):
        world.draft(READY | {"name": f"blank {place}"})
    for place in range(on, 0, -1):
        world.launched(f"live {place}", provider_id=place)
    world.app.session.state = Chosen(sorting={"campaigns": "name"})


def marked(world: World) -> set[str]:
    screen = home(world)
    return {campaign.name for campaign in screen.listed.pages.items.values() if campaign.id in screen.marks.ids}


async def met(pilot: Pilot[str], what: Callable[[], bool]) -> None:
    for _ in range(400):
        await pilot.pause()
        if what():
            return
        await asyncio.sleep(0.02)  # work of other threads has to come in
    raise AssertionError


# Filter

@pytest.mark.parametrize(("typed", "shown", "gone"), [
    ("state:on", "live 1", "blank 1"), ("durum:taslak", "blank 1", "live 1"), ("-live", "blank 1", "live 1"),
    ("2", "live 2", "live 1"),
])
async def test_the_filter_is_live_as_it_is_typed(world: World, typed: str, shown: str, gone: str) -> None:
    several(world)
    async with world.app.run_test(size=SMALL) as pilot:
        await until(pilot, world, "live 1")
        await pilot.press("slash", *typed)
        await until(pilot, world, gone, gone=True)
        assert shown in world.screen_text
        await pilot.press("enter")
        assert isinstance(world.app.focused, CampaignTable)
        await pilot.press("escape")
        await until(pilot, world, gone)
        assert home(world).query_one("#filter", Input).value == ""


async def test_what_means_nothing_is_told_and_nothing_is_lost(world: World) -> None:
    several(world)
    async with world.app.run_test(size=SMALL) as pilot:
        await until(pilot, world, "live 1")
        await pilot.press("slash", *"state:o")
        await until(pilot, world, "state: draft, launching")
        assert "live 1" in world.screen_text
        await pilot.press(*"xx")
        await until(pilot, world, "“oxx” is not a state")
        assert "live 1" in world.screen_text
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(world.app.focused, Input)
        assert home(world).query_one("#filter", Input).value == "state:oxx"
        await pilot.press(*["backspace"] * 3, *"off")
        await until(pilot, world, say("screens.campaigns.nothing_found").split("\n")[0])
        assert not home(world).query_one("#said").display


async def test_markup_in_the_filter_is_data(world: World) -> None:
    several(world)
    async with world.app.run_test(size=SMALL) as pilot:
        await until(pilot, world, "live 1")
        await pilot.press("slash", *"state:[/x]")
        await until(pilot, world, "“[/x]” is not a state")


async def test_filter_order_and_pane_are_there_again_at_the_next_start(world: World) -> None:
    several(world)
    world.app.session.state_file = world.app.log_file.with_name("state.json")
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, "live 1")
        await pilot.press("slash", *"state:on", "enter", "S", "v")
        await until(pilot, world, say("screens.campaign.history"), gone=True)
        await pilot.pause()
    kept = load_state(world.app.session.state_file)
    assert kept.filters == {"campaigns": "state:on"}
    assert kept.sorting == {"campaigns": "-name"}
    assert kept.hidden == {"campaigns.pane"}


async def test_the_profile_in_use_is_that_of_the_next_start(world: World) -> None:
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, "▸All 0")
        await world.app.workers.wait_for_complete()
    assert world.app.session.state_file is not None
    assert load_state(world.app.session.state_file).profile == "acme"


async def test_what_was_chosen_is_taken_up_again(world: World) -> None:
    several(world)
    world.app.session.state = Chosen(sorting={"campaigns": "-name"}, filters={"campaigns": "durum:açık"},
                                    hidden=frozenset({"campaigns.pane"}))
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, "live 3")
        assert "blank 1" not in world.screen_text
        assert home(world).listed.sort == Sort(SortColumn.NAME, descending=True)
        assert [campaign.name for campaign in home(world).listed.pages.items.values()] == ["live 3", "live 2", "live 1"]
        assert not home(world).query_one(SidePane).display
        assert home(world).query_one("#filter", Input).value == "durum:açık"


@pytest.mark.parametrize("kept", [
    Chosen(sorting={"campaigns": "colour"}, filters={"campaigns": "profile:gone"}), Chosen(sorting={"campaigns": ""}),
])
async def test_what_was_kept_and_means_nothing_any_more_hides_nothing(world: World, kept: Chosen) -> None:
    several(world)
    world.app.session.state = kept
    async with world.app.run_test(size=SMALL) as pilot:
        await until(pilot, world, "blank 1")
        assert ("gone" in world.screen_text) is bool(kept.filters)


# Counts

async def test_counts_filter_by_key_and_the_chosen_one_is_marked(world: World) -> None:
    several(world, on=3, drafts=2)
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, "▸All 5")
        await pilot.press("right")
        await until(pilot, world, "▸on 3")
        assert home(world).choices.filter_text == "state:on"
        await until(pilot, world, "blank 1", gone=True)  # from the pane too
        await pilot.press("l")
        await until(pilot, world, "▸draft 2")
        await pilot.press("right")
        await until(pilot, world, "▸All 5")
        await pilot.press("left")
        await until(pilot, world, "▸draft 2")


async def test_counts_filter_by_a_click_and_keep_the_rest_of_the_filter(world: World) -> None:
    several(world)
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, "▸All 4")
        await pilot.press("slash", *"1", "enter")
        await until(pilot, world, "live 2", gone=True)
        line = home(world).query_one(CountsLine)
        start = next(start for start, _stop, key in line._spans if key == State.DRAFT)
        await pilot.click(line, offset=(start + 2, 0))
        await until(pilot, world, "▸draft 1")
        assert home(world).choices.filter_text == "1 state:draft"


async def test_counts_follow_what_others_do_and_tell_what_is_being_switched(world: World) -> None:
    several(world, on=2)
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, "live 2")
        campaign = next(campaign for campaign in home(world).listed.pages.items.values() if campaign.name == "live 1")
        entry = world.store.switches.begin(campaign.id, Action.OFF, AskedBy.COMMAND)
        await until(pilot, world, "switching 1")
        world.store.switches.done(entry)
        await until(pilot, world, "off 1")
        assert "switching 1" not in world.screen_text


async def test_where_words_have_no_room_the_signs_of_the_states_stand_for_them(world: World) -> None:
    words.use("tr")
    several(world)
    for place, state in enumerate((Action.OFF, Action.DELETE), start=10):
        made = world.launched(f"x {place}", provider_id=place)
        world.store.switches.done(world.store.switches.begin(made, state, AskedBy.APP))
    made = world.draft(READY | {"name": "lost"})
    entry = world.store.ledger.begin(made, revision=world.store.campaigns.get(made).revision, token="t", body_hash="h",
                                     numbers=1, asked_by=AskedBy.APP)
    world.store.ledger.resolve(entry, Unconfirmed(Reason("provider.unconfirmed.cut")))
    async with world.app.run_test(size=SMALL) as pilot:
        await until(pilot, world, "▸Tümü 6")
        first = world.screen_text.split("\n")[1]
        assert all(f"{sign} " in first for sign in "●○✎?×") or "doğrulanmadı 1" in first


# Order

@pytest.mark.parametrize("size", [SMALL, (200, 40)])
async def test_every_column_that_is_shown_sorts_by_key_and_by_its_heading(world: World, size: tuple[int, int]) -> None:
    several(world)
    async with world.app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, world, "live 1")
        table = home(world).query_one(CampaignTable)
        seen = [home(world).listed.sort.column]
        for _ in table.shown:
            assert re.search("[▴▾]", world.screen_text)
            await pilot.press("s")
            await pilot.pause()
            seen.append(home(world).listed.sort.column)
        await until(pilot, world, "Sorted by last change, largest first")  # which no heading shows
        await pilot.press("s")
        await pilot.pause()
        assert home(world).listed.sort.column is SortColumn.NAME
        assert seen[-1] is SortColumn.UPDATED
        assert len(set(seen)) == len(table.shown) + 1
        await pilot.click(table, offset=(4, 0))
        await until(pilot, world, "Campaign▾")


@pytest.mark.parametrize("width", [80, 95, 96, 100, 115, 116, 126, 150, 200])
async def test_names_have_room_at_every_width(world: World, width: int) -> None:
    world.launched("x" * 40)
    world.app.session.state = Chosen(hidden=frozenset({PART}))
    async with world.app.run_test(size=(width, 24)) as pilot:
        await until(pilot, world, "● on")
        assert "x" * 20 in world.screen_text


# Marks

async def test_marks_are_made_cleared_and_told(world: World) -> None:
    several(world)
    async with world.app.run_test(size=SMALL) as pilot:
        await until(pilot, world, "live 3")
        await pilot.press("m", "j", "m")
        await until(pilot, world, "2 marked")
        assert marked(world) == {"blank 1", "live 2"}
        assert world.screen_text.count("✓") == 3
        await pilot.press("M")
        await until(pilot, world, "4 marked")
        await pilot.press("M")
        await until(pilot, world, "marked", gone=True)
        await pilot.press("M")
        await until(pilot, world, "4 marked")
        await pilot.press("escape")
        await until(pilot, world, "marked", gone=True)
        assert "✓" not in world.screen_text


async def test_a_range_grows_and_shrinks_with_shift(world: World) -> None:
    several(world)
    async with world.app.run_test(size=SMALL) as pilot:
        await until(pilot, world, "live 3")
        await pilot.press("j", "shift+down", "J")
        assert marked(world) == {"live 1", "live 2", "live 3"}
        await pilot.press("shift+up")
        assert marked(world) == {"live 1", "live 2"}
        await pilot.press("K", "K")
        assert marked(world) == {"blank 1", "live 1"}


async def test_marks_are_the_campaigns_whatever_is_shown(world: World) -> None:
    several(world)
    async with world.app.run_test(size=SMALL) as pilot:
        await until(pilot, world, "live 3")
        await pilot.press("m", "slash", *"state:on", "enter", "M")
        await until(pilot, world, "4 marked")
        await pilot.press("S", "j", "m")
        await until(pilot, world, "3 marked")
        assert marked(world) == {"live 1", "live 3"} or marked(world) == {"live 2", "live 3"} or len(marked(world)) == 2
        await pilot.press("escape")
        await until(pilot, world, "marked", gone=True)
        assert home(world).choices.filter_text == "state:on"
        await pilot.press("escape")
        await until(pilot, world, "blank 1")


async def test_a_click_with_ctrl_marks_one_and_with_shift_a_range(world: World) -> None:
    several(world)
    async with world.app.run_test(size=SMALL) as pilot:
        await until(pilot, world, "live 3")
        table = home(world).query_one(CampaignTable)
        await pilot.click(table, offset=(5, 2), control=True)
        await until(pilot, world, "1 marked")
        assert marked(world) == {"live 1"}
        await pilot.click(table, offset=(5, 4), shift=True)
        await until(pilot, world, "3 marked")
        assert marked(world) == {"live 1", "live 2", "live 3"}


# Several at once

async def test_bulk_off_asks_once_names_what_it_cant_and_tells_each(world: World) -> None:
    several(world)
    world.answers = [OK, OK, OK]
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, "live 3")
        await pilot.press("M", "space")
        await until(pilot, world, "Switch the 4 marked campaigns on or off?")
        assert "3 can be switched off" in world.screen_text
        assert "1 stays as it is" in world.screen_text
        assert "“blank 1”" in world.screen_text
        assert world.requests == []
        await pilot.press("right", "enter")
        await until(pilot, world, "3 of 3")
        assert world.screen_text.count(": done") == 3
        await pilot.press("enter")
        await until(pilot, world, "off 3")
        await until(pilot, world, "1 marked")
    assert {(request.method, request.content) for request in world.requests} == {
        ("PATCH", f"key={KEY}&status=off".encode())}
    assert len(world.requests) == 3


@pytest.mark.parametrize("keys", [("space", "space", "space", "enter"), ("d", "d", "d", "enter"), ("space", "escape"),
                                  ("exclamation_mark", "exclamation_mark", "enter")])
async def test_the_key_that_asked_confirms_nothing(world: World, keys: tuple[str, ...]) -> None:
    several(world)
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, "live 3")
        await pilot.press("M", keys[0])
        await met(pilot, lambda: isinstance(world.app.screen, BulkQuestion))
        assert isinstance(world.app.focused, Button)
        assert world.app.focused.id == "no"
        await pilot.press(*keys[1:])
        await met(pilot, lambda: world.app.screen is home(world))
    assert world.requests == []
    assert world.store.campaigns.counts("acme") == {State.ON: 3, State.DRAFT: 1}


async def test_bulk_delete_says_which_are_asked_about_once_more(world: World) -> None:
    missing = world.launched("Kayıp")
    world.store.switches.missing(world.store.switches.begin(missing, Action.OFF, AskedBy.APP), Reason(
        "provider.not_found", {"status": 400, "words": "Cannot find ivr_campaign"}))
    world.launched("Anket", 20213)
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, say("campaign.state.missing"))
        await pilot.press("M", "d")
        await until(pilot, world, "1 will be deleted at the provider")
        (told,) = [str(said.render()) for said in world.app.screen.query(".lines > Static").results(Static)]
    assert [line.strip() for line in told.splitlines()] == [
        say("screens.bulk.delete_text", count=1), "Anket", say("screens.bulk.put_away_text", count=1), "Kayıp"]


async def test_bulk_delete_of_drafts_comes_back_in_one_step(world: World) -> None:
    several(world, on=1, drafts=3)
    world.answers = [OK]
    async with world.app.run_test(size=LARGE, notifications=True) as pilot:
        await until(pilot, world, "live 1")
        await pilot.press("M", "d")
        await until(pilot, world, "1 will be deleted at the provider")
        assert "3 drafts will be deleted" in world.screen_text
        await pilot.press("right", "enter")
        await until(pilot, world, "4 of 4")
        await pilot.press("enter")
        await until(pilot, world, "No campaign", gone=False)
        await pilot.press("u")
        await until(pilot, world, "blank 3")
    assert world.store.campaigns.counts("acme") == {State.DRAFT: 3, State.DELETED: 1}


async def test_faults_half_way_are_told_as_what_they_are(world: World) -> None:
    several(world)

    def answer(request: httpx.Request) -> httpx.Response:
        place = request.url.path.rpartition("/")[2]
        if place == "1":
            return httpx.Response(400, text="Cannot do that [/x]")
        if place == "2":
            raise httpx.ReadError("cut")
        return httpx.Response(200, text="OK")

    world.answers = [answer] * 10
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, "live 3")
        world.app.services.connect = lambda profile: impatient(world, profile)
        await pilot.press("M", "space")
        await until(pilot, world, "can be switched off")
        await pilot.press("right", "enter")
        await until(pilot, world, "3 of 3")
        shown = world.screen_text
        assert "live 1: not done" in shown
        assert "[/x]" in shown
        assert "live 2: outcome unknown" in shown
        assert "live 3: done" in shown
        await pilot.press("enter")
        await until(pilot, world, "on, uncertain")
    found = {campaign.name: campaign for campaign in world.store.campaigns.page("acme", limit=10)}
    assert found["live 2"].unsure
    assert found["live 1"].state is State.ON
    assert not found["live 1"].unsure
    assert found["live 3"].state is State.OFF


class NoWaiting:
    """A clock whose sleeps are over at once."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


def impatient(world: World, profile: Profile) -> Provider:
    assert profile.api_key is not None
    return Provider(profile.base_url, profile.api_key, transport=httpx.MockTransport(world.answer), clock=NoWaiting())


async def test_a_stop_half_way_tells_the_truth(world: World) -> None:
    several(world, on=9)
    gate, begun = asyncio.Event(), asyncio.Event()

    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            world.requests.append(request)
            if len(world.requests) == 4:
                begun.set()
            await gate.wait()
            return on_the_wire(httpx.Response(200, text="OK"))

    world.app.services.connect = lambda profile: Provider(profile.base_url, Secret(KEY), transport=Slow())
    async with world.app.run_test(size=LARGE, notifications=True) as pilot:
        await until(pilot, world, "live 9")
        await pilot.press("exclamation_mark")
        await until(pilot, world, "Switch off everything that is on in acme?")
        await pilot.press("right", "enter")
        await begun.wait()
        await pilot.press("escape", "escape", "escape")  # as a key that is held down
        await until(pilot, world, "waiting for 4 answers")
        await until(pilot, world, say("screens.bulk.stopping", give_up="")[:20])
        assert isinstance(world.app.screen, BulkDialog)
        gate.set()
        await until(pilot, world, "not started 5")
        assert "done 4" in world.screen_text
        await pilot.press("escape")
        await until(pilot, world, "off 4")
    assert len(world.requests) == 4
    assert world.store.campaigns.counts("acme") == {State.ON: 5, State.OFF: 4, State.DRAFT: 1}


async def test_what_isnt_waited_for_is_in_doubt(world: World) -> None:
    several(world, on=2)
    begun = asyncio.Event()

    class Silent(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            world.requests.append(request)
            if len(world.requests) == 2:
                begun.set()
            await asyncio.Event().wait()
            raise AssertionError

    world.app.services.connect = lambda profile: Provider(profile.base_url, Secret(KEY), transport=Silent())
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, "live 2")
        await pilot.press("exclamation_mark")
        await until(pilot, world, "Switch off everything")
        await pilot.press("right", "enter")
        await begun.wait()
        await pilot.press("escape")
        await until(pilot, world, say("screens.bulk.give_up"))
        await pilot.click("#give-up")
        await until(pilot, world, "outcome unknown 2")
        await pilot.press("escape")
        await until(pilot, world, "on, uncertain")


async def test_leaving_meanwhile_asks_first(world: World) -> None:
    several(world, on=1)
    begun, gate = asyncio.Event(), asyncio.Event()

    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            begun.set()
            await gate.wait()
            return on_the_wire(httpx.Response(200, text="OK"))

    world.app.services.connect = lambda profile: Provider(profile.base_url, Secret(KEY), transport=Slow())
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, "live 1")
        await pilot.press("exclamation_mark")
        await until(pilot, world, "Switch off everything")
        await pilot.press("right", "enter")
        await begun.wait()
        await pilot.press("ctrl+q")
        await until(pilot, world, say("app.quit.bulk_title"))
        await pilot.press("enter")
        gate.set()
        await until(pilot, world, "1 of 1")


async def test_stop_all_reaches_what_isnt_shown_and_names_what_it_cant(world: World) -> None:
    several(world, on=2)
    lost = world.draft(READY | {"name": "lost"})
    entry = world.store.ledger.begin(lost, revision=world.store.campaigns.get(lost).revision, token="t", body_hash="h",
                                     numbers=1, asked_by=AskedBy.APP)
    world.store.ledger.resolve(entry, Unconfirmed(Reason("provider.unconfirmed.cut")))
    world.answers = [OK, OK]
    async with world.app.run_test(size=LARGE, notifications=True) as pilot:
        await until(pilot, world, "live 2")
        await pilot.press("slash", *"state:draft", "enter")
        await until(pilot, world, "live 2", gone=True)
        await pilot.press("exclamation_mark")
        await until(pilot, world, "1 more is launching or unconfirmed")
        await pilot.press("right", "enter")
        await until(pilot, world, "2 of 2")
        await pilot.press("enter", "exclamation_mark")
        await until(pilot, world, say("screens.bulk.nothing_on"))
    assert len(world.requests) == 2


async def test_stop_all_reaches_what_is_over_last_and_says_so(world: World) -> None:
    over = {"date_range_begin": "2026-11-24", "date_range_end": "2026-11-24"}
    world.launched("ended", provider_id=7, values=READY | over)
    several(world, on=1)
    world.answers = [OK, OK]
    async with world.app.run_test(size=LARGE, notifications=True) as pilot:
        await until(pilot, world, "live 1")
        await pilot.press("exclamation_mark")
        await until(pilot, world, say("screens.bulk.stop_over", count=1)[:40])
        await pilot.press("right", "enter")
        await until(pilot, world, "2 of 2")
    assert [request.url.path for request in world.requests] == ["/ivr_campaigns/1", "/ivr_campaigns/7"]


# Profiles

@pytest.fixture
def with_another(world: World, profile: Profile) -> World:
    """A second profile, with a draft and a campaign that is on."""
    config = world.app.session.config
    world.app.session.config = replace(config, profiles={"acme": profile, "beta": replace(profile, name="beta")})
    assert isinstance(world.app.session.config, Config)
    several(world, on=1, drafts=0)
    world.store.drafts.create("beta", READY | {"name": "beta draft"})
    world.store.campaigns.track_foreign("beta", 77, "beta on", State.ON)
    return world


@pytest.mark.parametrize("key", ["space", "d", "enter", "r", "t", "c"])
async def test_another_profiles_campaign_is_shown_and_nothing_is_done_to_it(with_another: World, key: str) -> None:
    world = with_another
    async with world.app.run_test(size=LARGE, notifications=True) as pilot:
        await until(pilot, world, "live 1")
        assert "beta" not in world.screen_text
        await pilot.press("slash", *"profile:beta", "enter")
        await until(pilot, world, "beta on")
        assert say("text.column.profile") in world.screen_text
        await pilot.press("end", key)
        await until(pilot, world, "belongs to the profile beta")
        assert world.app.screen is home(world)
    assert world.requests == []
    assert world.store.campaigns.counts("beta") == {State.UNKNOWN: 1, State.DRAFT: 1}


async def test_a_mark_on_another_profiles_campaign_stays_out_of_what_is_done(with_another: World) -> None:
    world = with_another
    world.answers = [OK]
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, "live 1")
        await pilot.press("slash", *"profile:all", "enter", "M", "space")
        await until(pilot, world, "1 can be switched off")
        assert "2 stay as they are" in world.screen_text
        await pilot.press("right", "enter")
        await until(pilot, world, "1 of 1")
        await pilot.press("enter")
        await until(pilot, world, "2 marked")
    assert [request.url.path for request in world.requests] == ["/ivr_campaigns/1"]


async def test_marks_end_with_the_profile(with_another: World) -> None:
    world = with_another
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, "live 1")
        await pilot.press("M")
        await until(pilot, world, "1 marked")
        await pilot.press("p")
        await until(pilot, world, say("screens.profiles.title"))
        await pilot.press("down", "enter")
        await until(pilot, world, "beta on")
        assert "marked" not in world.screen_text


@pytest.mark.parametrize("keys", [("space",), ("d",), ("exclamation_mark",), ("M", "space"), ("M", "d")])
async def test_a_profile_that_may_only_look_is_told_so(world: World, profile: Profile, keys: tuple[str, ...]) -> None:
    several(world, drafts=0)
    world.app.services.profile = replace(profile, read_only=True)
    async with world.app.run_test(size=LARGE, notifications=True) as pilot:
        await until(pilot, world, say("widgets.profiles.read_only"))
        await until(pilot, world, "live 1")
        await pilot.press(*keys)
        await until(pilot, world, "you can look, but not launch")
        assert world.app.screen is home(world)
    assert world.requests == []


@asynccontextmanager
async def listed(world: World) -> AsyncIterator[Pilot[str]]:
    """The list of several campaigns, all of it read."""
    several(world)
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, "live 1")
        await at_rest(pilot, world)
        yield pilot


async def test_the_cursor_goes_where_it_is_sent_while_the_list_is_read_again(
    world: World, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was read before a key is shown after it: the cursor stays where the key brought it."""
    async with listed(world) as pilot:
        screen, asked, answer = home(world), threading.Event(), threading.Event()
        before = screen.listed.current

        def slowly(store: Store, profile: str, chosen: ListFilter, sort: Sort, start: int, limit: int) -> Overview:
            seen = read_overview(store, profile, chosen, sort, start, limit)
            asked.set()
            assert answer.wait(20)
            return seen

        monkeypatch.setattr(listed_campaigns, "read_overview", slowly)
        reading = asyncio.create_task(screen.listed.reload())
        assert await asyncio.to_thread(asked.wait, 20)
        world.app.simulate_key("j")
        await pilot.pause()
        gone_to = screen.listed.current
        answer.set()
        await reading
        assert before is not None
        assert gone_to is not None
        assert screen.listed.current is not None
        assert screen.listed.current.id == gone_to.id != before.id


async def test_a_list_that_was_asked_for_before_another_does_not_take_its_place(
    world: World, monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with listed(world) as pilot:
        screen, thread = home(world), world.app.services.thread
        first, second = asyncio.Event(), asyncio.Event()

        async def held_back(work: Callable[..., object], *given: object) -> object:
            """The first list is there when the second one has been shown."""
            seen = await thread(work, *given)
            if work is read_overview and not first.is_set():
                first.set()
                await second.wait()
            return seen

        monkeypatch.setattr(world.app.services, "thread", held_back)
        reading = asyncio.create_task(screen.listed.reload())
        await first.wait()
        screen.choices.put("state:draft")
        await until(pilot, world, "live 1", gone=True)
        second.set()
        await reading
        await at_rest(pilot, world)
        assert "blank 1" in world.screen_text
        assert "live 1" not in world.screen_text


async def test_a_filter_that_could_not_be_read_is_read_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the rows of one filter would stand under the words of another until something is written."""
    async with listed(world) as pilot:
        asked = []

        def fails_once(store: Store, profile: str, chosen: ListFilter, sort: Sort, start: int, limit: int) -> Overview:
            asked.append(chosen)
            if len(asked) == 1:
                raise StoreFailed(Reason("store.failed", {"path": "x", "detail": "y"}))
            return read_overview(store, profile, chosen, sort, start, limit)

        monkeypatch.setattr(listed_campaigns, "read_overview", fails_once)
        home(world).choices.put("state:draft")
        await until(pilot, world, "live 1", gone=True)
        assert "blank 1" in world.screen_text
        assert asked[0] == asked[1]


# The pane

async def test_the_pane_tells_the_campaign_under_the_cursor_and_goes_by_key(world: World) -> None:
    several(world)
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, say("screens.campaign.history"))
        await until(pilot, world, say("screens.form.no_problems"))
        await pilot.press("j")
        await until(pilot, world, "ID: 1")
        await until(pilot, world, say("store.event.created"))
        await pilot.press("v")
        await until(pilot, world, say("screens.campaign.history"), gone=True)
        await until(pilot, world, say("text.column.answered"))
        await pilot.press("v")
        await until(pilot, world, "ID: 1")


async def test_where_there_is_no_room_there_is_no_pane_and_its_key_says_so(world: World) -> None:
    several(world)
    async with world.app.run_test(size=SMALL, notifications=True) as pilot:
        await until(pilot, world, "live 1")
        assert say("screens.campaign.history") not in world.screen_text
        await pilot.press("v")
        await until(pilot, world, "needs a terminal at least 120 columns")
        await pilot.resize_terminal(*LARGE)
        await until(pilot, world, say("screens.campaign.history"))


async def test_a_drafts_first_problem_stands_in_the_pane(world: World) -> None:
    world.draft(READY | {"name": "[/x]", "cli": "12"})
    async with world.app.run_test(size=LARGE) as pilot:
        await until(pilot, world, say("screens.form.problems", count=1))
        assert "[/x]" in world.screen_text
