"""What its panes and the editor of its menu ask of a form."""

from __future__ import annotations

from typing import Protocol

from tui.app.screen import AppScreen
from tui.campaign.rules import Problem
from tui.screens.form_keeper import FormKeeper
from tui.screens.form_model import FormModel
from tui.screens.form_typing import FormTyping


class Navigation(Protocol):
    """How one gets about in a form."""

    async def jump(self, field: str) -> None:
        """Go to a field, in whichever section it is."""


class FormContext(Protocol):
    """A form, as what stands in it or over it knows it."""

    host: AppScreen[None]  # its screen, for work, questions and notices

    @property
    def model(self) -> FormModel: ...

    @property
    def keeper(self) -> FormKeeper: ...

    @property
    def typing(self) -> FormTyping: ...

    @property
    def kept_text(self) -> str:
        """Whether what was typed is in the store, in words."""

    async def look(self) -> None:
        """Take over what others have changed; leave where the draft was launched or deleted elsewhere."""

    @property
    def navigation(self) -> Navigation: ...

    def show_help(self, text: str) -> None:
        """Two lines above the keys, about what has the focus."""

    def show_reviewed(self, problems: list[Problem]) -> None:
        """Review found so much; title and sections say the same, until another section is gone to."""

    def set_launching(self, launching: bool) -> None: ...  # noqa: FBT001 - one fact, two values
