"""`santral config path|show|keys|check`: where it is, what it comes to, every key, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tui.commands.arguments.common import OnlyJson
from tui.commands.invocation import Invocation
from tui.commands.output import document, full_sentence, line, problem
from tui.commands.spec import Arguments
from tui.commands.status import Status, read_status
from tui.config import Config, Profile
from tui.config.keymap import COMMANDS, NAME
from tui.config.settings import DATABASE_URL, written
from tui.core.reason import Reason
from tui.core.secret import MASK, Redactor
from tui.i18n.words import say


def path(invocation: Invocation, _arguments: Arguments) -> Status:
    """Where the configuration is. ConfigError where that can't be known."""
    line(str(invocation.sources.config_path()))
    return Status.DONE


def keys(invocation: Invocation, arguments: OnlyJson) -> Status:
    """Every command of the app: its id, its keys as they are in effect, its name."""
    config = _read(invocation)
    found = {**{command.id: command.keys for command in COMMANDS.values()}, **config.keys}
    if arguments.json:
        return read_status(written=document([{"id": binding_id, "keys": list(names), "name": say(NAME[binding_id])}
                                             for binding_id, names in found.items()]))
    width = max(map(len, found))
    room = max(len(" ".join(names)) for names in found.values())
    rows = (f"{binding_id:<{width}}  {' '.join(names) or '—':<{room}}  {say(NAME[binding_id])}"
            for binding_id, names in found.items())
    return read_status(written=all(map(line, rows)))


def show(invocation: Invocation, _arguments: Arguments) -> Status:
    """The settings as they are in effect: those of the environment too, those left out as well. Keys are masked."""
    import tomli_w

    config = _read(invocation)
    comments = [f"# {config.path}"]
    if config.environment_key is not None:
        comments.append(f"# {say('command.config.environment_key')}")
    text = "\n".join((*comments, tomli_w.dumps(_settings(config)).rstrip("\n")))
    # A key may have been put where it doesn't belong: into an address, or a path.
    return read_status(written=all(map(line, Redactor(config.secrets)(text).split("\n"))))


def check(invocation: Invocation, _arguments: Arguments) -> Status:
    """Every problem of the configuration, or "ok"."""
    problems = problems_of(_read(invocation))
    for reason in problems:
        problem(full_sentence(reason))
    if problems:
        return Status.FAILED
    line("ok")
    return Status.DONE


def _read(invocation: Invocation) -> Config:
    """The configuration, with its warnings shown. ConfigError; also where the profile that is named doesn't exist."""
    config = invocation.sources.config()
    if invocation.profile is not None:
        config.choose(invocation.profile)
    for warning in config.warnings:
        problem(full_sentence(warning))
    return config


def _settings(config: Config) -> dict[str, Any]:
    return _without_none({
        **written(config),
        "profile": config.environment_profile or config.profile,
        "receiver": written(config.receiver),
        DATABASE_URL.table[0]: {DATABASE_URL.name: DATABASE_URL.written(config.database)},
        "keys": {**{command.id: list(command.keys) for command in COMMANDS.values()},
                 **{binding: list(keys) for binding, keys in config.keys.items()}},
        "profiles": {name: _profile(config, profile) for name, profile in config.profiles.items()},
    })


def _profile(config: Config, profile: Profile) -> dict[str, Any]:
    return {**written(profile), **({} if config.environment_key is None else {"api_key": MASK})}


def _without_none(table: dict[str, Any]) -> dict[str, Any]:
    """TOML has no word for what isn't set."""
    return {name: _without_none(value) if isinstance(value, dict) else value
            for name, value in table.items() if value is not None}


def problems_of(config: Config) -> list[Reason]:
    """What is wrong with the files that the configuration names."""
    return [*_theme_problems(config.path, config.theme), *_list_problems(config)]


def _list_problems(config: Config) -> Iterator[Reason]:
    """Do-not-call files that can't be read."""
    from tui.numbers.errors import BadList
    from tui.operations.suppression import phones_in

    for profile in config.profiles.values():
        if profile.do_not_call is not None:
            try:
                phones_in(profile.do_not_call)
            except BadList as bad:
                yield bad.reason


def _theme_problems(path: Path, chosen: str) -> list[Reason]:
    from tui.app import themes

    loaded = themes.load(path)
    problems = list(loaded.problems.values())
    if chosen not in {*loaded.themes, *loaded.problems}:
        problems.append(themes.unknown(chosen, loaded.themes))
    return problems
