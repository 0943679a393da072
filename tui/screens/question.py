"""A question with two answers, and a notice that has to be closed.

The safe answer has the focus; the key that asked is not the key that confirms.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.app import ComposeResult

from tui.app.dialog import CANCEL, CLOSE, Dialog, text_line
from tui.campaign.lifecycle import State
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.store import Campaign
from tui.text.formats import short
from tui.widgets.button import Button, ConfirmButton


class Question(Dialog[bool]):
    """True where the operator confirmed; False for anything else. Its text is one paragraph, or a list of them."""

    AUTO_FOCUS = "#no"
    LEFT = False

    def __init__(self, title: str, text: str | list[str], yes: str) -> None:
        super().__init__()
        self._texts = (title, _shown(text), yes)

    def heading(self) -> str:
        return self._texts[0]

    def body(self) -> ComposeResult:
        yield text_line(self._texts[1])

    def buttons(self) -> Iterable[Button]:
        return CANCEL.made(), ConfirmButton(self._texts[2], id="yes", variant="error", compact=True)

    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        self.dismiss(True)


def delete_question(campaign: Campaign) -> Question:
    """Whether a campaign that the provider has, or doesn't know any more, is to be deleted."""
    named = {"name": short(campaign.name), "id": campaign.provider_id}
    if campaign.standing is State.MISSING:
        return Question(say("screens.put_away.title"), say("screens.put_away.text", **named),
                        say("screens.put_away.yes"))
    return Question(say("screens.delete.title"), say("screens.delete.text", **named), say("screens.delete.yes"))


class Notice(Dialog[None]):
    """What must not be overlooked: it stays until it is closed. Its text is one paragraph, or a list of them."""

    BUTTONS = (CLOSE,)

    def __init__(self, title: str, text: str | list[str]) -> None:
        super().__init__()
        self._texts = (title, _shown(text))

    def heading(self) -> str:
        return self._texts[0]

    def body(self) -> ComposeResult:
        yield text_line(self._texts[1])


def _shown(text: str | list[str]) -> str:
    """Each paragraph on a line of its own; a line end within one came from outside, and is shown as what it is."""
    return "\n".join(map(visible, [text] if isinstance(text, str) else text))
