"""Going over to another profile."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets.option_list import Option

from tui.app.dialog import Dialog
from tui.config import Config, Profile
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.text.keys import PROFILE_COLOUR
from tui.widgets.lines import profile_mark
from tui.widgets.options import Options
from tui.widgets.table import fit

_LONGEST_NAME = 24


class ProfilesDialog(Dialog[Profile | None]):
    """The profile that was chosen, or None."""

    HEADING = "screens.profiles.title"

    def __init__(self, config: Config, current: str) -> None:
        super().__init__()
        self._profiles = list(config.profiles.values())
        self._current = current
        self._width = min(_LONGEST_NAME, max(map(len, config.profiles), default=0))

    def body(self) -> ComposeResult:
        yield Options(*(Option(self._row(profile)) for profile in self._profiles))

    def on_mount(self) -> None:
        names = [profile.name for profile in self._profiles]
        self.query_one(Options).highlighted = names.index(self._current) if self._current in names else 0

    def _row(self, profile: Profile) -> Content:
        """Whether it is in use, its colour as a bar and in words, and what else tells it from the others."""
        notes = [say("screens.profiles.current")] if profile.name == self._current else []
        notes += [say(PROFILE_COLOUR[profile.colour])] if profile.colour else []
        notes += [say("widgets.profiles.read_only")] if profile.read_only else []
        current = "●" if profile.name == self._current else " "
        return Content.assemble(
            f"{current} ", profile_mark(profile.colour), f"{fit(visible(profile.name), self._width)}  ",
            " · ".join([*notes, visible(profile.base_url)]))

    @on(Options.OptionSelected)
    def _chosen(self, event: Options.OptionSelected) -> None:
        self.dismiss(self._profiles[event.option_index])
