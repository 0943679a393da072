"""A profile: filled in, checked with the provider, written into the configuration."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from tui.app.dialog import CANCEL, Dialog, DialogButton, labelled, problem_line
from tui.app.screen import AppScreen
from tui.campaign.phone import BadPhone, connected_phone, readable_phone, wire_phone
from tui.config import COLOURS, DEFAULT_BASE_URL, ConfigError, Profile
from tui.config.keymap import Place
from tui.config.settings import DEFAULT_POLITE_HOURS, PROFILE
from tui.core.reason import Reason
from tui.core.sanitize import excerpt, visible
from tui.core.secret import Secret
from tui.core.text_keys import TextKeys
from tui.core.whole_number import whole_number
from tui.i18n.words import say
from tui.operations.services import NotPossible
from tui.text.formats import sentence
from tui.text.keys import PROFILE_COLOUR
from tui.widgets.binding import bindings
from tui.widgets.button import Button
from tui.widgets.editors import ChoiceEditor, CycleEditor, LineEditor
from tui.widgets.options import Options

FIELDS: Final = ("name", *PROFILE)
_LABEL: Final = TextKeys("screens.profile.{}", FIELDS)
_HINT: Final = TextKeys("screens.profile.hint_{}", (
    "name", "caller_id", "test_number", "do_not_call", "iys_file", "most_calls"))
PHONES: Final = ("caller_id", "test_number")
FLAGS: Final = ("read_only", "push_opt_outs")
COUNTS: Final = ("confirm_above", "iys_days", "quiet_days")
Change = str | int | bool | Secret | None


class ProfileDialog(Dialog[str | None]):
    """Its answer is the name of the profile that was written. A key that is kept is never shown."""

    BINDINGS = bindings(Place.PROFILE_FORM)
    BUTTONS = (CANCEL, DialogButton("check", "screens.profile.check"),
               DialogButton("yes", "screens.profile.save", "primary", confirms=True))

    def __init__(self, profile: Profile | None) -> None:
        """None: a new one."""
        super().__init__()
        self._profile = profile

    def heading(self) -> str:
        return say("screens.profile.new" if self._profile is None else "screens.profile.edit")

    def body(self) -> ComposeResult:
        for name in FIELDS:
            yield labelled(say(_LABEL[name]), self._editor(name))
        yield problem_line()

    def typed_anew(self) -> None:
        """What the provider said of the key stays until something else is asked."""

    def _editor(self, name: str) -> Widget:
        profile = self._profile
        editor: Widget
        match name:
            case "name" if profile is not None:
                return Static(visible(profile.name), markup=False, classes="fixed")  # its campaigns are kept under it
            case "api_key":
                kept = profile is not None and profile.api_key is not None
                editor = LineEditor("", say("screens.profile.key_kept") if kept else "K12345678-…", password=True)
            case "colour":
                choices = [("", say("screens.profile.no_colour")),
                           *((colour, say(PROFILE_COLOUR[colour])) for colour in COLOURS)]
                editor = CycleEditor(choices, (profile.colour if profile is not None else None) or "")
            case "read_only" | "push_opt_outs":
                choices = [("", say("campaign.choice.false")), ("true", say("campaign.choice.true"))]
                editor = ChoiceEditor(choices, "true" if getattr(profile, name, False) else "")
            case _:
                editor = LineEditor(self._kept(name), _hint(name))
        editor.id = f"profile-{name}"
        return editor

    def _kept(self, name: str) -> str:
        """What the configuration has for a field; "" where that is what it would be anyway."""
        value = getattr(self._profile, name, None)
        if self._profile is None or value == PROFILE[name].default:
            return ""
        text = str(PROFILE[name].written(value))
        return readable_phone(text) if name in PHONES and text.isdecimal() else text

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#profile-api_key" if self._profile is not None else "#profile-name"))

    # what was filled in

    def _text(self, name: str) -> str:
        editor = self.query_one(f"#profile-{name}")
        return editor.text.strip() if isinstance(editor, LineEditor | ChoiceEditor) else ""

    @property
    def _called(self) -> str:
        return self._profile.name if self._profile is not None else self._text("name")

    def _changes(self) -> dict[str, Change]:
        """What is written: a field that is left empty is taken out, but for the key, which stays then."""
        changes: dict[str, Change] = {name: self._text(name) or None for name in FIELDS[2:]}
        changes |= {name: _digits(name, self._text(name)) or None for name in PHONES}
        for name in COUNTS:
            if (number := whole_number(self._text(name))) is not None:
                changes[name] = number
        changes |= {name: True if self._text(name) else None for name in FLAGS}
        if key := self._text("api_key"):
            changes["api_key"] = Secret(key)
        return changes

    # what can be done

    @on(Button.Pressed, "#check")
    def _asked_to_check(self) -> None:
        self.work(self._check, group="profile", exclusive=True)

    async def _check(self) -> None:
        """Ask the provider, and say what came of it."""
        numbers = await self._ask()
        if numbers is not None:
            shown = ", ".join(_readable(number) for number in numbers[:4]) or "—"
            self.show_problem("✓ " + say("screens.profile.key_right", numbers=shown))

    async def _ask(self) -> list[str] | None:
        """The caller IDs of the account; None, having said why, where they can't be had."""
        numbers: list[str] = []

        async def check() -> None:
            base_url = self._text("base_url") or DEFAULT_BASE_URL
            numbers.extend(await self.santral.session.check_key(self._key(), base_url))

        self.show_problem(say("screens.first.checking"))
        return numbers if await self.attempt(check) else None

    def _key(self) -> Secret:
        """The key that was typed, else the one in force. NotPossible where there is none."""
        if typed := self._text("api_key"):
            return Secret(typed)
        used, config = self.services.profile, self.santral.config
        kept = used.api_key if used.name == self._called else config.profiles[self._called].api_key if (
            self._called in config.profiles) else None
        if kept is None:
            raise NotPossible(Reason("screens.profile.no_key"))
        return kept

    def action_pick(self) -> None:
        """Choose among the caller IDs that the account of this key has."""
        self.work(self._pick, group="profile", exclusive=True)

    async def _pick(self) -> None:
        numbers = await self._ask()
        if numbers is None:
            return
        self.show_problem("" if numbers else say("screens.pick.no_caller_ids"))
        chosen = await self.ask(NumbersDialog(numbers)) if numbers else None
        if chosen is not None:
            self.query_one("#profile-caller_id", LineEditor).put(_readable(chosen))

    @on(LineEditor.Submitted)
    def _next(self) -> None:
        self.focus_next()

    @on(Button.Pressed, "#yes")
    def _asked_to_save(self) -> None:
        self.work(self._save, group="profile", exclusive=True)

    async def _save(self) -> None:
        called = self._called  # as it is saved: what is typed meanwhile is too late

        async def save() -> None:
            self._may_be_saved()
            saved = await self.santral.session.save_profile(called, self._changes())
            notify_backup(self, saved.backup)

        if await self.attempt(save):
            self.dismiss(called)

    def _may_be_saved(self) -> None:
        """NotPossible, ConfigError."""
        config = self.santral.config
        if self.santral.sending or self.santral.bulks:
            raise NotPossible(Reason("screens.profile.wait"))
        if self._profile is None and self._called in config.profiles:
            params = {"file": excerpt(str(config.path)), "name": excerpt(self._called)}
            raise ConfigError(Reason("config.profile_exists", params))

    def refuse(self, reasons: Sequence[Reason]) -> None:
        self.show_problem(*(f"✗ {sentence(reason)}" for reason in reasons))


class NumbersDialog(Dialog[str | None]):
    """One of the account's numbers."""

    HEADING = "screens.profile.caller_id"

    def __init__(self, numbers: list[str]) -> None:
        super().__init__()
        self._numbers = numbers

    def body(self) -> ComposeResult:
        yield Options(*(Option(Content(visible(_readable(number)))) for number in self._numbers))

    @on(Options.OptionSelected)
    def _chosen(self, event: Options.OptionSelected) -> None:
        self.dismiss(self._numbers[event.option_index])


def notify_backup(screen: AppScreen[Any], backup: Path | None) -> None:
    """A toast that the configuration was written anew without its comments, and where the old one is."""
    if backup is not None:
        screen.notify(say("app.settings.backup", path=str(backup)), severity="warning")


def _hint(name: str) -> str:
    """What holds where a line is left empty."""
    match name:
        case "base_url":
            return DEFAULT_BASE_URL
        case "confirm_above" | "iys_days" | "quiet_days":
            return str(PROFILE[name].default)
        case "polite_hours":
            return say("screens.profile.hint_polite_hours", hours=str(DEFAULT_POLITE_HOURS))
    return say(_HINT[name])


def _digits(name: str, text: str) -> str:
    """A number as it is called, or shown; what is none as it stands: that is reported when it is written."""
    read = connected_phone if name == "caller_id" else wire_phone
    try:
        return read(text) if text else ""
    except BadPhone:
        return text


def _readable(number: str) -> str:
    try:
        return readable_phone(connected_phone(number))
    except BadPhone:
        return number
