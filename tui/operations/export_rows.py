"""What a spreadsheet of results says of each number, whichever kind of file it becomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from tui.campaign.dates import ISTANBUL
from tui.campaign.phone import readable_phone
from tui.campaign.results import ResultSource
from tui.core.text_keys import TextKeys
from tui.i18n.words import language, say
from tui.store import Campaign
from tui.store.result_values import ResultRow
from tui.store.values import ResultFilter
from tui.text.results import known_digits

ExportCell = str | int | float | None

COLUMNS: Final = ("phone", "reference", "phrase", "lang", "attempts", "status", "digit", "answered", "final", "last_at",
                  "talk_seconds", "source", "listed", "call_uuid", "lead_id")
LIFE: Final = "life"  # which of several lives has answered, else called last
_COLUMN: Final = TextKeys("operations.export.column.{}", (*COLUMNS, LIFE))
_SOURCE: Final = TextKeys("operations.export.source.{}", ResultSource)
_BETWEEN: Final = ", "  # the calls of a number


class About(Struct, frozen=True):
    """What a file is about: the campaign, which of its numbers, and when that was so."""

    campaign: Campaign
    chosen: ResultFilter
    at: dt.datetime
    lives: Sequence[Campaign] = ()  # the first one first; none where it has one alone


def moment_text(at: dt.datetime) -> str:
    """A moment as spreadsheets of the language in use write it, and so read it as one."""
    if language() == "tr":
        # strftime takes twice as long, and there may be a million of them.
        return f"{at.day:02}.{at.month:02}.{at.year} {at.hour:02}:{at.minute:02}:{at.second:02}"
    return at.isoformat(" ")[:19]


def columns_of(lives: Sequence[Campaign]) -> tuple[str, ...]:
    """The columns of a campaign's spreadsheet: which life it was, where it has several."""
    return (*COLUMNS, LIFE) if lives else COLUMNS


def headings(lives: Sequence[Campaign]) -> list[str]:
    return [say(_COLUMN[name]) for name in columns_of(lives)]


class Cells:
    """Makes the cells of a number, in the order of COLUMNS and in the language in use.

    `text` makes what came from outside fit for the file, `moment` makes a cell of a moment in Turkish time.
    """

    def __init__(self, text: Callable[[str], str], moment: Callable[[dt.datetime], ExportCell],
                 lives: Sequence[Campaign] = ()) -> None:
        self._text = text
        self._moment = moment
        self._digits = known_digits()
        self._sources: dict[ResultSource | None, str] = {
            source: say(_SOURCE[source]) for source in ResultSource}
        self._lives = {life.id: say("operations.export.life", number=life.life, id=life.ref) for life in lives}
        self._yes, self._no = say("operations.export.yes"), say("operations.export.no")

    def of(self, rows: Iterable[ResultRow]) -> Iterator[tuple[ExportCell, ...]]:
        text, moment, digits, yes, no = self._text, self._moment, self._digits, self._yes, self._no
        for row in rows:
            digit, at = row.digit, row.last_at
            yield (
                # Grouped: a spreadsheet takes a dozen digits for a number, and spoils it.
                text(readable_phone(row.phone)), text(row.reference), text(row.phrase), text(row.lang), row.attempts,
                text(row.status),
                digits.get(digit) or text(digit), yes if row.answered else no, yes if row.final else no,
                None if at is None else moment(at.astimezone(ISTANBUL)), row.talk_seconds,
                self._sources.get(row.source, ""), no if row.unlisted else yes,
                text(_BETWEEN.join(call.call_uuid for call in row.calls if call.call_uuid)),
                text(_BETWEEN.join(dict.fromkeys(call.lead_id for call in row.calls if call.lead_id))),
                *([self._life(row)] if self._lives else ()),
            )

    def _life(self, row: ResultRow) -> str:
        """Which life has reached a number: the one that answered, else the last that called it."""
        reached = [life for life in row.lives if life.answered] or row.lives
        return self._lives[reached[-1].campaign] if reached else ""
