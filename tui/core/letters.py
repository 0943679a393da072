"""Comparing what is typed: neither case nor Turkish marks count."""

from __future__ import annotations

import unicodedata
from typing import Final

# Every kind of i is one: İ and I are typed with the same key, and ı by whoever has left the Turkish layout on.
_FOLDING: Final = str.maketrans("İIıŞşÇçĞğÖöÜü", "iiissccggoouu")


# Blanks that come with copied cells and pages.
_BLANKS: Final = str.maketrans("\u00a0\u2007\u202f", "   ")


def composed(text: str) -> str:
    """Text as keyboards write it: marks in their letters, blanks that may be broken. Others come from files and pages.

    >>> composed("S\u0327is\u0327li\u00a05") == "Şişli 5"
    True
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_BLANKS)


def folded(text: str) -> str:
    """Comparable, and of the same length."""
    return text.translate(_FOLDING).lower()
