"""Opening the program: configuration, language, log, store, services. The app and the command line both begin here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui.campaign.lifecycle import AskedBy
from tui.config import Config, ConfigError, Profile, config_path, load
from tui.config.keymap import COMMANDS
from tui.config.ui_state import UiState, load_state, save_state, state_path
from tui.core import logs
from tui.core.base_url import check_base_url
from tui.core.listeners import Listeners
from tui.core.reason import Reason
from tui.core.secret import Redactor, Secret
from tui.core.user import user_name
from tui.i18n import words
from tui.i18n.words import alphabetical, folded
from tui.operations.services import Services
from tui.store import Store, StoreThread

if TYPE_CHECKING:  # their import would load the HTTP library at the start, or more than a command needs
    from concurrent.futures import Future

    from tui.config import Saved
    from tui.operations.overview import FirstLook
    from tui.provider.client import Provider
    from tui.provider.limits import Wait


class Sources:
    """Where the settings of a run come from: the configuration, the environment, what was chosen in the app.

    Each is read when it is asked for first, and not again. `file` is what `--config` names; None: the usual place.
    """

    def __init__(self, file: Path | None, environ: Mapping[str, str]) -> None:
        self.file = file
        self.environ = environ
        self._config: Config | ConfigError | None = None

    @cached_property
    def state(self) -> UiState:
        """What was chosen in the app."""
        return load_state(state_path())

    def config(self) -> Config:
        """The configuration. ConfigError, each time that it is asked for."""
        if self._config is None:
            try:
                self._config = load(self.file, self.environ, key_ids=COMMANDS)
            except ConfigError as error:
                self._config = error
        if isinstance(self._config, ConfigError):
            raise self._config
        return self._config

    def config_but_keys(self) -> Config:
        """The configuration, also where its table of keys has mistakes. ConfigError."""
        try:
            return self.config()
        except ConfigError:
            return load(self.file, self.environ)

    def config_path(self) -> Path:
        """Where the configuration is. ConfigError where that can't be known."""
        return config_path(self.file, self.environ)

    def of(self, file: Path | None) -> Sources:
        """These, with the configuration of `file`."""
        if file == self.file:
            return self
        other = Sources(file, self.environ)
        other.state = self.state
        return other


@dataclass
class Session:
    """What a run of the program holds. `services` is None until there is a profile."""

    config: Config
    state: UiState
    log_file: Path
    redactor: Redactor
    asked_by: AskedBy
    environ: Mapping[str, str]
    services: Services | None = None
    state_file: Path | None = None  # None: the platform's
    first_look: Future[FirstLook] | None = None  # at the list, begun before there is a screen for it
    waits: Listeners[[Wait | None]] = field(default_factory=Listeners)  # what a call waits for; None when it goes on

    def use_profile(self, profile: Profile) -> Services:
        """Open the store, find what a killed process left behind, and work with `profile`. StoreError."""
        store = Store.open(self.config.database.location, fold=folded, sort_key=sort_text)
        store.ledger.recover()
        self.services = Services(store, StoreThread(), profile, self._connect, self.asked_by,
                                 tuple(self.config.profiles), self.config.receiver.public_url, user_name=user_name)
        return self.services

    def look_ahead(self) -> None:
        """Ask for the beginning of the list: it is read while the screen that shows it is loaded."""
        from tui.operations.overview import LIST, look_first, order_of

        services = self.services
        if services is not None and not self.state.filters.get(LIST):
            self.first_look = services.thread.begin(
                look_first, services.store, services.profile.name, order_of(self.state.sorting.get(LIST, "")))

    def _connect(self, profile: Profile) -> Provider:
        return connect(profile, self.waits.notify)

    async def first_profile(self, name: str, key: Secret, base_url: str, language: str) -> None:
        """Check a key with the provider, then write the configuration and begin. Nothing is written where it is wrong.

        BadBaseUrl, ConfigError, ProviderError, StoreError.
        """
        from tui.config.writing import check_profile, first_profile

        self.redactor.add(key)
        check_profile(self.config.path, name, key, base_url)
        await self.check_key(key, base_url)
        first_profile(self.config.path, name, key, base_url, language)
        self.config = load(self.config.path, self.environ, key_ids=COMMANDS)
        self.use_profile(self.config.choose(name))

    async def check_key(self, key: Secret, base_url: str) -> list[str]:
        """Ask the provider whether a key is right: the caller IDs of its account. BadBaseUrl, ProviderError."""
        self.redactor.add(key)
        address = check_base_url(base_url)
        async with connect(Profile("", api_key=key, base_url=address)) as provider:
            return await provider.check_key()

    async def save_profile(self, name: str, changes: Mapping[str, str | int | bool | Secret | None]) -> Saved:
        """Write what was changed of a profile, a new one too, and work with it from now on. ConfigError."""
        key = changes.get("api_key")
        if isinstance(key, Secret):
            self.redactor.add(key)
        from tui.config import save_profile

        saved = await asyncio.to_thread(save_profile, self.config, name, changes)
        await self._read_again()
        return saved

    async def remove_profile(self, name: str) -> Saved:
        """Take a profile out of the configuration; what is remembered of it stays. ConfigError."""
        from tui.config import remove_profile

        saved = await asyncio.to_thread(remove_profile, self.config, name)
        await self._read_again()
        return saved

    async def _read_again(self) -> None:
        """Take over the profiles that the file has now; all else stays as this run began with it. ConfigError."""
        written = await asyncio.to_thread(load, self.config.path, self.environ, key_ids=COMMANDS)
        self.config = replace(self.config, profile=written.profile, profiles=written.profiles)
        services = self.services
        if services is None or services.profile.name not in self.config.profiles:
            return
        before, profile = services.profile, self.config.choose(services.profile.name)
        if (profile.api_key, profile.base_url) == (before.api_key, before.base_url):
            services.profile = profile  # the way to the provider stays as it is, with all that is under way on it
        else:
            await services.use(profile)

    def write_state(self) -> None:
        """Write down what was merely chosen in the app. It blocks."""
        save_state(self.state_file or state_path(), self.state)

    def close(self) -> list[Reason]:
        """Finish what the store was asked for, and close it; what is lost where it did not take it."""
        return [] if self.services is None else self.services.finish()


def connect(profile: Profile, on_wait: Callable[[Wait | None], None] | None = None) -> Provider:
    """The client of a profile. `on_wait` gets what it waits for, and None when it goes on."""
    from tui.provider.client import Provider

    assert profile.api_key is not None  # noqa: S101 - Services asks only for profiles that have one
    return Provider(profile.base_url, profile.api_key, on_wait=on_wait)


def choose_language(sources: Sources) -> None:
    """Speak the language chosen in the app, else the configuration's, else the terminal's.

    For what is said before the configuration is needed, or where it can't be read.
    """
    chosen = sources.state.language
    if chosen is None:
        try:
            chosen = sources.config_but_keys().language
        except ConfigError:  # it is reported where the configuration is needed
            chosen = None
    words.use(chosen or words.terminal_language())


def open_config(sources: Sources, asked_by: AskedBy, log_folder: Path | None = None) -> Session:
    """Read the configuration, speak its language, begin the log (None: in the platform's folder).

    ConfigError; it is described in the terminal's language.
    """
    redactor = Redactor()
    log_file = logs.set_up(log_folder, redactor)
    state = sources.state
    words.use(state.language or words.terminal_language())
    config = sources.config()
    words.use(state.language or config.language or words.terminal_language())
    for secret in config.secrets:
        redactor.add(secret)
    unwritten = logs.problem()
    if unwritten is not None:
        config = replace(config, warnings=(*config.warnings, unwritten))
    return Session(config, state, log_file, redactor, asked_by, sources.environ)


def choose_profile(session: Session, name: str | None) -> Profile | None:
    """The profile to work with; None where there is none at all. ConfigError where the one named doesn't exist."""
    if not session.config.profiles:
        if name is not None:
            session.config.choose(name)
        return None
    return session.config.choose(name, last=session.state.profile)


def sort_text(text: str) -> str:
    """The order of the Turkish alphabet as a text that sorts by its characters' numbers."""
    return "".join(f"{group}{place:06x}" for group, place in alphabetical(text))
