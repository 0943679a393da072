"""Where it is known from who is not to be called: the provider's list, a file; and what a review warns of."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.operations.resulting import NOW, at_work
from tests.store.results import phone
from tests.store.support import good, launched
from tui.campaign.draft import Number
from tui.campaign.outcome import Created
from tui.campaign.reason import Reason
from tui.campaign.rules import Weight
from tui.numbers.errors import BadList
from tui.operations.dropped import export_dropped
from tui.operations.phone_list import judged
from tui.operations.services import NotPossible, Services
from tui.operations.suppression import (
    BlockedProgress,
    blocked_state,
    fetch_blocked,
    find_called_before,
    find_suppressed,
    refresh_file,
    suppressed_problems,
)
from tui.provider.errors import LimitReached
from tui.provider.lookups import BlockedNumber, BlockedPage, Pagination
from tui.secret import Secret


class Blocked:
    """A provider that has blocked some numbers, two to a page; it is at its limit once before each page named."""

    def __init__(self, *numbers: str, limited: tuple[int, ...] = (), times: int = 1) -> None:
        self._numbers = numbers
        self._limited = dict.fromkeys(limited, times)
        self.asked: list[int] = []

    async def blocked_numbers(self, page: int = 1, limit: int = 100) -> BlockedPage:
        self.asked.append(page)
        if self._limited.get(page):
            self._limited[page] -= 1
            raise LimitReached(Reason("provider.limit"), sent=True)
        some = self._numbers[2 * page - 2:2 * page]
        return BlockedPage([BlockedNumber(place, number) for place, number in enumerate(some)],
                           Pagination(page, len(self._numbers), -(-len(self._numbers) // 2), 2))

    async def aclose(self) -> None: ...


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with at_work(tmp_path / "santral.db") as made:
        yield made


@pytest.fixture
def draft(services: Services) -> int:
    made = services.store.drafts.create("acme", {"name": "Anket"})
    services.store.numbers.add(made, [good(phone(place)) for place in (1, 2, 3)])
    return made


def provided(services: Services, blocked: Blocked) -> Blocked:
    services._provider = blocked  # type: ignore[assignment]
    services.profile = replace(services.profile, api_key=Secret("K1"))
    return blocked


async def test_the_providers_list_is_fetched_page_by_page_and_kept(services: Services, draft: int) -> None:
    blocked = provided(services, Blocked(phone(1), "0" + phone(3)[2:], "anonymous"))
    told: list[BlockedProgress] = []
    assert await blocked_state(services) is None
    state = await fetch_blocked(services, told.append)
    assert (blocked.asked, state.count, state.fetched_at) == ([1, 2], 2, NOW)
    assert told == [BlockedProgress(1, 2, 2, 0), BlockedProgress(2, 2, 2, 0)]
    assert await blocked_state(services) == state
    assert list((await find_suppressed(services, draft)).positions) == [1, 3]


async def test_an_empty_list_of_the_providers_is_kept_too(services: Services) -> None:
    provided(services, Blocked())
    assert (await fetch_blocked(services)).count == 0


async def test_the_limit_is_waited_for(services: Services) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    blocked = provided(services, Blocked(phone(1), phone(2), phone(3), limited=(2,)))
    told: list[BlockedProgress] = []
    assert (await fetch_blocked(services, told.append, sleep=sleep)).count == 3
    assert (blocked.asked, slept) == ([1, 2, 2], [60.0])
    assert told[1] == BlockedProgress(1, 2, 2, 60)


async def test_a_fetch_that_fails_leaves_what_was_kept(services: Services) -> None:
    provided(services, Blocked(phone(1)))
    await fetch_blocked(services)

    async def sleep(_seconds: float) -> None: ...

    provided(services, Blocked(phone(1), phone(2), phone(3), limited=(2,), times=9))
    with pytest.raises(LimitReached):
        await fetch_blocked(services, sleep=sleep)
    state = await blocked_state(services)
    assert state is not None
    assert state.count == 1


async def test_the_profiles_file_is_read_when_it_has_changed(services: Services, draft: int, tmp_path: Path) -> None:
    path = tmp_path / "aranmayacaklar.csv"
    path.write_text(f"Ad;Telefon\nAyşe;0{phone(2)[2:]}\nAli;yok\n", encoding="utf-8")
    services.profile = replace(services.profile, do_not_call=path)
    first = await refresh_file(services)
    assert first is not None
    assert first.count == 1
    assert await refresh_file(services) == first
    path.write_text(f"{phone(1)}\n{phone(3)}\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert list((await find_suppressed(services, draft)).positions) == [1, 3]
    path.unlink()
    with pytest.raises(BadList):
        await find_suppressed(services, draft)
    services.profile = replace(services.profile, do_not_call=None)
    assert await refresh_file(services) is None
    assert list((await find_suppressed(services, draft)).positions) == []


async def test_who_was_called_in_the_last_days_is_told(services: Services, draft: int) -> None:
    before = services.store.drafts.create("acme", {"name": "Önceki"})
    services.store.numbers.add(before, [good(phone(2))])
    services.store.ledger.settle(launched(services.store, before), Created(1))
    told: list[float] = []
    assert list((await find_called_before(services, draft, 1, progress=told.append)).positions) == [2]
    services.now = lambda: NOW + dt.timedelta(days=2)
    assert list((await find_called_before(services, draft, 1)).positions) == []


async def test_a_review_warns_of_both(services: Services) -> None:
    draft = services.store.drafts.create("acme", {"name": "Anket"})
    assert await suppressed_problems(services, draft) == []
    services.store.numbers.add(draft, judged([Number("05651236547"), Number(phone(1)), Number(phone(1))]))
    services.store.do_not_call.add("acme", [phone(1)])
    assert [(problem.code, problem.reason.params["count"]) for problem in await suppressed_problems(services, draft)
            ] == [("campaign.problem.not_valid", 1), ("campaign.problem.do_not_call", 1)]


async def test_a_review_looks_at_the_file_first(services: Services, draft: int, tmp_path: Path) -> None:
    path = tmp_path / "aranmayacaklar.csv"
    path.write_text(f"Ad;Telefon\nAyşe;0{phone(2)[2:]}\nAli;5,32124E+09\nCan;yok\n", encoding="utf-8")
    services.profile = replace(services.profile, do_not_call=path)
    told = await suppressed_problems(services, draft)
    assert [(problem.reason.code, problem.reason.params["count"]) for problem in told] == [
        ("campaign.problem.do_not_call", 1), ("operations.suppression.unread", 2)]
    path.write_text(f"{phone(1)}\n{phone(3)}\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert [(problem.reason.code, problem.reason.params["count"])
            for problem in await suppressed_problems(services, draft)] == [("campaign.problem.do_not_call", 2)]
    path.unlink()
    counted, unread = await suppressed_problems(services, draft)
    assert (counted.reason.params["count"], unread.reason) == (2, Reason("numbers.list.no_file", {"path": str(path)}))
    assert {counted.weight, unread.weight} == {Weight.WARNING}


@pytest.mark.parametrize("content", ["Ad;Telefon\n", "Ad;Soyad\nAyşe;Öğüt\nAli;Can\n", "telefon\nyok\n"])
async def test_a_file_in_which_no_number_is_found_is_told(
        services: Services, draft: int, tmp_path: Path, content: str) -> None:
    path = tmp_path / "aranmayacaklar.csv"
    path.write_text(content, encoding="utf-8")
    services.profile = replace(services.profile, do_not_call=path)
    assert [problem.reason for problem in await suppressed_problems(services, draft)] == [
        Reason("operations.suppression.none", {"path": str(path)})]


async def test_what_was_dropped_is_written_with_its_reason(services: Services, draft: int, tmp_path: Path) -> None:
    services.store.numbers.add(draft, judged([Number("5,32124E+09", "=1+1")]))
    services.store.numbers.drop_bad(draft)
    services.store.numbers.drop(draft, [1])
    path = tmp_path / "dropped.csv"
    assert await export_dropped(services, draft, path) == 2
    heading, first, second = path.read_text("utf-8-sig").splitlines()
    assert heading == "Number,Phrase,Language,Dropped because,Problem,Dropped at (UTC)"
    assert first.startswith("\"5,32124E+09\",'=1+1,,Could not be called,")
    assert second == f"{phone(1)},,,Dropped by hand,,2026-09-12 21:30:00+00:00"
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(NotPossible):
        await export_dropped(services, draft, tmp_path)


async def test_a_search_that_is_cancelled_stops(services: Services, draft: int) -> None:
    searching = asyncio.create_task(find_called_before(services, draft, 1))
    await asyncio.sleep(0)
    searching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await searching
