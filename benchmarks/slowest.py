"""The slowest key of each thing that is done in a long table, until the rows are painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from benchmarks.figures import Figure
from benchmarks.pseudo_terminal import PseudoTerminal

MOST_TO_PAINT: Final = 100.0  # ms
_TIMES: Final = 4


@dataclass(frozen=True, slots=True)
class Done:
    """What is done, with which keys, and those that are pressed before the first of them and after the last."""

    name: str
    keys: tuple[str, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


def slowest(terminal: PseudoTerminal, table: str, done: Done, *, rest: float = 0.0) -> list[Figure]:
    """To the first and to the last frame that shows what a key did, each pressed after a `rest`. NotShown."""
    for key in done.before:
        terminal.press(key)
    painted = []
    for key in done.keys * _TIMES:
        terminal.rest(rest)
        painted.append(terminal.press(key))
    for key in done.after:
        terminal.press(key)
    told = f"{table}: {done.name}"
    return [
        Figure(f"{told}, first paint, the slowest of {len(painted)}", "ms",
               1000 * max(painting.first for painting in painted), most=MOST_TO_PAINT),
        Figure(f"{told}, last paint, the slowest", "ms", 1000 * max(painting.last for painting in painted)),
    ]
