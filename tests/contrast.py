"""How well a colour can be read on another, and how far apart two look, as WCAG and CIE reckon it."""

from __future__ import annotations

from textual.color import Color

TEXT = 4.5
MARKS = 3.0
# What the two kinds of red-green blindness make of red, green and blue (Viénot, Brettel and Mollon, 1999).
BLINDNESS = {
    "protanopia": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deuteranopia": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}
Light = tuple[float, float, float]


def contrast(one: Color, other: Color) -> float:
    """1 (the same) to 21 (black on white)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def distance(one: Color, other: Color, kind: str | None = None) -> float:
    """How far apart two colours look, to the eye of a `kind` of colour blindness; some 2 can just be told apart."""
    first, second = _lab(_seen(one, kind)), _lab(_seen(other, kind))
    return float(sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5)


def _light(colour: Color) -> Light:
    red, green, blue = (part / 255 for part in colour.rgb)
    return _linear(red), _linear(green), _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _luminance(colour: Color) -> float:
    red, green, blue = _light(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _seen(colour: Color, kind: str | None) -> Light:
    light = _light(colour)
    if kind is None:
        return light
    red, green, blue = (sum(a * b for a, b in zip(row, light, strict=True)) for row in BLINDNESS[kind])
    return red, green, blue


def _lab(light: Light) -> Light:
    red, green, blue = light
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
