"""What is written of a picture's part: from where it changed on, and letters of two cells whole."""

from __future__ import annotations

from itertools import combinations

import pyte
import pytest
from rich.console import Console
from rich.segment import Segment
from textual._compositor import ChopsUpdate
from textual.strip import Strip

from tui.app.terminal.spans import Spans

WIDTH = 12


def written(text: str, left: int, right: int) -> str:
    chops = [{0: Strip([Segment(text)])}]
    return Spans(ChopsUpdate(chops, [(0, left, right)], [[WIDTH]])).render_segments(Console(color_system=None))


def test_only_what_changed_is_written() -> None:
    assert written("abcdefghijkl", 4, 7) == "\x1b[1;5Hefg"


@pytest.mark.parametrize("text", ["abcdefghijkl", "日本語日本語", "a日本語bcdef", "ağış e\u0301 日cde", "ab語c🙂def日"])
def test_what_was_written_over_is_there_again(text: str) -> None:
    for left, right in combinations(range(WIDTH + 1), 2):
        screen = pyte.Screen(WIDTH, 1)
        stream = pyte.Stream(screen)
        stream.feed(f"\x1b[1;1H{text}")
        before = screen.display
        stream.feed(f"\x1b[1;{left + 1}H{'x' * (right - left)}")
        stream.feed(written(text, left, right))
        assert screen.display == before, (left, right)
