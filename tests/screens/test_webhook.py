"""The way that results take: checked in Review and in the list, and the alarm where nothing comes in."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from textual.pilot import Pilot

from tests.screens.conftest import NOW, READY, World
from tests.screens.waiting import until
from tui.campaign.results import Notification, Ping
from tui.config import ReceiverSettings
from tui.i18n.words import say
from tui.screens.campaign_list import CampaignListScreen
from tui.store import Delivery

PHONES = ("05321234500", "05321234501")


def nobody_listens() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/santral"


@asynccontextmanager
async def somebody_listens(world: World) -> AsyncIterator[str]:
    """A receiver in small: it notes what is posted to it, and answers 200."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        token = head.split()[1].decode().rpartition("/")[2]
        await asyncio.to_thread(world.store.deliveries.ingest, [Delivery(token, NOW, Ping())])
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/santral"
    finally:
        server.close()
        await server.wait_closed()


def receives(world: World, public_url: str) -> None:
    world.app.session.config = replace(world.app.config, receiver=ReceiverSettings(public_url=public_url))
    world.app.services.public_url = public_url


@asynccontextmanager
async def review(world: World) -> AsyncIterator[Pilot[str]]:
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, world, READY["name"])
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f9")
        await until(pilot, world, say("screens.review.untested"))
        yield pilot


async def test_review_says_that_results_would_come_in(world: World) -> None:
    world.draft(phones=PHONES)
    async with somebody_listens(world) as url:
        receives(world, url)
        async with review(world) as pilot:
            await until(pilot, world, f"✓ {say('operations.webhook.reached', host='127.0.0.1')}"[:40])


async def test_review_says_that_results_would_be_lost_and_so_does_the_last_question(world: World) -> None:
    world.draft(phones=PHONES)
    receives(world, nobody_listens())
    lost = say("operations.webhook.no_connection", host="127.0.0.1")
    async with review(world) as pilot:
        await until(pilot, world, f"! {lost}"[:40])
        await pilot.press("l")
        await until(pilot, world, say("screens.launch.title", name=READY["name"]))
        assert lost[:30] in world.screen_text


async def test_a_webhook_of_ones_own_is_not_checked(world: World) -> None:
    world.draft(READY | {"webhook_url": "https://example.com.tr/x"}, PHONES)
    receives(world, nobody_listens())
    async with review(world) as pilot:
        await pilot.pause()
        assert say("operations.webhook.no_connection", host="127.0.0.1")[:30] not in world.screen_text
        assert say("screens.campaigns.checking_webhook") not in world.screen_text


async def test_a_silent_campaign_raises_an_alarm_until_something_comes_in(world: World) -> None:
    made = world.launched(phones=PHONES)
    world.store.deliveries.ingest([Delivery(f"t{made}", NOW, Ping())])
    world.app.services.now = lambda: NOW + dt.timedelta(minutes=11)
    receives(world, nobody_listens())
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        state = say("screens.state.silent", state=say("campaign.state.on"))
        await until(pilot, world, state)
        await until(pilot, world, say("screens.campaigns.silent", name=READY["name"], moment="12:00")[:50])
        await pilot.press("w")
        await until(pilot, world, say("operations.webhook.no_connection", host="127.0.0.1")[:30])
        later = NOW + dt.timedelta(minutes=11)
        told = Notification("1", 20212, "", "1", "905321234500", "1", "Cevaplandı", later)
        world.store.deliveries.ingest([Delivery(f"t{made}", later, told)])
        home = world.app.screen
        assert isinstance(home, CampaignListScreen)
        home.watching.listen()
        await until(pilot, world, state, gone=True)


async def test_several_silent_campaigns_are_told_of_at_once(world: World) -> None:
    for place in range(3):
        world.launched(f"Anket {place}", 20212 + place, phones=PHONES)
    world.app.services.now = lambda: NOW + dt.timedelta(minutes=11)
    receives(world, nobody_listens())
    async with world.app.run_test(size=(120, 36), notifications=True) as pilot:
        text = say("screens.campaigns.several_silent", count=3)
        await until(pilot, world, text[:40])
        messages = [toast.message for toast in world.app._notifications]  # that of the receiver may be among them
        assert messages.count(text) == 1
        assert not [message for message in messages if "Anket" in message]


async def test_the_form_says_that_results_come_here_by_themselves(world: World) -> None:
    world.draft(phones=PHONES)
    receives(world, nobody_listens())
    async with world.app.run_test(size=(80, 24)) as pilot:
        await until(pilot, world, READY["name"])
        await pilot.press("enter")
        await until(pilot, world, say("campaign.field.name"))
        await pilot.press("f9", "f7")
        await until(pilot, world, say("screens.form.our_webhook"))
