"""The rows of a draft's list as far as they were read: what is shown of each, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tui.campaign.phone import readable_phone, remark
from tui.campaign.phone_list import Number, says_other, validate
from tui.core.reason import Reason
from tui.operations.services import Services
from tui.screens.numbers_filter import NumberFilter
from tui.store import RowFilter, StoredNumber
from tui.text.formats import sentence
from tui.widgets.table import Cell, Row

_UNREMARKABLE: Final = frozenset({"screens.numbers.duplicate", "screens.numbers.said_before"})


class NumberRows:
    """By their places among those that the filter names."""

    def __init__(self, campaign_id: int, shown: NumberFilter, keeps_repeats: Callable[[], bool]) -> None:
        """`keeps_repeats`: whether the draft calls a number once for each phrase."""
        self._campaign_id = campaign_id
        self._filter = shown
        self._keeps_repeats = keeps_repeats
        self.known: dict[int, StoredNumber] = {}
        self._firsts: dict[int, StoredNumber] = {}  # by their positions, those that rows seen here repeat
        self._called_again: set[int] = set()  # positions of those that say something else than all before them

    async def read(self, services: Services, start: int, stop: int) -> list[Row] | None:
        """The rows from `start` up to `stop`; None where it isn't known yet which those are. StoreError."""
        numbers, shown = services.store.numbers, self._filter
        if shown.hits is not None:
            page = await services.thread(numbers.at, self._campaign_id, shown.hits[start:stop])
        elif shown.looking:
            return None
        else:
            page = await services.thread(numbers.page, self._campaign_id, start, stop - start,
                                         which=RowFilter(shown.name))
        repeated = {number.duplicate_of for number in page if number.duplicate_of is not None}
        firsts = await services.thread(numbers.at, self._campaign_id, sorted(repeated)) if repeated else []
        self._firsts |= {first.position: first for first in firsts}
        repeating = [number.position for number in page if number.duplicate_of is not None]
        turns = (await services.thread(services.store.recipients.turns, self._campaign_id, repeating) if repeating
                 else dict[int, int]())
        self._called_again = self._called_again.difference(number.position for number in page) | turns.keys()
        self.known |= {start + place: number for place, number in enumerate(page)}
        return [self.cells(start + place) for place in range(len(page))]

    def cells(self, row: int) -> Row:
        """What the table shows of a row that was read."""
        number, reason = self.known[row], self.reason(row)
        problem = Cell(number.lang, "muted") if reason is None else Cell(sentence(reason), self._tone(number, reason))
        return {
            "typed": Cell(number.typed), "phone": Cell(readable_phone(number.phone) if number.phone else "—", "muted"),
            "phrase": Cell(number.phrase, "muted"), "problem": problem,
        }

    def reason(self, row: int) -> Reason | None:
        """What is to be said of a row; None where nothing is, or it has not been read."""
        number = self.known.get(row)
        if number is None:
            return None
        if self._filter.marks is not None and row < len(self._filter.marks):
            return self._filter.marks.reason(row)
        if number.problem is not None:
            return number.problem
        if number.duplicate_of is not None:
            return self._repeated(number, self._firsts.get(number.duplicate_of))
        return (remark(number.phone or "", number.typed, valid=number.valid)
                or validate(Number(number.typed, number.phrase, number.lang)).odd)

    def _tone(self, number: StoredNumber, reason: Reason) -> str:
        if number.problem is not None and self._filter.marks is None:
            return "bad"
        return "muted" if reason.code in _UNREMARKABLE else "doubt"

    def _repeated(self, number: StoredNumber, first: StoredNumber | None) -> Reason:
        """That a row repeats the number of another, named by its line in the file, or by its place in the list; and
        whether it is called all the same."""
        where = str(number.duplicate_of)
        if first is not None:  # else it has gone meanwhile
            where = str(first.position if first.line is None else first.line)
        if self._keeps_repeats():
            called = number.position in self._called_again
            return Reason("screens.numbers.called_again" if called else "screens.numbers.said_before", {"first": where})
        other = first is not None and says_other((first.phrase, first.lang), (number.phrase, number.lang))
        return Reason("screens.numbers.repeated" if other else "screens.numbers.duplicate", {"first": where})
