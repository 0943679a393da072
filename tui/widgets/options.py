"""A list of a few things to choose among, moved in with the keys of the key map."""

from __future__ import annotations

from typing import cast

from textual import events
from textual.geometry import Region
from textual.reactive import reactive
from textual.widgets import OptionList

from tui.config.keymap import Place
from tui.i18n.words import say
from tui.widgets.binding import bindings


def paged(options: OptionList) -> bool:
    """Whether pages can be turned: Textual counts them in lines, and those are there once the options are painted."""
    return (options.highlighted or 0) in options._index_to_line


class Changing:
    """Mixed into lists that change under the mouse: what is clicked may have gone since it was painted."""

    async def on_click(self, event: events.Click) -> None:
        """Before Textual's own."""
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked >= cast("OptionList", self).option_count:
            event.prevent_default()


class Options(Changing, OptionList, inherit_bindings=False):
    """Textual's list; its own bindings have no ids, so they are declared here again."""

    BINDINGS = bindings(Place.OPTIONS)
    highlighted: reactive[int | None] = reactive(None, repaint=False)  # of what it leaves and comes to alone, below

    def watch_highlighted(self, old: int | None, highlighted: int | None) -> None:  # type: ignore[override] # both are given
        super().watch_highlighted(highlighted)
        if not self.is_mounted:
            return
        lines, top, width = self._index_to_line, int(self.scroll_offset.y), self.size.width
        regions = [Region(0, lines[index] - top, width, self._heights[index])
                   for index in (old, highlighted) if index is not None and index in lines]
        if regions:
            self.refresh(*regions)

    def action_page_up(self) -> None:
        if self.highlighted is None or paged(self):
            super().action_page_up()  # type: ignore[no-untyped-call] # Textual has none there

    def action_page_down(self) -> None:
        if self.highlighted is None or paged(self):
            super().action_page_down()  # type: ignore[no-untyped-call] # Textual has none there

    def why_not(self, action: str) -> str | None:
        """Why nothing can be chosen."""
        return say("widgets.nothing_to_choose") if action == "select" and self.highlighted is None else None
