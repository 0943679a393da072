"""The section of a form that is shown: its fields, or the pane that stands in their place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Final, TypeVar

from textual.app import ComposeResult
from textual.css.query import NoMatches
from textual.widget import Widget
from textual.widgets import Static

from tui.campaign.account import Account
from tui.campaign.dates import ISTANBUL
from tui.campaign.fields import (
    CALL_TYPES,
    IVR,
    QUEUE,
    TARGET_FIELDS,
    TYPED_NUMBERS,
    WEBHOOK_URL,
    FieldKind,
    Section,
    fields_of,
)
from tui.campaign.parsed_draft import parse_field
from tui.campaign.rules import gravest
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.operations.services import Services
from tui.screens.assume import assumptions_of
from tui.screens.form_context import FormContext
from tui.screens.form_model import FormModel
from tui.screens.form_pane import FormPane
from tui.screens.menu_summary import MenuSummary
from tui.screens.numbers import NumbersPane
from tui.screens.review import ReviewPane
from tui.screens.windows_summary import WindowsSummary
from tui.text.field_hints import meaning_text
from tui.text.formats import MARKS, sentence
from tui.text.schedule import schedule_lines
from tui.widgets.editors import EntryLine, as_one
from tui.widgets.field_row import FieldRow, put
from tui.widgets.page import Pane

_NOTE_SECTIONS: Final = (Section.RESULTS, Section.COMMERCIAL)
_NOTE: Final = TextKeys("screens.form.{}_note", _NOTE_SECTIONS)

Shown = TypeVar("Shown", bound=Widget)


class FormSection(Pane):
    """Paints one section of the form's model."""

    def __init__(self, form: FormContext) -> None:
        super().__init__(id="pane")
        self._form = form
        self.section = Section.BASICS
        self._going = False  # another section is being shown
        self._go_next: tuple[Section, str] | None = None  # and what is to be shown after that
        self._account: Account | None = None  # with which every row was shown last; None where one wasn't yet

    def compose(self) -> ComposeResult:
        yield from self._rows(self.section)  # there from the first frame: what is typed ahead finds its field

    @property
    def _model(self) -> FormModel:
        return self._form.model

    @property
    def _services(self) -> Services:
        return self._form.host.services

    # what is there

    def standing(self, kind: type[Shown]) -> list[Shown]:
        """The widgets of a kind. Of the whole screen, a query at each key takes long."""
        return [widget for widget in self.children if isinstance(widget, kind)]

    @property
    def lines(self) -> list[EntryLine]:
        """The line for numbers, where it is there."""
        return [line for pane in self.standing(FormPane) for line in pane.query(EntryLine)]

    def row(self, name: str) -> FieldRow | None:
        try:
            return self.query_one(f"#field-{name}", FieldRow)
        except NoMatches:
            return None

    def typed(self) -> Iterator[tuple[str, str, Widget]]:
        """What stands in the editors that are there, each with the name of what is kept of it."""
        for row in self.standing(FieldRow):
            yield row.field.name, row.editor.text, row.editor
        for line in self.lines:
            yield TYPED_NUMBERS, line.standing, line

    # another section

    async def go_to(self, section: Section, field: str) -> None:
        """Show a section; a field in it, where one is named. One after another: a key and a click may come at once.

        Nobody waits for whoever is at it, who may be waiting for the widget that asks here. StoreError, where the
        draft can't be made.
        """
        self._go_next = section, field
        if self._going:
            return
        self._going = True
        try:
            while self._go_next is not None:
                (section, field), self._go_next = self._go_next, None
                self._form.show_help("")
                with self.app.batch_update():
                    await self._fill(section)
                    self._model.recheck()
                self.scroll_home(animate=False)
                self.focus_field(field)
        finally:
            self._going, self._go_next = False, None

    async def _fill(self, section: Section) -> None:
        self.section = section
        await self.remove_children()
        self._model.reviewed = None
        self.drop_text()
        if section is Section.NUMBERS:
            await self.mount(NumbersPane(self._form, (await self._form.keeper.made()).id))
        elif section is Section.REVIEW:
            await self.mount(ReviewPane(self._form, (await self._form.keeper.made()).id))
        else:
            await self.mount_all(self._rows(section))
        self._account = None  # not before they are there: something may have been shown meanwhile
        if section is Section.SCHEDULE:
            self._form.host.work(self._learn_holidays, group="holidays")

    def _rows(self, section: Section) -> Iterator[Widget]:
        call_type = self._model.values.get("call_type", "")
        if section is Section.MENU and call_type == QUEUE:
            yield Static(say("screens.form.no_menu"), markup=False, classes="note")
        # One whose type is still to be chosen has the fields of a new one, where it is chosen.
        for field in fields_of(section, call_type if call_type in CALL_TYPES else IVR):
            if field.kind is not FieldKind.TARGET:  # those are edited as a menu
                yield FieldRow(field, self._model.values.get(field.name, ""), self._empty(field.name), self._today)
        if section is Section.MENU and call_type != QUEUE:
            yield MenuSummary()
        if section is Section.SCHEDULE:
            yield WindowsSummary()
        if section in _NOTE_SECTIONS:
            yield Static(say(_NOTE[section]), markup=False, classes="note")

    def _today(self) -> dt.date:
        return self._services.now().astimezone(ISTANBUL).date()

    def _empty(self, name: str) -> str | None:
        """What an empty field says; None: what the provider does then."""
        ours = name == WEBHOOK_URL and self._services.public_url is not None
        return say("screens.form.our_webhook") if ours else None

    async def _learn_holidays(self) -> None:
        """The library is loaded beside the screen, the first time that the section is opened."""
        await self._services.load_holidays()
        self._model.recheck()

    # what it shows

    def put(self, changes: Mapping[str, str]) -> None:
        """Show texts that were not typed here."""
        for name, text in changes.items():
            if (row := self.row(name)) is not None:
                put(row.editor, text)
        if TYPED_NUMBERS in changes:
            for line in self.lines:
                line.put(as_one(changes[TYPED_NUMBERS]))

    def show(self, fields: Collection[str]) -> None:
        """Show what the model has of these fields; of all, where the account is known otherwise than before."""
        model, account = self._model, self._services.directory.account
        for row in self.standing(FieldRow):
            if row.field.name in fields or account is not self._account:
                self._show_row(row, account)
        self._account = account
        for hears in self.standing(MenuSummary):
            hears.show(model.draft, account, model.problems)
        for windows in self.standing(WindowsSummary):
            phones = model.phones
            windows.show(schedule_lines(model.draft, phones.callable - phones.again, self._services.now(),
                                        self._services.calling_policy(), assumptions_of(self._form.host),
                                        again=phones.again))

    def _show_row(self, row: FieldRow, account: Account) -> None:
        mine = [problem for problem in self._model.problems if problem.concerns(row.field.name)]
        row.show_problems([f"{MARKS[problem.weight]} {sentence(problem.reason)}" for problem in mine], gravest(mine))
        parsed = self._model.draft.field(row.field.name)
        if parsed.text != row.editor.text.strip():  # it is painted before its `Edited` arrives
            parsed = parse_field(row.field, row.editor.text)
        row.show_meaning(meaning_text(row.field, parsed, account))

    def retranslate(self) -> None:
        """In another language. What is said of fields is shown with the next `show`."""
        for row in self.standing(FieldRow):
            row.retranslate(self._empty(row.field.name))
        self._account = None

    # what has the focus

    def focus_field(self, field: str) -> None:
        """The focus to a field's editor; without a field, or without such an editor, to where one begins here."""
        target: Widget | None = None
        if field in TARGET_FIELDS:
            target = next(iter(self.standing(MenuSummary)), None)  # none where a queue was chosen meanwhile
        elif (row := self.row(field) if field else next(iter(self.standing(FieldRow)), None)) is not None:
            target = row.editor
        elif panes := self.standing(FormPane):
            panes[0].take_focus()
            return
        self._form.host.set_focus(target)  # at once: Widget.focus() would come after what is typed ahead
