"""TOML that others wrote: what its reader has no bounds for is looked for before, and what we have none for after."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

_DEEPEST: Final = 64  # tables in tables, parts of a key: what is meant here has three
_SHOWN: Final = 24
_DIGITS: Final = re.compile(r"[0-9][0-9_]*")
_OPENING: Final = re.compile(r"[\[{][\[{\s]*")
_STRING: Final = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')
_NOT_OF_A_KEY: Final = re.compile(r"[^\w.\"' \t-]")


class BeyondBounds(ValueError):
    """Right or wrong, nothing that is meant here is so long or so deep. `line` from 1; `value` is how it begins."""

    def __init__(self, line: int, value: str) -> None:
        super().__init__(line, value)
        self.line = line
        self.value = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"


def read_toml(text: str) -> dict[str, Any]:
    """The tables of a document. BeyondBounds; tomllib.TOMLDecodeError."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > _DEEPEST:  # its reader takes the square of a key's parts in time
            for piece in _NOT_OF_A_KEY.split(_STRING.sub('""', line)):
                if piece.count(".") > _DEEPEST:
                    raise BeyondBounds(number, line.strip())
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (ValueError, RecursionError) as failure:
        pattern = _OPENING if isinstance(failure, RecursionError) else _DIGITS
        raise _longest(pattern, text) from None
    if _is_too_deep(document):
        raise _longest(_OPENING, text)
    return document


def _longest(pattern: re.Pattern[str], text: str) -> BeyondBounds:
    """Where the longest of what a pattern finds is."""
    found = max(pattern.finditer(text), key=lambda match: match.end() - match.start(), default=None)
    if found is None:
        return BeyondBounds(1, text.strip())
    return BeyondBounds(text.count("\n", 0, found.start()) + 1, "".join(found[0].split()))


def _inner(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _is_too_deep(document: object) -> bool:
    """Level by level: what is nested deeply must not be gone through by calls in calls."""
    level = [document]
    for _depth in range(_DEEPEST):
        level = [found for value in level for found in _inner(value)]
        if not level:
            return False
    return True
