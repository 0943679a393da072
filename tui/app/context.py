"""What screens ask of the app, besides what Textual's `App` gives them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from textual.signal import Signal

from tui.app.routes import Routes
from tui.app.terminal.disturbed import Disturbance
from tui.bootstrap import Session
from tui.config import Config
from tui.config.ui_state import UiState
from tui.operations.services import Services

if TYPE_CHECKING:  # loaded with the menu editor
    from tui.campaign.menu import Clip, MenuEdits


class AppContext(Protocol):
    """The app, `SantralApp`, as its screens know it."""

    session: Session
    routes: Routes
    clip: Clip | None  # the target that was cut or copied last
    menu_edits: dict[int, MenuEdits]  # by campaign: what can be undone in this session
    trial_calls: int  # how many requests of test calls are under way
    bulks: int  # how many runs over several campaigns are under way
    push_again: Callable[[], None]  # whoever waits to be blocked at the provider may be pushed now
    only_ansi: bool  # whether the terminal's own colours are the only ones
    unseen: Signal[Any]  # nobody sees the screen, or saw it until now
    disturbed: Signal[Disturbance]  # something came from the terminal that nobody typed

    @property
    def services(self) -> Services:
        """Those of the profile in use. RuntimeError before there is a profile: the first-run screen asks for none."""

    @property
    def config(self) -> Config: ...

    @property
    def log_file(self) -> Path: ...

    @property
    def sending(self) -> bool:
        """Whether a launch is under way."""

    @property
    def waiting(self) -> bool:
        """Whether a call to the provider waits for a limit or its next try."""

    @property
    def wanted_theme(self) -> str: ...

    def held(self) -> bool:
        """Whether the key of the moment is held down, and so confirms nothing; if so, a notice says it."""

    def keys_of(self, binding_id: str) -> str: ...

    def notify_how_to_quit(self) -> None: ...

    def speak(self, language: str) -> None: ...

    def speak_waiting(self) -> None: ...

    def show_wait(self) -> None:
        """Say in the title lines what a call to the provider waits for, and whether `escape` gives it up now."""

    def use_theme(self, name: str) -> None: ...

    def remember_profile(self) -> None: ...

    def keep(self, state: UiState) -> None:
        """Remember what was chosen in the app, and write it down beside the screen."""

    async def begin(self, profile: str, key: str, base_url: str, language: str) -> None: ...

    async def copy(self, text: str) -> bool: ...
