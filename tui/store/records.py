"""The provider's call records: outcome and talk time, also of calls that the webhook may have missed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tui.campaign.results import CallRecord
from tui.store.aggregates import Aggregates
from tui.store.repository import Context, Repository
from tui.store.result_values import MergeResult

_CURSOR: Final = "SELECT cursor FROM records_cursor WHERE campaign_id = ?"
_KEEP_CURSOR: Final = """
INSERT INTO records_cursor (campaign_id, cursor, updated_at) VALUES (?, ?, ?)
ON CONFLICT (campaign_id) DO UPDATE SET cursor = excluded.cursor, updated_at = excluded.updated_at
"""


class Records(Repository):
    """Each record is kept once, by its ID, and is brought up to date by what comes later."""

    def __init__(self, context: Context, aggregates: Aggregates) -> None:
        super().__init__(context)
        self._aggregates = aggregates

    def merge(self, campaign: int, rows: Sequence[CallRecord], *, cursor: str | None = None) -> MergeResult:
        """Ingest call records of a campaign, and with them, where given, how far they have been fetched.

        A record that was ingested before is brought up to date. A call that a notification reports too is one. Phones
        are as we send them. WrongState where the provider doesn't have the campaign; NoSuchCampaign.
        """
        with self._database.write():
            self._require_at_provider(campaign)
            merged = self._aggregates.merge(campaign, rows)
            if cursor is not None:
                self._database.run(_KEEP_CURSOR, (campaign, cursor, self._now()))
            return merged

    def cursor(self, campaign: int) -> str | None:
        """How far a campaign's records have been fetched, in the words of whoever fetches them."""
        row = self._database.one(_CURSOR, (campaign,))
        return None if row is None else str(row["cursor"])

    def _require_at_provider(self, campaign: int) -> None:
        row = self._database.one("SELECT provider_id FROM campaigns WHERE id = ?", (campaign,))
        if row is None or row["provider_id"] is None:
            raise self._refusal(campaign)
