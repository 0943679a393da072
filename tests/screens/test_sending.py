"""A long list on its way: how far it is, giving it up, and the request's views without the list in memory."""

from __future__ import annotations

import httpx
import pytest

from tests.reluctant import Reluctant
from tests.screens.conftest import KEY, Beside, World
from tests.screens.test_campaign_form import to_review
from tests.screens.waiting import until
from tui.campaign.lifecycle import State
from tui.config import Profile
from tui.core.secret import Secret
from tui.i18n.words import say
from tui.provider.client import Provider
from tui.screens import launch as launch_screen
from tui.store import NumberRow

SIZE = (80, 24)


@pytest.fixture(autouse=True)
def a_short_countdown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch_screen, "COUNTDOWN_SECONDS", 1)


@pytest.fixture
def slow(world: World) -> Reluctant:
    transport = Reluctant(httpx.Response(200, stream=httpx.ByteStream(b"20212"), headers={"Content-Length": "5"}))

    def connect(profile: Profile) -> Provider:
        return Provider(profile.base_url, Secret(KEY), transport=Beside(world, transport))

    world.app.services.connect = connect
    return transport


def long_list(world: World, numbers: int = 20_000) -> int:
    made = world.draft(phones=())
    world.store.numbers.add(made, (NumberRow(phone, phone, "#456") for phone in (
        f"90532{place:07}" for place in range(numbers))))
    return made


async def confirmed(pilot: object, world: World) -> None:
    await to_review(pilot, world)
    await pilot.press("l")  # type: ignore[attr-defined]  # a Pilot
    await until(pilot, world, "Type 20,000")  # type: ignore[arg-type]  # a Pilot
    await pilot.press(*"20000", "enter", "enter")  # type: ignore[attr-defined]  # a Pilot


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
async def test_how_far_it_is_is_shown_and_esc_gives_it_up(world: World, slow: Reluctant, language: str) -> None:
    made = long_list(world)
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        if language == "tr":
            await until(pilot, world, "taslak")
            await pilot.press("enter", "f9")
            await until(pilot, world, "Türkiye saati")
            await pilot.press("l")
            await until(pilot, world, "20.000 yazın")
            await pilot.press(*"20000", "enter", "enter")
        else:
            await confirmed(pilot, world)
        await slow.reads(5)
        await until(pilot, world, say("screens.launch.give_up")[:30])
        await until(pilot, world, "0,3" if language == "tr" else "0.3")
        await pilot.press("escape")
        await until(pilot, world, say("screens.launch.not_sent", name="Memnuniyet anketi", why="")[:20])
        assert not isinstance(world.app.screen, launch_screen.SendingDialog)
    assert world.store.campaigns.get(made).state is State.DRAFT


async def test_after_the_last_byte_esc_only_says_so(world: World, slow: Reluctant) -> None:
    made = long_list(world)
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await confirmed(pilot, world)
        await slow.reads_all()
        await until(pilot, world, "waiting for the provider's answer")
        await pilot.press("escape")
        await until(pilot, world, "Too late to cancel")
        slow.answering.set()
        await until(pilot, world, "● on")
    assert world.store.campaigns.get(made).state is State.ON


async def test_what_is_quickly_sent_shows_no_dialog(world: World) -> None:
    made = world.draft()
    world.answers = [httpx.Response(200, text="20212")]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await to_review(pilot, world)
        await pilot.press("l")
        await until(pilot, world, "Launch “Memnuniyet anketi”?")
        await pilot.press("tab", "enter")
        await until(pilot, world, "● on")
    assert world.store.campaigns.get(made).state is State.ON


@pytest.mark.parametrize(("numbers", "copied"), [(1, True), (1_000, True), (40_000, False)])
async def test_the_copy_has_the_whole_list_or_says_that_it_is_too_large(
    world: World, numbers: int, copied: bool
) -> None:
    long_list(world, numbers)
    async with world.app.run_test(size=(80, 60), notifications=True) as pilot:
        await to_review(pilot, world)
        await pilot.press("v")
        await until(pilot, world, '"call_type"')
        await pilot.press("y")
        await until(pilot, world, "key masked" if copied else "too large for a clipboard")
        assert world.app.clipboard.count('"phone": "90532') == (numbers if copied else 0)
        assert KEY not in world.app.clipboard


async def test_of_a_long_list_the_views_show_the_beginning(world: World) -> None:
    long_list(world, 1_000)
    async with world.app.run_test(size=(80, 60)) as pilot:
        await to_review(pilot, world)
        await pilot.press("v")
        await until(pilot, world, '"call_type"')
        pane = world.app.screen.query_one("#what")
        lines = str(pane.render()).split("\n")
        whole = 1_000 + sum(not line.startswith("    {") for line in lines[:-1]) + 2  # ] and }
        assert len(lines) == 201
        assert lines[-1] == say("screens.review.more", count=whole - 200)
        await pilot.press("v")
        await until(pilot, world, "curl")
        assert str(pane.render()).endswith(say("screens.review.more_numbers", count=800))
