"""Themes: one TOML file each, the program's own beside the package, a user's own in the configuration folder."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from textual.theme import Theme

from tui.campaign.reason import Reason

DEFAULT: Final = "santral-dark"
# The colours that a profile can have, legible on each of ours. A theme's own stand among its variables.
_PROFILES_DARK: Final = {"blue": "#6fa8ff", "cyan": "#56c7d6", "green": "#8fc46a", "yellow": "#e5d05a",
                         "orange": "#f0a35e", "red": "#f08a8a", "magenta": "#dc93e6", "grey": "#a9aeb8"}
_PROFILES_LIGHT: Final = {"blue": "#1f4fb0", "cyan": "#0b5f6e", "green": "#2f6410", "yellow": "#665000",
                          "orange": "#8a3d00", "red": "#a11d25", "magenta": "#7d2a8c", "grey": "#51565e"}
_COLOURS: Final = ("primary", "secondary", "accent", "foreground", "background", "surface", "panel", "success",
                   "warning", "error")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The themes that could be read, and what is wrong with those that could not."""

    themes: dict[str, Theme]
    problems: tuple[Reason, ...]


def folders(config_file: Path) -> Iterator[Path]:
    """Where themes are: in an installed package inside it, in a checkout beside it; then the user's own."""
    package = Path(__file__).parent
    yield package / "themes" if (package / "themes").is_dir() else package.parent / "themes"
    yield config_file.parent / "themes"


def profile_variables(*, dark: bool) -> dict[str, str]:
    """The variables of the profiles' colours, for a theme that doesn't set them."""
    colours = _PROFILES_DARK if dark else _PROFILES_LIGHT
    return {f"profile-{name}": colour for name, colour in colours.items()}


def load(config_file: Path) -> Loaded:
    """Every theme found. A broken one is named and left out; a user's own takes the place of ours of that name."""
    found: dict[str, Theme] = {}
    problems: list[Reason] = []
    for folder in folders(config_file):
        for path in sorted(folder.glob("*.toml")):
            try:
                theme = _theme(tomllib.loads(path.read_text(encoding="utf-8")), path.stem)
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError) as error:
                problems.append(Reason("screens.theme.broken", {"path": str(path), "detail": str(error)}))
            else:
                found[theme.name] = theme
    return Loaded(found, tuple(problems))


def _theme(raw: dict[str, Any], stem: str) -> Theme:
    name = raw.get("name", stem)
    unknown = raw.keys() - {"name", "dark", "variables", *_COLOURS}
    if unknown:
        raise ValueError(f"{sorted(unknown)[0]}?")
    colours = {key: raw[key] for key in _COLOURS if key in raw}
    if "primary" not in colours or not all(isinstance(colour, str) for colour in colours.values()):
        raise ValueError("primary?")
    theme = Theme(name=str(name), dark=bool(raw.get("dark", True)), variables=dict(raw.get("variables", {})), **colours)
    theme.to_color_system().generate()  # a colour that can't be read is told here, not when it is drawn
    return theme
