"""Who is over the limit in a list of a million numbers, by ten thousand campaigns and five million calls."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, NotMeasured
from benchmarks.home import DRAFT, PROFILE, opened_store
from benchmarks.person import PERSONS
from tui.campaign.call_limit import CallLimit, LaunchLimits, LimitRules
from tui.core.clock import utc_now
from tui.store import NumberRow, Store

NUMBERS: Final = 1_000_000
FEW: Final = 100
MOST_SECONDS: Final = 10.0
LIMITS: Final = LimitRules(CallLimit(3, 7), quiet_days=2)
_AGO: Final = "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now', '-' || (campaign_id % 20) || ' days')"
# The calls of some weeks, so that the limits are about some of them.
_AGE: Final = f"UPDATE results SET last_at = {_AGO}"  # noqa: S608 - a text of our own
_TOTALS: Final = """
INSERT INTO result_totals (campaign_id, called, answered, final, strangers, final_strangers, notifications, records,
    calls, last_happened_at, rule)
SELECT campaign_id, count(*), sum(answered), sum(final), 0, 0, sum(attempts), 0, sum(attempts), max(last_at), 1000
FROM results GROUP BY campaign_id
"""
_BARE: Final = "SELECT count(*) FROM (SELECT phone, sum(attempts) FROM results GROUP BY phone)"


def measure(environ: Mapping[str, str], numbers: int = NUMBERS, persons: int = PERSONS) -> list[Figure]:
    """In a store of `persons` who were called. NotMeasured where others are found than they."""
    database = Path(environ["HOME"]) / "santral.db"
    with closing(sqlite3.connect(database)) as bare:
        bare.execute("PRAGMA synchronous = OFF")
        bare.execute(_AGE)
        bare.execute("DELETE FROM result_totals")
        bare.execute(_TOTALS)
        bare.commit()
        calls, = bare.execute("SELECT sum(calls) FROM result_totals").fetchone()
        begun = time.perf_counter()
        bare.execute(_BARE).fetchone()
        seconds = time.perf_counter() - begun
    with closing(opened_store(database)) as store:
        return [_found(store, numbers, persons, calls, seconds), _found(store, FEW, persons, calls)]


def _found(store: Store, numbers: int, persons: int, calls: int, bare: float | None = None) -> Figure:
    draft = store.drafts.create(PROFILE, {**DRAFT, "name": "Borç hatırlatma"})
    with store.apart() as apart:
        apart.numbers.add(draft, (NumberRow(phone, phone) for phone in
                                  (f"90532{place:07}" for place in range(numbers))))
    limits = LaunchLimits.of(LIMITS, store.campaigns.get(draft).draft, utc_now())
    begun = time.perf_counter()
    with store.apart() as apart:
        found = apart.suppression.find(draft, limits=limits).refusals.recipients
    seconds = time.perf_counter() - begun
    if found != min(numbers, persons):
        raise NotMeasured(f"{found} of {min(numbers, persons)} were found")
    return Figure(f"over the limit: {numbers:,} numbers against {calls:,} calls", "s", seconds, bare, most=MOST_SECONDS)
