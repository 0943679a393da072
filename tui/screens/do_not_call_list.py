"""The numbers that are not to be called, as they are listed: by which list, and by the words that are looked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tui.app.screen import AppScreen
from tui.campaign.phone import readable_phone
from tui.core.text_keys import TextKeys
from tui.i18n.words import grouped, say
from tui.screens.filtered_table import FilteredTable
from tui.screens.references import ReferenceColumn, reference_text
from tui.store.do_not_call_pages import DoNotCallFilter, DoNotCallPage, DoNotCallSource, ListedNumber
from tui.text.do_not_call import SOURCE, why_text
from tui.text.formats import moment_text
from tui.widgets.command_owner import CommandOwner
from tui.widgets.paged_table import PagedTable
from tui.widgets.table import Cell, Column, Row, Table

_FILTER: Final = TextKeys("screens.dnc.filter_{}", DoNotCallFilter)
_TONES: Final = {DoNotCallSource.REMOVED: "off"}


class DoNotCallList(CommandOwner):
    """What `#refused`, `#empty` and `#filters` of a screen show."""

    def __init__(self, screen: AppScreen[None]) -> None:
        self._screen = screen
        self.chosen = DoNotCallFilter.ALL
        self.words = ""
        self.pages = PagedTable(
            lambda: screen.query_one("#refused", Table), query=lambda: (self.chosen, self.words),
            read_page=self._rows_of, identity=lambda number: (number.source, number.phone), row=self._row)
        self._table = FilteredTable(screen, "#refused", self.pages, why_empty=self._why_empty, filters=self._filters)
        self._column = ReferenceColumn()
        self._references: dict[str, str] = {}  # of numbers that were in view; "": it has none

    @property
    def current(self) -> ListedNumber | None:
        """The number under the cursor."""
        return self.pages.current

    def columns(self) -> list[Column]:
        return [
            Column("phone", say("screens.dnc.phone"), 16),
            *self._column.columns(),
            Column("since", say("screens.dnc.since"), 13),
            Column("source", say("screens.dnc.source"), 13, min_room=100),
            Column("why", say("screens.dnc.why")),
            Column("by", say("screens.dnc.by"), 14, min_room=100),
        ]

    # reading

    async def read(self) -> DoNotCallPage | None:
        """The page in view; None where another filter is chosen by then, whose rows are on their way."""
        start, limit = self.pages.span()
        return await self.pages.if_still_asked(self._page(start, limit))

    async def _page(self, start: int, limit: int) -> DoNotCallPage:
        services, pages = self._screen.services, self._screen.services.store.do_not_call_pages
        page = await services.thread(pages.read, services.profile.name, self.chosen, self.words, start, limit)
        new = {row.phone for row in page.rows} - self._references.keys()
        if new:
            known = await services.thread(pages.references, services.profile.name, new)
            self._references |= {phone: known.get(phone, "") for phone in new}
            if self._column.looked(known.values()) and self._screen.is_attached:
                self._screen.query_one(Table).show(self.columns())
        return page

    async def _rows_of(self, start: int, limit: int) -> Sequence[ListedNumber]:
        return (await self._page(start, limit)).rows

    async def reload(self) -> None:
        page = await self.read()
        if page is not None:
            self.show(page)

    def show(self, page: DoNotCallPage) -> None:
        """The cursor stays on its number."""
        self._table.show(page.count, page.start, page.rows)

    def refresh(self) -> None:
        """Show what has been read in the language in use now."""
        self._table.refresh()

    def _filters(self) -> str:
        chips = [f"[{say(_FILTER[each])}]" if each is self.chosen else say(_FILTER[each]) for each in DoNotCallFilter]
        return f" = {grouped(self.pages.count)}   {'  '.join(chips)}"

    def _why_empty(self) -> str:
        if self.words.strip():
            return say("screens.dnc.none_fits")
        return say("screens.dnc.none" if self.chosen is DoNotCallFilter.ALL else "screens.dnc.none_here")

    def why_no_row(self) -> str:
        """Why there is no number under the cursor."""
        return say("screens.still_reading") if self.pages.count or not self._table.read else self._why_empty()

    def _row(self, number: ListedNumber) -> Row:
        since = moment_text(number.at, self._screen.services.now()) if number.at is not None else "—"
        return {"phone": Cell(readable(number.phone), _TONES.get(number.source, "")),
                "reference": Cell(self._references.get(number.phone, "")), "since": Cell(since, "muted"),
                "source": Cell(say(SOURCE[number.source]), "muted"), "why": Cell(self._why(number)),
                "by": Cell(number.by_user, "muted")}

    def _why(self, number: ListedNumber) -> str:
        """Where there is no room for the column, with the reference."""
        known = reference_text(self._references.get(number.phone, ""), self._screen.query_one(Table))
        return f"{why_text(number)}   {known}" if known else why_text(number)

    # which are listed

    def _narrow(self, chosen: DoNotCallFilter, words: str) -> None:
        self.chosen, self.words = chosen, words
        self._screen.work(self.reload, group="filter", exclusive=True)

    def action_filter(self, step: int) -> None:
        filters = list(DoNotCallFilter)
        self._narrow(filters[(filters.index(self.chosen) + step) % len(filters)], self.words)

    def typed(self, words: str) -> None:
        self._narrow(self.chosen, words)

    def widen(self) -> bool:
        """All lists; False where all are listed."""
        if self.chosen is DoNotCallFilter.ALL:
            return False
        self._narrow(DoNotCallFilter.ALL, "")
        return True


def readable(phone: str) -> str:
    return readable_phone(phone) if phone.isdecimal() else phone
