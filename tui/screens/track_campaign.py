"""Taking a campaign into the list by its ID; resolving an unconfirmed one."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from tui.app.dialog import CANCEL, Dialog, DialogButton, labelled, problem_line, text_line
from tui.campaign.lifecycle import State
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.track import confirm_created, confirm_not_created, parse_id, track
from tui.store import Campaign
from tui.text.formats import short
from tui.text.keys import STATE
from tui.widgets.button import Button
from tui.widgets.editors import ChoiceEditor, LineEditor


class TrackDialog(Dialog[bool]):
    """Asks for the ID and name of a campaign that was made elsewhere, and whether it is on. Sends nothing."""

    HEADING = "screens.adopt.title"
    BUTTONS = (CANCEL, DialogButton("yes", "screens.adopt.yes", "primary", confirms=True))
    AUTO_FOCUS = "#id"
    LEFT = False

    def body(self) -> ComposeResult:
        yield text_line(say("screens.adopt.text"))
        yield labelled(say("screens.adopt.id"), LineEditor("", "20212", id="id"))
        yield labelled(say("campaign.field.name"), LineEditor("", say("screens.adopt.name"), id="name"))
        states = [(state, say(STATE[state])) for state in (State.ON, State.OFF)]
        yield labelled(say("text.column.state"), ChoiceEditor(states, State.ON))
        yield problem_line()

    @on(LineEditor.Submitted)
    def _next(self) -> None:
        self.focus_next()

    @on(Button.Pressed, "#yes")
    def _confirmed(self) -> None:
        self.work(self._answer)

    async def _answer(self) -> None:
        if await self.attempt(self._track):
            self.dismiss(True)
        else:
            self.query_one("#id").focus()

    async def _track(self) -> None:
        name = self.query_one("#name", LineEditor).value.strip()
        provider_id = parse_id(self.query_one("#id", LineEditor).value)
        await track(self.services, provider_id, name or say("screens.adopt.unnamed", id=provider_id),
                    State(self.query_one(ChoiceEditor).text))


class ResolveDialog(Dialog[bool]):
    """The two ways out of *unconfirmed*: its ID, or that the provider doesn't have it."""

    HEADING = "screens.resolve.title"
    BUTTONS = (CANCEL, DialogButton("created", "screens.resolve.created", "primary", confirms=True),
               DialogButton("not-created", "screens.resolve.not_created", "warning", confirms=True))
    AUTO_FOCUS = "#id"
    LEFT = False

    def __init__(self, campaign: Campaign) -> None:
        super().__init__()
        self._campaign = campaign

    def body(self) -> ComposeResult:
        yield text_line(say("screens.resolve.text", name=visible(short(self._campaign.name))))
        yield labelled(say("screens.adopt.id"), LineEditor("", "20212", id="id"))
        yield problem_line()

    @on(LineEditor.Submitted)
    def _next(self) -> None:
        self.query_one("#created").focus()

    @on(Button.Pressed, "#created")
    def _created(self) -> None:
        self.work(self._confirm_created)

    @on(Button.Pressed, "#not-created")
    def _not_created(self) -> None:
        self.work(self._confirm_not_created)

    async def _confirm_created(self) -> None:
        async def resolve() -> None:
            provider_id = parse_id(self.query_one("#id", LineEditor).value)
            await confirm_created(self.services, self._campaign.id, provider_id)

        if await self.attempt(resolve):
            self.dismiss(True)
        else:
            self.query_one("#id").focus()

    async def _confirm_not_created(self) -> None:
        if await self.attempt(lambda: confirm_not_created(self.services, self._campaign.id)):
            self.dismiss(True)
