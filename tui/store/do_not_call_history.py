"""What was done with the numbers of a do-not-call list: who was put on it, why, and why somebody was taken off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tui.store.database import Database
from tui.store.sql import sql

_ADDED: Final = """
INSERT INTO do_not_call_history (profile, phone, event, at, why, campaign_id, reason, by_user)
SELECT profile, phone, 'added', added_at, why, campaign_id, reason, by_user FROM do_not_call
WHERE profile = ? AND phone = ?
"""
# A list that is imported every night says the same of the same numbers each time.
_ASKED_AGAIN: Final = """
INSERT INTO do_not_call_history (profile, phone, event, at, why, campaign_id, reason, by_user)
SELECT profile, phone, 'asked_again', ?, 'by_hand', NULL, ?, ? FROM do_not_call
WHERE profile = ? AND phone = ? AND NOT EXISTS (
    SELECT 1 FROM do_not_call_history AS said WHERE said.profile = do_not_call.profile
        AND said.phone = do_not_call.phone AND said.event <> 'removed' AND said.at >= do_not_call.added_at
        AND said.reason = ?)
"""
ON_LIST: Final = sql("""
SELECT phone FROM asked CROSS JOIN do_not_call WHERE profile = ? AND phone = asked.value
""")
TAKEN_OFF: Final = sql("""
SELECT phone, max(at) AS at FROM asked CROSS JOIN do_not_call_history
WHERE profile = ? AND phone = asked.value AND event = 'removed' GROUP BY phone
""")
_REMOVED: Final = """
INSERT INTO do_not_call_history (profile, phone, event, at, why, campaign_id, reason, by_user)
SELECT profile, phone, 'removed', ?, why, campaign_id, ?, ? FROM do_not_call WHERE profile = ? AND phone = ?
"""


# Each is called within the write transaction of what it notes.

def note_added(database: Database, profile: str, phones: Iterable[str]) -> None:
    """Numbers have been put on the list, and were not on it before."""
    database.run_many(_ADDED, [(profile, phone) for phone in phones])


def note_asked_again(database: Database, profile: str, phones: Iterable[str], *, at: str, reason: str,
                     by_user: str) -> None:
    """Numbers that are on the list were to be put on it once more: for a reason that is not known yet."""
    database.run_many(_ASKED_AGAIN, [(at, reason, by_user, profile, phone, reason) for phone in phones])


def note_removed(database: Database, profile: str, phones: Iterable[str], *, at: str, reason: str,
                 by_user: str) -> None:
    """Numbers are about to be taken off the list."""
    database.run_many(_REMOVED, [(at, reason, by_user, profile, phone) for phone in phones])
