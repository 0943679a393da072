"""Lines of text: keys that come in a burst act in the order in which they were pressed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.keys import _character_to_key
from textual.pilot import Pilot

from tui.widgets.editors import Edited, EntryLine, LineEditor, TextLine

KINDS: tuple[type[TextLine], ...] = (TextLine, LineEditor, EntryLine)


class Lines(App[None]):
    def __init__(self, line: TextLine) -> None:
        super().__init__()
        self.line = line
        self.edited: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.line

    def on_edited(self, event: Edited) -> None:
        self.edited.append(event.text)


def key(name: str) -> events.Key:
    return events.Key(_character_to_key(name), name) if len(name) == 1 else events.Key(name, None)


async def burst(pilot: Pilot[None], keys: Sequence[str]) -> None:
    """Nobody waits between two of them."""
    for name in keys:
        pilot.app.post_message(key(name))
    await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("keys", "text"), [
    ([*"amunt}", *["backspace"] * 4, *"ount}"], "amount}"),
    ([*"bc", "home", *"a", "end", *"d"], "abcd"),
    ([*"abd", "left", *"c"], "abcd"),
    ([*"abxcd", "left", "left", "backspace", "end", *"e"], "abcde"),
    ([*"one two", "ctrl+w", *"three"], "one three"),
    ([*"all of it", "ctrl+u", *"else"], "else"),
    ([*"abc", "home", "delete", *"x"], "xbc"),
])
async def test_editing_keys_act_in_their_turn(kind: type[TextLine], keys: list[str], text: str) -> None:
    app = Lines(kind(""))
    async with app.run_test() as pilot:
        app.line.focus()
        await pilot.pause()
        await burst(pilot, keys)
        assert app.line.value == text


async def test_a_line_tells_of_every_change() -> None:
    app = Lines(LineEditor(""))
    async with app.run_test() as pilot:
        app.line.focus()
        await pilot.pause()
        await burst(pilot, [*"ab", "backspace"])
    assert app.edited == ["a", "ab", "a"]
