"""Picking what the account has: a caller ID, a queue, an announcement. Typing it by hand stays possible."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.campaign.phone import readable_phone
from tui.operations.services import Services
from tui.screens.base import Dialog
from tui.visible import visible
from tui.widgets.binding import bind
from tui.words import say

PICKED = ("cli", "queue_number", "welcome_announcement_id")


async def choices_of(services: Services, field: str) -> list[tuple[str, str]]:
    """What the account offers for a field: pairs of the value and its name. ProviderError."""
    provider = services.provider
    if field == "cli":
        return [(number, readable_phone(number)) for number in (await provider.caller_ids()).value]
    if field == "queue_number":
        return [(str(queue.number), queue.name) for queue in (await provider.queues()).value]
    return [(str(announcement.id), announcement.name) for announcement in (await provider.announcements()).value]


class PickDialog(Dialog[str | None]):
    """The value chosen, or None."""

    BINDINGS = [bind("app.back", "leave", show=False)]

    def __init__(self, field: str) -> None:
        super().__init__()
        self._field = field
        self._choices: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(say(f"campaign.field.{self._field}"), markup=False, classes="title")
            yield Static(say("screens.pick.asking"), markup=False, classes="text")
            yield OptionList()

    def on_mount(self) -> None:
        self.work(self._ask)

    async def _ask(self) -> None:
        try:
            self._choices = await choices_of(self.services, self._field)
        except Exception:
            self.dismiss(None)
            raise
        self.query_one(".text", Static).update("" if self._choices else say("screens.pick.none"))
        self.query_one(".text").display = not self._choices
        listed = self.query_one(OptionList)
        listed.add_options(Option(Content(visible(f"{value:<14} {name}"))) for value, name in self._choices)
        listed.highlighted = 0 if self._choices else None
        listed.focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index][0])

    def action_leave(self) -> None:
        self.dismiss(None)
