"""Test calls: campaigns to the operator's own number, made of another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tui.campaign.lifecycle import State
from tui.store.errors import NoSuchNumber
from tui.store.list_values import NumberRow, StoredNumber
from tui.store.lists import LIST, count_all, number_of, own_list
from tui.store.repository import CAMPAIGNS, Repository, campaign_of
from tui.store.sql import sql
from tui.store.values import Campaign

# A test that was rejected or not sent telephoned nobody.
_LAST_NUMBER: Final = """
SELECT numbers.phone FROM campaigns JOIN numbers ON numbers.list_id = campaigns.list
WHERE campaigns.profile = ? AND campaigns.test_of IS NOT NULL
    AND (campaigns.provider_id IS NOT NULL OR campaigns.state = 'unconfirmed')
ORDER BY campaigns.id DESC LIMIT 1
"""
_CREATED: Final = sql("""
{campaigns} WHERE campaigns.profile = ? AND campaigns.test_of IS NOT NULL AND campaigns.provider_id IS NOT NULL
ORDER BY launched_at DESC NULLS LAST, campaigns.id DESC
""", campaigns=CAMPAIGNS)
_FIRST_CALLED: Final = sql("""
SELECT * FROM numbers WHERE list_id = {list} AND problem IS NULL AND duplicate_of IS NULL ORDER BY position LIMIT 1
""", list=LIST)
_AT: Final = sql("SELECT * FROM numbers WHERE list_id = {list} AND position = :position", list=LIST)
_ADD: Final = """
INSERT INTO numbers (list_id, position, typed, phone, phrase, lang, kind, valid) VALUES (?, 1, ?, ?, ?, ?, ?, ?)
"""


class TrialCalls(Repository):
    """They are campaigns like any other, and point to the one that they were made of."""

    def make(self, source: int, fields: Mapping[str, str], row: NumberRow) -> int:
        """The draft of a test call of `source`, with one number, all at once: no half of one is ever seen. Its ID.

        A test of a test is one of the campaign that both are made of. NoSuchCampaign.
        """
        with self._database.write():
            found = self._database.one("SELECT profile, test_of FROM campaigns WHERE id = ?", (source,))
            if found is None:
                raise self._refusal(source)
            draft = self._insert(
                found["profile"], fields, State.DRAFT, copied_from=source, test_of=found["test_of"] or source,
                next_position=2)
            self._database.run(_ADD, (own_list(self._database, draft), row.typed, row.phone, row.phrase, row.lang,
                                      row.kind or "", int(row.valid)))
            count_all(self._database, draft)
            return draft

    def sample(self, campaign: int, position: int | None = None) -> StoredNumber | None:
        """The row at `position`, or the first that is called; None where nobody is. NoSuchNumber where it has gone."""
        if position is None:
            row = self._database.one(_FIRST_CALLED, {"campaign": campaign})
        else:
            row = self._database.one(_AT, {"campaign": campaign, "position": position})
            if row is None:
                raise NoSuchNumber(position)
        with self._database.legible():
            return None if row is None else number_of(row)

    def last_number(self, profile: str) -> str | None:
        """The number, as it was sent, that the last test call of a profile telephoned; None where there was none."""
        row = self._database.one(_LAST_NUMBER, (profile,))
        return None if row is None else str(row["phone"])

    def created(self, profile: str) -> list[Campaign]:
        """The test calls of a profile that the provider has made, deleted ones too; the last to be asked for first."""
        rows = self._database.all(_CREATED, (profile,))
        with self._database.legible():
            return [campaign_of(row) for row in rows]
