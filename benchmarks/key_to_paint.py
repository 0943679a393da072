"""From a key to the frame that shows what it did, on the program's screens and in the bare app."""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from typing import Final

from benchmarks import bare
from benchmarks.figures import Figure, percentile
from benchmarks.home import FIRST_ROW
from benchmarks.pseudo_terminal import QUIET, Painting, PseudoTerminal
from tui.i18n.words import Words

SIZES: Final = ((80, 24), (120, 36))
SANTRAL: Final = (sys.executable, "-m", "tui")
BARE: Final = (sys.executable, "-m", bare.__name__)
ROWS: Final = ("down",) * 8 + ("up",) * 8
WHEEL: Final = ("wheel down",) * 8 + ("wheel up",) * 8
MOST_OF_LIST: Final = 30.0  # ms
_BLOCK: Final = 20
_WARM_UP: Final = 16
_FRAME_SECONDS: Final = 1 / 60
_SAY: Final = Words("en").say


@dataclass(frozen=True, slots=True)
class Measured:
    """A screen: the keys that lead there from the list, a text that shows that it is there, the keys that are measured.

    The keys are pressed over and over: each has to change something, and together they lead back to where they began.
    `limit`: for the median of the first paint, as a ratio to the bare app's; `most`: for its p99, in ms.
    `bare`: the keys that the bare app gets meanwhile.
    """

    name: str
    shows: str
    keys: tuple[str, ...]
    leads: tuple[str, ...] = ()
    limit: float | None = None
    most: float | None = None
    bare: tuple[str, ...] = ROWS


SCREENS: Final = (
    Measured("list", FIRST_ROW, ROWS, limit=1.5, most=MOST_OF_LIST),
    Measured("wheel", FIRST_ROW, WHEEL, limit=1.5, most=MOST_OF_LIST, bare=WHEEL),
    Measured("form", _SAY("campaign.field.cli"), ("down",) * 2 + ("up",) * 2, ("enter",)),
    Measured("typing", _SAY("campaign.field.cli"), (*"anket", *["backspace"] * 5), ("enter", "down")),
    Measured("menu", _SAY("widgets.menu.unset"), (*"234567891", *(("right",) * 2 + ("down",) * 2),
                                                  *(("left",) * 2 + ("up",) * 2)), ("enter", "f5"), limit=1.5),
    Measured("target", _SAY("screens.target.title", key=_SAY("campaign.digit.3")), (*"q201", *["backspace"] * 4),
             ("enter", "f5", "3", "enter"), limit=1.5),
)


def measure(screen: Measured, size: tuple[int, int], environ: Mapping[str, str], keys: int) -> list[Figure]:
    """At least `keys` keys in each, in blocks by turns: what else the machine does hits both alike. NotShown."""
    with PseudoTerminal(SANTRAL, environ, size) as ours, PseudoTerminal(BARE, environ, size) as baseline:
        ours.wait(FIRST_ROW)
        baseline.wait(bare.FIRST_ROW)
        for key in screen.leads:
            ours.press(key)
        ours.wait(screen.shows)
        sides = (_Side(ours, cycle(screen.keys)), _Side(baseline, cycle(screen.bare)))
        for side in sides:
            side.press(_WARM_UP)
        paintings: tuple[list[Painting], list[Painting]] = ([], [])
        for block in range(-(-keys // _BLOCK)):
            for which in (0, 1) if block % 2 else (1, 0):
                paintings[which].extend(sides[which].press(_BLOCK))
    return _figures(f"{screen.name} {size[0]}×{size[1]}", *paintings, screen)


class _Side:
    """One of the two programs, with the keys it gets."""

    def __init__(self, terminal: PseudoTerminal, keys: Iterator[str]) -> None:
        self._terminal, self._keys = terminal, keys
        self._chosen = random.Random(1)

    def press(self, count: int) -> list[Painting]:
        self._terminal.rest(2 * QUIET)  # what it did while it was the other's turn
        return [self._press() for _ in range(count)]

    def _press(self) -> Painting:
        # At any moment between two of Textual's frames: else its timer and ours might run in step.
        self._terminal.rest(self._chosen.uniform(0, 2 * _FRAME_SECONDS))
        return self._terminal.press(next(self._keys))


def _figures(name: str, ours: list[Painting], baseline: list[Painting], screen: Measured) -> list[Figure]:
    first = [[1000 * painting.first for painting in side] for side in (ours, baseline)]
    last = [[1000 * painting.last for painting in side] for side in (ours, baseline)]
    return [
        Figure(f"{name}: first paint, median", "ms", statistics.median(first[0]), statistics.median(first[1]),
               screen.limit),
        Figure(f"{name}: first paint, p99", "ms", percentile(first[0], 99), percentile(first[1], 99), most=screen.most),
        Figure(f"{name}: last paint, median", "ms", statistics.median(last[0]), statistics.median(last[1])),
        Figure(f"{name}: last paint, p99", "ms", percentile(last[0], 99), percentile(last[1], 99)),
    ]
