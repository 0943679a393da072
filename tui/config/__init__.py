"""The configuration: one TOML file, read strictly, written carefully."""

from __future__ import annotations

from tui.config.model import (
    COLOURS,
    DEFAULT_BASE_URL,
    DEFAULT_PROFILE,
    LANGUAGES,
    Config,
    ConfigError,
    Database,
    Profile,
    Receiver,
)
from tui.config.reading import SETTINGS, config_path, load
from tui.config.writing import Saved, check_profile, first_profile, remove_profile, save_profile

__all__ = [
    "COLOURS",
    "DEFAULT_BASE_URL",
    "DEFAULT_PROFILE",
    "LANGUAGES",
    "SETTINGS",
    "Config",
    "ConfigError",
    "Database",
    "Profile",
    "Receiver",
    "Saved",
    "check_profile",
    "config_path",
    "first_profile",
    "load",
    "remove_profile",
    "save_profile",
]
