"""A list file as lines of text: whether it is one, and in which encoding it was written."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tui.numbers.errors import BadList

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WITHOUT_BOM: Final = ("utf-8", "windows-1254")
_OLD_SPREADSHEET: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
# What the first entries of a zip that is a spreadsheet are called: Office's list of parts, OpenDocument's type.
_SPREADSHEET_PARTS: Final = (b"[Content_Types].xml", b"application/vnd.oasis.opendocument.spreadsheet")
_HEAD_BYTES: Final = 4096
_CHUNK_BYTES: Final = 1 << 20


def lines_of(path: Path, encoding: str) -> Iterator[str]:
    """The lines of a file with their ends, one at a time. BadList where it stops being readable."""
    with _failures_of(path), path.open(encoding=encoding, newline="") as file:
        yield from file


def find_encoding(path: Path) -> str:
    """The encoding in which the whole file reads: that of its byte order mark, else UTF-8, else Windows-1254.

    The file is read from end to end, a piece at a time, so that no row met later is a surprise. BadList where there is
    no such file or it is no text.
    """
    with _failures_of(path):
        if path.is_dir():
            raise BadList("folder", path=str(path))
        if path.exists() and not path.is_file():
            raise BadList("not_a_file", path=str(path))  # a pipe can't be read twice
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        marked = next((name for bom, name in _BOMS if head.startswith(bom)), None)
        _refuse_other_files(path, head)
        for name in (marked,) if marked else _WITHOUT_BOM:
            if _reads_as(path, name):
                return name
    raise BadList("encoding", path=str(path))


@contextmanager
def _failures_of(path: Path) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError:  # the file was exchanged while it was being read
        raise BadList("encoding", path=str(path)) from None
    except (FileNotFoundError, ValueError):  # ValueError: a name that no file system can hold
        raise BadList("no_file", path=str(path)) from None
    except OSError as failure:
        detail = failure.strerror or type(failure).__name__
        raise BadList("unreadable", path=str(path), detail=detail) from None


def _refuse_other_files(path: Path, head: bytes) -> None:
    if head.startswith(_OLD_SPREADSHEET):
        raise BadList("spreadsheet", path=str(path))
    if head.startswith(_ZIP):
        raise BadList("spreadsheet" if any(part in head for part in _SPREADSHEET_PARTS) else "archive", path=str(path))
    if b"\0" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise BadList("binary", path=str(path))


def _reads_as(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                if "\0" in decoder.decode(chunk):
                    raise BadList("binary", path=str(path))
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
