"""Going over to another profile."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.config import Config, Profile
from tui.screens.base import Dialog
from tui.visible import visible
from tui.widgets.binding import bind
from tui.words import say


class ProfilesDialog(Dialog[Profile | None]):
    """The profile that was chosen, or None."""

    BINDINGS = [bind("app.back", "leave", show=False)]

    def __init__(self, config: Config, current: str) -> None:
        super().__init__()
        self._profiles = list(config.profiles.values())
        self._current = current

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(say("screens.profiles.title"), markup=False, classes="title")
            yield OptionList(*(Option(Content(visible(self._text(profile)))) for profile in self._profiles))

    def _text(self, profile: Profile) -> str:
        mark = "●" if profile.name == self._current else " "
        look = f" · {say('screens.profiles.read_only')}" if profile.read_only else ""
        return f"{mark} {profile.name}  {profile.base_url}{look}"

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._profiles[event.option_index])

    def action_leave(self) -> None:
        self.dismiss(None)
