"""Whole numbers as people type them, files hold them and others send them: one reading of them all."""

from __future__ import annotations

import re
from typing import Final

MAX_DIGITS: Final = 18  # what the databases' integers hold
_UNSIGNED: Final = re.compile(r"[0-9]+")
_SIGNED: Final = re.compile(r"-?[0-9]+")


def whole_number(text: str, digits: int = MAX_DIGITS, *, signed: bool = False) -> int | None:
    """The number that a text writes; None where it writes none, or one of more than `digits` digits.

    Digits are 0–9 alone, leading zeros among them: `٣`, `²`, `1_000`, `+3`, and blanks around are no number, though
    `int` may read them. `signed`: with a minus before, too.

    >>> whole_number("007"), whole_number("٣"), whole_number("+3"), whole_number("-3"), whole_number("-3", signed=True)
    (7, None, None, None, -3)
    """
    if not is_whole_number(text, signed=signed) or len(text) - text.startswith("-") > digits:
        return None
    return int(text)


def is_whole_number(text: str, *, signed: bool = False) -> bool:
    """Whether a text writes one, of however many digits: what is too large is a number all the same."""
    return (_SIGNED if signed else _UNSIGNED).fullmatch(text) is not None
