"""Lines of words: what is painted anew."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.strip import Strip

from tui.app.screen import AppScreen
from tui.text.lines import Line
from tui.widgets.text_lines import TextLines


class Small(App[None]):
    def compose(self) -> ComposeResult:
        yield TextLines(id="lines")


class SparingScreen(AppScreen[None]):
    def compose(self) -> ComposeResult:
        yield TextLines(id="lines")


class Apart(App[None]):
    def speak_waiting(self) -> None:
        """No language was chosen."""

    def show_wait(self) -> None:
        """Nothing waits."""

    def get_default_screen(self) -> Screen[None]:
        return SparingScreen()


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


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("later", [(), (Line("two"),)])
async def test_what_was_put_while_they_were_hidden_is_shown_thereafter(asked: bool, later: tuple[Line, ...]) -> None:
    """Whoever asks in between where they are: Textual takes them for shown then, and tells them of no size."""
    app = Apart()
    async with app.run_test(size=(40, 10)) as pilot:
        lines = app.screen.query_one(TextLines)
        lines.put([Line("one")])
        await pilot.pause()
        lines.display = False
        await pilot.pause()
        lines.put(later)
        app.screen._refresh_layout(scroll=True)  # as where something was scrolled
        lines.display = True
        if asked:
            assert lines.region.height
        await pilot.pause()
        assert lines.render_line(0).text.strip() == "".join(line.text for line in later)
