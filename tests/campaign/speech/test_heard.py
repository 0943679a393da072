"""What a callee hears of a phrase."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaign.speech.test_english import number_of as english_number
from tests.campaign.speech.test_turkish import number_of as turkish_number
from tui.campaign.phrase import WordKind, words_of
from tui.campaign.speech import SpokenWord, heard, spoken_amount, spoken_date

LANGUAGES = ("tr-TR", "en-US", "ar-XA")


def test_the_documents_phrase_is_heard_as_the_document_says() -> None:
    assert list(heard("#456 15/11/2017 #457 73.56 #458", "tr-TR")) == [
        SpokenWord(WordKind.ANNOUNCEMENT, "#456", 456), SpokenWord(WordKind.DATE, "on beş kasım iki bin on yedi"),
        SpokenWord(WordKind.ANNOUNCEMENT, "#457", 457), SpokenWord(WordKind.AMOUNT, "yetmiş üç lira elli altı kuruş"),
        SpokenWord(WordKind.ANNOUNCEMENT, "#458", 458),
    ]


@pytest.mark.parametrize(("lang", "words"), [
    ("en-US", ["November fifteenth, twenty seventeen", "seventy-three lira fifty-six kuruş"]),
    ("ar-XA", ["خمسة عشر نوفمبر ألفين وسبعة عشر", "ثلاث وسبعون ليرة وستة وخمسون قرشًا"]),
    (" en-US ", ["November fifteenth, twenty seventeen", "seventy-three lira fifty-six kuruş"]),
])
def test_the_language_of_the_number_decides(lang: str, words: list[str]) -> None:
    assert [word.text for word in heard("15/11/2017 73.56", lang)] == words


@pytest.mark.parametrize("lang", ["", "  ", "tr-TR", "de-DE", "tr", "EN-us"])
def test_what_names_no_language_is_heard_in_turkish(lang: str) -> None:
    assert spoken_date(dt.date(2017, 11, 15), lang) == "on beş kasım iki bin on yedi"
    assert spoken_amount("73.56", lang) == "yetmiş üç lira elli altı kuruş"


@pytest.mark.parametrize(("text", "turkish", "english", "arabic"), [
    ("0", "sıfır lira", "zero lira", "صفر ليرة"),
    ("0.00", "sıfır lira", "zero lira", "صفر ليرة"),
    ("0.56", "elli altı kuruş", "fifty-six kuruş", "ستة وخمسون قرشًا"),
    ("0.05", "beş kuruş", "five kuruş", "خمسة قروش"),
    ("73", "yetmiş üç lira", "seventy-three lira", "ثلاث وسبعون ليرة"),
    ("73.00", "yetmiş üç lira", "seventy-three lira", "ثلاث وسبعون ليرة"),
    ("73.5", "yetmiş üç lira elli kuruş", "seventy-three lira fifty kuruş", "ثلاث وسبعون ليرة وخمسون قرشًا"),
    ("1.01", "bir lira bir kuruş", "one lira one kuruş", "ليرة واحدة وقرش واحد"),
    ("2.02", "iki lira iki kuruş", "two lira two kuruş", "ليرتان وقرشان"),
    ("007.10", "yedi lira on kuruş", "seven lira ten kuruş", "سبع ليرات وعشرة قروش"),
    ("102.45", "yüz iki lira kırk beş kuruş", "one hundred two lira forty-five kuruş",
     "مائة ليرة وليرتان وخمسة وأربعون قرشًا"),
    ("1000", "bin lira", "one thousand lira", "ألف ليرة"),
])
def test_an_amount_is_lira_and_kurus(text: str, turkish: str, english: str, arabic: str) -> None:
    assert [spoken_amount(text, lang) for lang in LANGUAGES] == [turkish, english, arabic]


@settings(deadline=None)
@given(st.integers(0, 10**14 - 1), st.sampled_from(["tr-TR", "en-US"]))
def test_not_a_kurus_is_lost(kurus: int, lang: str) -> None:
    number_of = turkish_number if lang == "tr-TR" else english_number
    said = spoken_amount(f"{kurus // 100}.{kurus % 100:02}", lang)
    found = re.fullmatch("(?:(.+) lira)? ?(?:(.+) kuruş)?", said)
    assert found is not None
    lira, rest = (number_of(words) if words else 0 for words in found.groups())
    assert lira * 100 + rest == kurus


@pytest.mark.parametrize("text", [
    "", "73,56", "73.567", "-73", ".5", "73.", "15/11/2017", "1 2", "٧٣", "1234567890123",
])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        spoken_amount(text, "")


def test_other_words_are_heard_as_typed() -> None:
    assert list(heard("Sayın 31/02/2026 73,56 #", "en-US")) == [
        SpokenWord(WordKind.TEXT, "Sayın"), SpokenWord(WordKind.BAD_DATE, "31/02/2026"),
        SpokenWord(WordKind.TEXT, "73,56"),
        SpokenWord(WordKind.TEXT, "#"),
    ]


@settings(deadline=None)
@given(st.one_of(st.text(), st.text("0123456789/.# a")), st.one_of(st.text(), st.sampled_from(LANGUAGES)))
def test_any_phrase_is_heard_word_by_word(phrase: str, lang: str) -> None:
    words = list(heard(phrase, lang))
    assert [word.kind for word in words] == [word.kind for word in words_of(phrase)]
    assert all(word.text for word in words)
    assert all((word.announcement is not None) == (word.kind is WordKind.ANNOUNCEMENT) for word in words)
