"""Rows that repeat a number with another phrase: called by choice, in the list, in Review and in the last question."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from textual.pilot import Pilot

from tests.screens.conftest import READY, World
from tests.screens.waiting import until
from tui.campaign.fields import KEEP_REPEATS
from tui.campaign.phone_list import Number
from tui.i18n.words import say
from tui.operations.phone_list import validated
from tui.screens import launch as launch_screen

ANN, BOB = "05321234567", "05321234568"
ROWS = (Number(ANN, "#1"), Number(BOB), Number(ANN, "#2"), Number(ANN, "#1"))


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch_screen, "COUNTDOWN_SECONDS", 1)


@asynccontextmanager
async def listed(world: World, *rows: Number, **fields: str) -> AsyncIterator[tuple[Pilot[str], int]]:
    """The list of a draft is in front, and has the focus."""
    made = world.draft({**READY, **fields}, phones=())
    world.store.numbers.add(made, validated(rows))
    async with world.app.run_test(size=(160, 40), notifications=True) as pilot:
        await until(pilot, world, READY["name"])
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f7", "f7", "f7", "f7")
        await until(pilot, world, say("screens.numbers.filter_all") if rows else say("screens.numbers.empty"))
        await pilot.press("tab")
        yield pilot, made


def kept(world: World, made: int) -> str | None:
    return world.store.campaigns.get(made).fields.get(KEEP_REPEATS)


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
async def test_they_are_called_after_a_question_and_no_longer_without_one(world: World, language: str) -> None:
    async with listed(world, *ROWS) as (pilot, made):
        await until(pilot, world, say("screens.numbers.repeated", first="1")[:40])
        await pilot.press("r")
        await until(pilot, world, say("screens.numbers.repeats"))
        assert say("screens.numbers.repeats_text", count=1)[:40] in world.screen_text
        assert say("screens.numbers.repeats_called", count=1)[:40] in world.screen_text
        assert kept(world, made) is None
        await pilot.press("tab", "enter")
        await until(pilot, world, say("screens.numbers.called_again", first="1")[:40])
        await until(pilot, world, say("screens.numbers.repeats_kept"))
        await until(pilot, world, say("screens.numbers.said_before", first="1")[:40])
        assert kept(world, made) == "true"
        await pilot.press("r")
        await until(pilot, world, say("screens.numbers.repeated", first="1")[:40])
        assert kept(world, made) is None


async def test_who_says_no_to_the_question_leaves_it_as_it_was(world: World) -> None:
    async with listed(world, *ROWS) as (pilot, made):
        await pilot.press("r")
        await until(pilot, world, say("screens.numbers.repeats"))
        await pilot.press("escape")
        await until(pilot, world, say("screens.numbers.repeated", first="1")[:40])
        assert kept(world, made) is None


@pytest.mark.parametrize(("rows", "told"), [
    ((Number(ANN), Number(BOB)), "No row repeats a number"), ((Number(ANN), Number(ANN)), "No row repeats a number"),
])
async def test_where_there_are_none_the_key_says_so(world: World, rows: tuple[Number, ...], told: str) -> None:
    async with listed(world, *rows) as (pilot, made):
        await pilot.press("r")
        await until(pilot, world, told)
        assert kept(world, made) is None


async def test_review_and_the_question_tell_it_and_the_count_is_typed(world: World) -> None:
    world.answers = [httpx.Response(200, text="20212")]
    async with listed(world, *ROWS, keep_repeats="true") as (pilot, made):
        await pilot.press("f9")
        await until(pilot, world, "2 numbers will be called")
        assert "1 more call" in world.screen_text
        assert "1 number is called more than once" in world.screen_text
        assert "1 row repeats a number with the same phrase" in world.screen_text
        await pilot.press("l")
        await until(pilot, world, "Type 2 to confirm")
        assert "1 number is called more than once" in world.screen_text
        await pilot.press("2", "enter", "enter")
        await until(pilot, world, "● on")
    (request,) = world.requests
    sent = json.loads(request.content)
    assert [(row["phone"], row.get("phrase")) for row in sent["phone_list"]] == [
        ("905321234567", "#1"), ("905321234568", None), ("905321234567", "#2")]
    assert KEEP_REPEATS not in sent
    assert world.store.campaigns.get(made).called_again == 1


@pytest.mark.parametrize(("keeps", "told"), [("true", "3 rows of the list:"), ("", "2 numbers:")])
async def test_the_form_reckons_with_every_call(world: World, keeps: str, told: str) -> None:
    async with listed(world, *ROWS, keep_repeats=keeps) as (pilot, _made):
        await pilot.press("f6")
        await until(pilot, world, told)


@pytest.mark.parametrize(("keeps", "told"), [
    ("true", "Rows that repeat a number with"), ("", "2 duplicates are left out"),
])
async def test_beside_the_list_of_campaigns_a_draft_is_told_with_them(world: World, keeps: str, told: str) -> None:
    made = world.draft({**READY, KEEP_REPEATS: keeps} if keeps else READY, phones=())
    world.store.numbers.add(made, validated(ROWS))
    async with world.app.run_test(size=(160, 40)) as pilot:
        await until(pilot, world, "2 numbers will be called")
        await until(pilot, world, told)
