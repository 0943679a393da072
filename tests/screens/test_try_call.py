"""Try the call: the menu played as a callee would live it; what a webhook would get; a number's own phrase."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from tests.screens.conftest import READY, World
from tests.screens.test_digit_target_editor import editor
from tests.screens.waiting import until
from tui.campaign.phone_list import Number
from tui.i18n.words import say
from tui.operations.phone_list import validated
from tui.screens.try_call import TryCallScreen
from tui.widgets.phone_keys import PhoneKeys
from tui.widgets.text_lines import TextLines

MENU = READY | {"digit_target_2": "queue/201", "digit_target_star": "restart", "invalid_target": "hangup/busy",
                "digit_retries": "1", "digit_timeout": "9", "webhook_url": "https://calls.example.com/r"}


@asynccontextmanager
async def trying(world: World, values: dict[str, str], *numbers: Number) -> AsyncIterator[Pilot[str]]:
    world.has_account()
    draft = world.draft(values, phones=())
    if numbers:
        world.store.numbers.add(draft, validated(numbers))
    async with editor(world, draft) as pilot:
        await until(pilot, world, "Teşekkürler")  # the account's names are there
        await pilot.press("t")
        await until(pilot, world, say("text.try.answered"))
        yield pilot
        await pilot.press("escape")


def transcript(world: World) -> list[str]:
    assert isinstance(world.app.screen, TryCallScreen)
    return world.app.screen.query_one("#transcript", TextLines).texts


async def test_a_key_leads_to_its_target_and_the_webhook_is_told(world: World) -> None:
    async with trying(world, MENU) as pilot:
        await pilot.press("2")
        await until(pilot, world, say("screens.try.over")[:16])
        assert transcript(world)[-2:] == ["▸ presses 2", "→ Queue 201 Müşteri hizmetleri"]
        assert "ivr_campaign_name=Memnuniyet anketi&phone=…&digit=2&status=Cevaplandı" in world.screen_text
        await pilot.press("1")  # the call is over: nothing more is heard
        await pilot.pause()
        assert transcript(world)[-1] == "→ Queue 201 Müşteri hizmetleri"
        await pilot.press("r")
        await until(pilot, world, "digit=2", gone=True)
        assert transcript(world)[-1] == "⌨ waits 9 s for a key"


async def test_whose_call_it_is_is_said_with_the_reference(world: World) -> None:
    async with trying(world, MENU, Number("05321234567", "#456", "", "[b]Ayşe[/b]\x1b[1m")):
        assert transcript(world)[0] == "☎ 0532 123 45 67  [b]Ayşe[/b]\\x1b[1m"


async def test_no_key_and_wrong_keys_repeat_the_menu_and_then_lead_on(world: World) -> None:
    async with trying(world, MENU) as pilot:
        await pilot.press("enter", "4")
        await until(pilot, world, "digit=!4")
        assert transcript(world)[2:] == [
            "♪ 128 Hoş geldiniz", "⌨ waits 9 s for a key", "▸ presses nothing", "♪ the provider's own warning",
            "↺ the menu repeats for the last time", "♪ 128 Hoş geldiniz", "⌨ waits 9 s for a key",
            "▸ presses 4, which has no target", "→ Busy tone",
        ]


async def test_silence_to_the_end_without_a_target_ends_the_call(world: World) -> None:
    async with trying(world, MENU) as pilot:
        await pilot.press("enter", "enter")
        await until(pilot, world, "digit=-")
        assert transcript(world)[-1] == "✗ " + say("text.try.nothing_set")


async def test_who_hangs_up_pressed_nothing(world: World) -> None:
    async with trying(world, MENU) as pilot:
        await pilot.press("asterisk", "x")
        await until(pilot, world, "digit=*")
        assert transcript(world)[-1] == "✗ hangs up"


async def test_the_time_runs_in_real_seconds(world: World) -> None:
    async with trying(world, MENU | {"digit_timeout": "1", "digit_retries": "0"}) as pilot:
        await until(pilot, world, "digit=-")  # nobody pressed anything
        assert "▸ presses nothing" in transcript(world)


async def test_an_endless_call_says_so(world: World) -> None:
    async with trying(world, MENU | {"timeout_target": "restart"}) as pilot:
        await until(pilot, world, say("screens.try.endless")[:40])
        await pilot.press("enter", "enter")
        await until(pilot, world, "↺ again")


async def test_repeats_left_to_the_provider_are_told(world: World) -> None:
    async with trying(world, MENU | {"digit_retries": ""}) as pilot:
        await pilot.press("enter")
        await until(pilot, world, say("screens.try.retries_default")[:40])


async def test_without_a_webhook_that_is_said(world: World) -> None:
    async with trying(world, MENU | {"webhook_url": "", "opt_out_key": "1"}) as pilot:
        await pilot.press("1")
        await until(pilot, world, say("screens.try.report_nowhere")[:30])
        assert say("screens.try.opted_out") in world.screen_text


@pytest.mark.parametrize(("lang", "date", "amount"), [
    ("tr-TR", "on beş kasım iki bin on yedi", "yetmiş üç lira elli altı kuruş"),
    ("", "on beş kasım iki bin on yedi", "yetmiş üç lira elli altı kuruş"),
    ("en-US", "November fifteenth, twenty seventeen", "seventy-three lira fifty-six kuruş"),
])
async def test_the_phrase_of_a_number_is_heard_in_its_language(world: World, lang: str, date: str, amount: str) -> None:
    number = Number("0532 123 45 67", "#428 15/11/2017 #999 73.56 merhaba", lang)
    async with trying(world, MENU, number) as pilot:
        await until(pilot, world, "0532 123 45 67")
        told = "\n".join(transcript(world))
        assert f"“{date}”" in told
        assert f"“{amount}”" in told
        assert "♪ 428 Kampanya koşulları" in told
        assert "♪ 999 (name unknown) (not found)" in told
        assert "“merhaba” " + say("text.try.as_text") in told
        await pilot.press("2")
        await until(pilot, world, "phone=905321234567&digit=2")


async def test_arabic_is_heard_in_arabic_and_a_day_that_is_none_is_a_problem(world: World) -> None:
    async with trying(world, MENU, Number("05321234567", "31/02/2017 73.56", "ar-XA")) as pilot:
        await until(pilot, world, "0532 123 45 67")
        told = "\n".join(transcript(world))
        assert say("campaign.number.date", value="31/02/2017") in told
        assert "ليرة" in told


async def test_one_goes_from_number_to_number_and_round(world: World) -> None:
    numbers = [Number(f"0532123456{place}") for place in range(3)]
    async with trying(world, MENU, *numbers) as pilot:
        await until(pilot, world, "number 1 of 3")
        await pilot.press("n")
        await until(pilot, world, "0532 123 45 61")
        await pilot.press("b", "b")
        await until(pilot, world, "number 3 of 3")


@pytest.mark.parametrize("language", ["tr", "en"], indirect=True)
async def test_where_there_is_no_other_number_its_call_begins_again_and_that_is_said(
        world: World, language: str) -> None:
    async with trying(world, MENU, Number("05321234567")) as pilot:
        await until(pilot, world, say("screens.try.number_of", place=1, count=1))
        await pilot.press("x")
        await until(pilot, world, say("screens.try.over")[:10])
        await pilot.press("n")
        await until(pilot, world, say("screens.try.only_number")[:30])
        await until(pilot, world, say("screens.try.over")[:10], gone=True)


async def test_before_the_numbers_are_read_they_are_not_said_to_be_none(
        world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    read, choose = asyncio.Event(), TryCallScreen._choose

    async def slowly(screen: TryCallScreen, place: int) -> None:
        await read.wait()
        await choose(screen, place)

    async with trying(world, MENU, Number("05321234567"), Number("05321234568")) as pilot:
        await until(pilot, world, say("screens.try.number_of", place=1, count=2))
        await pilot.press("escape")
        monkeypatch.setattr(TryCallScreen, "_choose", slowly)
        await pilot.press("t")
        await until(pilot, world, say("text.try.answered"))
        await pilot.press("n")
        await until(pilot, world, say("screens.still_reading")[:30])
        assert say("screens.try.no_numbers")[:30] not in world.screen_text
        read.set()
        await until(pilot, world, say("screens.try.number_of", place=1, count=2))


async def test_a_very_long_name_hides_nothing_of_the_notification(world: World) -> None:
    async with trying(world, MENU | {"name": "uzun ad " * 60, "opt_out_key": "2"}) as pilot:
        await pilot.press("2")
        await until(pilot, world, "digit=2&status=Cevaplandı")
        assert say("screens.try.opted_out") in world.screen_text


async def test_keys_can_be_clicked(world: World) -> None:
    async with trying(world, MENU) as pilot:
        await pilot.click(PhoneKeys, offset=(8, 0))
        await until(pilot, world, "digit=2")


async def test_nothing_is_sent(world: World) -> None:
    async with trying(world, MENU) as pilot:
        await pilot.press("2", "r", "1")
        await until(pilot, world, "digit=1")
    assert world.requests == []
