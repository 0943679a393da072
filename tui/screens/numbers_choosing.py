"""How it is chosen which rows of a draft's list are shown: by a filter, by words, by a question."""

from __future__ import annotations

from textual.widgets import Input

from tui.screens.form_pane import FormPane
from tui.screens.numbers_filter import CALLED_BEFORE, SUPPRESSED
from tui.screens.numbers_list import ListedNumbers
from tui.widgets.command_owner import CommandOwner


class RowChoice(CommandOwner):
    """Sets the filter of what is listed, and has that shown. `#search` of the pane holds the words."""

    def __init__(self, pane: FormPane, listed: ListedNumbers) -> None:
        self._pane = pane
        self._listed = listed

    def why_not(self, action: str) -> str | None:
        return None if action == "blocked" else self._listed.why_no_rows()

    def action_filter(self, step: int) -> None:
        self._listed.filter.step(step, self._listed.summary)
        self._listed.begin()

    @property
    def _box(self) -> Input:
        return self._pane.query_one("#search", Input)

    def action_search(self) -> None:
        self._box.display = True
        self._pane.form.host.set_focus(self._box)

    def search(self, words: str) -> None:
        """The rows with these words are shown."""
        self._listed.filter.search(words.strip())
        self._listed.begin()

    def end_search(self) -> None:
        """Back to the rows. The words stand there as long as they choose."""
        self._box.display = bool(self._listed.filter.words)
        self._pane.form.host.set_focus(self._listed.table)

    async def action_before(self) -> None:
        from tui.screens.suppression import DaysDialog

        def answered(days: int | None) -> None:
            if days is not None:
                self._listed.filter.days = days
                self._show(CALLED_BEFORE)

        await self._pane.form.host.open(DaysDialog(self._listed.filter.days), answered)

    async def action_blocked(self) -> None:
        from tui.screens.suppression import BlockedDialog

        await self._pane.form.host.open(BlockedDialog(), lambda _: self._show(SUPPRESSED))

    def _show(self, name: str) -> None:
        self._listed.filter.name = name
        self._listed.begin()
