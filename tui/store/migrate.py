"""The numbered steps that a database's schema is made by: the same numbers, in the SQL of each kind of database.

The first step is the schema as a whole, under the number that it had come to when the program was first released. Each
change of the schema is a further step, `NNNN_name.sql`, in both folders, with a test that upgrades a kept database of
the version before (`tests/store/keep.py`).
"""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path
from typing import Final

APPLICATION_ID: Final = 0x53414E54  # "SANT", in the header of every file of ours
SQLITE: Final = Path(__file__).parent / "migrations"
POSTGRESQL: Final = SQLITE / "postgresql"


@cache
def steps(folder: Path = SQLITE) -> list[tuple[int, list[str]]]:
    """Each step's number and its statements, in order."""
    return [(int(file.name.partition("_")[0]), statements(file.read_text("utf-8")))
            for file in sorted(folder.glob("[0-9]*.sql"))]


def known(folder: Path = SQLITE) -> int:
    """The number of the last step."""
    return steps(folder)[-1][0]


def oldest(folder: Path = SQLITE) -> int:
    """The number of the first step: a database of a lower one is not opened, as no step leads from there."""
    return steps(folder)[0][0]


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
