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
    """Whether pages can be turned: Textual counts them in lines, and those are there once the options have room."""
    return bool(options.scrollable_content_region) and (options.highlighted or 0) < options.option_count


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
        width, height = self.size
        changed = {old, highlighted} - {None}
        regions = [Region(0, y, width, 1) for y in range(height) if self._option_at(y) in changed]
        if regions:
            self.refresh(*regions)

    def _option_at(self, y: int) -> int | None:
        """The place of the option that a row shows, or a line of it; None where it shows none."""
        segment = next(iter(self.render_line(y)), None)
        return None if segment is None or segment.style is None else segment.style.meta.get("option")

    def action_page_up(self) -> None:
        if self.highlighted is None or paged(self):
            super().action_page_up()  # type: ignore[no-untyped-call] # Textual has none there

    def action_page_down(self) -> None:
        if self.highlighted is None or paged(self):
            super().action_page_down()  # type: ignore[no-untyped-call] # Textual has none there

    def why_not(self, action: str) -> str | None:
        """Why nothing can be chosen."""
        return say("widgets.nothing_to_choose") if action == "select" and self.highlighted is None else None
