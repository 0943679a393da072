"""The slowest key of what is done."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import cast

from benchmarks.pseudo_terminal import Painting, PseudoTerminal
from benchmarks.slowest import MOST_TO_PAINT, Done, slowest


class Terminal:
    """Each key takes a second longer than the one before, and is painted twice."""

    def __init__(self) -> None:
        self.heard: list[str | float] = []
        self._seconds: Iterator[int] = count(1)

    def press(self, key: str) -> Painting:
        self.heard.append(key)
        seconds = next(self._seconds)
        return Painting(seconds, seconds + 0.5)

    def rest(self, seconds: float) -> None:
        self.heard.append(seconds)


def test_the_slowest_key_is_told_of_those_that_are_measured() -> None:
    terminal = Terminal()
    done = Done("search", ("a", "b"), ("/",), ("escape",))
    first, last = slowest(cast("PseudoTerminal", terminal), "list 80×24", done, rest=0.3)
    assert terminal.heard == ["/", *[0.3, "a", 0.3, "b"] * 4, "escape"]
    assert (first.name, first.ours, first.most) == (
        "list 80×24: search, first paint, the slowest of 8", 9000, MOST_TO_PAINT)
    assert (last.name, last.ours, last.most) == ("list 80×24: search, last paint, the slowest", 9500, None)
