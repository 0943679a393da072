"""Rows that are offered beneath a line: what is typed decides which, the arrows go among them, enter takes one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from itertools import islice
from typing import Final, Generic, TypeVar

from textual import on
from textual.content import Content
from textual.widgets.option_list import Option

from tui.app.screen import Dialog
from tui.config.keymap import Place
from tui.i18n.words import say
from tui.widgets.binding import bindings, taken_in
from tui.widgets.editors import Edited, LineEditor
from tui.widgets.options import Options

T = TypeVar("T")
MOST_ROWS: Final = 200  # more are found by typing a part of the name


class OffersDialog(Dialog[None], Generic[T]):
    """It is made of a line, which keeps the focus, and options."""

    BINDINGS = bindings(Place.OFFERS)
    AUTO_FOCUS = "LineEditor"

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[T] = []

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(Options).can_focus = False

    @property
    def line(self) -> LineEditor:
        return self.query_one(LineEditor)

    @property
    def row(self) -> T | None:
        """The row that is marked."""
        place = self.query_one(Options).highlighted
        return self._rows[place] if place is not None and place < len(self._rows) else None

    def offer(self, rows: list[T], shown: Iterable[Content], marked: int | None) -> None:
        """Put other rows in the place of those that are there: how they are shown, and which of them is marked."""
        self._rows = rows
        listed = self.query_one(Options)
        listed.clear_options()
        listed.add_options(map(Option, islice(shown, MOST_ROWS)))
        if len(rows) > MOST_ROWS:
            more = say("screens.target.more", count=len(rows) - MOST_ROWS)
            listed.add_option(Option(Content.assemble((more, "$muted")), disabled=True))
        listed.highlighted = marked

    @abstractmethod
    def show(self) -> None:
        """Offer what fits to the line. Where rows come or go by themselves, the one that is marked stays marked."""

    @abstractmethod
    def at(self, row: T) -> None:
        """The operator went to a row."""

    @abstractmethod
    def enter(self) -> None:
        """Take what was typed, or the row that is marked."""

    @abstractmethod
    def take_row(self, row: T) -> None:
        """Take a row."""

    @on(Edited)
    def _typed(self, event: Edited) -> None:
        event.stop()
        self.show()

    async def caught_up(self) -> None:
        """Wait until the rows are those of all that was typed before this key, though both came in one burst."""
        await taken_in(self.line)
        self.show()

    async def action_highlight(self, step: int) -> None:
        await self.caught_up()
        if self._rows:
            listed = self.query_one(Options)
            last = min(len(self._rows), MOST_ROWS) - 1
            listed.highlighted = max(0, min((listed.highlighted or 0) + step, last))
            self.at(self._rows[listed.highlighted])

    async def action_choose(self) -> None:
        await self.caught_up()
        self.enter()

    @on(Options.OptionSelected)
    def _clicked(self, event: Options.OptionSelected) -> None:
        event.stop()
        if event.option in self.query_one(Options).options:  # else others have come since the click
            self.take_row(self._rows[event.option_index])

    def action_leave(self) -> None:
        self.dismiss()
