"""Whether a widget is still there, at each step of its way out."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from tui.widgets.presence import gone, there


class Parts(App[None]):
    CSS = ".hidden { display: none; }"

    def compose(self) -> ComposeResult:
        with Vertical(id="around"):
            yield Static(id="shown")
            yield Static(id="hidden", classes="hidden")


@pytest.mark.parametrize("part", ["shown", "hidden"])
async def test_what_is_in_a_widget_goes_as_soon_as_that_does(part: str) -> None:
    app = Parts()
    async with app.run_test():
        around, inside = app.query_one("#around"), app.query_one(f"#{part}")
        assert there(around)
        assert there(inside)
        going = around.remove()
        assert gone(around)
        assert gone(inside)
        await going
        assert gone(around)
        assert gone(inside)


async def test_a_widget_goes_as_soon_as_it_is_taken_away_and_alone() -> None:
    app = Parts()
    async with app.run_test():
        shown = app.query_one("#shown")
        going = shown.remove()
        assert gone(shown)
        assert there(app.query_one("#around"))
        await going
        assert gone(shown)


async def test_a_hidden_widget_goes_once_it_ends() -> None:
    app = Parts()
    async with app.run_test():
        hidden = app.query_one("#hidden")
        assert there(hidden)
        await hidden.remove()
        assert gone(hidden)


async def test_a_widget_that_is_hidden_later_is_there() -> None:
    app = Parts()
    async with app.run_test():
        app.query_one("#around").display = False
        assert there(app.query_one("#around"))
        assert there(app.query_one("#shown"))


async def test_where_the_app_ends_all_goes() -> None:
    app = Parts()
    async with app.run_test():
        around = app.query_one("#around")
    assert gone(around)
