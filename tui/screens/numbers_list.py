"""The rows of a draft's list: what is told of each, and the pages of them that are read as one goes."""

from __future__ import annotations

from array import array
from functools import partial
from typing import Final

from textual import events, on
from textual.app import ComposeResult

from tui.campaign.fields import TYPED_NUMBERS
from tui.campaign.phone import readable_phone, remark
from tui.campaign.phone_list import Number, says_other, validate
from tui.core.reason import Reason
from tui.i18n.words import say
from tui.screens.form_pane import FormPane
from tui.store import MarkedRows, RowFilter, StoredNumber
from tui.text.formats import sentence
from tui.widgets.editors import EntryLine, TextLine
from tui.widgets.lines import Note
from tui.widgets.table import Cell, Column, Row, Table

_UNREMARKABLE: Final = frozenset({"screens.numbers.duplicate", "screens.numbers.said_before"})


class NumbersList(FormPane):
    """The rows that the filter names, each with what is wrong with it."""

    def __init__(self, campaign_id: int) -> None:
        super().__init__()
        self.campaign_id = campaign_id
        self.rows: dict[int, StoredNumber] = {}
        self._firsts: dict[int, StoredNumber] = {}  # by their positions, those that rows seen here repeat
        self._called_again: set[int] = set()  # positions of those that say something else than all before them
        self.which: str = RowFilter.ALL
        self.marks: MarkedRows | None = None  # of the filter that was come to, where the store doesn't count it
        self.hits: array[int] | None = None  # the positions that are shown; None: all that a filter of the store names
        self.looking = False  # for what the filter or the words name: till then the rows are those of before

    def compose(self) -> ComposeResult:
        yield EntryLine(self.form.values.get(TYPED_NUMBERS, ""), say("screens.numbers.add"), id="add")
        yield Note(id="list-filters")
        yield TextLine(placeholder=say("screens.numbers.search"), compact=True, id="search")
        yield Table([
            Column("typed", say("screens.numbers.typed"), 18),
            Column("phone", say("screens.numbers.phone"), 16),
            Column("phrase", say("screens.numbers.phrase"), 24, least=110),
            Column("problem", say("screens.numbers.problem")),
        ], id="numbers")

    def on_mount(self) -> None:
        self.form.keep_typed(self.query_one("#add", EntryLine).standing)  # several lines stand in it as one

    def take_focus(self) -> None:
        self.screen.set_focus(self.query_one("#add"))

    @on(Table.Moved)
    def _moved(self, event: Table.Moved) -> None:
        event.stop()
        self.tell_row(event.row)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """What was said of another section is over; in the table one is at a row already."""
        if isinstance(event.widget, Table):
            self.tell_row(event.widget.cursor)
        else:
            self.form.tell_help("")

    def tell_row(self, row: int) -> None:
        """What is to be said of a row, in full: its column has little room."""
        number = self.rows.get(row)
        told = self._told(row, number) if number is not None else None
        self.form.tell_help(sentence(told) if told is not None else "")

    def _told(self, row: int, number: StoredNumber) -> Reason | None:
        if self.marks is not None and row < len(self.marks):
            return self.marks.reason(row)
        if number.problem is not None:
            return number.problem
        if number.duplicate_of is not None:
            return self._repeated(number, self._firsts.get(number.duplicate_of))
        told = remark(number.phone or "", number.typed, valid=number.valid)
        return told or validate(Number(number.typed, number.phrase, number.lang)).odd

    @on(Table.Wanted)
    def _wanted(self, event: Table.Wanted) -> None:
        event.stop()
        self.work(partial(self._fetch, event.start, event.end), group="numbers-page", exclusive=True)

    async def _fetch(self, start: int, stop: int) -> None:
        services, numbers = self.form.services, self.form.services.store.numbers
        if self.hits is not None:
            page = await services.thread(numbers.at, self.campaign_id, self.hits[start:stop])
        elif self.looking:
            return
        else:
            page = await services.thread(numbers.page, self.campaign_id, start, stop - start,
                                         which=RowFilter(self.which))
        repeated = {number.duplicate_of for number in page if number.duplicate_of is not None}
        firsts = await services.thread(numbers.at, self.campaign_id, sorted(repeated)) if repeated else []
        self._firsts |= {first.position: first for first in firsts}
        repeating = [number.position for number in page if number.duplicate_of is not None]
        turns = (await services.thread(services.store.recipients.turns, self.campaign_id, repeating) if repeating
                 else dict[int, int]())
        self._called_again = self._called_again.difference(number.position for number in page) | turns.keys()
        self.rows |= {start + place: number for place, number in enumerate(page)}
        table = self.query_one(Table)
        table.put(start, [self.row_of(start + place, number) for place, number in enumerate(page)])
        if self.form.focused is table and start <= table.cursor < stop:
            self.tell_row(table.cursor)

    def _tone(self, number: StoredNumber, told: Reason) -> str:
        if number.problem is not None and self.marks is None:
            return "bad"
        return "muted" if told.code in _UNREMARKABLE else "doubt"

    def row_of(self, row: int, number: StoredNumber) -> Row:
        told = self._told(row, number)
        problem = Cell(number.lang, "muted") if told is None else Cell(sentence(told), self._tone(number, told))
        return {
            "typed": Cell(number.typed), "phone": Cell(readable_phone(number.phone) if number.phone else "—", "muted"),
            "phrase": Cell(number.phrase, "muted"), "problem": problem,
        }

    def _repeated(self, number: StoredNumber, first: StoredNumber | None) -> Reason:
        """That a row repeats the number of another, named by its line in the file, or by its place in the list; and
        whether it is called all the same."""
        where = str(number.duplicate_of)
        if first is not None:  # else it has gone meanwhile
            where = str(first.position if first.line is None else first.line)
        if self.form.draft.keeps_repeats:
            called = number.position in self._called_again
            return Reason("screens.numbers.called_again" if called else "screens.numbers.said_before", {"first": where})
        other = first is not None and says_other((first.phrase, first.lang), (number.phrase, number.lang))
        return Reason("screens.numbers.repeated" if other else "screens.numbers.duplicate", {"first": where})
