"""Every rule against ICU's own, where PyICU is installed: some 24,000 numbers a language, all days, all years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from tests.campaign.speech.icu_rows import ARABIC_DIFFERENCES, ARABIC_YEAR_DIFFERENCES, as_icu_words
from tui.campaign.speech import arabic, english, turkish

icu = pytest.importorskip("icu", reason="PyICU is not installed: the fixed rows made with it are still compared")


def spelling(locale: str, rules: str) -> Callable[[int], str]:
    """ICU's wording of numbers by one of its rule sets; a soft hyphen is no part of a word."""
    speller = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(locale))
    speller.setDefaultRuleSet(rules)
    return lambda number: speller.format(number).replace("\u00ad", "")


def numbers() -> Iterator[int]:
    yield from range(2001)
    for power in range(3, 12):
        yield from (10**power - 1, 10**power + 1, *(count * 10**power for count in range(1, 10)))
    # Every group of three digits that has a rule of its own, beside every other.
    groups = (0, 1, 2, 3, 8, 10, 11, 12, 18, 20, 21, 100, 101, 102, 103, 111, 200, 202, 210, 228)
    yield from (high * 10**6 + low * 1000 + rest for high in groups for low in groups for rest in groups)
    yield from (group * 10**9 + group * 1000 for group in groups)
    # Evenly strewn, of four to twelve digits.
    yield from (step * 618_033_988_749 % 10 ** (4 + step % 9) for step in range(16_000))


NUMBERS = sorted(set(numbers()))


def test_there_are_enough_numbers_to_tell() -> None:
    assert len(NUMBERS) >= 20_000
    assert NUMBERS[-1] < 10**12


def test_turkish_numbers_are_icus() -> None:
    theirs = spelling("tr", "%spellout-cardinal")
    assert [number for number in NUMBERS if turkish.spell_out(number) != theirs(number)] == []


def test_english_numbers_are_icus() -> None:
    theirs = spelling("en_US", "%spellout-cardinal")
    assert [number for number in NUMBERS if english.spell_out(number) != theirs(number)] == []


def test_arabic_numbers_are_icus_but_for_the_differences_that_are_named() -> None:
    theirs = spelling("ar", "%spellout-cardinal-masculine")
    assert [number for number in NUMBERS
            if as_icu_words(arabic.spell_out(number), ARABIC_DIFFERENCES) != theirs(number)] == []


def test_feminine_arabic_numbers_are_icus_where_icu_has_a_feminine() -> None:
    # Elsewhere its %spellout-cardinal-feminine has the masculine words: ثلاثة, إحدى عشر, واحد وعشرون.
    # Two thousand is nominative there at the head of a number and genitive behind a million.
    theirs = spelling("ar", "%spellout-cardinal-feminine")
    known = [number for number in NUMBERS if number in (1, 2, 12) or number % 100 in (0, *range(20, 100, 10))]
    assert len(known) > 2000
    assert [number for number in known
            if as_icu_words(arabic.spell_out(number, arabic.NumeralForm(feminine=True)), ARABIC_DIFFERENCES)
            != theirs(number).replace("ألفين", "ألفي")] == []


def test_english_dates_are_icus() -> None:
    day_of, year_of = spelling("en_US", "%spellout-ordinal"), spelling("en_US", "%spellout-numbering-year")
    for year in range(1, 10_000):
        assert english.date(dt.date(year, 1, 1)) == f"January first, {year_of(year)}"
    for day in range(1, 32):
        assert english.date(dt.date(2017, 1, day)) == f"January {day_of(day)}, twenty seventeen"


def test_arabic_years_are_icus_but_for_the_differences_that_are_named() -> None:
    theirs = spelling("ar", "%spellout-numbering-year")
    for year in range(1, 10_000):
        said = arabic.date(dt.date(year, 1, 1)).removeprefix("واحد يناير ")
        assert as_icu_words(said, ARABIC_YEAR_DIFFERENCES) == theirs(year)


@pytest.mark.parametrize(("locale", "months"), [
    ("en_US", english.MONTHS), ("ar", arabic.MONTHS), ("tr", tuple(month.title() for month in turkish.MONTHS)),
])
def test_months_are_icus(locale: str, months: tuple[str, ...]) -> None:
    assert tuple(icu.DateFormatSymbols(icu.Locale(locale)).getMonths()) == months
