"""The lines of a list file: what kind of file it is, and in which encoding it was written."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tui.numbers.errors import BadList

_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WITHOUT_BOM: Final = ("utf-8", "windows-1254")
_OLD_SPREADSHEET: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
# The first entries of a zip that is a spreadsheet: Office's list of parts, OpenDocument's type.
_SPREADSHEET_PARTS: Final = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis")
_HEAD: Final = 4096
_CHUNK: Final = 1 << 20


def find_encoding(path: Path) -> str:
    """The encoding in which the whole file reads: by its byte order mark, else UTF-8, else Windows-1254.

    The file is read once from end to end, a piece at a time, so that no row is met later that can't be read.
    BadList where there is no such file, or it is no text.
    """
    if path.is_dir():
        raise BadList("folder", path=str(path))
    problem = encoding = None
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        problem = _not_a_list(head)
        if problem is None:
            encoding = next((name for name in _candidates(head) if _reads_as(path, name)), None)
    except FileNotFoundError:
        problem = BadList("no_file", path=str(path))
    except OSError as failure:
        problem = BadList("unreadable", path=str(path), detail=failure.strerror or type(failure).__name__)
    except _NotText:
        problem = BadList("binary", path=str(path))
    if problem is not None:
        raise BadList(problem.code, **{**problem.reason.params, "path": str(path)})
    if encoding is None:
        raise BadList("encoding", path=str(path))
    return encoding
