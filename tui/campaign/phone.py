"""Numbers that can be called, as the provider writes them (document, *phone_list*).

Four writings are the document's: `905321234567`, `05321234567`, `5321234567`, and `00491234567` for abroad. People also
type `+90 (532) 123-45 67`; that is understood. What a spreadsheet has mangled is a problem, never a repair.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from tui.campaign.reason import Reason

# Spaces of every width, invisible marks that come with copied cells, and the punctuation that people group digits with.
_SEPARATORS: Final = re.compile(r"[\s\-‐‑‒–—−().\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_SCIENTIFIC: Final = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
_DECIMAL: Final = re.compile(r"\d{6,}[.,]\d{1,2}")
_SEVERAL: Final = re.compile(r"[/;,|&]|\s(?:ve|veya|and|or)\s")
_TURKISH: Final = re.compile(r"[2-9]\d{9}")
_ABROAD: Final = re.compile(r"[1-9]\d{6,14}")
# +49 (0) 151…: dialled at home alone, and wrong from abroad.
_TRUNK_ZERO: Final = re.compile(r"\(\s*0\s*\)")

LONGEST_SHOWN: Final = 40


class BadPhone(Exception):
    """A number that can't be called as it is written; `reason` says what probably happened."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def wire_phone(typed: str) -> str:
    """The number as it is sent: `905321234567`, or `00491234567` for abroad. BadPhone where it can't be told.

    >>> wire_phone("0532 123 45 67")
    '905321234567'
    """
    text = _plain(typed)
    if not text:
        raise _bad("empty", typed)
    digits = text.removeprefix("+")
    if not digits.isdecimal():
        raise _bad(_what_is_odd(typed, text), typed)
    if text.startswith("+"):
        return _abroad_or_turkish(digits, typed)
    if digits.startswith("00"):
        return _abroad_or_turkish(digits[2:], typed)
    if len(digits) == 12:
        digits = digits.removeprefix("90")
    return "90" + _turkish_part(digits, typed)


def _plain(typed: str) -> str:
    # A footnote mark (²) or a ① is not a digit of the number, though normalising would make it one.
    if any(letter.isnumeric() and not letter.isdecimal() for letter in typed):
        return typed
    text = unicodedata.normalize("NFKC", typed).strip().removeprefix("'")
    without = _SEPARATORS.sub("", text)
    # A point among digits is grouping (532.123.45.67) unless it could be a decimal sign: that is looked at as typed.
    if _SCIENTIFIC.fullmatch(text) or _DECIMAL.fullmatch(text):
        return text
    return "".join(str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in without)


def _abroad_or_turkish(digits: str, typed: str) -> str:
    if digits.startswith("90"):
        return "90" + _turkish_part(digits[2:], typed)
    if not _ABROAD.fullmatch(digits) or _TRUNK_ZERO.search(typed):
        raise _bad("abroad", typed)
    return "00" + digits


def _turkish_part(digits: str, typed: str) -> str:
    digits = digits.removeprefix("0")
    if len(digits) < 10:
        raise _bad("short", typed)
    if len(digits) > 10:
        raise _bad("long", typed)
    if not _TURKISH.fullmatch(digits):
        raise _bad("no_area", typed)
    return digits


def _what_is_odd(typed: str, text: str) -> str:
    if _SCIENTIFIC.fullmatch(text):
        return "scientific"
    if _DECIMAL.fullmatch(text):
        return "decimal"
    if _SEVERAL.search(typed.strip()) and sum(letter.isdecimal() for letter in typed) >= 14:
        return "several"
    return "letters"


def _bad(code: str, typed: str) -> BadPhone:
    shown = typed if len(typed) <= LONGEST_SHOWN else typed[: LONGEST_SHOWN - 1] + "…"
    return BadPhone(Reason(f"campaign.phone.{code}", {"value": shown}))


def readable_phone(wire: str) -> str:
    """A number as people read it: 0532 123 45 67 for `905321234567`, +49 1234567… for `0049…`."""
    if wire.startswith("90") and len(wire) == 12:
        return f"0{wire[2:5]} {wire[5:8]} {wire[8:10]} {wire[10:]}"
    if wire.startswith("00"):
        return f"+{wire[2:]}"
    return wire
