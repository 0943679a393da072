"""Who must not be called, found in a list of a million numbers: beside reading that list through, as a launch does."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final, TypeVar

from benchmarks.figures import Figure, NotMeasured
from benchmarks.home import DRAFT, PROFILE, opened_store
from tui.campaign.consent import ConsentNeeded, ConsentStatus, RecipientType, weight_of
from tui.core.clock import utc_now
from tui.store import NumberRow, Store
from tui.store.consents import ImportNotes
from tui.store.suppression import SuppressionSource

NUMBERS: Final = 1_000_000
# Each row is looked for in two tables, and of those found more is told than is read for a launch.
LIMIT: Final = 4.0
_ROWS_AT_ONCE: Final = 1_000
T = TypeVar("T")


def measure(numbers: int = NUMBERS) -> list[Figure]:
    """A do-not-call file with as many numbers as the list; half of the list stands in it, then nobody of it.

    Then as many consents as the list has numbers, of which half of the list have one.
    """
    with tempfile.TemporaryDirectory(prefix="santral-bench-") as folder, \
            closing(opened_store(Path(folder) / "santral.db")) as store:
        draft = store.drafts.create(PROFILE, {**DRAFT, "name": "Borç hatırlatma"})
        store.numbers.add(draft, (NumberRow(phone, phone) for phone in _phones(0, numbers)))
        return [_found(store, draft, numbers, numbers // 2), _found(store, draft, numbers, 0),
                _without_consent(store, draft, numbers, numbers // 2)]


def _found(store: Store, draft: int, numbers: int, among: int) -> Figure:
    store.suppression.keep(PROFILE, SuppressionSource.FILE, _phones(numbers - among, numbers))
    read, seconds_to_read = _timed(lambda: _read_through(store, draft))
    refused, seconds = _timed(lambda: store.suppression.find(draft))
    if (read, refused.refusals.recipients) != (numbers, among):
        raise NotMeasured(f"{refused.refusals.recipients} of {read} were found, and not {among} of {numbers}")
    name = f"refused: {among:,} of {numbers:,} numbers found in a file of {numbers:,}; read through"
    return Figure(name, "s", seconds, seconds_to_read, LIMIT)


def _without_consent(store: Store, draft: int, numbers: int, agreed: int) -> Figure:
    store.suppression.forget(PROFILE, SuppressionSource.FILE)
    given = dict.fromkeys(_phones(numbers - agreed, numbers), weight_of(ConsentStatus.GIVEN, None))
    store.consents.keep(PROFILE, {(RecipientType.CONSUMER, ""): given}, path="iys.csv", stamp_="", named={},
                        file_at=utc_now(), notes=ImportNotes())
    needed = ConsentNeeded(RecipientType.CONSUMER, "600123")
    read, seconds_to_read = _timed(lambda: _read_through(store, draft))
    found, seconds = _timed(lambda: store.suppression.find(draft, consent=needed))
    if (read, found.refusals.recipients) != (numbers, numbers - agreed):
        raise NotMeasured(f"{found.refusals.recipients} of {read} have no consent, and not {numbers - agreed}")
    name = f"refused: {numbers - agreed:,} of {numbers:,} numbers without one of {numbers:,} consents; read through"
    return Figure(name, "s", seconds, seconds_to_read, LIMIT)


def _phones(first: int, count: int) -> Iterator[str]:
    return (f"905{place:09}" for place in range(first, first + count))


def _read_through(store: Store, draft: int) -> int:
    read = after = 0
    while callees := store.recipients.batch(draft, after, _ROWS_AT_ONCE):
        read, after = read + len(callees), callees[-1].position
    return read


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    done = act()
    return done, time.perf_counter() - begun
