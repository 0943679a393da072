"""The numbered steps that a database's schema is made by; `PRAGMA user_version` counts those that are done."""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path
from typing import Final

APPLICATION_ID: Final = 0x53414E54  # "SANT", in the header of every file of ours
_FOLDER: Final = Path(__file__).parent / "migrations"


@cache
def steps() -> list[tuple[int, list[str]]]:
    """Each step's number and its statements, in order."""
    return [(int(file.name.partition("_")[0]), statements(file.read_text("utf-8")))
            for file in sorted(_FOLDER.glob("[0-9]*.sql"))]


def known() -> int:
    """The number of the last step."""
    return steps()[-1][0]


def statements(script: str) -> list[str]:
    """A script's statements one by one: run together, sqlite3 would end the transaction that they are to be part of."""
    found = []
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            found.append(statement.strip())
            statement = ""
    return found
