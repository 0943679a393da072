"""What a follow-up plan makes of a campaign: counted, made, and counted once more beside the drafts it has made."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from typing import Final

from benchmarks.databases import Place
from benchmarks.figures import Figure, NotMeasured
from benchmarks.home import DRAFT, PROFILE, opened_store
from tui.campaign.follow_up_plan import DEFAULT_NAME, DEFAULT_PLAN, Plan, Why
from tui.campaign.lifecycle import AskedBy, Created
from tui.config import Profile
from tui.core.clock import utc_now
from tui.operations.follow_up_plan import PlannedFollowUp, make_planned, preview_plan
from tui.operations.services import Services
from tui.provider.client import Provider
from tui.store import NumberRow, Store, StoreThread
from tui.store.columns import stamp
from tui.store.sql import sql

NUMBERS: Final = 200_000
CAMPAIGN: Final = 1
# Of each ten four have answered, two were busy, three did not answer and one wasn't called; in the morning or evening.
_RESULTS: Final = """
INSERT INTO results (campaign_id, position, phone, attempts, answered, final, status, digit, last_at, last_id, source)
SELECT {campaign}, position, phone, 1, CASE WHEN position % 10 < 4 THEN 1 ELSE 0 END, 1,
    CASE WHEN position % 10 < 4 THEN 'Cevaplandı' WHEN position % 10 < 6 THEN 'Meşgul' ELSE 'Cevapsız' END,
    CASE WHEN position % 10 < 4 THEN '1' ELSE '' END, CASE WHEN position % 20 < 10 THEN :morning ELSE :evening END,
    position, 'webhook'
FROM numbers WHERE list_id = (SELECT list FROM campaigns WHERE id = {campaign}) AND position % 10 < 9
"""
_TOTALS: Final = """
INSERT INTO result_totals (campaign_id, called, answered, final, strangers, final_strangers, notifications, records,
    calls, last_happened_at, rule)
SELECT campaign_id, count(*), sum(answered), sum(final), 0, 0, sum(attempts), 0, sum(attempts), max(last_at), 1000
FROM results GROUP BY campaign_id
"""
Job = Callable[[Services, int, str, Plan], Awaitable[PlannedFollowUp]]


def fill(place: Place, numbers: int = NUMBERS) -> None:
    """A campaign whose hours were yesterday's, with what became of its numbers."""
    yesterday = (utc_now() - dt.timedelta(days=1)).date()
    with closing(opened_store(place.location)) as store:
        made = store.drafts.create(PROFILE, {**DRAFT, "name": "Anket", "date_range_begin": yesterday.isoformat(),
                                             "date_range_end": yesterday.isoformat()})
        with store.apart() as apart:
            apart.numbers.add(made, (NumberRow(phone, phone, "#456 73.56 #457") for phone in
                                     (f"90{5_000_000_000 + number}" for number in range(numbers))))
        launch = store.ledger.begin(made, revision=store.campaigns.get(made).revision, token="token-1", body_hash="",  # noqa: S106 - of a store that is thrown away
                                    numbers=numbers, asked_by=AskedBy.APP)
        store.ledger.resolve(launch, Created(20_001))
    called = dt.datetime.combine(yesterday, dt.time(7), dt.UTC)
    with place.bulk() as bare:
        bare.run("DELETE FROM result_totals")
        bare.run(sql(_RESULTS, campaign=CAMPAIGN), {
            "morning": stamp(called), "evening": stamp(called + dt.timedelta(hours=7))})
        bare.run(_TOTALS)


def measure(place: Place, numbers: int = NUMBERS) -> list[Figure]:
    """NotMeasured where a number is in no draft without a reason."""
    with closing(opened_store(place.location)) as store, _services(store) as services:
        asyncio.run(services.load_holidays())  # once for each start, and not for each number
        counted = _timed(preview_plan, services, numbers)
        made = _timed(make_planned, services, numbers)
        beside = _timed(preview_plan, services, numbers, again=True)
    name = f"{place.kind}: a plan for {numbers:,} numbers"
    return [Figure(f"{name}, {what}: a million would take", "s", seconds * 1_000_000 / numbers)
            for what, seconds in (("counted", counted), ("its drafts made", made),
                                  ("counted beside these", beside))]


def _timed(job: Job, services: Services, numbers: int, *, again: bool = False) -> float:
    async def run() -> PlannedFollowUp:
        return await job(services, CAMPAIGN, DEFAULT_NAME, DEFAULT_PLAN)

    begun = time.perf_counter()
    planned = asyncio.run(run())
    seconds = time.perf_counter() - begun
    accounted = planned.planned + sum(planned.left_out.values())
    goes_on = planned.left_out.get(Why.IN_FOLLOW_UP, 0)
    if planned.numbers != numbers or accounted != numbers or bool(goes_on) != again or bool(planned.planned) == again:
        raise NotMeasured(f"of {numbers} numbers {planned.planned} are in drafts, {dict(planned.left_out)} in none")
    return seconds


@contextmanager
def _services(store: Store) -> Iterator[Services]:
    thread = StoreThread()
    try:
        yield Services(store, thread, Profile(PROFILE), _no_provider, AskedBy.COMMAND)
    finally:
        thread.close()


def _no_provider(_profile: Profile) -> Provider:
    raise NotMeasured("a plan asks the provider for nothing")
