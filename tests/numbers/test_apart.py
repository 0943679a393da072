"""What others made hurts nobody: a workbook is read in a process of its own, a text in lines of some length."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import islice
from pathlib import Path

import pytest

from tui.numbers import apart, workbook
from tui.numbers.apart import RemoteWorkbook
from tui.numbers.errors import BadList
from tui.numbers.rows import read
from tui.numbers.source import open_list

FILES = sorted((Path(__file__).parent / "files").glob("*.xls?"))
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
BEGIN = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}"><sheetData>'
END = "</sheetData></worksheet>"
SHARED = f'<?xml version="1.0"?><sst xmlns="{_MAIN}">'
ONE = BEGIN + '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' + END


def made(path: Path, sheet: Iterable[str], shared: Iterable[str] = ()) -> Path:
    related = f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_OFFICE}/%s" Target="%s"/>'
    parts = {
        "[Content_Types].xml": [f'<Types xmlns="{_PACKAGE}/content-types"/>'],
        "_rels/.rels": [related % ("officeDocument", "xl/workbook.xml"), "</Relationships>"],
        "xl/workbook.xml": [f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="S" sheetId="1" '
                            'r:id="r1"/></sheets></workbook>'],
        "xl/_rels/workbook.xml.rels": [related % ("worksheet", "sheet.xml"),
                                       f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="shared.xml"/>',
                                       "</Relationships>"],
        "xl/sheet.xml": sheet, "xl/shared.xml": shared,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, pieces in parts.items():
            with package.open(name, "w") as part:
                for piece in pieces:
                    part.write(piece.encode())
    return path


def many(path: Path, rows: int = 5_000) -> Path:
    lines = (f'<row r="{row}"><c r="A{row}"><v>{5320000000 + row}</v></c></row>' for row in range(1, rows + 1))
    return made(path, [BEGIN, *lines, END])


def refusal(path: Path) -> tuple[str, dict[str, object]]:
    with pytest.raises(BadList) as bad:
        list(read(open_list(path)))
    reason = bad.value.reason
    return reason.code.removeprefix("numbers.list."), {name: value for name, value in reason.params.items()
                                                       if name != "path"}


def pid(book: RemoteWorkbook) -> int:
    process = book._process._process
    assert process is not None
    return process.pid


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_from_without_a_workbook_is_what_it_is_from_within(path: Path) -> None:
    def all_of(kind: type[RemoteWorkbook] | type[workbook.Workbook]) -> object:
        try:
            book = kind(path)
            return (book.sheets, book.all_sheets, book.with_rows(), book.first_with_rows(),
                    [(name, list(book.rows(name)), book.columns(name).hidden, book.hidden_lines(name))
                     for name in book.sheets])
        except BadList as bad:
            return bad.reason

    assert all_of(RemoteWorkbook) == all_of(workbook.Workbook)


def test_who_goes_through_the_rows_twice_at_once_misses_none(tmp_path: Path) -> None:
    book = RemoteWorkbook(many(tmp_path / "list.xlsx"))
    one, other = book.rows("S"), book.rows("S")
    lines = [row.line for row in islice(one, 3_000)]
    assert [row.line for row in islice(other, 4_500)] == list(range(1, 4_501))
    assert lines + [row.line for row in one] == list(range(1, 5_001))
    assert [row.line for row in other] == list(range(4_501, 5_001))


def test_a_text_that_is_too_long_for_a_cell_is_told_with_its_row(tmp_path: Path) -> None:
    """Three million letters once in the file, and in a thousand cells."""
    rows = (f'<row r="{row}"><c r="A{row}" t="s"><v>{int(row > 1)}</v></c></row>' for row in range(1, 1_001))
    path = made(tmp_path / "list.xlsx", [BEGIN, *rows, END],
                [SHARED, "<si><t>phone</t></si><si><t>", "5" * 3_000_000, "</t></si></sst>"])
    assert refusal(path) == ("long_cell", {"line": 2, "count": 3_000_000, "most": 32_767})


@pytest.mark.parametrize("sheet", [
    [BEGIN, "<row>", *["<c><v>5321234567</v></c>" * 1_000] * 20, "</row>", END],  # more columns than there are
    ['<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">', *(f'<!ENTITY {chr(98 + step)} "{f"&{chr(97 + step)};" * 10}">'
                                               for step in range(12)),
     "]>", BEGIN.partition("?>")[2], '<row r="1"><c r="A1" t="inlineStr"><is><t>&m;</t></is></c></row>', END],
], ids=["columns", "entities"])
def test_what_no_spreadsheet_writes_is_damaged(tmp_path: Path, sheet: list[str]) -> None:
    assert refusal(made(tmp_path / "list.xlsx", sheet)) == ("damaged", {})


@pytest.mark.usefixtures("a_process_reads")
def test_deep_elements_and_rows_without_an_end_are_told(tmp_path: Path) -> None:
    deep = [BEGIN, '<row r="1"><c r="A1">', "<x>" * 200_000, "</x>" * 200_000, "</c></row>", END]
    assert refusal(made(tmp_path / "deep.xlsx", deep))[0] in ("empty", "damaged", "beyond_bounds")


def test_memory_is_bounded(tmp_path: Path) -> None:
    """What would unpack into three hundred million letters is given up by the process that reads it."""
    path = made(tmp_path / "list.xlsx", [ONE], [SHARED, "<si><t>", *["b" * 1_000_000] * 300, "</t></si></sst>"])
    assert path.stat().st_size < 1_000_000
    code = ("import pickle, resource, sys; from pathlib import Path; import tui.numbers.workbook_process as reading; "
            "reading.MAX_MEMORY = 200 << 20; reading._bounded(); "
            "reading.serve(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)")
    asked = pickle.dumps(("rows", "S", 0))
    ran = subprocess.run([sys.executable, "-c", code, str(path)], input=asked, capture_output=True, check=False)
    answer = pickle.loads(ran.stdout)  # noqa: S301 - of the process just started
    assert answer == ("refuses", "numbers.list.beyond_bounds", {"path": str(path)})


@pytest.mark.usefixtures("a_process_reads")
def test_a_process_that_is_killed_or_says_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = many(tmp_path / "list.xlsx")
    book = RemoteWorkbook(path)
    rows = book.rows("S")
    next(rows)
    os.kill(pid(book), signal.SIGKILL)
    with pytest.raises(BadList, match="beyond_bounds"):
        list(rows)
    assert len(list(book.rows("S"))) == 5_000  # another one reads
    monkeypatch.setattr(apart, "_SECONDS", 0.2)
    monkeypatch.setattr(apart, "_COMMAND", (sys.executable, "-c", "import time; time.sleep(600)"))
    assert refusal(path) == ("beyond_bounds", {})


@pytest.mark.usefixtures("a_process_reads")
def test_what_nobody_waits_for_is_given_up_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = RemoteWorkbook(many(tmp_path / "list.xlsx"))
    book._process.end()
    monkeypatch.setattr(apart, "_COMMAND", (sys.executable, "-c", "import time; time.sleep(600)"))
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(lambda: list(book.rows("S")))
        while book._process._process is None:
            wait({waiting}, 0.01)
        book.give_up()
        with pytest.raises(BadList, match="beyond_bounds"):
            waiting.result(20)


@pytest.mark.usefixtures("a_process_reads")
def test_the_process_ends_with_whoever_reads(tmp_path: Path) -> None:
    book = RemoteWorkbook(many(tmp_path / "list.xlsx"))
    started = pid(book)
    del book
    gc.collect()
    with pytest.raises(ProcessLookupError):
        os.kill(started, 0)


def test_a_line_of_separators_is_told(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("phone;name\n" + ";" * 900_000 + "\n" + "0532 123 45 67;Ali\n", encoding="utf-8")
    assert refusal(path) == ("too_wide", {"line": 2, "count": 900_001, "most": 16_384})
    path.write_text(";" * 18_000_000, encoding="utf-8")
    assert refusal(path)[0] == "one_line"
    path.write_text("phone;name\n0532 123 45 67;" + "a" * 140_000 + "\n", encoding="utf-8")
    assert [row.phone for row in read(open_list(path))] == ["0532 123 45 67"]


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/proc/self/environ", "/proc/kmsg"])
def test_what_is_no_ordinary_file_is_not_read(path: str) -> None:
    assert refusal(Path(path)) == ("not_a_file", {})
