"""Results as a workbook: a summary with charts, and a row for each number. It is never held in memory as a whole."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from tui.campaign.dates import ISTANBUL
from tui.campaign.menu import FIELD_OF_PLACE, NO_KEY, WRONG_KEY
from tui.campaign.results import Pressed, pressed
from tui.core.sanitize import visible
from tui.i18n.words import language, say
from tui.operations.export_rows import COLUMNS, About, Cells, ExportCell, columns_of, headings, moment_text
from tui.store.result_values import ResultRow
from tui.text.formats import leading_text
from tui.text.results import FIGURE, digit_text, filter_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Excel's own limits (Microsoft, *Excel specifications and limits*).
MAX_ROWS: Final = 1_048_576
LONGEST_CELL: Final = 32_767
_EPOCH: Final = dt.datetime(1899, 12, 30, tzinfo=ISTANBUL)  # two moments of one zone are apart by what clocks show
_DAY: Final = 86_400

_MOMENT_FORMAT: Final = {"tr": "dd.mm.yyyy hh:mm:ss", "en": "yyyy-mm-dd hh:mm:ss"}
_WIDTHS: Final = {"phone": 18, "reference": 24, "phrase": 44, "status": 24, "digit": 18, "last_at": 20, "source": 18,
                  "call_uuid": 38}
_NOT_XML: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ROW_HEIGHT: Final = 20  # pixels
_CHARTED: Final = 12  # bars; the rarest of many statuses are in the table alone


def plain(text: str) -> str:
    """`text` as a cell can hold it: what XML has no way to write is a replacement mark, what is too long is cut.

    XlsxWriter takes a text that looks like its own markup (`<r>…</r>`) for it: such a one begins with a blank.
    """
    text = _NOT_XML.sub("\ufffd", text)
    if len(text) > LONGEST_CELL:
        text = f"{text[:LONGEST_CELL - 1]}…"
    return f" {text}" if text.startswith("<r>") else text


def _serial(moment: dt.datetime) -> float:
    """Days since the beginning of a spreadsheet's time."""
    since = moment - _EPOCH
    return since.days + since.seconds / _DAY


class XlsxBook:
    """`folder`: where it may keep what it has written so far."""

    def __init__(self, stream: io.BufferedIOBase, folder: Path, about: About) -> None:
        self._about = about
        self._book = Workbook(stream, {
            "constant_memory": True, "tmpdir": str(folder), "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False})
        self._book.use_zip64()
        self._summary = self._book.add_worksheet(say("operations.export.sheet.summary"))
        self._bold = self._book.add_format({"bold": True})
        self._moment = self._book.add_format({"num_format": _MOMENT_FORMAT[language()], "align": "left"})
        self._cells = Cells(plain, _serial, about.lives)
        self._tally = _Tally()
        self._sheets = 0
        self._next_sheet()

    def add(self, rows: list[ResultRow]) -> None:
        for cells in self._cells.of(rows):
            if self._row == MAX_ROWS:
                self._end_sheet()
                self._next_sheet()
            self._write(cells)
        self._tally.add(rows)

    def finish(self) -> None:
        self._end_sheet()
        _Summary(self._book, self._summary, self._about, self._tally).write()
        try:
            self._book.close()
        except FileCreateError as error:
            raise error.args[0] from None

    def close(self) -> None:
        for sheet in self._book.worksheets():
            sheet.row_data_fh.close()

    def _write(self, cells: tuple[ExportCell, ...]) -> None:
        sheet, row = self._sheet, self._row
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                if cell:
                    sheet.write_string(row, column, cell)
            elif cell is not None:
                sheet.write_number(row, column, cell)
        self._row += 1

    def _next_sheet(self) -> None:
        self._sheets += 1
        name = say("operations.export.sheet.numbers")
        self._sheet: Worksheet = self._book.add_worksheet(name if self._sheets == 1 else f"{name} {self._sheets}")
        self._sheet.freeze_panes(1, 0)
        for column, name in enumerate(columns_of(self._about.lives)):
            self._sheet.set_column(column, column, _WIDTHS.get(name, 12), self._moment if name == "last_at" else None)
        for column, heading in enumerate(headings(self._about.lives)):
            self._sheet.write_string(0, column, heading, self._bold)
        self._row = 1

    def _end_sheet(self) -> None:
        last = self._row - 1
        self._sheet.autofilter(0, 0, last, len(columns_of(self._about.lives)) - 1)
        # Excel would mark each key in a corner.
        key = COLUMNS.index("digit")
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:{chr(ord('A') + key)}{last + 1}"})


class _Tally:
    """What the rows that were written come to."""

    def __init__(self) -> None:
        self.numbers = self.called = self.answered = self.final = self.unlisted = self.calls = 0
        self.statuses: Counter[str] = Counter()
        self.digits: Counter[str] = Counter()

    def add(self, rows: list[ResultRow]) -> None:
        called = [row for row in rows if row.attempts]
        self.numbers += len(rows)
        self.called += len(called)
        self.answered += sum(row.answered for row in called)
        self.final += sum(row.final for row in called)
        self.unlisted += sum(row.unlisted for row in called)
        self.calls += sum(row.attempts for row in called)
        self.statuses.update(row.status for row in called)
        self.digits.update(row.digit for row in called if row.digit)


class _Summary:
    """The first sheet: what was exported, and two tables with a chart each."""

    def __init__(self, book: Workbook, sheet: Worksheet, about: About, tally: _Tally) -> None:
        self._book = book
        self._sheet = sheet
        self._about = about
        self._tally = tally
        self._title: Format = book.add_format({"bold": True, "font_size": 14})
        self._bold: Format = book.add_format({"bold": True})
        self._plain: Format = book.add_format({"num_format": "#,##0"})
        self._share: Format = book.add_format({"num_format": "0.0%"})
        self._row = 0

    def write(self) -> None:
        campaign, tally = self._about.campaign, self._tally
        self._sheet.set_column(0, 0, 44)
        self._sheet.set_column(1, 2, 14)
        self._line(campaign.name, self._title)
        if campaign.provider_id is not None:
            self._line(f"ID {campaign.provider_id}")
        if self._about.lives:
            self._line(say("operations.export.lives", count=len(self._about.lives),
                           ids=", ".join(life.ref for life in self._about.lives)))
        self._line(say("operations.export.chosen", filter=filter_text(self._about.chosen)))
        self._line(say("operations.export.at", moment=moment_text(self._about.at.astimezone(ISTANBUL))))
        self._row += 1
        for name, count, whole in (
                ("numbers", tally.numbers, 0), ("called", tally.called, tally.numbers),
                ("answered", tally.answered, tally.called), ("final", tally.final, tally.numbers),
                ("to_call", tally.numbers - tally.called, tally.numbers), ("calls", tally.calls, 0),
                ("strangers", tally.unlisted, 0)):
            self._figure(say(FIGURE[name]), count, whole)
        self._row += 1
        self._table(say("text.results.table.statuses"), [
            (status or "—", count) for status, count in tally.statuses.most_common()])
        self._table(say("text.results.table.digits"), list(self._digits()))

    def _digits(self) -> Iterator[tuple[str, int]]:
        """What was pressed, with what it leads to, the most frequent first."""
        draft = self._about.campaign.draft
        for digit, count in self._tally.digits.most_common():
            kind = pressed(digit)
            place = {Pressed.KEY: digit, Pressed.NONE: NO_KEY, Pressed.WRONG: WRONG_KEY}.get(kind)
            leading = "" if place is None else leading_text(draft.field(FIELD_OF_PLACE[place]))
            text = say("text.results.key", key=digit) if kind is Pressed.KEY else digit_text(digit)
            yield f"{text} · {leading}" if leading else text, count

    def _table(self, title: str, rows: list[tuple[str, int]]) -> None:
        if not rows:
            return
        self._sheet.write_string(self._row, 0, title, self._bold)
        self._sheet.write_string(self._row, 1, say("text.results.figure.numbers"), self._bold)
        first = self._row + 1
        self._row = first
        for label, count in rows:
            self._figure(label, count, self._tally.called)
        charted = rows[:_CHARTED]
        last = first + len(charted) - 1
        height = 90 + 26 * len(charted)
        chart = self._book.add_chart({"type": "bar"})
        # The values once more: what has been written is no longer known, and names would be taken for numbers.
        chart.add_series({"name": title, "gap": 40,
                          "categories": [self._sheet.name, first, 0, last, 0],
                          # Here XlsxWriter escapes no control characters.
                          "categories_data": [visible(plain(label)) for label, _ in charted],
                          "values": [self._sheet.name, first, 1, last, 1],
                          "values_data": [count for _label, count in charted]})
        chart.set_title({"name": title, "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})  # the most frequent on top, as in the table
        chart.set_size({"width": 560, "height": height})
        self._sheet.insert_chart(first - 1, 4, chart)
        # The next table begins below the chart.
        self._row = max(self._row, first - 1 + height // _ROW_HEIGHT) + 1

    def _line(self, text: str, style: Format | None = None) -> None:
        self._sheet.write_string(self._row, 0, plain(text), style)
        self._row += 1

    def _figure(self, label: str, count: int, whole: int) -> None:
        self._sheet.write_string(self._row, 0, plain(label))
        self._sheet.write_number(self._row, 1, count, self._plain)
        if whole:
            self._sheet.write_number(self._row, 2, count / whole, self._share)
        self._row += 1
