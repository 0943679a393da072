"""A question with two answers, and a notice that has to be closed.

The safe answer has the focus; the key that asked is not the key that confirms.
"""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from tui.app.screen import Dialog
from tui.campaign.lifecycle import State
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.store import Campaign
from tui.text.formats import short
from tui.widgets.button import Button, ConfirmButton


class Question(Dialog[bool]):
    """True where the operator confirmed; False for anything else. Its text is one paragraph, or a list of them."""

    AUTO_FOCUS = "#no"

    def __init__(self, title: str, text: str | list[str], yes: str) -> None:
        super().__init__()
        self._texts = (visible(title), _shown(text), yes)

    def compose(self) -> ComposeResult:
        title, text, yes = self._texts
        with Vertical(classes="dialog"):
            yield Static(title, markup=False, classes="title")
            yield Static(text, markup=False, classes="text")
            with Horizontal(classes="buttons"):
                yield Button(say("common.cancel"), id="no", compact=True)
                yield ConfirmButton(yes, id="yes", variant="error", compact=True)

    @on(Button.Pressed)
    def answer(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_leave(self) -> None:
        self.dismiss(False)


def delete_question(campaign: Campaign) -> Question:
    """Whether a campaign that the provider has, or doesn't know any more, is to be deleted."""
    named = {"name": short(campaign.name), "id": campaign.provider_id}
    if campaign.standing is State.MISSING:
        return Question(say("screens.put_away.title"), say("screens.put_away.text", **named),
                        say("screens.put_away.yes"))
    return Question(say("screens.delete.title"), say("screens.delete.text", **named), say("screens.delete.yes"))


class Notice(Dialog[None]):
    """What must not be overlooked: it stays until it is closed. Its text is one paragraph, or a list of them."""


    def __init__(self, title: str, text: str | list[str]) -> None:
        super().__init__()
        self._texts = (visible(title), _shown(text))

    def compose(self) -> ComposeResult:
        title, text = self._texts
        with Vertical(classes="dialog"):
            yield Static(title, markup=False, classes="title")
            yield Static(text, markup=False, classes="text")
            with Horizontal(classes="buttons"):
                yield Button(say("common.close"), compact=True)

    @on(Button.Pressed)
    def action_leave(self) -> None:
        self.dismiss()


def _shown(text: str | list[str]) -> str:
    """Each paragraph on a line of its own; a line end within one came from outside, and is shown as what it is."""
    return "\n".join(map(visible, [text] if isinstance(text, str) else text))
