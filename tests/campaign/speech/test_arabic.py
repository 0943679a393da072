"""Arabic words for numbers, dates and money: ICU's, and the grammar of what is counted."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaign.speech.icu_rows import (
    ARABIC,
    ARABIC_DIFFERENCES,
    ARABIC_YEAR_DIFFERENCES,
    ARABIC_YEARS,
    as_icu_words,
)
from tui.campaign.speech import arabic
from tui.campaign.speech.arabic import NumeralForm
from tui.campaign.speech.groups import LARGEST

FEMININE = NumeralForm(feminine=True)
VALUES = {
    "صفر": 0, "واحد": 1, "واحدة": 1, "إحدى": 1, "أحد": 1, "اثنان": 2, "اثنتان": 2, "اثنا": 2, "اثنتا": 2,
    "ثلاثة": 3, "ثلاث": 3, "أربعة": 4, "أربع": 4, "خمسة": 5, "خمس": 5, "ستة": 6, "ست": 6, "سبعة": 7, "سبع": 7,
    "ثمانية": 8, "ثمان": 8, "ثماني": 8, "تسعة": 9, "تسع": 9, "عشرة": 10, "عشر": 10,
    "عشرون": 20, "ثلاثون": 30, "أربعون": 40, "خمسون": 50, "ستون": 60, "سبعون": 70, "ثمانون": 80, "تسعون": 90,
    "مائة": 100, "مائتان": 200, "مائتا": 200, "ثلاثمائة": 300, "أربعمائة": 400, "خمسمائة": 500, "ستمائة": 600,
    "سبعمائة": 700, "ثمانمائة": 800, "تسعمائة": 900,
}
POWERS = {
    "ألف": 10**3, "ألفًا": 10**3, "آلاف": 10**3, "مليون": 10**6, "مليونًا": 10**6, "ملايين": 10**6,
    "مليار": 10**9, "مليارًا": 10**9, "مليارات": 10**9,
}
DUALS = {"ألفان": 2 * 10**3, "مليونان": 2 * 10**6, "ملياران": 2 * 10**9}


def number_of(words: str) -> int:
    """The number that Arabic words of the nominative tell. و is “and”, but for the first letter of واحد."""
    total = group = 0
    for word in re.sub(r"\bو(?!احد)", "", words).split(" "):
        if word in DUALS:
            assert group == 0
            total += DUALS[word]
        elif word in POWERS:
            total, group = total + max(group, 1) * POWERS[word], 0
        else:
            group += VALUES[word]
    return total + group


@pytest.mark.parametrize("number", ARABIC)
def test_a_number_is_worded_as_icu_has_it_but_for_the_differences_that_are_named(number: int) -> None:
    assert as_icu_words(arabic.spell_out(number), ARABIC_DIFFERENCES) == ARABIC[number]


def test_every_difference_is_seen_in_some_number() -> None:
    ours = [arabic.spell_out(number) for number in (*ARABIC, 2 * 10**6, 3 * 10**9)]
    assert [why for why, pattern, _ in ARABIC_DIFFERENCES if not any(re.search(pattern, words) for words in ours)] == []


@pytest.mark.parametrize("year", ARABIC_YEARS)
def test_a_year_is_worded_as_icu_has_it_but_for_its_case(year: int) -> None:
    said = arabic.date(dt.date(year, 11, 15)).removeprefix("خمسة عشر نوفمبر ")
    assert as_icu_words(said, ARABIC_YEAR_DIFFERENCES) == ARABIC_YEARS[year]


@settings(deadline=None)
@given(st.integers(0, LARGEST), st.sampled_from([arabic.PLAIN, FEMININE]))
def test_the_words_tell_the_number(number: int, form: NumeralForm) -> None:
    assert number_of(arabic.spell_out(number, form)) == number


@pytest.mark.parametrize("form", [arabic.PLAIN, FEMININE, NumeralForm(genitive=True)])
def test_no_two_numbers_have_the_same_words(form: NumeralForm) -> None:
    assert len({arabic.spell_out(number, form) for number in range(20_000)}) == 20_000


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_what_is_beyond_the_words_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        arabic.spell_out(number)


@pytest.mark.parametrize(("number", "masculine", "feminine"), [
    (1, "واحد", "واحدة"), (2, "اثنان", "اثنتان"), (3, "ثلاثة", "ثلاث"), (8, "ثمانية", "ثمان"), (10, "عشرة", "عشر"),
    (11, "أحد عشر", "إحدى عشرة"), (12, "اثنا عشر", "اثنتا عشرة"), (13, "ثلاثة عشر", "ثلاث عشرة"),
    (18, "ثمانية عشر", "ثماني عشرة"), (20, "عشرون", "عشرون"), (21, "واحد وعشرون", "إحدى وعشرون"),
    (22, "اثنان وعشرون", "اثنتان وعشرون"), (28, "ثمانية وعشرون", "ثمان وعشرون"), (101, "مائة وواحد", "مائة وواحدة"),
    (3_003, "ثلاثة آلاف وثلاثة", "ثلاثة آلاف وثلاث"),  # a thousand is masculine whatever there are thousands of
])
def test_a_number_has_the_gender_of_what_it_counts(number: int, masculine: str, feminine: str) -> None:
    assert arabic.spell_out(number) == masculine
    assert arabic.spell_out(number, FEMININE) == feminine


@pytest.mark.parametrize(("number", "words"), [
    (2, "اثنين"), (12, "اثني عشر"), (22, "اثنين وعشرين"), (200, "مائتين"), (2_000, "ألفين"), (12_000, "اثني عشر ألفًا"),
    (200_000, "مائتي ألف"), (222_000, "مائتين واثنين وعشرين ألفًا"), (2_002_000, "مليونين وألفين"),
])
def test_duals_and_tens_go_by_the_case(number: int, words: str) -> None:
    assert arabic.spell_out(number, NumeralForm(genitive=True)) == words


@pytest.mark.parametrize(("number", "words"), [
    (0, "صفر ليرة"), (1, "ليرة واحدة"), (2, "ليرتان"), (3, "ثلاث ليرات"), (8, "ثماني ليرات"), (10, "عشر ليرات"),
    (11, "إحدى عشرة ليرة"), (12, "اثنتا عشرة ليرة"), (18, "ثماني عشرة ليرة"), (21, "إحدى وعشرون ليرة"),
    (28, "ثمان وعشرون ليرة"), (73, "ثلاث وسبعون ليرة"), (99, "تسع وتسعون ليرة"), (100, "مائة ليرة"),
    (101, "مائة ليرة وليرة واحدة"), (102, "مائة ليرة وليرتان"), (103, "مائة وثلاث ليرات"), (108, "مائة وثماني ليرات"),
    (111, "مائة وإحدى عشرة ليرة"), (200, "مائتا ليرة"), (201, "مائتا ليرة وليرة واحدة"), (203, "مائتان وثلاث ليرات"),
    (350, "ثلاثمائة وخمسون ليرة"), (1_000, "ألف ليرة"), (1_002, "ألف ليرة وليرتان"), (1_200, "ألف ومائتا ليرة"),
    (2_000, "ألفا ليرة"), (2_005, "ألفان وخمس ليرات"), (8_000, "ثمانية آلاف ليرة"), (11_000, "أحد عشر ألف ليرة"),
    (11_500, "أحد عشر ألفًا وخمسمائة ليرة"), (101_000, "مائة ألف وألف ليرة"), (102_000, "مائة ألف وألفا ليرة"),
    (200_000, "مائتا ألف ليرة"), (2_000_000, "مليونا ليرة"), (2_002_000, "مليونان وألفا ليرة"),
    (3_000_000_000, "ثلاثة مليارات ليرة"),
])
def test_lira_is_feminine_and_has_the_number_that_is_told(number: int, words: str) -> None:
    assert arabic.lira(number) == words


@pytest.mark.parametrize(("number", "words"), [
    (1, "قرش واحد"), (2, "قرشان"), (3, "ثلاثة قروش"), (8, "ثمانية قروش"), (10, "عشرة قروش"), (11, "أحد عشر قرشًا"),
    (12, "اثنا عشر قرشًا"), (20, "عشرون قرشًا"), (21, "واحد وعشرون قرشًا"), (56, "ستة وخمسون قرشًا"),
])
def test_kurus_is_masculine_and_has_the_number_that_is_told(number: int, words: str) -> None:
    assert arabic.kurus(number) == words


@settings(deadline=None)
@given(st.integers(1, LARGEST))
def test_the_form_of_the_currency_goes_by_the_last_two_digits(number: int) -> None:
    ends = {0: " ليرة", 1: "ليرة واحدة", 2: "ليرتان"}
    rest = number % 100
    assert arabic.lira(number).endswith(ends.get(rest, " ليرات" if rest <= 10 else " ليرة"))


@pytest.mark.parametrize(("day", "words"), [
    (dt.date(2017, 11, 15), "خمسة عشر نوفمبر ألفين وسبعة عشر"), (dt.date(2026, 1, 1), "واحد يناير ألفين وستة وعشرين"),
    (dt.date(1999, 12, 31), "واحد وثلاثون ديسمبر ألف وتسعمائة وتسعة وتسعين"),
    (dt.date(2012, 3, 12), "اثنا عشر مارس ألفين واثني عشر"), (dt.date(2200, 8, 2), "اثنان أغسطس ألفين ومائتين"),
])
def test_a_date_is_day_month_and_year(day: dt.date, words: str) -> None:
    assert arabic.date(day) == words


def test_no_two_days_of_ten_years_have_the_same_words() -> None:
    days = [dt.date(2000, 1, 1) + dt.timedelta(days=offset) for offset in range(3653)]
    assert len({arabic.date(day) for day in days}) == len(days)
