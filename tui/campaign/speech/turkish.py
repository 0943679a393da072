"""Numbers, dates and money in Turkish words.

The words are ICU's (`tr`, `%spellout-cardinal`); the provider's example has the same: *on beş kasım iki bin on yedi*,
*yetmiş üç lira elli altı kuruş*.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from tui.campaign.speech.groups import groups

AND: Final = " "  # nothing is said between lira and kuruş
MONTHS: Final = ("ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim", "kasım",
                 "aralık")
_ZERO: Final = "sıfır"
_ONES: Final = ("", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz")
_TENS: Final = ("", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan")
_HUNDRED: Final = "yüz"
_POWERS: Final = ("", "bin", "milyon", "milyar")


def spell_out(number: int) -> str:
    """A whole number, 0 … 999 999 999 999. ValueError beyond that.

    >>> spell_out(1_100_017)
    'bir milyon yüz bin on yedi'
    """
    words: list[str] = []
    for power, group in groups(number):
        # A thousand and a hundred are said without “bir”, a million is not.
        if (power, group) != (1, 1):
            words += _below_thousand(group)
        words.append(_POWERS[power])
    return " ".join(filter(None, words)) or _ZERO


def date(day: dt.date) -> str:
    """Day, month and year, as the provider has them.

    >>> date(dt.date(2017, 11, 15))
    'on beş kasım iki bin on yedi'
    """
    return f"{spell_out(day.day)} {MONTHS[day.month - 1]} {spell_out(day.year)}"


def lira(number: int) -> str:
    return f"{spell_out(number)} lira"


def kurus(number: int) -> str:
    return f"{spell_out(number)} kuruş"


def _below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    return [_ONES[hundreds] if hundreds > 1 else "", _HUNDRED if hundreds else "", _TENS[tens], _ONES[ones]]
