"""The list of campaigns as it is read from the store: which of them, in which order, how many of each state."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from tui.app.screen import AppScreen
from tui.campaign.lifecycle import State
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.operations.overview import LIST, Overview, Page, order_of, order_text, read_overview, read_page
from tui.screens.campaign_rows import LARGEST_FIRST, SORTED_BY, CampaignTable, Rows, columns
from tui.screens.side_pane import SidePane
from tui.store import Campaign, ListFilter, Sort, SortColumn, Totals
from tui.store.values import NO_TOTALS
from tui.text.formats import clock_text, sentence, state_sign
from tui.text.keys import STATE
from tui.widgets.counts import Count, CountsLine
from tui.widgets.editors import TextLine
from tui.widgets.lines import KeyLine, Note, TitleLine
from tui.widgets.table import Row, Table

_SORTED_BY: Final = TextKeys("screens.sort.{}", SortColumn)

EVERY = "all"
PENDING = "pending"
# In the order in which one looks for them.
STATES = (State.ON, State.OFF, State.UNKNOWN, State.DRAFT, State.UNCONFIRMED, State.REJECTED, State.LAUNCHING,
          State.FINISHED, State.MISSING, State.DELETED)


class CampaignList(AppScreen[None]):
    """Every campaign that the filter names, as the store remembers it."""

    def __init__(self) -> None:
        super().__init__()
        self.filter_text = ""
        self.filter = ListFilter()
        self.sort = Sort()
        self.rows: dict[int, Campaign] = {}
        self.count = 0
        self.counts: dict[State, int] = {}
        self.totals: dict[int, Totals] = {}
        self.marked: set[int] = set()
        self.silent: dict[int, dt.datetime] = {}  # campaigns of which nothing comes in, and since when
        self.goes_to: int | None = None  # the campaign to which the cursor goes when the list is read next
        self._rows = Rows()
        self._seen: Overview | None = None  # as which the list was read last

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        yield CountsLine(id="counts")
        with Horizontal(id="filters"):
            yield TextLine(placeholder=say("screens.campaigns.filter"), compact=True, select_on_focus=False,
                           id="filter")
            yield Note(id="marked")
        with Horizontal(id="middle"):
            yield CampaignTable(columns(profiles=False), id="campaigns")
            yield Note(id="empty")
            yield SidePane(id="side")
        yield Note(id="line")
        yield KeyLine()
        yield Note(id="said")

    def remembered(self) -> None:
        """What was chosen in the list when it was last seen."""
        state = self.santral.session.state
        self.sort = order_of(state.sorting.get(LIST, ""))
        if text := state.filters.get(LIST, ""):
            self._take_filter(text)
            with self.prevent(Input.Changed):
                self.query_one("#filter", Input).value = text

    def remember(self) -> None:
        """Keep what is chosen in the list. Nobody waits for it."""
        state = self.santral.session.state
        chosen = replace(state, sorting={**state.sorting, LIST: order_text(self.sort)},
                         filters={**state.filters, LIST: self.filter_text})
        if chosen != state:
            self.santral.keep(chosen)

    def title_right(self) -> str:
        return "   ".join(part for part in (self.health_text(), clock_text(self.services.now())) if part)

    def health_text(self) -> str:
        """How the receiver is, in a few words."""
        return ""

    # reading

    def show_first_look(self) -> bool:
        """Show what was asked for while the program was loaded, if it has come: it is in the first picture then."""
        session = self.santral.session
        first, session.first_look = session.first_look, None
        if first is None or not first.done() or first.exception() is not None:
            return False
        self._show(first.result())
        return True

    async def reload(self, *, anew: bool = False) -> None:
        """Ask the store; the cursor stays on its campaign. `anew`: another list, which begins at its first row."""
        services, table, chosen = self.services, self.query_one(CampaignTable), self._chosen
        height = max(table.size.height, 20)
        start = 0 if anew else max(0, int(table.scroll_offset.y) - table.size.height)
        seen = await services.thread(read_overview, services.store, services.profile.name, self.filter, self.sort,
                                     start, 3 * height)
        if chosen == self._chosen:  # else another list was asked for meanwhile, and is on its way
            self._show(seen, anew=anew)

    def _show(self, seen: Overview, *, anew: bool = False) -> None:
        table, here = self.query_one(CampaignTable), self.current  # where the cursor has come to by now
        held = self.goes_to or (here.id if here is not None else None)
        self.rows = {}
        self._take(seen.page)
        self.count, self.counts, self._seen = seen.count, dict(seen.counts), seen
        place = next((row for row, campaign in self.rows.items() if campaign.id == held), None)
        table.show(columns(profiles=self._several_profiles))
        self._show_order(table)
        table.renew(self.count, seen.page.start, self._made(seen.page), cursor=0 if anew and place is None else place)
        self.tell_counts(seen)
        self.tell_marked()
        self.tell_current()

    async def read_anew(self) -> None:
        """Wait for another list that is being read: what is typed ahead is for its rows."""
        if any(worker.group == "anew" and worker.is_running for worker in self.workers):
            self.workers.cancel_group(self, "anew")
            await self._guarded(partial(self.reload, anew=True))

    @on(Table.Wanted)
    def fetch(self, event: Table.Wanted) -> None:
        self.work(partial(self._fetch, event.start, event.end), group="page", exclusive=True)

    async def _fetch(self, start: int, stop: int) -> None:
        services, chosen = self.services, self._chosen
        page = await services.thread(read_page, services.store, services.profile.name, self.filter, self.sort, start,
                                     stop - start)
        if chosen != self._chosen:
            return
        self._take(page)
        self.query_one(CampaignTable).put(start, self._made(page))
        self.tell_current()

    def _take(self, page: Page) -> None:
        self.rows |= {page.start + place: campaign for place, campaign in enumerate(page.campaigns)}
        self.totals |= page.totals

    def _made(self, page: Page) -> list[Row]:
        return [self.row_of(campaign) for campaign in page.campaigns]

    def row_of(self, campaign: Campaign) -> Row:
        totals = self.totals.get(campaign.id, NO_TOTALS)
        return self._rows.row(campaign, totals, self.services.now(), self.silent, self.marked)

    def refresh_texts(self) -> None:
        table = self.query_one(CampaignTable)
        table.show(columns(profiles=self._several_profiles))
        self._rows.forget()
        for place, campaign in self.rows.items():
            table.put(place, [self.row_of(campaign)])
        self._retell_filter()
        if self._seen is not None:
            self.tell_counts(self._seen)
        self.tell_marked()
        self.tell_current()

    @property
    def _chosen(self) -> tuple[str, ListFilter, Sort]:
        """Which list it is."""
        return self.services.profile.name, self.filter, self.sort

    @property
    def states_shown(self) -> int:
        """How many counts by state there are; 0 while the list is being read."""
        return len(self.query_one(CountsLine).counts)

    @property
    def width(self) -> int:
        """Of the terminal, in cells."""
        return self.app.size.width

    @property
    def current(self) -> Campaign | None:
        """The campaign that the cursor is on."""
        return self.rows.get(self.query_one(CampaignTable).cursor)

    @property
    def _several_profiles(self) -> bool:
        return self.filter.profiles is not None and self.filter.profiles != {self.services.profile.name}

    def tell_counts(self, seen: Overview) -> None:
        title = self.query_one(TitleLine)
        title.left, title.right = say("screens.title", profile=self.services.profile.name), self.title_right()
        self.query_one(CountsLine).counts = tuple(self._counts(seen))
        empty, table = self.query_one("#empty", Note), self.query_one(CampaignTable)
        empty.text = say("screens.campaigns.nothing_found" if self.filter_text.strip() else "screens.campaigns.empty")
        empty.display = self.count == 0
        if not self.count and self.focused is table:
            self.set_focus(None)  # else it would go to the filter, and a letter would be text
        table.display = self.count > 0
        if self.count and self.focused is None:
            table.focus()

    def _counts(self, seen: Overview) -> list[Count]:
        chosen = self.filter.states or frozenset()
        whole = sum(seen.counts.values()) - seen.counts.get(State.DELETED, 0)
        told = [Count(EVERY, "", say("screens.campaigns.all"), whole, not chosen and not self.filter.pending)]
        for state in STATES:
            if seen.counts.get(state) or state in chosen:
                sign, word = state_sign(state), say(STATE[state])
                told.append(Count(state, sign, word, seen.counts.get(state, 0), state in chosen))
        if seen.pending or self.filter.pending:
            word = say("operations.list_filter.pending")
            told.append(Count(PENDING, state_sign(State.LAUNCHING), word, seen.pending, bool(self.filter.pending)))
        return told

    def tell_current(self) -> None:
        """The cursor is on another campaign, or that one has changed."""

    def tell_marked(self) -> None:
        """Others are marked."""

    # filter

    def action_filter(self) -> None:
        box = self.query_one("#filter", Input)
        self.set_focus(box)
        box.cursor_position = len(box.value)

    def _take_filter(self, text: str) -> bool:
        """Whether the list is another now. What can't be read is told beneath the line and leaves it as it is."""
        before, self.filter_text = self.filter, text
        said = self.query_one("#said", Note)
        said.text = ""
        if text.strip():
            from tui.operations.list_filter import BadFilter, read_filter

            try:
                self.filter = read_filter(text, self.santral.config.profiles, deleted=self.filter.deleted)
            except BadFilter as bad:
                said.text, said.tone = sentence(bad.reason), "" if bad.unfinished else "bad"
                if bad.unfinished:
                    self.filter = bad.before
        else:
            self.filter = ListFilter(deleted=self.filter.deleted)
        said.display = bool(said.text)
        return self.filter != before

    def _retell_filter(self) -> None:
        """Read it anew: what is told against it names words of the language."""
        said = self.query_one("#said", Note)
        tone = said.tone
        self._take_filter(self.filter_text)
        said.tone = tone

    @on(Input.Changed, "#filter")
    def _filter_typed(self, event: Input.Changed) -> None:
        if event.value != self.filter_text and self._take_filter(event.value):
            self.work(partial(self.reload, anew=True), group="anew", exclusive=True)

    @on(Input.Submitted, "#filter")
    async def _filter_done(self) -> None:
        await self.read_anew()
        said = self.query_one("#said", Note)
        if said.display:  # it isn't one yet: what was typed stays, and so does what is shown
            said.tone = "bad"
            return
        self.leave_filter()

    def leave_filter(self) -> None:
        """Back to the list; what the filter says stays."""
        self.remember()
        self.set_focus(self.query_one(CampaignTable) if self.count else None)

    def put_filter(self, text: str) -> None:
        """Filter by another text."""
        box = self.query_one("#filter", Input)
        with self.prevent(Input.Changed):
            box.value = text
        if self._take_filter(text):
            self.work(partial(self.reload, anew=True), group="anew", exclusive=True)
        self.remember()

    @on(CountsLine.Chosen)
    def _count_chosen(self, event: CountsLine.Chosen) -> None:
        from tui.operations.list_filter import with_state

        state = None if event.key == EVERY else PENDING if event.key == PENDING else State(event.key)
        self.put_filter(with_state(self.filter_text, state))

    async def action_state(self, step: int) -> None:
        """Go on to the next of the counts."""
        line = self.query_one(CountsLine)
        if line.counts:
            here = next((place for place, count in enumerate(line.counts) if count.chosen), 0)
            chosen = line.counts[(here + step) % len(line.counts)]
            self._count_chosen(CountsLine.Chosen(line, chosen.key))
            await self.read_anew()

    def action_deleted(self) -> None:
        self.filter = replace(self.filter, deleted=not self.filter.deleted)
        self._take_filter(self.filter_text)
        key = "screens.campaigns.with_deleted" if self.filter.deleted else "screens.campaigns.without_deleted"
        self.notify(say(key))
        self.work(self.reload)

    # order

    async def action_sort(self) -> None:
        """By the next of the columns that are shown, and after the last of them by the last change."""
        shown = [SORTED_BY[column] for column in self.query_one(CampaignTable).shown]
        order = [*dict.fromkeys(shown), SortColumn.UPDATED]
        place = order.index(self.sort.column) if self.sort.column in order else -1
        column = order[(place + 1) % len(order)]
        self._sort_by(Sort(column, column in LARGEST_FIRST))
        await self.read_anew()

    async def action_sort_back(self) -> None:
        self._sort_by(replace(self.sort, descending=not self.sort.descending))
        await self.read_anew()

    @on(Table.HeadingClicked)
    def _heading(self, event: Table.HeadingClicked) -> None:
        column = SORTED_BY[event.column]
        same = column is self.sort.column
        self._sort_by(Sort(column, not self.sort.descending if same else column in LARGEST_FIRST))

    def _sort_by(self, sort: Sort) -> None:
        self.sort = sort
        if sort.column not in map(SORTED_BY.get, self.query_one(CampaignTable).shown):  # else its heading shows it
            key = "screens.campaigns.sorted_down" if sort.descending else "screens.campaigns.sorted_up"
            self.notify(say(key, column=say(_SORTED_BY[sort.column])))
        self.work(partial(self.reload, anew=True), group="anew", exclusive=True)
        self.remember()

    def _show_order(self, table: CampaignTable) -> None:
        heading = next((column for column in table.shown if SORTED_BY[column] is self.sort.column), "")
        if (table.heading, table.descending) != (heading, self.sort.descending):
            table.heading, table.descending = heading, self.sort.descending
            table.refresh()
