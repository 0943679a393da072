"""The numbers of a campaign with what came of each: which of them are listed, and their rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from msgspec.structs import replace

from tui.app.screen import AppScreen
from tui.campaign.phone import possible_phones, readable_phone
from tui.core.text_keys import TextKeys
from tui.i18n.words import grouped, say
from tui.operations.campaign_results import ResultFigures, ResultPage, read_page
from tui.screens.filtered_table import FilteredTable
from tui.screens.references import ROOM, ReferenceColumn
from tui.store import ResultFilter, ResultRow
from tui.text.formats import moment_text, short
from tui.text.results import digit_text, filter_text
from tui.widgets.paged_table import PagedTable
from tui.widgets.table import Cell, Column, Row, Table

# One after another by `results.filter`; the name is that of its text.
FILTERS: Final = {
    "all": ResultFilter(), "called": ResultFilter(called=True), "answered": ResultFilter(answered=True),
    "not_answered": ResultFilter(called=True, answered=False), "not_called": ResultFilter(called=False),
    "open": ResultFilter(final=False),
}
_FILTER: Final = TextKeys("screens.results.filter_{}", FILTERS)


class ResultsList:
    """What `#results`, `#empty` and `#filters` of a screen show of a campaign."""

    def __init__(self, screen: AppScreen[None], campaign: int) -> None:
        self._screen = screen
        self._campaign = campaign
        self.filter = ResultFilter()
        self.life: int | None = None  # of several lives the one that is shown alone; None: all of them together
        self.figures: ResultFigures | None = None  # of the campaign; None till they are read
        self._references = ReferenceColumn()
        self.pages = PagedTable(
            lambda: screen.query_one("#results", Table), query=lambda: (self.filter, self.life),
            read_page=self._rows_of, identity=lambda row: row.position, row=self._row)
        self._name = "all"  # of the filter, among FILTERS
        self._table = FilteredTable(screen, "#results", self.pages, why_empty=self.why_empty, filters=self._filters)

    @property
    def current(self) -> ResultRow | None:
        """The number under the cursor."""
        return self.pages.current

    def columns(self) -> list[Column]:
        """Those of the table. Where there is little room, whom a row is about comes before how often and when."""
        room = ROOM if self._references.found else 0
        return [
            Column("phone", say("screens.results.phone"), 16),
            *self._references.columns(min_room=0),
            Column("status", say("screens.results.status")),
            Column("digit", say("screens.results.digit"), 16),
            Column("attempts", say("screens.results.attempts"), 7, right=True, min_room=room),
            Column("when", say("screens.results.when"), 13, min_room=room),
            self._references.phrase_column(),
        ]

    # reading

    async def read(self) -> ResultPage | None:
        """The page in view; None where another filter is chosen by then, whose rows are on their way."""
        start, limit = self.pages.span()
        return await self.pages.if_still_asked(self._page(start, limit))

    async def _page(self, start: int, limit: int) -> ResultPage:
        services = self._screen.services
        page = await services.thread(partial(read_page, services.store, self.life or self._campaign, self.filter, start,
                                             limit, alone=self.life is not None))
        self._look_for_references(page.rows)
        return page

    async def _rows_of(self, start: int, limit: int) -> Sequence[ResultRow]:
        return (await self._page(start, limit)).rows

    def _look_for_references(self, rows: Sequence[ResultRow]) -> None:
        if self._references.looked(row.reference for row in rows) and self._screen.is_attached:
            self._screen.query_one("#results", Table).show(self.columns())

    async def reload(self) -> None:
        page = await self.read()
        if page is not None:
            self.show(page)

    def show(self, page: ResultPage) -> None:
        """The cursor stays on its number."""
        self._table.show(page.count, page.start, page.rows)

    def refresh(self) -> None:
        """Show what has been read in the language in use now."""
        self._table.refresh()

    def _filters(self) -> str:
        narrowed = ResultFilter(status=self.filter.status, digit=self.filter.digit)
        narrowing = "" if narrowed == ResultFilter() else filter_text(narrowed)
        chips = [f"[{say(_FILTER[name])}]" if name == self._name else say(_FILTER[name])
                 for name in FILTERS if name == self._name or not narrowing]
        return f" = {grouped(self.pages.count)}   {'  '.join(chips)}   {narrowing}".rstrip()

    def why_empty(self) -> str:
        return say("screens.results.none" if self.filter == ResultFilter() else "screens.results.none_fits")

    def why_no_row(self) -> str:
        """Why there is no number under the cursor."""
        return say("screens.still_reading") if self.pages.count or self.figures is None else self.why_empty()

    # which life

    def next_life(self) -> int | None:
        """The next of the lives, to be shown alone; None after the last one: all of them."""
        lives = [life.id for life, _ in self.figures.lives] if self.figures is not None else []
        place = lives.index(self.life) + 1 if self.life in lives else 0
        return lives[place] if place < len(lives) else None

    # filters

    def step(self, step: int) -> ResultFilter:
        """The next of the filters, with what the list is narrowed to by status, digit and words."""
        names = list(FILTERS)
        self._name = names[(names.index(self._name) + step) % len(names)]
        return replace(FILTERS[self._name], status=self.filter.status, digit=self.filter.digit, words=self.filter.words)

    def everything(self) -> ResultFilter:
        """The filter that names all of them."""
        self._name = "all"
        return FILTERS[self._name]

    def _row(self, row: ResultRow) -> Row:
        now = self._screen.services.now()
        if not row.attempts:
            status = Cell(say("screens.results.not_called"), "muted")
        else:
            # What is not final is marked: colour alone does not say it.
            status = Cell(row.status if row.final else f"◌ {row.status}",
                          "on" if row.answered else "doubt" if not row.final else "")
        return {
            "phone": Cell(f"≠ {phone_text(row)}" if row.unlisted else phone_text(row)),
            "reference": Cell(row.reference), "status": status,
            "digit": Cell(digit_text(row.digit) or "—"),
            "attempts": Cell(grouped(row.attempts) if row.attempts else "—", "muted"),
            "when": Cell(moment_text(row.last_at, now) if row.last_at else "—", "muted"),
            "phrase": Cell(say("screens.results.stranger") if row.unlisted else row.phrase, "muted"),
        }


def phone_text(row: ResultRow) -> str:
    return readable_phone(row.phone) if row.phone.isdecimal() else row.phone


def typed_phone(row: ResultRow) -> str:
    """The number as one may type it. One in no list is as it was reported: that may as well be abroad."""
    return readable_phone(next(iter(possible_phones(row.phone)), row.phone))


def attempts_title(row: ResultRow) -> str:
    stranger = f"≠ {say('screens.results.stranger')}" if row.unlisted else ""
    return "  ".join(filter(None, (phone_text(row), short(row.reference), stranger)))
