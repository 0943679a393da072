"""What is wrong with a configuration file: gathered, so that all of it is said at once."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import Final

from tui.config.lines import Key, lines_of
from tui.core.reason import Reason
from tui.core.sanitize import excerpt
from tui.core.secret import Redactor

NO_LINE: Final = 0  # of what does not come out of the file: a text leaves the line out
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def dotted(key: Key) -> str:
    """A key as it is written in TOML: `profiles."my account".colour`."""
    return ".".join(part if _BARE.fullmatch(part) else f'"{part}"' for part in key)


def nearest(word: str, known: Collection[str]) -> str | None:
    """What of `known` was probably meant by `word`, or None."""
    import difflib  # a mistake is rare: a start without one does not pay for it

    by_folded = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(word.casefold(), by_folded, n=1)
    return by_folded[found[0]] if found else None


class Problems:
    """The problems of one file. `text` is the file's; empty where what is checked does not come out of it."""

    def __init__(self, file: Path, text: str, redact: Redactor) -> None:
        self._file = file
        self._text = text
        self._redact = redact
        self._found: list[tuple[int, Reason]] = []

    @cached_property
    def _lines(self) -> dict[Key, int]:
        return lines_of(self._text)

    def add(self, code: str, key: Key, **params: str) -> None:
        """Note that `key` is wrong in the way that the text `code` says; `params` are what that text names besides."""
        line = self._lines.get(key, NO_LINE)
        self._found.append((line, Reason(code, {
            **{name: excerpt(value, self._redact) for name, value in params.items()},
            "file": excerpt(str(self._file)), "key": excerpt(dotted(key), self._redact), "line": line})))

    def add_general(self, reason: Reason) -> None:
        """Note what concerns no setting of the file."""
        self._found.append((NO_LINE, reason))

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return tuple(reason for _, reason in sorted(self._found, key=lambda found: found[0]))
