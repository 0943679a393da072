"""Who would be called too often or too soon: the statements find what the rule says of each number by itself."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.results import phone
from tests.store.support import Location, good, open_store
from tests.store.test_result_plans import plan
from tui.campaign.call_limit import (
    LATE_RESULTS,
    CallLimit,
    KnownCalls,
    KnownNumber,
    LaunchLimits,
    LimitRules,
    Span,
    why_not,
)
from tui.campaign.lifecycle import Action, AskedBy, Created, Rejected, State, Unconfirmed
from tui.campaign.results import ANSWERED, HOPELESS, CallRecord, Notification
from tui.core.reason import Reason
from tui.store import Delivery, Store, limit_search
from tui.store import cause_search as searching

NOW = dt.datetime(2026, 9, 12, 9, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
WHY = Reason("provider.some_reason", {"text": "", "status": 400})
PEOPLE = 6
OWN = phone(PEOPLE)
_IDS = itertools.count(1)
_STATUSES = ("Meşgul", "Cevapsız", "Cevaplandı", "Hatalı Numara")


@dataclass(frozen=True)
class Call:
    """Days before now, how it is known, and what became of it."""

    person: int
    days_ago: float
    known: str  # "webhook", "records", "both"
    status: str


@dataclass(frozen=True)
class Past:
    """Another campaign: launched so many days ago, over after so many days."""

    launched: int
    lasts: int
    state: State
    retries: int | None
    people: tuple[int, ...]
    drawn: tuple[Call, ...] = ()
    test: bool = False
    repeats: bool = False

    @property
    def calls(self) -> list[Call]:
        """Those that can be, after the launch and before the end; so far apart that none is taken for another."""
        apart = [replace(call, days_ago=call.days_ago + place / 50) for place, call in enumerate(self.drawn)]
        return [call for call in apart if self.launched - self.lasts - .5 <= call.days_ago <= self.launched]

    @property
    def fields(self) -> dict[str, str]:
        begins = (NOW - self.launched * DAY).date()
        return {"name": "Anket", "date_range_begin": begins.strftime("%d.%m.%Y"),
                "date_range_end": (begins + self.lasts * DAY).strftime("%d.%m.%Y"), "time_range_begin": "00:00",
                "time_range_end": "23:59", "call_type": "ivr",
                "active_days": "1,2,3,4,5,6,7",
                **({} if self.retries is None else {"call_retries": str(self.retries)})}


@dataclass
class World:
    """A store whose clock a test turns."""

    store: Store
    now: dt.datetime = NOW
    made: list[int] = field(default_factory=list)


@pytest.fixture
def world(place: Location) -> Iterator[World]:
    turned = World.__new__(World)
    turned.now, turned.made = NOW, []
    turned.store = open_store(place, lambda: turned.now)
    yield turned
    turned.store.close()


def happen(world: World, past: Past) -> None:
    """What is remembered of a campaign of another day."""
    store, world.now = world.store, NOW - past.launched * DAY
    made = store.drafts.create("acme", past.fields)
    rows = [good(phone(person)) for person in past.people]
    if past.repeats:
        rows += [good(phone(person), f"#456 {person}") for person in past.people]
    store.numbers.add(made, rows)
    if past.test:
        with store._context.database.write():
            store._context.database.run("UPDATE campaigns SET test_of = ? WHERE id = ?", (made, made))
    token = f"limit-{next(_IDS)}"
    launch = store.ledger.begin(made, revision=store.campaigns.get(made).revision, token=token, body_hash=token,
                                numbers=1, asked_by=AskedBy.APP, called_again=len(past.people) if past.repeats else 0)
    provider_id = 700_000 + next(_IDS)
    if past.state is State.LAUNCHING:
        return
    if past.state is State.REJECTED:
        store.ledger.resolve(launch, Rejected(WHY))
        return
    if past.state is State.UNCONFIRMED:
        store.ledger.resolve(launch, Unconfirmed(WHY))
        return
    store.ledger.resolve(launch, Created(provider_id))
    for call in past.calls:
        at = NOW - dt.timedelta(days=call.days_ago)
        uuid = f"uuid-{next(_IDS)}"
        if call.known in ("webhook", "both"):
            store.deliveries.ingest([Delivery(token, at, Notification(
                f"n{next(_IDS)}", provider_id, "Anket", "1", phone(call.person), "", call.status, at, uuid))])
        if call.known in ("records", "both"):
            store.records.merge(made, [CallRecord(phone(call.person), call.status, at, at, 0, uuid)])
    world.now = NOW
    action = {State.OFF: Action.OFF, State.DELETED: Action.DELETE}.get(past.state)
    if action is not None:
        store.switches.done(store.switches.begin(made, action, AskedBy.APP))


def known(past: Past, person: int, rule: LimitRules) -> KnownCalls | None:
    """What the rule is told of a person in another campaign; None where that has nothing to do with them."""
    if past.test and phone(person) in rule.own_numbers:
        return None
    created = past.state in (State.ON, State.OFF, State.DELETED)
    calls = [call for call in past.calls if call.person == person] if created else []
    made = tuple(NOW - dt.timedelta(days=call.days_ago) for call in calls)
    window = Span(NOW - past.launched * DAY,
                  dt.datetime.combine((NOW - past.launched * DAY).date() + (past.lasts + 1) * DAY,
                                      dt.time(), dt.timezone(dt.timedelta(hours=3))))
    assert window.ends is not None
    live = past.state in (State.ON, State.OFF, State.LAUNCHING, State.UNCONFIRMED) and window.ends > NOW
    in_list = past.people.count(person) > 0
    if past.state is State.REJECTED or not (in_list or calls):
        return KnownCalls(made)
    each = 1 + (5 if past.retries is None else past.retries)
    last = max(calls, key=lambda call: -call.days_ago).status if calls else ""
    final = not past.repeats and (
        any(call.status in ANSWERED for call in calls) or last in HOPELESS
        or (past.retries is not None and len(calls) > past.retries))
    rows = 2 if past.repeats and in_list else 1
    left = 0 if final else max(0, rows * each - len(calls))
    if live:
        return KnownCalls(made, left, Span(NOW, window.ends))
    ends = min(window.ends, NOW) if past.state is State.DELETED else window.ends
    if past.calls and created and NOW - ends > LATE_RESULTS:
        return KnownCalls(made)
    # Nothing was ever heard of it, or may come in still: it may have called everybody, until it was over or deleted.
    return KnownCalls(made, left, Span(window.begins, ends)) if ends > window.begins else KnownCalls(made)


calls = st.builds(Call, person=st.integers(1, PEOPLE), days_ago=st.sampled_from([.1, 1.5, 2.5, 4.5, 6.5, 7.5, 9.5]),
                  known=st.sampled_from(["webhook", "records", "both"]), status=st.sampled_from(_STATUSES))
pasts = st.builds(
    Past, launched=st.integers(0, 10), lasts=st.integers(0, 12),
    state=st.sampled_from([State.ON, State.ON, State.OFF, State.DELETED, State.UNCONFIRMED, State.REJECTED,
                           State.LAUNCHING]),
    retries=st.sampled_from([0, 1, 2, 2, None]),
    people=st.lists(st.integers(1, PEOPLE), min_size=1, max_size=4, unique=True).map(tuple),
    drawn=st.lists(calls, max_size=5).map(tuple), test=st.booleans(), repeats=st.booleans())
rules = st.builds(LimitRules, st.one_of(st.none(), st.builds(CallLimit, st.integers(1, 7), st.sampled_from([1, 2, 7]))),
                  st.integers(0, 3), st.sampled_from([frozenset(), frozenset({OWN})]))


@pytest.mark.parametrize("few", [0, 1 << 30])
@given(history=st.lists(pasts, max_size=4), rule=rules, retries=st.integers(0, 2), begins=st.sampled_from([0, 0, 3]),
       several=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=12)
def test_the_statements_find_whom_the_rule_refuses(
        world: World, monkeypatch: pytest.MonkeyPatch, few: int, history: list[Past], rule: LimitRules, retries: int,
        begins: int, several: bool) -> None:
    monkeypatch.setattr(limit_search, "_FEW_ROWS", few)
    monkeypatch.setattr(limit_search, "_ROWS_A_LOOK_UP", 1 if few else 1 << 30)
    monkeypatch.setattr(searching, "AT_ONCE", 4)
    empty(world.store)
    for past in history:
        happen(world, past)
    world.now = NOW
    day = (NOW + begins * DAY).strftime("%d.%m.%Y")
    draft = world.store.drafts.create("acme", {
        "name": "Yeni", "call_retries": str(retries), "date_range_begin": day, "date_range_end": day,
        "time_range_begin": "00:00", "time_range_end": "23:59", "call_type": "ivr", "active_days": "1,2,3,4,5,6,7",
        **({"keep_repeats": "true"} if several else {})})
    people = [*range(1, PEOPLE + 1), 1]
    world.store.numbers.add(draft, [good(phone(person), "#456 a") for person in people] + [good(phone(2), "#456 b")])
    limits = LaunchLimits.of(rule, world.store.campaigns.get(draft).draft, NOW)
    rows = Counter(people) | Counter({2: 2}) if several else Counter(dict.fromkeys(people, 1))
    if several:
        rows[1] = 1  # which says the same twice
    expected = {}
    for person in range(1, PEOPLE + 1):
        others = tuple(each for past in history if (each := known(past, person, rule)) is not None)
        cause = why_not(KnownNumber(rows[person], others), limits)
        if cause is not None:
            expected[phone(person)] = cause
    found = world.store.suppression.find(draft, limits=limits)
    positions = [*people, 2]
    assert {phone(positions[position - 1]): rank for position, rank in zip(
        found.marks.positions, found.marks.causes, strict=True)} == {
            number: cause.rank for number, cause in expected.items()}
    refused = [position for position, person in enumerate(positions, start=1) if phone(person) in expected]
    assert list(found.marks.positions) == refused
    asked = [number for person, count in rows.items() for number in [phone(person)] * count]
    assert world.store.suppression.among("acme", asked, limits=limits) == expected


@pytest.mark.sqlite
def test_few_numbers_are_looked_up_by_their_own_index(world: World) -> None:
    happen(world, Past(1, 2, State.ON, 0, (1, 2), (Call(1, .5, "webhook", "Meşgul"),)))
    store, limits = world.store, LaunchLimits(LimitRules(CallLimit(1, 7)), Span(NOW, None), 1)
    found = plan(store, lambda: store.suppression.among("acme", [phone(1)], limits=limits),
                 ("INSERT INTO held", "INSERT INTO heard", "INSERT INTO met"))
    assert any("short USING COVERING INDEX numbers_by_ending (<expr>=?)" in step for step in found)
    assert any("results_of_strangers_by_phone (phone=?)" in step for step in found)
    assert not [step for step in found if step.startswith(("SCAN results", "SCAN numbers"))]


def empty(store: Store) -> None:
    """Every example begins with nothing."""
    database = store._context.database
    with database.write():
        for table in ("notifications", "records", "results", "result_totals", "result_counts", "result_minutes",
                      "switches", "launches", "number_counts", "numbers", "list_steps"):
            database.run(f"DELETE FROM {table}")  # noqa: S608 - names of our own
        database.run("UPDATE campaigns SET list = NULL, test_of = NULL")
        database.run("DELETE FROM campaigns")
        database.run("DELETE FROM lists")
