"""The list: order, filter, pages and counts, also of ten thousand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.support import REACHED, WHY, bad, campaign_in, good, launched, traced
from tui.campaign.lifecycle import Action, AskedBy, Created, State
from tui.campaign.results import Notification
from tui.i18n.words import alphabetical, folded
from tui.store import AlreadyKnown, Delivery, ListFilter, Sort, SortColumn, Store
from tui.text.formats import state_now


@pytest.fixture
def turkish(path: Path) -> Store:
    """With names folded and sorted as the Turkish alphabet has it."""
    return Store.open(path, fold=folded, now=lambda: DAY,
                      sort_key=lambda name: "".join(f"{rank}{place:06x}" for rank, place in alphabetical(name)))


EVERYTHING = ListFilter()
BY_NAME = Sort(SortColumn.NAME, descending=False)
DAY = dt.datetime(2026, 9, 12, 10, 0, tzinfo=dt.UTC)


def names(store: Store, chosen: ListFilter = EVERYTHING, sort: Sort = BY_NAME) -> list[str]:
    return [campaign.name for campaign in store.campaigns.page("acme", filter=chosen, sort=sort, limit=100)]


def test_names_sort_by_the_key_that_was_given(turkish: Store) -> None:
    for name in ("zeytin", "Çamaşır", "ıhlamur", "cam", "istanbul", "Ihlara", "10. yıl", "dam"):
        turkish.drafts.create("acme", {"name": name})
    assert names(turkish) == ["10. yıl", "cam", "Çamaşır", "dam", "ıhlamur", "Ihlara", "istanbul", "zeytin"]
    turkish.close()


@pytest.mark.parametrize(("words", "found"), [
    ("istanbul", ["İSTANBUL anketi"]),
    ("ISTANBUL", ["İSTANBUL anketi"]),
    ("anket", ["Ankara anketi", "İSTANBUL anketi"]),
    ("anket ankara", ["Ankara anketi"]),
    ("  ", ["%100 indirim_", "Ankara anketi", "İSTANBUL anketi", "wow!"]),
    ("%", ["%100 indirim_"]),
    ("_", ["%100 indirim_"]),
    ("!", ["wow!"]),
    ("izmir", []),
])
def test_words_are_looked_for_in_names(turkish: Store, words: str, found: list[str]) -> None:
    for name in ("İSTANBUL anketi", "Ankara anketi", "%100 indirim_", "wow!"):
        turkish.drafts.create("acme", {"name": name})
    turkish.drafts.create("other", {"name": "İstanbul anketi"})
    assert names(turkish, ListFilter(words=words)) == found
    assert turkish.campaigns.count("acme", ListFilter(words=words)) == len(found)
    turkish.close()


def test_a_changed_name_is_found_and_sorted_as_it_is_now(store: Store) -> None:
    campaign = store.drafts.create("acme", {"name": "a"})
    store.drafts.create("acme", {"name": "b"})
    store.drafts.change(campaign, {"name": "c"})
    assert names(store) == ["b", "c"]
    assert names(store, ListFilter(words="c")) == ["c"]


@pytest.mark.parametrize(("chosen", "shown"), [
    (ListFilter(), {"draft", "launching", "unconfirmed", "rejected", "on", "off"}),
    (ListFilter(deleted=True), {"draft", "launching", "unconfirmed", "rejected", "on", "off", "deleted"}),
    (ListFilter(states=frozenset({State.ON, State.OFF})), {"on", "off"}),
    (ListFilter(states=frozenset({State.DELETED})), {"deleted"}),
    (ListFilter(states=frozenset({State.FINISHED})), set()),
    (ListFilter(call_types=frozenset({"queue"})), {"on"}),
    (ListFilter(call_types=frozenset({"queue"}), states=frozenset({State.OFF})), set()),
])
def test_states_and_types_are_filtered(store: Store, chosen: ListFilter, shown: set[str]) -> None:
    for state in REACHED:
        campaign_in(store, state, fields={"name": state, "call_type": "queue" if state is State.ON else "ivr"})
    assert set(names(store, chosen)) == shown
    assert store.campaigns.count("acme", chosen) == len(shown)


def test_counts_are_of_one_profile_and_by_state(store: Store) -> None:
    for state in (*REACHED, State.ON, State.DRAFT):
        campaign_in(store, state)
    store.drafts.create("other", {})
    assert store.campaigns.counts("acme") == {**dict.fromkeys(REACHED, 1), State.ON: 2, State.DRAFT: 2}
    assert store.campaigns.counts("nobody") == {}


WINDOWS = {
    "second": {"date_range_begin": "2026-11-25", "time_range_begin": "9:30"},
    "third": {"date_range_begin": "25.11.2026", "time_range_begin": "10:00"},
    "first": {"date_range_begin": "2026-11-25"},
    "fourth": {"date_range_begin": "1.12.2026", "time_range_begin": "09:00"},
    "none": {},
    "unreadable": {"date_range_begin": "tomorrow"},
}


def test_windows_sort_by_when_they_begin_however_they_were_typed(store: Store) -> None:
    for name, window in WINDOWS.items():
        store.drafts.create("acme", {"name": name, **window})
    by_window = Sort(SortColumn.WINDOW, descending=False)
    assert names(store, sort=by_window) == ["none", "unreadable", "first", "second", "third", "fourth"]


@pytest.mark.parametrize(("column", "ascending"), [
    (SortColumn.NAME, ["a", "b", "c"]),
    (SortColumn.STATE, ["b", "a", "c"]),
    (SortColumn.TYPE, ["b", "a", "c"]),
    (SortColumn.NUMBERS, ["c", "a", "b"]),
    (SortColumn.UPDATED, ["c", "a", "b"]),
])
def test_every_column_sorts_both_ways(store: Store, column: SortColumn, ascending: list[str]) -> None:
    c = store.drafts.create("acme", {"name": "c", "call_type": "queue"})
    store.ledger.resolve(launched(store, c), Created(1))
    a = campaign_in(store, State.REJECTED, fields={"name": "a", "call_type": "ivr"})
    store.numbers.add(a, [bad()])
    b = store.drafts.create("acme", {"name": "b"})
    store.numbers.add(b, [good("905320000001"), bad()])
    assert names(store, sort=Sort(column, descending=False)) == ascending
    assert names(store, sort=Sort(column, descending=True)) == ascending[::-1]


def test_numbers_sort_by_how_many_are_called_as_they_are_shown(store: Store) -> None:
    most_rows, most_called = (store.drafts.create("acme", {"name": name}) for name in ("most rows", "most called"))
    store.numbers.add(most_rows, [good("905320000001"), good("905320000001"), good("905320000001"), bad(), bad()])
    store.numbers.add(most_called, [good("905320000001"), good("905320000002")])
    by_numbers = Sort(SortColumn.NUMBERS, descending=True)
    page = store.campaigns.page("acme", sort=by_numbers, limit=5)
    assert [(one.name, one.callable_numbers) for one in page] == [("most called", 2), ("most rows", 1)]


def test_pages_follow_one_another_without_gap_or_overlap(store: Store) -> None:
    made = [store.drafts.create("acme", {"name": "same"}) for _ in range(25)]
    for column in SortColumn:
        pages = [store.campaigns.page("acme", sort=Sort(column, descending=False), offset=offset, limit=10)
                 for offset in (0, 10, 20, 30)]
        assert [len(page) for page in pages] == [10, 10, 5, 0]
        assert [campaign.id for page in pages for campaign in page] == made


@pytest.fixture
def many(store: Store) -> Store:
    """Ten thousand campaigns, put there at once."""
    first = store.drafts.create("acme", {"name": "campaign 0"})
    copied = ("profile, fields, state, state_at, created_at, updated_at, call_type, window_sort")
    store._context.database.run(
        "WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 9999) "  # noqa: S608 - column names above
        f"INSERT INTO campaigns ({copied}, name_folded, name_sort) "
        f"SELECT {copied}, 'campaign ' || n, printf('campaign %05d', n) FROM campaigns, counted WHERE id = ?", (first,))
    return store


def plan(store: Store, statement: str) -> str:
    return " | ".join(row["detail"] for row in store._context.database.all(f"EXPLAIN QUERY PLAN {statement}"))


INDEXES = {
    SortColumn.NAME: "campaigns_by_name", SortColumn.UPDATED: "campaigns_by_update",
    SortColumn.TYPE: "campaigns_by_type", SortColumn.WINDOW: "campaigns_by_window",
    SortColumn.NUMBERS: "campaigns_by_numbers", SortColumn.ID: "campaigns_by_id",
}


def read(statements: list[str]) -> list[str]:
    return [statement for statement in statements if statement.lstrip().startswith(("SELECT", "WITH"))]


@pytest.mark.sqlite
@pytest.mark.parametrize("column", INDEXES)
def test_what_is_passed_over_is_read_in_an_index_alone(many: Store, column: SortColumn) -> None:
    for descending in (True, False):
        statements = traced(many)
        page = many.campaigns.page("acme", sort=Sort(column, descending=descending), offset=5_000, limit=50)
        assert len(page) == 50
        found, shown = (plan(many, statement) for statement in read(statements))
        # SQLite looks the value of an expression up once more: that of the ID, and of how many are called.
        covering = "" if column in (SortColumn.ID, SortColumn.NUMBERS) else "COVERING "
        assert f"USING {covering}INDEX {INDEXES[column]}" in found
        assert "switches_in_flight" in shown
        for steps in (found, shown):
            assert "TEMP B-TREE" not in steps
            assert not re.search(r"SCAN (?!asked|\d+ CONSTANT ROWS)", steps)


@pytest.mark.sqlite
@pytest.mark.parametrize("column", SortColumn)
def test_no_order_reads_the_campaigns_of_other_profiles(many: Store, column: SortColumn) -> None:
    statements = traced(many)
    many.campaigns.page("nobody", sort=Sort(column), limit=50)
    assert "SCAN" not in plan(many, read(statements)[0])


@pytest.mark.sqlite
def test_counting_ten_thousand_is_one_statement_along_an_index(many: Store) -> None:
    statements = traced(many)
    assert many.campaigns.counts("acme") == {State.DRAFT: 10_000}
    assert many.campaigns.count("acme") == 10_000
    assert many.campaigns.count("acme", ListFilter(words="77 campaign")) == sum("77" in str(n) for n in range(10_000))
    assert many.campaigns.pending("acme") == 0
    assert len(statements) == 4
    assert "COVERING INDEX campaigns_by_state" in plan(many, statements[0])
    assert "COVERING INDEX" in plan(many, statements[1])
    steps = [plan(many, statement) for statement in statements[:4]]
    assert not re.search(r"SCAN (?!switches USING INDEX switches_in_flight)", " | ".join(steps))


# What is over

OVER = {"name": "over", "date_range_begin": "1.9.2026", "date_range_end": "2.9.2026"}
AHEAD = {"name": "ahead", "date_range_begin": "2026-09-01", "date_range_end": "2026-12-01"}


def test_what_is_over_or_has_all_its_results_is_finished_and_counted_so(store: Store) -> None:
    for state in (State.ON, State.OFF):
        campaign_in(store, state, fields=OVER)
        campaign_in(store, state, fields=AHEAD | {"name": f"ahead {state}"})
    campaign_in(store, State.DRAFT, fields=OVER)
    done = campaign_in(store, State.ON, fields=AHEAD | {"name": "done"}, numbers=[good("905320000001"), bad()])
    final = "Hatalı Numara"
    token = store._context.database.one("SELECT token FROM launches WHERE campaign_id = ?", (done,))
    assert token is not None
    told = Notification("1", store.campaigns.get(done).provider_id, "", "1", "905320000001", "", final, DAY)
    store.deliveries.ingest([Delivery(token["token"], DAY, told)])
    assert store.results.totals(done).complete
    assert store.campaigns.counts("acme") == {State.DRAFT: 1, State.ON: 1, State.OFF: 1, State.FINISHED: 3}
    for chosen, shown in (({State.ON}, ["ahead on"]), ({State.OFF}, ["ahead off"]),
                          ({State.FINISHED}, ["done", "over", "over"]), ({State.ON, State.FINISHED}, [
                              "ahead on", "done", "over", "over"])):
        assert names(store, ListFilter(states=frozenset(chosen))) == shown
    # That all its numbers are final was worked out, and so was that it is over: it is stopped nevertheless, at last.
    assert [campaign.name for campaign in store.campaigns.perhaps_on("acme")] == ["ahead on", "done", "over"]
    reporting = store.campaigns.some(store.campaigns.reporting("acme", receiving=True))
    assert {campaign.name for campaign in reporting} == {"ahead on", "done"}
    assert store.campaigns.reporting("acme", receiving=False) == [done]  # of which something came


def test_what_is_over_is_stopped_where_it_may_be_on_and_the_provider_knows_it(store: Store) -> None:
    on, off, doubtful, missing = (campaign_in(store, state, fields=OVER) for state in (
        State.ON, State.OFF, State.OFF, State.ON))
    store.switches.unknown(store.switches.begin(doubtful, Action.ON, AskedBy.APP), WHY)
    assert store.switches.missing(store.switches.begin(missing, Action.OFF, AskedBy.APP), WHY)
    found = {campaign.id for campaign in store.campaigns.perhaps_on("acme")}
    assert found == {on, doubtful}
    assert off not in found


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("fields", [OVER, AHEAD])
def test_what_the_provider_does_not_know_is_missing_until_it_does_what_it_is_asked(
    store: Store, action: Action, fields: dict[str, str],
) -> None:
    campaign = campaign_in(store, State.ON, fields=fields)
    store.switches.unknown(store.switches.begin(campaign, action, AskedBy.APP), WHY)
    assert store.switches.missing(store.switches.begin(campaign, action, AskedBy.APP), WHY)
    told = store.campaigns.get(campaign)
    assert (told.standing, told.unsure, told.reason, told.pending) == (State.MISSING, False, WHY, None)
    assert [entry.event.value for entry in store.history(campaign)][:2] == [f"{action}_failed", f"{action}_asked"]
    assert state_now(told, DAY) is State.MISSING
    for state in (State.ON, State.OFF, State.FINISHED, State.UNKNOWN, State.DELETED):
        assert names(store, ListFilter(states=frozenset({state}))) == []
    assert names(store, ListFilter(states=frozenset({State.MISSING}))) == names(store) == [fields["name"]]
    assert store.campaigns.counts("acme") == {State.MISSING: 1}
    assert store.switches.done(store.switches.begin(campaign, Action.OFF, AskedBy.APP))
    assert store.campaigns.get(campaign).standing is State.OFF


@pytest.mark.parametrize("said", [State.ON, State.OFF])
def test_one_that_was_made_elsewhere_is_unknown_until_it_is_set_and_is_stopped_with_the_rest(
    store: Store, said: State,
) -> None:
    campaign = store.campaigns.track_foreign("acme", 112, "Panelden", said)
    told = store.campaigns.get(campaign)
    assert told.standing is state_now(told, DAY) is State.UNKNOWN
    assert [each.id for each in store.campaigns.perhaps_on("acme")] == [campaign]
    store.switches.failed(store.switches.begin(campaign, Action.ON, AskedBy.APP), WHY)
    assert store.campaigns.counts("acme") == {State.UNKNOWN: 1}
    for action, state in ((Action.OFF, State.OFF), (Action.ON, State.ON), (Action.DELETE, State.DELETED)):
        store.switches.done(store.switches.begin(campaign, action, AskedBy.APP))
        told = store.campaigns.get(campaign)
        assert told.standing is state_now(told, DAY) is state
        assert store.campaigns.counts("acme") == {state: 1}


def test_a_date_left_out_is_the_day_of_the_launch(store: Store) -> None:
    hours = {"time_range_begin": "08:00", "time_range_end": "23:00"}
    campaign = campaign_in(store, State.ON, fields={"name": "today"} | hours)
    assert store.campaigns.counts("acme") == {State.ON: 1}
    row = store._context.database.one("SELECT ends_at FROM campaigns WHERE id = ?", (campaign,))
    assert row is not None
    assert row["ends_at"] == "2026-09-12T20:01:00.000000Z"


def test_one_that_was_made_elsewhere_is_never_over(store: Store) -> None:
    store.campaigns.track_foreign("acme", 112, "Panelden", State.ON)
    assert store.campaigns.counts("acme") == {State.UNKNOWN: 1}


def test_when_older_ones_are_over_is_worked_out_at_the_start(store: Store, another: Callable[[], Store]) -> None:
    for fields in (OVER, AHEAD):
        campaign_in(store, State.ON, fields=fields)
    store.campaigns.track_foreign("acme", 112, "Panelden", State.ON)
    store._context.database.run("UPDATE campaigns SET ends_at = NULL")
    assert store.campaigns.counts("acme") == {State.ON: 2, State.UNKNOWN: 1}
    assert another().campaigns.counts("acme") == {State.ON: 1, State.UNKNOWN: 1, State.FINISHED: 1}
    assert store._context.database.number("SELECT count(*) FROM campaigns WHERE ends_at IS NULL") == 0


def test_what_may_be_on_is_all_that_a_stop_has_to_reach(store: Store) -> None:
    on, off, doubtful, asked = (campaign_in(store, state, fields=AHEAD | {"name": name}) for state, name in (
        (State.ON, "on"), (State.OFF, "off"), (State.OFF, "doubtful"), (State.OFF, "asked")))
    store.switches.unknown(store.switches.begin(doubtful, Action.ON, AskedBy.APP), WHY)
    store.switches.begin(asked, Action.ON, AskedBy.APP)
    store.drafts.create("acme", {"name": "draft"})
    assert {campaign.id for campaign in store.campaigns.perhaps_on("acme")} == {on, doubtful, asked}
    assert store.campaigns.pending("acme") == 1
    assert store.campaigns.pending("other") == 0
    assert off not in {campaign.id for campaign in store.campaigns.page(
        "acme", filter=ListFilter(pending=True), limit=10)}


@pytest.mark.parametrize(("chosen", "shown"), [
    (ListFilter(exact=("b c",)), ["a b c"]),
    (ListFilter(without=("b",)), ["c"]),
    (ListFilter(words="20212"), ["c"]),
    (ListFilter(words="2021"), []),
    (ListFilter(states=frozenset()), []),
    (ListFilter(states=frozenset({State.UNKNOWN})), ["b", "c"]),
    (ListFilter(states=frozenset({State.ON})), []),
    (ListFilter(states=frozenset({State.ON}), pending=True), ["b"]),
    (ListFilter(pending=False), ["a b c", "c"]),
    (ListFilter(profiles=frozenset({"other"})), ["elsewhere"]),
    (ListFilter(profiles=frozenset({"other", "acme"})), ["a b c", "b", "c", "elsewhere"]),
    (ListFilter(call_types=frozenset({""}), profiles=frozenset({"other", "acme"})), ["b", "c", "elsewhere"]),
])
def test_what_the_filter_says_holds_together(store: Store, chosen: ListFilter, shown: list[str]) -> None:
    store.drafts.create("acme", {"name": "a b c", "call_type": "ivr"})
    store.campaigns.track_foreign("acme", 20_212, "c", State.ON)
    store.switches.begin(store.campaigns.track_foreign("acme", 1, "b", State.OFF), Action.ON, AskedBy.APP)
    store.drafts.create("other", {"name": "elsewhere"})
    assert names(store, chosen) == shown
    assert store.campaigns.count("acme", chosen) == len(shown)
    assert len(store.campaigns.ids("acme", chosen)) == len(shown)


def test_some_are_given_in_the_order_asked_for(store: Store) -> None:
    made = [store.drafts.create("acme", {"name": str(place)}) for place in range(3)]
    assert [campaign.id for campaign in store.campaigns.some([made[2], 404, made[0]])] == [made[2], made[0]]


@pytest.mark.parametrize(("column", "ascending"), [
    (SortColumn.CALLED, ["a", "b", "c"]), (SortColumn.ANSWERED, ["a", "c", "b"]), (SortColumn.KEYS, ["a", "c", "b"]),
])
def test_what_came_in_sorts_by_its_share(store: Store, column: SortColumn, ascending: list[str]) -> None:
    campaign_in(store, State.ON, fields=AHEAD | {"name": "a"})
    rows = {"b": ["Cevaplandı", "Cevaplandı"], "c": ["Cevaplandı", "Cevapsız", "Meşgul"]}
    for name, statuses in rows.items():
        phones = [f"90532000000{place}" for place in range(9 if name == "b" else 3)]
        made = campaign_in(store, State.ON, fields=AHEAD | {"name": name}, numbers=[good(phone) for phone in phones])
        token = store._context.database.one("SELECT token FROM launches WHERE campaign_id = ?", (made,))
        assert token is not None
        store.deliveries.ingest([Delivery(token["token"], DAY, Notification(
            f"{name}{place}", store.campaigns.get(made).provider_id, "", "1", phones[place],
            "1" if status == "Cevaplandı" else "-", status, DAY)) for place, status in enumerate(statuses)])
    assert names(store, sort=Sort(column, descending=False)) == ascending
    assert names(store, sort=Sort(column, descending=True)) == ascending[::-1]


def test_a_campaign_is_found_by_the_providers_id(store: Store) -> None:
    campaign = store.drafts.create("acme", {"name": "Anket"})
    store.ledger.resolve(launched(store, campaign), Created(20_212))
    found = store.campaigns.find("acme", 20_212)
    assert found == store.campaigns.get(campaign)
    assert store.campaigns.find("other", 20_212) is None
    assert store.campaigns.find("acme", 1) is None


@pytest.mark.parametrize("state", [State.ON, State.OFF])
def test_one_that_was_made_elsewhere_is_taken_in(store: Store, state: State) -> None:
    campaign = store.campaigns.get(store.campaigns.track_foreign("acme", 112, "Panelden", state))
    assert (campaign.name, campaign.state, campaign.provider_id, campaign.adopted) == ("Panelden", state, 112, True)
    assert campaign.last_set_at is None
    assert campaign.created_at.tzinfo == dt.UTC


@pytest.mark.values
@pytest.mark.parametrize("state", [state for state in State if state not in (State.ON, State.OFF)])
def test_one_that_was_made_elsewhere_is_on_or_off(store: Store, state: State) -> None:
    with pytest.raises(ValueError, match=state):
        store.campaigns.track_foreign("acme", 112, "Panelden", state)


@pytest.mark.parametrize("state", [State.ON, State.OFF, State.DELETED])
def test_an_id_is_known_once_in_a_profile(store: Store, state: State) -> None:
    campaign = campaign_in(store, state)
    provider_id = store.campaigns.get(campaign).provider_id
    assert provider_id is not None
    with pytest.raises(AlreadyKnown) as caught:
        store.campaigns.track_foreign("acme", provider_id, "Panelden", State.ON)
    assert caught.value.campaign == campaign
    assert caught.value.reason.params == {"campaign": campaign, "name": "Anket", "provider_id": provider_id}
    assert store.campaigns.track_foreign("other", provider_id, "Panelden", State.ON) != campaign
