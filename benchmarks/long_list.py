"""The table of a list of a million numbers in the app: its end, its filters, its search, until the rows are painted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from benchmarks.figures import Figure
from benchmarks.home import DRAFT, PROFILE
from benchmarks.key_to_paint import SANTRAL
from benchmarks.pseudo_terminal import PseudoTerminal
from benchmarks.slowest import Done, slowest
from tui.core.reason import Reason
from tui.store import NumberRow, Store

NUMBERS: Final = 1_000_000
NAME: Final = "Borç hatırlatma"
_BAD: Final = Reason("campaign.phone.short", {"value": "0532"})
# Problems and duplicates are among them, so that there is something to filter.
_BAD_EACH, _TWICE_EACH = 1000, 50
_DONE: Final = (
    Done("to the end and back", ("end", "home")),
    Done("the next filter", ("right", "right", "left", "left")),
    # The whole list is looked through for what only its last rows hold.
    Done("search by a letter more or less", (*"99990", *["backspace"] * 5), ("/",)),
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
    with PseudoTerminal(SANTRAL, environ, size) as terminal:
        terminal.wait(NAME)
        terminal.press("enter")
        terminal.wait("Caller ID")
        for _ in range(4):
            terminal.press("f8")
        terminal.wait("0530 000 00 00")
        terminal.press("tab")
        return [figure for done in _DONE
                for figure in slowest(terminal, f"list of {NUMBERS:,} numbers {size[0]}×{size[1]}", done)]
