"""Which rows that repeat a number say something else."""

from __future__ import annotations

import pytest

from tui.campaign.fields import KEEP_REPEATS
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone_list import Sayings, says_other

ONE = ("#456 12.50", "")


@pytest.mark.parametrize(("other", "differs"), [
    (("#456 12.50", ""), False), (("  #456   12.50 ", " "), False), (("#456 12.50", "tr-TR"), False),
    (("#456 12.50", "en-US"), True), (("#456 2.50", ""), True), (("", ""), True), (("#456 12.50 ", " en-US "), True),
])
def test_rows_differ_by_their_words_and_the_language_of_these(other: tuple[str, str], differs: bool) -> None:
    assert says_other(ONE, other) is differs
    assert (Sayings(*ONE).turn(*other) == 1) is differs


def test_without_a_phrase_the_language_says_nothing() -> None:
    assert not says_other(("", "en-US"), (" ", "ar-XA"))


def test_what_any_row_before_says_is_not_said_again() -> None:
    sayings = Sayings("a", "")
    turns = [sayings.turn(phrase, lang) for phrase, lang in
             [("b", ""), ("a", ""), ("b", "tr-TR"), ("b", "en-US"), ("", ""), (" b ", "")]]
    assert turns == [1, None, None, 2, 3, None]


@pytest.mark.parametrize(("text", "kept"), [("true", True), (" true ", True), ("false", False), ("", False)])
def test_it_is_kept_by_choice_alone(text: str, kept: bool) -> None:
    assert ParsedDraft({KEEP_REPEATS: text}).keeps_repeats is kept
    assert not ParsedDraft().keeps_repeats
