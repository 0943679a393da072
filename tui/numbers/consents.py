"""The consents of an İYS file: what its panel exports, a CSV file or a workbook.

Nothing is guessed: a row that can't be read is counted with its place, and gives no consent. Rows of the other channels
are counted too. All sheets that have the columns count, and hidden rows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import lru_cache
from itertools import chain, islice
from types import MappingProxyType
from typing import Final

from msgspec import Struct, field

from tui.campaign.consent import ConsentStatus, RecipientType, statement_of, weight_of
from tui.campaign.dates import ISTANBUL, YEARS
from tui.campaign.phone import validate_phone
from tui.numbers.by_line import SEPARATORS
from tui.numbers.cells import Cell, is_blank, text_of
from tui.numbers.consent_columns import NEEDED, ConsentColumn, is_headless, places_of, shown
from tui.numbers.errors import BadList
from tui.numbers.every_number import numbers_in, rows_of_text
from tui.numbers.source import Source, Text, TextFile
from tui.numbers.template import variable_name

_TITLE_ROWS: Final = 20  # above the columns' names
_OFTEN: Final = 5_000  # rows between two calls of `at_row`
_PLACES: Final = 5  # of rows that can't be read are named
_CALLS: Final = frozenset({"arama", "sesliarama", "call", "voice", "telefon"})
_OTHER_CHANNELS: Final = {
    "mesaj": "MESAJ", "sms": "MESAJ", "message": "MESAJ", "kisamesaj": "MESAJ",
    "eposta": "EPOSTA", "email": "EPOSTA", "mail": "EPOSTA", "elektronikposta": "EPOSTA"}
_STATUSES: Final = {
    **dict.fromkeys(("onay", "onayli", "onaylandi", "izinli", "izinvar", "approved", "approval"), ConsentStatus.GIVEN),
    **dict.fromkeys(("ret", "red", "retli", "reddedildi", "rededildi", "izinyok", "rejected", "rejection"),
                    ConsentStatus.REFUSED)}
_TYPES: Final = {
    **dict.fromkeys(("bireysel", "individual", "consumer"), RecipientType.CONSUMER),
    **dict.fromkeys(("tacir", "merchant", "trader"), RecipientType.TRADER)}
_TIME: Final = (r"(?:[T ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
                r" ?(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?)?")
_YEAR_FIRST: Final = re.compile(r"(?P<year>\d{4})([-./])(?P<month>\d{1,2})\2(?P<day>\d{1,2})" + _TIME, re.ASCII)
_DAY_FIRST: Final = re.compile(r"(?P<day>\d{1,2})([-./])(?P<month>\d{1,2})\2(?P<year>\d{4})" + _TIME, re.ASCII)

Line = tuple[int, Sequence[Cell]]


class ConsentFile(Struct):
    """What an İYS file says. `statements`: by recipient type and brand ("" where the file names none), then by phone.

    A statement is a number (`tui.campaign.consent.weight_of`). `others`: how many rows are of other channels, by
    channel; `unread` rows can't be read, `places` are the lines of the first; `undated` rows have a date that can't be
    read, and count as without one. `skipped`: sheets that hold something and have not the columns. `codes`: of brands
    that the file has by name, as `brand_key` folds it.
    """

    statements: dict[tuple[RecipientType, str], dict[str, int]] = field(default_factory=dict)
    rows: int = 0
    others: Counter[str] = field(default_factory=Counter)
    unread: int = 0
    undated: int = 0
    skipped: tuple[str, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    _places: list[str] = field(default_factory=list)
    _contradicting: set[tuple[tuple[RecipientType, str], str]] = field(default_factory=set)

    @property
    def places(self) -> str:
        more = ["…"] if self.unread > len(self._places) else []
        return ", ".join([*self._places, *more])

    @property
    def contradictions(self) -> int:
        """How many numbers both agree and refuse, as the same type and for the same brand."""
        return len(self._contradicting)

    def miss(self, line: int, sheet: str) -> None:
        """Count a row that can't be read."""
        self.unread += 1
        if len(self._places) < _PLACES:
            self._places.append(f"{sheet}:{line}" if sheet else str(line))

    def state(self, kind: tuple[RecipientType, str], phone: str, status: ConsentStatus,
              since: dt.datetime | None) -> None:
        """Note a statement: of several about the same the one that holds stays."""
        kept = self.statements.setdefault(kind, {})
        weight = weight_of(status, since)
        before = kept.get(phone)
        if before is not None and statement_of(before)[0] is not status:
            self._contradicting.add((kind, phone))
        if before is None or weight > before:
            kept[phone] = weight


def brand_key(name: str) -> str:
    """Brands whose names differ in nothing else but capitals, marks and signs are one."""
    return _folded(name) or name.strip()


def read_consents(source: Source, named: Mapping[ConsentColumn, str], codes: Mapping[str, str] = MappingProxyType({}),
                  at_row: Callable[[int], None] = lambda _: None) -> ConsentFile:
    """Read a whole file. `named`: which columns are what, by heading or number, where their names don't say; `codes`:
    the code of each brand that the file has by its name. `at_row` is called with how many rows are read, now and then;
    what it raises ends the reading.

    BadList where a column that is needed is missing, or the file can't be read.
    """
    found = ConsentFile(codes={brand_key(name): code for name, code in codes.items()})
    if isinstance(source, Text):
        with ExitStack() as opened:  # whoever ends the reading leaves no file open
            _take(found, _table_of_text(source, named, opened), "", at_row)
        return found
    source.first_with_rows()  # there is one, or BadList
    tables: list[tuple[str, _Table]] = []
    missing: _NoTable | None = None
    skipped = []
    for sheet in source.with_rows():
        rows: Iterator[Line] = (
            (line, cells) for line, _hidden, cells in source.rows(sheet.name) if not is_blank(cells))
        table = _table(rows, named)
        if isinstance(table, _NoTable):
            missing = missing or table
            skipped.append(sheet.name)
            continue
        tables.append((sheet.name, table))
        _take(found, table, sheet.name if len(source.sheets) > 1 else "", at_row)
    if not tables:
        assert missing is not None  # noqa: S101 - a sheet has rows
        raise missing.why
    found.skipped = tuple(skipped)
    return found


class _NoTable(Struct, frozen=True):
    """Why there is none, and how many columns the row has that is most like their names."""

    why: BadList
    width: int


class _Table(Struct, frozen=True):
    """Where the columns are, and the rows below their names."""

    places: Mapping[ConsentColumn, int]
    rows: Iterator[Line]


def _table_of_text(source: Text, named: Mapping[ConsentColumn, str], opened: ExitStack) -> _Table:
    """The table by the separator with which its columns have names. BadList where there is none."""
    missing: list[_NoTable] = []
    for separator in SEPARATORS:
        table = _table(opened.enter_context(closing(rows_of_text(source, separator))), named)
        if isinstance(table, _Table):
            return table
        missing.append(table)
    # What falls into most columns is most likely what was meant.
    widest = max(missing, key=lambda each: each.width)
    if not widest.width and isinstance(source, TextFile):
        raise BadList("numbers.list.empty", path=str(source.path))
    raise widest.why


def _table(rows: Iterator[Line], named: Mapping[ConsentColumn, str]) -> _Table | _NoTable:
    """A table by its first rows; where none of them names all columns that are needed, what the best of them lacks."""
    head = list(islice(rows, _TITLE_ROWS))
    best: tuple[int, list[str], list[ConsentColumn]] = (-1, [], list(NEEDED))
    for place, (_, cells) in enumerate(head):
        texts = [text_of(cell) for cell in cells]
        places = places_of(texts, named)
        missing = [column for column in (*NEEDED, *named) if column not in places]
        if not missing:
            first = place if is_headless(texts, places, named) else place + 1
            return _Table(places, chain(head[first:], rows))
        if len(places) > best[0]:
            best = len(places), texts, missing
    lacking = list(dict.fromkeys(column.upper() for column in best[2]))
    why = BadList("numbers.iys.columns", found=shown(best[1]), count=len(lacking), missing=", ".join(lacking))
    return _NoTable(why, len(best[1]))


def _take(found: ConsentFile, table: _Table, sheet: str, at_row: Callable[[int], None]) -> None:
    last = max(table.places.values())
    for line, row in table.rows:
        cells = [*row, *[""] * (last + 1 - len(row))]
        if is_blank(cells):
            continue
        found.rows += 1
        if not _read_row(found, table.places, cells):
            found.miss(line, sheet)
        if not found.rows % _OFTEN:
            at_row(found.rows)


def _read_row(found: ConsentFile, places: Mapping[ConsentColumn, int], cells: Sequence[Cell]) -> bool:
    """Whether a row could be read."""
    channel = _word(cells[places[ConsentColumn.TYPE]])
    if channel in _OTHER_CHANNELS:
        found.others[_OTHER_CHANNELS[channel]] += 1
        return True
    status = _STATUSES.get(_word(cells[places[ConsentColumn.STATUS]]))
    kind = _TYPES.get(_word(cells[places[ConsentColumn.RECIPIENT_TYPE]]))
    if channel not in _CALLS or status is None or kind is None:
        return False
    phones = _phones(text_of(cells[places[ConsentColumn.RECIPIENT]]), status)
    brand = text_of(cells[places[ConsentColumn.BRAND]]).strip() if ConsentColumn.BRAND in places else ""
    if found.codes:
        brand = found.codes.get(brand_key(brand), brand)
    since, readable = _moment(cells[places[ConsentColumn.DATE]]) if ConsentColumn.DATE in places else (None, True)
    found.undated += not readable
    for phone in phones:
        found.state((kind, brand), phone, status, since)
    return bool(phones)


def _phones(text: str, status: ConsentStatus) -> Iterable[str]:
    """The number of a cell. Several that refuse are several; of several that agree it isn't known which."""
    phone = validate_phone(text).phone
    if phone is not None:
        return (phone,)
    several = set(numbers_in(text))
    return several if status is ConsentStatus.REFUSED or len(several) == 1 else ()


def _word(cell: Cell) -> str:
    return _folded(text_of(cell))


@lru_cache(maxsize=256)  # a column has few different ones, a million times
def _folded(text: str) -> str:
    """`E-posta` → eposta."""
    return variable_name(text).replace("_", "")


def _moment(cell: Cell) -> tuple[dt.datetime | None, bool]:
    """When, aware; None where there is none. Whether it could be read."""
    if isinstance(cell, dt.datetime):
        return cell.replace(tzinfo=cell.tzinfo or ISTANBUL), True
    if isinstance(cell, dt.date):
        return dt.datetime(cell.year, cell.month, cell.day, tzinfo=ISTANBUL), True
    text = text_of(cell).strip()
    if not text:
        return None, True
    parts = _YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    try:
        return (None, False) if parts is None else (_moment_of(parts), True)
    except ValueError:  # a day that the month lacks
        return None, False


def _moment_of(parts: re.Match[str]) -> dt.datetime:
    if int(parts["year"]) not in YEARS:
        raise ValueError(parts["year"])
    at = dt.datetime(int(parts["year"]), int(parts["month"]), int(parts["day"]), int(parts["hour"] or 0),  # noqa: DTZ001 - its zone follows
                     int(parts["minute"] or 0), int(parts["second"] or 0))
    zone = parts["zone"]
    if zone is None:
        return at.replace(tzinfo=ISTANBUL)
    if zone in ("Z", "UTC"):
        return at.replace(tzinfo=dt.UTC)
    offset = dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return at.replace(tzinfo=dt.timezone(-offset if zone[0] == "-" else offset))
