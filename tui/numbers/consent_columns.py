"""What the columns of an İYS file are: by their headings, or as somebody says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from tui.campaign.phone import validate_phone
from tui.core.whole_number import whole_number
from tui.numbers.errors import BadList
from tui.numbers.template import variable_name


class ConsentColumn(StrEnum):
    """What a column of an İYS file says. The words are those of the register's own interface, after which more come."""

    RECIPIENT = "recipient"
    TYPE = "type"  # the channel: calls, messages, e-mails
    STATUS = "status"
    RECIPIENT_TYPE = "recipient_type"
    DATE = "date"
    BRAND = "brand"


NEEDED: Final = (ConsentColumn.RECIPIENT, ConsentColumn.TYPE, ConsentColumn.STATUS, ConsentColumn.RECIPIENT_TYPE)
# What names a column, the surest first, as `_folded` writes it.
_NAMES: Final[Mapping[ConsentColumn, tuple[str, ...]]] = {
    ConsentColumn.RECIPIENT: (
        "alici", "recipient", "aliciadresi", "iletisimadresi", "iletisimbilgisi", "aliciiletisimadresi", "telefon",
        "telefonnumarasi", "telefonno", "ceptelefonu", "gsm", "gsmno", "msisdn", "phone", "phonenumber", "cep", "tel",
        "numara"),
    ConsentColumn.TYPE: (
        "izinturu", "izinkanali", "type", "consenttype", "iletikanali", "iletituru", "izintipi", "iletitipi", "kanal",
        "channel", "tur", "tip"),
    ConsentColumn.STATUS: ("izindurumu", "status", "consentstatus", "onaydurumu", "durum", "durumu"),
    ConsentColumn.RECIPIENT_TYPE: ("alicituru", "alicitipi", "recipienttype", "aliciturukodu"),
    ConsentColumn.DATE: ("izintarihi", "consentdate", "onaytarihi", "izinzamani", "izintarihisaati", "tarih", "date"),
    ConsentColumn.BRAND: ("markakodu", "brandcode", "iysmarkakodu", "iysbrandcode", "iyskodumarkakodu", "marka",
                          "brand"),
}
_DIGITS: Final = 5  # of a column's number
_MAX_SHOWN: Final = 20


def column_named(word: str) -> ConsentColumn | None:
    """What somebody means by a word: `RECIPIENT`, `Alıcı`, `phone`; None where that is nothing known."""
    plain = _folded(word)
    return next((column for column, names in _NAMES.items() if plain in names or plain == _folded(column)), None)


def places_of(row: Sequence[str], named: Mapping[ConsentColumn, str]) -> dict[ConsentColumn, int]:
    """The columns that a row names, as far as it does. `named`: headings, or numbers from 1, by what somebody says.

    BadList where two columns have the name, or one would be two things.
    """
    plain = [_folded(heading) for heading in row]
    places: dict[ConsentColumn, int] = {}
    for column, names in _NAMES.items():
        if (typed := named.get(column)) is not None:
            found = _candidates(row, plain, typed)
        else:
            found = next((at for name in names if (at := _all_of(plain, name))), [])
        if len(found) > 1 and (column in NEEDED or column in named or column is ConsentColumn.BRAND):
            raise BadList("numbers.column.several", value=named.get(column, row[found[0]]), found=shown(row, found))
        if found:
            places[column] = found[0]
    _must_be_one_thing(row, places, named)
    return places


def is_headless(row: Sequence[str], places: Mapping[ConsentColumn, int], named: Mapping[ConsentColumn, str]) -> bool:
    """Whether a row is one of the list already: every column is named by its number, and a number stands there."""
    return (all(whole_number(named.get(column, ""), _DIGITS) is not None for column in NEEDED)
            and validate_phone(row[places[ConsentColumn.RECIPIENT]]).phone is not None)


def shown(row: Sequence[str], places: Sequence[int] | None = None) -> str:
    """Columns by number and heading: `2 Durum`."""
    chosen = range(len(row)) if places is None else places
    texts = [f"{place + 1} {row[place].strip()}".strip() for place in chosen[:_MAX_SHOWN]]
    return ", ".join([*texts, "…"] if len(chosen) > _MAX_SHOWN else texts)


def _must_be_one_thing(row: Sequence[str], places: Mapping[ConsentColumn, int],
                       named: Mapping[ConsentColumn, str]) -> None:
    for column in named:
        for other, place in places.items():
            if other is not column and column in places and place == places[column]:
                raise BadList("numbers.column.twice", column=shown(row, [place]))


def _candidates(row: Sequence[str], plain: Sequence[str], typed: str) -> list[int]:
    """The columns that somebody may mean: those headed so, to the letter if there is one, else that of the number."""
    exact = [place for place, heading in enumerate(row) if heading.strip() and _letters(heading) == _letters(typed)]
    if exact:
        return exact
    if alike := _all_of(plain, _folded(typed)):
        return alike
    number = whole_number(typed.strip(), _DIGITS)
    return [number - 1] if number is not None and 0 < number <= len(row) else []


def _all_of(plain: Sequence[str], name: str) -> list[int]:
    return [place for place, each in enumerate(plain) if each == name and name]


def _letters(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def _folded(heading: str) -> str:
    """`Alıcı Türü` → alicituru."""
    return variable_name(heading).replace("_", "")
