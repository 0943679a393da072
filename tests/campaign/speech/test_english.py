"""English words for numbers and dates."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaign.speech.icu_rows import ENGLISH, ENGLISH_DAYS, ENGLISH_YEARS
from tui.campaign.speech import english
from tui.campaign.speech.groups import LARGEST

VALUES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}
POWERS = {"thousand": 10**3, "million": 10**6, "billion": 10**9}


def number_of(words: str) -> int:
    """The number that English words tell."""
    total = group = 0
    for word in re.split("[ -]", words):
        if word in POWERS:
            total, group = total + group * POWERS[word], 0
        elif word == "hundred":
            group *= 100
        else:
            group += VALUES[word]
    return total + group


@pytest.mark.parametrize("number", ENGLISH)
def test_a_number_is_worded_as_icu_has_it(number: int) -> None:
    assert english.spell_out(number) == ENGLISH[number]
    assert number_of(ENGLISH[number]) == number


@settings(deadline=None)
@given(st.integers(0, LARGEST))
def test_the_words_tell_the_number(number: int) -> None:
    assert number_of(english.spell_out(number)) == number


def test_no_two_numbers_have_the_same_words() -> None:
    assert len({english.spell_out(number) for number in range(20_000)}) == 20_000


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_what_is_beyond_the_words_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        english.spell_out(number)


@pytest.mark.parametrize("year", ENGLISH_YEARS)
def test_a_year_is_worded_as_icu_has_it(year: int) -> None:
    assert english.date(dt.date(year, 11, 15)) == f"November fifteenth, {ENGLISH_YEARS[year]}"


@pytest.mark.parametrize("day", ENGLISH_DAYS)
def test_a_day_is_worded_as_icu_has_it(day: int) -> None:
    assert english.date(dt.date(2017, 1, day)) == f"January {ENGLISH_DAYS[day]}, twenty seventeen"


def test_no_two_days_of_ten_years_have_the_same_words() -> None:
    days = [dt.date(2000, 1, 1) + dt.timedelta(days=offset) for offset in range(3653)]
    assert len({english.date(day) for day in days}) == len(days)
    assert all(english.date(day).split(" ")[0] == f"{day:%B}" for day in days)
