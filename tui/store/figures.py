"""How far campaigns are, in figures: what the list of campaigns shows of each."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from tui.store.columns import when
from tui.store.database import Row
from tui.store.repository import Repository
from tui.store.sql import sql
from tui.store.values import NO_TOTALS, Totals

# Counted up whenever the same results are to be counted otherwise: what an older rule has counted is counted anew.
RULE: Final = 4
_TOTALS: Final = sql("""
SELECT campaigns.id AS id, numbers - bad_numbers - duplicate_numbers AS numbers, called_again, called, answered, final,
    strangers, final_strangers, notifications, records, calls, first_received_at, last_received_at, last_happened_at
FROM asked CROSS JOIN campaigns LEFT JOIN result_totals ON result_totals.campaign_id = campaigns.id
WHERE campaigns.id = asked.value
""")
_DIGITS: Final = sql("""
SELECT campaign_id, result_counts.value AS value, many FROM asked CROSS JOIN result_counts
WHERE campaign_id = asked.value AND kind = ?
""")
# Lives whose figures nobody has counted: an older version has launched them.
LIVES_MISSING: Final = sql("""
SELECT successor_id AS id FROM successions JOIN campaigns ON campaigns.id = successions.successor_id
WHERE campaigns.provider_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM lives WHERE lives.campaign_id = successions.successor_id) ORDER BY successions.id
""")
_ANY_LIVES_MISSING: Final = sql("{missing} LIMIT 1", missing=LIVES_MISSING)


class Figures(Repository):
    """Read as they are kept up: nothing is counted."""

    def outdated(self) -> bool:
        """Whether any were counted by an older rule, or not at all."""
        older = self._database.one("SELECT 1 FROM result_totals WHERE rule < ? LIMIT 1", (RULE,))
        return older is not None or self._database.one(_ANY_LIVES_MISSING) is not None

    def complete(self, campaign: int) -> bool:
        """Whether each number of its list has a final result."""
        return self.totals_of([campaign]).get(campaign, NO_TOTALS).complete

    def totals_of(self, campaigns: Collection[int]) -> dict[int, Totals]:
        """The figures of several campaigns; those that don't exist are left out."""
        with self._database.read():
            return self.totals_within(campaigns)

    def totals_within(self, campaigns: Collection[int]) -> dict[int, Totals]:
        """The same, within a transaction of the caller's."""
        rows = list(self._among(_TOTALS, campaigns))
        digits: dict[int, dict[str, int]] = {}
        for row in self._among(_DIGITS, campaigns, "digit"):
            digits.setdefault(row["campaign_id"], {})[row["value"]] = row["many"]
        with self._database.legible():
            return {row["id"]: _totals(row, digits.get(row["id"], {})) for row in rows}


def _totals(row: Row, digits: dict[str, int]) -> Totals:
    if row["called"] is None:
        return Totals(numbers=row["numbers"], called_again=row["called_again"])
    ends = row["called_again"] == 0
    return Totals(
        numbers=row["numbers"], called=row["called"], answered=row["answered"], final=row["final"] if ends else 0,
        unlisted=row["strangers"], final_unlisted=row["final_strangers"] if ends else 0,
        called_again=row["called_again"], notifications=row["notifications"],
        records=row["records"], calls=row["calls"], digits=digits, first_received_at=when(row["first_received_at"]),
        last_received_at=when(row["last_received_at"]), last_happened_at=when(row["last_happened_at"]))
