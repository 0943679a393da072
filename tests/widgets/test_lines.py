"""The line of keys at a screen's foot."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from tui.config.keymap import Place, used_in
from tui.i18n import words
from tui.widgets.binding import bindings
from tui.widgets.lines import KeyLine

LEFT_FROM = [place for place in Place
             if any(command.id == "app.back" and use.in_footer for command, use in used_in(place))]


def footer(place: Place) -> type[Screen[None]]:
    # What is in the foot is all that counts here: the owners of the commands are the real screen's.
    bound: list[BindingType] = [
        replace(each, action="app.bell") for each in bindings(place) if isinstance(each, Binding)]

    class Foot(Screen[None], inherit_bindings=False):
        BINDINGS = bound

        def compose(self) -> ComposeResult:
            yield KeyLine()

    return Foot


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("place", LEFT_FROM)
@pytest.mark.parametrize("width", [80, 200])
async def test_the_way_back_and_help_stand_in_every_footer(place: Place, width: int, language: str) -> None:
    words.use(language)
    app = App[None]()
    async with app.run_test(size=(width, 24)) as pilot:
        await app.push_screen(footer(place)())
        await pilot.pause()
        line = app.screen.query_one(KeyLine)
        shown = line.render()
        assert len(str(shown).rstrip()) <= width
        ids = [bound.binding.id for _, _, bound in line._spans]
        assert ids.count("app.back") == 1
        assert ("app.help" in ids) == any(command.id == "app.help" and use.in_footer for command, use in used_in(place))
