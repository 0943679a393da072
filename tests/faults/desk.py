"""A launcher, another program beside it on the same database, and what can befall them."""

from __future__ import annotations

import asyncio
import datetime as dt
import itertools
import sqlite3
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeVar

import psycopg

from tests.faults.provider import KEY, Double
from tests.store.support import Location, open_store
from tui.campaign.lifecycle import Action, AskedBy, Created, NotSent, Outcome, State
from tui.campaign.phone_list import Number
from tui.campaign.results import Notification
from tui.campaign.succession import Step
from tui.config import Profile
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.operations.launch import Upload, launch
from tui.operations.launch_request import prepare
from tui.operations.opt_out_push import push_opt_outs
from tui.operations.outcome_writer import OutcomeWriter
from tui.operations.phone_list import validated
from tui.operations.services import NotPossible, Services
from tui.operations.succession import (
    Progress,
    begin_succession,
    delete_former,
    look,
    make_successor,
    switch_former_off,
    take_for_known,
)
from tui.operations.switch import switch
from tui.provider.client import Provider
from tui.provider.errors import ProviderError
from tui.store import Delivery, Store, StoreError, StoreThread

R = TypeVar("R")

QUEUE = {"call_type": "queue", "name": "Tahsilat", "queue_number": "201", "thread_multiplier": "3",
         "active_days": "1,2,3,4,5,6,7"}
PHONES = ("05551112233", "05551112234", "05551112235")
OPT_OUTS = tuple(f"90{phone[1:]}" for phone in PHONES)
_TOKENS = itertools.count(1)
_FORMERS = itertools.count(500_000)  # what the provider knows those by that are replaced


class Desk:
    """`here` launches and switches; `there` is another program. `now` is what all clocks say."""

    def __init__(self, place: Location, double: Double) -> None:
        self.place, self.double = place, double
        self.now = dt.datetime(2026, 11, 25, 9, 30, tzinfo=dt.UTC)
        self.store, self.other = (open_store(place, lambda: self.now) for _ in range(2))
        self.here, self.there = self._services(self.store), self._services(self.other)
        self.here.outcome_writer = OutcomeWriter(self.here.thread, _no_time)
        self.looked_at_the_provider = False
        self.request_is_out: Callable[[], bool] = lambda: False  # whether its last byte has left the launcher

    @property
    def seconds(self) -> float:
        return self.now.timestamp()

    def _services(self, store: Store) -> Services:
        return Services(store, StoreThread(), Profile("acme", Secret(KEY), base_url=self.double.url),
                        lambda profile: Provider(profile.base_url, Secret(KEY)), AskedBy.COMMAND,
                        now=lambda: self.now, seconds=lambda: self.seconds, new_token=lambda: f"token-{next(_TOKENS)}")

    def draft(self) -> int:
        made = self.store.drafts.create("acme", QUEUE)
        self.store.numbers.add(made, validated([Number("05551112233"), Number("05551112234")]))
        return made

    def campaign(self) -> int:
        self.double.campaigns[500] = False
        made = self.store.campaigns.track_foreign("acme", 500, "Anket", State.OFF)
        self.now += dt.timedelta(minutes=10)
        return made

    def running(self) -> int:
        """A campaign of three numbers that is on; the first has answered."""
        self.former_id = next(_FORMERS)
        self.double.campaigns[self.former_id] = True
        made = self.store.drafts.create("acme", QUEUE | {"name": f"Tahsilat {self.former_id}"})
        self.store.numbers.add(made, validated(map(Number, PHONES)))
        token = f"token-{next(_TOKENS)}"
        entry = self.store.ledger.begin(made, revision=self.store.campaigns.get(made).revision, token=token,
                                        body_hash=token, numbers=3, asked_by=AskedBy.APP)
        self.store.ledger.resolve(entry, Created(self.former_id))
        self.store.deliveries.ingest([Delivery(token, self.now, Notification(
            "1", self.former_id, "", "1", f"90{PHONES[0][1:]}", "", "Cevaplandı", self.now))])
        self.now += dt.timedelta(minutes=10)
        return made

    # what the launcher does

    async def replace(self, former: int) -> None:
        """Every step of putting another in its place, until one fails or there is none."""
        await self._replace(self.here, former)

    async def _replace(self, services: Services, former: int) -> None:
        with suppress(StoreError, NotPossible, ProviderError):
            found = await begin_succession(services, former)
            while found.step not in (Step.DONE, Step.UNCONFIRMED, Step.LAUNCHING, Step.GIVEN_UP):
                await self._next(services, found)
                found = await look(services, former)

    async def _next(self, services: Services, found: Progress) -> None:
        former = found.former.id
        match found.step:
            case Step.SWITCH_OFF:
                await switch_former_off(services, former)
            case Step.WAIT:
                self.now += dt.timedelta(minutes=20)
            case Step.KNOW:
                await take_for_known(services, former)
            case Step.MAKE_DRAFT:
                await make_successor(services, former)
            case Step.LAUNCH if found.successor is not None:
                if isinstance(await launch(services, await prepare(services, found.successor.id)), NotSent):
                    raise NotPossible(Reason("operations.launch.given_up"))
            case Step.DELETE if found.successor is not None:
                await delete_former(services, found.successor.id)

    def another_replaces(self, former: int) -> None:
        """Whoever comes second goes on with what the first has begun."""
        async def replaced() -> None:
            await self._replace(self.there, former)
            await self.there.disconnect()

        aside(replaced())

    def pause_while_another_replaces(self, former: int) -> None:
        self.pass_time()
        self.lose_session()
        with suppress(StoreError):
            self.other.ledger.recover()
        self.another_replaces(former)

    def opt_outs(self) -> int:
        """Three numbers that are to be blocked at the provider, as the profile wants it; how many."""
        self.with_opt_outs()
        self.store.do_not_call.add("acme", OPT_OUTS)
        self.store.opt_out_pushes.confirm("acme")
        return len(OPT_OUTS)

    def with_opt_outs(self) -> None:
        for services in (self.here, self.there):
            services.profile = replace(services.profile, push_opt_outs=True)
            services.connect = lambda profile: Provider(profile.base_url, Secret(KEY), clock=Hurried(self))

    async def push(self) -> None:
        await self._push(self.here)

    async def _push(self, services: Services) -> None:
        with suppress(StoreError, NotPossible):
            await push_opt_outs(services, sleep=Hurried(self).sleep, jitter=lambda: 1.0)

    def another_pushes(self) -> None:
        async def pushed() -> None:
            await self._push(self.there)
            await self.there.disconnect()

        aside(pushed())

    def pause_while_another_pushes(self) -> None:
        self.pass_time()
        self.lose_session()
        self.another_pushes()

    async def launch(self, draft: int) -> Outcome | None:
        """The outcome as it is told; None where it was refused before anything was noted."""
        upload = Upload()
        with suppress(StoreError):
            await launch(self.here, await prepare(self.here, draft), upload)
        return upload.outcome

    async def switch(self, campaign: int, action: Action) -> None:
        with suppress(StoreError, NotPossible, ProviderError):
            await switch(self.here, campaign, action)

    async def end(self) -> None:
        """The launcher comes to its end, its answers written down; then another looks at what it has left."""
        await self.here.outcome_writer.all_written(20)
        await self.here.disconnect()
        await asyncio.to_thread(self.here.finish)

    def recovered(self) -> None:
        for _ in range(200):
            try:
                self.other.ledger.recover()
            except StoreError:
                continue
            open_ = self.other._context.database.number(
                "SELECT (SELECT count(*) FROM launches WHERE outcome IS NULL) "
                "+ (SELECT count(*) FROM switches WHERE outcome IS NULL)")
            if not open_:
                return
        raise AssertionError("something is left open for ever")

    async def close(self) -> None:
        await self.there.close()

    # what befalls it

    def lose_session(self) -> None:
        """Its locks are free: a PostgreSQL session that has ended, or a lock file that was taken away."""
        database: Any = self.store._context.database
        if isinstance(self.place, Secret):
            with psycopg.connect(self.place.reveal(), autocommit=True) as connection:
                connection.execute("SELECT pg_terminate_backend(%s, 5000)", (database._connection.info.backend_pid,))
            return
        folder = self.place.with_name(f"{self.place.name}.holders")
        for lock in folder.iterdir() if folder.exists() else ():
            lock.unlink()

    def pause_while_another_launches(self, draft: int) -> None:
        self.pass_time()
        self.lose_session()
        self.another_launches(draft)

    def pass_time(self) -> None:
        self.now += dt.timedelta(minutes=1)

    def another_launches(self, draft: int) -> None:
        """A person sees it unconfirmed elsewhere, looks at the provider, and launches anew where nothing is there."""
        with suppress(StoreError):
            for _ in range(20):
                if draft in self.other.ledger.recover():
                    break
            campaign = self.other.campaigns.get(draft)
            if campaign.state is State.UNCONFIRMED:
                self.looked_at_the_provider = True
                if self.request_is_out():
                    self.double.heard.wait(20)
                if self.double.campaigns:
                    self.other.ledger.assign_id(draft, next(iter(self.double.campaigns)))
                else:
                    self.other.ledger.not_created(draft)
                    aside(self._launched_there(draft))

    async def _launched_there(self, draft: int) -> None:
        with suppress(StoreError):
            assert not isinstance(await launch(self.there, await prepare(self.there, draft)), NotSent)
        await self.there.disconnect()

    def pause_while_another_switches(self, campaign: int, action: Action) -> None:
        self.pass_time()
        self.lose_session()
        self.another_switches(campaign, action)

    def another_switches(self, campaign: int, action: Action) -> None:
        async def switched() -> None:
            with suppress(StoreError, NotPossible, ProviderError):
                await switch(self.there, campaign, action)
            await self.there.disconnect()

        aside(switched())

    def readonly(self, *, on: bool) -> None:
        database: Any = self.store._context.database
        if isinstance(self.place, Secret):
            _quietly(database, f"SET default_transaction_read_only = {'on' if on else 'off'}")
        else:
            _quietly(database, f"PRAGMA query_only = {int(on)}")

    def full(self, *, on: bool) -> None:
        """A disk without room; of PostgreSQL's, a server that takes no more from this one."""
        database: Any = self.store._context.database
        if isinstance(self.place, Secret):
            self.readonly(on=on)
        else:
            with database._lock:
                pages = database._connection.execute("PRAGMA page_count").fetchone()[0]
                database._connection.execute(f"PRAGMA max_page_count = {pages if on else 1_000_000}")

    def busy(self) -> Callable[[], None]:
        """Another writes, and goes on writing until what is returned is called."""
        if isinstance(self.place, Secret):
            with suppress(StoreError):
                self.lose_session()
            return lambda: None
        connection = sqlite3.connect(self.place, isolation_level=None, check_same_thread=False, timeout=0)
        with suppress(sqlite3.OperationalError):  # the launcher is writing itself
            connection.execute("BEGIN IMMEDIATE")
        return connection.close


class Hurried:
    """A clock by which nobody waits long."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def monotonic(self) -> float:
        return self._desk.seconds

    async def sleep(self, seconds: float) -> None:
        self._desk.now += dt.timedelta(seconds=seconds)
        await asyncio.sleep(0)


def _quietly(database: Any, sql: str) -> None:  # noqa: ANN401 - either database
    with database._lock, suppress(psycopg.Error, sqlite3.Error):
        database._connection.execute(sql)


def aside(job: Coroutine[Any, Any, None]) -> None:
    """Run it to its end in a thread of its own, while this one stands still."""
    failed: list[BaseException] = []

    def work() -> None:
        try:
            asyncio.run(job)
        except BaseException as failure:  # noqa: BLE001 - raised anew in the thread that waits
            failed.append(failure)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


async def _no_time(_seconds: float) -> None:
    await asyncio.sleep(0.01)
