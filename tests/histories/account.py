"""The provider of random histories: it calls as it may, and notes what must never happen.

Any number of a campaign that is on, within its days, as often as its retries allow.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final
from urllib.parse import parse_qs

import httpx

from tests.screens.conftest import blocked, on_the_wire
from tui.campaign.call_limit import LimitRules
from tui.campaign.dates import ISTANBUL
from tui.campaign.results import Notification
from tui.store import Delivery

BEGIN: Final = dt.datetime(2026, 11, 25, 6, 0, tzinfo=dt.UTC)
ENDS_CALLS: Final = ("Cevaplandı", "Hatalı Numara")
_IDS = itertools.count(20_212)  # of all accounts, as several may be in one database


@dataclass
class Sent:
    """A campaign as the provider has it."""

    phones: list[str]
    retries: int
    begin: dt.date
    end: dt.date
    token: str
    formers: Sequence[int] = ()  # whose place it takes, the last first
    body: str = ""
    on: bool = True
    deleted: bool = False
    calls: Counter[str] = field(default_factory=Counter)
    over: set[str] = field(default_factory=set)  # numbers that are not called any more


@dataclass
class Caller:
    """Whoever asks the provider: what is known there of the launch that is on its way."""

    said_no: Collection[str] = ()  # of whom the program had heard it when the launch began
    formers: Sequence[int] = ()
    answered: Collection[str] = ()  # a campaign that is followed, since the draft was made
    blocked: frozenset[str] = frozenset()  # as the provider last told it
    confirmed: int = 0  # how many calls a person has agreed to


class Account:
    """The provider, and what it has done. What must never happen is `broken`: raised here, a program would take it
    for a mistake of its own."""

    def __init__(self, limits: LimitRules) -> None:
        self.limits = limits
        self.now = BEGIN
        self.campaigns: dict[int, Sent] = {}
        self.blocked: set[str] = set()
        self.asked: list[list[str]] = []  # the numbers of each create request
        self.made: dict[str, list[tuple[int, dt.datetime]]] = defaultdict(list)  # by whom each was called, when
        self.broken: list[str] = []
        self.lock = threading.RLock()
        self.on_created: Callable[[str], None] = lambda _token: None  # the webhook's token is told
        self._news = itertools.count(1)

    def transport(self, caller: Caller, before: Callable[[], None] = lambda: None) -> httpx.MockTransport:
        """The way here of one program; `before` each request."""
        return httpx.MockTransport(partial(self._answer, caller, before))

    def _answer(self, caller: Caller, before: Callable[[], None], request: httpx.Request) -> httpx.Response:
        before()
        with self.lock:
            path = request.url.path
            if request.method == "GET" and path.endswith("/blocked_numbers"):
                caller.blocked = frozenset(self.blocked)
                return on_the_wire(blocked(*sorted(self.blocked)))
            if request.method == "POST":
                return on_the_wire(self._create(caller, json.loads(request.content)))
            id_ = int("".join(filter(str.isdigit, path.rpartition("/")[2])))
            self._switch(id_, request)
            return on_the_wire(httpx.Response(200, text="OK"))

    def _create(self, caller: Caller, body: Mapping[str, object]) -> httpx.Response:
        rows = body["phone_list"]
        assert isinstance(rows, list)
        phones = [str(row["phone"]) for row in rows]
        id_ = next(_IDS)
        self._must(len(phones) == len(set(phones)), f"{id_} calls a number twice")
        self._must(len(phones) <= caller.confirmed, f"{id_} calls more than was confirmed")
        sent = json.dumps({name: value for name, value in body.items() if name != "webhook_url"}, sort_keys=True)
        self._must(sent not in self._live(caller.formers), f"{id_} is sent a second time")
        self._must(not {*caller.said_no, *caller.blocked}.intersection(phones), f"{id_} is launched against a no")
        self._must(not {*caller.answered}.intersection(phones), f"{id_} is launched for who has answered since")
        for former in map(self.campaigns.__getitem__, caller.formers):
            self._must(not former.on, f"{id_} and the one whose place it takes both call")
            self._must(not former.over.intersection(phones), f"{id_} is launched for who was reached")
        self.asked.append(phones)
        token = str(body["webhook_url"]).rpartition("/")[2]
        today = self.now.astimezone(ISTANBUL).date().isoformat()
        begin, end = (dt.date.fromisoformat(str(body.get(f"date_range_{which}", today))) for which in ("begin", "end"))
        retries = body["call_retries"]
        assert isinstance(retries, int)
        self.campaigns[id_] = Sent(phones, retries, begin, end, token, caller.formers, sent)
        self.on_created(token)
        return httpx.Response(200, text=str(id_))

    def _switch(self, id_: int, request: httpx.Request) -> None:
        sent = self.campaigns[id_]
        if request.method == "DELETE":
            sent.on, sent.deleted = False, True
            return
        sent.on = parse_qs(request.content.decode())["status"] == ["on"]
        successors = [other for other, there in self.campaigns.items() if id_ in there.formers]
        self._must(not (sent.on and successors), f"{id_} is on though it was replaced")

    def may_call(self, sent: Sent, *, off: bool = False) -> list[str]:
        """Whom a campaign may call now; also where it is `off`."""
        if not (sent.on or off) or not sent.begin <= self.now.astimezone(ISTANBUL).date() <= sent.end:
            return []
        return [number for number in sent.phones if number not in sent.over and sent.calls[number] <= sent.retries]

    def call(self, id_: int, number: str, status: str, digit: str) -> Delivery:
        """Call somebody; what is said of it."""
        sent = self.campaigns[id_]
        self.now += dt.timedelta(minutes=1)
        sent.calls[number] += 1
        self._must_be_allowed(id_, number)
        if status in ENDS_CALLS:
            sent.over.add(number)
        return Delivery(sent.token, self.now, Notification(
            f"n{id_}.{next(self._news)}", id_, "Anket", "1", number, digit, status, self.now))

    def call_everybody(self) -> None:
        """As often as each campaign may: nobody is there."""
        for id_, sent in self.campaigns.items():
            while able := self.may_call(sent):
                self.call(id_, able[0], "Meşgul", "")

    def _must_be_allowed(self, id_: int, number: str) -> None:
        """A call that is made now is one of so many at most, no other campaign's is near it, and nobody was reached in
        whose place this is."""
        made, most = self.made[number], self.limits.most_calls
        made.append((id_, self.now))
        if most is not None:
            often = sum(at > self.now - dt.timedelta(days=most.days) for _, at in made)
            self._must(often <= most.calls, f"{id_} calls {number} too often")
        quiet = self.now - dt.timedelta(days=self.limits.quiet_days)
        near = [other for other, at in made if self._life(other) != self._life(id_) and at > quiet]
        self._must(not near, f"{id_} calls {number} too soon after {near}")
        reached = [former for former in self.campaigns[id_].formers if number in self.campaigns[former].over]
        self._must(not reached, f"{id_} calls {number}, whom {reached} reached")

    def _live(self, formers: Sequence[int]) -> set[str]:
        """What was sent of the campaigns that are there, but for those whose place is taken."""
        return {sent.body for id_, sent in self.campaigns.items() if not sent.deleted and id_ not in formers}

    def _life(self, id_: int) -> int:
        """The first of those that took the place of one another: all of them are one campaign."""
        return [id_, *self.campaigns[id_].formers][-1]

    def _must(self, held: bool, otherwise: str) -> None:
        if not held:
            self.broken.append(otherwise)
