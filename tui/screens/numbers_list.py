"""The rows of a draft's list as a pane shows them: which of them, read page by page, with what is said of each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

from textual.widgets import Input

from tui.campaign.phone_list import Number, validate
from tui.i18n.words import say
from tui.screens.form_pane import FormPane
from tui.screens.numbers_filter import COUNTED, NumberFilter
from tui.screens.numbers_rows import NumberRows, ShownNumber
from tui.screens.references import ReferenceColumn, reference_text
from tui.store import StoredNumber, Summary
from tui.text.formats import sentence
from tui.widgets.lines import Note
from tui.widgets.paged_table import PagedTable
from tui.widgets.presence import gone
from tui.widgets.table import Column, Table


class ListedNumbers:
    """What `#numbers`, `#list-filters` and `#search` of a pane show of a draft's list: the rows that `filter` names."""

    def __init__(self, pane: FormPane, campaign_id: int) -> None:
        self.campaign_id = campaign_id
        self.summary = Summary()
        self.read = False  # once
        self.filter = NumberFilter(campaign_id)
        self._pane = pane
        self._rows = NumberRows(campaign_id, self.filter, lambda: self._keeps_repeats)
        self._references = ReferenceColumn()
        self._pages = PagedTable(
            lambda: self.table, query=lambda: self.filter.query, read_page=self._read_page,
            identity=lambda shown: shown.number.position, row=self._rows.cells)

    @property
    def table(self) -> Table:
        return self._pane.query_one("#numbers", Table)

    def columns(self) -> list[Column]:
        """Those of the table."""
        return [
            Column("typed", say("screens.numbers.typed"), 18),
            Column("phone", say("screens.numbers.phone"), 16),
            *self._references.columns(),
            self._references.phrase_column(),
            Column("problem", say("screens.numbers.problem")),
        ]

    @property
    def current(self) -> StoredNumber | None:
        """The row under the cursor; None where it isn't read yet."""
        shown = self._pages.current
        return None if shown is None else shown.number

    def why_no_rows(self) -> str | None:
        """Why the list has none, in a sentence; None where it has some."""
        if not self.read:
            return say("screens.still_reading")
        return None if self.summary.total else say("screens.numbers.none_yet")

    @property
    def _keeps_repeats(self) -> bool:
        return self._pane.form.model.draft.keeps_repeats

    # reading

    async def reload(self, *, at_end: bool = False) -> None:
        """Read anew what the filter shows; `at_end`: with the cursor on the last row."""
        store, thread = self._pane.services.store, self._pane.services.thread
        await thread(validate, Number("05321234567"))  # loads the numbering plans beside the screen: it takes a while
        self.summary = await thread(store.numbers.summary, self.campaign_id)
        self.read = True
        if gone(self._pane):  # the form has other problems now all the same
            pass
        elif self.filter.finds:
            self._look_for()
        else:
            self._show(at_end=at_end)
        await self._pane.form.keeper.read_again()

    async def _read_page(self, start: int, limit: int) -> Sequence[ShownNumber]:
        page = await self._rows.read(self._pane.services, start, limit)
        if self._references.looked(shown.number.reference for shown in page) and not gone(self._pane):
            self.table.show(self.columns())
        return page

    def want(self, start: int, end: int) -> None:
        """Read rows that have come into view, up to `end`."""
        self._pane.work(partial(self._fetch, start, end), group="numbers-page", exclusive=True)

    async def _fetch(self, start: int, end: int) -> None:
        if self.filter.looking and self.filter.hits is None:  # it isn't known yet which rows those are
            return
        await self._pages.fetch(start, end)
        table = self.table
        if self._pages.up_to_date and self._pane.form.host.focused is table and start <= table.cursor < end:
            self.show_reason()

    # what the filter and the words name

    def begin(self) -> None:
        """Show it, however long it takes to find."""
        if gone(self._pane):  # asked by a dialog over the form, which may be in another section since
            return
        self.filter.forget()
        self.table.cursor = 0
        if self.filter.finds:
            self._look_for()
        else:
            host = self._pane.form.host
            host.workers.cancel_group(host, "numbers-find")
            self.filter.looking = False
            self._show()

    def _look_for(self) -> None:
        self.filter.looking = True
        self._pane.work(self._find, group="numbers-find", exclusive=True)

    async def _find(self) -> None:
        form, services = self._pane.form, self._pane.services
        try:
            if self.filter.name in COUNTED:
                await self.filter.find_words(services, self._show)
            else:
                form.show_help(say("screens.numbers.looking"))
                for reason in await self.filter.find_marked(services, self._show_progress):
                    form.host.notify(sentence(reason), severity="warning")
                form.show_help("")
        except Exception:
            self._show_all()  # what could not be found is not shown, nor what was found before
            raise
        self.filter.looking = False
        self._show()

    def _show_progress(self, share: float) -> None:
        if self.filter.looking:
            self._pane.form.show_help(say("screens.numbers.looking_share", percent=math.floor(100 * share)))

    def _show_all(self) -> None:
        self.filter.show_all()
        with self._pane.prevent(Input.Changed):
            self._pane.query_one("#search", Input).value = ""
        self._pane.form.show_help("")
        self.begin()

    # what is shown

    def _show(self, *, at_end: bool = False) -> None:
        table, host = self.table, self._pane.form.host
        host.workers.cancel_group(host, "numbers-page")  # it reads rows of what was shown before
        self.filter.recount(self.summary)
        self._pages.clear(self.filter.count, cursor=self.filter.count - 1 if at_end else None)
        # With an empty filter too, and where the last row has gone: the focus stays, and with it the keys (undo).
        table.display = self.summary.total > 0 or host.focused is table
        self._show_filters()

    def _show_filters(self) -> None:
        text = self.filter.text(self.summary, keeps_repeats=self._keeps_repeats)
        self._pane.query_one("#list-filters", Note).text = text

    def show_reason(self) -> None:
        """What is to be said of the row under the cursor, in full: its column has little room; and its reference."""
        shown = self._pages.current
        text = sentence(shown.reason) if shown is not None and shown.reason is not None else ""
        reference = "" if shown is None else reference_text(shown.number.reference, self.table)
        self._pane.form.show_help("   ".join(filter(None, (text, reference))))

    def refresh_texts(self) -> None:
        """Show what has been read in the language in use now."""
        if self._pane.query_one("#list-filters", Note).text:  # else the list hasn't been read yet
            self._show_filters()
        self._pages.repaint()
        if self.filter.looking:
            self._pane.form.show_help(say("screens.numbers.looking"))
        elif self._pane.form.host.focused is self.table:
            self.show_reason()
