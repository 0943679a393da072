"""A file dropped on a terminal arrives as its path, written as the terminal likes it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from tui.core import folders

_ESCAPED: Final = re.compile(r"\\(.)")
_LIKE_A_PATH: Final = re.compile(r"[/~]|\.{1,2}/|[A-Za-z]:[\\/]|\\\\")
_LIST_FILE: Final = re.compile(r"\.(?:csv|tsv|txt|xlsx|xlsm|xls|ods|tab)", re.IGNORECASE)


def dropped_path(text: str) -> Path | None:
    """The path that `text` writes, or None where it reads as something else (numbers, several lines).

    Understood are quotation marks, `file://` addresses, `~`, and blanks behind backslashes. Nothing is opened; a bare
    name is a path where it ends as a list does (`liste.csv`).

    >>> str(dropped_path("'/tmp/my list.csv'\\n"))
    '/tmp/my list.csv'
    """
    line = text.strip()
    if not line or "\n" in line or "\r" in line or "\0" in line:
        return None
    if line.lower().startswith("file:"):
        return _of_address(line)
    quoted = len(line) > 1 and line[0] == line[-1] and line[0] in "'\""
    if quoted:
        line = line[1:-1].replace("'\\''", "'")
    windows = re.match(r"[A-Za-z]:[\\/]|\\\\", line)
    if not quoted and not windows:
        line = _ESCAPED.sub(r"\1", line)
    if _LIKE_A_PATH.match(line) or _LIST_FILE.fullmatch(Path(line).suffix):
        return folders.typed(line)
    return None


def _of_address(line: str) -> Path | None:
    try:
        path = unquote(urlsplit(line).path, errors="strict")
    except ValueError:
        return None
    return Path(path) if path and "\0" not in path else None
