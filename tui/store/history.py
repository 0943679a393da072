"""What happened to a campaign, from all that is remembered of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tui.campaign.lifecycle import AskedBy, State
from tui.store.columns import moment, reason_of
from tui.store.database import Row
from tui.store.repository import CAMPAIGN_BY_ID, Repository, campaign_of
from tui.store.values import Campaign, Event, HistoryEntry

_OUTCOMES: Final = {"created": Event.CREATED, "rejected": Event.REJECTED, "not_sent": Event.NOT_SENT,
                    "unconfirmed": Event.UNCONFIRMED}
_RESOLUTIONS: Final = {"answer": Event.FOUND, "adopted": Event.ID_GIVEN, "not_created": Event.SAID_NOT_CREATED,
                       "result": Event.TOLD}

_LAUNCHES: Final = "SELECT * FROM launches WHERE campaign_id = ? ORDER BY id"
_SWITCHES: Final = "SELECT * FROM switches WHERE campaign_id = ? ORDER BY id"


class History(Repository):
    """Put together from the campaign, its launches and its switches: nothing is written down for it."""

    def of(self, campaign: int) -> list[HistoryEntry]:
        """Newest first. NoSuchCampaign."""
        with self._database.read():
            row = self._database.one(CAMPAIGN_BY_ID, (campaign,))
            if row is None:
                raise self._refusal(campaign)
            launches = self._database.all(_LAUNCHES, (campaign,))
            switches = self._database.all(_SWITCHES, (campaign,))
        with self._database.legible():
            known = campaign_of(row)
            entries = list(_of_campaign(known))
            for launch in launches:
                entries += _of_launch(launch)
            for switch in switches:
                entries += _of_switch(switch)
            if known.put_away:
                entries.append(HistoryEntry(known.state_at, Event.PUT_AWAY))
        # Sorted by time alone, so that what happened in the same moment keeps its order.
        return sorted(entries, key=lambda entry: entry.at)[::-1]


def _of_campaign(campaign: Campaign) -> Iterator[HistoryEntry]:
    if campaign.found:
        yield HistoryEntry(campaign.created_at, Event.SEEN, provider_id=campaign.provider_id,
                           copied_from=campaign.copied_from)
    elif campaign.adopted:
        yield HistoryEntry(campaign.created_at, Event.ADOPTED, provider_id=campaign.provider_id,
                           copied_from=campaign.copied_from)
    elif campaign.test_of is not None:
        yield HistoryEntry(campaign.created_at, Event.TEST, copied_from=campaign.copied_from)
    elif campaign.replaces is not None:
        yield HistoryEntry(campaign.created_at, Event.REPLACES, copied_from=campaign.replaces)
    elif campaign.follows is not None:
        yield HistoryEntry(campaign.created_at, Event.FOLLOWS, copied_from=campaign.follows)
    elif campaign.copied_from is not None:
        yield HistoryEntry(campaign.created_at, Event.COPIED, copied_from=campaign.copied_from)
    else:
        yield HistoryEntry(campaign.created_at, Event.MADE)
    if campaign.state is State.DELETED and campaign.provider_id is None:
        yield HistoryEntry(campaign.state_at, Event.REMOVED)


def _of_launch(row: Row) -> Iterator[HistoryEntry]:
    yield HistoryEntry(moment(row["asked_at"]), Event.LAUNCHED, by=AskedBy(row["asked_by"]), numbers=row["numbers"])
    resolved = row["resolved_how"]
    if row["outcome"] is not None:
        # One that was resolved was unconfirmed first, whatever it is now.
        event = Event.UNCONFIRMED if resolved is not None else _OUTCOMES[row["outcome"]]
        if event is Event.CREATED and row["settled_how"] == "result":
            event = Event.TOLD
        yield HistoryEntry(moment(row["settled_at"]), event, reason=reason_of(row["reason"], row["reason_params"]),
                           provider_id=None if resolved is not None else row["provider_id"])
    if resolved is not None:
        yield HistoryEntry(moment(row["resolved_at"]), _RESOLUTIONS[resolved], provider_id=row["provider_id"])


def _of_switch(row: Row) -> Iterator[HistoryEntry]:
    yield HistoryEntry(moment(row["asked_at"]), Event(f"{row['action']}_asked"), by=AskedBy(row["asked_by"]))
    if row["outcome"] is not None:
        yield HistoryEntry(moment(row["settled_at"]), Event(f"{row['action']}_{row['outcome']}"),
                           reason=reason_of(row["reason"], row["reason_params"]))
