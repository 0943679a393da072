"""The process in which a workbook is read: bounded in memory and time, asked and answered through its pipes.

`python -m tui.numbers.workbook_process PATH`; what it is asked are pickled tuples, a call and its arguments, and so are
its answers: ("gives", value) or ("refuses", code, params).
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from tui.core.environment import no_core_dumps
from tui.numbers.errors import BadList
from tui.numbers.sheet import SheetRow
from tui.numbers.workbook import Workbook

MAX_MEMORY: Final = 2 << 30  # a sheet is read row by row; its shared texts are held
_MAX_SECONDS: Final = 600  # of a processor
_ROWS: Final = 2_000
_CELLS: Final = 100_000  # of so many rows; one row may have more
_LONGEST_CELL: Final = 32_767  # Excel's own limit (Microsoft, *Excel specifications and limits*)


RemoteResult = tuple[Any, ...]


class _Reading:
    """Answers for one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._rows: Iterator[SheetRow] = iter(())
        self._at = "", 0  # the sheet they are of, and how many have been given

    def all_sheets(self) -> object:
        return self._book.all_sheets

    def with_rows(self) -> object:
        return self._book.with_rows()

    def first_with_rows(self) -> object:
        return self._book.first_with_rows()

    def columns(self, name: str) -> object:
        return self._book.columns(name)

    def hidden_lines(self, name: str) -> object:
        return self._book.hidden_lines(name)

    def rows(self, name: str, given: int) -> list[tuple[object, ...]]:
        """Some rows after the first `given` ones, none at the end. Whoever goes on where it was waits for nothing."""
        if self._at != (name, given):
            self._rows = islice(self._book.rows(name), given, None)
        rows: list[tuple[object, ...]] = []
        cells = 0
        for row in islice(self._rows, _ROWS):
            self._must_be_short(row)
            rows.append(tuple(row))
            cells += len(row.cells)
            if cells > _CELLS:
                break
        self._at = name, given + len(rows)
        return rows

    def _must_be_short(self, row: SheetRow) -> None:
        for cell in row.cells:
            if type(cell) is str and len(cell) > _LONGEST_CELL:
                raise BadList("numbers.list.long_cell", path=str(self._book.path), line=row.line, count=len(cell),
                              most=_LONGEST_CELL)


def _bounded() -> None:
    no_core_dumps()
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MAX_SECONDS, _MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _answer(call: Callable[[], object], path: Path) -> RemoteResult:
    try:
        return "gives", call()
    except BadList as bad:
        return "refuses", bad.reason.code, dict(bad.reason.params)
    except (MemoryError, RecursionError, OverflowError):
        return "refuses", "numbers.list.beyond_bounds", {"path": str(path)}


def serve(path: Path, asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer until nothing more is asked."""
    reading: _Reading | None = None

    def give(what: str, *arguments: object) -> object:
        nonlocal reading
        if reading is None:
            reading = _Reading(Workbook(path))
        return getattr(reading, what)(*arguments)

    while True:
        try:
            question = pickle.load(asked)  # noqa: S301 - the program's own, as it comes from whoever started this
        except EOFError:
            return
        pickle.dump(_answer(lambda: give(*question), path), answers, pickle.HIGHEST_PROTOCOL)  # noqa: B023 - called at once
        answers.flush()


if __name__ == "__main__":
    _bounded()
    serve(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
