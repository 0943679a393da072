"""Comparing what is typed: neither case nor Turkish marks count."""

from __future__ import annotations

import unicodedata
from typing import Final

# Letters with Turkish marks, by the letter that one types who leaves these out. Every kind of i is one: İ and I are
# typed with the same key, and ı by whoever has left the Turkish layout on.
WITH_MARKS: Final = {"a": "Ââ", "c": "Çç", "g": "Ğğ", "i": "İıÎî", "o": "Öö", "s": "Şş", "u": "ÜüÛû"}
MARKS: Final = "\u0302\u0306\u0307\u0308\u0327"  # the same marks, where they stand apart from their letters
# Each of the one is as the letter of the other in its place; those beyond its end are no letters.
MARKED: Final = "".join(WITH_MARKS.values()) + MARKS
UNMARKED: Final = "".join(plain * len(marked) for plain, marked in WITH_MARKS.items())
_WITHOUT_MARKS: Final = str.maketrans(MARKED[:len(UNMARKED)], UNMARKED, MARKS)
_FOLDING: Final = str.maketrans(
    {"I": "i"} | {letter: plain for plain, marked in WITH_MARKS.items() for letter in marked})

# Blanks that come with copied cells and pages.
_BLANKS: Final = str.maketrans("\u00a0\u2007\u202f", "   ")


def composed(text: str) -> str:
    """Text as keyboards write it: marks in their letters, blanks that may be broken. Others come from files and pages.

    >>> composed("S\u0327is\u0327li\u00a05") == "Şişli 5"
    True
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_BLANKS)


def unmarked(text: str) -> str:
    """A text without Turkish marks; capitals stay, but for those that had one.

    >>> unmarked("ÇIĞLIK Şef")
    'cIgLIK sef'
    """
    return text if text.isascii() else text.translate(_WITHOUT_MARKS)


def folded(text: str) -> str:
    """Comparable, and of the same length."""
    return text.translate(_FOLDING).lower()
