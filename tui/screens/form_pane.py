"""What stands in place of fields in a section of the form, and works: the numbers, Review."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.containers import Vertical

from tui.app.screen import Job

if TYPE_CHECKING:
    from tui.screens.campaign_form import FormScreen


class FormPane(Vertical):
    """Its work is the form's, and goes on where it is left for another section; what it would have shown is dropped."""

    _form: FormScreen | None = None

    @property
    def form(self) -> FormScreen:
        """The form that it is in, or was in."""
        if self._form is None:
            self._form = cast("FormScreen", self.screen)
        return self._form

    def on_mount(self) -> None:
        self._form = cast("FormScreen", self.screen)

    def work(self, job: Job, *, group: str, exclusive: bool = False) -> None:
        self.form.work(job, group=group, exclusive=exclusive, of=self)
