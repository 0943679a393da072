"""One row of a list, edited in place, with the verdict on it as one types."""

from __future__ import annotations

from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Label, Static

from tui.app.screen import Dialog
from tui.campaign.phone import readable_phone, remark
from tui.campaign.phone_list import Number, validate
from tui.core.sanitize import visible
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.text.formats import sentence
from tui.widgets.button import Button
from tui.widgets.editors import Edited, LineEditor

FIELDS = ("phone", "phrase", "lang")
_LABEL: Final = TextKeys("screens.number.{}", FIELDS)


class NumberDialog(Dialog[Number]):
    """Its answer is the row as it was edited; a row with a problem is kept too, as it is when it is typed."""

    AUTO_FOCUS = "#phone"

    def __init__(self, number: Number) -> None:
        super().__init__()
        self._number = number

    def compose(self) -> ComposeResult:
        number = self._number
        with Vertical(classes="dialog"):
            yield Static(say("screens.number.title"), markup=False, classes="title")
            for name, text in zip(FIELDS, (number.phone, number.phrase, number.lang), strict=True):
                with Horizontal(classes="line"):
                    yield Label(say(_LABEL[name]), markup=False, classes="label")
                    yield LineEditor(text, "", id=name)
            yield Static(id="verdict", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(say("common.cancel"), id="no", compact=True)
                yield Button(say("screens.number.keep"), id="yes", variant="primary", compact=True)

    def on_mount(self) -> None:
        super().on_mount()
        self._judge()

    @property
    def _edited(self) -> Number:
        return Number(*(self.query_one(f"#{name}", LineEditor).value.strip() for name in FIELDS))

    @on(Edited)
    def _judge(self) -> None:
        number = self._edited
        result = validate(number)
        told = result.problem or result.odd
        if told is None and result.phone is not None:
            told = remark(result.phone, number.phone, valid=result.valid)
        text = sentence(told) if told is not None else f"✓ {readable_phone(result.phone or '')}"
        self.query_one("#verdict", Static).update(visible(text))

    @on(LineEditor.Submitted)
    def _keep(self) -> None:
        self.dismiss(self._edited)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(self._edited if event.button.id == "yes" else None)

    def action_leave(self) -> None:
        self.dismiss(None)
