"""The words of a phrase, and the verdict on a row of the list."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaign.sentences import said
from tui.campaign.phone_list import Number, validate
from tui.campaign.phrase import WordKind, is_plain, odd_word, words_of

PHONE = "05321234567"


@pytest.mark.parametrize(("word", "kind"), [
    ("#456", WordKind.ANNOUNCEMENT), ("#1", WordKind.ANNOUNCEMENT), ("#", WordKind.TEXT), ("#45a", WordKind.TEXT),
    ("#٤٥٦", WordKind.TEXT), ("#12345678901", WordKind.TEXT),
    ("15/11/2017", WordKind.DATE), ("1/2/2026", WordKind.DATE), ("29/02/2024", WordKind.DATE),
    ("29/02/2023", WordKind.BAD_DATE), ("31/04/2026", WordKind.BAD_DATE), ("0/1/2026", WordKind.BAD_DATE),
    ("15/13/2026", WordKind.BAD_DATE), ("15.11.2017", WordKind.TEXT), ("15/11/17", WordKind.TEXT),
    ("73.56", WordKind.AMOUNT), ("73", WordKind.AMOUNT), ("73.5", WordKind.AMOUNT), ("0.05", WordKind.AMOUNT),
    ("73,56", WordKind.TEXT), ("73.567", WordKind.TEXT), ("-73", WordKind.TEXT), ("1234567890123", WordKind.TEXT),
    ("Merhaba", WordKind.TEXT),
])
def test_a_word_is_what_the_document_says(word: str, kind: WordKind) -> None:
    assert [found.kind for found in words_of(word)] == [kind]


def test_the_documents_phrase_has_five_known_words() -> None:
    words = list(words_of("#456 15/11/2017 #457 73.56 #458"))
    assert [word.text for word in words] == ["#456", "15/11/2017", "#457", "73.56", "#458"]
    assert [word.kind.value for word in words] == ["announcement", "date", "announcement", "amount", "announcement"]


@settings(deadline=None)
@given(st.text())
def test_no_word_of_a_phrase_is_lost(phrase: str) -> None:
    assert [word.text for word in words_of(phrase)] == phrase.split()


SAFE = (WordKind.ANNOUNCEMENT, WordKind.DATE, WordKind.AMOUNT)


@given(st.one_of(st.text("0123456789#/. \u00a0\tx"), st.lists(st.from_regex(
    r"#[0-9]{1,11}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{1,13}(\.[0-9]{1,3})?|[a-z#]", fullmatch=True)).map(" ".join)))
def test_a_plain_phrase_has_no_word_that_could_be_heard_wrongly(phrase: str) -> None:
    if is_plain(phrase):
        assert all(word.kind in SAFE for word in words_of(phrase))
    else:  # the 29th of February is left to the calendar
        assert any(word.kind not in SAFE or word.text.startswith("29/") for word in words_of(phrase))


@given(st.dates())
def test_a_date_that_exists_is_plain(day: dt.date) -> None:
    assert is_plain(f"#456 {day.day}/{day.month:02}/{day.year:04}") is ((day.month, day.day) != (2, 29))


@pytest.mark.parametrize("number", [
    Number(PHONE), Number(PHONE, "#456 15/11/2026 #457 73.56"), Number(PHONE, "#456", "ar-XA"), Number(PHONE, "",
    " en-US "),
])
def test_a_right_row_has_no_problem(number: Number) -> None:
    result = validate(number)
    assert (result.phone, result.problem, result.odd) == ("905321234567", None, None)


@pytest.mark.parametrize(("number", "code"), [
    (Number("12", "31/02/2026", "xx"), "campaign.phone.short"),
    (Number(PHONE, "31/02/2026", "tr"), "campaign.number.lang"),
    (Number(PHONE, "#456", "TR-tr"), "campaign.number.lang"),
    (Number(PHONE, "Merhaba 31/02/2026"), "campaign.number.date"),
])
def test_a_wrong_row_says_what_is_wrong_with_it(number: Number, code: str) -> None:
    problem = validate(number).problem
    assert problem is not None
    assert problem.code == code
    assert all(str(problem.params["value"]) in text for text in said(problem).values())


def test_only_a_bad_number_takes_the_phone_away() -> None:
    assert validate(Number("12")).phone is None
    assert validate(Number(PHONE, "", "tr")).phone == "905321234567"


def test_a_word_that_the_document_does_not_define_is_kept_with_a_warning() -> None:
    result = validate(Number(PHONE, "#456 Sayın Yılmaz"))
    assert result.problem is None
    assert result.odd is not None
    assert result.odd.code == "campaign.number.word"
    assert all("Sayın" in text for text in said(result.odd).values())


@pytest.mark.parametrize(("phrase", "odd"), [
    ("#456 15/11/2017 73.56", None), ("", None), ("#0 1", None), ("#456 merhaba", ("word", "merhaba")),
    ("#456 05321234567", ("phone", "05321234567")), ("905321234567", ("phone", "905321234567")),
    ("#456 5321234567 #457", ("phone", "5321234567")), ("#1 +905321234567", ("phone", "+905321234567")),
    ("#1 0532-123-45-67", ("phone", "0532-123-45-67")), ("#1 0532 123 45 67 #2", ("phone", "0532 123 45 67")),
    ("#1 00491511234567", ("phone", "00491511234567")), ("#0456 1.50", ("zeros", "#0456")),
    ("#00", ("zeros", "#00")), ("#1 1000000000.50", None), ("#1 123456789", None), ("532 123 45", None),
])
def test_the_first_word_that_is_heard_oddly(phrase: str, odd: tuple[str, str] | None) -> None:
    assert odd_word(phrase) == odd
    result = validate(Number(PHONE, phrase))
    assert result.problem is None
    assert (result.odd.code, result.odd.params) == (f"campaign.number.{odd[0]}", {"value": odd[1]}) if odd and (
        result.odd) else result.odd is None
    assert result.odd is None or all(odd is not None and odd[1] in text for text in said(result.odd).values())


@given(st.lists(st.one_of(st.text("#0123456789/. a\n", max_size=12), st.sampled_from(["#456", "29/02/2024", "1.5"]))))
def test_a_word_that_the_document_does_not_define_is_never_passed_over(words: list[str]) -> None:
    phrase = " ".join(words)
    if any(word.kind is WordKind.TEXT for word in words_of(phrase)):
        assert odd_word(phrase) is not None
