"""The list of campaigns: one by one, by the page, counted."""

from __future__ import annotations

from typing import Final

from tui.campaign.states import State
from tui.store.errors import NoSuchCampaign
from tui.store.part import Part
from tui.store.rows import CAMPAIGNS, campaign_of, legible, literally
from tui.store.values import Campaign, ListFilter, Sort, SortColumn

_EVERYTHING: Final = ListFilter()
_NEWEST_FIRST: Final = Sort()
_PLACES: Final = " ".join(f"WHEN '{state}' THEN {place}" for place, state in enumerate(State))
_COLUMNS: Final = {
    SortColumn.NAME: "campaigns.name_sort",
    SortColumn.STATE: f"CASE campaigns.state {_PLACES} END",
    SortColumn.TYPE: "campaigns.call_type",
    SortColumn.WINDOW: "campaigns.window_sort",
    SortColumn.NUMBERS: "campaigns.numbers",
    SortColumn.UPDATED: "campaigns.updated_at",
}


class Campaigns(Part):
    def get(self, campaign: int) -> Campaign:
        """NoSuchCampaign."""
        row = self._database.one(f"{CAMPAIGNS} WHERE campaigns.id = ?", (campaign,))
        if row is None:
            raise NoSuchCampaign(campaign)
        with legible(self._database):
            return campaign_of(row)

    def find(self, profile: str, provider_id: int) -> Campaign | None:
        """The campaign that the provider knows by this ID; a deleted one too."""
        row = self._database.one(f"{CAMPAIGNS} WHERE campaigns.profile = ? AND campaigns.provider_id = ?",
                                 (profile, provider_id))
        with legible(self._database):
            return None if row is None else campaign_of(row)

    def page(self, profile: str, *, filter: ListFilter = _EVERYTHING,  # noqa: A002 - what it is called on the screen
             sort: Sort = _NEWEST_FIRST, offset: int = 0, limit: int) -> list[Campaign]:
        """`limit` campaigns from the `offset`-th on, in order; equal ones in the order in which they were made."""
        where, values = self._where(profile, filter)
        direction = "DESC" if sort.descending else "ASC"
        rows = self._database.all(
            f"{CAMPAIGNS} WHERE {where} ORDER BY {_COLUMNS[sort.column]} {direction}, campaigns.id {direction} "
            "LIMIT ? OFFSET ?", (*values, limit, offset))
        with legible(self._database):
            return [campaign_of(row) for row in rows]

    def count(self, profile: str, filter: ListFilter = _EVERYTHING) -> int:  # noqa: A002 - as in `page`
        where, values = self._where(profile, filter)
        return self._database.number(f"SELECT count(*) FROM campaigns WHERE {where}", values)  # noqa: S608 - our texts

    def counts(self, profile: str) -> dict[State, int]:
        """How many there are in each state, deleted ones included; states without any are left out."""
        rows = self._database.all("SELECT state, count(*) AS many FROM campaigns WHERE profile = ? GROUP BY state",
                                  (profile,))
        with legible(self._database):
            return {State(row["state"]): int(row["many"]) for row in rows}

    def adopt_foreign(self, profile: str, provider_id: int, name: str, state: State) -> int:
        """Take in a campaign that was made elsewhere, as on or off. AlreadyKnown where this profile has that ID."""
        if state not in (State.ON, State.OFF):
            raise ValueError(state)
        with self._database.write():
            known = self._known(profile, provider_id)
            if known is not None:
                raise self._already_known(known["id"], provider_id)
            return self._insert(profile, {"name": name}, state, provider_id=provider_id, adopted=1)

    def _where(self, profile: str, chosen: ListFilter) -> tuple[str, tuple[str, ...]]:
        """The conditions of a filter and the values of their placeholders."""
        where, values = ["campaigns.profile = ?"], [profile]
        if chosen.states:
            where.append(f"campaigns.state IN ({', '.join('?' * len(chosen.states))})")
            values += sorted(chosen.states)
        elif not chosen.deleted:
            where.append("campaigns.state <> 'deleted'")
        if chosen.call_type is not None:
            where.append("campaigns.call_type = ?")
            values.append(chosen.call_type)
        for word in self._context.fold(chosen.words).split():
            where.append("campaigns.name_folded LIKE ? ESCAPE '!'")
            values.append(f"%{literally(word)}%")
        return " AND ".join(where), tuple(values)
