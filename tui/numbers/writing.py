"""Dates and amounts as people and spreadsheets write them, turned into the provider's words.

The provider reads `15/11/2017` as a date and `73.56` as money (docs/provider.md, "Phrases"). Lists write
`15.11.2017`, `2017-11-15`, `1.234,56`, `1,234.56 TL`. Some writings can be read in two ways: `03/04/2026`, `1.234`.
Which is meant the column's other values say; where they don't, it is asked, never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

from tui.numbers.cells import Cell, Missing, text_of


class Writing(StrEnum):
    """How a column's values are written, and so what becomes of them."""

    TEXT = "text"  # read out as it stands
    WHOLE = "whole"  # digits alone: instalments, codes; stays as it is
    DATE = "date"  # only what can be read in one way: 2017-11-15, 15.11.2017, 15/11/2017, a date cell
    DAY_FIRST = "day_first"  # and 03/04/2026 is in April
    MONTH_FIRST = "month_first"  # and 03/04/2026 is in March
    AMOUNT = "amount"  # only what can be read in one way: 1.234,56, 1,234.56, 73.5, a number cell
    DECIMAL_COMMA = "decimal_comma"  # and 1.234 is 1234
    DECIMAL_POINT = "decimal_point"  # and 1,234 is 1234


DATES: Final = (Writing.DAY_FIRST, Writing.MONTH_FIRST)
AMOUNTS: Final = (Writing.DECIMAL_COMMA, Writing.DECIMAL_POINT)
# A column with a few blanks, dashes or "yok" among its dates is a column of dates.
_SHARE: Final = 0.9

_TIME: Final = r"(?:[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})" + _TIME)
_YEAR_LAST: Final = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})" + _TIME)
_WHOLE: Final = re.compile(r"[0-9]{1,12}")
# The lira, which is what the provider says; another currency would be said as lira, so it stays text.
_LIRA: Final = re.compile(r"(?:₺|TL|TRY)\s*(?P<after>[0-9].*)|(?P<before>.*[0-9])\s*(?:₺|TL|TRY)", re.IGNORECASE)
_BLANKS: Final = re.compile(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?![0-9]))")
_COMMA: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,12}),([0-9]{1,2})0*")
_POINT: Final = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})\.([0-9]{1,2})0*")
_MANY_POINTS: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_MANY_COMMAS: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}")
_TWO_WAYS: Final = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
# What nearly every cell of a column is like, so that it needs no second look: with what groups and the decimal sign.
_USUAL: Final[Mapping[Writing, tuple[Callable[[str], object], str, str]]] = {
    Writing.DECIMAL_COMMA: (re.compile(r"(?:[1-9][0-9]{0,11}|0|[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,3}),[0-9]{2}").fullmatch,
                            ".", ","),
    Writing.DECIMAL_POINT: (re.compile(r"(?:[1-9][0-9]{0,11}|0|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,3})\.[0-9]{2}").fullmatch,
                            ",", "."),
    Writing.AMOUNT: (re.compile(r"(?:0|[1-9][0-9]{0,11})[.,][0-9]{2}").fullmatch, " ", ","),
}
_MAX: Final = 10**12


def writing_of(cells: Iterable[Cell]) -> tuple[Writing, Cell]:
    """How a column is written, by its first values; and one of them that can be read in two ways, "" if none.

    Where there is such a value the writing is DATE or AMOUNT: what is meant must be asked.
    """
    filled = [cell for cell in cells if not isinstance(cell, str) or cell.strip()]
    enough = _SHARE * len(filled)
    if not filled:
        return Writing.TEXT, ""
    days = [cell for cell in filled if _day(cell, Writing.DATE) or _is_two_ways_date(cell)]
    # A day that no month has makes a column no text: its row can't be called, and all others are read out as dates.
    if days and len(days) + sum(map(_is_no_day, filled)) >= enough:
        return _decided(days, Writing.DATE, _decided_date, _is_two_ways_date)
    sums = [cell for cell in filled if _money(cell, Writing.AMOUNT) or _is_two_ways_amount(cell)]
    if len(sums) >= enough:
        if all(map(_is_whole, sums)):
            return Writing.WHOLE, ""
        return _decided(sums, Writing.AMOUNT, _decided_amount, _is_two_ways_amount)
    return Writing.TEXT, ""


def _decided(
    cells: list[Cell], unsure: Writing, writing_of_cell: Callable[[Cell], Writing | None],
    is_two_ways: Callable[[Cell], bool],
) -> tuple[Writing, Cell]:
    found = {choice for choice in map(writing_of_cell, cells) if choice is not None}
    if len(found) == 1:
        return found.pop(), ""
    return unsure, next((cell for cell in cells if is_two_ways(cell)), "")


def converter(writing: Writing) -> Callable[[Cell], str | None]:
    """What turns a cell of a column so written into a word of the phrase; it gives None where the cell doesn't fit."""
    match writing:
        case Writing.TEXT:
            return _as_text
        case Writing.WHOLE:
            return _as_whole
        case Writing.DATE | Writing.DAY_FIRST | Writing.MONTH_FIRST:
            # A list has few days and many rows.
            return lru_cache(maxsize=4096)(lambda cell: _day(cell, writing))
    usual, grouping, decimal = _USUAL.get(writing, _USUAL[Writing.AMOUNT])

    def money(cell: Cell) -> str | None:
        if type(cell) is float and 0 <= cell < _MAX:
            text = f"{cell:.2f}"
            if float(text) == cell:
                return text
        elif isinstance(cell, str) and usual(cell):
            return cell.replace(grouping, "").replace(decimal, ".")
        return _money(cell, writing)

    return money


def _as_text(cell: Cell) -> str | None:
    return None if isinstance(cell, Missing) else " ".join(text_of(cell).split())


def _as_whole(cell: Cell) -> str | None:
    return text_of(cell).strip() if _is_whole(cell) else None


def _is_whole(cell: Cell) -> bool:
    return not isinstance(cell, bool) and bool(_WHOLE.fullmatch(text_of(cell).strip()))


# Dates

def _day(cell: Cell, writing: Writing) -> str | None:
    """`15/11/2017`; None where it is no date or can be read in two ways."""
    if isinstance(cell, dt.date):
        return _written(cell.day, cell.month, cell.year)
    if not isinstance(cell, str):
        return None
    text = cell.strip()
    if found := _YEAR_FIRST.fullmatch(text):
        return _written(int(found[4]), int(found[3]), int(found[1]))
    if not (found := _YEAR_LAST.fullmatch(text)):
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == "." or writing is Writing.DAY_FIRST or first == second:  # points are never put after the month
        return _written(first, second, year)
    if writing is Writing.MONTH_FIRST:
        return _written(second, first, year)
    if first > 12:
        return _written(first, second, year)
    return _written(second, first, year) if second > 12 else None


def _written(day: int, month: int, year: int) -> str | None:
    try:
        dt.date(year, month, day)
    except ValueError:
        return None
    return f"{day:02}/{month:02}/{year:04}"


def _is_no_day(cell: Cell) -> bool:
    """Whether it is written as a date, and is none: 31.02.2026, 00.00.0000."""
    if not isinstance(cell, str) or not (_YEAR_FIRST.fullmatch(cell.strip()) or _YEAR_LAST.fullmatch(cell.strip())):
        return False
    return _day(cell, Writing.DATE) is None and not _is_two_ways_date(cell)


def _is_two_ways_date(cell: Cell) -> bool:
    return _day(cell, Writing.DATE) is None and _day(cell, Writing.DAY_FIRST) is not None


def _decided_date(cell: Cell) -> Writing | None:
    found = _YEAR_LAST.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if found is None or found[2] == ".":
        return None
    if int(found[1]) > 12:
        return Writing.DAY_FIRST
    return Writing.MONTH_FIRST if int(found[3]) > 12 else None


# Amounts

def _money(cell: Cell, writing: Writing) -> str | None:
    """`1234.56`, always with the kuruş, so that it is money; None where it is no amount or can be read in two ways.

    A number cell is rounded to the kuruş, half up, as a spreadsheet shows it; a text with more places is no amount.
    """
    if isinstance(cell, str):
        return _text_money(_plain(cell), writing)
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not 0 <= cell < _MAX:
        return None
    return str(Decimal(repr(cell)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def _plain(text: str) -> str:
    text = text.strip()
    if lira := _LIRA.fullmatch(text):
        text = lira["after"] or lira["before"]
    return _BLANKS.sub("", text)


def _text_money(text: str, writing: Writing) -> str | None:
    if _WHOLE.fullmatch(text):
        return _kurus(text, "")
    if writing is Writing.AMOUNT and _TWO_WAYS.fullmatch(text):
        return None
    comma, point = writing is not Writing.DECIMAL_POINT, writing is not Writing.DECIMAL_COMMA
    if comma and (found := _COMMA.fullmatch(text)):
        return _kurus(found[1], found[2])
    if point and (found := _POINT.fullmatch(text)):
        return _kurus(found[1], found[2])
    if (comma and _MANY_POINTS.fullmatch(text)) or (point and _MANY_COMMAS.fullmatch(text)):
        return _kurus(text, "")
    # With the decimal sign known, the other one groups thousands; a decimal sign before three digits is no kuruş.
    grouping = {Writing.DECIMAL_COMMA: ".", Writing.DECIMAL_POINT: ","}.get(writing)
    if grouping is not None and grouping in text and _TWO_WAYS.fullmatch(text):
        return _kurus(text, "")
    return None


def _kurus(whole: str, fraction: str) -> str | None:
    digits = whole.replace(".", "").replace(",", "").lstrip("0") or "0"
    return f"{digits}.{fraction:0<2}" if len(digits) <= 12 else None


def _is_two_ways_amount(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(_TWO_WAYS.fullmatch(_plain(cell)))


def _decided_amount(cell: Cell) -> Writing | None:
    text = _plain(cell) if isinstance(cell, str) else ""
    if _TWO_WAYS.fullmatch(text):  # 1.500 may be a thousand and a half, or one and a half
        return None
    if _COMMA.fullmatch(text) or _MANY_POINTS.fullmatch(text):
        return Writing.DECIMAL_COMMA
    return Writing.DECIMAL_POINT if _POINT.fullmatch(text) or _MANY_COMMAS.fullmatch(text) else None
