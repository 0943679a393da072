"""Groups: what comes together is committed together, and what one of them spoils is its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest

from tests.receiver.support import PATIENCE, TOKEN, form
from tests.store.results import assert_as_recounted, calling, delivered, told
from tests.store.support import open_store
from tui.core.reason import Reason
from tui.receiver.beside import Beside
from tui.receiver.ingest import MAX_AT_ONCE, Ingest
from tui.receiver.receiver_store import ReceiverStore
from tui.store import Delivery, IngestResult, Store, StoreBusy, StoreFailed, StoreThread


class Desk:
    """An ingest on a real store, whose groups are noted and may be spoiled."""

    def __init__(self, path: Path) -> None:
        self.store: Store = open_store(path)
        self.campaign = calling(self.store, numbers=50, token=TOKEN)
        self.thread = StoreThread()
        self.groups: list[int] = []
        self.went_wrong: list[Exception | None] = []
        self.body: Callable[[int], bytes] = lambda number: f"raw {number}".encode()
        self.spoil: Callable[[Sequence[Delivery]], None] = lambda _group: None
        whole = self.store.deliveries.ingest

        def noted(deliveries: Sequence[Delivery], *, spooled: str = "") -> list[IngestResult]:
            self.groups.append(len(deliveries))
            self.spoil(deliveries)
            return whole(deliveries, spooled=spooled)

        self.store.deliveries.ingest = noted  # type: ignore[method-assign]
        place = ReceiverStore.of(self.store)
        self.beside = Beside(place, self.thread, self.store.spool, self.went_wrong.append)
        self.ingest = Ingest(place, self.thread, self.beside, self.went_wrong.append)

    async def keep(self, *numbers: int) -> list[IngestResult | BaseException]:
        return await asyncio.gather(*(
            self.ingest.keep(delivered(told(number, name=f"n{number}"), TOKEN), self.body(number))
            for number in numbers), return_exceptions=True)

    @property
    def notifications(self) -> int:
        return self.store.results.totals(self.campaign).notifications


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    made = Desk(tmp_path / "santral.db")
    yield made
    await made.ingest.drain()
    made.thread.close()
    made.store.close()


def named(group: Sequence[Delivery], name: str) -> bool:
    return any(getattr(delivery.what, "notification_id", "") == name for delivery in group)


async def test_what_comes_together_is_one_commit(desk: Desk) -> None:
    assert await desk.keep(*range(1, 41)) == [IngestResult.STORED] * 40
    assert desk.groups == [40]
    assert desk.went_wrong == [None]
    assert_as_recounted(desk.store, desk.campaign)


async def test_a_group_has_its_bounds(desk: Desk) -> None:
    kept = await desk.keep(*(1 + number % 50 for number in range(MAX_AT_ONCE + 1)))
    assert desk.groups == [MAX_AT_ONCE, 1]
    assert kept.count(IngestResult.STORED) == 50
    assert kept.count(IngestResult.REPEATED) == MAX_AT_ONCE + 1 - 50


async def test_it_is_on_the_disk_when_it_returns(desk: Desk, tmp_path: Path) -> None:
    await desk.keep(1)
    other = open_store(tmp_path / "santral.db")
    assert other.results.totals(desk.campaign).notifications == 1
    other.close()


async def test_one_that_cannot_be_kept_keeps_none_of_the_others_out(desk: Desk) -> None:
    def spoil(group: Sequence[Delivery]) -> None:
        if named(group, "n7"):
            raise ValueError("nobody thought of this")

    desk.spoil = spoil
    assert await desk.keep(*range(1, 21)) == [IngestResult.STORED] * 20
    assert desk.notifications == 19
    kept, = desk.store.deliveries.unreadable("acme", 0, 10)
    assert (kept.raw, kept.reason.params) == (b"raw 7", {"problem": "ValueError"})


async def test_one_that_failed_for_once_is_kept_as_what_it_is(desk: Desk) -> None:
    failing = iter([True])

    def spoil(group: Sequence[Delivery]) -> None:
        if next(failing, False):
            raise StoreFailed(Reason("store.failed", {"path": "x", "detail": "connection lost"}))

    desk.spoil = spoil
    assert await desk.keep(3) == [IngestResult.STORED]
    assert (desk.notifications, desk.store.deliveries.unreadable_count("acme")) == (1, 0)


async def test_what_a_busy_store_does_not_take_is_kept_beside_it_and_nothing_is_tried_apart(desk: Desk) -> None:
    def spoil(group: Sequence[Delivery]) -> None:
        raise StoreBusy(Reason("store.busy", {"path": "x"}))

    desk.spoil = spoil
    desk.body = lambda number: form(number, name=f"n{number}")
    assert await desk.keep(*range(1, 6)) == [IngestResult.BESIDE] * 5
    assert desk.groups == [5]
    assert [type(one) for one in desk.went_wrong] == [StoreBusy] * 2
    assert await desk.keep(6) == [IngestResult.BESIDE]  # the store is not asked by whoever waits
    assert desk.groups == [5]
    desk.spoil = lambda _group: None
    await desk.beside._take_all()
    assert desk.notifications == 6
    assert desk.went_wrong[-1] is None
    assert await desk.keep(1) == [IngestResult.REPEATED]


async def test_whoever_stops_waiting_stops_nobody_else_and_it_is_kept_all_the_same(desk: Desk) -> None:
    began, may_go_on = threading.Event(), threading.Event()

    def spoil(group: Sequence[Delivery]) -> None:
        began.set()
        assert may_go_on.wait(PATIENCE)

    desk.spoil = spoil
    gone = asyncio.ensure_future(desk.keep(1))
    stays = asyncio.ensure_future(desk.keep(2))
    assert await asyncio.to_thread(began.wait, PATIENCE)
    gone.cancel()
    may_go_on.set()
    assert await stays == [IngestResult.STORED]
    await desk.ingest.drain()
    assert desk.notifications == 2
