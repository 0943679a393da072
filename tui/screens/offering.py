"""Rows that are offered beneath a line: what is typed decides which, the arrows go among them, enter takes one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, Final, Generic, Protocol, TypeVar

from textual import on
from textual.content import Content
from textual.widgets.option_list import Option

from tui.config.keymap import Place
from tui.i18n.words import say
from tui.widgets.binding import bindings, taken_in
from tui.widgets.editors import LineEditor
from tui.widgets.options import Options

T = TypeVar("T")
C_contra = TypeVar("C_contra", contravariant=True)
MAX_ROWS: Final = 200  # more are found by typing a part of the name


class Offering(Protocol[C_contra]):
    """What decides which rows are offered, and what becomes of one."""

    @property
    def line(self) -> LineEditor:
        """The line above the rows, which keeps the focus."""

    async def look(self) -> None:
        """Offer what fits to the line. Where rows come or go by themselves, the one that is marked stays marked."""

    def went_to(self, row: C_contra) -> None:
        """The operator went to a row."""

    def enter(self) -> None:
        """Take what was typed, or the row that is marked."""

    def choose(self, row: C_contra) -> None:
        """Take a row."""


class Offers(Options, Generic[T]):
    """The rows beneath the line."""

    def __init__(self, offering: Offering[T]) -> None:
        super().__init__()
        self._offering = offering
        self.rows: list[T] = []

    def on_mount(self) -> None:
        self.can_focus = False

    @property
    def row(self) -> T | None:
        """The row that is marked."""
        place = self.highlighted
        return self.rows[place] if place is not None and place < len(self.rows) else None

    def offer(self, rows: list[T], shown: Iterable[Content], marked: int | None) -> None:
        """Put other rows in the place of those that are there: how they are shown, and which of them is marked."""
        self.rows = rows
        self.clear_options()
        self.add_options(map(Option, islice(shown, MAX_ROWS)))
        if len(rows) > MAX_ROWS:
            more = say("screens.target.more", count=len(rows) - MAX_ROWS)
            self.add_option(Option(Content.assemble((more, "$muted")), disabled=True))
        self.highlighted = marked

    async def _caught_up(self) -> None:
        """Wait until the rows are those of all that was typed before this key, though both came in one burst."""
        await taken_in(self._offering.line)
        await self._offering.look()

    async def highlight(self, step: int) -> None:
        """Go down (1) or up (-1) among the rows."""
        await self._caught_up()
        if self.rows:
            last = min(len(self.rows), MAX_ROWS) - 1
            self.highlighted = max(0, min((self.highlighted or 0) + step, last))
            self._offering.went_to(self.rows[self.highlighted])

    async def enter(self) -> None:
        """What the key `enter` does in the line."""
        await self._caught_up()
        self._offering.enter()

    @on(Options.OptionSelected)
    def _clicked(self, event: Options.OptionSelected) -> None:
        event.stop()
        if event.option in self.options:  # else others have come since the click
            self._offering.choose(self.rows[event.option_index])


class OfferLine(LineEditor):
    """The line above the rows: what is typed decides which, the keys that go among them are pressed in it."""

    BINDINGS = bindings(Place.OFFERS)

    def __init__(self, offers: Offers[Any], text: str, placeholder: str) -> None:
        super().__init__(text, placeholder)
        self._offers = offers

    async def action_highlight(self, step: int) -> None:
        await self._offers.highlight(step)

    async def action_choose(self) -> None:
        await self._offers.enter()
