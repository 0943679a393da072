"""The list of numbers that a campaign calls: its rows as they were typed, what is wrong with each, and repeats."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from tui.campaign.fields import LANGUAGES
from tui.campaign.phone import ValidationResult, validate_phone
from tui.campaign.phrase import WordKind, is_plain, odd_word, words_of
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys

_ODD: Final = TextKeys("campaign.number.{}", ("phone", "word", "zeros"))


class Number(Struct, frozen=True):
    """One row of the phone list as typed."""

    phone: str
    phrase: str = ""
    lang: str = ""
    reference: str = ""  # ours, never sent


class PhoneList(Struct, frozen=True):
    """What the rules need to know of a list, however long it is."""

    total: int = 0
    bad: int = 0
    duplicates: int = 0  # that are not called
    with_phrase: int = 0  # of the callable ones
    odd_phrases: int = 0
    premium: int = 0  # of the callable ones
    again: int = 0  # of the callable ones, those whose number an earlier one has
    repeated_numbers: int = 0  # numbers that have such rows

    @property
    def callable(self) -> int:
        """Rows that are called."""
        return self.total - self.bad - self.duplicates


def validate(number: Number) -> ValidationResult:
    """What is wrong with a row, the number first."""
    return validate_row(number.phone, number.phrase, number.lang)


def validate_row(phone: str, phrase: str = "", lang: str = "") -> ValidationResult:
    """What is wrong with a row that is no `Number` yet: a million of them need not be made to be validated."""
    found = validate_phone(phone)
    if found.phone is None or not (lang or phrase):
        return found
    lang = lang.strip()
    if lang and lang not in LANGUAGES:
        return found._replace(problem=Reason("campaign.number.lang", {"value": lang, "known": ", ".join(LANGUAGES)}))
    return _with_phrase(found, phrase) if phrase else found


def _with_phrase(found: ValidationResult, phrase: str) -> ValidationResult:
    if not is_plain(phrase):
        for word in words_of(phrase):
            if word.kind is WordKind.BAD_DATE:
                return found._replace(problem=Reason("campaign.number.date", {"value": word.text}))
    odd = odd_word(phrase)
    return found if odd is None else found._replace(odd=Reason(_ODD[odd[0]], {"value": odd[1]}))


class Sayings:
    """What the rows of one number say; they are to be given in their order, the first at once."""

    __slots__ = ("_said",)

    def __init__(self, phrase: str, lang: str) -> None:
        self._said = {_saying(phrase, lang)}

    def turn(self, phrase: str, lang: str) -> int | None:
        """Which call of its number another row would be, from 1; None where one before it says the same."""
        saying = _saying(phrase, lang)
        if saying in self._said:
            return None
        self._said.add(saying)
        return len(self._said) - 1


def says_other(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two rows of one number, each a phrase and its language, would be two different calls."""
    return _saying(*one) != _saying(*other)


def _saying(phrase: str, lang: str) -> tuple[str, str]:
    """A row's phrase and its language, in one writing.

    Blanks are as they are sent. The language is that of the phrase, Turkish where none is given (docs/provider.md,
    "Numbers"): rows without a phrase all say the same.
    """
    words = " ".join(phrase.split())
    return words, (lang.strip() or LANGUAGES[0]) if words else ""
