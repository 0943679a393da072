"""Which rows of a list are shown, with nothing that shows them."""

from __future__ import annotations

from array import array

import pytest

from tui.campaign.numbering import NumberKind
from tui.i18n.words import say
from tui.screens.numbers_filter import CALLED_BEFORE, FILTERS, SUPPRESSED, NumberFilter
from tui.store import RowFilter, Summary

SOME = Summary(total=1234, bad=3, callable=1231, kinds={NumberKind.MOBILE: 1231})
FOUND = [RowFilter.ALL, RowFilter.PROBLEMS, RowFilter.MOBILE, SUPPRESSED, CALLED_BEFORE]


@pytest.mark.parametrize("step", [1, -1])
def test_filters_without_rows_are_passed_over_and_those_to_be_looked_through_are_not(step: int) -> None:
    shown, names = NumberFilter(1), list[str]()
    for _ in FOUND:
        names.append(shown.name)
        shown.step(step, SOME)
    assert names == (FOUND if step > 0 else [FOUND[0], *reversed(FOUND[1:])])
    assert shown.name == RowFilter.ALL


def test_a_list_without_rows_has_those_that_have_to_be_looked_through() -> None:
    shown, names = NumberFilter(1), list[str]()
    for _ in range(3):
        names.append(shown.name)
        shown.step(1, Summary())
    assert names == [RowFilter.ALL, SUPPRESSED, CALLED_BEFORE]


def test_words_are_searched_among_what_the_store_counts() -> None:
    shown = NumberFilter(1)
    shown.name = RowFilter.PROBLEMS
    shown.search("ayşe")
    assert (shown.name, shown.finds, shown.is_all) == (RowFilter.PROBLEMS, True, False)
    shown.name = SUPPRESSED
    shown.search("ayşe")
    assert (shown.name, shown.finds, shown.is_all) == (RowFilter.ALL, True, False)
    shown.show_all()
    assert (shown.words, shown.finds, shown.is_all) == ("", False, True)


def test_the_rows_are_counted_as_they_were_found_else_as_the_store_counts_them() -> None:
    shown = NumberFilter(1)
    shown.name = RowFilter.PROBLEMS
    shown.recount(SOME)
    assert shown.count == 3
    shown.hits = array("q", [4, 9])
    shown.recount(SOME)
    assert shown.count == 2
    shown.forget()
    shown.recount(SOME)
    assert shown.count == 3


def test_the_filter_that_is_shown_is_marked_and_one_that_was_looked_through_says_how_many() -> None:
    shown = NumberFilter(1)
    before = shown.text(SOME, keeps_repeats=False).split("  ")
    assert before == [f"[{say('screens.numbers.filter_all')} 1,234]", f"{say('screens.numbers.filter_problems')} 3",
                      f"{say('screens.numbers.filter_mobile')} 1,231", say("screens.numbers.filter_suppressed"),
                      say("screens.numbers.filter_called_before")]
    shown.name, shown.hits = SUPPRESSED, array("q", [4, 9])
    shown.recount(SOME)
    after = shown.text(SOME, keeps_repeats=True).split("  ")
    assert after[3:] == [f"[{say('screens.numbers.filter_suppressed')} 2]", say("screens.numbers.filter_called_before"),
                         say("screens.numbers.repeats_kept")]


def test_a_search_says_how_many_it_found() -> None:
    shown = NumberFilter(1)
    shown.search("ayşe")
    shown.hits = array("q", [4, 9])
    shown.recount(SOME)
    assert shown.text(SOME, keeps_repeats=False).endswith("= 2")
    assert shown.text(Summary(), keeps_repeats=True) == say("screens.numbers.empty")


def test_every_filter_has_a_name() -> None:
    for name in FILTERS:
        shown = NumberFilter(1)
        shown.name = name
        assert "[" in shown.text(SOME, keeps_repeats=False)
