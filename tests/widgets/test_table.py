"""The table: what is asked for, and what is painted anew."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.strip import Strip

from tui.widgets.table import Cell, Column, Row, Table


class Small(App[None]):
    def compose(self) -> ComposeResult:
        yield Table([Column("name", "Name")], id="table")


def rows(*names: str) -> list[Row]:
    return [{"name": Cell(name)} for name in names]


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


async def test_only_rows_that_changed_are_painted_anew(painted: list[int]) -> None:
    app = Small()
    async with app.run_test(size=(40, 10)) as pilot:
        table = app.query_one(Table)
        table.renew(4, 0, rows("a", "b", "c", "d"))
        await pilot.pause()
        painted.clear()
        table.renew(4, 0, rows("a", "b", "C", "d"))
        await pilot.pause()
        assert painted == [3]  # beneath the header
        painted.clear()
        table.renew(4, 0, rows("a", "b", "C", "d"))
        await pilot.pause()
        assert painted == []


async def test_another_count_paints_what_is_gone_and_moves_the_cursor_within(painted: list[int]) -> None:
    app = Small()
    async with app.run_test(size=(40, 10)) as pilot:
        table = app.query_one(Table)
        table.renew(4, 0, rows("a", "b", "c", "d"), cursor=3)
        await pilot.pause()
        painted.clear()
        table.renew(2, 0, rows("a", "b"))
        await pilot.pause()
        assert set(painted) == {2, 3, 4}  # where the cursor comes to, and where there are no rows any more
        assert table.cursor == 1


async def test_rows_that_are_out_of_sight_cost_nothing(painted: list[int]) -> None:
    app = Small()
    async with app.run_test(size=(40, 10)) as pilot:
        table = app.query_one(Table)
        table.renew(100, 0, rows(*map(str, range(60))))
        await pilot.pause()
        painted.clear()
        table.renew(100, 0, rows(*map(str, range(50)), *("new" for _ in range(10))))
        await pilot.pause()
        assert painted == []
