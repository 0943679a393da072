"""The configuration, and every setting there is: one record each, beside the field that holds its value.

Reading, writing, `santral config show`, the profile's form, the suggestion for an unknown name and
`config.example.toml` (`python -m tui.config.example`) are made from these records.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from tui.campaign.call_limit import CallLimit
from tui.campaign.dates import Hours
from tui.config import checks
from tui.config.database import DatabaseSetting, database
from tui.config.lines import Key
from tui.config.problems import nearest
from tui.config.setting import Setting, SettingsTable, setting
from tui.core.reason import Reason
from tui.core.sanitize import excerpt
from tui.core.secret import MASK, Secret

DEFAULT_BASE_URL: Final = "https://api.bulutsantralim.com"
DEFAULT_PROFILE: Final = "default"  # its name, where there is no file and the key is in the environment
DEFAULT_POLITE_HOURS: Final[Hours | None] = Hours(dt.time(9), dt.time(20))


class ConfigError(Exception):
    """The configuration cannot be used, or not be written: every reason, in the order of the file's lines.

    No reason holds an API key, and nothing is chained to this error that might.
    """

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons


def _hours_written(hours: Hours | None) -> str:
    return "off" if hours is None else hours.typed


def _limit_written(limit: CallLimit | None) -> str | None:
    return None if limit is None else str(limit)


def _path_written(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _key_written(key: Secret | None) -> str | None:
    return None if key is None else MASK


def _address_written(address: tuple[str, int]) -> str:
    host, port = address
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


@dataclass(frozen=True, slots=True)  # its fields carry their settings, a Struct's carry nothing
class Profile:
    """One account with the provider: `[profiles.NAME]`."""

    name: str
    api_key: Secret | None = setting(
        "profiles.*.api_key", checks.api_key, default=None, written=_key_written,
        example="K12345678-1234-5678-4321-123456789012", in_force=True,
        doc="The key, from the provider's web panel. $SANTRAL_API_KEY wins over it, and then it need not be written "
            "here at all.")
    base_url: str = setting(
        "profiles.*.base_url", checks.base_url, default=DEFAULT_BASE_URL,
        doc="Where the provider's API is: https, or plain http to this machine alone (the sandbox).")
    caller_id: str | None = setting(  # digits
        "profiles.*.caller_id", checks.caller, default=None, example="902129630131", in_force=True,
        doc="What the callee sees: one of the account's numbers, 10 to 15 digits in quotes. Left out: it is chosen "
            "for each campaign.")
    confirm_above: int = setting(
        "profiles.*.confirm_above", checks.count, default=100,
        doc="A launch to more numbers than this asks for their count to be typed. 0: always. So does one that calls "
            "each number more than 5 more times, repeats its menu more than 5 times, or calls more people at once "
            "than there are agents for.")
    colour: str | None = setting(
        "profiles.*.colour", checks.colour, default=None, example="blue",
        doc="The profile's colour, so that two accounts are not mistaken: blue, cyan, green, yellow, orange, red, "
            "magenta or grey.")
    read_only: bool = setting(
        "profiles.*.read_only", checks.flag, default=False,
        doc="true: nothing is launched, switched or deleted with this profile.")
    test_number: str | None = setting(  # digits
        "profiles.*.test_number", checks.number, default=None, example="905321234567",
        doc="Your own phone, for test calls: 10 to 15 digits in quotes.")
    do_not_call: Path | None = setting(
        "profiles.*.do_not_call", checks.path, default=None, written=_path_written, example="~/aranmayacaklar.csv",
        doc="A list of numbers that are never to be called: a .csv, .txt or .xlsx file, its path absolute or from "
            "~. It is read again when it has changed; its numbers are left out of every launch. Where it can't be "
            "read, nobody is called.")
    push_opt_outs: bool = setting(
        "profiles.*.push_opt_outs", checks.flag, default=False,
        doc="true: whoever is on the profile's do-not-call list is blocked at the provider as well (outbound), so that "
            "none of the account's calls reaches them. By the app while it runs, and by `santral dnc push`, once a "
            "person has confirmed how many they are. Unblocking is done in the provider's web panel alone.")
    iys_file: Path | None = setting(
        "profiles.*.iys_file", checks.path, default=None, written=_path_written, example="~/iys-izinler.csv",
        doc="The consents of İYS, for commercial campaigns: a .csv or .xlsx file that its panel exports, its path "
            "absolute or from ~. It is read again when it has changed, and is the whole of what is known: whoever has "
            "no ONAY in it is left out of a commercial launch. Left out: what `santral iys import` has read.")
    iys_days: int = setting(
        "profiles.*.iys_days", checks.count, default=3,
        doc="A commercial launch warns where the consents were written more than so many days ago.")
    polite_hours: Hours | None = setting(  # None: no call is warned about
        "profiles.*.polite_hours", checks.hours_or_off, default=DEFAULT_POLITE_HOURS, written=_hours_written,
        doc="The hours in which you mean to call, in Turkish time. A campaign that would call outside them is "
            'warned about, never forbidden. "off": no such warning.')
    most_calls: CallLimit | None = setting(
        "profiles.*.most_calls", checks.call_limit, default=None, written=_limit_written, example="3 in 7 days",
        doc='How often a person may be called in so many days, over all campaigns of the profile: "3 in 7 days", or '
            'in Turkish "7 günde 3". Calls that were made count, and those that campaigns may still make, '
            "retries too. Who would be called more often is left out of a launch. Left out: as often as you like.")
    quiet_days: int = setting(
        "profiles.*.quiet_days", checks.days, default=0,
        doc="For so many days after a campaign that called a person, or may have, no other one calls them; at most "
            "365. 0: at once.")
    key_from_environment: bool = False


@dataclass(frozen=True, slots=True)  # its fields carry their settings, a Struct's carry nothing
class ReceiverSettings:
    """Where results are awaited: `[receiver]`."""

    listen: tuple[str, int] = setting(  # host, port; port 0 takes any free one
        "receiver.listen", checks.listen, default=("127.0.0.1", 8787), written=_address_written,
        doc="The address and port on this machine; port 0 takes any free one. An IPv6 address stands in brackets: "
            '"[::1]:8787". Keep it on this machine and let a proxy with a certificate pass on what comes from '
            "outside (the README shows one).")
    public_url: str | None = setting(  # without a slash at its end
        "receiver.public_url", checks.public_url, default=None, example="https://calls.example.com.tr/santral",
        doc="How the provider reaches it from the internet, through your proxy. Each launch adds a token of its own "
            "as the last part of the path. Without it no results come in.")
    silence_minutes: int = setting(
        "receiver.silence_minutes", checks.minutes, default=10,
        doc="After so many minutes without a result of a campaign that is calling, the app raises an alarm; at most "
            "1440. 0: never.")


@dataclass(frozen=True, slots=True)  # its fields carry their settings, a Struct's carry nothing
class Config:
    """The whole configuration: the file, and above it what the environment says."""

    path: Path
    database: DatabaseSetting
    language: str | None = setting(  # None: the terminal's
        "language", checks.language, default=None, example="tr",
        doc='"tr" or "en". Left out: the terminal\'s language.')
    theme: str = setting(
        "theme", checks.text, default="santral-dark",
        doc="The look: santral-dark, santral-light, santral-high-contrast, santral-high-contrast-light, "
            "santral-colour-blind (blue and orange), santral-ansi (the terminal's own 16 colours), or one of your "
            'own in the folder "themes" beside this file.')
    mouse: bool = setting(
        "mouse", checks.flag, default=True,
        doc="Whether the mouse is heard. With false it selects text as it does in the shell. In GNU screen it is "
            "never heard: screen would hold back the key esc until the next key.")
    profile: str | None = setting(
        "profile", checks.text, default=None, example="acme", in_force=True,
        doc="The profile to start with. --profile and $SANTRAL_PROFILE win over it. Left out: the one used last.")
    profiles: dict[str, Profile] = field(default_factory=dict)
    receiver: ReceiverSettings = field(default_factory=ReceiverSettings)
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
            raise ConfigError(Reason("config.profile_none", {"file": excerpt(str(self.path))}))
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
        names = excerpt(", ".join(self.profiles))
        raise ConfigError(Reason("config.profile_which", {"file": excerpt(str(self.path)), "names": names}))

    def _existing(self, source: str, name: str) -> str:
        if name in self.profiles:
            return name
        params = {"source": source, "name": excerpt(name), "file": excerpt(str(self.path))}
        near = nearest(name, self.profiles)
        if near is not None:
            raise ConfigError(Reason("config.chosen_unknown_near", {**params, "nearest": excerpt(near)}))
        raise ConfigError(Reason("config.chosen_unknown", {**params, "allowed": excerpt(", ".join(self.profiles))}))


def settings_of(table: type[Config | Profile | ReceiverSettings]) -> dict[str, Setting]:
    """The settings that the fields of a table hold, by field."""
    return {each.name: each.metadata["setting"] for each in dataclasses.fields(table) if "setting" in each.metadata}


def written(table: Config | Profile | ReceiverSettings) -> dict[str, object]:
    """The settings of a table as the file would hold them; None for one that is not set. A key is masked."""
    return {record.name: record.written(getattr(table, name)) for name, record in settings_of(type(table)).items()}


GENERAL: Final = settings_of(Config)
PROFILE: Final = settings_of(Profile)
RECEIVER: Final = settings_of(ReceiverSettings)
DATABASE_URL: Final = Setting(
    ("database", "url"), database, default=None, written=lambda chosen: chosen.url,
    example="sqlite:///~/.local/share/santral/santral.db", in_force=False,
    doc="Three slashes and a path from this file's folder, or from ~; four slashes and a path from the root "
        "(sqlite:////var/lib/santral/santral.db). Left out: the platform's data folder.\n"
        "A team shares a PostgreSQL database: postgresql://santral@db.example.com/santral (the README tells what it "
        "needs). The password stands in the address (santral:PASSWORD@…) or, better, in ~/.pgpass.")
SETTINGS: Final[tuple[Setting, ...]] = (*GENERAL.values(), *PROFILE.values(), *RECEIVER.values(), DATABASE_URL)
SECTIONS: Final = (
    SettingsTable(("profiles", "*"),
                  "A profile is an account with the provider. There may be several: [profiles.other] "
                               "and so on."),
    SettingsTable(("receiver",),
                  "Where results are awaited: by `santral listen` on a server, or by the app, which starts "
                           "it where none is at work."),
    SettingsTable(("database",), "Where campaigns and results are kept."),
    SettingsTable(("keys",), "Other keys for commands: the command's id, then one key or several "
                       '("f7", "f7 ctrl+n" or ["f7", "ctrl+n"]); "" for none. `santral config keys` lists every id; '
                       "the help of each screen (?) names its commands and their keys.",
                  example='"campaigns.new" = ["n", "insert"]'),
)


def names_in(table: Key) -> tuple[str, ...]:
    """What may stand in a table: its settings, and the tables in it."""
    inner = (section.path[0] for section in SECTIONS) if not table else ()
    return (*(record.name for record in SETTINGS if record.table == table), *inner)
