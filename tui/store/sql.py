"""Statements made of parts: the one place where texts become SQL.

A statement is a text of this program's own with `{name}` where a part goes. A part is `Sql`, which is made here alone,
or a whole number: whatever was typed, read or received is a plain text and is refused. Values never stand in a
statement; they go beside it, as `?` or `:name`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final


class Sql(str):
    """A statement or a part of one, made by the functions of this module."""

    __slots__ = ()


NOTHING: Final = Sql()


def sql(text: str, /, **parts: Sql | int) -> Sql:
    """`text`, written where this is called, with each `{name}` replaced. TypeError where a part is another text.

    KeyError where a part is missing.
    """
    for part in parts.values():
        if not isinstance(part, (Sql, int)):
            raise TypeError(f"no part of a statement: {part!r}")
    return Sql(text.format_map(parts))


def names(*columns: str) -> Sql:
    """Names of tables or columns: `a, b`. ValueError where one isn't a plain name."""
    for name in columns:
        if not (name.isascii() and name.isidentifier()):
            raise ValueError(name)
    return Sql(", ".join(columns))


def marks(count: int) -> Sql:
    """The places of so many values: `?, ?`."""
    return Sql(", ".join("?" * count))


def named_marks(values: Iterable[str]) -> Sql:
    """The places of values by their names: `:a, :b`; one that nothing equals where there is none."""
    return Sql(", ".join(f":{names(name)}" for name in values) or "NULL")


def value_rows(columns: int, rows: int) -> Sql:
    """The places of the values of so many rows: `(?, ?), (?, ?)`."""
    return Sql(", ".join([f"({marks(columns)})"] * rows))


def assignments(columns: Iterable[str]) -> Sql:
    """`a = ?, b = ?`. ValueError as by `names`."""
    return Sql(", ".join(f"{names(column)} = ?" for column in columns))


def literals(words: Iterable[str]) -> Sql:
    """Words of this program's own as values: `'a', 'b'`. ValueError where one has a quote in it."""
    listed = list(words)
    for word in listed:
        if "'" in word:
            raise ValueError(word)
    return Sql(", ".join(f"'{word}'" for word in listed))


def added(table: str, columns: Iterable[str]) -> Sql:
    """`a = table.a + excluded.a, …`, for `ON CONFLICT … DO UPDATE SET`. ValueError as by `names`."""
    return Sql(", ".join(f"{names(column)} = {names(table)}.{column} + excluded.{column}" for column in columns))


def numbers(values: Iterable[int]) -> Sql:
    """Whole numbers as values: `1, 2`."""
    return Sql(", ".join(str(int(value)) for value in values))


def cases(results: Mapping[str, int]) -> Sql:
    """`WHEN 'a' THEN 0 WHEN 'b' THEN 1`. ValueError as by `literals`."""
    return Sql(" ".join(f"WHEN {literals([word])} THEN {result}" for word, result in results.items()))


def all_of(conditions: Iterable[Sql]) -> Sql:
    """`a AND b`; what always holds where there is none."""
    return Sql(" AND ".join(_each(conditions)) or "1 = 1")


def any_of(conditions: Iterable[Sql]) -> Sql:
    """`(a OR b)`."""
    return Sql(f"({' OR '.join(_each(conditions))})")


def one_after_another(statements: Iterable[Sql]) -> Sql:
    """The rows of several statements with the same columns, `a UNION ALL b`."""
    return Sql(" UNION ALL ".join(_each(statements)))


def literally(word: str) -> str:
    """A word in which LIKE sees no signs of its own, where `!` is the sign that takes their meaning away."""
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _each(parts: Iterable[Sql]) -> Iterable[Sql]:
    for part in parts:
        if not isinstance(part, Sql):
            raise TypeError(f"no part of a statement: {part!r}")
        yield part
