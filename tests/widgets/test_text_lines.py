"""Lines of words: what is painted anew."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.strip import Strip

from tui.widgets.text_lines import Line, TextLines


class Small(App[None]):
    def compose(self) -> ComposeResult:
        yield TextLines(id="lines")


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rows that were painted, in their order."""
    rows: list[int] = []
    paint = TextLines.render_line

    def noting(self: TextLines, y: int) -> Strip:
        rows.append(y)
        return paint(self, y)

    monkeypatch.setattr(TextLines, "render_line", noting)
    return rows


async def test_only_rows_that_look_other_than_before_are_painted_anew(painted: list[int]) -> None:
    app = Small()
    async with app.run_test(size=(40, 10)) as pilot:
        lines = app.query_one(TextLines)
        lines.put([Line("one", place="1"), Line("two", place="2"), Line("three", place="3")], "1")
        await pilot.pause()
        painted.clear()
        lines.put([Line("one", place="1"), Line("two", "bad", place="2"), Line("three", place="3"), Line("four")])
        await pilot.pause()
        assert sorted(painted) == [1, 3]
        painted.clear()
        lines.go("3")
        await pilot.pause()
        assert sorted(painted) == [0, 2]
        painted.clear()
        lines.put([Line("one", place="1")])
        await pilot.pause()
        assert sorted(painted) == [1, 2, 3]


async def test_more_lines_than_there_is_room_for_can_be_scrolled(painted: list[int]) -> None:
    app = Small()
    async with app.run_test(size=(40, 10)) as pilot:
        lines = app.query_one(TextLines)
        lines.put([Line(str(number)) for number in range(20)])
        await pilot.pause()
        assert lines.show_vertical_scrollbar
        assert lines.vertical_scrollbar.window_virtual_size == 20
        lines.put([Line(str(number)) for number in range(40)])
        await pilot.pause()
        assert lines.vertical_scrollbar.window_virtual_size == 40
        lines.put([Line("1")])
        await pilot.pause()
        assert not lines.show_vertical_scrollbar
