"""References beside numbers: a column of a table where there is room, else what is said of the row one is at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tui.campaign.reference import reference_note
from tui.i18n.words import say
from tui.text.formats import sentence, short
from tui.widgets.table import Column, Table

_KEY: Final = "reference"
_WIDTH: Final = 20
_PHRASE_ROOM: Final = 110  # from so many cells on there is room for the phrase; with references for those
_BOTH_ROOM: Final = 145


def reference_column(*, alone: bool = False) -> Column:
    """Beside the number, in a list in which there are references; `alone`: with all the room that is left."""
    label = say("screens.numbers.reference")
    return Column(_KEY, label) if alone else Column(_KEY, label, _WIDTH, min_room=_PHRASE_ROOM)


def reference_text(reference: str, table: Table) -> str:
    """What is said of a row's reference: all of it where its column has no room; that it is too long; "" else."""
    if not reference:
        return ""
    shown = "" if _KEY in table.shown else say("screens.numbers.reference_is", reference=short(reference))
    note = reference_note(reference)
    return "   ".join(filter(None, (shown, "" if note is None else sentence(note))))


class ReferenceColumn:
    """Whether a table of rows that are read page by page has the column: from the first row on that has one."""

    def __init__(self) -> None:
        self._found = False

    def looked(self, references: Iterable[str]) -> bool:
        """Whether the column is needed from now on, and was not before."""
        if self._found or not any(references):
            return False
        self._found = True
        return True

    def columns(self) -> list[Column]:
        """The column, or none."""
        return [reference_column()] if self._found else []

    def phrase_column(self) -> Column:
        """That of the phrase, which has to leave room for the other one: whom a row is about comes first."""
        return Column("phrase", say("screens.numbers.phrase"), 24,
                      min_room=_BOTH_ROOM if self._found else _PHRASE_ROOM)
