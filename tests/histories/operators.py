"""Somebody who works with the program in random histories."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from msgspec.structs import replace

from tests.histories.account import ENDS_CALLS, Caller
from tests.histories.moves import (
    STATUSES,
    Added,
    Answers,
    Between,
    Call,
    Consents,
    Draft,
    FollowUp,
    FormerOn,
    Move,
    No,
    Replaced,
    Same,
    Switched,
    Time,
    When,
    WhereNo,
    Yes,
)
from tests.histories.turns import Turns, by_turns
from tests.histories.world import KEY, World
from tests.provider.doubles import FakeClock
from tests.store.results import phone
from tui.campaign.dates import ISTANBUL
from tui.campaign.follow_up_plan import DEFAULT_NAME, DEFAULT_PLAN
from tui.campaign.lifecycle import Action, AskedBy, Outcome
from tui.campaign.phone_list import Number
from tui.campaign.rules import errors
from tui.core.secret import Secret
from tui.operations.blocked import ask_provider
from tui.operations.consent import import_consents
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
from tui.provider.errors import ProviderError
from tui.store import Delivery, ResultFilter, Store, StoreError, StoreThread

OPT_OUT: Final = "9"
FIELDS: Final = {
    "call_type": "ivr", "name": "Anket", "cli": "902129630131", "active_days": "1,2,3,4,5,6,7",
    "welcome_announcement_id": "128", "digit_target_1": "announcement/421", "digit_target_9": "hangup/hangup",
    "opt_out_key": OPT_OUT}
_COMMERCIAL: Final = {"is_commercial": "true", "iys_recipient_type": "BIREYSEL", "iys_brand_code": "600123"}
_BETWEEN: Final = (Between, Same, Added, FormerOn, Answers)
_QUIET: Final = dt.timedelta(minutes=7)  # after which no call of a campaign that is off is under way


class Operator:
    """One of those who share a profile. What is refused them they leave."""

    def __init__(self, world: World, name: str, turns: Turns) -> None:
        self.world, self._name, self._caller = world, name, Caller()
        self._launching: int | None = None
        self._in_file: set[str] = set()  # the do-not-call file's, when the launch was begun
        self.meant: int | None = None  # the draft that the other one launches
        self.outcomes: list[Outcome] = []
        self.other: Operator | None = None  # who does something while this one launches
        self._turns = turns
        self._between: Between | None = None
        self._begun = False  # its launch is noted
        self.problems: set[str] = set()  # the fields of errors that a draft had when it was to be launched
        store, step = world.open(), lambda: turns.step(name)
        database = by_turns(store._context.database, step, self._notes_who_said_no)
        self.services = Services(
            Store(replace(store._context, database=database)), StoreThread(), world.profile,
            lambda wanted: Provider(
                wanted.base_url, Secret(KEY), transport=world.account.transport(self._caller, self._asks),
                clock=FakeClock(), jitter=lambda: 0.0),
            AskedBy.APP, public_url="https://calls.example.com/santral", now=lambda: world.account.now,
            seconds=lambda: 0.0,
            new_token=lambda: f"token-of-launch-{world.number}-{next(world.tokens)}")
        self._begin = self.services.store.ledger.begin
        setattr(self.services.store.ledger, "begin", self._begins)  # noqa: B010 - a method is replaced

    def _asks(self) -> None:
        """A request has come whole: nobody else goes on until it is answered, where one goes on at a time."""
        self._turns.step(self._name)
        if self._begun:
            self._turns.disarm()  # what has left is not called back
        if self._launching is not None and self._turns.alone:
            self._caller.answered = self.world.answered_since(self._launching)

    def _notes_who_said_no(self) -> None:
        """The last that is written before a request is that its launch has begun."""
        if self._launching is not None:
            self._caller.said_no = self.world.said_no(self._launching) | self._in_file
            self._caller.formers = self.world.formers(self._launching)
            self._caller.answered = self.world.answered_since(self._launching)

    async def live(self, moves: Sequence[Move]) -> None:
        for move in moves:
            with contextlib.suppress(NotPossible, StoreError, ProviderError):
                await (self._go_between(move) if isinstance(move, _BETWEEN) else self.go(move))
        await self.services.disconnect()

    def close(self) -> None:
        self.services.finish()

    async def go(self, move: Move) -> None:
        match move:
            case Draft():
                await self._draft(move)
            case Call():
                self._call(move)
            case No():
                await self._no(move)
            case Yes(person):
                await take_off_list(self.services, [phone(person)])
            case Consents():
                await self._consents(move)
            case Time(hours):
                self.world.passes(dt.timedelta(hours=hours))
            case FollowUp():
                await self._follow_up(move)
            case Switched():
                await self._switch(move)
            case Replaced():
                await self._replace(move)

    async def _go_between(self, move: Between | Same | Added | FormerOn | Answers) -> None:
        match move:
            case Between(launch):
                self._between = move
                try:
                    await self.go(launch)
                finally:
                    self._between = None
            case Same(copied):
                await self._launch_same(copied=copied)
            case Added(person):
                self._add(person)
            case FormerOn():
                await self._switch_former_on(move)
            case Answers():
                self._answers_before(move)

    async def _draft(self, move: Draft) -> None:
        store, today = self.services.store, self.world.account.now.astimezone(ISTANBUL).date()
        made = store.drafts.create(self.world.profile.name, FIELDS | (_COMMERCIAL if move.commercial else {}) | {
            "name": f"Anket {next(self.world.names)}", "call_retries": str(move.retries),
            "date_range_begin": today.isoformat(),
            "date_range_end": (today + dt.timedelta(days=move.days - 1)).isoformat()})
        store.numbers.add(made, validated(Number(phone(person)) for person in move.people))
        self.world.note_list(made)
        await self._launch(made)

    async def _launch(self, draft: int) -> None:
        ready = await prepare(self.services, draft, asked=await ask_provider(self.services))
        self.problems |= {problem.field for problem in errors(ready.problems)}
        self._launching, self._in_file = draft, {*self.world.in_file}
        self._caller.confirmed = ready.rows
        if self._between is not None and self._between.when is When.REVIEWED:
            self._turns.arm(self._between.steps * 10, self._happens)
        self._begun = False
        try:
            self.outcomes.append(await launch(self.services, ready))
        finally:
            self._launching, self._begun = None, False
            self._turns.disarm()
        if draft not in self.world.launched:
            self.world.launched.append(draft)

    def _begins(self, *args: Any, **kwargs: Any) -> int:  # noqa: ANN401 - handed on
        between = self._between
        self._turns.disarm()
        if between is not None and between.when is not When.BEGUN:
            self._happens()
        entry = self._begin(*args, **kwargs)
        self._begun = True
        if between is not None and between.when is When.BEGUN:
            self._turns.arm(between.steps, self._happens)
        return entry

    def _happens(self) -> None:
        """What another does meanwhile: once."""
        between, self._between = self._between, None
        if between is not None and self.other is not None:
            self.other.meant = self._launching
            asyncio.run(self.other.live([between.other]))

    async def _launch_same(self, *, copied: bool) -> None:
        if self.meant is None:
            return
        draft = self.meant
        if copied:
            draft = self.services.store.drafts.copy(draft, numbers=True)
            self.world.note_list(draft, like=self.meant)
        await self._launch(draft)

    def _add(self, person: int) -> None:
        if self.meant is not None:
            self.services.store.numbers.add(self.meant, validated([Number(phone(person))]))
            self.world.lists[self.meant][phone(person)] += 1

    async def _switch_former_on(self, move: FormerOn) -> None:
        former = self._made_of()
        if former is None:
            return
        await switch(self.services, former, Action.ON)
        self._come_in([news] if (news := self._answer(former, move.person)) is not None else [])
        if move.off:
            await switch(self.services, former, Action.OFF)

    def _answers_before(self, move: Answers) -> None:
        """A call that was made before it was switched off, and is told only now."""
        source = self._made_of()
        if source is not None:
            news = self._answer(source, move.person, ENDS_CALLS[move.wrong], anyway=True)
            self._come_in([news] if news is not None else [])

    def _made_of(self) -> int | None:
        return None if self.meant is None else self.services.store.campaigns.get(self.meant).follows

    def _call(self, move: Call) -> None:
        account = self.world.account
        with account.lock:
            calling = [id_ for id_, sent in account.campaigns.items() if account.may_call(sent)]
            if not calling:
                return
            chosen = calling[move.campaign % len(calling)]
            able = account.may_call(account.campaigns[chosen])
            status = STATUSES[move.status]
            digit = (OPT_OUT if move.refuses else "1") if status == STATUSES[0] else ""
            self.world.passes(dt.timedelta())
            news = account.call(chosen, able[move.person % len(able)], status, digit)
            self.world.tell(news, late=move.late)

    async def _no(self, move: No) -> None:
        match move.where:
            case WhereNo.LIST:
                await put_on_list(self.services, [phone(move.person)])
            case WhereNo.FILE:
                self.world.put_in_file(phone(move.person))
            case WhereNo.PROVIDER:
                self.world.account.blocked.add(phone(move.person))
                self.world.passes(dt.timedelta(minutes=1))  # a list that was just fetched is not fetched again

    async def _consents(self, move: Consents) -> None:
        self.world.refused = {phone(person) for person in move.refused}
        await import_consents(self.services, self.world.consents())

    async def _switch(self, move: Switched) -> None:
        campaign = self._campaign(move.campaign)
        if campaign is not None:
            await switch(self.services, campaign, move.action)

    async def _follow_up(self, move: FollowUp) -> None:
        source = self._campaign(move.campaign)
        if source is None:
            return
        withheld = [news for person in move.late if (news := self._answer(source, person)) is not None]
        if withheld:
            await switch(self.services, source, Action.OFF)
            self.world.passes(_QUIET)
        try:
            await self._launch_follow_ups(move, source, withheld)
        finally:
            self._come_in(withheld)

    def _come_in(self, withheld: list[Delivery]) -> None:
        while withheld:
            self.world.passes(dt.timedelta(seconds=1))
            self.world.tell(replace(withheld.pop(), received_at=self.world.account.now), late=False)

    async def _launch_follow_ups(self, move: FollowUp, source: int, withheld: list[Delivery]) -> None:
        if not move.planned:
            drafts = [(await follow_up(self.services, source, ResultFilter())).draft]
        else:
            planned = await make_planned(self.services, source, DEFAULT_NAME, DEFAULT_PLAN)
            assert planned.planned + sum(planned.left_out.values()) == planned.numbers
            drafts = [each.draft for each in planned.drafts if each.draft is not None]
        for draft in drafts:
            self.world.note_list(draft)
        self._come_in(withheld)
        for draft in drafts:
            with contextlib.suppress(NotPossible, StoreError):
                await self._launch(draft)

    async def _replace(self, move: Replaced) -> None:
        former = self._campaign(move.campaign)
        if former is None:
            return
        await begin_succession(self.services, former)
        for person in move.late:
            self._reaches(former, person)
        await switch_former_off(self.services, former)
        self.world.passes(_QUIET)
        await know(self.services, former)
        successor = (await make_successor(self.services, former)).id
        if successor not in self.world.lists:
            self.world.note_list(successor)
        await self._launch(successor)
        if move.deleted:
            await delete_former(self.services, successor)

    def _reaches(self, campaign: int, person: int) -> None:
        """Who answers last; it is told in a while."""
        news = self._answer(campaign, person)
        if news is not None:
            self.world.tell(news, late=True)

    def _answer(self, campaign: int, person: int, status: str = STATUSES[0], *,
                anyway: bool = False) -> Delivery | None:
        """What is to be told of somebody who answers a campaign; None where it calls nobody. `anyway`: though it is
        off by now."""
        account, id_ = self.world.account, self.services.store.campaigns.get(campaign).provider_id
        with account.lock:
            able = [] if id_ is None else account.may_call(account.campaigns[id_], off=anyway)
            if id_ is None or not able:
                return None
            self.world.passes(dt.timedelta())
            return account.call(id_, able[person % len(able)], status, "1" if status == STATUSES[0] else "")

    def _campaign(self, place: int) -> int | None:
        """A launched campaign of the store, the oldest at 0."""
        launched = self.world.launched
        return launched[place % len(launched)] if launched else None

