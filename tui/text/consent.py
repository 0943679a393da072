"""The consents of İYS in words: which file, how many agree and refuse, and what could not be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tui.campaign.consent import ConsentStatus, RecipientType
from tui.core.text_keys import TextKeys
from tui.i18n.words import grouped, say
from tui.store.consents import ConsentImport, ImportNotes
from tui.text.formats import moment_text, short

_TYPE: Final = TextKeys("text.iys.{}", tuple(kind.value.lower() for kind in RecipientType))
_NAME: Final = 40  # letters of a file's name


def type_text(kind: RecipientType) -> str:
    """`consumers (BIREYSEL)`."""
    return say(_TYPE[kind.value.lower()])


def file_line(known: ConsentImport, now: dt.datetime) -> str:
    """Which file it was, when it was written and imported."""
    return say("text.iys.file", path=short(Path(known.path).name, _NAME), written=moment_text(known.file_at, now),
               imported=moment_text(known.imported_at, now))


def count_lines(counts: Mapping[tuple[RecipientType, ConsentStatus], int]) -> Iterator[str]:
    """How many agree and refuse, a line for each type of recipient."""
    for kind in RecipientType:
        given, refused = (counts.get((kind, status), 0) for status in ConsentStatus)
        if given or refused:
            yield say("text.iys.counts", type=type_text(kind), given=given, refused=refused)


def note_lines(notes: ImportNotes) -> Iterator[str]:
    """What of the file is not among the consents, and what of it is odd."""
    if notes.others:
        others = ", ".join(f"{channel} {grouped(count)}" for channel, count in notes.others.items())
        yield say("text.iys.others", count=sum(notes.others.values()), others=others)
    if notes.unread:
        yield say("text.iys.unread", count=notes.unread, places=notes.places)
    if notes.undated:
        yield say("text.iys.undated", count=notes.undated)
    if notes.contradictions:
        yield say("text.iys.contradictions", count=notes.contradictions)
    if notes.codes:
        codes = ", ".join(f"{name} = {code}" for name, code in notes.codes.items())
        yield say("text.iys.codes", codes=codes)
    if notes.skipped:
        yield say("text.iys.skipped", count=len(notes.skipped), sheets=", ".join(notes.skipped))
