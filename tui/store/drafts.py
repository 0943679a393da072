"""Drafts: made, changed field by field, put away and brought back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import Final

from tui.campaign.fields import TYPED_NUMBERS
from tui.campaign.lifecycle import State
from tui.store import list_changes
from tui.store.columns import object_of, object_text
from tui.store.errors import Changed
from tui.store.lists import BY_ENDING, COLUMNS, LIST, STRETCH, GrowingList, own_list, stretches
from tui.store.repository import EDITABLE, EDITED, Repository, reason_set
from tui.store.sql import names, sql

_POSITIONS: Final = sql("SELECT position FROM numbers WHERE list_id = {list} AND position > :after", list=LIST)
_COPY: Final = sql("""
INSERT INTO numbers (list_id, by_ending, {columns}) SELECT :new, {by_ending}, {columns} FROM numbers
WHERE list_id = {list} {stretch} ORDER BY position
""", by_ending=BY_ENDING, columns=names(*COLUMNS), list=LIST, stretch=STRETCH)
_COPY_COUNTS: Final = sql("""
INSERT INTO number_counts SELECT :new, problem, kind, valid, phrased, duplicate, many
FROM number_counts WHERE list_id = {list}
""", list=LIST)
_LIST_AS_IT_IS: Final = """
SELECT list, next_position, (SELECT max(id) FROM list_steps WHERE campaign_id = campaigns.id) AS step
FROM campaigns WHERE id = ?
"""


class Drafts(Repository):
    """Fields are texts as they were typed, by the names of the provider's create request."""

    def create(self, profile: str, fields: Mapping[str, str]) -> int:
        """A new draft's ID."""
        with self._database.write():
            return self._insert(profile, fields, State.DRAFT)

    def change(self, campaign: int, changes: Mapping[str, str | None]) -> int:
        """Merge changes into the fields; None or "" takes a field away. The revision that it then has.

        Fields that aren't named stay as they are, also where another app has changed them meanwhile.
        WrongState unless it may be edited; NoSuchCampaign.
        """
        with self._database.write():
            self._require(campaign, EDITABLE)
            row = self._database.one("SELECT fields, revision FROM campaigns WHERE id = ?", (campaign,))
            if row is None:
                raise self._refusal(campaign)
            with self._database.legible():
                before = object_of(row["fields"])
            merged = {name: text for name, text in {**before, **changes}.items() if text}
            revision = int(row["revision"])
            if merged == before:
                return revision
            self._set(campaign, EDITABLE, {**self._from_fields(merged), **EDITED, "revision": revision + 1})
            return revision + 1

    def keep_typed(self, campaign: int, text: str) -> None:
        """Keep what stands in the draft's line for numbers, not entered: as far as anybody goes by it, nothing changed.

        WrongState unless it may be edited; NoSuchCampaign.
        """
        with self._database.write():
            self._require(campaign, EDITABLE)
            row = self._database.one("SELECT fields FROM campaigns WHERE id = ?", (campaign,))
            if row is None:
                raise self._refusal(campaign)
            with self._database.legible():
                fields = {name: kept for name, kept in object_of(row["fields"]).items() if name != TYPED_NUMBERS}
            if text:
                fields[TYPED_NUMBERS] = text
            self._set(campaign, EDITABLE, {"fields": object_text(fields)})

    def remove(self, campaign: int) -> None:
        """Put a draft away among the deleted ones, with its numbers. WrongState where it is none; NoSuchCampaign."""
        with self._database.write():
            self._set(campaign, EDITABLE, {"state": State.DELETED})

    def bring_back(self, campaign: int) -> None:
        """Make a draft of one that was put away. WrongState where the provider had it, or it isn't deleted."""
        with self._database.write():
            row = self._database.one("SELECT provider_id FROM campaigns WHERE id = ?", (campaign,))
            if row is None or row["provider_id"] is not None:
                raise self._refusal(campaign)
            self._set(campaign, {State.DELETED}, {"state": State.DRAFT, **reason_set(None)})

    def copy(self, campaign: int, *, numbers: bool, changes: Mapping[str, str] | None = None) -> int:
        """A new draft with the same fields but for `changes`, and the same numbers where asked. NoSuchCampaign.

        Changed where a long list is changed while it is copied.
        """
        before = self._list_as_it_is(campaign)
        if not numbers or before[1] <= list_changes.FEW:
            with self._database.write():
                copy = self._copy(campaign, changes or {}, numbers=numbers)
                if numbers:
                    list_ = own_list(self._database, copy)
                    self._database.run(_COPY, {"new": list_, "campaign": campaign, "after": 0, "to": before[1]})
                    self._database.run(_COPY_COUNTS, {"new": list_, "campaign": campaign})
            return copy
        with closing(GrowingList(self._context, before[1])) as growing:
            for after, to in stretches(self._database, _POSITIONS, {"campaign": campaign}):
                with self._database.write():
                    self._database.run(_COPY, {"new": growing.list, "campaign": campaign, "after": after, "to": to})
            with self._database.write():
                if self._list_as_it_is(campaign) != before:
                    raise Changed(self._naming("store.list_changed", campaign))
                copy = self._copy(campaign, changes or {}, numbers=True)
                self._database.run(_COPY_COUNTS, {"new": growing.list, "campaign": campaign})
                growing.hand_over(copy)
            return copy

    def _list_as_it_is(self, campaign: int) -> tuple[int, int, int]:
        """The list, the last position, and by what it is known to be still the same. NoSuchCampaign."""
        row = self._database.one(_LIST_AS_IT_IS, (campaign,))
        if row is None:
            raise self._refusal(campaign)
        return int(row["list"] or 0), int(row["next_position"]) - 1, int(row["step"] or 0)

    def _copy(self, campaign: int, changes: Mapping[str, str], *, numbers: bool) -> int:
        row = self._database.one("SELECT * FROM campaigns WHERE id = ?", (campaign,))
        if row is None:
            raise self._refusal(campaign)
        with self._database.legible():
            fields = {**object_of(row["fields"]), **changes}
        # Whoever has answered since is left out of a copy of the same numbers, too.
        kept = ("numbers", "bad_numbers", "duplicate_numbers", "callable_with_phrase", "next_position", "follows",
                "follows_filter", "follows_plan", "knows")
        counts = {name: row[name] for name in kept} if numbers else {}
        return self._insert(row["profile"], fields, State.DRAFT, copied_from=campaign, **counts)
