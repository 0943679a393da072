"""Where things lie: the program's own folders, and what a person types for a path.

A machine may have no home for its user, no such user, no working folder any more: None or the text as it was typed is
given then, and whoever asked says what that means.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Literal

_NAME: Final = "santral"


def own(kind: Literal["config", "data", "log"]) -> Path | None:
    """The platform's folder for the program's files of a kind. None where this user has no home."""
    import platformdirs

    folders = platformdirs.PlatformDirs(_NAME, appauthor=False)
    try:
        match kind:
            case "config":
                return folders.user_config_path
            case "data":
                return folders.user_data_path
            case "log":
                return folders.user_log_path
    except (RuntimeError, OSError):
        return None


def home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:
        return None


def typed(text: str) -> Path:
    """The path that was typed, `~` and `~user` written out; where there is no such user, as it stands."""
    path = Path(text)
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def stands(path: Path) -> bool:
    """Whether anything is there, as far as the system says: of a name that is too long, or in a folder that is closed
    to one, whoever goes on to open or write it learns why that can't be."""
    return os.path.exists(path)  # noqa: PTH110 - `Path.exists` fails on such a name


def is_file(path: Path) -> bool:
    """Whether an ordinary file stands there, as far as the system says (see `stands`)."""
    return os.path.isfile(path)  # noqa: PTH113 - `Path.is_file` fails on a name that is too long


def is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - `Path.is_dir` fails on a name that is too long


def here() -> Path:
    """The folder in which a file is proposed: the working folder, else the home; relative where neither is there."""
    try:
        return Path.cwd()
    except OSError:
        return home() or Path()
