"""Marks in the list of campaigns, and what is done to all that are marked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on

from tui.campaign.lifecycle import Action, State
from tui.i18n.words import say
from tui.screens.campaign_rows import CampaignTable
from tui.screens.campaign_table import CampaignList
from tui.store import ListFilter
from tui.text.formats import state_now
from tui.widgets.lines import Note
from tui.widgets.table import Table

if TYPE_CHECKING:  # needed when something is done
    from tui.operations.bulk import Plan


class Marking(CampaignList):
    """A mark is a campaign's, wherever it stands: it stays while the list is filtered and sorted."""

    def __init__(self) -> None:
        super().__init__()
        self._anchor: tuple[int, int] | None = None  # where a range began, and where it ends: rows
        self.removed: list[list[int]] = []  # drafts that were put away, those of one step together

    def action_mark(self) -> None:
        """Mark the one under the cursor, or unmark it, and go on to the next."""
        if self.current is not None:
            self._put_mark(self.current.id, marked=self.current.id not in self.marked)
            self.query_one(CampaignTable).action_move(1)

    def action_mark_range(self, step: int) -> None:
        """Mark from where the range began up to the next row; on the way back those that are left are unmarked."""
        table = self.query_one(CampaignTable)
        here = table.cursor
        begun = self._anchor[0] if self._anchor is not None and self._anchor[1] == here else here
        there = max(0, min(here + step, table.count - 1))
        left, reached = self.rows.get(here), self.rows.get(there)
        if left is None or reached is None:
            return
        self._put_mark(left.id, marked=abs(there - begun) >= abs(here - begun))
        self._put_mark(reached.id, marked=True)
        self._anchor = (begun, there)
        table.cursor = there

    def action_mark_all(self) -> None:
        self.work(self._mark_all, group="mark", exclusive=True)

    async def _mark_all(self) -> None:
        """Mark all that the filter names; where all are, unmark them."""
        services = self.services
        shown = set(await services.thread(services.store.campaigns.ids, services.profile.name, self.filter))
        self._mark(self.marked - shown if shown <= self.marked else self.marked | shown)

    @on(Table.Reached)
    def _reached(self, event: Table.Reached) -> None:
        table, here = self.query_one(CampaignTable), self.query_one(CampaignTable).cursor
        table.cursor = event.row
        if event.alone:
            self.work(partial(self._mark_rows, event.row, event.row, turn=True), group="mark")
        else:
            self.work(partial(self._mark_rows, min(here, event.row), max(here, event.row), turn=False), group="mark")

    async def _mark_rows(self, first: int, last: int, *, turn: bool) -> None:
        services = self.services
        ids = set(await services.thread(services.store.campaigns.ids, services.profile.name, self.filter, self.sort,
                                        offset=first, limit=last - first + 1))
        self._mark(self.marked ^ ids if turn else self.marked | ids)

    def _put_mark(self, campaign: int, *, marked: bool) -> None:
        self._mark(self.marked | {campaign} if marked else self.marked - {campaign})

    def _mark(self, marked: set[int]) -> None:
        """These are marked now, and no others; only the rows that changed are painted anew."""
        changed, self.marked = self.marked ^ marked, marked
        table = self.query_one(CampaignTable)
        for row, campaign in self.rows.items():
            if campaign.id in changed:
                table.put_one(row, self.row_of(campaign))
        self.tell_marked()

    def tell_marked(self) -> None:
        text = say("screens.campaigns.marked", count=len(self.marked)) if self.marked else ""
        note = self.query_one("#marked", Note)
        if note.text != text:
            note.text = text
            note.display = bool(text)
            note.styles.width = len(text) + 2

    def clear_marks(self) -> bool:
        """Whether there was any."""
        there = bool(self.marked)
        if there:
            self._mark(set())
        return there

    # what is done to them

    async def ask_marked(self, *actions: Action) -> None:
        """Ask which of these is to be done to what is marked, and do it."""
        from tui.operations.bulk import plan
        from tui.operations.switching_on import ahead_of, finished_among
        from tui.screens.bulk import BulkQuestion
        from tui.text.switch_on import all_ahead_lines

        services = self.services
        campaigns = await services.thread(services.store.campaigns.some, sorted(self.marked))
        now = services.now()
        over = await services.thread(finished_among, services.store, campaigns, now)
        plans = [plan(action, campaigns, services.profile.name, over) for action in actions]
        if any(not campaign.state.editable for campaign in campaigns):  # drafts are nobody else's
            services.must_be_writable()
        title = say("screens.bulk.delete_ask" if Action.DELETE in actions else "screens.bulk.switch_ask",
                    count=len(campaigns))
        switched_on = [campaign for one in plans if one.action is Action.ON for campaign in one.able]
        ahead = await services.thread(ahead_of, services.store, switched_on, now)
        confirmed = await self.ask(BulkQuestion(title, plans, ahead=all_ahead_lines(ahead, now)))
        if confirmed is not None:
            await self._carry_out(confirmed)

    def action_stop_all(self) -> None:
        self.work(self._stop_all, group="bulk")

    async def _stop_all(self) -> None:
        """Switch off everything of this profile that is on, or may be, whatever is shown or marked."""
        from tui.operations.bulk import plan
        from tui.screens.bulk import BulkQuestion

        services = self.services
        campaigns = await services.thread(services.store.campaigns.perhaps_on, services.profile.name)
        doubtful = ListFilter(states=frozenset({State.LAUNCHING, State.UNCONFIRMED}))
        lost = await services.thread(services.store.campaigns.count, services.profile.name, doubtful)
        over = sum(state_now(campaign, services.now()) is State.FINISHED for campaign in campaigns)
        notes = ["", say("screens.bulk.stop_over", count=over)] if over else []
        notes += ["", say("screens.bulk.stop_lost", count=lost)] if lost else []
        if not campaigns:
            text = "\n".join([say("screens.bulk.nothing_on"), *notes[1:]])
            self.notify(text, severity="warning" if lost else "information")
            return
        planned = plan(Action.OFF, campaigns, services.profile.name)
        title = say("screens.bulk.stop_ask", profile=services.profile.name)
        confirmed = await self.ask(BulkQuestion(title, [planned], notes))
        if confirmed is not None:
            await self._carry_out(confirmed)

    async def _carry_out(self, planned: Plan) -> None:
        from tui.operations.bulk import Outcome
        from tui.screens.bulk import BulkDialog

        bulk = await self.ask(BulkDialog(planned))
        if bulk is None:
            return
        if bulk.removed:
            self.removed.append(bulk.removed)
            self.notify(say("screens.campaigns.drafts_removed", count=len(bulk.removed)))
        # What was not done stays marked, so that it can be tried again.
        done = {line.campaign.id for line in bulk.lines if line.outcome is Outcome.DONE}
        self._mark(self.marked - done)
        await self.reload()
