"""What goes into a campaign's list and comes out of it: its rows, filters, steps, what was dropped."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import Struct

from tui.campaign.numbering import NumberKind
from tui.core.reason import Reason


class RowFilter(StrEnum):
    """The filters of a list that the store counts as its rows change.

    But for PROBLEMS they are of rows without a problem. NOT_VALID: libphonenumber knows no such number.
    """

    ALL = "all"
    PROBLEMS = "problems"
    NOT_VALID = "not_valid"
    DUPLICATES = "duplicates"
    MOBILE = "mobile"
    LANDLINE = "landline"
    TOLL_FREE = "toll_free"
    ABROAD = "abroad"
    OTHER = "other"


class ListStepKind(StrEnum):
    """What was done to a list; `store.step.<value>` is its text, with `count` rows."""

    ADD = "add"
    IMPORT = "import"
    EDIT = "edit"
    DROP = "drop"
    CLEAR = "clear"
    BRING_BACK = "bring_back"


class ListStep(Struct, frozen=True):
    """One thing that was done to a list, which can be undone. `rows`: how many it was about."""

    id: int
    what: ListStepKind
    at: dt.datetime
    rows: int


class DroppedNumber(Struct, frozen=True):
    """A row that was taken out of a list, and why."""

    id: int
    at: dt.datetime
    why: Reason
    typed: str
    phone: str | None
    phrase: str
    lang: str
    problem: Reason | None
    line: int | None
    reference: str = ""


class Hits(Struct, frozen=True):
    """Positions, in order, at which a search has found something up to `to`; None: there is no more to look through."""

    positions: array[int]
    to: int | None


class MarkedRows(Struct, frozen=True):
    """Rows that were looked up, by position in order, with what was found of each.

    They are of the list as it was at `step`: what was done to it last then.
    """

    positions: array[int]
    causes: array[int]
    reasons: Mapping[int, Reason]
    step: int

    def __len__(self) -> int:
        return len(self.positions)

    def reason(self, place: int) -> Reason:
        """Why the row at a place (from 0) of these is among them."""
        return self.reasons[self.causes[place]]


class NumberRow(Struct, frozen=True):
    """A row of a list, to be added. ValueError where it has neither a number that can be called nor a problem."""

    typed: str
    phone: str | None  # as it is sent
    phrase: str = ""
    lang: str = ""
    problem: Reason | None = None
    kind: NumberKind | None = None
    valid: bool = True  # whether libphonenumber knows such a number
    line: int | None = None  # of the file, from 1, where it is worth to be looked up
    reference: str = ""  # by what the operator knows whom it is about, as it is kept

    def __post_init__(self) -> None:
        if self.phone is None and self.problem is None:
            raise ValueError("a row without a phone says why")


class StoredNumber(Struct, frozen=True):
    """A row of a campaign's list. It is called where it has no problem and isn't a duplicate."""

    position: int  # stays the row's own while others are dropped
    typed: str
    phone: str | None
    phrase: str
    lang: str
    problem: Reason | None
    duplicate_of: int | None  # position of the first row without a problem that has the same phone
    kind: NumberKind | None = None
    valid: bool = True
    line: int | None = None
    reference: str = ""

    @property
    def callable(self) -> bool:
        """Whether it is called, where the campaign doesn't keep repeats."""
        return self.problem is None and self.duplicate_of is None


@dataclass(frozen=True, slots=True)  # a Struct compares every field
class Summary:
    """A campaign's list in figures. A row is bad or a duplicate or callable, never two of them."""

    total: int = 0
    bad: int = 0
    duplicates: int = 0
    callable: int = 0
    with_phrase: int = 0  # of the callable ones
    problems: Mapping[str, int] = field(default_factory=dict)  # reason code → rows, most frequent first
    invalid: int = 0  # that libphonenumber doesn't know, of those without a problem
    kinds: Mapping[NumberKind, int] = field(default_factory=dict)  # of those without a problem, duplicates too
    undo: ListStep | None = field(default=None, compare=False)  # what `undo` would take back

    def count(self, which: RowFilter) -> int:
        """How many rows a filter names."""
        match which:
            case RowFilter.ALL:
                return self.total
            case RowFilter.PROBLEMS:
                return self.bad
            case RowFilter.NOT_VALID:
                return self.invalid
            case RowFilter.DUPLICATES:
                return self.duplicates
        return self.kinds.get(NumberKind(which), 0)
