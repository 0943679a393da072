"""What the list of campaigns shows, read in one go: each trip to the store's thread would cost a turn of the loop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from tui.campaign.lifecycle import State
from tui.store import Campaign, ListFilter, Sort, SortColumn, Store, Totals

LIST: Final = "campaigns"  # the list's name, where what was chosen in it is kept
FIRST_ROWS: Final = 60


class CampaignPage(Struct, frozen=True):
    """Some campaigns of the list, from the `start`-th on, and the figures of those that the provider has or had.

    `together`: over all lives, of those that are the last of several.
    """

    start: int
    campaigns: list[Campaign]
    totals: Mapping[int, Totals]
    together: Mapping[int, Totals]


class Overview(Struct, frozen=True):
    """A page, how many the filter names, and how many there are in each state and are being switched."""

    page: CampaignPage
    count: int
    counts: Mapping[State, int]
    pending: int


class FirstLook(Struct, frozen=True):
    """The beginning of the list, as it was when the store had that version."""

    version: int
    overview: Overview


def order_of(text: str) -> Sort:
    """How the list was sorted, as `order_text` keeps it; as at first where that names no order."""
    column = text.removeprefix("-")
    return Sort(SortColumn(column), text.startswith("-")) if column in list(SortColumn) else Sort()


def order_text(sort: Sort) -> str:
    """How an order is kept: the column, with a minus before it where it descends."""
    return f"{'-' if sort.descending else ''}{sort.column}"


def read_page(store: Store, profile: str, chosen: ListFilter, sort: Sort, start: int, limit: int) -> CampaignPage:
    """Up to `limit` campaigns from the `start`-th on. It asks the store, which blocks."""
    campaigns = store.campaigns.page(profile, filter=chosen, sort=sort, offset=start, limit=limit)
    known = [campaign.id for campaign in campaigns if campaign.provider_id is not None]
    last = [campaign.id for campaign in campaigns if campaign.is_last_of_several]
    return CampaignPage(start, campaigns, store.figures.totals_of(known) if known else {},
                        store.lives.totals_of_last(last) if last else {})


def read_overview(store: Store, profile: str, chosen: ListFilter, sort: Sort, start: int, limit: int) -> Overview:
    """A page with the counts of all that there are. It asks the store, which blocks."""
    profiles = (profile,) if chosen.profiles is None else tuple(chosen.profiles)
    counts = store.campaigns.counts(*profiles)
    count = count_of_states(chosen, counts) if chosen.by_state else store.campaigns.count(profile, chosen)
    page = read_page(store, profile, chosen, sort, start, limit)
    return Overview(page, count, counts, store.campaigns.pending(*profiles))


def look_first(store: Store, profile: str, sort: Sort) -> FirstLook:
    """It asks the store, which blocks."""
    return FirstLook(store.data_version(), read_overview(store, profile, ListFilter(), sort, 0, FIRST_ROWS))


def count_of_states(chosen: ListFilter, counts: Mapping[State, int]) -> int:
    """How many a filter of states alone names."""
    states = frozenset(State) if chosen.states is None else chosen.states
    if chosen.states is None and not chosen.deleted:
        states -= {State.DELETED}
    return sum(counts.get(state, 0) for state in states)
