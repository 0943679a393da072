"""Rows that are read in pages: the cursor stays on its item, and what is scrolled to is read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.worker import Worker

from tui.widgets.paged_table import PagedTable
from tui.widgets.table import Cell, Column, Row, Table

HEIGHT = 10


class Paged(Screen[None]):
    """Numbers from 0 on, read in pages, every one of them shown with a word."""

    def __init__(self) -> None:
        super().__init__()
        self.all = list(range(200))
        self.asked_for = "all"
        self.word = "number"
        self.let = asyncio.Event()
        self.let.set()
        self.asked: list[tuple[int, int]] = []
        self.pages = PagedTable[int](lambda: self.table, query=lambda: self.asked_for, read_page=self.read_page,
                                     identity=lambda item: item, row=self.row)

    def compose(self) -> ComposeResult:
        yield Table([Column("name", "Name")])

    async def read_page(self, start: int, limit: int) -> Sequence[int]:
        self.asked.append((start, limit))
        page = self.all[start:start + limit]
        await self.let.wait()
        return page

    def row(self, item: int) -> Row:
        return {"name": Cell(f"{self.word} {item}")}

    @on(Table.Wanted)
    def fetch(self, event: Table.Wanted) -> None:
        async def fetch() -> None:
            await self.pages.fetch(event.start, event.end)

        _: Worker[None] = self.run_worker(fetch, exclusive=True)

    async def reload(self, *, from_top: bool = False, select: int | None = None) -> None:
        start, limit = self.pages.span(from_top=from_top)
        page = await self.pages.if_still_asked(self.read_page(start, limit))
        if page is not None:
            self.pages.show(len(self.all), start, page, select=select, from_top=from_top)

    @property
    def table(self) -> Table:
        return self.query_one(Table)


@asynccontextmanager
async def paged() -> AsyncIterator[tuple[Paged, Pilot[None]]]:
    app = App[None]()
    async with app.run_test(size=(40, HEIGHT)) as pilot:
        screen = Paged()
        await app.push_screen(screen)
        await pilot.pause()
        yield screen, pilot


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lines that were painted, in their order."""
    lines: list[int] = []
    paint = Table.render_line

    def noting(self: Table, y: int) -> Strip:
        lines.append(y)
        return paint(self, y)

    monkeypatch.setattr(Table, "render_line", noting)
    return lines


async def until(pilot: Pilot[None], what: Callable[[], bool]) -> None:
    """Wait till rows that came into view were painted, asked for and read."""
    for _ in range(200):
        await pilot.pause(0.01)
        if what():
            return
    raise AssertionError


async def test_the_cursor_stays_on_its_item_where_rows_come_before_it() -> None:
    async with paged() as (screen, _pilot):
        await screen.reload()
        screen.table.cursor = 3
        screen.all = [-2, -1, *screen.all]
        await screen.reload()
        assert (screen.pages.current, screen.table.cursor) == (3, 5)


async def test_where_its_item_has_gone_the_cursor_stays_at_its_row() -> None:
    async with paged() as (screen, _pilot):
        await screen.reload()
        screen.table.cursor = 3
        screen.all.remove(3)
        await screen.reload()
        assert (screen.pages.current, screen.table.cursor) == (4, 3)


async def test_another_list_begins_at_its_first_row_or_at_the_item_that_is_asked_for() -> None:
    async with paged() as (screen, _pilot):
        await screen.reload()
        screen.table.cursor = 5
        screen.all = list(range(100, 200))
        await screen.reload(from_top=True)
        assert (screen.pages.current, screen.table.cursor) == (100, 0)
        await screen.reload(from_top=True, select=107)
        assert (screen.pages.current, screen.table.cursor) == (107, 7)


async def test_the_cursor_stays_where_it_was_moved_while_the_rows_were_read() -> None:
    async with paged() as (screen, pilot):
        await screen.reload()
        screen.let.clear()
        reading = asyncio.create_task(screen.reload())
        await pilot.pause()
        screen.all.insert(0, -1)
        screen.table.cursor = 4
        screen.let.set()
        await reading
        await screen.reload()
        assert (screen.pages.current, screen.table.cursor) == (4, 5)


async def test_rows_beyond_the_first_page_are_read_when_they_are_scrolled_to() -> None:
    async with paged() as (screen, pilot):
        await screen.reload()
        assert screen.asked == [(0, 60)]
        screen.table.action_move_to(-1)
        await until(pilot, lambda: screen.pages.current == 199)
        assert len(screen.asked) == 2
        assert len(screen.pages.items) < 100


async def test_a_page_that_arrives_late_does_not_move_the_cursor() -> None:
    async with paged() as (screen, pilot):
        await screen.reload()
        screen.let.clear()
        screen.table.action_move_to(150)
        await until(pilot, lambda: len(screen.asked) > 1)
        screen.table.action_move_to(2)
        screen.let.set()
        await until(pilot, lambda: 150 in screen.pages.items)
        assert (screen.pages.current, screen.table.cursor) == (2, 2)
        assert screen.pages.items[150] == 150


async def test_a_page_of_another_query_is_dropped() -> None:
    async with paged() as (screen, pilot):
        await screen.reload()
        screen.let.clear()
        late = [asyncio.create_task(screen.pages.fetch(60, 90)), asyncio.create_task(screen.reload())]
        await pilot.pause()
        up_to_date = [screen.pages.up_to_date]
        screen.asked_for, screen.all = "few", [7, 8]
        up_to_date.append(screen.pages.up_to_date)
        screen.let.set()
        await screen.reload(from_top=True)
        up_to_date.append(screen.pages.up_to_date)
        assert up_to_date == [True, False, True]
        await asyncio.gather(*late)
        assert screen.pages.items == {0: 7, 1: 8}
        assert screen.pages.count == 2


async def test_without_a_page_the_rows_are_asked_for_as_they_are_painted() -> None:
    async with paged() as (screen, pilot):
        screen.pages.clear(len(screen.all), cursor=199)
        assert screen.pages.current is None
        await until(pilot, lambda: screen.pages.current == 199)


async def test_only_what_changed_is_painted(painted: list[int]) -> None:
    async with paged() as (screen, pilot):
        await screen.reload()
        await pilot.pause()
        painted.clear()
        screen.word = "Nummer"
        screen.pages.repaint(lambda item: item in (4, 50))
        await pilot.pause()
        assert painted == [5]  # beneath the header
