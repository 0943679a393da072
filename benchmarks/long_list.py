"""The table of a list of a million numbers in the app: its end, its filters, its search, until the rows are painted."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle, islice
from typing import Final

from benchmarks.figures import Figure
from benchmarks.home import DRAFT, PROFILE
from benchmarks.key_to_paint import SANTRAL
from benchmarks.pseudo_terminal import PseudoTerminal
from tui.campaign.reason import Reason
from tui.store import NumberRow, Store

NUMBERS: Final = 1_000_000
MOST_TO_PAINT: Final = 100.0  # ms
NAME: Final = "Borç hatırlatma"
_BAD: Final = Reason("campaign.phone.short", {"value": "0532"})
_TIMES: Final = 4
# Problems and duplicates are among them, so that there is something to filter.
_BAD_EACH, _TWICE_EACH = 1000, 50
# What is done, with which keys, and those that are pressed before the first of them and after the last.
_DONE: Final[tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...]] = (
    ("to the end and back", ("end", "home"), (), ()),
    ("the next filter", ("right", "right", "left", "left"), (), ()),
    # The whole list is looked through for what only its last rows hold.
    ("search by a letter more or less", (*"99990", *["backspace"] * 5), ("/",), ()),
)


def fill(store: Store, numbers: int = NUMBERS) -> None:
    campaign = store.drafts.create(PROFILE, {**DRAFT, "name": NAME})
    store.numbers.add(campaign, (_row(place) for place in range(numbers)))


def _row(place: int) -> NumberRow:
    if place % _BAD_EACH == 1:
        return NumberRow("0532", None, problem=_BAD)
    phone = f"90{5_300_000_000 + place - place % _TWICE_EACH // (_TWICE_EACH - 1)}"
    return NumberRow(phone, phone, "#456 15/11/2017 #457 73.56 #458")


def measure(size: tuple[int, int], environ: Mapping[str, str]) -> list[Figure]:
    """The slowest of each, to the first and to the last frame that shows what it did. NotShown."""
    figures = []
    with PseudoTerminal(SANTRAL, environ, size) as terminal:
        terminal.wait(NAME)
        terminal.press("enter")
        terminal.wait("Caller ID")
        for _ in range(4):
            terminal.press("f8")
        terminal.wait("0530 000 00 00")
        terminal.press("tab")
        for name, keys, before, after in _DONE:
            for key in before:
                terminal.press(key)
            painted = [terminal.press(key) for key in islice(cycle(keys), _TIMES * len(keys))]
            for key in after:
                terminal.press(key)
            told = f"list of {NUMBERS:,} numbers {size[0]}×{size[1]}: {name}"
            figures += [
                Figure(f"{told}, first paint, the slowest of {len(painted)}", "ms",
                       1000 * max(painting.first for painting in painted), most=MOST_TO_PAINT),
                Figure(f"{told}, last paint, the slowest", "ms", 1000 * max(painting.last for painting in painted)),
            ]
    return figures
