"""What is chosen in a campaign's results: which filter, which status and key, and the words that are looked for."""

from __future__ import annotations

from msgspec.structs import replace

from tui.app.screen import AppScreen
from tui.i18n.words import say
from tui.screens.results_list import ResultsList
from tui.screens.results_pictures import ResultsPictures, next_one, on_the_keypad
from tui.store import ResultFilter
from tui.widgets.command_owner import CommandOwner


class ResultsChoices(CommandOwner):
    """Narrows a screen's list, and marks its `ResultsPictures`."""

    def __init__(self, screen: AppScreen[None], listed: ResultsList) -> None:
        self._screen = screen
        self._listed = listed

    def why_not(self, action: str) -> str | None:
        if action not in ("status", "digit"):
            return None
        figures = self._listed.figures
        if figures is None:
            return say("screens.still_reading")
        known = figures.counts.by_status if action == "status" else list(filter(None, figures.counts.by_digit))
        if known:
            return None
        if action == "digit" and figures.totals.records:
            return say("screens.results.no_keys")
        return say("screens.results.nothing_came")

    def _narrow(self, chosen: ResultFilter) -> None:
        self._listed.filter = chosen
        self._screen.query_one(ResultsPictures).mark(chosen)
        self._screen.work(self._listed.reload, group="filter", exclusive=True)

    def action_filter(self, step: int) -> None:
        self._narrow(self._listed.step(step))

    # by a bar

    def action_status(self) -> None:
        """By the next of the statuses that there are."""
        if (figures := self._listed.figures) is not None:
            chosen = self._listed.filter
            self._narrow(replace(chosen, status=next_one(chosen.status, list(figures.counts.by_status))))

    def action_digit(self) -> None:
        """By the next of the keys that were pressed."""
        if (figures := self._listed.figures) is not None:
            chosen, known = self._listed.filter, sorted(filter(None, figures.counts.by_digit), key=on_the_keypad)
            self._narrow(replace(chosen, digit=next_one(chosen.digit, known)))

    def turn_status(self, status: str) -> None:
        """By this status, or no more."""
        chosen = self._listed.filter
        self._narrow(replace(chosen, status=None if chosen.status == status else status))

    def turn_digit(self, digit: str) -> None:
        """By this key, or no more."""
        chosen = self._listed.filter
        self._narrow(replace(chosen, digit=None if chosen.digit == digit else digit))

    # by words

    def typed(self, words: str) -> None:
        self._narrow(replace(self._listed.filter, words=words))

    def widen(self) -> bool:
        """All of them; False where nothing narrows the list."""
        if self._listed.filter == ResultFilter():
            return False
        self._narrow(self._listed.everything())
        return True
