"""What the list of campaigns tells of results. Times are aware, in UTC."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Totals:
    """A campaign's results in figures. Numbers are people, calls are attempts to reach them.

    `called`, `answered`, `final` and `digits` count strangers too: numbers that were called and aren't in the list.
    Where numbers are called more than once (`called_again`), none is final: what is told of one doesn't say for which
    of its rows it was called.
    """

    numbers: int = 0  # of the list, that are called
    called: int = 0
    answered: int = 0
    final: int = 0  # that are not called any more
    strangers: int = 0
    final_strangers: int = 0
    notifications: int = 0  # each once
    records: int = 0  # call records, each once
    calls: int = 0  # what both tell of is one
    digits: Mapping[str, int] = field(default_factory=dict)  # digit as it came → numbers called; "" where there is none
    first_received_at: dt.datetime | None = None  # a notification; likewise the next two
    last_received_at: dt.datetime | None = None
    last_happened_at: dt.datetime | None = None
    called_again: int = 0  # rows of the list beyond the numbers: each calls one of them once more

    @property
    def keys(self) -> dict[str, int]:
        """Key that has a target → numbers; the keys that were pressed alone."""
        if not self.digits:
            return {}
        from tui.campaign.results import Pressed, pressed  # more than the list needs where nothing was pressed

        return {digit: many for digit, many in self.digits.items() if pressed(digit) is Pressed.KEY}

    @property
    def to_call(self) -> int:
        """Numbers of the list that were never called."""
        return self.numbers - (self.called - self.strangers)

    @property
    def complete(self) -> bool:
        """Whether the list is known, and each number of it is final."""
        return 0 < self.numbers <= self.final - self.final_strangers


NO_TOTALS: Final = Totals()


@dataclass(frozen=True, slots=True)
class ResultFilter:
    """Which numbers of a campaign are meant; all that is set holds. None and "": whatever."""

    called: bool | None = None
    answered: bool | None = None  # False: those that were never called, too
    final: bool | None = None  # likewise
    status: str | None = None  # the last one; "" is none that was ever told
    digit: str | None = None  # as it came; "" only those called of which none is known
    attempts: int | None = None  # 0: never called
    words: str = ""  # each of them is in the phone, as sent or as typed, or in the phrase


@dataclass(frozen=True, slots=True)
class Health:
    """What the results of a profile's campaigns look like from afar."""

    last_received_at: dt.datetime | None
    unreadable: int


@dataclass(frozen=True, slots=True)
class Beat:
    """A receiver that was there at `beat_at`."""

    name: str
    address: str
    started_at: dt.datetime
    beat_at: dt.datetime
    received_last_minute: int
    waiting: int = 0  # requests that were acknowledged there, and are not in the store yet
