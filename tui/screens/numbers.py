"""The numbers of a draft: typed, pasted, or imported from a file; every row with what is wrong with it."""

from __future__ import annotations

import math
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input

from tui.campaign.fields import TYPED_NUMBERS
from tui.campaign.phone_list import Number, validate
from tui.config.keymap import Place
from tui.i18n.words import say
from tui.screens.form_context import FormContext
from tui.screens.form_pane import FormPane
from tui.screens.numbers_adding import NumberAdding
from tui.screens.numbers_changing import NumberChanges
from tui.screens.numbers_filter import CALLED_BEFORE, COUNTED, SUPPRESSED, NumberFilter
from tui.screens.numbers_rows import NumberRows
from tui.store import StoredNumber, Summary
from tui.text.formats import sentence
from tui.widgets.binding import bindings
from tui.widgets.editors import EntryLine, LineEditor, TextLine
from tui.widgets.lines import Note
from tui.widgets.paged_table import PagedTable
from tui.widgets.presence import gone
from tui.widgets.table import Column, Table


class NumbersPane(FormPane):
    """The list of a draft, and a line to add to it: a number, several pasted, or the path of a file."""

    BINDINGS = bindings(Place.NUMBERS)

    def __init__(self, form: FormContext, campaign_id: int) -> None:
        super().__init__(form)
        self.campaign_id = campaign_id
        self.summary = Summary()
        self.filter = NumberFilter(campaign_id)
        self._rows = NumberRows(campaign_id, self.filter, lambda: form.model.draft.keeps_repeats)
        self._pages = PagedTable(
            lambda: self._table, query=lambda: self.filter.query,
            read_page=lambda start, limit: self._rows.read(self.services, start, limit),
            identity=lambda shown: shown.number.position, row=self._rows.cells)
        self._adding = NumberAdding(self)
        self._changes = NumberChanges(self)

    def compose(self) -> ComposeResult:
        yield EntryLine(self.form.model.values.get(TYPED_NUMBERS, ""), say("screens.numbers.add"), id="add")
        yield Note(id="list-filters")
        yield TextLine(placeholder=say("screens.numbers.search"), compact=True, id="search")
        yield Table([
            Column("typed", say("screens.numbers.typed"), 18),
            Column("phone", say("screens.numbers.phone"), 16),
            Column("phrase", say("screens.numbers.phrase"), 24, min_room=110),
            Column("problem", say("screens.numbers.problem")),
        ], id="numbers")

    def on_mount(self) -> None:
        self.form.keeper.change_line(self.query_one("#add", EntryLine).standing)  # several lines stand in it as one
        self._search_box.display = False
        self.work(self.reload, group="numbers")

    @property
    def _table(self) -> Table:
        return self.query_one(Table)

    @property
    def _search_box(self) -> Input:
        return self.query_one("#search", Input)

    @property
    def is_gone(self) -> bool:
        return gone(self)

    @property
    def number(self) -> StoredNumber | None:
        """The row under the cursor; None where it isn't read yet."""
        shown = self._pages.current
        return None if shown is None else shown.number

    def take_focus(self) -> None:
        self.screen.set_focus(self.query_one("#add"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are commands where no text is typed."""
        return isinstance(self.form.host.focused, Table)

    def why_not(self, action: str) -> str | None:
        if action in ("undo", "dropped", "blocked", "take", "repeats"):
            return self._why_no_repeats() if action == "repeats" else None
        if not self.summary.total:
            return say("screens.numbers.none_yet")
        shown = self.filter
        if shown.looking and (action == "drop_shown" or (shown.hits is None and action in ("edit", "remove"))):
            return say("screens.numbers.looking")  # the rows that are shown are those of before
        if action == "drop_shown" and shown.is_all:
            return say("screens.numbers.choose_filter")
        if action in ("edit", "remove", "drop_shown") and not shown.count:
            return say("screens.numbers.none_shown")
        if action in ("edit", "remove") and self.number is None:
            return say("screens.still_reading")
        return None

    def _why_no_repeats(self) -> str | None:
        if self.form.model.draft.keeps_repeats or self.summary.duplicates:
            return None
        return say("screens.numbers.no_repeats" if self.summary.total else "screens.numbers.none_yet")

    # what is shown

    async def reload(self, *, at_end: bool = False) -> None:
        """Read anew what the filter shows; `at_end`: with the cursor on the last row."""
        store, thread = self.services.store, self.services.thread
        await thread(validate, Number("05321234567"))  # loads the numbering plans beside the screen: it takes a while
        self.summary = await thread(store.numbers.summary, self.campaign_id)
        if gone(self):  # the form has other problems now all the same
            pass
        elif self.filter.finds:
            self._look_for()
        else:
            self._show(at_end=at_end)
        await self.form.keeper.read_again()

    def draft_changed(self) -> None:
        self.work(self.reload, group="numbers")

    def _show(self, *, at_end: bool = False) -> None:
        table, host = self._table, self.form.host
        host.workers.cancel_group(host, "numbers-page")  # it reads rows of what was shown before
        self.filter.recount(self.summary)
        self._pages.clear(self.filter.count, cursor=self.filter.count - 1 if at_end else None)
        # With an empty filter too, and where the last row has gone: the focus stays, and with it the keys (undo).
        table.display = self.summary.total > 0 or host.focused is table
        self._show_filters()

    def _show_filters(self) -> None:
        text = self.filter.text(self.summary, keeps_repeats=self.form.model.draft.keeps_repeats)
        self.query_one("#list-filters", Note).text = text

    def refresh_texts(self) -> None:
        if self.query_one("#list-filters", Note).text:  # else the list hasn't been read yet
            self._show_filters()
        self._pages.repaint()
        if self.filter.looking:
            self.form.show_help(say("screens.numbers.looking"))
        elif self.form.host.focused is self._table:
            self._show_reason()

    @on(Table.Wanted)
    def _wanted(self, event: Table.Wanted) -> None:
        event.stop()
        self.work(partial(self._fetch, event.start, event.end), group="numbers-page", exclusive=True)

    async def _fetch(self, start: int, end: int) -> None:
        if self.filter.looking and self.filter.hits is None:  # it isn't known yet which rows those are
            return
        await self._pages.fetch(start, end)
        table = self._table
        if self._pages.up_to_date and self.form.host.focused is table and start <= table.cursor < end:
            self._show_reason()

    @on(Table.Moved)
    def _moved(self, event: Table.Moved) -> None:
        event.stop()
        self._show_reason()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """What was said of another section is over; in the table one is at a row already."""
        if isinstance(event.widget, Table):
            self._show_reason()
        else:
            self.form.show_help("")

    def _show_reason(self) -> None:
        """What is to be said of the row under the cursor, in full: its column has little room."""
        shown = self._pages.current
        self.form.show_help(sentence(shown.reason) if shown is not None and shown.reason is not None else "")

    # what the filter and the words name

    def begin(self) -> None:
        """Show it, however long it takes to find."""
        if gone(self):  # asked by a dialog over the form, which may be in another section since
            return
        self.filter.forget()
        self._table.cursor = 0
        if self.filter.finds:
            self._look_for()
        else:
            self.form.host.workers.cancel_group(self.form.host, "numbers-find")
            self.filter.looking = False
            self._show()

    def _look_for(self) -> None:
        self.filter.looking = True
        self.work(self._find, group="numbers-find", exclusive=True)

    async def _find(self) -> None:
        try:
            if self.filter.name in COUNTED:
                await self.filter.find_words(self.services, self._show)
            else:
                self.form.show_help(say("screens.numbers.looking"))
                for reason in await self.filter.find_marked(self.services, self._show_progress):
                    self.form.host.notify(sentence(reason), severity="warning")
                self.form.show_help("")
        except Exception:
            self._show_all()  # what could not be found is not shown, nor what was found before
            raise
        self.filter.looking = False
        self._show()

    def _show_progress(self, share: float) -> None:
        if self.filter.looking:
            self.form.show_help(say("screens.numbers.looking_share", percent=math.floor(100 * share)))

    def _show_all(self) -> None:
        self.filter.show_all()
        with self.prevent(Input.Changed):
            self._search_box.value = ""
        self.form.show_help("")
        self.begin()

    def action_filter(self, step: int) -> None:
        self.filter.step(step, self.summary)
        self.begin()

    def action_search(self) -> None:
        self._search_box.display = True
        self.form.host.set_focus(self._search_box)

    @on(Input.Changed, "#search")
    def _search_typed(self, event: Input.Changed) -> None:
        event.stop()
        self.filter.search(event.value.strip())
        self.begin()

    @on(Input.Submitted, "#search")
    def _search_done(self, event: Input.Submitted) -> None:
        event.stop()
        self._search_box.display = bool(self.filter.words)
        self.form.host.set_focus(self._table)

    async def action_before(self) -> None:
        from tui.screens.suppression import DaysDialog

        def answered(days: int | None) -> None:
            if days is not None:
                self.filter.days, self.filter.name = days, CALLED_BEFORE
                self.begin()

        await self.form.host.open(DaysDialog(self.filter.days), answered)

    async def action_blocked(self) -> None:
        from tui.screens.suppression import BlockedDialog

        def closed(_: None) -> None:
            self.filter.name = SUPPRESSED
            self.begin()

        await self.form.host.open(BlockedDialog(), closed)

    # adding

    @on(EntryLine.Entered, "#add")
    def _entered(self, event: EntryLine.Entered) -> None:
        event.stop()
        self._adding.enter(event.line, event.text)

    @on(LineEditor.PastedLines, "#add")
    def _pasted(self, event: LineEditor.PastedLines) -> None:
        event.stop()
        self._adding.paste(event.text)

    def on_paste(self, event: events.Paste) -> None:
        """With the focus in the list: where else should numbers go."""
        if event.text.strip():
            event.stop()
            self._adding.paste(event.text)

    # changing

    @on(Table.Opened)
    async def _clicked(self) -> None:
        await self.run_action("edit")

    async def action_edit(self) -> None:
        """Another row in the place of the one under the cursor."""
        from tui.screens.number_row import NumberDialog

        number = self.number
        if number is None:
            return

        def edited(row: Number | None) -> None:
            if row is not None:
                self.work(partial(self._changes.replace, number.position, row), group="numbers")

        await self.form.host.open(NumberDialog(Number(number.typed, number.phrase, number.lang)), edited)

    def action_take(self) -> None:
        number = self.number
        self.form.host.copy_to_clipboard((number.phone or number.typed) if number is not None else None)

    def action_remove(self) -> None:
        if (number := self.number) is not None:
            self.work(partial(self._changes.remove, number), group="numbers")

    def action_drop_shown(self) -> None:
        self.work(self._changes.drop_shown, group="numbers")

    def action_undo(self) -> None:
        self.work(self._changes.undo, group="numbers")

    def action_clear(self) -> None:
        self.work(self._changes.clear, group="numbers")

    def action_repeats(self) -> None:
        self.work(self._changes.switch_repeats, group="numbers")

    async def action_dropped(self) -> None:
        from tui.screens.dropped import DroppedDialog

        await self.form.host.open(DroppedDialog(self.campaign_id), self._dropped_closed)

    def _dropped_closed(self, _: None) -> None:
        self.work(self.reload, group="numbers")
