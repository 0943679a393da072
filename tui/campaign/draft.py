"""The list of numbers that a campaign calls: its rows as they were typed, and what the rules need to know of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """One row of the phone list as typed."""

    phone: str
    phrase: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class PhoneList:
    """What the rules need to know of a list, however long it is."""

    total: int = 0
    bad: int = 0
    duplicates: int = 0  # that are not called
    with_phrase: int = 0  # of the callable ones
    odd_phrases: int = 0
    premium: int = 0  # of the callable ones
    again: int = 0  # of the callable ones, those whose number an earlier one has
    called_twice: int = 0  # numbers that have such rows

    @property
    def callable(self) -> int:
        """Rows that are called."""
        return self.total - self.bad - self.duplicates
