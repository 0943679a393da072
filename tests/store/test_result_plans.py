"""How SQLite goes about results: what is asked for a screen or a batch reads no more than it needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pytest

from tests.store.results import filled, ingest, listed, phone, told
from tui.store import ResultFilter, Store

pytestmark = pytest.mark.sqlite


def plan(store: Store, ask: Callable[[], object],
         kinds: tuple[str, ...] = ("SELECT", "WITH", "UPDATE", "DELETE")) -> list[str]:
    """How SQLite goes about what is asked, but for the values that it is asked with: its statements of some kinds."""
    connection = store._context.database._connection  # type: ignore[attr-defined]
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    ask()
    connection.set_trace_callback(None)
    steps = [row[3] for statement in statements if statement.lstrip().startswith(kinds)
             for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
    return [step for step in steps if not re.search("SCAN (asked|chosen|.*CONSTANT ROW)", step)]


def reads_through(steps: Sequence[str]) -> list[str]:
    """The steps that read a whole table, all that a campaign has, or sort what they have read."""
    return [step for step in steps if step.startswith("SCAN ") or "FOR ORDER BY" in step
            or re.match(r"SEARCH (numbers|results|notifications|records)\b.*\((campaign_id|list_id)=\?\)$", step)]


@pytest.mark.parametrize(("chosen", "index"), [
    (ResultFilter(status="Meşgul"), "results_by_status"),
    (ResultFilter(digit="2"), "results_by_digit"),
    (ResultFilter(answered=True), "results_by_answer"),
    (ResultFilter(called=True, answered=False, final=False), "results_by_answer"),
])
def test_a_filter_is_served_by_its_index_in_order(store: Store, chosen: ResultFilter, index: str) -> None:
    campaign = filled(store)
    for offset in (0, 1):
        found = plan(store, partial(store.results.page, campaign, offset, 50, chosen))
        assert index in " ".join(found)
        assert reads_through(found) == []


@pytest.mark.parametrize("chosen", [
    ResultFilter(), ResultFilter(called=True), ResultFilter(called=False), ResultFilter(answered=True),
    ResultFilter(answered=False), ResultFilter(called=True, answered=False), ResultFilter(final=False),
    ResultFilter(status="Meşgul"), ResultFilter(called=True, digit=""), ResultFilter(attempts=2),
])
def test_what_is_kept_up_is_not_counted(store: Store, chosen: ResultFilter) -> None:
    campaign = filled(store)
    assert not re.search(r"\b(numbers|results)\b", " ".join(plan(store, lambda: store.results.count(campaign, chosen))))


def wanted(store: Store, campaign: int) -> Mapping[str, Callable[[], object]]:
    """All that is asked for while one looks on or while results come."""
    results, deliveries = store.results, store.deliveries
    return {
        "totals": lambda: results.totals_of([campaign]),
        "timeline": lambda: results.timeline(campaign, 3600),
        "attempts": lambda: results.attempts(campaign, 1),
        "row": lambda: results.row(campaign, 1),
        "after": lambda: results.after(campaign, 2, 50),
        "listed": lambda: results.listed(campaign, [phone(1)]),
        "campaigns_calling": lambda: results.campaigns_calling("acme", [phone(1)]),
        "knows": lambda: deliveries.knows("token"),
        "unreadable": lambda: deliveries.unreadable("acme", 0, 10),
        "among": lambda: store.do_not_call.among("acme", [phone(1)]),
        "ingest": lambda: ingest(store, told(1, "Meşgul"), told(2), told(9)),
        "merge": lambda: store.records.merge(campaign, [listed(1), listed(9)]),
    }


@pytest.mark.parametrize("name", [
    "totals", "timeline", "attempts", "row", "after", "listed", "campaigns_calling", "knows", "unreadable", "among",
    "ingest", "merge",
])
def test_nothing_is_read_through_or_sorted(store: Store, name: str) -> None:
    campaign = filled(store)
    store.records.merge(campaign, [listed(2)])
    found = plan(store, wanted(store, campaign)[name])
    assert found
    assert reads_through(found) == []
