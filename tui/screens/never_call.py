"""A number of a row is put on the do-not-call list, after a question: nobody calls it again from this profile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult

from tui.app.dialog import CANCEL, Dialog, DialogButton, labelled, problem_line, text_line
from tui.app.screen import AppScreen
from tui.campaign.phone import possible_phones, readable_phone
from tui.i18n.words import say
from tui.operations.do_not_call import put_on_list, reason_given
from tui.operations.services import NotPossible
from tui.widgets.button import Button
from tui.widgets.editors import LineEditor


class NeverCallDialog(Dialog[str]):
    """Its answer is the reason, which may be empty; None where it was left."""

    BUTTONS = (CANCEL, DialogButton("yes", "screens.never.yes", "primary", confirms=True))
    AUTO_FOCUS = "#reason"

    def __init__(self, phone: str, *, on_list: bool) -> None:
        super().__init__()
        self.phone = phone
        self._on_list = on_list

    def heading(self) -> str:
        return say("screens.never.title", phone=readable_phone(self.phone))

    def body(self) -> ComposeResult:
        yield text_line(say("screens.never.on_list" if self._on_list else "screens.never.text",
                            profile=self.services.profile.name))
        yield labelled(say("screens.dnc.why"), LineEditor("", say("screens.dnc.reason_hint"), id="reason"))
        yield problem_line()

    @on(LineEditor.Submitted)
    def _next(self) -> None:
        self.set_focus(self.query_one("#yes"))

    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        try:
            self.dismiss(reason_given(self.query_one("#reason", LineEditor).value))
        except NotPossible as refused:
            self.refuse([refused.reason])


def why_not_never(shown: str) -> str | None:
    """Why what stands in a row can't be put on the list; None where it can."""
    return None if possible_phones(shown) else say("screens.never.no_number", value=shown)


async def ask_never_to_call(screen: AppScreen[Any], shown: str, done: Callable[[], None] = lambda: None) -> None:
    """Ask, within the key's own handling, and put what a row shows on the list. `done` is called when it is there.

    A number abroad may be reported without its 00: whichever it may be is not called.
    """
    services, phones = screen.services, possible_phones(shown)
    on_list = await services.thread(services.store.do_not_call.among, services.profile.name, phones)

    def answered(reason: str | None) -> None:
        if reason is not None:
            screen.work(partial(_put, screen, phones, reason, done))

    await screen.open(NeverCallDialog(phones[0], on_list=set(phones) <= on_list), answered)


async def _put(screen: AppScreen[Any], phones: Sequence[str], reason: str, done: Callable[[], None]) -> None:
    added = await put_on_list(screen.services, phones, reason)
    phone = readable_phone(phones[0])
    screen.notify(say("screens.never.done" if added.new else "screens.never.already", phone=phone))
    done()
