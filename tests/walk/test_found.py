"""Walks that ended the app once, or hung it, or lost a screen; each as short as it was found."""

from __future__ import annotations

import pytest

from tests.walk.hands import Event
from tests.walk.situations import Start
from tests.walk.walker import take


def keys(*names: str) -> list[Event]:
    """Keys that all come at once."""
    return [("key", name) for name in names]


MENU = [*keys("home", *["down"] * 8, "enter", "f8", "f8", "f8"), ("wait", 0.5)]
FOUND: dict[str, tuple[Start, list[Event]]] = {
    "a page in the palette before its list is painted": (Start(), keys("ctrl+p", "pagedown", "pageup")),
    "two clicks beside the palette": (
        Start(), [*keys("ctrl+p"), ("wait", 0.2), ("click", 1, 20), ("click", 1, 20), ("wait", 0.2)]),
    "a profile chosen twice": (
        Start("two profiles"), [*keys("p"), ("wait", 0.2), *keys("enter", "enter"), ("wait", 0.5)]),
    "help asked for as the app ends": (Start(), [*keys("ctrl+q", "question_mark"), ("wait", 0.1)]),
    "the palette asked for as the app ends": (Start(), [*keys("ctrl+q", "f2"), ("wait", 0.1)]),
    "another section as the app ends": (Start(), [*keys("n", "ctrl+q", "f9", "f8"), ("wait", 0.5)]),
    "a command clicked as the list gets shorter": (
        Start(language="tr"), [*keys("f2", "8"), ("wait", 2.0), *keys("space"), *[("wait", 0.0)] * 4,
                               ("click", 75, 8)]),
    "the keypad clicked as the form is left": (
        Start(size=(120, 36)), [*MENU, ("click", 40, 8), *keys("escape"), ("wait", 5.0)]),
    "the keypad clicked as the form is left, with the account asked for": (
        Start(size=(120, 36)), [*MENU, ("click", 40, 4), *keys("1"), ("click", 40, 8), *keys("escape"), ("wait", 5.0)]),
    "a launch asked for as another section is gone to": (
        Start("two profiles", language="tr", seed=20263035),
        [*keys("home"), ("wait", 0.2), *keys(*["down"] * 10, "enter"), ("wait", 0.2), *keys("f9"), ("wait", 0.0),
         *keys("l", "down", "backspace"), ("wait", 2.0), ("click", 22, 19), ("wait", 0.01),
         *keys("space", "enter", "down", "down", "n"), ("wait", 0.2), *keys("f8"), ("wait", 0.0),
         *keys("down", "down"), ("click", 28, 19), ("wait", 2.0), *keys("shift+tab"), ("wait", 0.02), *keys("2"),
         ("wait", 0.02), *keys("6"), ("wait", 0.02), *keys("enter"), ("wait", 0.02), *keys("enter"), ("wait", 6.0)]),
    "a draft opened from the list as its launch has just been answered": (
        Start("two profiles", size=(120, 36), seed=20263065),
        [*keys("home"), ("wait", 0.2), *keys(*["down"] * 5, "end"), ("wait", 0.0), *keys("enter"), ("wait", 0.02),
         *keys("f9"), ("wait", 0.0), *keys("l"), ("wait", 0.2), ("wait", 3.0), *keys("shift+tab"), ("wait", 0.02),
         *keys("2"), ("wait", 0.02), *keys("6"), ("wait", 0.02), *keys("enter"), ("wait", 0.02), *keys("enter"),
         ("wait", 0.02), ("wait", 6.0), *keys("enter", "pageup", "delete", "space"), ("wait", 0.0), ("mood", "cuts"),
         *keys("escape"), ("wait", 0.0), ("wait", 2.0)]),
    "a test call asked for as the app ends": (Start(), [*keys("enter", "f5", "ctrl+q", "t"), ("wait", 0.3)]),
}


@pytest.mark.usefixtures("moment")
@pytest.mark.parametrize("found", FOUND)
def test_what_was_found_is_mended(found: str) -> None:
    start, events = FOUND[found]
    walked = take(start, events)
    assert not walked.finding, walked.detail
