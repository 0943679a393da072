"""What was done to a list, taken back; filters, what was dropped, and lists that come bit by bit."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.sampling import examples
from tests.store.support import PROBLEM, bad, campaign_in, good
from tests.store.test_numbers import A, B, C
from tui.campaign.lifecycle import State
from tui.campaign.numbering import NumberKind
from tui.core.reason import Reason
from tui.store import (
    Changed,
    ListStepKind,
    NoSuchNumber,
    NumberRow,
    RowFilter,
    Store,
    StoredNumber,
    Summary,
    WrongState,
    list_changes,
    sqlite,
)
from tui.store import list_building as building
from tui.store import lists as making
from tui.store.lists import Leftovers
from tui.store.suppression import SuppressionSource

LANDLINE = NumberRow("02121234567", "902121234567", kind=NumberKind.LANDLINE)
MOBILE = NumberRow("05321234567", "905321234567", "#456", kind=NumberKind.MOBILE)
UNKNOWN = NumberRow("05651236547", "905651236547", kind=NumberKind.OTHER, valid=False, line=7)
ABROAD = NumberRow("+4915112345678", "004915112345678", kind=NumberKind.ABROAD)
SOME = (MOBILE, LANDLINE, UNKNOWN, ABROAD, MOBILE, bad("5,3E+09"), UNKNOWN)


@pytest.fixture
def campaign(store: Store) -> int:
    return store.drafts.create("acme", {"name": "Anket"})


def rows(store: Store, campaign: int) -> list[StoredNumber]:
    return store.numbers.page(campaign, 0, 1_000)


def test_verdicts_are_kept_and_counted(store: Store, campaign: int) -> None:
    summary = store.numbers.add(campaign, SOME)
    assert (summary.invalid, dict(summary.kinds)) == (
        2, {NumberKind.MOBILE: 2, NumberKind.LANDLINE: 1, NumberKind.OTHER: 2, NumberKind.ABROAD: 1})
    unknown = rows(store, campaign)[2]
    assert (unknown.kind, unknown.valid, unknown.line) == (NumberKind.OTHER, False, 7)


def named_by(which: RowFilter, row: StoredNumber) -> bool:
    match which:
        case RowFilter.ALL:
            return True
        case RowFilter.PROBLEMS:
            return row.problem is not None
        case RowFilter.NOT_VALID:
            return row.problem is None and not row.valid
        case RowFilter.DUPLICATES:
            return row.duplicate_of is not None
    return row.kind == which.value


@pytest.mark.parametrize("which", list(RowFilter))
def test_a_filter_has_as_many_rows_as_it_counts(store: Store, campaign: int, which: RowFilter) -> None:
    summary = store.numbers.add(campaign, SOME)
    everything = rows(store, campaign)
    found = store.numbers.page(campaign, 0, 100, which=which)
    assert found == [row for row in everything if named_by(which, row)]
    assert summary.count(which) == len(found)
    assert [store.numbers.page(campaign, place, 1, which=which) for place in range(len(found))] == [
        [row] for row in found]
    assert store.numbers.page(campaign, len(found), 10, which=which) == []


@pytest.mark.parametrize("which", [which for which in RowFilter if which is not RowFilter.ALL])
def test_what_a_filter_drops_is_remembered_with_the_reason_and_comes_back(
        store: Store, campaign: int, which: RowFilter) -> None:
    before = store.numbers.add(campaign, SOME)
    everything = rows(store, campaign)
    named = store.numbers.page(campaign, 0, 100, which=which)
    assert store.numbers.drop_which(campaign, which) == len(named)
    assert rows(store, campaign) == [row for row in everything if row not in named]
    dropped = list(store.numbers.each_dropped(campaign))
    assert [(row.typed, row.why) for row in dropped] == [
        (row.typed, Reason(f"store.dropped.{which}")) for row in named]
    assert store.numbers.dropped(campaign, 0, 100) == dropped[::-1]
    assert store.numbers.dropped_count(campaign) == len(named)
    store.numbers.undo(campaign)
    if named:
        assert store.numbers.dropped_count(campaign) == 0
        assert (rows(store, campaign), store.numbers.summary(campaign)) == (everything, before)


def test_all_rows_are_no_filter_to_drop(store: Store, campaign: int) -> None:
    with pytest.raises(ValueError, match="all"):
        store.numbers.drop_which(campaign, RowFilter.ALL)


def test_what_was_dropped_can_be_put_at_the_end(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, SOME)
    store.numbers.drop(campaign, [1, 6])
    first, second = store.numbers.each_dropped(campaign)
    assert store.numbers.bring_back(campaign) == 2
    assert [(row.position, row.typed, row.duplicate_of) for row in rows(store, campaign)][-2:] == [
        (8, MOBILE.typed, 5), (9, "5,3E+09", None)]
    assert (store.numbers.dropped_count(campaign), store.numbers.bring_back(campaign)) == (0, 0)
    store.numbers.undo(campaign)
    assert [row.id for row in store.numbers.each_dropped(campaign)] == [first.id, second.id]


def test_the_last_twenty_steps_can_be_taken_back(store: Store, campaign: int) -> None:
    for place in range(25):
        store.numbers.add(campaign, [good(f"90532000{place:04}")])
    assert [step.rows for step in store.numbers.steps(campaign)] == [1] * 20
    taken = 0
    while store.numbers.undo(campaign) is not None:
        taken += 1
    assert (taken, len(rows(store, campaign))) == (20, 5)


def test_what_can_not_be_taken_back_any_more_stays_dropped(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, SOME)
    store.numbers.drop(campaign, [1])
    store.numbers.replace(campaign, 2, good(A))
    for _ in range(21):
        store.numbers.replace(campaign, 3, good(B))
    assert [row.typed for row in store.numbers.each_dropped(campaign)] == [MOBILE.typed]


def test_nothing_is_taken_back_of_what_was_launched(store: Store) -> None:
    campaign = campaign_in(store, State.ON)
    with pytest.raises(WrongState):
        store.numbers.undo(campaign)


def test_a_copy_has_nothing_to_take_back(store: Store, campaign: int) -> None:
    before = store.numbers.add(campaign, SOME)
    copy = store.drafts.copy(campaign, numbers=True)
    assert store.numbers.summary(copy) == before
    assert store.numbers.undo(copy) is None
    store.numbers.clear(copy)
    assert store.numbers.summary(campaign) == before


# Searching

def test_a_search_looks_in_numbers_and_phrases(store: Store, campaign: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.store.numbers._STRETCH", 3)
    store.numbers.add(campaign, SOME)

    def found(words: str, which: RowFilter = RowFilter.ALL) -> list[int]:
        positions: list[int] = []
        after: int | None = 0
        while after is not None:
            hits = store.numbers.search(campaign, words, which=which, after=after)
            positions += hits.positions
            after = hits.to
        return positions

    assert found("0532") == [1, 5]
    assert found("#456 4567") == [1, 5]
    assert found("#456", RowFilter.DUPLICATES) == [5]
    assert found("5,3e") == [6]
    assert found("%") == []
    assert [row.position for row in store.numbers.at(campaign, [6, 99, 1])] == [6, 1]


@pytest.mark.parametrize("typed", [
    "+90 533 123 45 67", "(0533) 123", "0533-123", "+90 (533) 1", "0533\u00a0123\u202f45", "90533123", "0090 533 123",
    "5331234567", "０５３３ １２３", "+90(0)533 123", "533.123.45", "0533 123 45 67",
])
def test_a_number_is_found_as_people_write_it(store: Store, campaign: int, typed: str) -> None:
    store.numbers.add(campaign, [good("905331234567"), good("905321234567"), good("004930123456")])
    assert list(store.numbers.search(campaign, typed).positions) == [1]
    store.do_not_call.add("acme", ["905331234567", "905321234567"])
    assert [row.phone for row in store.do_not_call.all("acme", typed)] == ["905331234567"]
    assert store.do_not_call.count("acme", typed) == 1
    assert list(store.numbers.search(campaign, "+49 30").positions) == [3]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("sought", ["NFC", "NFD"])
def test_letters_and_their_marks_are_found_together_and_apart(
    store: Store, campaign: int, form: Literal["NFC", "NFD"], sought: Literal["NFC", "NFD"]
) -> None:
    store.numbers.add(campaign, [good("905331234567", unicodedata.normalize(form, "Sayın Şükrü Öğüt")), good("905321")])
    assert list(store.numbers.search(campaign, unicodedata.normalize(sought, "Şükrü\u00a0Öğüt")).positions) == [1]


# Lists that come bit by bit

@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few rows are many."""
    monkeypatch.setattr(building, "_FEW", 2)
    monkeypatch.setattr(building, "_AT_ONCE", 3)


def put(store: Store, campaign: int, *given: NumberRow) -> None:
    with closing(store.numbers.building(campaign)) as builder:
        for row in given:
            builder.put((), building.odd_rows([row], builder.next_position))
        builder.finish()


@pytest.mark.usefixtures("small")
def test_a_long_list_is_as_one_that_was_added_at_once(store: Store, campaign: int) -> None:
    other = store.drafts.create("acme", {"name": "Öteki"})
    for rounds in range(2):
        put(store, campaign, *SOME)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(building, "_FEW", 1_000)
            store.numbers.add(other, SOME)
        assert rows(store, campaign) == rows(store, other), rounds
        assert store.numbers.summary(campaign) == store.numbers.summary(other)
    assert store.numbers.steps(campaign)[0].what is ListStepKind.IMPORT
    assert store.numbers.steps(other)[0].what is ListStepKind.ADD


def test_where_moving_rows_takes_long_fewer_are_moved_at_once(
        store: Store, campaign: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_FEW", 2)
    monkeypatch.setattr(building, "_AT_ONCE", 8)
    monkeypatch.setattr(building, "_AT_LEAST", 1)
    seconds = iter([0, 1, 1, 1.0625, 2, 2.5, 3, 3, 4, 4, 5, 5])
    monkeypatch.setattr(building, "monotonic", lambda: next(seconds))
    moved: list[int] = []
    with closing(store.numbers.building(campaign, lambda: moved.append(builder.rows))) as builder:
        for place in range(20):
            builder.put((), building.odd_rows([phone(place)], builder.next_position))
        builder.finish()
    # two in a second, one in a third of what may be, three in twice of it, one in no time
    assert moved == [2, 3, 6, 7, 15, 20]
    assert store.numbers.summary(campaign).total == 20


@pytest.mark.usefixtures("small")
def test_plain_rows_are_mobile_and_valid(store: Store, campaign: int) -> None:
    with closing(store.numbers.building(campaign)) as builder:
        builder.put([(1, "05320000001", "#456"), (2, B, "")], [])
        builder.put([(4, "+" + B, "#456")], building.odd_rows([bad()], 3))
        builder.finish()
    assert store.numbers.summary(campaign) == Summary(
        total=4, bad=1, duplicates=1, callable=2, with_phrase=1,
        problems={PROBLEM.code: 1}, kinds={NumberKind.MOBILE: 3})
    assert [(row.phone, row.duplicate_of) for row in rows(store, campaign)] == [
        (A, None), (B, None), (None, None), (B, 2)]


@pytest.mark.usefixtures("small")
def test_nothing_is_seen_of_a_list_before_it_is_finished(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, [good(C)])
    before, version = store.campaigns.get(campaign), rows(store, campaign)
    with closing(store.numbers.building(campaign)) as builder:
        builder.put((), building.odd_rows(SOME, builder.next_position))
        assert (store.campaigns.get(campaign), rows(store, campaign)) == (before, version)
    assert (store.campaigns.get(campaign), rows(store, campaign)) == (before, version)
    assert lists(store) == 1


@pytest.mark.usefixtures("small")
def test_a_list_that_was_changed_meanwhile_is_not_overwritten(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, [good(C)])
    with closing(store.numbers.building(campaign)) as builder:
        builder.put((), building.odd_rows(SOME, builder.next_position))
        store.drafts.change(campaign, {"name": "Başka"})
        store.numbers.replace(campaign, 1, good(A))
        with pytest.raises(Changed):
            builder.finish()
    assert [row.typed for row in rows(store, campaign)] == [A]


@pytest.mark.usefixtures("small")
def test_lists_that_nobody_points_to_are_cleared_away(
        store: Store, campaign: int, another: Callable[[], Store]) -> None:
    put(store, campaign, *SOME)
    store.numbers.undo(campaign)
    dead = another()
    left = dead.numbers.building(campaign)
    left.put((), building.odd_rows(SOME, 1))
    own = store.numbers.building(campaign)
    own.put((), building.odd_rows(SOME, 1))
    assert lists(store) == 3
    own.clear_away()
    assert lists(store) == 2  # both are still being filled
    dead.close()
    own.clear_away()
    assert lists(store) == 1
    own.finish()
    assert store.numbers.summary(campaign).total == len(SOME)


def lists(store: Store) -> int:
    return store._context.database.number("SELECT count(*) FROM lists")


# Whatever is done in whatever order, each step back leads to what was there before it.

ROWS = st.one_of(
    st.sampled_from([good(A), good(B, "#456"), good(C), bad("1")]),
    st.sampled_from([NumberRow(A, A, "#0", "", PROBLEM), NumberRow("x", A)]),
    st.sampled_from([replace(good(A), reference="Ayşe"), replace(good(B), reference="Ali"),
                     replace(bad("1"), reference="Can")]),
)
KNOWN = {(A, "Ayşe"), (B, "Ali"), ("1", "Can")}  # whose reference is whose
OPERATIONS = st.lists(max_size=8, elements=st.one_of(
    st.tuples(st.just("add"), st.lists(ROWS, min_size=1, max_size=5)),
    st.tuples(st.just("import"), st.lists(ROWS, min_size=3, max_size=6)),
    st.tuples(st.just("edit"), st.tuples(st.integers(1, 8), ROWS)),
    st.tuples(st.just("drop"), st.lists(st.integers(1, 8), max_size=4)),
    st.tuples(st.just("drop_which"), st.sampled_from([RowFilter.PROBLEMS, RowFilter.DUPLICATES])),
    st.tuples(st.just("bring_back"), st.none()),
    st.tuples(st.just("clear"), st.none()),
))


def do(store: Store, campaign: int, name: str, argument: object) -> None:
    match name, argument:
        case "add", list(added):
            store.numbers.add(campaign, added)
        case "import", list(added):
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(building, "_FEW", 2)
                patched.setattr(building, "_AT_ONCE", 3)
                put(store, campaign, *added)
        case "edit", (int(position), NumberRow() as row):
            try:
                store.numbers.replace(campaign, position, row)
            except NoSuchNumber:
                assert position not in {found.position for found in rows(store, campaign)}
        case "drop", list(positions):
            store.numbers.drop(campaign, positions)
        case "drop_which", RowFilter() as which:
            store.numbers.drop_which(campaign, which)
        case "bring_back", _:
            store.numbers.bring_back(campaign)
        case "clear", _:
            store.numbers.clear(campaign)


def counted(found: list[StoredNumber]) -> tuple[int, int, int, int, int]:
    return (len(found), sum(row.problem is not None for row in found),
            sum(row.duplicate_of is not None for row in found), sum(row.callable for row in found),
            sum(row.callable and row.phrase != "" for row in found))


def dropped_rows(store: Store, campaign: int) -> list[tuple[str, Reason, str]]:
    return [(row.typed, row.why, row.reference) for row in store.numbers.each_dropped(campaign)]


def named(store: Store, campaign: int) -> set[tuple[str, str]]:
    """What stands in rows and in those that were dropped, each with its reference."""
    listed = {(row.typed, row.reference) for row in rows(store, campaign)}
    return listed | {(row.typed, row.reference) for row in store.numbers.each_dropped(campaign)}


@pytest.fixture(params=[10_000, 1])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many rows are changed where they are; more make the list anew, two at a time."""
    monkeypatch.setattr(list_changes, "FEW", request.param)
    monkeypatch.setattr(making, "AT_ONCE", 2)
    monkeypatch.setattr(sqlite, "GIVE_WAY_SECONDS", 0)
    return int(request.param)


@pytest.mark.usefixtures("few")
@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=OPERATIONS)
def test_every_step_back_leads_to_what_was_there(store: Store, operations: list[tuple[str, object]]) -> None:
    campaign = store.drafts.create("acme", {})
    states = []
    for name, argument in operations:
        before = len(store.numbers.steps(campaign))
        state = rows(store, campaign), dropped_rows(store, campaign)
        do(store, campaign, name, argument)
        if len(store.numbers.steps(campaign)) > before:
            states.append(state)
        assert {pair for pair in named(store, campaign) if pair[1]} <= KNOWN
        summary = store.numbers.summary(campaign)
        assert counted(rows(store, campaign)) == (
            summary.total, summary.bad, summary.duplicates, summary.callable, summary.with_phrase)
    for found, dropped in reversed(states):
        assert store.numbers.undo(campaign) is not None
        assert rows(store, campaign) == found
        assert dropped_rows(store, campaign) == dropped
        summary = store.numbers.summary(campaign)
        assert counted(found) == (
            summary.total, summary.bad, summary.duplicates, summary.callable, summary.with_phrase)
    assert store.numbers.undo(campaign) is None


# Long changes

class Between:
    """What happens between two bits of a long change, by another who waits for nobody."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
        self.times = 0
        whole = store._context.database.give_way

        def given() -> None:
            whole()
            self.times += 1
            act()

        monkeypatch.setattr(store._context.database, "give_way", given)


@pytest.fixture
def by_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_changes, "FEW", 2)
    monkeypatch.setattr(making, "AT_ONCE", 2)
    monkeypatch.setattr(sqlite, "GIVE_WAY_SECONDS", 0)


def phone(place: int) -> NumberRow:
    return replace(good(f"9053200{place:05}"), reference=f"M-{place}")


LONG = [*map(phone, range(1, 7)), *map(phone, range(1, 7)), *([bad()] * 6)]
CHANGES: dict[str, Callable[[Store, int], object]] = {
    "drop": lambda store, campaign: store.numbers.drop(campaign, [1, 2, 3, 8, 13]),
    "drop_which": lambda store, campaign: store.numbers.drop_which(campaign, RowFilter.DUPLICATES),
    "drop_bad": lambda store, campaign: store.numbers.drop_which(campaign, RowFilter.PROBLEMS),
    "drop_marked": lambda store, campaign: store.numbers.drop_marked(campaign, store.suppression.find(campaign).marks),
    "bring_back": lambda store, campaign: store.numbers.bring_back(campaign),
    "undo": lambda store, campaign: store.numbers.undo(campaign),
}


def long_list(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, LONG)
    store.numbers.drop(campaign, [4, 5, 6, 14])
    store.suppression.keep("acme", SuppressionSource.FILE, [f"9053200{place:05}" for place in (1, 2, 3)])


def everything(store: Store, campaign: int) -> object:
    return (rows(store, campaign), store.numbers.summary(campaign), store.numbers.steps(campaign),
            dropped_rows(store, campaign), store.numbers.dropped_count(campaign),
            store.numbers.dropped(campaign, 0, 100))


@pytest.mark.usefixtures("by_bits")
@pytest.mark.parametrize("name", CHANGES)
def test_others_write_between_the_bits_of_a_long_change_and_see_what_was_before(
    store: Store, another: Callable[[], Store], monkeypatch: pytest.MonkeyPatch, campaign: int, name: str
) -> None:
    long_list(store, campaign)
    before = everything(store, campaign)
    other = another()
    seen = []

    def look_and_write() -> None:
        seen.append(everything(other, campaign))
        other.drafts.create("acme", {"name": "Öteki"})

    between = Between(store, monkeypatch, look_and_write)
    CHANGES[name](store, campaign)
    after = everything(store, campaign)
    assert between.times
    assert after != before
    assert all(each in (before, after) for each in seen)
    assert seen[0] == (after if name == "undo" else before)


@pytest.mark.usefixtures("by_bits")
@pytest.mark.parametrize("name", [name for name in CHANGES if name != "undo"])
def test_a_long_change_that_is_killed_between_two_bits_was_never_begun(
    store: Store, another: Callable[[], Store], monkeypatch: pytest.MonkeyPatch, campaign: int, name: str
) -> None:
    long_list(store, campaign)
    before = everything(store, campaign)
    for bits in range(1, 40):
        dying = another()
        left = iter(range(bits))

        def die(left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            Between(dying, patched, die)
            # Whoever is killed takes nothing away.
            patched.setattr("tui.store.list_changes.Exchange.close", lambda _self: None)
            try:
                CHANGES[name](dying, campaign)
            except KeyboardInterrupt:
                killed = True
            else:
                killed = False
        dying.close()
        if not killed:
            break
        if everything(store, campaign) == before:
            assert store.numbers.summary(campaign).undo is not None
            Leftovers(store._context).clear_away()
            assert everything(store, campaign) == before
        else:  # it was done, and only what it left behind was not taken away
            break
    assert bits > 2
    Leftovers(store._context).clear_away()
    database = store._context.database
    assert database.number("SELECT count(*) FROM list_steps WHERE holder IS NOT NULL OR gone IS NOT NULL") == 0
    assert database.number("SELECT count(*) FROM lists WHERE holder IS NOT NULL") == 0


@pytest.mark.usefixtures("by_bits")
@pytest.mark.parametrize("name", ["drop", "drop_which", "bring_back"])
def test_a_list_that_is_changed_while_it_is_made_anew_is_left_as_it_is(
    store: Store, another: Callable[[], Store], monkeypatch: pytest.MonkeyPatch, campaign: int, name: str
) -> None:
    long_list(store, campaign)
    other = another()
    once = iter([True])
    Between(store, monkeypatch, lambda: next(once, False) and other.numbers.add(campaign, [good(C)]))
    with pytest.raises(Changed):
        CHANGES[name](store, campaign)
    assert C in {row.phone for row in rows(store, campaign)}
    assert store.numbers.steps(campaign)[0].what is ListStepKind.ADD


@pytest.mark.usefixtures("by_bits")
def test_what_long_steps_dropped_stays_dropped_when_they_are_forgotten(store: Store, campaign: int) -> None:
    store.numbers.add(campaign, LONG)
    store.numbers.drop_which(campaign, RowFilter.PROBLEMS)
    store.numbers.drop(campaign, [1, 2, 3])
    store.numbers.bring_back(campaign)
    store.numbers.drop(campaign, [4, 5, 6])
    for place in range(25):
        store.numbers.add(campaign, [phone(100 + place)])
    assert {row.why.code for row in store.numbers.each_dropped(campaign)} == {"store.dropped.by_hand"}
    dropped = everything(store, campaign)
    Leftovers(store._context).clear_away()
    assert everything(store, campaign) == dropped
    assert store.numbers.dropped_count(campaign) == 3
