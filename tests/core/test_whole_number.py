"""Which texts are whole numbers, and which only look like some."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.core.whole_number import MAX_DIGITS, whole_number


@pytest.mark.parametrize(("text", "number"), [
    ("0", 0), ("7", 7), ("007", 7), ("0" * MAX_DIGITS, 0), ("9" * MAX_DIGITS, 10**MAX_DIGITS - 1),
])
def test_digits_are_a_number_whatever_zeros_lead(text: str, number: int) -> None:
    assert whole_number(text) == whole_number(text, signed=True) == number


@pytest.mark.parametrize("text", [
    "", " ", "٣", "３", "²", "①", "1_000", "1.0", "1,0", "+3", "--3", "-", "3-", " 3", "3\n", "0x10", "1e3", "Ⅷ", "٣0",
    "9" * (MAX_DIGITS + 1), "0" * (MAX_DIGITS + 1), "9" * 5000, "\u200b3",
])
def test_what_int_might_read_is_none_all_the_same(text: str) -> None:
    assert whole_number(text) is whole_number(text, signed=True) is None


@pytest.mark.parametrize(("text", "number"), [("-3", -3), ("-0", 0), ("-" + "9" * 18, -(10**18) + 1)])
def test_a_minus_is_read_where_it_may_stand(text: str, number: int) -> None:
    assert whole_number(text, signed=True) == number
    assert whole_number(text) is None


def test_a_field_may_hold_fewer_digits() -> None:
    assert (whole_number("0099", 4), whole_number("00099", 4)) == (99, None)


@given(st.text())
def test_any_text_is_a_number_or_none(text: str) -> None:
    found = whole_number(text)
    assert (found is not None) is (text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS)
    assert found is None or found == int(text)


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_every_number_reads_back(number: int) -> None:
    assert whole_number(str(number), signed=True) == number
