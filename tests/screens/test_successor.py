"""`e` on a campaign that runs: each step of changing it is seen, may be left and is gone on with."""

from __future__ import annotations

import datetime as dt

import httpx
import pytest
from textual.widgets import Button, Static

from tests.screens.conftest import NOW, READY, World
from tests.screens.waiting import until
from tui.campaign import succession
from tui.campaign.lifecycle import Action, AskedBy, Created, State
from tui.i18n.words import say
from tui.screens.campaign_form import CampaignFormScreen
from tui.screens.campaign_list import CampaignListScreen
from tui.screens.question import TypedQuestion

OK = httpx.Response(200, text="OK")
PHONES = ("05321234567", "05321234568", "05321234569")


@pytest.fixture(autouse=True)
def no_call_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(succession, "quiet_time", lambda _draft: dt.timedelta(0))
    monkeypatch.setattr(succession, "_LATE_RESULT", dt.timedelta(0))
    monkeypatch.setattr("tui.screens.successor._LOOK_EVERY", 0.05)


def running(world: World, *, receiver: bool = True) -> int:
    """A campaign of three numbers that is on; the first has answered."""
    made = world.launched(phones=PHONES)
    world.heard(made, ("905321234567", "Cevaplandı", "1"))
    if receiver:
        world.store.receivers.beat("r", address="here", started_at=NOW - dt.timedelta(days=1), received_last_minute=0)
    return made


def steps(world: World) -> list[str]:
    """The marks of the steps."""
    text = str(world.app.screen.query_one("#steps", Static).render())
    return [line.strip()[:1] for line in text.split("\n")]


def button(world: World, name: str) -> Button:
    return world.app.screen.query_one(f"#{name}", Button)


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_from_the_first_step_to_the_draft(world: World, size: tuple[int, int]) -> None:
    made = running(world)
    world.answers = [OK]
    async with world.app.run_test(size=size) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("e")
        await until(pilot, world, f" ▸ {say('screens.successor.step.switch_off')}")
        assert steps(world) == ["▸", "·", "·", "·", "·", "·"]
        assert say("screens.successor.leave") in world.screen_text
        await pilot.press("right", "enter")
        await until(pilot, world, say("screens.successor.go.know"))
        assert steps(world) == ["✓", "✓", "▸", "·", "·", "·"]
        # The step before is being ended; and Textual takes no second press of a button within a fifth of a second.
        while button(world, "go").disabled or button(world, "go").has_class("-active"):
            await pilot.pause(0.02)
        await pilot.press("right", "right", "enter")
        await until(pilot, world, say("key.form.next"))
        assert isinstance(world.app.screen, CampaignFormScreen)
    draft = world.store.campaigns.get(2)
    assert (draft.replaces, draft.state, draft.numbers) == (made, State.DRAFT, 2)
    assert [request.method for request in world.requests] == ["PATCH"]


async def test_where_one_comes_back_the_cursor_is_on_the_campaign_in_the_other_s_place(world: World) -> None:
    """The next key is meant for that: in the list it has another place than the old one had."""
    made, store = running(world), world.store
    world.draft({"name": "Another"})
    by = store.successions.begin(made, AskedBy.APP)
    store.switches.done(store.switches.begin(made, Action.OFF, AskedBy.APP))
    store.successions.note_known(by.id, succession.KnownFrom.PERSON, store.campaigns.get(made).state_at)
    draft = store.successions.make_draft(by.id, READY)
    async with world.app.run_test(size=(110, 34)) as pilot:
        screen = world.app.screen
        assert isinstance(screen, CampaignListScreen)
        listed = screen.listed

        def here() -> int | None:
            return None if listed.current is None else listed.current.id

        await until(pilot, world, "○ off")
        while here() != made:
            await pilot.press("down")
        await pilot.press("e")
        await until(pilot, world, say("screens.successor.go.launch"))
        button(world, "go").press()
        await until(pilot, world, say("key.form.next"))
        await pilot.press("escape")
        await until(pilot, world, say("key.campaigns.new"))
        for _ in range(200):
            if here() == draft:
                break
            await pilot.pause(0.02)
        assert here() == draft


async def test_what_was_left_is_gone_on_with(world: World) -> None:
    running(world)
    world.answers = [OK]
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("e")
        await until(pilot, world, f" ▸ {say('screens.successor.step.switch_off')}")
        await pilot.press("right", "enter")
        await until(pilot, world, say("screens.successor.go.know"))
        await pilot.press("escape")
        await until(pilot, world, "○ off")
        assert isinstance(world.app.screen, CampaignListScreen)
        await pilot.press("e")
        await until(pilot, world, say("screens.successor.go.know"))
        assert steps(world)[:3] == ["✓", "✓", "▸"]


async def test_nobody_knows_whom_it_reached_until_a_person_types_how_many(world: World) -> None:
    running(world, receiver=False)
    world.answers = [OK]
    async with world.app.run_test(size=(100, 34), notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("e")
        await until(pilot, world, f" ▸ {say('screens.successor.step.switch_off')}")
        await pilot.press("right", "enter")
        await until(pilot, world, "No receiver is at work")
        assert "2 numbers are held back." in world.screen_text
        assert not button(world, "go").display
        button(world, "anyway").press()
        await until(pilot, world, say("screens.successor.anyway_title"))
        assert isinstance(world.app.screen, TypedQuestion)
        await pilot.press("3", "enter", "enter")
        assert isinstance(world.app.screen, TypedQuestion)
        await pilot.press("backspace", "2", "enter", "enter")
        await until(pilot, world, say("screens.successor.known.person"))
        assert steps(world)[:4] == ["✓", "✓", "✓", "▸"]


async def test_a_switch_that_fails_is_said_and_tried_again(world: World) -> None:
    running(world)
    world.answers = [httpx.Response(400, text="no"), OK]
    async with world.app.run_test(size=(100, 34), notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("e")
        await until(pilot, world, f" ▸ {say('screens.successor.step.switch_off')}")
        await pilot.press("right", "enter")
        await until(pilot, world, "no")
        assert steps(world)[0] == "▸"
        button(world, "go").press()
        await until(pilot, world, say("screens.successor.go.know"))


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
async def test_each_of_its_buttons_is_seen_in_the_smallest_window(world: World) -> None:
    running(world, receiver=False)
    world.answers = [OK]
    async with world.app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("e")
        await until(pilot, world, f" ▸ {say('screens.successor.step.switch_off')}")
        await pilot.press("right", "enter")
        await until(pilot, world, say("screens.successor.anyway"))
        assert all(say(f"screens.successor.{name}") in world.screen_text
                   for name in ("leave", "give_up", "records", "anyway"))
        assert say("common.cancel") not in world.screen_text


async def test_given_up_it_says_so(world: World) -> None:
    running(world)
    world.answers = [OK]
    async with world.app.run_test(size=(100, 34), notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("e")
        await until(pilot, world, f" ▸ {say('screens.successor.step.switch_off')}")
        await pilot.press("right", "enter")
        await until(pilot, world, say("screens.successor.give_up"))
        button(world, "give_up").press()
        await until(pilot, world, "is no longer being changed")
        assert steps(world)[0] == "▸"


async def test_a_draft_is_changed_with_enter(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("e")
        await until(pilot, world, "is a draft")


async def test_the_old_one_is_switched_on_beside_the_new_one_by_a_typed_count_alone(world: World) -> None:
    made, store = running(world), world.store
    by = store.successions.begin(made, AskedBy.APP)
    store.switches.done(store.switches.begin(made, Action.OFF, AskedBy.APP))
    store.successions.note_known(by.id, succession.KnownFrom.PERSON, store.campaigns.get(made).state_at)
    draft = store.successions.make_draft(by.id, READY)
    entry = store.ledger.begin(draft, revision=store.campaigns.get(draft).revision, token="new", body_hash="n",
                               numbers=2, asked_by=AskedBy.APP)
    store.ledger.resolve(entry, Created(20213))
    world.answers = [OK]
    async with world.app.run_test(size=(110, 34)) as pilot:
        await until(pilot, world, "○ off")
        await pilot.press("down")
        await pilot.press("space")
        await until(pilot, world, say("screens.switch_on.beside_title"))
        await pilot.press("2", "enter", "enter")
        await until(pilot, world, "○ off", gone=True)
    assert [request.content.decode()[-2:] for request in world.requests] == ["on"]
