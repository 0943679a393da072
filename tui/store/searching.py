"""Words that are looked for in a list: in its numbers, however they are written, and in its texts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from tui.campaign.phone import digits_searched
from tui.core.letters import WITH_MARKS, unmarked
from tui.store.sql import Sql, all_of, any_of, literally, names, sql

_MAX_APART: Final = 3  # groups of digits of which some may stand in a text; more are a number
_MAY_HAVE_MARKS: Final = re.compile(f"[{''.join(WITH_MARKS)}]", re.IGNORECASE)


def found_by(words: str, phone: Sql, texts: tuple[Sql, ...],
             spoken: tuple[Sql, ...] = ()) -> tuple[Sql, dict[str, str]]:
    """A condition and its values: each word is in the phone, as sent, or in one of the texts.

    `phone` and `texts` are columns. A number is found by any part of it, grouped and begun as people write it:
    `+90 533 12`, `(0533) 12`; groups that stand together are one part of it, not one here and one there. Letters are
    found whether they are one sign with their marks, or two. `spoken` are columns of names and the like, empty in most
    rows: there neither case nor Turkish marks count.
    """
    values: dict[str, str] = {}

    def named(sought: str) -> Sql:
        name = f"word{'_' * len(values)}"
        values[name] = sought
        return names(name)

    def contains(column: Sql, sought: str) -> Sql:
        return sql("{column} LIKE :{name} ESCAPE '!'", column=column, name=named(f"%{literally(sought)}%"))

    def spoken_of(column: Sql, sought: str) -> Sql:
        if (letter := sought.lower()) in WITH_MARKS:  # it is in most texts, and each way of writing it is sooner found
            ways = any_of([contains(column, way) for way in (letter, *WITH_MARKS[letter])])
            return sql("({column} <> '' AND {ways})", column=column, ways=ways)
        # To take its marks from a text takes longer than to see that the other letters are not there.
        rough = named(f"%{_MAY_HAVE_MARKS.sub('%', literally(sought))}%")
        return sql("({column} <> '' AND {column} LIKE :{rough} ESCAPE '!' AND {exact})", column=column, rough=rough,
                   exact=contains(sql("unmarked({column})", column=column), sought))

    def in_texts(word: str) -> list[Sql]:
        return [*(contains(text, form) for text in texts for form in _forms(word)),
                *(spoken_of(text, form) for text in spoken for form in _unmarked_forms(word))]

    def found(together: Sequence[str]) -> Sql:
        """Some of the groups are a part of the number, the others are in the texts."""
        ways = []
        for begin, end in _parts(len(together), within=bool(texts or spoken)):
            others = [any_of(in_texts(word)) for word in (*together[:begin], *together[end:])]
            part = " ".join(together[begin:end])
            ways.append(all_of([*([contains(phone, digits_searched(part) or part)] if part else []), *others]))
        return any_of(ways)

    return all_of([found(together) for together in _groups(words.split())]), values


def _parts(groups: int, *, within: bool) -> Iterator[tuple[int, int]]:
    """Which groups, from one up to another, may be the part of a number: all of them; where there are texts, fewer too.
    """
    yield 0, groups
    if not within:
        return
    if groups <= _MAX_APART:
        yield from ((begin, end) for begin in range(groups) for end in range(begin + 1, groups + 1)
                    if end - begin < groups)
    yield 0, 0


def _groups(words: Sequence[str]) -> Iterator[list[str]]:
    """Words that are looked for by themselves, and those that stand together as the groups of a number do."""
    together: list[str] = []
    for word in words:
        if together and not digits_searched(" ".join((*together, word))):
            yield together
            together = []
        together.append(word)
        if not digits_searched(" ".join(together)):
            yield together
            together = []
    if together:
        yield together


def _forms(word: str) -> Iterator[str]:
    """The word as it is typed, and with its marks in the letters and apart from them."""
    yield from dict.fromkeys((word, unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)))


def _unmarked_forms(word: str) -> Iterator[str]:
    """The word without Turkish marks; LIKE sees no case of a-z, of other letters each that a whole word may have."""
    plain = unmarked(unicodedata.normalize("NFC", word))
    if plain:  # else it is marks alone
        yield from dict.fromkeys([plain] if plain.isascii() else [plain, plain.lower(), plain.upper(), plain.title()])
