"""A test call: asked for on three screens, confirmed in a dialog, made beside them all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, cast

from textual import events, on
from textual.app import ComposeResult
from textual.widgets import Static

from tui.app.dialog import CANCEL, Dialog, DialogButton, labelled, text_line
from tui.app.screen import AppScreen
from tui.campaign.lifecycle import Created, NotSent, Outcome, Rejected
from tui.campaign.phone import BadPhone, readable_phone, wire_phone
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.launch import NotKept
from tui.operations.services import NotPossible
from tui.operations.trial_call import NotTestable, PlannedTest, launch_test, plan_test, trial_draft, twin_of
from tui.screens.launch import Countdown, next_box
from tui.screens.question import Notice
from tui.text.campaign import trial_call_lines
from tui.text.formats import sentence, short
from tui.text.keys import FIELD_LABEL
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor

MAX_PROBLEMS = 3  # more would fill a small screen; the form lists them all


class TrialCallDialog(Dialog[str]):
    """The number to be telephoned, as it is sent. The key that asked for the call confirms nothing here."""

    BUTTONS = (CANCEL, DialogButton("yes", "screens.test.yes", "warning", confirms=True))
    AUTO_FOCUS = "#no"

    def __init__(self, planned: PlannedTest, lines: list[str]) -> None:
        super().__init__()
        self._planned = planned
        self._lines = lines
        self.countdown = Countdown(self)

    def heading(self) -> str:
        return say("screens.test.title", name=short(self._planned.source.name, 50))

    def body(self) -> ComposeResult:
        yield text_line("\n".join(map(visible, self._lines)))
        number = LineEditor(_as_read(self._planned.number), say("screens.test.number_form"), id="number")
        yield labelled(say("screens.test.number"), number)
        yield Static("", id="twin", markup=False, classes="problem")
        yield self.countdown

    def on_mount(self) -> None:
        if not self._planned.number:
            self.set_focus(self.query_one("#number"))
        self._look_for_twin()

    def typed_anew(self) -> None:
        self.countdown.typed_anew()
        self._look_for_twin()

    def _look_for_twin(self) -> None:
        self.work(self._find_twin, group="twin", exclusive=True)

    async def _find_twin(self) -> None:
        twin = None
        with suppress(NotPossible):  # what is wrong with a number is said when it is to be called
            twin = await twin_of(self.services, self._planned, self._phone())
        self.query_one("#twin", Static).update("" if twin is None else say("screens.test.twin"))

    def _phone(self) -> str:
        return self._planned.telephones(self.query_one("#number", LineEditor).value)

    @on(LineEditor.Submitted)
    def _next(self, event: LineEditor.Submitted) -> None:
        next_box(self, cast("LineEditor", event.control))

    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        if self.countdown.counting:
            return
        try:
            phone = self._phone()
        except NotPossible as refused:
            self.countdown.refuse(sentence(refused.reason), "#number")
            return
        self.query_one("#number").disabled = True
        self.countdown.begin(phone, lambda left: say("screens.test.countdown", phone=readable_phone(phone), count=left))

    # what stops the countdown

    def on_paste(self, event: events.Paste) -> None:
        self.countdown.stop_pasted(event)


def _as_read(number: str) -> str:
    try:
        return readable_phone(wire_phone(number))
    except BadPhone:
        return number


async def ask_for_test_call(screen: AppScreen[Any], campaign_id: int, ended: Callable[[], None] | None = None) -> None:
    """Open the dialog for a test call of a campaign, within the key's own handling: keys typed ahead land in it.

    The call is made by the app: it goes on where the screen is left. `ended` is called when its outcome is known.
    """
    try:
        planned = await plan_test(screen.services, campaign_id)
    except NotTestable as refused:
        screen.notify("\n".join(_refusal(refused)), severity="warning")
        return
    except Exception as error:  # noqa: BLE001 - as in every work of a screen
        screen.screen_work.notify_failure(error)
        return

    def answered(phone: str | None) -> None:
        if phone is None:
            screen.notify(say("screens.launch.stopped"))
        else:
            screen.screen_work.run_beyond(partial(_call, screen, planned, phone, ended))

    lines = trial_call_lines(planned.draft, planned.phrase, planned.lang, screen.services.now())
    await screen.open(TrialCallDialog(planned, lines), answered)


def _refusal(refused: NotTestable) -> list[str]:
    problems = [f"{say(FIELD_LABEL[problem.field])}: {sentence(problem.reason)}" for problem in refused.problems]
    lines = [sentence(refused.reason), *problems[:MAX_PROBLEMS]]
    if len(problems) > MAX_PROBLEMS:
        lines.append(say("screens.review.more", count=len(problems) - MAX_PROBLEMS))
    return lines


async def _call(screen: AppScreen[Any], planned: PlannedTest, phone: str, ended: Callable[[], None] | None) -> None:
    try:
        outcome = await _launch(screen, planned, phone)
    except NotKept as failure:
        notice = Notice(say("screens.launch.write_down"), [sentence(reason) for reason in failure.reasons])
        await screen.app.push_screen_wait(notice)
        return
    finally:
        if ended is not None:
            ended()
    _notify_outcome(screen, planned, phone, outcome)


async def _launch(screen: AppScreen[Any], planned: PlannedTest, phone: str) -> Outcome:
    app, services = screen.santral, screen.services
    app.trial_calls += 1  # leaving the app asks first
    try:
        return await launch_test(services, await trial_draft(services, planned, phone))
    finally:
        app.trial_calls -= 1


def _notify_outcome(screen: AppScreen[Any], planned: PlannedTest, phone: str, outcome: Outcome) -> None:
    name = short(planned.source.name)
    if isinstance(outcome, Created):
        screen.notify(say("screens.test.created", name=name, phone=readable_phone(phone), id=outcome.provider_id))
        return
    why = sentence(outcome.reason)
    if isinstance(outcome, Rejected):
        text = say("screens.test.rejected", name=name, why=why)
    elif isinstance(outcome, NotSent):
        text = say("screens.test.not_sent", name=name, why=why)
    else:
        text = say("screens.test.unconfirmed", name=name, why=why)
    screen.notify(text, severity="error")
