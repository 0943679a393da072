"""What stands in place of fields in a section of the form, and works: the numbers, Review."""

from __future__ import annotations

from typing import TypeVar

from textual.containers import Vertical
from textual.screen import Screen

from tui.app.screen_work import Job
from tui.operations.services import Services
from tui.screens.form_context import FormContext
from tui.widgets.presence import there

R = TypeVar("R")


class FormPane(Vertical):
    """Its work is the form's, and goes on where it is left for another section; what it would have shown is dropped."""

    def __init__(self, form: FormContext) -> None:
        super().__init__()
        self.form = form  # that it is in, or was in

    @property
    def services(self) -> Services:
        return self.form.host.services

    async def ask(self, screen: Screen[R]) -> R | None:
        """The answer of a screen over the form, for a worker; None where this pane has been left meanwhile."""
        if not there(self):
            return None
        return await self.form.host.ask(screen)

    def work(self, job: Job, *, group: str, exclusive: bool = False) -> None:
        self.form.host.work(job, group=group, exclusive=exclusive, of=self)

    def take_focus(self) -> None:
        """Put the focus where one begins here."""
        self.screen.set_focus(self)

    def draft_changed(self) -> None:
        """The draft or its list was changed elsewhere: show it as it is now."""

    def refresh_texts(self) -> None:
        """Show what is said of the data in the language in use now."""
