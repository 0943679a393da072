"""What the configuration says, once read and found right."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from tui.campaign.schedule import Hours
from tui.config.problems import nearest, shown
from tui.core.reason import Reason
from tui.core.secret import Secret, passwords_in

DEFAULT_BASE_URL: Final = "https://api.bulutsantralim.com"
DEFAULT_THEME: Final = "santral-dark"
DEFAULT_PROFILE: Final = "default"  # its name, where there is no file and the key is in the environment
DEFAULT_CONFIRM_ABOVE: Final = 100
DEFAULT_HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8787
DEFAULT_SILENCE_MINUTES: Final = 10
DEFAULT_POLITE_HOURS: Final[Hours | None] = Hours(dt.time(9), dt.time(20))

LANGUAGES: Final = ("tr", "en")
COLOURS: Final = ("blue", "cyan", "green", "yellow", "orange", "red", "magenta", "grey")


class ConfigError(Exception):
    """The configuration cannot be used, or not be written: every reason, in the order of the file's lines.

    No reason holds an API key, and nothing is chained to this error that might.
    """

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Profile:
    """One account with the provider."""

    name: str
    api_key: Secret | None = None
    base_url: str = DEFAULT_BASE_URL
    caller_id: str | None = None  # digits: one of the account's numbers
    confirm_above: int = DEFAULT_CONFIRM_ABOVE  # numbers; a launch to more asks for the count to be typed
    colour: str | None = None  # one of COLOURS
    read_only: bool = False
    test_number: str | None = None  # digits: the operator's own phone, for test calls
    do_not_call: Path | None = None  # a list of numbers that are never to be called
    polite_hours: Hours | None = DEFAULT_POLITE_HOURS  # hours outside them are warned about; None: none are
    key_from_environment: bool = False


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where results are awaited. Port 0 takes any free one."""

    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    public_url: str | None = None  # how the provider reaches it; without a slash at its end
    silence_minutes: int = DEFAULT_SILENCE_MINUTES  # without results, though it calls, until an alarm; 0: never


@dataclass(frozen=True, slots=True)
class Database:
    """Where campaigns and results are kept: a file's absolute path or a whole PostgreSQL address, and the URL as it may
    be shown."""

    location: Path | Secret
    url: str

    @property
    def passwords(self) -> tuple[Secret, ...]:
        return () if isinstance(self.location, Path) else passwords_in(self.location.reveal())


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration: the file, and above it what the environment says."""

    path: Path
    exists: bool
    database: Database
    language: str | None = None  # None: the terminal's
    theme: str = DEFAULT_THEME
    mouse: bool = True
    profile: str | None = None
    profiles: dict[str, Profile] = field(default_factory=dict)
    receiver: Receiver = field(default_factory=Receiver)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)  # binding id → names of keys
    warnings: tuple[Reason, ...] = ()
    environment_key: Secret | None = None
    environment_profile: str | None = None

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Every key there is, and the database's password, for the redactor."""
        keys = (*(profile.api_key for profile in self.profiles.values()), self.environment_key)
        return (*(key for key in keys if key is not None), *self.database.passwords)

    def choose(self, name: str | None = None, *, last: str | None = None) -> Profile:
        """The profile to work with: `name` (`--profile`), `$SANTRAL_PROFILE`, `profile` of the file, the `last` one
        used, the only one. Where `$SANTRAL_API_KEY` is set, that is its key.

        ConfigError where the one that is named does not exist, or none is named and there are none or several.
        """
        if not self.profiles:
            raise ConfigError(Reason("config.profile_none", {"file": shown(str(self.path))}))
        profile = self.profiles[self._chosen(name, last)]
        if self.environment_key is None:
            return profile
        return replace(profile, api_key=self.environment_key, key_from_environment=True)

    def _chosen(self, name: str | None, last: str | None) -> str:
        if name is not None:
            return self._existing("--profile", name)
        if self.environment_profile is not None:
            return self._existing("$SANTRAL_PROFILE", self.environment_profile)
        if self.profile is not None:
            return self.profile
        if last is not None and last in self.profiles:
            return last
        if len(self.profiles) == 1:
            return next(iter(self.profiles))
        names = shown(", ".join(self.profiles))
        raise ConfigError(Reason("config.profile_which", {"file": shown(str(self.path)), "names": names}))

    def _existing(self, source: str, name: str) -> str:
        if name in self.profiles:
            return name
        params = {"source": source, "name": shown(name), "file": shown(str(self.path))}
        near = nearest(name, self.profiles)
        if near is not None:
            raise ConfigError(Reason("config.chosen_unknown_near", {**params, "nearest": shown(near)}))
        raise ConfigError(Reason("config.chosen_unknown", {**params, "allowed": shown(", ".join(self.profiles))}))
