"""Which rows of a draft's list are shown: the filters, the words that are searched, and how they are found."""

from __future__ import annotations

import math
from array import array
from typing import Final

from textual import on
from textual.widgets import Input

from tui.campaign.phone_list import Number, validate
from tui.core.text_keys import TextKeys
from tui.i18n.words import grouped, say
from tui.operations.suppression import find_called_before, find_suppressed, look_at_file, refresh_file
from tui.screens.numbers_list import NumbersList
from tui.store import RowFilter, Summary
from tui.text.formats import sentence
from tui.widgets.lines import Note
from tui.widgets.presence import gone
from tui.widgets.table import Table

SUPPRESSED: Final = "suppressed"
CALLED_BEFORE: Final = "called_before"
# One after another; the last two are looked for when they are come to.
COUNTED: Final[frozenset[str]] = frozenset(RowFilter)  # by the store, as it goes
FILTERS: Final = (*RowFilter, SUPPRESSED, CALLED_BEFORE)
FILTER_TEXT: Final = TextKeys("screens.numbers.filter_{}", FILTERS)
DAYS: Final = 30  # within which a call is asked about, unless another number is given


class Filtering(NumbersList):
    """The store counts most filters; for the words, and for whom not to call, the list is looked through."""

    def __init__(self, campaign_id: int) -> None:
        super().__init__(campaign_id)
        self.summary = Summary()
        self.words = ""
        self.count = 0
        self._days = DAYS

    def on_mount(self) -> None:
        self.query_one("#search").display = False
        self.work(self.reload, group="numbers")

    # what is shown

    async def reload(self, *, at_end: bool = False) -> None:
        """Read anew what the filter shows."""
        store, thread = self.form.services.store, self.form.services.thread
        await thread(validate, Number("05321234567"))  # loads the numbering plans beside the screen: it takes a while
        self.summary = await thread(store.numbers.summary, self.campaign_id)
        if gone(self):  # the form has other problems now all the same
            pass
        elif self._finds:
            self._look_for()
        else:
            self._show(at_end=at_end)
        await self.form.read_again()

    def _show(self, *, at_end: bool = False) -> None:
        summary, table = self.summary, self.query_one(Table)
        self.form.workers.cancel_group(self.form, "numbers-page")  # it reads rows of what was shown before
        self.rows.clear()
        self.count = len(self.hits) if self.hits is not None else summary.count(RowFilter(self.which))
        table.reset(self.count, cursor=self.count - 1 if at_end else None)
        # With an empty filter too, and where the last row has gone: the focus stays, and with it the keys (undo).
        table.display = summary.total > 0 or self.form.focused is table
        self._tell_filters()

    def _tell_filters(self) -> None:
        summary = self.summary
        if not summary.total:
            self.query_one("#list-filters", Note).text = say("screens.numbers.empty")
            return
        chips = []
        for name in FILTERS:
            count = summary.count(RowFilter(name)) if name in COUNTED else self.count if name == self.which else None
            here = name == self.which
            if count or here or count is None:
                many = "" if count is None else f" {grouped(count)}"
                text = f"{say(FILTER_TEXT[name])}{many}"
                chips.append(f"[{text}]" if here else text)
        if self.form.draft.keeps_repeats:
            chips.append(say("screens.numbers.repeats_kept"))
        if self.words:
            chips.append(f"= {grouped(self.count)}")
        self.query_one("#list-filters", Note).text = "  ".join(chips)

    def refresh_texts(self) -> None:
        """In another language."""
        if self.query_one("#list-filters", Note).text:  # else the list hasn't been read yet
            self._tell_filters()
        table = self.query_one(Table)
        for row, number in self.rows.items():
            table.put(row, [self.row_of(row, number)])
        if self.looking:
            self.form.tell_help(say("screens.numbers.looking"))
        elif self.form.focused is table:
            self.tell_row(table.cursor)

    # filters

    def action_filter(self, step: int) -> None:
        """To the next filter that shows rows, or that has to be looked through."""
        place = FILTERS.index(self.which)
        for _ in FILTERS:
            place = (place + step) % len(FILTERS)
            name = FILTERS[place]
            if name not in COUNTED or name == RowFilter.ALL or self.summary.count(RowFilter(name)):
                break
        self.which = FILTERS[place]
        self.begin()

    @property
    def _finds(self) -> bool:
        """Whether what is shown has to be looked for."""
        return bool(self.words) or self.which not in COUNTED

    def begin(self) -> None:
        """Show what the filter and the words name, however long it takes to find."""
        if gone(self):  # asked by a dialog over the form, which may be in another section since
            return
        self.hits, self.marks = None, None
        self.query_one(Table).cursor = 0
        if self._finds:
            self._look_for()
        else:
            self.form.workers.cancel_group(self.form, "numbers-find")
            self.looking = False
            self._show()

    def _look_for(self) -> None:
        self.looking = True
        self.work(self._find, group="numbers-find", exclusive=True)

    async def _find(self) -> None:
        try:
            if self.which not in COUNTED:
                self.form.tell_help(say("screens.numbers.looking"))
                await self._mark()
                self.form.tell_help("")
            else:
                await self._search()
        except Exception:
            self._show_all()  # what could not be found is not shown, nor what was found before
            raise
        self.looking = False
        self._show()

    def _show_all(self) -> None:
        self.which, self.words = RowFilter.ALL, ""
        with self.prevent(Input.Changed):
            self.query_one("#search", Input).value = ""
        self.form.tell_help("")
        self.begin()

    async def _mark(self) -> None:
        services = self.form.services
        if self.which == SUPPRESSED:
            await refresh_file(services)
            file = await look_at_file(services)
            marks = (await find_suppressed(services, self.campaign_id)).marks
            for reason in (*file.stops, *file.notices):
                self.form.notify(sentence(reason), severity="warning")
        else:
            marks = await find_called_before(services, self.campaign_id, self._days, progress=self._tell_looking)
        self.marks, self.hits = marks, marks.positions

    def _tell_looking(self, share: float) -> None:
        if self.looking:
            self.form.tell_help(say("screens.numbers.looking_share", percent=math.floor(100 * share)))

    async def _search(self) -> None:
        services, numbers = self.form.services, self.form.services.store.numbers
        hits, after = array("q"), 0
        again = self.hits is not None  # what was found before stays till all is
        while True:
            found = await services.thread(numbers.search, self.campaign_id, self.words, which=RowFilter(self.which),
                                          after=after)
            hits.extend(found.positions)
            if found.to is None:
                self.hits = hits
                return
            after = found.to
            if not again and (self.hits is None or len(hits) > self.count):
                self.hits = hits
                self._show()

    def action_search(self) -> None:
        box = self.query_one("#search", Input)
        box.display = True
        self.form.set_focus(box)

    @on(Input.Changed, "#search")
    def _search_typed(self, event: Input.Changed) -> None:
        event.stop()
        self.words = event.value.strip()
        if self.which not in COUNTED:
            self.which = RowFilter.ALL
        self.begin()

    @on(Input.Submitted, "#search")
    def _search_done(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one("#search").display = bool(self.words)
        self.form.set_focus(self.query_one(Table))

    async def action_before(self) -> None:
        from tui.screens.suppression import DaysDialog

        def answered(days: int | None) -> None:
            if days is not None:
                self._days, self.which = days, CALLED_BEFORE
                self.begin()

        await self.form.open(DaysDialog(self._days), answered)

    async def action_blocked(self) -> None:
        from tui.screens.suppression import BlockedDialog

        def closed(_: None) -> None:
            self.which = SUPPRESSED
            self.begin()

        await self.form.open(BlockedDialog(), closed)
