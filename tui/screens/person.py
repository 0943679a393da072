"""One number over all campaigns and profiles, to be read to whoever asks why they were called; and as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from tui.app.screen import AppScreen
from tui.app.screen_work import reasons_of
from tui.campaign.phone import readable_phone
from tui.config.keymap import Place
from tui.core.reason import Reason
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.export_person import PersonFormat, export_person
from tui.operations.person import PersonReport, calls_of, look_up_person, write_note
from tui.screens.file_path import WriteDialog
from tui.screens.never_call import ask_never_to_call
from tui.text.formats import clock_text, sentence
from tui.text.person import PersonText, person_text
from tui.widgets.binding import bindings
from tui.widgets.editors import TextLine
from tui.widgets.lines import KeyLine, Note, TitleLine
from tui.widgets.page import Page
from tui.widgets.text_lines import wrapped

_BESIDE: Final = 6  # cells of a row that are no text: margins, and the bar to scroll with
_HANG: Final = 4
_MOST: Final = 200  # campaigns that are shown: a number that tests are made with may be in thousands


class PersonScreen(AppScreen[None]):
    """A line with the number, and beneath it what is known."""

    HELP_TOPIC = "person"
    BINDINGS = bindings(Place.PERSON)
    AUTO_FOCUS = ""

    def __init__(self, typed: str = "") -> None:
        """`typed`: the number, in whatever way it is written; "": it is asked for."""
        super().__init__()
        self._typed = typed
        self._report: PersonReport | None = None
        self._refused = typed  # what was typed of which it is said that it is no number, and why it is none
        self._why: Sequence[Reason] = ()

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        yield TextLine(self._typed, say("screens.person.type"), compact=True, id="number")
        yield Note(id="problem")
        with Page():
            yield Static(id="report", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.refresh_texts()
        if self._typed:
            self.look_up(self._typed)
        else:
            self.set_focus(self.query_one("#number"))

    # what is shown

    @property
    def text(self) -> PersonText | None:
        """What is known, in words; None until a number was looked up."""
        report = self._report
        return None if report is None else person_text(report.person, report.accounts, report.at, _MOST)

    def refresh_texts(self) -> None:
        title, text = self.query_one(TitleLine), self.text
        title.left = say("screens.person.title") if text is None else f"{say('screens.person.title')} › {text.heading}"
        title.right = clock_text(self.services.now())
        self.query_one("#number", TextLine).placeholder = say("screens.person.type")
        self._paint()
        self._say(self._why)

    def on_resize(self) -> None:
        self._paint()
        self._say(self._why)

    def _paint(self) -> None:
        text = self.text
        lines = [say("screens.person.about")] if text is None else list(text.lines())[1:]
        headings = () if text is None else (
            *(heading for heading, _ in text.lists()), *(each.heading for each in text.campaigns))
        shown = Content("\n").join(
            Content.styled("\n".join(wrapped(visible(line), self._width, _HANG if line.startswith(" ") else 0)),
                           "bold" if line in headings else "")
            for line in lines)
        self.query_one("#report", Static).update(shown)

    @property
    def _width(self) -> int:
        return max(20, self.size.width - _BESIDE)

    # looking up

    def look_up(self, typed: str) -> None:
        """Show what is known of a number, or why it is none."""
        self.query_one(Page).expect_text()
        self.work(partial(self._look_up, typed), group="person", exclusive=True)

    async def _look_up(self, typed: str) -> None:
        try:
            report = await look_up_person(self.services, typed)
        except Exception as error:
            reasons = reasons_of(error)
            if not reasons:
                raise
            self._refuse(typed, reasons)
            return
        self._report = report
        with self.app.batch_update():
            self._why = ()
            self.refresh_texts()
            page = self.query_one(Page)
            page.scroll_home(animate=False, immediate=True)
            page.text_came()
            self.set_focus(page)

    def _refuse(self, typed: str, why: Sequence[Reason]) -> None:
        self._refused = typed
        self._say(why)
        page = self.query_one(Page)
        page.drop_text()
        self.set_focus(self.query_one("#number"))

    def _say(self, why: Sequence[Reason]) -> None:
        self._why = why
        note = self.query_one("#problem", Note)
        rows = [row for reason in why for row in wrapped(visible(sentence(reason)), self._width, 0)]
        note.text, note.styles.height, note.display = "\n".join(rows), len(rows), bool(rows)

    @on(Input.Changed, "#number")
    def _typed_anew(self, event: Input.Changed) -> None:
        if event.value != self._refused:
            self._say(())

    @on(Input.Submitted, "#number")
    def _submitted(self, event: Input.Submitted) -> None:
        self.look_up(event.value)

    # what can be done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are commands where no text is typed."""
        return action in ("leave", "copy_text") or not isinstance(self.focused, Input)

    def why_not(self, action: str) -> str | None:
        if action in ("export", "copy_report", "never", "note", "calls") and self._report is None:
            return say("screens.still_reading")
        if action == "calls" and self._report is not None and not self._report.person.calls:
            return say("screens.person.no_calls")
        return None

    def action_person(self) -> None:
        self.set_focus(self.query_one("#number"))

    def action_copy_report(self) -> None:
        if self._report is not None:
            self.work(partial(self._copy, self._report), group="copy", exclusive=True)

    async def _copy(self, report: PersonReport) -> None:
        text = await asyncio.to_thread(person_text, report.person, report.accounts, report.at)
        self.copy_to_clipboard("\n".join(map(visible, text.lines())),
                               name=say("screens.person.copied", phone=text.heading))

    async def action_export(self) -> None:
        if self._report is not None:
            await self.open(WriteDialog("screens.person.export", "screens.person.export_about",
                                        f"{self._report.person.phone}.html", partial(_export, self._report)))

    async def action_calls(self) -> None:
        """Its calls one by one; what is learnt there of one is shown here then."""
        from tui.screens.calls import CallsScreen

        report = self._report
        assert report is not None  # noqa: S101 - `why_not` has seen to it

        phone = readable_phone(report.person.phone)
        await self.open(CallsScreen(phone, phone, calls_of(report.person), partial(self.look_up, phone)))

    async def action_note(self) -> None:
        """The note of the profile in use."""
        from tui.screens.person_note import NoteDialog

        report = self._report
        assert report is not None  # noqa: S101 - `why_not` has seen to it
        before = next((note.text for note in report.person.notes if note.profile == self.services.profile.name), "")

        def answered(text: str | None) -> None:
            if text is not None and text != before:
                self.work(partial(self._write_note, report.person.phone, text))

        await self.open(NoteDialog(report.person.phone, before), answered)

    async def _write_note(self, phone: str, text: str) -> None:
        await write_note(self.services, phone, text)
        self.notify(say("screens.note.kept" if text else "screens.note.gone"))
        self.look_up(phone)

    async def action_never(self) -> None:
        """Nobody calls the number again; what is known of it says so then."""
        if self._report is not None:
            phone = self._report.person.phone
            await ask_never_to_call(self, phone, partial(self.look_up, phone))

    def action_leave(self) -> None:
        self.dismiss()


async def _export(report: PersonReport, path: Path) -> str:
    await export_person(report, path, PersonFormat.of(path))
    return say("screens.person.exported", path=str(path))
