"""Dates and amounts in every usual writing; what can be read in two ways is never guessed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.campaign.phrase import WordKind, words_of
from tui.numbers.cells import Cell, text_of
from tui.numbers.writing import AMOUNTS, DATES, Writing, converter, writing_of

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
SUMS = st.decimals(0, 999_999_999, places=2)


def grouped(amount: Decimal, thousands: str, decimal: str) -> str:
    return f"{amount:,.2f}".translate({ord(","): thousands, ord("."): decimal})


# How a column is written

@pytest.mark.parametrize(("cells", "writing"), [
    ([], Writing.TEXT), (["", "  "], Writing.TEXT), (["Ayşe", "Ali"], Writing.TEXT), (["12", "3",
    "0045"], Writing.WHOLE),
    ([5.0, 12.0], Writing.WHOLE), (["2017-11-15"], Writing.DATE), (["15.11.2017", "03.04.2026"], Writing.DATE),
    ([dt.date(2026, 4, 3), dt.datetime.fromisoformat("2026-04-03")], Writing.DATE), (["15/11/2017",
    "03/04/2026"], Writing.DAY_FIRST),
    (["11/15/2017", "03/04/2026"], Writing.MONTH_FIRST), (["15-11-2017"], Writing.DAY_FIRST),
    (["15/11/2017", "11/15/2017"], Writing.DATE), (["2017-11-15 00:00:00"], Writing.DATE),
    (["03/03/2026"], Writing.DATE),
    (["1.234,56", "1.234"], Writing.DECIMAL_COMMA), (["1,234.56", "1,234"], Writing.DECIMAL_POINT),
    (["73,5", "1500"], Writing.DECIMAL_COMMA), (["73.5"], Writing.DECIMAL_POINT),
    (["1.234.567"], Writing.DECIMAL_COMMA),
    (["1,234,567"], Writing.DECIMAL_POINT), ([73.56, 12.0], Writing.AMOUNT), (["73,56 TL",
    "₺12,5"], Writing.DECIMAL_COMMA),
    (["1500 TL"], Writing.AMOUNT), (["73,56", "73.56"], Writing.AMOUNT), (["$73.56"], Writing.TEXT),
    (["-73,56"], Writing.TEXT), ([True, False], Writing.TEXT), (["15.11.17"], Writing.TEXT),
    (["31.02.2026"], Writing.TEXT), (["15.12.2026", "31.02.2026", "00.00.0000"], Writing.DATE),
    (["31/02/2026", "12/15/2026"], Writing.MONTH_FIRST),
    (["1 234,56", "1\u00a0234"], Writing.DECIMAL_COMMA), (["5321234567890123"], Writing.TEXT),
])
def test_a_columns_writing_is_told_by_its_values(cells: list[Cell], writing: Writing) -> None:
    assert writing_of(cells) == (writing, "")


@pytest.mark.parametrize(("cells", "writing", "doubtful"), [
    (["03/04/2026"], Writing.DATE, "03/04/2026"), (["2026-04-03", "05-04-2026"], Writing.DATE, "05-04-2026"),
    (["03/03/2026", "03/04/2026"], Writing.DATE, "03/04/2026"),
    (["15/11/2017", "11/15/2017", "03/04/2026"], Writing.DATE, "03/04/2026"),
    (["1.234"], Writing.AMOUNT, "1.234"), (["12", "1,234 TL"], Writing.AMOUNT, "1,234 TL"),
    ([12.5, "1.234"], Writing.AMOUNT, "1.234"), (["73,56", "73.56", "1.234"], Writing.AMOUNT, "1.234"),
])
def test_a_column_that_can_be_read_in_two_ways_is_asked_about(
    cells: list[Cell], writing: Writing, doubtful: Cell
) -> None:
    assert writing_of(cells) == (writing, doubtful)
    convert = converter(writing)
    assert convert(doubtful) is None  # and nothing is guessed before there is an answer
    answers = {converter(choice)(doubtful) for choice in (DATES if writing is Writing.DATE else AMOUNTS)}
    assert len(answers) == 2


def test_a_few_odd_cells_do_not_make_a_column_of_dates_text() -> None:
    assert writing_of(["15.11.2017"] * 18 + ["yok", "-"]) == (Writing.DATE, "")
    assert writing_of(["15.11.2017"] * 8 + ["yok", "-"]) == (Writing.TEXT, "")


# What becomes of a cell

@pytest.mark.parametrize(("writing", "cell", "word"), [
    (Writing.TEXT, "  Işık \n Öğüt ", "Işık Öğüt"), (Writing.TEXT, 12.0, "12"), (Writing.TEXT, "", ""),
    (Writing.WHOLE, " 0045 ", "0045"), (Writing.WHOLE, 45.0, "45"), (Writing.WHOLE, "1.234", None),
    (Writing.WHOLE, True, None),
    (Writing.DATE, "15.11.2017", "15/11/2017"), (Writing.DATE, "5.1.2017", "05/01/2017"),
    (Writing.DATE, "2017-11-15", "15/11/2017"), (Writing.DATE, "2017-11-15T09:30:00", "15/11/2017"),
    (Writing.DATE, "2017/11/15", "15/11/2017"), (Writing.DATE, "15/11/2017", "15/11/2017"),
    (Writing.DATE, "11/15/2017", "15/11/2017"), (Writing.DATE, "03/04/2026", None), (Writing.DATE, "31.02.2026", None),
    (Writing.DATE, "15.11/2017", None), (Writing.DATE, "yok", None), (Writing.DATE, "", None),
    (Writing.DATE, 43054.0, None),
    (Writing.DATE, dt.datetime.fromisoformat("2017-11-15T09:30"), "15/11/2017"),
    (Writing.DAY_FIRST, "03/04/2026", "03/04/2026"), (Writing.DAY_FIRST, "11/15/2017", None),
    (Writing.MONTH_FIRST, "03/04/2026", "04/03/2026"), (Writing.MONTH_FIRST, "15/11/2017", None),
    (Writing.MONTH_FIRST, "03.04.2026", "03/04/2026"), (Writing.MONTH_FIRST, "2026-04-03", "03/04/2026"),
    (Writing.AMOUNT, "1.234,56", "1234.56"), (Writing.AMOUNT, "1,234.56", "1234.56"), (Writing.AMOUNT, "73,5", "73.50"),
    (Writing.AMOUNT, "1500", "1500.00"), (Writing.AMOUNT, "1.234", None), (Writing.AMOUNT, 1234.5, "1234.50"),
    (Writing.AMOUNT, 0.125, "0.13"), (Writing.AMOUNT, 2.675, "2.68"), (Writing.AMOUNT, -1.0, None),
    (Writing.AMOUNT, float("nan"), None), (Writing.AMOUNT, float("inf"), None), (Writing.AMOUNT, True, None),
    (Writing.AMOUNT, dt.date(2026, 4, 3), None), (Writing.AMOUNT, "007,50", "7.50"), (Writing.AMOUNT, "0,5", "0.50"),
    (Writing.DECIMAL_COMMA, "1.234", "1234.00"), (Writing.DECIMAL_COMMA, "73.56", None),
    (Writing.DECIMAL_COMMA, "1.234.567,89 TL", "1234567.89"), (Writing.DECIMAL_COMMA, "₺ 12,5", "12.50"),
    (Writing.DECIMAL_COMMA, "1,234", None), (Writing.DECIMAL_COMMA, "1 234,5", "1234.50"),
    (Writing.DECIMAL_COMMA, "73,5600", "73.56"), (Writing.DECIMAL_COMMA, "73,567", None),
    (Writing.DECIMAL_COMMA, "12.34,5", None),
    (Writing.DECIMAL_POINT, "1,234", "1234.00"), (Writing.DECIMAL_POINT, "1.234", None),
    (Writing.DECIMAL_POINT, "73,56", None), (Writing.DECIMAL_POINT, "1,234.5", "1234.50"),
])
def test_a_cell_becomes_a_word_of_the_phrase(writing: Writing, cell: Cell, word: str | None) -> None:
    assert converter(writing)(cell) == word


@given(st.lists(DAYS, min_size=1),
       st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y"]))
def test_a_day_is_never_taken_for_another(days: list[dt.date], form: str) -> None:
    cells: list[Cell] = [day.strftime(form) for day in days]
    writing, doubtful = writing_of(cells)
    convert = converter(writing)
    for day, cell in zip(days, cells, strict=True):
        assert convert(cell) in (day.strftime("%d/%m/%Y"), None)
        assert doubtful != "" or convert(cell) is not None


@given(st.lists(SUMS, min_size=1), st.sampled_from([(".", ","), (",", "."), (" ", ","), ("", ","), ("", ".")]))
def test_an_amount_is_never_taken_for_another(sums: list[Decimal], signs: tuple[str, str]) -> None:
    cells: list[Cell] = [grouped(amount, *signs) for amount in sums]
    writing, doubtful = writing_of(cells)
    assert doubtful == ""
    assert [converter(writing)(cell) for cell in cells] == [f"{amount:.2f}" for amount in sums]


@given(SUMS)
def test_a_number_cell_is_its_amount(amount: Decimal) -> None:
    assert converter(Writing.AMOUNT)(float(amount)) == f"{amount:.2f}"


@given(st.sampled_from(list(Writing)),
       st.one_of(st.text(), st.text("0123456789.,/- TL₺"), st.floats(), st.booleans(), DAYS, st.datetimes(), st.times(),
                 st.timedeltas(), st.integers()))
def test_what_becomes_of_a_cell_is_what_the_provider_reads(writing: Writing, cell: Cell) -> None:
    word = converter(writing)(cell)
    if word is None or writing is Writing.TEXT:
        return
    wanted = WordKind.DATE if writing in (Writing.DATE, *DATES) else WordKind.AMOUNT
    assert [found.kind for found in words_of(word)] == [wanted]


# Cells as text

@pytest.mark.parametrize(("cell", "text"), [
    (5321234567.0, "5321234567"), (5321234567, "5321234567"), (5.321234567e15, "5.321235E+15"),
    (10**15, "1.000000E+15"),
    (5321234567.5, "5321234567.5"), (True, "true"), (dt.date(2017, 11, 15), "15/11/2017"),
    (dt.datetime.fromisoformat("2017-11-15"), "15/11/2017"),
    (dt.datetime.fromisoformat("2017-11-15T09:05"), "15/11/2017 09:05"), (dt.time(9, 5), "09:05"),
    (dt.timedelta(hours=30), "1 day, 6:00:00"), ("  x ", "  x "), (float("inf"), "INF"), (float("nan"), "nan"),
])
def test_a_cell_is_text_as_its_reader_would_write_it(cell: Cell, text: str) -> None:
    assert text_of(cell) == text
