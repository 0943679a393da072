"""Waiting for a widget to take in what was sent to it."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.message import Message
from textual.widgets import Static

from tui.widgets.binding import taken_in


class Go(Message):
    """Wait for the other one."""


class Waiting(Static):
    other: Waiting
    went_on = False

    async def on_go(self, event: Go) -> None:
        event.stop()
        await taken_in(self.other)
        self.went_on = True


class Two(App[None]):
    def compose(self) -> ComposeResult:
        yield Waiting(id="one")
        yield Waiting(id="two")


async def test_two_that_wait_for_each_other_both_go_on() -> None:
    app = Two()
    async with app.run_test() as pilot:
        one, two = app.query(Waiting)
        one.other, two.other = two, one
        one.post_message(Go())
        two.post_message(Go())
        await pilot.pause()
        assert (one.went_on, two.went_on) == (True, True)


async def test_one_that_waits_for_itself_goes_on() -> None:
    app = Two()
    async with app.run_test() as pilot:
        one = app.query(Waiting).first()
        one.other = one
        one.post_message(Go())
        await pilot.pause()
        assert one.went_on
