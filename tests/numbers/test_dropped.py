"""A file dropped on the terminal, as the terminals of this world write its path."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.numbers.dropped import dropped_path


@pytest.mark.parametrize("text", [
    "/veri/Kasım listesi.csv", "'/veri/Kasım listesi.csv'", '"/veri/Kasım listesi.csv"', "/veri/Kasım\\ listesi.csv\n",
    "file:///veri/Kas%C4%B1m%20listesi.csv", " '/veri/Kasım listesi.csv' \r\n",
    "file://localhost/veri/Kas%C4%B1m%20listesi.csv",
])
def test_a_path_is_understood(text: str) -> None:
    assert dropped_path(text) == Path("/veri/Kasım listesi.csv")


def test_home_and_bare_names_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ayse")
    assert dropped_path("~/liste.csv") == Path("/home/ayse/liste.csv")
    assert dropped_path("liste.XLSX") == Path("liste.XLSX")
    assert dropped_path("~nobody-of-that-name/x") == Path("~nobody-of-that-name/x")
    assert dropped_path("'/home/ayse/Ali'\\''nin listesi.csv'") == Path("/home/ayse/Ali'nin listesi.csv")
    assert dropped_path("./liste") == Path("liste")


@pytest.mark.parametrize("text", [
    "", "  ", "05321234567", "0532 123 45 67", "05321234567;#456", "/veri/a.csv\n/veri/b.csv", "+90 532 123 45 67",
    "Ayşe",
    "file:", "file:///a%00b", "/veri/a\0b", "5,32124E+09", "(0532) 123 45 67", "15.11.2017", "0532.123.45.67",
])
def test_what_is_no_path_is_none(text: str) -> None:
    assert dropped_path(text) is None


@given(st.text())
def test_whatever_is_pasted_is_a_path_or_none(text: str) -> None:
    path = dropped_path(text)
    assert path is None or "\0" not in str(path)
