"""In what order it comes to be known who has answered.

No clock is asked, as those of a call, of the receiver and of whoever makes a draft may differ. Writers come one after
another, so that what is read knows all up to its number.
"""

from __future__ import annotations

from typing import Final

from tui.store.database import Database

_NEXT: Final = """
INSERT INTO arrivals (id, last) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET last = arrivals.last + 1 RETURNING last
"""


def next_arrival(database: Database) -> int:
    """The number of what comes in now. Called within a write transaction."""
    return database.number(_NEXT)


def last_arrival(database: Database) -> int:
    """What is known now, where it is asked before anything else is read."""
    return database.number("SELECT coalesce(max(last), 0) FROM arrivals")
