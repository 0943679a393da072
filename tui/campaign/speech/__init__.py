"""What a callee hears of a phrase: dates and amounts in words, in the number's language (docs/provider.md, "Phrases").

The provider shows one sentence, in Turkish; **ours** is how other numbers, and the other two languages, are worded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final, Protocol

from msgspec import Struct

from tui.campaign.phrase import WordKind, words_of
from tui.campaign.speech import arabic, english, turkish


class SpokenWord(Struct, frozen=True):
    """One word of a phrase as it is heard; `announcement` is the ID where `kind` is ANNOUNCEMENT."""

    kind: WordKind
    text: str
    announcement: int | None = None


class _Language(Protocol):
    @property
    def AND(self) -> str: ...  # noqa: N802 - a constant of the language's module: what stands between lira and kuruş
    def date(self, day: dt.date) -> str: ...
    def lira(self, number: int) -> str: ...
    def kurus(self, number: int) -> str: ...


_DEFAULT: Final[_Language] = turkish
_LANGUAGES: Final[dict[str, _Language]] = {"tr-TR": turkish, "en-US": english, "ar-XA": arabic}


def heard(phrase: str, lang: str) -> Iterator[SpokenWord]:
    """What is heard of each word of a phrase. A date that doesn't exist and a word that is no date stay as typed.

    >>> [word.text for word in heard("#456 15/11/2017 73.56", "")]
    ['#456', 'on beş kasım iki bin on yedi', 'yetmiş üç lira elli altı kuruş']
    """
    for word in words_of(phrase):
        if word.kind is WordKind.DATE:
            day, month, year = map(int, word.text.split("/"))
            yield SpokenWord(word.kind, spoken_date(dt.date(year, month, day), lang))
        elif word.kind is WordKind.AMOUNT:
            yield SpokenWord(word.kind, spoken_amount(word.text, lang))
        elif word.kind is WordKind.ANNOUNCEMENT:
            yield SpokenWord(word.kind, word.text, int(word.text.removeprefix("#")))
        else:
            yield SpokenWord(word.kind, word.text)


def spoken_date(day: dt.date, lang: str) -> str:
    """A date in words. A `lang` that is blank or that the provider doesn't know is read as tr-TR."""
    return _language(lang).date(day)


def spoken_amount(text: str, lang: str) -> str:
    """An amount as phrases write it (`73`, `73.5`, `73.56`) in words. ValueError: it is no amount.

    A `lang` that is blank or that the provider doesn't know is read as tr-TR.

    Lira or kuruş of which there are 0 are not said, unless both are.

    >>> spoken_amount("73.5", "tr-TR"), spoken_amount("0.56", "en-US"), spoken_amount("0.00", "tr-TR")
    ('yetmiş üç lira elli kuruş', 'fifty-six kuruş', 'sıfır lira')
    """
    if [word.kind for word in words_of(text)] != [WordKind.AMOUNT]:
        raise ValueError(f"{text!r} is no amount")
    before, _, after = text.strip().partition(".")
    lira, kurus = int(before), int(after.ljust(2, "0"))
    language = _language(lang)
    parts = [language.lira(lira)] if lira or not kurus else []
    if kurus:
        parts.append(language.kurus(kurus))
    return language.AND.join(parts)


def _language(lang: str) -> _Language:
    return _LANGUAGES.get(lang.strip(), _DEFAULT)
