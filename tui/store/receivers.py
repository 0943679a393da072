"""The receivers that are at work, on this machine or another: each says so every few seconds."""

from __future__ import annotations

import datetime as dt
from typing import Final

from tui.store.columns import moment, stamp
from tui.store.repository import Repository
from tui.store.values import Heartbeat

_FORGOTTEN_AFTER: Final = dt.timedelta(days=7)
_BEAT: Final = """
INSERT INTO receivers (name, address, started_at, beat_at, received_last_minute, waiting) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (name) DO UPDATE SET address = excluded.address, started_at = excluded.started_at,
    beat_at = excluded.beat_at, received_last_minute = excluded.received_last_minute, waiting = excluded.waiting
"""


class Receivers(Repository):
    """One that has not been heard of for a week is forgotten."""

    def beat(self, name: str, *, address: str, started_at: dt.datetime, received_last_minute: int,
             waiting: int = 0) -> None:
        """A receiver is there. `name` is its own; `received_last_minute`: requests that it acknowledged.

        `waiting`: those of them that are not in the store yet.
        """
        now = self._context.now()
        with self._database.write():
            self._database.run("DELETE FROM receivers WHERE beat_at < ?", (stamp(now - _FORGOTTEN_AFTER),))
            self._database.run(_BEAT, (name, address, stamp(started_at), stamp(now), received_last_minute, waiting))

    def gone(self, name: str) -> None:
        """A receiver has stopped of itself."""
        with self._database.write():
            self._database.run("DELETE FROM receivers WHERE name = ?", (name,))

    def seen_since(self, since: dt.datetime) -> list[Heartbeat]:
        """The receivers that were there at some time since, the last seen first."""
        rows = self._database.all("SELECT * FROM receivers WHERE beat_at >= ? ORDER BY beat_at DESC, name",
                                  (stamp(since),))
        with self._database.legible():
            return [Heartbeat(row["name"], row["address"], moment(row["started_at"]), moment(row["beat_at"]),
                         row["received_last_minute"], row["waiting"]) for row in rows]
