"""What is known of an account: asked beside the operator's work, remembered, and never in the way."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Literal

import httpx
import pytest

from tests.campaign.sentences import said
from tests.provider.doubles import FakeClock
from tests.store.support import open_store
from tui.campaign.account import Account, Listing, Standing, name_of, standing
from tui.campaign.lifecycle import AskedBy
from tui.campaign.phone_list import Number
from tui.campaign.target import Target, TargetKind, parse_target
from tui.config import Profile
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.operations.directory import Directory
from tui.operations.launch_request import prepare
from tui.operations.phone_list import add_numbers
from tui.operations.services import Services
from tui.provider.client import Provider
from tui.provider.limits import Wait
from tui.store import StoreFull, StoreThread

ANNOUNCEMENTS = [{"id": 421, "name": "Teşekkürler"}, {"id": 128, "name": "Hoş geldiniz"}]
QUEUES = [{"number": 201, "name": "Destek"}]
USERS = [{"user": 1001, "status": "AVAILABLE"}, {"user": 1002, "status": "TALKING"}]
AGENTS = [{"agent": "1001", "status": "AVAILABLE", "queues": ["201"]},
          {"agent": "1002", "status": "ON_BREAK", "queues": ["201"]},
          {"agent": "1003", "status": "AVAILABLE", "queues": ["201"]}]
NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
ALL = ("/announcements", "/queues", "/user_statuses")
PROFILE = Profile("acme", Secret("K98765432-1234-5678-4321-123456789012"), base_url="https://provider.example.com")

Answer = httpx.Response | Exception | Callable[[], Awaitable[httpx.Response]]


def answer(value: object) -> httpx.Response:
    return httpx.Response(200, json=value)


@dataclass
class World:
    """Services on a real store, a provider whose answers the test sets by path, and a clock that it moves."""

    path: Path
    answers: dict[str, Answer] = field(default_factory=lambda: {
        "/announcements": answer(ANNOUNCEMENTS), "/queues": answer(QUEUES), "/user_statuses": answer(USERS),
        "/agent_statuses": answer(AGENTS)})
    clock: FakeClock = field(default_factory=FakeClock)
    asked: list[tuple[float, str]] = field(default_factory=list)
    waits: list[Wait | None] = field(default_factory=list)
    changes: list[Account] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.services = Services(open_store(self.path, lambda: NOW), StoreThread(), PROFILE, self.connect, AskedBy.APP,
                                 now=lambda: NOW)
        self.directory = self.another()

    def another(self) -> Directory:
        """A directory as the next start of the program has it, were the provider's limits forgotten too."""
        made = Directory(self.services.store, self.services.thread, PROFILE.name, lambda: self.services.provider,
                         self.services.now, self.clock.monotonic)
        made.changed.add(lambda: self.changes.append(made.account))
        return made

    def connect(self, profile: Profile) -> Provider:
        assert profile.api_key is not None
        return Provider(profile.base_url, profile.api_key, transport=httpx.MockTransport(self.handle),
                        clock=self.clock, on_wait=self.waits.append)

    async def handle(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((self.clock.now, request.url.path))
        given = self.answers[request.url.path]
        if isinstance(given, Exception):
            raise given
        response = given if isinstance(given, httpx.Response) else await given()
        return httpx.Response(response.status_code, headers=response.headers, content=response.content)

    def paths(self) -> list[str]:
        """What was asked since the last look."""
        found = sorted(path for _at, path in self.asked)
        self.asked.clear()
        return found

    async def refresh_after(self, seconds: float) -> list[str]:
        self.clock.now += seconds
        await self.directory.refresh()
        return self.paths()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    made = World(tmp_path / "santral.db")
    yield made
    await made.services.close()
    # Whatever a test does, the title line is never taken and nothing is slept away.
    assert made.waits == []
    assert made.clock.slept == []


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - a thread takes part, which sets no event of the loop
            await asyncio.sleep(0.001)


async def test_every_list_is_asked_for_and_told(world: World) -> None:
    await world.directory.refresh()
    assert world.paths() == sorted(ALL)
    assert world.directory.account == Account(
        announcements=Listing({421: "Teşekkürler", 128: "Hoş geldiniz"}, fresh=True),
        queues=Listing({201: "Destek"}, fresh=True),
        users=Listing({1001: "AVAILABLE", 1002: "TALKING"}, fresh=True))
    assert world.changes[-1] == world.directory.account
    assert any(account.queues.asking for account in world.changes)
    assert all(first != second for first, second in pairwise(world.changes))


async def test_a_young_list_is_not_asked_for_again(world: World) -> None:
    await world.directory.refresh()
    world.paths()
    world.changes.clear()
    for _ in range(9):
        assert await world.refresh_after(3) == []
    assert world.changes == []
    assert await world.refresh_after(33) == ["/user_statuses"]  # a minute: one look-up of two is left to the operator
    assert await world.refresh_after(239) == ["/user_statuses"]
    assert await world.refresh_after(1) == ["/announcements", "/queues"]


async def test_what_another_has_asked_for_counts_with_its_age(world: World) -> None:
    await world.directory.refresh(["queues"])
    assert world.paths() == ["/queues"]
    world.clock.now += 200
    await world.directory.refresh()
    assert world.paths() == ["/announcements", "/user_statuses"]
    assert await world.refresh_after(100) == ["/queues", "/user_statuses"]


async def test_a_list_that_never_answers_holds_up_no_other(world: World) -> None:
    async def never() -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    world.answers["/announcements"] = never
    before = asyncio.all_tasks()
    running = asyncio.create_task(world.directory.refresh())
    await until(lambda: world.directory.account.users.fresh and world.directory.account.queues.fresh)
    account = world.directory.account
    assert (account.announcements.asking, account.announcements.items) == (True, None)
    assert (account.queues.asking, account.queues.problem, account.users.asking) == (False, None, False)
    # What the screen does every few seconds meanwhile asks nothing twice.
    await asyncio.wait_for(world.directory.refresh(), 10)
    assert world.paths() == sorted(ALL)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await until(lambda: asyncio.all_tasks() == before)
    assert not world.directory.account.announcements.asking
    # Given up is not failed: who comes back asks at once.
    world.answers["/announcements"] = answer(ANNOUNCEMENTS)
    assert await world.refresh_after(0) == ["/announcements"]
    assert world.directory.account.announcements.fresh


async def test_without_a_network_the_names_are_remembered_and_unchecked(world: World) -> None:
    await world.directory.refresh()
    for path in ALL:
        world.answers[path] = httpx.ConnectError("no route")
    later = world.another()
    await later.refresh()
    account = later.account
    assert account.announcements.items == {421: "Teşekkürler", 128: "Hoş geldiniz"}
    assert account.users.items == {1001: "", 1002: ""}  # an extension's status of then tells nothing now
    for wire in ("announcement/421", "announcement/7", "queue/201", "user/1001"):
        assert standing(parse_target(wire), account) is Standing.UNCHECKED
    assert name_of(parse_target("queue/201"), account) == "Destek"
    for listing in (account.announcements, account.queues, account.users):
        assert not listing.fresh
        assert listing.problem is not None
        assert listing.problem.code.startswith("provider.not_reached.")
        assert all(said(listing.problem).values())


@pytest.mark.parametrize(("path", "name", "rows", "left_out"), [
    ("/announcements", "announcements", [ANNOUNCEMENTS[0], {"id": 128, "name": None}], 1),
    ("/queues", "queues", [None, {"number": "x", "name": "Satış"}, {"number": 300, "name": "Satış"}], 2),
    ("/user_statuses", "users", [USERS[0], {"user": 1002}], 1),
])
async def test_what_an_odd_row_may_hold_is_neither_gone_nor_missing(
    world: World, path: str, name: Literal["announcements", "queues", "users"], rows: list[object], left_out: int,
) -> None:
    await world.directory.refresh()
    before: Listing[str] = getattr(world.directory.account, name)
    world.answers[path] = answer(rows)
    await world.refresh_after(300)
    now: Listing[str] = getattr(world.directory.account, name)
    assert (now.left_out, dict(now.gone)) == (left_out, {})
    assert (before.items or {}).keys() <= (now.items or {}).keys()
    target = Target({"announcements": TargetKind.ANNOUNCEMENT, "queues": TargetKind.QUEUE,
                     "users": TargetKind.USER}[name], "999")
    assert standing(target, world.directory.account) is Standing.UNCHECKED
    assert standing(target, await world.another().recall()) is Standing.UNCHECKED


@pytest.mark.parametrize("odd", [None, "x", "1" * 19])
async def test_an_odd_caller_id_is_counted_and_the_others_are_offered(world: World, odd: object) -> None:
    world.answers["/caller_ids"] = answer(["908501234567", odd])
    await world.directory.refresh(["caller_ids"])
    listing = world.directory.account.caller_ids
    assert (list((listing.items or {}).values()), listing.left_out) == (["908501234567"], 1)


async def test_a_list_that_shrinks_tells_what_is_gone(world: World) -> None:
    await world.directory.refresh()
    world.answers["/announcements"] = answer(ANNOUNCEMENTS[:1])
    await world.refresh_after(300)
    gone = Target(TargetKind.ANNOUNCEMENT, "128")
    for directory in (world.directory, world.another()):
        account = await directory.recall()
        assert standing(gone, account) is Standing.GONE
        assert name_of(gone, account) == "Hoş geldiniz"


async def test_an_empty_list_is_an_answer(world: World) -> None:
    world.answers |= dict.fromkeys(ALL, answer([]))
    await world.directory.refresh()
    for wire in ("announcement/421", "queue/201", "user/1001"):
        assert standing(parse_target(wire), world.directory.account) is Standing.MISSING


@pytest.mark.parametrize("bad", [
    answer({}), answer([{"number": 1}]), httpx.Response(200, text="<html>"), httpx.Response(500),
    httpx.Response(401, text="Gecersiz anahtar"), httpx.ReadTimeout("slow"),
])
async def test_a_failure_is_told_by_its_list_alone_and_takes_nothing_away(world: World, bad: Answer) -> None:
    await world.directory.refresh()
    world.answers["/queues"] = bad
    await world.refresh_after(300)
    listing = world.directory.account.queues
    assert (listing.items, listing.fresh, listing.asking) == ({201: "Destek"}, True, False)
    assert listing.problem is not None
    assert listing.problem.code.startswith("provider.")
    assert world.directory.account.users.problem is world.directory.account.announcements.problem is None
    assert world.clock.slept == []  # one try, and no more for now
    assert await world.refresh_after(14) == []
    world.answers["/queues"] = answer(QUEUES)
    assert await world.refresh_after(1) == ["/queues"]
    assert world.directory.account.queues == Listing({201: "Destek"}, fresh=True)


async def test_what_goes_on_failing_is_asked_for_less_and_less(world: World) -> None:
    world.answers["/queues"] = httpx.Response(503)
    asked = []
    for _ in range(2000):
        at = world.clock.now
        if "/queues" in await world.refresh_after(3):
            asked.append(at)
    pauses = [after - before for before, after in pairwise(asked)]
    assert pauses[:5] == [15, 30, 60, 120, 240]
    assert set(pauses[5:]) == {300}


@pytest.mark.long
async def test_years_of_failures_are_no_mistake_of_ours(world: World) -> None:
    world.answers["/queues"] = httpx.Response(503)
    for _ in range(1100):
        await world.refresh_after(300)
    assert world.directory.account.queues.problem is not None


@pytest.mark.parametrize(("headers", "pause"), [({}, 60), ({"Retry-After": "90"}, 90), ({"Retry-After": "0"}, 15)])
async def test_a_429_is_honoured(world: World, headers: dict[str, str], pause: int) -> None:
    world.answers["/queues"] = httpx.Response(429, headers=headers)
    await world.directory.refresh()
    problem = world.directory.account.queues.problem
    assert problem is not None
    assert problem.code.startswith("provider.limit_reached")
    world.paths()
    assert "/queues" not in await world.refresh_after(pause - 1)
    assert "/queues" in await world.refresh_after(1)


async def test_a_profile_without_a_key_says_so(world: World) -> None:
    await world.services.use(Profile("bare"))
    directory = world.services.directory
    await directory.refresh()
    await directory.agents(201)
    no_key = Reason("operations.refused.no_key", {"profile": "bare"})
    account = directory.account
    assert account.announcements == account.queues == account.users == Listing(problem=no_key)
    assert account.agents_problem == no_key
    assert world.asked == []


async def test_agents_are_counted_and_a_count_grows_old(world: World) -> None:
    await world.directory.agents(201)
    assert world.directory.account.agents == {201: 2}
    await world.directory.agents(201)
    assert len(world.asked) == 1
    world.clock.now += 59
    await world.directory.refresh()
    assert world.directory.account.agents == {201: 2}
    world.clock.now += 1
    await world.directory.refresh()
    assert world.directory.account.agents == {}


async def test_where_the_limit_leaves_no_room_agents_are_not_asked_for_and_it_is_said(world: World) -> None:
    await world.directory.refresh()
    await world.directory.agents(201)
    world.clock.now += 10
    await world.directory.agents(202)
    account = world.directory.account
    assert account.agents == {201: 2}
    assert account.agents_problem == Reason("provider.not_now", {"count": 50})
    assert sorted(path for _at, path in world.asked) == sorted((*ALL, "/agent_statuses"))
    world.clock.now += 50
    await world.directory.refresh()
    assert world.directory.account.agents_problem is None
    await world.directory.agents(202)
    assert world.directory.account.agents == {202: 2}


async def test_users_that_must_wait_for_the_limit_say_how_long(world: World) -> None:
    await world.directory.agents(201)
    await world.directory.agents(202)
    world.paths()
    for gone_by in (0, 3, 3):
        assert "/user_statuses" not in await world.refresh_after(gone_by)
    assert world.directory.account.users.problem == Reason("provider.not_now", {"count": 54})
    assert await world.refresh_after(54) == ["/user_statuses"]
    assert world.directory.account.users.problem is None


async def test_the_limits_hold_however_much_is_asked(world: World) -> None:
    for _ in range(400):
        world.clock.now += 1.5
        await asyncio.gather(world.directory.refresh(), *(world.directory.agents(queue) for queue in range(201, 206)))
    statuses = [at for at, path in world.asked if path in ("/user_statuses", "/agent_statuses")]
    assert all(third - first >= 60 for first, third in zip(statuses, statuses[2:], strict=False))
    counted = Counter(path for _at, path in world.asked)
    assert counted["/announcements"] == counted["/queues"] == 2
    assert counted["/user_statuses"] + counted["/agent_statuses"] == 20


async def test_what_the_operator_asks_for_finds_room(world: World) -> None:
    """Users take one of the two status look-ups a minute, so that a queue that is looked at is answered at once."""
    await world.directory.refresh()
    for number in range(10):
        for _ in range(25):
            await world.refresh_after(3)
        await world.directory.agents(201 + number)
        assert world.directory.account.agents[201 + number] == 2
        assert world.directory.account.agents_problem is None
        assert world.directory.account.users.problem is None


async def test_a_store_that_takes_nothing_does_not_hide_the_answer(world: World, monkeypatch: pytest.MonkeyPatch,
                                                                   caplog: pytest.LogCaptureFixture) -> None:
    def full(*_: object) -> None:
        raise StoreFull(Reason("store.full", {"path": "x"}))

    monkeypatch.setattr(logging.getLogger("santral"), "propagate", True)
    monkeypatch.setattr(world.services.store.account, "keep", full)
    monkeypatch.setattr(world.services.store.account, "known", full)
    await world.directory.refresh()
    assert world.directory.account.queues == Listing({201: "Destek"}, fresh=True)
    assert "not kept" in caplog.text


async def test_another_profile_has_a_directory_of_its_own(world: World) -> None:
    first = world.services.directory
    assert world.services.directory is first
    hold = asyncio.Event()

    async def late() -> httpx.Response:
        await hold.wait()
        return answer(QUEUES)

    world.answers["/queues"] = late
    running = asyncio.create_task(first.refresh())
    await until(lambda: first.account.users.fresh)
    await world.services.use(Profile("other", Secret("K1"), base_url="https://other.example.com"))
    await asyncio.wait([running], timeout=10)
    assert not first.account.queues.asking
    world.paths()
    await first.refresh()
    await first.agents(201)
    assert world.asked == []
    second = world.services.directory
    assert second is not first
    assert await second.recall() == Account()


async def test_two_who_recall_at_once_lose_no_answer(world: World) -> None:
    await world.directory.refresh()
    later = world.another()
    await asyncio.gather(later.recall(), later.refresh(), later.recall())
    assert later.account.queues.fresh


@pytest.mark.parametrize(("fields", "codes"), [
    ({"digit_target_1": "queue/202"}, ["campaign.problem.queue_gone"]),
    ({"digit_target_1": "queue/201"}, []),
    ({"digit_target_1": "queue/999"}, []),  # nobody has asked in this session
])
async def test_a_launch_is_warned_by_what_is_remembered_without_a_network(world: World, fields: dict[str, str],
                                                                          codes: list[str]) -> None:
    store = world.services.store
    store.account.keep("acme", TargetKind.QUEUE, {201: "Destek", 202: "Satış"})
    store.account.keep("acme", TargetKind.QUEUE, {201: "Destek"})
    values = {"call_type": "ivr", "name": "Anket", "welcome_announcement_id": "128", "cli": "902129630131", **fields}
    values |= {"time_range_begin": "09:00", "time_range_end": "18:00"}
    draft = store.drafts.create("acme", values)
    await add_numbers(world.services, draft, [Number("05321234567")])
    ready = await prepare(world.services, draft)
    assert [problem.code for problem in ready.problems] == codes
    assert ready.request is not None  # a warning, no more
    assert json.dumps(ready.shown).count(fields["digit_target_1"]) == 1
    assert world.asked == []


async def test_a_mistake_of_ours_is_not_taken_for_the_providers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(world.services.provider, "queues", broken)
    with pytest.raises(ExceptionGroup):
        await world.directory.refresh()
    assert not any(listing.asking for listing in (world.directory.account.queues, world.directory.account.users))


CALLER_IDS = ["908501234567", "0212 963 01 31", "Santral", "9" * 30]


async def test_caller_ids_are_asked_for_where_they_are_wanted_and_remembered(world: World) -> None:
    world.answers["/caller_ids"] = answer(CALLER_IDS)
    await world.directory.refresh()
    assert "/caller_ids" not in world.paths()
    await world.directory.refresh(["caller_ids"])
    assert world.paths() == ["/caller_ids"]
    known = {908501234567: "908501234567", 2129630131: "0212 963 01 31"}  # the others are no phone numbers
    assert world.directory.account.caller_ids == Listing(known, fresh=True, left_out=2)
    later = await world.another().recall()
    assert later.caller_ids == Listing(known)


async def test_when_a_list_was_answered_is_known_and_remembered(world: World) -> None:
    await world.directory.refresh(["queues"])
    assert world.directory.account.queues.answered_at == world.services.now()
    remembered = (await world.another().recall()).queues.answered_at
    assert remembered is not None
    assert (await world.directory.recall()).announcements.answered_at is None


async def test_a_list_is_asked_for_anew_on_request_and_not_in_one_breath(world: World) -> None:
    await world.directory.refresh(["queues"])
    world.clock.now += 9
    await world.directory.renew("queues")
    assert world.paths() == ["/queues"]
    world.answers["/queues"] = answer([*QUEUES, {"number": 202, "name": "Satış"}])
    world.clock.now += 1
    await world.directory.renew("queues")
    assert world.paths() == ["/queues"]
    assert world.directory.account.queues.items == {201: "Destek", 202: "Satış"}


async def test_what_has_to_wait_is_not_renewed_before(world: World) -> None:
    world.answers["/queues"] = httpx.Response(429, headers={"Retry-After": "90"})
    await world.directory.renew("queues")
    world.clock.now += 89
    await world.directory.renew("queues")
    assert world.paths() == ["/queues"]
    world.clock.now += 1
    await world.directory.renew("queues")
    assert world.paths() == ["/queues"]


async def test_however_often_it_is_renewed_the_limit_holds(world: World) -> None:
    for _ in range(200):
        world.clock.now += 1
        await world.directory.renew("queues")
    asked = [at for at, _path in world.asked]
    assert all(eleventh - first >= 60 for first, eleventh in zip(asked, asked[10:], strict=False))
    assert world.directory.account.queues.problem is None


async def test_a_count_of_agents_is_told_with_its_age_and_a_refusal_with_its_wait(world: World) -> None:
    assert world.directory.agents_counted(201) is None
    await world.directory.agents(201)
    world.clock.now += 75
    await world.directory.refresh([])
    assert world.directory.account.agents == {}  # too old to stand without its age
    assert world.directory.agents_counted(201) == (2, 75)
    assert world.directory.agents_wait(201) == 0
    world.answers["/agent_statuses"] = httpx.Response(429)
    await world.directory.agents(202)
    world.clock.now += 20
    assert world.directory.agents_wait(202) == 40


@pytest.mark.parametrize(("name", "path", "lasts"), [
    ("announcements", "/announcements", 300), ("queues", "/queues", 300), ("caller_ids", "/caller_ids", 300),
    ("users", "/user_statuses", 60),  # after 30, as soon as one of two look-ups a minute is left to the operator
])
async def test_an_answer_is_kept_for_its_time(
    world: World, name: Literal["announcements", "queues", "users", "caller_ids"], path: str, lasts: int,
) -> None:
    world.answers["/caller_ids"] = answer(CALLER_IDS)
    await world.directory.refresh([name])
    world.clock.now += lasts - 1
    await world.directory.refresh([name])
    assert world.paths() == [path]
    world.clock.now += 1
    await world.directory.refresh([name])
    assert world.paths() == [path]


async def test_a_count_of_agents_is_kept_for_half_a_minute_and_for_its_queue(world: World) -> None:
    await world.directory.agents(201)
    world.clock.now += 29
    await world.directory.agents(201)
    assert len(world.asked) == 1
    await world.directory.agents(202)
    world.clock.now += 31
    await world.directory.agents(201)
    assert len(world.asked) == 3


class Held:
    """An answer that waits until it is let go."""

    def __init__(self, world: World, path: str) -> None:
        self.gate = asyncio.Event()
        given = world.answers[path]
        assert isinstance(given, httpx.Response)
        self.given = given
        world.answers[path] = self.wait

    async def wait(self) -> httpx.Response:
        await self.gate.wait()
        return self.given


async def turns() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_who_asks_for_the_same_at_once_shares_one_request(world: World) -> None:
    held = Held(world, "/agent_statuses")
    asking = [asyncio.create_task(world.directory.agents(201)) for _ in range(3)]
    await turns()
    assert not any(task.done() for task in asking)
    held.gate.set()
    await asyncio.gather(*asking)
    assert world.directory.account.agents == {201: 2}
    assert len(world.asked) == 1


async def test_a_failure_reaches_all_who_share_the_request(world: World) -> None:
    world.answers["/agent_statuses"] = httpx.Response(400, text="no")
    held = Held(world, "/agent_statuses")
    asking = [asyncio.create_task(world.directory.agents(201)) for _ in range(3)]
    await turns()
    held.gate.set()
    await asyncio.gather(*asking)
    assert world.directory.account.agents_problem is not None
    assert len(world.asked) == 1


async def test_who_gives_up_does_not_end_the_request_of_another(world: World) -> None:
    held = Held(world, "/agent_statuses")
    first, second = (asyncio.create_task(world.directory.agents(201)) for _ in range(2))
    await turns()
    first.cancel()
    await turns()
    assert first.cancelled()
    held.gate.set()
    await second
    assert world.directory.account.agents == {201: 2}
    assert len(world.asked) == 1


async def test_a_request_that_nobody_waits_for_ends_and_the_next_is_a_new_one(world: World) -> None:
    held = Held(world, "/agent_statuses")
    alone = asyncio.create_task(world.directory.agents(201))
    await turns()
    alone.cancel()
    late = asyncio.create_task(world.directory.agents(201))  # in the same moment: not caught up in the end of the first
    await turns()
    assert alone.cancelled()
    held.gate.set()
    await late
    assert world.directory.account.agents == {201: 2}
    assert len(world.asked) == 2


async def test_closing_ends_what_is_under_way_and_asks_nothing_more(world: World) -> None:
    Held(world, "/queues")
    Held(world, "/agent_statuses")
    lists, agents = (asyncio.create_task(work) for work in (world.directory.refresh(), world.directory.agents(201)))
    await until(lambda: world.directory.account.users.fresh and len(world.asked) == 4)
    await world.directory.aclose()
    await asyncio.wait([lists, agents], timeout=10)
    assert not world.directory.account.queues.asking
    world.paths()
    assert await world.refresh_after(300) == []
    await world.directory.agents(202)
    assert world.paths() == []


async def test_a_profile_whose_other_settings_change_is_asked_for_still(world: World) -> None:
    directory = world.services.directory
    world.services.profile = replace(PROFILE, test_number="05321234567")
    await directory.refresh(["queues"])
    assert world.paths() == ["/queues"]
    assert world.services.directory is directory
