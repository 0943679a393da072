"""Reading the configuration: strictly, so that nothing that was meant is dropped in silence."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from tui.config import checks
from tui.config.bindings import read_keys
from tui.config.database import DatabaseSetting, database_at
from tui.config.lines import Key
from tui.config.problems import Problems, dotted, nearest
from tui.config.setting import Setting
from tui.config.settings import (
    DATABASE_URL,
    DEFAULT_PROFILE,
    GENERAL,
    PROFILE,
    RECEIVER,
    SETTINGS,
    Config,
    ConfigError,
    Profile,
    ReceiverSettings,
    names_in,
)
from tui.core import folders
from tui.core.bounded_read import SilentFile, TooLarge, read_bounded
from tui.core.causes import error_name
from tui.core.reason import Reason
from tui.core.sanitize import excerpt
from tui.core.secret import Redactor, Secret, passwords_in
from tui.core.toml import BeyondBounds, read_toml

LARGEST: Final = 1_000_000  # bytes; a configuration has some hundreds
_SHORTEST_KEY: Final = 8  # what is shorter is no key, and would be found in ordinary words
_POSITION: Final = re.compile(r"\(at line (\d+), column (\d+)\)\Z")


@dataclass(frozen=True, slots=True, repr=False)  # a Struct shows every field
class ConfigText:
    """The file as it lies on the disk. Without a `repr` of its own: it holds keys."""

    text: str
    document: dict[str, Any]
    mode: int


def config_path(argument: Path | None, environ: Mapping[str, str]) -> Path:
    """Where the configuration is: `--config`, else `$SANTRAL_CONFIG`, else the platform's folder. Absolute.

    ConfigError where that can't be known: no such user, no home, a working folder that is gone.
    """
    named = argument or environ.get("SANTRAL_CONFIG")
    if named:
        return _absolute(Path(named))
    folder = folders.own("config")
    if folder is None:
        raise ConfigError(Reason("config.no_home"))
    return folder / "config.toml"


def _absolute(named: Path) -> Path:
    params = {"file": excerpt(str(named))}
    try:
        return named.expanduser().absolute()
    except RuntimeError:
        reason = Reason("config.no_such_user", params)
    except OSError:
        reason = Reason("config.no_working_folder", params)
    raise ConfigError(reason)


def load(path: Path | None, environ: Mapping[str, str], *, key_ids: Collection[str] | None = None) -> Config:
    """The configuration of `path` (the `--config` argument; see `config_path`) with what `environ` says above it.

    `key_ids` are the binding ids that `[keys]` may name; None leaves them unchecked. A file that is not there is an
    empty one. ConfigError holds every problem that was found.
    """
    file = config_path(path, environ)
    source = read_source(file)
    document = source.document if source else {}
    problems = Problems(file, source.text if source else "", Redactor(keys_in(document)))
    environment_key = _environment_key(environ, problems)
    warnings = Problems(file, source.text if source else "", Redactor(keys_in(document)))
    config = _config(file, document, problems, environment_key)
    config = replace(config, keys=read_keys(problems, warnings, document.get("keys", {}), key_ids))
    if problems.reasons:
        raise ConfigError(*problems.reasons)
    named = path is not None or bool(environ.get("SANTRAL_CONFIG"))
    return replace(
        config,
        warnings=(*_warnings(file, source, named=named), *warnings.reasons),
        environment_profile=environ.get("SANTRAL_PROFILE") or None,
    )


def read_source(file: Path) -> ConfigText | None:
    """The file as it is now, or None where there is none. ConfigError where it cannot be read or is not TOML."""
    found = _read(file)
    if found is None:
        return None
    data, mode = found
    name = excerpt(str(file))
    broken_at = 0
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken_at = data.count(b"\n", 0, error.start) + 1
    if broken_at:
        raise ConfigError(Reason("config.not_utf8", {"file": name, "line": broken_at}))
    try:
        return ConfigText(text, read_toml(text), mode)
    except BeyondBounds as beyond:
        reason = Reason("config.broken.beyond", {"file": name, "line": beyond.line, "value": excerpt(beyond.value)})
    except tomllib.TOMLDecodeError as error:
        place = position(error, text)
        reason = Reason("config.broken.unplaced", {"file": name}) if place is None else Reason(
            "config.broken", {"file": name, "line": place[0], "column": place[1]})
    # Said without the reader's own words: they may repeat what stands on the line, which may be a key.
    raise ConfigError(reason)


def position(error: Exception, text: str) -> tuple[int, int] | None:
    """The line and column of `text` at which a reader of TOML gave up; None where it does not say."""
    said = str(error)
    match = _POSITION.search(said)
    if match is not None:
        return int(match[1]), int(match[2])
    if said.endswith("(at end of document)"):
        return text.count("\n") + 1, len(text) - text.rfind("\n")
    return None


def _read(file: Path) -> tuple[bytes, int] | None:
    """The file's bytes and mode."""
    name = excerpt(str(file))
    try:
        data = read_bounded(file, LARGEST)
        mode = file.stat().st_mode
        reason = None
    except TooLarge:
        reason = Reason("config.too_large", {"file": name, "limit": LARGEST})
    except SilentFile:
        reason = Reason("config.silent", {"file": name})
    except FileNotFoundError:
        return None
    except OSError as error:
        # Windows says of a folder that it must not be read.
        reason = Reason("config.is_folder", {"file": name}) if folders.is_folder(file) else unreadable(file, error)
    if reason is not None:
        raise ConfigError(reason)
    return data, mode


def unreadable(file: Path, error: OSError) -> Reason:
    if isinstance(error, PermissionError):
        return Reason("config.forbidden", {"file": excerpt(str(file))})
    return Reason("config.unreadable", {"file": excerpt(str(file)), "error": error_name(error)})


def keys_in(table: Mapping[str, Any]) -> list[Secret]:
    """Whatever stands as a key or a password anywhere in the file, also where it does not belong."""
    found = []
    for name, value in table.items():
        if isinstance(value, dict):
            found += keys_in(value)
        elif name == "url" and isinstance(value, str):
            found += passwords_in(value)
        elif name == "api_key" and isinstance(value, str) and len(value) >= _SHORTEST_KEY:
            found.append(Secret(value))
    return found


def _environment_key(environ: Mapping[str, str], problems: Problems) -> Secret | None:
    value = environ.get("SANTRAL_API_KEY")
    if not value:
        return None
    try:
        return checks.api_key(value)
    except checks.Unfit:
        problems.add_general(Reason("config.bad_environment_key"))
        return None


class TomlTable:
    """A table of the file while it is read. `kind` is its path with "*" for a name that the operator gave."""

    def __init__(self, problems: Problems, key: Key, content: object, kind: Key | None = None) -> None:
        self._problems = problems
        self._key = key
        self._names = names_in(key if kind is None else kind)
        self._content: dict[str, Any] = content if isinstance(content, dict) else {}
        if not isinstance(content, dict):
            problems.add("config.want_table", key)

    def take(self, setting: Setting) -> Any:  # noqa: ANN401 - what its check makes
        """The setting's value, or its default where it is not set, or wrong: then that is noted."""
        if setting.name not in self._content:
            return setting.default
        value = self._content[setting.name]
        try:
            return setting.check(value)
        except checks.Unfit as unfit:
            params = unfit.params if unfit.secret else {**unfit.params, "value": checks.written(value)}
            self._problems.add(unfit.code, (*self._key, setting.name), **params)
            return setting.default

    def take_all(self, settings: Mapping[str, Setting]) -> dict[str, Any]:
        """The values of settings, by the field that holds each. What else stands in the table is noted as unknown."""
        taken = {field: self.take(setting) for field, setting in settings.items()}
        self.refuse_unknown()
        return taken

    def table(self, name: str) -> object:
        """The table `name` in this one: empty where there is none, and anything at all where it is no table."""
        return self._content.get(name, {})

    def is_table(self, name: str) -> bool:
        return isinstance(self._content.get(name), dict)

    def refuse_unknown(self) -> None:
        for name in self._content.keys() - set(self._names):
            note_unknown(self._problems, self._key, name, self._names)


def note_unknown(problems: Problems, table: Key, name: str, known: Collection[str]) -> None:
    """Note that `table` has no setting `name`, with what was probably meant."""
    near = nearest(name, known)
    meant = dotted((*table, near)) if near is not None else _elsewhere(name)
    if meant is not None:
        problems.add("config.unknown_near", (*table, name), nearest=meant)
    else:
        problems.add("config.unknown", (*table, name), allowed=", ".join(sorted(known)))


def _elsewhere(name: str) -> str | None:
    """A setting or a table that stands in the wrong table: where it belongs."""
    if name in names_in(()):
        return name
    for setting in SETTINGS:
        if setting.name == name:
            return ".".join("NAME" if part == "*" else part for part in setting.path)
    return None


def _config(file: Path, document: dict[str, Any], problems: Problems, environment_key: Secret | None) -> Config:
    """What the document says. Problems are noted; where there are any, what is returned is not to be used."""
    top = TomlTable(problems, (), document)
    profiles = _profiles(problems, top.table("profiles"))
    if not profiles and environment_key is not None:
        profiles = {DEFAULT_PROFILE: Profile(DEFAULT_PROFILE, environment_key, key_from_environment=True)}
    others = {field: setting for field, setting in GENERAL.items() if field != "profile"}
    return Config(
        path=file,
        database=_database(problems, file.parent, top.table("database")),
        profile=_profile_to_start_with(problems, top, profiles),
        profiles=profiles,
        receiver=ReceiverSettings(**TomlTable(problems, ("receiver",), top.table("receiver")).take_all(RECEIVER)),
        environment_key=environment_key,
        **top.take_all(others),
    )


def profile_of(problems: Problems, name: str, content: object) -> Profile:
    """The table `[profiles.NAME]`. Problems are noted."""
    key = ("profiles", name)
    try:
        checks.profile_name(name)
    except checks.Unfit as unfit:
        problems.add(unfit.code, key)
    return Profile(name=name, **TomlTable(problems, key, content, kind=("profiles", "*")).take_all(PROFILE))


def _profiles(problems: Problems, content: object) -> dict[str, Profile]:
    if not isinstance(content, dict):
        problems.add("config.want_profiles", ("profiles",))
        return {}
    return {name: profile_of(problems, name, table) for name, table in content.items()}


def _profile_to_start_with(problems: Problems, top: TomlTable, profiles: Collection[str]) -> str | None:
    if top.is_table("profile"):
        # One letter short of [profiles.NAME]: what is meant is plain, and that text is wanted here would not help.
        problems.add("config.unknown_near", ("profile",), nearest="profiles")
        return None
    name: str | None = top.take(GENERAL["profile"])
    if name is None or name in profiles:
        return name
    near = nearest(name, profiles)
    if near is not None:
        problems.add("config.unknown_profile_near", ("profile",), value=name, nearest=near)
    else:
        problems.add("config.unknown_profile", ("profile",), value=name)
    return None


def _database(problems: Problems, folder: Path, content: object) -> DatabaseSetting:
    table = TomlTable(problems, ("database",), content)
    chosen: DatabaseSetting | None = table.take(DATABASE_URL)
    table.refuse_unknown()
    if chosen is not None:
        return chosen.under(folder)
    data = folders.own("data")
    if data is None:
        problems.add_general(Reason("config.no_data_folder"))
    return database_at((data or folder) / "santral.db")


def _warnings(file: Path, source: ConfigText | None, *, named: bool) -> tuple[Reason, ...]:
    """What does not stop the start, but has to be said."""
    params = {"file": excerpt(str(file))}
    if source is None:
        return (Reason("config.missing", params),) if named else ()
    if os.name == "posix" and keys_in(source.document) and stat.S_IMODE(source.mode) & 0o077:
        return (Reason("config.open_to_others", params),)
    return ()
