"""Settings: language, theme, the profiles, and where everything lies."""

from __future__ import annotations

import os
from functools import partial
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Label, Static

from tui.app import themes
from tui.app.appearance import LANGUAGES
from tui.app.screen import AppScreen
from tui.config import Profile
from tui.config.keymap import Place
from tui.config.ui_state import state_path
from tui.core.sanitize import visible
from tui.core.text_keys import TextKeys
from tui.i18n.words import language, say
from tui.screens.profile_form import ProfileDialog, notify_backup
from tui.screens.question import Question
from tui.screens.theme_picker import about_theme
from tui.text.formats import clock_text, short
from tui.text.keys import PROFILE_COLOUR
from tui.widgets.binding import bindings
from tui.widgets.editors import ChoiceEditor, Edited
from tui.widgets.lines import KeyLine, TitleLine
from tui.widgets.table import Cell, Column, Row, Table

PLACES = ("config", "themes", "database", "state", "log")
_PLACE: Final = TextKeys("screens.settings.place_{}", PLACES)


class SettingsScreen(AppScreen[None]):
    """What is chosen holds at once. Profiles are written into the configuration, the rest is kept beside the data."""

    HELP_TOPIC = "settings"
    BINDINGS = bindings(Place.SETTINGS)
    AUTO_FOCUS = "#profiles"

    def compose(self) -> ComposeResult:
        yield TitleLine(id="title")
        with Horizontal(classes="line"):
            yield Label(say("screens.settings.language"), markup=False, classes="label")
            yield ChoiceEditor(list(LANGUAGES.items()), language())
        with Horizontal(classes="line"):
            yield Label(say("screens.settings.theme"), markup=False, classes="label")
            yield Static(id="theme", markup=False)
        yield Static(say("screens.settings.profiles"), markup=False, classes="heading")
        yield Static(id="environment", markup=False)
        yield Table([
            Column("name", say("screens.settings.profile"), 20),
            Column("notes", say("screens.settings.notes"), 27),
            Column("caller", say("campaign.field.cli"), 16, min_room=110),
            Column("address", say("screens.first.base_url")),
        ], id="profiles")
        yield Static(say("screens.settings.places"), markup=False, classes="heading")
        yield Table([Column("what", say("screens.settings.what"), 20), Column("where", say("screens.settings.where"))],
                    id="places")
        yield KeyLine()

    def on_mount(self) -> None:
        self.watch(self.app, "theme", self._show_theme)
        self.uncovered.add(self._show_theme)
        self.show()

    @property
    def profiles(self) -> list[Profile]:
        return list(self.santral.config.profiles.values())

    @property
    def current(self) -> Profile | None:
        """The profile that the cursor is on."""
        place, profiles = self.query_one("#profiles", Table).cursor, self.profiles
        return profiles[place] if place < len(profiles) else None

    # what is shown

    def show(self) -> None:
        title = self.query_one(TitleLine)
        title.left, title.right = say("screens.settings.title"), clock_text(self.services.now())
        self._show_theme()
        self.query_one("#profiles", Table).renew(len(self.profiles), 0, list(map(self._row, self.profiles)))
        self.query_one("#places", Table).renew(len(PLACES), 0, [
            {"what": Cell(say(_PLACE[name])), "where": Cell(self._where(name))} for name in PLACES])
        note = self.query_one("#environment", Static)
        text = "\n".join(map(visible, self._environment()))
        note.update(text)
        note.set_class(bool(text), "-with-text")

    def refresh_texts(self) -> None:
        self.query_one(ChoiceEditor).put(language())
        self.show()

    def _show_theme(self) -> None:
        name = self.santral.wanted_theme if self.santral.only_ansi else self.app.theme
        self.query_one("#theme", Static).update(visible(f"{name}  {about_theme(name)}"))

    def _row(self, profile: Profile) -> Row:
        used = self.services.profile
        config, here = self.santral.config, profile.name == used.name
        notes = [say("screens.profiles.current")] if here else []
        notes += [say(PROFILE_COLOUR[profile.colour])] if profile.colour else []
        notes += [say("widgets.profiles.read_only")] if profile.read_only else []
        if here and used.key_from_environment:
            notes.append("$SANTRAL_API_KEY")
        elif profile.api_key is None and config.environment_key is None:
            notes.append(say("screens.settings.no_key"))
        mark = "●" if here else " "
        return {"name": Cell(f"{mark} {profile.name}"), "notes": Cell(" · ".join(notes), "muted"),
                "caller": Cell(profile.caller_id or "—", "muted"), "address": Cell(profile.base_url, "muted")}

    def _environment(self) -> list[str]:
        """What stands above the file."""
        config = self.santral.config
        lines = [say("screens.settings.environment_key")] if config.environment_key is not None else []
        if config.environment_profile is not None:
            lines.append(say("screens.settings.environment_profile", name=short(config.environment_profile)))
        return lines

    def _where(self, name: str) -> str:
        config, session = self.santral.config, self.santral.session
        return {"config": str(config.path), "themes": f"{themes.own_folder(config.path)}{os.sep}",
                "database": config.database.url, "state": str(session.state_file or state_path() or "—"),
                "log": str(session.log_file)}[name]

    # what can be done

    @on(Edited)
    def _language(self, event: Edited) -> None:
        if isinstance(event.editor, ChoiceEditor):
            self.santral.speak(event.text)

    def why_not(self, action: str) -> str | None:
        """`enter` in the other table copies."""
        copies = action == "edit" and self.focused is self.query_one("#places")
        if action not in ("edit", "remove") or copies:
            return None
        if self.focused is not self.query_one("#profiles"):
            return say("screens.settings.go_to_profile")
        if self.current is None:
            return say("screens.settings.no_profile")
        if action == "remove" and self.current.name == self.services.profile.name:
            return say("screens.settings.in_use", name=short(self.current.name))
        return None

    @on(Table.Opened)
    async def action_edit(self) -> None:
        if self.focused is self.query_one("#places"):
            self.action_take()
        elif self.current is not None:
            await self.open(ProfileDialog(self.current), self._edited)

    async def action_add(self) -> None:
        await self.open(ProfileDialog(None), self._edited)

    def _edited(self, name: str | None) -> None:
        if name is not None:
            self.show()
            self.query_one("#profiles", Table).cursor = list(self.santral.config.profiles).index(name)
            self.notify(say("screens.settings.saved", name=short(name)))

    def action_remove(self) -> None:
        if self.current is not None:
            self.work(partial(self._remove, self.current))

    async def _remove(self, profile: Profile) -> None:
        name = short(profile.name)
        question = Question(say("screens.settings.remove"), say("screens.settings.remove_text", name=name),
                            say("screens.delete.yes"))
        if await self.ask(question):
            saved = await self.santral.session.remove_profile(profile.name)
            self.show()
            self.notify(say("screens.settings.removed", name=name))
            notify_backup(self, saved.backup)

    def action_take(self) -> None:
        """Copy where the thing lies that the cursor is on; of a profile its name."""
        if self.focused is self.query_one("#places"):
            self.copy_to_clipboard(self._where(PLACES[self.query_one("#places", Table).cursor]))
        else:
            self.copy_to_clipboard(self.current.name if self.current is not None else None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("edit", "remove"):
            return self.focused is self.query_one("#profiles") or (action == "edit" and isinstance(self.focused, Table))
        return True

    def action_leave(self) -> None:
        self.dismiss()
