"""Follow-up plans that are kept under a name."""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec import Struct

from tui.store.columns import moment
from tui.store.repository import Repository

_SAVE: Final = """
INSERT INTO follow_up_plans (profile, name, name_folded, name_sort, plan, saved_at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (profile, name_folded) DO UPDATE SET name = excluded.name, name_sort = excluded.name_sort,
    plan = excluded.plan, saved_at = excluded.saved_at
"""
_ALL: Final = "SELECT * FROM follow_up_plans WHERE profile = ? ORDER BY name_sort, name_folded"


class SavedPlan(Struct, frozen=True):
    """A plan under its name, in its written form. `saved_at` is aware, UTC."""

    name: str
    plan: str
    saved_at: dt.datetime


class SavedPlans(Repository):
    """Names are found whatever their case, as the store's `fold` compares them."""

    def save(self, profile: str, name: str, plan: str) -> None:
        """Keep a plan, in the place of one whose name only differs in case or marks."""
        with self._database.write():
            self._database.run(_SAVE, (profile, name, self._context.fold(name), self._context.sort_key(name), plan,
                                       self._now()))

    def all(self, profile: str) -> list[SavedPlan]:
        """The plans of a profile by name, in the order of the alphabet."""
        rows = self._database.all(_ALL, (profile,))
        with self._database.legible():
            return [SavedPlan(row["name"], row["plan"], moment(row["saved_at"])) for row in rows]

    def remove(self, profile: str, name: str) -> bool:
        """Forget the plan of that name; whether there was one."""
        with self._database.write():
            return self._database.run("DELETE FROM follow_up_plans WHERE profile = ? AND name_folded = ?",
                                      (profile, self._context.fold(name.strip()))).rowcount > 0
