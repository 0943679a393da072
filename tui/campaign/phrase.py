"""What is read out to one number: words with spaces between (docs/provider.md, "Phrases")."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from msgspec import Struct

from tui.campaign.phone import BadPhone, wire_phone


class WordKind(StrEnum):
    """What a word of a phrase is (docs/provider.md, "Phrases")."""

    ANNOUNCEMENT = "announcement"
    DATE = "date"
    AMOUNT = "amount"
    BAD_DATE = "bad_date"
    TEXT = "text"  # the provider defines no other words: kept and shown, with a warning


class Word(Struct, frozen=True):
    kind: WordKind
    text: str


_ANNOUNCEMENT: Final = re.compile(r"#[0-9]{1,10}")
_DATE: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ZEROS: Final = re.compile(r"#0[0-9]+")
# Digits as people group a Turkish number, each group a word of its own.
_GROUPED: Final = re.compile(r"(?<!\S)(?:(?:\+?90\s+)?0?[2-9][0-9]{2}\s+[0-9]{3}\s+[0-9]{2}\s+[0-9]{2})(?!\S)")
_DIGITS_OF_A_PHONE: Final = 10
_SUSPECT: Final = re.compile(rf"(?<!\S)(?:#0[0-9]|[0-9]{{{_DIGITS_OF_A_PHONE}}})|{_GROUPED.pattern}")
_AMOUNT: Final = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,2})?")
# Dates that are in every calendar year: the 29th of February is left to the calendar.
_SURE_DATE: Final = (r"(?:(?:0?[1-9]|1[0-9]|2[0-8])/(?:0?[1-9]|1[0-2])|(?:29|30)/(?:0?[13-9]|1[0-2])"
                     r"|31/(?:0?[13578]|1[02]))/(?!0000)[0-9]{4}")
_PLAIN: Final = re.compile(rf"\s*(?:(?:{_ANNOUNCEMENT.pattern}|{_SURE_DATE}|{_AMOUNT.pattern})(?:\s+|\Z))*")


def words_of(phrase: str) -> Iterator[Word]:
    """The words of a phrase with what each is.

    >>> [word.kind.value for word in words_of("#456 15/11/2017 73.56 31/02/2017")]
    ['announcement', 'date', 'amount', 'bad_date']
    """
    for text in phrase.split():
        yield Word(_kind(text), text)


def is_plain(phrase: str) -> bool:
    """Whether every word is sure to be heard rightly. Where it says no, `words_of` has the last word.

    >>> is_plain("#456 15/11/2017 73.56"), is_plain("#456 Merhaba")
    (True, False)
    """
    return not phrase or _PLAIN.fullmatch(phrase) is not None


def odd_word(phrase: str) -> tuple[str, str] | None:
    """The first word that will be heard oddly, and why: `word`, `phone` or `zeros`; None where there is none.

    >>> odd_word("#456 0532 123 45 67"), odd_word("#0456"), odd_word("#456 73.56")
    (('phone', '0532 123 45 67'), ('zeros', '#0456'), None)
    """
    if is_plain(phrase) and not _SUSPECT.search(phrase):
        return None
    if found := _GROUPED.search(phrase):
        return "phone", found[0]
    for word in words_of(phrase):
        if word.kind in (WordKind.TEXT, WordKind.AMOUNT) and _is_phone(word.text):
            return "phone", word.text
        if word.kind is WordKind.TEXT:
            return "word", word.text
        if word.kind is WordKind.ANNOUNCEMENT and _ZEROS.fullmatch(word.text):
            return "zeros", word.text
    return None


def _is_phone(word: str) -> bool:
    """Whether it is a telephone number, which would be read out as an amount of money."""
    if sum(map(str.isdecimal, word)) < _DIGITS_OF_A_PHONE:
        return False
    try:
        wire_phone(word)
    except BadPhone:
        return False
    return True


def _kind(text: str) -> WordKind:
    if _ANNOUNCEMENT.fullmatch(text):
        return WordKind.ANNOUNCEMENT
    if found := _DATE.fullmatch(text):
        day, month, year = map(int, found.groups())
        try:
            dt.date(year, month, day)
        except ValueError:
            return WordKind.BAD_DATE
        return WordKind.DATE
    if _AMOUNT.fullmatch(text):
        return WordKind.AMOUNT
    return WordKind.TEXT
