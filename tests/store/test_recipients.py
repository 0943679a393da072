"""Who of a list is called: each number once, or once for each of its rows that say something else."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.results import ingest, phone, told
from tests.store.support import WHY, bad, campaign_in, good, launched
from tui.campaign.fields import KEEP_REPEATS
from tui.campaign.lifecycle import AskedBy, Created, NotSent, State, Unconfirmed
from tui.store import ListFilter, NumberRow, ResultFilter, Store, recipients
from tui.store.recipients import RepeatedCalls, Repeats

A, B, C = "905321234501", "905321234502", "905321234503"
ROWS = (good(A, "#1"), good(B), bad(), good(A, " #1 "), good(A, "#2"), good(B, "#1"), good(C), good(A, "#2"),
        NumberRow(typed=A, phone=A, phrase="#1", lang="en-US"), good(B))
CALLED_AGAIN = {5: 1, 6: 1, 9: 2}  # position → turn


def draft(store: Store, *, keeps: bool = True) -> int:
    fields = {"name": "Anket", KEEP_REPEATS: "true"} if keeps else {"name": "Anket"}
    return campaign_in(store, State.DRAFT, fields=fields, numbers=ROWS)


def everybody(store: Store, campaign: int, limit: int) -> list[tuple[int, int]]:
    """Read as a launch reads them: as long as a batch is full."""
    found, after = [], 0
    while True:
        batch = store.recipients.batch(campaign, after, limit)
        found += [(callee.position, callee.turn) for callee in batch]
        if len(batch) < limit:
            return found
        after = batch[-1].position


@pytest.mark.parametrize("limit", range(1, 12))
def test_a_batch_is_full_as_long_as_more_are_called(store: Store, limit: int) -> None:
    campaign = draft(store)
    called = dict.fromkeys((1, 2, 7), 0) | CALLED_AGAIN
    assert everybody(store, campaign, limit) == sorted(called.items())


def test_without_the_choice_each_number_is_called_once(store: Store) -> None:
    campaign = draft(store, keeps=False)
    assert everybody(store, campaign, 2) == [(1, 0), (2, 0), (7, 0)]
    store.drafts.change(campaign, {KEEP_REPEATS: "true"})
    assert len(everybody(store, campaign, 2)) == 6
    store.drafts.change(campaign, {KEEP_REPEATS: ""})
    assert len(everybody(store, campaign, 2)) == 3


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_those_that_are_called_again_are_counted_whether_they_are_kept_or_not(store: Store, limit: int) -> None:
    for keeps in (True, False):
        found, campaign = Repeats(), draft(store, keeps=keeps)
        after: int | None = 0
        while after is not None:
            after = store.recipients.add_repeats(found, campaign, after, limit)
        assert dict(zip(found.positions, found.turns, strict=True)) == CALLED_AGAIN
        assert found.count() == RepeatedCalls(rows=3, numbers=2, phrased=3)
        assert found.count([1, 4, 5, 8, 9]) == RepeatedCalls(rows=1, numbers=1, phrased=1)
        assert store.recipients.turns(campaign, range(1, 8)) == {5: 1, 6: 1}


def test_the_rows_of_a_number_are_found_by_it_however_long_the_list_is(store: Store, path: Path) -> None:
    draft(store)
    with closing(sqlite3.connect(path)) as database:
        sql = f"EXPLAIN QUERY PLAN WITH asked (value) AS (VALUES (?)) {recipients._OF_PHONES}"
        plan = database.execute(sql, (A, 1, 9))
        assert "numbers_by_phone (list_id=? AND phone=?" in " ".join(row[3] for row in plan)


def test_a_copy_has_the_choice_as_well(store: Store) -> None:
    copy = store.drafts.copy(draft(store), numbers=True)
    assert len(everybody(store, copy, 100)) == 6


def test_the_second_row_of_a_refused_number_is_found_too(store: Store) -> None:
    campaign = draft(store)
    store.do_not_call.add("acme", [A])
    found = store.suppression.find(campaign)
    assert list(found.marks.positions) == [1, 4, 5, 8, 9]
    assert found.refusals.recipients == 1
    store.numbers.drop_marked(campaign, found.marks)
    assert everybody(store, campaign, 100) == [(2, 0), (6, 1), (7, 0)]


def test_a_launch_keeps_how_many_rows_are_beyond_its_numbers(store: Store) -> None:
    campaign = draft(store)
    tokens = itertools.count()

    def begin(again: int) -> int:
        return store.ledger.begin(campaign, revision=store.campaigns.get(campaign).revision, body_hash="b", numbers=3,
                                  token=f"again-{next(tokens)}", asked_by=AskedBy.APP, called_again=again)

    launch = begin(3)
    assert store.campaigns.get(campaign).called_again == 3
    store.ledger.resolve(launch, NotSent(WHY))
    assert store.campaigns.get(campaign).called_again == 0  # a draft: what it calls is not known yet
    store.ledger.resolve(begin(2), Created(7))
    assert store.campaigns.get(campaign).called_again == 2
    assert store.results.totals(campaign).called_again == 2
    copy = store.drafts.copy(campaign, numbers=True)
    assert store.campaigns.get(copy).called_again == store.results.totals(copy).called_again == 0
    assert launched(store, copy)
    assert store.campaigns.get(copy).called_again == 0


def answered_by_all(store: Store, *, again: int) -> int:
    """A campaign that is on, and each of whose numbers has answered; each was told of as often as it stands there."""
    campaign = store.drafts.create("acme", {"name": "Anket", "call_retries": "0"})
    store.numbers.add(campaign, [good(phone(1), "#1"), good(phone(2), "#1"), good(phone(1), "#2")])
    entry = store.ledger.begin(campaign, revision=store.campaigns.get(campaign).revision, token="token", body_hash="b",
                               numbers=2, asked_by=AskedBy.APP, called_again=again)
    store.ledger.resolve(entry, Created(20_212))
    ingest(store, told(1), told(2), told(1))
    return campaign


@pytest.mark.parametrize("again", [0, 1])
def test_nothing_is_over_by_its_results_that_may_ring_once_more(store: Store, again: int) -> None:
    campaign = answered_by_all(store, again=again)
    over = not again
    totals = store.results.totals(campaign)
    assert (totals.numbers, totals.called, totals.answered, totals.complete) == (2, 2, 2, over)
    assert totals.final - totals.final_unlisted == (2 if over else 0)
    assert store.figures.complete(campaign) is over
    shown = State.FINISHED if over else State.ON
    assert store.campaigns.counts("acme") == {shown: 1}
    for state in (State.ON, State.FINISHED):
        assert store.campaigns.count("acme", ListFilter(states=frozenset({state}))) == (state is shown)


def test_what_a_late_answer_makes_known_beside_it_calls_them_again_too(store: Store) -> None:
    campaign = draft(store)
    entry = store.ledger.begin(campaign, revision=store.campaigns.get(campaign).revision, token="token", body_hash="b",
                               numbers=3, asked_by=AskedBy.APP, called_again=3)
    store.ledger.resolve(entry, Unconfirmed(WHY))
    store.ledger.not_created(campaign)
    store.ledger.resolve(entry, Created(20_212))
    (beside,) = [each for each in store.campaigns.page("acme", limit=9) if each.provider_id == 20_212]
    assert (beside.adopted, beside.called_again) == (True, 3)


@pytest.mark.parametrize("again", [0, 1])
def test_no_number_is_final_that_may_ring_once_more(store: Store, again: int) -> None:
    campaign, final = answered_by_all(store, again=again), not again
    assert [row.final for row in store.results.page(campaign, 0, 9)] == [final] * 2
    assert [row.final for row in store.results.each(campaign)] == [final] * 2
    for chosen, many in [(ResultFilter(final=True), 2 * final), (ResultFilter(final=False), 2 * again),
                         (ResultFilter(final=True, answered=True), 2 * final), (ResultFilter(answered=True), 2),
                         (ResultFilter(final=False, answered=True), 2 * again),
                         (ResultFilter(called=True, final=False), 2 * again),
                         (ResultFilter(final=False, words=phone(2)), again),
                         (ResultFilter(final=True, digit=""), 2 * final)]:
        assert store.results.count(campaign, chosen) == many, chosen
        assert len(store.results.page(campaign, 0, 9, chosen)) == many, chosen
        assert len(list(store.results.each(campaign, chosen))) == many, chosen
    fields = {"name": "Anket 2"}
    followed = store.follow_ups.make(campaign, ResultFilter(), fields, with_answered=True, with_open=False)
    assert (followed.numbers, followed.open) == ((2, 0) if final else (0, 2))
