"""The lists that reading is measured with are what they should be, and a missing row leaves no figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import reading
from benchmarks.figures import NotMeasured
from tui.numbers.rows import SourceRow, read
from tui.numbers.source import Source, open_list


def test_both_lists_hold_the_same_rows(tmp_path: Path) -> None:
    text, book = tmp_path / "liste.csv", tmp_path / "liste.xlsx"
    reading.write_csv(text, 50, seed=1)
    reading.write_workbook(book, 50, seed=1)
    first, second = (list(read(open_list(path), reading.TEMPLATE)) for path in (text, book))
    assert [row.phone for row in first] == ["0" + row.phone for row in second]
    assert [row.phrase.split()[3] for row in first] == [row.phrase.split()[3] for row in second]
    assert all(row.problem is None for row in first + second)


def test_every_kind_of_list_has_a_figure() -> None:
    figures = reading.measure(csv_rows=200, workbook_rows=100)
    assert [figure.name for figure in figures] == [
        "reading: 200 rows of CSV", "reading: 200 rows of CSV, phrases made", "reading: 100 rows of .xlsx",
        "reading: 100 rows of .xlsx, phrases made",
    ]
    assert all(figure.ours > 0 and figure.baseline and figure.limit for figure in figures)


def test_a_row_that_does_not_come_out_leaves_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_one(source: Source, options: object) -> list[SourceRow]:
        return list(read(source))[1:]

    monkeypatch.setattr(reading, "read", without_one)
    with pytest.raises(NotMeasured, match=r"199 of 200 rows of liste\.csv came out, 0 of them bad"):
        reading.measure(csv_rows=200, workbook_rows=100)
