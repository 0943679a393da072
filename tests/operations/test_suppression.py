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
from tui.campaign.lifecycle import AskedBy, Created
from tui.campaign.phone_list import Number
from tui.campaign.reach import CountedAs
from tui.campaign.rules import Weight
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.numbers.errors import BadList
from tui.operations.blocked import BlockedAnswer, BlockedProgress, ask_provider, blocked_state, fetch_blocked
from tui.operations.export_csv import export_dropped
from tui.operations.left_out import Overrides, knowledge, look_who
from tui.operations.phone_list import validated
from tui.operations.services import NotPossible, Services
from tui.operations.suppression import find_called_before, find_suppressed, look_at_file, refresh_file
from tui.provider.errors import LimitReached, RequestRefused, ServerFailed
from tui.provider.lookups import BlockedNumber, BlockedPage, Pagination
from tui.store import RowFilter
from tui.text.formats import sentence


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
        return BlockedPage([BlockedNumber(number, "outbound") for number in some],
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
    assert list((await find_suppressed(services, draft)).marks.positions) == [1, 3]


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


class Held(Blocked):
    """The answer to its last page waits."""

    def __init__(self, *numbers: str) -> None:
        super().__init__(*numbers)
        self.go_on, self.read = asyncio.Event(), asyncio.Event()

    async def blocked_numbers(self, page: int = 1, limit: int = 100) -> BlockedPage:
        found = await super().blocked_numbers(page, limit)
        if page == found.pagination.total_pages:
            self.read.set()
            await self.go_on.wait()
        return found


async def test_of_two_fetches_at_once_the_one_that_began_earlier_takes_nothing_off(
    services: Services, tmp_path: Path,
) -> None:
    """A number is blocked between them; and another while the first is held up."""
    held = Held(phone(1))
    provided(services, held)
    slow = asyncio.create_task(fetch_blocked(services))
    await held.read.wait()
    with at_work(tmp_path / "santral.db") as other:
        provided(other, Blocked(phone(1), phone(2)))
        newer = await fetch_blocked(other)
    assert (newer.count, newer.overtaken) == (2, False)
    held.go_on.set()
    older = await slow
    assert (older.count, older.overtaken) == (2, True)
    assert await blocked_state(services) == newer
    provided(services, Blocked(phone(2)))
    again = await fetch_blocked(services)
    assert (again.count, again.overtaken) == (1, False)


async def test_a_fetch_that_is_killed_stops_no_other(services: Services) -> None:
    held = Held(phone(1))
    provided(services, held)
    killed = asyncio.create_task(fetch_blocked(services))
    await held.read.wait()
    killed.cancel()
    provided(services, Blocked(phone(2)))
    assert (await fetch_blocked(services)).count == 1


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
    await refresh_file(services)
    assert list((await find_suppressed(services, draft)).marks.positions) == [1, 3]
    path.unlink()
    with pytest.raises(BadList):
        await refresh_file(services)
    services.profile = replace(services.profile, do_not_call=None)
    assert await refresh_file(services) is None
    assert list((await find_suppressed(services, draft)).marks.positions) == []


async def test_who_was_called_in_the_last_days_is_told(services: Services, draft: int) -> None:
    before = services.store.drafts.create("acme", {"name": "Önceki"})
    services.store.numbers.add(before, [good(phone(2))])
    services.store.ledger.resolve(launched(services.store, before), Created(1))
    told: list[float] = []
    assert list((await find_called_before(services, draft, 1, progress=told.append)).positions) == [2]
    services.now = lambda: NOW + dt.timedelta(days=2)
    assert list((await find_called_before(services, draft, 1)).positions) == []


async def told(services: Services, draft: int, asked: BlockedAnswer = BlockedAnswer(), *, obeyed: bool = True) -> list[  # noqa: B008 - frozen
        tuple[str, Weight]]:
    recipients = services.store.campaigns.get(draft).callable_numbers
    problems = (await look_who(
        services, draft, recipients, asked, overrides=Overrides(with_do_not_call=not obeyed))).problems
    return [(problem.code, problem.weight) for problem in problems]


async def test_a_review_looks_at_the_file_first(services: Services, draft: int, tmp_path: Path) -> None:
    path = tmp_path / "aranmayacaklar.csv"
    path.write_text(f"Ad;Telefon\nAyşe;0{phone(2)[2:]}\nAli;5,32124E+09\nCan;yok\n", encoding="utf-8")
    services.profile = replace(services.profile, do_not_call=path)
    found = await look_who(services, draft, 3, BlockedAnswer())
    assert [(problem.reason.code, problem.reason.params["count"]) for problem in found.problems] == [
        ("campaign.problem.left_out", 1), ("operations.suppression.unread", 2)]
    assert found.problems[1].reason.params["places"] == "3, 4"
    path.write_text(f"{phone(1)}\n{phone(3)}\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert (await look_who(services, draft, 3, BlockedAnswer())).refusals[CountedAs.FILE] == 2
    path.unlink()
    codes = ["operations.suppression.unreadable", "numbers.list.no_file"]
    assert await told(services, draft) == [("campaign.problem.left_out", Weight.WARNING),
                                           *((code, Weight.ERROR) for code in codes)]
    assert await told(services, draft, obeyed=False) == [("campaign.problem.called_all_the_same", Weight.WARNING),
                                                         *((code, Weight.WARNING) for code in codes)]


@pytest.mark.parametrize("content", ["Ad;Telefon\n", "Ad;Soyad\nAyşe;Öğüt\nAli;Can\n", "telefon\nyok\n"])
async def test_a_file_in_which_no_number_is_found_stops_the_launch(
        services: Services, draft: int, tmp_path: Path, content: str) -> None:
    path = tmp_path / "aranmayacaklar.csv"
    path.write_text(content, encoding="utf-8")
    services.profile = replace(services.profile, do_not_call=path)
    assert (await look_at_file(services)).stops == (Reason("operations.suppression.none", {"path": str(path)}),)
    assert await told(services, draft) == [("operations.suppression.none", Weight.ERROR)]


async def test_of_the_providers_list_outbound_rows_alone_are_sure(services: Services, draft: int) -> None:
    class Mixed(Blocked):
        async def blocked_numbers(self, page: int = 1, limit: int = 100) -> BlockedPage:
            rows = [BlockedNumber(phone(1), "outbound"), BlockedNumber(phone(2), "inbound"), BlockedNumber(phone(3))]
            return BlockedPage(rows, Pagination(1, 4, 1, 100), odd=1)

    provided(services, Mixed())
    state = await fetch_blocked(services)
    assert (state.count, state.untold, state.odd) == (1, 1, 1)
    marks = (await find_suppressed(services, draft)).marks
    assert [(position, marks.reason(place).code) for place, position in enumerate(marks.positions)] == [
        (1, "store.suppressed.blocked"), (3, "store.suppressed.untold")]
    assert (await told(services, draft, await ask_provider(services)))[0][0] == "campaign.problem.left_out"


async def test_a_number_abroad_that_is_blocked_is_found_without_its_zeros(services: Services) -> None:
    made = services.store.drafts.create("acme", {"name": "Anket"})
    services.store.numbers.add(made, validated([Number("+49 1512 345678"), Number("0053 21234567")]))
    provided(services, Blocked("491512345678", "5321234567"))
    await fetch_blocked(services)
    assert list((await find_suppressed(services, made)).marks.positions) == [1, 2]


@pytest.mark.parametrize(("status", "unknown"), [(403, False), (404, False), (401, True), (400, True), (500, True)])
async def test_a_key_that_has_no_such_list_is_told_and_stops_nothing(
        services: Services, status: int, *, unknown: bool) -> None:
    class Refusing(Blocked):
        async def blocked_numbers(self, page: int = 1, limit: int = 100) -> BlockedPage:
            raise RequestRefused(Reason("provider.refused", {"status": status, "words": "?"}), sent=True)

    provided(services, Refusing())
    asked = await ask_provider(services)
    assert bool(asked.unknown) is unknown
    assert [reason.code for reason in asked.notices] == ([] if unknown else ["provider.refused",
                                                                           "operations.blocked.not_there"])


@pytest.mark.parametrize(("minutes", "counts"), [(0, True), (60, True), (61, False), (-5, False)])
async def test_what_was_fetched_before_counts_for_an_hour(services: Services, minutes: int, *, counts: bool) -> None:
    provided(services, Blocked(phone(1)))
    await fetch_blocked(services)
    provided(services, Blocked(phone(1), limited=(1,), times=9))
    services.now = lambda: NOW + dt.timedelta(minutes=minutes)

    class Failing(Blocked):
        async def blocked_numbers(self, page: int = 1, limit: int = 100) -> BlockedPage:
            raise ServerFailed(Reason("provider.server_failed", {"status": 500}), sent=True)

    provided(services, Failing())
    asked = await ask_provider(services)
    assert (asked.unknown is None) is counts
    assert bool(asked.notices) is counts


@pytest.mark.parametrize(("hours", "counts"), [(24, True), (25, False)])
async def test_a_list_that_takes_long_counts_for_a_day(services: Services, hours: int, *, counts: bool) -> None:
    class Slow(Blocked):
        async def blocked_numbers(self, page: int = 1, limit: int = 100) -> BlockedPage:
            await asyncio.Event().wait()
            raise AssertionError

    provided(services, Blocked(phone(1)))
    await fetch_blocked(services)
    provided(services, Slow())
    services.now = lambda: NOW + dt.timedelta(hours=hours)
    asked = await ask_provider(services, seconds=0.01)
    assert (asked.unknown is None) is counts


async def test_what_was_dropped_is_written_with_its_reason(services: Services, draft: int, tmp_path: Path) -> None:
    services.store.numbers.add(draft, validated([Number("5,32124E+09", "=1+1")]))
    services.store.numbers.drop_which(draft, RowFilter.PROBLEMS)
    services.store.numbers.drop(draft, [1])
    path = tmp_path / "dropped.csv"
    assert await export_dropped(services, draft, path) == 2
    heading, first, second = path.read_text("utf-8-sig").splitlines()
    assert heading == "Number,Reference,Phrase,Language,Removed because,Problem,Removed at (UTC)"
    assert first.startswith("\"5,32124E+09\",,'=1+1,,Could not be called,")
    assert second == f"{phone(1)},,,,Removed by hand,,2026-09-12 21:30:00+00:00"
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(NotPossible):
        await export_dropped(services, draft, tmp_path)


async def test_a_search_that_is_cancelled_stops(services: Services, draft: int) -> None:
    searching = asyncio.create_task(find_called_before(services, draft, 1))
    await asyncio.sleep(0)
    searching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await searching


@pytest.mark.parametrize(("asked_by", "way_out", "other"), [
    (AskedBy.APP, "with f and is valid for a day; in Review d calls everybody", "santral dnc"),
    (AskedBy.COMMAND, "with “santral dnc fetch”", "review"),
])
async def test_the_way_out_is_a_key_in_the_app_and_a_command_for_commands(
    services: Services, asked_by: AskedBy, way_out: str, other: str
) -> None:
    services.asked_by = asked_by
    known = await knowledge(services, BlockedAnswer(unknown=Reason("operations.blocked.slow", {"count": 5})))
    *_, stops = known.problems
    said = sentence(stops.reason)
    assert way_out in said
    assert other not in said
