"""Where numbers stand, over all lists: the same as reading every row of every list, whatever was done to them."""

from __future__ import annotations

from contextlib import closing, suppress
from itertools import chain
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.support import bad, good
from tests.store.test_result_plans import plan
from tui.store import NoSuchNumber, NumberRow, RowFilter, Store, list_changes
from tui.store import list_building as building
from tui.store import lists as making
from tui.store.do_not_call_pages import STRETCHES
from tui.store.lists import LONG
from tui.store.number_places import bounds, places_of, places_within, within
from tui.store.sql import Sql, sql

# Two with one ending, one abroad with more after it, one too short to have any.
PHONES = ["905320000001", "905330000001", "905320000002", "902120000003", "0049151123456789", "00491"]
ROWS = st.sampled_from([*map(good, PHONES), bad()])
OPERATIONS = st.lists(max_size=10, elements=st.one_of(
    st.tuples(st.just("add"), st.lists(ROWS, min_size=1, max_size=4)),
    st.tuples(st.just("import"), st.lists(ROWS, min_size=3, max_size=6)),
    st.tuples(st.just("edit"), st.tuples(st.integers(1, 8), ROWS)),
    st.tuples(st.just("drop"), st.lists(st.integers(1, 8), max_size=4)),
    st.tuples(st.just("drop_which"), st.sampled_from([RowFilter.DUPLICATES])),
    st.tuples(st.sampled_from(["bring_back", "clear", "undo", "copy"]), st.none()),
))


@pytest.fixture(params=[LONG, 1])
def long(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """From how many rows on a list is long."""
    monkeypatch.setattr(making, "LONG", request.param)
    monkeypatch.setattr(list_changes, "FEW", request.param)
    monkeypatch.setattr(building, "_FEW", request.param)
    monkeypatch.setattr(building, "_AT_ONCE", 2)
    monkeypatch.setattr(making, "AT_ONCE", 2)
    monkeypatch.setattr("tui.store.sqlite.GIVE_WAY_SECONDS", 0)
    return int(request.param)


def do(store: Store, campaigns: list[int], name: str, argument: object) -> None:
    campaign = campaigns[-1]
    match name, argument:
        case "add", list(added):
            store.numbers.add(campaign, added)
        case "import", list(added):
            with closing(store.numbers.building(campaign)) as builder:
                for row in added:
                    builder.put((), building.odd_rows([row], builder.next_position))
                builder.finish()
        case "edit", (int(position), NumberRow() as row):
            with suppress(NoSuchNumber):
                store.numbers.replace(campaign, position, row)
        case "drop", list(positions):
            store.numbers.drop(campaign, positions)
        case "drop_which", RowFilter() as which:
            store.numbers.drop_which(campaign, which)
        case "bring_back", _:
            store.numbers.bring_back(campaign)
        case "clear", _:
            store.numbers.clear(campaign)
        case "undo", _:
            store.numbers.undo(campaign)
        case _:
            campaigns.append(store.drafts.copy(campaign, numbers=True))


Place = tuple[str, int, int]


def read_through(store: Store) -> list[Place]:
    return sorted((row["phone"], row["list_id"], row["position"]) for row in store._context.database.all(
        "SELECT phone, list_id, position FROM numbers WHERE phone IS NOT NULL"))


def looked_up(store: Store, how: Literal["each", "all"]) -> list[Place]:
    database = store._context.database
    making.make_table(database, "sought", sql("phone TEXT NOT NULL"))
    database.load("sought", ("phone",), ((phone,) for phone in PHONES))
    statements: list[tuple[Sql, dict[str, str]]] = [(places_of(sql("sought"), sql("sought.phone")), {})]
    if how == "all":
        statements = [(sql("WITH few (phone) AS (SELECT phone FROM sought WHERE {within}) {places}",
                           within=within(stretch, sql("phone")), places=places_within(sql("few"), stretch)),
                       bounds(stretch)) for stretch in STRETCHES]
    found = chain.from_iterable(database.all(statement, values) for statement, values in statements)
    return sorted((row["phone"], row["list_id"], row["position"]) for row in found)


@pytest.mark.usefixtures("long")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=OPERATIONS)
def test_each_row_is_found_once(store: Store, operations: list[tuple[str, object]]) -> None:
    campaigns = [store.drafts.create("acme", {})]
    for name, argument in operations:
        do(store, campaigns, name, argument)
    expected = read_through(store)
    assert looked_up(store, "each") == expected
    assert looked_up(store, "all") == expected


@pytest.mark.parametrize("long", [1], indirect=True)
@pytest.mark.usefixtures("long")
def test_rows_of_a_long_list_are_not_in_the_index_over_all(store: Store) -> None:
    campaigns = [store.drafts.create("acme", {})]
    do(store, campaigns, "import", [good(phone) for phone in PHONES])
    do(store, campaigns, "copy", None)
    do(store, campaigns, "drop", [1, 2])
    do(store, campaigns, "bring_back", None)
    database = store._context.database
    assert database.number("SELECT count(*) FROM numbers WHERE by_ending = 1") == 0
    assert database.number("SELECT count(*) FROM lists WHERE long = 0") == 0


@pytest.mark.sqlite
def test_a_long_list_is_looked_into_by_its_own_index(store: Store) -> None:
    store.numbers.add(store.drafts.create("acme", {}), [good(PHONES[0])])
    found = plan(store, lambda: looked_up(store, "each"), ("SELECT sought.phone",))
    assert any("short USING COVERING INDEX numbers_by_ending" in step for step in found)
    assert any("listed USING INDEX numbers_by_phone (list_id=? AND phone=?)" in step for step in found)
