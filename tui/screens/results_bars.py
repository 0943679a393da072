"""The bars of results: their order and tones, and which is chosen after which."""

from __future__ import annotations

from tui.campaign.menu import KEYS
from tui.campaign.results import Pressed, pressed


def next_one(now: str | None, known: list[str]) -> str | None:
    """The one after `now`; after the last, none."""
    if now is None:
        return known[0] if known else None
    place = known.index(now) + 1 if now in known else 0
    return known[place] if 0 < place < len(known) else None


def on_the_keypad(digit: str) -> tuple[int, str]:
    """The keys as they lie on a telephone, then no key, then wrong ones: a bar stays where it is as results come."""
    order = {Pressed.KEY: 0, Pressed.NONE: 1, Pressed.WRONG: 2}.get(pressed(digit), 3)
    return order * 100 + (KEYS.index(digit) if order == 0 else 0), digit


def tone_of(digit: str) -> str:
    return {Pressed.KEY: "primary", Pressed.NONE: "secondary"}.get(pressed(digit), "warning")
