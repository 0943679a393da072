"""A line of words, whatever shows it."""

from __future__ import annotations

from msgspec import Struct


class Line(Struct, frozen=True):
    """A line of text. `hang` is how far its further rows stand in; `place` names it for the mark and for clicks."""

    text: str
    tone: str = ""
    place: str = ""
    hang: int = 2
