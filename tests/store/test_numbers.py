"""The list of a campaign: rows, problems, duplicates, figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sampling import examples
from tests.store.support import PROBLEM, bad, good, traced
from tui.core.reason import Reason
from tui.store import NoSuchNumber, NumberRow, RowFilter, Store, StoredNumber, Summary

A, B, C = "905320000001", "905320000002", "00491234567"


@pytest.fixture
def campaign(store: Store) -> int:
    return store.drafts.create("acme", {"name": "Anket"})


def shape(store: Store, campaign: int) -> list[tuple[int, str, int | None]]:
    return [(row.position, row.typed, row.duplicate_of) for row in store.numbers.page(campaign, 0, 1_000)]


def test_rows_are_kept_as_they_came(store: Store, campaign: int) -> None:
    rows = [NumberRow("0532 000 00 01", A, "#456 73.56", "tr-TR"), bad("5,32E+09"), NumberRow(C, C, "", "en-US")]
    summary = store.numbers.add(campaign, rows)
    assert store.numbers.page(campaign, 0, 10) == [
        StoredNumber(1, "0532 000 00 01", A, "#456 73.56", "tr-TR", None, None),
        StoredNumber(2, "5,32E+09", None, "", "", PROBLEM, None),
        StoredNumber(3, C, C, "", "en-US", None, None),
    ]
    assert summary == store.numbers.summary(campaign)
    assert replace(summary, undo=None) == Summary(
        total=3, bad=1, duplicates=0, callable=2, with_phrase=1,
        problems={PROBLEM.code: 1})


def test_a_row_without_a_phone_says_why() -> None:
    with pytest.raises(ValueError, match="says why"):
        NumberRow("532", None)


def test_an_empty_list_has_empty_figures(store: Store, campaign: int) -> None:
    assert store.numbers.summary(campaign) == Summary() == store.numbers.add(campaign, [])
    assert store.campaigns.get(campaign).revision == 1


def test_rows_are_appended_and_each_import_is_a_revision(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, [good(A)])
    store.numbers.add(campaign, iter([good(B), good(C)]))
    assert shape(store, campaign) == [(1, A, None), (2, B, None), (3, C, None)]
    assert store.campaigns.get(campaign).revision == 3


def test_a_duplicate_is_marked_with_the_first_of_its_phone(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, [good(A), good(B), good(A)])
    summary = store.numbers.add(campaign, [good(A, "#456"), good(C), good(B)])
    assert shape(store, campaign) == [(1, A, None), (2, B, None), (3, A, 1), (4, A, 1), (5, C, None), (6, B, 2)]
    assert (summary.total, summary.duplicates, summary.callable, summary.with_phrase) == (6, 3, 3, 0)


def test_a_row_that_is_not_called_takes_nobodys_place(store: Store, campaign: int) -> None:
    """Its phone is right and its phrase isn't: the later row with the same phone is called."""
    store.numbers.add(campaign, [NumberRow(A, A, "31/02/2026", "", PROBLEM), good(A)])
    assert [row.callable for row in store.numbers.page(campaign, 0, 10)] == [False, True]
    store.numbers.drop_which(campaign, RowFilter.PROBLEMS)
    assert shape(store, campaign) == [(2, A, None)]


def test_lists_of_two_campaigns_do_not_mix(store: Store, campaign: int) -> None:
    other = store.drafts.create("acme", {"name": "Başka"})
    store.numbers.add(campaign, [good(A), bad()])
    store.numbers.add(other, [good(A), good(A)])
    assert shape(store, other) == [(1, A, None), (2, A, 1)]
    store.numbers.clear(other)
    assert shape(store, campaign) == [(1, A, None), (2, "532", None)]
    assert store.numbers.summary(campaign).bad == 1


def test_when_the_first_is_dropped_the_next_takes_its_place(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, [good(A), good(A), good(B), good(A)])
    assert store.numbers.drop(campaign, [1, 3, 3, 99]) == 2
    assert shape(store, campaign) == [(2, A, None), (4, A, 2)]


def test_positions_are_not_given_again_until_the_list_is_cleared(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, [good(A), good(B)])
    store.numbers.drop(campaign, [2])
    store.numbers.add(campaign, [good(C)])
    assert shape(store, campaign) == [(1, A, None), (3, C, None)]
    assert store.numbers.clear(campaign) == 2
    store.numbers.add(campaign, [good(B)])
    assert shape(store, campaign) == [(1, B, None)]


def test_all_bad_ones_and_all_duplicates_go_at_once(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, [good(A), bad("1"), good(A), bad("2"), good(B), good(A)])
    assert store.numbers.drop_which(campaign, RowFilter.PROBLEMS) == 2
    assert shape(store, campaign) == [(1, A, None), (3, A, 1), (5, B, None), (6, A, 1)]
    assert store.numbers.drop_which(campaign, RowFilter.DUPLICATES) == 2
    assert shape(store, campaign) == [(1, A, None), (5, B, None)]
    assert store.numbers.summary(campaign) == Summary(total=2, callable=2)


def test_what_drops_nothing_is_no_revision(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, [good(A)])
    before = store.campaigns.get(campaign)
    assert [store.numbers.drop_which(campaign, which) for which in (RowFilter.PROBLEMS, RowFilter.DUPLICATES)] == [0, 0]
    assert store.numbers.drop(campaign, [7]) == store.numbers.drop(campaign, []) == 0
    assert store.campaigns.get(campaign) == before


@pytest.mark.parametrize(("row", "shaped"), [
    (good(C), [(1, C, None), (2, A, None), (3, B, None)]),
    (good(B), [(1, B, None), (2, A, None), (3, B, 1)]),
    (good(A, "#1"), [(1, A, None), (2, A, 1), (3, B, None)]),
    (bad("5"), [(1, "5", None), (2, A, None), (3, B, None)]),
])
def test_a_replaced_row_changes_who_is_a_duplicate(store: Store, campaign: int, row: NumberRow,
                                                   shaped: list[tuple[int, str, int | None]]) -> None:
    store.numbers.add(campaign, [good(A), good(A), good(B)])
    replaced = store.numbers.replace(campaign, 1, row)
    assert (replaced.typed, replaced.phrase, replaced.problem) == (row.typed, row.phrase, row.problem)
    assert shape(store, campaign) == shaped
    assert store.campaigns.get(campaign).revision == 3


def test_a_row_that_was_put_right_may_be_a_duplicate(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, [good(A), bad()])
    assert store.numbers.replace(campaign, 2, good(A)).duplicate_of == 1
    assert store.numbers.summary(campaign) == Summary(total=2, duplicates=1, callable=1)


def test_a_row_that_has_gone_is_not_replaced(store: Store, campaign: int) -> None:
    with pytest.raises(NoSuchNumber) as caught:
        store.numbers.replace(campaign, 1, good(A))
    assert caught.value.reason.params == {"position": 1}


def test_pages_are_of_all_or_of_the_bad_ones(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, [bad(str(number)) if number % 3 == 0 else good(f"9053200000{number:02}")
                                 for number in range(1, 31)])
    assert [row.position for row in store.numbers.page(campaign, 10, 5)] == [11, 12, 13, 14, 15]
    assert [row.position for row in store.numbers.page(campaign, 8, 5, which=RowFilter.PROBLEMS)] == [27, 30]
    assert store.numbers.page(campaign, 30, 5) == []


def test_kinds_of_problem_are_counted_most_frequent_first(store: Store, campaign: int) -> None:
    kinds = ["short", "letters", "short", "empty", "empty", "short"]
    summary = store.numbers.add(campaign, [
        NumberRow(str(place), None, problem=Reason(f"campaign.phone.{kind}", {"value": str(place)}))
        for place, kind in enumerate(kinds)])
    assert list(summary.problems.items()) == [
        ("campaign.phone.short", 3), ("campaign.phone.empty", 2), ("campaign.phone.letters", 1)]


def test_a_long_list_is_streamed_in_and_out_in_order(store: Store, campaign: int) -> None:
    asked: list[int] = []

    def rows() -> Iterator[NumberRow]:
        for number in range(5_000):
            asked.append(number)
            yield good(f"90532{number:07}") if number % 10 else bad()

    assert store.numbers.add(campaign, rows()).callable == 4_500
    assert asked == list(range(5_000))
    statements = traced(store)
    streamed = store.numbers.each(campaign)
    assert next(streamed).typed == "905320000001"
    assert len(statements) == 1
    assert [row.typed for row in streamed] == [f"90532{number:07}" for number in range(2, 5_000) if number % 10]


def test_the_database_is_not_held_while_a_list_is_read(store: Store, campaign: int) -> None:
    def rows() -> Iterator[NumberRow]:
        for number in range(4_500):
            if number % 2_000 == 0:
                store.drafts.create("acme", {"name": "meanwhile"})
            yield good(f"90532{number:07}")

    assert store.numbers.add(campaign, rows()).total == 4_500
    assert store.campaigns.count("acme") == 4


def test_a_list_that_breaks_off_adds_nothing(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, [good(A)])
    before = store.campaigns.get(campaign)

    def rows() -> Iterator[NumberRow]:
        for number in range(3_000):
            yield good(f"90532{number:07}")
        raise OSError("the disk was pulled out")

    with pytest.raises(OSError, match="pulled out"):
        store.numbers.add(campaign, rows())
    assert store.campaigns.get(campaign) == before
    assert shape(store, campaign) == [(1, A, None)]
    assert store.numbers.add(campaign, [good(B)]).total == 2


def test_an_import_into_what_was_launched_meanwhile_adds_nothing(store: Store, campaign: int) -> None:
    def rows() -> Iterator[NumberRow]:
        yield good(A)
        store.drafts.remove(campaign)

    with pytest.raises(Exception, match="wrong_state"):
        store.numbers.add(campaign, rows())
    assert store.numbers.page(campaign, 0, 10) == []


@pytest.mark.sqlite
@pytest.mark.parametrize("statement", [
    "SELECT * FROM numbers WHERE list_id = 1 AND position > 5 AND problem IS NULL AND duplicate_of IS NULL "
    "ORDER BY position LIMIT 10",
    "SELECT * FROM numbers WHERE list_id = 1 AND problem IS NOT NULL ORDER BY position LIMIT 10",
    "SELECT * FROM numbers WHERE list_id = 1 ORDER BY position LIMIT 10 OFFSET 5",
])
def test_rows_come_in_order_without_sorting(store: Store, campaign: int, statement: str) -> None:
    found = store._context.database.all(f"EXPLAIN QUERY PLAN {statement}")
    assert all("SEARCH numbers USING" in row["detail"] for row in found)


@pytest.mark.sqlite
def test_duplicates_are_found_without_reading_the_whole_list_for_each_row(store: Store, campaign: int) -> None:
    statements = traced(store)
    store.numbers.add(campaign, [good(A), good(A)])
    store.numbers.replace(campaign, 1, good(B))
    marking = [statement for statement in statements if "SET duplicate_of = (" in statement or "nullif" in statement]
    assert len(marking) == 3
    for statement in marking:
        plan = [row["detail"] for row in store._context.database.all(f"EXPLAIN QUERY PLAN {statement}")]
        firsts = [step for step in plan if step.startswith("SEARCH first")]
        assert firsts
        assert all("INDEX numbers_by_phone (list_id=? AND phone=? AND problem=?)" in step for step in firsts)


def expected(rows: dict[int, NumberRow]) -> list[tuple[int, NumberRow, int | None]]:
    """The rows in order with their marks, worked out the plain way."""
    first: dict[str, int] = {}
    marked = []
    for position, row in sorted(rows.items()):
        duplicate_of = None
        if row.problem is None and row.phone is not None:
            if row.phone in first:
                duplicate_of = first[row.phone]
            else:
                first[row.phone] = position
        marked.append((position, row, duplicate_of))
    return marked


ROWS = st.one_of(
    st.builds(good, st.sampled_from([A, B, C]), st.sampled_from(["", "#456"])),
    st.builds(bad, st.sampled_from(["1", "2"])),
    st.just(NumberRow(A, A, "#0", "", PROBLEM)),
)
OPERATIONS = st.lists(max_size=12, elements=st.one_of(
    st.tuples(st.just("add"), st.lists(ROWS, max_size=6)),
    st.tuples(st.just("replace"), st.tuples(st.integers(1, 12), ROWS)),
    st.tuples(st.just("drop"), st.lists(st.integers(1, 12), max_size=4)),
    st.tuples(st.sampled_from(["drop problems", "drop duplicates", "clear"]), st.none()),
))


def apply(rows: dict[int, NumberRow], following: int, name: str, argument: object) -> int:
    """What an operation does to a list, the plain way; the position that comes next."""
    match name, argument:
        case "add", list(added):
            rows |= dict(enumerate(added, start=following))
            return following + len(added)
        case "replace", (int(position), NumberRow() as row) if position in rows:
            rows[position] = row
        case "drop", list(positions):
            for position in positions:
                rows.pop(position, None)
        case "drop problems", _:
            for position in [position for position, row in rows.items() if row.problem is not None]:
                del rows[position]
        case "drop duplicates", _:
            for position in [position for position, _, duplicate_of in expected(rows) if duplicate_of is not None]:
                del rows[position]
        case "clear", _ if rows:
            rows.clear()
            return 1
    return following


def ask(store: Store, campaign: int, name: str, argument: object) -> None:
    match name, argument:
        case "add", list(added):
            store.numbers.add(campaign, added)
        case "replace", (int(position), NumberRow() as row):
            try:
                store.numbers.replace(campaign, position, row)
            except NoSuchNumber:
                assert position not in {found.position for found in store.numbers.page(campaign, 0, 1_000)}
        case "drop", list(positions):
            store.numbers.drop(campaign, positions)
        case "drop problems", _:
            store.numbers.drop_which(campaign, RowFilter.PROBLEMS)
        case "drop duplicates", _:
            store.numbers.drop_which(campaign, RowFilter.DUPLICATES)
        case _:
            store.numbers.clear(campaign)


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=OPERATIONS)
def test_any_sequence_of_changes_leaves_the_marks_and_figures_right(
        store: Store, operations: list[tuple[str, object]]) -> None:
    campaign = store.drafts.create("acme", {})
    rows: dict[int, NumberRow] = {}
    following = 1
    for name, argument in operations:
        following = apply(rows, following, name, argument)
        ask(store, campaign, name, argument)
        found = store.numbers.page(campaign, 0, 1_000)
        assert [(row.position, NumberRow(row.typed, row.phone, row.phrase, row.lang, row.problem), row.duplicate_of)
                for row in found] == expected(rows)
        called = [row for row in found if row.callable]
        assert list(store.numbers.each(campaign)) == called
        summary = store.numbers.summary(campaign)
        assert (summary.total, summary.bad, summary.callable, summary.with_phrase) == (
            len(found), sum(row.problem is not None for row in found), len(called),
            sum(row.phrase != "" for row in called))
        counted = store.campaigns.get(campaign)
        assert (counted.numbers, counted.callable_numbers, counted.callable_with_phrase) == (
            summary.total, summary.callable, summary.with_phrase)
        assert (counted.bad_numbers, counted.duplicate_numbers) == (summary.bad, summary.duplicates)
        assert sum(summary.problems.values()) == summary.bad
