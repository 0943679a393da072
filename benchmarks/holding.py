"""The longest that anything holds the right to write, which a receiver waits for: each change of a long list.

It takes some minutes.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure
from benchmarks.home import DRAFT, PROFILE, opened_store
from tui.campaign.lifecycle import AskedBy, Unconfirmed
from tui.campaign.results import Notification
from tui.core.reason import Reason
from tui.store import Delivery, MarkedRows, NumberRow, ResultFilter, RowFilter, Store
from tui.store.sqlite import SqliteDatabase
from tui.store.suppression import SuppressionSource

ROWS: Final = 500_000
MOST_MS: Final = 500.0
TOKEN: Final = "a-token-for-the-benchmark-alone"  # noqa: S105 - of a store that is thrown away
_PROVIDER_ID: Final = 20_212
_BAD: Final = Reason("campaign.phone.short", {"value": "532"})


def measure(rows: int = ROWS) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="santral-bench-") as folder, _watched() as held, \
            closing(opened_store(Path(folder) / "santral.db")) as store:
        return [Figure(f"right to write held, {rows:,} rows: {name}", "ms", 1000 * held(act), most=MOST_MS)
                for name, act in _acts(store, rows)]


Act = Callable[[], object]


@contextmanager
def _watched() -> Iterator[Callable[[Act], float]]:
    """What does something and tells how long the longest of its transactions was, in seconds."""
    whole = SqliteDatabase.write
    longest = 0.0

    @contextmanager
    def timed(database: SqliteDatabase) -> Iterator[None]:
        nonlocal longest
        with whole(database):
            begun = time.perf_counter()
            yield
        longest = max(longest, time.perf_counter() - begun)

    def held(act: Act) -> float:
        nonlocal longest
        longest = 0.0
        act()
        return longest

    SqliteDatabase.write = timed  # type: ignore[assignment, method-assign]
    try:
        yield held
    finally:
        SqliteDatabase.write = whole  # type: ignore[method-assign]


def _acts(store: Store, rows: int) -> Iterator[tuple[str, Act]]:
    numbers, draft = store.numbers, store.drafts.create(PROFILE, {**DRAFT, "name": "Borç hatırlatma"})
    yield "import", lambda: numbers.add(draft, _rows(rows))
    yield "import, all of them twice", lambda: numbers.add(draft, _rows(rows))
    yield "drop duplicates", lambda: numbers.drop_which(draft, RowFilter.DUPLICATES)
    yield "undo", lambda: numbers.undo(draft)
    yield "drop duplicates again", lambda: numbers.drop_which(draft, RowFilter.DUPLICATES)
    yield "bring back", lambda: numbers.bring_back(draft)
    yield "undo that", lambda: numbers.undo(draft)
    yield "drop by hand", lambda: numbers.drop(draft, range(1, rows + 1))
    yield "undo that, too", lambda: numbers.undo(draft)
    yield "suppressed numbers kept", lambda: store.suppression.keep(PROFILE, SuppressionSource.FILE, _phones(rows))
    yield "suppressed numbers dropped", lambda: numbers.drop_marked(draft, _found(store, draft))
    yield "undo that as well", lambda: numbers.undo(draft)
    yield "suppressed numbers forgotten", lambda: store.suppression.forget(PROFILE, SuppressionSource.FILE)
    yield "copy", lambda: store.drafts.copy(draft, numbers=True)
    yield "do-not-call list", lambda: store.do_not_call.add(PROFILE, _phones(rows))
    yield "do-not-call list taken back", lambda: store.do_not_call.remove(PROFILE, _phones(rows))
    yield "clear", lambda: numbers.clear(draft)
    yield "undo clear", lambda: numbers.undo(draft)
    yield "forget steps", lambda: [numbers.add(draft, [NumberRow("1", None, problem=_BAD)]) for _ in range(25)]
    yield "results found meanwhile", lambda: _found_meanwhile(store, draft, rows)
    yield "settle with them", lambda: _settle(store, draft)
    yield "follow-up", lambda: store.follow_ups.make(draft, ResultFilter(called=True), {"name": "Yeniden"},
                                                     with_answered=True)


def _phones(rows: int) -> list[str]:
    return [f"90532{place:07}" for place in range(rows)]


def _rows(rows: int) -> Iterable[NumberRow]:
    return (NumberRow(phone, phone) for phone in _phones(rows))


def _found(store: Store, draft: int) -> MarkedRows:
    return store.suppression.find(draft).marks


def _found_meanwhile(store: Store, draft: int, rows: int) -> None:
    """Results of a launch whose answer was lost, told under the profile's own token."""
    launch = store.ledger.begin(draft, revision=store.campaigns.get(draft).revision, token=TOKEN, body_hash="",
                                numbers=rows, asked_by=AskedBy.COMMAND)
    store.ledger.resolve(launch, Unconfirmed(Reason("provider.unconfirmed.timeout", {})))
    token = store.deliveries.profile_token(PROFILE, lambda: f"{TOKEN}-of-the-profile")
    now = store._context.now()
    for first in range(0, rows, 512):
        store.deliveries.ingest([Delivery(token, now, Notification(
            notification_id=f"n{place}", campaign_id=_PROVIDER_ID, campaign_name="Anket", lead_id="", call_uuid="",
            phone=f"90532{place:07}", digit="2", status="Cevaplandı", happened_at=now, extra={}))
            for place in range(first, min(first + 512, rows))])


def _settle(store: Store, draft: int) -> None:
    store.ledger.assign_id(draft, _PROVIDER_ID)


