"""What the cells of a sheet stand for: shared texts, numbers that are days, errors, formulas without a value."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final
from xml.etree import ElementTree as ET

from tui.numbers.cells import Cell, Missing, WhyMissing
from tui.numbers.package import Damaged, Package, local
from tui.numbers.shared_strings import read_strings

_INDEX: Final = re.compile(r"[0-9]{1,9}")
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_BLANKS: Final = " \t\r\n"  # XML's own
# The formats that need no words (ECMA-376 part 1, 18.8.30), those of East Asia too.
_DAYS: Final = (*range(14, 18), 22, *range(27, 37), *range(50, 59))
_CLOCK: Final = (18, 19, 20, 21, 45, 47)
_ELAPSED: Final = (46,)
_PERCENT: Final = (9, 10)
# What stands in a format for itself: texts, single signs, and blanks as wide as a sign.
_LITERAL: Final = re.compile(r'"[^"]*"?|\\.|_.|\*.')
_BRACKETS: Final = re.compile(r"\[[^\]]*\]")
_OF_ELAPSED: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
# 1900 was no leap year; spreadsheets count its 29 February all the same.
_FIRST_DAY: Final = dt.datetime.combine(dt.date(1899, 12, 30), dt.time())
_FIRST_DAY_1904: Final = dt.datetime.combine(dt.date(1904, 1, 1), dt.time())
_NO_LEAP_DAY: Final = 60
_LAST_SERIAL: Final = 2_958_466  # the day after 31 December 9999


class DisplayedAs(Enum):
    """As what a format shows a number."""

    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    CLOCK = "clock"
    ELAPSED = "elapsed"


class CellValues:
    """Makes cells of what stands in a sheet's XML."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._shared: list[str] | None = None
        self._shown = _styles(package.xml(package.styles)) if package.styles else []
        self._begins = _FIRST_DAY_1904 if package.from_1904 else _FIRST_DAY

    @property
    def known(self) -> list[str]:
        """The shared texts, as far as they have been read."""
        return self._shared or []

    @property
    def shared(self) -> list[str]:
        """Read when the first cell asks for one."""
        if self._shared is None:
            if not self._package.shared_strings:
                raise Damaged("no shared strings")
            with self._package.opened(self._package.shared_strings) as file:
                self._shared = read_strings(file)
        return self._shared

    def shown(self, style: str) -> DisplayedAs:
        """How a cell with this style is shown; `style` is its number, "" for none."""
        number = int(style) if style.strip(_BLANKS).isdecimal() else 0
        return self._shown[number] if number < len(self._shown) else DisplayedAs.NUMBER

    def of(self, kind: str, style: str, value: str | None, formula: str | None) -> Cell:
        """`value` is None where there is no such element, `formula` where there is none. Damaged.

        `value` of an inline text is that text.
        """
        if kind in ("inlineStr", "str"):
            if value is None:
                return "" if formula is None else Missing(WhyMissing.FORMULA, f"={formula}")
            return value
        text = (value or "").strip(_BLANKS)
        if not text:
            if kind == "e":
                return Missing(WhyMissing.ERROR, "#")
            return "" if formula is None else Missing(WhyMissing.FORMULA, f"={formula}")
        return self._filled(kind, style, text)

    def _filled(self, kind: str, style: str, text: str) -> Cell:
        match kind:
            case "s":
                return self.of_index(text)
            case "e":
                return Missing(WhyMissing.ERROR, text)
            case "b":
                return _truth(text)
            case "d":
                return _iso(text)
            case "" | "n":
                return self.of_number(text, self.shown(style))
        raise Damaged(kind)

    def of_index(self, text: str) -> str:
        """The shared text of this number, and no other."""
        if not _INDEX.fullmatch(text) or int(text) >= len(self.shared):
            raise Damaged(text)
        return self.shared[int(text)]

    def of_number(self, text: str, shown: DisplayedAs) -> Cell:
        if not _NUMBER.fullmatch(text):
            raise Damaged(text)
        number = float(text)
        if shown is DisplayedAs.NUMBER or not 0 <= number < _LAST_SERIAL:
            return number
        if shown is DisplayedAs.PERCENT:
            return f"{number * 100:.10g}%"
        if shown is DisplayedAs.ELAPSED:
            return dt.timedelta(seconds=round(number * 86_400))
        if shown is DisplayedAs.CLOCK and number < 1:
            return (_FIRST_DAY + dt.timedelta(seconds=round(number * 86_400))).time()
        if number < _NO_LEAP_DAY and self._begins is _FIRST_DAY:
            number += 1
        return _without_midnight(self._begins + dt.timedelta(seconds=round(number * 86_400)))


def _without_midnight(at: dt.datetime) -> Cell:
    return at if at.time() != dt.time() else at.date()


def _truth(text: str) -> Cell:
    if text not in ("0", "1", "true", "false"):
        raise Damaged(text)
    return text in ("1", "true")


def _iso(text: str) -> Cell:
    readers: Sequence[Callable[[str], Cell]] = (
        dt.date.fromisoformat, dt.time.fromisoformat, lambda each: _without_midnight(dt.datetime.fromisoformat(each)))
    for reader in readers:
        try:
            return reader(text)
        except ValueError:
            continue
    raise Damaged(text)


def _styles(root: ET.Element) -> list[DisplayedAs]:
    """How each style of a cell shows a number."""
    formats: dict[str, DisplayedAs] = {}
    places: list[str] = []
    for group in root:
        if local(group.tag) == "numFmts":
            formats |= {each.get("numFmtId", ""): shown_by(each.get("formatCode", "")) for each in group}
        elif local(group.tag) == "cellXfs":
            places = [each.get("numFmtId", "0") for each in group]
    return [formats[place] if place in formats else _built_in(place) for place in places]


def _built_in(place: str) -> DisplayedAs:
    number = int(place) if place.isdecimal() else 0
    for numbers, shown in ((_DAYS, DisplayedAs.DAY), (_CLOCK, DisplayedAs.CLOCK), (_ELAPSED, DisplayedAs.ELAPSED),
                           (_PERCENT, DisplayedAs.PERCENT)):
        if number in numbers:
            return shown
    return DisplayedAs.NUMBER


def shown_by(code: str) -> DisplayedAs:
    """As what a format shows a number: `dd/mm/yyyy`, `[h]:mm`, `0.00%`.

    >>> shown_by('[$-41F]d mmmm yyyy;@'), shown_by('0.00" TL"'), shown_by("[h]:mm:ss")
    (<Shown.DAY: 'day'>, <Shown.NUMBER: 'number'>, <Shown.ELAPSED: 'elapsed'>)
    """
    plain = _LITERAL.sub("", code)
    elapsed = _OF_ELAPSED.search(plain)
    first = _BRACKETS.sub("", plain).partition(";")[0].lower()
    if elapsed:
        return DisplayedAs.ELAPSED
    if "general" in first:
        return DisplayedAs.NUMBER
    if any(letter in first for letter in "dy"):
        return DisplayedAs.DAY
    if any(letter in first for letter in "hs"):
        return DisplayedAs.CLOCK
    if "m" in first:
        return DisplayedAs.DAY
    return DisplayedAs.PERCENT if "%" in first else DisplayedAs.NUMBER
