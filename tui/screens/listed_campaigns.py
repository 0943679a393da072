"""The list of campaigns as it is read from the store: which of them, in which order, and their rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Final

from msgspec.structs import replace

from tui.app.screen import AppScreen
from tui.operations.overview import CampaignPage, Overview, read_overview, read_page
from tui.screens.campaign_marks import CampaignMarks
from tui.screens.campaign_rows import LARGEST_FIRST, SORTED_BY, CampaignRows, CampaignTable, columns
from tui.screens.incoming import Incoming
from tui.store import Campaign, ListFilter, Sort, SortColumn, Totals
from tui.store.values import NO_TOTALS
from tui.widgets.paged_table import PagedTable
from tui.widgets.table import Row

_READING_ANEW: Final = "anew"  # the work of reading another list


class ListedCampaigns:
    """The campaigns that `filter` names, sorted by `sort`, as a screen's `CampaignTable` shows them.

    `shown` is called when the list has been read again, `came` when rows have come that were scrolled to.
    """

    def __init__(self, screen: AppScreen[None], marks: CampaignMarks, incoming: Incoming, *,
                 shown: Callable[[], None], came: Callable[[], None]) -> None:
        self._screen = screen
        self._shown = shown
        self._came = came
        self._marks = marks
        self._incoming = incoming
        self.filter = ListFilter()
        self.sort = Sort()
        self.goes_to: int | None = None  # the campaign to which the cursor goes when the list is read next
        self.overview: Overview | None = None  # as which the list was read last
        self.pages = PagedTable(lambda: self.table, query=self._query, read_page=self._read_page,
                                identity=lambda campaign: campaign.id, row=self._row)
        self._rows = CampaignRows()
        self._totals: dict[int, Totals] = {}
        self._together: dict[int, Totals] = {}  # over all lives, by the last one

    @property
    def table(self) -> CampaignTable:
        return self._screen.query_one(CampaignTable)

    @property
    def current(self) -> Campaign | None:
        """The campaign under the cursor."""
        return self.pages.current

    @property
    def count(self) -> int:
        """How many the filter names."""
        return self.pages.count

    def _query(self) -> tuple[str, ListFilter, Sort]:
        return self._screen.services.profile.name, self.filter, self.sort

    # reading

    async def reload(self, *, anew: bool = False) -> None:
        """Ask the store; the cursor stays on its campaign. `anew`: another list, which begins at its first row.

        Where yet another is asked for meanwhile, that one is on its way, and this is not shown.
        """
        start, limit = self.pages.span(from_top=anew)
        seen = await self.pages.if_still_asked(self._read(start, limit))
        if seen is not None:
            self.show(seen, anew=anew)

    def read_anew(self) -> None:
        """Another list was asked for."""
        self._screen.work(partial(self.reload, anew=True), group=_READING_ANEW, exclusive=True)

    async def read_at_once(self) -> None:
        """Wait for another list that is being read."""
        screen = self._screen
        if any(worker.group == _READING_ANEW and worker.is_running for worker in screen.workers):
            screen.workers.cancel_group(screen, _READING_ANEW)
            await screen.screen_work.guarded(partial(self.reload, anew=True))

    async def fetch(self, start: int, end: int) -> None:
        """Read rows that have come into view."""
        await self.pages.fetch(start, end)
        self._came()

    async def _read(self, start: int, limit: int) -> Overview:
        services = self._screen.services
        return await services.thread(read_overview, services.store, services.profile.name, self.filter, self.sort,
                                     start, limit)

    async def _read_page(self, start: int, limit: int) -> Sequence[Campaign]:
        services = self._screen.services
        page = await services.thread(read_page, services.store, services.profile.name, self.filter, self.sort, start,
                                     limit)
        return self._campaigns_of(page)

    def _campaigns_of(self, page: CampaignPage) -> Sequence[Campaign]:
        self._totals |= page.totals
        for campaign in page.campaigns:
            self._together.pop(campaign.id, None)  # another has taken its place
        self._together |= page.together
        return page.campaigns

    async def ids(self, first: int = 0, last: int | None = None) -> Collection[int]:
        """The IDs of the campaigns in the rows from `first` to `last`; without that, of all that are listed."""
        services, listed = self._screen.services, self._screen.services.store.campaigns.ids
        if last is None:
            return await services.thread(listed, services.profile.name, self.filter)
        return await services.thread(listed, services.profile.name, self.filter, self.sort, offset=first,
                                     limit=last - first + 1)

    def show(self, seen: Overview, *, anew: bool = False) -> None:
        """The cursor stays on its campaign, or goes to `goes_to`."""
        self.overview = seen
        self._show_columns()
        self.pages.show(seen.count, seen.page.start, self._campaigns_of(seen.page), select=self.goes_to, from_top=anew)
        self._shown()

    def refresh(self) -> None:
        """Show what has been read in the language in use now."""
        self._show_columns()
        self._rows.forget()
        self.pages.repaint()

    def repaint(self, campaigns: Collection[int]) -> None:
        """Show these as they are now: their marks have changed."""
        self.pages.repaint(lambda campaign: campaign.id in campaigns)

    def _show_columns(self) -> None:
        table, profiles = self.table, self.filter.profiles
        table.show(columns(profiles=profiles is not None and profiles != {self._screen.services.profile.name}))
        heading = next((column for column in table.shown if SORTED_BY[column] is self.sort.column), "")
        if (table.heading, table.descending) != (heading, self.sort.descending):
            table.heading, table.descending = heading, self.sort.descending
            table.refresh()

    def _row(self, campaign: Campaign) -> Row:
        totals = self._totals.get(campaign.id, NO_TOTALS)
        return self._rows.row(campaign, totals, self._screen.services.now(), self._incoming.silent, self._marks.ids,
                              self._together.get(campaign.id))

    # order

    @property
    def order_is_shown(self) -> bool:
        """Whether a heading shows by what the list is sorted."""
        return self.sort.column in map(SORTED_BY.get, self.table.shown)

    def next_sort(self) -> Sort:
        """By the next of the columns that are shown, and after the last of them by the last change."""
        order = [*dict.fromkeys(SORTED_BY[column] for column in self.table.shown), SortColumn.UPDATED]
        place = order.index(self.sort.column) if self.sort.column in order else -1
        return _sort_by(order[(place + 1) % len(order)])

    def sort_back(self) -> Sort:
        """By the same column, the other way round."""
        return replace(self.sort, descending=not self.sort.descending)

    def sort_of(self, heading: str) -> Sort:
        """By the column under a heading that was clicked; by the one it is sorted by already, the other way round."""
        column = SORTED_BY[heading]
        return self.sort_back() if column is self.sort.column else _sort_by(column)


def _sort_by(column: SortColumn) -> Sort:
    return Sort(column, column in LARGEST_FIRST)
