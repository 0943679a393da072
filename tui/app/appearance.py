"""How the app looks and speaks: its theme and its language, both of which change while it runs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from msgspec.structs import replace
from textual.app import App, SystemCommand
from textual.notifications import Notification, Notify, SeverityLevel
from textual.screen import ModalScreen, Screen
from textual.theme import Theme

from tui.app import themes
from tui.app.dialog import Dialog
from tui.app.routes import Routes
from tui.app.screen import AppScreen
from tui.app.terminal import capabilities
from tui.app.terminal.app import TerminalApp
from tui.bootstrap import Session
from tui.config.ui_state import UiState
from tui.core.reason import Reason
from tui.core.sanitize import visible
from tui.i18n import words
from tui.i18n.words import say
from tui.text.formats import sentence

LANGUAGES: Final = {"tr": "Türkçe", "en": "English"}  # each in its own words: whoever looks for it knows those


@dataclass
class LocalizedNotification(Notification):
    """A toast, and the language in which it was put."""

    language: str = field(default_factory=words.language)


class Appearance(TerminalApp[str]):
    """Mixed into the app."""

    def __init__(self, session: Session, routes: Routes) -> None:
        # Then the terminal's colours are used, and none of them is sent.
        no_color = capabilities.no_colours(session.environ)
        # Where only the theme in the terminal's own colours can be shown.
        self.only_ansi = no_color or capabilities.colours(session.environ) == capabilities.ANSI
        theme = self._first_theme(session)
        self.redact = session.redactor
        super().__init__(session.environ, ansi_color=no_color or (theme is not None and theme.ansi))
        self.session = session
        self.routes = routes
        self._written_state = session.state
        self._writing_state = False
        self._to_speak: str | None = None  # chosen while a dialog was there
        self._settings: Screen[Any] | None = None
        self.themes: list[str] = []  # the names of those that can be chosen
        self.set_class("screen" in capabilities.around(session.environ), "-no-italics")
        if theme is not None:
            self._begin_with_theme(theme)

    @property
    def wants_mouse(self) -> bool:
        """Not in GNU screen: while a program there hears the mouse, screen holds back `esc` until the next key."""
        return self.session.config.mouse and "screen" not in capabilities.around(self.environ)

    @property
    def wanted_theme(self) -> str:
        """The theme that was chosen in the app, else the configuration's."""
        return self.session.state.theme or self.session.config.theme

    def _first_theme(self, session: Session) -> Theme | None:
        """The one that is shown; the others are read once it is there. None where the installation lacks its files."""
        path, wanted = session.config.path, session.state.theme or session.config.theme
        return themes.find(path, themes.ANSI if self.only_ansi else wanted) or themes.find(path, themes.DEFAULT)

    def _begin_with_theme(self, theme: Theme) -> None:
        """Before anything is drawn there is nothing to draw anew: set as usual, all styles would be read twice."""
        self._make_known(theme)
        self.set_reactive(App.theme, theme.name)
        self.set_reactive(App.ansi_color, True if self.no_color else None)  # from now on as the theme has it
        self.stylesheet.set_variables(self.get_css_variables())
        self.update_classes({f"-theme-{theme.name}": True, "-dark-mode": theme.dark, "-light-mode": not theme.dark},
                            update=False)

    def _make_known(self, theme: Theme) -> None:
        """Make a theme known, in the colours that the terminal has."""
        if self.colours == capabilities.EIGHT_BIT:
            from tui.app.palette_256 import in_256

            theme = in_256(theme)
        self.register_theme(theme)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What Textual's own themes lack: the styles are read before one of ours is there."""
        return {"muted": "#8a8f98", "faint": "#7d828b", **themes.profile_variables(dark=True)}

    def load_themes(self) -> None:
        """Read all themes, and notify of those that can't be used."""
        loaded = themes.load(self.session.config.path)
        for theme in loaded.themes.values():
            self._make_known(theme)
        self.themes = sorted(loaded.themes)
        reasons = list(loaded.problems.values())
        if self.wanted_theme not in {*loaded.themes, *loaded.problems}:
            reasons.append(themes.unknown(self.wanted_theme, self.themes))
        self.notify_reasons(reasons)

    def notify_reasons(self, reasons: Iterable[Reason]) -> None:
        for reason in reasons:
            self.notify(visible(sentence(reason)), severity="warning", markup=False, timeout=10)

    def use_theme(self, name: str) -> None:
        """Show a theme, and begin with it the next time."""
        self.keep(replace(self.session.state, theme=name))
        self.theme = themes.ANSI if self.only_ansi else name

    async def action_choose_theme(self) -> None:
        await self.push_screen(self.routes.themes(self.themes))

    def why_not(self, action: str) -> str | None:
        if action != "settings":
            return None
        if self.session.services is None:
            return say("app.settings.after_first")
        if self._dialogs:
            return say("app.settings.answer_first")
        return say("app.settings.here") if self._settings in self.screen_stack else None

    async def action_settings(self) -> None:
        self._settings = self.routes.settings()
        await self.push_screen(self._settings)

    # languages

    def speak(self, language: str) -> None:
        """Go over to another language, on every screen at once. Notices that are shown are not repeated.

        A dialog stays as it is until it is answered: one that came in the same moment is waited for. At the first run
        the choice is kept with the rest, once the key was checked.
        """
        self._to_speak = language
        if language == words.language() or any(isinstance(screen, ModalScreen) for screen in self.screen_stack):
            return
        words.use(language)
        if self.session.services is not None:
            self.keep(replace(self.session.state, language=language))
        self._drop_notifications()
        from tui.app.retranslate import retranslate_screen

        for screen in self.screen_stack:
            if isinstance(screen, AppScreen):
                retranslate_screen(screen)
        self.refresh_texts()

    def notify(self, message: str, *, title: str = "", severity: SeverityLevel = "information",
               timeout: float | None = None, markup: bool = True) -> None:
        seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
        self.post_message(Notify(LocalizedNotification(message, title, severity, seconds, markup=markup)))

    def on_notify(self, event: Notify) -> None:
        """What stands there already is not shown twice: a key that is held down would fill the screen with toasts. What
        is half over stands there anew, else a key that gives it again would have no answer but one that goes. Not shown
        is what is in another language, and has waited behind something else."""
        new = event.notification
        standing = next((other for other in self._notifications if other.message == new.message), None)
        if (standing is not None and standing.time_left > standing.timeout / 2) or (
                isinstance(new, LocalizedNotification) and new.language != words.language()):
            event.prevent_default()
        elif standing is not None:
            del self._notifications[standing]

    def speak_waiting(self) -> None:
        """The language that was chosen while a dialog was there."""
        if self._to_speak is not None:
            self.speak(self._to_speak)

    def _drop_notifications(self) -> None:
        """Textual takes away what the screen in front shows whole: not what lies beneath."""
        self.clear_notifications()
        for screen in self.screen_stack:
            for rack in screen.query("ToastRack"):
                rack.remove_children()

    @property
    def _dialogs(self) -> bool:
        return any(isinstance(screen, Dialog) for screen in self.screen_stack)

    def refresh_texts(self) -> None:
        """Write again, in the language in use, what the app itself shows on the screens."""

    # both

    def appearance_commands(self) -> Iterator[SystemCommand]:
        """For the palette. A dialog stays as it is until it is answered: over one, the language is not changed."""
        yield SystemCommand(say("app.themes.choose"), "", self.action_choose_theme)
        if self._dialogs:
            return
        for language, name in LANGUAGES.items():
            if language != words.language():
                yield SystemCommand(say("app.language.use", name=name), "", partial(self.speak, language))

    def keep(self, state: UiState) -> None:
        """Remember what was chosen. It is written beside the screen, as the disk may be slow; the last choice last."""
        self.session.state = state
        if not self._writing_state:
            self._writing_state = True
            self.run_beside(self._write_state)

    async def _write_state(self) -> None:
        try:
            await self.state_written()
        finally:
            self._writing_state = False

    async def state_written(self) -> None:
        """Write down what was chosen, until nothing else has been chosen meanwhile."""
        while (state := self.session.state) != self._written_state:
            await asyncio.to_thread(self.session.write_state)
            self._written_state = state
