"""What the operator typed: a text for each field, kept as typed even where it is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.campaign.fields import IVR
from tui.campaign.schedule import ALL_DAYS

NEW_DAYS = ",".join(map(str, ALL_DAYS))


@dataclass(frozen=True, slots=True)
class Draft:
    """Texts by wire field name. What is blank or missing was left alone and is not sent.

    Texts are those of the form: a boolean is `true` or `false`, days are `1,2,5` or NO_DAYS, a date is ISO or
    DD.MM.YYYY.
    """

    values: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """The text of a field without the blanks around it; "" where it was left alone."""
        return self.values.get(name, "").strip()

    @property
    def call_type(self) -> str:
        return self["call_type"]

    @property
    def name(self) -> str:
        return self["name"]


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


def new_values(call_type: str = IVR) -> dict[str, str]:
    """The values of a new draft: the days are always sent, so they are there to be seen from the start."""
    return {"call_type": call_type, "active_days": NEW_DAYS}
