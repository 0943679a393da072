"""The statistics, and how they are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.figures import Figure, percentile, table

VALUES = st.lists(st.floats(0, 1e6), min_size=1)


@given(VALUES, st.integers(1, 100))
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(values: list[float], percent: int) -> None:
    found = percentile(values, percent)
    assert found in values
    assert 100 * sum(value <= found for value in values) >= percent * len(values)
    assert 100 * sum(value < found for value in values) < percent * len(values)


@pytest.mark.parametrize(("percent", "expected"), [(0.5, 1), (50, 100), (99, 198), (100, 200)])
def test_of_two_hundred_values_two_exceed_the_99th_percentile(percent: float, expected: float) -> None:
    assert percentile([float(value) for value in range(200, 0, -1)], percent) == expected


@pytest.mark.parametrize(("values", "percent"), [([], 50.0), ([1.0], 0.0), ([1.0], 101.0)])
def test_there_is_no_percentile_of_nothing_nor_beyond_all(values: list[float], percent: float) -> None:
    with pytest.raises(ValueError, match="percentile"):
        percentile(values, percent)


def test_a_limit_may_be_reached_and_not_exceeded() -> None:
    assert not Figure("menu", "ms", 6, 4, limit=1.5).exceeded
    assert Figure("menu", "ms", 6.1, 4, limit=1.5).exceeded
    assert not Figure("menu", "ms", 600, 4).exceeded


def test_what_has_no_baseline_has_a_limit_of_its_own() -> None:
    assert not Figure("results", "ms", 300, most=300).exceeded
    assert Figure("results", "ms", 301, most=300).exceeded
    assert Figure("results", "ms", 301).ratio is None
    assert Figure("results", "ms", 8, 4, limit=3, most=7).exceeded


def test_the_table_is_in_columns_and_marks_what_exceeds_its_limit() -> None:
    figures = [Figure("list", "ms", 12.34, 4), Figure("the menu", "ms", 8, 4, 1.5), Figure("start", "ms", 2, 4, 1.5),
               Figure("results", "ms", 301, most=300), Figure("export", "s", 7.5, most=10)]
    told = table(figures)
    assert told.split("\n") == [
        "              ours  baseline  ratio       limit",
        "list       12.3 ms    4.0 ms   3.08",
        "the menu    8.0 ms    4.0 ms   2.00    ≤ 1.50 ✗",
        "start       2.0 ms    4.0 ms   0.50    ≤ 1.50 ✓",
        "results   301.0 ms                   ≤ 300 ms ✗",
        "export       7.5 s                     ≤ 10 s ✓",
    ]


def test_json_has_what_the_table_has() -> None:
    assert Figure("list", "ms", 6, 4, 1.5).as_json() == {
        "name": "list", "unit": "ms", "ours": 6, "baseline": 4, "ratio": 1.5, "limit": 1.5, "most": None}
    told = Figure("results", "ms", 6, most=300).as_json()
    assert (told["baseline"], told["ratio"], told["most"]) == (None, None, 300)
