"""What somebody wrote of a number: one note for each profile, with when and by whom."""

from __future__ import annotations

from typing import Final

from tui.store.columns import moment
from tui.store.person_values import PersonNote
from tui.store.repository import Repository

_WRITE: Final = """
INSERT INTO person_notes (profile, phone, text, written_at, by_user) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (profile, phone) DO UPDATE SET text = excluded.text, written_at = excluded.written_at,
    by_user = excluded.by_user
"""
_REMOVE: Final = "DELETE FROM person_notes WHERE profile = ? AND phone = ?"
_OF: Final = "SELECT * FROM person_notes WHERE profile = ? AND phone = ?"


class PersonNotes(Repository):
    """Phones are as they are sent."""

    def write(self, profile: str, phone: str, text: str, *, by_user: str = "") -> None:
        """Keep a note in place of the one before; "" takes that away."""
        with self._database.write():
            if text:
                self._database.run(_WRITE, (profile, phone, text, self._now(), by_user))
            else:
                self._database.run(_REMOVE, (profile, phone))

    def of(self, profile: str, phone: str) -> PersonNote | None:
        """The note of a number; None where there is none."""
        row = self._database.one(_OF, (profile, phone))
        if row is None:
            return None
        with self._database.legible():
            return PersonNote(row["profile"], row["text"], moment(row["written_at"]), row["by_user"])
