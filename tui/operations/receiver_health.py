"""How the receivers of a profile are, as the list of campaigns shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tui.store import Health, Heartbeat, Store

SEEN_WITHIN: Final = dt.timedelta(seconds=30)  # a receiver that was not heard of for so long is not there


@dataclass(frozen=True, slots=True)
class ReceiverHealth:
    """The receivers there are at `at`, and what has come in. `waiting`: how many requests are not ingested yet."""

    receivers: Sequence[Heartbeat]
    results: Health
    at: dt.datetime
    waiting: int = 0


def read_health(store: Store, profile: str, now: dt.datetime) -> ReceiverHealth:
    """It asks the store, which blocks."""
    receivers = store.receivers.seen_since(now - SEEN_WITHIN)
    waiting = max(_waiting_here(store), sum(receiver.waiting for receiver in receivers))
    return ReceiverHealth(receivers, store.results.health(profile), now, waiting)


def _waiting_here(store: Store) -> int:
    """Beside the store on this machine, whether a receiver is there or not."""
    try:
        return store.spool.waiting()
    except OSError:
        return 0
