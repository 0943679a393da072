"""A list of any size into a draft: all of it or nothing, while everything else goes on."""

from __future__ import annotations

import asyncio
import random
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from tests.operations.resulting import at_work
from tui.campaign.phone import validate_phone
from tui.campaign.phone_list import Number
from tui.numbers.errors import BadList
from tui.numbers.listing import ListOptions
from tui.numbers.source import PastedText, Text, open_list
from tui.operations import importing
from tui.operations.importing import ImportProgress, import_list
from tui.operations.phone_list import validated
from tui.operations.services import Services
from tui.store import StoredNumber, StoreFailed, Summary, WrongState
from tui.store import list_building as building

PHONES = ("05321234567", "+90 (532) 123 45 67", "02121234567", "05651236547", "+4915112345678", "5,32124E+09",
          "444 1 234", "0090 532 765 43 21", "5327654321", "90 850 222 33 44", "", "0800 123 45 67")
PHRASES = ("", "#456 15/11/2026 #457 73.56", "#456 31/02/2026", "#456 Merhaba")
LANGS = ("", "tr-TR", "en-US", "de-DE")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with at_work(tmp_path / "santral.db") as made:
        yield made


@pytest.fixture
def draft(services: Services) -> int:
    return services.store.drafts.create("acme", {"name": "Anket"})


def rows(services: Services, draft: int) -> list[StoredNumber]:
    return services.store.numbers.page(draft, 0, 100_000)


def written(tmp_path: Path, numbers: list[Number]) -> Path:
    path = tmp_path / "liste.csv"
    lines = [f"{number.phone};{number.phrase};{number.lang};x" for number in numbers]
    path.write_text("\n".join(["Telefon;Cümle;Dil;Ad", *lines]), encoding="utf-8")
    return path


def drawn(count: int) -> list[Number]:
    draw = random.Random(5)  # noqa: S311 - the same numbers each time
    return [Number(draw.choice((*PHONES, f"0532{draw.randrange(10**7):07}", f"0{draw.randrange(10**10)}")),
                   draw.choice(PHRASES), draw.choice(LANGS)) for _ in range(count)]


@pytest.mark.parametrize("chunk", [7, 5_000])
async def test_an_import_judges_as_typing_does(
        services: Services, draft: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    monkeypatch.setattr(importing, "_CHUNK", chunk)
    monkeypatch.setattr(building, "_FEW", 50)
    monkeypatch.setattr(building, "_AT_ONCE", 100)
    numbers = drawn(600)
    done = await import_list(services, draft, open_list(written(tmp_path, numbers)))
    other = services.store.drafts.create("acme", {"name": "Öteki"})
    typed = services.store.numbers.add(other, validated(numbers))
    assert (done.rows, done.summary) == (600, typed)
    assert [(row.typed, row.phone, row.phrase, row.lang, row.problem, row.duplicate_of, row.kind, row.valid)
            for row in rows(services, draft)] == [
        (row.typed, row.phone, row.phrase, row.lang, row.problem, row.duplicate_of, row.kind, row.valid)
        for row in rows(services, other)]
    assert all(row.line == row.position + 1 for row in rows(services, draft) if row.problem is not None)


async def test_what_is_plain_has_the_verdict_that_a_close_look_gives(
        services: Services, draft: int, tmp_path: Path) -> None:
    draw = random.Random(6)  # noqa: S311 - the same numbers each time
    numbers = [Number(draw.choice(("", "0", "90", "+90", "0090")) + str(draw.randrange(2 * 10**9, 10**10)))
               for _ in range(3_000)]
    await import_list(services, draft, open_list(written(tmp_path, numbers)))
    for row in rows(services, draft):
        found = validate_phone(row.typed)
        assert (row.phone, row.valid, row.kind) == (found.phone, found.valid, found.kind)


async def test_columns_template_and_misfits(services: Services, draft: int) -> None:
    pasted = PastedText("Telefon;Vade\n05321234567;15.11.2026\n05321234568;yok\n" + "".join(
        f"0532123{place};16.11.2026\n" for place in range(4600, 4620)))
    await import_list(services, draft, pasted, ListOptions(template="#456 {vade}", lang="en-US"))
    first, second, third, *_ = rows(services, draft)
    assert (first.phrase, first.lang, first.line) == ("#456 15/11/2026", "en-US", None)
    assert second.problem is not None
    assert (second.problem.code, second.phone, second.kind, second.line) == ("numbers.row.date", None, None, 3)
    assert third.phrase == "#456 16/11/2026"


async def test_how_far_it_is_is_told_on_the_loop(services: Services, draft: int, tmp_path: Path) -> None:
    told: list[ImportProgress] = []
    here = threading.get_ident()

    def progress(at: ImportProgress) -> None:
        assert threading.get_ident() == here
        told.append(at)

    await import_list(services, draft, open_list(written(tmp_path, drawn(20_000))), progress=progress)
    assert told[-1] == ImportProgress(20_000, 1.0)
    assert [at.rows for at in told] == sorted(at.rows for at in told)
    assert (await import_list(services, draft, PastedText("05321234567"), progress=progress)).rows == 1
    assert told[-1] == ImportProgress(1, 1.0)


class Slow(Text):
    """Lines that wait to be let go on after the first thousands."""

    def __init__(self, end: Callable[[], None] = lambda: None) -> None:
        super().__init__("utf-8")
        self.reached, self.go_on = threading.Event(), threading.Event()
        self._end = end
        self._times = 0

    def lines(self, encoding: str = "") -> Generator[str, None, None]:
        self._times += 1
        for place in range(30_000):
            yield f"0532{place:07}\n"
            if place == 25_000 and self._times > 1:  # the first time its head alone is looked at
                self.reached.set()
                self.go_on.wait(30)
                self._end()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_FEW", 100)
    monkeypatch.setattr(building, "_AT_ONCE", 5_000)


@pytest.mark.usefixtures("small")
async def test_the_store_can_be_written_meanwhile(services: Services, draft: int) -> None:
    source = Slow()
    running = asyncio.create_task(import_list(services, draft, source))
    await asyncio.to_thread(source.reached.wait, 30)
    await services.thread(services.store.drafts.change, draft, {"name": "Yeni ad"})
    assert (await services.thread(services.store.numbers.summary, draft)).total == 0
    source.go_on.set()
    assert (await running).rows == 30_000
    assert services.store.campaigns.get(draft).name == "Yeni ad"


@pytest.mark.usefixtures("small")
async def test_a_cancelled_import_adds_nothing(services: Services, draft: int) -> None:
    await import_list(services, draft, PastedText("05321234567"))
    before = services.store.campaigns.get(draft)
    interval = sys.getswitchinterval()
    source = Slow()
    running = asyncio.create_task(import_list(services, draft, source))
    await asyncio.to_thread(source.reached.wait, 30)
    running.cancel()
    source.go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert services.store.campaigns.get(draft) == before
    assert [row.phone for row in rows(services, draft)] == ["905321234567"]
    assert sys.getswitchinterval() == interval
    assert (await import_list(services, draft, PastedText("05321234568"))).summary.total == 2


async def test_what_was_written_as_it_was_cancelled_is_taken_back(
        services: Services, draft: int, monkeypatch: pytest.MonkeyPatch) -> None:
    finish = building.Builder.finish
    running: asyncio.Task[object] | None = None
    loop = asyncio.get_running_loop()

    def finished(builder: building.Builder) -> int:
        step = finish(builder)
        assert running is not None
        asyncio.run_coroutine_threadsafe(_cancelled(running), loop).result(30)
        return step

    monkeypatch.setattr(building.Builder, "finish", finished)
    running = asyncio.create_task(import_list(services, draft, PastedText("05321234567")))
    with pytest.raises(asyncio.CancelledError):
        await running
    assert services.store.numbers.summary(draft).total == 0


async def _cancelled(task: asyncio.Task[object]) -> None:
    task.cancel()


def _pulled_out() -> None:
    raise BadList("numbers.list.no_file", path="liste.csv")


@pytest.mark.usefixtures("small")
async def test_a_file_that_stops_being_readable_adds_nothing(services: Services, draft: int) -> None:
    source = Slow(_pulled_out)
    source.go_on.set()
    with pytest.raises(BadList):
        await import_list(services, draft, source)
    assert services.store.numbers.summary(draft).total == 0


@pytest.mark.usefixtures("small")
async def test_a_store_that_fails_ends_the_reading(
        services: Services, draft: int, monkeypatch: pytest.MonkeyPatch) -> None:
    store = building.Builder._store
    calls = iter(range(10))

    def failing(builder: building.Builder) -> None:
        if next(calls) == 2:
            raise builder._database.error(StoreFailed, "store.failed", detail="disk")
        store(builder)

    monkeypatch.setattr(building.Builder, "_store", failing)
    source = Slow()
    source.go_on.set()
    with pytest.raises(StoreFailed):
        await import_list(services, draft, source)
    assert services.store.numbers.summary(draft).total == 0


async def test_only_a_draft_takes_a_list(services: Services, draft: int) -> None:
    services.store.drafts.remove(draft)
    with pytest.raises(WrongState):
        await import_list(services, draft, PastedText("05321234567"))
    with pytest.raises(BadList):
        await import_list(services, services.store.drafts.create("acme", {}), PastedText("Ad;Soyad\nAyşe;Yılmaz\n"))


async def test_a_second_cancellation_does_not_keep_what_was_written(
        services: Services, draft: int, monkeypatch: pytest.MonkeyPatch) -> None:
    finish = building.Builder.finish
    running: asyncio.Task[object] | None = None
    loop = asyncio.get_running_loop()

    def finished(builder: building.Builder) -> int:
        step = finish(builder)
        assert running is not None
        for _ in range(2):
            asyncio.run_coroutine_threadsafe(_cancelled(running), loop).result(30)
        return step

    monkeypatch.setattr(building.Builder, "finish", finished)
    running = asyncio.create_task(import_list(services, draft, PastedText("05321234567")))
    with pytest.raises(asyncio.CancelledError):
        await running
    for thread in threading.enumerate():
        if thread.name.startswith("import"):  # which nobody waits for any more
            await asyncio.to_thread(thread.join, 30)
    assert services.store.numbers.summary(draft).total == 0


async def test_one_cancelled_as_its_end_is_told_is_taken_back(
        services: Services, draft: int, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = services.store.numbers.summary
    running: asyncio.Task[object] | None = None
    loop = asyncio.get_running_loop()

    def asked(campaign: int) -> Summary:
        assert running is not None
        asyncio.run_coroutine_threadsafe(_cancelled(running), loop).result(30)
        return summary(campaign)

    with monkeypatch.context() as patched:
        patched.setattr(services.store.numbers, "summary", asked)
        running = asyncio.create_task(import_list(services, draft, PastedText("05321234567")))
        with pytest.raises(asyncio.CancelledError):
            await running
    assert services.store.numbers.summary(draft).total == 0
