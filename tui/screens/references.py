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
ROOM: Final = 110  # from so many cells on there is room for references, or without them for the phrase
_BOTH_ROOM: Final = 145


def reference_column(*, alone: bool = False, min_room: int = ROOM) -> Column:
    """Beside the number, in a list in which there are references; `alone`: with all the room that is left."""
    label = say("screens.numbers.reference")
    return Column(_KEY, label) if alone else Column(_KEY, label, _WIDTH, min_room=min_room)


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
        self.found = False

    def looked(self, references: Iterable[str]) -> bool:
        """Whether the column is needed from now on, and was not before."""
        if self.found or not any(references):
            return False
        self.found = True
        return True

    def columns(self, min_room: int = ROOM) -> list[Column]:
        """The column, or none."""
        return [reference_column(min_room=min_room)] if self.found else []

    def phrase_column(self) -> Column:
        """That of the phrase, which has to leave room for the other one: whom a row is about comes first."""
        return Column("phrase", say("screens.numbers.phrase"), 24,
                      min_room=_BOTH_ROOM if self.found else ROOM)
