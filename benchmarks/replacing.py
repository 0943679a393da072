"""A campaign of a million numbers is changed while it runs: each step of it, and for how long nobody else can write."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Final, TypeVar

from benchmarks.databases import Place
from benchmarks.figures import Figure
from benchmarks.home import DRAFT, PROFILE, opened_store
from tui.campaign.lifecycle import Action, AskedBy, Created
from tui.campaign.succession import KnownFrom
from tui.core.clock import utc_now
from tui.store import NumberRow, ResultFilter, Store
from tui.store.columns import stamp
from tui.store.sql import sql

NUMBERS: Final = 1_000_000
CAMPAIGN: Final = 1
MOST_WAITING: Final = 300  # ms that anybody else waits for the right to write
# Of each ten four have answered, two were busy, and four weren't called yet.
_RESULTS: Final = """
INSERT INTO results (campaign_id, position, phone, attempts, answered, final, status, digit, last_at, last_id, source)
SELECT {campaign}, position, phone, 1, CASE WHEN position % 10 < 4 THEN 1 ELSE 0 END,
    CASE WHEN position % 10 < 4 THEN 1 ELSE 0 END, CASE WHEN position % 10 < 4 THEN 'Cevaplandı' ELSE 'Meşgul' END, '',
    :at, position, 'webhook'
FROM numbers WHERE list_id = (SELECT list FROM campaigns WHERE id = {campaign}) AND position % 10 < 6
"""
_TOTALS: Final = """
INSERT INTO result_totals (campaign_id, called, answered, final, strangers, final_strangers, notifications, records,
    calls, last_happened_at, rule)
SELECT campaign_id, count(*), sum(answered), sum(final), 0, 0, sum(attempts), 0, sum(attempts), max(last_at), 1000
FROM results GROUP BY campaign_id
"""
T = TypeVar("T")


def fill(place: Place, numbers: int = NUMBERS) -> None:
    """A campaign that is on, with what became of its numbers so far."""
    with closing(opened_store(place.location)) as store:
        made = store.drafts.create(PROFILE, {**DRAFT, "name": "Anket", "call_retries": "2"})
        with store.apart() as apart:
            apart.numbers.add(made, (NumberRow(phone, phone, "") for phone in
                                     (f"90{5_000_000_000 + number}" for number in range(numbers))))
        _launched(store, made, 20_001)
    with place.bulk() as bare:
        bare.run("DELETE FROM result_totals")
        bare.run(sql(_RESULTS, campaign=CAMPAIGN), {"at": stamp(utc_now() - dt.timedelta(hours=1))})
        bare.run(_TOTALS)


def _launched(store: Store, campaign: int, provider_id: int) -> None:
    store.ledger.resolve(_begun(store, campaign), Created(provider_id))


def _begun(store: Store, campaign: int) -> int:
    return store.ledger.begin(campaign, revision=store.campaigns.get(campaign).revision, token=f"token-{campaign}",
                              body_hash=f"{campaign}", numbers=1, asked_by=AskedBy.APP)


def measure(place: Place) -> list[Figure]:
    """Step by step, then what is asked for both lives."""
    found = _Measured(place)
    with closing(opened_store(place.location)) as store, store.apart() as apart, _waiting(place) as longest:
        store.switches.done(store.switches.begin(CAMPAIGN, Action.OFF, AskedBy.APP))
        by = store.successions.begin(CAMPAIGN, AskedBy.APP)
        store.switches.done(store.switches.begin(CAMPAIGN, Action.OFF, AskedBy.APP))
        store.successions.note_known(by.id, KnownFrom.RESULTS, store.campaigns.get(CAMPAIGN).state_at)
        found.timed("who is left is counted", store.successions.carried, CAMPAIGN)
        draft = found.timed("the draft is made", apart.successions.make_draft, by.id,
                            store.campaigns.get(CAMPAIGN).fields)
        found.timed("its list is compared", apart.successions.reached, draft)
        launch = found.timed("the launch is noted", _begun, store, draft)
        found.timed("it was created", store.ledger.resolve, launch, Created(20_002))
        found.waited("the longest wait for the right to write meanwhile", max(longest))
        found.timed("figures of both lives", store.lives.totals, CAMPAIGN)
        for name, chosen in (("all", ResultFilter()), ("not called", ResultFilter(called=False)),
                             ("not final", ResultFilter(final=False))):
            count = store.lives.count(CAMPAIGN, chosen)
            found.timed(f"the first page of {name}", store.lives.page, CAMPAIGN, 0, 50, chosen)
            found.timed(f"the last page of {name}", store.lives.page, CAMPAIGN, count - 50, 50, chosen)
    return found.figures


class _Measured:
    def __init__(self, place: Place) -> None:
        self._name = f"{place.kind}: replacing {NUMBERS:,} numbers, {{}}"
        self.figures: list[Figure] = []

    def timed(self, name: str, ask: Callable[..., T], *given: object) -> T:
        begun = time.perf_counter()
        answer = ask(*given)
        self.figures.append(Figure(self._name.format(name), "ms", 1000 * (time.perf_counter() - begun)))
        return answer

    def waited(self, name: str, seconds: float) -> None:
        self.figures.append(Figure(self._name.format(name), "ms", 1000 * seconds, most=MOST_WAITING))


@contextmanager
def _waiting(place: Place) -> Iterator[list[float]]:
    """How long a receiver waits that writes again and again."""
    ended = threading.Event()
    longest = [0.0]

    def write() -> None:
        with closing(opened_store(place.location)) as store:
            while not ended.wait(0.02):
                begun = time.perf_counter()
                store.receivers.beat("r", address="here", started_at=utc_now(), received_last_minute=0)
                longest.append(time.perf_counter() - begun)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield longest
    finally:
        ended.set()
        thread.join()
