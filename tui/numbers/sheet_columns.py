"""Which columns a sheet hides: read before its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import IO, Final

from tui.numbers.package import Damaged, is_true
from tui.numbers.shared_strings import parse, strict_parser

_CHUNK_BYTES: Final = 1 << 15
MAX_COLUMNS: Final = 16_384


class Columns:
    """`hidden` has the places of those that are hidden, from 0, as `first, last`."""

    def __init__(self, hidden: list[tuple[int, int]]) -> None:
        self.hidden = tuple(hidden)

    def is_hidden(self, place: int) -> bool:
        return any(first <= place <= last for first, last in self.hidden)


def hidden_columns(opened: Callable[[], AbstractContextManager[IO[bytes]]]) -> Columns:
    """The columns that a sheet hides. Damaged where it is no sheet."""
    head = _Head()
    with opened() as file:
        while not head.is_over and (chunk := file.read(_CHUNK_BYTES)):
            parse(head.parser, chunk, last=False)
    if not head.is_over:
        raise Damaged("no rows")
    return Columns([*head.hidden, *(_between(head.named) if head.is_narrow else ())])


def is_zero(size: str) -> bool:
    """Whether a height or a width shows nothing."""
    try:
        return float(size) == 0
    except ValueError:
        return False


class _Head:
    """What a sheet says before its rows. `is_narrow`: columns have no width, and are not shown.

    `named` are those of which it says otherwise then, or that they are hidden.
    """

    def __init__(self) -> None:
        self.parser = strict_parser()
        self.parser.StartElementHandler = self._start
        self.hidden: list[tuple[int, int]] = []
        self.named: list[tuple[int, int]] = []
        self.is_narrow = self.is_over = False
        self._begun = False

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if self.is_over:
            return
        if not self._begun and name != "worksheet":
            raise Damaged(name)
        self._begun = True
        if name == "sheetFormatPr":
            self.is_narrow = is_zero(attributes.get("defaultColWidth", ""))
        elif name == "col":
            self._column(attributes)
        elif name == "sheetData":
            self.is_over = True

    def _column(self, attributes: dict[str, str]) -> None:
        width = attributes.get("width", "")
        is_hidden = is_true(attributes.get("hidden", "")) or is_zero(width)
        if not is_hidden and not (width and self.is_narrow):
            return
        try:
            places = int(attributes.get("min", "")) - 1, int(attributes.get("max", "")) - 1
        except ValueError:
            raise Damaged("col") from None
        self.named.append(places)
        if is_hidden:
            self.hidden.append(places)


def _between(named: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """All other columns."""
    at = 0
    for first, last in sorted(named):
        if first > at:
            yield at, first - 1
        at = max(at, last + 1)
    if at < MAX_COLUMNS:
        yield at, MAX_COLUMNS - 1
