"""A question with two answers, and a notice that has to be closed.

The safe answer has the focus; the key that asked is not the key that confirms.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Label

from tui.app.dialog import CANCEL, CLOSE, Dialog, problem_line, text_line
from tui.campaign.lifecycle import State
from tui.core.sanitize import visible
from tui.core.whole_number import whole_number
from tui.i18n.words import grouped, say
from tui.store import Campaign
from tui.text.formats import short
from tui.widgets.button import Button, ConfirmButton
from tui.widgets.editors import LineEditor


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


def is_count(typed: str, count: int) -> bool:
    """Whether a count was typed, with or without what groups its digits."""
    return typed in (str(count), grouped(count))


class TypedQuestion(Dialog[bool]):
    """True where a person has typed how many it is about; a digit goes where one is typed, wherever the focus is."""

    AUTO_FOCUS = "#no"
    LEFT = False

    def __init__(self, title: str, text: str | list[str], yes: str, count: int) -> None:
        super().__init__()
        self._texts = (title, _shown(text), yes)
        self._count = count

    def heading(self) -> str:
        return self._texts[0]

    def body(self) -> ComposeResult:
        yield text_line(self._texts[1])
        with Horizontal(classes="line"):
            yield Label(say("screens.refused.type", count=self._count), markup=False)
            yield LineEditor("", id="count")
        yield problem_line()

    def buttons(self) -> Iterable[Button]:
        return CANCEL.made(), ConfirmButton(self._texts[2], id="yes", variant="error", compact=True)

    def on_key(self, event: events.Key) -> None:
        box, typed = self.query_one("#count", LineEditor), event.character or ""
        if whole_number(typed, 1) is not None and self.focused is not box:
            event.stop()
            box.type_on(typed)

    @on(LineEditor.Submitted)
    def _next(self) -> None:
        self.query_one("#yes").focus()

    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        typed = self.query_one("#count", LineEditor).value.strip()
        if is_count(typed, self._count):
            self.dismiss(True)
        else:
            self.show_problem(say("screens.launch.wrong_count", value=short(typed), count=self._count), at="#count")


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
