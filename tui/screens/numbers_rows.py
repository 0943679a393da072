"""The rows of a draft's list as they are read: what is shown of each, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from msgspec import Struct

from tui.campaign.phone import readable_phone, remark
from tui.campaign.phone_list import Number, says_other, validate
from tui.core.reason import Reason
from tui.operations.services import Services
from tui.screens.numbers_filter import NumberFilter
from tui.store import RowFilter, StoredNumber
from tui.text.formats import sentence
from tui.widgets.table import Cell, Row

_UNREMARKABLE: Final = frozenset({"screens.numbers.duplicate", "screens.numbers.said_before"})


class ShownNumber(Struct, frozen=True):
    """A row of the list, and what is to be said of it; None where nothing is."""

    number: StoredNumber
    reason: Reason | None


class NumberRows:
    """By their places among those that the filter names."""

    def __init__(self, campaign_id: int, shown: NumberFilter, keeps_repeats: Callable[[], bool]) -> None:
        """`keeps_repeats`: whether the draft calls a number once for each phrase."""
        self._campaign_id = campaign_id
        self._filter = shown
        self._keeps_repeats = keeps_repeats

    async def read(self, services: Services, start: int, limit: int) -> list[ShownNumber]:
        """Up to `limit` rows from the `start`-th on. StoreError."""
        numbers, hits, marks = services.store.numbers, self._filter.hits, self._filter.marks
        if hits is not None:
            page = await services.thread(numbers.at, self._campaign_id, hits[start:start + limit])
        else:
            page = await services.thread(numbers.page, self._campaign_id, start, limit,
                                         which=RowFilter(self._filter.name))
        repeated = {number.duplicate_of for number in page if number.duplicate_of is not None}
        found = await services.thread(numbers.at, self._campaign_id, sorted(repeated)) if repeated else []
        firsts = {first.position: first for first in found}
        repeating = [number.position for number in page if number.duplicate_of is not None]
        turns = (await services.thread(services.store.recipients.turns, self._campaign_id, repeating) if repeating
                 else dict[int, int]())
        return [ShownNumber(number, marks.reason(place) if marks is not None and place < len(marks)
                            else self._reason(number, firsts, turns.keys()))
                for place, number in enumerate(page, start)]

    def cells(self, shown: ShownNumber) -> Row:
        """What the table shows of a row."""
        number, reason = shown.number, shown.reason
        problem = Cell(number.lang, "muted") if reason is None else Cell(sentence(reason), self._tone(number, reason))
        return {
            "typed": Cell(number.typed), "phone": Cell(readable_phone(number.phone) if number.phone else "—", "muted"),
            "reference": Cell(number.reference), "phrase": Cell(number.phrase, "muted"), "problem": problem,
        }

    def _reason(self, number: StoredNumber, firsts: Mapping[int, StoredNumber],
                called_again: Collection[int]) -> Reason | None:
        """`firsts`: by their positions, those that rows repeat; `called_again`: positions of those that say something
        else than all before them."""
        if number.problem is not None:
            return number.problem
        if number.duplicate_of is not None:
            again = number.position in called_again
            return self._repeated(number, firsts.get(number.duplicate_of), called_again=again)
        return (remark(number.phone or "", number.typed, valid=number.valid)
                or validate(Number(number.typed, number.phrase, number.lang)).odd)

    def _tone(self, number: StoredNumber, reason: Reason) -> str:
        if number.problem is not None and self._filter.marks is None:
            return "bad"
        return "muted" if reason.code in _UNREMARKABLE else "doubt"

    def _repeated(self, number: StoredNumber, first: StoredNumber | None, *, called_again: bool) -> Reason:
        """That a row repeats the number of another, named by its line in the file, or by its place in the list; and
        whether it is called all the same."""
        where = str(number.duplicate_of)
        if first is not None:  # else it has gone meanwhile
            where = str(first.position if first.line is None else first.line)
        if self._keeps_repeats():
            key = "screens.numbers.called_again" if called_again else "screens.numbers.said_before"
            return Reason(key, {"first": where})
        if first is not None and says_other((first.phrase, first.lang), (number.phrase, number.lang)):
            return Reason("screens.numbers.repeated", {"first": where})
        if first is not None and number.reference not in ("", first.reference):
            return Reason("screens.numbers.other_reference", {"first": where})
        return Reason("screens.numbers.duplicate", {"first": where})
