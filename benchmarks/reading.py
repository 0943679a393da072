"""Lists read and mapped by us and the same files by their bare readers: a million rows of CSV, 200,000 of .xlsx."""

from __future__ import annotations

import csv
import random
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from python_calamine import load_workbook

from benchmarks.figures import Figure, NotMeasured
from tui.numbers.listing import AS_FOUND, ListOptions
from tui.numbers.rows import read
from tui.numbers.source import open_list

CSV_ROWS: Final = 1_000_000
WORKBOOK_ROWS: Final = 200_000
TEMPLATE: Final = ListOptions(template="#456 {vade} #457 {tutar} #458")
CSV_LIMIT: Final = 4.0
TEMPLATE_LIMIT: Final = 6.0
# Of two processes, which work at the same time: the one that reads, and ours.
WORKBOOK_LIMIT: Final = 4.5
WORKBOOK_TEMPLATE_LIMIT: Final = 5.0
# The quickest of some, ours and bare by turns: what else the machine does only ever adds.
_TURNS: Final = 3
_FIRST_DAY: Final = 46_000  # in Excel's days since 1899-12-30

_PARTS: Final = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="xl/workbook.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Liste" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels":
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="worksheets/sheet1.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
    '<Relationship Id="r2" Target="styles.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>',
    "xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
}


def measure(csv_rows: int = CSV_ROWS, workbook_rows: int = WORKBOOK_ROWS, seed: int = 1) -> list[Figure]:
    """Processor time for whole lists, opened and read to the end; NotMeasured where a row is missing or bad."""
    with tempfile.TemporaryDirectory() as folder:
        text, book = Path(folder, "liste.csv"), Path(folder, "liste.xlsx")
        write_csv(text, csv_rows, seed)
        write_workbook(book, workbook_rows, seed)
        return [
            _compared(f"{csv_rows:,} rows of CSV", text, AS_FOUND, csv_rows, CSV_LIMIT),
            _compared(f"{csv_rows:,} rows of CSV, phrases made", text, TEMPLATE, csv_rows, TEMPLATE_LIMIT),
            _compared(f"{workbook_rows:,} rows of .xlsx", book, AS_FOUND, workbook_rows, WORKBOOK_LIMIT),
            _compared(f"{workbook_rows:,} rows of .xlsx, phrases made", book, TEMPLATE, workbook_rows,
                      WORKBOOK_TEMPLATE_LIMIT),
        ]


def _compared(name: str, path: Path, options: ListOptions, count: int, limit: float) -> Figure:
    rows = problems = 0
    for row in read(open_list(path), options):
        rows += 1
        problems += row.problem is not None or not row.phone or (bool(options.template) and not row.phrase)
    if (rows, problems) != (count, 0):
        raise NotMeasured(f"{rows} of {count} rows of {path.name} came out, {problems} of them bad")
    bare = _bare_csv if path.suffix == ".csv" else _bare_workbook
    turns = [(_taken(lambda: _read(path, options)), _taken(lambda: bare(path))) for _ in range(_TURNS)]
    ours, baseline = map(min, zip(*turns, strict=True))
    return Figure(f"reading: {name}", "ms", ours, baseline, limit)


def write_csv(path: Path, count: int, seed: int) -> None:
    """Name, number, day and amount, as a spreadsheet with a Turkish locale writes them."""
    with path.open("w", encoding="utf-8") as file:
        file.write("Ad;Telefon;Vade;Tutar\n")
        for name, phone, day, kurus in _rows(count, seed):
            file.write(f"{name};0{phone};{1 + day % 28:02}.{1 + day % 12:02}.2026;{kurus // 100},{kurus % 100:02}\n")


def write_workbook(path: Path, count: int, seed: int) -> None:
    """The same in cells: text, a number, a day, a number."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
        for name, content in _PARTS.items():
            parts.writestr(name, content)
        with parts.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            headings = zip("ABCD", ("Ad", "Telefon", "Vade", "Tutar"), strict=True)
            sheet.write(_row(1, "".join(_text(f"{column}1", heading) for column, heading in headings)))
            for at, (name, phone, day, kurus) in enumerate(_rows(count, seed), start=2):
                sheet.write(_row(at, f'{_text(f"A{at}", name)}<c r="B{at}"><v>{phone}</v></c>'
                                     f'<c r="C{at}" s="1"><v>{_FIRST_DAY + day}</v></c>'
                                     f'<c r="D{at}"><v>{kurus / 100}</v></c>'))
            sheet.write(b"</sheetData></worksheet>")


def _rows(count: int, seed: int) -> Iterator[tuple[str, int, int, int]]:
    draw = random.Random(seed)
    for at in range(count):
        phone = draw.randrange(5_300_000_000, 5_600_000_000)
        yield f"Ayşe Yılmaz {at}", phone, draw.randrange(336), draw.randrange(10**6)


def _row(at: int, cells: str) -> bytes:
    return f'<row r="{at}">{cells}</row>'.encode()


def _text(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def _taken(run: Callable[[], None]) -> float:
    """Milliseconds of processor time, that of the processes included which it has started and waited for."""
    begun = time.process_time() + _of_others()
    run()
    return 1000 * (time.process_time() + _of_others() - begun)


def _of_others() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _bare_csv(path: Path) -> None:
    with path.open(newline="", encoding="utf-8") as file:
        for _cells in csv.reader(file, delimiter=";"):
            pass


def _bare_workbook(path: Path) -> None:
    for _cells in load_workbook(path).get_sheet_by_index(0).iter_rows():
        pass


def _read(path: Path, options: ListOptions) -> None:
    for _source_row in read(open_list(path), options):
        pass
