"""Where a list comes from: a paste, a text file in one of several encodings, or a workbook: its content says which."""

from __future__ import annotations

import codecs
import io
import os
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Union

from tui.core.bounded_read import is_ordinary
from tui.core.causes import error_name
from tui.numbers.errors import BadList
from tui.numbers.foreign import archive, refuse_foreign

if TYPE_CHECKING:
    from tui.numbers.apart import RemoteWorkbook

# What a text file can be read as where the operator knows better than its content.
ENCODINGS: Final = ("utf-8", "windows-1254", "utf-16-le", "utf-16-be")
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WITHOUT_BOM: Final = ("utf-8", "windows-1254")
_ZIP: Final = b"PK\x03\x04"
_OFFICE: Final = b"[content_types].xml"
_ZIP_TAIL_BYTES: Final = 1 << 16
_HEAD_BYTES: Final = 4096
_CHUNK_BYTES: Final = 1 << 20
_SEPARATORS: Final = ";,\t|"
_MAX_COLUMNS: Final = 16_384  # as in a spreadsheet: a line of nothing but separators would be millions


class Text(ABC):
    """A list as lines of text, which can be read any number of times. `encoding` is "" for pasted text."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding

    @abstractmethod
    def lines(self, encoding: str = "") -> Generator[str, None, None]:
        """The lines with their ends, from the first; in another encoding where one is given."""

    def share(self) -> float | None:
        """How much of it has been read, 0 to 1; None where that isn't known."""
        return None

    def give_up(self) -> None:  # noqa: B027 - a text has nothing to give up
        """Nobody waits for what is being read any more. A line is never waited for long."""


class PastedText(Text):
    """A list that was pasted or typed."""

    def __init__(self, text: str) -> None:
        super().__init__("")
        self._text = text.removeprefix("\ufeff")

    def lines(self, encoding: str = "") -> Generator[str, None, None]:  # noqa: ARG002 - pasted text has been decoded already
        yield from io.StringIO(self._text, newline="")


class TextFile(Text):
    def __init__(self, path: Path, encoding: str) -> None:
        super().__init__(encoding)
        self.path = path
        self._being_read: io.TextIOWrapper | None = None
        self._stamp = _stamp(path.stat())

    def share(self) -> float | None:
        file = self._being_read
        try:
            return os.lseek(file.fileno(), 0, os.SEEK_CUR) / max(1, self.path.stat().st_size) if file else None
        except (OSError, ValueError):  # it has gone, or has been closed just now
            return None

    def lines(self, encoding: str = "") -> Generator[str, None, None]:
        """BadList where the file stops being readable, or isn't any more what was opened: a program may still be
        writing it, and half a list would be called."""
        chosen = encoding or self.encoding
        with _failures_of(self.path), self.path.open(encoding=chosen, newline="") as file:
            self._being_read = file
            self._must_be_as_opened(file)
            first = next(file, "").removeprefix("\ufeff")  # a mark is no letter, whichever encoding was chosen
            self._must_be_narrow(first, 1)
            if first:
                yield first
            for number, line in enumerate(file, start=2):
                if len(line) > _MAX_COLUMNS:
                    self._must_be_narrow(line, number)
                yield line
            self._must_be_as_opened(file)

    def _must_be_narrow(self, line: str, number: int) -> None:
        columns = max(map(line.count, _SEPARATORS)) + 1
        if columns > _MAX_COLUMNS:
            raise BadList("numbers.list.too_wide", path=str(self.path), line=number, count=columns, most=_MAX_COLUMNS)

    def _must_be_as_opened(self, file: io.TextIOWrapper) -> None:
        if _stamp(os.fstat(file.fileno())) != self._stamp:
            raise BadList("numbers.list.changed", path=str(self.path))


def _stamp(found: os.stat_result) -> tuple[int, int, int]:
    """Another one where the file was written to, or another put in its place."""
    return found.st_ino, found.st_size, found.st_mtime_ns


Source = Union[Text, "RemoteWorkbook"]


def open_list(path: Path) -> Source:
    """The list in a file, recognised by its content: a workbook's name may end in `.csv`, and the other way round.

    A text file is read from end to end once, a piece at a time, so that no row met later is a surprise: its encoding is
    that of the byte order mark, else UTF-16 where every other byte is zero, else UTF-8, else Windows-1254. BadList
    where there is no such file or it is no list.
    """
    with _failures_of(path):
        if path.is_dir():
            raise BadList("numbers.list.folder", path=str(path))
        if path.exists() and not is_ordinary(path):
            raise BadList("numbers.list.not_a_file", path=str(path))  # a pipe can't be read twice
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        if head.startswith(_ZIP):
            return _zipped(path, head)
        refuse_foreign(path, head)
        for name in _likely(head):
            if _reads_as(path, name):
                return TextFile(path, name)
    raise BadList("numbers.list.encoding", path=str(path))


@contextmanager
def _failures_of(path: Path) -> Iterator[None]:
    try:
        yield
    except UnicodeError:  # another encoding was chosen, or the file was exchanged while it was being read
        raise BadList("numbers.list.encoding", path=str(path)) from None
    except (FileNotFoundError, ValueError):  # ValueError: a name that no file system can hold
        raise BadList("numbers.list.no_file", path=str(path)) from None
    except OSError as failure:
        raise BadList("numbers.list.unreadable", path=str(path), detail=error_name(failure)) from None


def _zipped(path: Path, head: bytes) -> RemoteWorkbook:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _ZIP_TAIL_BYTES))
        directory = head + file.read()
    if _OFFICE in directory.lower() or _names_office(path):
        from tui.numbers.apart import RemoteWorkbook

        return RemoteWorkbook(path)
    raise archive(path, directory)


def _names_office(path: Path) -> bool:
    """Whether an Office file's first part stands somewhere among many others."""
    import zipfile

    try:
        with zipfile.ZipFile(path) as package:
            return any(name.lower().encode() == _OFFICE for name in package.namelist())
    except zipfile.BadZipFile:
        return False


def _likely(head: bytes) -> tuple[str, ...]:
    marked = next((name for bom, name in _BOMS if head.startswith(bom)), None)
    if marked:
        return (marked,)
    # Digits, separators and most letters of a list have a zero for their other byte in UTF-16.
    low, high = head[0::2].count(0), head[1::2].count(0)
    if max(low, high) * 4 > len(head):
        return ("utf-16-be" if low > high else "utf-16-le",)
    return _WITHOUT_BOM


def _reads_as(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                text = decoder.decode(chunk)
                if "\0" in text:
                    raise BadList("numbers.list.binary", path=str(path))
                if len(chunk) == _CHUNK_BYTES and "\n" not in text and "\r" not in text:
                    raise BadList("numbers.list.one_line", path=str(path))  # it would be read into memory whole
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
