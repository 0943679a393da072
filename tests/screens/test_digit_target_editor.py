"""The digit-target editor: keypad, picker, editing, what the callee hears; and with an account that doesn't answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from textual import events
from textual.pilot import Pilot

from tests.screens.conftest import ACCOUNT, READY, World
from tests.screens.waiting import until
from tui.campaign.lifecycle import AskedBy, Created
from tui.i18n.words import say
from tui.screens.digit_target_editor import DigitTargetEditor
from tui.screens.target_picker import TargetPicker
from tui.widgets.editors import LineEditor
from tui.widgets.keypad import Keypad
from tui.widgets.text_lines import TextLines

SIZE = (80, 24)


@asynccontextmanager
async def editor(world: World, draft: int, size: tuple[int, int] = SIZE) -> AsyncIterator[Pilot[str]]:
    """The editor of the only draft in the list."""
    async with world.app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, world, say("campaign.state.draft"))
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f5")
        await until(pilot, world, say("text.menu.hears"))
        yield pilot
        await until(pilot, world, say("screens.form.keeping"), gone=True)


async def at_queue(pilot: Pilot[str], world: World) -> None:
    """In one piece: while it is typed, another queue would be asked about where a machine is slow."""
    await pilot.press("3", "enter")
    await until(pilot, world, say("screens.target.title", key="key 3"))
    world.app.post_message(events.Paste("q201"))


def fields(world: World, draft: int) -> dict[str, str]:
    return dict(world.store.campaigns.get(draft).fields)


def keypad(world: World) -> Keypad:
    place = -1 if isinstance(world.app.screen, DigitTargetEditor) else -2
    screen = world.app.screen_stack[place]
    return screen.query_one(Keypad)


def lines(world: World) -> str:
    return "\n".join(world.app.screen.query_one(TextLines).texts)


async def test_a_burst_of_keys_sets_each_key_where_it_was_pressed(world: World) -> None:
    world.has_account()
    draft = world.draft()
    async with editor(world, draft) as pilot:
        burst = ["2", "enter", *"u1001", "enter", "asterisk", "enter", "r", "enter", "number_sign", "enter", *"q201",
                 "enter", "n", "enter", "h", "enter"]
        for key in burst:
            pilot.app.post_message(_key(key))  # none is waited for
        await until(pilot, world, "5 of 14 set")
    kept = fields(world, draft)
    assert kept["digit_target_2"] == "user/1001"
    assert kept["digit_target_star"] == "restart"
    assert kept["digit_target_square"] == "queue/201"
    assert kept["timeout_target"] == "hangup/hangup"


def _key(name: str) -> events.Key:
    return events.Key(name, name if len(name) == 1 else None)


async def test_phone_keys_arrows_and_letters_go_where_the_eye_sees(world: World) -> None:
    world.has_account()
    async with editor(world, world.draft()) as pilot:
        for keys, place in [
            ("5", "5"), ("up", "2"), ("left", "1"), ("left", "1"), ("k", "1"), ("j", "4"), ("l", "5"),
            ("0", "0"), ("down", "-"), ("right", "!"), ("left", "-"), ("up", "*"),
            ("number_sign", "#"), ("h", "0"), ("n", "-"), ("w", "!"),
            ("minus", "-"), ("exclamation_mark", "!"), ("asterisk", "*"),
        ]:
            await pilot.press(keys)
            assert keypad(world).place == place, keys


async def test_names_come_from_the_account_and_what_it_lacks_is_told(world: World) -> None:
    world.has_account()
    draft = world.draft(READY | {"digit_target_2": "queue/999", "digit_target_3": "user/1001",
                                 "digit_target_4": "group/7", "digit_target_5": "queue:201"})
    async with editor(world, draft) as pilot:
        await until(pilot, world, "Teşekkürler")
        await until(pilot, world, "on a call")
        assert "✗ not found" in world.screen_text
        assert "? not checked" in world.screen_text  # ring groups have no look-up
        assert "✗ wrong" in world.screen_text
        assert "1 problem" in world.screen_text
        assert "♪ 128 Hoş geldiniz" in lines(world)
        await pilot.press("5")
        await until(pilot, world, "write queue/201")


async def test_the_picker_finds_by_name_and_shows_what_it_understood(world: World) -> None:
    world.has_account()
    draft = world.draft()
    async with editor(world, draft) as pilot:
        await pilot.press("3", "enter")
        await until(pilot, world, say("screens.target.title", key="key 3"))
        await until(pilot, world, say("campaign.target_about.announcement")[:20])
        await pilot.press(*"musteri")  # Turkish letters need not be typed
        await until(pilot, world, "Müşteri hizmetleri")
        await pilot.press("enter")
        await until(pilot, world, "2 of 14 set")
        await pilot.press("4", "enter", "a")
        await until(pilot, world, "Kampanya koşulları")
        await pilot.press("down", "down", "enter")
        await until(pilot, world, "3 of 14 set")
        await pilot.press("7", "enter", *"e0532 123 45 67")
        await until(pilot, world, "→ Outside number 0532\u00a0123\u00a045\u00a067")
        await pilot.press("enter")
        await pilot.press("8", "enter", *"t Merhaba")
        await until(pilot, world, "7 characters")
        await pilot.press("down", "enter")
        await until(pilot, world, "5 of 14 set")
    kept = fields(world, draft)
    assert kept["digit_target_3"] == "queue/201"
    assert kept["digit_target_4"] == "announcement/428"
    assert kept["digit_target_7"] == "external/05321234567"
    assert kept["digit_target_8"] == "tts/en-US/Merhaba"


async def test_a_kind_is_chosen_with_the_arrows_alone(world: World) -> None:
    world.has_account()
    draft = world.draft()
    async with editor(world, draft) as pilot:
        await pilot.press("6", "enter")
        await until(pilot, world, "Extension")
        await pilot.press("down", "enter")  # the second kind: extensions
        await until(pilot, world, "available")
        await pilot.press("enter")
        await until(pilot, world, "2 of 14 set")
    assert fields(world, draft)["digit_target_6"] == "user/1000"


async def test_how_many_agents_a_queue_has_free_is_told_while_one_is_at_it(world: World) -> None:
    world.has_account()
    async with editor(world, world.draft()) as pilot:
        await at_queue(pilot, world)
        await until(pilot, world, "1 agent available")
    assert world.looked.count("/agent_statuses") == 1


async def test_the_wait_for_the_agents_gets_shorter_as_it_is_shown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.has_account()
    world.lookups["/agent_statuses"] = httpx.Response(429, headers={"Retry-After": "40"})
    later = 0.0
    async with editor(world, world.draft()) as pilot:
        monkeypatch.setattr(world.app.services.directory, "_monotonic", lambda: later)
        await at_queue(pilot, world)
        await until(pilot, world, "again in 40")
        later = 12.0
        await until(pilot, world, "again in 28")


async def test_agents_are_asked_for_again_while_one_stays_at_the_queue(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.has_account()
    agents = world.lookups["/agent_statuses"]
    world.lookups["/agent_statuses"] = httpx.ConnectError("no route")
    later = 0.0
    async with editor(world, world.draft()) as pilot:
        monkeypatch.setattr(world.app.services.directory, "_monotonic", lambda: later)
        await at_queue(pilot, world)
        await until(pilot, world, "could not be")
        world.lookups["/agent_statuses"] = agents
        later = 20.0
        await until(pilot, world, "1 agent available")
        assert "could not be" not in world.screen_text


async def test_a_target_that_is_set_stands_in_the_line_and_typing_takes_its_place(world: World) -> None:
    world.has_account()
    draft = world.draft(READY | {"digit_target_9": "tts/tr-TR/Merhabe"})
    async with editor(world, draft) as pilot:
        await pilot.press("9", "enter")
        await until(pilot, world, say("screens.target.title", key="key 9"))
        assert world.app.screen.query_one(LineEditor).value == "t Merhabe"
        await pilot.press("end", "backspace", "a", "enter")
        await until(pilot, world, "“Merhaba”")
        await pilot.press("1", "enter", *"b", "enter")
        await until(pilot, world, "Busy tone")
    assert fields(world, draft)["digit_target_9"] == "tts/tr-TR/Merhaba"
    assert fields(world, draft)["digit_target_1"] == "hangup/busy"


async def test_a_line_that_is_no_target_says_why_and_is_not_taken(world: World) -> None:
    world.has_account()
    draft = world.draft()
    async with editor(world, draft) as pilot:
        await pilot.press("2", "enter", *"queue:destek", "enter")
        await until(pilot, world, "queue:destek")
        assert isinstance(world.app.screen, TargetPicker)
        assert "queue/100" in world.screen_text or "queue/200" in world.screen_text
        await pilot.press("escape")
        await until(pilot, world, "1 of 14 set")
    assert "digit_target_2" not in fields(world, draft)


async def test_every_edit_is_kept_at_once_and_taken_back_without_limit(world: World) -> None:
    world.has_account()
    draft = world.draft(READY | {"digit_target_2": "queue/201"})
    before = fields(world, draft)
    async with editor(world, draft) as pilot:
        await pilot.press("1", "x", "5", "p")  # cut and paste
        await until(pilot, world, say("screens.form.kept"))
        assert fields(world, draft).get("digit_target_5") == "announcement/421"
        assert "digit_target_1" not in fields(world, draft)
        await pilot.press("5", "s", "2")  # swapped
        await pilot.press("2", "y", "0", "p")  # copied
        await pilot.press("0", "m")  # the opt-out key
        await pilot.press("5", "delete")
        await until(pilot, world, "2 of 14 set")
        await until(pilot, world, say("screens.form.kept"))
        kept = fields(world, draft)
        assert kept["digit_target_2"] == "announcement/421"
        assert kept["digit_target_0"] == "announcement/421"
        assert kept["opt_out_key"] == "0"
        await pilot.press(*"uuuuuu")
        await until(pilot, world, "Müşteri hizme")
        await until(pilot, world, say("screens.form.keeping"), gone=True)
        assert fields(world, draft) == before
        await pilot.press(*["ctrl+r"] * 6)
        await until(pilot, world, "◇")
        await until(pilot, world, say("screens.form.keeping"), gone=True)
        assert fields(world, draft) == kept


async def test_what_was_done_can_be_taken_back_after_leaving_the_form(world: World) -> None:
    world.has_account()
    draft = world.draft()
    async with editor(world, draft) as pilot:
        await pilot.press("1", "delete")
        await until(pilot, world, "0 of 14 set")
        await pilot.press("escape")
        await until(pilot, world, say("key.form.next"))
        await pilot.press("escape")
        await until(pilot, world, say("key.campaigns.new"))
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f5")
        await until(pilot, world, "0 of 14 set")
        await pilot.press("u")
        await until(pilot, world, "1 of 14 set")
    assert fields(world, draft)["digit_target_1"] == "announcement/421"


async def test_a_change_made_elsewhere_is_shown_and_can_be_taken_back(world: World) -> None:
    world.has_account()
    draft = world.draft()
    async with editor(world, draft) as pilot:
        world.store.drafts.change(draft, {"digit_target_3": "group/700"})
        await until(pilot, world, "2 of 14 set")
        await pilot.press("u")
        await until(pilot, world, "1 of 14 set")
    assert "digit_target_3" not in fields(world, draft)


async def test_problems_of_the_menu_stand_beside_it(world: World) -> None:
    world.has_account()
    draft = world.draft(READY | {"timeout_target": "restart", "is_commercial": "true", "iys_recipient_type": "TACIR",
                                 "iys_brand_code": "1", "digit_target_2": "announcement/999"})
    async with editor(world, draft) as pilot:
        await until(pilot, world, "not found")
        told = lines(world)
        for code in ("endless", "no_opt_out"):
            assert say(f"campaign.problem.{code}") in told
        assert say("campaign.problem.no_such_announcement", id=999) in told
        await pilot.press("1", "m")
        await until(pilot, world, "opt-out")
        assert say("campaign.problem.no_opt_out") not in lines(world)


async def test_the_menu_of_another_campaign_is_taken_whole(world: World) -> None:
    world.has_account()
    world.launched("Öteki")
    other = READY | {"name": "Kaynak", "digit_target_1": "queue/200", "digit_target_5": "fax", "digit_timeout": "7",
                     "welcome_announcement_id": "421"}
    world.draft(other)
    draft = world.draft(READY | {"name": "Hedef"})
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "Hedef")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f5")
        await until(pilot, world, "1 of 14 set")
        await pilot.press("c", *"kaynak", "enter")
        await until(pilot, world, "2 of 14 set")
        await until(pilot, world, say("screens.form.kept"))
        kept = fields(world, draft)
        assert {name: kept[name] for name in other if name != "name"} == {
            name: text for name, text in other.items() if name != "name"}
        assert kept["name"] == "Hedef"
        await pilot.press("u")
        await until(pilot, world, "1 of 14 set")
        await until(pilot, world, say("screens.form.kept"))
    assert fields(world, draft) == READY | {"name": "Hedef"}


async def test_what_a_menu_brings_stands_in_the_fields_of_the_form_beneath_and_stays(world: World) -> None:
    """Else the form would take what stands in its fields for what was typed last."""
    world.has_account()
    world.draft(READY | {"name": "Kaynak", "digit_timeout": "7"})
    draft = world.draft(READY | {"name": "Hedef"})
    async with world.app.run_test(size=SIZE, notifications=True) as pilot:
        await until(pilot, world, "Hedef")
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f8", "f8", "f8")
        await until(pilot, world, say("campaign.field.digit_timeout"))
        await pilot.press("f5")
        await until(pilot, world, "1 of 14 set")
        await pilot.press("c", *"kaynak", "enter")
        await until(pilot, world, say("screens.menu.taken", name="Kaynak"))
        await pilot.press("escape")
        await until(pilot, world, say("key.form.next"))
        await until(pilot, world, say("screens.form.kept"))
        await pilot.press("f8")
        await until(pilot, world, say("screens.form.kept"))
    assert fields(world, draft)["digit_timeout"] == "7"


async def test_a_menu_is_kept_under_a_name_replaced_after_asking_and_forgotten(world: World) -> None:
    world.has_account()
    draft = world.draft()
    async with editor(world, draft) as pilot:
        await pilot.press("a")
        await until(pilot, world, say("screens.menus.save"))
        await pilot.press("enter")
        await until(pilot, world, say("screens.menus.saved", name="Memnuniyet anketi"))
        await pilot.press("2", "enter", *"g700", "enter", "a")
        await until(pilot, world, say("screens.menus.save"))
        await pilot.press("enter")
        await until(pilot, world, "enter again replaces")
        assert len(world.store.menus.all("acme")[0].fields) == 2  # welcome and one key: not replaced yet
        await pilot.press("enter")
        await until(pilot, world, say("screens.menus.save"), gone=True)
        assert world.store.menus.all("acme")[0].fields["digit_target_2"] == "group/700"
        await pilot.press("1", "delete", "2", "delete", "o")
        await until(pilot, world, say("screens.menus.load"))
        await pilot.press("enter")
        await until(pilot, world, "2 of 14 set")
        await pilot.press("o")
        await until(pilot, world, say("screens.menus.load"))
        await pilot.press("f8")
        await until(pilot, world, say("screens.menus.none_kept")[:30])
    assert world.store.menus.all("acme") == []


async def test_clicks_go_to_a_key_and_open_it(world: World) -> None:
    world.has_account()
    async with editor(world, world.draft()) as pilot:
        await pilot.click(Keypad, offset=(20, 5))
        assert keypad(world).place == "5"
        await pilot.click(Keypad, offset=(20, 5))
        await until(pilot, world, say("screens.target.title", key="key 5"))
        await pilot.press("escape")
        await until(pilot, world, "1 of 14 set")


# An account that doesn't answer

async def test_without_a_network_the_editor_works_and_marks_what_nobody_could_look_up(world: World) -> None:
    world.lookups |= dict.fromkeys(ACCOUNT, httpx.ConnectError("no route"))
    draft = world.draft()
    async with editor(world, draft) as pilot:
        await pilot.press("2", "enter", *"q201")
        await until(pilot, world, "(not checked)")
        await pilot.press("enter")
        await until(pilot, world, "2 of 14 set")
        assert "? not checked" in world.screen_text
    assert fields(world, draft)["digit_target_2"] == "queue/201"


async def test_names_that_were_known_once_are_there_without_a_network(world: World) -> None:
    from tui.campaign.target import TargetKind

    world.store.account.keep("acme", TargetKind.ANNOUNCEMENT, {421: "Teşekkürler"})
    world.lookups |= dict.fromkeys(ACCOUNT, httpx.ConnectError("no route"))
    async with editor(world, world.draft()) as pilot:
        await until(pilot, world, "? Teşekkürler")
        await pilot.press("2", "enter", *"tesek")
        await until(pilot, world, "Announcement 421 Teşekkürler")


async def test_slow_look_ups_hold_nothing_up(world: World) -> None:
    """Two lists never answer while the editor is used; the third is there."""
    world.has_account()
    never = asyncio.Event()

    class Hanging(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            await never.wait()
            yield b"[]"

    for path in ("/announcements", "/user_statuses"):
        world.lookups[path] = lambda _request: _hanging(Hanging())
    draft = world.draft()
    async with editor(world, draft) as pilot:
        await pilot.press("2", "enter", *"musteri")
        await until(pilot, world, "Müşteri hizmetleri")
        await pilot.press("enter")
        await until(pilot, world, "2 of 14 set")
        await pilot.press("3", "enter", *"a428", "enter")
        await until(pilot, world, "3 of 14 set")
        assert say("screens.menu.not_asked", why="")[:20] not in world.screen_text  # nothing has failed either
        never.set()
    assert fields(world, draft)["digit_target_3"] == "announcement/428"


def _hanging(stream: httpx.AsyncByteStream) -> httpx.Response:
    return httpx.Response(200, headers={"content-length": "2"}, stream=stream)


async def test_a_limit_is_told_and_kept(world: World) -> None:
    world.has_account()
    world.lookups["/queues"] = httpx.Response(429, headers={"retry-after": "600"})
    world.lookups["/user_statuses"] = httpx.Response(429)
    draft = world.draft()
    async with editor(world, draft) as pilot:
        await until(pilot, world, say("screens.menu.not_asked", why="")[:20])
        await pilot.press("2", "enter", *"q201", "enter")
        await until(pilot, world, "2 of 14 set")
    assert world.looked.count("/queues") == 1
    assert world.looked.count("/user_statuses") <= 2


async def test_an_empty_account_is_no_mistake(world: World) -> None:
    world.lookups |= {path: httpx.Response(200, json=[]) for path in ACCOUNT}
    async with editor(world, world.draft()) as pilot:
        await until(pilot, world, "✗ not found")
        await pilot.press("2", "enter", "q")
        await until(pilot, world, say("campaign.target.needs", value="q", form="q200"))


@pytest.mark.parametrize("language", ["tr", "en"], indirect=True)
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_all_of_the_documents_menu_is_on_the_screen(world: World, size: tuple[int, int]) -> None:
    world.has_account()
    keys = {"digit_target_0": "announcement/421", "digit_target_2": "user/1001", "digit_target_3": "group/700",
            "digit_target_4": "ivr/10", "digit_target_5": "announcement/428", "digit_target_6": "external/05321234567",
            "digit_target_7": "voicemail/1003", "digit_target_8": "queue/201",
            "digit_target_9": "tts/tr-TR/Bu bir test cümlesidir.", "digit_target_star": "restart",
            "digit_target_square": "user/1000"}
    async with editor(world, world.draft(READY | keys), size):
        pad = world.screen_text
        for kind in ("announcement", "user", "group", "ivr", "external", "voicemail", "queue", "tts", "restart"):
            assert say(f"campaign.target_short.{kind}") in pad
        for value in ("421", "1001", "700", "428", "1003", "201", "1000"):
            assert value in pad
        for place in ("-", "!"):
            assert say(f"campaign.digit.{place}") in pad


# In a hurry

async def test_the_menu_is_there_at_once_when_nothing_has_changed_since(world: World) -> None:
    world.has_account()
    async with editor(world, world.draft()) as pilot:
        await until(pilot, world, "Teşekkürler")
        await until(pilot, world, "1 of 14 set")
        await pilot.press("escape")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f5")
        await pilot.pause()
        assert "1 of 14 set" in world.screen_text
        assert say("text.menu.hears") in world.screen_text


async def test_one_sentence_stands_on_the_screen_once(world: World) -> None:
    world.has_account()
    async with editor(world, world.draft()) as pilot:
        for _ in range(20):
            pilot.app.post_message(_key("u"))
        await until(pilot, world, say("screens.menu.nothing_to_undo"))
        await pilot.pause()
        assert world.screen_text.count(say("screens.menu.nothing_to_undo")) == 1


async def test_leaving_and_coming_back_in_one_burst_ends_where_the_last_key_led(world: World) -> None:
    world.has_account()
    draft = world.draft()
    async with editor(world, draft) as pilot:
        for _ in range(5):
            pilot.app.post_message(_key("escape"))
            pilot.app.post_message(_key("f5"))
            world.store.drafts.change(draft, {"digit_target_3": "group/700"})
        await until(pilot, world, "2 of 14 set")
        world.store.drafts.change(draft, {"digit_target_4": "group/700"})
        await until(pilot, world, "3 of 14 set")  # it still hears of changes
    assert list(world.app._notifications) == []


async def test_the_account_may_answer_while_the_dialog_is_being_opened(world: World) -> None:
    world.has_account()
    async with editor(world, world.draft()) as pilot:
        screen = world.app.screen
        assert isinstance(screen, DigitTargetEditor)
        opening = asyncio.create_task(screen.action_edit())
        while not isinstance(world.app.screen, TargetPicker):  # noqa: ASYNC110 - nothing else tells of it so early
            await asyncio.sleep(0)
        assert not world.app.screen.is_mounted  # its widgets aren't there yet
        screen._account_changed()
        await opening
        await until(pilot, world, say("screens.target.title", key="key 1"))
        await pilot.press("escape")


# Others at the same draft

def launch(world: World, draft: int) -> None:
    """Somebody else launches it."""
    entry = world.store.ledger.begin(draft, revision=world.store.campaigns.get(draft).revision, token="t",
                                     body_hash="h", numbers=1, asked_by=AskedBy.COMMAND)
    world.store.ledger.resolve(entry, Created(777))


@pytest.mark.parametrize("end", ["launched", "put away"])
async def test_a_draft_that_is_taken_while_it_is_edited_is_left_for_the_list(world: World, end: str) -> None:
    world.has_account()
    draft = world.draft(READY | {"name": ""} if end == "put away" else READY)
    async with editor(world, draft) as pilot:
        if end == "launched":
            launch(world, draft)
        else:
            world.store.drafts.remove(draft)
        await until(pilot, world, say("key.campaigns.new"))
        name = say("screens.unnamed") if end == "put away" else "Memnuniyet anketi"
        told = [toast.message for toast in world.app._notifications]
        assert told == [say("screens.form.taken", name=name)]


async def test_a_target_chosen_too_late_is_told_and_changes_nothing(world: World) -> None:
    world.has_account()
    draft = world.draft()
    async with editor(world, draft) as pilot:
        await pilot.press("2", "enter", *"q201")
        await until(pilot, world, "→ Queue 201")
        launch(world, draft)
        await pilot.press("enter")
        await until(pilot, world, say("key.campaigns.new"))
        told = [toast.message for toast in world.app._notifications]
        assert len(told) == 2  # it was not kept, and why the draft was left
    assert "digit_target_2" not in fields(world, draft)
