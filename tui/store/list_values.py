"""What goes into a campaign's list and comes out of it, beside its rows: filters, steps, what was dropped."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tui.campaign.reason import Reason


class Which(StrEnum):
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


class StepKind(StrEnum):
    """What was done to a list; `store.step.<value>` is its text, with `count` rows."""

    ADD = "add"
    IMPORT = "import"
    EDIT = "edit"
    DROP = "drop"
    CLEAR = "clear"
    BRING_BACK = "bring_back"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done to a list, which can be taken back. `rows`: how many it was about."""

    id: int
    what: StepKind
    at: dt.datetime
    rows: int


@dataclass(frozen=True, slots=True)
class DroppedNumber:
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


@dataclass(frozen=True, slots=True)
class Hits:
    """Positions, in order, at which a search has found something up to `to`; None: there is no more to look through."""

    positions: array[int]
    to: int | None


@dataclass(frozen=True, slots=True)
class Marks:
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
