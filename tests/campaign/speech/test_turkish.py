"""Turkish words for numbers and dates."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaign.speech.icu_rows import TURKISH
from tui.campaign.speech import turkish
from tui.campaign.speech.groups import LARGEST

VALUES = {
    "sıfır": 0, "bir": 1, "iki": 2, "üç": 3, "dört": 4, "beş": 5, "altı": 6, "yedi": 7, "sekiz": 8, "dokuz": 9,
    "on": 10, "yirmi": 20, "otuz": 30, "kırk": 40, "elli": 50, "altmış": 60, "yetmiş": 70, "seksen": 80, "doksan": 90,
}
POWERS = {"bin": 10**3, "milyon": 10**6, "milyar": 10**9}


def number_of(words: str) -> int:
    """The number that Turkish words tell."""
    total = group = 0
    for word in words.split(" "):
        if word in POWERS:
            total, group = total + max(group, 1) * POWERS[word], 0
        elif word == "yüz":
            group = max(group, 1) * 100
        else:
            group += VALUES[word]
    return total + group


@pytest.mark.parametrize("number", TURKISH)
def test_a_number_is_worded_as_icu_has_it(number: int) -> None:
    assert turkish.spell_out(number) == TURKISH[number]
    assert number_of(TURKISH[number]) == number


@settings(deadline=None)
@given(st.integers(0, LARGEST))
def test_the_words_tell_the_number(number: int) -> None:
    assert number_of(turkish.spell_out(number)) == number


def test_no_two_numbers_have_the_same_words() -> None:
    assert len({turkish.spell_out(number) for number in range(20_000)}) == 20_000


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_what_is_beyond_the_words_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        turkish.spell_out(number)


@pytest.mark.parametrize(("day", "words"), [
    (dt.date(2017, 11, 15), "on beş kasım iki bin on yedi"),  # the example of docs/provider.md, "Phrases"
    (dt.date(2017, 5, 12), "on iki mayıs iki bin on yedi"),
    (dt.date(1999, 1, 1), "bir ocak bin dokuz yüz doksan dokuz"),
    (dt.date(2024, 2, 29), "yirmi dokuz şubat iki bin yirmi dört"),
    (dt.date(1000, 12, 31), "otuz bir aralık bin"),
])
def test_a_date_is_day_month_and_year(day: dt.date, words: str) -> None:
    assert turkish.date(day) == words


def test_every_day_of_a_year_is_told_from_every_other() -> None:
    for offset in range(366):
        day = dt.date(2024, 1, 1) + dt.timedelta(days=offset)
        before, month, year = turkish.date(day).partition(turkish.MONTHS[day.month - 1])
        assert (number_of(before.rstrip()), month, number_of(year.lstrip())) == (
            day.day, turkish.MONTHS[day.month - 1], 2024)
    assert len(set(turkish.MONTHS)) == 12
