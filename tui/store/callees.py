"""The rows of a list as a launch sends them: read by their key, a batch at a time, and no more of each than is sent."""

from __future__ import annotations

from typing import NamedTuple

from tui.store.part import Part


class Callee(NamedTuple):
    """A number that is called. `phone` is as it is sent; phrase and lang are as they were typed."""

    position: int
    phone: str
    phrase: str
    lang: str


class Callees(Part):
    """No transaction is held from batch to batch: the ledger's revision tells whether the list is still the same."""

    def batch(self, campaign: int, after: int, limit: int) -> list[Callee]:
        """The next `limit` rows that are called, in order, behind the position `after`; [] behind the last."""
        return [Callee._make(row) for row in self._database.all(
            "SELECT position, phone, phrase, lang FROM numbers "
            "WHERE list_id = (SELECT list FROM campaigns WHERE id = ?) AND position > ? "
            "AND problem IS NULL AND duplicate_of IS NULL ORDER BY position LIMIT ?", (campaign, after, limit))]
