"""The numbers of a draft: typed, pasted, or imported from a file; every row with what is wrong with it."""

from __future__ import annotations

from functools import partial
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input

from tui.campaign.fields import TYPED_NUMBERS
from tui.campaign.phone import readable_phone
from tui.campaign.phone_list import Number
from tui.config.keymap import Place
from tui.i18n.words import say
from tui.screens.form_context import FormContext
from tui.screens.form_pane import FormPane
from tui.screens.numbers_adding import NumberAdding
from tui.screens.numbers_changing import NumberChanges
from tui.screens.numbers_filter import CALLED_BEFORE, SUPPRESSED
from tui.screens.numbers_list import ListedNumbers
from tui.widgets.binding import bindings
from tui.widgets.editors import EntryLine, LineEditor, TextLine
from tui.widgets.lines import Note
from tui.widgets.table import Table

_ON_ROW: Final = ("edit", "remove", "never")  # what is done with the row under the cursor


class NumbersPane(FormPane):
    """The list of a draft, and a line to add to it: a number, several pasted, or the path of a file."""

    BINDINGS = bindings(Place.NUMBERS)

    def __init__(self, form: FormContext, campaign_id: int) -> None:
        super().__init__(form)
        self.listed = ListedNumbers(self, campaign_id)
        self._adding = NumberAdding(self, self.listed)
        self._changes = NumberChanges(self, self.listed)

    def compose(self) -> ComposeResult:
        yield EntryLine(self.form.model.values.get(TYPED_NUMBERS, ""), say("screens.numbers.add"), id="add")
        yield Note(id="list-filters")
        yield TextLine(placeholder=say("screens.numbers.search"), compact=True, id="search")
        yield Table(self.listed.columns(), id="numbers")

    def on_mount(self) -> None:
        self.form.keeper.change_line(self.query_one("#add", EntryLine).standing)  # several lines stand in it as one
        self._search_box.display = False
        self.work(self.listed.reload, group="numbers")

    @property
    def _search_box(self) -> Input:
        return self.query_one("#search", Input)

    def take_focus(self) -> None:
        self.screen.set_focus(self.query_one("#add"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are commands where no text is typed."""
        return isinstance(self.form.host.focused, Table)

    def why_not(self, action: str) -> str | None:
        any_repeats = self.form.model.draft.keeps_repeats or self.listed.summary.duplicates
        if action in ("undo", "dropped", "blocked", "take", "person") or (action == "repeats" and any_repeats):
            return None
        if (why := self._why_no_rows()) is not None:
            return why
        if action == "repeats":
            return say("screens.numbers.no_repeats")
        shown = self.listed.filter
        if shown.looking and (action == "drop_shown" or (shown.hits is None and action in _ON_ROW)):
            return say("screens.numbers.looking")  # the rows that are shown are those of before
        if action == "drop_shown" and shown.is_all:
            return say("screens.numbers.choose_filter")
        if action in (*_ON_ROW, "drop_shown") and not shown.count:
            return say("screens.numbers.none_shown")
        return self._why_not_on_row(action) if action in _ON_ROW else None

    def _why_not_on_row(self, action: str) -> str | None:
        from tui.screens.never_call import why_not_never

        if self._phone is None:
            return say("screens.still_reading")
        return why_not_never(self._phone) if action == "never" else None

    def _why_no_rows(self) -> str | None:
        """Why the list has none; None where it has some."""
        if not self.listed.read:
            return say("screens.still_reading")
        return None if self.listed.summary.total else say("screens.numbers.none_yet")

    # what is shown

    def draft_changed(self) -> None:
        self.work(self.listed.reload, group="numbers")

    def refresh_texts(self) -> None:
        self.listed.refresh_texts()

    @on(Table.Wanted)
    def _wanted(self, event: Table.Wanted) -> None:
        event.stop()
        self.listed.want(event.start, event.end)

    @on(Table.Moved)
    def _moved(self, event: Table.Moved) -> None:
        event.stop()
        self.listed.show_reason()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """What was said of another section is over; in the table one is at a row already."""
        if isinstance(event.widget, Table):
            self.listed.show_reason()
        else:
            self.form.show_help("")

    # which rows are listed

    def action_filter(self, step: int) -> None:
        self.listed.filter.step(step, self.listed.summary)
        self.listed.begin()

    def action_search(self) -> None:
        self._search_box.display = True
        self.form.host.set_focus(self._search_box)

    @on(Input.Changed, "#search")
    def _search_typed(self, event: Input.Changed) -> None:
        event.stop()
        self.listed.filter.search(event.value.strip())
        self.listed.begin()

    @on(Input.Submitted, "#search")
    def _search_done(self, event: Input.Submitted) -> None:
        event.stop()
        self._search_box.display = bool(self.listed.filter.words)
        self.form.host.set_focus(self.listed.table)

    async def action_before(self) -> None:
        from tui.screens.suppression import DaysDialog

        def answered(days: int | None) -> None:
            if days is not None:
                self.listed.filter.days, self.listed.filter.name = days, CALLED_BEFORE
                self.listed.begin()

        await self.form.host.open(DaysDialog(self.listed.filter.days), answered)

    async def action_blocked(self) -> None:
        from tui.screens.suppression import BlockedDialog

        def closed(_: None) -> None:
            self.listed.filter.name = SUPPRESSED
            self.listed.begin()

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

        number = self.listed.current
        if number is None:
            return

        def edited(row: Number | None) -> None:
            if row is not None:
                self.work(partial(self._changes.replace, number.position, row), group="numbers")

        await self.form.host.open(NumberDialog(
            Number(number.typed, number.phrase, number.lang, number.reference)), edited)

    @property
    def _phone(self) -> str | None:
        """What stands in the row under the cursor: its phone as it is sent, else as it was typed."""
        number = self.listed.current
        return (number.phone or number.typed) if number is not None else None

    def action_take(self) -> None:
        self.form.host.copy_to_clipboard(self._phone)

    async def action_never(self) -> None:
        """Nobody calls the number under the cursor again; the launch leaves it out."""
        from tui.screens.never_call import ask_never_to_call

        phone = self._phone
        if phone is not None:
            await ask_never_to_call(self.form.host, phone, self._refused)

    def _refused(self) -> None:
        """Who must not be called may be what is listed."""
        if self.listed.filter.name == SUPPRESSED:
            self.listed.begin()

    async def action_person(self) -> None:
        """All that is known of the number under the cursor, of other campaigns too."""
        from tui.screens.person import PersonScreen

        number = self.listed.current
        phone = None if number is None else number.phone
        typed = "" if number is None else number.typed  # why it is no number is said of what was typed
        await self.form.host.open(PersonScreen(typed if phone is None else readable_phone(phone)))

    def action_remove(self) -> None:
        if (number := self.listed.current) is not None:
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

        await self.form.host.open(DroppedDialog(self.listed.campaign_id), self._dropped_closed)

    def _dropped_closed(self, _: None) -> None:
        self.work(self.listed.reload, group="numbers")
