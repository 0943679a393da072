"""What is chosen in the list of campaigns: the filter, the counts that filter by a click, the order."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace
from textual.widgets import Input

from tui.app.screen import AppScreen
from tui.campaign.lifecycle import State
from tui.core.text_keys import TextKeys
from tui.i18n.words import say
from tui.operations.overview import LIST, Overview, order_of, order_text
from tui.screens.listed_campaigns import ListedCampaigns
from tui.store import ListFilter, Sort, SortColumn
from tui.text.formats import sentence, state_sign
from tui.text.keys import STATE
from tui.widgets.command_owner import CommandOwner
from tui.widgets.counts import Count, CountsLine
from tui.widgets.lines import Note

_SORTED_BY: Final = TextKeys("screens.sort.{}", SortColumn)

EVERY = "all"
PENDING = "pending"
# In the order in which one looks for them.
STATES = (State.ON, State.OFF, State.UNKNOWN, State.DRAFT, State.UNCONFIRMED, State.REJECTED, State.LAUNCHING,
          State.FINISHED, State.MISSING, State.DELETED)


class CampaignChoices(CommandOwner):
    """The filter in `#filter` with what `#said` says of it, and the order. They are kept for the next start.

    Where another list is asked for by a key, that is awaited: what is typed ahead is for its rows.
    """

    def __init__(self, screen: AppScreen[None], listed: ListedCampaigns) -> None:
        self._screen = screen
        self._listed = listed
        self.filter_text = ""

    def restore(self) -> None:
        """What was chosen when the list was last seen."""
        state = self._screen.santral.session.state
        self._listed.sort = order_of(state.sorting.get(LIST, ""))
        if text := state.filters.get(LIST, ""):
            self._write(text)

    def keep(self) -> None:
        """Nobody waits for it."""
        state = self._screen.santral.session.state
        chosen = replace(state, sorting={**state.sorting, LIST: order_text(self._listed.sort)},
                         filters={**state.filters, LIST: self.filter_text})
        if chosen != state:
            self._screen.santral.keep(chosen)

    # the filter

    @property
    def _box(self) -> Input:
        return self._screen.query_one("#filter", Input)

    @property
    def _note(self) -> Note:
        return self._screen.query_one("#said", Note)

    def action_filter(self) -> None:
        """Go into the line, behind what it says."""
        self._screen.set_focus(self._box)
        self._box.cursor_position = len(self._box.value)

    def leave(self) -> None:
        """Back to the list; what the filter says stays."""
        self.keep()
        self._screen.set_focus(self._listed.table if self._listed.count else None)

    def typed(self, text: str) -> None:
        if text != self.filter_text and self._read(text):
            self._listed.read_anew()

    async def entered(self) -> None:
        """What is typed is to stay, unless it can't be read."""
        await self._listed.read_at_once()
        if not self._refuse():  # else what was typed stays, and so does what is shown
            self.leave()

    def put(self, text: str) -> None:
        """Filter by another text."""
        if self._write(text):
            self._listed.read_anew()
        self.keep()

    def _refuse(self) -> bool:
        """Whether what is typed can't be read, or not yet: then that is said in another colour."""
        note = self._note
        if note.display:
            note.tone = "bad"
        return bool(note.display)

    def refresh(self) -> None:
        """Read the filter in the language in use now: what is said against it names words of that."""
        note = self._note
        tone = note.tone
        self._read(self.filter_text)
        note.tone = tone

    def action_deleted(self) -> None:
        """Show deleted campaigns too, or no more."""
        self._listed.filter = replace(self._listed.filter, deleted=not self._listed.filter.deleted)
        self._read(self.filter_text)
        shown = self._listed.filter.deleted
        self._screen.notify(say("screens.campaigns.with_deleted" if shown else "screens.campaigns.without_deleted"))
        self._screen.work(self._listed.reload)

    def _write(self, text: str) -> bool:
        """Put a text into the line; whether the list is another now."""
        with self._screen.prevent(Input.Changed):
            self._box.value = text
        return self._read(text)

    def _read(self, text: str) -> bool:
        """Whether the list is another now. A note says what can't be read, and the list stays as it is."""
        before, self.filter_text = self._listed.filter, text
        note = self._note
        note.text = ""
        if text.strip():
            from tui.operations.list_filter import BadFilter, read_filter

            try:
                self._listed.filter = read_filter(text, self._screen.santral.config.profiles, deleted=before.deleted)
            except BadFilter as bad:
                note.text, note.tone = sentence(bad.reason), "" if bad.unfinished else "bad"
                if bad.unfinished:
                    self._listed.filter = bad.before
        else:
            self._listed.filter = ListFilter(deleted=before.deleted)
        note.display = bool(note.text)
        return self._listed.filter != before

    # counts

    def choose(self, key: str) -> None:
        """Filter by the state of a count, `EVERY` or `PENDING`."""
        from tui.operations.list_filter import with_state

        state = None if key == EVERY else PENDING if key == PENDING else State(key)
        self.put(with_state(self.filter_text, state))

    async def action_state(self, step: int) -> None:
        """Go on by some counts."""
        counts = self._screen.query_one(CountsLine).counts
        if counts:
            here = next((place for place, count in enumerate(counts) if count.chosen), 0)
            self.choose(counts[(here + step) % len(counts)].key)
        await self._listed.read_at_once()

    # the order

    async def action_sort(self) -> None:
        self.sort_by(self._listed.next_sort())
        await self._listed.read_at_once()

    async def action_sort_back(self) -> None:
        self.sort_by(self._listed.sort_back())
        await self._listed.read_at_once()

    def sort_by(self, sort: Sort) -> None:
        """A toast names an order that no heading shows."""
        self._listed.sort = sort
        if not self._listed.order_is_shown:
            key = "screens.campaigns.sorted_down" if sort.descending else "screens.campaigns.sorted_up"
            self._screen.notify(say(key, column=say(_SORTED_BY[sort.column])))
        self._listed.read_anew()
        self.keep()


def counts_of(seen: Overview, chosen: ListFilter) -> list[Count]:
    """How many campaigns there are in all, in each state and being switched; those that are filtered by are marked."""
    states = chosen.states or frozenset()
    whole = sum(seen.counts.values()) - seen.counts.get(State.DELETED, 0)
    counts = [Count(EVERY, "", say("screens.campaigns.all"), whole, not states and not chosen.pending)]
    counts += [Count(state, state_sign(state), say(STATE[state]), seen.counts.get(state, 0), state in states)
               for state in STATES if seen.counts.get(state) or state in states]
    if seen.pending or chosen.pending:
        word = say("operations.list_filter.pending")
        counts.append(Count(PENDING, state_sign(State.LAUNCHING), word, seen.pending, bool(chosen.pending)))
    return counts
