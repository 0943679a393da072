"""Words that are looked for in a list: in its numbers, however they are written, and in its texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from tui.campaign.phone import digits_searched
from tui.store.rows import literally


def found_by(words: str, phone: str, texts: Sequence[str]) -> tuple[str, dict[str, str]]:
    """A condition and its values: each word is in the phone, as sent, or in one of the texts; or all are one number.

    `phone` and `texts` are columns. A number is found by any part of it, grouped and begun as people write it:
    `+90 533 12`, `(0533) 12`. Letters are found whether they are one sign with their marks, or two.
    """
    values: dict[str, str] = {}

    def contains(column: str, sought: str) -> str:
        name = f"word{'_' * len(values)}"
        values[name] = f"%{literally(sought)}%"
        return f"{column} LIKE :{name} ESCAPE '!'"

    each = []
    for word in words.split():
        where = [contains(phone, digits_searched(word) or word)]
        where += [contains(text, form) for text in texts for form in _forms(word)]
        each.append(f"({' OR '.join(where)})")
    condition = " AND ".join(each) or "1 = 1"
    whole = digits_searched(words)
    if whole and len(each) > 1:
        condition = f"({condition} OR {contains(phone, whole)})"
    return condition, values


def _forms(word: str) -> Iterator[str]:
    """The word as it is typed, and with its marks in the letters and apart from them."""
    yield from dict.fromkeys((word, unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)))
