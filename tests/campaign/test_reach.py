"""What keeps a number from being called: one order, and one place in which each cause is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.campaign.reach import COUNTED_AS, NOBODY, Cause, CauseCounts, CountedAs, cause_of, first_of

causes = st.sampled_from(Cause)


def test_each_cause_is_counted_somewhere_and_nothing_is_counted_under_which_no_cause_is() -> None:
    assert set(COUNTED_AS) == set(Cause)
    assert set(COUNTED_AS.values()) == set(CountedAs)


@given(st.lists(causes))
def test_the_first_of_several_is_the_one_of_the_lowest_rank(some: list[Cause]) -> None:
    found = first_of(some)
    assert (found is None) is (not some)
    if found is not None:
        assert found.rank == min(cause.rank for cause in some)
        assert cause_of(found.rank) is found


def test_their_owners_word_comes_before_everything_else() -> None:
    assert first_of(reversed(Cause)) is Cause.PRESSED


@given(st.dictionaries(causes, st.integers(min_value=1, max_value=1_000_000)))
def test_nobody_is_counted_twice_and_nobody_is_missing(numbers: dict[Cause, int]) -> None:
    counts = CauseCounts.of(numbers)
    assert counts.recipients == sum(numbers.values()) == sum(counts[counted] for counted in CountedAs)
    named = dict(counts.named())
    assert sum(named.values()) == counts.recipients
    assert list(named) == [counted for counted in CountedAs if counted in named]


def test_a_sentence_says_of_the_lists_that_they_name_nobody() -> None:
    assert list(NOBODY.named()) == [(CountedAs.LIST, 0), (CountedAs.FILE, 0), (CountedAs.BLOCKED, 0)]


@pytest.mark.parametrize("cause", Cause)
def test_a_rank_is_a_causes_own(cause: Cause) -> None:
    assert cause_of(cause.rank) is cause
