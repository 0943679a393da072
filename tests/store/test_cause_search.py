"""Several searches for numbers that must not be called: each row is found once, with its first cause."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.results import phone
from tests.store.support import good
from tui.campaign.reach import Cause, first_of
from tui.store import DoNotCallReason, Store
from tui.store import cause_search as searching
from tui.store.cause_search import CauseSearch, FoundRow, SearchedList, rows_found
from tui.store.suppression import SuppressionSource

SEARCHED = SearchedList(campaign=1, profile="acme", end=9, stopped=lambda: False)


class Found(CauseSearch):
    """What one search finds, by position."""

    def __init__(self, causes: dict[int, Cause]) -> None:
        self._causes = causes

    def in_list(self, searched: SearchedList) -> Iterator[FoundRow]:
        return (FoundRow(position, called=1, phrased=0, rank=cause.rank)
                for position, cause in sorted(self._causes.items()))

    def among(self, profile: str, phones: Collection[str]) -> Iterator[tuple[str, Cause]]:
        return iter(())


@given(st.lists(st.dictionaries(st.integers(1, 9), st.sampled_from(Cause)), max_size=4))
def test_each_row_is_found_once_with_its_first_cause(found: list[dict[int, Cause]]) -> None:
    rows = [(row.position, row.rank) for row in rows_found([Found(causes) for causes in found], SEARCHED)]
    everywhere = sorted({position for causes in found for position in causes})
    firsts = {position: first_of(causes[position] for causes in found if position in causes)
              for position in everywhere}
    assert rows == [(position, first.rank) for position, first in firsts.items() if first is not None]


@pytest.mark.parametrize("few", [0, 20_000])
def test_few_and_many_that_must_not_be_called_are_found_alike(
        store: Store, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(searching, "FEW", few)
    monkeypatch.setattr(searching, "AT_ONCE", 2)
    made = store.drafts.create("acme", {"name": "Anket"})
    store.numbers.add(made, [good(phone(place)) for place in (1, 2, 3, 4, 5, 6, 1)])
    store.do_not_call.add("acme", [phone(1)], DoNotCallReason.PRESSED)
    store.do_not_call.add("acme", [phone(2)])
    store.suppression.keep("acme", SuppressionSource.FILE, [phone(1), phone(2), phone(3)])
    store.suppression.keep("acme", SuppressionSource.BLOCKED, [phone(3), phone(4)])
    store.suppression.keep("acme", SuppressionSource.UNTOLD, [phone(4), phone(5)])
    found = store.suppression.find(made)
    expected = {1: Cause.PRESSED, 2: Cause.BY_HAND, 3: Cause.FILE, 4: Cause.BLOCKED, 5: Cause.UNTOLD, 7: Cause.PRESSED}
    assert dict(zip(found.marks.positions, found.marks.causes, strict=True)) == {
        position: cause.rank for position, cause in expected.items()}
    assert (found.refusals.recipients, found.duplicates) == (5, 1)
    assert store.suppression.among("acme", [phone(place) for place in range(1, 8)]) == {
        phone(position): cause for position, cause in expected.items() if position < 6}
