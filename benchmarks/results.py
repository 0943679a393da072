"""A campaign with a million results: opening its screen, what one more result costs there, and its file."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from benchmarks import in_process
from benchmarks.figures import Figure, percentile
from benchmarks.home import DRAFT, NAME, PROFILE, opened_store
from benchmarks.key_to_paint import SANTRAL
from benchmarks.pseudo_terminal import PseudoTerminal
from tui.campaign.lifecycle import AskedBy, Created
from tui.campaign.results import Notification
from tui.core.clock import utc_now
from tui.i18n.words import Words
from tui.store import Delivery, NumberRow, Store

NUMBERS: Final = 200_000
CALLS: Final = 5  # of each number
TOKEN: Final = "benchmark"  # noqa: S105 - of a store that is thrown away
PROVIDER_ID: Final = 20_212
OPENINGS: Final = 15
_BATCH: Final = 2_000
_FAILED: Final = ("Meşgul", "Cevapsız", "Ulaşılamıyor")
_LAST: Final = ("Cevaplandı", "Cevaplandı", "Cevaplandı", "Reddedildi", "Meşgul")
_DIGITS: Final = ("1", "2", "9", "-", "!4")
_APART: Final = dt.timedelta(milliseconds=40)
_RECEIVED_AT_ONCE: Final = 64
_BATCHES: Final = 200
_MEGABYTE: Final = 1 << 20
_MOST_RESIDENT: Final = 250
_SAY: Final = Words("en").say


def fill(store: Store, numbers: int = NUMBERS) -> None:
    """A campaign that is on, each of its numbers called five times, one after another and then again from the start."""
    today = utc_now().date()
    campaign = store.drafts.create(PROFILE, {
        **DRAFT, "name": NAME, "call_retries": str(CALLS - 1), "date_range_begin": today.isoformat(),
        "date_range_end": (today + dt.timedelta(days=30)).isoformat()})
    store.numbers.add(campaign, (NumberRow(_phone(number), _phone(number), f"#456 {number}.50 #457")
                                 for number in range(numbers)))
    launch = store.ledger.begin(campaign, revision=store.campaigns.get(campaign).revision, token=TOKEN, body_hash="",
                                numbers=numbers, asked_by=AskedBy.COMMAND)
    store.ledger.resolve(launch, Created(PROVIDER_ID))
    waiting = _told(numbers)
    while batch := list(itertools.islice(waiting, _BATCH)):
        store.deliveries.ingest(batch)


def _phone(number: int) -> str:
    return f"90532{number:07}"


def _told(numbers: int) -> Iterator[Delivery]:
    chosen = random.Random(1)
    at = utc_now() - CALLS * numbers * _APART
    for place in range(CALLS * numbers):
        status = chosen.choice(_FAILED if place < (CALLS - 1) * numbers else _LAST)
        digit = chosen.choice(_DIGITS) if status == "Cevaplandı" else ""
        yield result(place, place % numbers, status, digit, at + place * _APART)


def result(place: int, number: int, status: str, digit: str, at: dt.datetime) -> Delivery:
    told = Notification(str(place), PROVIDER_ID, NAME, str(number), _phone(number), digit, status, at,
                        f"aacdb242-364b-11e7-8bed-{place:012x}", {"domain_id": "429"})
    return Delivery(TOKEN, at, told)


def screen(size: tuple[int, int], environ: Mapping[str, str]) -> list[Figure]:
    """The screen of such a campaign. NotShown; OSError on a system without /proc."""
    name = f"results {size[0]}×{size[1]}"
    with PseudoTerminal(SANTRAL, environ, size) as terminal:
        terminal.wait(NAME)
        openings = []
        for _ in range(OPENINGS + 1):
            openings.append(1000 * terminal.press("r").last)
            terminal.wait(_SAY("screens.results.statuses"))
            resident = terminal.resident_bytes() / _MEGABYTE
            terminal.press("escape")
            terminal.wait(_SAY("text.column.state"))
    inside = in_process.measured_inside(in_process.REPAINT, environ, *map(str, size))
    repaints = [1000 * seconds for seconds in inside["seconds"]]
    return [
        Figure(f"{name}: opened for the first time", "ms", openings[0]),
        Figure(f"{name}: opened, median", "ms", statistics.median(openings[1:]), most=300),
        Figure(f"{name}: painted after one more result, median", "ms", statistics.median(repaints), most=50),
        Figure(f"{name}: painted after one more result, p99", "ms", percentile(repaints, 99)),
        Figure(f"{name}: resident memory then", "MB", resident, most=_MOST_RESIDENT),
    ]


def export(environ: Mapping[str, str]) -> list[Figure]:
    """All of it as CSV, in a process of its own."""
    told = in_process.measured_inside(in_process.EXPORT, environ)
    return [Figure("results: written as CSV", "s", told["seconds"], most=10),
            Figure("results: written as CSV, peak of memory", "MB", told["most_resident"] / _MEGABYTE,
                   most=_MOST_RESIDENT)]


def intake(environ: Mapping[str, str]) -> list[Figure]:
    """More results taken in, on the disk each time, in as many at once as there may be connections."""
    with closing(opened_store(Path(environ["HOME"]) / "santral.db")) as opened:
        places = itertools.count(10**9)
        now = utc_now()
        taken = []
        for start in range(_BATCHES):
            batch = [result(next(places), (start * _RECEIVED_AT_ONCE + place) % NUMBERS, "Meşgul", "", now)
                     for place in range(_RECEIVED_AT_ONCE)]
            begun = time.perf_counter()
            opened.deliveries.ingest(batch)
            taken.append(1000 * (time.perf_counter() - begun))
    name = f"results: {_RECEIVED_AT_ONCE} more taken in"
    return [Figure(f"{name}, median", "ms", statistics.median(taken)),
            Figure(f"{name}, p99", "ms", percentile(taken, 99))]
