"""What the parts of the numbers pane know of it."""

from __future__ import annotations

from typing import Protocol, TypeVar

from textual.screen import Screen

from tui.app.screen_work import Job
from tui.operations.services import Services
from tui.screens.form_context import FormContext
from tui.screens.numbers_filter import NumberFilter
from tui.store import Summary

R = TypeVar("R")


class NumberList(Protocol):
    """The list of a draft, as it is shown."""

    form: FormContext
    campaign_id: int
    summary: Summary
    filter: NumberFilter

    @property
    def services(self) -> Services: ...

    @property
    def is_gone(self) -> bool:
        """Whether another section is shown."""

    def work(self, job: Job, *, group: str, exclusive: bool = False) -> None:
        """Run a job beside the form, which goes on where another section is shown."""

    async def ask(self, screen: Screen[R]) -> R | None:
        """The answer of a screen over the form; None where another section is shown."""

    def begin(self) -> None:
        """Show what the filter and the words name, however long it takes to find."""

    async def reload(self, *, at_end: bool = False) -> None:
        """Read anew what the filter shows; `at_end`: with the cursor on the last row."""
