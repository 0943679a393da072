"""Turkish public holidays, those of the moon's year too. Which days they are is known by the library `holidays`.

It is loaded by the first question: `load` asks one ahead, in a thread, where a screen would wait for it.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from tui.core.reason import Localized

HALF_DAY_BEGINS: Final = dt.time(13)  # law 2429: the eve of a religious feast and 28 October, from one o'clock
# Farther ahead nothing is looked for: for a campaign that runs on for years that much is said.
LOOKED_AHEAD: Final = dt.timedelta(days=2 * 365)
_ESTIMATED: Final = " (tahmini)"
_FROM_ONE: Final = " (saat 13.00'ten)"


class Name(StrEnum):
    """Turkey's public holidays; the value ends the key of the text."""

    NEW_YEAR = "new_year"
    CHILDREN = "children"
    LABOUR = "labour"
    YOUTH = "youth"
    DEMOCRACY = "democracy"
    VICTORY = "victory"
    REPUBLIC = "republic"
    RAMADAN = "ramadan"
    SACRIFICE = "sacrifice"


_NAMES: Final = {
    "Yılbaşı": Name.NEW_YEAR, "Ulusal Egemenlik ve Çocuk Bayramı": Name.CHILDREN,
    "Emek ve Dayanışma Günü": Name.LABOUR, "Atatürk'ü Anma, Gençlik ve Spor Bayramı": Name.YOUTH,
    "Demokrasi ve Millî Birlik Günü": Name.DEMOCRACY, "Zafer Bayramı": Name.VICTORY,
    "Cumhuriyet Bayramı": Name.REPUBLIC, "Ramazan Bayramı": Name.RAMADAN, "Kurban Bayramı": Name.SACRIFICE,
}


class Holiday(Struct, frozen=True):
    """One holiday, of one day or several in a row. `half`: on its first day only from one o'clock."""

    name: str  # a Name, or what the library calls one that is new
    first: dt.date
    last: dt.date
    half: bool = False
    estimated: bool = False  # the moon has the last word


class Holidays(Localized, Struct, frozen=True):
    """Some holidays in their order: a part of a sentence, which names them in the language it is said in."""

    days: tuple[Holiday, ...]
    today: dt.date  # those of another year are shown with it

    def __bool__(self) -> bool:
        return bool(self.days)


Calendar = Callable[[dt.date, dt.date], tuple[Holiday, ...]]


def no_calendar(_first: dt.date, _last: dt.date) -> tuple[Holiday, ...]:
    """No holidays are known."""
    return ()


def turkish(first: dt.date, last: dt.date) -> tuple[Holiday, ...]:
    """The public holidays that touch the days from `first` to `last`, which is at most LOOKED_AHEAD later."""
    found = (holiday for year in range(first.year - 1, last.year + 1) for holiday in _of_year(year))
    return tuple(holiday for holiday in found if holiday.last >= first and holiday.first <= last)


def loaded() -> bool:
    """Whether `turkish` answers at once."""
    return "holidays.countries.turkey" in sys.modules and _of_year.cache_info().currsize > 0


def load() -> None:
    """Load the library: some 0.1 s."""
    _of_year(2026)


@cache
def _of_year(year: int) -> tuple[Holiday, ...]:
    """The holidays that begin in a year, the days of one put together."""
    import holidays

    days = []
    for category in (holidays.HALF_DAY, holidays.PUBLIC):
        # A feast that begins at the end of December goes on in the next year.
        known = holidays.country_holidays("TR", years=(year - 1, year, year + 1), categories=category, language="tr")
        days += [(day, name) for day in known for name in known.get_list(day)]
    found: list[Holiday] = []
    open_ended: dict[str, int] = {}
    for day, text in sorted(days):
        plain = text.removesuffix(_ESTIMATED).removesuffix(_FROM_ONE)
        name = _NAMES.get(plain, plain)
        place = open_ended.get(name)
        if place is not None and found[place].last == day - dt.timedelta(days=1):
            found[place] = replace(found[place], last=day)
            continue
        open_ended[name] = len(found)
        found.append(Holiday(name, day, day, half=_FROM_ONE in text, estimated=_ESTIMATED in text))
    return tuple(holiday for holiday in found if holiday.first.year == year)
