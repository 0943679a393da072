"""What is known of one number, from ten thousand campaigns and five million calls, beside its bare rows."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from typing import Final

from benchmarks.databases import Place
from benchmarks.figures import Figure, NotMeasured, percentile
from benchmarks.home import CAMPAIGNS, DRAFT, NEVER_OVER, PROFILE, opened_store
from tui.campaign.lifecycle import AskedBy, Created
from tui.store import NumberRow
from tui.store.database import Database
from tui.store.sql import Sql, names, sql

NUMBERS: Final = 250  # of each campaign
CALLS: Final = 2  # of each number
PERSONS: Final = 50_000  # of whom each is in as many campaigns as any other
ASKED: Final = 100
MOST_MS: Final = 50.0
# As far apart as the persons are many, so that each list has others.
_PHONE: Final = "CAST(905320000000 + (campaign.v * 7919 + place.v * 104729) % {persons} AS TEXT)"
_COUNTED: Final = """
CREATE TEMP TABLE {name} AS
WITH RECURSIVE counted (v) AS (SELECT {first} UNION ALL SELECT v + 1 FROM counted WHERE v < {last})
SELECT v FROM counted
"""
_LISTS: Final = "INSERT INTO lists (id) SELECT v FROM campaign"
_NUMBERS: Final = """
INSERT INTO numbers (list_id, position, typed, phone)
SELECT campaign.v, place.v, {phone}, {phone} FROM campaign CROSS JOIN place
"""
_NOTIFICATIONS: Final = """
INSERT INTO notifications (campaign_id, notification_id, position, phone, digit, status, happened_at, received_at,
    lead_id, call_uuid)
SELECT campaign.v, place.v * 10 + turn.v, place.v, {phone}, CASE turn.v WHEN {calls} THEN '1' ELSE '' END,
    CASE turn.v WHEN {calls} THEN 'Cevaplandı' ELSE 'Meşgul' END, '2026-09-12T09:0' || turn.v || ':00.000000Z',
    '2026-09-12T09:0' || turn.v || ':01.000000Z', place.v,
    'aacdb242-364b-11e7-8bed-' || substr(CAST(1000000000000 + campaign.v * 10000 + place.v * 10 + turn.v AS TEXT), 2)
FROM campaign CROSS JOIN place CROSS JOIN turn
"""
_RESULTS: Final = """
INSERT INTO results (campaign_id, position, phone, attempts, answered, final, status, digit, last_at, last_id,
    digit_answered, digit_at, digit_id, source)
SELECT campaign.v, place.v, {phone}, {calls}, 1, 1, 'Cevaplandı', '1', '2026-09-12T09:02:00.000000Z',
    place.v * 10 + {calls}, 1, '2026-09-12T09:02:00.000000Z', place.v * 10 + {calls}, 'webhook'
FROM campaign CROSS JOIN place
"""
_COPY: Final = "INSERT INTO {table} ({columns}) SELECT {taken} FROM campaign, {table} WHERE {table}.id = 1"
_COPIED: Final[Mapping[str, Mapping[str, Sql]]] = {
    "campaigns": {"id": sql("campaign.v"), "list": sql("campaign.v"), "provider_id": sql("20000 + campaign.v"),
                  "launch_key": sql("CAST(NULL AS TEXT)")},
    "launches": {"id": sql("campaign.v"), "campaign_id": sql("campaign.v"), "provider_id": sql("20000 + campaign.v"),
                 "token": sql("'token-' || campaign.v")},
}
_BARE: Final = """
SELECT notifications.* FROM campaigns CROSS JOIN numbers CROSS JOIN notifications
WHERE numbers.list_id = campaigns.list AND numbers.phone = ? AND notifications.campaign_id = campaigns.id
    AND notifications.position = numbers.position
"""


def fill(place: Place, campaigns: int = CAMPAIGNS, persons: int = PERSONS) -> None:
    """A campaign as the program makes it, and others like it with what became of their calls."""
    with closing(opened_store(place.location)) as store:
        made = store.drafts.create(PROFILE, {**DRAFT, **NEVER_OVER, "name": "Memnuniyet anketi"})
        store.numbers.add(made, [NumberRow("905310000000", "905310000000")])
        launch = store.ledger.begin(made, revision=store.campaigns.get(made).revision, token="token-1", body_hash="",  # noqa: S106 - of a store that is thrown away
                                    numbers=1, asked_by=AskedBy.APP)
        store.ledger.resolve(launch, Created(20_001))
    with place.bulk() as bare:
        _multiply(bare, campaigns, persons)


def _multiply(bare: Database, campaigns: int, persons: int) -> None:
    phone = sql(_PHONE, persons=persons)
    for name, first, last in (("campaign", 2, campaigns), ("place", 1, NUMBERS), ("turn", 1, CALLS)):
        bare.run(sql(_COUNTED, name=names(name), first=first, last=last))
    bare.run(_LISTS)
    tables = bare.tables()
    for table, changed in _COPIED.items():
        taken = [changed.get(column, names(column)) for column in tables[table]]
        bare.run(sql(_COPY, table=names(table), columns=names(*tables[table]), taken=Sql(", ".join(taken))))
    for statement in (_NUMBERS, _NOTIFICATIONS, _RESULTS):
        bare.run(sql(statement, phone=phone, calls=CALLS))
    for table in ("lists", *_COPIED):
        bare.set_last_id(table, campaigns)


def measure(place: Place, persons: int = PERSONS) -> list[Figure]:
    """NotMeasured where somebody's calls are not all found."""
    chosen = random.Random(1)
    phones = [f"90532{chosen.randrange(persons):07}" for _ in range(ASKED + 1)]
    with closing(opened_store(place.location)) as store, closing(place.bare()) as bare:
        ours, baseline = [], []
        for phone in phones:
            ours.append(_taken(lambda asked: store.persons.of(asked).calls, phone))
            baseline.append(_taken(partial(_bare, bare), phone))
    for (_, found), (_, there) in zip(ours, baseline, strict=True):
        if found != there:
            raise NotMeasured(f"{found} of {there} calls of a number were found")
    # The first one reads from the disk what the others find in memory.
    taken, beside = ([1000 * seconds for seconds, _ in turns[1:]] for turns in (ours, baseline))
    name = f"{place.kind}: a number in {statistics.mean(found for _, found in ours) / CALLS:.0f} of the campaigns"
    return [Figure(f"{name}, median", "ms", statistics.median(taken), statistics.median(beside), most=MOST_MS),
            Figure(f"{name}, p99", "ms", percentile(taken, 99), percentile(beside, 99)),
            Figure(f"{name}, the first after a start", "ms", 1000 * ours[0][0])]


def _taken(ask: Callable[[str], int], phone: str) -> tuple[float, int]:
    """Seconds, and how many calls were found."""
    begun = time.perf_counter()
    found = ask(phone)
    return time.perf_counter() - begun, found


def _bare(bare: Database, phone: str) -> int:
    """The same calls by one SELECT: each list is asked for the number by its index, what has it for its calls."""
    return len(bare.all(_BARE, (phone,)))
