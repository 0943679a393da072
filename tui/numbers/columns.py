"""What the columns of a list are: by their headings, and by what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

from tui.campaign.fields import LANGUAGES
from tui.campaign.phone import BadPhone, wire_phone
from tui.campaign.phrase import WordKind, words_of
from tui.numbers.cells import Cell, text_of
from tui.numbers.template import variable_name


class Role(StrEnum):
    """What a column is for. Every column can also be a variable of the phrase template."""

    PHONE = "phone"
    PHRASE = "phrase"
    LANG = "lang"
    REFERENCE = "reference"  # by what the operator knows whom a row is about; it is kept, and never sent
    OTHER = "other"


class ListColumn(Struct, frozen=True):
    """`place` from 0; `heading` as it stands in the list, "" without a header; `name` of its variable, unique."""

    place: int
    heading: str
    name: str
    role: Role


_UNSURE: Final = ("numara", "no")  # may as well count the rows
# What names a column, the surest first: in a list with `No` and `Telefon` the numbers are under Telefon.
_NAMES: Final[Mapping[Role, tuple[str, ...]]] = {
    Role.PHONE: ("phone", "telefon", "gsm", "cep", "phonenumber", "telefonno", "telefonnumarasi", "ceptelefonu",
                 "cepno", "gsmno", "tel", "telno", "mobile", "mobil", "msisdn", *_UNSURE),
    Role.PHRASE: ("phrase", "cumle", "mesaj"),
    Role.LANG: ("lang", "dil", "language"),
}
# What names a reference: first what is each customer's own, then names. It is proposed to whoever sees that, and else
# kept only where that was asked for: lists are full of names.
_SAYING_SO: Final = ("referans", "reference")
_REFERENCES: Final = (
    *_SAYING_SO, "referansno", "referanskodu", "referenceno", "referencenumber", "referenceid", "ref", "refno",
    "musterino", "musterinumarasi", "musterikodu", "musteriid", "customerno", "customernumber", "customerid",
    "customercode", "clientno", "clientid", "carikodu", "carikod", "carino", "carihesapkodu", "accountno",
    "accountnumber", "accountid", "hesapno", "aboneno", "tesisatno", "sozlesmeno", "policeno", "dosyano", "uyeno",
    "hastano", "ogrencino", "sicilno", "musteri", "musteriadi", "musteriadisoyadi", "musteriunvani", "customer",
    "customername", "client", "clientname", "cari", "cariadi", "cariunvan", "cariunvani", "adsoyad", "adisoyadi",
    "advesoyad", "adivesoyadi", "adsoyadi", "isimsoyisim", "adsoyisim", "fullname", "unvan", "unvani", "firma",
    "firmaadi", "isim", "name", "kisi", "abone", "uye", "hasta", "ogrenci", "ad", "adi")
# Headings such as `Müşteri Cep Tel.` or `Mobile phone 1`: believed where numbers stand below.
_PHONE_STEMS: Final = ("telefon", "gsm", "cep", "phone", "mobil", "msisdn", "tel")
_ROWS_JUDGED: Final = 100
_DIGITS_OF_A_NUMBER: Final = 5
_SHARE: Final = 0.5


def named(headings: Sequence[str]) -> dict[Role, int]:
    """The columns that a header names outright."""
    plain = [_folded(heading) for heading in headings]
    found = {}
    for role, names in _NAMES.items():
        if name := next((name for name in names if name in plain), None):
            found[role] = plain.index(name)
    return found


def role_named(word: str) -> Role | None:
    """What a column headed so is for: `PHONE`, `Telefon`, `cümle`; None where that is nothing known."""
    return Role.REFERENCE if _folded(word) in _SAYING_SO else next(iter(named([word])), None)


def reference_of(headings: Sequence[str], rows: Sequence[Sequence[Cell]], taken: Collection[int]) -> int | None:
    """The column, but for those that are something else, whose heading names a reference; None where none does.

    One that is empty is none.
    """
    filled = _filled(rows, len(headings))
    plain = {_folded(heading): place for place, heading in reversed(list(enumerate(headings)))
             if place not in taken and filled[place]}
    return next((plain[name] for name in _REFERENCES if name in plain), None)


def roles_of(headings: Sequence[str], rows: Sequence[Sequence[Cell]], width: int) -> dict[Role, int]:
    """The column of each role by its name, and where no name says, by content.

    No PHONE where that is none or more than one.
    """
    found = named(headings)
    filled = _filled(rows, width)
    phone = _phone_column(headings, filled, found)
    found.pop(Role.PHONE, None)
    if phone is not None:
        found[Role.PHONE] = phone
    for role, fits in ((Role.LANG, _is_language), (Role.PHRASE, _is_phrase)):
        places = [place for place in range(width) if place not in found.values() and _holds(filled[place], fits)]
        if role not in found and len(places) == 1:
            found[role] = places[0]
    return found


def _phone_column(headings: Sequence[str], filled: Sequence[Sequence[str]], found: Mapping[Role, int]) -> int | None:
    named_so = found.get(Role.PHONE)
    others = {place for role, place in found.items() if role is not Role.PHONE}
    holding = [place for place, texts in enumerate(filled) if place not in others and _holds(texts, is_phone)]
    if named_so is not None and _folded(headings[named_so]) not in _UNSURE and (
            not holding or not filled[named_so] or _holds(filled[named_so], is_like_number)):
        return named_so  # even where all its numbers are mangled: another column's digits are no substitute
    like_it = [place for place in holding if place < len(headings) and is_like_phone(headings[place])]
    if like_it:
        return like_it[0]
    if named_so in holding or (named_so is not None and not holding):
        return named_so
    return holding[0] if len(holding) == 1 else None


def columns_of(headings: Sequence[str], width: int, roles: Mapping[Role, int]) -> tuple[ListColumn, ...]:
    """All columns. Without a heading a variable is called by its column's number, from 1: `{2}`."""
    role_at = {place: role for role, place in roles.items()}
    taken: set[str] = set()
    columns = []
    for place in range(width):
        heading = headings[place] if place < len(headings) else ""
        name = _unique(variable_name(heading) or str(place + 1), taken)
        taken.add(name)
        columns.append(ListColumn(place, heading, name, role_at.get(place, Role.OTHER)))
    return tuple(columns)


def is_phone(text: str) -> bool:
    try:
        wire_phone(text)
    except BadPhone:
        return False
    return True


def is_like_number(text: str) -> bool:
    """Whether a number was meant, be it mangled: `5,32124E+09`."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(map(str.isdecimal, text)) >= _DIGITS_OF_A_NUMBER and letters in ([], ["E"], ["e"])


def names_numbers(headings: Sequence[str], below: Sequence[Sequence[Cell]]) -> bool:
    """Whether a row names a column of numbers, and is no row of values in which such a name stands: `Ayşe;;cep`.

    Numbers stand below that name; where they stand in no column, what is below is not like the name.
    """
    filled = _filled(below, len(headings))
    surely = named(headings).get(Role.PHONE)
    for place, heading in enumerate(headings):
        if (place == surely or is_like_phone(heading)) and _holds(filled[place], is_like_number):
            return True
    if surely is None or any(_holds(texts, is_phone) for texts in filled):
        return False
    return not stands_again(headings, below)


def stands_again(first: Sequence[str], below: Sequence[Sequence[Cell]]) -> bool:
    """Whether a cell of a row stands in its column below as well, as values do; a heading that comes again is none."""
    whole = [text.casefold() for text in first]
    for row in below[:_ROWS_JUDGED]:
        texts = [text_of(cell).strip().casefold() for cell in row[:len(whole)]]
        if texts != whole and any(text and text == heading for text, heading in zip(texts, whole, strict=False)):
            return True
    return False


def names_phone(heading: str) -> bool:
    """Whether a heading says of itself that numbers stand below it."""
    return is_like_phone(heading) or Role.PHONE in named([heading])


def is_like_phone(heading: str) -> bool:
    """Whether a heading speaks of telephones, among other words: `Müşteri Cep Tel.`."""
    plain = _folded(heading)
    return any(stem in plain for stem in _PHONE_STEMS)


def phone_places(rows: Sequence[Sequence[Cell]], width: int) -> list[int]:
    """The columns in which numbers stand."""
    return [place for place, texts in enumerate(_filled(rows, width)) if _holds(texts, is_phone)]


def _filled(rows: Sequence[Sequence[Cell]], width: int) -> list[list[str]]:
    """What stands in each column of the first rows."""
    return [[text for row in rows[:_ROWS_JUDGED] if place < len(row) and (text := text_of(row[place]).strip())]
            for place in range(width)]


def _holds(texts: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return bool(texts) and sum(map(fits, texts)) >= _SHARE * len(texts)


def _is_language(text: str) -> bool:
    return text in LANGUAGES


def _is_phrase(text: str) -> bool:
    return any(word.kind is WordKind.ANNOUNCEMENT for word in words_of(text))


def _unique(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    count = 2
    while f"{name}_{count}" in taken:
        count += 1
    return f"{name}_{count}"


def _folded(heading: str) -> str:
    """`Cümle` → cumle, `GSM No` → gsmno."""
    return variable_name(heading).replace("_", "")


def columns_text(columns: Sequence[ListColumn], places: Sequence[int] = ()) -> str:
    """The columns in question, or all, as they are headed."""
    chosen = [column for column in columns if column.place in places] or columns
    return ", ".join(column.heading for column in chosen if column.heading) or "—"
