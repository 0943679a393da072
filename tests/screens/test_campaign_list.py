"""The list: what it shows, what its keys send, what it says when that fails."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.screens.conftest import KEY, NOW, READY, World, on_the_wire
from tests.screens.waiting import until
from tui.campaign.lifecycle import Action, AskedBy, State, Unconfirmed
from tui.campaign.results import Ping
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.i18n import words
from tui.i18n.words import say
from tui.provider.client import Provider
from tui.provider.limits import Wait
from tui.screens.campaign_list import CampaignListScreen
from tui.store import Delivery
from tui.text.formats import sentence

SIZE = (80, 24)


async def test_an_empty_list_says_what_to_do(world: World) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "Press n to create one")


async def test_with_an_empty_list_letters_are_commands_after_a_dialog_too(world: World) -> None:
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "Press n to create one")
        await pilot.press("question_mark")
        await until(pilot, world, say("screens.help.title"))
        await pilot.press("escape", "i")
        await until(pilot, world, say("screens.adopt.title"))


async def test_the_palette_speaks_the_operators_language_and_tells_each_command_once(world: World) -> None:
    world.draft()
    words.use("tr")
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "Memnuniyet")
        await pilot.press("enter")
        await until(pilot, world, say("key.form.next"))
        await pilot.press("ctrl+p")
        await until(pilot, world, say("screens.palette.search"))
        await pilot.press(*"sonraki")
        await until(pilot, world, "Sonraki bölüm   f8  ctrl+n")
        assert "🔎" not in world.screen_text
        told = [command.id for command in world.app.commands(world.app.screen_stack[-2])]
        assert len(told) == len(set(told))


async def test_a_question_is_not_covered_by_what_was_told_before_it(world: World) -> None:
    world.launched()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "● on")
        world.app.notify("\n".join(["told before" * 6] * 18), timeout=600)
        await until(pilot, world, "told before")
        await pilot.press("d")
        await until(pilot, world, say("screens.delete.title"))
        await until(pilot, world, f"{say('common.cancel')}      {say('screens.delete.yes')}")


async def test_space_switches_off_and_on_with_the_documents_requests(world: World) -> None:
    world.launched()
    world.answers = [httpx.Response(200, text="OK"), httpx.Response(200, text="OK")]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("space")
        await until(pilot, world, "○ off")
        await pilot.press("space")
        await until(pilot, world, say("screens.switch_on.title"))
        await pilot.press("right", "enter")
        await until(pilot, world, "● on")
    assert world.sent == [
        ("PATCH", "/ivr_campaigns/20212", f"key={KEY}&status=off".encode()),
        ("PATCH", "/ivr_campaigns/20212", f"key={KEY}&status=on".encode()),
    ]


async def test_while_it_is_switched_the_list_says_so_and_refuses_another(world: World) -> None:
    world.launched()
    answer = asyncio.Event()

    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            world.requests.append(request)
            await answer.wait()
            return on_the_wire(httpx.Response(200, text="OK"))

    world.app.services.connect = lambda profile: Provider(profile.base_url, Secret(KEY), transport=Slow())
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("space")
        await until(pilot, world, say("campaign.state.switching_off"))
        await pilot.press("space")
        await until(pilot, world, "is being switched")
        answer.set()
        await until(pilot, world, "○ off")
    assert len(world.requests) == 1


async def test_a_refused_switch_puts_the_old_state_back_with_the_providers_words(world: World) -> None:
    world.launched()
    world.answers = [httpx.Response(400, text=f"Cannot do that with {KEY} [/x]")]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("space")
        await until(pilot, world, "Cannot do that")
        assert "● on" in world.screen_text
        assert "[/x]" in world.screen_text
        assert KEY not in world.screen_text
    assert world.store.campaigns.get(1).state is State.ON


async def test_delete_asks_first_and_enter_alone_deletes_nothing(world: World) -> None:
    world.launched()
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("d")
        await until(pilot, world, "Delete the campaign?")
        await pilot.press("d", "enter")
        await until(pilot, world, "Delete the campaign?", gone=True)
    assert world.requests == []


async def test_a_confirmed_delete_sends_the_documents_request_and_keeps_the_record(world: World) -> None:
    world.launched()
    world.answers = [httpx.Response(200, text="OK")]
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("d")
        await until(pilot, world, "Delete the campaign?")
        await pilot.press("tab", "enter")
        await until(pilot, world, "● on", gone=True)
        await pilot.press("x")
        await until(pilot, world, say("campaign.state.deleted"))
    assert [(request.method, str(request.url)) for request in world.requests] == [
        ("DELETE", f"http://127.0.0.1:1/ivr_campaigns/20212?key={KEY}")]


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
@pytest.mark.parametrize("opened", [False, True])
async def test_what_is_missing_is_taken_off_the_list_once_the_provider_says_so_again(
        world: World, language: str, opened: bool) -> None:
    campaign = world.launched()
    denied = [httpx.Response(400, text="Cannot find ivr_campaign with ID 20212")]
    world.store.switches.missing(world.store.switches.begin(campaign, Action.OFF, AskedBy.APP), Reason(
        "provider.not_found", {"status": 400, "words": "Cannot find ivr_campaign with ID 20212"}))
    world.answers = list(denied)
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, world, say("campaign.state.missing"))
        if opened:
            await pilot.press("enter")
            await until(pilot, world, say("screens.campaign.history"))
        await pilot.press("d")
        await until(pilot, world, say("screens.put_away.title"))
        await pilot.press("tab", "enter")
        await until(pilot, world, say("screens.campaigns.put_away_done", name="Memnuniyet anketi")[:24])
        if opened:
            await until(pilot, world, say("store.event.put_away"))
        else:
            await until(pilot, world, say("screens.campaigns.empty")[:16])
            await pilot.press("x")
            await until(pilot, world, say("campaign.state.missing"))
    assert [request.method for request in world.requests] == ["DELETE"]
    assert world.store.campaigns.get(campaign).put_away


async def test_a_deleted_draft_comes_back_with_undo(world: World) -> None:
    world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "✎ draft")
        await pilot.press("d")
        await until(pilot, world, "✎ draft", gone=True)
        await pilot.press("u")
        await until(pilot, world, "✎ draft")


@pytest.mark.parametrize(("typed", "found"), [
    ("istanbul", True), ("İSTANBUL", True), ("ıstanbul", True), ("izmir", False),
])
async def test_the_filter_folds_turkish_letters(world: World, typed: str, found: bool) -> None:
    world.draft(READY | {"name": "İstanbul araması"})
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "İstanbul")
        await pilot.press("slash", *typed)
        await until(pilot, world, "araması" if found else "No campaign matches")
        await pilot.press("escape")
        await until(pilot, world, "İstanbul araması")


@pytest.mark.parametrize("name", [
    "[/x]", "[@click=app.quit]here[/]", "\x1b[31mred\x1b]0;title\x07", "\u202eabc", "א" * 5, "u" * 200, "[bold",
    "a\\[/b]",
])
async def test_a_name_is_shown_as_it_is_everywhere(world: World, name: str) -> None:
    campaign = world.launched(name)
    world.answers = [httpx.Response(400, text=f"no {name}")]
    shown = name.encode("unicode_escape").decode()[:3] if not name.isprintable() else name[:5]
    async with world.app.run_test(size=(80, 50), notifications=True) as pilot:
        await until(pilot, world, shown)
        assert "\x1b" not in world.screen_text
        assert "\u202e" not in world.screen_text
        await pilot.press("d")
        await until(pilot, world, "Delete the campaign?")
        assert shown in world.screen_text
        await pilot.press("escape", "space")
        await until(pilot, world, say("campaign.state.on"))
        await pilot.press("enter")
        await until(pilot, world, say("screens.campaign.history"))
        assert shown in world.screen_text
        assert "\x1b" not in world.screen_text
    assert world.store.campaigns.get(campaign).name == name


async def test_undo_works_where_the_last_row_of_a_filter_was_deleted(world: World) -> None:
    made = world.draft()
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, say("campaign.state.draft"))
        await pilot.press("slash", *"memn", "enter", "d")
        await until(pilot, world, say("screens.campaigns.nothing_found").split("\n")[0])
        await pilot.press("u")
        await until(pilot, world, say("screens.campaigns.drafts_back", count=1))
    assert world.store.campaigns.get(made).state is State.DRAFT


@pytest.mark.parametrize(("name", "shown"), [
    ("a\x1b[2Jb", "a␛[2Jb"), ("a\tb\nc", "a␉b␊c"), ("a\x9bb", "a\ufffdb"), ("a\u202eb", "a\ufffdb"),
])
async def test_a_name_is_edited_without_the_terminal_obeying_it(world: World, name: str, shown: str) -> None:
    made = world.draft(READY | {"name": name})
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, say("campaign.state.draft"))
        await pilot.press("enter")
        await until(pilot, world, shown)
        assert not set(world.screen_text) & set("\x1b\t\x9b\u202e")
        await pilot.press("tab", "end", "!")
        await until(pilot, world, f"{shown}!")
        await world.app.screen.typing.settle()  # type: ignore[attr-defined]
        await until(pilot, world, say("screens.form.kept"))
    assert world.store.campaigns.get(made).fields["name"] == f"{name}!"


async def test_what_another_process_does_is_seen(world: World) -> None:
    campaign = world.launched()
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "● on")
        switch = world.store.switches.begin(campaign, Action.OFF, AskedBy.COMMAND)
        world.store.switches.done(switch)
        await until(pilot, world, "○ off")


async def test_enter_opens_a_draft_in_the_form_and_a_launched_one_in_words(world: World) -> None:
    world.draft(READY | {"name": "aaa"})
    world.launched("bbb")
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "aaa")
        screen = world.app.screen
        assert isinstance(screen, CampaignListScreen)
        assert screen.listed.current is not None
        first = screen.listed.current.name
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.cli") if first == "aaa" else say("screens.campaign.history"))
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("j", "enter")
        await until(pilot, world, say("screens.campaign.history") if first == "aaa" else say("campaign.field.cli"))


async def test_the_table_asks_only_for_the_rows_it_shows(world: World) -> None:
    for number in range(300):
        world.store.drafts.create("acme", READY | {"name": f"campaign {number:03}"})
    async with world.app.run_test(size=SIZE) as pilot:
        await until(pilot, world, "campaign 299")
        screen = world.app.screen
        assert isinstance(screen, CampaignListScreen)
        assert len(screen.listed.pages.items) < 150
        await pilot.press("G")
        await until(pilot, world, "campaign 000")


async def test_a_call_that_waits_says_so_and_can_be_given_up(world: World) -> None:
    world.launched()
    world.answers = [httpx.Response(429, text="slow down", headers={"Retry-After": "90"})]
    world.tell_waits()
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, world, "● on")
        await pilot.press("space")
        await until(pilot, world, "(esc cancels)")
        await pilot.press("escape")
        await until(pilot, world, "on, uncertain")
    assert len(world.requests) == 1
    assert world.store.campaigns.get(1).unsure


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
async def test_a_wait_beside_the_screen_promises_no_key_and_holds_none_back(world: World) -> None:
    world.launched()
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, world, "Memnuniyet anketi")
        reason = Reason("provider.wait.limit", {"count": 20})
        world.app._begin_wait(Wait("limit", 20.0, reason))
        await until(pilot, world, sentence(reason))
        assert say("app.waiting_can_end", why=sentence(reason)) not in world.screen_text
        await pilot.press("slash", *"zzz", "enter")
        await until(pilot, world, "Memnuniyet anketi", gone=True)
        await pilot.press("escape")
        await until(pilot, world, "Memnuniyet anketi")
        await pilot.press("enter")
        await until(pilot, world, say("key.campaign.results"))
        await pilot.press("escape")
        await until(pilot, world, say("key.campaigns.new"))
        assert say("screens.given_up") not in world.screen_text


async def test_that_the_provider_has_read_an_unconfirmed_launch_is_told(world: World) -> None:
    made = world.draft()
    entry = world.store.ledger.begin(made, revision=world.store.campaigns.get(made).revision, token="t", body_hash="h",
                                     numbers=1, asked_by=AskedBy.APP)
    world.store.ledger.resolve(entry, Unconfirmed(Reason("provider.unconfirmed.cut")))
    async with world.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, world, "unconfirmed")
        assert "The provider read the request" not in world.screen_text
        world.store.deliveries.ingest([Delivery("t", NOW, Ping())])
        await until(pilot, world, "The provider read the request at 12:00")
        assert "Don't launch it again." in world.screen_text
        await pilot.press("enter")
        await until(pilot, world, say("key.campaign.resolve"))
        assert "The provider read the request at 12:00" in world.screen_text
        told = " ".join(world.screen_text.split())
        assert "then press o here" in told  # it is opened already


@pytest.mark.parametrize("keys", [("n", "down", *"Yeni", "escape"), ("c", "escape")])
async def test_after_its_form_the_cursor_is_on_what_was_made_there(world: World, keys: tuple[str, ...]) -> None:
    on = world.launched()
    async with world.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, world, "● on")
        await pilot.press(keys[0])
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press(*keys[1:])
        await until(pilot, world, "✎ draft")
        screen = world.app.screen
        assert isinstance(screen, CampaignListScreen)
        for _ in range(100):
            if screen.listed.current is not None and screen.listed.current.id != on:
                break
            await pilot.pause(0.02)
        assert screen.listed.current is not None
        assert screen.listed.current.id == on + 1
        await pilot.press("space")  # nobody's calls are switched off by it
        await pilot.pause()
    assert world.requests == []


@pytest.mark.parametrize("language", ["en", "tr"], indirect=True)
async def test_a_wide_list_tells_days_and_hours_whole(world: World, language: str) -> None:
    told = {"en": "26 Nov – 2 Dec 09:00–18:00", "tr": "26 Kas – 2 Ara 09:00–18:00"}[language]
    world.draft(READY | {"date_range_begin": "2026-11-26", "date_range_end": "2026-12-02",
                         "active_days": "1,2,3,4,5,6,7", "time_range_begin": "09:00", "time_range_end": "18:00"})
    async with world.app.run_test(size=(200, 50)) as pilot:
        await until(pilot, world, f"  {told}  ")
