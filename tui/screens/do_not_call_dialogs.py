"""What is asked where somebody is put on the do-not-call list, or taken off it, and where the list is written."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.widgets import ProgressBar

from tui.app.dialog import CANCEL, Dialog, DialogButton, labelled, problem_line, text_line
from tui.campaign.phone import readable_phone
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.numbers.dropped import dropped_path
from tui.operations.do_not_call import (
    Added,
    ImportedFile,
    TypedNumbers,
    import_file,
    put_on_list,
    reason_given,
    typed_numbers,
)
from tui.operations.services import NotPossible
from tui.store.do_not_call_pages import ListedNumber
from tui.text.do_not_call import why_text
from tui.text.formats import moment_text, sentence
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor

_SHOWN: Final = 3  # of numbers that can't be read
_BETWEEN: Final = "; "  # a comma may be a part of what is no number


class AddDialog(Dialog[Added | ImportedFile]):
    """Its answer is what became of them. A number, several, a paste, or the path of a list.

    What can't be read of several stays in the line, with the reason; the others are put on the list.
    """

    HEADING = "screens.dnc.add_title"
    BUTTONS = (CANCEL, DialogButton("yes", "screens.dnc.add", "primary"))
    AUTO_FOCUS = "#numbers"
    STOPS = "add"

    def body(self) -> ComposeResult:
        pushes = [say("screens.dnc.add_pushes")] if self.services.profile.push_opt_outs else []
        yield text_line("\n".join([say("screens.dnc.add_text"), *pushes]))
        yield labelled(say("screens.dnc.numbers"), LineEditor("", say("screens.dnc.numbers_hint"), id="numbers"))
        yield labelled(say("screens.dnc.why"), LineEditor("", say("screens.dnc.reason_hint"), id="reason"))
        yield problem_line()
        yield ProgressBar(show_eta=False, id="progress")

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one(ProgressBar).display = False

    @property
    def _numbers(self) -> LineEditor:
        return self.query_one("#numbers", LineEditor)

    @on(LineEditor.PastedLines)
    def _pasted(self, event: LineEditor.PastedLines) -> None:
        event.stop()
        line = self._numbers
        line.value = _BETWEEN.join(filter(None, map(str.strip, [line.value, *event.text.splitlines()])))
        line.cursor_position = len(line.value)

    @on(LineEditor.Submitted, "#numbers")
    def _next(self) -> None:
        self.set_focus(self.query_one("#reason"))

    @on(LineEditor.Submitted, "#reason")
    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        self.work(self._add, group="add", exclusive=True)

    async def _add(self) -> None:
        reason, text = self.query_one("#reason", LineEditor).value, self._numbers.value
        path = dropped_path(text)
        if path is not None:
            await self.attempt(lambda: self._import(path, reason))
            return
        found = typed_numbers(text)
        if found.phones:
            await self.attempt(lambda: self._put(found, reason))
        elif found.wrong:
            self._show_wrong(found)
        else:
            self.show_problem(say("screens.dnc.type_number"), at="#numbers")

    async def _put(self, found: TypedNumbers, reason: str) -> None:
        added = await put_on_list(self.services, found.phones, reason)
        if not found.wrong:
            self.dismiss(added)
            return
        self._numbers.put(_BETWEEN.join(typed for typed, _ in found.wrong))
        self._show_wrong(found, say("screens.dnc.added", count=added.new, already=added.known))

    def _show_wrong(self, found: TypedNumbers, *before: str) -> None:
        more = len(found.wrong) - _SHOWN
        last = [say("screens.dnc.more_wrong", count=more)] if more > 0 else []
        self.show_problem(*before, *(sentence(why) for _, why in found.wrong[:_SHOWN]), *last, at="#numbers")

    async def _import(self, path: Path, reason: str) -> None:
        bar = self.query_one(ProgressBar)
        bar.display = True
        try:
            imported = await import_file(self.services, path, reason,
                                         lambda done, of: bar.update(total=of, progress=done))
        finally:
            bar.display = False
        self.dismiss(imported)


class RemoveDialog(Dialog[str]):
    """Its answer is why a number is taken off the list: without a reason it stays."""

    BUTTONS = (CANCEL, DialogButton("yes", "screens.dnc.remove", "error", confirms=True))
    AUTO_FOCUS = "#reason"

    def __init__(self, number: ListedNumber) -> None:
        super().__init__()
        self.number = number

    def heading(self) -> str:
        return say("screens.dnc.remove_title", phone=readable_phone(self.number.phone))

    def body(self) -> ComposeResult:
        number = self.number
        since = moment_text(number.at, self.services.now()) if number.at is not None else ""
        yield text_line(visible(say("screens.dnc.remove_since", moment=since, why=why_text(number))))
        yield text_line(say("screens.dnc.remove_text"))
        yield labelled(say("screens.dnc.why"), LineEditor("", say("screens.dnc.remove_hint"), id="reason"))
        yield problem_line()

    @on(LineEditor.Submitted)
    def _next(self) -> None:
        self.set_focus(self.query_one("#yes"))

    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        try:
            reason = reason_given(self.query_one("#reason", LineEditor).value)
        except NotPossible as refused:
            self.refuse([refused.reason])
            return
        if reason:
            self.dismiss(reason)
        else:
            self.show_problem(say("screens.dnc.reason_needed"), at="#reason")
