"""Numbers, dates and money in English words.

The words are ICU's (`en-US`): numbers by `%spellout-cardinal`, the day of a date by `%spellout-ordinal`, its year by
`%spellout-numbering-year`. The currency is Turkey's; neither of its names has a plural in English.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from tui.campaign.speech.groups import groups

AND: Final = " "  # nothing is said between lira and kuruş
MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                 "November", "December")
_BELOW_TWENTY: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_POWERS: Final = ("", " thousand", " million", " billion")
_ORDINALS: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth", "twenty": "twentieth", "thirty": "thirtieth",
}


def spell_out(number: int) -> str:
    """A whole number, 0 … 999 999 999 999, American: without “and”. ValueError beyond that.

    >>> spell_out(1_121)
    'one thousand one hundred twenty-one'
    """
    found = [f"{_below_thousand(group)}{_POWERS[power]}" for power, group in groups(number)]
    return " ".join(found) or _BELOW_TWENTY[0]


def date(day: dt.date) -> str:
    """Month, day and year, American. The year is read by hundreds, but not where its hundreds and units are both bare.

    >>> date(dt.date(2017, 11, 15)), date(dt.date(2009, 5, 21))
    ('November fifteenth, twenty seventeen', 'May twenty-first, two thousand nine')
    """
    return f"{MONTHS[day.month - 1]} {_ordinal(day.day)}, {_year(day.year)}"


def lira(number: int) -> str:
    return f"{spell_out(number)} lira"


def kurus(number: int) -> str:
    return f"{spell_out(number)} kuruş"


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    hundred = f"{_BELOW_TWENTY[hundreds]} hundred"
    return f"{hundred} {_below_hundred(rest)}" if rest else hundred


def _below_hundred(number: int) -> str:
    if number < 20:
        return _BELOW_TWENTY[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}-{_BELOW_TWENTY[ones]}" if ones else _TENS[tens]


def _ordinal(day: int) -> str:
    head, hyphen, last = _below_hundred(day).rpartition("-")
    return f"{head}{hyphen}{_ORDINALS.get(last, last + 'th')}"


def _year(year: int) -> str:
    hundreds, rest = divmod(year, 100)
    # 987, 1000 … 1009, 2000 … 2009: “ten oh-five” and “twenty hundred” are not said.
    if hundreds < 10 or (hundreds % 10 == 0 and rest < 10):
        return spell_out(year)
    if rest == 0:
        return f"{_below_hundred(hundreds)} hundred"
    return f"{_below_hundred(hundreds)} {'oh-' if rest < 10 else ''}{_below_hundred(rest)}"
