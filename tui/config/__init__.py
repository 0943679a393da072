"""The configuration: one TOML file, read strictly, written carefully."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from tui.config.checks import COLOURS
from tui.config.database import DatabaseSetting
from tui.config.reading import config_path, load
from tui.config.settings import DEFAULT_BASE_URL, Config, ConfigError, Profile, ReceiverSettings

if TYPE_CHECKING:
    from tui.config.writing import Saved, check_profile, first_profile, remove_profile, save_profile

__all__ = [
    "COLOURS",
    "DEFAULT_BASE_URL",
    "Config",
    "ConfigError",
    "DatabaseSetting",
    "Profile",
    "ReceiverSettings",
    "Saved",
    "check_profile",
    "config_path",
    "first_profile",
    "load",
    "remove_profile",
    "save_profile",
]


if not TYPE_CHECKING:  # the checker knows them from above; writing is loaded when something is written

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.writing"), name)
