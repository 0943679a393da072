"""Whatever comes one after another in the campaigns of a profile, who is called is right.

The provider of these tests calls as it may: any number of a campaign that is on, within its days, as often as its
retries allow; what it says of a call comes in at once, or later. Histories are drawn at random, and made short where
one is found to be wrong.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import itertools
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.screens.conftest import blocked, on_the_wire
from tests.store.results import phone
from tui.bootstrap import sort_text
from tui.campaign.call_limit import CallLimit, LimitRules
from tui.campaign.dates import ISTANBUL
from tui.campaign.fields import PHONE_LIST
from tui.campaign.follow_up_plan import DEFAULT_NAME, DEFAULT_PLAN
from tui.campaign.lifecycle import Action, AskedBy, Created
from tui.campaign.phone_list import Number
from tui.campaign.results import Notification
from tui.campaign.rules import errors
from tui.config import Profile
from tui.core.secret import Secret
from tui.i18n.words import folded
from tui.operations.blocked import ask_provider
from tui.operations.do_not_call import put_on_list, take_off_list
from tui.operations.follow_up import follow_up
from tui.operations.follow_up_plan import make_planned
from tui.operations.launch import launch
from tui.operations.launch_request import prepare
from tui.operations.phone_list import validated
from tui.operations.services import NotPossible, Services
from tui.operations.succession import begin_succession, delete_former, know, make_successor, switch_former_off
from tui.operations.switch import switch
from tui.provider.client import Provider
from tui.store import AlreadyLaunched, Delivery, ResultFilter, Store, StoreError, StoreThread

KEY = "K98765432-1234-5678-4321-123456789012"
BEGIN = dt.datetime(2026, 11, 25, 6, 0, tzinfo=dt.UTC)
PEOPLE = 6
STATUSES = ("Cevaplandı", "Meşgul", "Cevapsız", "Hatalı Numara", "Reddedildi", "Ulaşılamıyor")
OPT_OUT = "9"
FIELDS = {"call_type": "ivr", "name": "Anket", "cli": "902129630131", "active_days": "1,2,3,4,5,6,7",
          "welcome_announcement_id": "128", "digit_target_1": "announcement/421",
          "digit_target_9": "hangup/hangup", "opt_out_key": OPT_OUT}


@dataclass
class Sent:
    """A campaign as the provider has it."""

    phones: list[str]
    retries: int
    begin: dt.date
    end: dt.date
    token: str
    on: bool = True
    calls: Counter[str] = field(default_factory=Counter)
    over: set[str] = field(default_factory=set)  # numbers that are not called any more


class Account:
    """The provider, and what it has done."""

    def __init__(self, limits: LimitRules) -> None:
        self.limits = limits
        self.now = BEGIN
        self.campaigns: dict[int, Sent] = {}
        self.blocked: set[str] = set()
        self.said_no: set[str] = set()  # of whom the program has heard it
        self.asked: list[list[str]] = []  # the numbers of each create request
        self.late: list[Delivery] = []
        self.made: dict[str, list[tuple[int, dt.datetime]]] = defaultdict(list)  # by whom each number was called, when
        self.former: dict[int, int] = {}  # whose place a campaign takes
        self._ids, self._news = itertools.count(20_212), itertools.count(1)

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if request.method == "GET" and path.endswith("/blocked_numbers"):
            return on_the_wire(blocked(*sorted(self.blocked)))
        if request.method == "POST":
            return on_the_wire(self._create(json.loads(request.content)))
        id_ = int("".join(filter(str.isdigit, path.rpartition("/")[2])))
        self._switch(self.campaigns[id_], request)
        return on_the_wire(httpx.Response(200, text="OK"))

    def _create(self, body: Mapping[str, object]) -> httpx.Response:
        rows = body["phone_list"]
        assert isinstance(rows, list)
        phones = [str(row["phone"]) for row in rows]
        assert len(phones) == len(set(phones))
        assert not self.said_no.intersection(phones), "called against a no"
        self.asked.append(phones)
        id_ = next(self._ids)
        token = str(body["webhook_url"]).rpartition("/")[2]
        today = self.now.astimezone(ISTANBUL).date().isoformat()
        begin, end = (dt.date.fromisoformat(str(body.get(f"date_range_{which}", today))) for which in ("begin", "end"))
        retries = body["call_retries"]
        assert isinstance(retries, int)
        self.campaigns[id_] = Sent(phones, retries, begin, end, token)
        return httpx.Response(200, text=str(id_))

    def _switch(self, sent: Sent, request: httpx.Request) -> None:
        if request.method == "DELETE":
            sent.on = False
            sent.over.update(sent.phones)
            return
        sent.on = parse_qs(request.content.decode())["status"] == ["on"]

    def may_call(self, sent: Sent) -> list[str]:
        """Whom a campaign may call now."""
        if not sent.on or not sent.begin <= self.now.astimezone(ISTANBUL).date() <= sent.end:
            return []
        return [number for number in sent.phones if number not in sent.over and sent.calls[number] <= sent.retries]

    def call(self, id_: int, number: str, status: str, digit: str) -> Delivery:
        """Call somebody; what is said of it."""
        sent = self.campaigns[id_]
        self.now += dt.timedelta(minutes=1)
        sent.calls[number] += 1
        self._must_be_allowed(id_, number)
        if status in ("Cevaplandı", "Hatalı Numara"):
            sent.over.add(number)
        return Delivery(sent.token, self.now, Notification(
            f"n{next(self._news)}", id_, "Anket", "1", number, digit, status, self.now))


    def _must_be_allowed(self, id_: int, number: str) -> None:
        """A call that is made now is one of so many at most, and no other campaign's is near it."""
        made, most = self.made[number], self.limits.most_calls
        made.append((id_, self.now))
        if most is not None:
            assert sum(at > self.now - dt.timedelta(days=most.days) for _, at in made) <= most.calls
        quiet = self.now - dt.timedelta(days=self.limits.quiet_days)
        assert not [at for other, at in made if self._life(other) != self._life(id_) and at > quiet]

    def _life(self, id_: int) -> int:
        """The first of those that took the place of one another: all of them are one campaign."""
        while id_ in self.former:
            id_ = self.former[id_]
        return id_


@dataclass(frozen=True)
class Draft:
    """A campaign for some people is made and launched."""

    people: tuple[int, ...]
    retries: int = 0
    days: int = 1


@dataclass(frozen=True)
class Call:
    """A campaign calls one of its numbers, in a minute. `late`: what is said of it comes in with the next `Time`."""

    campaign: int
    person: int
    status: int = 0
    refuses: bool = False
    late: bool = False


@dataclass(frozen=True)
class No:
    """Somebody is not to be called any more: by the operator's list, or by the provider's."""

    person: int
    at_provider: bool = False


@dataclass(frozen=True)
class Yes:
    """Somebody is taken off the operator's list."""

    person: int


@dataclass(frozen=True)
class Time:
    hours: int


@dataclass(frozen=True)
class FollowUp:
    """The next campaign, of those who were not reached, by a plan or without one; launched."""

    campaign: int
    planned: bool = False


@dataclass(frozen=True)
class Switched:
    campaign: int
    action: Action = Action.OFF


@dataclass(frozen=True)
class Replaced:
    """Another campaign takes the place of one that reaches some more, of which its draft knows nothing yet."""

    campaign: int
    late: tuple[int, ...] = ()


Move = Draft | Call | No | Yes | Time | FollowUp | Switched | Replaced
people, campaigns = st.integers(0, PEOPLE - 1), st.integers(0, 7)
DRAFTS: st.SearchStrategy[Draft] = st.builds(
    Draft, st.lists(people, min_size=1, max_size=PEOPLE + 2).map(tuple), st.integers(0, 2), st.integers(1, 3))
MOVES: st.SearchStrategy[Move] = st.one_of(
    DRAFTS, *[st.builds(Call, campaigns, people, st.integers(0, len(STATUSES) - 1), st.booleans(), st.booleans())] * 3,
    st.builds(No, people, st.booleans()), st.builds(Yes, people), st.builds(Time, st.integers(1, 60)),
    st.builds(FollowUp, campaigns, st.booleans()),
    *[st.builds(Replaced, campaigns, st.lists(people, max_size=2).map(tuple))] * 2,
    st.builds(Switched, campaigns, st.sampled_from([Action.ON, Action.OFF, Action.DELETE])))


class History:
    """What a profile goes through, one move after another."""

    def __init__(self, folder: Path, limits: LimitRules) -> None:
        self.account, tokens = Account(limits), itertools.count(1)
        self.launched: list[int] = []
        self._names = itertools.count(1)  # one that is like another would not be launched
        self.store = Store.open(folder / "santral.db", fold=folded, sort_key=sort_text, now=lambda: self.account.now)
        profile = Profile("acme", Secret(KEY), base_url="http://127.0.0.1:1", most_calls=limits.most_calls,
                          quiet_days=limits.quiet_days)
        self.services = Services(
            self.store, StoreThread(),
            profile, lambda wanted: Provider(wanted.base_url, Secret(KEY),
                                             transport=httpx.MockTransport(self.account.answer)),
            AskedBy.APP, public_url="https://calls.example.com/santral", now=lambda: self.account.now,
            new_token=lambda: f"token-of-launch-number-{next(tokens)}")

    def close(self) -> None:
        self.services.thread.close()
        self.store.close()

    async def go(self, move: Move) -> None:
        with contextlib.suppress(NotPossible):
            match move:
                case Draft():
                    await self._draft(move)
                case Call():
                    self._call(move)
                case No():
                    await self._no(move)
                case Yes(person):
                    await take_off_list(self.services, [phone(person)])
                    self._hear()
                case Time(hours):
                    self.account.now += dt.timedelta(hours=hours)
                    self._deliver_late()
                case FollowUp():
                    await self._follow_up(move)
                case Switched():
                    await self._switch(move)
                case Replaced():
                    await self._replace(move)

    async def _draft(self, move: Draft) -> None:
        today = self.account.now.astimezone(ISTANBUL).date()
        made = self.store.drafts.create("acme", FIELDS | {
            "name": f"Anket {next(self._names)}", "call_retries": str(move.retries),
            "date_range_begin": today.isoformat(),
            "date_range_end": (today + dt.timedelta(days=move.days - 1)).isoformat()})
        self.store.numbers.add(made, validated(Number(phone(person)) for person in move.people))
        await self._launch(made)

    async def _launch(self, draft: int) -> None:
        """Every row of the list is sent, repeats one that is, or was dropped with its reason."""
        before = self._rows(draft)
        asked = len(self.account.asked)
        ready = await prepare(self.services, draft, asked=await ask_provider(self.services))
        # Else nobody is left, or each would be called too often by this campaign alone.
        assert {problem.field for problem in errors(ready.problems)} <= {PHONE_LIST, "call_retries"}
        try:
            outcome = await launch(self.services, ready)
        except (NotPossible, AlreadyLaunched):  # nobody is left, or it is like one before
            assert len(self.account.asked) == asked
            return
        assert isinstance(outcome, Created)
        self.launched.append(draft)
        [sent] = self.account.asked[asked:]
        assert {row.phone for row in self.store.numbers.each(draft)} == set(sent)
        dropped = list(self.store.numbers.each_dropped(draft))
        assert all(row.why.code for row in dropped)
        assert self._rows(draft) + Counter(row.phone for row in dropped) == before

    def _rows(self, draft: int) -> Counter[str | None]:
        return Counter(row.phone for row in self.store.numbers.page(draft, 0, 100))

    def _call(self, move: Call) -> None:
        calling = [id_ for id_, sent in self.account.campaigns.items() if self.account.may_call(sent)]
        if not calling:
            return
        chosen = calling[move.campaign % len(calling)]
        able = self.account.may_call(self.account.campaigns[chosen])
        status = STATUSES[move.status]
        digit = (OPT_OUT if move.refuses else "1") if status == "Cevaplandı" else ""
        news = self.account.call(chosen, able[move.person % len(able)], status, digit)
        if move.late:
            self.account.late.append(news)
        else:
            self._deliver([news])

    def _deliver(self, news: Sequence[Delivery]) -> None:
        if news:
            self.store.deliveries.ingest(news)
        self._hear()

    def _deliver_late(self) -> None:
        self._deliver(self.account.late)
        self.account.late = []

    def _hear(self) -> None:
        """Who has said no, as far as the program can know."""
        listed = self.store.suppression.among("acme", [phone(person) for person in range(PEOPLE)])
        self.account.said_no = {*listed, *self.account.blocked}

    async def _no(self, move: No) -> None:
        if move.at_provider:
            self.account.blocked.add(phone(move.person))
            self.account.now += dt.timedelta(minutes=1)  # a list that was just fetched is not fetched again
        else:
            await put_on_list(self.services, [phone(move.person)])
        self._hear()
        assert phone(move.person) in self.account.said_no

    async def _follow_up(self, move: FollowUp) -> None:
        source = self._campaign(move.campaign)
        if source is None:
            return
        if not move.planned:
            made = await follow_up(self.services, source, ResultFilter())
            await self._launch(made.draft)
            return
        planned = await make_planned(self.services, source, DEFAULT_NAME, DEFAULT_PLAN)
        callable_ = {row.phone for row in self.store.numbers.each(source)}
        assert planned.numbers == len(callable_)
        assert planned.planned + sum(planned.left_out.values()) == planned.numbers
        assert sum(draft.numbers for draft in planned.drafts) == planned.planned
        for draft in planned.drafts:
            assert draft.draft is not None
            await self._launch(draft.draft)

    async def _switch(self, move: Switched) -> None:
        campaign = self._campaign(move.campaign)
        if campaign is not None:
            with contextlib.suppress(StoreError):
                await switch(self.services, campaign, move.action)

    async def _replace(self, move: Replaced) -> None:
        """Nobody whom the former one has reached is called by the successor, and nobody else is lost."""
        former = self._campaign(move.campaign)
        if former is None:
            return
        with contextlib.suppress(StoreError):
            await begin_succession(self.services, former)
            self._deliver_late()
            self.account.late = [news for person in move.late if (news := self._reached(former, person))]
            await switch_former_off(self.services, former)
            self.account.now += dt.timedelta(minutes=7)
            self._beat()
            await know(self.services, former)
            successor = (await make_successor(self.services, former)).id
            self._deliver_late()
            asked = len(self.account.asked)
            await self._launch(successor)
            self._note_former(successor, former)
            self._must_account_for_all(former, successor, self.account.asked[asked:])
            await delete_former(self.services, successor)

    def _note_former(self, successor: int, former: int) -> None:
        new, old = (self.store.campaigns.get(campaign).provider_id for campaign in (successor, former))
        if new is not None and old is not None:
            self.account.former[new] = old

    def _reached(self, campaign: int, person: int) -> Delivery | None:
        """Who answers last."""
        id_ = self.store.campaigns.get(campaign).provider_id
        able = [] if id_ is None else self.account.may_call(self.account.campaigns[id_])
        return self.account.call(id_, able[person % len(able)], STATUSES[0], "1") if id_ and able else None

    def _must_account_for_all(self, former: int, successor: int, asked: Sequence[Sequence[str]]) -> None:
        before = self.account.campaigns[self.store.campaigns.get(former).provider_id or 0]
        called = {number for numbers in asked for number in numbers}
        assert not called & before.over, "called again though reached"
        waiting = {row.phone for row in self.store.numbers.page(successor, 0, 100)}
        left_out = {row.phone for row in self.store.numbers.each_dropped(successor)}
        final = {number for number in before.phones if before.calls[number] > before.retries}
        assert {*before.phones} == before.over | final | called | waiting | left_out

    def _beat(self) -> None:
        """A receiver was there from the beginning on."""
        self.store.receivers.beat("r", address="here", started_at=BEGIN - dt.timedelta(days=1),
                                  received_last_minute=0, waiting=0)

    def _campaign(self, place: int) -> int | None:
        """A launched campaign of the store, the oldest at 0."""
        return self.launched[place % len(self.launched)] if self.launched else None


async def _live(limits: LimitRules, moves: Sequence[Move]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        history = History(Path(folder), limits)
        try:
            for move in moves:
                await history.go(move)
        finally:
            history.close()


LIMITS = st.builds(
    LimitRules, st.none() | st.builds(CallLimit, st.integers(1, 4), st.integers(1, 3)), st.integers(0, 2))


@pytest.mark.long
@given(LIMITS, DRAFTS, st.lists(MOVES, min_size=10, max_size=30))
def test_nobody_is_called_too_often_or_against_a_no_and_every_row_is_accounted_for(
    limits: LimitRules, first: Draft, moves: list[Move],
) -> None:
    asyncio.run(_live(limits, [first, *moves]))
