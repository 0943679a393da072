"""A note on a number: written, changed or taken away."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from tui.app.dialog import CANCEL, Dialog, DialogButton, labelled, problem_line, text_line
from tui.campaign.phone import readable_phone
from tui.i18n.words import say
from tui.operations.person import note_given
from tui.operations.services import NotPossible
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor


class NoteDialog(Dialog[str]):
    """Its answer is the note, which may be empty; None where it was left."""

    BUTTONS = (CANCEL, DialogButton("yes", "screens.note.keep", "primary"))
    AUTO_FOCUS = "#note"

    def __init__(self, phone: str, text: str) -> None:
        super().__init__()
        self._phone = phone
        self._text = " ".join(text.split())

    def heading(self) -> str:
        return say("screens.note.title", phone=readable_phone(self._phone))

    def body(self) -> ComposeResult:
        yield text_line(say("screens.note.about", profile=self.services.profile.name))
        yield labelled(say("text.person.notes"), LineEditor(self._text, say("screens.note.hint"), id="note"))
        yield problem_line()

    @on(LineEditor.Submitted)
    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        try:
            self.dismiss(note_given(self.query_one("#note", LineEditor).value))
        except NotPossible as refused:
            self.refuse([refused.reason])
