"""Picking what the account has: by name, from what is remembered, while the provider is asked, or fails."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.pilot import Pilot

from tests.screens.conftest import NOW, READY, World
from tests.screens.test_fields import line_of
from tests.screens.waiting import until
from tui.campaign.account import CALLER_ID, Listing
from tui.campaign.fields import FIELDS
from tui.campaign.parsed_draft import parse_field
from tui.campaign.target import TargetKind
from tui.i18n.words import say
from tui.screens.account_picker import PICKED, AccountPicker, choices_of, fitting
from tui.screens.campaign_form import CampaignFormScreen
from tui.store.columns import stamp

SIZE = (80, 24)
QUEUE_DRAFT = {"call_type": "queue", "name": "Tahsilat", "active_days": "1,2,3,4,5", "queue_number": "201"}


@asynccontextmanager
async def at_field(world: World, field: str, values: dict[str, str], size: tuple[int, int] = SIZE
                   ) -> AsyncIterator[Pilot[str]]:
    """A draft's form, with the focus in a field."""
    world.draft(values)
    async with world.app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, world, values["name"])
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        assert isinstance(world.app.screen, CampaignFormScreen)
        await world.app.screen.navigation.jump(field)
        await until(pilot, world, say(f"campaign.field.{field}"))
        yield pilot


async def kept(pilot: Pilot[str], world: World, field: str) -> str:
    await until(pilot, world, say("screens.form.kept"))
    return world.store.campaigns.get(1).fields.get(field, "")


def title(field: str) -> str:
    return say(f"screens.pick.{PICKED[field]}")


async def test_an_announcement_is_found_by_a_part_of_its_name_without_turkish_letters(world: World) -> None:
    world.has_account()
    async with at_field(world, "welcome_announcement_id", READY) as pilot:
        await pilot.press("f4")
        await until(pilot, world, "Hoş geldiniz")
        await pilot.press(*"TESEKKUR")
        await until(pilot, world, "Kampanya koşulları", gone=True)
        await pilot.press("enter")
        await until(pilot, world, say("screens.pick.line"), gone=True)
        assert await kept(pilot, world, "welcome_announcement_id") == "421"
        assert "421            Teşekkürler" in line_of(world, "welcome_announcement_id")
    assert world.looked == ["/announcements"]


async def test_what_the_field_holds_is_marked_and_the_name_stands_beside_it(world: World) -> None:
    world.has_account()
    async with at_field(world, "welcome_announcement_id", READY | {"welcome_announcement_id": "428"}) as pilot:
        assert "koşulları" not in line_of(world, "welcome_announcement_id")  # nobody has told the name yet
        await pilot.press("f4")
        await until(pilot, world, "Kampanya koşulları")
        assert marked(world) == "428"
        await pilot.press("escape")
        await until(pilot, world, say("screens.pick.line"), gone=True)
        assert "428            Kampanya koşulları" in line_of(world, "welcome_announcement_id")


async def test_what_the_account_lacks_is_told_beside_its_number(world: World) -> None:
    world.has_account()
    async with at_field(world, "welcome_announcement_id", READY | {"welcome_announcement_id": "777"}) as pilot:
        await pilot.press("f4")
        await until(pilot, world, "Hoş geldiniz")
        await pilot.press("escape")
        await until(pilot, world, say("screens.pick.line"), gone=True)
        await until(pilot, world, f"777            ({say('campaign.standing.missing')})")


def marked(world: World) -> str:
    assert isinstance(world.app.screen, AccountPicker)
    row = world.app.screen.offers.row
    return row.value if row is not None else ""


async def test_typed_ahead_in_one_burst_it_is_the_row_of_what_was_typed(world: World) -> None:
    """The name is remembered, so that it is there with the dialog's first frame; what follows lands in the form."""
    world.has_account()
    world.store.account.keep("acme", TargetKind.ANNOUNCEMENT, {128: "Hoş geldiniz", 421: "Teşekkürler"})
    async with at_field(world, "welcome_announcement_id", READY) as pilot:
        await until(pilot, world, "Hoş geldiniz")
        await pilot.press("f4", *"tesek", "enter", "down", *"7")
        await until(pilot, world, say("screens.pick.line"), gone=True)
        await until(pilot, world, say("screens.form.kept"))
    fields = world.store.campaigns.get(1).fields
    assert (fields["welcome_announcement_id"], fields["digit_timeout"]) == ("421", "7")


async def test_a_list_that_comes_leaves_the_mark_at_what_the_field_holds(world: World) -> None:
    world.has_account()
    world.store.account.keep("acme", TargetKind.ANNOUNCEMENT, {421: "Teşekkürler"})
    async with at_field(world, "welcome_announcement_id", READY) as pilot:
        await pilot.press("f4")
        await until(pilot, world, "Hoş geldiniz")
        assert world.screen_text.index("Hoş geldiniz") < world.screen_text.index("Teşekkürler")
        assert marked(world) == "128"


@pytest.mark.parametrize(("held", "at"), [
    ("", "908501234567"), ("902129630131", "902129630131"), ("0212 963 01 31", "902129630131"),
    ("905550000000", "908501234567"),
])
@pytest.mark.parametrize("remembered", [{}, {902129630131: "902129630131", 908501234567: "908501234567"}])
async def test_the_mark_is_at_the_fields_number_or_at_the_first_row_from_the_first_opening_on(
    world: World, held: str, at: str, remembered: dict[int, str],
) -> None:
    """What is remembered is in another order than what the provider tells."""
    world.lookups["/caller_ids"] = httpx.Response(200, json=["908501234567", "902123456789", "902129630131"])
    if remembered:
        world.store.account.keep("acme", CALLER_ID, remembered)
    async with at_field(world, "cli", READY | {"cli": held}) as pilot:
        await pilot.press("f4")
        await until(pilot, world, "0212 345 67 89")
        assert marked(world) == at


async def test_a_number_that_is_in_no_list_can_be_typed(world: World) -> None:
    world.has_account()
    async with at_field(world, "welcome_announcement_id", READY) as pilot:
        await pilot.press("f4")
        await until(pilot, world, "Hoş geldiniz")
        await pilot.press(*"42")
        await until(pilot, world, say("screens.pick.as_typed"))
        assert marked(world) == "42"  # though there is a 421: so it would be too if the list had not come yet
        assert "Teşekkürler" in world.screen_text
        await pilot.press(*"9")
        await until(pilot, world, "429")
        assert marked(world) == "429"
        await pilot.press("enter")
        await until(pilot, world, say("screens.pick.line"), gone=True)
        assert await kept(pilot, world, "welcome_announcement_id") == "429"


@pytest.mark.parametrize("typed", ["xyz", "-1", "[/x]"])
async def test_what_is_neither_listed_nor_right_is_not_taken(world: World, typed: str) -> None:
    world.has_account()
    async with at_field(world, "welcome_announcement_id", READY) as pilot:
        await pilot.press("f4")
        await until(pilot, world, "Hoş geldiniz")
        await pilot.press(*typed, "enter")
        await until(pilot, world, say("screens.pick.nothing_fits")[:30])
        assert isinstance(world.app.screen, AccountPicker)
        await pilot.press("escape")
        assert await kept(pilot, world, "welcome_announcement_id") == "128"


@pytest.mark.parametrize(("odd", "told"), [([None], 1), ([None, "numara yok"], 2)])
async def test_rows_that_cannot_be_read_are_counted_beneath_the_others(
    world: World, odd: list[str | None], told: int
) -> None:
    world.lookups["/caller_ids"] = httpx.Response(200, json=["908501234567", *odd])
    async with at_field(world, "cli", READY) as pilot:
        await pilot.press("f4")
        await until(pilot, world, "0850 123 45 67")
        await until(pilot, world, say("screens.pick.left_out", count=told))


async def test_caller_ids_are_remembered_and_found_as_they_are_read(world: World) -> None:
    world.lookups["/caller_ids"] = httpx.Response(200, json=["908501234567", "902129630131"])
    async with at_field(world, "cli", READY) as pilot:
        await pilot.press("f4")
        await until(pilot, world, "0850 123 45 67")
        assert marked(world) == "902129630131"
        await pilot.press(*"0850123", "enter")
        await until(pilot, world, say("screens.pick.line"), gone=True)
        assert await kept(pilot, world, "cli") == "908501234567"
        assert "908501234567   0850 123 45 67" in line_of(world, "cli")
    remembered = world.store.account.known("acme").caller_ids
    assert remembered == Listing({908501234567: "908501234567", 902129630131: "902129630131"})


async def test_a_queue_says_how_many_agents_are_available_and_since_when(world: World) -> None:
    world.has_account()
    async with at_field(world, "queue_number", QUEUE_DRAFT) as pilot:
        await pilot.press("f4")
        await until(pilot, world, f"{say('text.menu.agents', count=1)}, {say('screens.pick.just_now')}")
        assert "Müşteri hizmetleri" in world.screen_text
        assert marked(world) == "201"
    assert sorted(world.looked) == ["/agent_statuses", "/queues"]  # no extensions: they share the agents' limit


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "40"}])
async def test_where_agents_are_asked_for_too_often_it_is_said_how_long(world: World, headers: dict[str, str]) -> None:
    world.has_account()
    world.lookups["/agent_statuses"] = httpx.Response(429, headers=headers)
    async with at_field(world, "queue_number", QUEUE_DRAFT) as pilot:
        await pilot.press("f4")
        await until(pilot, world, say("screens.pick.agents_wait", count=40 if headers else 60)[:50])
        await pilot.press("up", "enter")  # and keeps nobody from choosing
        await until(pilot, world, say("screens.pick.line"), gone=True)
        assert await kept(pilot, world, "queue_number") == "200"


@pytest.mark.parametrize("fault", [
    httpx.ConnectError("no route"), httpx.ReadTimeout("slow"), httpx.Response(500, text="oops [/x]"),
    httpx.Response(429, headers={"Retry-After": "30"}), httpx.Response(200, text="<html>"), httpx.Response(401),
    httpx.Response(200, json={"queues": []}),
])
async def test_a_fault_is_told_and_what_is_remembered_is_offered_with_its_age(
    world: World, fault: httpx.Response | Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as days_ago:
        days_ago.setattr(world.store.account, "_now", lambda: stamp(NOW - dt.timedelta(days=3)))
        world.store.account.keep("acme", TargetKind.QUEUE, {201: "Müşteri hizmetleri", 202: "Eski [/x]"})
    world.lookups |= {"/queues": fault, "/agent_statuses": fault}
    async with at_field(world, "queue_number", QUEUE_DRAFT) as pilot:
        await pilot.press("f4")
        await until(pilot, world, "22 Nov 12:00")
        assert world.app.screen.query_one("#understood").has_class("-bad")
        await pilot.press("down")
        assert "Eski [/x]" in world.screen_text
        await pilot.press("enter")
        await until(pilot, world, say("screens.pick.line"), gone=True)
        assert await kept(pilot, world, "queue_number") == "202"
        assert "202            Eski [/x]" in line_of(world, "queue_number")


async def test_what_goes_wrong_with_agents_alone_is_told_by_itself(world: World) -> None:
    world.has_account()
    world.lookups["/agent_statuses"] = httpx.Response(200, text="<html>")
    async with at_field(world, "queue_number", QUEUE_DRAFT) as pilot:
        await pilot.press("f4")
        await until(pilot, world, "/agent_statuses cannot be read")
        assert say("screens.pick.agents_wait", count=2)[:20] not in world.screen_text
        assert "Müşteri hizmetleri" in world.screen_text


async def test_where_nothing_was_ever_known_and_the_provider_fails_the_number_is_typed(world: World) -> None:
    world.lookups["/announcements"] = httpx.ConnectError("no route")
    async with at_field(world, "welcome_announcement_id", READY) as pilot:
        await pilot.press("f4")
        await until(pilot, world, say("screens.pick.type_it"))
        await pilot.press(*"77", "enter")
        await until(pilot, world, say("screens.pick.line"), gone=True)
        assert await kept(pilot, world, "welcome_announcement_id") == "77"


@pytest.mark.parametrize(("language", "field"), [
    ("tr", "cli"), ("en", "welcome_announcement_id"), ("tr", "queue_number")], indirect=["language"])
async def test_an_empty_list_says_what_to_do(world: World, field: str) -> None:
    world.lookups |= dict.fromkeys(("/caller_ids", "/announcements", "/queues"), httpx.Response(200, json=[]))
    async with at_field(world, field, QUEUE_DRAFT if field == "queue_number" else READY) as pilot:
        await pilot.press("f4")
        await until(pilot, world, say(f"screens.pick.no_{PICKED[field]}")[:40])


async def test_a_slow_provider_keeps_nobody_waiting_and_moves_nothing_under_the_mark(world: World) -> None:
    come = asyncio.Event()
    body = b'[{"id": 7, "name": "Sabah"}, {"id": 128, "name": "Ho\\u015f geldiniz"}, {"id": 421, "name": "Yeni ad"}]'

    class Late(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            await come.wait()
            yield body

    world.lookups["/announcements"] = lambda _request: httpx.Response(
        200, headers={"content-length": str(len(body))}, stream=Late())
    world.store.account.keep("acme", TargetKind.ANNOUNCEMENT, {128: "Hoş geldiniz", 421: "Teşekkürler"})
    async with at_field(world, "welcome_announcement_id", READY) as pilot:
        await pilot.press("f4")
        await until(pilot, world, say("screens.pick.asking"))
        await pilot.press("down")
        assert marked(world) == "421"
        come.set()
        await until(pilot, world, "Yeni ad")
        assert marked(world) == "421"


async def test_a_dialog_that_was_left_hears_of_no_answer(world: World) -> None:
    world.lookups["/announcements"] = lambda _request: httpx.Response(200, json=[{"id": 9, "name": "Yeni"}])
    world.lookups["/caller_ids"] = httpx.Response(200, json=[])
    async with at_field(world, "welcome_announcement_id", READY) as pilot:
        directory = world.app.services.directory
        before = list(directory.changed)
        await pilot.press("f4")
        await until(pilot, world, "Yeni")
        assert isinstance(world.app.screen, AccountPicker)
        assert list(directory.changed) == [*before, world.app.screen.show]
        await pilot.press("escape")
        await until(pilot, world, say("screens.pick.line"), gone=True)
        await directory.refresh(["caller_ids"])
        assert list(directory.changed) == before


async def test_a_paste_of_lines_is_refused_and_takes_nothing(world: World) -> None:
    world.has_account()
    async with at_field(world, "welcome_announcement_id", READY) as pilot:
        await pilot.press("f4")
        await until(pilot, world, "Hoş geldiniz")
        assert world.app.focused is not None
        world.app.focused.post_message(events.Paste("421\n428\n"))
        await until(pilot, world, say("app.form.one_line")[:40])
        assert isinstance(world.app.screen, AccountPicker)


@pytest.mark.parametrize("typed", ["+90 212 963", "(0212) 963 01", "0212-963", "0212\u00a0963\u00a001\u00a031"])
def test_a_caller_id_is_found_as_people_write_numbers(typed: str) -> None:
    choices = choices_of("cli", Listing({1: "02129630131", 2: "02161112233"}))
    assert [choice.value for choice in fitting("cli", choices, typed) if not choice.typed] == ["02129630131"]


NAMES = st.dictionaries(st.integers(0, 999), st.text(max_size=6), max_size=8)
TYPED = st.text(max_size=6) | st.from_regex(r"[0-9 +]{0,8}", fullmatch=True)


@pytest.mark.parametrize("field", PICKED)
@given(items=NAMES, typed=TYPED)
def test_whatever_is_typed_each_row_is_in_the_list_once_or_right_for_the_field(
    field: str, items: dict[int, str], typed: str
) -> None:
    choices = choices_of(field, Listing(items))
    rows = fitting(field, choices, typed)
    listed = [row for row in rows if not row.typed]
    assert len(set(map(id, listed))) == len(listed)
    assert all(row in choices for row in listed)
    for row in rows:
        if row.typed:
            assert row is rows[0]
            assert parse_field(FIELDS[field], row.value).problem is None
    if not typed.strip():
        assert rows == choices


def test_the_memory_of_caller_ids_is_a_list_of_its_own(world: World) -> None:
    world.store.account.keep("acme", CALLER_ID, {908501234567: "908501234567"})
    assert world.store.account.known("acme").caller_ids.items == {908501234567: "908501234567"}
    assert world.store.account.known("acme").queues == Listing()
