"""The machine: versions, the terminal, and the folders the program uses."""

from __future__ import annotations

import datetime as dt
import os
import platform
import stat
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from tui.app import themes
from tui.app.terminal import capabilities
from tui.app.terminal.clipboard import tools
from tui.campaign.dates import ISTANBUL
from tui.commands.doctor.finding import Finding
from tui.commands.output import full_sentence
from tui.config.ui_state import state_path
from tui.core import folders as own_folders
from tui.core.zone import NAME, doubtful
from tui.i18n.words import grouped, say

_PACKAGES: Final = ("santral", "textual", "httpx")


def versions() -> Iterator[Finding]:
    """Of the program, its libraries, Python and the system."""
    for package in _PACKAGES:
        yield Finding("versions", package, _version(package))
    yield Finding("versions", "python", f"{platform.python_implementation()} {platform.python_version()}")
    yield Finding("versions", "system", f"{platform.system()} {platform.release()} {platform.machine()}")


def zone(today: dt.date) -> Finding:
    """Whether this machine knows Turkish time."""
    wrong = doubtful(ISTANBUL, today)
    text = full_sentence(wrong) if wrong is not None else say("command.doctor.zone_right", zone=NAME)
    return Finding("versions", "zone", text, wrong is None)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # run from a folder that nobody installed
        return "?"


def terminal(environ: Mapping[str, str]) -> Iterator[Finding]:
    """Good or bad where there is one: of a report that is written into a file, neither."""
    there = sys.stderr is not None and sys.stderr.isatty()
    unfit = capabilities.unfit(environ, sys.stderr) if there else None
    names = ", ".join(f"{name}={environ[name]}" for name in ("TERM", "COLORTERM", "LANG", "LC_ALL", "NO_COLOR")
                      if name in environ)
    text = full_sentence(unfit) if unfit is not None else names or say("command.doctor.none")
    yield Finding("terminal", "term", text, unfit is None if there else None)
    yield Finding("terminal", "colours", grouped(capabilities.colours(environ)))
    if there:
        yield _size(environ)
    yield Finding("terminal", "encoding", capabilities.encoding_of(sys.stderr))
    yield Finding("terminal", "around", _listed(capabilities.around(environ)))
    yield Finding("terminal", "clipboard", _listed(["OSC 52", *(tool.command[0] for tool in tools(environ))]))


def _size(environ: Mapping[str, str]) -> Finding:
    try:
        width, height = os.get_terminal_size(sys.stderr.fileno())
    except (OSError, ValueError):
        return Finding("terminal", "size", "?")
    min_width, min_height = capabilities.needed(environ)
    return Finding("terminal", "size", f"{width}×{height}", width >= min_width and height >= min_height)


def _listed(names: list[str]) -> str:
    return ", ".join(names) or say("command.doctor.none")


def folders(config: Path | None, database: Path | None, log: Path | None) -> Iterator[Finding]:
    """The files and folders: there or not yet, writable, and nobody else's to read where they hold secrets.

    None where there can't be one.
    """
    for name, path in (("config", config), ("database_file", database), ("state", state_path()), ("log", log)):
        if path is not None:
            yield _file(name, path)
    if config is None:
        return
    own = themes.own_folder(config)
    text = str(own) if own_folders.is_folder(own) else f"{own}: {say('command.doctor.absent')}"
    yield Finding("folders", "themes", text)


def _file(name: str, path: Path) -> Finding:
    notes: list[str] = []
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        notes.append(say("command.doctor.absent"))
        well = _can_be_made(path)
    except OSError as error:
        notes.append(type(error).__name__)
        well = False
    else:
        well = os.access(path, os.R_OK | os.W_OK)
        if os.name == "posix":
            notes.append(f"{stat.S_IMODE(mode):04o}")
            if mode & 0o077:
                notes.append(say("command.doctor.readable_by_others"))
                well = False
    if not well and len(notes) < 2:
        notes.append(say("command.doctor.not_writable"))
    return Finding("folders", name, f"{path}: {', '.join(notes)}", well)


def _can_be_made(path: Path) -> bool:
    there = next((folder for folder in path.parents if own_folders.stands(folder)), None)
    return there is not None and os.access(there, os.W_OK | os.X_OK)
