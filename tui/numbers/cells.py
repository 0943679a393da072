"""What stands in one place of a list: text, or what a spreadsheet knows besides (numbers, days, times)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct


class WhyMissing(StrEnum):
    """Why a cell has no value."""

    ERROR = "error"  # #N/A and its like
    FORMULA = "formula"  # never calculated


class Missing(Struct, frozen=True):
    """A cell that has no value although something stands in it; `text` is what a spreadsheet shows there."""

    why: WhyMissing
    text: str

    def __str__(self) -> str:
        return self.text


Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | Missing

# A double holds every whole number up to 2**53; Excel keeps 15 digits.
_WHOLE_BELOW: Final = 1e15


def text_of(cell: Cell) -> str:
    """A cell as text: dates and amounts in the provider's writing, whole numbers by their digits.

    A whole number beyond Excel's 15 digits has lost some: it stays in scientific writing, which is no phone number.

    >>> text_of(5321234567.0), text_of(73.5), text_of(dt.date(2017, 11, 15))
    ('5321234567', '73.5', '15/11/2017')
    """
    if type(cell) is float and cell % 1 == 0 and abs(cell) < _WHOLE_BELOW:
        return str(int(cell))  # what most number cells are, ahead of the long way
    match cell:
        case str() | Missing():
            return str(cell)
        case bool():
            return str(cell).lower()
        case int() | float():
            return f"{cell:.6E}" if abs(cell) >= _WHOLE_BELOW else repr(cell)
        case dt.datetime():
            return cell.strftime("%d/%m/%Y" if cell.time() == dt.time() else "%d/%m/%Y %H:%M")
        case dt.date():
            return cell.strftime("%d/%m/%Y")
        case dt.time():
            return cell.strftime("%H:%M")
    return str(cell)


def is_blank(row: Sequence[Cell]) -> bool:
    return not any(cell.strip() if isinstance(cell, str) else True for cell in row)
