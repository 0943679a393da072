"""Words that are looked for in a list: in its numbers, however they are written, and in its texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from tui.campaign.phone import digits_searched
from tui.store.sql import Sql, all_of, any_of, literally, names, sql


def found_by(words: str, phone: Sql, texts: tuple[Sql, ...]) -> tuple[Sql, dict[str, str]]:
    """A condition and its values: each word is in the phone, as sent, or in one of the texts; or all are one number.

    `phone` and `texts` are columns. A number is found by any part of it, grouped and begun as people write it:
    `+90 533 12`, `(0533) 12`. Letters are found whether they are one sign with their marks, or two.
    """
    values: dict[str, str] = {}

    def contains(column: Sql, sought: str) -> Sql:
        name = f"word{'_' * len(values)}"
        values[name] = f"%{literally(sought)}%"
        return sql("{column} LIKE :{name} ESCAPE '!'", column=column, name=names(name))

    each = []
    for word in words.split():
        where = [contains(phone, digits_searched(word) or word)]
        where += [contains(text, form) for text in texts for form in _forms(word)]
        each.append(any_of(where))
    condition = all_of(each)
    whole = digits_searched(words)
    if whole and len(each) > 1:
        condition = any_of((condition, contains(phone, whole)))
    return condition, values


def _forms(word: str) -> Iterator[str]:
    """The word as it is typed, and with its marks in the letters and apart from them."""
    yield from dict.fromkeys((word, unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)))
