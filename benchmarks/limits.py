"""Who is over the limit in a list of a million numbers, by ten thousand campaigns and five million calls."""

from __future__ import annotations

import datetime as dt
import statistics
import time
from contextlib import closing
from typing import Final

from benchmarks.databases import Place
from benchmarks.figures import Figure, NotMeasured
from benchmarks.home import DRAFT, PROFILE, opened_store
from benchmarks.person import PERSONS
from tui.campaign.call_limit import CallLimit, LaunchLimits, LimitRules
from tui.core.clock import utc_now
from tui.store import NumberRow, Store
from tui.store.columns import stamp

NUMBERS: Final = 1_000_000
FEW: Final = 100
MOST_SECONDS: Final = 10.0
MOST_OF_FEW_MS: Final = 200.0
LIMITS: Final = LimitRules(CallLimit(3, 7), quiet_days=2)
_TURNS: Final = 5  # of a hundred numbers each
_DAYS: Final = 20
# The calls of some weeks, so that the limits are about some of them.
_AGE: Final = "UPDATE results SET last_at = (SELECT at FROM ages WHERE age = campaign_id % :days)"
_TOTALS: Final = """
INSERT INTO result_totals (campaign_id, called, answered, final, strangers, final_strangers, notifications, records,
    calls, last_happened_at, rule)
SELECT campaign_id, count(*), sum(answered), sum(final), 0, 0, sum(attempts), 0, sum(attempts), max(last_at), 1000
FROM results GROUP BY campaign_id
"""
_BARE: Final = "SELECT count(*) FROM (SELECT phone, sum(attempts) FROM results GROUP BY phone) AS phones"


def measure(place: Place, numbers: int = NUMBERS, persons: int = PERSONS) -> list[Figure]:
    """In a store of `persons` who were called. NotMeasured where others are found than they."""
    now = utc_now()
    with closing(place.bare()) as bare:
        with bare.write():
            bare.run("CREATE TEMP TABLE ages (age INTEGER PRIMARY KEY, at TEXT)")
            bare.load("ages", ("age", "at"), ((age, stamp(now - dt.timedelta(days=age))) for age in range(_DAYS)))
            bare.run(_AGE, {"days": _DAYS})
            bare.run("DELETE FROM result_totals")
            bare.run(_TOTALS)
        calls = bare.number("SELECT sum(calls) FROM result_totals")
        place.settle()
        begun = time.perf_counter()
        bare.number(_BARE)
        seconds = time.perf_counter() - begun
    with closing(opened_store(place.location)) as store:
        # The first one reads from the disk what the others find in memory.
        first, *few = (_found(store, FEW, persons, turn * FEW) for turn in range(_TURNS))
        many = _found(store, numbers, persons)
    name = f"{place.kind}: over the limit: {{:,}} numbers against {calls:,} calls"
    return [Figure(name.format(numbers), "s", many, seconds, most=MOST_SECONDS),
            Figure(f"{name.format(FEW)}, median", "ms", 1000 * statistics.median(few), most=MOST_OF_FEW_MS),
            Figure(f"{name.format(FEW)}, the first after a start", "ms", 1000 * first)]


def _found(store: Store, numbers: int, persons: int, first: int = 0) -> float:
    draft = store.drafts.create(PROFILE, {**DRAFT, "name": "Borç hatırlatma"})
    with store.apart() as apart:
        apart.numbers.add(draft, (NumberRow(phone, phone) for phone in
                                  (f"90532{place:07}" for place in range(first, first + numbers))))
    limits = LaunchLimits.of(LIMITS, store.campaigns.get(draft).draft, utc_now())
    begun = time.perf_counter()
    with store.apart() as apart:
        found = apart.suppression.find(draft, limits=limits).refusals.recipients
    seconds = time.perf_counter() - begun
    if found != min(numbers, persons):
        raise NotMeasured(f"{found} of {min(numbers, persons)} were found")
    return seconds
