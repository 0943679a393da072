"""The part of a picture that changed, as it is written to the terminal."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Console
from textual._compositor import ChopsUpdate


class Spans(ChopsUpdate):
    """Textual writes a widget's line from its beginning on, however far to the right it changed: here from there on."""

    def __init__(self, update: ChopsUpdate) -> None:
        super().__init__(update.chops, update.spans, update.chop_ends)

    def render_segments(self, console: Console) -> str:
        written = []
        for y, left, right in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=True):
                if strip is None or x >= right or end <= left:
                    continue
                first, last = max(x, left), min(end, right)
                if any(cell_len(letter) != 1 for letter in strip.text):
                    first, last = x, end  # half of a letter of two cells would wipe it out
                written += [f"\x1b[{y + 1};{first + 1}H", strip.crop(first - x, last - x).render(console)]
        return "".join(written)
