"""The list of ten thousand campaigns: filtered, sorted, gone through to its end, until the rows are painted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from benchmarks.figures import Figure
from benchmarks.home import FIRST_ROW
from benchmarks.key_to_paint import SANTRAL
from benchmarks.pseudo_terminal import PseudoTerminal

MOST_TO_PAINT: Final = 100.0  # ms
_TIMES: Final = 4
# What is done, with which keys, and those that are pressed before the first of them and after the last.
_DONE: Final[tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]] = (
    ("filter by a letter more or less", (*"7312", *["backspace"] * 4), ("/",), ("escape",)),
    ("filter by state", (*"state:on", *["backspace"] * 8), ("/",), ("escape",)),
    ("sort by the next column", ("s",) * 7, (), ()),
    ("to the end and back", ("end", "home"), (), ()),
)
_TOLD: Final = 6.0  # seconds after which a toast has gone: its going is no answer to the next key
_AT_REST: Final = 0.3  # seconds after which the pane beside the list is filled, which is no answer to it either


def measure(size: tuple[int, int], environ: Mapping[str, str]) -> list[Figure]:
    """The slowest of each, to the first and to the last frame that shows what it did. NotShown."""
    figures = []
    with PseudoTerminal(SANTRAL, environ, size) as terminal:
        terminal.wait(FIRST_ROW)
        for name, keys, before, after in _DONE:
            for key in before:
                terminal.press(key)
            painted = []
            for key in keys * _TIMES:
                terminal.rest(_AT_REST)
                painted.append(terminal.press(key))
            for key in after:
                terminal.press(key)
            terminal.rest(_TOLD)
            told = f"campaigns {size[0]}×{size[1]}: {name}"
            figures += [
                Figure(f"{told}, first paint, the slowest of {len(painted)}", "ms",
                       1000 * max(painting.first for painting in painted), most=MOST_TO_PAINT),
                Figure(f"{told}, last paint, the slowest", "ms", 1000 * max(painting.last for painting in painted)),
            ]
    return figures
