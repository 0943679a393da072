"""What PostgreSQL calls things: the store's SQL in its words, values and rows as it has them, and its failures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import psycopg
from psycopg.abc import AdaptContext
from psycopg.adapt import Dumper, Loader
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import StrDumper

from tui.core.letters import MARKED, UNMARKED
from tui.store.database import Row
from tui.store.errors import StoreBusy, StoreDamaged, StoreError, StoreFull, StoreReadOnly

_NUL: Final = "\0"
_NUL_SHOWN: Final = "\N{REPLACEMENT CHARACTER}"

# By SQLSTATE: whole, or its first two characters, which are its class (PostgreSQL, appendix A).
_ERRORS: Final[Mapping[str, tuple[type[StoreError], str]]] = {
    "55P03": (StoreBusy, "store.busy"), "40": (StoreBusy, "store.busy"), "57014": (StoreBusy, "store.busy"),
    "53100": (StoreFull, "store.full"),
    "53": (StoreBusy, "store.unreachable"), "57P": (StoreBusy, "store.connection_lost"),
    "08": (StoreBusy, "store.connection_lost"), "25P03": (StoreBusy, "store.connection_lost"),
    "25P04": (StoreBusy, "store.connection_lost"),
    "25006": (StoreReadOnly, "store.no_right"), "42501": (StoreReadOnly, "store.no_right"),
    "XX001": (StoreDamaged, "store.damaged"), "XX002": (StoreDamaged, "store.damaged"),
}
# A statement that was prepared before another process changed the schema: a new connection knows the new one.
OUTDATED: Final = frozenset({"0A000", "26000"})
WITH_DETAIL: Final = frozenset({"store.unreachable", "store.no_right"})

_TOKEN: Final = re.compile(r"'(?:[^']|'')*'|(?P<place>\?)|(?<!:):(?P<name>[a-z_][a-z0-9_]*)|\b(?P<like>LIKE)\b|"
                          r"\bINDEXED BY (?P<index>\w+)|\bunmarked\((?P<unmarked>[a-z_.]+)\)")


@lru_cache(maxsize=1024)
def translated(sql: str) -> tuple[str, tuple[str, ...]]:
    """The store's SQL in PostgreSQL's words, and the names of its values in their order where they have names."""
    names: list[str] = []
    places = 0

    def word(match: re.Match[str]) -> str:
        nonlocal places
        if match["place"]:
            places += 1
            return f"${places}"
        if match["name"]:
            if match["name"] not in names:
                names.append(match["name"])
            return f"${names.index(match['name']) + 1}"
        if match["index"]:
            return ""
        if match["unmarked"]:
            return f"translate({match['unmarked']}, '{MARKED}', '{UNMARKED}')"
        # By the columns' collation ASCII letters alone are alike in either case: as SQLite's LIKE has it.
        return "ILIKE" if match["like"] else match[0]

    return _TOKEN.sub(word, sql), tuple(names)


class _NamedRow:
    __slots__ = ("_places", "_values")

    def __init__(self, places: Mapping[str, int], values: Sequence[Any]) -> None:
        self._places = places
        self._values = values

    def __getitem__(self, key: int | str, /) -> Any:  # noqa: ANN401 - whatever the column holds
        return self._values[self._places[key] if isinstance(key, str) else key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def keys(self) -> list[str]:
        return list(self._places)


def rows_of(cursor: psycopg.Cursor[Any]) -> Callable[[Sequence[Any]], Row]:
    places = {column.name: place for place, column in enumerate(cursor.description or ())}
    return lambda values: _NamedRow(places, values)


class _Text(StrDumper):
    """PostgreSQL keeps no NUL in a text, and there none means anything: it is replaced by U+FFFD."""

    def dump(self, obj: str) -> Any:  # noqa: ANN401 - psycopg's own Buffer
        return super().dump(obj.replace(_NUL, _NUL_SHOWN) if _NUL in obj else obj)


class _Flag(Dumper):
    """Flags are 0 and 1, as in SQLite, which has no other."""

    oid = Int8Dumper.oid

    def dump(self, obj: bool) -> bytes:  # noqa: FBT001 - psycopg's own signature
        return b"1" if obj else b"0"


class _Sum(Loader):
    """A sum of whole numbers, which PostgreSQL makes a numeric of."""

    def load(self, data: Any) -> int | float:  # noqa: ANN401 - psycopg's own Buffer
        text = bytes(data).decode()
        return float(text) if "." in text else int(text)


def adapt(context: AdaptContext) -> None:
    adapters = context.adapters
    assert adapters is not None  # noqa: S101 - a connection has them
    adapters.register_dumper(str, _Text)
    adapters.register_dumper(int, Int8Dumper)  # always as wide as the columns: one plan for a statement, not several
    adapters.register_dumper(bool, _Flag)
    adapters.register_loader("numeric", _Sum)


def known_error(state: str) -> tuple[type[StoreError], str] | None:
    """The store's own error for an SQLSTATE, and its code; None where it has none."""
    return next((_ERRORS[known] for known in (state, state[:3], state[:2]) if known in _ERRORS), None)


def first_line(text: str) -> str:
    return text.strip().partition("\n")[0]
