"""Random histories of a campaign that another takes the place of: a provider that calls, answers and loses answers,
receivers that come and go, programs that are killed, two operators. Nobody whom the first has reached is called by the
second, nobody is lost, and never do both call."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import json
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
import pytest

from tests.provider.doubles import FakeClock
from tests.screens.conftest import on_the_wire
from tests.store.support import Location, good, open_store
from tui.campaign.lifecycle import Action, AskedBy
from tui.campaign.results import Notification, Ping
from tui.campaign.succession import Step
from tui.config import Profile
from tui.core.secret import Secret
from tui.operations.launch import launch
from tui.operations.launch_request import prepare
from tui.operations.services import NotPossible, Services
from tui.operations.succession import (
    begin_succession,
    delete_former,
    give_up,
    know,
    look,
    make_successor,
    switch_former_off,
)
from tui.operations.switch import switch
from tui.provider.client import Provider
from tui.provider.errors import ProviderError
from tui.store import Delivery, StoreError, StoreThread

KEY: Final = "K98765432-1234-5678-4321-123456789012"
NOW: Final = dt.datetime(2026, 11, 25, 6, 0, tzinfo=dt.UTC)
FIELDS: Final = {"call_type": "ivr", "name": "Anket", "cli": "902129630131", "call_retries": "1", "opt_out_key": "9",
                 "welcome_announcement_id": "128", "digit_target_9": "announcement/9", "ring_timeout": "25",
                 "active_days": "1,2,3,4,5,6,7", "date_range_begin": "2026-11-25", "date_range_end": "2026-12-25"}
RETRIES: Final = 1
PEOPLE: Final = 12
STEPS: Final = 90
ENDINGS: Final = ("Cevaplandı", "Cevaplandı", "Meşgul", "Cevapsız", "Hatalı Numara")


class Killed(BaseException):
    """The program ends here, at once."""


@dataclass
class Call:
    campaign: int
    phone: str
    status: str
    ends_at: dt.datetime
    told_at: dt.datetime


@dataclass
class AtProvider:
    """A campaign there: what it still has to call, and the token of its webhook."""

    token: str
    to_call: list[str]
    on: bool = True
    attempts: Counter[str] = field(default_factory=Counter)


class World:
    """The provider, and a program that is opened anew where it was killed."""

    def __init__(self, place: Location, dice: random.Random) -> None:
        self.place, self.dice, self.now = place, dice, NOW
        self.at_provider: dict[int, AtProvider] = {}
        self.under_way: list[Call] = []
        self.reached: dict[str, dt.datetime] = {}  # by any campaign: whom it talked to, or has done with
        self.ids, self.notified = itertools.count(20_001), itertools.count(1)
        self.receiver: dt.datetime | None = NOW  # since when one is there
        self.tokens: dict[int, str] = {}
        self.broken: list[str] = []  # what must never happen, and did
        self.calm = False  # whether all goes well from now on
        self.open()

    def open(self) -> None:
        self.store = open_store(self.place, lambda: self.now)
        self.store.ledger.recover()
        self.services = Services(
            self.store, StoreThread(), Profile("acme", Secret(KEY), base_url="http://127.0.0.1:1"),
            lambda profile: Provider(profile.base_url, Secret(KEY), transport=httpx.MockTransport(self.answer),
                                     clock=FakeClock(), jitter=lambda: 0.0),
            AskedBy.COMMAND, now=lambda: self.now, public_url="https://hook.example.com/s")
        self.beat()

    async def close(self) -> None:
        await self.services.disconnect()
        self.services.thread.close()
        self.store.close()

    def beat(self) -> None:
        if self.receiver is not None:
            self.store.receivers.beat(f"r{self.receiver}", address="here", started_at=self.receiver,
                                      received_last_minute=0)

    # the provider

    def answer(self, request: httpx.Request) -> httpx.Response:
        how = "ok" if self.calm else self.dice.choices(
            ("ok", "lost", "not", "5xx", "429", "kill before", "kill after"), (12, 1, 1, 1, 1, 1, 1))[0]
        if how == "kill before":
            raise Killed
        if how in ("not", "5xx", "429"):
            if how == "not":
                raise httpx.ConnectError("refused")
            return on_the_wire(httpx.Response(429 if how == "429" else 503, text="later"))
        done = self.do(request)
        if how == "lost":
            raise httpx.ReadError("cut")
        if how == "kill after":
            raise Killed
        return on_the_wire(done)

    def do(self, request: httpx.Request) -> httpx.Response:
        body = request.read()
        if request.method == "POST":
            asked = json.loads(body)
            made = next(self.ids)
            phones = [row["phone"] for row in asked["phone_list"]]
            self.check_create(phones)
            self.at_provider[made] = AtProvider(asked["webhook_url"].rpartition("/")[2], phones)
            self.tell(self.at_provider[made].token, Ping())
            return httpx.Response(200, text=str(made))
        campaign = int(request.url.path.rpartition("/")[2])
        if campaign not in self.at_provider:
            return httpx.Response(400, text=f"Cannot find ivr_campaign with ID {campaign}")
        if request.method == "DELETE":
            del self.at_provider[campaign]
        else:
            self.at_provider[campaign].on = b"status=on" in body
        return httpx.Response(200, text="OK")

    def check_create(self, phones: list[str]) -> None:
        """Noted, and asserted by the test: what is raised here the program takes for a mistake of its own."""
        if any(there.on for there in self.at_provider.values()):
            self.broken.append("both would call")
        if set(phones) & self.reached.keys():
            self.broken.append("who was reached is called again")
        if set(phones) & {call.phone for call in self.under_way}:
            self.broken.append("who is being talked to is called again")

    def calls_somebody(self) -> None:
        on = [(campaign, there) for campaign, there in self.at_provider.items() if there.on and there.to_call]
        if not on:
            return
        campaign, there = self.dice.choice(on)
        phone = there.to_call.pop(0)
        there.attempts[phone] += 1
        ends_at = self.now + dt.timedelta(seconds=self.dice.choice((3, 20, 25 + 180)))
        call = Call(campaign, phone, self.dice.choice(ENDINGS), ends_at,
                    ends_at + dt.timedelta(seconds=self.dice.choice((0, 1, 59))))
        if call.status in ("Meşgul", "Cevapsız") and there.attempts[phone] <= RETRIES:
            there.to_call.append(phone)
        else:
            if phone in self.reached:
                self.broken.append("called though reached")
            self.reached[phone] = self.now
        self.under_way.append(call)
        self.tokens[campaign] = there.token

    def passes(self, seconds: float) -> None:
        until = self.now + dt.timedelta(seconds=seconds)
        for call in sorted((call for call in self.under_way if call.told_at <= until), key=lambda call: call.told_at):
            self.now = max(self.now, call.told_at)
            self.under_way.remove(call)
            self.tell(self.tokens[call.campaign], Notification(
                f"n{next(self.notified)}", call.campaign, "Anket", "1", call.phone,
                "9" if call.status == "Cevaplandı" and self.dice.random() < 0.2 else "", call.status, call.ends_at))
        self.now = until
        self.beat()

    def tell(self, token: str, what: Notification | Ping) -> None:
        if self.receiver is not None:
            self.store.deliveries.ingest([Delivery(token, self.now, what)])

    # the operator

    async def does(self, job: Any) -> None:  # noqa: ANN401 - whatever it gives
        """A killed one is opened anew; what is refused is refused."""
        try:
            with contextlib.suppress(StoreError, NotPossible, ProviderError):
                await job
        except Killed:
            with contextlib.suppress(Exception, Killed):
                self.services.thread.close()
            self.store.close()
            self.open()

    async def goes_on(self, former: int) -> None:
        services, found = self.services, await look(self.services, former)
        match found.step:
            case Step.GIVEN_UP | Step.SWITCH_OFF if found.succession is None or found.succession.given_up_at:
                await self.does(begin_succession(services, former))
            case Step.SWITCH_OFF:
                await self.does(switch_former_off(services, former))
            case Step.KNOW:
                await self.does(know(services, former))
            case Step.MAKE_DRAFT:
                await self.does(make_successor(services, former, {"max_thread_count": "7"}))
            case Step.LAUNCH:
                await self.does(self.launches(found.successor.id if found.successor else 0))
            case Step.DELETE:
                await self.does(delete_former(services, found.successor.id if found.successor else 0))
            case Step.UNCONFIRMED:
                self.resolves(found.successor.id if found.successor else 0)

    async def launches(self, draft: int) -> None:
        ready = await prepare(self.services, draft)
        if self.dice.random() < 0.3:
            self.passes(self.dice.choice((1, 70)))
        await launch(self.services, ready)

    def resolves(self, draft: int) -> None:
        """A person looks into the provider's web panel."""
        known = {campaign.provider_id for campaign in self.store.campaigns.page("acme", limit=50)}
        there = [made for made in self.at_provider if made not in known]
        with contextlib.suppress(StoreError):
            if there:
                self.store.ledger.assign_id(draft, there[0])
            else:
                self.store.ledger.not_created(draft)

    async def something_happens(self, former: int) -> None:
        match self.dice.choices(("call", "pass", "go on", "wait", "on", "give up", "receiver"),
                                (6, 4, 8, 1, 0.4, 0.2, 0.3))[0]:
            case "call":
                self.calls_somebody()
            case "pass":
                self.passes(self.dice.choice((1, 10, 60)))
            case "wait":
                self.passes(300)
            case "go on":
                await self.goes_on(former)
            case "on":
                await self.does(switch(self.services, former, Action.ON))
            case "give up":
                await self.does(give_up(self.services, former))
            case "receiver":
                self.receiver = None if self.receiver is not None else self.now
                self.beat()

    # what holds at any time

    def nobody_is_lost(self, former: int, draft: int) -> None:
        rows = {row.phone: row for row in self.store.results.each(former)}
        mine = {row.phone for row in self.store.numbers.page(draft, 0, 100)}
        out = {row.phone for row in self.store.numbers.dropped(draft, 0, 100)}
        for phone, row in rows.items():
            assert row.final or phone in mine | out, phone


async def launched(world: World) -> tuple[int, int]:
    """The first campaign, and its ID at the provider."""
    former = world.store.drafts.create("acme", FIELDS)
    world.store.numbers.add(former, [good(f"9053200{number:05}") for number in range(PEOPLE)])
    world.calm = True
    await world.launches(former)
    world.calm = False
    made = world.store.campaigns.get(former).provider_id
    assert made is not None
    return former, made


@pytest.mark.parametrize("history", range(4))
async def test_nobody_is_called_by_both_and_nobody_is_lost(place: Location, dice: random.Random, history: int) -> None:
    del history
    world = World(place, dice)
    former, first = await launched(world)
    for _ in range(STEPS):
        await world.something_happens(former)
        on = [made for made, there in world.at_provider.items() if there.on]
        assert len(on) < 2 or first not in on, "both are on"
        assert world.broken == []
    world.calm = True
    for _ in range(30):
        world.calls_somebody()
        world.passes(300)
        await world.goes_on(former)
    assert world.broken == []
    found = await look(world.services, former)
    ended = found.step is Step.DONE or not found.carried.numbers or (found.step is Step.KNOW and found.unknown)
    assert ended, found
    if found.successor is not None:
        world.nobody_is_lost(former, found.successor.id)
    await world.close()
