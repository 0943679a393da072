"""Results in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tui.campaign.menu import KEYS
from tui.i18n import words
from tui.store import ResultFilter
from tui.text.results import digit_text, filter_text, known_digits


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    words.use("en")
    yield
    words.use("en")


@pytest.mark.parametrize(("digit", "english", "turkish"), [
    ("1", "1", "1"), ("*", "*", "*"), ("-", "no key", "tuşa basmadı"), ("!4", "wrong key 4", "hatalı tuşlama 4"),
    ("!#", "wrong key #", "hatalı tuşlama #"), ("", "", ""), ("17", "17", "17"), ("!!", "!!", "!!")])
def test_what_was_pressed(digit: str, english: str, turkish: str) -> None:
    assert digit_text(digit) == english
    words.use("tr")
    assert digit_text(digit) == turkish


def test_all_digits_that_read_otherwise_are_known() -> None:
    for digit in ("", "-", "!", "x", *KEYS, *(f"!{key}" for key in KEYS)):
        assert known_digits().get(digit, digit) == digit_text(digit)


@pytest.mark.parametrize(("chosen", "english", "turkish"), [
    (ResultFilter(), "all numbers", "bütün numaralar"),
    (ResultFilter(called=True, answered=False), "called · not answered", "arananlar · cevaplamayanlar"),
    (ResultFilter(called=False), "never called", "hiç aranmayanlar"),
    (ResultFilter(final=False, status="Meşgul"), "still trying · last status Meşgul",
     "yeniden denenecekler · son durumu Meşgul"),
    (ResultFilter(status="", digit=""), "no status known · no key press known",
     "durumu bilinmeyenler · tuşlaması bilinmeyenler"),
    (ResultFilter(digit="!4", attempts=1), "pressed: wrong key 4 · called once",
     "tuşlama: hatalı tuşlama 4 · 1 kez arananlar"),
    (ResultFilter(attempts=3, words=" 0532 "), "called 3 times · with “0532”", "3 kez arananlar · “0532” geçenler"),
])
def test_which_numbers_a_filter_means(chosen: ResultFilter, english: str, turkish: str) -> None:
    assert filter_text(chosen) == english
    words.use("tr")
    assert filter_text(chosen) == turkish
