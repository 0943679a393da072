"""A campaign and those in its place are one: every number counts once in it, whatever came of it in which life."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterable
from functools import reduce

import pytest

from tests.store.results import begun, ingest, listed, phone, told
from tests.store.support import good
from tui.campaign.lifecycle import Action, AskedBy, Created, NotSent
from tui.campaign.results import NumberResult, result_of
from tui.campaign.succession import KnownFrom
from tui.core.reason import Reason
from tui.store import ResultFilter, ResultRow, Store, Totals
from tui.store.life_figures import begin_missing, forget_lives
from tui.store.lives import Lives

FIRST_ID = 20_212
STATUSES = ("Cevaplandı", "Meşgul", "Cevapsız", "Hatalı Numara")
FILTERS = (
    ResultFilter(), ResultFilter(called=True), ResultFilter(called=False), ResultFilter(answered=True),
    ResultFilter(answered=False), ResultFilter(called=True, answered=False), ResultFilter(final=True),
    ResultFilter(final=False), ResultFilter(called=True, final=False), ResultFilter(status="Meşgul"),
    ResultFilter(status=""), ResultFilter(digit="2"), ResultFilter(digit=""), ResultFilter(attempts=0),
    ResultFilter(attempts=2), ResultFilter(words="kişi3"), ResultFilter(words="05320000", called=True),
    ResultFilter(words="kişi", final=False), ResultFilter(status="Meşgul", words="0532"),
)


def started(store: Store, numbers: Iterable[int], provider_id: int = FIRST_ID, retries: str = "2") -> int:
    campaign = store.drafts.create("acme", {"name": "Anket", "call_retries": retries})
    store.numbers.add(campaign, [good(phone(number), f"#456 kişi{number}") for number in numbers])
    store.ledger.resolve(begun(store, campaign, f"t{provider_id}"), Created(provider_id))
    return campaign


def drafted(store: Store, former: int) -> int:
    """The draft of the one in its place."""
    store.switches.done(store.switches.begin(former, Action.OFF, AskedBy.APP))
    by = store.successions.begin(former, AskedBy.APP)
    if store.campaigns.get(former).state_at < by.begun_at:
        store.switches.done(store.switches.begin(former, Action.OFF, AskedBy.APP))
    store.successions.note_known(by.id, KnownFrom.PERSON, store.campaigns.get(former).state_at)
    return store.successions.make_draft(by.id, store.campaigns.get(former).fields)


def launched(store: Store, draft: int, provider_id: int) -> int:
    store.ledger.resolve(begun(store, draft, f"t{provider_id}"), Created(provider_id))
    return draft


def heard(store: Store, campaign: int, *numbers: int, status: str = "Meşgul", digit: str = "", minute: int = 0) -> None:
    provider_id = store.campaigns.get(campaign).provider_id
    ingest(store, *(told(number, status, digit, campaign_id=provider_id, minute=minute) for number in numbers),
           token=f"t{provider_id}")


@pytest.fixture
def two(store: Store) -> tuple[int, int]:
    """1 answered, 2 and 3 were busy, 4 never called in the first life; the second one has called 2, who answered."""
    first = started(store, range(1, 5))
    heard(store, first, 1, status="Cevaplandı", digit="2")
    heard(store, first, 2, 3)
    second = launched(store, drafted(store, first), FIRST_ID + 1)
    heard(store, second, 2, status="Cevaplandı", minute=60)
    return first, second


def test_figures_are_added_up_each_number_once(store: Store, two: tuple[int, int]) -> None:
    first, second = two
    assert store.lives.of(first) == store.lives.of(second) == [first, second]
    totals = store.lives.totals(first)
    assert (totals.numbers, totals.called, totals.answered, totals.final, totals.calls) == (4, 3, 2, 2, 4)
    counts = store.lives.counts(second)
    assert (counts.by_status, counts.by_attempts) == ({"Cevaplandı": 2, "Meşgul": 1}, {1: 2, 2: 1})
    assert store.results.totals(second).numbers == 3  # its own: 2, 3 and 4
    assert sum(bucket.calls for bucket in store.lives.timeline(first, 60)) == 4


def test_each_number_says_which_lives_have_called_it(store: Store, two: tuple[int, int]) -> None:
    first, second = two
    rows = {row.phone: row for row in store.lives.page(first, 0, 9)}
    assert [(life.number, life.campaign, life.attempts, life.answered) for life in rows[phone(2)].lives] == [
        (1, first, 1, False), (2, second, 1, True)]
    assert (rows[phone(2)].attempts, rows[phone(2)].status, rows[phone(2)].answered) == (2, "Cevaplandı", True)
    assert rows[phone(4)].lives == ()
    assert [life.number for life in rows[phone(1)].lives] == [1]


def test_a_result_that_comes_late_counts_in_the_whole(store: Store, two: tuple[int, int]) -> None:
    first, _ = two
    heard(store, first, 2, 4, minute=1)
    totals = store.lives.totals(first)
    assert (totals.called, totals.answered, totals.calls) == (4, 2, 6)
    row = store.lives.row(first, phone(2))
    assert row is not None
    assert (row.attempts, row.answered, row.status) == (3, True, "Cevaplandı")


def test_one_that_was_not_created_is_no_life(store: Store) -> None:
    first = started(store, range(1, 3))
    draft = drafted(store, first)
    store.ledger.resolve(begun(store, draft, "again"), NotSent(Reason("operations.launch.cancelled_unsent")))
    assert store.lives.of(first) == store.lives.of(draft) == []
    assert store.lives.totals_of_last([first, draft]) == {}


def test_what_was_typed_in_and_what_was_dropped_are_numbers_too(store: Store) -> None:
    """9 was called though in no list, and is in the second one; 3 was dropped, 2 stands elsewhere in that."""
    first = started(store, range(1, 5))
    heard(store, first, 9)
    draft = drafted(store, first)
    store.numbers.drop(draft, [2, 3])
    store.numbers.add(draft, [good(phone(9)), good(phone(2)), good(phone(8))])
    before = store.lives.totals_of_last([first])
    second = launched(store, draft, FIRST_ID + 1)
    assert (before, sorted(row.phone for row in store.lives.page(first, 0, 99))) == (
        {}, sorted(map(phone, (1, 2, 3, 4, 8, 9))))
    totals = store.lives.totals(first)
    assert (totals.numbers, totals.unlisted, totals.called) == (6, 0, 1)
    heard(store, second, 9, 2, minute=5)
    assert (store.lives.totals(first).called, store.lives.totals(first).unlisted) == (2, 0)
    assert store.campaigns.get(second).callable_numbers + _earlier(store, second) == 6


def _earlier(store: Store, campaign: int) -> int:
    return store._context.database.number("SELECT earlier_numbers FROM campaigns WHERE id = ?", (campaign,))


def test_what_an_older_version_has_launched_is_counted_when_the_store_is_opened(
        store: Store, two: tuple[int, int]) -> None:
    first, _ = two
    kept = _kept(store)
    with store._context.database.write():
        forget_lives(store._context.database, first)
        assert store.figures.outdated()
        begin_missing(store._context.database)
    assert not store.figures.outdated()
    assert _kept(store) == kept


def _kept(store: Store) -> list[list[tuple[object, ...]]]:
    database = store._context.database
    return [sorted((tuple(row) for row in database.all(f"SELECT * FROM {table}")), key=repr)  # noqa: S608 - names of ours
            for table in ("lives", "life_totals", "life_counts", "life_results")]


# Random histories

@pytest.mark.parametrize("seed", range(40))
def test_whatever_comes_each_number_is_there_once(store: Store, seed: int) -> None:
    """Up to four lives, drafts that are changed, results of any of them at any time, records, whoever is in no list."""
    dice, ids = random.Random(seed), itertools.count(FIRST_ID + 1)  # noqa: S311 - no secret
    lives = [started(store, range(1, 9), retries=dice.choice(("0", "1", "3", "")))]
    minutes = itertools.count()
    for _ in range(dice.randrange(2, 4)):
        _calls(store, lives, dice, minutes)
        if store.successions.carried(lives[-1]).numbers:
            draft = drafted(store, lives[-1])
            _changed(store, draft, dice)
            if not len(store.successions.reached(draft)):
                lives.append(launched(store, draft, next(ids)))
                continue
        break
    if len(lives) == 1:
        assert store.lives.of(lives[0]) == []
        return
    _calls(store, lives, dice, minutes)
    _assert_whole(store.lives, lives, _counted(store, lives), store)
    kept = _kept(store)
    with store._context.database.write():
        forget_lives(store._context.database, lives[0])
        begin_missing(store._context.database)
    assert _kept(store) == kept


def _calls(store: Store, lives: list[int], dice: random.Random, minutes: Iterable[int]) -> None:
    minute = iter(minutes)
    for _ in range(dice.randrange(8)):
        campaign, number = dice.choice([*lives, lives[-1]]), dice.randrange(1, 14)
        digit = dice.choice(("", "", "2", "-"))
        if dice.random() < 0.2:
            store.records.merge(campaign, [listed(number, dice.choice(STATUSES), minute=next(minute))])
        else:
            heard(store, campaign, number, status=dice.choice(STATUSES), digit=digit, minute=next(minute))


def _changed(store: Store, draft: int, dice: random.Random) -> None:
    rows = store.numbers.page(draft, 0, 99)
    if len(rows) > 2 and dice.random() < 0.5:
        store.numbers.drop(draft, [dice.choice(rows).position])
    if dice.random() < 0.5:
        store.numbers.add(draft, [good(phone(dice.randrange(1, 14)))])


def _counted(store: Store, lives: list[int]) -> dict[str, tuple[NumberResult | None, bool, bool]]:
    """Every number of all lives, from what each knows by itself: what is known, whether final, whether in no list."""
    found: dict[str, tuple[NumberResult | None, bool, bool]] = {}
    for life in lives:
        for row in store.results.each(life):
            was, final, unlisted = found.get(row.phone, (None, False, True))
            results = [each for each in (was, result_of(store.results.attempts(life, row.position))) if each]
            found[row.phone] = (reduce(NumberResult.and_, results) if results else None, final or row.final,
                                unlisted and row.unlisted)
    return found


def _assert_whole(lives: Lives, campaigns: list[int], expected: dict[str, tuple[NumberResult | None, bool, bool]],
                  store: Store) -> None:
    rows = {row.phone: row for row in lives.page(campaigns[-1], 0, 999)}
    assert sorted(rows) == sorted(expected)
    for number, (result, final, unlisted) in expected.items():
        row = rows[number]
        assert (row.attempts, row.status, row.digit, row.answered, row.final, row.unlisted) == (
            (0, "", "", False, False, unlisted) if result is None
            else (result.attempts, result.status, result.digit, result.answered, final, unlisted)), number
        assert row.attempts == sum(life.attempts for life in row.lives)
    called = [(result, final, unlisted) for result, final, unlisted in expected.values() if result is not None]
    totals = lives.totals(campaigns[0])
    assert totals == _totals(called, len(expected), store, campaigns)
    counts = lives.counts(campaigns[0])
    assert dict(counts.by_status) == Counter(result.status for result, _, _ in called)
    assert dict(counts.by_digit) == Counter(result.digit for result, _, _ in called)
    assert dict(counts.by_attempts) == Counter(result.attempts for result, _, _ in called)
    written = [row for batch in lives.each(campaigns[0], batch=3) for row in batch]
    assert Counter(row.phone for row in written) == Counter(list(expected))
    assert all(len(row.calls) == row.attempts for row in written)
    for chosen in FILTERS:
        _assert_filtered(lives, campaigns[0], chosen, list(rows.values()))


def _totals(called: list[tuple[NumberResult, bool, bool]], count: int, store: Store, lives: list[int]) -> Totals:
    each = [store.results.totals(life) for life in lives]
    unlisted = sum(unlisted for _, _, unlisted in called)
    digits = Counter(result.digit for result, _, _ in called)
    return Totals(
        numbers=count - unlisted, called=len(called), answered=sum(result.answered for result, _, _ in called),
        final=sum(final for _, final, _ in called), unlisted=unlisted,
        final_unlisted=sum(final and unlisted for _, final, unlisted in called),
        notifications=sum(life.notifications for life in each), records=sum(life.records for life in each),
        calls=sum(result.attempts for result, _, _ in called), digits=dict(digits),
        first_received_at=min((life.first_received_at for life in each if life.first_received_at), default=None),
        last_received_at=max((life.last_received_at for life in each if life.last_received_at), default=None),
        last_happened_at=max((life.last_happened_at for life in each if life.last_happened_at), default=None))


def _assert_filtered(lives: Lives, campaign: int, chosen: ResultFilter, rows: list[ResultRow]) -> None:
    fits = sorted(row.phone for row in rows if _fits(row, chosen))
    assert sorted(row.phone for row in lives.page(campaign, 0, 999, chosen)) == fits, chosen
    assert lives.count(campaign, chosen) == len(fits), chosen
    paged = [row for offset in range(len(fits) + 1) for row in lives.page(campaign, offset, 1, chosen)]
    assert sorted(row.phone for row in paged) == fits, chosen
    whole = [row.position for row in lives.page(campaign, 0, 999, chosen)]
    assert [row.position for row in paged] == whole
    for offset in range(0, len(fits) + 2, 2):
        assert [row.position for row in lives.page(campaign, offset, 3, chosen)] == whole[offset:offset + 3]


def _fits(row: ResultRow, chosen: ResultFilter) -> bool:
    asked = ((chosen.called, row.attempts > 0), (chosen.answered, row.answered), (chosen.final, row.final),
             (chosen.status, row.status), (chosen.digit, row.digit if row.attempts else None),
             (chosen.attempts, row.attempts))
    words = all(word.lstrip("0") in row.phone or word in row.phrase for word in chosen.words.split())
    return words and all(wanted is None or wanted == found for wanted, found in asked)
