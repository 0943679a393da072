"""A theme in the 256 colours of a terminal that has no more.

Rich alone would make of some what can't be read any more. Here text goes away from the ground and grounds from text, so
nothing loses contrast.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color, ColorParseError
from textual.theme import Theme

from tui.themes import GROUNDS, TONES

_LEVELS: Final = (0, 95, 135, 175, 215, 255)  # the first 16 colours are whatever the user made them
_GROUNDS: Final = {*GROUNDS, "block-cursor-background", "block-cursor-blurred-background", "input-selection-background"}
Rgb = tuple[int, int, int]


def in_256(theme: Theme) -> Theme:
    """The theme as it is shown where there are 256 colours. One in the terminal's own colours stays as it is."""
    if theme.ansi:
        return theme
    colours = {name: value for name in (*TONES, "foreground", *GROUNDS)
               if (value := getattr(theme, name)) is not None}
    return replace(theme, **_nearest(colours, dark=theme.dark),  # type: ignore[arg-type]  # only texts are replaced
                   variables={**theme.variables, **_nearest(theme.variables, dark=theme.dark)})


def _nearest(colours: Mapping[str, str], *, dark: bool) -> dict[str, str]:
    found = {}
    for name, value in colours.items():
        try:
            colour = Color.parse(value)
        except ColorParseError:  # some of Textual's own are styles
            continue
        if colour.a == 1:
            found[name] = _one_of_256(colour.rgb, brighter=dark is not (name in _GROUNDS))
    return found


@cache
def _one_of_256(colour: Rgb, *, brighter: bool) -> str:
    side = 1 if brighter else -1
    fitting = [other for other in _palette() if side * _luminance(other) >= side * _luminance(colour)]
    red, green, blue = _palette()[min(fitting, key=lambda other: _distance(colour, other))]
    return f"#{red:02x}{green:02x}{blue:02x}"


@cache
def _palette() -> dict[Rgb, Rgb]:
    """The colours that Rich can send, and of what it makes them: of a grey it takes another one."""
    colours = [(red, green, blue) for red in _LEVELS for green in _LEVELS for blue in _LEVELS]
    return {_sent(colour): colour for colour in [*colours, *((grey, grey, grey) for grey in range(256))]}


def _sent(colour: Rgb) -> Rgb:
    return RichColor.from_rgb(*colour).downgrade(ColorSystem.EIGHT_BIT).get_truecolor()


def _luminance(colour: Rgb) -> float:
    """As WCAG reckons it, without the linear part near black, which changes no order."""
    red, green, blue = (((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def _distance(one: Rgb, other: Rgb) -> float:
    """How far apart two colours look, roughly: the eye tells greens apart best ("redmean")."""
    mean = (one[0] + other[0]) / 2
    red, green, blue = (a - b for a, b in zip(one, other, strict=True))
    return (2 + mean / 256) * red * red + 4 * green * green + (2 + (255 - mean) / 256) * blue * blue
