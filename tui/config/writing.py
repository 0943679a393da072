"""Writing the configuration: one profile at a time, everything else in the file left as it is.

The file is read anew at that moment, under a lock: what another window or an editor has written meanwhile stays.
Comments cannot be kept; a file that held some is kept beside the new one without its keys, and the caller learns of it.
"""

from __future__ import annotations

import copy
import errno
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from tui.config.lines import has_comments
from tui.config.problems import NO_LINE, Problems
from tui.config.reading import ConfigText, keys_in, profile_of, read_source
from tui.config.settings import Config, ConfigError
from tui.core import folders
from tui.core.causes import error_name
from tui.core.files import PRIVATE, NotOurs, place_of, replace_file
from tui.core.reason import Reason
from tui.core.sanitize import excerpt
from tui.core.secret import Redactor, Secret

_LOCK_WAIT: Final = 5.0  # seconds; a rewrite takes some milliseconds

Changes = Mapping[str, str | int | bool | Secret | None]
Document = dict[str, Any]


class Saved(Struct, frozen=True):
    """The file is written. `backup` is where the old one is kept, if it held comments."""

    backup: Path | None = None


def save_profile(config: Config, profile_name: str, changes: Changes) -> Saved:
    """Set what `changes` names in `[profiles.NAME]`, which is made if need be; None takes a setting out.

    ConfigError where a value is wrong, or the file on the disk is broken or cannot be written: it is then as it was.
    """

    def change(document: Document) -> None:
        _set(document, config.path, profile_name, changes)

    return _rewrite(config.path, change)


def remove_profile(config: Config, profile_name: str) -> Saved:
    """Take the profile out, and `profile` too where it names it.

    ConfigError as in `save_profile`, and where there is no such profile.
    """

    def change(document: Document) -> None:
        profiles = document.get("profiles")
        if not isinstance(profiles, dict) or profile_name not in profiles:
            params = {"file": excerpt(str(config.path)), "name": excerpt(profile_name)}
            raise ConfigError(Reason("config.profile_gone", params))
        del profiles[profile_name]
        if not profiles:
            del document["profiles"]
        if document.get("profile") == profile_name:
            del document["profile"]

    return _rewrite(config.path, change)


def first_profile(path: Path, name: str, key: Secret, base_url: str | None, language: str | None) -> Saved:
    """Write the profile and the language of the first run; None leaves either to its default.

    ConfigError as in `save_profile`, and where the file has a profile of that name by now: its key is not replaced.
    """

    def change(document: Document) -> None:
        if name in _profiles(document, path):
            raise ConfigError(Reason("config.profile_exists", {"file": excerpt(str(path)), "name": excerpt(name)}))
        _set(document, path, name, {"api_key": key, "base_url": base_url})
        if language is not None:
            document["language"] = language

    return _rewrite(path, change)


def check_profile(path: Path, name: str, key: Secret, base_url: str) -> None:
    """ConfigError where a profile so filled in could not be written to `path`."""
    _set({}, path, name, {"api_key": key, "base_url": base_url})


def _profiles(document: Document, path: Path) -> Document:
    profiles = document.setdefault("profiles", {})
    if not isinstance(profiles, dict):
        raise ConfigError(Reason("config.want_profiles", {
            "file": excerpt(str(path)), "key": "profiles", "line": NO_LINE}))
    return profiles


def _set(document: Document, path: Path, name: str, changes: Changes) -> None:
    profiles = _profiles(document, path)
    profile = profiles.setdefault(name, {})
    secrets = [value for value in changes.values() if isinstance(value, Secret)]
    problems = Problems(path, "", Redactor(secrets))
    if isinstance(profile, dict):
        for setting, value in changes.items():
            if value is None:
                profile.pop(setting, None)
            else:
                profile[setting] = value.reveal() if isinstance(value, Secret) else value
    profile_of(problems, name, profile)
    if problems.reasons:
        raise ConfigError(*problems.reasons)


def _rewrite(path: Path, change: Callable[[Document], None]) -> Saved:
    """Have `change` alter the document that is on the disk now, and write it."""
    with _locked(path):
        source = read_source(path)
        document = copy.deepcopy(source.document) if source else {}
        change(document)
        if source is not None and document == source.document:
            return Saved()
        return _write(path, source, document)


def _write(path: Path, source: ConfigText | None, document: Document) -> Saved:
    import tomli_w

    data = tomli_w.dumps(document).encode()
    backup = path.with_name(path.name + ".bak") if source is not None and has_comments(source.text) else None
    try:
        if source is not None and backup is not None:
            # For its comments: its keys stand in the new file, and one that was changed or taken out is to be gone.
            replace_file(backup, Redactor(keys_in(source.document))(source.text).encode())
        replace_file(path, data)
        return Saved(backup)
    except OSError as error:
        reason = _unwritable(path, error)
    raise ConfigError(reason)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Alone with the file: two who read, change and write it at once would lose the one's change."""
    import filelock

    if folders.stands(path) and not folders.is_file(path):
        # /dev/null for a configuration is a habit of scripts; it must not become an ordinary file.
        raise ConfigError(Reason("config.no_ordinary_file", {"file": excerpt(str(path))}))
    reason: Reason | None = None
    try:
        with place_of(path, make_folders=True) as place:  # a configuration kept elsewhere is often a link
            beside = place.path.with_name(f".{place.path.name}.lock")
        lock = filelock.FileLock(beside, mode=PRIVATE)  # it follows no link
        lock.acquire(timeout=_LOCK_WAIT)
    except filelock.Timeout:
        reason = Reason("config.busy", {"file": excerpt(str(path))})
    except OSError as error:
        reason = _unwritable(path, error)
    if reason is not None:
        raise ConfigError(reason)
    try:
        yield
    finally:
        lock.release()


def _unwritable(path: Path, error: OSError) -> Reason:
    file = excerpt(str(path))
    if isinstance(error, NotOurs):
        return error.reason
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Reason("config.full", {"file": file})
    return Reason("config.unwritable", {"file": file, "error": error_name(error)})
