"""The target dialog: whatever is typed or pasted, what it hands on is a target, and the one that was pointed at."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace
from textual import events
from textual.pilot import Pilot

from tests.screens.conftest import READY, World
from tests.screens.test_digit_target_editor import editor, fields
from tests.screens.waiting import at_once, until
from tui.campaign.account import Account, Listing
from tui.campaign.target import Target, TargetKind, parse_target, understand
from tui.i18n.words import say
from tui.screens.target_picker import ListedRows, suggestions
from tui.text.formats import sentence

ACCOUNT = Account(Listing({421: "Teşekkürler", 10**12: "of a number that no target can write"}, fresh=True),
                  Listing({200: "Satış"}), Listing({1000: "AVAILABLE"}))
USED = (Target(TargetKind.EXTERNAL, "05321234567"), Target(TargetKind.GROUP, "700"))


@asynccontextmanager
async def picking(world: World, draft: int) -> AsyncIterator[Pilot[str]]:
    """The dialog of key 3."""
    async with editor(world, draft) as pilot:
        await pilot.press("3", "enter")
        await until(pilot, world, say("screens.target.title", key=say("campaign.digit.3")))
        yield pilot


@given(st.text(max_size=20) | st.from_regex(r"(a|t|v|t/en/|t/de/|e)?[ 0-9٣²x\t/]{0,14}", fullmatch=True))
@example("٣")
@example("12345678901")
@example("9" * 5000)
@example("t one\ttwo")
@example("t/de/Hallo")
@example("of a number")
def test_every_row_that_is_offered_is_a_target(text: str) -> None:
    for row in suggestions(text, understand(text), ACCOUNT, USED, ListedRows()):
        if row.target is not None:
            assert parse_target(str(row.target)) == row.target
            if row.target.kind is not TargetKind.TTS:  # of those the line is the beginning, a language
                assert understand(row.line).target == row.target


@pytest.mark.parametrize("line", ["٣", "12345678901", "9" * 5000, "t one\ttwo", "t/de/Hallo"])
async def test_enter_takes_no_line_that_is_not_understood(world: World, line: str) -> None:
    world.has_account()
    draft = world.draft()
    async with picking(world, draft) as pilot:
        pilot.app.post_message(events.Paste(line))
        await until(pilot, world, line[:5].replace("\t", "␉"))
        await pilot.press("enter")
        await until(pilot, world, say("screens.target.title", key=say("campaign.digit.3")))
    assert "digit_target_3" not in fields(world, draft)


async def test_a_language_is_completed_letter_by_letter(world: World) -> None:
    draft = world.draft()
    world.has_account()
    async with picking(world, draft) as pilot:
        await pilot.press(*"t/e", "enter", *"Hello", "enter")
        await until(pilot, world, say("text.menu.hears"))
        await until(pilot, world, say("screens.form.kept"))
    assert fields(world, draft)["digit_target_3"] == "tts/en-US/Hello"


async def test_lists_that_come_later_move_nothing_under_the_operators_mark(world: World) -> None:
    """The announcements arrive while the operator is at a queue: enter takes the queue all the same."""
    world.has_account()
    asked = asyncio.Event()
    body = b'[{"id": 421, "name": "Sesimiz"}]'

    class Late(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            await asked.wait()
            yield body

    def late(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-length": str(len(body))}, stream=Late())

    world.lookups["/announcements"] = late
    draft = world.draft()
    async with picking(world, draft) as pilot:
        await pilot.press("s")
        await until(pilot, world, "q200")
        while "Satış" not in marked_row(world):
            await pilot.press("down")
        asked.set()
        await until(pilot, world, "a421")
        assert "Satış" in marked_row(world)
        await pilot.press("enter")
        await until(pilot, world, say("text.menu.hears"))
        await until(pilot, world, say("screens.form.kept"))
    assert fields(world, draft)["digit_target_3"] == "queue/200"


async def test_an_arrow_in_one_burst_with_what_was_typed_goes_among_its_rows(world: World) -> None:
    world.has_account()
    draft = world.draft()
    async with picking(world, draft) as pilot:
        at_once(world, "u", "down", "enter")
        await until(pilot, world, say("text.menu.hears"))
        await until(pilot, world, say("screens.form.kept"))
    assert fields(world, draft)["digit_target_3"] == "user/1001"


async def test_what_was_used_before_stands_first_from_the_first_frame_on(
    world: World, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However long the store looks for it: no row moves under a hand that has begun to go among them."""
    world.has_account()
    world.draft(READY | {"digit_target_1": "user/1003"})
    draft = world.draft()
    used_targets = world.store.account.used_targets

    def slowly(profile: str) -> list[Target]:
        time.sleep(0.3)
        return used_targets(profile)

    monkeypatch.setattr(world.store.account, "used_targets", slowly)
    async with picking(world, draft) as pilot:
        at_once(world, "u", "down", "down", "enter")
        await until(pilot, world, say("text.menu.hears"))
        await until(pilot, world, say("screens.form.kept"))
    assert fields(world, draft)["digit_target_3"] == "user/1001"


def marked_row(world: World) -> str:
    from tui.screens.target_picker import TargetPicker

    assert isinstance(world.app.screen, TargetPicker)
    row = world.app.screen.offers.row
    return row.text if row is not None else ""


@pytest.mark.parametrize("typed", ["q:20", "xyz", "queue:201"])
async def test_a_line_typed_and_entered_in_one_burst_is_the_one_that_is_judged(world: World, typed: str) -> None:
    world.has_account()
    draft = world.draft()
    async with picking(world, draft) as pilot:
        for sign in typed:
            pilot.app.post_message(events.Key({":": "colon"}.get(sign, sign), sign))
        pilot.app.post_message(events.Key("enter", "\r"))
        reason = understand(typed).reason
        assert reason is not None
        await until(pilot, world, sentence(reason)[:40])
    assert "digit_target_3" not in fields(world, draft)


async def test_what_is_typed_after_the_arrows_counts(world: World) -> None:
    world.has_account()
    draft = world.draft()
    async with picking(world, draft) as pilot:
        for key in ("down", "down", "q", "2", "0", "1", "enter"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, world, "2 of 14 set")
        await until(pilot, world, say("screens.form.kept"))
    assert fields(world, draft)["digit_target_3"] == "queue/201"


@pytest.mark.parametrize("pasted", ["\nq201", "q201\r\n", "q201"])
async def test_the_ends_of_lines_around_a_paste_do_not_count(world: World, pasted: str) -> None:
    world.has_account()
    draft = world.draft()
    async with picking(world, draft) as pilot:
        pilot.app.post_message(events.Paste(pasted))
        await until(pilot, world, "→ Queue 201")
        await pilot.press("enter")
        await until(pilot, world, say("text.menu.hears"))
        await until(pilot, world, say("screens.form.kept"))
    assert fields(world, draft)["digit_target_3"] == "queue/201"


@pytest.mark.parametrize("pasted", ["t one\ntwo", "t one\u2028two", "t one\x0btwo"])
async def test_a_paste_of_several_lines_says_why_it_is_not_taken(world: World, pasted: str) -> None:
    world.has_account()
    async with picking(world, world.draft()) as pilot:
        pilot.app.post_message(events.Paste(pasted))
        await until(pilot, world, say("app.form.one_line")[:20])


def test_the_rows_of_a_long_list_are_made_once_for_each_answer() -> None:
    long = Listing({number: f"Anons {number}" for number in range(1, 5001)}, fresh=True)
    listed, account = ListedRows(), Account(long)
    rows = listed.of(TargetKind.ANNOUNCEMENT, account)
    asking = dataclasses.replace(long, asking=True)
    assert listed.of(TargetKind.ANNOUNCEMENT, replace(account, announcements=asking)) is rows
    renamed = listed.of(TargetKind.ANNOUNCEMENT, Account(long.answered({1: "Hoş geldiniz"})))
    assert [row.text for row in renamed] == ["Announcement 1 Hoş geldiniz"]


def test_the_agents_of_a_queue_change_its_row() -> None:
    listed = ListedRows()
    assert listed.of(TargetKind.QUEUE, ACCOUNT)[0].text == "Queue 200 Satış"
    assert listed.of(TargetKind.QUEUE, replace(ACCOUNT,
                                               agents={200: 2}))[0].text == "Queue 200 Satış · 2 agents available"
