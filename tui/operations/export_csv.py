"""Results, rows that were dropped from a list, and who is not to be called, as CSV as Excel opens it by a double click.

UTF-8 with its mark, and the separator of the language.
"""

from __future__ import annotations

import asyncio
import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from msgspec import Struct

from tui.campaign.dates import ISTANBUL
from tui.core.causes import error_name
from tui.core.files import NotOurs, replace_file
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.i18n.words import language, say
from tui.operations.do_not_call import references_of
from tui.operations.export_rows import Cells, ExportCell, headings, moment_text
from tui.operations.services import NotPossible, Services
from tui.store import Campaign, DroppedNumber
from tui.store.do_not_call_pages import DoNotCallFilter, ListedNumber
from tui.store.result_values import ResultRow
from tui.text.do_not_call import SOURCE, why_text

_DROPPED: Final = TextKeys("operations.dropped.{}", ("typed", "reference", "phrase", "lang", "why", "problem", "at"))
_DO_NOT_CALL: Final = TextKeys("operations.dnc.column.{}", ("phone", "reference", "source", "since", "why", "by_user"))
_NUMBERS_AT_ONCE: Final = 50_000

# Where the comma is the decimal sign, Excel separates by semicolons.
SEPARATOR: Final = {"tr": ";", "en": ","}
# What a spreadsheet takes for the beginning of a formula: = + - @, also full-width, small and raised, and the minus.
_SIGNS: Final = "=+\\-@−⁺⁻⁼₊₋₌﬩﹢﹣﹦﹫＋－＝＠⩵⩶"
# Behind any of these a program with other settings may begin a cell: its separator, a blank, a quotation mark; and what
# does not show (Unicode's Cc, Cf and blanks) would not keep a sign from being the first.
_UNSEEN: Final = (
    r"\s\x00-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f")
_FIRST_SIGN: Final = re.compile(rf'(?<![^{_UNSEEN};,|"])(?=[{_SIGNS}])|(?<![^;,|\r\n "])(?=\t)|\A(?=[\r\n])')
_WORTH_A_LOOK: Final = re.compile(rf"[{_SIGNS}\t\r\n]")
# A closing quotation mark behind one of these would open a cell where another separator is taken.
_ENDS: Final = ";,|\t\r\n "
_QUOTED: Final = re.compile(r'[;,\r\n"]')


def harmless(text: str) -> str:
    """`text` as a cell of which no spreadsheet makes a formula, whatever separator it takes: apostrophes before signs.

    One stands before each = + - @ with which a cell could begin where `,` `;` `|`, tab or a blank separates, where a
    quotation mark is taken for the beginning of a cell, or behind what doesn't show; and before a tab or line end so.

    >>> harmless("=1+1"), harmless("a;=1"), harmless('"=1'), harmless("1=1")
    ("'=1+1", "a;'=1", '"\'=1', '1=1')
    """
    if _WORTH_A_LOOK.search(text):
        text = _FIRST_SIGN.sub("'", text)
    if text and text[-1] in _ENDS and _QUOTED.search(text):
        return f"{text}'"
    return text


class CsvBook:
    def __init__(self, stream: BinaryIO | io.BufferedIOBase, lives: Sequence[Campaign] = ()) -> None:
        self._stream = stream
        self._separator = SEPARATOR[language()]
        self._cells = Cells(harmless, moment_text, lives)
        stream.write(codecs.BOM_UTF8)
        self._write([headings(lives)])

    def add(self, rows: list[ResultRow]) -> None:
        self._write(self._cells.of(rows))

    def finish(self) -> None:
        pass

    def close(self) -> None:
        pass

    def _write(self, rows: Iterable[Iterable[ExportCell]]) -> None:
        lines = io.StringIO(newline="")
        csv.writer(lines, delimiter=self._separator).writerows(rows)
        self._stream.write(lines.getvalue().encode())


async def export_dropped(services: Services, campaign_id: int, path: Path) -> int:
    """Write the rows that were dropped from a list to a CSV file, with the reasons, in the order in which they went.

    How many. It can be imported as it stands.

    A file that is there is replaced, when the new one is whole. NotPossible where it can't be written.
    """
    rows = await services.thread(lambda: list(services.store.numbers.each_dropped(campaign_id)))
    await _replace(path, lambda: _csv([say(key) for key in _DROPPED], map(_dropped_row, rows)))
    return len(rows)


def _dropped_row(row: DroppedNumber) -> tuple[str, ...]:
    return (row.typed, row.reference, row.phrase, row.lang, _sentence(row.why), _sentence(row.problem),
            row.at.isoformat(sep=" ", timespec="seconds"))


async def export_do_not_call(services: Services, path: Path, chosen: DoNotCallFilter, words: str = "") -> int:
    """Write the numbers that a filter and words name to a CSV file, with why, since when and by whom. How many.

    A file that is there is replaced, when the new one is whole. It can be imported as it stands; a number within a
    reason counts too then. NotPossible where it can't be written, StoreError.
    """
    table = await do_not_call_table(services, chosen, words)
    await _replace(path, table.csv)
    return len(table.rows)


class DoNotCallTable(Struct, frozen=True):
    """Numbers that are not to be called, and by which references lists know them."""

    rows: Sequence[ListedNumber]
    references: Mapping[str, str]

    def csv(self) -> bytes:
        """As a file."""
        return _csv([say(key) for key in _DO_NOT_CALL], map(self._cells, self.rows))

    def _cells(self, row: ListedNumber) -> tuple[str, ...]:
        since = moment_text(row.at.astimezone(ISTANBUL)) if row.at is not None else ""
        reference = self.references.get(row.phone, "")
        return row.phone, reference, say(SOURCE[row.source]), since, why_text(row), row.by_user


async def do_not_call_table(services: Services, chosen: DoNotCallFilter, words: str = "") -> DoNotCallTable:
    """The numbers that a filter and words name, in the order of the list. StoreError."""
    rows: list[ListedNumber] = []
    read, profile = services.store.do_not_call_pages.read, services.profile.name
    while True:
        page = await services.thread(read, profile, chosen, words, len(rows), _NUMBERS_AT_ONCE)
        rows += page.rows
        if not page.rows:
            return DoNotCallTable(rows, await references_of(services, {row.phone for row in rows}))


async def _replace(path: Path, make: Callable[[], bytes]) -> None:
    """Put what `make` gives, which is called in a thread, in the place of a file. NotPossible."""
    try:
        await asyncio.to_thread(lambda: replace_file(path, make()))
    except NotOurs as failure:
        raise NotPossible(failure.reason) from failure
    except OSError as failure:
        raise NotPossible(Reason("operations.dropped.not_written", {
            "path": str(path), "detail": error_name(failure)})) from failure


def _csv(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO(newline="")
    pen = csv.writer(text, delimiter=SEPARATOR[language()])
    pen.writerow(heading)
    pen.writerows(map(harmless, row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _sentence(reason: Reason | None) -> str:
    return "" if reason is None else say(reason.code, **reason.params)
