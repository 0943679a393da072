"""The list of ten thousand campaigns: filtered, sorted, gone through to its end, until the rows are painted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from benchmarks.figures import Figure
from benchmarks.home import FIRST_ROW
from benchmarks.key_to_paint import SANTRAL
from benchmarks.pseudo_terminal import PseudoTerminal
from benchmarks.slowest import Done, slowest

_DONE: Final = (
    Done("filter by a letter more or less", (*"7312", *["backspace"] * 4), ("/",), ("escape",)),
    Done("filter by state", (*"state:on", *["backspace"] * 8), ("/",), ("escape",)),
    Done("sort by the next column", ("s",) * 7),
    Done("to the end and back", ("end", "home")),
)
_TOLD: Final = 6.0  # seconds after which a toast has gone: its going is no answer to the next key
_AT_REST: Final = 0.3  # seconds after which the pane beside the list is filled, which is no answer to it either


def measure(size: tuple[int, int], environ: Mapping[str, str]) -> list[Figure]:
    """The slowest of each, to the first and to the last frame that shows what it did. NotShown."""
    figures: list[Figure] = []
    with PseudoTerminal(SANTRAL, environ, size) as terminal:
        terminal.wait(FIRST_ROW)
        for done in _DONE:
            figures += slowest(terminal, f"campaigns {size[0]}×{size[1]}", done, rest=_AT_REST)
            terminal.rest(_TOLD)
    return figures
