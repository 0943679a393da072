"""Taking a campaign into the list by its ID; resolving an unconfirmed one."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Label, Static

from tui.app.screen import Dialog, reasons_of
from tui.campaign.lifecycle import State
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.track import confirm_created, confirm_not_created, parse_id, track
from tui.store import Campaign
from tui.text.formats import sentence, short
from tui.text.keys import STATE
from tui.widgets.button import Button, ConfirmButton
from tui.widgets.editors import ChoiceEditor, Edited, LineEditor


class TrackDialog(Dialog[bool]):
    """Asks for the ID and name of a campaign that was made elsewhere, and whether it is on. Sends nothing."""

    AUTO_FOCUS = "#id"

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(say("screens.adopt.title"), markup=False, classes="title")
            yield Static(say("screens.adopt.text"), markup=False, classes="text")
            with Horizontal(classes="line"):
                yield Label(say("screens.adopt.id"), markup=False, classes="label")
                yield LineEditor("", "20212", id="id")
            with Horizontal(classes="line"):
                yield Label(say("campaign.field.name"), markup=False, classes="label")
                yield LineEditor("", say("screens.adopt.name"), id="name")
            with Horizontal(classes="line"):
                yield Label(say("text.column.state"), markup=False, classes="label")
                states = [(state, say(STATE[state])) for state in (State.ON, State.OFF)]
                yield ChoiceEditor(states, State.ON)
            yield Static("", markup=False, classes="problem")
            with Horizontal(classes="buttons"):
                yield Button(say("common.cancel"), id="no", compact=True)
                yield ConfirmButton(say("screens.adopt.yes"), id="yes", variant="primary", compact=True)

    @on(Edited)
    def _typed_anew(self) -> None:
        self.query_one(".problem", Static).update("")

    @on(LineEditor.Submitted)
    def _next(self) -> None:
        self.focus_next()

    @on(Button.Pressed, "#yes")
    def _yes(self) -> None:
        self.work(self._adopt)

    async def _adopt(self) -> None:
        name = self.query_one("#name", LineEditor).value.strip()
        try:
            provider_id = parse_id(self.query_one("#id", LineEditor).value)
            await track(self.services, provider_id, name or say("screens.adopt.unnamed", id=provider_id),
                        State(self.query_one(ChoiceEditor).text))
        except Exception as error:
            reasons = reasons_of(error)
            if not reasons:
                raise
            self.query_one(".problem", Static).update(visible(sentence(reasons[0])))
            self.query_one("#id").focus()
            return
        self.dismiss(True)

    @on(Button.Pressed, "#no")
    def action_leave(self) -> None:
        self.dismiss(False)


class ResolveDialog(Dialog[bool]):
    """The two ways out of *unconfirmed*: its ID, or that the provider doesn't have it."""

    AUTO_FOCUS = "#id"

    def __init__(self, campaign: Campaign) -> None:
        super().__init__()
        self._campaign = campaign

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(say("screens.resolve.title"), markup=False, classes="title")
            text = say("screens.resolve.text", name=visible(short(self._campaign.name)))
            yield Static(text, markup=False, classes="text")
            with Horizontal(classes="line"):
                yield Label(say("screens.adopt.id"), markup=False, classes="label")
                yield LineEditor("", "20212", id="id")
            yield Static("", markup=False, classes="problem")
            with Horizontal(classes="buttons"):
                yield Button(say("common.cancel"), id="no", compact=True)
                yield ConfirmButton(say("screens.resolve.created"), id="created", variant="primary", compact=True)
                yield ConfirmButton(say("screens.resolve.not_created"), id="not-created", variant="warning",
                                    compact=True)

    @on(Edited)
    def _typed_anew(self) -> None:
        self.query_one(".problem", Static).update("")

    @on(LineEditor.Submitted)
    def _next(self) -> None:
        self.query_one("#created").focus()

    @on(Button.Pressed, "#created")
    def _created(self) -> None:
        self.work(partial(self._settle, created=True))

    @on(Button.Pressed, "#not-created")
    def _not_created(self) -> None:
        self.work(partial(self._settle, created=False))

    async def _settle(self, *, created: bool) -> None:
        try:
            if created:
                provider_id = parse_id(self.query_one("#id", LineEditor).value)
                await confirm_created(self.services, self._campaign.id, provider_id)
            else:
                await confirm_not_created(self.services, self._campaign.id)
        except Exception as error:
            reasons = reasons_of(error)
            if not reasons:
                raise
            self.query_one(".problem", Static).update(visible(sentence(reasons[0])))
            return
        self.dismiss(True)

    @on(Button.Pressed, "#no")
    def action_leave(self) -> None:
        self.dismiss(False)
