"""Which rows of a draft's list are shown, and which those are where they have to be looked for. It shows nothing."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Final

from tui.campaign.consent import consent_needed
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys
from tui.i18n.words import grouped, say
from tui.operations.call_limits import limits_of
from tui.operations.consent import look_at_consents
from tui.operations.services import Services
from tui.operations.suppression import find_called_before, find_suppressed, look_at_file, refresh_file
from tui.store import MarkedRows, RowFilter, Summary

SUPPRESSED: Final = "suppressed"
CALLED_BEFORE: Final = "called_before"
# One after another; the last two are looked for when they are come to.
COUNTED: Final[frozenset[str]] = frozenset(RowFilter)  # by the store, as it goes
FILTERS: Final = (*RowFilter, SUPPRESSED, CALLED_BEFORE)
FILTER_TEXT: Final = TextKeys("screens.numbers.filter_{}", FILTERS)
DAYS: Final = 30  # within which a call is asked about, unless another number is given


class NumberFilter:
    """The store counts most filters; for the words, and for whom not to call, the list is looked through."""

    def __init__(self, campaign_id: int) -> None:
        self._campaign_id = campaign_id
        self.name: str = RowFilter.ALL
        self.words = ""
        self.days = DAYS
        self.count = 0  # of the rows that are shown
        self.marks: MarkedRows | None = None  # of the filter that was come to, where the store doesn't count it
        self.hits: array[int] | None = None  # the positions that are shown; None: all that a filter of the store names
        self.looking = False  # for what the filter or the words name: till then the rows are those of before

    @property
    def finds(self) -> bool:
        """Whether what is shown has to be looked for."""
        return bool(self.words) or self.name not in COUNTED

    @property
    def query(self) -> tuple[str, str, int]:
        """What makes one list of rows another than the next."""
        return self.name, self.words, self.days

    @property
    def is_all(self) -> bool:
        """Whether every row of the list is shown."""
        return self.name == RowFilter.ALL and not self.words

    def step(self, step: int, summary: Summary) -> None:
        """To the next filter that shows rows, or that has to be looked through."""
        place = FILTERS.index(self.name)
        for _ in FILTERS:
            place = (place + step) % len(FILTERS)
            name = FILTERS[place]
            if name not in COUNTED or name == RowFilter.ALL or summary.count(RowFilter(name)):
                break
        self.name = FILTERS[place]

    def search(self, words: str) -> None:
        """The rows with these words, among those that the store counts."""
        self.words = words
        if self.name not in COUNTED:
            self.name = RowFilter.ALL

    def show_all(self) -> None:
        self.name, self.words = RowFilter.ALL, ""

    def forget(self) -> None:
        """What was found is not what is shown any more."""
        self.hits, self.marks = None, None

    def recount(self, summary: Summary) -> None:
        self.count = len(self.hits) if self.hits is not None else summary.count(RowFilter(self.name))

    def text(self, summary: Summary, *, keeps_repeats: bool) -> str:
        """The filters that show rows, with how many."""
        if not summary.total:
            return say("screens.numbers.empty")
        chips = []
        for name in FILTERS:
            count = summary.count(RowFilter(name)) if name in COUNTED else self.count if name == self.name else None
            here = name == self.name
            if count or here or count is None:
                text = say(FILTER_TEXT[name]) + ("" if count is None else f" {grouped(count)}")
                chips.append(f"[{text}]" if here else text)
        if keeps_repeats:
            chips.append(say("screens.numbers.repeats_kept"))
        if self.words:
            chips.append(f"= {grouped(self.count)}")
        return "  ".join(chips)

    async def find_marked(self, services: Services, progress: Callable[[float], None]) -> list[Reason]:
        """Find whom not to call; what there is to be said of the file that names them.

        `progress` is called with the share of the list that has been looked through, 0 to 1. StoreError; NotPossible.
        """
        said: list[Reason] = []
        if self.name == SUPPRESSED:
            await refresh_file(services)
            file = await look_at_file(services)
            campaign = await services.thread(services.store.campaigns.get, self._campaign_id)
            needed = consent_needed(campaign.draft)
            consents = await look_at_consents(services, needed)
            marks = (await find_suppressed(services, self._campaign_id, needed if consents.asked else None,
                                           limits_of(services, campaign.draft))).marks
            said += (*file.stops, *file.notices, *consents.stops, *consents.notices)
        else:
            marks = await find_called_before(services, self._campaign_id, self.days, progress=progress)
        self.marks, self.hits = marks, marks.positions
        return said

    async def find_words(self, services: Services, found_some: Callable[[], None]) -> None:
        """Find the rows with the words. `found_some` is called as they come, where nothing was found before.

        StoreError.
        """
        hits, after = array("q"), 0
        again = self.hits is not None  # what was found before stays till all is
        while True:
            found = await services.thread(services.store.numbers.search, self._campaign_id, self.words,
                                          which=RowFilter(self.name), after=after)
            hits.extend(found.positions)
            if found.to is None:
                self.hits = hits
                return
            after = found.to
            if not again and (self.hits is None or len(hits) > self.count):
                self.hits = hits
                found_some()
