"""The sections of a form, and the fields of the one that is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from tui.campaign.dates import ISTANBUL
from tui.campaign.fields import CALL_TYPES, IVR, QUEUE, TARGET_FIELDS, WEBHOOK_URL, FieldKind, Section, fields_of
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.screens.form_keeping import Keeping
from tui.screens.menu_summary import MenuSummary
from tui.screens.numbers import NumbersPane
from tui.screens.review import ReviewPane
from tui.screens.sections import SectionList
from tui.screens.windows_summary import WindowsSummary
from tui.text.keys import FIELD_HELP
from tui.widgets.field_row import FieldRow, row_of
from tui.widgets.lines import KeyLine, Note, TitleLine
from tui.widgets.page import Pane
from tui.widgets.presence import there

_NOTE_SECTIONS: Final = (Section.RESULTS, Section.COMMERCIAL)
_NOTE: Final = TextKeys("screens.form.{}_note", _NOTE_SECTIONS)


class Sections(Keeping):
    """One section at a time, beside the list of all; two lines of help about what has the focus."""

    _showing = False
    _to_show: tuple[Section, str] | None = None  # what is to be shown after that

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        with Horizontal(id="form"):
            yield SectionList()
            with Pane(id="pane"):
                yield from self._rows(self.section)  # there from the first frame: what is typed ahead finds its field
        yield Note(id="help")
        yield KeyLine()

    def refresh_texts(self) -> None:
        from tui.app.retranslate import retranslate

        for row in self.query(FieldRow):
            row.retranslate(self._empty(row.field.name))
        self.recheck()
        self.tell_help("")
        self.tell_help_of(self.focused)
        for pane in self.query("NumbersPane, ReviewPane").results(NumbersPane | ReviewPane):  # type: ignore[arg-type]  # it takes a union
            retranslate(pane)
            if there(pane):
                pane.refresh_texts()

    async def show_section(self, section: Section, field: str = "") -> None:
        """Go to a section; to a field in it, where one is named. One after another: a key and a click may come at once.

        Nobody waits for whoever is at it, who may be waiting for the widget that asks here.
        """
        self._to_show = section, field
        if self._showing:
            return
        self._showing = True
        try:
            while self._to_show is not None:
                (section, field), self._to_show = self._to_show, None
                await self._show_section(section, field)
        finally:
            self._showing, self._to_show = False, None

    async def _show_section(self, section: Section, field: str) -> None:
        self.section = section
        self.tell_help("")
        pane = self.query_one("#pane", Pane)
        with self.app.batch_update():
            await pane.remove_children()
            self.reviewed = None
            pane.drop_text()
            await self._fill(pane, section)
            self.recheck()
        pane.scroll_home(animate=False)
        self.focus_field(field)

    async def _fill(self, pane: Pane, section: Section) -> None:
        if section is Section.NUMBERS:
            await pane.mount(NumbersPane((await self.kept()).id))
            return
        if section is Section.REVIEW:
            await pane.mount(ReviewPane((await self.kept()).id))
            return
        await pane.mount_all(self._rows(section))

    def _rows(self, section: Section) -> Iterator[Widget]:
        call_type = self.values.get("call_type", "")
        if section is Section.MENU and call_type == QUEUE:
            yield Static(say("screens.form.no_menu"), markup=False, classes="note")
        # One whose type is still to be chosen has the fields of a new one, where it is chosen.
        for field in fields_of(section, call_type if call_type in CALL_TYPES else IVR):
            if field.kind is not FieldKind.TARGET:  # those are edited as a menu
                yield FieldRow(field, self.values.get(field.name, ""), self._empty(field.name), self._today)
        if section is Section.MENU and call_type != QUEUE:
            yield MenuSummary()
        if section is Section.SCHEDULE:
            yield WindowsSummary()
        if section in _NOTE_SECTIONS:
            yield Static(say(_NOTE[section]), markup=False, classes="note")

    def _today(self) -> dt.date:
        return self.services.now().astimezone(ISTANBUL).date()

    def _empty(self, name: str) -> str | None:
        """What an empty field tells; None: what the provider does then."""
        ours = name == WEBHOOK_URL and self.services.public_url is not None
        return say("screens.form.our_webhook") if ours else None

    def focus_field(self, field: str) -> None:
        if field in TARGET_FIELDS:
            self.set_focus(next(iter(self.query(MenuSummary)), None))  # none where a queue was chosen meanwhile
            return
        row = self.field_row(field) if field else next(iter(self.query(FieldRow)), None)
        if row is not None:
            self.set_focus(row.editor)  # at once: Widget.focus() would come after what is typed ahead
            return
        for pane in self.query("NumbersPane, ReviewPane").results(NumbersPane | ReviewPane):  # type: ignore[arg-type]  # it takes a union
            pane.take_focus()
            return
        self.set_focus(None)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self.tell_help_of(event.widget)

    def tell_help_of(self, widget: Widget | None) -> None:
        row = row_of(widget)
        if row is not None:  # the panes of numbers and of Review say there what they have to say
            self.tell_help(say(FIELD_HELP[row.field.name]))
        elif isinstance(widget, MenuSummary):
            self.tell_help(say("screens.menu.open"))

    def why_no_paste(self) -> str:
        return say("screens.form.no_paste", section=say("campaign.section.numbers"))

    # from section to section

    async def action_section(self, step: int) -> None:
        sections = list(Section)
        await self.go_to(sections[(sections.index(self.section) + step) % len(sections)])

    async def go_to(self, section: Section, field: str = "") -> None:
        """Go to a section within the key's own handling: what is typed ahead waits, and lands there."""
        await self.settle()
        await self.screen_work.guarded(partial(self.show_section, section, field))

    @on(SectionList.Chosen)
    async def _section_chosen(self, event: SectionList.Chosen) -> None:
        await self.go_to(event.section)

    async def action_review(self) -> None:
        await self.go_to(Section.REVIEW)
