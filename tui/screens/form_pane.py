"""What stands in place of fields in a section of the form, and works: the numbers, Review."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from textual.containers import Vertical
from textual.screen import Screen

from tui.app.screen_work import Job
from tui.widgets.presence import there

if TYPE_CHECKING:
    from tui.screens.campaign_form import CampaignFormScreen

R = TypeVar("R")


class FormPane(Vertical):
    """Its work is the form's, and goes on where it is left for another section; what it would have shown is dropped."""

    _form: CampaignFormScreen | None = None

    @property
    def form(self) -> CampaignFormScreen:
        """The form that it is in, or was in."""
        if self._form is None:
            self._form = cast("CampaignFormScreen", self.screen)
        return self._form

    def on_mount(self) -> None:
        self._form = cast("CampaignFormScreen", self.screen)

    async def ask(self, screen: Screen[R]) -> R | None:
        """The answer of a screen over the form, for a worker; None where this pane has been left meanwhile."""
        if not there(self):
            return None
        return await self.form.ask(screen)

    def work(self, job: Job, *, group: str, exclusive: bool = False) -> None:
        self.form.work(job, group=group, exclusive=exclusive, of=self)
