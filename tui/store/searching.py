"""Words that are looked for in a list: in its numbers, however they are written, and in its texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from tui.campaign.phone import digits_searched
from tui.core.letters import WITH_MARKS, unmarked
from tui.store.sql import Sql, all_of, any_of, literally, names, sql

_MAY_HAVE_MARKS: Final = re.compile(f"[{''.join(WITH_MARKS)}]", re.IGNORECASE)


def found_by(words: str, phone: Sql, texts: tuple[Sql, ...],
             spoken: tuple[Sql, ...] = ()) -> tuple[Sql, dict[str, str]]:
    """A condition and its values: each word is in the phone, as sent, or in one of the texts; or all are one number.

    `phone` and `texts` are columns. A number is found by any part of it, grouped and begun as people write it:
    `+90 533 12`, `(0533) 12`. Letters are found whether they are one sign with their marks, or two. `spoken` are
    columns of names and the like, empty in most rows: there neither case nor Turkish marks count.
    """
    values: dict[str, str] = {}

    def named(sought: str) -> Sql:
        name = f"word{'_' * len(values)}"
        values[name] = sought
        return names(name)

    def contains(column: Sql, sought: str) -> Sql:
        return sql("{column} LIKE :{name} ESCAPE '!'", column=column, name=named(f"%{literally(sought)}%"))

    def spoken_of(column: Sql, sought: str) -> Sql:
        # To take its marks from a text takes longer than to see that the other letters are not there.
        rough = named(f"%{_MAY_HAVE_MARKS.sub('%', literally(sought))}%")
        return sql("({column} <> '' AND {column} LIKE :{rough} ESCAPE '!' AND {exact})", column=column, rough=rough,
                   exact=contains(sql("unmarked({column})", column=column), sought))

    each = []
    for word in words.split():
        where = [contains(phone, digits_searched(word) or word)]
        where += [contains(text, form) for text in texts for form in _forms(word)]
        where += [spoken_of(text, form) for text in spoken for form in _unmarked_forms(word)]
        each.append(any_of(where))
    condition = all_of(each)
    whole = digits_searched(words)
    if whole and len(each) > 1:
        condition = any_of((condition, contains(phone, whole)))
    return condition, values


def _forms(word: str) -> Iterator[str]:
    """The word as it is typed, and with its marks in the letters and apart from them."""
    yield from dict.fromkeys((word, unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)))


def _unmarked_forms(word: str) -> Iterator[str]:
    """The word without Turkish marks; LIKE sees no case of a-z, of other letters each that a whole word may have."""
    plain = unmarked(unicodedata.normalize("NFC", word))
    if plain:  # else it is marks alone
        yield from dict.fromkeys([plain] if plain.isascii() else [plain, plain.lower(), plain.upper(), plain.title()])
