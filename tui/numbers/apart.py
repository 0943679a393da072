"""A workbook read in a process of its own: what others made may ask for more memory or time than any list needs.

The process is bounded, gives its rows out some at a time, and ends with whoever reads. What happens to it happens to
nobody else: a sentence says so.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Final

from tui.core import processes
from tui.numbers.errors import BadList
from tui.numbers.sheet import SheetRow
from tui.numbers.sheet_columns import Columns
from tui.numbers.workbook import Sheet

_SECONDS: Final = 60.0  # for one answer: some rows, or a look through a sheet
_COMMAND: Final = (sys.executable, "-P", "-m", "tui.numbers.workbook_process")

RemoteCall = tuple[object, ...]


class RemoteWorkbook:
    """A workbook as `tui.numbers.workbook` reads it, from without. BadList, also for what is beyond bounds."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._asking = threading.Lock()
        self._process = _Process(path)
        weakref.finalize(self, self._process.end)
        self.all_sheets: tuple[Sheet, ...] = self._ask("all_sheets")

    @property
    def sheets(self) -> tuple[str, ...]:
        return tuple(sheet.name for sheet in self.all_sheets)

    def with_rows(self) -> tuple[Sheet, ...]:
        """The sheets in which something stands."""
        found: tuple[Sheet, ...] = self._ask("with_rows")
        return found

    def first_with_rows(self) -> str:
        """The sheet to begin with: a shown one, where one has rows. BadList where none has."""
        return str(self._ask("first_with_rows"))

    def share(self) -> float | None:
        """How much of it has been read, 0 to 1; None where that isn't known."""
        return None

    def give_up(self) -> None:
        """Nobody waits for what is being read any more: who reads now gets BadList, who asks again another process."""
        self._process.kill()

    def columns(self, name: str) -> Columns:
        """Which columns of a sheet are hidden."""
        found: Columns = self._ask("columns", name)
        return found

    def hidden_lines(self, name: str) -> tuple[int, ...]:
        """The lines of a sheet's hidden rows in which something stands."""
        found: tuple[int, ...] = self._ask("hidden_lines", name)
        return found

    def rows(self, name: str) -> Iterator[SheetRow]:
        """The rows of a sheet in which something stands, hidden ones too."""
        given = 0
        while rows := self._more(name, given):
            given += len(rows)
            yield from map(SheetRow._make, rows)

    def _more(self, name: str, given: int) -> Sequence[Sequence[Any]]:
        """Some rows after the first `given` ones. Those after them are probably asked for next, and read meanwhile."""
        with self._asking:
            rows: Sequence[Sequence[Any]] = self._process.ask(("rows", name, given))
            if rows:
                self._process.ask_ahead(("rows", name, given + len(rows)))
            return rows

    def _ask(self, *question: object) -> Any:  # noqa: ANN401 - each call its own
        with self._asking:
            return self._process.ask(question)


class _Process:
    """The process that reads, started when it is first asked."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._process: subprocess.Popen[bytes] | None = None
        self._ahead: RemoteCall | None = None  # what was asked, and not yet answered

    def ask(self, question: RemoteCall) -> Any:  # noqa: ANN401 - each question has its own answer
        try:
            if self._ahead is not None and self._ahead != question:
                self._answer()  # nobody wants it any more
            if self._ahead is None:
                self._send(question)
            kind, *answer = self._answer()
        except (OSError, EOFError, pickle.UnpicklingError):
            self.end()
            raise BadList("numbers.list.beyond_bounds", path=str(self._path)) from None
        if kind == "refuses":
            code, params = answer
            raise BadList(code, **params)
        return answer[0]

    def ask_ahead(self, question: RemoteCall) -> None:
        with contextlib.suppress(OSError):  # it has ended: whoever asks for the answer hears of that
            self._send(question)

    def _send(self, question: RemoteCall) -> None:
        process = self._process or self._started()
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        self._ahead = question
        pickle.dump(question, process.stdin)
        process.stdin.flush()

    def _answer(self) -> Sequence[Any]:
        """What comes next, waited for no longer than is useful. OSError, EOFError."""
        process = self._process
        if process is None or process.stdout is None:
            raise EOFError
        patience = threading.Timer(_SECONDS, process.kill)
        patience.daemon = True
        patience.start()
        try:
            answer: Sequence[Any] = pickle.load(process.stdout)  # noqa: S301 - it is this program
        finally:
            patience.cancel()
            self._ahead = None
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            (*_COMMAND, str(self._path.absolute())), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, start_new_session=True, env=processes.environment(os.environ))
        return self._process

    def kill(self) -> None:
        """From another thread than the one that waits for it, which hears of it."""
        process = self._process
        if process is not None:
            process.kill()

    def end(self) -> None:
        """It ends at once; asked again, another is started."""
        process, self._process, self._ahead = self._process, None, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            _close(stream)
        process.wait()


def _close(stream: IO[bytes] | None) -> None:
    if stream is not None:
        try:
            stream.close()
        except OSError:  # what was to be written has nobody to read it
            return
