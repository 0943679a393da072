"""A theme in the 256 colours of a terminal that has no more.

Rich alone would make of some what can't be read any more. Here grounds go away from text, and each other colour is the
nearest that can be read on all of them as well as before: a tone keeps its hue sooner than its lightness.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cache
from math import atan2, degrees, hypot
from typing import Final

from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color, ColorParseError, rgb_to_lab
from textual.theme import Theme

from tui.app.themes import GROUNDS, TONES

_LEVELS: Final = (0, 95, 135, 175, 215, 255)  # the first 16 colours are whatever the user made them
_CURSORS: Final = ("block-cursor-background", "block-cursor-blurred-background")
_GROUNDS: Final = {*GROUNDS, *_CURSORS, "input-selection-background"}
_PROMISED: Final = (7.0, 4.5, 3.0)  # contrasts that themes keep: high, of text, of marks
_COLOURED: Final = 12.0  # the chroma from which on a colour has a hue to be kept
_SAME_HUE: Final = 30.0  # degrees
_DARK_GREEN: Final = (0, 95, 0)  # the brightest of the dark tones that all have: on a light ground it must be read
Rgb = tuple[int, int, int]


def in_256(theme: Theme) -> Theme:
    """The theme as it is shown where there are 256 colours. One in the terminal's own colours stays as it is."""
    if theme.ansi:
        return theme
    fields = {name: value for name in (*TONES, "foreground", *GROUNDS)
              if (value := getattr(theme, name)) is not None}
    colours = {name: colour.rgb for name, value in {**theme.variables, **fields}.items()
               if (colour := _parsed(value)) is not None}
    on = {name: colours[name] for name in (*GROUNDS, *_CURSORS) if name in colours}
    before = tuple(on.values())
    promised = min(_promised(colours[tone], before) for tone in TONES if tone in colours)
    found = {name: _ground(colour, promised, brighter=not theme.dark)
             for name, colour in colours.items() if name in _GROUNDS}
    then = tuple(found[name] for name in on)
    found |= {name: _text(colour, _promised(colour, before), then)
              for name, colour in colours.items() if name not in found}
    made = {name: _written(colour) for name, colour in found.items()}
    return replace(theme, **{name: made[name] for name in fields},  # type: ignore[arg-type]  # only texts are replaced
                   variables={**theme.variables, **{name: made[name] for name in theme.variables if name in made}})


def _parsed(value: str) -> Color | None:
    try:
        colour = Color.parse(value)
    except ColorParseError:  # some of Textual's own are styles
        return None
    return colour if colour.a == 1 else None


def _written(colour: Rgb) -> str:
    """As Rich has to be given it for it to send that colour."""
    red, green, blue = _palette()[colour]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _promised(colour: Rgb, grounds: Iterable[Rgb]) -> float:
    found = min(_contrast(colour, ground) for ground in grounds)
    return next((promised for promised in _PROMISED if found >= promised), 1.0)


@cache
def _ground(colour: Rgb, promised: float, *, brighter: bool) -> Rgb:
    fitting = [other for other in _palette()
               if (_luminance(other) >= _luminance(colour) and _contrast(_DARK_GREEN, other) >= promised if brighter
                   else _luminance(other) <= _luminance(colour))]
    return _nearest(colour, fitting or _palette())


@cache
def _text(colour: Rgb, promised: float, grounds: tuple[Rgb, ...]) -> Rgb:
    fitting = [other for other in _palette() if all(_contrast(other, ground) >= promised for ground in grounds)]
    return _nearest(colour, fitting or _palette())


def _contrast(one: Rgb, other: Rgb) -> float:
    darker, brighter = sorted((_luminance(one), _luminance(other)))
    return (brighter + 0.05) / (darker + 0.05)


@cache
def _palette() -> dict[Rgb, Rgb]:
    """The colours that Rich can send, and of what it makes them: of a grey it takes another one."""
    colours = [(red, green, blue) for red in _LEVELS for green in _LEVELS for blue in _LEVELS]
    return {_sent(colour): colour for colour in [*colours, *((grey, grey, grey) for grey in range(256))]}


def _sent(colour: Rgb) -> Rgb:
    return RichColor.from_rgb(*colour).downgrade(ColorSystem.EIGHT_BIT).get_truecolor()


@cache
def _luminance(colour: Rgb) -> float:
    """As WCAG reckons it."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
                        for part in (part / 255 for part in colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _nearest(colour: Rgb, fitting: Collection[Rgb]) -> Rgb:
    """The one that looks most like it; of a tone one of its hue, if there is one, for a grey would mean nothing."""
    _, chroma, hue = _look(colour)
    if chroma >= _COLOURED:
        kin = [other for other in fitting if _look(other)[1] >= chroma / 2
               and abs((_look(other)[2] - hue + 180) % 360 - 180) <= _SAME_HUE]
        fitting = kin or fitting
    return min(fitting, key=lambda other: _distance(colour, other))


@cache
def _lab(colour: Rgb) -> tuple[float, float, float]:
    lab = rgb_to_lab(Color(*colour))
    return lab.L, lab.a, lab.b


@cache
def _look(colour: Rgb) -> tuple[float, float, float]:
    """Lightness, chroma, hue in degrees."""
    light, a, b = _lab(colour)
    return light, hypot(a, b), degrees(atan2(b, a))


def _distance(one: Rgb, other: Rgb) -> float:
    """How far apart two colours look (CIE 1976)."""
    return sum((a - b) ** 2 for a, b in zip(_lab(one), _lab(other), strict=True))
