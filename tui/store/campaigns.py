"""The list of campaigns: one by one, by the page, counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from tui.campaign.states import Action, State
from tui.store.errors import NoSuchCampaign
from tui.store.list_query import IN_FLIGHT, SHOWN, UNSET, ListQuery
from tui.store.repository import Part, end_of
from tui.store.rows import ASKED_CAMPAIGNS, CAMPAIGNS, campaign_of, legible, moment, object_of
from tui.store.values import Campaign, ListFilter, Sort

_EVERYTHING: Final = ListFilter()
_NEWEST_FIRST: Final = Sort()
_ALL: Final = 1 << 62  # more than there can be
_IS_OVER: Final = "CASE WHEN campaigns.ends_at > '' AND campaigns.ends_at <= :now THEN 1 ELSE 0 END"
_PERHAPS_ON: Final = f"""
campaigns.profile = :profile AND campaigns.state IN ('on', 'off')
AND (campaigns.state = 'on' OR campaigns.unsure = 1 OR switches.action = :on OR {UNSET})
AND ({_IS_OVER} = 0 OR (:over = 1 AND (campaigns.missing = 0 OR campaigns.unsure = 1)))
ORDER BY {_IS_OVER}, campaigns.state DESC, campaigns.id
"""


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
        # Those that are passed over are read in an index alone.
        with self._database.read():
            return self._some(self._ids(profile, filter, sort, offset, limit))

    def ids(self, profile: str, filter: ListFilter = _EVERYTHING, sort: Sort = _NEWEST_FIRST,  # noqa: A002 - as in `page`
            *, offset: int = 0, limit: int = _ALL) -> list[int]:
        """Those of a page; of all that a filter names, where there is no limit."""
        return self._ids(profile, filter, sort, offset, limit)

    def some(self, campaigns: Iterable[int]) -> list[Campaign]:
        """These campaigns as they are now, in the order given; those that don't exist are left out."""
        with self._database.read():
            return self._some(list(campaigns))

    def count(self, profile: str, filter: ListFilter = _EVERYTHING) -> int:  # noqa: A002 - as in `page`
        sql, values = self._query(profile, filter).count()
        return self._database.number(sql, values)

    def counts(self, *profiles: str) -> dict[State, int]:
        """How many there are in each state as it is shown, deleted ones included; states without any are left out."""
        marks = ", ".join("?" * len(profiles))
        rows = self._database.all(
            f"SELECT state, count(*) AS many FROM (SELECT {SHOWN} AS state FROM campaigns "  # noqa: S608 - our own texts
            f"WHERE campaigns.profile IN ({marks})) AS shown GROUP BY state", (self._now(), *profiles))
        with legible(self._database):
            return {State(row["state"]): int(row["many"]) for row in rows}

    def pending(self, *profiles: str) -> int:
        """How many have a switch on its way."""
        return self._database.number(
            f"SELECT count(*) FROM campaigns WHERE {IN_FLIGHT} "  # noqa: S608 - our own texts
            f"AND profile IN ({', '.join('?' * len(profiles))})", profiles)

    def perhaps_on(self, profile: str, *, over: bool = True) -> list[Campaign]:
        """What is on, or may be as nobody can say how it was last set: those whose hours are over last, unless not
        `over`.

        Whatever its results and this machine's clock tell: that nobody is left to be called, or that it is too late, is
        worked out, and nobody's word.
        """
        rows = self._database.all(f"{CAMPAIGNS} WHERE {_PERHAPS_ON}", {
            "profile": profile, "now": self._now(), "on": Action.ON, "over": int(over)})
        with legible(self._database):
            return [campaign_of(row) for row in rows]

    def work_out_ends(self) -> None:
        """When the hours of those are over that were launched before that was kept."""
        old = ("SELECT campaigns.id AS id, fields, adopted, max(asked_at) AS launched_at FROM campaigns "
               "LEFT JOIN launches ON launches.campaign_id = campaigns.id WHERE ends_at IS NULL "
               "AND state IN ('launching', 'unconfirmed', 'on', 'off') GROUP BY campaigns.id, fields, adopted")
        if not self._database.all(f"{old} LIMIT 1"):
            return
        with self._database.write(), legible(self._database):
            for row in self._database.all(old):
                known = not row["adopted"] and row["launched_at"] is not None
                end = end_of(object_of(row["fields"]), moment(row["launched_at"])) if known else ""
                self._database.run("UPDATE campaigns SET ends_at = ? WHERE id = ?", (end, row["id"]))

    def adopt_foreign(self, profile: str, provider_id: int, name: str, state: State) -> int:
        """Take in a campaign that was made elsewhere, as on or off. AlreadyKnown where this profile has that ID."""
        if state not in (State.ON, State.OFF):
            raise ValueError(state)
        with self._database.write():
            known = self._known(profile, provider_id)
            if known is not None:
                raise self._already_known(known["id"], provider_id)
            return self._insert(profile, {"name": name}, state, provider_id=provider_id, adopted=1)

    def _query(self, profile: str, chosen: ListFilter) -> ListQuery:
        return ListQuery(profile, chosen, self._now(), self._context.fold)

    def _ids(self, profile: str, chosen: ListFilter, sort: Sort, offset: int, limit: int) -> list[int]:
        sql, values = self._query(profile, chosen).ids(sort, offset, limit)
        return [int(row["id"]) for row in self._database.all(sql, values)]

    def _some(self, campaigns: Sequence[int]) -> list[Campaign]:
        with legible(self._database):
            found = {row["id"]: campaign_of(row) for row in self._among(ASKED_CAMPAIGNS, campaigns)}
        return [found[campaign] for campaign in campaigns if campaign in found]
