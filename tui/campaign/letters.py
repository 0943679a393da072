"""Comparing what is typed: neither case nor Turkish marks count."""

from __future__ import annotations

from typing import Final

# Every kind of i is one: İ and I are typed with the same key, and ı by whoever has left the Turkish layout on.
_FOLDING: Final = str.maketrans("İIıŞşÇçĞğÖöÜü", "iiissccggoouu")


def folded(text: str) -> str:
    """Comparable, and of the same length."""
    return text.translate(_FOLDING).lower()
