"""A launch or a switch that is no longer this process's: nothing of it leaves, and nothing is said that isn't so."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import itertools
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.provider.stand_in import KEY, Connection, StandIn, response, serving
from tests.store.support import Location, open_store
from tui.campaign.lifecycle import Action, AskedBy, Created, NotSent, Outcome, Rejected, State
from tui.campaign.phone_list import Number
from tui.config import Profile
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.operations.launch import Upload, launch
from tui.operations.launch_request import prepare
from tui.operations.phone_list import validated
from tui.operations.services import NotPossible, Services
from tui.operations.still_ours import StillOurs
from tui.operations.switch import Unclear, switch
from tui.provider.client import Provider
from tui.store import NumberRow, Store, StoreError, StoreThread

NOW = dt.datetime(2026, 11, 25, 9, 30, tzinfo=dt.UTC)
QUEUE = {"call_type": "queue", "name": "Tahsilat", "queue_number": "201", "thread_multiplier": "3",
         "active_days": "1,2,3,4,5,6,7"}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    from tests.store.conftest import pytest_generate_tests as on_both

    on_both(metafunc)


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    if request.param == "sqlite":
        return tmp_path / "data" / "santral.db"
    tables: Location = request.getfixturevalue("tables")
    return tables


Step = Callable[[], None]


@dataclass
class Desk:
    """A launcher, another program beside it on the same database, and a provider that does as it is told in between.

    `steps` are done at the moments that a test names: when a connection is there, the head of a request, its last byte.
    """

    place: Location
    url: str
    server: StandIn
    steps: dict[str, Step] = field(default_factory=dict)
    asked: list[bytes] = field(default_factory=list)
    now: dt.datetime = NOW

    def __post_init__(self) -> None:
        tokens = itertools.count(1)
        self.store, self.other = (open_store(self.place, lambda: self.now) for _ in range(2))
        self.services = Services(
            self.store, StoreThread(), Profile("acme", Secret(KEY), base_url=self.url),
            lambda profile: Provider(profile.base_url, Secret(KEY)), AskedBy.COMMAND, now=lambda: NOW,
            new_token=lambda: f"token-{next(tokens)}")

    def draft(self, numbers: int = 1) -> int:
        made = self.store.drafts.create("acme", QUEUE)
        self.store.numbers.add(made, validated([Number("05551112233")]))
        if numbers > 1:
            self.store.numbers.add(made, (NumberRow(phone, phone) for phone in
                                          (f"90532{place:07}" for place in range(numbers - 1))))
        return made

    def campaign(self, state: State = State.OFF) -> int:
        made = self.store.campaigns.track_foreign("acme", 20212, "Anket", state)
        self.now += dt.timedelta(minutes=10)
        return made

    def is_taken_for_dead(self) -> bool:
        """The launcher's lock is lost, as by an ended session, and the other program gives up what it held.

        Whether it was first: who notices that the session has ended may have settled it by itself.
        """
        lose_locks(self.store)
        return any(self.other.ledger.recover() for _ in range(10))

    async def close(self) -> None:
        await self.services.close()
        self.other.close()


def lose_locks(store: Store) -> None:
    database: Any = store._context.database
    if hasattr(store._context.lease, "_folder"):
        for lock in store._context.lease._folder.iterdir():
            lock.unlink()
        return
    import psycopg

    with psycopg.connect(database._address.reveal(), autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(%s, 5000)", (database._connection.info.backend_pid,))


@pytest.fixture
async def desk(place: Location) -> AsyncIterator[Desk]:
    made: list[Desk] = []

    async def at(moment: str) -> None:
        step = made[0].steps.pop(moment, None)
        if step is not None:
            await asyncio.to_thread(step)

    async def behave(connection: Connection) -> None:
        await at("connected")
        head = await connection.head()
        await at("head")
        length = next((int(line.partition(b":")[2]) for line in head.lower().split(b"\r\n")
                       if line.startswith(b"content-length:")), 0)
        body = b""
        while len(body) < length:
            piece = await connection.reader.read(65536)
            if not piece:
                return
            body += piece
            await at("half")
        made[0].asked.append(head.partition(b"\r\n")[0] + body[:40] + body[-12:])
        await at("whole")
        await connection.send(response("200 OK", b"20212" if head.startswith(b"POST") else b"OK"))

    async with serving(behave) as server:
        made.append(Desk(place, server.url, server))
        yield made[0]
        await made[0].close()


async def test_what_is_ours_is_sent_once(desk: Desk) -> None:
    made = desk.draft()
    assert await launch(desk.services, await prepare(desk.services, made)) == Created(20212)
    assert len(desk.asked) == 1
    assert desk.store.campaigns.get(made).state is State.ON


@pytest.mark.parametrize(("moment", "numbers"), [("connected", 1), ("connected", 60_000), ("half", 60_000)])
@pytest.mark.parametrize("launched_anew", [True, False])
async def test_a_launch_that_was_given_up_is_not_sent(
        desk: Desk, moment: str, numbers: int, launched_anew: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The launcher hangs; another gives its launch up, and may launch anew; the first goes on."""
    made = desk.draft(numbers)
    anew: list[int] = []

    def meanwhile() -> None:
        if desk.is_taken_for_dead() and launched_anew:
            desk.other.ledger.not_created(made)
            campaign = desk.other.campaigns.get(made)
            anew.append(desk.other.ledger.begin(made, revision=campaign.revision, token="anew", body_hash="b",
                                                numbers=1, asked_by=AskedBy.APP))

    if moment == "connected":
        # Before the first byte: the store is asked when there is a connection.
        before(monkeypatch, meanwhile)
    else:
        desk.steps[moment] = meanwhile
    upload = Upload()
    outcome = await launch(desk.services, await prepare(desk.services, made), upload)
    assert isinstance(outcome, NotSent)
    assert upload.outcome == outcome
    # The list may have been what was read first after the session had ended.
    assert outcome.reason.code in ("operations.launch.given_up", "store.connection_lost")
    assert desk.asked == []
    # It was certainly not sent: where nobody has settled it otherwise, that is what is remembered.
    assert desk.other.campaigns.get(made).state is (State.LAUNCHING if anew else State.DRAFT)
    if anew:
        assert desk.other.ledger.resolve(anew[0], Created(5))
        assert desk.other.campaigns.get(made).provider_id == 5


def certainly(given_up: bool) -> None:
    assert given_up


def before(monkeypatch: pytest.MonkeyPatch, step: Step) -> None:
    """Something happens once before the store is asked."""
    ask = StillOurs._ask
    waiting = [step]

    def asked(still: StillOurs[int]) -> tuple[float, bool]:
        while waiting:
            waiting.pop()()
        return ask(still)

    monkeypatch.setattr(StillOurs, "_ask", asked)


async def test_a_session_that_ended_and_that_nobody_noticed_sends_once(desk: Desk) -> None:
    made = desk.draft(60_000)
    desk.steps["half"] = lambda: lose_locks(desk.store)
    outcome = await launch(desk.services, await prepare(desk.services, made))
    # A lock file that was removed is not had again, and the list can't be read on: nothing is sent.
    assert isinstance(outcome, NotSent)
    assert desk.asked == []
    assert desk.other.campaigns.get(made).state is State.DRAFT
    assert await launch(desk.services, await prepare(desk.services, made)) == Created(20212)


async def test_where_the_store_can_not_be_asked_nothing_is_sent(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = desk.draft()
    ready = await prepare(desk.services, made)
    why = Reason("store.busy", {"path": "santral.db"})

    def gone(_launch: int) -> bool:
        raise StoreError(why)

    monkeypatch.setattr(desk.store.ledger, "ours", gone)
    assert await launch(desk.services, ready) == NotSent(why)
    assert desk.asked == []
    assert desk.store.campaigns.get(made).state is State.DRAFT


async def test_who_was_stopped_after_the_store_had_answered_asks_again(desk: Desk) -> None:
    seconds = iter([0.0, 5.0, 5.0, 5.1])
    asked: list[int] = []

    def ours(entry: int) -> bool:
        asked.append(entry)
        return True

    desk.services.seconds = lambda: next(seconds)
    assert await StillOurs(desk.services, ours, 7)()
    assert asked == [7, 7]


async def test_a_created_one_is_told_though_the_campaign_has_become_something_else(desk: Desk) -> None:
    """Given up after the last byte, said not to exist, launched anew and unconfirmed: the ID is the first's."""
    made = desk.draft()

    def meanwhile() -> None:
        desk.is_taken_for_dead()
        desk.other.ledger.not_created(made)

    desk.steps["whole"] = meanwhile
    assert await launch(desk.services, await prepare(desk.services, made)) == Created(20212)
    found = desk.store.campaigns.find("acme", 20212)
    assert found is not None
    assert (found.state, found.copied_from) == (State.ON, made)
    assert desk.store.campaigns.get(made).state is State.DRAFT


@pytest.mark.parametrize("action", Action)
async def test_a_switch_that_was_given_up_is_not_sent(
        desk: Desk, action: Action, monkeypatch: pytest.MonkeyPatch) -> None:
    made = desk.campaign()
    before(monkeypatch, lambda: certainly(desk.is_taken_for_dead()))
    with pytest.raises(Unclear) as caught:
        await switch(desk.services, made, action)
    assert caught.value.reason.code == "operations.switch.unclear.given_up"
    assert desk.asked == []
    kept = desk.store.campaigns.get(made)
    assert (kept.state, kept.unsure, kept.pending) == (State.OFF, True, None)


@pytest.mark.parametrize("first", Action)
@pytest.mark.parametrize("second", [Action.ON, Action.OFF])
async def test_a_late_switch_makes_the_campaign_unsure(desk: Desk, first: Action, second: Action) -> None:
    made = desk.campaign()

    def meanwhile() -> None:
        desk.is_taken_for_dead()
        entry = desk.other.switches.begin(made, second, AskedBy.APP)
        desk.other.switches.done(entry)

    desk.steps["whole"] = meanwhile
    with pytest.raises(Unclear) as caught:
        await switch(desk.services, made, first)
    assert caught.value.reason.code == "operations.switch.unclear.late"
    kept = desk.store.campaigns.get(made)
    assert (kept.unsure, kept.reason) == (True, Reason("store.switch_late"))
    # What is asked for after that is certain again.
    await switch(desk.services, made, Action.OFF)
    kept = desk.store.campaigns.get(made)
    assert (kept.state, kept.unsure, kept.reason) == (State.OFF, False, None)


async def test_a_switch_whose_store_can_not_be_asked_is_not_sent(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = desk.campaign()
    why = Reason("store.busy", {"path": "santral.db"})

    def gone(_switch: int) -> bool:
        raise StoreError(why)

    monkeypatch.setattr(desk.store.switches, "ours", gone)
    with pytest.raises(NotPossible) as caught:
        await switch(desk.services, made, Action.ON)
    assert caught.value.reason == why
    assert desk.asked == []
    kept = desk.store.campaigns.get(made)
    assert (kept.state, kept.unsure, kept.pending) == (State.OFF, False, None)


async def test_a_switch_that_is_cancelled_while_it_is_noted_bars_no_other(desk: Desk) -> None:
    made = desk.campaign()
    switching = asyncio.create_task(switch(desk.services, made, Action.ON))
    while not any("begin" in str(task) for task in asyncio.all_tasks()) and not switching.done():
        await asyncio.sleep(0)
        if desk.store.campaigns.get(made).pending is not None:
            break
    switching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await switching
    kept = desk.store.campaigns.get(made)
    assert kept.pending is None
    assert not kept.unsure or desk.asked


def outcomes() -> list[Outcome]:
    return [Rejected(Reason("provider.refused.silent", {"status": 400})), NotSent(Reason("operations.launch.given_up"))]


@pytest.mark.parametrize("outcome", outcomes(), ids=lambda outcome: type(outcome).__name__)
@pytest.mark.parametrize("settled", [True, False])
async def test_what_was_taken_for_dead_is_what_it_says_itself_unless_a_person_said_otherwise(
        desk: Desk, outcome: Outcome, settled: bool) -> None:
    made = desk.draft()
    entry = desk.store.ledger.begin(made, revision=desk.store.campaigns.get(made).revision, token="t", body_hash="b",
                                    numbers=1, asked_by=AskedBy.APP)
    desk.is_taken_for_dead()
    assert desk.other.campaigns.get(made).state is State.UNCONFIRMED
    if settled:
        desk.other.ledger.assign_id(made, 112)
    with contextlib.suppress(StoreError):  # a session that has ended is noticed
        desk.store.data_version()
        desk.store.campaigns.get(made)
    assert desk.store.ledger.resolve(entry, outcome) is not settled
    expected = State.REJECTED if isinstance(outcome, Rejected) else State.DRAFT
    assert desk.other.campaigns.get(made).state is (State.ON if settled else expected)
