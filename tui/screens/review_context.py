"""What the parts of Review ask of it."""

from __future__ import annotations

from typing import Protocol, TypeVar

from textual.screen import Screen

from tui.app.screen_work import Job
from tui.operations.launch_request import Ready
from tui.screens.form_context import FormContext

R = TypeVar("R")


class ReviewContext(Protocol):
    """Review, as what it has for one of its concerns knows it."""

    form: FormContext

    @property
    def ready(self) -> Ready | None:
        """The draft as it is shown; None while it is read."""

    @property
    def is_there(self) -> bool:
        """Whether it is seen still."""

    async def ask_provider(self) -> None:
        """Ask whom the provider has blocked, and read the draft anew."""

    async def look(self) -> None:
        """Read the draft as it is kept, and show what a launch of it would do."""

    def look_again(self) -> None:
        """`look` beside the screen, where it is seen still."""

    def work(self, job: Job, *, group: str, exclusive: bool = False) -> None:
        """Run a job beside the form, which goes on where another section is shown."""

    async def ask(self, screen: Screen[R]) -> R | None:
        """The answer of a screen over the form; None where another section is shown."""
