"""What an estimate rests on, changed by the operator: a line each, the estimate beneath as one types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from tui.app.dialog import CANCEL, Dialog, DialogButton, labelled, problem_line, text_line
from tui.app.screen import AppScreen
from tui.campaign.estimate import ASSUMPTIONS, estimate
from tui.campaign.parsed_draft import ParsedDraft
from tui.core.text_keys import TextKeys
from tui.core.whole_number import whole_number
from tui.i18n.words import say
from tui.text.formats import short
from tui.text.schedule import estimate_text
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor

_LABEL: Final = TextKeys("screens.assume.{}", ASSUMPTIONS)


def assumptions_of(screen: AppScreen[Any]) -> Mapping[str, int]:
    """What the operator chose to assume for the profile in use."""
    return screen.santral.session.state.assumptions.get(screen.services.profile.name, {})


def assume(screen: AppScreen[Any], chosen: Mapping[str, int]) -> None:
    """Remember what was chosen."""
    state = screen.santral.session.state
    kept = {**state.assumptions, screen.services.profile.name: chosen}
    screen.santral.keep(replace(state, assumptions=kept))


class AssumeDialog(Dialog[dict[str, int]]):
    """Its result is every assumption that was chosen, of this draft or an earlier one; None where it was left."""

    HEADING = "screens.assume.title"
    BUTTONS = (CANCEL, DialogButton("yes", "screens.assume.keep", "primary"))
    AUTO_FOCUS = "LineEditor"
    FRAME = "dialog -assume"

    def __init__(self, draft: ParsedDraft, recipients: int, chosen: Mapping[str, int], again: int = 0) -> None:
        """`again`: how many rows call one of the people once more."""
        super().__init__()
        self._draft = draft
        self._recipients = recipients
        self._again = again
        self._chosen = dict(chosen)

    def body(self) -> ComposeResult:
        found = estimate(self._draft, self._recipients + self._again, self.services.now(), self._chosen)
        yield text_line(say("screens.assume.text"))
        for name, value in (found.assumed if found is not None else {}).items():
            yield labelled(say(_LABEL[name]), LineEditor(str(value), id=name))
        yield Static("", id="estimate", markup=False, classes="hint")
        yield problem_line()

    def on_mount(self) -> None:
        self.typed_anew()

    def typed_anew(self) -> None:
        """Show the estimate, or what is wrong with the first line that can't be read."""
        typed, wrong = self._typed()
        now = self.services.now()
        found = estimate(self._draft, self._recipients + self._again, now, self._chosen | typed)
        text = estimate_text(found, self._recipients, now, self._again) if found is not None and not wrong else ""
        self.query_one("#estimate", Static).update(text)
        self.show_problem(next(iter(wrong.values()), ""))

    def _typed(self) -> tuple[dict[str, int], dict[str, str]]:
        """What is typed, and what is wrong, by the assumption's name."""
        typed, wrong = {}, {}
        for line in self.query(LineEditor):
            name, text = line.id or "", line.value.strip()
            assumption = ASSUMPTIONS[name]
            value = whole_number(text)
            if value is not None and assumption.minimum <= value <= assumption.maximum:
                typed[name] = value
            else:
                wrong[name] = say("screens.assume.wrong", label=say(_LABEL[name]),
                                  value=short(text, 20), least=assumption.minimum, most=assumption.maximum)
        return typed, wrong

    @on(LineEditor.Submitted)
    def _next(self, event: LineEditor.Submitted) -> None:
        if event.input is self.query(LineEditor).last():
            self.query_one("#yes").focus()
        else:
            self.focus_next()

    @on(Button.Pressed, "#yes")
    def _keep(self) -> None:
        typed, wrong = self._typed()
        if wrong:
            self.typed_anew()
            self.query_one(f"#{next(iter(wrong))}").focus()
            return
        self.dismiss(self._chosen | typed)
