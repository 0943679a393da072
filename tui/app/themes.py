"""Themes: one TOML file each, the program's own beside the package, a user's own in the configuration folder.

A file's name is the theme's. `text-*` are the tones as text is written in them, the plain ones those of marks and bars.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct, field
from textual.color import Color, ColorParseError
from textual.theme import Theme

from tui.config import COLOURS
from tui.config.problems import nearest
from tui.config.reading import position
from tui.core.bounded_read import SilentFile, TooLarge, read_bounded
from tui.core.causes import error_name
from tui.core.reason import Reason
from tui.core.sanitize import excerpt
from tui.core.toml import read_toml

DEFAULT: Final = "santral-dark"
ANSI: Final = "santral-ansi"  # all that it shows is there without colours too: under NO_COLOR it is the only one
TONES: Final = ("primary", "secondary", "accent", "success", "warning", "error")
GROUNDS: Final = ("background", "surface", "panel")
_COLOURS: Final = (*TONES, "foreground", *GROUNDS)
_FLAGS: Final = ("dark", "ansi")
_LARGEST: Final = 1_000_000  # bytes
# The colours that a profile can have, legible on each of ours. A theme's own stand among its variables.
_PROFILES_DARK: Final = {"blue": "#6fa8ff", "cyan": "#56c7d6", "green": "#8fc46a", "yellow": "#e5d05a",
                         "orange": "#f0a35e", "red": "#f08a8a", "magenta": "#dc93e6", "grey": "#a9aeb8"}
_PROFILES_LIGHT: Final = {"blue": "#1f4fb0", "cyan": "#0b5f6e", "green": "#2f6410", "yellow": "#665000",
                          "orange": "#8a3d00", "red": "#a11d25", "magenta": "#7d2a8c", "grey": "#51565e"}
# What Textual's own styles ask of a theme in the terminal's colours: no ground but the terminal's.
_ANSI_VARIABLES: Final = {
    "ansi-background": "ansi_default", "ansi-foreground": "ansi_default", "border": "ansi_default",
    "border-blurred": "ansi_default", "scrollbar": "ansi_bright_black", "scrollbar-hover": "ansi_default",
    "scrollbar-active": "ansi_default", "scrollbar-background": "ansi_default",
    "scrollbar-background-hover": "ansi_default", "scrollbar-background-active": "ansi_default",
}
VARIABLES: Final = ("muted", "faint", *(f"text-{tone}" for tone in TONES), "block-cursor-background",
                    "block-cursor-foreground", "input-selection-background",
                    *(f"profile-{colour}" for colour in COLOURS))


class BadTheme(Exception):
    """A theme can't be used; `reason` is the sentence."""

    def __init__(self, code: str, path: Path, **params: str | int) -> None:
        super().__init__(code)
        self.reason = Reason(code, {"path": excerpt(str(path)), **params})


class Loaded(Struct, frozen=True):
    """The themes that could be read, and what is wrong with those that could not."""

    themes: dict[str, Theme] = field(default_factory=dict)
    problems: dict[str, Reason] = field(default_factory=dict)  # by the file's name


def folders(config_file: Path) -> Iterator[Path]:
    """Where themes are: in an installed package inside it, in a checkout beside it; then the user's own."""
    package = Path(__file__).parents[1]
    yield package / "themes" if (package / "themes").is_dir() else package.parent / "themes"
    yield own_folder(config_file)


def own_folder(config_file: Path) -> Path:
    return config_file.parent / "themes"


def load(config_file: Path) -> Loaded:
    """Every theme found. A broken one is named and left out; a user's own takes the place of ours of that name."""
    found: dict[str, Theme] = {}
    problems: dict[str, Reason] = {}
    for folder in folders(config_file):
        for path in sorted(folder.glob("*.toml")):
            try:
                found[path.stem] = read(path)
            except BadTheme as bad:
                problems[path.stem] = bad.reason
    return Loaded(found, problems)


def find(config_file: Path, name: str) -> Theme | None:
    """The theme of that name; None where there is none, or it can't be used."""
    for folder in reversed(list(folders(config_file))):
        path = folder / f"{name}.toml"
        if path.parent == folder and path.is_file():  # a name is no way to other folders
            try:
                return read(path)
            except BadTheme:  # reported with all the others; ours of that name may do
                continue
    return None


def unknown(name: str, known: Collection[str]) -> Reason:
    """That there is no such theme, with the one that was probably meant."""
    near = nearest(name, known)
    if near is not None:
        return Reason("app.theme.unknown_near", {"name": excerpt(name), "nearest": near})
    return Reason("app.theme.unknown", {"name": excerpt(name), "allowed": ", ".join(sorted(known))})


def read(path: Path) -> Theme:
    """The theme of a file. BadTheme."""
    try:
        text = read_bounded(path, _LARGEST).decode("utf-8-sig").replace("\r\n", "\n")
    except (TooLarge, SilentFile):
        raise BadTheme("app.theme.not_toml", path) from None
    except OSError as error:
        raise BadTheme("app.theme.unreadable", path, error=error_name(error)) from None
    except UnicodeDecodeError:
        raise BadTheme("app.theme.not_utf8", path) from None
    try:
        raw = read_toml(text)
    except ValueError as error:
        place = position(error, text)
        if place is None:
            raise BadTheme("app.theme.not_toml", path) from None
        raise BadTheme("app.theme.not_toml_at", path, line=place[0], column=place[1]) from None
    variables = raw.pop("variables", {})
    if not isinstance(variables, dict):
        raise BadTheme("app.theme.want_table", path, key="variables")
    flags = {name: _flag(path, name, raw.pop(name)) for name in _FLAGS if name in raw}
    colours = {name: _colour(path, name, value, _COLOURS, ("variables", *_FLAGS)) for name, value in raw.items()}
    if "primary" not in colours:
        raise BadTheme("app.theme.missing", path, key="primary")
    own = {name: _colour(path, name, value, VARIABLES) for name, value in variables.items()}
    return _made(path.stem, colours, own, dark=flags.get("dark", True), ansi=flags.get("ansi", False))


def _made(name: str, colours: Mapping[str, str], own: Mapping[str, str], *, dark: bool, ansi: bool) -> Theme:
    theme = Theme(name=name, dark=dark, ansi=ansi, **colours)  # type: ignore[arg-type]  # of its fields, only the flags aren't text
    known = {**theme.to_color_system().generate(), **colours}
    # A variable that is left out is what comes nearest to it.
    variables = {"muted": known["foreground"], "faint": known["foreground"], **profile_variables(dark=dark)}
    variables |= {f"text-{tone}": known[tone] for tone in TONES}
    # On a button that is coloured stands the ground's colour.
    variables["button-color-foreground"] = known["background"]
    # The row that enter takes is marked also where a line keeps the focus, as one types what is looked for.
    cursor = own.get("block-cursor-background", known["block-cursor-background"])
    variables |= {"block-cursor-blurred-background": cursor, "block-cursor-blurred-text-style": "bold",
                  "block-cursor-blurred-foreground": known["foreground"]}
    variables |= {ground: colours[ground] for ground in GROUNDS if ground in colours}
    variables |= _ANSI_VARIABLES if ansi else {}
    theme.variables = {**variables, **own}
    return theme


def profile_variables(*, dark: bool) -> dict[str, str]:
    """The variables of the profiles' colours, for a theme that doesn't set them."""
    colours = _PROFILES_DARK if dark else _PROFILES_LIGHT
    return {f"profile-{name}": colour for name, colour in colours.items()}


def _flag(path: Path, name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadTheme("app.theme.want_flag", path, key=name, value=excerpt(str(value)))
    return value


def _colour(path: Path, name: str, value: object, known: Collection[str], others: Collection[str] = ()) -> str:
    if name not in known:
        near = nearest(name, [*known, *others])
        if near is not None:
            raise BadTheme("app.theme.unknown_key_near", path, key=excerpt(name), nearest=near)
        raise BadTheme("app.theme.unknown_key", path, key=excerpt(name), allowed=", ".join(known))
    try:
        Color.parse(value if isinstance(value, str) else "")
    except ColorParseError:
        raise BadTheme("app.theme.bad_colour", path, key=name, value=excerpt(_written(value))) from None
    return str(value)


def _written(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
