"""One row of a list, edited in place, with the verdict on it as one types."""

from __future__ import annotations

from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from tui.app.dialog import CANCEL, Dialog, DialogButton, labelled
from tui.campaign.phone import readable_phone, remark
from tui.campaign.phone_list import Number, validate
from tui.campaign.reference import LONGEST, is_too_long
from tui.core.sanitize import visible
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.text.formats import sentence
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor

FIELDS = ("phone", "phrase", "lang", "reference")
_LABEL: Final = TextKeys("screens.number.{}", FIELDS)


class NumberDialog(Dialog[Number]):
    """Its answer is the row as it was edited; a row with a problem is kept too, as it is when it is typed."""

    HEADING = "screens.number.title"
    BUTTONS = (CANCEL, DialogButton("yes", "screens.number.keep", "primary"))
    AUTO_FOCUS = "#phone"

    def __init__(self, number: Number) -> None:
        super().__init__()
        self._number = number

    def body(self) -> ComposeResult:
        number = self._number
        hints = {"reference": say("screens.number.not_sent")}
        for name, text in zip(FIELDS, (number.phone, number.phrase, number.lang, number.reference), strict=True):
            yield labelled(say(_LABEL[name]), LineEditor(text, hints.get(name, ""), id=name))
        yield Static(id="verdict", markup=False)

    def on_mount(self) -> None:
        self.typed_anew()

    @property
    def _typed(self) -> Number:
        return Number(*(self.query_one(f"#{name}", LineEditor).value.strip() for name in FIELDS))

    def typed_anew(self) -> None:
        number = self._typed
        if is_too_long(number.reference):
            self._say_too_long(number)
            return
        result = validate(number)
        found = result.problem or result.odd
        if found is None and result.phone is not None:
            found = remark(result.phone, number.phone, valid=result.valid)
        text = sentence(found) if found is not None else f"✓ {readable_phone(result.phone or '')}"
        self.query_one("#verdict", Static).update(visible(text))

    def _say_too_long(self, number: Number) -> None:
        text = say("screens.number.too_long", count=len(number.reference), most=LONGEST)
        self.query_one("#verdict", Static).update(text)

    @on(LineEditor.Submitted)
    @on(Button.Pressed, "#yes")
    def _keep(self) -> None:
        number = self._typed
        if is_too_long(number.reference):  # nothing that was typed here is cut
            self._say_too_long(number)
            self.set_focus(self.query_one("#reference"))
        else:
            self.dismiss(number)
