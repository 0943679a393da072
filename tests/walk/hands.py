"""What a hand may do: events as plain tuples, so that a walk can be written down as it stands.

("key", "a") · ("paste", text) · ("click", x, y) · ("wheel", x, y, 1 or -1) · ("move", x, y) · ("size", w, h) ·
("blur",) · ("focus",) · ("wait", seconds) · ("mood", of the provider) · ("heard", of which campaign, how many) ·
("speak", language) as the palette's command does · ("read",) what is shown, which a walk does now and then by itself.
What has no wait between is there before the first of it is heard.
Four are made into the others when their turn comes: ("bound", n) is the key of the n-th command of the moment,
("touch", n) a click on the n-th widget, ("home",) as many escapes as it takes, ("answer",) what the dialog in front
wants typed, and its yes.
"""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from typing import Any, Final

from tests.walk.provider import MOODS
from tests.walk.situations import SIZES
from tui.config.keymap import COMMANDS
from tui.i18n.key_names import name_of
from tui.i18n.words import LANGUAGES

Event = tuple[Any, ...]

_BOUND: Final = sorted({key for command in COMMANDS.values() for key in command.keys} - {"ctrl+q", "Q"})
_MOVES: Final = ("up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "shift+tab", "enter",
                 "space", "escape", "backspace", "delete")
_ODD: Final = ("insert", "f10", "f11", "f12", "f24", "ctrl+a", "ctrl+e", "ctrl+k", "ctrl+w", "ctrl+left", "ctrl+right",
               "shift+left", "shift+home", "shift+end", "ctrl+home", "ctrl+end", "ctrl+delete", "ctrl+backspace",
               "alt+x", "ctrl+at", "ctrl+shift+up", "ctrl+x", "ctrl+v", "ctrl+z", "ctrl+s", "ctrl+@", "shift+pageup",
               "ctrl+pagedown", "replacement_character", "<ignore>", "latin_small_letter_ü", "ctrl+l", "ctrl+o")
_SIGNS: Final = string.punctuation + "ğüşıöçİĞÜŞÖÇ€𝕏日é"
_PASTES: Final = (
    "0532 123 45 67", "05321234567\n05321234568\n05321234569", "zubrok", "[/x]", "[bold]zub[/", "\x1b[31mzub\x07\x00",
    "905331230001;zub;12,50\n905331230002;vlim;9", "x" * 5_000, "0532\n" * 400, "\n", "", "\t\t", "ｚｕｂ ğ İı ß ﷽",
    "2026-12-01", "31.02.2026", "09:00", "queue/201", "queue:201", "128", "-1", "1e9", "..", "/dev/null",
    "/nowhere/z.csv", "1,2,3", "{count}", "%s%n", "\u202ezub\u2066", "Zub\r\nvlim\r\n", "9" * 400,
)
_ODD_SIZES: Final = ((80, 24), (1, 1), (79, 24), (80, 23), (119, 36), (20, 5), (300, 80), (81, 25), (100, 24), (80, 60))
# Mostly faster than the screen is painted, and than the disk: what is asked then is of a moment that has gone.
_WAITS: Final = (*(0.0,) * 14, 0.003, 0.01, 0.02, 0.05, 0.3, 2.0)
ROUTES: Final = (
    "n", "n f8", "n f8 f8", "n f8 f8 f8", "n f8 f8 f8 f8", "n f8 f8 f8 f8 f8", "n f9", "n f5", "n f6", "n f4",
    "enter", "enter f8", "enter f8 f8 f8", "enter f8 f8 f8 f8", "enter f8 f8 f8 f8 f8", "enter f9", "enter f9 l",
    "enter f9 l tab enter", "enter f9 t", "enter f9 v", "enter f9 a", "enter f9 y", "enter f9 down enter",
    "enter f5", "enter f5 enter", "enter f5 2 enter", "enter f5 3 enter down enter", "enter f5 t", "enter f5 t 1 x r",
    "enter f5 c", "enter f5 o", "enter f5 a z u b enter", "enter f5 m", "enter f5 s 3",
    "enter f7 f7 f7 f7", "enter f8 f8 f8 f8 slash", "enter f8 f8 f8 f8 right", "enter f8 f8 f8 f8 tab enter",
    "enter f8 f8 f8 f4", "enter f8 f8 f8 f8 f4", "enter f8 f8 f8 f8 f", "enter f8 f8 f8 f8 e", "enter f8 f8 f8 f8 D",
    "n f8 f8 f8 f8 f4", "n f4 enter", "n down down f4", "n f8 down down f4", "n f8 f8 down f4",
    "r", "r e", "r f", "r c", "r enter", "r s", "r d", "r v", "r slash", "r right", "t", "t enter", "w", "o", "i",
    "i 2 0 0 enter", "p", "p down enter", "comma", "comma enter", "comma n", "comma d", "comma t", "comma down enter",
    "comma y", "ctrl+p", "ctrl+p e", "ctrl+p down enter", "question_mark", "question_mark slash z", "m m space",
    "M space", "M d", "exclamation_mark", "exclamation_mark tab enter", "space", "d", "d tab enter", "c", "x", "s",
    "slash z u", "right right", "x x", "u", "enter d", "enter space", "enter r", "enter t", "enter o", "enter c", "v",
    "enter question_mark", "enter f9 l answer", "enter f9 d answer", "enter f9 d answer l answer",
    "enter f9 d answer d l answer", "enter f9 t answer", "enter f8 f8 f8 f8 d", "space answer", "enter space answer",
    "exclamation_mark answer", "M space answer", "r f tab space tab space shift+tab enter", "d answer", "t answer",
    "i 2 0 0 0 0 enter",
    "b", "b n", "b n answer", "b n answer b n answer", "b d", "b d answer", "b d answer left",
    "b down d answer left enter", "b d enter enter", "b enter", "b e enter", "b f tab enter", "b right right",
    "b slash 0 7", "b left", "b y",
    "r b", "r B answer", "r b answer", "enter f8 f8 f8 f8 tab B", "enter f8 f8 f8 f8 tab B answer",
    "b d answer escape end enter f9 l answer", "b n answer escape end enter f9 l answer",
    # The last of the list can be launched, though some in it must not be called; the two above it are twins.
    "end enter f9 d answer l answer", "end enter f9 d answer", "end enter f9 d answer d l answer",
    "end enter f9 l answer", "end up enter f9 l answer", "end up up enter f9 l answer",
    # Above the twins a commercial one, some in which have not agreed, and some would be called too often.
    "end up up up enter f9 l answer", "end up up up enter f9 d answer l answer", "end up up up enter f9 o answer",
    "end up up up enter f9 o answer l answer", "end up up up enter f9 d answer o answer l answer",
    "b i", "b i answer", "b i answer escape escape end up up up enter f9 l answer", "b i z u b enter enter",
    "r f enter", "r f enter enter", "r f f", "r f f tab enter", "r f a z u b enter", "r f o", "r f o enter",
    "r f space f enter", "e", "e enter", "e answer", "e tab enter", "down e", "down e enter", "down e answer", "a",
    "down a", "enter a", "number_sign 0 5 3 3 1 2 3 0 0 0 1 enter", "r number_sign", "r number_sign n z enter",
    "r number_sign e", "r number_sign c", "r number_sign b answer", "r enter s", "r enter s enter", "r enter p",
)


def walk(dice: random.Random, length: int) -> Iterator[Event]:
    """So many events, and a few more: now and then home, and by a known way to some place."""
    done = 0
    while done < length:
        yield from _route(dice)
        stay = dice.choice((10, 30, 60, 120))
        for _ in range(stay):
            yield from _some(dice)
        done += stay
        if dice.random() < 0.7:
            yield ("home",)
            yield ("mood", dice.choice(MOODS))


def _route(dice: random.Random) -> Iterator[Event]:
    yield ("key", "home")
    yield ("wait", dice.choice((0.0, 0.2, 1.0)))
    for _ in range(dice.randrange(11)):
        yield ("key", "down")
    for event in along(dice.choice(ROUTES)):
        if event == ("answer",):  # of what is to be read first
            yield ("wait", dice.choice((0.3, 3.0)))
        yield event
        yield ("wait", dice.choice((0.0, 0.0, 0.02, 0.2)))


def along(route: str) -> Iterator[Event]:
    """A known way, without waits."""
    for key in route.split():
        yield ("answer",) if key == "answer" else ("key", key)


def _some(dice: random.Random) -> Iterator[Event]:
    """One thing, or a few of a kind, and mostly a moment after it."""
    what = dice.random()
    if what < 0.78:
        yield from _keys(dice)
    elif what < 0.79:
        yield ("answer",)
    elif what < 0.94:
        yield _of_the_mouse(dice)
    elif what < 0.965:
        yield ("paste", dice.choice(_PASTES))
    elif what < 0.98:
        yield ("size", *_size(dice))
    elif what < 0.99:
        yield dice.choice((("blur",), ("focus",)))
    else:
        yield dice.choice((("mood", dice.choice(MOODS)), ("heard", dice.randrange(20), dice.randrange(1, 6)),
                           ("speak", dice.choice(LANGUAGES))))
    if dice.random() < 0.6:
        yield ("wait", dice.choice(_WAITS))


def _of_the_mouse(dice: random.Random) -> Event:
    what = dice.random()
    if what < 0.4:
        return ("touch", dice.randrange(1_000))
    if what < 0.6:
        return ("click", dice.randrange(130), dice.randrange(40))
    if what < 0.87:
        return ("wheel", dice.randrange(130), dice.randrange(40), dice.choice((1, -1)))
    return ("move", dice.randrange(130), dice.randrange(40))


def _size(dice: random.Random) -> tuple[int, int]:
    if dice.random() < 0.5:
        return dice.choice(SIZES)
    return dice.choice(_ODD_SIZES)


def _keys(dice: random.Random) -> Iterator[Event]:
    what = dice.random()
    if what < 0.3:
        yield ("bound", dice.randrange(1_000))
    elif what < 0.5:
        yield ("key", dice.choice(_BOUND))
    elif what < 0.75:
        for _ in range(dice.choice((1, 1, 1, 2, 5))):
            yield ("key", dice.choice(_MOVES))
    elif what < 0.88:
        yield ("key", dice.choice(string.ascii_letters + string.digits))
    elif what < 0.92:
        yield ("key", name_of(dice.choice(_SIGNS)))
    elif what < 0.95:
        for _ in range(dice.randrange(2, 20)):
            yield ("key", dice.choice(_MOVES[:9]))
    elif what < 0.998:
        yield ("key", dice.choice(_ODD))
    else:
        yield ("key", dice.choice(("ctrl+q", "Q", "ctrl+c")))
