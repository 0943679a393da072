"""Results from the provider's call list: whose calls they are, page by page, and what an interruption leaves."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import math
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.campaign.sentences import said
from tests.provider.doubles import FakeClock, StoppedClock
from tests.store.results import assert_as_recounted, begun, calling, delivered, phone, told
from tests.store.support import good, open_store
from tui.campaign.dates import ISTANBUL
from tui.campaign.lifecycle import Action, AskedBy, Created, State
from tui.campaign.results import ResultSource
from tui.campaign.target import TargetKind
from tui.config import Profile
from tui.core.clock import utc_now
from tui.core.secret import Secret
from tui.operations.records import Fetched, RecordsProgress, _Stretch, fetch_records
from tui.operations.services import NotPossible, Services
from tui.provider.client import Provider
from tui.provider.errors import KeyRefused, LimitReached, ServerFailed
from tui.sandbox.clock import VirtualClock
from tui.sandbox.server import Sandbox, SandboxOptions
from tui.store import NoSuchCampaign, ResultFilter, StoreThread

KEY = "K98765432-1234-5678-4321-123456789012"
LAUNCH = dt.datetime(2026, 9, 12, 9, 0, tzinfo=dt.UTC)  # a Saturday, noon in Turkey
CLI = "902129630131"
IVR = {"call_type": "ivr", "cli": CLI, "date_range_begin": "2026-09-12", "date_range_end": "2026-09-12",
       "time_range_begin": "09:00", "time_range_end": "18:00"}
QUEUE = {**IVR, "call_type": "queue", "queue_number": "204"}


def minutes(count: float) -> dt.timedelta:
    return dt.timedelta(minutes=count)


def call(number: int | str = 1, minute: float = 1, **changes: str) -> dict[str, Any]:
    """A row of the call list as the provider writes it, so long after the launch."""
    began = LAUNCH + minutes(minute)

    def local(moment: dt.datetime) -> str:
        return moment.astimezone(ISTANBUL).strftime("%Y-%m-%d %H:%M:%S %z")

    return {"start_stamp": local(began), "answer_stamp": local(began + minutes(0.5)),
            "end_stamp": local(began + dt.timedelta(seconds=65)), "direction": "Giden (IVR)", "caller_id_number": CLI,
            "destination_number": number if isinstance(number, str) else phone(number), "duration": "00:01:05",
            "talk_duration": "00:00:35", "queue": "", "result": "Cevaplandı", "missed": "false",
            "call_uuid": f"u{number}-{minute}", **changes}


@dataclass
class CallList:
    """The provider's call list. `before` may answer a request otherwise, by its number from 1, or do something."""

    calls: list[dict[str, Any]] = field(default_factory=list)
    newest_first: bool = False
    asked: list[tuple[dt.datetime, dt.datetime, int]] = field(default_factory=list)
    before: Callable[[int], httpx.Response | None] = lambda _: None

    def answer(self, request: httpx.Request) -> httpx.Response:
        assert (request.method, request.url.path) == ("GET", "/cdrs")
        query = {name: value for name, (value,) in parse_qs(request.url.query.decode()).items()}
        assert (query["key"], query["direction"], query["limit"]) == (KEY, "outbound", "100")
        since, until = (dt.datetime.strptime(query[name], "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=dt.UTC)
                        for name in ("start_stamp_from", "start_stamp_to"))
        assert dt.timedelta(0) <= until - since <= dt.timedelta(days=31)
        page = int(query["page"])
        self.asked.append((since, until, page))
        other = self.before(len(self.asked))
        if other is not None:
            return other
        found = sorted((row for row in self.calls if since <= began(row) <= until), key=began,
                       reverse=self.newest_first)
        return httpx.Response(200, json={
            "cdrs": found[(page - 1) * 100:page * 100],
            "pagination": {"page": page, "total_count": len(found), "total_pages": math.ceil(len(found) / 100),
                           "limit": 100}})

    @property
    def pages(self) -> list[int]:
        return [page for _, _, page in self.asked]


def began(row: dict[str, Any]) -> dt.datetime:
    return dt.datetime.strptime(row["start_stamp"], "%Y-%m-%d %H:%M:%S %z")


@dataclass
class World:
    path: Path
    call_list: CallList = field(default_factory=CallList)
    clock: FakeClock = field(default_factory=FakeClock)
    now: dt.datetime = LAUNCH
    told: list[RecordsProgress] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store = open_store(self.path, lambda: self.now)
        self.services = Services(self.store, StoreThread(), Profile("acme", Secret(KEY), base_url="http://127.0.0.1:1"),
                                 self.connect, AskedBy.APP, now=lambda: self.now)

    def connect(self, profile: Profile) -> Provider:
        assert profile.api_key is not None
        return Provider(profile.base_url, profile.api_key, transport=httpx.MockTransport(self.call_list.answer),
                        clock=self.clock, jitter=lambda: 1.0)

    async def fetch(self, campaign: int, after: float | None = None) -> Fetched:
        """A fetch, `after` so many minutes from the launch on."""
        if after is not None:
            self.now = LAUNCH + minutes(after)
        self.call_list.asked.clear()
        self.told.clear()
        return await fetch_records(self.services, campaign, self.told.append, sleep=self.clock.sleep)

    def status(self, campaign: int) -> dict[str, tuple[str, int | None]]:
        return {row.phone: (row.status, row.talk_seconds)
                for row in self.store.results.each(campaign, ResultFilter(called=True))}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    made = World(tmp_path / "santral.db")
    yield made
    await made.services.close()


# What is taken in

async def test_outcome_and_talk_time_are_told_and_never_a_key(world: World) -> None:
    campaign = calling(world.store, 3, fields=IVR)
    world.call_list.calls = [call(1), call(2, result="Meşgul", talk_duration="", answer_stamp="", missed="true"),
                        call(2, 5, talk_duration="00:00:10")]
    fetched = await world.fetch(campaign, 60)
    assert (fetched.calls, fetched.matched, fetched.new, fetched.known, fetched.ambiguous) == (3, 3, 3, 0, 0)
    assert world.status(campaign) == {phone(1): ("Cevaplandı", 35), phone(2): ("Cevaplandı", 10)}
    rows = list(world.store.results.each(campaign))
    assert [(row.attempts, row.digit, row.source) for row in rows] == [
        (1, "", ResultSource.RECORDS), (2, "", ResultSource.RECORDS), (0, "", None)]
    assert rows[0].last_at == LAUNCH + minutes(1) + dt.timedelta(seconds=65)
    assert_as_recounted(world.store, campaign)


@pytest.mark.parametrize("changes", [
    {"direction": "Giden"}, {"direction": "Gelen"}, {"direction": "Giden (Kuyruk)"}, {"direction": ""},
    {"caller_id_number": "908501234567"}, {"destination_number": phone(9)}, {"destination_number": "1001"},
    {"destination_number": "\x00"},
])
async def test_another_kind_of_call_another_caller_id_and_another_number_are_not_the_campaigns(
        world: World, changes: dict[str, str]) -> None:
    campaign = calling(world.store, 3, fields=IVR)
    world.call_list.calls = [call(1, 1, **changes)]
    fetched = await world.fetch(campaign, 60)
    assert (fetched.calls, fetched.matched, fetched.ambiguous) == (1, 0, 0)
    assert world.status(campaign) == {}


@pytest.mark.parametrize(("fields", "changes"), [
    (IVR, {"destination_number": "0" + phone(1)[2:]}), (IVR, {"caller_id_number": "02129630131"}),
    (IVR, {"caller_id_number": ""}), (IVR, {"direction": " Giden (IVR) "}), (IVR, {"end_stamp": ""}),
    (IVR, {"queue": "201"}), ({**IVR, "cli": ""}, {"caller_id_number": "908501234567"}),
    ({**IVR, "cli": "0212 963 01 31"}, {}), (QUEUE, {}), (QUEUE, {"direction": "Giden (Kuyruk)", "queue": "204"}),
])
async def test_what_is_written_otherwise_or_not_told_excludes_nothing(world: World, fields: dict[str, str],
                                                                      changes: dict[str, str]) -> None:
    campaign = calling(world.store, 3, fields=fields)
    world.call_list.calls = [call(1, 1, **changes)]
    assert (await world.fetch(campaign, 60)).matched == 1


async def test_a_number_abroad_is_told_without_its_zeros(world: World) -> None:
    campaign = world.store.drafts.create("acme", {"name": "Dış", **IVR})
    world.store.numbers.add(campaign, [good("00491512345678")])
    world.store.ledger.resolve(begun(world.store, campaign), Created(20_212))
    world.call_list.calls = [call("491512345678", 1)]
    assert (await world.fetch(campaign, 60)).matched == 1
    assert [(row.phone, row.attempts) for row in world.store.results.each(campaign)] == [("00491512345678", 1)]


async def test_a_call_of_another_queue_is_anothers(world: World) -> None:
    campaign = calling(world.store, 3, fields=QUEUE)
    world.call_list.calls = [call(1, direction="Giden (Kuyruk)", queue="205")]
    assert (await world.fetch(campaign, 60)).matched == 0


async def test_a_call_that_the_webhook_told_of_is_one(world: World) -> None:
    campaign = calling(world.store, 3, fields=IVR)
    notified = replace(told(1, digit="2", call_uuid="u1-1"), happened_at=LAUNCH + minutes(2))
    without_uuid = replace(told(2, "Meşgul"), happened_at=LAUNCH + minutes(3.5))
    world.store.deliveries.ingest([delivered(notified), delivered(without_uuid)])
    world.call_list.calls = [call(1), call(2, 3, result="Meşgul"), call(3, 4)]
    fetched = await world.fetch(campaign, 60)
    assert (fetched.matched, fetched.new, fetched.known) == (3, 3, 2)
    assert [(row.attempts, row.digit, row.talk_seconds, row.source) for row in world.store.results.each(campaign)] == [
        (1, "2", 35, ResultSource.BOTH), (1, "", 35, ResultSource.BOTH), (1, "", 35, ResultSource.RECORDS)]
    assert world.store.results.totals(campaign).calls == 3


async def test_rows_that_no_store_could_keep_are_passed_over(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    campaign = calling(world.store, 3, fields=IVR)
    world.call_list.calls = [call(1, result="x" * 1000), call(2), call(3, 1, call_uuid="\x00")]
    assert (await world.fetch(campaign, 60)).matched == 1
    assert "status" in caplog.text
    assert KEY not in caplog.text


# Whose calls they are

async def test_a_number_in_two_campaigns_is_told_by_caller_id(world: World) -> None:
    first = calling(world.store, 3, fields=IVR)
    calling(world.store, 3, fields={**IVR, "cli": "908501234567"}, token="t2", provider_id=2)
    world.call_list.calls = [call(1), call(1, 2, caller_id_number="908501234567")]
    fetched = await world.fetch(first, 60)
    assert (fetched.matched, fetched.ambiguous) == (1, 0)


async def test_a_number_in_two_campaigns_is_told_by_the_kind_of_campaign(world: World) -> None:
    ivr = calling(world.store, 3, fields=IVR)
    queue = calling(world.store, 3, fields=QUEUE, token="t2", provider_id=2)
    world.call_list.calls = [call(1, 2, direction="Giden (Kuyruk)", queue="204")]
    assert (await world.fetch(ivr, 60)).matched == 0
    fetched = await world.fetch(queue, 60)
    assert (fetched.matched, fetched.ambiguous) == (1, 0)


async def test_a_number_in_two_campaigns_is_told_by_time(world: World) -> None:
    first = calling(world.store, 3, fields=IVR)
    world.now = LAUNCH + minutes(60)
    afternoon = {**IVR, "time_range_begin": "15:00"}
    second = calling(world.store, 3, fields=afternoon, token="t2", provider_id=2)
    # Before the second was launched, before its hours, and in the hours of both.
    world.call_list.calls = [call(1, 30), call(2, 90), call(3, 200)]
    fetched = await world.fetch(first, 300)
    assert (fetched.matched, fetched.ambiguous) == (2, 1)
    assert world.status(first).keys() == {phone(1), phone(2)}
    fetched = await world.fetch(second, 300)
    assert (fetched.matched, fetched.ambiguous) == (0, 1)


async def test_one_that_was_deleted_and_launched_anew_is_told_from_the_new_one(world: World) -> None:
    first = calling(world.store, 3, fields=IVR)
    world.now = LAUNCH + minutes(20)
    world.store.switches.done(world.store.switches.begin(first, Action.DELETE, AskedBy.APP))
    world.now = LAUNCH + minutes(40)
    second = calling(world.store, 3, fields=IVR, token="t2", provider_id=2)
    world.call_list.calls = [call(1, 10), call(2, 50)]
    assert (await world.fetch(first, 90)).ambiguous == 0
    assert (await world.fetch(second, 90)).ambiguous == 0
    assert world.status(first).keys() == {phone(1)}
    assert world.status(second).keys() == {phone(2)}


async def test_what_may_be_either_is_left_out_and_counted(world: World) -> None:
    first = calling(world.store, 3, fields=IVR)
    calling(world.store, 2, fields=IVR, token="t2", provider_id=2)
    world.call_list.calls = [call(1), call(3)]
    fetched = await world.fetch(first, 60)
    assert (fetched.matched, fetched.ambiguous) == (1, 1)
    assert world.status(first).keys() == {phone(3)}


async def test_a_draft_and_another_profile_claim_nothing(world: World) -> None:
    first = calling(world.store, 3, fields=IVR)
    draft = world.store.drafts.create("acme", IVR)
    other = world.store.drafts.create("other", IVR)
    for made in (draft, other):
        world.store.numbers.add(made, [good(phone(1))])
    world.store.ledger.resolve(begun(world.store, other, "t3"), Created(3))
    world.call_list.calls = [call(1)]
    assert (await world.fetch(first, 60)).matched == 1


# What is asked for

async def test_it_is_asked_from_the_launch_to_the_windows_end(world: World) -> None:
    fields = {**IVR, "date_range_end": "2026-09-20"}
    campaign = calling(world.store, 3, fields=fields)
    end = dt.datetime(2026, 9, 20, 18, 1, tzinfo=ISTANBUL)
    fetched = await world.fetch(campaign, 60)
    assert world.call_list.asked == [(LAUNCH - minutes(5), end + minutes(5), 1)]
    assert fetched.complete_to == LAUNCH  # an hour ago: later ones may still be under way
    fetched = await world.fetch(campaign, 30 * 24 * 60)
    assert world.call_list.asked == [(LAUNCH, end + minutes(5), 1)]
    assert fetched.complete_to == end + minutes(5)


async def test_a_window_that_is_nearly_over_is_looked_at_for_a_day(world: World) -> None:
    campaign = calling(world.store, 3, fields={**IVR, "time_range_end": "12:01"})
    await world.fetch(campaign, 60)
    assert world.call_list.asked == [(LAUNCH - minutes(5), LAUNCH + minutes(24 * 60 + 5), 1)]


async def test_a_long_campaign_is_asked_for_a_month_at_a_time_and_not_ahead_of_time(world: World) -> None:
    campaign = calling(world.store, 3, fields={**IVR, "date_range_end": "2027-09-12"})
    world.call_list.calls = [call(1, 60 * 24 * day) for day in range(100)]
    fetched = await world.fetch(campaign, 99 * 24 * 60 + 120)
    assert len(world.call_list.asked) == 4
    assert world.call_list.asked[0][0] == LAUNCH - minutes(5)
    for (_, until, _), (since, _, _) in zip(world.call_list.asked, world.call_list.asked[1:], strict=False):
        assert since <= until
    assert fetched.new == 100
    assert fetched.complete_to == world.now - minutes(60)
    assert [(told_of.pages, told_of.of) for told_of in world.told[1::2]] == [(1, 4), (2, 4), (3, 4), (4, 4)]


async def test_a_call_that_comes_into_the_list_late_is_found_by_the_next_fetch(world: World) -> None:
    campaign = calling(world.store, 3, fields=IVR)
    world.call_list.calls = [call(1, 10)]
    assert (await world.fetch(campaign, 60)).new == 1
    world.call_list.calls += [call(2, 50), call(3, 62)]
    fetched = await world.fetch(campaign, 70)
    assert fetched.new == 2
    assert world.call_list.asked[0][0] == LAUNCH


async def test_a_record_is_brought_up_to_date(world: World) -> None:
    campaign = calling(world.store, 3, fields=IVR)
    world.call_list.calls = [call(1, 10, result="", talk_duration="", end_stamp="")]
    await world.fetch(campaign, 11)
    world.call_list.calls = [call(1, 10)]
    fetched = await world.fetch(campaign, 13)
    assert (fetched.matched, fetched.new) == (1, 0)
    assert world.status(campaign) == {phone(1): ("Cevaplandı", 35)}


# Page by page

@pytest.mark.parametrize("newest_first", [False, True])
async def test_pages_wait_for_the_limit_and_say_so(world: World, newest_first: bool) -> None:
    campaign = calling(world.store, 900, fields=IVR)
    world.call_list.newest_first = newest_first
    world.call_list.calls = [call(number, number / 10) for number in range(1, 901)]
    fetched = await world.fetch(campaign, 100)
    assert (fetched.calls, fetched.matched, fetched.new) == (900, 900, 900)
    assert world.call_list.pages == list(range(1, 10))
    assert world.clock.slept == [60.0]  # six a minute
    assert [(told_of.pages, told_of.of, told_of.matched, told_of.waiting) for told_of in world.told] == [
        (0, None, 0, 0), *((page, 9, 100 * page, 60 if page == 6 else 0) for page in range(1, 9)), (9, 9, 900, 0)]
    totals = world.store.results.totals(campaign)
    assert (totals.called, totals.records) == (900, 900)


async def test_what_comes_in_while_pages_are_read_shifts_nothing_out_of_sight(world: World) -> None:
    campaign = calling(world.store, 350, fields=IVR)
    world.call_list.newest_first = True
    world.call_list.calls = [call(number, number / 10) for number in range(1, 301)]

    def another(request: int) -> None:
        world.call_list.calls += [call(300 + request, 40 + request)]

    world.call_list.before = another
    await world.fetch(campaign, 60)
    world.call_list.before = lambda _: None
    await world.fetch(campaign, 61)
    assert world.store.results.totals(campaign).called == len(world.call_list.calls)


@pytest.mark.parametrize("answered", [
    {"cdrs": [], "pagination": {"page": 1, "total_count": 0, "total_pages": 0, "limit": 100}},
    {"cdrs": [], "pagination": {"page": 1, "total_count": 10**9, "total_pages": 10**7, "limit": 100}},
])
async def test_an_empty_page_is_the_last(world: World, answered: dict[str, object]) -> None:
    campaign = calling(world.store, 3, fields=IVR)
    world.call_list.before = lambda _: httpx.Response(200, json=answered)
    assert (await world.fetch(campaign, 60)).calls == 0
    assert world.call_list.pages == [1]


# Interrupted

def unavailable_at(*requests: int) -> Callable[[int], httpx.Response | None]:
    return lambda request: httpx.Response(503) if request in requests else None


async def test_a_fetch_that_failed_is_gone_on_with(world: World) -> None:
    campaign = calling(world.store, 500, fields=IVR)
    world.call_list.calls = [call(number, number / 10) for number in range(1, 501)]
    world.call_list.before = unavailable_at(3, 4, 5)  # all the tries that the client makes
    with pytest.raises(ServerFailed):
        await world.fetch(campaign, 60)
    assert world.store.results.totals(campaign).called == 200
    world.call_list.before = lambda _: None
    fetched = await world.fetch(campaign, 90)
    # The rest of what was begun, then what has come since.
    assert world.call_list.pages == [3, 4, 5, 1, 2, 3, 4, 5]
    assert world.call_list.asked[3][0] == LAUNCH
    assert fetched.new == 300
    assert fetched.complete_to == LAUNCH + minutes(30)
    assert world.told[0].pages == 2
    assert world.store.results.totals(campaign).called == 500


class WaitedFor(StoppedClock):
    def __init__(self) -> None:
        super().__init__()
        self.reached = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.reached.set()
        await super().sleep(seconds)


async def test_a_cancelled_fetch_keeps_what_it_has_and_a_later_start_goes_on(world: World) -> None:
    campaign = calling(world.store, 900, fields=IVR)
    world.call_list.calls = [call(number, number / 10) for number in range(1, 901)]
    world.clock = clock = WaitedFor()
    running = asyncio.create_task(world.fetch(campaign, 100))
    await clock.reached.wait()  # the limit
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert world.store.results.totals(campaign).called == 600
    kept = _Stretch.of(world.store.records.cursor(campaign))
    assert kept is not None
    assert kept.page == 7
    # A later start of the program, with nothing but the store.
    later = World(world.path, world.call_list)
    fetched = await later.fetch(campaign, 101)
    assert later.call_list.pages[:3] == [7, 8, 9]
    assert later.call_list.pages[3] == 1
    assert (fetched.new, later.store.results.totals(campaign).records) == (300, 900)
    await later.services.close()


@pytest.mark.parametrize(("asked", "waited"), [("300", 300.0), ("121", 121.0)])
async def test_a_wait_that_the_provider_asks_for_is_not_cut_short(world: World, asked: str, waited: float) -> None:
    campaign = calling(world.store, 3, fields=IVR)
    world.call_list.calls = [call(1)]
    limited = httpx.Response(429, headers={"Retry-After": asked})
    world.call_list.before = lambda request: limited if request == 1 else None
    assert (await world.fetch(campaign, 60)).matched == 1
    assert world.clock.slept == [waited]
    assert waited in [told_of.waiting for told_of in world.told]


async def test_somebody_else_uses_the_limit_too(world: World) -> None:
    campaign = calling(world.store, 3, fields=IVR)
    world.call_list.calls = [call(1)]
    world.call_list.before = lambda request: httpx.Response(429) if request <= 3 else None
    assert (await world.fetch(campaign, 60)).matched == 1
    assert 60.0 in world.clock.slept
    assert 60 in [told_of.waiting for told_of in world.told]
    world.call_list.before = lambda _: httpx.Response(429)
    with pytest.raises(LimitReached):
        await world.fetch(campaign, 60)


async def test_a_wrong_key_ends_it_at_once_and_is_not_told(world: World) -> None:
    campaign = calling(world.store, 3, fields=IVR)
    world.call_list.before = lambda _: httpx.Response(401, text=f"Gecersiz anahtar: {KEY}")
    with pytest.raises(KeyRefused) as refused:
        await world.fetch(campaign, 60)
    assert len(world.call_list.asked) == 1
    assert all(KEY not in sentence for sentence in said(refused.value.reason).values())


@pytest.mark.parametrize("cursor", [
    "", "{}", "[]", "null", "x", '{"since": 1}', json.dumps({"since": "2026-09-12", "until": "2026-09-12",
                                                              "asked": "2026-09-12", "page": 1}),
    json.dumps({"since": "2026-09-12T00:00Z", "until": "2027-09-12T00:00Z", "asked": "2026-09-12T00:00Z", "page": 1}),
    json.dumps({"since": "2026-09-12T00:00Z", "until": "2026-09-12T00:00", "asked": "2026-09-12T00:00Z", "page": 1}),
    json.dumps({"since": "2026-09-12T00:00Z", "until": "2026-09-12T00:00Z", "asked": "2026-09-12T00:00Z", "page": -1}),
    json.dumps({"since": "9999-12-31T00:00Z", "until": "9999-12-31T00:00Z", "asked": "9999-12-31T00:00Z", "page": 1}),
])
async def test_a_cursor_that_is_none_begins_anew(world: World, cursor: str) -> None:
    campaign = calling(world.store, 3, fields=IVR)
    world.call_list.calls = [call(1)]
    world.store.records.merge(campaign, [], cursor=cursor)
    assert (await world.fetch(campaign, 60)).matched == 1


MOMENTS = st.integers(0, 2**32).map(lambda second: dt.datetime.fromtimestamp(second, dt.UTC))


@settings(deadline=None)
@given(MOMENTS, st.timedeltas(dt.timedelta(0), dt.timedelta(days=31)), MOMENTS, st.integers(0, 10**6))
def test_a_cursor_says_what_it_was_given(since: dt.datetime, length: dt.timedelta, asked: dt.datetime,
                                         page: int) -> None:
    stretch = _Stretch(since, since + length, asked, page)
    assert _Stretch.of(stretch.text()) == stretch


# What can't be

async def test_what_isnt_at_the_provider_has_no_calls(world: World) -> None:
    draft = world.store.drafts.create("acme", IVR)
    with pytest.raises(NotPossible) as refused:
        await world.fetch(draft)
    assert refused.value.reason.code == "operations.refused.no_id"
    with pytest.raises(NoSuchCampaign):
        await world.fetch(999)
    assert world.call_list.asked == []


async def test_the_numbers_of_what_was_made_elsewhere_arent_known(world: World) -> None:
    adopted = world.store.campaigns.track_foreign("acme", 7, "Anket", State.ON)
    with pytest.raises(NotPossible) as refused:
        await world.fetch(adopted)
    assert refused.value.reason.code == "operations.records.adopted"
    assert all("Anket" in sentence for sentence in said(refused.value.reason).values())


# The sandbox, whose time runs ahead

async def test_calls_of_a_clock_that_runs_fast_are_found_and_known_again(
    tmp_path: Path, moment: dt.datetime
) -> None:
    store = open_store(tmp_path / "santral.db", utc_now)
    today = moment.date().isoformat()
    fields = {"call_type": "ivr", "cli": CLI, "date_range_begin": today, "date_range_end": today,
              "welcome_announcement_id": "128", "digit_target_1": "announcement/421", "max_thread_count": "50",
              "call_retries": "1"}
    clock = VirtualClock(2000.0)
    with Sandbox(SandboxOptions(key=Secret(KEY), speed=2000.0, always_open=True), clock=clock) as sandbox:
        def connect(profile: Profile) -> Provider:
            assert profile.api_key is not None
            return Provider(profile.base_url, profile.api_key)

        services = Services(store, StoreThread(), Profile("acme", Secret(KEY), base_url=sandbox.address), connect,
                            AskedBy.APP)
        outcome = await services.provider.create({
            "call_type": "ivr", "name": "Anket", "cli": CLI, "active_days": [1, 2, 3, 4, 5, 6, 7], "call_retries": 1,
            "welcome_announcement_id": 128, "digit_target_1": "announcement/421", "max_thread_count": 50,
            "phone_list": [{"phone": phone(number)} for number in range(1, 41)]})
        assert isinstance(outcome, Created)
        campaign = calling(store, 40, fields=fields, provider_id=outcome.provider_id)
        async with asyncio.timeout(30):
            while True:
                fetched = await fetch_records(services, campaign, lambda _: None)
                if store.results.totals(campaign).called == 40:
                    break
        assert fetched.ambiguous == 0
        records = store.results.totals(campaign)
        # The same calls as the webhook would have told of them: the record's call_uuid is the notification's.
        position, row = next((row.position, row) for row in store.results.each(campaign) if row.attempts == 1)
        last, = store.results.attempts(campaign, position)
        uuid = last.id
        notified = replace(told(row.phone, last.status, "1" if last.answered else "", call_uuid=uuid,
                                campaign_id=outcome.provider_id), happened_at=last.at)
        store.deliveries.ingest([delivered(notified)])
        assert store.results.row(campaign, position).source is ResultSource.BOTH
        assert store.results.totals(campaign).calls == records.calls
        await services.close()


@pytest.mark.parametrize("direction", ["Giden", "Giden (Kuyruk)", "Giden (Öngörülü)", "Giden (IVR)"])
@pytest.mark.parametrize(("queue", "mine"), [
    ("204", True), ("0204", True), ("", True), ("Tahsilat", True), ("205", False), ("Satış", False), ("Eski ad", True),
    ("9" * 5000, True), ("²", True), ("٢٠٥", True),
])
async def test_any_kind_that_goes_out_is_a_queue_campaigns_and_its_queue_is_told_by_number_or_name(
        world: World, direction: str, queue: str, mine: bool) -> None:
    made = calling(world.store, fields=QUEUE)
    world.store.account.keep("acme", TargetKind.QUEUE, {204: "Tahsilat", 205: "Satış"})
    world.call_list.calls = [call(1, direction=direction, queue=queue)]
    assert (await world.fetch(made, after=60)).matched == int(mine)


async def test_odd_rows_are_counted_and_named_and_those_around_them_are_taken_in(world: World) -> None:
    made = calling(world.store, fields=IVR)
    world.call_list.calls = [
        call(1, start_stamp="2026-09-12 12:01:00 +0300", end_stamp="026-09-12 12:02:05 +03"),
        call(2, talk_duration="uzun"), call(3, talk_duration="00:0:35", start_stamp="2026-09-12 12:01:30 +0300"),
        call(4, result="x" * 300)]
    fetched = await world.fetch(made, after=60)
    assert world.status(made) == {phone(1): ("Cevaplandı", 35), phone(3): ("Cevaplandı", 35)}
    assert fetched.left_out == ("cdrs[1].talk_duration", "status")
    assert (fetched.calls, fetched.matched) == (3, 2)
