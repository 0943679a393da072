"""The numbers of a draft: typed, pasted, or imported from a file; every row with what is wrong with it."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Input

from tui.campaign.fields import TYPED_NUMBERS
from tui.config.keymap import Place
from tui.i18n.words import say
from tui.screens.form_context import FormContext
from tui.screens.form_pane import FormPane
from tui.screens.numbers_adding import NumberAdding
from tui.screens.numbers_changing import NumberChanges
from tui.screens.numbers_choosing import RowChoice
from tui.screens.numbers_list import ListedNumbers
from tui.screens.numbers_row import RowCommands
from tui.widgets.binding import bindings
from tui.widgets.editors import EntryLine, LineEditor, TextLine
from tui.widgets.lines import Note
from tui.widgets.table import Table


class NumbersPane(FormPane):
    """The list of a draft, and a line to add to it: a number, several pasted, or the path of a file."""

    BINDINGS = bindings(Place.NUMBERS)

    def __init__(self, form: FormContext, campaign_id: int) -> None:
        super().__init__(form)
        self.listed = ListedNumbers(self, campaign_id)
        self._adding = NumberAdding(self, self.listed)
        self.choice = RowChoice(self, self.listed)
        self.changes = NumberChanges(self, self.listed)
        self.row = RowCommands(self, self.listed, self.changes)

    def compose(self) -> ComposeResult:
        yield EntryLine(self.form.model.values.get(TYPED_NUMBERS, ""), say("screens.numbers.add"), id="add")
        yield Note(id="list-filters")
        yield TextLine(placeholder=say("screens.numbers.search"), compact=True, id="search")
        yield Table(self.listed.columns(), id="numbers")

    def on_mount(self) -> None:
        self.form.keeper.change_line(self.query_one("#add", EntryLine).standing)  # several lines stand in it as one
        self.query_one("#search").display = False
        self.work(self.listed.reload, group="numbers")

    def take_focus(self) -> None:
        self.screen.set_focus(self.query_one("#add"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are commands where no text is typed."""
        return isinstance(self.form.host.focused, Table)

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

    @on(Input.Changed, "#search")
    def _search_typed(self, event: Input.Changed) -> None:
        event.stop()
        self.choice.search(event.value)

    @on(Input.Submitted, "#search")
    def _search_done(self, event: Input.Submitted) -> None:
        event.stop()
        self.choice.end_search()

    @on(Table.Opened)
    async def _clicked(self) -> None:
        await self.run_action("row.edit")

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
