"""From the start of the command to the filled list, and the memory that it takes then."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Final

from benchmarks import bare
from benchmarks.figures import Figure
from benchmarks.home import FIRST_ROW
from benchmarks.key_to_paint import BARE, SANTRAL
from benchmarks.pseudo_terminal import PseudoTerminal

RUNS: Final = 15
LIMIT: Final = 1.5
MEMORY_LIMIT: Final = 1.6
_MEGABYTE: Final = 1 << 20
_Run = tuple[float, float]  # milliseconds, megabytes


def measure(size: tuple[int, int], environ: Mapping[str, str], runs: int = RUNS) -> list[Figure]:
    """`runs` starts of each, by turns. NotShown; OSError on a system without /proc."""
    ours: list[_Run] = []
    baseline: list[_Run] = []
    for run in range(runs + 1):
        pair = ((ours, SANTRAL, FIRST_ROW), (baseline, BARE, bare.FIRST_ROW))
        for told, command, text in pair if run % 2 else reversed(pair):
            started = _start(command, environ, size, text)
            if run:  # the first one compiles what has changed, and brings the files into memory
                told.append(started)
    name = f"start {size[0]}×{size[1]}"
    return [_median(f"{name}: until the list is filled, median", "ms", ours, baseline, 0, LIMIT),
            _median(f"{name}: resident memory then, median", "MB", ours, baseline, 1, MEMORY_LIMIT)]


def _start(command: Sequence[str], environ: Mapping[str, str], size: tuple[int, int], text: str) -> _Run:
    with PseudoTerminal(command, environ, size) as terminal:
        filled = terminal.wait(text)
        return 1000 * (filled - terminal.begun), terminal.resident_bytes() / _MEGABYTE


def _median(name: str, unit: str, ours: list[_Run], baseline: list[_Run], part: int, limit: float) -> Figure:
    our_median, bare_median = (statistics.median(run[part] for run in runs) for runs in (ours, baseline))
    return Figure(name, unit, our_median, bare_median, limit)
