"""A list of numbers as a command is given it: a file or stdin, and what is said of its columns."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import Final, Protocol, cast

from msgspec import Struct
from msgspec.structs import replace

from tui.commands.output import problem
from tui.core.causes import error_name
from tui.core.files import temporary_folder
from tui.core.reason import Localized, Reason
from tui.i18n.words import say
from tui.numbers.columns import Role
from tui.numbers.errors import BadList
from tui.numbers.listing import ListOptions
from tui.numbers.reading import ParsedList, read_file
from tui.numbers.rows import SourceRow
from tui.numbers.writing import Writing
from tui.operations.services import NotPossible

_STDIN: Final = frozenset({"-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"})
_NAME: Final = "stdin"
_IN_MEMORY: Final = 1 << 24  # bytes
_CHUNK: Final = 1 << 20


class HowToRead(Protocol):
    """The options by which commands read a list."""

    sheet: str | None
    hidden: bool
    column: Mapping[Role, str]
    phrase: str | None
    written: Mapping[str, Writing]


class ListInput(Struct, frozen=True):
    """A list, and how it is read: `path` is "-" for stdin."""

    path: Path
    options: ListOptions
    columns: Mapping[Role, str]
    written: Mapping[str, Writing]

    @classmethod
    def of(cls, path: Path, how: HowToRead) -> ListInput:
        options = ListOptions(sheet=how.sheet, hidden=how.hidden, template=how.phrase or "")
        return cls(path, options, how.column, how.written)

    @property
    def name(self) -> str:
        """What stands for it in a sentence."""
        return _NAME if self._is_stdin else self.path.name

    @property
    def _is_stdin(self) -> bool:
        return str(self.path) in _STDIN

    @contextmanager
    def opened(self) -> Iterator[ParsedList]:
        """The list, while its rows are read. BadList, BadTemplate; BadList while its rows are read."""
        if not self._is_stdin:
            yield read_file(self.path, self.options, self.columns, self.written)
            return
        with _stdin_as_file("command.list.typed") as path:
            with _said_of_stdin(path):
                found = read_file(path, self.options, self.columns, self.written)
            yield replace(found, source_rows=_rows_of_stdin(found.source_rows, path))


def ignored_columns(found: ParsedList) -> Reason | None:
    """Which columns of a list nothing is made of; None where there are none."""
    if not found.ignored_columns:
        return None
    return Reason("command.ignored_columns", {"columns": ", ".join(found.ignored_columns)})


@contextmanager
def file_given(path: Path, typed: str = "command.list.typed") -> Iterator[tuple[Path, str]]:
    """The file that a command is to read, and its name where nobody knows the path: stdin is written to a file first.

    What is wrong with it is said of stdin then. `typed`: the sentence for whoever is to type it. BadList.
    """
    if str(path) not in _STDIN:
        yield path.absolute(), ""
        return
    with _stdin_as_file(typed) as written, _said_of_stdin(written):
        yield written, _NAME


@contextmanager
def _stdin_as_file(typed: str) -> Iterator[Path]:
    # A list is read more than once: to know its encoding, its columns, its rows.
    with temporary_folder() as folder:
        path = Path(folder) / _NAME
        _save_stdin(path, typed)
        yield path


def _rows_of_stdin(rows: Iterator[SourceRow], path: Path) -> Iterator[SourceRow]:
    with _said_of_stdin(path):
        yield from rows


@contextmanager
def _said_of_stdin(path: Path) -> Iterator[None]:
    """What is wrong with the file is said of stdin: nobody knows that file."""
    try:
        yield
    except BadList as bad:
        raise BadList(bad.reason.code, **_with_name(bad.reason, path)) from None  # type: ignore[arg-type] # as they were
    except NotPossible as refused:
        raise NotPossible(Reason(refused.reason.code, _with_name(refused.reason, path))) from None


def _with_name(reason: Reason, path: Path) -> dict[str, str | int | Localized]:
    return {name: _NAME if value == str(path) else value for name, value in reason.params.items()}


def problem_of_options(phones: Path | None, how: HowToRead) -> Reason | None:
    """Why these options can't stand together: without a list some do nothing, and a row has one phrase."""
    given = {"--sheet": how.sheet is not None, "--hidden": how.hidden, "--column": bool(how.column),
             "--phrase": how.phrase is not None, "--written": bool(how.written)}
    alone = [flag for flag, is_given in given.items() if is_given]
    if phones is None and alone:
        return Reason("command.list.alone", {"option": alone[0]})
    if how.phrase is not None and Role.PHRASE in how.column:
        return Reason("command.list.two_phrases")
    if how.phrase is None and how.written:
        return Reason("command.list.no_phrase")
    return None


def _save_stdin(path: Path, typed: str) -> None:
    """Write all of stdin to a file. BadList where it can't be read; OSError where there is no room."""
    stream = sys.stdin
    if stream is None or stream.closed:
        raise BadList("command.list.no_stdin")
    if stream.isatty():
        problem(say(typed))
    # A file without a name: a signal that ends the program while it waits leaves nothing behind.
    with SpooledTemporaryFile(_IN_MEMORY) as kept:
        while chunk := _read(cast("BufferedIOBase", stream.buffer)):
            kept.write(chunk)
        kept.seek(0)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            copyfileobj(kept, file)


def _read(stream: BufferedIOBase) -> bytes:
    try:
        return stream.read1(_CHUNK)  # what has come: `read` would ask a terminal for its end twice
    except OSError as failure:
        raise BadList("numbers.list.unreadable", path=_NAME, detail=error_name(failure)) from None
