"""What is known of one number, over all campaigns and profiles of the store. Times are aware, in UTC."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from msgspec import Struct, field

from tui.campaign.reach import Cause
from tui.campaign.results import Attempt
from tui.store.call_details import CallDetail
from tui.store.consents import Consent
from tui.store.list_values import DroppedNumber, StoredNumber
from tui.store.result_values import DoNotCallChange, DoNotCallEvent
from tui.store.values import Campaign, Totals


class Refusal(Struct, frozen=True):
    """That a number must not be called by the campaigns of a profile."""

    profile: str
    source: Cause
    at: dt.datetime | None  # when it was put on the list; of others' lists: when the list was read last, where known
    campaign: int | None = None  # in which the key was pressed
    reason: str = ""  # as somebody said it
    by_user: str = ""  # who put it on the list; "" where that is not known


class PersonConsents(Struct, frozen=True):
    """What the İYS file of a profile says of a number: nothing where it does not have it."""

    profile: str
    file_at: dt.datetime  # when the file was written
    consents: tuple[Consent, ...]


class ListChange(Struct, frozen=True):
    """What was done with a number on the do-not-call list of a profile."""

    profile: str
    change: DoNotCallChange


class PersonNote(Struct, frozen=True):
    """What somebody wrote of a number in a profile."""

    profile: str
    text: str
    at: dt.datetime
    by_user: str = ""


class PersonCampaign(Struct, frozen=True):
    """A campaign that has to do with a number, and what it has to do with it."""

    campaign: Campaign
    totals: Totals
    rows: tuple[StoredNumber, ...] = ()  # of its list, in order: those that have the number
    dropped: tuple[DroppedNumber, ...] = ()  # rows with the number that were taken out of its list, the newest first
    calls: tuple[Attempt, ...] = ()  # the newest first
    final: bool = False  # whether a result says that the campaign doesn't call the number any more

    @property
    def unlisted(self) -> bool:
        """Whether it was called, and is not in the list."""
        return bool(self.calls) and not any(row.problem is None for row in self.rows)

    @property
    def last_at(self) -> dt.datetime:
        """By which campaigns are put in order: the last call, else the launch, else when it was made."""
        if self.calls:
            return self.calls[0].at
        return self.campaign.launched_at or self.campaign.created_at


class Person(Struct, frozen=True):
    """All that is known of a number. `phone` is as it is sent."""

    phone: str
    campaigns: tuple[PersonCampaign, ...] = ()  # the newest first
    refusals: tuple[Refusal, ...] = ()  # by profile
    changes: tuple[ListChange, ...] = ()  # what was done with it on do-not-call lists, the newest first
    consents: tuple[PersonConsents, ...] = ()  # of profiles that have imported any
    others: Mapping[int, Campaign] = field(default_factory=dict)  # campaigns that those above, or a refusal, name
    notes: tuple[PersonNote, ...] = ()  # by profile
    # How calls went of which that was asked, by profile and `call_uuid`.
    details: Mapping[tuple[str, str], CallDetail] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        """Whether there is anything."""
        return bool(self.campaigns or self.refusals or self.changes or self.notes
                    or any(each.consents for each in self.consents))

    def detail(self, each: PersonCampaign, call: Attempt) -> CallDetail | None:
        """How one of its calls went; None where that was not asked."""
        return self.details.get((each.campaign.profile, call.call_uuid))

    @property
    def earlier_changes(self) -> tuple[ListChange, ...]:
        """Without the one by which it came to be on a list that it is on still: the refusal says the same."""
        since = {(each.profile, each.at) for each in self.refusals}
        return tuple(each for each in self.changes if each.change.event is not DoNotCallEvent.ADDED
                     or (each.profile, each.change.at) not in since)

    @property
    def references(self) -> tuple[str, ...]:
        """By what rows with the number are known, each once, those of the newest campaign first."""
        found: dict[str, None] = {}
        for each in self.campaigns:
            found |= dict.fromkeys(row.reference for row in each.rows)
            found |= dict.fromkeys(row.reference for row in each.dropped)
        return tuple(filter(None, found))

    @property
    def calls(self) -> int:
        """How often it was called, as far as is known."""
        return sum(len(each.calls) for each in self.campaigns)

    @property
    def answered(self) -> int:
        """How many of these calls were answered."""
        return sum(call.answered for each in self.campaigns for call in each.calls)
