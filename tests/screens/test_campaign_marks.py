"""Marks of campaigns and what was deleted last, without a screen."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tui.screens.campaign_marks import CampaignMarks, RemovedDrafts


def marked(*ids: int) -> CampaignMarks:
    marks = CampaignMarks()
    marks.mark_only(ids)
    return marks


def test_a_change_answers_whose_mark_it_changed() -> None:
    marks = marked(1, 2)
    assert marks.turn([2, 3]) == {2, 3}
    assert marks.ids == {1, 3}
    assert marks.add([3, 4]) == {4}
    assert marks.remove([1, 7]) == {1}
    assert marks.mark_only([5]) == {3, 4, 5}


@pytest.mark.parametrize(("before", "shown", "after"), [
    ((), (1, 2), {1, 2}), ((1,), (1, 2), {1, 2}), ((1, 2), (1, 2), set()), ((1, 2, 9), (1, 2), {9}), ((9,), (), {9}),
])
def test_all_are_marked_or_where_all_are_unmarked(before: tuple[int, ...], shown: tuple[int, ...],
                                                  after: set[int]) -> None:
    marks = marked(*before)
    marks.turn_all(shown)
    assert marks.ids == after


@pytest.mark.parametrize(("rows", "ids"), [
    ((3, 4, 5), {3, 4, 5}), ((3, 4, 5, 4), {3, 4}), ((3, 4, 3, 2), {2, 3}), ((3, 2, 1, 2), {2, 3}), ((0, 0), {0}),
])
def test_a_range_grows_and_shrinks(rows: tuple[int, ...], ids: set[int]) -> None:
    marks = CampaignMarks()
    for here, there in pairwise(rows):
        marks.extend(here, there, left=here, reached=there)  # in each row the campaign of its number
    assert marks.ids == ids


def test_a_range_begins_anew_where_the_last_one_did_not_end() -> None:
    marks = CampaignMarks()
    marks.extend(1, 2, left=1, reached=2)
    marks.extend(7, 6, left=7, reached=6)
    assert marks.ids == {1, 2, 6, 7}
    marks.extend(6, 7, left=6, reached=7)
    assert marks.ids == {1, 2, 7}


def test_drafts_come_back_step_by_step() -> None:
    removed = RemovedDrafts()
    removed.add([1, 2])
    removed.add([3])
    assert removed.last == [3]
    removed.forget([3, 1])
    assert removed.last == [2]
    removed.clear()
    assert removed.last is None
